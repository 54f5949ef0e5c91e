"""CSV tables (RFC 4180, UTF-8) as rows that know the line on which they start."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from icstip.errors import StandardError
from icstip.findings import Place


@dataclass(frozen=True, slots=True)
class Row:
    """A row by column; a cell that the row lacks reads as empty, and `in` tells whether it has it.

    Attributes:
        line: 1-based line of the file on which the row starts: a quoted cell may go over several lines.
    """

    line: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    def __contains__(self, column: str) -> bool:
        return column in self.cells


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a file is not the table that it should be.

    Attributes:
        kind: Id of the message in the error texts, for example ``standard-columns``.
        line: Line of the file, or None for the file as a whole.
        values: What is missing or wrong: columns, a byte, a character.
    """

    kind: str
    line: int | None
    values: tuple[str, ...] = ()


MISSING = "standard-file"
ENCODING = "standard-encoding"
COLUMNS = "standard-columns"
COLUMN_TWICE = "standard-column-twice"
CELLS = "standard-cells"
QUOTES = "standard-quotes"


@dataclass(frozen=True)
class Table:
    """A table with the faults that were met while it was read.

    Attributes:
        file: The file as messages name it, for example ``dsd/codelists/CL_SEX.csv``.
    """

    file: str
    columns: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    faults: tuple[Fault, ...] = field(default=())

    @property
    def usable(self) -> bool:
        """Whether the table is there with all its columns, so that what it does not hold does not exist."""
        return not any(fault.kind in {MISSING, COLUMNS} for fault in self.faults)

    @property
    def given(self) -> bool:
        """Whether the file is there; one that a standard can do without reads as an empty table."""
        return bool(self.columns or self.faults)

    def place(self, row: Row | None = None) -> Place:
        """Return the place of a row, or of the header."""
        return Place(self.file, row=1 if row is None else row.line)

    def column(self, name: str) -> Iterator[tuple[Row, str]]:
        """Yield each row that has a cell in the column, with the cell."""
        return ((row, row.cells[name]) for row in self.rows if name in row.cells)

    def ids(self) -> frozenset[str]:
        """Return what stands in the column `id`."""
        return frozenset(value for _, value in self.column("id"))

    def sound(self) -> Self:
        """Return the table itself when it has no fault.

        Raises:
            StandardError: It has one; the error names file, line and what is wrong.
        """
        for fault in self.faults:
            raise fault_error(fault, self.file)
        return self


def fault_error(fault: Fault, file: str) -> StandardError:
    """Return the fault of a file as the exception that stops the work."""
    return StandardError(fault.kind, where=str(Place(file, row=fault.line)), value=", ".join(fault.values))


def file_name(folder: Path, name: str) -> str:
    """Return how messages name a file: from the folder of the standard on, whatever stands above it."""
    return f"{folder.name}/{name}"


def load_table(folder: Path, name: str, columns: Sequence[str]) -> Table:
    """Return a table with its faults: nothing is raised for what stands, or does not stand, in the file.

    Args:
        folder: Folder of the standard, as an absolute path.
        name: Path of the file in it, with slashes.
        columns: Columns that the table must have; further ones are kept.
    """
    file = file_name(folder, name)
    try:
        data = (folder / name).read_bytes()
    except FileNotFoundError:
        return Table(file, faults=(Fault(MISSING, None, (file,)),))
    text, faults = decode(data)
    table = _parse(file, text, columns)
    return Table(file, table.columns, table.rows, (*faults, *table.faults))


def load_optional_table(folder: Path, name: str, columns: Sequence[str]) -> Table:
    """Return a table that a standard can do without: one without rows and faults when there is no such file.

    Args:
        folder: Folder of the standard, as an absolute path.
        name: Path of the file in it, with slashes.
        columns: Columns that the table must have if it is there.
    """
    return load_table(folder, name, columns) if (folder / name).exists() else Table(file_name(folder, name))


def decode(data: bytes) -> tuple[str, tuple[Fault, ...]]:
    """Return bytes as text, without those that are not UTF-8, and the fault that tells the first of them."""
    try:
        return data.decode("utf-8-sig"), ()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return data.decode("utf-8-sig", errors="ignore"), (Fault(ENCODING, line, (f"0x{data[error.start]:02X}",)),)


def _parse(file: str, text: str, required: Sequence[str]) -> Table:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    columns: tuple[str, ...] = ()
    rows: list[Row] = []
    faults: list[Fault] = []
    start = 1
    try:
        for cells in reader:
            # reader.line_num is the line on which the row ends.
            line, start = start, reader.line_num + 1
            if not cells:
                continue
            if not columns:
                columns = tuple(cells)
                continue
            if len(cells) != len(columns):
                faults.append(_uneven(line, cells, columns))
            rows.append(Row(line, dict(zip(columns, cells, strict=False))))
    except csv.Error:
        faults.append(Fault(QUOTES, start, ('"',)))
    return Table(file, columns, tuple(rows), (*_header_faults(columns, required), *faults))


def _uneven(line: int, cells: Sequence[str], columns: Sequence[str]) -> Fault:
    if len(cells) < len(columns):
        return Fault(CELLS, line, tuple(columns[len(cells) :]))
    return Fault(CELLS, line, tuple(f"#{n}" for n in range(len(columns) + 1, len(cells) + 1)))


def _header_faults(columns: Sequence[str], required: Sequence[str]) -> Iterator[Fault]:
    if missing := tuple(column for column in required if column not in columns):
        yield Fault(COLUMNS, 1, missing)
    if twice := tuple(dict.fromkeys(column for column in columns if columns.count(column) > 1)):
        yield Fault(COLUMN_TWICE, 1, twice)
