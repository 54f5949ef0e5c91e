"""What is wrong with real tables is found at its place, and nothing is said of what is right.

The figures were looked up by hand in the tables.
"""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from tests.acceptance.test_suggestions import CASES

from icstip.checks.results import Answer
from icstip.findings import Finding, Severity
from icstip.reports.validation.report import ValidationReport
from icstip.workflow.checking.validation import Validator
from icstip.workflow.suggestion import Suggester, write_suggestion

TODAY = date(2026, 1, 1)
READING = ("LABEL", "OPEN", "ROW", "TABLE", "FIGURE")


@pytest.fixture(scope="module")
def validator(dsd_folder: Path) -> Validator:
    return Validator(dsd_folder, today=TODAY)


@pytest.fixture(scope="module")
def suggester(dsd_folder: Path) -> Suggester:
    return Suggester(dsd_folder)


def checked(name: str, validator: Validator, suggester: Suggester, shared: Path, folder: Path) -> ValidationReport:
    """Return the report of a table with its draft, as its owner edited it."""
    case = next(one for one in CASES if one.table.endswith(name))
    table = shared / "data" / case.table
    write_suggestion(suggester.suggest(table, constants=case.known), folder / "m")
    for file, old, new in case.edits:
        path = folder / "m" / file
        path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    return validator.validate([table], mapping=str(folder / "m"))


def found(report: ValidationReport) -> Mapping[str, int]:
    """Return how often each code was found, but for what is said of reading."""
    codes = (finding.code for finding in report.report.findings)
    return Counter(code for code in codes if not code.startswith(READING))


def of_code(report: ValidationReport, code: str) -> list[Finding]:
    return [finding for finding in report.report.findings if finding.code == code]


def answers(report: ValidationReport) -> Mapping[str, Mapping[str, int]]:
    """Return how often the totals of all hold, by dimension."""
    return {
        one.dimension: {str(answer): number for answer, number in one.answers.items() if number}
        for file in report.files
        for data in file.datasets
        for one in data.checked.answers
        if one.whole == "_T"
    }


def test_women_and_men_who_are_not_the_total_are_found_in_the_united_kingdom(
    validator: Validator, suggester: Suggester, shared: Path, tmp_path: Path
) -> None:
    report = checked("gb/data_indicator_16-2-2.csv", validator, suggester, shared, tmp_path)
    assert answers(report)["SEX"] == {"holds": 103, "partial": 36, "broken": 4}
    # Children to 14 in 2013: 49 girls (H162) and 29 boys (H305) are 78, but 71 are said to be all (H19).
    first = of_code(report, "SUM-001")[0]
    assert (first.place.cell, first.cells) == ("H19", ("H19", "H162", "H305"))
    assert (first.params["sum"], first.value, first.params["difference"]) == ("78", "71", "7")
    assert [one.place.cell for one in of_code(report, "SUM-001")] == ["H19", "H22", "H23", "H24"]
    # Men from 25 to 34 in 2016: with 321 instead of 312 the ages are all men.
    (digits,) = of_code(report, "SUM-007")
    assert (digits.place.cell, digits.value, digits.params["instead"]) == ("H347", "312", "321")


def test_breakdowns_that_do_not_reach_their_total_are_partial_in_kyrgyzstan(
    validator: Validator, suggester: Suggester, shared: Path, tmp_path: Path
) -> None:
    report = checked("kg/excel_files_16.2.2.xlsx", validator, suggester, shared, tmp_path)
    assert answers(report) == {
        "SEX": {"holds": 5, "partial": 8, "unchecked": 1},
        "AGE": {"holds": 3, "partial": 10, "unchecked": 1},
        "EXPLOITATION": {"partial": 14},
    }
    assert report.count(Severity.ERROR) == 0
    # In 2010 there were 21 victims (D6), and a dash for women, for men, and for those of unknown sex.
    (zeros,) = of_code(report, "SUM-008")
    assert (zeros.place.cell, zeros.value, zeros.params["sum"], zeros.count) == ("D6", "21", "0", 8)


def test_keys_that_repeat_and_totals_that_do_not_fit_are_found_in_the_global_report(
    validator: Validator, shared: Path
) -> None:
    report = validator.validate([shared / "data" / "glotip" / "data_glotip_a.xlsx"], mapping="glotip")
    codes = found(report)
    assert (codes["KEY-001"], codes["KEY-002"]) == (72, 110)
    assert codes["SUM-001"] > 100
    austria = [one for one in of_code(report, "SUM-001") if "REF_AREA=AT" in str(one.params["key"])]
    told = {one.place.cell: (one.params["sum"], one.value) for one in austria}
    # Victims of 2007: twelve citizenships, two of them with "<5", come to at least 112, but 12 are said to be all.
    assert told["L250"] == ("112–120", "12")
    # Adults in contact with the police in 2017: 19 women, 19 men and 47 others, but 66 in all.
    assert told["L553"] == ("85", "66")
    # Nobody says how forms of exploitation are counted: then more of them than victims is no error.
    assert any(one.params["component"] == "EXPLOITATION" for one in of_code(report, "SUM-005"))
    assert all(one.place.cell and one.place.key for one in report.report.findings if one.code.startswith("SUM"))


@pytest.mark.parametrize("name", ["opensdg/jm/data_indicator_16-2-2.csv", "opensdg/hr/data_indicator_16-2-2.csv"])
def test_a_clean_table_gives_no_alarm(
    name: str, validator: Validator, suggester: Suggester, shared: Path, tmp_path: Path
) -> None:
    assert found(checked(name, validator, suggester, shared, tmp_path)) == {}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.table)
def test_no_finding_is_without_place_and_hint(
    case: object, validator: Validator, suggester: Suggester, shared: Path, tmp_path: Path
) -> None:
    report = checked(getattr(case, "table", ""), validator, suggester, shared, tmp_path)
    for finding in report.report.findings:
        assert finding.place.file
        assert finding.hint("ar")
    broken = [one for one in answers(report).values() if one.get(str(Answer.BROKEN))]
    assert bool(broken) == bool({"SUM-001", "SUM-003", "SUM-004"} & found(report).keys())
