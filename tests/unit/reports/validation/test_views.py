"""What the drawings of a validation show: totals, series, breakdowns, rules, the findings by cause."""

from dataclasses import replace

import pytest
from tests.examples.validation import (
    YEARS,
    outliers,
    part,
    total,
    validation_of_a_message,
    validation_of_a_table,
    validation_of_many,
    victims,
)

from icstip.checks.results import Answer, Coverage, Reason, Total, Totals
from icstip.checks.settings import RuleSettings
from icstip.findings import Severity
from icstip.reports.parts.bars import figure_parts
from icstip.reports.scales import BAR
from icstip.reports.validation.views.coverage import LEVELS, MOST_PERIODS, PERIODS_ABREAST, coverage_view
from icstip.reports.validation.views.found import LISTED_IN_ALL, causes_found
from icstip.reports.validation.views.naming import Naming, shared
from icstip.reports.validation.views.rules import rules_view
from icstip.reports.validation.views.series import HEIGHT, MOST_POINTS, WIDTH, chart
from icstip.reports.validation.views.totals import (
    LISTED_PARTS,
    TotalDrawing,
    TotalView,
    holds_rows,
    instead_of,
    interval,
    worst_first,
)

YEAR = {"TIME_PERIOD": "2020"}


@pytest.fixture
def naming() -> Naming:
    return Naming(victims(), "en")


def view_of(drawn: Total, naming: Naming) -> TotalView:
    return TotalDrawing(naming, RuleSettings(), {}, frozenset()).view(drawn)


def of_sex(whole: tuple[float, float | None], women: tuple[float, float | None], code: str) -> Total:
    """Return a total of women and ten men."""
    parts = (part("F", "C9", *women), part("M", "D9", 10))
    return total("SEX", YEAR, part("_T", "B9", *whole), parts, code)


@pytest.mark.parametrize(
    ("low", "high", "written"), [(90, 90, "90"), (1, 4, "1–4"), (5, None, "≥ 5"), (1200, 1300.5, "1,200–1,300.5")]
)
def test_a_figure_is_written_with_its_bounds(low: float, high: float | None, written: str) -> None:
    assert interval(low, high, "en") == written


@pytest.mark.parametrize(
    ("whole", "women", "code", "kind", "difference"),
    [
        ((20, 20), (5, 5), "SUM-003", "missing", "5"),
        ((20, 20), (1, 4), "SUM-003", "missing", "6–9"),
        ((20, None), (1, 4), "SUM-003", "missing", "≥ 6"),
        ((12, 12), (5, 5), "SUM-001", "over", "3"),
        ((12, 12), (5, None), "SUM-001", "over", "≥ 3"),
        ((20, 20), (5, 5), "SUM-002", "rest", "5"),
        ((20, 20), (5, 12), "SUM-002", "rest", "0–5"),
        ((7, 7), (0, 0), "SUM-004", "larger", ""),
        ((7, 7), (0, 0), "SUM-006", "later", ""),
        ((15, 15), (5, 5), "SUM-003", "other", ""),
    ],
)
def test_the_difference_between_parts_and_total_follows_from_their_bounds(
    whole: tuple[float, float | None],
    women: tuple[float, float | None],
    code: str,
    kind: str,
    difference: str,
    naming: Naming,
) -> None:
    view = view_of(of_sex(whole, women, code), naming)
    assert (view.kind, view.difference) == (kind, difference)


def test_only_a_part_larger_than_its_total_is_marked(naming: Naming) -> None:
    view = view_of(of_sex((7, 7), (0, 0), "SUM-004"), naming)
    assert [(line.name, line.mark) for line in (*view.parts, view.whole)] == [
        ("Female", ""),
        ("Male", "larger"),
        ("Total", ""),
    ]


def test_a_figure_with_a_digit_exchanged_says_what_it_may_be(naming: Naming) -> None:
    checked = validation_of_a_table().files[0].datasets[0].checked
    drawing = TotalDrawing(naming, RuleSettings(), instead_of(checked.findings), frozenset())
    view = drawing.view(next(total for total in checked.totals if total.code == "SUM-004"))
    assert view.whole.instead == "86"


