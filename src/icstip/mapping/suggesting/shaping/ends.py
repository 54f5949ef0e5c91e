"""Where a table ends: at the header of another one below it."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from icstip.mapping.normalise import folded
from icstip.mapping.suggesting.cells import FIGURES, Cells, Kind
from icstip.mapping.suggesting.shaping.columns import Words
from icstip.mapping.suggesting.shaping.rows import kinds_in, last_row, says_headers

_HEADERS: Final = frozenset({Kind.TEXT, Kind.YEAR, Kind.BOUNDED})


def next_table(cells: Cells, figures: Sequence[str], headers: Sequence[int], rows: range, words: Words) -> int | None:
    """Return the first row of another table below, that of its title if it has one, or None.

    Args:
        cells: The sheet.
        figures: Letters of the columns of figures.
        headers: The header rows of the first table.
        rows: Its rows, with those of tables below it.
        words: What headers say.
    """
    first = next((row for row in rows if not FIGURES.isdisjoint(kinds_in(cells, figures, row))), rows.stop)
    last = last_row(cells, figures, FIGURES)
    is_header = (row for row in range(first + 1, last) if _is_header(cells, figures, headers, row, words))
    row = next(is_header, None)
    return None if row is None else _begin(cells, row, first)


def _is_header(cells: Cells, figures: Sequence[str], headers: Sequence[int], row: int, words: Words) -> bool:
    kinds = [kind for kind in kinds_in(cells, figures, row) if kind != Kind.BLANK]
    if not kinds or not set(kinds) <= _HEADERS or _repeats_headers(cells, headers, row):
        return False
    if says_headers(cells, row, figures, words.labels):
        return _are_headers(cells, figures, headers, row, words)
    if not _is_set_off(cells, row) or len(kinds) < len(figures):
        return False
    if Kind.TEXT in kinds and len(cells.texts(row)) > len(("label", "text")):
        return True
    return len(kinds) > 1 and set(kinds) == {Kind.YEAR} and _follow(cells, figures, row)


def _are_headers(cells: Cells, figures: Sequence[str], headers: Sequence[int], row: int, words: Words) -> bool:
    """Return whether cells beside blanks and headers of labels are headers: a year alone can be a count."""
    filled = [name for name in figures if cells.text(name, row)]
    if Kind.TEXT in kinds_in(cells, filled, row):
        beside = len(cells.texts(row)) > len(filled)
        is_value = any(folded(cells.text(name, row) or "") in words.values for name in filled)
        return beside or is_value or len(figures) > 1
    if Kind.YEAR not in kinds_in(cells, filled, row):
        return False  # bounds alone: figures whose label stands in a row above
    if len(filled) > 1:
        return _follow(cells, figures, row)
    return any(cells.column(filled[0])[above - 1] == Kind.YEAR for above in headers) or _is_set_off(cells, row)


def _repeats_headers(cells: Cells, headers: Sequence[int], row: int) -> bool:
    """Return whether a row is a header of texts once more, within the table, as on the next page."""
    texts = cells.texts(row)
    has_years = any(cells.column(name)[row - 1] in FIGURES for name in texts)
    return not has_years and bool(headers) and texts == cells.texts(headers[-1]) and _is_within(cells, row)


def _is_within(cells: Cells, row: int) -> bool:
    return len(cells.texts(row - 1)) > 1


def _follow(cells: Cells, figures: Sequence[str], row: int) -> bool:
    """Return whether years rise or fall, from the first one on or again and again."""
    years = [text for name in figures if cells.column(name)[row - 1] == Kind.YEAR and (text := cells.text(name, row))]
    period = list(dict.fromkeys(years))
    steps = {one < other for one, other in pairwise(period)}
    return len(steps) <= 1 and all(year == period[i % len(period)] for i, year in enumerate(years))


def _is_set_off(cells: Cells, row: int) -> bool:
    """Return whether a blank row stands above a row, or above the title that does."""
    above = row - 1
    while above > 0 and len(cells.texts(above)) == 1:
        above -= 1
    return above > 0 and not cells.is_said(above)


def _begin(cells: Cells, row: int, first: int) -> int:
    """Return the first row of the title above a header, or the row of the header."""
    above = row - 1
    begin = row
    while above > first and len(cells.texts(above)) <= 1:
        begin = above if cells.is_said(above) else begin
        above -= 1
    return begin
