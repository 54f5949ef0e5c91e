"""Sums of intervals over the areas of each group, in parts that can be put together in any order."""

from collections.abc import Iterable
from typing import Final

import polars as pl

from icstip.aggregation.bounds.intervals import HIGH, LOW
from icstip.aggregation.columns import (
    AREA,
    BESIDE,
    CARRIED,
    CARRIED_FROM,
    EXPECTED,
    GROUP,
    HIDDEN,
    LISTS,
    PLAIN_HIGH,
    PLAIN_LOW,
    RANK,
    REPORTING,
    YEAR,
)
from icstip.aggregation.grouping.population import PERSONS
from icstip.aggregation.terms import Terms

OPEN: Final = "_OPEN"
"""How many of the figures have no upper bound."""

PLAIN_OPEN: Final = "_PLAIN_OPEN"
"""How many have none that is published."""

COVERED: Final = "_COVERED"
"""How many persons live in areas that are expected and report."""

BASE: Final = "_BASE"
"""How many persons the figures are of, where they become a rate (Float64); 0 for counts."""

_SUMS: Final = (LOW, HIGH, OPEN, PLAIN_LOW, PLAIN_HIGH, PLAIN_OPEN, BASE)


def partial_sums(
    contributions: pl.DataFrame, terms: Terms, members: pl.DataFrame, persons: pl.DataFrame | None = None
) -> pl.DataFrame:
    """Return the sums of contributions over the areas of each group, as far as these are all of them.

    Args:
        contributions: See `combining.contributions`; each area's cell once. With `BASE`, they become rates.
        terms: What is known of them.
        members: The members of each group by year: see `Grouping.by_year`.
        persons: `AREA`, `YEAR`, `PERSONS`, where populations are known.

    Returns:
        `GROUP` and the dimensions but that of areas, `YEAR`, sums of the bounds, lists of areas, and the least and the
        last value of each attribute that may be kept. Sums of other contributions to the same groups can be added:
        see `together`.
    """
    known = members_of(members, terms, persons)
    if BASE not in contributions.columns:
        contributions = contributions.with_columns(pl.lit(0.0).alias(BASE))
    joined = contributions.join(known, on=[terms.area, YEAR], how="inner")
    area = pl.col(terms.area).cast(pl.String)
    is_of_area, is_carried = pl.col(EXPECTED), pl.col(CARRIED)
    is_hidden = pl.col(PLAIN_LOW).ne_missing(pl.col(PLAIN_HIGH))
    return joined.group_by(GROUP, *terms.others, YEAR).agg(
        pl.col(LOW).sum(),
        pl.col(HIGH).sum(),
        pl.col(HIGH).null_count().alias(OPEN),
        pl.col(PLAIN_LOW).sum(),
        pl.col(PLAIN_HIGH).sum(),
        pl.col(PLAIN_HIGH).null_count().alias(PLAIN_OPEN),
        area.filter(is_of_area & ~is_carried).alias(REPORTING),
        area.filter(is_hidden).alias(HIDDEN),
        area.filter(is_carried).alias(CARRIED_FROM),
        area.filter(~is_of_area & ~is_carried).alias(BESIDE),
        pl.col(RANK).filter(~is_carried).min(),
        pl.col(PERSONS).filter(is_of_area & ~is_carried).sum().alias(COVERED),
        pl.col(BASE).sum(),
        *(made for name in terms.same for made in _extremes(name, pl.col(name).fill_null(""))),
    )


def together(parts: Iterable[pl.DataFrame], terms: Terms) -> pl.DataFrame:
    """Return partial sums of the same groups as one, in the order of their keys, whatever the order of the parts.

    Args:
        parts: Partial sums of contributions of which no two are of the same area's cell.
        terms: What is known of them.
    """
    key = [GROUP, *terms.others, YEAR]
    added = (
        pl.concat(parts)
        .group_by(key)
        .agg(
            *(pl.col(name).sum() for name in (*_SUMS, COVERED)),
            *(pl.col(name).explode().drop_nulls() for name in LISTS),
            pl.col(RANK).min(),
            *(pl.col(least(name)).min() for name in terms.same),
            *(pl.col(last(name)).max() for name in terms.same),
        )
    )
    # Sums of numbers that are not whole depend on their order in the last digits.
    return added.with_columns(
        *(pl.col(name).round(6) for name in _SUMS if added.schema[name].is_float()),
        *(pl.col(name).list.sort() for name in LISTS),
    ).sort(key)


def least(name: str) -> str:
    """Return the column with the first value of an attribute in the order of the alphabet."""
    return f"_LEAST {name}"


def last(name: str) -> str:
    """Return the column with the last value of an attribute in the order of the alphabet."""
    return f"_LAST {name}"


def _extremes(name: str, value: pl.Expr) -> tuple[pl.Expr, pl.Expr]:
    return value.min().alias(least(name)), value.max().alias(last(name))


def members_of(members: pl.DataFrame, terms: Terms, persons: pl.DataFrame | None) -> pl.DataFrame:
    """Return the members of each group by year, their codes as the dimension of areas has them, with `PERSONS`."""
    nobody = pl.lit(None, pl.Float64).alias(PERSONS)
    known = members.with_columns(nobody) if persons is None else members.join(persons, on=[AREA, YEAR], how="left")
    codes = pl.col(AREA).cast(terms.dtype(terms.area), strict=False).alias(terms.area)
    return known.select(GROUP, codes, YEAR, EXPECTED, PERSONS).drop_nulls(terms.area)
