"""Rules on time, structure, codes, keys and earlier submissions: what they find, and what they leave alone."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from tests.examples.checking import COLUMNS, SCHEMA, Row, checked, codes, found, frame, observed, without

from icstip.checks.observations import Observations
from icstip.schema import Column, Level, Schema
from icstip.standard.model import Role


def years(*times: str, **said: object) -> list[Row]:
    return [{"VALUE": 5.0 + place, "TIME": time, **said} for place, time in enumerate(times)]


@pytest.mark.parametrize(
    ("times", "expected"),
    [
        (["2020", "2021", "2022"], []),
        (["2022", "2020", "2021"], []),
        (["2020", "2022"], ["2021"]),
        (["2016", "2020", "2022"], ["2017 – 2019", "2021"]),
        (["2020-Q1", "2020-Q4", "2021-Q1"], ["2020-Q2 – 2020-Q3"]),
        (["2020-S1", "2021-S1"], ["2020-S2"]),
        (["2020-11", "2021-M02"], ["2020-12 – 2021-01"]),
        (["2020", "2020-Q1", "2021"], []),
        (["2020-01-01", "2020-02-01"], []),
        (["2020-01-01/P1Y", "2022-01-01/P1Y"], []),
        (["2020", "2020"], []),
        (["2020", "so"], []),
    ],
)
def test_periods_between_others_that_are_not_there_are_found(times: list[str], expected: list[str]) -> None:
    told = [one.value for one in found(observed(years(*times))) if one.code == "TIME-005"]
    assert told == expected


def test_a_gap_is_one_of_a_series_and_told_once_for_all_that_have_it() -> None:
    assert codes(observed(years("2020", AREA="KE") + years("2022", AREA="UG"))) == []
    rows = years("2020", "2022", AREA="KE") + years("2020", "2022", AREA="UG")
    (finding,) = found(observed(rows))
    assert (finding.code, finding.count) == ("TIME-005", 2)


def test_periods_are_of_the_frequency_that_data_say() -> None:
    often = Column("FREQ", Role.DIMENSION, ("A", "Q"), "CL_FREQ", "String", None, (), mandatory=True)
    schema = replace(SCHEMA, columns=(often, *COLUMNS))
    rows = years("2020", "2020-Q1", "2020-01-01/P3M", FREQ="Q") + years("2020-Q1", "2021", FREQ="A")
    told = [(one.code, one.value) for one in found(observed(rows, schema))]
    assert told == [("TIME-003", "2020"), ("TIME-003", "2020-Q1")]


@pytest.mark.parametrize(
    ("time", "status", "expected"),
    [
        ("2022", "A", []),
        ("2022-Q4", "A", []),
        ("2022-12-31", "A", []),
        ("2023", "A", ["TIME-004"]),
        ("2023-01-01", "A", ["TIME-004"]),
        ("2022-06-01/P1Y", "A", ["TIME-004"]),
        ("2023", "F", []),
        ("2023", None, ["TIME-004"]),
    ],
)
def test_what_has_not_ended_yet_is_in_the_future_unless_it_is_a_forecast(
    time: str, status: str | None, expected: list[str]
) -> None:
    assert codes(observed(years(time, STATUS=status))) == expected


@pytest.mark.parametrize(
    ("note", "is_found"),
    [
        ("Fiscal year 2020/21", True),
        ("FISCAL YEAR 2020", True),
        ("FY2020: fiscal", True),
        ("exercice budgétaire 2020-2021", True),
        ("the fiscal police", False),
        ("2020, then nothing of what is fiscal", False),
        ("", False),
        (None, False),
    ],
)
def test_texts_that_speak_of_fiscal_years_are_found(note: str | None, *, is_found: bool) -> None:
    assert ("TIME-007" in codes(observed(years("2020", NOTE=note)))) is is_found


def test_a_period_that_says_where_it_begins_may_be_fiscal() -> None:
    assert codes(observed(years("2020-07-01/P1Y", NOTE="Fiscal year 2020/21"))) == []


def test_without_time_nothing_is_said_of_it() -> None:
    assert codes(observed([{"VALUE": 5, "STATUS": "B", "NOTE": "fiscal year 2020"}], without("TIME"))) == []


@pytest.mark.parametrize(
    ("time", "is_found"), [("2020", False), ("2020-Q4", False), ("2021", True), ("2021-Q1", True), ("2019", False)]
)
def test_a_code_is_no_longer_used_after_its_last_year(time: str, *, is_found: bool) -> None:
    assert ("CODE-004" in codes(observed(years(time, GROUP="EU28")))) is is_found


def test_codes_that_a_structure_refuses_or_a_dataflow_does_not_allow_are_found() -> None:
    schema = replace(SCHEMA, refused={"SEX": frozenset({"X", "NOWHERE"})})
    assert codes(observed([{"VALUE": 5, "SEX": "X"}], schema)) == ["CODE-003"]
    data = observed([{"VALUE": 5, "SEX": "F", "AGE": "Y0T17"}])
    narrow = replace(data, allowed={"AGE": frozenset({"_T"}), "SEX": frozenset({"F", "M"})}, flow="DF")
    (finding,) = found(narrow)
    assert (finding.code, finding.value, finding.params["component"]) == ("CODE-003", "Y0T17", "AGE")


def test_a_breakdown_that_is_asked_for_is_there_once_one_observation_has_it() -> None:
    rows: list[Row] = [{"VALUE": 5}, {"VALUE": 3, "SEX": "F"}]
    data = replace(observed(rows), expected=("SEX", "AGE", "NOWHERE"))
    assert [one.params["component"] for one in found(data) if one.code == "ABSENT-001"] == ["AGE", "NOWHERE"]
    coverage = checked(data).coverage
    assert coverage is not None
    assert (coverage.periods, coverage.dimensions["SEX"], coverage.observations) == (("2020",), (1,), (2,))


def _schema(level: Level, attached: tuple[str, ...] = (), *, mandatory: bool = False) -> Schema:
    note = Column("NOTE", Role.ATTRIBUTE, None, None, "String", level, attached, mandatory=mandatory)
    return replace(SCHEMA, columns=(*COLUMNS[:-1], note))


@pytest.mark.parametrize(
    ("level", "attached", "is_found"),
    [
        (Level.OBSERVATION, (), False),
        (Level.SERIES, (), True),
        (Level.SERIES, ("AREA",), True),
        (Level.GROUP, ("AREA",), True),
        (Level.GROUP, ("SEX",), False),
        (Level.DATASET, (), True),
    ],
)
def test_what_belongs_to_several_observations_has_one_value_there(
    level: Level, attached: tuple[str, ...], *, is_found: bool
) -> None:
    rows = years("2020", NOTE="a", SEX="F") + years("2021", NOTE="b", SEX="F" if level is Level.SERIES else "M")
    assert ("STRUCT-002" in codes(observed(rows, _schema(level, attached)))) is is_found


def test_a_value_that_is_not_said_is_no_other_value() -> None:
    rows = years("2020", NOTE="a") + years("2021", NOTE=None)
    assert codes(observed(rows, _schema(Level.SERIES))) == []


def test_a_mandatory_attribute_that_no_observation_has_is_told_once() -> None:
    (finding,) = found(observed(years("2020", "2021"), _schema(Level.OBSERVATION, mandatory=True)))
    assert (finding.code, finding.count, finding.params["component"]) == ("STRUCT-001", 2, "NOTE")


@pytest.mark.parametrize(
    ("others", "expected"),
    [
        ({}, "KEY-001"),
        ({"VALUE": 6}, "KEY-002"),
        ({"VALUE": None, "STATUS": "O"}, "KEY-002"),
        ({"STATUS": "B"}, "KEY-002"),
        ({"NOTE": "again"}, "KEY-001"),
    ],
)
def test_the_same_key_again_says_the_same_or_something_else(others: Row, expected: str) -> None:
    rows = [*years("2020"), {**years("2020")[0], **others}, *years("2021")]
    assert [code for code in codes(observed(rows)) if code.startswith("KEY")] == [expected]


def _after(before: Sequence[Row], now: Sequence[Row]) -> Observations:
    return replace(observed(now), previous=frame(before))


@pytest.mark.parametrize(
    ("before", "now", "expected", "change"),
    [
        (100, 100, [], ""),
        (100, 101, ["PREVIOUS-001"], "+1 (1%)"),
        (100, 120, ["PREVIOUS-001"], "+20 (20%)"),
        (100, 121, ["PREVIOUS-002"], "+21 (21%)"),
        (100, 79, ["PREVIOUS-002"], "-21 (-21%)"),
        (4, 8, ["PREVIOUS-001"], "+4 (100%)"),
        (0, 50, ["PREVIOUS-002"], "+50"),
        (0, 5, ["PREVIOUS-001"], "+5"),
        (50, 0, ["PREVIOUS-002"], "-50 (-100%)"),
        (None, 5, [], ""),
        (5, None, ["PREVIOUS-003"], ""),
    ],
)
def test_a_figure_that_was_another_one_is_a_revision(
    before: float | None, now: float | None, expected: list[str], change: str
) -> None:
    data = _after([{"VALUE": before}], [{"VALUE": now, "STATUS": "A" if now is not None else "O"}])
    told = found(data)
    assert [one.code for one in told] == expected
    assert [one.params.get("change", "") for one in told] == [change][: len(told)]


def test_an_earlier_submission_with_other_columns_is_compared_by_those_that_both_have() -> None:
    data = _after(years("2020", "2021"), years("2020", "2021"))
    assert data.previous is not None
    assert codes(replace(data, previous=data.previous.drop("GROUP"))) == []
    assert codes(replace(data, previous=data.previous.drop("VALUE"))) == []


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        ({"CONTACT": 9, "TRIED": 5, "CONVICTED": 5}, []),
        ({"TRIED": 5, "CONVICTED": 6}, ["SUM-006"]),
        ({"CONTACT": 4, "TRIED": 5, "CONVICTED": 6}, ["SUM-006"] * 3),
        ({"CONTACT": 4, "CONVICTED": 6}, ["SUM-006"]),
        ({"CONVICTED": 6, "OTHER": 4}, []),
        ({"TRIED": None, "CONVICTED": 6}, []),
        ({"TRIED": 0, "CONVICTED": None}, []),
    ],
)
def test_of_a_later_stage_there_are_not_more_than_of_an_earlier_one(
    figures: dict[str, float | None], expected: list[str]
) -> None:
    rows: list[Row] = [
        {"VALUE": value, "STAGE": stage, "STATUS": "O" if value is None else "A"} for stage, value in figures.items()
    ]
    assert codes(observed(rows)) == expected


def test_stages_with_bounds_are_compared_as_far_as_they_are_known() -> None:
    bounds: Row = {"LOWER": 1.0, "UPPER": 4.0, "STATUS": "Q", "STAGE": "TRIED"}
    assert codes(observed([bounds, {"VALUE": 4, "STAGE": "CONVICTED"}])) == []
    assert codes(observed([bounds, {"VALUE": 5, "STAGE": "CONVICTED"}])) == ["SUM-006"]
