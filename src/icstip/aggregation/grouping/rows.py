"""Small tables that say something of areas: their rows, and all mistakes in them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from icstip.errors import TableError
from icstip.findings import Finding, Place, Report
from icstip.tables.read import read_grids


class RowsError(TableError):
    """A table cannot be used because of what stands in its rows.

    Attributes:
        findings: Every mistake, in the order of their places.
    """

    def __init__(self, message_id: str, *, where: str, number: int, findings: Sequence[Finding]) -> None:
        super().__init__(message_id, where=where, number=number)
        self.findings = Report.of(findings).findings

    def lines(self, language: str = "en") -> list[str]:
        """Return every mistake, and below several of them how many there are."""
        mistakes = [finding.line(language) for finding in self.findings]
        return [*mistakes, super().line(language)] if len(mistakes) > 1 else mistakes

    def line(self, language: str = "en") -> str:
        """Return the first mistake, and how many there are."""
        return " ".join([super().line(language), self.findings[0].line(language)])

    def __str__(self) -> str:
        """Return every mistake: Python shows what no command does."""
        return "\n".join(self.lines())


@dataclass(frozen=True)
class Row:
    """A row of a table.

    Attributes:
        place: Where it stands.
        cells: Its texts by the names of the columns, in small letters; an empty one where there is none.
    """

    place: Place
    cells: Mapping[str, str]

    def __getitem__(self, name: str) -> str:
        return self.cells.get(name, "")


@dataclass
class Mistakes:
    """What is wrong with the rows of a table.

    Attributes:
        file: The table.
        findings: What was found so far.
    """

    file: Path
    findings: list[Finding] = field(default_factory=list)

    def add(self, code: str, row: Row, value: str, **params: object) -> None:
        """Add a mistake."""
        self.findings.append(Finding(code, row.place, value, params))

    def year(self, row: Row, name: str) -> int | None:
        """Return the year in a cell; None where there is none, or what stands there is none."""
        value = row[name]
        if not value:
            return None
        if value.isascii() and value.isdigit() and len(value) == 4:
            return int(value)
        self.add("AGG-032", row, value, column=name)
        return None

    def check(self) -> None:
        """Refuse the table if anything is wrong with it.

        Raises:
            RowsError: With every mistake.
        """
        if self.findings:
            raise RowsError("aggregate-rows", where=str(self.file), number=len(self.findings), findings=self.findings)


def read_rows(path: Path, needed: Sequence[str], allowed: Callable[[str], bool]) -> Iterator[Row]:
    """Yield the rows of a table: of the first sheet, with the names of columns in its first row.

    Args:
        path: A delimited text or a workbook.
        needed: Columns that have to be there, in small letters.
        allowed: Whether there can be another column of a name.

    Raises:
        TableError: It cannot be read, or a column is missing or not known.
    """
    grid = next(iter(read_grids(path)))
    rows = grid.frame.rows()
    header = [str(name or "").casefold() for name in rows[0]] if rows else []
    lacking = [name for name in needed if name not in header]
    if lacking:
        raise TableError("aggregate-columns", where=str(path), columns=", ".join(lacking))
    unknown = [name for name in header if name and name not in needed and not allowed(name)]
    if unknown:
        raise TableError("aggregate-column-unknown", where=str(path), columns=", ".join(unknown))
    for number, cells in enumerate(rows[1:], 2):
        told = {name: str(cell or "") for name, cell in zip(header, cells, strict=True) if name}
        if any(told.values()):
            yield Row(Place(grid.file, row=number), told)
