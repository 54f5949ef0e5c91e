"""Bands of ages: which of them make up which others."""

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Final

from icstip.coherence.knowledge import AgeCodes

Band = tuple[int, int | None]
"""Completed years from the first to the last, both included; without the last there is no upper bound."""

_MOST: Final = 10
"""So many ways to make up a band are looked at."""


def bands_of(codes: Collection[str], ages: AgeCodes) -> dict[str, Band]:
    """Return the bands of codes that are written as ages are; none unless all that are no totals or the like are.

    Example:
        >>> bands_of(["Y0T17", "Y_GE18", "_T"], AgeCodes("", "Y{low}", "Y{low}T{high}", "Y_GE{low}"))
        {'Y0T17': (0, 17), 'Y_GE18': (18, None)}
    """
    if not ages.band:
        return {}
    patterns = [re.compile(_pattern(form), re.ASCII) for form in (ages.one, ages.band, ages.open)]
    found: dict[str, Band] = {}
    for code in codes:
        one, band, endless = (pattern.fullmatch(code) for pattern in patterns)
        if one:
            found[code] = (int(one["low"]), int(one["low"]))
        elif band and int(band["low"]) <= int(band["high"]):
            found[code] = (int(band["low"]), int(band["high"]))
        elif endless:
            found[code] = (int(endless["low"]), None)
        elif not code.startswith("_"):
            return {}
    return dict(sorted(found.items(), key=lambda item: (item[1][0], item[1][1] is None, item[1][1] or 0)))


def tilings(whole: Band, bands: Mapping[str, Band]) -> Iterator[tuple[str, ...]]:
    """Yield the ways in which bands make up another one, without gap or overlap.

    Example:
        >>> list(tilings((0, None), {"Y0T17": (0, 17), "Y_GE18": (18, None), "Y0T8": (0, 8)}))
        [('Y0T17', 'Y_GE18')]
    """
    starting = _leading(whole, bands)
    found = 0
    open_ways: list[tuple[int, tuple[str, ...]]] = [(whole[0], ())]
    while open_ways and found < _MOST:
        age, way = open_ways.pop()
        for code, high in starting.get(age, ()):
            if high == whole[1]:
                found += 1
                yield (*way, code)
            elif high is not None:
                open_ways.append((high + 1, (*way, code)))


def _leading(whole: Band, bands: Mapping[str, Band]) -> Mapping[int, list[tuple[str, int | None]]]:
    """Return, by the age at which they begin, the bands from which others lead to the end of the whole.

    Those that lead nowhere could be put together in more ways than anybody can look at.
    """
    starting: dict[int, list[tuple[str, int | None]]] = {}
    for code, (low, high) in sorted(bands.items(), key=lambda item: item[1][0], reverse=True):
        if high == whole[1] or (high is not None and high + 1 in starting):
            starting.setdefault(low, []).append((code, high))
    return starting


def chain(whole: Band, bands: Mapping[str, Band]) -> tuple[str, ...]:
    """Return bands within another one that do not overlap, the first ones that end first."""
    within = [
        (code, low, high)
        for code, (low, high) in bands.items()
        if low >= whole[0] and (whole[1] is None or (high is not None and high <= whole[1]))
    ]
    way: list[str] = []
    age: int | None = whole[0]
    for code, low, high in sorted(within, key=lambda one: (one[2] is None, one[2] or 0, -one[1])):
        if age is not None and low >= age:
            way.append(code)
            age = None if high is None else high + 1
    return tuple(way)


def _pattern(form: str) -> str:
    pattern = re.escape(form)
    for name in ("low", "high"):
        pattern = pattern.replace(re.escape(f"{{{name}}}"), rf"(?P<{name}>\d+)")
    return pattern
