"""Rules on the figures of a series, one after the other."""

import math
from collections.abc import Iterator
from typing import Final

import polars as pl

from icstip.checks.observations import IS_KNOWN, PART, ROW, SERIES, Observations
from icstip.checks.results import Outlier
from icstip.checks.rule import VALUE, Found, Group, Hits, rule
from icstip.checks.rules.values import told

_ID: Final = "__id"
_RUN: Final = "__run"
_NORMAL: Final = 1.4826  # what makes a median of deviations a standard deviation
_LEAST_SPREAD: Final = 0.2  # of logarithms: figures that hardly vary are no reason to doubt one a fifth away
_MOST_DRAWN: Final = 30
_MOST_NAMED: Final = 5
_LARGE: Final = 10.0


@rule(Group.VALUES, "VALUE-006")
def zeros_among_missing(data: Observations) -> Iterator[Hits]:
    """Find zeros with a figure missing in the period before and in the one after."""
    if data.measure is None or data.time is None:
        return
    series = data.ordered
    beside = (
        (~pl.col(IS_KNOWN).shift(n) & (pl.col(SERIES) == pl.col(SERIES).shift(n))).fill_null(value=False)
        for n in (1, -1)
    )
    rows = series.filter((pl.col(data.measure) == 0) & pl.all_horizontal(*beside))
    yield Hits(rows.select(ROW, told(data.measure).alias(VALUE)))


@rule(Group.SERIES, "SERIES-001")
def outliers(data: Observations) -> Iterator[Found]:
    """Find figures far from the others of their series.

    How far is measured on a logarithmic scale by the median of the deviations from the median, which a few figures do
    not move. Figures before and after a break are not compared.
    """
    if data.measure is None or data.time is None:
        return
    limits, value = data.limits, pl.col(data.measure)
    series = data.ordered.filter(value.is_not_null() & (value >= 0)).with_columns(
        pl.col(PART).rle_id().alias(_RUN), value.log1p().alias("__log")
    )
    middle = _of_parts(series, pl.col("__log").median())
    series = series.with_columns(middle.alias("__middle"), (pl.col("__log") - middle).abs().alias("__far"))
    spread = (_NORMAL * _of_parts(series, pl.col("__far").median())).clip(_LEAST_SPREAD) * limits.outlier
    is_long = _of_parts(series, pl.len()) > limits.outlier_periods
    usual = pl.col("__middle").exp() - 1
    series = series.with_columns(spread.alias("__spread")).with_columns(
        (is_long & (pl.col("__far") > pl.col("__spread")) & ((value - usual).abs() >= limits.outlier_least)).alias(
            "__is_far"
        )
    )
    parts = series.filter("__is_far")[_RUN].unique()
    marked = series.filter(pl.col(_RUN).is_in(parts.implode()))
    others = pl.when(~pl.col("__is_far")).then(value)
    low, high = others.min().over(_RUN), others.max().over(_RUN)
    is_out = (value > high * limits.outlier_factor) | (value < low / limits.outlier_factor)
    marked = marked.with_columns(
        pl.col("__is_far") & is_out,
        ((pl.col("__middle") - pl.col("__spread")).exp() - 1).clip(lower_bound=0).alias("__least"),
        ((pl.col("__middle") + pl.col("__spread")).exp() - 1).alias("__most"),
    ).filter(pl.col("__is_far").any().over(_RUN))
    yield Hits(_told_outliers(marked, data.measure, data.time))
    yield from _drawn(data, marked)


def _of_parts(series: pl.DataFrame, value: pl.Expr) -> pl.Series:
    """Return what an aggregation says of the part of its series that each figure is in."""
    return series.group_by(_RUN).agg(value.alias("__said")).sort(_RUN)["__said"].gather(series[_RUN])


def _told_outliers(marked: pl.DataFrame, measure: str, time: str) -> pl.DataFrame:
    others = (
        marked.filter(~pl.col("__is_far"))
        .group_by(_RUN)
        .agg(
            pl.col(measure).min().alias("__low"),
            pl.col(measure).max().alias("__high"),
            pl.col(measure).median().alias("__median"),
            pl.len().alias("number"),
        )
    )
    found = marked.filter("__is_far").join(others, on=_RUN, maintain_order="left")
    # One finding a series: the first of them are named, all of them are shown.
    named = pl.format("{} ({})", told(measure), pl.col(time)).head(_MOST_NAMED).str.join(", ").over(_RUN)
    texts = (told(f"__{name}").alias(name) for name in ("low", "high", "median"))
    return found.select(ROW, named.alias(VALUE), *texts, "number")


