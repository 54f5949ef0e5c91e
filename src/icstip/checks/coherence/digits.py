"""Digits that were lost or exchanged when a figure was copied."""

from collections.abc import Sequence
from typing import Final

_SHORTEST: Final = 2


def nearly(written: int, meant: int) -> bool:
    """Return whether a number is another one with a digit lost or added, or two neighbouring digits exchanged.

    Example:
        >>> nearly(44, 444), nearly(54, 45), nearly(44, 54), nearly(4, 40)
        (True, True, False, False)
    """
    a, b = str(written), str(meant)
    if written == meant or min(written, meant) < 0 or len(a) < _SHORTEST or len(b) < _SHORTEST:
        return False
    if len(a) == len(b):
        places = [i for i, (one, other) in enumerate(zip(a, b, strict=True)) if one != other]
        return (
            len(places) == 2
            and places[1] == places[0] + 1
            and a[places[0]] == b[places[1]]
            and (a[places[1]] == b[places[0]])
        )
    shorter, longer = sorted((a, b), key=len)
    return len(longer) == len(shorter) + 1 and any(longer[:i] + longer[i + 1 :] == shorter for i in range(len(longer)))


def meant(whole: int, parts: Sequence[int]) -> tuple[int, int] | None:
    """Return which figure of a total was probably copied wrongly, and what it was, if only one can have been.

    Args:
        whole: The total.
        parts: Its parts.

    Returns:
        The place among the total (-1) and its parts, and the number; None where no figure or several can be it.

    Example:
        >>> meant(544, [44, 100]), meant(100, [60, 30])
        ((0, 444), None)
    """
    lacking = whole - sum(parts)
    found = [(-1, sum(parts))] if nearly(whole, sum(parts)) else []
    found += [(place, part + lacking) for place, part in enumerate(parts) if nearly(part, part + lacking)]
    return found[0] if len(found) == 1 else None
