"""What is no workbook, or would come to more than is safe, is refused before it is opened."""

import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from icstip.errors import TableError
from icstip.tables.workbooks import archive
from icstip.tables.workbooks.xlsx import book
from icstip.tables.workbooks.xlsx.book import read_book
from icstip.tables.workbooks.xlsx.extent import Extent

BuildBook = Callable[..., Path]
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
CELL = '<row r="1"><c r="A1"><v>1</v></c></row>'
FAR = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'


def sheet(rows: str) -> str:
    return f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'


def sheet_extents(path: Path) -> dict[str, Extent | None]:
    return {name: sheet.extent for name, sheet in read_book(path).sheets.items()}


def refusal(path: Path) -> TableError:
    with pytest.raises(TableError) as caught:
        sheet_extents(path)
    assert caught.value.where == str(path)
    assert "\n" not in caught.value.line()
    return caught.value


def change_directory(path: Path, part: str, offset: int, layout: str, value: int) -> None:
    """Change a field of a part's entry in the archive's directory (APPNOTE.TXT 4.3.12)."""
    raw = bytearray(path.read_bytes())
    name = part.encode()
    at = raw.find(b"PK\x01\x02")
    while raw[at + 46 : at + 46 + len(name)] != name:
        at = raw.find(b"PK\x01\x02", at + 4)
    struct.pack_into(layout, raw, at + offset, value)
    path.write_bytes(raw)


# What a workbook is


def test_sheets_come_in_their_order_with_their_extents(build_book: BuildBook) -> None:
    path = build_book({"First": "", "Second": CELL, "A &amp; B": '<row r="3"><c r="C3" t="e"><v>#N/A</v></c></row>'})
    assert list(sheet_extents(path).items()) == [
        ("First", Extent()),
        ("Second", Extent(1, 1, 1)),
        ("A & B", Extent(3, 3, 1, plain=False)),
    ]


@pytest.mark.parametrize("target", ["worksheets/sheet{}.xml", "/xl/worksheets/sheet{}.xml", "WorkSheets/Sheet{}.xml"])
def test_a_sheet_is_found_where_its_relation_points(build_book: BuildBook, target: str) -> None:
    assert sheet_extents(build_book(CELL, target=target)) == {"Data": Extent(1, 1, 1)}


def test_a_sheet_with_prefixed_names_is_a_sheet(build_book: BuildBook) -> None:
    content = (
        f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row r="2"><x:c r="B2" t="e"><x:v>#N/A</x:v></x:c></x:row>'
        "</x:sheetData></x:worksheet>"
    )
    extents = sheet_extents(build_book(CELL, {"xl/worksheets/sheet1.xml": content}))
    assert extents == {"Data": Extent(2, 2, 1, usual=False, plain=False)}


def test_a_chart_has_no_extent(build_book: BuildBook) -> None:
    assert sheet_extents(build_book(CELL, kind="chartsheet")) == {"Data": None}


def test_many_sheets_are_no_fault(build_book: BuildBook) -> None:
    assert len(sheet_extents(build_book({f"S{n}": CELL for n in range(300)}))) == 300


# What is none


@pytest.mark.parametrize("content", [b"", b"Country,Year\n", b"PK\x03\x04", b"PK\x03\x04" + bytes(100)])
def test_a_file_that_is_no_archive_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "t.xlsx").write_bytes(content)
    assert refusal(tmp_path / "t.xlsx").message_id == "table-broken-archive"


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/_rels/workbook.xml.rels"])
def test_an_archive_without_a_workbook_is_refused(build_book: BuildBook, part: str) -> None:
    assert refusal(build_book(CELL, {part: None})).message_id == "table-no-workbook"


def test_a_workbook_cut_short_is_refused_wherever_it_is_cut(build_book: BuildBook) -> None:
    path = build_book(CELL)
    whole = path.read_bytes()
    for length in range(0, len(whole), 37):
        path.write_bytes(whole[:length])
        assert refusal(path).message_id == "table-broken-archive"


