"""From sums to observations: a value where it is known, else bounds, what is said of it, and its coverage."""

from collections.abc import Mapping
from typing import Final

import polars as pl

from icstip.aggregation.bounds.intervals import HIGH, LOW
from icstip.aggregation.columns import (
    AREA,
    BESIDE,
    CARRIED_FROM,
    EXPECTED,
    EXPECTED_AREAS,
    GROUP,
    HIDDEN,
    LISTS,
    PLAIN_HIGH,
    PLAIN_LOW,
    RANK,
    REPORTING,
    SHARE,
    YEAR,
)
from icstip.aggregation.grouping.population import PERSONS
from icstip.aggregation.summing.comments import comment
from icstip.aggregation.summing.sums import BASE, COVERED, OPEN, PLAIN_OPEN, last, least
from icstip.aggregation.terms import Terms

_LEAST, _MOST = "_least", "_most"
_TOLERANCE: Final = 1e-9


def finished(sums: pl.DataFrame, terms: Terms, members: pl.DataFrame, persons: pl.DataFrame | None) -> pl.DataFrame:
    """Return sums with what is published of them: `_least` and `_most`, and their coverage.

    A sum in which the figure of one area only is hidden has the bounds that this area publishes: bounds that totals and
    parts narrow would tell more of that figure than its area does. A group of which nobody has a figure of the period
    itself has none.

    Args:
        sums: Of all contributions: see `sums.together`.
        terms: What is known of them.
        members: The members of each group by year.
        persons: `AREA`, `YEAR`, `PERSONS`, where populations are known.
    """
    is_single = pl.col(HIDDEN).list.len() <= 1
    low = pl.when(is_single).then(pl.col(PLAIN_LOW)).otherwise(pl.col(LOW))
    high = (
        pl.when(is_single)
        .then(pl.when(pl.col(PLAIN_OPEN) == 0).then(pl.col(PLAIN_HIGH)))
        .otherwise(pl.when(pl.col(OPEN) == 0).then(pl.col(HIGH)))
    )
    is_reported = (pl.col(REPORTING).list.len() > 0) | (pl.col(BESIDE).list.len() > 0)
    known = sums.filter(is_reported).with_columns(low.alias(_LEAST), high.alias(_MOST))
    expected = known.join(_expected(members, persons), on=[GROUP, YEAR], how="left", maintain_order="left")
    return _with_share(_in_unit(expected, terms))


def _expected(members: pl.DataFrame, persons: pl.DataFrame | None) -> pl.DataFrame:
    """Return how many areas and persons are expected in each group and year."""
    nobody = pl.lit(None, pl.Float64).alias(PERSONS)
    known = members.with_columns(nobody) if persons is None else members.join(persons, on=[AREA, YEAR], how="left")
    return known.group_by(GROUP, YEAR).agg(
        pl.col(EXPECTED).sum().cast(pl.Int64).alias(EXPECTED_AREAS),
        pl.col(PERSONS).filter(EXPECTED).sum().alias("_all"),
    )


def observations(finished_sums: pl.DataFrame, terms: Terms, language: str) -> pl.DataFrame:
    """Return observations of groups: columns of the structure, in the order of their keys.

    Args:
        finished_sums: See `finished`.
        terms: What is known of them.
        language: Language of the comment.
    """
    is_exact = pl.col(_LEAST).eq_missing(pl.col(_MOST))
    status, confidentiality = _said(terms, is_exact)
    said: list[tuple[str | None, pl.Expr]] = [
        (terms.measure, pl.when(is_exact).then(pl.col(_LEAST))),
        (terms.component("status"), status),
        (terms.component("confidentiality"), confidentiality),
        (terms.component("multiplier"), pl.lit("0")),
        (terms.component("lower"), pl.when(~is_exact).then(pl.col(_LEAST))),
        (terms.component("upper"), pl.when(~is_exact).then(pl.col(_MOST))),
        (terms.rules.decimals, _decimals(terms)),
        (terms.rules.comment, comment(language)),
        *((name, _agreed(name, terms)) for name in terms.same),
    ]
    columns = [
        *(pl.col(name) for name in terms.others),
        pl.col(GROUP).cast(terms.dtype(terms.area)).alias(terms.area),
        *(_typed(made, str(name), terms) for name, made in said if name in terms.schema.by_id),
    ]
    made = finished_sums.select(columns)
    ordered = [name for name in terms.schema.by_id if name in made.columns]
    return made.select(ordered).sort(terms.schema.dimensions)


