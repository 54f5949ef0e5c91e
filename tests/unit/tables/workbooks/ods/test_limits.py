"""What is no OpenDocument workbook, or stands for more cells than can be read safely, is refused in one line."""

import zipfile
from collections.abc import Callable
from pathlib import Path
from time import process_time

import pytest

from icstip.errors import TableError
from icstip.tables.workbooks import archive
from icstip.tables.workbooks.ods import styles, table
from icstip.tables.workbooks.ods.read import read_ods

BuildOds = Callable[..., Path]
TEXT = "<text:p>x</text:p>"


def row(columns: int, rows: int, content: str = TEXT) -> str:
    return (
        f'<table:table-row table:number-rows-repeated="{rows}">'
        f'<table:table-cell table:number-columns-repeated="{columns}">{content}</table:table-cell></table:table-row>'
    )


def refusal(path: Path) -> TableError:
    begun = process_time()
    with pytest.raises(TableError) as caught:
        list(read_ods(path))
    assert process_time() - begun < 5
    assert "\n" not in caught.value.line()
    return caught.value


@pytest.mark.parametrize(
    ("rows", "address"),
    [
        pytest.param(row(16_384, 1_048_576), "XFD1048576", id="every cell there can be"),
        pytest.param(row(16_385, 1), "XFE1", id="too wide"),
        pytest.param(row(1, 1_048_577), "A1048577", id="too high"),
        pytest.param(row(1, 999_999_999_999), "A1048577", id="more than a number of 32 bits"),
        pytest.param(row(1, 1_048_576, "") + row(1, 1), "A1048577", id="a text below the last row"),
        pytest.param(row(16_384, 1_200) + row(16_384, 1_200), "XFD2400", id="a part at a time"),
    ],
)
def test_a_few_tags_that_stand_for_too_many_cells_are_refused(build_ods: BuildOds, rows: str, address: str) -> None:
    error = refusal(build_ods(rows))
    assert (error.message_id, error.params) == ("table-too-large", {"what": address})


def test_sheets_together_have_a_limit(build_ods: BuildOds, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "MAX_TEXTS", 100)
    assert len(list(read_ods(build_ods({"a": row(5, 10), "b": row(5, 10)})))) == 2
    assert refusal(build_ods({"a": row(5, 10), "b": row(5, 10), "c": row(1, 1)})).message_id == "table-too-large"


def test_a_long_text_counts_for_each_cell(build_ods: BuildOds, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "MAX_TEXT_BYTES", 1_000)
    assert list(read_ods(build_ods(row(10, 10, "<text:p>0123456789</text:p>"))))
    assert refusal(build_ods(row(10, 11, "<text:p>0123456789</text:p>"))).message_id == "table-too-large"


def test_a_run_of_blanks_has_a_limit(build_ods: BuildOds) -> None:
    (grid,) = read_ods(build_ods(row(1, 1, "<text:p>a<text:s text:c='999999999'/>b</text:p>")))
    assert len(grid.frame.item()) == 1_002


def test_formulas_without_values_have_a_limit(build_ods: BuildOds, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "MAX_TEXTS", 100)
    cell = '<table:table-cell table:formula="of:=1" table:number-columns-repeated="101"/>'
    assert refusal(build_ods(f"<table:table-row>{cell}</table:table-row>")).message_id == "table-too-large"


def test_merged_areas_and_styles_have_a_limit(build_ods: BuildOds, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "MAX_MERGED", 3)
    monkeypatch.setattr(styles, "MAX_STYLES", 3)
    merged = '<table:table-row><table:table-cell table:number-columns-spanned="2"/></table:table-row>'
    style = '<style:style style:name="s{}" style:family="table-cell"/>'
    named = "".join(style.format(number) for number in range(4))
    assert list(read_ods(build_ods(merged * 3, style)))
    assert refusal(build_ods(merged * 4)).message_id == "table-too-large"
    assert refusal(build_ods("", named)).message_id == "table-too-large"


def test_a_million_blank_rows_with_a_style_are_an_empty_sheet_at_once(build_ods: BuildOds) -> None:
    begun = process_time()
    written = '<table:table-row><table:table-cell table:style-name="ce1"/></table:table-row>' * 100_000
    (grid,) = read_ods(build_ods(written + row(16_384, 900_000, "")))
    assert grid.frame.shape == (0, 0)
    assert process_time() - begun < 10


@pytest.mark.parametrize("part", ["content.xml", "styles.xml", "META-INF/manifest.xml"])
def test_a_part_that_inflates_a_thousandfold_is_refused(
    build_ods: BuildOds, monkeypatch: pytest.MonkeyPatch, part: str
) -> None:
    monkeypatch.setattr(archive, "MIN_BYTES_FOR_RATIO", 1_000_000)
    error = refusal(build_ods(parts={part: "<a>" + " " * 3_000_000}))
    assert (error.message_id, error.params) == ("table-bomb", {"part": part})


@pytest.mark.parametrize("part", ["content.xml", "styles.xml", "META-INF/manifest.xml"])
@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("<a>", "table-broken-archive"),
        ("", "table-broken-archive"),
        ('<!DOCTYPE a [<!ENTITY e "x">]><a>&e;</a>', "table-doctype"),
    ],
)
def test_a_part_that_is_no_xml_or_has_a_document_type_is_refused(
    build_ods: BuildOds, part: str, content: str, message: str
) -> None:
    assert refusal(build_ods(parts={part: content})).message_id == message


def test_a_workbook_with_a_password_is_said_to_have_one(build_ods: BuildOds) -> None:
    entry = '<file-entry full-path="content.xml"><encryption-data/></file-entry>'
    parts = {"META-INF/manifest.xml": f"<manifest>{entry}</manifest>", "content.xml": b"\x9f\x00"}
    assert refusal(build_ods(parts=parts)).message_id == "table-encrypted"


@pytest.mark.parametrize(
    "parts", [{"content.xml": None}, {"content.xml": "<office:text xmlns:office='o'/>"}], ids=["no content", "a letter"]
)
def test_a_package_of_another_kind_is_no_workbook(build_ods: BuildOds, parts: dict[str, str | None]) -> None:
    assert refusal(build_ods(parts=parts)).message_id == "table-no-workbook"


def test_too_many_parts_are_refused(build_ods: BuildOds) -> None:
    error = refusal(build_ods(parts={f"Pictures/{n}.png": "" for n in range(archive.MAX_PARTS)}))
    assert error.message_id == "table-too-large"


def test_a_workbook_cut_short_is_refused_wherever_it_is_cut(build_ods: BuildOds) -> None:
    path = build_ods(row(1, 1))
    whole = path.read_bytes()
    for length in range(0, len(whole), 61):
        path.write_bytes(whole[:length])
        assert refusal(path).message_id == "table-broken-archive"


def test_a_part_that_is_packed_otherwise_is_refused(build_ods: BuildOds) -> None:
    path = build_ods(row(1, 1))
    with zipfile.ZipFile(path, "a", zipfile.ZIP_LZMA) as added:
        added.writestr("other.xml", "<a/>")
    assert refusal(path).message_id == "table-broken-archive"
