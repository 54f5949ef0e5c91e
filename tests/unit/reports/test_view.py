"""What the page of a conversion shows, and in which order."""

from dataclasses import replace

import pytest

from icstip.findings import Balance, Finding, Place, Report, Severity
from icstip.reports.conversion import ConversionReport
from icstip.reports.parts.causes import FIRST_CASES, LISTED_CASES, Cause
from icstip.reports.scales import BAR
from icstip.reports.view import (
    LISTED_CODES,
    LISTED_LABELS,
    adds_up,
    balance_parts,
    causes_of,
    data_set_view,
    label_groups,
)

FILE, SHEET = "victims 2023.xlsx", "Table 4"


def column_not_used(value: str, place: Place) -> Finding:
    return Finding("TABLE-001", place, value)


def causes_with(report: ConversionReport, *findings: Finding, language: str = "en") -> tuple[Cause, ...]:
    return causes_of(replace(report, report=Report.of(findings)), language)


def test_the_parts_of_the_balance_are_all_figures_and_fill_the_bar(report: ConversionReport) -> None:
    observations, aside = balance_parts(report, "en")
    assert [part.figures for part in observations] == [17_000, 800, 100]
    assert [(part.code, part.figures) for part in aside] == [("ROW-003", 990), ("LABEL-001", 890)]
    parts = (*observations, *aside)
    assert sum(part.figures for part in parts) == report.balance.figures_read
    assert sum(part.width for part in parts) == pytest.approx(BAR)


def test_a_balance_adds_up_only_down_to_the_data_sets(report: ConversionReport) -> None:
    assert adds_up(report)
    assert not adds_up(replace(report, balance=Balance(19_781, 17_900, report.balance.set_aside)))
    assert not adds_up(replace(report, datasets=()))
    assert not adds_up(replace(report, datasets=(replace(report.datasets[0], missing=99),)))


def test_causes_stand_with_errors_first_although_others_set_more_aside(report: ConversionReport) -> None:
    causes = causes_of(report, "en")
    assert [(cause.code, cause.severity) for cause in causes] == [
        ("LABEL-001", Severity.ERROR),
        ("ROW-003", Severity.INFO),
    ]
    assert (causes[0].cases, causes[0].cells, causes[0].set_aside) == (2, 892, 890)


def test_within_a_cause_what_concerns_most_cells_comes_first(report: ConversionReport) -> None:
    first = causes_of(report, "en")[0].first
    assert [case.value for case in first] == ["Atlantis", "Phillipines"]
    assert first[0].ranges == ("F20:F909",)


def test_a_hint_that_all_cases_share_is_said_once_and_others_with_their_case(report: ConversionReport) -> None:
    place = Place(FILE, SHEET, "A1")
    shared = causes_of(report, "en")[0]
    assert shared.hint
    assert {case.hint for case in shared.first} == {""}
    rows = [Finding("ROW-001", place, "x", {"component": component}) for component in ("SEX", "AGE")]
    (differing,) = causes_with(report, *rows)
    assert differing.hint == ""
    assert [case.hint for case in differing.first] == [row.hint() for row in rows]


def test_cases_beyond_the_cap_are_counted_not_listed(report: ConversionReport) -> None:
    findings = [column_not_used(f"Column {i}", Place(FILE, SHEET, f"A{i}")) for i in range(1, LISTED_CASES + 8)]
    (cause,) = causes_with(report, *findings)
    assert len(cause.first) == FIRST_CASES
    assert len(cause.first) + len(cause.further) == LISTED_CASES
    assert cause.unlisted == 7


def test_file_and_sheet_are_named_only_where_they_are_others(report: ConversionReport) -> None:
    findings = [
        column_not_used("a", Place(FILE, SHEET, "A1")),
        column_not_used("b", Place(FILE, "Notes", "A2")),
        column_not_used("c", Place("codes.csv", None, None, 3)),
    ]
    (cause,) = causes_with(report, *findings)
    shown = {case.value: (case.elsewhere, case.ranges, case.row) for case in cause.first}
    assert shown == {
        "a": ("", ("A1",), None),
        "b": ("Notes", ("A2",), None),
        "c": ("codes.csv", (), 3),
    }


