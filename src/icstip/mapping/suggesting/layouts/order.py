"""What the order of labels says: ages below each sex are those of that sex, and not of all."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import groupby, pairwise
from typing import Final

_BULLETS: Final = "-–—•·*»›>○▪"


def is_nested(
    labels: Sequence[str], owners: Mapping[str, str], strange: Collection[str] = (), *, alone: bool = False
) -> bool:
    """Return whether labels of several components seem to stand below one another, and not side by side.

    Side by side, the labels of each component are together: sexes, then ages. Where a component comes again, or some
    labels have bullets and others none, those between can be of the label above them; so they can where one that nobody
    understands stands above them. Labels in alphabetical order say nothing of that.

    Args:
        labels: The labels in the order of their rows.
        owners: The component of each label that is a member of one.
        strange: Labels that nobody understands.
        alone: Whether a single label before those of another component is also above them.

    Example:
        >>> owners = {"Men": "SEX", "Women": "SEX", "0-17": "AGE", "18+": "AGE"}
        >>> is_nested(["Women", "Men", "0-17", "18+"], owners), is_nested(["Women", "18+", "Men", "0-17"], owners)
        (False, True)
    """
    members = [label for label in labels if label in owners]
    if len({label.startswith(tuple(_BULLETS)) for label in members}) > 1:
        return True
    distinct = list(dict.fromkeys(members))
    if distinct == sorted(distinct, key=str.casefold) and len(distinct) == len(members):
        return False
    runs = [(owner, len(list(run))) for owner, run in groupby(members, owners.__getitem__)]
    if any(
        first in strange and owners.get(second) != owner for first, second, owner in _with_last_owner(labels, owners)
    ):
        return True
    again = len(runs) > len({owner for owner, _ in runs})
    return again or (alone and len(runs) > 1 and runs[0][1] == 1 and labels[0] == members[0])


def _with_last_owner(labels: Sequence[str], owners: Mapping[str, str]) -> Iterator[tuple[str, str, str | None]]:
    """Yield each label before a member, that member, and the component of the last member before them."""
    last: str | None = None
    for first, second in pairwise(labels):
        last = owners.get(first, last)
        if second in owners:
            yield first, second, last
