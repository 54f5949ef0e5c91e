"""Columns of a sheet: which ones hold figures, times or figures that nobody speaks of."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from icstip.mapping.normalise import folded
from icstip.mapping.suggesting.cells import FIGURES, Cells, Kind
from icstip.mapping.suggesting.shaping.rows import is_of_years
from icstip.tables.grid import position_of

_AMONG: Final = frozenset({*FIGURES, Kind.SIGN, Kind.MARKED})
_CONTENT: Final = 0.6  # of a column below its first figure: that many cells are figures, if any


def _measures_nothing(_header: str) -> bool:
    return False


@dataclass(frozen=True)
class Words:
    """What headers say of columns.

    Attributes:
        values: Folded headers of columns of figures.
        labels: Folded headers of columns of labels.
        is_measured: Whether a header is a unit or what is counted.
    """

    values: Collection[str] = ()
    labels: Collection[str] = ()
    is_measured: Callable[[str], bool] = _measures_nothing


def numeric_columns(cells: Cells) -> list[str]:
    """Return the columns with figures and little else, and those below a year of a row with years across."""
    numeric = {name for name in cells.filled if _is_numeric(cells.column(name))}
    starts: dict[int, set[str]] = {}
    for name in cells.filled:
        row = next((i for i, kind in enumerate(cells.column(name)) if kind in FIGURES), None)
        if row is not None and cells.column(name)[row] == Kind.YEAR:
            starts.setdefault(row, set()).add(name)
    for row, columns in starts.items():
        kinds = {cells.column(name)[row] for name in cells.filled}
        years = [cells.text(name, row + 1) for name in columns]
        if numeric & columns and kinds <= {Kind.YEAR, Kind.TEXT, Kind.BLANK} and len(set(years)) == len(years):
            numeric |= columns
    return [name for name in cells.filled if name in numeric]


def _is_numeric(kinds: Sequence[int]) -> bool:
    """Return whether a column has figures, and little else below the first of them."""
    begin = next((i for i, kind in enumerate(kinds) if kind in FIGURES), None)
    if begin is None:
        return False
    filled = [kind for kind in kinds[begin:] if kind != Kind.BLANK]
    return sum(kind in _AMONG for kind in filled) >= _CONTENT * len(filled)


def times_among(
    cells: Cells, numeric: Sequence[str], headers: Sequence[int], rows: range, labels: Collection[str]
) -> list[str]:
    """Return the columns with years that are no counts: those whose headers say so, else the first column of figures.

    Where a header has the years, there are none: counts can look like years too.

    Args:
        cells: The sheet.
        numeric: Letters of the columns with figures and times.
        headers: The header rows.
        rows: The rows of figures.
        labels: Folded headers of columns of labels.
    """
    years = [name for name in numeric if is_of_years(cells, name, rows.start, rows.stop - 1)]
    if any(cells.column(name)[row - 1] == Kind.YEAR for name in numeric for row in headers):
        return []
    # Notes below it can hide that the first column is one of years.
    before = [name for name in cells.filled if position_of(name) < position_of(numeric[0])]
    if any(is_of_years(cells, name, rows.start, rows.stop - 1) for name in before):
        return []
    headed = [name for name in years if any(folded(cells.text(name, row) or "") in labels for row in headers)]
    # Behind figures, a column that nothing calls years is one of counts that look like them.
    return headed or [name for name in years[:1] if name == numeric[0]]


def called_figures(cells: Cells, figures: Sequence[str], headers: Sequence[int], words: Words) -> list[str]:
    """Return the columns whose lowest headers call them figures, with those beside them that are measured.

    Args:
        cells: The sheet.
        figures: Letters of the columns with figures.
        headers: The header rows.
        words: What headers say.
    """
    lowest = {name: lowest_header(cells, name, headers) or "" for name in figures}
    called = [name for name in figures if folded(lowest[name]) in words.values]
    if not called:
        return []
    others = [name for name in figures if folded(lowest[name]) not in words.values]
    behind = [name for name in others if position_of(name) > position_of(called[0])]
    measured = [name for name in others if words.is_measured(lowest[name])]
    if measured or len(headers) > 1:
        beside = [name for name in behind if lowest[name] and folded(lowest[name]) not in words.labels]
        called += {*beside, *measured}
    return sorted(called, key=position_of)


def lowest_header(cells: Cells, letters: str, headers: Sequence[int]) -> str | None:
    """Return the lowest text of a column in the header rows."""
    texts = (cells.text(letters, row) for row in reversed(headers))
    return next((text for text in texts if text), None)


def blank_columns(cells: Cells, headers: Sequence[int], rows: range, *, after: Sequence[str]) -> list[str]:
    """Return the columns behind the first figures that have a header and nothing below it: all of it is missing.

    Args:
        cells: The sheet.
        headers: The header rows.
        rows: The rows of figures.
        after: Letters of the columns of figures.
    """
    begin, known = position_of(after[0]) if after else 0, set(after)
    behind = [name for name in cells.filled if position_of(name) > begin and name not in known]
    return [
        name
        for name in behind
        if any(cells.text(name, row) for row in headers)
        and all(kind == Kind.BLANK for kind in cells.column(name)[rows.start - 1 : rows.stop - 1])
    ]


def flag_columns(cells: Cells, figures: Sequence[str], headers: Sequence[int], rows: range) -> list[str]:
    """Return the columns of signs without a header that each stand behind a column of figures.

    Args:
        cells: The sheet.
        figures: Letters of the columns of figures.
        headers: The header rows.
        rows: The rows of figures.
    """
    places = {position_of(name) for name in figures}
    return [
        name
        for name in cells.filled
        if position_of(name) - 1 in places
        and position_of(name) not in places
        and lowest_header(cells, name, headers) is None
        and set(cells.column(name)[rows.start - 1 : rows.stop - 1]) - {Kind.BLANK} == {Kind.SIGN}
    ]


def columns_beside(cells: Cells, figures: Sequence[str], stubs: Sequence[str], headers: Sequence[int]) -> Iterator[str]:
    """Yield the columns of labels behind figures and a column that is blank: there another table begins.

    Args:
        cells: The sheet.
        figures: Letters of the columns of figures.
        stubs: Letters of the columns of labels.
        headers: The header rows.
    """
    filled = {position_of(name) for name in cells.filled}
    places = [position_of(name) for name in figures]
    for name in stubs:
        place = position_of(name)
        is_between = min(places) < place < max(places) and place - 1 not in filled
        if is_between and lowest_header(cells, name, headers):
            yield name