def test_cells_that_are_not_shown_are_counted(report: ConversionReport) -> None:
    cells = tuple(f"A{row}" for row in range(1, 21, 2))
    (cause,) = causes_with(report, Finding("TABLE-001", Place(FILE, SHEET, "A1"), "x", {}, cells))
    (case,) = cause.first
    assert len(case.ranges) + case.more_cells == 10
    assert case.more_cells > 0


@pytest.mark.parametrize(
    ("language", "value", "expected"),
    [
        ("en", "12 nigériens", "12 nigériens"),
        ("en", "العراق", "\u2068العراق\u2069"),
        ("ar", "12 x", "\u206812 x\u2069"),
    ],
)
def test_a_value_of_another_direction_is_isolated_in_the_message_and_left_as_it_is_in_its_column(
    report: ConversionReport, language: str, value: str, expected: str
) -> None:
    (cause,) = causes_with(report, column_not_used(value, Place(FILE, SHEET, "A1")), language=language)
    (case,) = cause.first
    assert case.value == value
    assert expected in case.message


def test_labels_to_look_at_are_apart_the_least_sure_first(report: ConversionReport) -> None:
    (group,) = label_groups(report, "en")
    assert [line.how for line in group.look_at.lines] == ["unresolved", "suggested", "repaired"]
    assert [line.label for line in group.rest.lines] == ["Viet Nam"]
    assert group.hows == (("name", 1), ("repaired", 1), ("suggested", 1), ("unresolved", 1))
    assert group.name == "Citizenship"


def test_labels_beyond_the_cap_are_counted_not_listed(report: ConversionReport) -> None:
    many = tuple({**report.labels[1], "label": f"Label {i}"} for i in range(LISTED_LABELS + 5))
    (group,) = label_groups(replace(report, labels=many), "en")
    assert (len(group.look_at.lines), group.look_at.count) == (LISTED_LABELS, LISTED_LABELS + 5)


def test_a_label_has_the_name_of_its_code(report: ConversionReport) -> None:
    label = {**report.labels[0], "component": "SEX", "code": "F", "label": "female", "name": "Féminin"}
    (group,) = label_groups(replace(report, labels=(label,)), "fr")
    assert group.rest.lines[0].name == "Féminin"


def test_the_chart_of_periods_has_a_column_for_each_year_and_a_scale_above_them(report: ConversionReport) -> None:
    view = data_set_view(report.datasets[0], "en")
    assert [(column.period, column.height) for column in view.columns] == [("2019", 90), ("2020", 0), ("2021", 89)]
    assert view.ticks[-1] == (10_000, 100.0)
    assert view.peak is not None
    assert view.peak.period == "2019"


def test_a_breakdown_adds_up_to_the_observations(report: ConversionReport) -> None:
    sex, citizenship = data_set_view(report.datasets[0], "en").breakdowns
    assert [row.width for row in sex.rows] == [100, 70]
    assert (sex.other_codes, sex.other_observations) == (1, 900)
    assert (len(citizenship.rows), citizenship.other_codes) == (LISTED_CODES, 7)
    for breakdown in (sex, citizenship):
        assert sum(row.observations for row in breakdown.rows) + breakdown.other_observations == 17_900


def test_a_data_set_without_periods_has_no_chart(report: ConversionReport) -> None:
    view = data_set_view(replace(report.datasets[0], periods=(), dimensions=()), "en")
    assert view.columns == ()
    assert view.peak is None


def test_a_name_that_is_missing_in_the_language_is_english_and_without_any_the_code(report: ConversionReport) -> None:
    sex, citizenship = data_set_view(report.datasets[0], "ar").breakdowns
    assert [row.name for row in sex.rows] == ["أنثى", "Male"]
    assert citizenship.rows[0].name == citizenship.rows[0].code
