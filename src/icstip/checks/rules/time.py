"""Rules on time periods and on what a series has of them."""

import re
from collections.abc import Iterator
from typing import Final

import polars as pl

from icstip.checks.observations import ROW, Observations
from icstip.checks.periods import shown
from icstip.checks.rule import VALUE, Group, Hits, rule
from icstip.schema import Column
from icstip.standard.model import Role

_UNIT: Final = "__unit"
_NUMBER: Final = "__number"
_SERIES: Final = "__series"
_WORD: Final = re.compile(r"[^\W\d_]+|\d+")
_YEAR: Final = re.compile(r"(?:19|20)?\d{2}")
_CALENDAR: Final = frozenset("ASTQM")


@rule(Group.TIME, "TIME-002")
def no_periods(data: Observations) -> Iterator[Hits]:
    """Find times that are no time periods of SDMX (SDMX 3.0 §6 4.2)."""
    wrong = [text for text, period in data.periods.items() if period is None]
    yield _hits(data, pl.col(data.time or "").is_in(wrong)) if wrong else _nothing()


@rule(Group.TIME, "TIME-003")
def frequencies(data: Observations) -> Iterator[Hits]:
    """Find periods that are not of the frequency that the data say."""
    name = data.component("frequency")
    if name is None or data.time is None:
        return
    pairs = data.frame.select(pl.col(name).cast(pl.String), data.time).unique(maintain_order=True).drop_nulls()
    known = data.periods
    for frequency, text in pairs.iter_rows():
        pattern, period = data.knowledge.frequencies.get(frequency), known[text]
        if pattern and period is not None and period.unit != "range" and not re.search(pattern, text):
            is_it = data.is_of(name, [frequency]) & (pl.col(data.time) == text)
            yield _hits(data, is_it, component=name, frequency=frequency)


@rule(Group.TIME, "TIME-004")
def future_periods(data: Observations) -> Iterator[Hits]:
    """Find periods that have not ended yet, unless their figures are forecasts."""
    future = [text for text, period in data.periods.items() if period and period.end > data.today]
    if future:
        is_forecast = data.is_of(data.component("status"), data.knowledge.forecasts)
        forecast = ", ".join(sorted(data.knowledge.forecasts))
        yield _hits(data, pl.col(data.time or "").is_in(future) & ~is_forecast, forecast=forecast)


@rule(Group.TIME, "TIME-005")
def gaps(data: Observations) -> Iterator[Hits]:
    """Find series that lack periods between others."""
    known = {text: period for text, period in data.periods.items() if period and period.unit in _CALENDAR}
    if not known or data.time is None:
        return
    numbers = pl.DataFrame(
        {
            data.time: list(known),
            _UNIT: [period.unit for period in known.values()],
            _NUMBER: [period.number for period in known.values()],
        }
    )
    whole = (
        data.frame.select(ROW, data.time)
        .with_columns(data.series.alias(_SERIES))
        .join(numbers, on=data.time, maintain_order="left")
    )
    ordered = whole.sort(_SERIES, _UNIT, _NUMBER, maintain_order=True)
    before = pl.col(_SERIES, _UNIT, _NUMBER, data.time).shift().name.suffix("_before")
    is_same = (pl.col(_SERIES) == pl.col(f"{_SERIES}_before")) & (pl.col(_UNIT) == pl.col(f"{_UNIT}_before"))
    is_gap = pl.col(_NUMBER) - pl.col(f"{_NUMBER}_before") > 1
    after = ordered.with_columns(before).filter(is_same & is_gap)
    lacking = after.select(_UNIT, _NUMBER, f"{_NUMBER}_before").unique()
    told = {row: _between(*row) for row in lacking.iter_rows()}
    texts = lacking.with_columns(pl.Series(VALUE, [told[row] for row in lacking.iter_rows()], pl.String))
    joined = after.join(texts, on=lacking.columns, maintain_order="left")
    yield Hits(joined.select(ROW, VALUE, before=pl.col(f"{data.time}_before"), after=pl.col(data.time)))


def _between(unit: str, number: int, before: int) -> str:
    first, last = shown(unit, before + 1), shown(unit, number - 1)
    return first if first == last else f"{first} – {last}"


@rule(Group.TIME, "TIME-006")
def breaks(data: Observations) -> Iterator[Hits]:
    """Find where series break, by the status of their figures."""
    if data.time is not None:
        yield _hits(data, data.is_of(data.component("status"), data.knowledge.breaks))


@rule(Group.TIME, "TIME-007")
def fiscal_years(data: Observations) -> Iterator[Hits]:
    """Find texts that speak of fiscal years, beside periods that are calendar years."""
    if data.time is None:
        return
    calendar = [text for text, period in data.periods.items() if period and period.unit in _CALENDAR]
    for column in data.schema.columns:
        if not _is_text(column) or column.id not in data.frame.columns:
            continue
        texts = data.frame[column.id].drop_nulls().unique(maintain_order=True).to_list()
        told = [text for text in texts if _speaks_of_fiscal(text, data.knowledge.fiscal)]
        if told:
            rows = data.frame.filter(pl.col(column.id).is_in(told) & pl.col(data.time).is_in(calendar))
            yield Hits(rows.select(ROW, pl.col(column.id).alias(VALUE), component=pl.lit(column.id)))


def _is_text(column: Column) -> bool:
    return column.role is Role.ATTRIBUTE and column.codes is None and column.data_type in {"String", ""}


def _speaks_of_fiscal(text: str, fiscal: frozenset[str]) -> bool:
    """Return whether a word for such years stands beside a year, or beside another word with one behind it."""
    words = [word.casefold() for word in _WORD.findall(text)]
    for place, word in enumerate(words):
        if word in fiscal and any(_YEAR.fullmatch(beside) for beside in words[max(0, place - 2) : place + 3]):
            return True
    return False


def _hits(data: Observations, rows: pl.Expr, **params: str) -> Hits:
    found = data.frame.filter(rows)
    texts = (pl.lit(value).alias(name) for name, value in params.items())
    return Hits(found.select(ROW, pl.col(data.time or "").alias(VALUE), *texts))


def _nothing() -> Hits:
    return Hits(pl.DataFrame(schema={ROW: pl.UInt32, VALUE: pl.String}))
