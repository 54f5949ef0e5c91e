"""Workbooks become grids: every cell at the sheet's own address, as the text that it shows."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path

import pytest
import xlsxwriter

from icstip.errors import TableError
from icstip.tables.grid import BROKEN, Grid
from icstip.tables.workbooks.xlsx.read import read_xlsx

WriteBook = Callable[[Mapping[str, list[list[object]]]], Path]
BuildBook = Callable[..., Path]


def only(path: Path) -> Grid:
    (grid,) = read_xlsx(path)
    return grid


def value(path: Path) -> object:
    """The one cell of a workbook."""
    return only(path).frame.item()


# Places


def test_rows_and_columns_are_those_of_the_sheet(write_book: WriteBook) -> None:
    grid = only(write_book({"Data": [[], [], [None, None, "a", None, "b"], [], [None, None, None, "c"]]}))
    assert grid.frame.columns == ["C", "D", "E"]
    assert grid.frame.rows() == [(None,) * 3, (None,) * 3, ("a", None, "b"), (None,) * 3, (None, "c", None)]
    assert (grid.file, grid.sheet, grid.findings) == ("book.xlsx", "Data", ())


def test_cells_that_are_formatted_but_empty_do_not_shift_the_columns(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet, bold = book.add_worksheet(), book.add_format({"bold": True})
        sheet.write_blank(0, 0, None, bold)
        sheet.write(2, 3, "a")
        sheet.write_blank(9, 9, None, bold)
    assert only(path).frame.to_dict(as_series=False) == {"D": [None, None, "a"]}


def test_a_table_far_to_the_right_has_its_letters(build_book: BuildBook) -> None:
    assert only(build_book('<row r="2"><c r="XFD2"><v>1</v></c></row>')).frame.columns == ["XFD"]


def test_cells_without_an_address_follow_one_another(build_book: BuildBook) -> None:
    grid = only(build_book("<row/><row><c><v>1</v></c><c><v>2</v></c></row>"))
    assert grid.frame.to_dict(as_series=False) == {"A": [None, "1"], "B": [None, "2"]}


def test_sheets_come_in_their_order_and_only_when_asked_for(build_book: BuildBook) -> None:
    one = '<row r="1"><c r="A1"><v>1</v></c></row>'
    sheets = read_xlsx(
        build_book({"Second": "", "First": one, "Broken": '<row r="1"><c r="A1" t="s"><v>9</v></c></row>'})
    )
    assert [next(sheets).sheet, next(sheets).sheet] == ["Second", "First"]
    with pytest.raises(TableError):
        next(sheets)


def test_a_sheet_can_be_asked_for_by_name(write_book: WriteBook) -> None:
    path = write_book({"One": [["1"]], "Two": [["2"]]})
    assert [(grid.sheet, grid.frame.item()) for grid in read_xlsx(path, "Two")] == [("Two", "2")]


def test_a_sheet_that_is_not_there_is_refused_with_those_that_are(write_book: WriteBook) -> None:
    path = write_book({"One": [["1"]], "Two": [["2"]]})
    with pytest.raises(TableError) as caught:
        next(read_xlsx(path, "two"))
    assert (caught.value.message_id, caught.value.where) == ("table-no-sheet", str(path))
    assert caught.value.params == {"sheet": "two", "sheets": "One, Two"}


def test_an_empty_sheet_has_no_cells(write_book: WriteBook) -> None:
    assert only(write_book({"Empty": []})).frame.shape == (0, 0)


def test_a_chart_is_no_sheet(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(path) as book:
        shown = book.add_chartsheet("Chart")
        book.add_worksheet("Data").write(0, 0, "a")
        chart = book.add_chart({"type": "bar"})
        chart.add_series({"values": "=Data!$A$1:$A$5"})
        shown.set_chart(chart)
    assert [grid.sheet for grid in read_xlsx(path)] == ["Data"]
    with pytest.raises(TableError) as caught:
        next(read_xlsx(path, "Chart"))
    assert caught.value.params == {"sheet": "Chart", "sheets": "Data"}
    assert capfd.readouterr() == ("", "")


def test_a_hidden_sheet_is_a_sheet(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("Shown")
        hidden = book.add_worksheet("Hidden")
        hidden.write(0, 0, "a")
        hidden.hide()
    assert [grid.sheet for grid in read_xlsx(path)] == ["Shown", "Hidden"]


def test_a_sheet_name_may_have_any_letters(write_book: WriteBook) -> None:
    name = "Données & <تهريب>"
    assert only(write_book({name: [["a"]]})).sheet == name


# Texts


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (5, "5"),
        (5.0, "5"),
        (-3, "-3"),
        (2.5, "2.5"),
        (0.1 + 0.2, "0.3"),
        (1_000_000, "1000000"),
        (1e15, "1000000000000000"),
        (True, "TRUE"),
        (False, "FALSE"),
        ("5.0", "5.0"),
        ("007", "007"),
        ("9007199254740993", "9007199254740993"),
        ("  blanks around\n", "blanks around"),
        ("\ufeffmark", "mark"),
        ("two\nlines", "two\nlines"),
        ("two\r\nlines", "two\nlines"),
        ("vertical\x0btab", "vertical tab"),
        ("nul\x00nul", "nul nul"),
        ("R&D <x>", "R&D <x>"),
        ("Côte d’Ivoire", "Côte d’Ivoire"),
        ("العربية", "العربية"),
    ],
)
def test_a_cell_is_its_text(write_book: WriteBook, written: object, read: str) -> None:
    assert value(write_book({"Data": [[written]]})) == read


@pytest.mark.parametrize("blank", ["", " ", "\u00a0", "\ufeff", "\x00"])
def test_a_text_without_a_letter_is_blank(write_book: WriteBook, blank: str) -> None:
    assert only(write_book({"Data": [["a", blank], ["b", "c"]]})).frame.row(0) == ("a", None)


def test_a_number_beyond_what_a_number_holds_shows_its_excess_of_digits(build_book: BuildBook) -> None:
    text = value(build_book('<row r="1"><c r="A1"><v>9007199254740993</v></c></row>'))
    assert isinstance(text, str)
    assert len(text) == 16  # more than the 15 that are exact: who reads figures can tell
    assert text.isdigit()


@pytest.mark.parametrize(
    ("written", "form", "read"),
    [
        (datetime(2023, 1, 5, 12, 30), "yyyy-mm-dd hh:mm", "2023-01-05 12:30:00"),  # noqa: DTZ001 - workbooks have no zones
        (date(2023, 1, 5), "dd/mm/yyyy", "2023-01-05"),
    ],
)
def test_a_date_is_written_with_its_year_first(tmp_path: Path, written: date, form: str, read: str) -> None:
    path = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet().write_datetime(0, 0, written, book.add_format({"num_format": form}))
    assert value(path) == read


@pytest.mark.parametrize(("stored", "read"), [(7, "7"), (2.5, "2.5"), ("text", "text"), (True, "TRUE"), ("", None)])
def test_a_formula_is_its_stored_value(tmp_path: Path, stored: object, read: str | None) -> None:
    path = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["a", "b"])
        sheet.write_formula(1, 0, "=1+1", None, stored)
        sheet.write(2, 0, "c")
    assert only(path).frame["A"].to_list() == ["a", read, "c"]


@pytest.mark.parametrize("error", ["#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"])
def test_an_error_value_says_so_and_is_not_blank(tmp_path: Path, error: str) -> None:
    path = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_blank(0, 0, None, book.add_format({"bold": True}))
        sheet.write(1, 2, "above")
        sheet.write_formula(2, 1, "=1/0", None, error)
        sheet.write_formula(3, 2, "=1/0", None, error)
    grid = only(path)
    assert grid.frame.to_dict(as_series=False) == {
        "B": [None, None, BROKEN, None],
        "C": [None, "above", None, BROKEN],
    }


def test_an_error_value_in_a_sheet_that_is_written_otherwise_says_so_too(build_book: BuildBook) -> None:
    rows = "<row><c/><c t='e'><v>#N/A</v></c></row><row><c t='e' r='C2'><v>#N/A</v></c></row>"
    assert only(build_book(rows)).frame.rows() == [(BROKEN, None), (None, BROKEN)]


def test_texts_in_runs_and_in_the_cell_are_texts(build_book: BuildBook) -> None:
    strings = '<sst><si><r><t xml:space="preserve">Forced </t></r><r><t>labour</t></r></si></sst>'
    rows = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>here</t></is></c></row>'
    assert only(build_book(rows, {"xl/sharedStrings.xml": strings})).frame.row(0) == ("Forced labour", "here")


# What cannot be read


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', id="a text that is not there"),
        pytest.param('<row r="1"><c r="A1" t="e"><v>#WHAT!</v></c></row>', id="an error value that is none"),
        pytest.param('<row r="1"><c r="1"><v>1</v></c></row>', id="an address that is none"),
    ],
)
def test_a_sheet_that_makes_no_sense_is_refused_in_one_line(build_book: BuildBook, rows: str) -> None:
    path = build_book(rows)
    with pytest.raises(TableError) as caught:
        list(read_xlsx(path))
    assert (caught.value.message_id, caught.value.where) == ("table-unreadable", str(path))
    assert "\n" not in caught.value.line()


@pytest.mark.parametrize("part", ["_rels/.rels", "xl/worksheets/sheet1.xml"])
def test_a_workbook_that_lacks_a_part_is_refused(build_book: BuildBook, part: str) -> None:
    with pytest.raises(TableError) as caught:
        list(read_xlsx(build_book("", {part: None})))
    assert caught.value.message_id == "table-unreadable"


def test_two_sheets_of_one_name_are_refused(build_book: BuildBook) -> None:
    with pytest.raises(TableError) as caught:
        list(read_xlsx(build_book({"A": "", "&#65;": ""})))
    assert caught.value.message_id == "table-broken-archive"


def test_what_is_unsafe_is_never_opened(build_book: BuildBook, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "icstip.tables.workbooks.xlsx.read.fastexcel.read_excel", lambda _path: pytest.fail("it was opened")
    )
    with pytest.raises(TableError, match="XFD1048576"):
        list(read_xlsx(build_book('<row r="1"><c r="XFD1048576"><v>1</v></c></row>')))
