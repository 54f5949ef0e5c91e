"""Sums over areas, for any figures: the truth lies between the bounds, and nothing is lost, doubled or made up."""

import random
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal
from tests.examples.aggregating import VICTIMS, Row, added, aggregator, frame_of, hidden, schema, victims

from icstip.aggregation.columns import AREA
from icstip.aggregation.combining.contributions import combine
from icstip.aggregation.combining.placing import areas_of
from icstip.aggregation.grouping.model import Grouping, regional
from icstip.aggregation.summing.sums import partial_sums, together
from icstip.aggregation.terms import Terms
from icstip.workflow.aggregating.aggregation import Aggregation
from icstip.workflow.aggregating.choices import Choices

AREAS: Final = ("KE", "TZ", "UG", "NG", "FR", "PE", "005_O")
GROUPS: Final = ("002", "005", "014", "019", "150")
CENSORED: Final = 5

Cell = tuple[str, str, str]
Figures = dict[Cell, int | None]

cells = st.tuples(st.sampled_from(AREAS), st.sampled_from(("2019", "2020")), st.sampled_from(("_T", "F", "M")))
figures = st.dictionaries(cells, st.none() | st.integers(0, 12), min_size=1, max_size=30)
numbers = st.dictionaries(cells, st.integers(0, 12), min_size=1, max_size=30)


def rows_of(known: Figures, censored: int = 0) -> list[Row]:
    """Return observations; figures above zero and below a number are hidden, those that are none are missing."""
    return [_row(cell, value, censored) for cell, value in known.items()]


def _row(cell: Cell, value: int | None, censored: int) -> Row:
    area, year, sex = cell
    if value is None:
        return victims(area, year, SEX=sex, OBS_STATUS="O", CONF_STATUS=None)
    if value < censored:
        return hidden(area, year, SEX=sex, high=censored - 1)
    return victims(area, year, value, SEX=sex)


def values_of(made: Aggregation) -> dict[Cell, tuple[float | None, float | None, float | None]]:
    """Return value and bounds of each figure of a group."""
    if VICTIMS not in made.datasets:
        return {}
    shown = made.datasets[VICTIMS].frame.select(
        pl.col("REF_AREA", "TIME_PERIOD", "SEX").cast(pl.String), "OBS_VALUE", "LOWER_BOUND", "UPPER_BOUND"
    )
    return {(area, year, sex): (value, low, high) for area, year, sex, value, low, high in shown.iter_rows()}


def same(one: Aggregation, other: Aggregation) -> None:
    """Assert that two aggregations say the same, in the same order."""
    assert one.counts == other.counts
    assert one.report == other.report
    for name, data in one.datasets.items():
        assert_frame_equal(data.frame, other.datasets[name].frame)
        assert_frame_equal(one.coverage[name], other.coverage[name])


@given(numbers)
def test_the_true_sum_lies_between_the_bounds_of_the_censored_one(known: Figures) -> None:
    truth = values_of(added(rows_of(known)))
    bounded = values_of(added(rows_of(known, CENSORED)))
    assert truth.keys() == bounded.keys()
    for cell, (value, _, _) in truth.items():
        exact, low, high = bounded[cell]
        assert value is not None
        assert exact == value if exact is not None else low is not None and high is not None and low <= value <= high


@given(figures)
def test_what_is_missing_is_never_zero(known: Figures) -> None:
    regions = aggregator().regions
    wanted = {
        (region, year, sex)
        for (area, year, sex), value in known.items()
        if value is not None
        for region in regions.regions_of(area)
    }
    assert values_of(added(rows_of(known))).keys() == wanted


@given(figures, st.randoms(use_true_random=False), st.integers(1, 5))
def test_neither_the_order_of_the_observations_matters_nor_the_parts_in_which_they_are_looked_at(
    known: Figures, chance: random.Random, size: int
) -> None:
    rows = [
        {**row, "_SENDER": sender, "_RECEIVED": received}
        for row in rows_of(known, CENSORED)
        for sender, received in (("a", "2021"), ("b", "2022"))
    ]
    rows = [row for row in rows if chance.random() < 0.8] or rows
    shuffled = list(rows)
    chance.shuffle(shuffled)
    same(added(rows), added(shuffled, part_rows=size))


@given(figures, st.lists(st.integers(0, 3), min_size=30, max_size=30))
def test_sums_of_parts_are_the_parts_of_the_sum(known: Figures, owners: Sequence[int]) -> None:
    terms = Terms(schema(), aggregator().knowledge, aggregator().rules)
    grouping = Grouping(aggregator().regions, regional(aggregator().regions))
    members = grouping.by_year([2019, 2020])
    whole = combine(frame_of(rows_of(known, CENSORED)), terms, grouping.regions, areas_of(members, terms, AREA))
    contributions = whole.contributions
    owner = pl.Series(owners).head(contributions.height)
    parts = [partial_sums(contributions.filter(owner == number), terms, members) for number in range(4)]
    once = together([partial_sums(contributions, terms, members)], terms)
    assert_frame_equal(together(parts, terms), once)
    assert_frame_equal(together([together(parts[2:], terms), together(parts[:2], terms)], terms), once)


@given(numbers, st.lists(st.tuples(st.sampled_from(GROUPS), st.sampled_from(AREAS)), min_size=1, max_size=20))
@settings(deadline=None)
def test_in_overlapping_groups_each_area_counts_once(known: Figures, members: Sequence[tuple[str, str]]) -> None:
    with TemporaryDirectory() as folder:
        by = Path(folder) / "groups.csv"
        by.write_text("group,area\n" + "".join(f"{group},{area}\n" for group, area in members), encoding="utf-8")
        made = added(rows_of(known), Choices(by=str(by)))
    wanted: dict[Cell, int] = {}
    for group, area in set(members):
        for (one, year, sex), value in known.items():
            if one == area:
                wanted[group, year, sex] = wanted.get((group, year, sex), 0) + (value or 0)
    assert {cell: value for cell, (value, _, _) in values_of(made).items()} == wanted
    assert made.adds_up