def test_parts_that_are_not_listed_are_added_up(naming: Naming) -> None:
    parts = tuple(part(f"A{i}", f"C{i}", i) for i in range(1, LISTED_PARTS + 9))
    view = view_of(total("CITIZENSHIP", YEAR, part("_T", "C99", 1), parts, "SUM-001"), naming)
    assert len(view.parts) + view.others == len(parts)
    listed = sum(int(line.figure) for line in view.parts)
    assert listed + int(view.others_sum) == sum(one.low for one in parts)
    assert "1 + 2 + 3 + 4 + 5 + 6 + … + 20 = 210" in view.sentence


def test_cells_beside_each_other_are_drawn_beside_each_other(naming: Naming) -> None:
    row = of_sex((20, 20), (5, 5), "SUM-003")
    assert view_of(row, naming).in_row
    below = replace(row, whole=part("_T", "C11", 20))
    assert not view_of(below, naming).in_row


def test_broken_totals_come_before_partial_ones() -> None:
    partial, broken = of_sex((20, 20), (5, 5), "SUM-002"), of_sex((20, 20), (5, 5), "SUM-003")
    assert worst_first([partial, broken]) == [broken, partial]


def test_every_answer_is_counted_and_the_bar_is_full(naming: Naming) -> None:
    answers = {Answer.HOLDS: 5, Answer.UNCHECKED: 2}
    (row,) = holds_rows([Totals("SEX", "_T", answers, {Reason.HIDDEN: 2, Reason.NO_TOTAL: 0})], naming)
    assert row.counts == (5, 0, 0, 2)
    assert sum(width for _, width in row.bars) == pytest.approx(BAR)
    assert row.reasons == (("hidden", 2),)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_chart_lies_within_its_picture_and_marks_its_figure(language: str) -> None:
    for outlier in outliers():
        drawn = chart(outlier, Naming(victims(), language), frozenset())
        assert drawn.marked.period == outlier.period
        assert [point.period for point in drawn.points] == list(YEARS)
        for point in drawn.points:
            assert 0 < point.x < WIDTH
            assert point.y is None or 0 < point.y < HEIGHT
        assert 0 < drawn.band.x < drawn.band.x + drawn.band.width <= WIDTH
        assert 0 < drawn.band.y < drawn.band.y + drawn.band.height < HEIGHT


def test_a_period_without_a_figure_breaks_the_line(naming: Naming) -> None:
    whole, broken = (chart(outlier, naming, frozenset()) for outlier in outliers())
    assert len(whole.lines) == 1
    assert len(broken.lines) == 2


def test_a_long_series_says_how_much_of_it_is_not_drawn_and_never_leaves_the_figure_out(naming: Naming) -> None:
    points = tuple((f"{1990 + i // 12}-{i % 12 + 1:02}", float(i % 7)) for i in range(MOST_POINTS + 30))
    far = replace(outliers()[0], points=points, period=points[-2][0])
    drawn = chart(far, naming, frozenset())
    assert (drawn.earlier, len(drawn.points)) == (30, MOST_POINTS)
    assert [point.label for point in drawn.points if point.label] == [points[30][0], points[-2][0]]
    early = chart(replace(far, period=points[3][0]), naming, frozenset())
    assert early.earlier == 3
    assert early.marked.period == points[3][0]


def test_a_breakdown_is_shaded_by_its_share_and_absent_only_where_expected(naming: Naming) -> None:
    counts = {"SEX": (0, 10, 1, 0), "AGE": (0, 5, 0, 0), "MEANS": (0, 0, 0, 0)}
    coverage = Coverage(("2019", "2020", "2021", "2022"), counts, (10, 10, 10, 0), frozenset({"SEX"}))
    view = coverage_view(coverage, naming)
    ((sex, age),) = [matrix.rows for matrix in view.matrices]
    assert [(cell.level, cell.absent) for cell in sex.cells] == [(0, True), (LEVELS, False), (1, False), (0, False)]
    assert [(cell.level, cell.absent) for cell in age.cells] == [(0, False), (2, False), (0, False), (0, False)]
    assert view.unused == ("Means",)
    assert view.absent == 1