def test_a_part_that_does_not_inflate_is_refused(build_book: BuildBook) -> None:
    path = build_book(CELL * 50)
    raw = bytearray(path.read_bytes())
    at = raw.find(b"xl/worksheets/sheet1.xml") + len(b"xl/worksheets/sheet1.xml")
    raw[at : at + 20] = bytes(20)
    path.write_bytes(raw)
    assert refusal(path).message_id == "table-broken-archive"


@pytest.mark.parametrize("flag", [0x01, 0x40, 0x41])
def test_a_part_that_is_encrypted_is_said_to_be(build_book: BuildBook, flag: int) -> None:
    path = build_book(CELL)
    change_directory(path, "xl/worksheets/sheet1.xml", 8, "<H", flag)
    assert refusal(path).message_id == "table-encrypted"


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_part_that_is_packed_as_no_workbook_is_is_refused(build_book: BuildBook, method: int) -> None:
    path = build_book(CELL)
    with zipfile.ZipFile(path, "a", method) as added:
        added.writestr("xl/other.xml", "<a/>")
    assert refusal(path).message_id == "table-broken-archive"


@pytest.mark.parametrize("content", ["", "text", "<workbook>", "<a></b>"])
def test_a_workbook_that_is_no_xml_is_refused(build_book: BuildBook, content: str) -> None:
    assert refusal(build_book(CELL, {"xl/workbook.xml": content})).message_id == "table-broken-archive"


# What has a document type

DOCTYPE = '<!DOCTYPE a [<!ENTITY e "' + "x" * 50 + '">]>'


@pytest.mark.parametrize(
    "part",
    [
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        "xl/worksheets/sheet1.xml",
        "xl/sharedStrings.xml",
        "xl/styles.xml",
    ],
)
def test_a_document_type_is_refused_in_any_part(build_book: BuildBook, part: str) -> None:
    error = refusal(build_book(CELL, {part: f'<?xml version="1.0"?>{DOCTYPE}<a>&e;</a>'}))
    assert (error.message_id, error.params) == ("table-doctype", {"part": part})


@pytest.mark.parametrize("length", [archive.CHUNK - 5, archive.CHUNK - 1])
def test_a_document_type_between_two_pieces_is_seen(build_book: BuildBook, length: int) -> None:
    path = build_book(CELL, {"xl/sharedStrings.xml": " " * length + DOCTYPE + "<a/>"})
    assert refusal(path).message_id == "table-doctype"


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/_rels/workbook.xml.rels"])
def test_a_document_type_in_another_encoding_is_refused(build_book: BuildBook, part: str) -> None:
    content = f'<?xml version="1.0" encoding="UTF-16"?>{DOCTYPE}<a>&e;</a>'.encode("utf-16")
    assert refusal(build_book(CELL, {part: content})).message_id == "table-doctype"


def test_a_picture_may_have_a_document_type(build_book: BuildBook) -> None:
    assert sheet_extents(build_book(CELL, {"xl/media/image1.svg": DOCTYPE})) == {"Data": Extent(1, 1, 1)}


# What is too large


def test_too_many_parts_are_refused(build_book: BuildBook) -> None:
    error = refusal(build_book(CELL, {f"xl/media/{n}.bin": "" for n in range(archive.MAX_PARTS)}))
    assert error.message_id == "table-too-large"


@pytest.mark.parametrize(
    "part", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml", "xl/media/a.bin"]
)
def test_a_part_that_inflates_a_thousandfold_is_refused(
    build_book: BuildBook, monkeypatch: pytest.MonkeyPatch, part: str
) -> None:
    monkeypatch.setattr(archive, "MIN_BYTES_FOR_RATIO", 1_000_000)
    error = refusal(build_book(CELL, {part: " " * 2_000_000}))
    assert (error.message_id, error.params) == ("table-bomb", {"part": part})


