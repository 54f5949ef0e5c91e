"""A grid and the names of the columns that are needed → a table: the header row found, one row a record below it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from icstip.errors import TableError
from icstip.findings import Finding, Place
from icstip.tables.grid import Grid
from icstip.tables.records import ROW

MAX_HEADER_ROW = 100

_OURS = ("__", "@")  # how the names of columns begin that are added to a table on its way to observations


@dataclass(frozen=True)
class Table:
    """Records below a header.

    Attributes:
        grid: Where they come from.
        frame: `ROW` (UInt32), the 1-based row of each record in its sheet, and one String column a header, named by it;
            rows without any text are gone.
        letters: The sheet column of each header.
        header_row: 1-based row of the header.
        skipped: What was skipped to get to the header.
        beyond: Columns of a delimited text without a header: a record that has them is longer than the header.
    """

    grid: Grid
    frame: pl.DataFrame
    letters: dict[str, str]
    header_row: int
    skipped: tuple[Finding, ...]
    beyond: tuple[str, ...] = ()

    @property
    def file(self) -> str:
        """Name of the file."""
        return self.grid.file

    @property
    def sheet(self) -> str | None:
        """Name of the sheet."""
        return self.grid.sheet

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What was assumed or repaired in the sheet, and skipped to get to the header."""
        return (*self.grid.findings, *self.skipped)

    def headers(self) -> Mapping[str, Place]:
        """Return the headers with their places."""
        return {header: self.place(header, self.header_row) for header in self.letters}

    def cell(self, header: str, row: int) -> str:
        """Return the address of a cell, such as ``F17``."""
        return f"{self.letters[header]}{row}"

    def place(self, header: str, row: int) -> Place:
        """Return the place of a cell."""
        return Place(self.grid.file, self.grid.sheet, self.cell(header, row), row)


def folded_header(name: str) -> str:
    """Return a header as headers are compared: without case, and with any white space as one blank."""
    return " ".join(name.split()).casefold()


def find_table(grids: Iterable[Grid], needed: Sequence[str], where: str) -> Table:
    """Return the table of the first sheet that has all needed columns in one row.

    Args:
        grids: The sheets, in order.
        needed: Headers that must be there, as the mapping writes them.
        where: The file, for the message.

    Raises:
        TableError: No sheet has them; the message names what the nearest row lacks.
    """
    wanted = {folded_header(name): name for name in needed}
    grids = iter(grids)
    nearest: tuple[int, str, list[str]] = (-1, "", list(needed))
    for grid in grids:
        for index, present in enumerate(_headers(grid)):
            lacking = [name for folded, name in wanted.items() if folded not in present]
            if not lacking:
                return _table(grid, index, wanted, where, _others(grids, wanted))
            if len(needed) - len(lacking) > nearest[0]:
                first = None if grid.sheet is None else grid.frame.columns[0]
                nearest = (len(needed) - len(lacking), str(grid.place(first, index + 1)), lacking)
    raise TableError(
        "table-no-header",
        where=where,
        needed=", ".join(needed),
        lacking=", ".join(nearest[2]),
        nearest=nearest[1] or "-",
    )


def _others(grids: Iterable[Grid], wanted: dict[str, str]) -> list[str]:
    """Return the names of the sheets among these that have the wanted columns too."""
    return [grid.sheet or "" for grid in grids if any(wanted.keys() <= present for present in _headers(grid))]


def _headers(grid: Grid) -> Iterator[set[str]]:
    """Yield what each of the first rows holds, as headers are compared."""
    for cells in grid.frame.head(MAX_HEADER_ROW).iter_rows():
        yield {folded_header(cell) for cell in cells if cell is not None}


def _table(grid: Grid, header_index: int, wanted: dict[str, str], where: str, others: list[str]) -> Table:
    header = grid.frame.row(header_index)
    names: dict[str, str] = {}
    taken: set[str] = set()
    for column, cell in zip(grid.frame.columns, header, strict=True):
        if cell is None and grid.frame[column][header_index + 1 :].null_count() == grid.frame.height - header_index - 1:
            continue
        name = wanted.get(folded_header(cell), cell) if cell is not None else f"({column})"
        if name in taken and folded_header(name) in wanted:
            raise TableError("table-double-header", where=where, header=name)
        if name.startswith(_OURS) and folded_header(name) not in wanted:
            name = f"{name} ({column})"
        while name in taken:
            name = f"{name} ({column})"
        taken.add(name)
        names[column] = name
    frame = (
        grid.frame.with_row_index(ROW, offset=1)
        .slice(header_index + 1)
        .select(ROW, *(pl.col(column).alias(name) for column, name in names.items()))
        .filter(pl.any_horizontal(pl.exclude(ROW).is_not_null()))
    )
    letters = {name: column for column, name in names.items()}
    findings = [*_skipped(grid, header_index)]
    if others:
        findings.append(Finding("TABLE-004", grid.place(), grid.sheet, {"others": ", ".join(others)}))
    if not frame.height:
        findings.append(Finding("TABLE-005", grid.place(row=header_index + 1)))
    beyond = tuple(
        name for name in letters if grid.sheet is None and header[grid.frame.columns.index(letters[name])] is None
    )
    return Table(grid, frame, letters, header_index + 1, tuple(findings), beyond)


def _skipped(grid: Grid, header_index: int) -> tuple[Finding, ...]:
    rows = [" ".join(cell for cell in row if cell) for row in grid.frame.head(header_index).iter_rows()]
    place = grid.place(row=1)
    return (Finding("TABLE-002", place, " / ".join(row for row in rows if row)),) if any(rows) else ()
