"""Old workbooks become grids as new ones do; what is damaged or locked is refused in one line."""

import random
import struct
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime, time
from pathlib import Path

import pytest
import xlwt

from icstip.errors import TableError
from icstip.tables.grid import BROKEN, Area, Grid
from icstip.tables.workbooks.xls import read
from icstip.tables.workbooks.xls.read import read_xls

Fill = Callable[[xlwt.Worksheet], object]


def book(folder: Path, **sheets: Fill) -> Path:
    """A workbook whose sheets are filled so."""
    written = xlwt.Workbook()
    for name, fill in sheets.items():
        fill(written.add_sheet(name))
    path = folder / "book.xls"
    written.save(str(path))
    return path


def only(path: Path) -> Grid:
    (grid,) = read_xls(path)
    return grid


def refusal(path: Path, sheet: str | None = None) -> TableError:
    with pytest.raises(TableError) as caught:
        list(read_xls(path, sheet))
    assert "\n" not in caught.value.line()
    return caught.value


def patched(path: Path, old: bytes, new: bytes) -> Path:
    """The file with the only occurrence of some octets replaced."""
    content = path.read_bytes()
    assert content.count(old) == 1
    path.write_bytes(content.replace(old, new))
    return path


def test_rows_and_columns_are_those_of_the_sheet(tmp_path: Path) -> None:
    def fill(sheet: xlwt.Worksheet) -> None:
        sheet.write(2, 2, "a")
        sheet.write(5, 4, "b")
        sheet.write(9, 9, " ")
        sheet.write(9, 0, None, xlwt.easyxf("font: bold on"))

    grid = only(book(tmp_path, Data=fill))
    assert grid.frame.to_dict(as_series=False) == {
        "C": [None, None, "a", None, None, None],
        "D": [None] * 6,
        "E": [None, None, None, None, None, "b"],
    }
    assert (grid.file, grid.sheet, grid.findings) == ("book.xls", "Data", ())


@pytest.mark.parametrize(
    ("written", "form", "read"),
    [
        (7, "General", "7"),
        (7.0, "0.00", "7"),
        (0.1 + 0.2, "General", "0.3"),
        (1e-7, "0.00E+00", "0.0000001"),
        (1234567890.12345, "#,##0.00", "1234567890.12345"),
        (0.25, "0%", "25%"),
        (0.125, "0.0%", "12.5%"),
        (25, '0"%"', "25%"),
        (date(2020, 3, 31), "yyyy", "2020"),
        (date(2020, 3, 31), "[$-409]mmm yyyy", "2020-03"),
        (date(2020, 3, 31), "dd/mm/yyyy", "2020-03-31"),
        (datetime(2020, 3, 31, 12, 30), "dd/mm/yyyy hh:mm", "2020-03-31 12:30:00"),  # noqa: DTZ001 - sheets have no zones
        (time(8, 30), "hh:mm", "08:30:00"),
        (True, "General", "TRUE"),
        (False, "General", "FALSE"),
        ("007", "General", "007"),
        ("العربية é 中文 Кыргыз", "General", "العربية é 中文 Кыргыз"),
        ("two\nlines", "General", "two\nlines"),
    ],
)
def test_a_value_is_its_text_as_people_see_it(tmp_path: Path, written: object, form: str, read: str) -> None:
    path = book(tmp_path, Data=lambda sheet: sheet.write(0, 0, written, xlwt.easyxf(num_format_str=form)))
    assert only(path).frame.item() == read


def test_a_raised_mark_is_no_digit_of_the_figure_before_it(tmp_path: Path) -> None:
    raised, lowered = (xlwt.easyfont(f"escapement {name}") for name in ("superscript", "subscript"))
    plain = xlwt.easyfont("")

    def fill(sheet: xlwt.Worksheet) -> None:
        sheet.write_rich_text(0, 0, [("12", plain), ("1", raised)])
        sheet.write_rich_text(0, 1, ["7", ("a", raised)])
        sheet.write_rich_text(0, 2, ["CO", ("2", lowered), ("!", plain)])

    assert only(book(tmp_path, Data=fill)).frame.row(0) == ("12¹", "7 (a)", "CO₂!")


def test_days_can_be_counted_from_1904(tmp_path: Path) -> None:
    written = xlwt.Workbook()
    written.dates_1904 = True
    written.add_sheet("Data").write(0, 0, date(2020, 3, 31), xlwt.easyxf(num_format_str="yyyy-mm-dd"))
    written.save(str(tmp_path / "book.xls"))
    assert only(tmp_path / "book.xls").frame.item() == "2020-03-31"


def test_an_error_value_says_so(tmp_path: Path) -> None:
    marker = 123456789.0
    path = book(tmp_path, Data=lambda sheet: [sheet.write(0, 0, "a"), sheet.write(0, 1, marker / 2)])
    number = struct.pack("<HHHHHd", 0x0203, 14, 0, 1, 17, marker / 2)  # [MS-XLS] 2.4.180
    error = struct.pack("<HHHHHBB", 0x0205, 8, 0, 1, 17, 0x07, 1) + struct.pack("<HH2x", 0x00EF, 2)  # 2.4.24
    assert only(patched(path, number, error)).frame.row(0) == ("a", BROKEN)