def test_a_small_part_may_be_as_dense_as_it_likes(build_book: BuildBook, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MIN_BYTES_FOR_RATIO", 1_000_000)
    assert sheet_extents(build_book(CELL + " " * 900_000)) == {"Data": Extent(1, 1, 1)}


def test_all_parts_together_have_a_limit(build_book: BuildBook, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_INFLATED_BYTES", 50_000)
    parts = {f"xl/media/{n}.bin": "x" * 10_000 for n in range(4)}
    assert "Data" in sheet_extents(build_book(CELL, parts))
    assert refusal(build_book(CELL, parts | {"xl/media/4.bin": "x" * 10_000})).message_id == "table-bomb"


def test_a_part_that_the_directory_names_many_times_counts_as_often(
    build_book: BuildBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "MAX_INFLATED_BYTES", 50_000)
    path = build_book(CELL, {"xl/media/a.bin": "x" * 10_000})
    with zipfile.ZipFile(path, "a") as added:
        added.filelist += [added.getinfo("xl/media/a.bin")] * 9
        added.writestr("xl/media/b.bin", "")
    assert refusal(path).message_id in {"table-bomb", "table-broken-archive"}  # the latter where Python notices


def test_a_directory_that_lies_about_a_size_hides_nothing(
    build_book: BuildBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    part, shown = "xl/worksheets/sheet1.xml", sheet("")[:-30]
    path = build_book(" " * 100_000 + FAR)
    change_directory(path, part, 16, "<I", zlib.crc32(shown.encode()))
    change_directory(path, part, 24, "<I", len(shown))
    assert refusal(path).message_id == "table-broken-archive"
    monkeypatch.setattr(archive, "MAX_INFLATED_BYTES", 50_000)
    monkeypatch.setattr(archive, "CHUNK", 10_000)
    assert refusal(path).message_id == "table-bomb"


def test_a_directory_that_lies_about_the_packed_size_does_not_raise_the_limit(
    build_book: BuildBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "MIN_BYTES_FOR_RATIO", 1_000_000)
    monkeypatch.setattr(archive, "MAX_RATIO", 100)
    path = build_book(CELL, {"xl/media/a.bin": " " * 2_000_000})
    change_directory(path, "xl/media/a.bin", 20, "<I", 1_000_000)
    assert refusal(path).message_id in {"table-bomb", "table-broken-archive"}


def test_one_cell_far_away_is_refused_with_its_address(build_book: BuildBook) -> None:
    error = refusal(build_book(FAR))
    assert error.message_id == "table-too-large"
    assert error.params == {"what": "xl/worksheets/sheet1.xml → XFD1048576"}


def test_a_sheet_as_long_as_a_sheet_can_be_is_no_fault(build_book: BuildBook) -> None:
    rows = '<row r="1"><c r="Z1"><v>1</v></c></row><row r="1048576"><c r="A1048576"><v>1</v></c></row>'
    assert sheet_extents(build_book(rows)) == {"Data": Extent(26, 1_048_576, 2)}


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param('<row r="1"><c r="A1"/><c r="XFD1048576"/></row>', id="in a row of another number"),
        pytest.param("<row r='1048576'><c r='XFD1048576'/></row>", id="apostrophes"),
        pytest.param('<row><c r = "XFD1048576"/></row>', id="blanks around the equals sign"),
        pytest.param('<row><c r="xfd1048576"/></row>', id="small letters"),
        pytest.param('<row r="1048576"><c r="XFC1048576"/><c/></row>', id="no address"),
        pytest.param('<row r="1"><c r="A1" s="1" r="XFD1048576"/></row>', id="two addresses"),
        pytest.param('<row r="1"><c r="A4294967297"/></row>', id="a row that is none"),
        pytest.param(
            "<row>" + "<c/>" * 9_000 + "</row>" + "<row/>" * 9_000 + "<row><c/></row>", id="no addresses at all"
        ),
    ],
)
def test_a_cell_far_away_is_refused_however_it_is_written(build_book: BuildBook, rows: str) -> None:
    assert refusal(build_book(rows)).message_id in {"table-too-large", "table-broken-archive"}


@pytest.mark.parametrize(
    ("part", "target"),
    [
        ("xl/worksheets/sheet1.bin", "worksheets/sheet{}.bin"),
        ("xl/other/one.XML", "other/ONE.xml"),
        ("elsewhere/one.xml", "/elsewhere/one.xml"),
        ("xl/media/never mentioned.png", "worksheets/sheet{}.xml"),
    ],
)
def test_a_cell_far_away_is_refused_in_whatever_part_it_is(build_book: BuildBook, part: str, target: str) -> None:
    error = refusal(build_book(CELL, {part: sheet(FAR)}, target=target))
    assert error.params == {"what": f"{part} → XFD1048576"}


def test_a_picture_that_happens_to_hold_a_tag_is_a_picture(build_book: BuildBook) -> None:
    path = build_book(CELL, {"xl/media/image1.png": b"\x89PNG\x00<c \x00:c\n<c r='XFD1048576'/>"})
    assert sheet_extents(path) == {"Data": Extent(1, 1, 1)}


# What points to one text from many cells


def texts(*contents: str) -> str:
    return f'<sst xmlns="{MAIN}">' + "".join(f"<si><t>{content}</t></si>" for content in contents) + "</sst>"


def pointers(count: int, index: int = 0, tag: str = '<c r="A{0}" t="s">') -> str:
    return "".join(f'<row r="{n}">{tag.format(n)}<v>{index}</v></c></row>' for n in range(1, count + 1))


def test_a_text_that_many_cells_show_counts_for_each_of_them(
    build_book: BuildBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(book, "MAX_TEXT_BYTES", 999_999)
    error = refusal(build_book(pointers(1_000), {"xl/sharedStrings.xml": texts("x" * 1_000)}))
    assert error.message_id == "table-too-large"
    assert error.params == {"what": "xl/worksheets/sheet1.xml → 1,000,000 bytes"}


def test_a_long_text_that_few_cells_show_is_no_fault(build_book: BuildBook, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(book, "MAX_TEXT_BYTES", 20_000)
    path = build_book(
        pointers(1_000, 1) + '<c r="B1" t="s"><v>0</v></c>', {"xl/sharedStrings.xml": texts("x" * 9_000, "ab")}
    )
    assert sheet_extents(path) == {"Data": Extent(2, 1_000, 1_001)}


@pytest.mark.parametrize("tag", ["<c r='A{0}' t='s'>", "<c t='s'>", '<c r="A{0}" t = "s">'])
def test_pointers_that_are_written_otherwise_do_not_escape(
    build_book: BuildBook, monkeypatch: pytest.MonkeyPatch, tag: str
) -> None:
    monkeypatch.setattr(book, "MAX_TEXT_BYTES", 20_000)
    path = build_book(pointers(1_000, tag=tag), {"xl/sharedStrings.xml": texts("x" * 1_000)})
    assert refusal(path).message_id == "table-too-large"


@pytest.mark.parametrize(
    "written", ['uniqueCount="{}"', "uniqueCount = '{}'", 'a=">" uniqueCount="{}"', 'uniqueCount="00{}"']
)
@pytest.mark.parametrize("before", [0, archive.CHUNK - 40])
def test_a_count_of_texts_that_cannot_be_is_refused_before_room_is_made_for_it(
    build_book: BuildBook, written: str, before: int
) -> None:
    def book(count: int) -> Path:
        content = f"{' ' * before}<sst {written.format(count)}><si><t>a</t></si></sst>"
        return build_book(CELL, {"xl/sharedStrings.xml": content})

    assert sheet_extents(book(1)) == {"Data": Extent(1, 1, 1)}
    assert refusal(book(4_294_967_296)).message_id == "table-broken-archive"


def test_two_tables_of_texts_are_refused(build_book: BuildBook) -> None:
    parts = {"xl/sharedStrings.xml": texts("a"), "xl/SharedStrings.xml": texts("b")}
    assert refusal(build_book(CELL, parts)).message_id == "table-broken-archive"
