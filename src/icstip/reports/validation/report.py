"""The report of a validation: what was checked, by which rules, and what was found. One value, written in any form."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from icstip.checks.results import Checked
from icstip.checks.rule import MORE
from icstip.checks.settings import RuleSettings
from icstip.findings import Balance, Finding, Report, Severity
from icstip.schema import Schema


@dataclass(frozen=True, slots=True)
class DataSetReport:
    """A data set that was checked.

    Attributes:
        schema: What its columns are, with the names of components and codes.
        observations: How many it has.
        values, bounded, missing: Of those, how many with a value, with bounds only, and without either.
        checked: What was found.
    """

    schema: Schema
    observations: int
    values: int
    bounded: int
    missing: int
    checked: Checked


@dataclass(frozen=True, slots=True)
class FileReport:
    """A file that was checked.

    Attributes:
        file: Its name, as places have it.
        format: Name of the format of a data message, or empty for a table.
        sha256: Hash of the file.
        mapping: What a table was read with, or empty.
        sheet: Sheet of a table, where it is one.
        balance: What became of each figure of a table; None for a data message.
        datasets: Its data sets.
        findings: What was found as it was read.
    """

    file: str
    format: str = ""
    sha256: str = ""
    mapping: str = ""
    sheet: str | None = None
    balance: Balance | None = None
    datasets: tuple[DataSetReport, ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class ValidationReport:
    """All that there is to say of a validation.

    Attributes:
        icstip: Version of this software.
        settings: What was wanted of the rules.
        rules: Codes of the rules that were applied.
        files: What was checked.
        previous: Name of the earlier submission that data were compared with, or empty.
    """

    icstip: str
    settings: RuleSettings
    rules: tuple[str, ...]
    files: tuple[FileReport, ...]
    previous: str = ""

    @cached_property
    def report(self) -> Report:
        """All findings in the order of their places."""
        return Report.of(finding for file in self.files for finding in findings_of(file))

    def count(self, severity: Severity) -> int:
        """Return how many findings weigh so much, those included that are not listed one by one."""
        return sum(standing_for(finding) for finding in self.report.findings if finding.severity is severity)

    def to_dict(self, language: str = "en") -> Mapping[str, object]:
        """Return the report as plain values: the content of a report in JSON."""
        return {
            "icstip": self.icstip,
            "errors": self.count(Severity.ERROR),
            "warnings": self.count(Severity.WARNING),
            "notes": self.count(Severity.INFO),
            "previous": self.previous or None,
            "rules": {"applied": list(self.rules), **self.settings.to_dict()},
            "files": [_file(one) for one in self.files],
            "totals": [_totals(one, data) for one in self.files for data in one.datasets],
            "findings": [finding.to_dict(language) for finding in self.report.findings],
        }


def findings_of(file: FileReport) -> tuple[Finding, ...]:
    """Return what was found in a file: as it was read, and in its data sets."""
    return (*file.findings, *(finding for data in file.datasets for finding in data.checked.findings))


def standing_for(finding: Finding) -> int:
    """Return how many findings one stands for: several where it says that there are more of the same."""
    return int(finding.value) if finding.code == MORE and finding.value else 1


def _file(file: FileReport) -> dict[str, object]:
    return {
        "file": file.file,
        "format": file.format or None,
        "mapping": file.mapping or None,
        "sheet": file.sheet,
        "sha256": file.sha256 or None,
        "balance": None if file.balance is None else file.balance.to_dict(),
        "datasets": [
            {
                "structure": str(data.schema.structure),
                "dataflow": None if data.schema.dataflow is None else str(data.schema.dataflow),
                "observations": data.observations,
                "values": data.values,
                "bounded": data.bounded,
                "missing": data.missing,
            }
            for data in file.datasets
        ],
    }


def _totals(file: FileReport, data: DataSetReport) -> dict[str, object]:
    return {
        "file": file.file,
        "structure": str(data.schema.structure),
        "dimensions": [
            {
                "dimension": one.dimension,
                "total": one.whole,
                **{str(answer): count for answer, count in one.answers.items()},
                "unchecked_because": {str(reason): count for reason, count in one.reasons.items()},
            }
            for one in data.checked.answers
        ],
    }
