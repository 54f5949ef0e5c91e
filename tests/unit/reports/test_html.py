"""The page of a conversion: whole, escaped, self-contained, in four languages."""

import re
from dataclasses import replace

import pytest
from tests.examples.pages import (
    HOSTILE,
    Page,
    assert_can_be_heard,
    assert_is_well_nested,
    assert_needs_nothing_but_itself,
)

from icstip.findings import Balance, Finding, Place, Report
from icstip.reports.conversion import CodeCount, ConversionReport, DataSetSummary, DimensionSummary
from icstip.reports.html import conversion_page
from icstip.texts import LANGUAGES, texts


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def hostile_report(report: ConversionReport, text: str) -> ConversionReport:
    """Return a report that has a text wherever data can bring one."""
    names = {"en": text, "ar": text}
    place = Place(text, text, text, None, text)
    params = {"column": text, "codelist": text, "candidates": text}
    codes = (CodeCount(text, names, 5),)
    dimension = DimensionSummary(text, names, 1, codes)
    label = {"column": text, "component": text, "label": text, "code": text, "how": "repaired", "rows": 1}
    return replace(
        report,
        icstip=text,
        input=dict.fromkeys(report.input, text),
        balance=Balance(5, 5, {}),
        labels=({**label, "also": {text: text}, "note": text},),
        report=Report((Finding("LABEL-001", place, text, params, (text,)),)),
        datasets=(DataSetSummary(text, names, (text,), 5, 5, 0, 0, ((text, 5),), (dimension,)),),
    )


def test_the_page_says_in_a_sentence_what_became_of_the_figures(report: ConversionReport) -> None:
    expected = (
        "19,780 figures were read; 17,900 became observations; 1,880 were set aside, each for a reason given below."
    )
    assert expected in Page(conversion_page(report)).text


def test_the_numbers_of_the_balance_stand_in_one_table_that_adds_up(report: ConversionReport) -> None:
    table = conversion_page(report).split('<table class="balance">')[1].split("</table>")[0]
    figures = [int(cell.replace(",", "")) for cell in re.findall(r'class="number">([\d,]+)<', table)]
    assert figures == [17_900, 17_000, 800, 100, 1_880, 990, 890, 19_780]
    assert "17,900 + 1,880 = 19,780" in Page(table).text


def test_a_balance_that_does_not_add_up_raises_an_alarm(report: ConversionReport) -> None:
    wrong = replace(report, balance=replace(report.balance, figures_read=19_790))
    alarm = "These numbers do not add up"
    assert alarm in conversion_page(wrong)
    assert alarm not in conversion_page(report)


@pytest.mark.parametrize("text", HOSTILE)
def test_what_the_data_bring_is_text_and_nothing_else(report: ConversionReport, text: str) -> None:
    harmless = Page(conversion_page(hostile_report(report, "harmless")))
    page = Page(conversion_page(hostile_report(report, text)))
    assert [tag for tag, _ in page.elements] == [tag for tag, _ in harmless.elements]
    assert page.text.count(text) == harmless.text.count("harmless")
    assert [set(attributes) for _, attributes in page.elements] == [set(given) for _, given in harmless.elements]
    assert not any(str(link["href"]).casefold().startswith("javascript") for link in page.all("a"))


def test_the_page_needs_nothing_but_itself(report: ConversionReport, language: str) -> None:
    assert_needs_nothing_but_itself(conversion_page(report, language))


def test_the_page_is_well_nested_and_each_link_finds_its_place(report: ConversionReport, language: str) -> None:
    assert_is_well_nested(Page(conversion_page(report, language)))


def test_tables_have_headers_with_a_scope_and_pictures_have_words(report: ConversionReport, language: str) -> None:
    assert_can_be_heard(Page(conversion_page(report, language)))


def test_arabic_runs_from_right_to_left_and_the_style_names_no_side_but_for_numbers(report: ConversionReport) -> None:
    source = conversion_page(report, "ar")
    assert Page(source).all("html") == [{"lang": "ar", "dir": "rtl"}]
    assert Page(conversion_page(report, "fr")).all("html") == [{"lang": "fr", "dir": "ltr"}]
    style = source.split("<style>")[1].split("</style>")[0]
    assert re.findall(r"[a-z-]*: ?(?:left|right)\b|(?:left|right):", style) == ["text-align: right"]


def test_codes_and_counts_run_from_left_to_right_in_arabic(report: ConversionReport) -> None:
    page = conversion_page(report, "ar")
    assert '<code dir="ltr">LABEL-001</code>' in page
    assert '<bdi dir="ltr">90.5%</bdi>' in page


def test_the_same_report_gives_the_same_page(report: ConversionReport, language: str) -> None:
    again = replace(report, balance=replace(report.balance, set_aside={"ROW-003": 990, "LABEL-001": 890}))
    assert conversion_page(report, language) == conversion_page(again, language)


def test_a_table_without_figures_has_a_page_too(empty_report: ConversionReport, language: str) -> None:
    page = Page(conversion_page(empty_report, language))
    assert page.misnested == []
    assert texts(language)["report.data.none"] in page.text
    assert texts(language)["report.findings.none"] in page.text
    assert texts(language)["report.attention-none"] in page.text


def test_what_needs_a_person_is_said_at_the_top_with_its_number(report: ConversionReport) -> None:
    top = Page(conversion_page(report)).text.split("What became of the figures")[0]
    assert "Figures set aside because of errors: 890." in top
    assert "Labels that a person should look at: 3." in top


def test_one_figure_set_aside_is_spoken_of_in_the_singular(report: ConversionReport) -> None:
    one = replace(report, balance=Balance(17_901, 17_900, {"LABEL-001": 1}))
    assert "17,900 became observations; one was set aside" in Page(conversion_page(one)).text


def test_cases_beyond_the_first_are_folded_and_those_beyond_the_cap_counted(report: ConversionReport) -> None:
    findings = tuple(Finding("TABLE-001", Place("t.csv", None, f"A{i}"), f"Column {i}") for i in range(1, 208))
    page = conversion_page(replace(report, report=Report(findings)))
    assert "<summary>Further entries: 190</summary>" in page
    assert "Not listed here: 7. The file report.json has all of them." in page


def test_the_page_names_the_file_its_source_and_the_standing_of_the_classification(report: ConversionReport) -> None:
    text = Page(conversion_page(report)).text
    for said in ("victims 2023.xlsx", "Table 4", "UNODC, GLOTIP", "icstip 0.1.0", "ab" * 32, "is a working profile"):
        assert said in text


def test_the_words_of_the_page_are_the_same_in_every_language(language: str) -> None:
    def words(of: str) -> dict[str, list[str]]:
        return {key: sorted(re.findall(r"\{.*?\}", value)) for key, value in texts(of).items() if "report." in key[:7]}

    assert words(language) == words("en")
