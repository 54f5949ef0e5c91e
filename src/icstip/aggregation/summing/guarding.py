"""Bounds that would tell more of one area than it publishes, once groups are subtracted from each other."""

from typing import Final

import polars as pl

from icstip.aggregation.bounds.intervals import HIGH, LOW
from icstip.aggregation.columns import GROUP, PLAIN_HIGH, PLAIN_LOW, YEAR
from icstip.aggregation.summing.sums import members_of
from icstip.aggregation.terms import Terms

_GROUPS: Final = "_groups"
_ALONE: Final = "_alone"


def guarded(contributions: pl.DataFrame, terms: Terms, members: pl.DataFrame) -> pl.DataFrame:
    """Return contributions in which an area whose bounds could be told apart has those that it publishes.

    Totals and parts narrow what an area hides, and nobody else is to know how far. In a sum of several hidden figures
    nobody sees it, but whoever subtracts a group from another one that has one area more sees that area. So an area
    keeps its narrow bounds only where another one that hides its figure is in exactly the same groups. Of these, groups
    in which it is the only one do not count: they have the bounds that it publishes.

    Args:
        contributions: Of all areas.
        terms: What is known of them.
        members: The members of each group by year.
    """
    cell = [*terms.others, YEAR]
    groups = members_of(members, terms, None).select(terms.area, YEAR, GROUP)
    is_hidden = pl.col(PLAIN_LOW).ne_missing(pl.col(PLAIN_HIGH))
    hidden = contributions.filter(is_hidden).join(groups, on=[terms.area, YEAR])
    shared = hidden.filter(pl.len().over(*cell, GROUP) > 1)
    named = shared.group_by(*cell, terms.area).agg(pl.col(GROUP).cast(pl.String).unique().sort().alias(_GROUPS))
    alone = named.with_columns(pl.col(_GROUPS).list.join(" ")).filter(pl.len().over(*cell, _GROUPS) == 1)
    marks = alone.select(*cell, terms.area, pl.lit(value=True).alias(_ALONE))
    marked = contributions.join(marks, on=[*cell, terms.area], how="left", maintain_order="left")
    is_alone = pl.col(_ALONE).fill_null(value=False)
    bounds = ((PLAIN_LOW, LOW), (PLAIN_HIGH, HIGH))
    plain = (pl.when(is_alone).then(pl.col(own)).otherwise(pl.col(narrow)).alias(narrow) for own, narrow in bounds)
    return marked.with_columns(*plain).drop(_ALONE)
