"""The report of a conversion: what was read, written and set aside, and why. One value, rendered as JSON or HTML."""

from collections.abc import Mapping
from dataclasses import dataclass

from icstip.findings import Balance, Report
from icstip.reports.parts.json_text import json_text


@dataclass(frozen=True, slots=True)
class CodeCount:
    """How many observations have a code."""

    code: str
    name: Mapping[str, str]
    observations: int


@dataclass(frozen=True, slots=True)
class DimensionSummary:
    """How the observations of a data set spread over the codes of a dimension, the most frequent first.

    Attributes:
        distinct: How many different codes occur; `codes` may hold only the first of them.
    """

    id: str
    name: Mapping[str, str]
    distinct: int
    codes: tuple[CodeCount, ...]


@dataclass(frozen=True, slots=True)
class DataSetSummary:
    """What a data set looks like.

    Attributes:
        structure: Id of its data structure.
        name: Name of the structure by language.
        files: Names of the files that hold it.
        values, bounded, missing: Observations with a value, with bounds only, and without either.
        periods: Observations by time period, in the order of time.
        dimensions: The dimensions in which the data set varies.
    """

    structure: str
    name: Mapping[str, str]
    files: tuple[str, ...]
    observations: int
    values: int
    bounded: int
    missing: int
    periods: tuple[tuple[str, int], ...]
    dimensions: tuple[DimensionSummary, ...]


@dataclass(frozen=True, slots=True)
class ConversionReport:
    """All that there is to say of a conversion.

    Attributes:
        icstip: Version of this software.
        input: What was converted: ``file``, ``sheet``, ``mapping``, ``title``, ``attribution``, ``sha256``.
        balance: What became of every figure.
        labels: Each distinct label: ``column``, ``component``, ``label``, ``code``, ``name``, ``how``, ``rows``,
            ``also``, ``note``.
        report: The findings.
        datasets: What was written.
    """

    icstip: str
    input: Mapping[str, str | None]
    balance: Balance
    labels: tuple[Mapping[str, object], ...]
    report: Report
    datasets: tuple[DataSetSummary, ...]

    def to_dict(self, language: str = "en") -> dict[str, object]:
        """Return the report as plain values: the content of `report.json`."""
        return {
            "icstip": self.icstip,
            "input": dict(self.input),
            "balance": self.balance.to_dict(),
            "datasets": [
                {"structure": d.structure, "files": list(d.files), "observations": d.observations}
                for d in self.datasets
            ],
            "labels": [dict(label) for label in self.labels],
            "findings": [finding.to_dict(language) for finding in self.report.findings],
        }


def conversion_json(report: ConversionReport, language: str = "en") -> str:
    """Return a report as JSON text, an item of each list on a line of its own; the same for the same report."""
    return json_text(report.to_dict(language))