def test_periods_stand_as_many_abreast_as_fit_and_the_earliest_are_counted(naming: Naming) -> None:
    periods = tuple(str(1900 + i) for i in range(MOST_PERIODS + 3))
    many = (1,) * len(periods)
    view = coverage_view(Coverage(periods, {"SEX": many}, many), naming)
    assert view.earlier == 3
    assert tuple(period for matrix in view.matrices for period in matrix.periods) == periods[3:]
    assert max(len(matrix.periods) for matrix in view.matrices) == PERIODS_ABREAST


def test_names_are_in_the_language_and_totals_are_not_named() -> None:
    naming = Naming(victims(), "fr")
    assert naming.key({"SEX": "F", "AGE": "_T", "TIME_PERIOD": "2020"}) == (("Sexe", "Féminin"), ("Période", "2020"))
    assert naming.component("UNKNOWN") == "UNKNOWN"
    assert naming.code("SEX", "unknown") == "unknown"


def test_what_all_drawings_share_is_what_each_of_them_has() -> None:
    assert shared([{"A": "1", "B": "2"}, {"A": "1", "B": "3"}, {"A": "1"}]) == {"A": "1"}
    assert shared([{"A": "1"}]) == {}


def test_findings_told_together_belong_to_the_cause_that_they_are_of() -> None:
    revised, gone = causes_found(validation_of_a_message(), "en")
    assert (revised.code, revised.cases, revised.cells, revised.unlisted) == ("PREVIOUS-002", 38, 41, 37)
    assert (gone.code, gone.cases, gone.unlisted) == ("PREVIOUS-003", 1, 0)


def test_of_very_many_findings_so_many_are_listed_that_the_page_stays_small() -> None:
    causes = causes_found(validation_of_many(), "en")
    listed = [len(cause.first) + len(cause.further) for cause in causes]
    assert LISTED_IN_ALL - len(causes) <= sum(listed) <= LISTED_IN_ALL
    assert sum(listed) + sum(cause.unlisted for cause in causes) == 5_000


def test_a_finding_of_another_weight_is_a_cause_of_its_own() -> None:
    report = validation_of_a_message()
    (file,) = report.files
    usual = file.datasets[0].checked.findings[0]
    both = replace(file, datasets=(), findings=(usual, replace(usual, weight=Severity.ERROR)))
    causes = causes_found(replace(report, files=(both,)), "en")
    assert [(cause.severity, cause.anchor) for cause in causes] == [
        (Severity.ERROR, "PREVIOUS-002-error"),
        (Severity.WARNING, "PREVIOUS-002"),
    ]


def test_an_observation_without_cell_and_line_is_found_by_its_key() -> None:
    causes = causes_found(validation_of_a_message(), "en")
    assert [(case.row, case.key) for cause in causes for case in cause.first] == [
        (412, ""),
        (None, "A.KE.VIC_DET.NUMBER.F._T"),
    ]


def test_rules_say_what_is_not_as_usual() -> None:
    report = validation_of_a_table()
    view = rules_view(report, causes_found(report, "en"), "en")
    assert [(rule.code, rule.severity, rule.usual) for rule in view.changed] == [
        ("SUM-003", Severity.ERROR, Severity.WARNING)
    ]
    assert [(limit.value, limit.usual) for limit in view.limits if limit.usual] == [("4", "5")]
    assert sum(rule.found for rule in view.applied) == len(report.report)


def test_the_bar_of_a_message_is_full_without_anything_set_aside() -> None:
    observations, aside = figure_parts(validation_of_a_message().files[0].datasets, {}, "en")
    assert [one.figures for one in observations] == [9, 2, 1]
    assert sum(one.width for one in observations) == pytest.approx(BAR)
    assert aside == ()
