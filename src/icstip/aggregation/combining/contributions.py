"""What each area gives to the sums that it belongs to: one interval for each of its cells."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import polars as pl

from icstip.aggregation.bounds.intervals import HIGH, LOW
from icstip.aggregation.bounds.tighten import Tightened, tightened
from icstip.aggregation.columns import CARRIED, PLAIN_HIGH, PLAIN_LOW, RANK, SENDER, WHY, YEAR
from icstip.aggregation.combining.figures import READABLE, with_published
from icstip.aggregation.combining.placing import RATE, placed, with_years
from icstip.aggregation.combining.sources import USED, USED_HIGH, USED_LOW, one_source
from icstip.aggregation.grouping.hierarchy import Regions
from icstip.aggregation.terms import Terms

ASIDE: Final = (SENDER, WHY, PLAIN_LOW, PLAIN_HIGH, USED, USED_LOW, USED_HIGH)


@dataclass(frozen=True)
class Combined:
    """What became of the observations of some areas.

    Attributes:
        contributions: The dimensions, `YEAR`, `SENDER`, the interval as it is published (`PLAIN_LOW`, `PLAIN_HIGH`)
            and as totals and parts narrow it (`LOW`, `HIGH`), `RANK`, `CARRIED`, and the attributes that are kept.
        aside: The dimensions of those that are in no sum, with `ASIDE`.
        rates: The dimensions of rates that are to be computed again, and `YEAR`.
        readable: How many figures can be read although nobody else may.
        narrowed: What totals and parts say of hidden figures.
    """

    contributions: pl.DataFrame
    aside: pl.DataFrame
    rates: pl.DataFrame
    readable: int
    narrowed: Tightened


def combine(
    frame: pl.DataFrame, terms: Terms, regions: Regions, members: pl.DataFrame, order: Sequence[str] = ()
) -> Combined:
    """Return one interval for each cell of each area, and what is not among them with the reason.

    Args:
        frame: All observations of some areas: the components, `SENDER` and `RECEIVED`. The result does not depend on
            the order of the rows.
        terms: What is known of them.
        regions: The regions.
        members: Areas that are in any group, and years: see `placing.areas_of`.
        order: Senders, the best first.
    """
    marked = placed(with_years(frame, terms), terms, regions, members)
    settled = one_source(with_published(marked, terms), terms, order)
    dimensions = list(terms.schema.dimensions)
    kept = settled.filter(pl.col(WHY).is_null()).sort(dimensions)
    narrowed = _narrowed(kept, terms)
    return Combined(
        contributions=_contributions(narrowed.frame, terms),
        aside=settled.filter(pl.col(WHY).is_not_null()).select(*dimensions, *ASIDE),
        rates=settled.filter(pl.col(WHY) == RATE).select(*dimensions, YEAR),
        readable=int(kept[READABLE].sum()),
        narrowed=narrowed,
    )


def _narrowed(kept: pl.DataFrame, terms: Terms) -> Tightened:
    """Return figures with bounds as narrow as totals and parts make them, each source by itself."""
    source = terms.knowledge.components.get("source", "")
    said = pl.col(source).cast(pl.String).fill_null("") if source in kept.columns else pl.lit("")
    # Figures of two sources say nothing of each other: nobody knows whether they count alike.
    apart = kept.with_columns(
        pl.col(PLAIN_LOW).alias(LOW),
        pl.col(PLAIN_HIGH).alias(HIGH),
        pl.concat_str(pl.col(SENDER), said, separator="\n").alias(source or SENDER),
    )
    found = tightened(apart, terms.schema, terms.knowledge)
    return replace(found, frame=kept.with_columns(found.frame[LOW], found.frame[HIGH]))


def _contributions(narrowed: pl.DataFrame, terms: Terms) -> pl.DataFrame:
    intervals = (PLAIN_LOW, PLAIN_HIGH, LOW, HIGH)
    return narrowed.with_columns(_rank(terms).alias(RANK), pl.lit(value=False).alias(CARRIED)).select(
        *terms.schema.dimensions, YEAR, SENDER, *intervals, RANK, CARRIED, *terms.texts(terms.same)
    )


def _rank(terms: Terms) -> pl.Expr:
    """Return the place of a status among those that a sum has too."""
    status = terms.component("status")
    last = len(terms.rules.carried)
    if status is None:
        return pl.lit(last, pl.UInt8)
    ranks = {code: number for number, code in enumerate(terms.rules.carried)}
    return pl.col(status).cast(pl.String).replace_strict(ranks, default=last, return_dtype=pl.UInt8)
