"""Residual groups of a source: countries of a region that it does not name one by one."""

from typing import Final

import polars as pl

from icstip.aggregation.columns import AREA, CARRIED, SENDER, WHY
from icstip.aggregation.combining.sources import USED, USED_HIGH, USED_LOW
from icstip.aggregation.grouping.hierarchy import Regions
from icstip.aggregation.terms import Terms

BESIDE_OTHERS: Final = "AGG-013"
_REGION: Final = "_region"


def settle_residuals(contributions: pl.DataFrame, terms: Terms, regions: Regions) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return contributions without the residual groups that could count somebody twice, and these.

    What a source calls the rest of a region are the countries that this source does not name. Another source may have
    named them. So a residual group only counts where all figures of its region for the same cell are of its own source.
    Of an area that has no figure of this period its source may have counted it in the rest: an earlier one that stands
    for it goes.

    Args:
        contributions: All of the cells that are in it: see `combining.contributions`.
        terms: What is known of them.
        regions: The regions.
    """
    is_residual = terms.is_of(terms.area, sorted(regions.residuals))
    residual = contributions.filter(is_residual)
    if not residual.height:
        return contributions, residual
    of_region = [(region, code) for region in set(regions.residuals.values()) for code in regions.beneath[region]]
    beneath = _areas(pl.DataFrame(sorted(of_region), schema=[_REGION, AREA], orient="row"), terms)
    own = pl.DataFrame(sorted(regions.residuals.items()), schema=[AREA, _REGION], orient="row")
    others = (
        contributions.filter(~pl.col(CARRIED))
        .select(terms.area, *terms.others, pl.col(SENDER).alias("_other"))
        .join(beneath, on=terms.area)
    )
    cell = [*terms.others, _REGION]
    senders = others.group_by(cell).agg(pl.col("_other").min().alias("_first"), pl.col("_other").max().alias("_last"))
    known = residual.join(_areas(own, terms), on=terms.area).join(senders, on=cell)
    doubtful = known.filter((pl.col("_first") != pl.col(SENDER)) | (pl.col("_last") != pl.col(SENDER)))
    aside = residual.join(doubtful, on=terms.schema.dimensions, how="semi", maintain_order="left")
    kept = contributions.join(doubtful, on=terms.schema.dimensions, how="anti", maintain_order="left")
    counting = known.join(doubtful, on=terms.schema.dimensions, how="anti").select(cell)
    beside = kept.filter(CARRIED).join(beneath, on=terms.area).join(counting, on=cell, how="semi")
    kept = kept.join(beside, on=terms.schema.dimensions, how="anti", maintain_order="left")
    return kept, aside.with_columns(
        pl.lit(BESIDE_OTHERS).alias(WHY),
        pl.lit(None, pl.String).alias(USED),
        pl.lit(None, pl.Float64).alias(USED_LOW),
        pl.lit(None, pl.Float64).alias(USED_HIGH),
    )


def _areas(frame: pl.DataFrame, terms: Terms) -> pl.DataFrame:
    """Return a frame whose areas are codes of the dimension, under its name."""
    return frame.with_columns(pl.col(AREA).cast(terms.dtype(terms.area))).rename({AREA: terms.area})
