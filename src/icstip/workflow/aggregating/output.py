"""The files of an aggregation: data, coverage, what sources disagree on, and the report."""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Final

import polars as pl

from icstip.aggregation.changes import Changes, changes_between, coverage_texts, read_coverage
from icstip.aggregation.terms import Terms
from icstip.artefacts.notices import warn_of_losses
from icstip.findings import Finding, Report
from icstip.messages.formats import format_of
from icstip.messages.header import MessageHeader
from icstip.messages.structure_header import Party
from icstip.reports.aggregation.page import aggregation_page
from icstip.reports.aggregation.values import StructureReport, SumsReport
from icstip.reports.parts.json_text import json_text
from icstip.staging import staged
from icstip.standard.model import Standard
from icstip.workflow.aggregating.aggregation import Aggregation
from icstip.workflow.conversion import write_data_set

COVERAGE: Final = "coverage.csv"
SOURCES: Final = "sources.csv"
REPORT: Final = "report.json"
PAGE: Final = "report.html"
CHANGES: Final = "changes.csv"


@dataclass(frozen=True, slots=True)
class Earlier:
    """The result of an earlier aggregation.

    Attributes:
        name: The name of its folder.
        coverage: Its coverage, all columns as texts.
    """

    name: str
    coverage: pl.DataFrame


def read_earlier(folder: Path) -> Earlier:
    """Return the result of an earlier aggregation.

    Args:
        folder: Its folder.

    Raises:
        TableError: The folder has no coverage.
    """
    return Earlier(folder.name or str(folder), read_coverage(folder / COVERAGE))


def write_aggregation(
    aggregation: Aggregation,
    folder: Path,
    formats: Sequence[str],
    standard: Standard,
    *,
    language: str = "en",
    previous: Earlier | None = None,
) -> list[Path]:
    """Write the data sets of an aggregation with their coverage, and its report; all files or none.

    Args:
        aggregation: What was added up.
        folder: Where the files belong: ``<structure>.<format>.<extension>``, ``coverage.csv``, ``sources.csv``,
            ``report.json``, ``report.html``, and ``changes.csv`` where there is an earlier one.
        formats: Ids of data formats.
        standard: The standard that the data use.
        language: Language of the report.
        previous: An earlier aggregation that it is compared with.

    Returns:
        The files.

    Raises:
        OutputError: The folder cannot be written.
        FormatError: There is no such format.
    """
    chosen = [format_of(name, "data") for name in formats]
    now = coverage_texts(aggregation.coverage)
    changes = None if previous is None else _changes(aggregation, previous.coverage, now)
    sender = Party(standard.agency, dict(standard.agency_name))
    losses: list[Finding] = []
    names: list[str] = []
    with staged(folder) as stage:
        for name, data in aggregation.datasets.items():
            for fmt in chosen:
                names.append(fmt.file_name(name))
                losses += write_data_set(data, stage / names[-1], fmt, MessageHeader(name, sender, standard.prepared))
        now.write_csv(stage / COVERAGE)
        coverage_texts(aggregation.conflicts).write_csv(stage / SOURCES)
        told = Report.of((*aggregation.report.findings, *losses)).findings
        report = {**aggregation.to_dict(language), "findings": [finding.to_dict(language) for finding in told]}
        if changes is not None:
            report["changes"] = dict(changes.counts)
            changes.cells.write_csv(stage / CHANGES)
        (stage / REPORT).write_text(json_text(report), encoding="utf-8", newline="\n")
        page = aggregation_page(shown(aggregation, told, changes, previous), language)
        (stage / PAGE).write_text(page, encoding="utf-8", newline="\n")
    warn_of_losses(losses)
    written = [*names, COVERAGE, SOURCES, *([CHANGES] if changes is not None else []), REPORT, PAGE]
    return [folder / name for name in written]


def _changes(aggregation: Aggregation, before: pl.DataFrame, now: pl.DataFrame) -> Changes:
    keys = dict.fromkeys(name for terms in aggregation.terms.values() for name in terms.schema.dimensions)
    said = dict.fromkeys(name for terms in aggregation.terms.values() for name in _said(terms))
    return changes_between(before, now, list(keys), list(said))


def _said(terms: Terms) -> tuple[str, str, str]:
    """Return the columns of the value and the bounds in the coverage."""
    return terms.measure, terms.component("lower") or "LOW", terms.component("upper") or "HIGH"


def shown(
    aggregation: Aggregation, findings: Sequence[Finding], changes: Changes | None, previous: Earlier | None
) -> SumsReport:
    """Return what the page on an aggregation shows.

    Args:
        aggregation: What was added up.
        findings: What is told, with what the formats cannot say.
        changes: What changed since an earlier one; None if none was given.
        previous: That one.
    """
    return SumsReport(
        icstip=version("icstip"),
        inputs=[str(one.get("file") or one.get("collection") or "") for one in aggregation.inputs],
        choices=aggregation.choices.to_dict(),
        groups=aggregation.grouping.groups,
        structures=[_structure(name, aggregation) for name in aggregation.counts],
        findings=findings,
        changes=changes,
        previous="" if previous is None else previous.name,
    )


def _structure(name: str, aggregation: Aggregation) -> StructureReport:
    terms, counts = aggregation.terms[name], aggregation.counts[name]
    value, low, high = _said(terms)
    return StructureReport(
        schema=terms.schema,
        coverage=aggregation.coverage.get(name, pl.DataFrame()),
        area=terms.area,
        time=terms.schema.time_dimension or "",
        value=value,
        low=low,
        high=high,
        balance=counts.balance,
        exact=counts.exact,
        written=counts.written,
    )
