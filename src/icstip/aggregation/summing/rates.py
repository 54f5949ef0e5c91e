"""Rates of groups: from the counts of areas and their populations. Rates themselves are never added, nor averaged."""

import polars as pl

from icstip.aggregation.columns import AREA, GROUP, YEAR
from icstip.aggregation.grouping.population import PERSONS, Population
from icstip.aggregation.summing.sums import BASE
from icstip.aggregation.terms import Terms


def of_population(contributions: pl.DataFrame, terms: Terms, population: Population) -> pl.DataFrame:
    """Return the counts of areas whose population is known, with it in `BASE`.

    Args:
        contributions: Counts: see `combining.contributions`.
        terms: What is known of them.
        population: Populations; a count of women needs that of women.
    """
    persons = population.of(terms.population).rename({PERSONS: BASE})
    codes = [pl.col(name).cast(terms.dtype(name), strict=False) for name in terms.population]
    known = persons.with_columns(pl.col(AREA).cast(terms.dtype(terms.area), strict=False).alias(terms.area), *codes)
    key = [terms.area, YEAR, *terms.population]
    return contributions.join(known.drop(AREA).filter(pl.col(BASE) > 0), on=key, how="inner", maintain_order="left")


def as_rates(contributions: pl.DataFrame, terms: Terms, unit: str) -> pl.DataFrame:
    """Return counts with their population as figures of a rate."""
    return contributions.with_columns(pl.lit(unit).cast(terms.dtype(terms.unit)).alias(terms.unit))


def asked(terms: Terms, members: pl.DataFrame, reported: pl.DataFrame) -> pl.DataFrame:
    """Return the cells of groups of which some area reported a rate: `GROUP` and the dimensions but that of areas."""
    codes = pl.col(AREA).cast(terms.dtype(terms.area), strict=False).alias(terms.area)
    known = members.select(GROUP, codes, YEAR).drop_nulls()
    return reported.join(known, on=[terms.area, YEAR]).select(GROUP, *terms.others).unique()
