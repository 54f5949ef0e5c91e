"""Rows of a sheet: which ones say what the columns are, and where the first figures stand."""

from collections.abc import Collection, Sequence
from typing import Final

from icstip.mapping.normalise import folded
from icstip.mapping.suggesting.cells import FIGURES, Cells, Kind

MOST_HEADERS: Final = 4
_SKIPPED: Final = 2  # rows between the header and the first figures, such as a heading
_BOUNDS: Final = frozenset({Kind.BLANK, Kind.TEXT, Kind.BOUNDED})


def first_row(cells: Cells, numeric: Sequence[str], label_headers: Collection[str]) -> int | None:
    """Return the first row with figures: not one that only has years or bounds of ages across columns.

    Args:
        cells: The sheet.
        numeric: Letters of the columns with figures and times.
        label_headers: Folded headers of columns of labels.
    """
    seen: list[str | None] = []
    for row in range(1, cells.height + 1):
        if FIGURES.isdisjoint(kinds_in(cells, numeric, row)):
            if _is_of_marked(cells, numeric, row, label_headers):
                return row
            continue
        if _is_year_above(cells, numeric, row, label_headers) or _is_of_bounds(cells, numeric, row, label_headers):
            continue
        years = _years_across(cells, numeric, row)
        if not years or (seen and years != seen):  # below years across, counts can look like years
            return row
        seen = years
    return None


def header_rows(cells: Cells, numeric: Sequence[str], first: int) -> list[int]:
    """Return the rows above the first figures that say something above the columns of figures.

    Args:
        cells: The sheet.
        numeric: Letters of the columns of figures.
        first: The row of the first figures.
    """
    rows: list[int] = []
    skipped = 0
    for row in range(first - 1, 0, -1):
        if any(kind != Kind.BLANK for kind in kinds_in(cells, numeric, row)):
            rows.insert(0, row)
        elif rows or skipped == _SKIPPED or not cells.is_said(row):
            break
        else:
            skipped += 1
        if len(rows) == MOST_HEADERS:
            break
    return rows


def last_row(cells: Cells, columns: Sequence[str], wanted: Collection[int]) -> int:
    """Return the last row with a cell of these kinds in one of these columns, or 0."""
    kinds = [cells.column(name) for name in columns]
    return max((i for column in kinds for i, kind in enumerate(column, 1) if kind in wanted), default=0)


def kinds_in(cells: Cells, columns: Sequence[str], row: int) -> list[int]:
    """Return the kinds of the cells of a row in these columns."""
    return [cells.column(name)[row - 1] for name in columns]


def is_of_years(cells: Cells, letters: str, first: int, last: int) -> bool:
    """Return whether a column has years and nothing else from one row to another."""
    return set(cells.column(letters)[first - 1 : last]) - {Kind.BLANK} == {Kind.YEAR}


def says_headers(cells: Cells, row: int, besides: Collection[str], label_headers: Collection[str]) -> bool:
    """Return whether a row has blanks and headers of labels only, but for some columns."""
    return all(folded(text) in label_headers for name, text in cells.texts(row).items() if name not in besides)


def _is_of_bounds(cells: Cells, numeric: Sequence[str], row: int, label_headers: Collection[str]) -> bool:
    """Return whether the only figures of a row are bounds of ages in a header: "<18" beside "18+".

    There are texts among them, or nothing but blanks and headers of labels beside them; below a header, figures "<5"
    beside a label are figures.
    """
    kinds = kinds_in(cells, numeric, row)
    if Kind.BOUNDED not in kinds or not set(kinds) <= _BOUNDS:
        return False
    if last_row(cells, numeric, {Kind.NUMBER, Kind.YEAR}) <= row:
        return False
    if says_headers(cells, row, numeric, label_headers):
        return Kind.TEXT in kinds or Kind.BLANK in kinds or len(numeric) < len(cells.filled)
    return Kind.TEXT in kinds and not any(set(cells.column(name)[: row - 1]) - {Kind.BLANK} for name in numeric)


def _is_of_marked(cells: Cells, numeric: Sequence[str], row: int, label_headers: Collection[str]) -> bool:
    """Return whether the figures of a row all have marks: they stand beside a label and below something."""
    kinds = kinds_in(cells, numeric, row)
    if kinds.count(Kind.MARKED) <= kinds.count(Kind.TEXT) or says_headers(cells, row, numeric, label_headers):
        return False
    return any(set(cells.column(name)[: row - 1]) - {Kind.BLANK} for name in numeric)


def _is_year_above(cells: Cells, numeric: Sequence[str], row: int, label_headers: Collection[str]) -> bool:
    """Return whether the only figure of a row is the year of the only column of figures below it."""
    filled = [name for name in numeric if cells.column(name)[row - 1] in FIGURES]
    if len(filled) != 1 or cells.column(filled[0])[row - 1] != Kind.YEAR or row == cells.height:
        return False
    if len(numeric) == 1:  # beside a label it can be a count
        return says_headers(cells, row, filled, label_headers)
    return filled[0] != numeric[0]


def _years_across(cells: Cells, numeric: Sequence[str], row: int) -> list[str | None]:
    """Return the years of a row that only has years across columns, or nothing."""
    kinds = kinds_in(cells, numeric, row)
    years = [cells.text(name, row) for name, kind in zip(numeric, kinds, strict=True) if kind == Kind.YEAR]
    is_alone = len(years) < len(("one", "other")) or Kind.NUMBER in kinds or Kind.BOUNDED in kinds
    return [] if is_alone or not _repeats(years) or _is_beside_counts(cells, numeric, row) else years


def _is_beside_counts(cells: Cells, numeric: Sequence[str], row: int) -> bool:
    """Return whether the first year of a row is its time: all columns have headers, the first one nothing but years."""
    has_headers = row > 1 and all(kind == Kind.TEXT for kind in kinds_in(cells, numeric, row - 1))
    first = next(name for name in cells.filled if cells.column(name)[row - 1] == Kind.YEAR)
    return has_headers and is_of_years(cells, first, row, last_row(cells, numeric, FIGURES))


def _repeats(years: Sequence[str | None]) -> bool:
    """Return whether years are different ones, or the same different ones again and again."""
    period = len(set(years))
    return all(year == years[i % period] for i, year in enumerate(years))
