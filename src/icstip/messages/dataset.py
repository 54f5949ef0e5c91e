"""A data set: observations as columns, with the schema that says what they are."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING

import polars as pl

from icstip.findings import Finding
from icstip.schema import Level, Schema

if TYPE_CHECKING:
    import pandas as pd

MISSING = "#N/A"
"""A value that is missing on purpose, where it is no number; a number is then NaN (SDMX 3.0 §2, missing values)."""

NOT_APPLICABLE = "~"
"""A dimension that the data do not have (SDMX 3.1)."""

_LARGE, _SMALL = 1e15, 1e-3
"""Between them polars writes no exponent."""


class Action(StrEnum):
    """What a receiver is asked to do with a data set (SDMX 3.0 §3A, ActionType); SDMX 3.1 added `MERGE`."""

    INFORMATION = "Information"
    APPEND = "Append"
    REPLACE = "Replace"
    DELETE = "Delete"
    MERGE = "Merge"

    @property
    def letter(self) -> str:
        """The letter by which SDMX-CSV knows it."""
        return self.value[0]


@dataclass(frozen=True)
class DataSet:
    """Observations of one data structure.

    A row whose dimensions are not all there is no observation: it holds attributes of the observations that have the
    dimensions that are there, or, when the action is to delete, says which observations to delete.

    Attributes:
        schema: What the columns are.
        frame: One column a component, in the order of the schema: Enum for codes, Float64 or Int64 for numbers, String
            for time and texts, and for codes and numbers of which some are none (a finding says which). A missing
            value is null; one that is missing on purpose is NaN, or ``#N/A`` where it is no number.
        action: What a receiver is asked to do with the observations.
        findings: What was found when it was read.
        lines: The line in the file that each row begins in, null where nobody knows; None where lines were not asked
            for, or the format has none.
    """

    schema: Schema
    frame: pl.DataFrame
    action: Action = Action.INFORMATION
    findings: tuple[Finding, ...] = field(default=(), compare=False, repr=False)
    lines: pl.Series | None = field(default=None, compare=False, repr=False)

    def to_polars(self) -> pl.DataFrame:
        """Return the observations as a polars frame."""
        return self.frame

    def to_pandas(self) -> "pd.DataFrame":
        """Return the observations as a pandas frame, codes as texts."""
        import pandas as pd  # noqa: PLC0415 - it takes half a second to load

        texts = self.frame.with_columns(pl.col(pl.Enum, pl.Categorical).cast(pl.String))
        return pd.DataFrame(texts.to_dict(as_series=False))

    def attributes(self, level: Level | str) -> pl.DataFrame:
        """Return the attributes of a level with the dimensions that they are attached to.

        Args:
            level: ``dataset``, ``group``, ``series`` or ``observation``.

        Returns:
            The dimensions that any of the attributes is attached to (all of them for observations, none for the data
            set), then the attributes; each combination once, in the order of the observations, and only those that say
            something.
        """
        wanted = Level(level)
        names = [name for name in self.schema.at_level(wanted) if name in self.frame.columns]
        attached = {name for column in names for name in self.schema.by_id[column].attached_to}
        every = wanted is Level.OBSERVATION
        key = [name for name in self.schema.dimensions if (every or name in attached) and name in self.frame.columns]
        said = self.frame.select(*key, *names)
        if not names:
            return said.clear()
        return said.filter(pl.any_horizontal(pl.col(names).is_not_null())).unique(maintain_order=True)

    def slices(self, rows: int) -> Iterator["DataSet"]:
        """Yield the data set in parts of at most so many rows; one part when there are none."""
        if self.frame.height == 0:
            yield self
        for start in range(0, self.frame.height, rows):
            lines = None if self.lines is None else self.lines.slice(start, rows)
            yield replace(self, frame=self.frame.slice(start, rows), lines=lines)

    def __len__(self) -> int:
        return self.frame.height


def as_text(column: str, dtype: pl.DataType) -> pl.Expr:
    """Return a column as the texts that messages carry: see `plain_numbers`."""
    value = pl.col(column)
    if not dtype.is_float():
        return value.cast(pl.String)
    return value.map_batches(lambda numbers: plain_numbers(numbers).cast(pl.String), return_dtype=pl.String)


def plain_numbers(values: pl.Series) -> pl.Series:
    """Return numbers as messages carry them: plain decimals, whole numbers without a point.

    Args:
        values: Float64.

    Returns:
        Int64 if all of them are whole, else texts.
    """
    # Beyond 2**53 not every whole number has a float of its own; the shortest text of the float stands for it.
    size = values.abs()
    if ((values == values.round()) & (size < 2**53)).all():  # which is so for counts
        return values.cast(pl.Int64)
    one_zero = values.set(size == 0, 0.0)  # a float has two
    texts = one_zero.cast(pl.String).str.strip_suffix(".0")
    # Only there can polars write an exponent, or "inf".
    odd = (((size >= _LARGE) & values.is_not_nan()) | ((size < _SMALL) & (size > 0))).arg_true()
    if not len(odd):
        return texts
    return texts.scatter(odd, [_plain_decimal(text) for text in texts.gather(odd)])


def _plain_decimal(text: str) -> str:
    """Return a number without exponent, which XML Schema's decimal does not know, or infinity as it writes it."""
    from decimal import Decimal  # noqa: PLC0415 - only for numbers of this kind, which hardly occur

    return text.upper() if "inf" in text else f"{Decimal(text):f}" if "e" in text else text
