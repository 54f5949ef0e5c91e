"""Delimited text: encodings, delimiters, records, and what cannot be read."""

import codecs
from pathlib import Path

import pytest

from icstip.errors import TableError
from icstip.tables import delimited
from icstip.tables.delimited import read_delimited

TEXT = "Pays;Année;Ελλάδα\nCôte d'Ivoire;2020;5\n"
ROWS = [("Pays", "Année", "Ελλάδα"), ("Côte d'Ivoire", "2020", "5")]
PNG = bytes.fromhex("89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489")


def write(folder: Path, content: str | bytes, name: str = "t.csv") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(TEXT.encode(), id="UTF-8"),
        pytest.param(codecs.BOM_UTF8 + TEXT.encode(), id="UTF-8 with a byte order mark"),
        pytest.param(codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), id="UTF-16, little end first"),
        pytest.param(codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), id="UTF-16, big end first"),
    ],
)
def test_unicode_is_read_without_a_word(tmp_path: Path, content: bytes) -> None:
    grid = read_delimited(write(tmp_path, content))
    assert (grid.frame.rows(), grid.findings) == (ROWS, ())
    assert (grid.file, grid.sheet, grid.frame.columns) == ("t.csv", None, ["A", "B", "C"])


@pytest.mark.parametrize(
    ("encoding", "name"), [("cp1251", "windows-1251"), ("koi8_r", "KOI8-R"), ("utf-16-le", "UTF-16LE")]
)
def test_any_encoding_that_was_assumed_is_said(tmp_path: Path, encoding: str, name: str) -> None:
    grid = read_delimited(write(tmp_path, "Страна;Год\nРоссия;2020\nКазахстан;2021\n".encode(encoding)))
    assert grid.frame.rows()[1] == ("Россия", "2020")
    assert [(f.code, f.value) for f in grid.findings] == [("TABLE-003", name)]


def test_another_encoding_is_taken_for_windows_1252_and_said(tmp_path: Path) -> None:
    grid = read_delimited(write(tmp_path, "Pays;Prix\nCôte d’Ivoire;5 €\n".encode("cp1252")))
    assert grid.frame.rows()[1] == ("Côte d’Ivoire", "5 €")
    assert [(f.code, str(f.place), f.value) for f in grid.findings] == [("TABLE-003", "t.csv", "windows-1252")]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(tmp_path: Path, delimiter: str) -> None:
    lines = ["Country|Year|Value", "A|2020|5", "B|2021|6"]
    frame = read_delimited(write(tmp_path, "\r\n".join(lines).replace("|", delimiter))).frame
    assert frame.rows() == [("Country", "Year", "Value"), ("A", "2020", "5"), ("B", "2021", "6")]


def test_decimal_commas_are_no_delimiters(tmp_path: Path) -> None:
    frame = read_delimited(write(tmp_path, "a;b;c\n1,5;2,5;3,5\n1,5;2,5;3,5\n")).frame
    assert frame.rows()[1] == ("1,5", "2,5", "3,5")


def test_a_semicolon_wins_over_a_comma_that_splits_as_well(tmp_path: Path) -> None:
    assert read_delimited(write(tmp_path, "Land;Wert, gesamt\nA;1,5\n")).frame.rows()[1] == ("A", "1,5")


@pytest.mark.parametrize(
    "lines",
    [
        "Jahr;Wert\n2020;1,5\n2021;2,5\n",
        "Label, name;Value, total\nA, x;1,5\nB, y;2,5\n",
        "a;b\n1,5;2\n1,5;2\n",
        "a\tb\n1,5\t2,5\n1,5\t2,5\n",
        "a|b\n1,5|2,5\n1,5|2,5\n",
    ],
)
def test_no_decimal_comma_splits_what_another_sign_splits(tmp_path: Path, lines: str) -> None:
    assert read_delimited(write(tmp_path, lines)).frame.width == 2


