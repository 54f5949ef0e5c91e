"""Artefacts together: what a message holds."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Self, TypeVar

from icstip.artefacts.base import Maintainable, Reference
from icstip.artefacts.kinds import ITEM_KINDS, ORDER, PACKAGES

M = TypeVar("M", bound=Maintainable)

_COMPONENT_KINDS = frozenset(
    kind
    for kind, package in PACKAGES.items()
    if package == "datastructure" and kind not in {"DataStructure", "Dataflow"}
)


@dataclass(frozen=True)
class Artefacts:
    """Maintainable artefacts by class and in their order: what is referred to goes before what refers to it."""

    artefacts: tuple[Maintainable, ...] = ()

    @classmethod
    def of(cls, artefacts: Iterable[Maintainable]) -> Self:
        """Return artefacts in the order of their classes, those of a class in the order given."""
        return cls(tuple(sorted(artefacts, key=lambda artefact: ORDER.index(artefact.kind))))

    def __iter__(self) -> Iterator[Maintainable]:
        return iter(self.artefacts)

    def __len__(self) -> int:
        return len(self.artefacts)

    def all_of(self, cls: type[M]) -> tuple[M, ...]:
        """Return the artefacts of a class in their order."""
        return tuple(artefact for artefact in self.artefacts if type(artefact) is cls)

    @cached_property
    def by_reference(self) -> Mapping[Reference, Maintainable]:
        """The artefacts by the reference to them."""
        return {artefact.reference: artefact for artefact in self.artefacts}

    def find(self, reference: Reference) -> Maintainable | None:
        """Return the artefact that a reference refers to, or that has the item or component that it refers to."""
        return self.by_reference.get(maintainable_reference(reference))


def maintainable_reference(reference: Reference) -> Reference:
    """Return the reference to the maintainable artefact that has the item or component of a reference."""
    return replace(reference, kind=_maintainable_kind(reference.kind), item="")


def _maintainable_kind(kind: str) -> str:
    if kind in _COMPONENT_KINDS:
        return "DataStructure"
    return _SCHEMES.get(kind, kind)


_SCHEMES: Mapping[str, str] = {
    **{item: scheme for scheme, item in ITEM_KINDS.items()},
    "HierarchicalCode": "Hierarchy",
    "Level": "Hierarchy",
}
