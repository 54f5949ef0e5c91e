"""Figures as intervals: what each observation itself says of the figure that it stands for."""

from dataclasses import dataclass, field
from typing import Final, Self

import polars as pl

from icstip.coherence.codes import is_one_of
from icstip.coherence.knowledge import Knowledge
from icstip.schema import Schema

LOW: Final = "_LOW"
"""Column with the least that a figure can be (Float64); null where the figure is missing."""

HIGH: Final = "_HIGH"
"""Column with the most that it can be (Float64); null where there is no upper bound, and where it is missing."""


@dataclass(frozen=True, slots=True)
class CellKnowledge:
    """Which columns say what of a figure, and what their codes mean: data of `dsd/checks.toml`.

    Attributes:
        value: The measure.
        lower, upper: The attributes with the bounds of a figure that is not told.
        multiplier: The attribute with the power of ten by which figures are multiplied.
        status, confidentiality: The attributes that say why there is no value.
        missing: Codes of the status of figures without a value.
        suppressed: Those of them that somebody knows and does not tell.
        hidden: Codes of the confidentiality of figures that nobody else may read.
    """

    value: str
    lower: str = ""
    upper: str = ""
    multiplier: str = ""
    status: str = ""
    confidentiality: str = ""
    missing: frozenset[str] = field(default_factory=frozenset)
    suppressed: frozenset[str] = field(default_factory=frozenset)
    hidden: frozenset[str] = field(default_factory=frozenset)

    @classmethod
    def of(cls, schema: Schema, knowledge: Knowledge) -> Self:
        """Return what is known of the figures of a structure, by its first measure."""
        named = knowledge.components.get
        return cls(
            value=next(iter(schema.measures), ""),
            lower=named("lower", ""),
            upper=named("upper", ""),
            multiplier=named("multiplier", ""),
            status=named("status", ""),
            confidentiality=named("confidentiality", ""),
            missing=knowledge.missing,
            suppressed=knowledge.suppressed,
            hidden=knowledge.hidden,
        )


def with_intervals(frame: pl.DataFrame, cells: CellKnowledge) -> pl.DataFrame:
    """Return observations with `LOW` and `HIGH`, in units: a multiplier such as thousands is applied.

    A number is its own interval. A figure of which only bounds are told has those: without a lower one it is at least
    0, as nothing that is counted is less, nor a rate of it; without an upper one it can be anything. A figure that is
    suppressed is at least 0. What is missing is nothing that anybody knows: it has no interval, and is not zero.
    Bounds that exclude each other say nothing but that there is a figure.

    Args:
        frame: Observations, one a row.
        cells: Which columns say what.

    Returns:
        The same rows in the same order, with two more columns.
    """
    value, lower, upper = (_number(frame, name) for name in (cells.value, cells.lower, cells.upper))
    is_bounded = lower.is_not_null() | upper.is_not_null()
    is_sound = lower.fill_null(0.0) <= upper.fill_null(float("inf"))
    is_known = value.is_not_null() | is_bounded | _is_hidden(frame, cells)
    scale = _scale(frame, cells.multiplier)
    return frame.with_columns(
        pl.when(is_known).then(pl.coalesce(value, pl.when(is_sound).then(lower), pl.lit(0.0)) * scale).alias(LOW),
        (pl.coalesce(value, pl.when(is_sound).then(upper)) * scale).alias(HIGH),
    )


def _is_hidden(frame: pl.DataFrame, cells: CellKnowledge) -> pl.Expr:
    """Return whether somebody knows the figure of an observation and does not tell it."""
    is_missing = _has(frame, cells.status, cells.missing)
    is_confidential = _has(frame, cells.confidentiality, cells.hidden)
    return _has(frame, cells.status, cells.suppressed) | (is_confidential & ~is_missing)


def _has(frame: pl.DataFrame, name: str, codes: frozenset[str]) -> pl.Expr:
    if name not in frame.columns:
        return pl.lit(value=False)
    return is_one_of(pl.col(name), frame.schema[name], codes).fill_null(value=False)


def _number(frame: pl.DataFrame, name: str) -> pl.Expr:
    """Return a column of numbers; null where there is none, or it has something else."""
    if name not in frame.columns or not frame.schema[name].is_numeric():
        return pl.lit(None, dtype=pl.Float64)
    number = pl.col(name).cast(pl.Float64)
    return pl.when(number.is_finite()).then(number)


def _scale(frame: pl.DataFrame, name: str) -> pl.Expr:
    if name not in frame.columns:
        return pl.lit(1.0)
    power = pl.col(name).cast(pl.String).cast(pl.Int32, strict=False).fill_null(0)
    return pl.lit(10.0).pow(power)