def test_a_formula_is_its_stored_value(tmp_path: Path) -> None:
    path = book(tmp_path, Data=lambda sheet: sheet.write(0, 0, xlwt.Formula("1+1")))
    blank_text = struct.pack("<Q", 0xFFFF_0000_0000_0003)  # [MS-XLS] 2.5.133
    assert only(patched(path, blank_text, struct.pack("<d", 2.5))).frame.item() == "2.5"


def test_what_is_hidden_or_merged_is_read_and_told(tmp_path: Path) -> None:
    def fill(sheet: xlwt.Worksheet) -> None:
        sheet.write_merge(0, 1, 0, 1, "m")
        sheet.write(0, 2, "c")
        sheet.write(2, 0, "hidden")
        sheet.row(2).hidden = True
        sheet.col(2).hidden = True

    def hide(sheet: xlwt.Worksheet) -> None:
        sheet.write(0, 0, "x")
        sheet.visibility = 2

    grids = list(read_xls(book(tmp_path, Data=fill, Hidden=hide)))
    assert grids[0].merged == (Area(1, 1, 2, 2),)
    assert grids[0].frame.rows() == [("m", None, "c"), (None, None, None), ("hidden", None, None)]
    assert (set(grids[0].hidden_rows), set(grids[0].hidden_columns)) == ({3}, {"C"})
    assert [[(finding.code, finding.value) for finding in grid.findings] for grid in grids] == [
        [("TABLE-006", "3"), ("TABLE-007", "C")],
        [("TABLE-008", "Hidden")],
    ]


def test_sheets_come_in_their_order_and_can_be_asked_for_by_name(tmp_path: Path) -> None:
    path = book(tmp_path, Two=lambda sheet: sheet.write(0, 0, 2), Empty=lambda _: None)
    assert [(grid.sheet, grid.frame.rows()) for grid in read_xls(path)] == [("Two", [("2",)]), ("Empty", [])]
    assert [grid.sheet for grid in read_xls(path, "Empty")] == ["Empty"]
    assert refusal(path, "Three").params == {"sheet": "Three", "sheets": "Two, Empty"}


# What cannot be read


def test_a_workbook_with_a_password_is_said_to_have_one(tmp_path: Path) -> None:
    path = book(tmp_path, Data=lambda sheet: sheet.write(0, 0, 1))
    content = path.read_bytes()
    # The record after the first one says how the rest is locked ([MS-XLS] 2.4.117).
    at = content.index(struct.pack("<HH", 0x0809, 16)) + 20
    length = struct.unpack_from("<H", content, at + 2)[0]
    locked = struct.pack("<HH", 0x002F, length) + bytes(length)
    path.write_bytes(content[:at] + locked + content[at + len(locked) :])
    assert refusal(path).message_id == "table-encrypted"


def test_an_xlsx_with_a_password_is_said_to_have_one(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    path.write_bytes(
        bytes.fromhex("d0cf11e0a1b11ae1") + bytes(1016) + "EncryptedPackage".encode("utf-16-le") + bytes(96)
    )
    assert refusal(path).message_id == "table-encrypted"


@pytest.mark.parametrize("length", [8, 512, 1024, 3000])
def test_a_workbook_cut_short_is_refused(tmp_path: Path, length: int) -> None:
    path = book(tmp_path, Data=lambda sheet: sheet.write(0, 0, 1))
    path.write_bytes(path.read_bytes()[:length])
    assert refusal(path).message_id == "table-broken-archive"


def test_a_damaged_workbook_is_read_or_refused_in_one_line(tmp_path: Path) -> None:
    path = book(tmp_path, Data=lambda sheet: [sheet.write(row, 0, f"text {row}") for row in range(30)])
    content = path.read_bytes()
    for seed in range(300):
        chance = random.Random(seed)  # noqa: S311 - the same damage in every run
        damaged = bytearray(content)
        for _ in range(chance.choice((1, 5, 30))):
            damaged[chance.randrange(len(damaged))] = chance.choice((0, 1, 255, chance.randrange(256)))
        path.write_bytes(damaged)
        with suppress(TableError):
            assert all(grid.frame.height <= 65_536 for grid in read_xls(path))


def test_a_directory_that_goes_in_circles_is_refused(tmp_path: Path) -> None:
    path = book(tmp_path, Data=lambda sheet: sheet.write(0, 0, 1))
    content = bytearray(path.read_bytes())
    entry = content.index("Workbook".encode("utf-16-le"))
    struct.pack_into("<I", content, entry + 68, 1)  # its left sibling is itself ([MS-CFB] 2.6.1)
    path.write_bytes(content)
    assert refusal(path).message_id == "table-broken-archive"


def test_a_file_larger_than_the_limit_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = book(tmp_path, Data=lambda sheet: sheet.write(0, 0, 1))
    monkeypatch.setattr(read, "MAX_BYTES", path.stat().st_size - 1)
    assert refusal(path).message_id == "table-too-large"


def test_a_long_text_that_many_cells_show_counts_for_each(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = book(tmp_path, Data=lambda sheet: [sheet.write(row, 0, "x" * 100) for row in range(10)])
    monkeypatch.setattr(read, "MAX_TEXT_BYTES", 1_000)
    assert only(path).frame.height == 10
    monkeypatch.setattr(read, "MAX_TEXT_BYTES", 999)
    assert (refusal(path).message_id, refusal(path).params) == ("table-too-large", {"what": "A10"})
