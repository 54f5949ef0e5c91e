"""Rules on values and units say nothing of what they cannot know."""

import polars as pl
import pytest
from tests.examples.checking import Row, codes, found, observed, without

from icstip.checks.observations import with_numbers


def values(*numbers: float | None, **said: object) -> list[Row]:
    """Return a series of years."""
    return [{"VALUE": number, "TIME": str(2010 + year), **said} for year, number in enumerate(numbers)]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"VALUE": 0}, []),
        ({"VALUE": -1}, ["VALUE-001"]),
        ({"VALUE": -1, "UNIT": "RATE"}, ["VALUE-001"]),
        ({"VALUE": 0.5}, ["VALUE-002"]),
        ({"VALUE": 0.5, "UNIT": "RATE"}, []),
        ({"VALUE": 1.234, "MULT": "3"}, []),
        ({"VALUE": 1.2345, "MULT": "3"}, ["VALUE-002"]),
        ({"VALUE": 0.1 + 0.2, "MULT": "6"}, []),
        ({"VALUE": 1000, "UNIT": "RATE"}, []),
        ({"VALUE": 1000.5, "UNIT": "RATE"}, ["VALUE-003"]),
        ({"VALUE": 2, "UNIT": "RATE", "MULT": "3"}, ["VALUE-003"]),
        ({"VALUE": None, "STATUS": "O"}, []),
        ({"VALUE": None, "STATUS": "A"}, ["VALUE-007"]),
        ({"VALUE": 5, "STATUS": "O"}, ["VALUE-007"]),
        ({"VALUE": 0, "STATUS": "O"}, ["VALUE-007"]),
        ({"VALUE": None, "STATUS": None}, []),
        ({"VALUE": None, "LOWER": 1, "UPPER": 4, "STATUS": "A"}, []),
        ({"VALUE": 5, "CONF": "C"}, ["VALUE-008"]),
        ({"VALUE": None, "CONF": "C", "STATUS": "Q"}, []),
        ({"VALUE": None, "LOWER": 4, "UPPER": 1, "STATUS": "Q"}, ["VALUE-009"]),
        ({"VALUE": 5, "LOWER": 6}, ["VALUE-009"]),
        ({"VALUE": 5, "UPPER": 4}, ["VALUE-009"]),
        ({"VALUE": 5, "LOWER": 5, "UPPER": 5}, []),
        ({"VALUE": 5, "MULT": "3", "LOWER": 1, "UPPER": 6}, []),
    ],
)
def test_one_observation_is_looked_at_alone(row: Row, expected: list[str]) -> None:
    assert codes(observed([row])) == expected


@pytest.mark.parametrize("unit", ["NUMBER", "RATE"])
def test_a_number_that_is_missing_on_purpose_is_no_number_at_all(unit: str) -> None:
    nan = float("nan")
    rows: list[Row] = [
        {"VALUE": nan, "STATUS": "Q", "UNIT": unit, "SEX": sex, "TIME": time}
        for sex in "FMX"
        for time in ("2020", "2021")
    ]
    assert codes(observed(rows, edit=lambda frame: with_numbers(frame, ["VALUE"]))) == []


def test_what_is_hidden_is_not_told_again() -> None:
    (finding,) = found(observed([{"VALUE": 17, "CONF": "C"}]))
    assert "17" not in finding.line() + str(finding.to_dict())


@pytest.mark.parametrize("name", ["UNIT", "STATUS", "CONF", "LOWER", "UPPER", "MULT", "RULE"])
def test_a_structure_without_a_component_is_checked_as_far_as_it_says_something(name: str) -> None:
    assert codes(observed(values(1, 2, 3, 4), without(name))) == []


def test_a_structure_without_any_of_them_has_no_units_and_so_no_counts() -> None:
    schema = without("UNIT", "STATUS", "CONF", "LOWER", "UPPER", "MULT", "RULE", "NOTE", "TIME")
    rows: list[Row] = [{"SEX": "F", "VALUE": -0.5}, {"SEX": "_T", "VALUE": -7}]
    assert codes(observed(rows, schema)) == []


def test_without_a_measure_values_are_not_looked_at() -> None:
    assert codes(observed([{}, {"SEX": "F"}], without("VALUE"))) == []


def test_a_measure_that_was_read_as_texts_is_not_looked_at_but_keys_are() -> None:
    data = observed([{"VALUE": 5}, {"VALUE": 5}], edit=lambda frame: frame.with_columns(VALUE=pl.lit("many")))
    assert codes(data) == ["KEY-001"]


COUNTS = (50, 55, 60, 64, 70)


def _rates(factor: float, digits: int, wrong: int | None = None) -> list[Row]:
    rates = [round(count / factor * (10 if place == wrong else 1), digits) for place, count in enumerate(COUNTS)]
    return values(*COUNTS) + values(*rates, UNIT="RATE")


def test_rates_that_go_with_their_counts_are_right_however_they_are_rounded() -> None:
    assert codes(observed(_rates(3.0, 4))) == []
    assert codes(observed(_rates(300.0, 1))) == []


def test_a_rate_that_is_ten_times_too_large_is_found() -> None:
    assert [one.place.row for one in found(observed(_rates(3.0, 4, wrong=2))) if one.code == "VALUE-004"] == [8]


def test_two_rates_are_too_few_to_say_which_one_is_wrong() -> None:
    rows = _rates(3.0, 4, wrong=1)
    assert "VALUE-004" not in codes(observed([*rows[:2], *rows[5:7]]))


def test_rates_without_counts_and_counts_of_none_say_nothing() -> None:
    assert codes(observed(values(1.5, 2.5, 3.5, UNIT="RATE"))) == []
    assert codes(observed(values(0, 0, 0, 0) + values(0.0, 0.0, 0.0, 0.0, UNIT="RATE"))) == []


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [((1, 2, 3, 4, 5), ["VALUE-010"]), ((1, 2, 3, 4), []), ((1, 2, 3, 4, 5.5), []), ((0, 0, 0, 0, 0), [])],
)
def test_rates_all_of_which_are_whole_are_doubtful(numbers: tuple[float, ...], expected: list[str]) -> None:
    assert codes(observed(values(*numbers, UNIT="RATE"))) == expected


def test_a_series_that_goes_on_in_another_unit_is_found_and_one_beside_another_is_not() -> None:
    counts = values(50, 55, 60)
    later = [{**one, "TIME": str(2013 + place)} for place, one in enumerate(values(1.5, 2.5, 3.5, UNIT="RATE"))]
    assert codes(observed(counts + later)) == ["VALUE-005"]
    assert codes(observed(counts + values(1.5, 2.5, 3.5, UNIT="RATE"))) == []
