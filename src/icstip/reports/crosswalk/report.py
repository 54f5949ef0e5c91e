"""The report of a crosswalk as one value, rendered as JSON."""

from collections.abc import Mapping
from dataclasses import dataclass

from icstip.findings import Balance, Report
from icstip.reports.parts.json_text import json_text


@dataclass(frozen=True, slots=True)
class CrosswalkReport:
    """All that there is to say of a crosswalk that was run.

    Attributes:
        icstip: Version of this software.
        crosswalk: Its id, the structures that it leads from and to, and whether it was run backwards.
        inputs: What was read: ``file``, ``sha256``, ``mapping`` for tables or ``format`` for messages.
        balance: What became of every observation, and of every figure of a table.
        sums: How many observations were made from several others, beside those in the balance.
        files: The data files that were written.
        report: The findings.
    """

    icstip: str
    crosswalk: Mapping[str, object]
    inputs: tuple[Mapping[str, str | None], ...]
    balance: Balance
    sums: int
    files: tuple[str, ...]
    report: Report

    def to_dict(self, language: str = "en") -> dict[str, object]:
        """Return the report as plain values."""
        balance = self.balance
        return {
            "icstip": self.icstip,
            "crosswalk": dict(self.crosswalk),
            "inputs": [dict(one) for one in self.inputs],
            "balance": {
                "read": balance.figures_read,
                "carried": balance.observations,
                "set_aside": dict(balance.set_aside),
                "sums": self.sums,
                "written": balance.observations + self.sums,
            },
            "files": list(self.files),
            "findings": [finding.to_dict(language) for finding in self.report.findings],
        }


def crosswalk_json(report: CrosswalkReport, language: str = "en") -> str:
    """Return a report as JSON text, an item of each list on a line of its own; the same for the same report."""
    return json_text(report.to_dict(language))
