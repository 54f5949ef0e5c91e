"""Columns of labels become columns of codes; what cannot be told for certain is set aside with its cells."""

from collections.abc import Callable

import pytest

from icstip.findings import Finding, Severity
from icstip.mapping.labels import Labels
from icstip.mapping.model import ColumnRule, LabelRule
from icstip.mapping.observations import Observed
from icstip.mapping.resolve import FATE, ResolvedLabel
from icstip.tables.header import ROW

Convert = Callable[..., Observed]

AREA = ColumnRule("Area", "AREA")
TWO_AREAS = (ColumnRule("Code", "AREA"), AREA)
BY_KIND = (
    AREA,
    ColumnRule("Category", "SEX", when={"Kind": "by sex"}),
    ColumnRule("Category", "AGE", when={"Kind": "by age"}),
)
INDICATED = (AREA, ColumnRule("What", "INDICATOR"))


def codes(observed: Observed, component: str, structure: str = "VICTIM") -> list[str | None]:
    """Return what the written observations have for a component, in the order of their rows."""
    frame = observed.observations.get(structure)
    return [] if frame is None else frame.sort(ROW)[component].to_list()


def fates(observed: Observed) -> list[str | None]:
    return observed.fates.sort(ROW)[FATE].to_list()


def found(observed: Observed, *codes_: str) -> list[tuple[str, tuple[str, ...]]]:
    """Return the findings of these codes, or all, with their cells."""
    return [(f.code, f.cells) for f in observed.findings if not codes_ or f.code in codes_]


def one(observed: Observed, code: str) -> Finding:
    (finding,) = [finding for finding in observed.findings if finding.code == code]
    return finding


def test_a_label_is_its_code_and_is_reported_once_with_its_rows(convert: Convert) -> None:
    observed = convert("Area | Year | Figure", "Albania | 2020 | 1", "Niger | 2020 | 2", "Albania | 2021 | 3")
    assert codes(observed, "AREA") == ["AL", "NE", "AL"]
    assert observed.labels == (
        ResolvedLabel("Area", "AREA", "Albania", "AL", "name", 2),
        ResolvedLabel("Area", "AREA", "Niger", "NE", "name", 1),
    )
    assert found(observed) == []


def test_a_label_is_reported_as_reports_write_it() -> None:
    label = ResolvedLabel("Area", "AREA", "Zaire", "CD", "alias", 3, "the former name", {"SEX": "F"})
    assert label.to_dict() == {
        "column": "Area",
        "component": "AREA",
        "label": "Zaire",
        "code": "CD",
        "how": "alias",
        "rows": 3,
        "also": {"SEX": "F"},
        "note": "the former name",
    }


@pytest.mark.parametrize(
    ("label", "problem"),
    [
        ("Atlantis", "LABEL-001"),
        ("Congolese", "LABEL-002"),
        ("Albania/Niger", "LABEL-003"),
        ("", "LABEL-004"),
        ("NA", "LABEL-005"),
    ],
)
def test_a_label_without_one_code_sets_its_figures_aside_and_names_their_cells(
    convert: Convert, label: str, problem: str
) -> None:
    observed = convert("Area | Year | Figure", "Albania | 2020 | 1", f"{label} | 2020 | 2", f"{label} | 2021 | 3")
    assert fates(observed) == [None, problem, problem]
    assert found(observed) == [(problem, ("A3", "A4"))]
    assert one(observed, problem).severity is Severity.ERROR
    assert codes(observed, "AREA") == ["AL"]


def test_an_ambiguous_label_names_the_codes_that_it_can_mean(convert: Convert) -> None:
    finding = one(convert("Area | Year | Figure", "Congolese | 2020 | 1"), "LABEL-002")
    assert 'CD "Democratic Republic of the Congo", CG "Congo"' in finding.message()


def test_a_marker_is_a_code_where_the_mapping_declares_it(convert: Convert) -> None:
    declared = (LabelRule("Area", "AREA", "NA", "NA"),)
    assert codes(convert("Area | Year | Figure", "NA | 2020 | 1", labels=declared), "AREA") == ["NA"]


