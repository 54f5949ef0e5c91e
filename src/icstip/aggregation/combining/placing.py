"""What can be added up, and why the rest cannot."""

from typing import Final

import polars as pl

from icstip.aggregation.columns import WHY, YEAR
from icstip.aggregation.grouping.hierarchy import Regions
from icstip.aggregation.terms import Terms
from icstip.standard.model import TOTAL

REGION: Final = "AGG-010"
NO_GROUP: Final = "AGG-011"
FORMER: Final = "AGG-012"
RATE: Final = "AGG-014"
NO_COUNT: Final = "AGG-015"
OWN: Final = "AGG-016"
IMPOSSIBLE: Final = "AGG-021"
NO_KEY: Final = "AGG-022"


def with_years(frame: pl.DataFrame, terms: Terms) -> pl.DataFrame:
    """Return observations with `YEAR`; null where a period has none."""
    year = pl.col(terms.time).str.extract(r"^(\d{4})(?:$|[^\d])", 1).cast(pl.Int32, strict=False)
    return frame.with_columns(year.alias(YEAR))


def placed(frame: pl.DataFrame, terms: Terms, regions: Regions, members: pl.DataFrame) -> pl.DataFrame:
    """Return observations with `WHY`: what keeps them out of every sum, before anything is said of their figures.

    Args:
        frame: Observations with `YEAR`.
        terms: What is known of them.
        regions: The regions.
        members: Areas that are in any group, by the names of their columns and the year: see `areas_of`.
    """
    own = [name for name in terms.schema.dimensions if name in terms.rules.own]
    has_own = pl.any_horizontal(pl.lit(value=False), *(pl.col(name).cast(pl.String) != TOTAL for name in own))
    is_incomplete = pl.any_horizontal(pl.col(name).is_null() for name in (*terms.schema.dimensions, YEAR))
    is_member = pl.col("_member").fill_null(value=False)
    why = (
        pl.when(is_incomplete)
        .then(pl.lit(NO_KEY))
        .when(terms.is_of(terms.unit, terms.knowledge.per_population))
        .then(pl.lit(RATE))
        .when(~terms.is_of(terms.unit, terms.knowledge.counts))
        .then(pl.lit(NO_COUNT))
        .when(has_own)
        .then(pl.lit(OWN))
        .when(terms.is_of(terms.area, sorted(regions.regions)))
        .then(pl.lit(REGION))
        .when(is_member)
        .then(None)
        .when(terms.is_of(terms.area, sorted(regions.former)))
        .then(pl.lit(FORMER))
        .otherwise(pl.lit(NO_GROUP))
    )
    marked = frame.join(
        members.with_columns(pl.lit(value=True).alias("_member")),
        on=[terms.area, YEAR],
        how="left",
        maintain_order="left",
    )
    return marked.with_columns(why.alias(WHY)).drop("_member")


def areas_of(members: pl.DataFrame, terms: Terms, area: str) -> pl.DataFrame:
    """Return each area that is in any group, and the year, under the name of the dimension."""
    known = pl.col(area).cast(terms.dtype(terms.area), strict=False).alias(terms.area)
    return members.select(known, YEAR).drop_nulls().unique()
