"""Tables of groups and of the areas that are expected to report."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from icstip.aggregation.grouping.hierarchy import Regions
from icstip.aggregation.grouping.model import Member, Span
from icstip.aggregation.grouping.rows import Mistakes, Row, read_rows

GROUP, AREA, FIRST, LAST = "group", "area", "from", "to"
UNKNOWN_AREA: Final = "AGG-030"
NO_CODE: Final = "AGG-031"


def read_members(path: Path, regions: Regions) -> tuple[Member, ...]:
    """Return groups from a table with the columns ``group`` and ``area``, and ``from`` and ``to`` for years.

    A region as a member stands for all that is in it. Columns with names of groups or areas (``name…``) are for people.

    Raises:
        TableError: The table cannot be read, or a row names an area that is none, or a group without a code of its own
            in the list of areas, under which its figures could be written. All such rows are told.
    """
    mistakes = Mistakes(path)
    members: list[Member] = []
    for row in read_rows(path, (GROUP, AREA), _is_known):
        span = _span(row, mistakes)
        if row[GROUP] not in regions.codes or row[GROUP] in regions.areas:
            mistakes.add(NO_CODE, row, row[GROUP])
        if row[AREA] not in regions.codes:
            mistakes.add(UNKNOWN_AREA, row, row[AREA])
        members += [Member(row[GROUP], area, span) for area in regions.beneath.get(row[AREA], (row[AREA],))]
    mistakes.check()
    return tuple(members)


def read_expected(path: Path, regions: Regions) -> Mapping[str, tuple[Span, ...]]:
    """Return which areas are expected to report: a table with the column ``area``, and ``from`` and ``to`` for years.

    Raises:
        TableError: The table cannot be read, or a row names an area that is none. All such rows are told.
    """
    mistakes = Mistakes(path)
    found: dict[str, tuple[Span, ...]] = {}
    for row in read_rows(path, (AREA,), _is_known):
        span = _span(row, mistakes)
        if row[AREA] not in regions.codes:
            mistakes.add(UNKNOWN_AREA, row, row[AREA])
        for area in regions.beneath.get(row[AREA], (row[AREA],)):
            found[area] = (*found.get(area, ()), span)
    mistakes.check()
    return found


def _span(row: Row, mistakes: Mistakes) -> Span:
    return Span(mistakes.year(row, FIRST), mistakes.year(row, LAST))


def _is_known(name: str) -> bool:
    return name in {FIRST, LAST} or name.startswith("name")