def test_a_sign_that_is_declared_is_no_other_sign(convert: Convert) -> None:
    declared = (LabelRule("Area", "AREA", "-", "_U"),)
    observed = convert("Area | Year | Figure", "- | 2020 | 1", ".. | 2020 | 2", "* | 2020 | 3", labels=declared)
    assert fates(observed) == [None, "LABEL-005", "LABEL-001"]
    assert codes(observed, "AREA") == ["_U"]


def test_what_the_mapping_declares_goes_before_what_the_label_tables_say(convert: Convert) -> None:
    declared = (
        LabelRule("Area", "AREA", "congolese", "CG", note="as the office told us"),
        LabelRule("Area", "AREA", "Albania", "CO"),
    )
    observed = convert("Area | Year | Figure", "CONGOLESE | 2020 | 1", "Albania | 2020 | 2", labels=declared)
    assert codes(observed, "AREA") == ["CG", "CO"]
    assert observed.labels[0] == ResolvedLabel("Area", "AREA", "CONGOLESE", "CG", "alias", 1, "as the office told us")


def test_an_age_that_the_list_does_not_have_is_told_with_its_code(convert: Convert) -> None:
    columns = (AREA, ColumnRule("Age", "AGE"))
    rows = ("Albania | from 18 years | 2020 | 1", "Albania | 20 to 25 | 2020 | 2", "Albania | Atlantis 3 | 2020 | 3")
    observed = convert("Area | Age | Year | Figure", *rows, columns=columns)
    assert [(label.code, label.how) for label in observed.labels[1:]] == [("Y_GE18", "pattern"), ("", ""), ("", "")]
    of_band, of_nothing = observed.findings
    assert (of_band.code, of_band.value, of_nothing.code) == ("LABEL-001", "20 to 25", "LABEL-001")
    for language in ("en", "fr", "es", "ar"):
        assert "Y20T25" in of_band.message(language)
        assert "Y20T25" in of_band.hint(language)
    assert "nothing in it is similar" in of_nothing.message()


def test_a_label_that_is_declared_for_one_column_is_not_for_another(convert: Convert) -> None:
    columns = (AREA, ColumnRule("Nationality", "CITIZENSHIP"))
    declared = (LabelRule("Area", "AREA", "here", "AL"),)
    observed = convert("Area | Nationality | Year | Figure", "here | here | 2020 | 1", columns=columns, labels=declared)
    assert found(observed) == [("LABEL-001", ("B2",))]


def test_a_label_that_is_declared_to_be_no_code_sets_aside_with_its_note(convert: Convert) -> None:
    declared = (LabelRule("Area", "AREA", "Albania", "", note="a heading"),)
    observed = convert("Area | Year | Figure", "Albania | 2020 | 1", "Niger | 2020 | 2", labels=declared)
    assert fates(observed) == ["LABEL-009", None]
    assert "a heading" in one(observed, "LABEL-009").message()


def test_a_declared_label_that_an_encoding_damaged_is_repaired_if_it_can_be_only_one(convert: Convert) -> None:
    declared = (
        LabelRule("Area", "AREA", "Zaïre", "CD"),
        LabelRule("Area", "AREA", "Bénarès", "NE"),
        LabelRule("Area", "AREA", "Bónarès", "NG"),
    )
    observed = convert("Area | Year | Figure", "Za\ufffdre | 2020 | 1", "B\ufffdnar\ufffds | 2020 | 2", labels=declared)
    assert fates(observed) == [None, "LABEL-001"]
    assert codes(observed, "AREA") == ["CD"]
    assert found(observed, "LABEL-008") == [("LABEL-008", ("A2",))]


def test_a_repaired_or_misspelt_label_is_used_and_marked(convert: Convert) -> None:
    observed = convert("Area | Year | Figure", "C\ufffdte d'Ivoire | 2020 | 1", "Columbia | 2020 | 2")
    assert codes(observed, "AREA") == ["CI", "CO"]
    assert found(observed) == [("LABEL-008", ("A2",)), ("LABEL-008", ("A3",))]
    assert one(convert("Area | Year | Figure", "Columbia | 2020 | 2"), "LABEL-008").severity is Severity.INFO


