"""Figures as intervals: what is published of each, in units."""

from typing import Final

import polars as pl

from icstip.aggregation.bounds.intervals import HIGH, LOW, CellKnowledge, with_intervals
from icstip.aggregation.columns import PLAIN_HIGH, PLAIN_LOW, WHY
from icstip.aggregation.combining.placing import IMPOSSIBLE
from icstip.aggregation.terms import Terms

MISSING: Final = "AGG-017"
READABLE: Final = "_READABLE"
"""Column that says whether a figure can be read that nobody else may read."""


def with_published(frame: pl.DataFrame, terms: Terms) -> pl.DataFrame:
    """Return observations with `PLAIN_LOW` and `PLAIN_HIGH`, and `WHY` for those that are missing or cannot be.

    A figure that is hidden without any bound can be anything from zero; one that is missing has no interval. A value
    that nobody else may read is taken out (`READABLE`): its sum with others could give it away.

    Args:
        frame: Observations with `WHY`.
        terms: What is known of them.
    """
    value = pl.col(terms.measure)
    is_hidden = terms.is_of(terms.component("confidentiality"), terms.knowledge.hidden)
    told = frame.with_columns((value.is_not_null() & is_hidden).alias(READABLE))
    told = told.with_columns(pl.when(~pl.col(READABLE)).then(value).alias(terms.measure))
    marked = with_intervals(told, CellKnowledge.of(terms.schema, terms.knowledge)).rename(
        {LOW: PLAIN_LOW, HIGH: PLAIN_HIGH}
    )
    low = pl.col(PLAIN_LOW)
    cannot_be = (low < 0) | (value.is_null() & _are_crossed(terms))
    why = pl.when(low.is_null()).then(pl.lit(MISSING)).when(cannot_be.fill_null(value=False)).then(pl.lit(IMPOSSIBLE))
    return marked.with_columns(pl.coalesce(pl.col(WHY), why).alias(WHY))


def _are_crossed(terms: Terms) -> pl.Expr:
    """Return whether the lower bound is above the upper one."""
    lower, upper = terms.component("lower"), terms.component("upper")
    return pl.lit(value=False) if lower is None or upper is None else pl.col(lower) > pl.col(upper)
