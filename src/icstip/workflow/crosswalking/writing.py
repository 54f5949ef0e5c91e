"""The files of a crosswalk: its data, and its report."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from icstip.artefacts.base import no_texts
from icstip.artefacts.notices import Notices, warn_of_losses
from icstip.errors import OutputError
from icstip.findings import Finding
from icstip.messages.data_options import DataOptions
from icstip.messages.data_parts import PART_ROWS
from icstip.messages.formats import format_of
from icstip.messages.header import MessageHeader
from icstip.messages.structure_header import Party
from icstip.reports.parts.json_text import json_text
from icstip.staging import staged
from icstip.standard.model import Standard
from icstip.workflow.crosswalking.crosswalker import CrosswalkResult

FORM: Final = ".json"


def check_report_name(report: Path, files: Sequence[Path]) -> None:
    """Refuse the name of a report that does not end in its form, or is that of an input.

    Raises:
        OutputError: It is so.
    """
    if report.resolve() in {file.resolve() for file in files}:
        raise OutputError("output-over-input", where=str(report))
    if report.suffix.lower() != FORM:
        raise OutputError("output-report", where=str(report), expected=FORM)


def write_crosswalk(
    result: CrosswalkResult,
    folder: Path,
    formats: Sequence[str],
    standard: Standard,
    *,
    sender: str = "",
    prepared: str = "",
) -> tuple[list[Path], tuple[Finding, ...]]:
    """Write the data that a crosswalk came to; all files or none.

    Args:
        result: What it came to; where there are no observations, nothing is written.
        folder: Where the files belong: ``<structure>.<format>.<extension>``.
        formats: Ids of data formats.
        standard: The standard of the crosswalk.
        sender: Id of the sender in the message headers; by default the agency of the standard.
        prepared: Time in the message headers (ISO 8601); by default that of the standard.

    Returns:
        The files, and what their formats cannot say; each loss is a `LossWarning` as well.

    Raises:
        FormatError: There is no such format.
        OutputError: The folder cannot be written, or `prepared` is no time.
    """
    chosen = [format_of(name, "data") for name in formats]
    _check_time(prepared)
    if result.data is None:
        return [], ()
    stem = result.data.schema.structure.id
    party = Party(sender, no_texts()) if sender else Party(standard.agency, dict(standard.agency_name))
    header = MessageHeader(stem, party, prepared or standard.prepared)
    losses: list[Finding] = []
    with staged(folder) as stage:
        for fmt in chosen:
            name = fmt.file_name(stem)
            notices = Notices(name, fmt.name)
            with (stage / name).open("w+b") as file:
                fmt.write_data(result.data.slices(PART_ROWS), file, header, DataOptions(), notices)
            losses += notices.findings
    warn_of_losses(losses)
    return [folder / fmt.file_name(stem) for fmt in chosen], tuple(losses)


def write_report(
    result: CrosswalkResult,
    report: Path,
    files: Sequence[Path],
    losses: Sequence[Finding] = (),
    *,
    language: str = "en",
) -> None:
    """Write the report of a crosswalk as JSON, whole or not at all.

    Args:
        result: What it came to.
        report: The file.
        files: The data files that were written.
        losses: What their formats cannot say.
        language: Language of the report.

    Raises:
        OutputError: The file cannot be written.
    """
    content = json_text(result.to_dict(language, files, losses))
    with staged(report.parent) as stage:
        (stage / report.name).write_text(content, encoding="utf-8", newline="\n")


def _check_time(prepared: str) -> None:
    try:
        datetime.fromisoformat(prepared or "2000-01-01")
    except ValueError as error:
        raise OutputError("output-time", where=prepared) from error
