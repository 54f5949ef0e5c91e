"""Whether the parts of a total are certainly all that there can be."""

from collections.abc import Collection
from typing import Final

from icstip.coherence.ages import Band, bands_of
from icstip.coherence.knowledge import Knowledge
from icstip.coherence.relations import Relation, complete, listed
from icstip.schema import Column
from icstip.standard.model import TOTAL

_BEFORE_ALL: Final = -1


def is_exhaustive(relation: Relation, column: Column, present: Collection[str], knowledge: Knowledge) -> bool:
    """Return whether everybody is certainly in a part: only then is a total not more than the sum of its parts.

    That is so of the total of all, if there are all parts that the list has, with those for others and for those of
    whom nothing is known. Of another code nobody knows: not everybody in forced labour has to be in a form of it.

    Args:
        relation: A code and those that make it up.
        column: The dimension.
        present: The codes that the data have in it.
        knowledge: What is known of codes.
    """
    unknown = [code for code in column.codes or () if code in knowledge.unknown]
    if relation.whole != TOTAL or not unknown or not set(unknown) <= set(relation.parts):
        return False
    if bands := bands_of(present, knowledge.ages):
        return _covers(relation, bands)
    ordered = column.codes or ()
    said = (complete(TOTAL, parts, unknown) for whole, parts in listed(column, ordered, knowledge) if whole == TOTAL)
    return any(set(parts) <= set(relation.parts) for parts in said if len(parts) > len(unknown))


def _covers(relation: Relation, bands: dict[str, Band]) -> bool:
    """Return whether bands cover all ages without a gap, and each other band lies within one of them.

    Of somebody who is only known to be a child it is not known into which of two bands of children to count them.
    """
    own = sorted((bands[code] for code in relation.parts if code in bands), key=lambda band: band[0])
    last: int | None = _BEFORE_ALL
    for low, high in own:
        if last is None or low != last + 1:
            return False
        last = high
    return bool(own) and last is None and all(any(_is_in(band, one) for one in own) for band in bands.values())


def _is_in(band: Band, other: Band) -> bool:
    (low, high), (first, last) = band, other
    return low >= first and (last is None or (high is not None and high <= last))
