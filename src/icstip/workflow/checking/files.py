"""The files of a validation: its report as JSON, CSV, HTML or XLSX."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from icstip.errors import OutputError
from icstip.reports.parts.json_text import json_text
from icstip.reports.validation.report import ValidationReport, findings_of
from icstip.staging import staged
from icstip.tables.grid import Grid
from icstip.tables.read import read_grids

FORMS: Final = (".html", ".xlsx", ".json", ".csv")


def check_report_names(paths: Sequence[Path], inputs: Sequence[Path], forms: Sequence[str] = FORMS) -> None:
    """Refuse names of reports that say nothing of their form, or are those of inputs, before anything is checked.

    Args:
        paths: Where reports are to be written.
        inputs: What is read.
        forms: The endings that say a form.

    Raises:
        OutputError: The name of a file ends in another way, or the file is one of the inputs.
    """
    taken = {path.resolve() for path in inputs}
    for path in paths:
        if path.resolve() in taken:
            raise OutputError("output-over-input", where=str(path))
        if path.suffix.lower() not in forms:
            raise OutputError("output-report", where=str(path), expected=", ".join(forms))


def write_reports(
    report: ValidationReport,
    paths: Sequence[Path],
    files: Sequence[Path],
    *,
    language: str = "en",
) -> list[Path]:
    """Write a report in each form that is asked for; each file is whole, or as it was before.

    Args:
        report: What was found.
        paths: Files; the end of the name says the form.
        files: What was checked: the sheets of tables are shown again in XLSX.
        language: Language of the report.

    Returns:
        The files.

    Raises:
        OutputError: A file cannot be written, its name says nothing of its form, or it is one of those checked.
    """
    check_report_names(paths, files)
    for path in paths:
        with staged(path.parent) as stage:
            _write(report, stage / path.name, files, language)
    return list(paths)


def _write(report: ValidationReport, path: Path, files: Sequence[Path], language: str) -> None:
    match path.suffix.lower():
        case ".json":
            path.write_text(json_text(report.to_dict(language)), encoding="utf-8", newline="\n")
        case ".csv":
            from icstip.reports.validation.findings_csv import validation_csv  # noqa: PLC0415

            path.write_text(validation_csv(report, language), encoding="utf-8", newline="")
        case ".html":
            from icstip.reports.validation.page import validation_page  # noqa: PLC0415

            path.write_text(validation_page(report, language), encoding="utf-8", newline="\n")
        case _:
            from icstip.reports.validation.book import write_validation_book  # noqa: PLC0415 - XlsxWriter takes a while

            write_validation_book(report, path, list(_sheets(report, files)), language)


def _sheets(report: ValidationReport, files: Sequence[Path]) -> Iterator[Grid]:
    """Yield the sheets of tables that something is said of."""
    for path, file in zip(files, report.files, strict=True):
        said = {file.sheet, *(finding.place.sheet for finding in findings_of(file))}
        if file.mapping:
            yield from (grid for grid in read_grids(path) if grid.sheet in said)
