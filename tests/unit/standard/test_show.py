"""The standard is shown as aligned text."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from wcwidth import wcswidth

from icstip.errors import StandardError
from icstip.standard import show
from icstip.standard.model import Code, Codelist, Standard
from icstip.standard.read import read_standard
from icstip.standard.show import (
    show_codelist,
    show_dataflow,
    show_hierarchy,
    show_overview,
    show_standard,
    show_structure,
)

Plant = Callable[[str, str, str], None]
Complete = Callable[[Path], Path]


@pytest.fixture
def standard(dsd: Path) -> Standard:
    return read_standard(dsd)


def test_a_code_list_is_a_tree_below_what_is_said_of_the_whole(standard: Standard) -> None:
    assert show_codelist(standard, "CL_OWN_GROUP", "en").splitlines() == [
        "Code list CL_OWN_GROUP: Groups",
        "Groups of forms.",
        "Source: PROJECT",
        "Extends: CL_OWN_FORM",
        "Codes: 4",
        "",
        "_T          Total",
        "  LABOUR    Labour",
        "    FARM    Farm work",
        "    FIELDS  Field work",
    ]


def test_a_copied_list_names_its_origin(standard: Standard) -> None:
    assert "Origin: SDMX:CL_SEX(1.0)" in show_codelist(standard, "CL_SEX", "en").splitlines()


def test_names_are_in_the_language_that_is_asked_for(standard: Standard, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(show, "text", lambda key, _language: key)
    assert "الأجناس." in show_codelist(standard, "CL_SEX", "ar")
    assert "  F  أنثى" in show_codelist(standard, "CL_SEX", "ar").splitlines()


def test_a_name_that_is_missing_in_a_language_is_shown_in_another(dsd: Path, plant: Plant) -> None:
    plant("codelists/CL_SEX.csv", "Male", "")
    assert "  M  ذكر" in show_codelist(read_standard(dsd), "CL_SEX", "en").splitlines()


def test_columns_are_aligned_by_the_width_on_the_screen(standard: Standard) -> None:
    codes = (Code("A", {"en": "x"}), Code("B", {"en": "العُمر"}), Code("C", {"en": "年齢"}))
    wide = replace(
        standard,
        codelists={id_: Codelist(id_, c.name, {}, codes) for id_, c in [("年齢", codes[2]), ("العُمر", codes[1])]},
    )
    lines = [line for line in show_overview(wide, "en").splitlines() if line.endswith("3")]
    assert [wcswidth(line[: line.rindex("3")]) for line in lines] == [wcswidth(lines[0][: lines[0].rindex("3")])] * 2


def test_no_code_is_lost_where_the_parents_do_not_hold(standard: Standard) -> None:
    codes = (
        Code("A", {}, parent="B"),
        Code("B", {}, parent="A"),
        Code("C", {}, parent="NONE"),
        Code("D", {}, parent="C"),
    )
    broken = replace(standard, codelists={"CL_X": Codelist("CL_X", {}, {}, codes)})
    assert show_codelist(broken, "CL_X", "en").splitlines()[-4:] == ["C", "  D", "A", "  B"]


def test_a_structure_is_a_table_of_its_components(standard: Standard) -> None:
    lines = show_structure(standard, "VICTIM", "en").splitlines()
    assert lines[:3] == ["Data structure VICTIM: Victim", "Unit: victim", "Dataflows: DF_VICTIM"]
    cells = [line.split("  ") for line in lines[4:]]
    assert [[cell.strip() for cell in row if cell.strip()] for row in cells] == [
        ["Position", "Id", "Role", "Name", "Code list or data type", "Attachment, usage"],
        ["1", "SEX", "Dimension", "Sex", "CL_SEX"],
        ["2", "FORM", "Dimension", "Form", "CL_OWN_FORM"],
        ["3", "GROUP", "Dimension", "Group", "CL_OWN_GROUP"],
        ["4", "TIME_PERIOD", "Time dimension", "Time", "ObservationalTimePeriod"],
        ["OBS_VALUE", "Measure", "Value", "Decimal", "mandatory"],
        ["RULE", "Attribute", "Rule", "CL_OWN_RULE", "series, mandatory"],
        ["NOTE", "Attribute", "Note", "String", "observation, optional"],
    ]
    starts = {line.index(word) for line, word in zip(lines[4:7], ("Role", "Dimension", "Dimension"), strict=True)}
    assert len(starts) == 1


def test_the_overview_has_the_sizes_of_structures_and_lists(standard: Standard) -> None:
    lines = show_overview(standard, "en").splitlines()
    assert lines[:5] == [
        "Small standard",
        "A standard for tests.",
        "Agency: TEST, Test agency",
        "Version: 1.0.0-draft (draft)",
        "Languages: en, ar",
    ]
    assert "VICTIM  Victim           4           2  DF_VICTIM" in lines
    assert "CL_OWN_GROUP  Groups      4  CL_OWN_FORM" in lines


def test_a_dataflow_is_shown_with_the_codes_that_its_data_may_have(dsd: Path, complete: Complete) -> None:
    lines = show_standard(read_standard(complete(dsd)), "DF_VICTIM", "en").splitlines()
    assert lines[:5] == [
        "Dataflow DF_VICTIM: Victims",
        "Data structure: VICTIM, Victim",
        "Source: PROJECT",
        "Constraint: CN_SEX",
        "",
    ]
    assert [line.split()[1::2] for line in lines[6:]] == [
        ["SEX", "F"],
        ["FORM", "LABOUR"],
        ["GROUP", "_T"],
        ["TIME_PERIOD", "all"],
    ]


def test_a_dataflow_without_a_constraint_may_have_what_its_structure_allows(standard: Standard) -> None:
    lines = show_standard(standard, "DF_VICTIM", "en").splitlines()
    assert not any(line.startswith("Constraint") for line in lines)
    assert [line.split()[3:] for line in lines[-4:]] == [["all"], ["LABOUR,", "FARM"], ["all"], ["all"]]


def test_a_hierarchy_is_a_tree_of_codes_with_their_lists(dsd: Path, complete: Complete) -> None:
    standard = read_standard(complete(dsd))
    assert show_standard(standard, "H_FORM", "en").splitlines() == [
        "Hierarchy H_FORM: Kinds of work",
        "Source: PROJECT",
        "Codes: 3",
        "",
        "LABOUR    CL_OWN_FORM   Labour",
        "  FARM    CL_OWN_FORM   Farm work",
        "  FIELDS  CL_OWN_GROUP  Field work",
    ]
    assert "H_FORM  Kinds of work      3" in show_overview(standard, "en").splitlines()


@pytest.mark.parametrize("show_item", [show_dataflow, show_hierarchy])
def test_what_does_not_exist_is_not_shown(standard: Standard, show_item: Callable[[Standard, str, str], str]) -> None:
    with pytest.raises(StandardError, match="near to it: CL_SEX"):
        show_item(standard, "CL_SXE", "en")


def test_an_id_shows_what_has_it_and_none_shows_all(standard: Standard) -> None:
    assert show_standard(standard, "VICTIM", "en") == show_structure(standard, "VICTIM", "en")
    assert show_standard(standard, "CL_SEX", "en") == show_codelist(standard, "CL_SEX", "en")
    assert show_standard(standard, None, "en") == show_overview(standard, "en")


@pytest.mark.parametrize("wrong", ["CL_SXE", "cl_sex", "SEX"])
def test_an_unknown_id_names_those_that_are_near(standard: Standard, wrong: str) -> None:
    with pytest.raises(StandardError, match=rf"^{wrong}: .*near to it: CL_SEX"):
        show_standard(standard, wrong, "en")


def test_an_id_that_is_near_to_none_points_to_the_overview(standard: Standard) -> None:
    with pytest.raises(StandardError, match="without an id"):
        show_structure(standard, "12345", "en")