@pytest.mark.parametrize("line", ["sep=;\r\n", "sep=;\n", "SEP=;\r", '"sep=;"\n', "\ufeffsep=;\n"])
def test_a_line_that_names_the_delimiter_is_for_the_program_that_opens_it(tmp_path: Path, line: str) -> None:
    path = write(tmp_path, f"{line}a,b,c;d\n1,2,3;4\n1,2,3;4\n")
    assert read_delimited(path).frame.rows() == [("a,b,c", "d"), ("1,2,3", "4"), ("1,2,3", "4")]


def test_a_delimiter_that_is_named_need_not_be_a_usual_one(tmp_path: Path) -> None:
    assert read_delimited(write(tmp_path, "sep=#\na#b\n")).frame.rows() == [("a", "b")]
    assert read_delimited(write(tmp_path, "sep=;")).frame.width == 0
    assert read_delimited(write(tmp_path, "sep=;;\n1;2\n")).frame.rows()[0][0] == "sep="


def test_a_quotation_mark_is_found_with_the_line_of_the_file(tmp_path: Path) -> None:
    path = write(tmp_path, 'sep=;\na;b\n"not closed;1\n')
    with pytest.raises(TableError) as caught:
        read_delimited(path)
    assert caught.value.where == f"{path}:3"


@pytest.mark.parametrize(
    "content",
    [
        "<html><body><table><tr><td>1</td></tr></table></body></html>",
        '\n <!DOCTYPE html>\n<html lang="ar">',
        '\ufeff<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>',
        "<TABLE border=1><tr><td>a,b</td></tr></TABLE>",
    ],
)
def test_a_page_that_is_called_a_table_is_refused(tmp_path: Path, content: str) -> None:
    path = write(tmp_path, content, "t.xls")
    with pytest.raises(TableError) as caught:
        read_delimited(path)
    assert (caught.value.message_id, caught.value.where) == ("table-markup", str(path))


def test_a_figure_below_a_limit_is_no_markup(tmp_path: Path) -> None:
    assert read_delimited(write(tmp_path, "<5;<headline>\n")).frame.rows() == [("<5", "<headline>")]


def test_blank_lines_do_not_hide_the_delimiter(tmp_path: Path) -> None:
    frame = read_delimited(write(tmp_path, "a;b\r\r\n1;2\r\r\n3;4\r\r\n")).frame
    assert frame.rows() == [("a", "b"), (None, None), ("1", "2"), (None, None), ("3", "4"), (None, None)]


def test_notes_above_a_short_table_do_not_hide_the_delimiter(tmp_path: Path) -> None:
    frame = read_delimited(write(tmp_path, "A note, or two\n" + "A note\n" * 30 + "a;b;c\n1;2;3\n")).frame
    assert frame.rows()[-1] == ("1", "2", "3")


def test_a_delimiter_within_quotation_marks_is_text(tmp_path: Path) -> None:
    frame = read_delimited(write(tmp_path, 'a,b\n"Korea, Republic of",5\n"He said ""no""",6\n')).frame
    assert frame.rows()[1:] == [("Korea, Republic of", "5"), ('He said "no"', "6")]


def test_one_column_is_one_column(tmp_path: Path) -> None:
    assert read_delimited(write(tmp_path, "Country\nA\nB\n")).frame.rows() == [("Country",), ("A",), ("B",)]


def test_ragged_rows_keep_all_their_cells(tmp_path: Path) -> None:
    frame = read_delimited(write(tmp_path, "a,b\n1,2,3\n4\n5,6\n7,8\n")).frame
    assert frame.rows() == [("a", "b", None), ("1", "2", "3"), ("4", None, None), ("5", "6", None), ("7", "8", None)]


def test_a_record_is_a_row_whatever_lines_it_takes(tmp_path: Path) -> None:
    frame = read_delimited(write(tmp_path, 'a,b\n"two\nlines",1\n\nlast,2\n')).frame
    assert frame.rows() == [("a", "b"), ("two\nlines", "1"), (None, None), ("last", "2")]


