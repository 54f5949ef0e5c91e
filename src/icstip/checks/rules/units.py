"""Rules on units: whether figures are what their unit says."""

from collections.abc import Iterator
from typing import Final

import polars as pl

from icstip.checks.observations import ROW, Observations
from icstip.checks.rule import VALUE, Group, Hits, rule
from icstip.checks.rules.values import told

_ID: Final = "__id"
_UNIT: Final = "__unit"
_PAIRS: Final = 3
_WHOLE: Final = 5
_MOST_DECIMALS: Final = 6


@rule(Group.VALUES, "VALUE-004")
def units_of_other_figures(data: Observations) -> Iterator[Hits]:
    """Find rates that do not go with the counts beside them, by the population that both imply."""
    unit = data.component("unit")
    if data.measure is None or unit is None or data.time is None:
        return
    others = [name for name in data.varying if name != unit]
    frame = data.frame.select(ROW, unit, data.time, data.measure).with_columns(
        data.ids([*others, data.time]).alias(_ID), data.ids(others).alias("__series")
    )
    counts = frame.filter(data.is_count & (pl.col(data.measure) > 0)).select(_ID, __count=pl.col(data.measure))
    for code, size in data.knowledge.per_population.items():
        rates = frame.filter(data.is_of(unit, [code]) & (pl.col(data.measure) > 0))
        if not rates.height:
            continue
        yield from _against_counts(data.measure, rates.join(counts, on=_ID), size, data.limits.population)


def _against_counts(measure: str, pairs: pl.DataFrame, size: float, factor: float) -> Iterator[Hits]:
    """Yield the rates whose populations lie outside those of the others of their series.

    A rate is rounded: with its least and its most possible value, its population lies in between.
    """
    decimals = told(measure).str.extract(r"[.](\d+)$").str.len_chars().fill_null(0)
    half = 0.5 * pl.lit(10.0).pow(-decimals.max().over("__series").clip(0, _MOST_DECIMALS).cast(pl.Float64))
    rate, count = pl.col(measure), pl.col("__count")
    population = count / rate * size
    least, most = count / (rate + half) * size, pl.when(rate > half).then(count / (rate - half) * size)
    usual = population.median().over("__series")
    is_other = (most < usual / factor) | (least > usual * factor)
    found = pairs.filter((pl.len().over("__series") >= _PAIRS) & is_other.fill_null(value=False))
    numbers = {"population": population, "usual": usual, "count_value": count}
    rows = pairs.with_columns(
        value.round(0).cast(pl.Int64).cast(pl.String).alias(name) for name, value in numbers.items()
    )
    yield Hits(rows.join(found, on=ROW, how="semi").select(ROW, told(measure).alias(VALUE), *numbers))


@rule(Group.VALUES, "VALUE-010")
def rates_like_counts(data: Observations) -> Iterator[Hits]:
    """Find series of rates all of which are whole numbers, as only counts are."""
    unit = data.component("unit")
    if data.measure is None or unit is None:
        return
    value = pl.col(data.measure)
    frame = data.frame.with_columns(data.series.alias(_ID))
    rates = frame.filter(data.is_of(unit, data.knowledge.per_population) & (value > 0))
    whole = rates.group_by(_ID, maintain_order=True).agg(
        pl.col(ROW).first(),
        pl.col(unit).first().cast(pl.String).alias("unit"),
        number=pl.len(),
        **{VALUE: told(data.measure).head(_WHOLE).str.join("; ")},
        __whole=(value == value.round()).all(),
    )
    yield Hits(whole.filter(pl.col("__whole") & (pl.col("number") >= _WHOLE)).select(ROW, VALUE, "unit", "number"))


@rule(Group.VALUES, "VALUE-005")
def units_that_change(data: Observations) -> Iterator[Hits]:
    """Find series that go on in another unit."""
    unit = data.component("unit")
    if data.measure is None or unit is None or data.time is None or unit not in data.varying:
        return
    others = [name for name in data.varying if name != unit]
    frame = data.frame.with_columns(data.ids(others).alias(_ID), pl.col(unit).cast(pl.String).alias(_UNIT)).filter(
        pl.col(data.measure).is_not_null()
    )
    spans = frame.group_by(_ID, _UNIT, maintain_order=True).agg(
        pl.col(data.time).min().alias("first"),
        pl.col(data.time).max().alias("last"),
        pl.col(ROW).sort_by(data.time).first(),
    )
    several = spans.filter(pl.len().over(_ID) > 1).sort(_ID, "first", maintain_order=True)
    before = several.with_columns(
        pl.col(_UNIT).shift().over(_ID).alias("before"), pl.col("last").cum_max().shift().over(_ID).alias("until")
    ).filter(pl.col("until") < pl.col("first"))
    yield Hits(before.select(ROW, "before", "first", pl.col(_UNIT).alias(VALUE), last=pl.col("until")))
