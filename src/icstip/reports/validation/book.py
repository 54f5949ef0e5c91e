"""A validation as a workbook: a summary, all findings, and the sheets of the table again, with comments at cells."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError

from icstip.errors import OutputError
from icstip.findings import Finding
from icstip.reports.validation.plain import SheetNames, shown
from icstip.reports.validation.report import ValidationReport
from icstip.reports.validation.rows import COLUMNS, TOLD, heading, row_of
from icstip.reports.validation.sheets.data import SheetNotes, TableSheet, write_lines
from icstip.reports.validation.sheets.looks import Looks, height_of, on_paper
from icstip.reports.validation.sheets.marks import is_address, lines_of, marks_of
from icstip.reports.validation.sheets.summary import SummarySheet
from icstip.tables.grid import MAX_ROWS, Grid
from icstip.texts import RIGHT_TO_LEFT, text

_CREATED: Final = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
"""Nothing comes from a clock, so that the same report gives the same file."""

_OPTIONS: Final = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_MOST_LINKS: Final = 60_000  # Excel takes 65,530 in a sheet
_WIDTHS: Final = {
    "severity": 14,
    "code": 14,
    "kind": 24,
    "file": 20,
    "sheet": 16,
    "cell": 10,
    "line": 10,
    "key": 26,
    "value": 18,
    "times": 10,
    "places": 20,
    "message": 52,
    "hint": 52,
}

_SheetOf = Mapping[tuple[str, str | None], str]


def write_validation_book(report: ValidationReport, path: Path, sheets: Sequence[Grid], language: str = "en") -> None:
    """Write a report as a workbook (xlsx): equal ones give equal bytes.

    Args:
        report: The report.
        path: The file, in a folder that is staged.
        sheets: The sheets of the tables that were checked, as they were read; those of data messages have none.
        language: Language of the texts. Sheets of a table run as their own texts do.

    Raises:
        OutputError: The file cannot be written.
    """
    book = Workbook(str(path), _OPTIONS)
    book.set_properties({"title": text("validation_book.title", language), "author": "icstip", "created": _CREATED})
    _Book(book, report, language).write(sheets)
    try:
        book.close()
    except FileCreateError as error:
        raise OutputError("output-write", where=str(path), reason=error) from error


class _Book:
    """The workbook of a report."""

    def __init__(self, book: Workbook, report: ValidationReport, language: str) -> None:
        self._book = book
        self._report = report
        self._language = language
        self._findings = report.report.findings
        self._looks = Looks.of(book, language)
        names = SheetNames()
        self._summary_name = names.name(text("validation_book.summary", language))
        self._findings_name = names.name(text("report.findings.heading", language))
        self._names = names

    def write(self, grids: Sequence[Grid]) -> None:
        """Write all sheets, the summary first."""
        summary = self._book.add_worksheet(self._summary_name)
        findings = self._book.add_worksheet(self._findings_name)
        names: dict[tuple[str, str | None], str] = {}
        notes: list[SheetNotes] = []
        for grid in grids:
            name = self._names.name(grid.sheet or grid.file)
            names[grid.file, grid.sheet] = name
            table = TableSheet(self._book.add_worksheet(name), name, grid, marks_of(grid, self._findings), self._looks)
            notes.append(table.write(self._findings_name, self._language))
        lines = list(self._lines({grid.file for grid in grids}))
        self._all_findings(findings, names)
        told = self._told(notes, has_tables=bool(grids), has_lines=bool(lines))
        told += [said for note in (*notes, *lines) for said in note.told(self._findings_name, self._language)]
        SummarySheet(summary, self._looks, self._language).write(self._report, told)

    def _told(self, notes: Sequence[SheetNotes], *, has_tables: bool, has_lines: bool) -> list[str]:
        keys = {"sheets-lead": has_tables and bool(notes), "lines-lead": has_lines, "cut": True}
        return [text(f"validation_book.{key}", self._language) for key, wanted in keys.items() if wanted]

    def _lines(self, tables: set[str]) -> Iterator[SheetNotes]:
        """Write a sheet for each data message in which lines have findings."""
        for file in dict.fromkeys(one.file for one in self._report.files):
            lines = {} if file in tables else lines_of(file, self._findings)
            if lines:
                name = self._names.name(file)
                yield write_lines(self._book.add_worksheet(name), name, lines, self._looks, self._language)

    def _all_findings(self, sheet: Any, names: _SheetOf) -> None:  # noqa: ANN401 - of a library without types
        if self._language in RIGHT_TO_LEFT:
            sheet.right_to_left()
        for column, (width, title) in enumerate(zip(_WIDTHS.values(), heading(self._language), strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, title, self._looks.head)
        sheet.set_row(0, height_of(heading(self._language), list(_WIDTHS.values())))
        for row, finding in enumerate(self._findings[: MAX_ROWS - 1], 1):
            self._row(sheet, row, finding)
            place = finding.place
            name = names.get((place.file, place.sheet))
            if name and place.cell and is_address(place.cell) and row <= _MOST_LINKS:
                target = name.replace("'", "''")
                column = list(COLUMNS).index("cell")
                sheet.write_url(row, column, f"internal:'{target}'!{place.cell}", self._looks.link, place.cell)
        on_paper(sheet, headings=True)
        sheet.autofilter(0, 0, max(len(self._findings), 1), len(COLUMNS) - 1)

    def _row(self, sheet: Any, row: int, finding: Finding) -> None:  # noqa: ANN401 - of a library without types
        values = row_of(finding, self._language)
        sheet.set_row(row, height_of(values, list(_WIDTHS.values())))
        looks = {"severity": self._looks.severity[finding.severity]} | dict.fromkeys(TOLD, self._looks.prose)
        for column, (name, value) in enumerate(zip(COLUMNS, values, strict=True)):
            look = looks.get(name, self._looks.plain)
            if isinstance(value, int):
                sheet.write_number(row, column, value, look)
            elif value is not None:
                sheet.write_string(row, column, shown(value), look)
