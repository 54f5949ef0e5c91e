"""Observations as rules see them: what belongs together has one number, what is known of a figure is an interval."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.examples.checking import ALL, SCHEMA, Row, observed, without

from icstip.checks.observations import HIGH, LOW, with_numbers


@given(
    rows=st.lists(
        st.tuples(*(st.sampled_from(codes) for codes in (["F", "M", ALL], ["SEXUAL", ALL], ["2020", "2021"]))),
        min_size=1,
        max_size=20,
    )
)
def test_the_numbers_of_observations_are_those_of_their_codes(rows: list[tuple[str, str, str]]) -> None:
    data = observed([{"SEX": sex, "FORM": form, "TIME": time} for sex, form, time in rows])
    ids = data.ids(["SEX", "FORM", "TIME"]).to_list()
    assert len(set(zip(ids, rows, strict=True))) == len(set(ids)) == len(set(rows))
    assert data.is_repeated.to_list() == [rows.count(row) > 1 for row in rows]


def test_nothing_is_another_code_than_all_others() -> None:
    data = observed([{"NOTE": note} for note in ("a", None, "b", None)])
    first, none, other, again = data.ids(["NOTE"]).to_list()
    assert none == again
    assert len({first, none, other}) == 3


def test_no_observation_has_a_code_of_a_column_that_is_not_there() -> None:
    data = observed([{}, {}])
    assert data.frame.filter(data.is_of("NOWHERE", ["A"])).height == 0
    assert data.frame.filter(data.is_of(None, ["A"])).height == 0


@pytest.mark.parametrize(
    ("row", "interval"),
    [
        ({"VALUE": 5}, (5, 5)),
        ({"VALUE": 0}, (0, 0)),
        ({"VALUE": None}, (0, None)),
        ({"LOWER": 1, "UPPER": 4}, (1, 4)),
        ({"LOWER": 1}, (1, None)),
        ({"UPPER": 4}, (0, 4)),
        ({"VALUE": 5, "LOWER": 1, "UPPER": 9}, (5, 5)),
        ({"VALUE": 5, "MULT": "3"}, (5000, 5000)),
        ({"LOWER": 1, "UPPER": 4, "MULT": "3"}, (1000, 4000)),
        ({"VALUE": 5, "MULT": "0"}, (5, 5)),
    ],
)
def test_what_is_known_of_a_figure_is_an_interval(row: Row, interval: tuple[float, float | None]) -> None:
    data = observed([row, {"VALUE": 1, "LOWER": 0, "UPPER": 1, "MULT": "0"}])
    assert data.counted.row(0, named=True) | {LOW: interval[0], HIGH: interval[1]} == data.counted.row(0, named=True)


def test_only_counts_are_counted() -> None:
    data = observed([{"VALUE": 1}, {"VALUE": 2, "UNIT": "RATE"}])
    assert data.counted["VALUE"].to_list() == [1]


def test_numbers_that_are_none_are_nothing_and_whole_numbers_are_numbers() -> None:
    frame = pl.DataFrame({"whole": [1, None], "number": [float("nan"), 2.5], "text": ["NaN", None], "year": [1, 2]})
    found = with_numbers(frame, ["whole", "text"])
    assert found.to_dict(as_series=False) == {
        "whole": [1.0, None],
        "number": [None, 2.5],
        "text": ["NaN", None],
        "year": [1, 2],
    }
    assert found.schema["whole"] == pl.Float64
    assert found.schema["year"] == pl.Int64


def test_a_measure_of_texts_is_no_measure() -> None:
    data = observed([{}], edit=lambda frame: frame.with_columns(VALUE=pl.lit("many")))
    assert data.measure is None
    assert data.counted.height == 0


def test_a_component_that_says_nothing_is_not_there() -> None:
    data = observed([{"STATUS": None}, {"STATUS": None}])
    assert data.component("status") is None
    assert data.component("unit") == "UNIT"
    assert data.component("no such thing") is None


def test_without_dimensions_that_vary_all_observations_are_of_one_series() -> None:
    data = observed([{"TIME": "2020"}, {"TIME": "2021"}])
    assert data.varying == ()
    assert data.series.n_unique() == 1


def test_the_first_dimension_of_areas_says_who_reports() -> None:
    data = observed([{}])
    assert [name for name in SCHEMA.series_dimensions if data.is_area(name)] == ["AREA"]
    assert not any(observed([{}], without("AREA")).is_area(name) for name in SCHEMA.series_dimensions[1:])


def test_an_observation_is_described_by_what_not_all_share_else_by_all() -> None:
    data = observed([{"SEX": "F"}, {"SEX": ALL, "TIME": "2021"}])
    assert data.described(data.frame.row(0, named=True)) == "SEX=F, TIME=2020"
    assert data.described(data.frame.row(1, named=True)) == "TIME=2021"
