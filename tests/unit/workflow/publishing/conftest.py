"""A registry in this process, and our side of it."""

from collections.abc import Iterator

import pytest
from tests.registry.publications import SECRET, USER, registry_at
from tests.registry.server import LocalRegistry
from tests.registry.service import Credentials

from icstip.workflow.publishing.registries import Registry


@pytest.fixture
def server() -> Iterator[LocalRegistry]:
    """A registry that knows one user."""
    with LocalRegistry(credentials=Credentials(USER, SECRET), delay=3) as running:
        yield running


@pytest.fixture
def registry(server: LocalRegistry) -> Registry:
    """Our side of it, as that user, who does not wait long."""
    return registry_at(server)
