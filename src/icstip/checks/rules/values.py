"""Rules on values, one observation at a time."""

from collections.abc import Iterator
from typing import Final

import polars as pl

from icstip.checks.observations import ROW, Observations
from icstip.checks.rule import VALUE, Group, Hits, rule

_NEARLY: Final = 1e-9  # of a float that stands for a decimal


def told(name: str) -> pl.Expr:
    """Return a number as a text for people: whole numbers without a point."""
    return pl.col(name).cast(pl.String).str.strip_suffix(".0")


@rule(Group.VALUES, "VALUE-001")
def negative_values(data: Observations) -> Iterator[Hits]:
    """Find counts and rates below zero."""
    if data.measure is not None:
        known = data.is_count | data.is_of(data.component("unit"), data.knowledge.rates)
        yield _hits(data, known & (pl.col(data.measure) < 0))


@rule(Group.VALUES, "VALUE-002")
def fractions_in_counts(data: Observations) -> Iterator[Hits]:
    """Find counts that are no whole numbers once they are multiplied as the data say."""
    unit = data.component("unit")
    if data.measure is not None and unit is not None:
        value = (pl.col(data.measure) * data.scale).abs()
        is_fraction = (value - value.round()).abs() > _NEARLY * pl.max_horizontal(value, pl.lit(1.0))
        yield _hits(data, data.is_count & is_fraction, unit=pl.col(unit).cast(pl.String))


@rule(Group.VALUES, "VALUE-003")
def rates_that_cannot_be(data: Observations) -> Iterator[Hits]:
    """Find rates above what they are rates of."""
    unit = data.component("unit")
    for code, most in data.knowledge.rates.items() if data.measure is not None else ():
        value = pl.col(data.measure or "") * data.scale
        rows = data.is_of(unit, [code]) & (value > most * (1 + _NEARLY))
        yield _hits(data, rows, unit=pl.lit(code), most=pl.lit(f"{most:g}"))


@rule(Group.VALUES, "VALUE-007")
def contradicting_statuses(data: Observations) -> Iterator[Hits]:
    """Find values that are there though their status says that they are missing, and the reverse."""
    status = data.component("status")
    if data.measure is None or status is None:
        return
    is_there = pl.col(data.measure).is_not_null()
    is_known = is_there | data.bound("lower").is_not_null() | data.bound("upper").is_not_null()
    says_missing = data.is_of(status, data.knowledge.missing)
    says_normal = data.is_of(status, data.knowledge.normal)
    yield _hits(data, (is_there & says_missing) | (~is_known & says_normal), status=pl.col(status).cast(pl.String))


@rule(Group.VALUES, "VALUE-008")
def readable_hidden_values(data: Observations) -> Iterator[Hits]:
    """Find figures that anybody can read though they are said to be confidential."""
    name = data.component("confidentiality")
    if data.measure is not None and name is not None:
        is_there = pl.col(data.measure).is_not_null()
        hidden = data.is_of(name, data.knowledge.hidden)
        # The figure itself is not told again.
        rows = data.frame.filter(is_there & hidden)
        status = pl.col(name).cast(pl.String).alias("status")
        yield Hits(rows.select(ROW, pl.lit("…").alias(VALUE), status, component=pl.lit(name)))


@rule(Group.VALUES, "VALUE-009")
def bounds_that_cannot_be(data: Observations) -> Iterator[Hits]:
    """Find bounds that exclude their value, or each other."""
    if data.measure is None:
        return
    lower, upper, value = data.bound("lower"), data.bound("upper"), pl.col(data.measure)
    rows = data.frame.filter(((lower > upper) | (value < lower) | (value > upper)).fill_null(value=False))
    texts = {"lower": lower, "upper": upper}
    shown = (bound.cast(pl.String).str.strip_suffix(".0").fill_null("–").alias(name) for name, bound in texts.items())
    yield Hits(rows.select(ROW, told(data.measure).fill_null("–").alias(VALUE), *shown))


def _hits(data: Observations, rows: pl.Expr, **params: pl.Expr) -> Hits:
    found = data.frame.filter(rows.fill_null(value=False))
    texts = (value.alias(name) for name, value in params.items())
    return Hits(found.select(ROW, told(data.measure or "").fill_null("–").alias(VALUE), *texts))
