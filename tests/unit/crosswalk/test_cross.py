"""Victims as SDG data: each observation is carried with all that can be said, or set aside with the reason."""

import polars as pl
import pytest
from tests.examples.crosswalks import SDG, codes, crossed, form, only
from tests.examples.observations import Row, data_set, row

from icstip.findings import Severity
from icstip.messages.dataset import DataSet
from icstip.workflow.crosswalking.crosswalker import Crosswalker


def test_an_observation_has_all_that_the_sdg_structure_needs(crosswalker: Crosswalker) -> None:
    result = crossed(
        crosswalker,
        row("KE", "2020", 42, SEX="F", AGE="Y0T17", EXPLOITATION="SEXUAL", COMMENT_OBS="revised", DATA_SOURCE="Police"),
    )
    assert only(result) == {
        "FREQ": "A",
        "REPORTING_TYPE": "N",
        "SERIES": "VC_HTF_DETVSX",
        "REF_AREA": "404",
        "SEX": "F",
        "AGE": "Y0T17",
        "URBANISATION": "_T",
        "INCOME_WEALTH_QUANTILE": "_T",
        "EDUCATION_LEV": "_T",
        "OCCUPATION": "_T",
        "CUST_BREAKDOWN": "_T",
        "COMPOSITE_BREAKDOWN": "_T",
        "DISABILITY_STATUS": "_T",
        "ACTIVITY": "_T",
        "PRODUCT": "_T",
        "TIME_PERIOD": "2020",
        "OBS_VALUE": 42.0,
        "OBS_STATUS": "A",
        "UNIT_MULT": "0",
        "UNIT_MEASURE": "NUMBER",
        "NATURE": "C",
        "COMMENT_OBS": "revised",
        "SOURCE_DETAIL": "Police",
    }
    assert not result.report.has_errors


@pytest.mark.parametrize(
    ("exploitation", "series"),
    [
        ("_T", "VC_HTF_DETV"),
        ("SEXUAL", "VC_HTF_DETVSX"),
        ("LABOUR", "VC_HTF_DETVFL"),
        ("ORGANS", "VC_HTF_DETVOG"),
        ("OTHER_SDG", "VC_HTF_DETVOP"),
    ],
)
def test_the_form_of_exploitation_is_in_the_series(crosswalker: Crosswalker, exploitation: str, series: str) -> None:
    assert only(crossed(crosswalker, form(exploitation, 3)))["SERIES"] == series


@pytest.mark.parametrize(
    ("changes", "component", "value"),
    [
        ({"CITIZENSHIP": "NATIONAL"}, "CITIZENSHIP", "NATIONAL"),
        ({"CITIZENSHIP": "FOREIGN"}, "CITIZENSHIP", "FOREIGN"),
        ({"MIGRATION_STATUS": "IRREGULAR"}, "MIGRATION_STATUS", "IRREGULAR"),
        ({"AGE": "_U"}, "AGE", "_U"),
        ({"INDICATOR": "VIC_IDENT"}, "INDICATOR", "VIC_IDENT"),
        ({"UNIT_MEASURE": "PER_100000_POP"}, "UNIT_MEASURE", "PER_100000_POP"),
        ({"EXPLOITATION": "_U"}, "EXPLOITATION", "_U"),
        ({"EXPLOITATION": "OTHER_GLOTIP"}, "EXPLOITATION", "OTHER_GLOTIP"),
        ({"REF_AREA": "002"}, "REF_AREA", "002"),
        ({"ACTIVITY": "A"}, "ACTIVITY", "A"),
        ({"CONF_STATUS": "C"}, "OBS_STATUS, CONF_STATUS", "A, C"),
    ],
)
def test_what_the_sdg_structure_cannot_say_is_set_aside_with_its_component_code_and_reason(
    crosswalker: Crosswalker, changes: Row, component: str, value: str
) -> None:
    result = crossed(crosswalker, row("KE", "2020", 42), row("KE", "2020", 7, SEX="F", **changes))
    assert result.written == 1
    assert codes(result) == ["CROSS-001"]
    (finding,) = [one for one in result.report.findings if one.code == "CROSS-001"]
    assert (finding.params["component"], finding.value, finding.count) == (component, value, 1)
    assert finding.severity is Severity.WARNING
    assert finding.place.row == 2
    for language in ("en", "fr", "es", "ar"):
        assert component.rsplit(", ", maxsplit=1)[-1] in finding.line(language)
    assert finding.variant == "why"


def test_all_observations_of_one_cause_are_one_finding(crosswalker: Crosswalker) -> None:
    rows = [row("KE", str(year), 1, CITIZENSHIP="FOREIGN") for year in range(2010, 2020)]
    (finding,) = crossed(crosswalker, *rows).report.findings
    assert (finding.count, finding.place.row) == (10, 1)


def test_a_suppressed_figure_has_neither_a_value_nor_bounds(crosswalker: Crosswalker) -> None:
    bounded = form("_T", None, OBS_STATUS="Q", CONF_STATUS="A", LOWER_BOUND=1, UPPER_BOUND=4)
    result = crossed(crosswalker, bounded)
    sent = only(result)
    assert (sent["OBS_STATUS"], sent["OBS_VALUE"]) == ("Q", None)
    assert not {"LOWER_BOUND", "UPPER_BOUND"} & set(sent)
    told = {one.params["component"] for one in result.report.findings if one.code == "CROSS-009"}
    assert {"LOWER_BOUND", "UPPER_BOUND"} <= told


