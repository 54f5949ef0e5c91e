"""The cells of a sheet and what else the sheet says → a grid: what is hidden or joined is kept, and told."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

import numpy as np
import polars as pl

from icstip.errors import TableError
from icstip.findings import Finding
from icstip.tables.grid import MAX_CELLS, Area, Grid, clean_cells, letters_of, position_of

MAX_MERGED = 100_000
"""How many merged areas a sheet may have."""

MAX_TEXTS = 20_000_000
"""How many texts may be held one by one, and not as columns."""

MAX_TEXT_BYTES = 2 * 1024**3
"""How long the texts of a sheet may be together, each counted once for each cell that shows it."""

_NAMED = 20  # how many places a message names; the report has them all

Cells = Mapping[int, Mapping[int, str]]
"""Texts by 1-based column and 1-based row."""


@dataclass(frozen=True)
class Details:
    """What a sheet says beyond the texts that a reader of values gives.

    Attributes:
        hidden: Whether the sheet is not shown.
        hidden_rows: 1-based; ranges, whose stop is not one of them.
        hidden_columns: 1-based; ranges, whose stop is not one of them.
        merged: The areas that are shown as one cell.
        texts: Texts of cells that the reader of values does not give, or not as people see them.
        without_value: Column and row of each formula that has no stored value.
    """

    hidden: bool = False
    hidden_rows: tuple[range, ...] = ()
    hidden_columns: tuple[range, ...] = ()
    merged: tuple[Area, ...] = ()
    texts: Cells = field(default_factory=dict)
    without_value: tuple[tuple[int, int], ...] = ()


def frame_of(cells: Cells, where: str) -> pl.DataFrame:
    """Return the cells as a frame, from the first to the last column that has any, and from row 1 to the last one.

    Args:
        cells: Texts that are not empty.
        where: The file and sheet, for the message.

    Raises:
        TableError: More cells than can be read safely, with those between them that are empty.
    """
    filled = [column for column, texts in cells.items() if texts]
    if not filled:
        return pl.DataFrame()
    height = max(max(texts) for texts in cells.values() if texts)
    columns = range(min(filled), max(filled) + 1)
    if len(columns) * height > MAX_CELLS:
        raise TableError("table-too-large", where=where, what=f"{letters_of(max(filled))}{height}")
    blank = pl.Series(values=[None], dtype=pl.String).new_from_index(0, height)
    return pl.DataFrame(
        [_with_texts(blank, cells.get(column, {})).alias(letters_of(column)) for column in columns],
        nan_to_null=False,
    )


def grid_of(file: str, sheet: str, frame: pl.DataFrame, details: Details) -> Grid:
    """Return a sheet as a grid, with findings of what a person who looks at it does not see.

    Args:
        file: Name of the file.
        sheet: Name of the sheet.
        frame: Its cells: one String column a sheet column, named by its letters; row *i* is row *i + 1* of the sheet.
        details: What else it says.
    """
    if frame.width:
        frame = clean_cells(_with_details(frame, details.texts))
    grid = Grid(file, sheet, frame)
    frame, covered = _uncovered(grid, details.merged)
    grid = replace(
        grid,
        frame=frame,
        merged=details.merged,
        hidden_rows=frozenset(_within(details.hidden_rows, 1, frame.height)),
        hidden_columns=frozenset(_hidden_columns(frame, details.hidden_columns)),
    )
    return replace(grid, findings=tuple(_findings(grid, details, covered)))


def _with_details(frame: pl.DataFrame, texts: Cells) -> pl.DataFrame:
    columns = {letters_of(column): rows for column, rows in texts.items()}
    return frame.with_columns(
        _with_texts(frame[letters], columns[letters]) for letters in frame.columns if letters in columns
    )


def _with_texts(column: pl.Series, texts: Mapping[int, str]) -> pl.Series:
    """Return the column with these texts at their 1-based rows; a row beyond its end is none of its cells."""
    height = len(column)
    rows = [row for row in texts if row <= height]
    if not rows:
        return column
    # The library scatters in place, and columns may be shared.
    return column.clone().scatter([row - 1 for row in rows], [texts[row] for row in rows])


def _uncovered(grid: Grid, merged: tuple[Area, ...]) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """Return the frame without texts that lie beneath merged areas, and the addresses of those."""
    frame = grid.frame
    if not merged or not frame.width:
        return frame, ()
    areas = np.array([(a.first_column, a.first_row, a.last_column, a.last_row) for a in merged], dtype=np.int64)
    columns, covered = [], []
    for letters in frame.columns:
        position = position_of(letters)
        mine = areas[(areas[:, 0] <= position) & (position <= areas[:, 2]) & (areas[:, 1] <= frame.height)]
        steps = np.zeros(frame.height + 2, dtype=np.int64)
        # Of the column in which an area begins, its first cell is the one that is shown.
        np.add.at(steps, mine[:, 1] + (mine[:, 0] == position), 1)
        np.add.at(steps, np.minimum(mine[:, 3], frame.height) + 1, -1)
        beneath = pl.Series(np.cumsum(steps)[1:-1] > 0) & frame[letters].is_not_null()
        rows = beneath.arg_true()
        covered += [f"{letters}{row + 1}" for row in rows]
        columns.append(frame[letters].clone().scatter(rows, None) if len(rows) else frame[letters])
    return pl.DataFrame(columns), tuple(covered)


def _within(ranges: Iterable[range], first: int, last: int) -> Iterator[int]:
    for numbers in ranges:
        yield from range(max(numbers.start, first), min(numbers.stop, last + 1))


def _hidden_columns(frame: pl.DataFrame, ranges: tuple[range, ...]) -> Iterator[str]:
    if frame.width and ranges:
        first, last = position_of(frame.columns[0]), position_of(frame.columns[-1])
        yield from (letters_of(column) for column in _within(ranges, first, last))


def _findings(grid: Grid, details: Details, covered: tuple[str, ...]) -> Iterator[Finding]:
    if details.hidden:
        yield Finding("TABLE-008", grid.place(), grid.sheet)
    frame = grid.frame
    if grid.hidden_rows:
        has_text = frame.select(pl.any_horizontal(pl.all().is_not_null())).to_series().arg_true()
        rows = sorted(grid.hidden_rows.intersection(row + 1 for row in has_text))
        if rows:
            place = grid.place(frame.columns[0], rows[0])
            yield Finding("TABLE-006", place, _ranges_text(rows), {"times": len(rows)})
    columns = sorted(position_of(letters) for letters in grid.hidden_columns if frame[letters].count())
    if columns:
        place = grid.place(letters_of(columns[0]), 1)
        yield Finding("TABLE-007", place, _ranges_text(columns, letters=True), {"times": len(columns)})
    without = tuple(f"{letters_of(column)}{row}" for column, row in details.without_value)
    yield from _at_cells("TABLE-009", grid, without)
    yield from _at_cells("TABLE-012", grid, covered)


def _at_cells(code: str, grid: Grid, cells: tuple[str, ...]) -> Iterator[Finding]:
    if cells:
        letters = cells[0].rstrip("0123456789")
        place = grid.place(letters, int(cells[0][len(letters) :]))
        named = ", ".join(cells[:_NAMED]) + (", …" if len(cells) > _NAMED else "")
        yield Finding(code, place, named, cells=cells)


def _ranges_text(numbers: list[int], *, letters: bool = False) -> str:
    """Return numbers in ascending order, or the columns of these positions, with those that follow one another joined.

    >>> _ranges_text([2, 4, 5, 6]), _ranges_text([1, 2], letters=True)
    ('2, 4–6', 'A–B')
    """
    ranges: list[tuple[int, int]] = []
    for number in numbers:
        if ranges and ranges[-1][1] == number - 1:
            ranges[-1] = (ranges[-1][0], number)
        else:
            ranges.append((number, number))
    shown = [[letters_of(number) if letters else str(number) for number in dict.fromkeys(ends)] for ends in ranges]
    return ", ".join("–".join(ends) for ends in shown[:_NAMED]) + (", …" if len(shown) > _NAMED else "")
