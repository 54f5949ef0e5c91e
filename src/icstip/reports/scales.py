"""Numbers as a page draws and abbreviates them: parts of a bar, round ticks, ranges of cells."""

import re
from collections.abc import Iterable, Sequence
from itertools import groupby

BAR = 1000.0
LEAST_PART = 4.0
MAX_STEPS = 4
MAX_YEARS = 150

_CELL = re.compile(r"([A-Z]+)([0-9]+)")
_YEAR = re.compile(r"[0-9]{4}")


def stacked(numbers: Sequence[int], length: float = BAR, least: float = LEAST_PART) -> tuple[tuple[float, float], ...]:
    """Return start and width of each part of a bar, as long as the bar together.

    Args:
        numbers: How much each part stands for.
        length: Length of the bar.
        least: Width that a part has at least when it is not empty, at the cost of the largest part.
    """
    total = sum(numbers)
    if total <= 0:
        return tuple((0.0, 0.0) for _ in numbers)
    widths = [max(least, round(length * each / total, 2)) if each else 0.0 for each in numbers]
    widths[max(range(len(numbers)), key=numbers.__getitem__)] += length - sum(widths)
    return tuple((round(sum(widths[:i]), 2), round(width, 2)) for i, width in enumerate(widths))


def ticks(greatest: int, steps: int = MAX_STEPS) -> tuple[int, ...]:
    """Return values from 0 to one that is not below the greatest, in steps of 1, 2 or 5 and noughts.

    Args:
        greatest: The greatest number that is drawn.
        steps: How many steps there may be.
    """
    step, power = 1, 0
    while step * steps < greatest:
        power += 1
        step = (1, 2, 5)[power % 3] * 10 ** (power // 3)
    last = max(1, -(-greatest // step))
    return tuple(step * i for i in range(last + 1))


def with_all_years(periods: Sequence[tuple[str, int]]) -> tuple[tuple[str, int], ...]:
    """Return years with those between them that have no observation, so that a chart keeps the distances of time.

    Args:
        periods: Observations by time period; they are returned as they are when one of them is not a year.
    """
    if not periods or not all(_YEAR.fullmatch(period) for period, _ in periods):
        return tuple(periods)
    counts = {int(period): count for period, count in periods}
    years = range(min(counts), max(counts) + 1)
    if len(years) > MAX_YEARS:
        return tuple(periods)
    return tuple((f"{year:04}", counts.get(year, 0)) for year in years)


def cell_ranges(cells: Iterable[str]) -> tuple[tuple[str, int], ...]:
    """Return ranges of neighbours in a column, and how many cells each has: ``F17, F18, H2`` becomes ``F17:F18, H2``.

    Args:
        cells: Addresses of cells; what is none is a range by itself.
    """
    known = dict.fromkeys(cells)
    ranges = [(cell, 1) for cell in known if not _CELL.fullmatch(cell)]
    split = [(match[1], int(match[2])) for cell in known if (match := _CELL.fullmatch(cell))]
    split.sort(key=lambda cell: (len(cell[0]), cell))
    # In a run of neighbours, row and position grow together.
    for (column, _), run in groupby(enumerate(split), key=lambda item: (item[1][0], item[1][1] - item[0])):
        rows = [row for _, (_, row) in run]
        ranges.append((f"{column}{rows[0]}" + (f":{column}{rows[-1]}" if len(rows) > 1 else ""), len(rows)))
    return tuple(ranges)
