"""Forms of exploitation of which SDG only knows the group: never dropped silently, never added silently."""

from pathlib import Path

import pytest
from tests.examples.crosswalks import SDG, codes, crossed, form, only, rows_of
from tests.examples.observations import Row, data_set

from icstip.findings import Severity
from icstip.workflow.crosswalking.crosswalker import Crosswalker
from icstip.workflow.exchange import write

BEGGING, CRIMINAL = form("BEGGING", 3), form("CRIMINAL", 4)

ONLY_IF = {"en": "if the figure", "fr": "si le chiffre", "es": "si la cifra", "ar": "إن نُقل رقم"}


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


@pytest.mark.parametrize(
    ("twice", "set_aside"),
    [("PROSTITUTION", {"CROSS-005": 1, "KEY-002": 2}), ("SEXUAL", {"CROSS-003": 1, "KEY-002": 2})],
)
def test_what_stands_twice_with_different_values_is_not_missing_from_a_sum(
    crosswalker: Crosswalker, twice: str, set_aside: dict[str, int]
) -> None:
    rows = (form(twice, 10), form(twice, 12), form("PORNOGRAPHY", 5))
    result = crossed(crosswalker, *rows, sums=True)
    assert (result.data, result.sums) == (None, 0)
    assert result.balance.set_aside == set_aside


def test_the_figure_of_a_group_is_said_to_stand_for_its_parts_only_if_it_was_carried(crosswalker: Crosswalker) -> None:
    result = crossed(crosswalker, form("SEXUAL", 10), form("SEXUAL", 12), form("PORNOGRAPHY", 5))
    (finding,) = [one for one in result.report.findings if one.code == "CROSS-003"]
    for language, words in ONLY_IF.items():
        assert words in finding.hint(language)


def test_a_sum_that_the_other_structure_cannot_take_is_not_written_and_not_counted(crosswalker: Crosswalker) -> None:
    region = {"CUST_BREAKDOWN": "C09"}
    rows = [{**one, **region, "CUST_BREAKDOWN_LB": label} for one, label in ((BEGGING, "Osh"), (CRIMINAL, "Osh city"))]
    result = crossed(crosswalker, *rows, sums=True)
    assert (result.written, result.sums, result.balance.observations) == (0, 0, 0)
    assert result.balance.set_aside == {"CROSS-006": 2}
    (finding,) = [one for one in result.report.findings if one.code == "CROSS-002"]
    assert (finding.params["component"], finding.count) == ("CUST_BREAKDOWN_LB", 1)


def test_a_sum_of_data_of_which_some_could_not_be_read_is_a_warning(crosswalker: Crosswalker, tmp_path: Path) -> None:
    parts = data_set(crosswalker.schema("TIP_VICTIM"), [BEGGING, CRIMINAL, form("MARRIAGE", 9)])
    write(parts, tmp_path / "parts.csv", "sdmx-csv-2.0")
    text = (tmp_path / "parts.csv").read_text(encoding="utf-8")
    (tmp_path / "wrong.csv").write_text(text.replace("MARRIAGE", "MARIAGE"), encoding="utf-8")
    for name, severity, variant in (("parts", Severity.INFO, ""), ("wrong", Severity.WARNING, "unread")):
        result = crosswalker.run(SDG, [tmp_path / f"{name}.csv"], sums=True)
        found = [one for one in result.report.findings if one.code == "CROSS-006"]
        assert {(one.severity, one.variant) for one in found} == {(severity, variant)}


def test_a_rate_of_a_part_is_a_rate_first(crosswalker: Crosswalker) -> None:
    result = crossed(crosswalker, {**BEGGING, "UNIT_MEASURE": "PER_100000_POP"}, sums=True)
    assert [(one.code, one.params["component"]) for one in result.report.findings] == [("CROSS-001", "UNIT_MEASURE")]


def test_comments_of_parts_are_kept_where_they_agree(crosswalker: Crosswalker) -> None:
    rows = ({**BEGGING, "COMMENT_OBS": "a", "DATA_SOURCE": "x"}, {**CRIMINAL, "COMMENT_OBS": "b", "DATA_SOURCE": "x"})
    sent = only(crossed(crosswalker, *rows, sums=True))
    assert sent["SOURCE_DETAIL"] == "x"
    assert "COMMENT_OBS" not in sent
