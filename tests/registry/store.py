"""The versions of artefacts that a registry has."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import NamedTuple, Self

from icstip.artefacts.base import Maintainable
from icstip.artefacts.collection import Artefacts


class Key(NamedTuple):
    """What a version of an artefact is found by."""

    kind: str
    agency: str
    id: str
    version: str

    @classmethod
    def of(cls, artefact: Maintainable) -> Self:
        """Return the key of an artefact."""
        return cls(artefact.kind, artefact.agency, artefact.id, artefact.version)

    def __str__(self) -> str:
        return f"{self.kind} {self.agency}:{self.id}({self.version})"


class Store(Mapping[tuple[str, str, str, str], Maintainable]):
    """Versions of artefacts by class, agency, id and version, in the order in which they came.

    Args:
        artefacts: What is there from the beginning.
    """

    def __init__(self, artefacts: Iterable[Maintainable] = ()) -> None:
        self._artefacts: dict[tuple[str, str, str, str], Maintainable] = {}
        self._all: Artefacts | None = None
        self.modified = datetime.now(UTC).replace(microsecond=0)
        for artefact in artefacts:
            self.put(artefact)

    def __getitem__(self, key: tuple[str, str, str, str]) -> Maintainable:
        return self._artefacts[key]

    def __iter__(self) -> Iterator[tuple[str, str, str, str]]:
        return iter(list(self._artefacts))

    def __len__(self) -> int:
        return len(self._artefacts)

    @property
    def artefacts(self) -> Artefacts:
        """All of them, what is referred to before what refers to it."""
        if self._all is None:
            self._all = Artefacts.of(self._artefacts.values())
        return self._all

    def put(self, artefact: Maintainable) -> None:
        """Store an artefact, in place of the one that has its key."""
        self._artefacts[Key.of(artefact)] = artefact
        self._changed()

    def remove(self, key: tuple[str, str, str, str]) -> None:
        """Remove a version of an artefact."""
        del self._artefacts[key]
        self._changed()

    def keep_only(self, keys: Iterable[tuple[str, str, str, str]]) -> None:
        """Remove all versions but some."""
        kept = set(keys)
        self._artefacts = {key: artefact for key, artefact in self._artefacts.items() if key in kept}
        self._changed()

    def _changed(self) -> None:
        self._all = None
        self.modified = datetime.now(UTC).replace(microsecond=0)


def halves(artefacts: Iterable[Maintainable]) -> tuple[list[Maintainable], list[Maintainable]]:
    """Return the first half of artefacts, the larger one, and the second."""
    whole = list(artefacts)
    middle = (len(whole) + 1) // 2
    return whole[:middle], whole[middle:]