def test_a_label_that_nothing_resembles_is_told_without_asking_to_accept_suggestions(convert: Convert) -> None:
    lines = ("Area | Year | Figure", "Albannia | 2020 | 1", "Ωδφγ | 2020 | 2")
    similar, alone = (finding for finding in convert(*lines).findings if finding.code == "LABEL-001")
    assert "similar: AL" in similar.message()
    assert "--accept-suggestions" in similar.hint()
    assert alone.message().endswith("is not known in CL_AREA, and nothing in it is similar")
    assert alone.hint().endswith("`icstip standard show CL_AREA` shows the codes")


def test_a_similar_label_is_used_only_when_suggestions_are_accepted_and_then_marked(convert: Convert) -> None:
    lines = ("Area | Year | Figure", "Albannia | 2020 | 1", "Nigeri | 2020 | 2")
    assert fates(convert(*lines)) == ["LABEL-001", "LABEL-001"]
    accepted = convert(*lines, accept_suggestions=True)
    assert fates(accepted) == [None, "LABEL-001"]
    assert codes(accepted, "AREA") == ["AL"]
    assert accepted.labels[0] == ResolvedLabel("Area", "AREA", "Albannia", "AL", "suggested", 1)
    assert one(accepted, "LABEL-007").severity is Severity.WARNING
    assert "AL" in one(accepted, "LABEL-007").message()


