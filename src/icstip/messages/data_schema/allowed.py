"""The codes that constraints leave of an enumeration.

An attribute of XML can say which values it has, not which values go together: of a constraint that is about several
components at once, a schema keeps what it says of each one alone.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from icstip.artefacts.collection import Artefacts
from icstip.artefacts.constraints import ALLOWED, DataConstraint, Region, Selection
from icstip.artefacts.enumerations import selected
from icstip.artefacts.items import Item
from icstip.artefacts.resolution import resolve
from icstip.messages.data_schema.subject import Subject


@dataclass(frozen=True, slots=True)
class Constraints:
    """The constraints that data have to keep."""

    constraints: tuple[DataConstraint, ...] = ()

    @classmethod
    def on(cls, artefacts: Artefacts, subject: Subject) -> "Constraints":
        """Return what says which data are allowed for a subject and for all that it belongs to."""
        return cls(
            tuple(
                constraint
                for constraint in artefacts.all_of(DataConstraint)
                if constraint.role == ALLOWED
                and any(resolve(artefacts, target) in subject.above for target in constraint.attachment)
            )
        )

    def left(self, component: str, items: Sequence[Item]) -> tuple[Item, ...]:
        """Return the items of an enumeration that a component may have, in their order."""
        allowed = frozenset(item.id for item in items)
        for constraint in self.constraints:
            for group in _groups(constraint):
                included = [region for region in group if region.include]
                if included:
                    allowed &= frozenset().union(*(_chosen(region, component, items) for region in included))
                for region in group:
                    if not region.include and [selection.id for selection in region.selections] == [component]:
                        allowed -= _chosen(region, component, items)
        return tuple(item for item in items if item.id in allowed)


def _groups(constraint: DataConstraint) -> Iterator[Sequence[Region]]:
    """Yield the regions, and the keys of each set of keys, which are regions too."""
    yield constraint.regions
    for keys in constraint.key_sets:
        yield [Region(selections=key.selections, include=keys.include) for key in keys.keys]


def _chosen(region: Region, component: str, items: Sequence[Item]) -> frozenset[str]:
    """Return what a region has of a component: everything where it says nothing of it."""
    chosen = every = frozenset(item.id for item in items)
    for selection in region.selections:
        if selection.id == component and selection.values and not selection.remove_prefix:
            chosen &= _of_selection(selection, items, every)
    return chosen


def _of_selection(selection: Selection, items: Sequence[Item], every: frozenset[str]) -> frozenset[str]:
    named = selected(items, ((value.value, value.cascade) for value in selection.values))
    return named if selection.include else every - named
