"""Where in a sheet the figures stand, and what is beside, above and below them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from icstip.mapping.normalise import folded
from icstip.mapping.suggesting.cells import FIGURES, Cells, Kind
from icstip.mapping.suggesting.shaping.columns import (
    Words,
    blank_columns,
    called_figures,
    columns_beside,
    flag_columns,
    lowest_header,
    numeric_columns,
    times_among,
)
from icstip.mapping.suggesting.shaping.ends import next_table
from icstip.mapping.suggesting.shaping.rows import first_row, header_rows, is_of_years, kinds_in, last_row
from icstip.tables.grid import position_of


@dataclass(frozen=True)
class Shape:
    """A table in a sheet. Rows count from 1.

    Attributes:
        cells: The sheet.
        headers: Rows above the figures that say what the columns are, in order.
        telling: Those of them that say more than that figures are figures.
        rows: Rows from below the headers to the last one with figures.
        figures: Letters of the columns with figures.
        stubs: Letters of the columns that say what the rows are.
        headings: Rows between the first and the last without figures, that say something.
        notes: Rows below that say something.
        title: Rows above the headers that say something.
        has_value_header: Whether the header of the figures says that they are figures and nothing else.
        unsaid: Letters of the stubs that hold figures of which nothing is known.
        below: The address where another table begins below this one, or empty.
        flags: Letters of the columns with signs, each about the figures to its left.
        beside: The addresses where other tables begin among the columns of this one.
    """

    cells: Cells
    headers: tuple[int, ...]
    telling: tuple[int, ...]
    rows: range
    figures: tuple[str, ...]
    stubs: tuple[str, ...]
    headings: tuple[int, ...]
    notes: tuple[int, ...]
    title: tuple[int, ...]
    has_value_header: bool
    unsaid: tuple[str, ...] = ()
    below: str = ""
    beside: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()

    @property
    def is_long(self) -> bool:
        """Whether each row of the sheet holds one figure, in a column whose header says nothing more of it."""
        is_one = len(self.figures) == len(self.headers) == 1 and self.has_value_header
        return is_one and not self.headings and not self.below

    def header(self, letters: str) -> str | None:
        """Return the lowest text above a column."""
        return lowest_header(self.cells, letters, self.headers)


def find_shape(cells: Cells, words: Words | None = None) -> Shape | None:
    """Return the first table of a sheet, or None where there are no figures.

    Args:
        cells: The sheet.
        words: What headers say of columns.
    """
    words = words or Words()
    shape = _shape(cells, words)
    begin = shape and next_table(cells, shape.figures, shape.headers, shape.rows, words)
    if not shape or not begin:
        return shape
    above = _shape(Cells(replace(cells.grid, frame=cells.grid.frame.head(begin - 1)), cells.markers), words)
    if above is None:
        return shape
    notes = tuple(row for row in cells.said if row >= above.rows.stop)
    return replace(above, cells=cells, notes=notes, below=f"{next(iter(cells.texts(begin)))}{begin}")


def _shape(cells: Cells, words: Words) -> Shape | None:
    """Return the table of a sheet that holds one."""
    numeric = numeric_columns(cells)
    first = first_row(cells, numeric, words.labels)
    if first is None:
        return None
    headers = header_rows(cells, numeric, first)
    last = last_row(cells, numeric, FIGURES)
    times = times_among(cells, numeric, headers, range(first, last + 1), words.labels)
    figures = [letters for letters in numeric if letters not in set(times)]
    headers = header_rows(cells, figures, first) if figures else headers  # a title can stand above the times
    called = called_figures(cells, figures, headers, words)
    blank = [] if called else blank_columns(cells, headers, range(first, last + 1), after=figures)
    chosen = set(called) or set(figures)
    unsaid = [name for name in figures if name not in chosen and not is_of_years(cells, name, first, last)]
    figures = sorted(called or [*figures, *blank] or numeric[-1:], key=position_of)
    chosen = set(figures)
    last = max(last, last_row(cells, figures, set(Kind) - {Kind.BLANK}))  # texts among figures are told
    rows = range(max(headers, default=first - 1) + 1, last + 1)  # a heading can stand above the first figures
    flags = flag_columns(cells, figures, headers, rows) if len(figures) > 1 or not called else []
    chosen |= set(flags)
    shape = Shape(
        cells,
        tuple(headers),
        tuple(row for row in headers if not _says_figures(cells, figures, row, words)),
        rows,
        tuple(figures),
        tuple(name for name in cells.filled if name not in chosen and any(cells.column(name)[rows.start - 1 : last])),
        headings=(),
        notes=tuple(row for row in cells.said if row > last),
        title=tuple(row for row in cells.said if row < min(headers, default=first)),
        has_value_header=bool(called),
        flags=tuple(flags),
    )
    return replace(
        shape,
        headings=_headings(shape, range(first, last + 1)),
        unsaid=tuple(name for name in unsaid if folded(shape.header(name) or "") not in words.labels),
        beside=tuple(f"{name}{rows.start - 1}" for name in columns_beside(cells, figures, shape.stubs, headers)),
    )


def _headings(shape: Shape, filled: range) -> tuple[int, ...]:
    """Return the rows among those of figures that have none."""
    # In a table with one figure a row and its time beside it, a figure that is not there is missing.
    is_one = len(shape.figures) == 1
    if is_one and any(is_of_years(shape.cells, name, filled.start, filled.stop - 1) for name in shape.stubs):
        return ()
    said = (row for row in shape.cells.said if row in shape.rows)
    return tuple(row for row in said if not any(kinds_in(shape.cells, shape.figures, row)))


def _says_figures(cells: Cells, figures: Sequence[str], row: int, words: Words) -> bool:
    """Return whether a header row says of columns that they are figures, and nothing else."""
    texts = {text for name in figures if (text := cells.text(name, row))}
    return bool(texts) and all(folded(text) in words.values for text in texts)
