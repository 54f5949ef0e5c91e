"""Figures as intervals: what is published of each, in units."""

from typing import Final

import polars as pl

from icstip.aggregation.columns import PLAIN_HIGH, PLAIN_LOW, WHY
from icstip.aggregation.combining.placing import IMPOSSIBLE
from icstip.aggregation.terms import Terms

MISSING: Final = "AGG-017"
READABLE: Final = "_READABLE"
"""Column that says whether a figure can be read that nobody else may read."""


def in_units(frame: pl.DataFrame, terms: Terms) -> pl.DataFrame:
    """Return observations whose values and bounds are numbers in units, and `READABLE`.

    A value that nobody else may read is taken out: its sum with others could give it away.
    """
    names = [terms.measure, *(name for name in (terms.component("lower"), terms.component("upper")) if name)]
    multiplier = terms.component("multiplier")
    power = pl.lit(0) if multiplier is None else pl.col(multiplier).cast(pl.String).cast(pl.Int32, strict=False)
    factor = pl.lit(10.0).pow(power.fill_null(0))
    numbers = frame.with_columns(
        (pl.col(name).cast(pl.Float64, strict=False).fill_nan(None) * factor) for name in names
    )
    is_readable = pl.col(terms.measure).is_not_null() & _is_hidden(terms)
    numbers = numbers.with_columns(is_readable.alias(READABLE))
    return numbers.with_columns(pl.when(~pl.col(READABLE)).then(pl.col(terms.measure)).alias(terms.measure))


def with_published(frame: pl.DataFrame, terms: Terms) -> pl.DataFrame:
    """Return observations with `PLAIN_LOW` and `PLAIN_HIGH`, and `WHY` for those that are missing or cannot be.

    A figure that is hidden without any bound can be anything from zero; one that is missing has no interval.

    Args:
        frame: Observations in units, with `WHY`.
        terms: What is known of them.
    """
    value = pl.col(terms.measure)
    lower, upper = _bound(terms.component("lower")), _bound(terms.component("upper"))
    is_hidden = _is_hidden(terms) | terms.is_of(terms.component("status"), terms.rules.suppressed)
    is_bounded = lower.is_not_null() | upper.is_not_null() | is_hidden
    low = pl.coalesce(value, pl.when(is_bounded).then(lower.fill_null(0.0)))
    marked = frame.with_columns(low.alias(PLAIN_LOW), pl.coalesce(value, upper).alias(PLAIN_HIGH))
    low, high = pl.col(PLAIN_LOW), pl.col(PLAIN_HIGH)
    cannot_be = (low < 0) | low.is_infinite() | (high < low)
    why = pl.when(low.is_null()).then(pl.lit(MISSING)).when(cannot_be.fill_null(value=False)).then(pl.lit(IMPOSSIBLE))
    return marked.with_columns(pl.coalesce(pl.col(WHY), why).alias(WHY))


def _is_hidden(terms: Terms) -> pl.Expr:
    return terms.is_of(terms.component("confidentiality"), terms.knowledge.hidden)


def _bound(column: str | None) -> pl.Expr:
    return pl.lit(None, pl.Float64) if column is None else pl.col(column)
