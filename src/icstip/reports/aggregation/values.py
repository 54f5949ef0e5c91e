"""What the page on sums shows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from icstip.aggregation.changes import Changes
from icstip.findings import Balance, Finding
from icstip.schema import Schema


@dataclass(frozen=True)
class StructureReport:
    """Sums of one structure.

    Attributes:
        schema: What the columns are.
        coverage: A line for each figure: see `icstip.aggregation.summing.results.coverage`.
        area: The dimension of areas.
        time: The dimension of time.
        value: The column of values.
        low: The column of lower bounds.
        high: The column of upper bounds.
        balance: What became of the observations.
        exact: Figures of groups with a value.
        written: Figures of groups.
    """

    schema: Schema
    coverage: pl.DataFrame
    area: str
    time: str
    value: str
    low: str
    high: str
    balance: Balance
    exact: int
    written: int


@dataclass(frozen=True)
class SumsReport:
    """All that there is to say of sums over areas.

    Attributes:
        icstip: Version of this software.
        inputs: Names of what was read.
        choices: What was asked for, by the names that the report has for it.
        groups: The groups, in their order.
        structures: The sums.
        findings: What was found.
        changes: What changed since an earlier aggregation; None if none was given.
        previous: The name of its folder.
    """

    icstip: str
    inputs: Sequence[str]
    choices: Mapping[str, object]
    groups: Sequence[str]
    structures: Sequence[StructureReport]
    findings: Sequence[Finding]
    changes: Changes | None = None
    previous: str = ""
