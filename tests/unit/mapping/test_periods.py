"""Times as tables write them are time periods, and what can mean two things is none."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from icstip.mapping.figures import CellMeanings
from icstip.mapping.labels import Labels
from icstip.mapping.model import LabelRule, TableMapping
from icstip.mapping.observations import Observed, observe
from icstip.mapping.periods import Periods
from icstip.mapping.vocabulary import read_periods
from icstip.standard.model import Standard
from icstip.standard.read import read_standard
from icstip.tables.header import Table


@pytest.fixture(scope="module")
def words(dsd_folder: Path) -> Periods:
    """The words of the standard."""
    return read_periods(dsd_folder)


@pytest.mark.parametrize(
    ("label", "part", "period"),
    [
        ("2020", "", "2020"),
        ("2020.0", "", "2020"),
        ("2020-Q1", "", "2020-Q1"),
        ("2020-03-31", "", "2020-03-31"),
        ("Q1 2020", "", "2020-Q1"),
        ("2020 Q1", "", "2020-Q1"),
        ("Q1/2020", "", "2020-Q1"),
        ("1st quarter, 2020", "", "2020-Q1"),
        ("1er trimestre 2020", "", "2020-Q1"),
        ("الربع الأول 2020", "", "2020-Q1"),
        ("I квартал 2020", "", "2020-Q1"),
        ("enero 2020", "", "2020-01"),
        ("December (2020)", "", "2020-12"),
        ("2020 год", "", "2020"),
        ("Année 2020", "", "2020"),
        ("2020", "Q3", "2020-Q3"),
        ("2020", "Total", "2020"),
        ("Year 2020", "2nd half", "2020-S2"),
    ],
)
def test_a_year_and_a_part_of_it_are_a_period(words: Periods, label: str, part: str, period: str) -> None:
    assert words.period(label, part) == period


@pytest.mark.parametrize(
    ("label", "part"),
    [
        ("", ""),
        ("Total", ""),
        ("20", ""),
        ("2020-02-30", ""),
        ("2019/2020", ""),
        ("2019/20", ""),
        ("T1 2020", ""),
        ("2020*", ""),
        ("12020", ""),
        ("Q1", "2020"),
        ("2020", "fifth"),
        ("Q1 2020", "Q1"),
        ("2020-Q1", "Q1"),
        ("March Q1 2020", ""),
    ],
)
def test_what_can_mean_two_things_or_none_is_no_period(words: Periods, label: str, part: str) -> None:
    assert words.period(label, part) == ""


@pytest.mark.parametrize(
    ("period", "code"),
    [
        *[("2020", "A"), ("2020-S1", "S"), ("2020-T1", "A_3"), ("2020-Q4", "Q"), ("2020-03", "M"), ("2020-M03", "M")],
        *[("2020-W05", "W"), ("2020-03-31", "D"), ("2020-D031", "D"), ("", "")],
    ],
)
def test_a_period_says_how_often_such_data_are_produced(words: Periods, period: str, code: str) -> None:
    assert words.frequency(period) == code


def test_a_part_of_the_year_can_stand_in_a_column_of_its_own(convert: Callable[..., Observed]) -> None:
    lines = (
        "Area | Year | Quarter | Figure",
        "Niger | 2020 | Q1 | 1",
        "Niger | 2020 | Total | 2",
        "Niger | 2020 | ? | 3",
    )
    observed = convert(*lines, part_column="Quarter")
    assert observed.observations["VICTIM"]["TIME_PERIOD"].to_list() == ["2020-Q1", "2020"]
    assert [(finding.code, finding.value) for finding in observed.findings] == [("TIME-001", "2020 ?")]


def test_the_mapping_can_say_what_a_time_means(convert: Callable[..., Observed]) -> None:
    lines = ("Area | Year | Figure", "Niger | FY 2020/21 | 1", "Niger | FY 2021/22 | 2")
    observed = convert(*lines, labels=[LabelRule("Year", "TIME_PERIOD", "fy 2020/21", "2020")])
    assert observed.observations["VICTIM"]["TIME_PERIOD"].to_list() == ["2020"]
    assert [finding.code for finding in observed.findings] == ["TIME-001"]


@pytest.mark.parametrize(
    ("declared", "found"),
    [
        ("", ("LABEL-009", "2020")),
        ("?", ("OPEN-003", "2020")),
        ("2020-13", ("TIME-001", "2020-13")),
        ("never", ("TIME-001", "never")),
    ],
)
def test_what_the_mapping_declares_no_time_or_leaves_open_is_none(
    convert: Callable[..., Observed], declared: str, found: tuple[str, str]
) -> None:
    lines = ("Area | Year | Figure", "Niger | 2019 | 1", "Niger | 2020 | 2")
    observed = convert(*lines, labels=[LabelRule("Year", "TIME_PERIOD", "2020", declared)])
    assert observed.observations["VICTIM"]["TIME_PERIOD"].to_list() == ["2019"]
    assert [(finding.code, finding.value) for finding in observed.findings] == [found]


def test_a_part_of_the_year_that_is_blank_is_not_the_whole_year(convert: Callable[..., Observed]) -> None:
    rows = ("Niger | 2020 | Q1 | 1", "Niger | 2020 | | 2")
    observed = convert("Area | Year | Quarter | Figure", *rows, part_column="Quarter")
    assert observed.observations["VICTIM"]["TIME_PERIOD"].to_list() == ["2020-Q1"]
    assert [(finding.code, finding.cells) for finding in observed.findings] == [("TIME-001", ("B3",))]


def test_how_often_follows_from_the_time_where_the_mapping_does_not_say_it(
    periods: Periods,
    standard: Standard,
    labels: Labels,
    meanings: CellMeanings,
    table: Callable[..., Table],
    mapping: Callable[..., TableMapping],
) -> None:
    known = replace(periods, component="SEX", frequencies={"F": "Q", "M": "^....$"})
    rows = table("Area | Year | Figure", "Niger | Q1 2020 | 1", "Niger | 2020 | 2")
    follows = observe(rows, mapping(), standard, labels, meanings, known)
    assert follows.observations["VICTIM"]["SEX"].to_list() == ["F", "M"]
    given = observe(rows, mapping(constants={"INDICATOR": "VIC", "SEX": "_T"}), standard, labels, meanings, known)
    assert given.observations["VICTIM"]["SEX"].to_list() == ["_T", "_T"]


def test_what_says_how_often_data_are_produced_is_a_code_of_its_list(words: Periods, dsd_folder: Path) -> None:
    standard = read_standard(dsd_folder)
    components = (one for structure in standard.structures.values() for one in structure.components)
    codelist = next(one.codelist for one in components if one.id == words.component)
    assert set(words.frequencies) <= set(standard.codelists[codelist].by_id)


@pytest.mark.parametrize(
    ("labels", "doubt"),
    [
        (["2009-10", "2010-11", "2011-12"], "fiscal"),
        (["2011-12"], "fiscal"),
        (["2011-10", "2011-11", "2011-12"], ""),
        (["2021-T1", "2021-T2"], "ambiguous"),
        (["2020-12-31", "2021-12-31"], "ambiguous"),
        (["2020", "2021"], ""),
        (["2020-Q1", "2020-Q2"], ""),
    ],
)
def test_times_that_may_be_others_are_doubtful(words: Periods, labels: list[str], doubt: str) -> None:
    assert words.doubt(labels) == doubt


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("Table 12: Victims by sex, 2021", "2021"),
        ("Victims of trafficking identified in 2021", "2021"),
        ("Victimes identifiées en 2021", "2021"),
        ("Víctimas (2021)", "2021"),
        ("ضحايا الاتجار بالأشخاص عام 2021", "2021"),
        ("2021", "2021"),
        ("Victims, updated 2021", ""),
        ("Persons convicted under the Act of 2015", ""),
        ("Victims 2019-2021", ""),
        ("March 2022", ""),
        ("Victims since 2021", ""),
    ],
)
def test_a_title_is_of_a_year_only_where_it_says_so(words: Periods, title: str, year: str) -> None:
    assert words.year_of_title(title) == year


def test_frequencies_are_codes_of_their_list(words: Periods, dsd_folder: Path) -> None:
    standard = read_standard(dsd_folder)
    every = (one for structure in standard.structures.values() for one in structure.components)
    codelist = next(one.codelist for one in every if one.id == words.component)
    assert set(words.frequencies) <= set(standard.codelists[codelist].by_id)


def test_years_with_the_next_one_are_no_months_whatever_stands_beside_them(words: Periods) -> None:
    years = [f"{year}-{(year + 1) % 100:02}" for year in range(2001, 2012)]
    assert words.doubt([*years, "Total"]) == "fiscal"
    assert words.doubt(["2010", "2010-11"]) == "fiscal"
    assert words.doubt(["2009-10", "2009-11"]) == ""


@pytest.mark.parametrize(
    "title",
    [
        "Annual report, 2022",
        "March, 2022",
        "Bulletin, 2022",
        "Rapport annuel, 2022",
        "Informe, 2021",
        "Ejercicio fiscal, 2021",
        "Corte al 31 de diciembre, 2021",
        "Plan of action, 2021",
        "تقرير، 2021",
    ],
)
def test_a_title_with_words_of_a_publication_or_a_part_of_a_year_says_no_year(words: Periods, title: str) -> None:
    assert words.year_of_title(title) == ""
