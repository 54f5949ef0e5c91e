"""Findings as rows of texts and numbers: the same columns in CSV and in a workbook."""

from collections.abc import Mapping
from typing import Final

from icstip.findings import Finding, Severity
from icstip.texts import text

COLUMNS: Final[Mapping[str, str]] = {
    "severity": "report.findings.severity",
    "code": "report.labels.code",
    "kind": "validation_book.kind",
    "file": "report.file",
    "sheet": "report.sheet",
    "cell": "validation_book.cell",
    "line": "validation_book.line",
    "key": "validation_book.key",
    "value": "validation_book.value",
    "times": "validation_book.times",
    "places": "validation_book.places",
    "message": "validation_book.message",
    "hint": "validation_book.hint",
}
"""The columns, with the texts of their headings."""

TOLD: Final = ("kind", "message", "hint")
"""The columns with texts of ours."""

RANKS: Final = {severity: rank for rank, severity in enumerate(Severity)}
"""The most severe first."""


def heading(language: str) -> list[str]:
    """Return the headings of the columns."""
    return [text(key, language) for key in COLUMNS.values()]


def row_of(finding: Finding, language: str) -> list[str | int | None]:
    """Return a finding as a row."""
    place = finding.place
    return [
        severity_name(finding.severity, language),
        finding.code,
        finding.title(language),
        place.file,
        place.sheet,
        place.cell,
        place.row,
        place.key,
        finding.value,
        finding.count,
        ", ".join(finding.cells),
        finding.message(language),
        finding.hint(language),
    ]


def severity_name(severity: Severity, language: str) -> str:
    """Return what a severity is called."""
    return text(f"report.findings.{severity}", language)
