"""Forms of exploitation of which SDG only knows the group: never dropped silently, never added silently."""

import pytest
from tests.examples.crosswalks import codes, crossed, form, only, rows_of
from tests.examples.observations import Row

from icstip.workflow.crosswalking.crosswalker import Crosswalker

BEGGING, CRIMINAL = form("BEGGING", 3), form("CRIMINAL", 4)


def test_parts_of_a_group_that_is_not_there_wait_for_a_decision(crosswalker: Crosswalker) -> None:
    result = crossed(crosswalker, BEGGING, CRIMINAL)
    assert result.data is None
    assert codes(result) == ["CROSS-004", "CROSS-004"]
    assert {one.params["group"] for one in result.report.findings} == {"OTHER_SDG"}
    assert all("--group-forms" in one.hint() for one in result.report.findings)


def test_parts_are_summed_when_asked_for_and_it_is_told(crosswalker: Crosswalker) -> None:
    result = crossed(crosswalker, BEGGING, CRIMINAL, sums=True)
    sent = only(result)
    assert (sent["SERIES"], sent["OBS_VALUE"], sent["OBS_STATUS"]) == ("VC_HTF_DETVOP", 7, "A")
    assert (result.sums, codes(result)) == (1, ["CROSS-006", "CROSS-006"])
    assert {one.value for one in result.report.findings if one.code == "CROSS-006"} == {"BEGGING", "CRIMINAL"}


def test_each_combination_of_the_other_dimensions_has_a_sum_of_its_own(crosswalker: Crosswalker) -> None:
    rows = [form(code, n, SEX=sex) for sex in ("F", "M") for n, code in enumerate(("BEGGING", "MARRIAGE", "_O"), 1)]
    result = crossed(crosswalker, *rows, sums=True)
    assert result.data is not None
    assert [(one["SEX"], one["OBS_VALUE"]) for one in rows_of(result.data)] == [("F", 6), ("M", 6)]


@pytest.mark.parametrize("sums", [False, True])
def test_a_group_that_is_there_stands_for_its_parts(crosswalker: Crosswalker, *, sums: bool) -> None:
    result = crossed(crosswalker, BEGGING, CRIMINAL, form("OTHER_SDG", 9), sums=sums)
    assert only(result)["OBS_VALUE"] == 9
    assert codes(result) == ["CROSS-003", "CROSS-003"]


def test_a_group_that_is_set_aside_is_not_replaced_by_its_parts(crosswalker: Crosswalker) -> None:
    # What is confidential as a whole could be worked out from the sum.
    result = crossed(crosswalker, BEGGING, CRIMINAL, form("OTHER_SDG", 7, CONF_STATUS="C"), sums=True)
    assert result.data is None
    assert result.balance.set_aside == {"CROSS-001": 1, "CROSS-003": 2}


def test_a_part_of_a_part_is_counted_once(crosswalker: Crosswalker) -> None:
    # Domestic servitude is in the figure of servitude.
    rows = (form("FORCED_LABOUR", 5), form("SERVITUDE", 3), form("DOMESTIC_SERVITUDE", 2))
    result = crossed(crosswalker, *rows, sums=True)
    assert (only(result)["SERIES"], only(result)["OBS_VALUE"]) == ("VC_HTF_DETVFL", 8)
    assert result.balance.set_aside == {"CROSS-003": 1, "CROSS-006": 2}


@pytest.mark.parametrize(
    ("changes", "variant"),
    [
        ({"COUNTING_RULE": "MULTIPLE"}, "rule"),
        ({"COUNTING_RULE": None}, "rule"),
        ({"OBS_VALUE": None, "OBS_STATUS": "Q", "CONF_STATUS": "A"}, "value"),
        ({"OBS_VALUE": None, "OBS_STATUS": "O"}, "value"),
        ({"OBS_STATUS": "P"}, "differs"),
        ({"UNIT_MULT": "3"}, "differs"),
    ],
)
def test_a_sum_that_nobody_knows_is_not_made(crosswalker: Crosswalker, changes: Row, variant: str) -> None:
    result = crossed(crosswalker, BEGGING, {**CRIMINAL, **changes}, sums=True)
    assert result.data is None
    assert codes(result) == ["CROSS-005", "CROSS-005"]
    assert {one.variant for one in result.report.findings if one.code == "CROSS-005"} == {variant}


def test_a_sum_without_a_part_that_was_set_aside_is_not_made(crosswalker: Crosswalker) -> None:
    result = crossed(crosswalker, BEGGING, {**CRIMINAL, "CONF_STATUS": "C"}, sums=True)
    assert result.data is None
    assert result.balance.set_aside == {"CROSS-001": 1, "CROSS-005": 1}


def test_a_rate_of_a_part_is_a_rate_first(crosswalker: Crosswalker) -> None:
    result = crossed(crosswalker, {**BEGGING, "UNIT_MEASURE": "PER_100000_POP"}, sums=True)
    assert [(one.code, one.params["component"]) for one in result.report.findings] == [("CROSS-001", "UNIT_MEASURE")]


def test_comments_of_parts_are_kept_where_they_agree(crosswalker: Crosswalker) -> None:
    rows = ({**BEGGING, "COMMENT_OBS": "a", "DATA_SOURCE": "x"}, {**CRIMINAL, "COMMENT_OBS": "b", "DATA_SOURCE": "x"})
    sent = only(crossed(crosswalker, *rows, sums=True))
    assert sent["SOURCE_DETAIL"] == "x"
    assert "COMMENT_OBS" not in sent
