"""Rules on what changed since an earlier submission."""

from collections.abc import Iterator
from typing import Final

import polars as pl

from icstip.checks.observations import ROW, Observations
from icstip.checks.rule import VALUE, Group, Hits, rule
from icstip.checks.rules.values import told
from icstip.findings import Finding, Place

_BEFORE: Final = "__before"


@rule(Group.PREVIOUS, "PREVIOUS-001", "PREVIOUS-002")
def revisions(data: Observations) -> Iterator[Hits]:
    """Find figures that were other ones before: a little, or much."""
    both = _both(data)
    if both is None or data.measure is None:
        return
    value, before = pl.col(data.measure), pl.col(_BEFORE)
    change = value - before
    is_much = (change.abs() >= data.limits.revision_least) & (change.abs() > data.limits.revision * before.abs())
    revised = both.filter(value != before).with_columns(
        (100 * change / before).round(0).alias("__percent"), change.alias("__change"), is_much.alias("__is_much")
    )
    percent = pl.when(before != 0).then(pl.format(" ({}%)", pl.col("__percent").cast(pl.Int64, strict=False)))
    sign = pl.when(pl.col("__change") > 0).then(pl.lit("+")).otherwise(pl.lit(""))
    told_change = pl.concat_str(sign, told("__change"), percent.fill_null(""))
    shown = revised.with_columns(told_change.alias("change"))
    for code, rows in (
        ("PREVIOUS-001", shown.filter(~pl.col("__is_much"))),
        ("PREVIOUS-002", shown.filter("__is_much")),
    ):
        yield Hits(rows.select(ROW, told(data.measure).alias(VALUE), told(_BEFORE).alias("before"), "change"), code)


@rule(Group.PREVIOUS, "PREVIOUS-003")
def figures_that_are_gone(data: Observations) -> Iterator[Finding]:
    """Find figures of the earlier submission whose observations, or whose values, are not there now."""
    if data.previous is None or data.measure is None or data.measure not in data.previous.columns:
        return
    key = _key(data)
    before = _texts(data.previous, key, data.measure).rename({data.measure: _BEFORE})
    now = _texts(data.frame, key, data.measure).filter(pl.col(data.measure).is_not_null())
    gone = before.filter(pl.col(_BEFORE).is_not_null()).join(now, on=key, how="anti", maintain_order="left")
    file = data.place_of(0).file if data.frame.height else ""
    for row in gone.with_columns(told(_BEFORE)).iter_rows(named=True):
        name = ".".join(str(row[dimension]) for dimension in key)
        yield Finding("PREVIOUS-003", Place(file, key=name), row[_BEFORE], {"key": data.described(row), "times": 1})


def _both(data: Observations) -> pl.DataFrame | None:
    """Return the observations that are there now and were there before, with both values."""
    if data.previous is None or data.measure is None or data.measure not in data.previous.columns:
        return None
    key = _key(data)
    before = _texts(data.previous, key, data.measure).rename({data.measure: _BEFORE}).unique(key, keep="first")
    now = _texts(data.frame, key, data.measure, ROW)
    return now.join(before, on=key, maintain_order="left")


def _key(data: Observations) -> list[str]:
    return [name for name in data.schema.dimensions if data.previous is None or name in data.previous.columns]


def _texts(frame: pl.DataFrame, key: list[str], *others: str) -> pl.DataFrame:
    return frame.select(pl.col(key).cast(pl.String), *others)
