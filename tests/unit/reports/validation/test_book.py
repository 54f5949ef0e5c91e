"""A validation as a workbook: comments at exactly the cells with findings, in sheets that are those of the table."""

from pathlib import Path

import pytest
from tests.examples.validation_reports import FILE, SHEET, Book, grid_of, report_of, wrong

from icstip.errors import OutputError
from icstip.findings import Finding, Place
from icstip.reports.validation.book import write_validation_book
from icstip.reports.validation.report import ValidationReport
from icstip.reports.validation.sheets.comments import comment_size
from icstip.tables.grid import Area, Grid
from icstip.texts import LANGUAGES, text

TABLE = grid_of(["Sex", "2020"], ["Femal", "12"], ["Male", "007"], [None, "-0.5"])
ERROR, WARNING = wrong("CODE-002", "A2", value="Femal"), wrong("FIGURE-003", "B2", "A2", value="12")
HOSTILE = ["=1+1", "@x", "+1", "-x", "{=1}", "\x00\x1b", "_x0041_", "http://example.org", "file:///x", "x" * 40_000]


def _book(folder: Path, report: ValidationReport, *grids: Grid, language: str = "en") -> Book:
    path = folder / "report.xlsx"
    write_validation_book(report, path, grids, language)
    return Book(path)


def test_values_are_what_they_were_numbers_as_numbers_and_texts_as_texts(tmp_path: Path) -> None:
    book = _book(tmp_path, report_of(ERROR, WARNING), TABLE)
    assert book.names == ["Summary", "Findings", SHEET]
    assert book.values(SHEET) == {
        "A1": "Sex",
        "B1": 2020.0,
        "A2": "Femal",
        "B2": 12.0,
        "A3": "Male",
        "B3": "007",
        "B4": -0.5,
    }


def test_exactly_the_cells_with_findings_have_comments_and_fills_by_the_most_severe(tmp_path: Path) -> None:
    book = _book(tmp_path, report_of(WARNING, ERROR), TABLE)
    comments, styles = book.comments(SHEET), book.styles(SHEET)
    assert set(comments) == {"A2", "B2"}
    assert {cell for cell, style in styles.items() if style != "0"} == {"A2", "B2"}
    assert styles["A2"] != styles["B2"]


def test_a_comment_says_of_each_finding_what_it_is_what_is_wrong_and_what_to_do(tmp_path: Path) -> None:
    for language in LANGUAGES:
        said = _book(tmp_path, report_of(WARNING, ERROR), TABLE, language=language).comments(SHEET)["A2"]
        told = [
            part
            for one in (ERROR, WARNING)
            for part in (one.title(language), one.message(language), one.hint(language))
        ]
        places = [said.index(part) for part in told]
        assert places == sorted(places)


def test_a_cell_with_a_finding_but_no_text_is_coloured_too(tmp_path: Path) -> None:
    book = _book(tmp_path, report_of(wrong("CODE-002", "A4", "D9")), TABLE)
    assert set(book.comments(SHEET)) == {"A4", "D9"}
    assert "A4" not in book.values(SHEET)


def test_what_is_about_a_row_stands_at_its_first_text_and_what_is_about_the_sheet_at_no_cell(tmp_path: Path) -> None:
    row = Finding("CODE-002", Place(FILE, SHEET, row=4), "x", ERROR.params)
    sheet = Finding("CODE-002", Place(FILE, SHEET), "y", ERROR.params)
    elsewhere = wrong("CODE-002", "A1", sheet="Other")
    assert set(_book(tmp_path, report_of(row, sheet, elsewhere), TABLE).comments(SHEET)) == {"B4"}


