"""A column can have members of several components."""

from collections.abc import Callable

from icstip.mapping.labels import Match
from icstip.mapping.members import REST, spread
from icstip.mapping.model import ColumnRule, LabelRule
from icstip.mapping.observations import Observed
from icstip.mapping.resolve import FATE
from icstip.tables.records import ROW

Convert = Callable[..., Observed]

AREA = ColumnRule("Area", "AREA")


def codes(observed: Observed, component: str) -> list[str | None]:
    return observed.observations["VICTIM"].sort(ROW)[component].to_list()


def test_one_that_several_components_know_is_ambiguous() -> None:
    known = {"SEX": Match("_U"), "AGE": Match("_U"), "FORM": Match(problem="LABEL-001")}
    found = spread("not known", tuple(known), lambda component, _: known[component])
    assert found == {"SEX": Match(problem="LABEL-002", candidates=("SEX=_U", "AGE=_U")), "AGE": REST, "FORM": REST}


MIXED = [ColumnRule("What", name, members=("SEX", "AGE")) for name in ("SEX", "AGE")]


def test_a_label_of_one_of_several_components_is_the_total_of_the_others(convert: Convert) -> None:
    lines = ("Area | What | Year | Figure", *(f"Niger | {what} | 2020 | 1" for what in ("Female", "18 years", "Total")))
    observed = convert(*lines, columns=[AREA, *MIXED])
    assert codes(observed, "SEX") == ["F", "_T", "_T"]
    assert codes(observed, "AGE") == ["_T", "Y18", "_T"]
    assert [(label.component, label.label) for label in observed.labels[1:]] == [
        ("SEX", "Female"),
        ("SEX", "Total"),
        ("AGE", "18 years"),
        ("AGE", "Total"),
    ]


def test_what_the_mapping_says_of_a_label_decides_which_component_it_is_of(convert: Convert) -> None:
    lines = ("Area | What | Year | Figure", "Niger | Female | 2020 | 1", "Niger | Grown | 2020 | 2")
    declared = [LabelRule("What", "AGE", "Female", "Y18"), LabelRule("What", "AGE", "Grown", "Y_GE18")]
    observed = convert(*lines, columns=[AREA, *MIXED], labels=declared)
    assert (codes(observed, "SEX"), codes(observed, "AGE")) == (["_T", "_T"], ["Y18", "Y_GE18"])


def test_a_label_of_none_or_of_several_of_them_sets_its_figures_aside_once(convert: Convert) -> None:
    lines = ("Area | What | Year | Figure", "Niger | Femal | 2020 | 1", "Niger | Both | 2020 | 2")
    observed = convert(*lines, columns=[AREA, *MIXED])
    assert observed.fates.sort(ROW)[FATE].to_list() == ["LABEL-001", "LABEL-001"]
    assert [(finding.code, finding.cells) for finding in observed.findings] == [
        ("LABEL-001", ("B2",)),
        ("LABEL-001", ("B3",)),
    ]


def test_rows_with_a_blank_are_those_that_hold_an_empty_label(convert: Convert) -> None:
    rules = [AREA, ColumnRule("What", "SEX", when={"Kind": ""}), ColumnRule("What", "AGE", when={"Kind": "by age"})]
    lines = (
        "Area | Kind | What | Year | Figure",
        "Niger | | Female | 2020 | 1",
        "Niger | by age | 18 years | 2020 | 2",
    )
    observed = convert(*lines, columns=rules)
    assert (codes(observed, "SEX"), codes(observed, "AGE")) == (["F", "_T"], ["_T", "Y18"])
