"""The files of a crosswalk: its data, and its report."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from icstip.artefacts.base import no_texts
from icstip.artefacts.notices import warn_of_losses
from icstip.findings import Finding
from icstip.messages.formats import format_of
from icstip.messages.header import MessageHeader
from icstip.messages.structure_header import Party
from icstip.reports.parts.json_text import json_text
from icstip.staging import staged
from icstip.standard.model import Standard
from icstip.workflow.conversion import check_time, write_data_set
from icstip.workflow.crosswalking.crosswalker import CrosswalkResult

FORMS: Final = (".json",)
"""The form of the report, as the end of its name says it."""


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
    check_time(prepared)
    if result.data is None:
        return [], ()
    stem = result.data.schema.structure.id
    party = Party(sender, no_texts()) if sender else Party(standard.agency, dict(standard.agency_name))
    header = MessageHeader(stem, party, prepared or standard.prepared)
    losses: list[Finding] = []
    with staged(folder) as stage:
        for fmt in chosen:
            losses += write_data_set(result.data, stage / fmt.file_name(stem), fmt, header)
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
