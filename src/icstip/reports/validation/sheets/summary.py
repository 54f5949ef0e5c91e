"""The first sheet of the workbook: how much was found, what was checked, and what the other sheets show."""

from collections.abc import Iterable
from typing import Any, Final

from icstip.findings import Severity
from icstip.reports.validation.plain import shown
from icstip.reports.validation.report import FileReport, ValidationReport
from icstip.reports.validation.sheets.looks import Looks, height_of, on_paper
from icstip.texts import RIGHT_TO_LEFT, text

_WIDTHS: Final = (38, 72, 60)


class SummarySheet:
    """The summary, written from top to bottom.

    Args:
        sheet: The sheet of the workbook.
        looks: Formats of the workbook.
        language: Language of the texts.
    """

    def __init__(self, sheet: Any, looks: Looks, language: str) -> None:  # noqa: ANN401 - untyped
        self._sheet = sheet
        self._looks = looks
        self._language = language
        self._row = 0
        if language in RIGHT_TO_LEFT:
            sheet.right_to_left()
        for column, width in enumerate(_WIDTHS):
            sheet.set_column(column, column, width)
        sheet.hide_gridlines(2)
        on_paper(sheet)

    def write(self, report: ValidationReport, notes: Iterable[str]) -> None:
        """Write the summary.

        Args:
            report: The report.
            notes: What is to be said of the other sheets.
        """
        self._put(0, self._told("title"), self._looks.title)
        self._next()
        self._wide(self._told("lead"))
        self._next()
        self._counts(report)
        self._files(report)
        self._rules(report)
        self._section(self._told("sheets"))
        for note in notes:
            self._wide(note)

    def _counts(self, report: ValidationReport) -> None:
        for column, key in enumerate(("report.findings.severity", "validation_book.number")):
            self._put(column, text(key, self._language), self._looks.head)
        self._next()
        for severity in Severity:
            self._put(0, text(f"report.findings.{severity}", self._language), self._looks.severity[severity])
            self._sheet.write_number(self._row, 1, report.count(severity), self._looks.plain)
            self._next()
        if not report.report.findings:
            self._wide(text("report.findings.none", self._language))

    def _files(self, report: ValidationReport) -> None:
        self._section(self._told("checked"))
        for file in report.files:
            self._file(file)
            self._next()
        if report.previous:
            self._pair(self._told("previous"), report.previous)

    def _file(self, file: FileReport) -> None:
        self._pair(text("report.file", self._language), file.file, self._looks.strong)
        self._pair(text("report.sheet", self._language), file.sheet)
        self._pair(text("report.mapping", self._language), file.mapping)
        self._pair(self._told("format"), file.format)
        for data in file.datasets:
            name = data.schema.name.get(self._language) or data.schema.name.get("en", "")
            structure = str(data.schema.dataflow or data.schema.structure)
            self._pair(self._told("structure"), f"{name} ({structure})" if name else structure)
            self._pair(self._told("observations"), data.observations)
        if file.balance is not None:
            self._pair(text("report.balance.read", self._language), file.balance.figures_read)
            self._pair(text("report.balance.aside", self._language), sum(file.balance.set_aside.values()))
        self._pair(self._told("hash"), file.sha256)

    def _rules(self, report: ValidationReport) -> None:
        self._pair(self._told("applied"), len(report.rules))
        off = report.settings.off
        if not off:
            return
        self._section(self._told("off"))
        heads = ("report.labels.code", "validation_book.kind", "validation_book.reason")
        for column, key in enumerate(heads):
            self._put(column, text(key, self._language), self._looks.head)
        self._next()
        for code, reason in sorted(off.items()):
            for column, value in enumerate((code, text(f"finding.{code}.title", self._language), reason)):
                self._put(column, value)
            self._next()

    def _section(self, heading: str) -> None:
        self._next()
        for column in range(len(_WIDTHS)):
            self._put(column, "" if column else heading, self._looks.section)
        self._next()

    def _pair(self, name: str, value: str | int | None, look: Any = None) -> None:  # noqa: ANN401 - untyped
        """Write a name and what it stands for, if there is anything."""
        if value is None or value == "":
            return
        self._put(0, name, self._looks.quiet)
        if isinstance(value, int):
            self._sheet.write_number(self._row, 1, value, look or self._looks.plain)
        else:
            self._put(1, value, look)
        self._next()

    def _wide(self, said: str) -> None:
        """Write a sentence over all columns, in a row as high as it needs."""
        self._sheet.merge_range(self._row, 0, self._row, len(_WIDTHS) - 1, "", self._looks.prose)
        self._put(0, said, self._looks.prose)
        self._sheet.set_row(self._row, height_of([said], [sum(_WIDTHS) - 10]))
        self._next()

    def _put(self, column: int, value: str, look: Any = None) -> None:  # noqa: ANN401 - untyped
        self._sheet.write_string(self._row, column, shown(value), look or self._looks.plain)

    def _next(self) -> None:
        self._row += 1

    def _told(self, key: str) -> str:
        return text(f"validation_book.{key}", self._language)