def test_figures_are_texts_to_the_last_digit(tmp_path: Path) -> None:
    frame = read_delimited(write(tmp_path, "a,b\n9007199254740993,007\n5.0,1e3\n")).frame
    assert frame.rows()[1:] == [("9007199254740993", "007"), ("5.0", "1e3")]


def test_control_characters_are_blanks(tmp_path: Path) -> None:
    text = "a,b\nvertical\x0btab,1\n" + "x,2\n" * 20_000 + "nul\x00nul,3\n"
    frame = read_delimited(write(tmp_path, text)).frame
    assert (frame["A"][1], frame["A"][-1]) == ("vertical tab", "nul nul")


@pytest.mark.parametrize("content", [b"", b"\n\n\n", codecs.BOM_UTF8])
def test_a_file_without_text_has_no_cells(tmp_path: Path, content: bytes) -> None:
    assert read_delimited(write(tmp_path, content)).frame.width == 0


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(PNG, id="picture"),
        pytest.param(bytes(range(256)) * 8, id="every octet"),
        pytest.param(codecs.BOM_UTF16_LE + b"a\x00;", id="UTF-16 with half a character"),
        pytest.param(codecs.BOM_UTF8 + b"\xe9", id="UTF-8 that is none"),
        pytest.param(b"\x81\x8d\xff" * 10, id="octets that Windows-1252 does not have"),
    ],
)
def test_what_is_no_text_is_refused(tmp_path: Path, content: bytes) -> None:
    path = write(tmp_path, content)
    with pytest.raises(TableError) as caught:
        read_delimited(path)
    assert (caught.value.message_id, caught.value.where) == ("table-not-text", str(path))


@pytest.mark.parametrize(
    ("content", "line"),
    [
        pytest.param('a,b\nx,1\n"not closed,2\nz,3\n', 3, id="not closed: where it begins"),
        pytest.param('a,b\n"two\nlines",1\n"inside"out,2\n', 4, id="inside a field"),
        pytest.param('a,b\n"' + "x,1\n" * 50_000, 2, id="not closed in a long file"),
    ],
)
def test_a_quotation_mark_out_of_place_is_found_with_its_line(tmp_path: Path, content: str, line: int) -> None:
    path = write(tmp_path, content)
    with pytest.raises(TableError) as caught:
        read_delimited(path)
    assert (caught.value.message_id, caught.value.where) == ("table-bad-quotes", f"{path}:{line}")


def test_a_file_larger_than_the_limit_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delimited, "MAX_BYTES", 9)
    assert read_delimited(write(tmp_path, b"a,b\n1,22\n")).frame.height == 2
    with pytest.raises(TableError, match="10 bytes"):
        read_delimited(write(tmp_path, b"a,b\n1,222\n"))


def test_one_wide_row_does_not_widen_a_million_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delimited, "MAX_CELLS", 1_000)
    path = write(tmp_path, "x,y\n" * 40 + "," * 30)
    with pytest.raises(TableError) as caught:
        read_delimited(path)
    assert (caught.value.message_id, caught.value.where) == ("table-too-large", str(path))


def test_more_cells_than_the_limit_are_not_even_collected(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delimited, "MAX_CELLS", 10)
    with pytest.raises(TableError, match="27 > 10"):
        read_delimited(write(tmp_path, "1,2,3\n" * 9))


def test_more_cells_than_the_limit_in_lines_of_old_computers_are_not_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delimited, "MAX_CELLS", 10)
    with pytest.raises(TableError, match=r"t\.csv:11 → A"):
        read_delimited(write(tmp_path, "1\r" * 19))


def test_separators_within_quotes_part_no_cells(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delimited, "MAX_CELLS", 10)
    assert read_delimited(write(tmp_path, '"1,\n,""2",3\n' * 5)).frame.shape == (5, 2)


def test_a_row_is_no_wider_than_a_sheet(tmp_path: Path) -> None:
    assert read_delimited(write(tmp_path, "x" + "," * 16_383)).frame.columns[-1] == "XFD"
    with pytest.raises(TableError, match="XFE"):
        read_delimited(write(tmp_path, "x" + "," * 16_384))
