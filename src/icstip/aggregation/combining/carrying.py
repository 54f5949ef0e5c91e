"""Figures of earlier years in the place of those that are missing, where that is asked for."""

from typing import Final

import polars as pl

from icstip.aggregation.columns import CARRIED, YEAR
from icstip.aggregation.terms import Terms

_AGE: Final = "_age"


def carried_forward(contributions: pl.DataFrame, terms: Terms, years: int) -> pl.DataFrame:
    """Return contributions, and for years without one the last one before, if it is not too old.

    Only periods that are plain years are carried: from other ones nobody can count.

    Args:
        contributions: All of some areas.
        terms: What is known of them.
        years: How many years old a figure may be.
    """
    annual = contributions.filter(pl.col(terms.time).str.contains(r"^\d{4}$"))
    copies = [contributions.with_columns(pl.lit(0, pl.Int32).alias(_AGE))]
    for age in range(1, years + 1):
        later = (pl.col(YEAR) + age).cast(pl.Int32)
        copies.append(
            annual.with_columns(
                later.alias(YEAR),
                later.cast(pl.String).alias(terms.time),
                pl.lit(value=True).alias(CARRIED),
                pl.lit(age, pl.Int32).alias(_AGE),
            )
        )
    newest = pl.concat(copies).sort(*terms.schema.dimensions, _AGE)
    return newest.unique(terms.schema.dimensions, keep="first", maintain_order=True).drop(_AGE)
