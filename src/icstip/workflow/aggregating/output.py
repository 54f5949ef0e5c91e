"""The files of an aggregation: data, coverage, what sources disagree on, and the report."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

import polars as pl

from icstip.artefacts.notices import Notices, warn_of_losses
from icstip.findings import Finding, Report
from icstip.messages.data_options import DataOptions
from icstip.messages.data_parts import PART_ROWS
from icstip.messages.dataset import DataSet, as_text
from icstip.messages.formats import Format, format_of
from icstip.messages.header import MessageHeader
from icstip.messages.structure_header import Party
from icstip.reports.parts.json_text import json_text
from icstip.staging import staged
from icstip.standard.model import Standard
from icstip.workflow.aggregating.aggregation import Aggregation

COVERAGE: Final = "coverage.csv"
SOURCES: Final = "sources.csv"
REPORT: Final = "report.json"


def write_aggregation(
    aggregation: Aggregation, folder: Path, formats: Sequence[str], standard: Standard, *, language: str = "en"
) -> list[Path]:
    """Write the data sets of an aggregation with their coverage, and its report; all files or none.

    Args:
        aggregation: What was added up.
        folder: Where the files belong: ``<structure>.<format>.<extension>``, ``coverage.csv``, ``sources.csv``,
            ``report.json``.
        formats: Ids of data formats.
        standard: The standard that the data use.
        language: Language of the report.

    Returns:
        The files.

    Raises:
        OutputError: The folder cannot be written.
        FormatError: There is no such format.
    """
    chosen = [format_of(name, "data") for name in formats]
    sender = Party(standard.agency, dict(standard.agency_name))
    losses: list[Finding] = []
    names: list[str] = []
    with staged(folder) as stage:
        for name, data in aggregation.datasets.items():
            for fmt in chosen:
                names.append(fmt.file_name(name))
                losses += _write(data, stage / names[-1], fmt, MessageHeader(name, sender, standard.prepared))
        _csv(stage / COVERAGE, aggregation.coverage)
        _csv(stage / SOURCES, aggregation.conflicts)
        told = Report.of((*aggregation.report.findings, *losses)).findings
        report = {**aggregation.to_dict(language), "findings": [finding.to_dict(language) for finding in told]}
        (stage / REPORT).write_text(json_text(report), encoding="utf-8", newline="\n")
    warn_of_losses(losses)
    return [folder / name for name in (*names, COVERAGE, SOURCES, REPORT)]


def _write(data: DataSet, path: Path, fmt: Format, header: MessageHeader) -> Sequence[Finding]:
    """Write a data set, and return what the format cannot say of it."""
    notices = Notices(path.name, fmt.name)
    with path.open("w+b") as file:
        fmt.write_data(data.slices(PART_ROWS), file, header, DataOptions(), notices)
    return notices.findings


def _csv(path: Path, frames: Mapping[str, pl.DataFrame]) -> None:
    """Write frames of several structures as one table, which has all their columns."""
    texts = list(_texts(frames))
    empty = pl.DataFrame(schema={"STRUCTURE": pl.String})
    pl.concat([empty, *texts], how="diagonal").write_csv(path)


def _texts(frames: Mapping[str, pl.DataFrame]) -> Iterator[pl.DataFrame]:
    for structure, frame in frames.items():
        if frame.height:
            columns = (as_text(name, kind).alias(name) for name, kind in frame.schema.items())
            yield frame.select(pl.lit(structure).alias("STRUCTURE"), *columns)
