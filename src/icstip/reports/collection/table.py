"""Tables as aligned text, as CSV and as JSON. What comes from data can do nothing but be read."""

import csv
import io
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Final

import polars as pl

from icstip.messages.dataset import plain_numbers
from icstip.reports.collection.form import TableForm
from icstip.reports.validation.plain import no_formula, shown
from icstip.standard.show import aligned

Value = str | int | float | bool | None | Sequence[str]

_BREAKS: Final = re.compile(r"[\t\r\n\u2028\u2029]+")
_ODD: Final = re.compile("[\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
_UNSEEN: Final = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")  # they turn the order of letters around


@dataclass(frozen=True, slots=True)
class Table:
    """A table.

    Attributes:
        fields: Names of the columns for programs.
        headings: Names of the columns for people.
        rows: A value for each column.
        right: Fields that stand at the right of their column.
    """

    fields: Sequence[str]
    headings: Sequence[str]
    rows: Sequence[Sequence[Value]]
    right: frozenset[str] = frozenset()


def as_text(table: Table) -> str:
    """Return a table as lines that are aligned by the width that characters take on a screen."""
    rows = [table.headings, *([one_line(value) for value in row] for row in table.rows)]
    right = [place for place, field in enumerate(table.fields) if field in table.right]
    return "".join(f"{line}\n" for line in aligned(rows, right=right))


def as_csv(table: Table) -> str:
    """Return a table as CSV (RFC 4180); what a spreadsheet would take for a formula has a blank before it."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(table.fields)
    writer.writerows([no_formula(one_line(value)) for value in row] for row in table.rows)
    return out.getvalue()


def as_records(table: Table) -> list[Mapping[str, Value]]:
    """Return a table as what JSON can hold: a record a row."""
    return [dict(zip(table.fields, map(_in_json, row), strict=True)) for row in table.rows]


def written(table: Table, form: TableForm) -> str:
    """Return a table in a form."""
    if form is TableForm.JSON:
        return as_json(as_records(table))
    return as_csv(table) if form is TableForm.CSV else as_text(table)


def as_json(values: object) -> str:
    """Return values as JSON, in which what nobody can see is escaped."""
    written = json.dumps(values, ensure_ascii=False, indent=1, allow_nan=False)
    return _ODD.sub(lambda found: f"\\u{ord(found[0]):04x}", written) + "\n"


def one_line(value: Value) -> str:
    r"""Return a value as one line without anything that a terminal acts on.

    >>> one_line("a\x1b[31mb\nc"), one_line(3.0), one_line(1e-7), one_line(["KE", "UG"]), one_line(None)
    ('a [31mb c', '3', '0.0000001', 'KE, UG', '')
    """
    if isinstance(value, bool) or value is None:
        return "" if value is None else str(value).lower()
    if isinstance(value, float):
        return _number(value)
    text = value if isinstance(value, str) else ", ".join(value) if isinstance(value, Sequence) else str(value)
    return _UNSEEN.sub("", _BREAKS.sub(" ", shown(text)))


def _number(value: float) -> str:
    """Return a number as messages carry it."""
    if value.is_integer() and abs(value) < 2**53:
        return str(int(value))
    usual = str(value)
    is_usual = isfinite(value) and "e" not in usual  # which is quicker to say for one number
    return usual if is_usual else str(plain_numbers(pl.Series([value]))[0])


def _in_json(value: Value) -> Value:
    """Return a value as JSON can hold it: that has no word for a number that is missing or has no end."""
    return _number(value) if isinstance(value, float) and not isfinite(value) else value
