"""Of several sources of the same figure one counts, by a rule that is told."""

from collections.abc import Sequence
from typing import Final

import polars as pl

from icstip.aggregation.columns import PLAIN_HIGH, PLAIN_LOW, RECEIVED, SENDER, WHY
from icstip.aggregation.terms import Terms

SAME: Final = "AGG-018"
OTHER: Final = "AGG-019"
UNDECIDED: Final = "AGG-020"

USED: Final = "_USED"
"""The source that counts instead of this one (String)."""

USED_LOW: Final = "_USED_LOW"
USED_HIGH: Final = "_USED_HIGH"

_ORDER, _PLACE, _SAID, _IS_TOP, _TOPS = "_order", "_place", "_said", "_top", "_tops"


def one_source(frame: pl.DataFrame, terms: Terms, order: Sequence[str] = ()) -> pl.DataFrame:
    """Return observations with `WHY` for all but one of each area's cell, and with the one that counts beside them.

    The first of `order` that has a figure counts, then those that are not named in it; of these, and by default, the
    one that was received last. Where that does not decide and they say different things, none counts. A source that
    says that a figure is missing gives way to one that has it.

    Args:
        frame: Observations with `WHY`; those that have a reason are left as they are.
        terms: What is known of them.
        order: Senders, the best first.

    Returns:
        The observations in any order, with `USED`, `USED_LOW` and `USED_HIGH`, null where there is no other source.
    """
    nothing = [pl.lit(None, kind).alias(name) for name, kind in _KINDS.items()]
    is_open = pl.col(WHY).is_null()
    candidates = frame.filter(is_open)
    is_repeated = pl.struct(terms.schema.dimensions).is_duplicated()
    repeated = candidates.filter(is_repeated)
    if not repeated.height:
        return frame.with_columns(nothing)
    settled = _settled(repeated, terms, order)
    return pl.concat(
        [frame.filter(~is_open).with_columns(nothing), candidates.filter(~is_repeated).with_columns(nothing), settled]
    )


_KINDS: Final = {USED: pl.String, USED_LOW: pl.Float64, USED_HIGH: pl.Float64}


def _settled(repeated: pl.DataFrame, terms: Terms, order: Sequence[str]) -> pl.DataFrame:
    key = list(terms.schema.dimensions)
    ranked = pl.col(SENDER).replace_strict({name: n for n, name in enumerate(order)}, default=len(order))
    received = pl.col(RECEIVED).fill_null("").rank("dense", descending=True)
    said = pl.struct(PLAIN_LOW, PLAIN_HIGH)
    place = pl.struct(ranked.alias("o"), received.alias("r"))
    marked = (
        repeated.with_columns(place.alias(_PLACE))
        .sort(_PLACE, SENDER, PLAIN_LOW, PLAIN_HIGH)
        .with_columns((pl.col(_PLACE) == pl.col(_PLACE).first().over(key)).alias(_IS_TOP))
        .with_columns(
            said.filter(pl.col(_IS_TOP)).n_unique().over(key).alias(_TOPS),
            pl.int_range(pl.len()).over(key).alias(_ORDER),
            pl.col(SENDER).first().over(key).alias(USED),
            pl.col(PLAIN_LOW).first().over(key).alias(USED_LOW),
            pl.col(PLAIN_HIGH).first().over(key).alias(USED_HIGH),
        )
    )
    return _told(marked, frame_columns=repeated.columns)


def _told(marked: pl.DataFrame, frame_columns: Sequence[str]) -> pl.DataFrame:
    """Return what was put in order, with the reason for each that does not count."""
    agrees = (pl.col(PLAIN_LOW) == pl.col(USED_LOW)) & pl.col(PLAIN_HIGH).eq_missing(pl.col(USED_HIGH))
    why = (
        pl.when(pl.col(_TOPS) > 1)
        .then(pl.lit(UNDECIDED))
        .when(pl.col(_ORDER) == 0)
        .then(None)
        .when(agrees)
        .then(pl.lit(SAME))
        .otherwise(pl.lit(OTHER))
    )
    told = marked.with_columns(why.alias(WHY))
    has_other = pl.col(WHY).is_in([SAME, OTHER])
    beside = [pl.when(has_other).then(pl.col(name)).alias(name) for name in _KINDS]
    return told.with_columns(beside).select(*frame_columns, *_KINDS)
