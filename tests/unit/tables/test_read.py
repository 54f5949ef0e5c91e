"""What a file is, its content says and not its name."""

import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
import xlwt

from icstip.errors import TableError
from icstip.tables.read import read_grids

WriteBook = Callable[[Mapping[str, list[list[object]]]], Path]

PNG = bytes.fromhex("89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489")
OLE2 = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504)


def refusal(path: Path, sheet: str | None = None) -> TableError:
    with pytest.raises(TableError) as caught:
        list(read_grids(path, sheet))
    assert caught.value.where == str(path)
    return caught.value


@pytest.mark.parametrize("name", ["t.xlsx", "t.xlsm", "t.csv", "t", "t.XLS"])
def test_a_workbook_is_a_workbook_under_any_name(write_book: WriteBook, name: str) -> None:
    path = write_book({"Data": [["a", "b"]]})
    path = path.rename(path.with_name(name))
    (grid,) = read_grids(path)
    assert (grid.file, grid.sheet, grid.frame.rows()) == (name, "Data", [("a", "b")])


@pytest.mark.parametrize("name", ["t.xls", "t.xlsx", "t.csv", "t"])
def test_an_old_workbook_is_one_under_any_name(tmp_path: Path, name: str) -> None:
    book = xlwt.Workbook()
    book.add_sheet("Data").write(0, 0, "a")
    book.save(str(tmp_path / name))
    (grid,) = read_grids(tmp_path / name)
    assert (grid.file, grid.sheet, grid.frame.rows()) == (name, "Data", [("a",)])


@pytest.mark.parametrize("name", ["t.ods", "t.xlsx", "t.csv", "t"])
def test_an_opendocument_workbook_is_one_under_any_name(tmp_path: Path, name: str) -> None:
    content = (
        "<document xmlns:table='t'><body><spreadsheet><table table:name='Data'><table-row><table-cell><p>a</p>"
        "</table-cell></table-row></table></spreadsheet></body></document>"
    )
    with zipfile.ZipFile(tmp_path / name, "w") as archive:
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", content)
    (grid,) = read_grids(tmp_path / name)
    assert (grid.file, grid.sheet, grid.frame.rows()) == (name, "Data", [("a",)])


def test_a_workbook_without_sheets_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "t.ods", "w") as archive:
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", "<document><body><spreadsheet/></body></document>")
    assert refusal(tmp_path / "t.ods").message_id == "table-no-sheets"


def test_a_workbook_with_nothing_but_a_chart_is_refused(build_book: Callable[..., Path]) -> None:
    assert refusal(build_book(kind="chartsheet")).message_id == "table-no-sheets"


def test_macros_are_no_reason_not_to_read_a_workbook(write_book: WriteBook) -> None:
    path = write_book({"Data": [["a"]]})
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/vbaProject.bin", OLE2)
    assert [grid.frame.item() for grid in read_grids(path.rename(path.with_name("t.xlsm")))] == ["a"]


@pytest.mark.parametrize("name", ["t.csv", "t.tsv", "t.txt", "t", "t.xlsx"])
def test_a_text_is_a_text_under_any_name(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("a\tb\n")
    (grid,) = read_grids(tmp_path / name)
    assert (grid.file, grid.sheet, grid.frame.rows()) == (name, None, [("a", "b")])


def test_an_empty_file_is_a_grid_without_cells(tmp_path: Path) -> None:
    (tmp_path / "t.xlsx").write_bytes(b"")
    (grid,) = read_grids(tmp_path / "t.xlsx")
    assert grid.frame.width == 0


@pytest.mark.parametrize("name", ["t.csv", "t.xlsx"])
@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param(PNG, "table-not-text", id="picture"),
        pytest.param(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n\x00", "table-not-text", id="PDF"),
        pytest.param(OLE2, "table-broken-archive", id="compound file without anything"),
        pytest.param(OLE2 + "EncryptedPackage".encode("utf-16-le"), "table-encrypted", id="workbook with a password"),
        pytest.param(bytes.fromhex("0908100000060500") + bytes(99), "table-broken-archive", id="broken old workbook"),
        pytest.param(b"<html><table></table></html>", "table-markup", id="page"),
        pytest.param(b"PK\x03\x04" + bytes(60), "table-broken-archive", id="broken archive"),
        pytest.param(b"PK\x05\x06" + bytes(18), "table-not-text", id="archive without parts"),
    ],
)
def test_what_is_neither_is_refused_under_any_name(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    (tmp_path / name).write_bytes(content)
    assert refusal(tmp_path / name).message_id == message


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    error = refusal(tmp_path / "none.xlsx")
    assert (error.message_id, error.params) == ("table-missing", {"reason": "No such file or directory"})


def test_a_folder_is_no_table(tmp_path: Path) -> None:
    assert refusal(tmp_path).message_id == "table-missing"


def test_a_text_has_no_sheets(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("a,b\n")
    assert refusal(tmp_path / "t.csv", "Data").message_id == "table-no-sheet"


def test_only_the_sheet_that_is_asked_for_is_read(write_book: WriteBook) -> None:
    path = write_book({"One": [["1"]], "Two": [["2"]]})
    assert [grid.sheet for grid in read_grids(path)] == ["One", "Two"]
    assert [grid.sheet for grid in read_grids(path, "Two")] == ["Two"]