def _drawn(data: Observations, marked: pl.DataFrame) -> Iterator[Outlier]:
    """Yield the first series with such figures, with all their points."""
    far = marked.filter("__is_far").unique(SERIES, keep="first", maintain_order=True).head(_MOST_DRAWN)
    whole = data.ordered.filter(pl.col(SERIES).is_in(far[SERIES].implode()))
    time, measure = data.time or "", data.measure or ""
    for row in far.iter_rows(named=True):
        points = whole.filter(pl.col(SERIES) == row[SERIES]).select(time, measure).rows()
        key = data.key(data.frame.row(row[ROW], named=True), without=[time])
        low, high = _rounded(row["__least"], row["__most"])
        yield Outlier(key, tuple(points), row[time], low, high, data.place_of(row[ROW]))


def _rounded(low: float, high: float) -> tuple[float, float]:
    """Return the ends of a range as people write them: no more digits than they have meaning."""
    digits = 0 if high >= _LARGE else 2
    scale = 10.0**digits
    return math.floor(low * scale) / scale, math.ceil(high * scale) / scale


@rule(Group.SERIES, "SERIES-002")
def repeated_values(data: Observations) -> Iterator[Hits]:
    """Find the same figure in several periods in a row."""
    if data.measure is None or data.time is None:
        return
    value = pl.col(data.measure)
    series = data.ordered.filter(value.is_not_null())
    begins = (value != value.shift()) | (pl.col(SERIES) != pl.col(SERIES).shift())
    runs = series.with_columns(begins.fill_null(value=True).cum_sum().alias(_RUN)).filter(
        (value >= data.limits.repeated_least) & (pl.len().over(_RUN) >= data.limits.repeated_periods)
    )
    first = runs.group_by(_RUN, maintain_order=True).agg(
        pl.col(ROW).first(),
        told(data.measure).first().alias(VALUE),
        pl.col(data.time).first().alias("first"),
        pl.col(data.time).last().alias("last"),
        pl.len().alias("number"),
    )
    yield Hits(first.drop(_RUN))


@rule(Group.SERIES, "SERIES-003")
def copied_periods(data: Observations) -> Iterator[Hits]:
    """Find periods of an area all of whose figures are those of the period before."""
    if data.measure is None or data.time is None:
        return
    value, time = pl.col(data.measure), pl.col(data.time)
    area = [name for name in data.schema.series_dimensions if data.is_area(name)]
    series = data.ordered.filter(value.is_not_null())
    pairs = series.with_columns(value.shift().alias("__before"), time.shift().alias("other")).filter(
        pl.col(SERIES) == pl.col(SERIES).shift()
    )
    same = pairs.group_by(*area, data.time, "other", maintain_order=True).agg(
        pl.col(ROW).first(),
        (value == pl.col("__before")).all().alias("__same"),
        value.n_unique().alias("__different"),
        pl.len().alias("number"),
    )
    is_copy = pl.col("__same") & (pl.col("number") >= data.limits.copied_figures) & (pl.col("__different") > 2)
    found = same.filter(is_copy)
    shown = pl.col("number").cast(pl.String).alias(VALUE)
    yield Hits(found.select(ROW, shown, "number", "other", period=time))


@rule(Group.SERIES, "SERIES-004")
def repeated_in_cells(data: Observations) -> Iterator[Hits]:
    """Find the same figure in several categories of a dimension."""
    if data.measure is None:
        return
    is_large = pl.col(data.measure) >= data.limits.repeated_cells_least
    large = data.frame.filter(is_large & data.is_count)
    for name in data.varying if large.height else ():
        if data.is_area(name) or name in data.knowledge.no_sums:
            continue
        parts = large.with_columns(data.ids_without(name).gather(large[ROW]).alias(_ID)).filter(
            ~data.is_of(name, data.knowledge.no_parts)
        )
        same = parts.filter(pl.len().over(_ID, data.measure) >= data.limits.repeated_periods)
        found = same.group_by(_ID, data.measure, maintain_order=True).agg(
            pl.col(ROW).first(), pl.len().alias("number"), pl.col(name).cast(pl.String).str.join(", ").alias("codes")
        )
        yield Hits(found.select(ROW, told(data.measure).alias(VALUE), "number", "codes", component=pl.lit(name)))
