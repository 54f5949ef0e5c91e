"""The page of a validation: whole, escaped, counted to the last finding, in four languages."""

import re
from collections.abc import Mapping
from dataclasses import replace

import pytest
from tests.examples.pages import (
    HOSTILE,
    Page,
    assert_can_be_heard,
    assert_is_well_nested,
    assert_needs_nothing_but_itself,
)
from tests.examples.validation import (
    validation_of_a_message,
    validation_of_a_table,
    validation_of_many,
    validation_without_findings,
)

from icstip.checks.results import Checked, Coverage, Outlier, Part, Total
from icstip.checks.settings import RuleSettings
from icstip.findings import Balance, Finding, Place, Severity
from icstip.reports.validation.page import MOST_CHARTS, MOST_TOTALS, validation_page
from icstip.reports.validation.report import DataSetReport, FileReport, ValidationReport
from icstip.schema import ArtefactKey, Column, Schema
from icstip.standard.model import Role
from icstip.texts import LANGUAGES, texts

REPORTS: Mapping[str, ValidationReport] = {
    "table": validation_of_a_table(),
    "message": validation_of_a_message(),
    "clean": validation_without_findings(),
}


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(params=sorted(REPORTS))
def report(request: pytest.FixtureRequest) -> ValidationReport:
    return REPORTS[str(request.param)]


def hostile_report(text: str) -> ValidationReport:
    """Return a report that has a text wherever data can bring one."""
    names = {"en": text, "ar": text}
    place = Place(text, text, text, None, text)
    column = Column(text, Role.DIMENSION, None, None, text, None, (), mandatory=True, name=names)
    schema = Schema(ArtefactKey(text, text, text), None, (replace(column, code_names={text: names}),), name=names)
    part, key = Part(text, 1, 4, place), {text: text, f"{text} ": text}
    parts = (part, replace(part, low=9, high=9))
    sums = [Total(text, key, part, parts, answer, code) for answer, code in _ANSWERS]
    found = Finding("SUM-007", place, text, {"key": text, "instead": text}, (text,))
    far = Outlier(key, ((text, 5.0), (f"{text} ", None), (f"{text}  ", 90.0)), text, 1, 2, place)
    settings = RuleSettings({}, {"SUM-003": text}, file=text)
    coverage = Coverage((text,), {text: (1,)}, (2,), frozenset({text}))
    checked = Checked((found,), (), settings, tuple(sums), (), (far, far), coverage)
    data = DataSetReport(schema, 1, 1, 0, 0, checked)
    file = FileReport(text, text, text, text, text, Balance(1, 1, {}), (data, data), (found,))
    return ValidationReport(text, settings, ("SUM-001",), (file, file), text)


_ANSWERS = tuple((total.answer, total.code) for total in validation_of_a_table().files[0].datasets[0].checked.totals)


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_what_the_data_bring_is_text_and_nothing_else(text: str, language: str) -> None:
    word = "h" * len(text)
    harmless = Page(validation_page(hostile_report(word), language))
    page = Page(validation_page(hostile_report(text), language))
    assert [tag for tag, _ in page.elements] == [tag for tag, _ in harmless.elements]
    assert page.text.count(text) == harmless.text.count(word)
    assert [set(attributes) for _, attributes in page.elements] == [set(given) for _, given in harmless.elements]
    assert all(str(link["href"]).startswith("#") for link in page.all("a"))


def test_the_page_needs_nothing_but_itself(report: ValidationReport, language: str) -> None:
    assert_needs_nothing_but_itself(validation_page(report, language))


def test_the_page_is_well_nested_and_each_link_finds_its_place(report: ValidationReport, language: str) -> None:
    assert_is_well_nested(Page(validation_page(report, language)))


def test_tables_have_headers_with_a_scope_and_pictures_have_words(report: ValidationReport, language: str) -> None:
    assert_can_be_heard(Page(validation_page(report, language)))


def test_arabic_runs_from_right_to_left_and_the_style_names_no_side_but_for_numbers() -> None:
    source = validation_page(REPORTS["table"], "ar")
    assert Page(source).all("html") == [{"lang": "ar", "dir": "rtl"}]
    style = source.split("<style>")[1].split("</style>")[0]
    assert re.findall(r"[a-z-]*: ?(?:left|right)\b|(?:left|right):", style) == ["text-align: right"]


def test_time_in_a_chart_runs_as_the_language_is_read() -> None:
    def places(language: str) -> list[float]:
        chart = validation_page(REPORTS["table"], language).split('<svg class="curve"')[1].split("</svg>")[0]
        return [float(x) for x in re.findall(r'<circle[^>]* cx="([\d.]+)"', chart)]

    assert places("en") == sorted(places("en"))
    assert places("ar") == sorted(places("ar"), reverse=True)


def test_arithmetic_codes_and_cells_run_from_left_to_right_in_arabic() -> None:
    page = validation_page(REPORTS["table"], "ar")
    assert "\u206660 + 30 = 90\u2069" in page
    assert '<code dir="ltr">SUM-003</code>' in page
    assert '<bdi dir="ltr" class="address">C10</bdi>' in page


