"""Findings as CSV: one a record, safe to open."""

import csv
import io

import pytest
from tests.examples.validation_reports import report_of, wrong

from icstip.findings import Finding, Place
from icstip.reports.validation.findings_csv import validation_csv
from icstip.texts import LANGUAGES, text


def _records(content: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.removeprefix("\ufeff"), newline=""), strict=True))


def test_each_finding_is_a_record_with_its_places_and_texts() -> None:
    found = wrong("CODE-002", "B2", "B7", value="X")
    head, record = _records(validation_csv(report_of(found)))
    assert dict(zip(head, record, strict=True)) == {
        "Severity": "Error",
        "Code": "CODE-002",
        "Kind of finding": found.title(),
        "File": "victims.xlsx",
        "Sheet": "Table 1",
        "Cell": "B2",
        "Row or line": "",
        "Key of the observation": "",
        "Value found": "X",
        "How often": "2",
        "All places": "B2, B7",
        "What was found": found.message(),
        "What to do": found.hint(),
    }


def test_a_finding_in_a_message_has_its_line_and_key() -> None:
    found = Finding("DATA-003", Place("m.csv", row=12, key="A.CI"), "many", {"component": "V", "type": "T", "times": 1})
    record = _records(validation_csv(report_of(found, file="m.csv")))[1]
    assert record[4:8] == ["", "", "12", "A.CI"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_headings_and_texts_are_in_the_language(language: str) -> None:
    found = wrong("CODE-002", "B2")
    head, record = _records(validation_csv(report_of(found), language))
    assert head[0] == text("report.findings.severity", language)
    assert record[-2:] == [found.message(language), found.hint(language)]
    assert len(set(head)) == len(head) == len(record)


def test_it_begins_with_a_mark_and_lines_end_as_the_standard_says() -> None:
    content = validation_csv(report_of(wrong("CODE-002", "B2")))
    assert content.startswith("\ufeff")
    assert content.count("\r\n") == 2
    assert content.replace("\r\n", "").count("\n") == 0


@pytest.mark.parametrize("value", ["=1+1", "@x", "+1+1", "-x", '=HYPERLINK("http://x","y")', "\x00=1", "\r=1", "\n=1"])
def test_no_value_is_a_formula(value: str) -> None:
    found = wrong("CODE-002", "B2", value=value, file=value, sheet=value)
    for record in _records(validation_csv(report_of(found, file=value))):
        assert not [cell for cell in record if cell.startswith(tuple("=+-@\t\r\x00"))]


def test_values_with_line_ends_quotes_and_forty_thousand_characters_stay_one_record() -> None:
    found = wrong("CODE-002", "B2", value='a "q", b\nc' + "x" * 40_000)
    (record,) = _records(validation_csv(report_of(found)))[1:]
    assert record[8].startswith('a "q", b\nc')
    assert len(record[8]) == 32_767
