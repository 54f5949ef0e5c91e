"""The documents that the tests read."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
_FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^#+ (.*)$", re.MULTILINE)
_NOT_IN_SLUGS = re.compile(r"[^\w\- ]")


@pytest.fixture(scope="session")
def documents() -> Mapping[str, str]:
    """The text of every document by its path in the repository."""
    files = [ROOT / "README.md", ROOT / "CHANGELOG.md", ROOT / "registry_samples" / "README.md"]
    files += [path for path in sorted((ROOT / "docs").rglob("*.md")) if "_build" not in path.parts]
    return {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in files}


@pytest.fixture(scope="session")
def reference(documents: Mapping[str, str]) -> Callable[[str], str]:
    """The text of a page of the reference by its name."""
    return lambda name: documents[f"docs/reference/{name}"]


@pytest.fixture(scope="session")
def prose() -> Callable[[str], str]:
    """What a document says outside its blocks of code."""
    return lambda text: _FENCE.sub("", text)


@pytest.fixture(scope="session")
def anchors() -> Callable[[str], set[str]]:
    """The anchors of the headings of a document, as GitHub and MyST make them."""

    def of(text: str) -> set[str]:
        headings = _HEADING.findall(_FENCE.sub("", text))
        return {_NOT_IN_SLUGS.sub("", heading.lower()).strip().replace(" ", "-") for heading in headings}

    return of
