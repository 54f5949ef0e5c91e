"""Figures of earlier years in the place of those that are missing, where that is asked for."""

from collections.abc import Collection
from typing import Final

import polars as pl

from icstip.aggregation.columns import CARRIED, WHY, YEAR
from icstip.aggregation.combining.figures import MISSING
from icstip.aggregation.terms import Terms

_AGE: Final = "_age"


def carried_forward(
    contributions: pl.DataFrame, aside: pl.DataFrame, terms: Terms, years: int, residuals: Collection[str]
) -> pl.DataFrame:
    """Return contributions, and for years without one the last one before, if it is not too old.

    Only periods that are plain years are carried: from other ones nobody can count. What a source calls the rest of a
    region is not: a country of it may have been named since. Nor is a figure filled that is there and in no sum.

    Args:
        contributions: All of some areas.
        aside: The observations of these areas that are in no sum, with `WHY`.
        terms: What is known of them.
        years: How many years old a figure may be.
        residuals: The residual groups among the areas.
    """
    is_rest = terms.is_of(terms.area, sorted(residuals))
    annual = contributions.filter(pl.col(terms.time).str.contains(r"^\d{4}$"), ~is_rest)
    there = aside.filter(pl.col(WHY) != MISSING).select(terms.schema.dimensions)
    copies = [contributions.with_columns(pl.lit(0, pl.Int32).alias(_AGE))]
    for age in range(1, years + 1):
        later = (pl.col(YEAR) + age).cast(pl.Int32)
        copy = annual.with_columns(
            later.alias(YEAR),
            later.cast(pl.String).alias(terms.time),
            pl.lit(value=True).alias(CARRIED),
            pl.lit(age, pl.Int32).alias(_AGE),
        )
        copies.append(copy.join(there, on=terms.schema.dimensions, how="anti"))
    newest = pl.concat(copies).sort(*terms.schema.dimensions, _AGE)
    return newest.unique(terms.schema.dimensions, keep="first", maintain_order=True).drop(_AGE)
