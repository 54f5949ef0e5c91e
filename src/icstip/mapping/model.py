"""A mapping: what the columns, labels and signs of a table mean. Frozen values; `reading` makes them from the files."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from icstip.findings import Finding
from icstip.tables.header import folded_header
from icstip.tables.layouts.layout import Layout

Codes = Mapping[str, str]
"""Codes by component id."""

OPEN: Final = "?"
"""What a mapping says of what is not decided yet. Figures that it concerns are set aside."""

Conditions = Mapping[str, str]
"""Labels by column header: the rows in which each of these columns holds its label; an empty label is a blank."""


@dataclass(frozen=True, slots=True)
class ColumnRule:
    """A column gives a component, in all rows or in those that meet the conditions.

    Attributes:
        only: The codes that the labels of this column may come to, or empty for any code of the list.
        blank: The code of a blank label, or empty: a blank label then means nothing and sets its figure aside.
        sets: Codes of other components in the rows that this rule takes.
        members: The components that the column has members of, this one among them; empty where it has only this one.
    """

    column: str
    component: str
    when: Conditions = field(default_factory=dict)
    only: frozenset[str] = frozenset()
    blank: str = ""
    sets: Codes = field(default_factory=dict)
    members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LabelRule:
    """A label has a code that the mapping declares; an empty code sets its figures aside for the reason noted."""

    column: str
    component: str
    label: str
    code: str
    also: Codes = field(default_factory=dict)
    note: str = ""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A column that is not used, or rows that are not wanted, and why."""

    reason: str
    column: str = ""
    when: Conditions = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FigureFormat:
    """How figures are written: separators, and signs that stand for a figure, with the codes that each means.

    Attributes:
        decimal: The decimal sign; `OPEN` where it is not decided whether 1.234 is a little more than one.
        sign_values: The figure that a sign stands for (``-`` for none counted), for those that stand for one.
        whole: Whether every figure is a count: a whole number that is not below zero.
        marks: Signs that stand at figures, with the codes that each means for its figure.
    """

    thousands: str = ""
    decimal: str = "."
    signs: Mapping[str, Codes] = field(default_factory=dict)
    sign_values: Mapping[str, float] = field(default_factory=dict)
    whole: bool = False
    marks: Mapping[str, Codes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TableMapping:
    """All that is needed to turn a table into observations.

    Attributes:
        figure_column: Header of the column with the figures, in a table with one figure a row.
        layouts: Where the figures of other tables stand, and what says what they are.
        open_columns: Columns, and the rows of them, of which it is not decided yet what they mean.
        findings: What had to be assumed to read the mapping.
        part_column: Header of the column with the part of the year, where `time_column` has only the year.
    """

    id: str
    where: str
    title: str
    attribution: str
    sheet: str
    figure_column: str
    time_column: str
    figures: FigureFormat
    constants: Codes
    columns: tuple[ColumnRule, ...]
    labels: tuple[LabelRule, ...]
    left_out: tuple[LeftOut, ...]
    layouts: tuple[Layout, ...] = ()
    part_column: str = ""
    open_columns: tuple[ColumnRule, ...] = ()
    findings: tuple[Finding, ...] = ()

    def needed_columns(self) -> list[str]:
        """Return the headers that a table must have for this mapping, in the order of the mapping."""
        read = (*self.columns, *self.open_columns)
        rules = [header for rule in read for header in (rule.column, *rule.when)]
        rules += [header for rule in self.left_out for header in rule.when]
        return list(dict.fromkeys([*rules, *filter(None, [self.time_column, self.part_column]), self.figure_column]))

    def is_left_out(self, column: str) -> bool:
        """Return whether the mapping says that a column is not used."""
        return any(folded_header(rule.column) == folded_header(column) for rule in self.left_out)