def test_merged_cells_are_merged_and_a_finding_in_any_of_them_stands_where_it_is_seen(tmp_path: Path) -> None:
    areas = (Area(1, 1, 2, 1), Area(1, 1, 1, 2), Area(2, 2, 99, 3), Area(1, 4, 1, 4))  # overlapping, too wide, of one
    grid = grid_of(["Title", None], ["a", "b"], ["c", None], ["d", "e"], merged=areas)
    book = _book(tmp_path, report_of(wrong("CODE-002", "B1", "B3")), grid)
    assert '<mergeCells count="2"><mergeCell ref="A1:B1"/><mergeCell ref="B2:B3"/></mergeCells>' in book.part(SHEET)
    assert set(book.comments(SHEET)) == {"A1", "B2"}
    assert book.values(SHEET)["A1"] == "Title"


def test_hidden_rows_and_columns_stay_hidden_unless_something_was_found_there(tmp_path: Path) -> None:
    grid = grid_of(["a", "b"], ["c", "d"], ["e", "f"], hidden_rows=frozenset({2, 3}), hidden_columns=frozenset("AB"))
    part = _book(tmp_path, report_of(wrong("CODE-002", "A2")), grid).part(SHEET)
    assert [
        f'<row r="{row}"' in part and 'hidden="1"' in part.split(f'<row r="{row}"')[1].split(">")[0]
        for row in (1, 2, 3)
    ] == [
        False,
        False,
        True,
    ]
    assert 'hidden="1"' not in part.split('<col min="1"')[1].split("/>")[0]
    assert 'hidden="1"' in part.split('<col min="2"')[1].split("/>")[0]


def test_hostile_values_stay_texts_wherever_they_stand(tmp_path: Path) -> None:
    findings = [wrong("CODE-002", f"A{row}", value=value) for row, value in enumerate(HOSTILE, 1)]
    names = [wrong("CODE-002", "A1", value="x", file=value[:50], sheet=value[:50]) for value in HOSTILE]
    grids = [grid_of(*([value] for value in HOSTILE)), *(grid_of(["x"], file=v[:50], sheet=v[:50]) for v in HOSTILE)]
    book = _book(tmp_path, report_of(*findings, *names, off={"SUM-001": "=1+1"}), *grids)
    assert not book.has_formulas
    values = book.values(SHEET)
    assert values["A1"] == "=1+1"
    assert values["A7"] in {"_x0041_", "_x005F_x0041_"}  # escaped, so that nobody takes it for a letter
    assert len(str(values["A10"])) == 32_767
    assert all(len(comment) <= 32_767 for comment in book.comments(SHEET).values())
    assert len(book.comments(SHEET)) == len(HOSTILE)


def test_equal_reports_give_equal_bytes_without_a_clock(tmp_path: Path) -> None:
    written = []
    for name in ("a.xlsx", "b.xlsx"):
        write_validation_book(report_of(ERROR, WARNING), tmp_path / name, [TABLE], "en")
        written.append((tmp_path / name).read_bytes())
    assert written[0] == written[1]
    assert {date[0] for date in Book(tmp_path / "a.xlsx").dates} == {1980}


def test_in_arabic_the_report_runs_from_the_right_and_a_table_as_its_own_texts_do(tmp_path: Path) -> None:
    arabic = grid_of(["الجنس", "2020"], sheet="الجدول")
    book = _book(tmp_path, report_of(ERROR), TABLE, arabic, language="ar")
    right = {name: 'rightToLeft="1"' in book.part(name) for name in book.names}
    assert list(right.values()) == [True, True, False, True]
    assert 'rightToLeft="1"' not in _book(tmp_path, report_of(ERROR), TABLE).part("Findings")


def test_of_very_many_cells_the_most_severe_have_comments_and_the_rest_is_told(tmp_path: Path) -> None:
    many = [f"A{row}" for row in range(1, 2_101)]
    book = _book(tmp_path, report_of(wrong("FIGURE-003", *many), wrong("CODE-002", "B2100")), TABLE)
    comments = book.comments(SHEET)
    assert len(comments) == 2_000
    assert "B2100" in comments
    assert "A2000" not in comments
    assert "101 coloured cells have no comment" in book.texts("Summary")
    assert sum(style != "0" for style in book.styles(SHEET).values()) == 2_101


