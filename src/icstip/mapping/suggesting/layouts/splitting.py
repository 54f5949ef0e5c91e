"""Texts that say two things at once: "Adult - Male", "2021 Female", "Forced labour (women)"."""

from collections.abc import Callable, Iterator, Sequence
from typing import Final, NamedTuple

_BETWEEN: Final = (" - ", " – ", " — ", " / ", "/", " | ", "|", ": ", "; ", ", ", "_", " (", " ")


class Parts(NamedTuple):
    """Texts in two parts.

    Attributes:
        by: What stands between the parts.
        first: The distinct first parts, and the texts that have no second one.
        second: The distinct second parts.
        alone: The texts that have no second part: totals.
    """

    by: str
    first: list[str]
    second: list[str]
    alone: list[str]


def in_two(texts: Sequence[str], is_total: Callable[[str], bool]) -> Iterator[Parts]:
    """Yield the ways to take texts apart in which each has two parts, unless it is a total.

    Args:
        texts: Distinct texts.
        is_total: Whether a text is a total.

    Example:
        >>> [parts.by for parts in in_two(["Adult - Male", "Adult - Female", "Total"], "Total".__eq__)]
        [' - ', ' ']
    """
    for by in _BETWEEN:
        parted = [[part.strip() for part in text.split(by, 1)] for text in texts]
        alone = [parts[0] for parts in parted if len(parts) == 1]
        two = [parts for parts in parted if len(parts) > 1]
        if two and all(map(is_total, alone)) and all(first and second for first, second in two):
            first = list(dict.fromkeys(parts[0] for parts in parted))
            yield Parts(by, first, list(dict.fromkeys(second for _, second in two)), alone)