def test_a_table_comes_out_the_same_however_many_were_converted_before(
    convert: Convert, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("icstip.mapping.labels.MAX_SUGGESTIONS", 2)
    lines = ("Area | Year | Figure", "Albannia | 2020 | 1", "Collombia | 2020 | 2", "Namibbia | 2020 | 3")
    first = convert(*lines, accept_suggestions=True)
    assert codes(first, "AREA") == ["AL", "CO"]
    assert convert(*lines, accept_suggestions=True).findings == first.findings


def test_rules_with_conditions_take_their_rows_alone(convert: Convert) -> None:
    observed = convert(
        "Area | Kind | Category | Year | Figure",
        "Albania | by sex | women | 2020 | 1",
        "Albania | BY  AGE | 18+ | 2020 | 2",
        columns=BY_KIND,
    )
    assert codes(observed, "SEX") == ["F", "_T"]
    assert codes(observed, "AGE") == ["_T", "Y_GE18"]


def test_a_rule_with_two_conditions_needs_both(convert: Convert) -> None:
    columns = (AREA, ColumnRule("Category", "SEX", when={"Kind": "sex", "Level": "2"}))
    observed = convert(
        "Area | Kind | Level | Category | Year | Figure",
        "Albania | sex | 2 | women | 2020 | 1",
        "Albania | sex | 1 | women | 2020 | 2",
        columns=columns,
    )
    assert fates(observed) == [None, "ROW-001"]


@pytest.mark.parametrize("kind", ["by citizenship", ""])
def test_rows_that_no_rule_takes_are_set_aside(convert: Convert, kind: str) -> None:
    observed = convert(
        "Area | Kind | Category | Year | Figure",
        "Albania | by sex | women | 2020 | 1",
        f"Albania | {kind} | women | 2020 | 2",
        f"Albania | {kind} | men | 2021 | 3",
        columns=BY_KIND,
    )
    assert fates(observed) == [None, "ROW-001", "ROW-001"]
    assert found(observed) == [("ROW-001", ("B3", "B4"))]


def test_a_label_in_rows_that_no_rule_takes_is_not_looked_up(convert: Convert) -> None:
    observed = convert(
        "Area | Kind | Category | Year | Figure", "Albania | by form | slavery | 2020 | 1", columns=BY_KIND
    )
    assert [label.label for label in observed.labels] == ["Albania"]


@pytest.mark.parametrize("declared", [(), (LabelRule("Category", "SEX", "men", "M"),)])
def test_a_code_that_a_rule_does_not_expect_is_set_aside(convert: Convert, declared: tuple[LabelRule, ...]) -> None:
    columns = (AREA, ColumnRule("Category", "SEX", only=frozenset({"_T"})))
    observed = convert(
        "Area | Category | Year | Figure",
        "Albania | total | 2020 | 1",
        "Albania | men | 2020 | 2",
        columns=columns,
        labels=declared,
    )
    assert fates(observed) == [None, "ROW-001"]
    assert found(observed) == [("ROW-001", ("B3",))]


def test_a_suggestion_that_a_rule_does_not_expect_is_set_aside(convert: Convert) -> None:
    columns = (ColumnRule("Area", "AREA", only=frozenset({"NE"})),)
    observed = convert("Area | Year | Figure", "Albannia | 2020 | 1", columns=columns, accept_suggestions=True)
    assert fates(observed) == ["ROW-001"]


def test_a_blank_label_is_the_code_that_the_rule_gives_to_it(convert: Convert) -> None:
    columns = (AREA, ColumnRule("Sex", "SEX", blank="_T"))
    observed = convert(
        "Area | Sex | Year | Figure",
        "Albania | | 2020 | 1",
        "Albania | women | 2020 | 2",
        "Albania | x | 2020 | 3",
        columns=columns,
    )
    assert codes(observed, "SEX") == ["_T", "F"]
    assert fates(observed) == [None, None, "LABEL-001"]


def test_a_blank_label_of_a_rule_with_conditions_is_blank_in_its_rows_alone(convert: Convert) -> None:
    columns = (
        AREA,
        ColumnRule("Sex", "SEX", when={"Kind": "all"}, blank="_T"),
        ColumnRule("Sex", "SEX", when={"Kind": "by sex"}),
    )
    observed = convert(
        "Area | Kind | Sex | Year | Figure",
        "Albania | all | | 2020 | 1",
        "Albania | by sex | | 2020 | 2",
        columns=columns,
    )
    assert fates(observed) == [None, "LABEL-004"]
    assert found(observed) == [("LABEL-004", ("C3",))]


def test_a_rule_sets_further_components_in_its_rows_and_over_what_columns_say(convert: Convert) -> None:
    columns = (*INDICATED, ColumnRule("Area", "CITIZENSHIP", when={"What": "abroad"}, sets={"INDICATOR": "VIC"}))
    declared = (LabelRule("What", "INDICATOR", "abroad", "EVT"),)
    lines = ("Area | What | Year | Figure", "Albania | abroad | 2020 | 1")
    assert codes(convert(*lines, columns=columns, labels=declared, constants={}), "INDICATOR") == ["VIC"]


def test_a_label_can_mean_more_than_one_component(convert: Convert) -> None:
    columns = (AREA, ColumnRule("Who", "SEX"))
    declared = (LabelRule("Who", "SEX", "adult women", "F", also={"AGE": "Y_GE18"}),)
    observed = convert(
        "Area | Who | Year | Figure",
        "Albania | Adult women | 2020 | 1",
        "Albania | men | 2020 | 2",
        columns=columns,
        labels=declared,
    )
    assert codes(observed, "SEX") == ["F", "M"]
    assert codes(observed, "AGE") == ["Y_GE18", "_T"]
    assert observed.labels[1].also == {"AGE": "Y_GE18"}


def test_two_columns_that_agree_give_one_code(convert: Convert) -> None:
    observed = convert("Code | Area | Year | Figure", "ALB | Shqipëria | 2020 | 1", columns=TWO_AREAS)
    assert codes(observed, "AREA") == ["AL"]
    assert found(observed) == []


@pytest.mark.parametrize("line", ["ALB | | 2020 | 1", " | Albania | 2020 | 1"])
def test_one_of_two_columns_is_enough(convert: Convert, line: str) -> None:
    observed = convert("Code | Area | Year | Figure", line, columns=TWO_AREAS)
    assert codes(observed, "AREA") == ["AL"]
    assert found(observed) == []


def test_two_columns_that_disagree_set_the_figure_aside(convert: Convert) -> None:
    observed = convert(
        "Code | Area | Year | Figure", "ALB | Niger | 2020 | 1", "ALB | Albania | 2020 | 2", columns=TWO_AREAS
    )
    assert fates(observed) == ["LABEL-006", None]
    assert found(observed) == [("LABEL-006", ("A2",))]
    assert one(observed, "LABEL-006").value == "ALB | Niger"


@pytest.mark.parametrize("label", ["Atlantis", "n/a"])
def test_an_unknown_label_beside_a_known_one_is_worth_knowing_and_sets_nothing_aside(
    convert: Convert, label: str
) -> None:
    observed = convert("Code | Area | Year | Figure", f"ALB | {label} | 2020 | 1", columns=TWO_AREAS)
    assert fates(observed) == [None]
    assert codes(observed, "AREA") == ["AL"]
    assert found(observed) == [("LABEL-010", ("B2",))]


def test_an_unknown_label_is_an_error_where_the_other_column_is_blank(convert: Convert) -> None:
    observed = convert(
        "Code | Area | Year | Figure", "ALB | Atlantis | 2020 | 1", " | Atlantis | 2020 | 2", columns=TWO_AREAS
    )
    assert fates(observed) == [None, "LABEL-001"]
    assert found(observed) == [("LABEL-001", ("B2", "B3"))]


def test_both_columns_blank_is_a_blank_label(convert: Convert) -> None:
    observed = convert("Code | Area | Year | Figure", " | | 2020 | 1", "ALB | | 2020 | 1", columns=TWO_AREAS)
    assert fates(observed) == ["LABEL-004", None]
    assert found(observed) == [("LABEL-004", ("A2",))]


def test_an_ambiguous_label_is_told_apart_by_the_other_column_or_disagrees_with_it(convert: Convert) -> None:
    observed = convert(
        "Code | Area | Year | Figure", "CD | Congolese | 2020 | 1", "ALB | Congolese | 2020 | 2", columns=TWO_AREAS
    )
    assert fates(observed) == [None, "LABEL-006"]
    assert codes(observed, "AREA") == ["CD"]
    assert found(observed, "LABEL-006") == [("LABEL-006", ("A3",))]


@pytest.mark.parametrize(
    ("label", "problem"), [("Albania/Niger", "LABEL-003"), ("heading", "LABEL-009"), ("Niger", "ROW-001")]
)
def test_a_label_that_says_something_else_is_not_overruled_by_the_other_column(
    convert: Convert, label: str, problem: str
) -> None:
    columns = (ColumnRule("Code", "AREA"), ColumnRule("Area", "AREA", only=frozenset({"AL"})))
    declared = (LabelRule("Area", "AREA", "heading", ""),)
    observed = convert("Code | Area | Year | Figure", f"ALB | {label} | 2020 | 1", columns=columns, labels=declared)
    assert fates(observed) == [problem]
    assert found(observed) == [(problem, ("B2",))]


def test_a_note_on_a_figure_need_not_be_there(convert: Convert) -> None:
    columns = (AREA, ColumnRule("Note", "COMMENT"), ColumnRule("Flag", "OBS_STATUS", when={"Flagged": "yes"}))
    observed = convert(
        "Area | Note | Flagged | Flag | Year | Figure",
        "Albania | | no | | 2020 | 1",
        "Albania | revised | yes | P | 2021 | 2",
        columns=columns,
    )
    assert fates(observed) == [None, None]
    assert codes(observed, "COMMENT") == [None, "revised"]
    assert codes(observed, "OBS_STATUS") == ["A", "P"]


def test_a_flag_that_is_not_known_sets_its_figure_aside(convert: Convert) -> None:
    columns = (AREA, ColumnRule("Flag", "OBS_STATUS"))
    observed = convert("Area | Flag | Year | Figure", "Albania | secret | 2020 | 1", columns=columns)
    assert fates(observed) == ["LABEL-001"]


def test_a_component_without_a_code_list_takes_any_text(convert: Convert) -> None:
    columns = (AREA, ColumnRule("Note", "COMMENT"))
    observed = convert("Area | Note | Year | Figure", "Albania | of 3 regions, 2 | 2020 | 1", columns=columns)
    assert codes(observed, "COMMENT") == ["of 3 regions, 2"]


def test_labels_are_those_of_the_list_of_their_component(convert: Convert, labels: Labels) -> None:
    columns = (AREA, ColumnRule("Nationality", "CITIZENSHIP"))
    observed = convert("Area | Nationality | Year | Figure", "Albania | Own nationals | 2020 | 1", columns=columns)
    assert codes(observed, "CITIZENSHIP") == ["NATIONAL"]
    assert labels["CL_AREA"].match("Own nationals").code == ""
