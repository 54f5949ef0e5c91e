"""Small publications of the standard, and our side of a registry that runs in this process."""

import base64
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from urllib.parse import quote

from tests.registry.server import LocalRegistry

from icstip.artefacts.base import Maintainable
from icstip.artefacts.collection import Artefacts
from icstip.artefacts.items import Codelist
from icstip.registry.http.connection import Limits
from icstip.registry.submitting.interfaces import Interface
from icstip.registry.submitting.submission import Receipt
from icstip.standard.read import read_standard
from icstip.workflow.publication import Structures, standard_structures
from icstip.workflow.publishing.registries import Registry

USER, SECRET = "alice", "planted-S3cret/=?"
IMPATIENT = Limits(connect=2, silence=1.2, total=2.5, most_bytes=1 << 22, attempts=2, longest_wait=0.01)

_IDS = frozenset({"CL_SEX", "CL_TIP_EXPLOITATION", "H_EXPLOITATION_SDG"})


@cache
def _whole(agency: str | None, version: str | None, final: bool | None) -> Structures:  # noqa: FBT001 - as options are
    return standard_structures(read_standard().reissued(agency=agency, version=version, final=final))


def _unchanged(codelist: Codelist) -> Codelist:
    return codelist


def publication(
    version: str = "1.0.0",
    *,
    agency: str | None = None,
    final: bool | None = True,
    change: Callable[[Codelist], Codelist] = _unchanged,
) -> Structures:
    """Return two code lists and a hierarchy of one of them, under any agency and version, changed as wanted."""
    whole = _whole(agency, version, final)
    chosen = (artefact for artefact in whole.artefacts if artefact.id in _IDS)
    return Structures(whole.header, Artefacts(tuple(_changed(artefact, change) for artefact in chosen)))


def _changed(artefact: Maintainable, change: Callable[[Codelist], Codelist]) -> Maintainable:
    return change(artefact) if isinstance(artefact, Codelist) and artefact.id == "CL_SEX" else artefact


def with_code(codelist: Codelist) -> Codelist:
    """Return a code list with one more code."""
    return replace(codelist, items=(*codelist.items, replace(codelist.items[0], id="NEW", name={"en": "New"})))


def without_code(codelist: Codelist) -> Codelist:
    """Return a code list without its first code."""
    return replace(codelist, items=codelist.items[1:])


def renamed(codelist: Codelist) -> Codelist:
    """Return a code list with another name."""
    return replace(codelist, name={**codelist.name, "en": "Sex of the person"})


def registry_at(server: LocalRegistry, path: str = "/sdmx/v2", **environment: str) -> Registry:
    """Return our side of a registry, as its user."""
    known = {"ICSTIP_REGISTRY_USER": USER, "ICSTIP_REGISTRY_PASSWORD": SECRET}
    return Registry(f"{server.url}{path}", environment=environment or known, limits=IMPATIENT)


def forms_of(user: str, secret: str) -> list[bytes]:
    """Return how a secret can be written."""
    pair = base64.b64encode(f"{user}:{secret}".encode())
    return [secret.encode(), quote(secret, safe="").encode(), base64.b64encode(secret.encode()), pair]


def publish(registry: Registry, structures: Structures, interface: Interface = Interface.FMR) -> Receipt:
    """Publish without a review, and return the receipt."""
    plan = registry.plan(structures.artefacts)
    return registry.submit(registry.submission(structures, plan, interface))