@pytest.mark.parametrize("confidentiality", ["C", "F", None])
def test_a_figure_under_the_status_of_a_suppressed_one_is_not_passed_on(
    crosswalker: Crosswalker, confidentiality: str | None
) -> None:
    result = crossed(crosswalker, form("_T", 3, OBS_STATUS="Q", CONF_STATUS=confidentiality))
    assert result.data is None
    assert codes(result) == ["CROSS-015"]
    assert result.report.has_errors


def test_a_missing_figure_needs_no_confidentiality_status(crosswalker: Crosswalker) -> None:
    sent = only(crossed(crosswalker, form("_T", None, OBS_STATUS="O", CONF_STATUS=None)))
    assert (sent["OBS_STATUS"], sent["OBS_VALUE"]) == ("O", None)


def test_zero_stays_zero(crosswalker: Crosswalker) -> None:
    assert only(crossed(crosswalker, form("ORGANS", 0)))["OBS_VALUE"] == 0


def test_a_figure_without_a_confidentiality_status_is_only_sent_when_its_owner_says_one(
    crosswalker: Crosswalker,
) -> None:
    silent = form("_T", 3, CONF_STATUS=None)
    result = crossed(crosswalker, silent)
    assert codes(result) == ["CROSS-002"]
    assert "--set CONF_STATUS=" in result.report.findings[0].hint()
    told = crossed(crosswalker, silent, CONF_STATUS="F")
    assert told.written == 1
    assert [one.params["component"] for one in told.report.findings if one.variant == "set"] == ["CONF_STATUS"]


def test_a_multiplier_stays_and_is_told_where_it_was_taken(crosswalker: Crosswalker) -> None:
    thousands = crossed(crosswalker, form("_T", 3, UNIT_MULT="3"))
    assert only(thousands)["UNIT_MULT"] == "3"
    assert "CROSS-010" not in {one.code for one in thousands.report.findings}
    (taken,) = [one for one in crossed(crosswalker, form("_T", 3)).report.findings if one.code == "CROSS-010"]
    assert (taken.params["component"], taken.value, taken.count) == ("UNIT_MULT", "0", 1)


def test_attributes_without_a_place_are_told(crosswalker: Crosswalker) -> None:
    result = crossed(crosswalker, form("_T", 3, LEGAL_BASIS="art. 5", TITLE="Victims", DECIMALS="0"))
    told = {str(one.params["component"]) for one in result.report.findings if one.code == "CROSS-009"}
    assert told == {"DECIMALS", "COUNTING_RULE", "LEGAL_BASIS", "TITLE"}


@pytest.mark.parametrize(
    ("changes", "component"),
    [
        ({"FREQ": "Q", "TIME_PERIOD": "2020-Q1"}, "FREQ"),
        ({"TIME_PERIOD": "2020-04-01/P1Y"}, "TIME_PERIOD"),
    ],
)
def test_what_the_sdg_process_does_not_take_is_set_aside(
    crosswalker: Crosswalker, changes: Row, component: str
) -> None:
    result = crossed(crosswalker, {**form("_T", 3), **changes})
    assert codes(result) == ["CROSS-008"]
    assert result.report.findings[0].params["component"] == component


def test_a_breakdown_of_ones_own_needs_its_label(crosswalker: Crosswalker) -> None:
    region = form("_T", 3, CUST_BREAKDOWN="C09")
    result = crossed(crosswalker, region)
    assert codes(result) == ["CROSS-002"]
    assert result.report.findings[0].params["component"] == "CUST_BREAKDOWN_LB"
    sent = only(crossed(crosswalker, {**region, "CUST_BREAKDOWN_LB": "Osh city"}))
    assert (sent["CUST_BREAKDOWN"], sent["CUST_BREAKDOWN_LB"]) == ("C09", "Osh city")


def test_a_label_may_have_several_lines(crosswalker: Crosswalker) -> None:
    sent = only(crossed(crosswalker, form("_T", 3, CUST_BREAKDOWN="C09", CUST_BREAKDOWN_LB="Osh\nОш")))
    assert sent["CUST_BREAKDOWN_LB"] == "Osh\nОш"


@pytest.mark.parametrize(
    ("changes", "component", "is_attribute"),
    [({"CONF_STATUS": None}, "CONF_STATUS", True), ({"UNIT_MEASURE": ""}, "UNIT_MEASURE", False)],
)
def test_only_attributes_are_told_to_be_set(
    crosswalker: Crosswalker, changes: Row, component: str, *, is_attribute: bool
) -> None:
    data = data_set(crosswalker.schema("TIP_VICTIM"), [form("_T", 3)])
    frame = data.frame.with_columns(pl.lit(value, dtype=pl.String).alias(name) for name, value in changes.items())
    (finding,) = crosswalker.run_data(SDG, DataSet(data.schema, frame)).report.findings
    assert (finding.code, finding.params["component"]) == ("CROSS-002", component)
    for language in ("en", "fr", "es", "ar"):
        assert ("--set" in finding.hint(language)) is is_attribute


def test_what_stands_twice_is_set_aside_as_in_every_check(crosswalker: Crosswalker) -> None:
    result = crossed(crosswalker, form("_T", 3), form("_T", 3), form("LABOUR", 1), form("LABOUR", 2))
    assert result.balance.set_aside == {"KEY-001": 1, "KEY-002": 2}


def test_nothing_becomes_nothing(crosswalker: Crosswalker) -> None:
    assert crossed(crosswalker).data is None