def test_the_same_report_gives_the_same_page(language: str) -> None:
    assert validation_page(validation_of_a_table(), language) == validation_page(validation_of_a_table(), language)


def test_the_page_says_first_what_to_make_of_it_and_how_much_there_is(language: str) -> None:
    words = texts(language)
    for name, verdict in (("table", "error"), ("message", "warning"), ("clean", "clean")):
        top = Page(validation_page(REPORTS[name], language)).text.split(words["validation.balance.lead"])[0]
        assert words[f"validation.verdict.{verdict}"] in top
    tallies = re.findall(r'class="count(?: none)?">(\d+)<', validation_page(REPORTS["table"], language))
    assert tallies == [str(REPORTS["table"].count(severity)) for severity in Severity]


@pytest.mark.parametrize("count", [0, 7, 5_000])
def test_every_finding_is_listed_or_counted(count: int) -> None:
    report = validation_of_many(count)
    page = validation_page(report)
    causes = page.split('<section aria-labelledby="findings">')[1].split('<section aria-labelledby="rules">')[0]
    stated = [int(found.replace(",", "")) for found in re.findall(r"Findings: ([\d,]+) ", causes)]
    listed = causes.count('<td class="place">')
    unlisted = [int(found.replace(",", "")) for found in re.findall(r"Not listed here: ([\d,]+)\.", causes)]
    assert sum(stated) == len(report.report) == count
    assert listed + sum(unlisted) == count


def test_findings_that_are_told_together_are_counted_with_their_cause() -> None:
    page = Page(validation_page(REPORTS["message"])).text
    assert REPORTS["message"].count(Severity.WARNING) == 39
    assert "Findings: 38 · Places: 41" in page
    assert "Not listed here: 37." in page


def test_totals_and_series_that_are_not_drawn_are_counted() -> None:
    report = validation_of_many(0)
    page = validation_page(report)
    checked = report.files[0].datasets[0].checked
    assert page.count('class="sum') == MOST_TOTALS
    assert page.count('class="curve"') == MOST_CHARTS
    assert f"not drawn here: {len(checked.totals) - MOST_TOTALS:,}." in page
    assert f"not drawn here: {len(checked.outliers) - MOST_CHARTS:,}." in page


def test_a_page_with_very_many_findings_stays_small(language: str) -> None:
    assert len(validation_page(validation_of_many(5_000), language).encode()) < 1_000_000


def test_a_broken_total_shows_its_cells_and_the_arithmetic() -> None:
    page = Page(validation_page(REPORTS["table"])).text
    assert "60 + 30 = 90, but the total is 100: 10 missing." in page
    assert "48 + 31 + (1–4) + 6 = 86–89, but the total is 100: 11–14 missing." in page
    assert "“Female” has 86, and “Total” only 68." in page
    for cell in ("B9", "C9", "D9"):
        assert cell in page


def test_a_breakdown_that_is_expected_but_absent_is_marked_by_a_word_too() -> None:
    page = validation_page(REPORTS["table"])
    assert re.findall(r'<td class="absent">(.*?)</td>', page) == ["✕ absent"] * 3


def test_a_message_has_its_observations_instead_of_a_balance() -> None:
    page = Page(validation_page(REPORTS["message"])).text
    assert "Observations checked" in page
    assert "Set aside, not checked" not in page
    assert "victims_2021.xml" in page


def test_a_report_without_findings_calls_for_nothing(language: str) -> None:
    page = Page(validation_page(REPORTS["clean"], language)).text
    words = texts(language)
    for key in ("validation.steps.nothing", "report.findings.none", "validation.totals.none"):
        assert words[key] in page


def test_a_balance_that_does_not_add_up_raises_an_alarm() -> None:
    report = validation_of_a_table()
    (file,) = report.files
    wrong = replace(report, files=(replace(file, balance=Balance(256, 230, {"KEY-002": 2})),))
    assert "These numbers do not add up" in validation_page(wrong)
    assert "These numbers do not add up" not in validation_page(report)


def test_rules_are_shown_with_what_was_changed_and_why() -> None:
    page = Page(validation_page(REPORTS["table"])).text
    assert "Three small tables repeat on purpose" in page
    assert "Rules applied: 24; of these with another weight than usual: 1. Rules switched off: 1." in page
    assert "rules_kenya.toml" in page


def test_several_files_are_named_with_what_was_found_in_them(language: str) -> None:
    both = replace(REPORTS["table"], files=(*REPORTS["table"].files, *REPORTS["message"].files))
    page = Page(validation_page(both, language))
    assert page.misnested == []
    assert "victims.xlsx, victims_2022.xml" in page.text
    assert "victims.xlsx!Table 4" in page.text


def test_nothing_checked_has_a_page_too(language: str) -> None:
    page = Page(validation_page(ValidationReport("0", RuleSettings(), (), ()), language))
    assert page.misnested == []