def test_the_comment_of_a_cell_with_very_many_findings_says_how_many_more_there_are(tmp_path: Path) -> None:
    many = [wrong("CODE-002", "A2", value=f"x{number}") for number in range(20)]
    assert "Further findings in this cell: 12." in _book(tmp_path, report_of(*many), TABLE).comments(SHEET)["A2"]


def test_cells_that_no_workbook_has_are_told(tmp_path: Path) -> None:
    book = _book(tmp_path, report_of(wrong("CODE-002", "A1048577", "A2")), TABLE)
    assert set(book.comments(SHEET)) == {"A2"}
    assert "1 cells with findings that a workbook has no place for" in book.texts("Summary")


def test_of_a_very_large_sheet_rows_without_findings_are_left_blank_and_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("icstip.reports.validation.sheets.data._MOST_CELLS", 100)
    grid = grid_of(*([f"v{row}"] for row in range(1, 301)))
    book = _book(tmp_path, report_of(wrong("CODE-002", "A250")), grid)
    assert set(book.values(SHEET)) == {*(f"A{row}" for row in range(1, 101)), "A250"}
    assert "199" in book.texts("Summary")


def test_the_summary_says_how_much_was_found_and_which_rules_were_off_and_why(tmp_path: Path) -> None:
    report = report_of(ERROR, WARNING, off={"SUM-001": "our totals are rounded"})
    told = _book(tmp_path, report, TABLE).texts("Summary")
    for part in (
        "Error\n1.0",
        "Warning\n1.0",
        "Information\n0.0",
        FILE,
        "SUM-001",
        "our totals are rounded",
        "ab" * 32,
    ):
        assert part in told


def test_all_findings_can_be_filtered_and_lead_to_their_cells(tmp_path: Path) -> None:
    book = _book(tmp_path, report_of(ERROR, WARNING), TABLE)
    part = book.part("Findings")
    assert '<autoFilter ref="A1:M3"/>' in part
    assert 'state="frozen"' in part
    assert f"location=\"'{SHEET}'!A2\"" in part
    assert len([cell for cell in book.values("Findings") if cell.startswith("A")]) == 3


def test_a_message_has_a_sheet_with_its_lines_that_have_findings(tmp_path: Path) -> None:
    params = {"component": "OBS_VALUE", "type": "Decimal", "times": 2}
    found = Finding("DATA-003", Place("m.csv", row=12, key="A.CI"), "many", params, ("12", "9"))
    whole = Finding("DATA-003", Place("m.csv"), "none", params)
    book = _book(tmp_path, report_of(found, whole, file="m.csv"))
    values = book.values("m.csv")
    assert [values.get(f"A{row}") for row in (2, 3, 4)] == [9.0, 12.0, None]
    assert (values.get("E2"), values.get("E3")) in {("", "A.CI"), (None, "A.CI")}
    assert values["G3"] == found.message()


def test_a_file_without_sheets_has_one_of_its_name(tmp_path: Path) -> None:
    grid = grid_of(["a", "b"], ["c", "d"], sheet=None, file="victims.csv")
    report = report_of(wrong("CODE-002", "B2", file="victims.csv", sheet=None), file="victims.csv")
    book = _book(tmp_path, report, grid)
    assert book.names[2:] == ["victims.csv"]
    assert set(book.comments("victims.csv")) == {"B2"}


def test_comments_are_as_tall_as_their_texts() -> None:
    sizes = [comment_size("x" * 52 * lines)[1] for lines in (1, 2, 10, 1_000)]
    assert sizes == [32, 48, 176, 640]


def test_a_report_without_findings_says_so(tmp_path: Path) -> None:
    book = _book(tmp_path, report_of(), TABLE)
    assert text("report.findings.none") in book.texts("Summary")
    assert book.comments(SHEET) == {}


def test_a_file_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(OutputError):
        write_validation_book(report_of(), tmp_path / "absent" / "report.xlsx", [], "en")