def _said(terms: Terms, is_exact: pl.Expr) -> tuple[pl.Expr, pl.Expr]:
    """Return the status and the confidentiality of sums."""
    rules = terms.rules
    is_imputed = pl.col(CARRIED_FROM).list.len() > 0
    statuses = dict(enumerate(rules.carried))
    own = pl.col(RANK).replace_strict(statuses, default=rules.exact.status, return_dtype=pl.String)
    status = pl.when(~is_exact).then(pl.lit(rules.bounded.status)).when(is_imputed).then(pl.lit(rules.imputed.status))
    confidentiality = (
        pl.when(~is_exact)
        .then(pl.lit(rules.bounded.confidentiality))
        .when(is_imputed)
        .then(pl.lit(rules.imputed.confidentiality))
    )
    return status.otherwise(own), confidentiality.otherwise(pl.lit(rules.exact.confidentiality))


def coverage(finished_sums: pl.DataFrame, terms: Terms) -> pl.DataFrame:
    """Return the coverage of each observation, in their order.

    Returns:
        The dimensions, the value or the bounds, how many areas report, are expected, hide their figure, have one of an
        earlier period, and stand beside the areas that are expected; the share of the population; and the areas.
    """
    is_exact = pl.col(_LEAST).eq_missing(pl.col(_MOST))
    made = finished_sums.select(
        *(pl.col(name) for name in terms.others),
        pl.col(GROUP).cast(terms.dtype(terms.area)).alias(terms.area),
        pl.when(is_exact).then(pl.col(_LEAST)).alias(terms.measure),
        pl.when(~is_exact).then(pl.col(_LEAST)).alias(terms.component("lower") or "LOW"),
        pl.when(~is_exact).then(pl.col(_MOST)).alias(terms.component("upper") or "HIGH"),
        pl.col(EXPECTED_AREAS),
        *(pl.col(name).list.len().cast(pl.Int64) for name in LISTS),
        pl.col(SHARE).round(4),
        *(pl.col(name).list.join(" ").alias(f"{name}_LIST") for name in LISTS),
    )
    key = list(terms.schema.dimensions)
    return made.select(*key, *(name for name in made.columns if name not in key)).sort(key)


def _with_share(frame: pl.DataFrame) -> pl.DataFrame:
    """Return sums with the share of the population that lives where figures are from; null where it is not known."""
    share = pl.when(pl.col("_all") > 0).then(pl.col(COVERED) / pl.col("_all"))
    return frame.with_columns(share.alias(SHARE))


def _in_unit(frame: pl.DataFrame, terms: Terms) -> pl.DataFrame:
    """Return sums in their unit: rates are so many of the population, and their bounds are rounded outwards."""
    size: Mapping[str, float] = terms.knowledge.per_population
    sizes = pl.col(terms.unit).cast(pl.String).replace_strict(size, default=None, return_dtype=pl.Float64)
    factor = pl.lit(10.0).pow(terms.rules.rate_decimals)
    low, high = (pl.col(name) / pl.col(BASE) * sizes for name in (_LEAST, _MOST))
    is_rate, is_exact = pl.col(BASE) > 0, pl.col(_LEAST).eq_missing(pl.col(_MOST))
    value = low.round(terms.rules.rate_decimals)
    lower = ((low * factor) + _TOLERANCE).floor() / factor
    upper = ((high * factor) - _TOLERANCE).ceil() / factor
    return frame.with_columns(
        pl.when(~is_rate).then(pl.col(_LEAST)).when(is_exact).then(value).otherwise(lower).alias(_LEAST),
        pl.when(~is_rate).then(pl.col(_MOST)).when(is_exact).then(value).otherwise(upper).alias(_MOST),
    )


def _decimals(terms: Terms) -> pl.Expr:
    is_whole = (pl.col(_LEAST) == pl.col(_LEAST).round()) & (pl.col(_MOST) == pl.col(_MOST).round()).fill_null(
        value=True
    )
    rates = pl.lit(str(terms.rules.rate_decimals))
    return pl.when(pl.col(BASE) > 0).then(rates).when(is_whole).then(pl.lit("0"))


def _agreed(name: str, terms: Terms) -> pl.Expr:
    """Return an attribute where all figures of the series have the same."""
    series = [GROUP, *terms.series]
    first, final = pl.col(least(name)).min().over(series), pl.col(last(name)).max().over(series)
    return pl.when((first == final) & (first != "")).then(first)


def _typed(value: pl.Expr, name: str, terms: Terms) -> pl.Expr:
    kind = terms.dtype(name)
    return (value.cast(kind, strict=False) if isinstance(kind, pl.Enum) else value).alias(name)
