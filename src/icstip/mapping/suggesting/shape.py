"""Where in a sheet the figures stand, and what is beside, above and below them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from icstip.mapping.normalise import folded
from icstip.mapping.suggesting.cells import Cells, Kind
from icstip.tables.grid import position_of

MOST_HEADERS: Final = 4
_FIGURES: Final = frozenset({Kind.NUMBER, Kind.YEAR, Kind.SIGN, Kind.MARKED})
_CONTENT: Final = 0.6  # of a column below its first figure: that many cells are figures, if any
_SKIPPED: Final = 2  # rows between the header and the first figures, such as a heading


@dataclass(frozen=True)
class Shape:
    """A table in a sheet. Rows count from 1.

    Attributes:
        cells: The sheet.
        headers: Rows above the figures that say what the columns are, in order.
        rows: Rows from below the headers to the last one with figures.
        figures: Letters of the columns with figures.
        stubs: Letters of the columns that say what the rows are.
        headings: Rows between the first and the last without figures, that say something.
        notes: Rows below that say something.
        title: Rows above the headers that say something.
        has_value_header: Whether the header of the figures says that they are figures and nothing else.
    """

    cells: Cells
    headers: tuple[int, ...]
    rows: range
    figures: tuple[str, ...]
    stubs: tuple[str, ...]
    headings: tuple[int, ...]
    notes: tuple[int, ...]
    title: tuple[int, ...]
    has_value_header: bool

    @property
    def is_long(self) -> bool:
        """Whether a row holds one figure, in a column whose header says nothing more of it."""
        return len(self.figures) == len(self.headers) == 1 and self.has_value_header and not self.headings

    def header(self, letters: str) -> str | None:
        """Return the lowest text above a column."""
        texts = [self.cells.text(letters, row) for row in reversed(self.headers)]
        return next((text for text in texts if text), None)


def find_shape(cells: Cells, value_headers: Collection[str] = (), label_headers: Collection[str] = ()) -> Shape | None:
    """Return the table of a sheet, or None where there are no figures.

    Args:
        cells: The sheet.
        value_headers: Folded headers of columns of figures: where there is such a column, no other one is.
        label_headers: Folded headers of columns of labels.
    """
    numeric = [letters for letters in cells.grid.frame.columns if _is_numeric(cells.column(letters))]
    first = _first_row(cells, numeric, label_headers)
    if first is None:
        return None
    headers = _headers(cells, numeric, first)
    last = _last_row(cells, numeric, {Kind.NUMBER, Kind.YEAR})
    times = _times(cells, numeric, headers, range(first, last + 1), label_headers)
    figures = [letters for letters in numeric if letters not in times]
    headers = _headers(cells, figures, first) if figures else headers  # a title can stand above the times
    called = [name for name in figures if any(folded(cells.text(name, row) or "") in value_headers for row in headers)]
    figures = called or [*figures, *_blank(cells, headers, first, last, after=figures)] or numeric[-1:]
    figures = sorted(figures, key=position_of)
    last = max(last, _last_row(cells, figures, set(Kind) - {Kind.BLANK}))  # texts among figures are told
    rows = range(max(headers, default=first - 1) + 1, last + 1)  # a heading can stand above the first figures
    stubs = [
        name
        for name in cells.grid.frame.columns
        if name not in figures and any(cells.column(name)[row - 1] != Kind.BLANK for row in rows)
    ]
    said = [row for row in range(1, cells.grid.frame.height + 1) if _is_said(cells, row)]
    # In a table with one figure a row and its time beside it, a figure that is not there is missing.
    has_time = len(figures) == 1 and any(_is_of_years(cells, name, first, last) for name in stubs)
    headings = [row for row in said if row in rows and not has_time and not _has_figures(cells, figures, row)]
    return Shape(
        cells,
        tuple(headers),
        rows,
        tuple(figures),
        tuple(stubs),
        tuple(headings),
        notes=tuple(row for row in said if row > last),
        title=tuple(row for row in said if row < min(headers, default=first)),
        has_value_header=bool(called),
    )


def _is_numeric(kinds: Sequence[int]) -> bool:
    """Return whether a column has figures, and little else below the first of them."""
    begin = next((i for i, kind in enumerate(kinds) if kind in {Kind.NUMBER, Kind.YEAR}), None)
    if begin is None:
        return False
    filled = [kind for kind in kinds[begin:] if kind != Kind.BLANK]
    return sum(kind in _FIGURES for kind in filled) >= _CONTENT * len(filled)


def _first_row(cells: Cells, numeric: Sequence[str], label_headers: Collection[str]) -> int | None:
    """Return the first row with figures: not one that only has years across columns."""
    seen: list[str | None] = []
    for row in range(1, cells.grid.frame.height + 1):
        kinds = [cells.column(name)[row - 1] for name in numeric]
        if not {Kind.NUMBER, Kind.YEAR} & set(kinds) or _is_year_above(cells, numeric, row, label_headers):
            continue
        years = _years_across(cells, numeric, row)
        if not years or (seen and years != seen):  # below years across, counts can look like years
            return row
        seen = years
    return None


def _is_year_above(cells: Cells, numeric: Sequence[str], row: int, label_headers: Collection[str]) -> bool:
    """Return whether the only figure of a row is the year of the only column of figures below it."""
    filled = [name for name in numeric if cells.column(name)[row - 1] in {Kind.NUMBER, Kind.YEAR}]
    if len(filled) != 1 or cells.column(filled[0])[row - 1] != Kind.YEAR or row == cells.grid.frame.height:
        return False
    if len(numeric) == 1:  # beside a label it can be a count
        beside = cells.grid.frame.drop(filled).row(row - 1)
        return all(text is None or folded(text) in label_headers for text in beside)
    return filled[0] != numeric[0]


def _years_across(cells: Cells, numeric: Sequence[str], row: int) -> list[str | None]:
    """Return the years of a row that only has years across columns, or nothing."""
    kinds = [cells.column(name)[row - 1] for name in numeric]
    years = [cells.text(name, row) for name, kind in zip(numeric, kinds, strict=True) if kind == Kind.YEAR]
    is_alone = len(years) < len(("one", "other")) or Kind.NUMBER in kinds
    return [] if is_alone or not _repeats(years) or _is_beside_counts(cells, numeric, row) else years


def _is_beside_counts(cells: Cells, numeric: Sequence[str], row: int) -> bool:
    """Return whether the first year of a row is its time: all columns have headers, the first one nothing but years."""
    has_headers = all(row > 1 and cells.column(name)[row - 2] == Kind.TEXT for name in numeric)
    first = next(name for name in cells.grid.frame.columns if cells.column(name)[row - 1] == Kind.YEAR)
    return has_headers and _is_of_years(cells, first, row, _last_row(cells, numeric, {Kind.NUMBER, Kind.YEAR}))


def _repeats(years: Sequence[str | None]) -> bool:
    """Return whether years are different ones, or the same different ones again and again."""
    period = len(set(years))
    return all(year == years[i % period] for i, year in enumerate(years))


def _last_row(cells: Cells, columns: Sequence[str], wanted: Collection[int]) -> int:
    """Return the last row with a cell of these kinds in one of these columns."""
    kinds = [cells.column(name) for name in columns]
    return max(i for column in kinds for i, kind in enumerate(column, 1) if kind in wanted)


def _headers(cells: Cells, numeric: Sequence[str], first: int) -> list[int]:
    """Return the rows above the first figures that say something above the columns of figures."""
    rows: list[int] = []
    skipped = 0
    for row in range(first - 1, 0, -1):
        above = [cells.text(name, row) for name in numeric]
        if any(above):
            rows.insert(0, row)
        elif rows or skipped == _SKIPPED or not _is_said(cells, row):
            break
        else:
            skipped += 1
        if len(rows) == MOST_HEADERS:
            break
    return rows


def _times(
    cells: Cells, numeric: Sequence[str], headers: Sequence[int], rows: range, label_headers: Collection[str]
) -> list[str]:
    """Return the columns with years that are no counts: those whose headers say so, else the first one.

    Where a header has the years, there are none: counts can look like years too.
    """
    years = [name for name in numeric if _is_of_years(cells, name, rows.start, rows.stop - 1)]
    if any(cells.column(name)[row - 1] == Kind.YEAR for name in numeric for row in headers):
        return []
    # Notes below it can hide that the first column is one of years.
    before = cells.grid.frame.columns[: position_of(numeric[0]) - 1]
    if any(_is_of_years(cells, name, rows.start, rows.stop - 1) for name in before):
        return []
    headed = [name for name in years if any(folded(cells.text(name, row) or "") in label_headers for row in headers)]
    return headed or years[:1]


def _blank(cells: Cells, headers: Sequence[int], first: int, last: int, *, after: Sequence[str]) -> list[str]:
    """Return the columns behind the first figures that have a header and nothing below it: all of it is missing."""
    begin = position_of(after[0]) if after else 0
    behind = [name for name in cells.grid.frame.columns if position_of(name) > begin and name not in after]
    return [
        name
        for name in behind
        if any(cells.text(name, row) for row in headers)
        and all(kind == Kind.BLANK for kind in cells.column(name)[first - 1 : last])
    ]


def _is_of_years(cells: Cells, letters: str, first: int, last: int) -> bool:
    kinds = {kind for kind in cells.column(letters)[first - 1 : last] if kind != Kind.BLANK}
    return kinds == {Kind.YEAR}


def _has_figures(cells: Cells, figures: Sequence[str], row: int) -> bool:
    return any(cells.column(name)[row - 1] != Kind.BLANK for name in figures)


def _is_said(cells: Cells, row: int) -> bool:
    return any(text is not None for text in cells.grid.frame.row(row - 1))
