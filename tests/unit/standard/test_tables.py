"""Rows know the line on which they start, and a table that cannot be read says why."""

from pathlib import Path

import pytest

from icstip.errors import StandardError
from icstip.standard.tables import load_optional_table, load_table


def write(folder: Path, content: bytes) -> Path:
    (folder / "t.csv").write_bytes(content)
    return folder


def test_a_row_after_a_quoted_line_break_knows_the_line_on_which_it_starts(tmp_path: Path) -> None:
    write(tmp_path, b'id,text\na,"one\ntwo\nthree"\nb,four\n')
    rows = load_table(tmp_path, "t.csv", ("id", "text")).rows
    assert [(row.line, row["id"], row["text"]) for row in rows] == [(2, "a", "one\ntwo\nthree"), (5, "b", "four")]


def test_blank_lines_count_as_lines_and_not_as_rows(tmp_path: Path) -> None:
    write(tmp_path, b"\nid\n\na\n\nb\n")
    table = load_table(tmp_path, "t.csv", ("id",))
    assert [(row.line, row["id"]) for row in table.rows] == [(4, "a"), (6, "b")]
    assert table.faults == ()


@pytest.mark.parametrize("content", [b"\xef\xbb\xbfid,b\nx,y\n", b"id,b\r\nx,y\r\n", b"id,b\nx,y"])
def test_what_spreadsheets_write_reads_the_same(tmp_path: Path, content: bytes) -> None:
    table = load_table(write(tmp_path, content), "t.csv", ("id", "b"))
    assert [(row.line, dict(row.cells)) for row in table.rows] == [(2, {"id": "x", "b": "y"})]


def test_a_separator_of_unicode_does_not_begin_a_line(tmp_path: Path) -> None:
    write(tmp_path, "id,b\nx,one\u2028two\ny,z\n".encode())
    assert [row.line for row in load_table(tmp_path, "t.csv", ("id",)).rows] == [2, 3]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"id\nx\n", ":1: columns missing: b, c"),
        (b"", ":1: columns missing: id, b, c"),
        (b"id,b,c\nx,y,z\nx,y\n", ":3: the row does not have as many cells as the header: c"),
        (b"id,b,c\nx,y,z,1,2\n", ":2: the row does not have as many cells as the header: #4, #5"),
        (b"id,b,c,b\nx,y,z,y\n", ":1: columns that stand twice: b"),
        (b'id,b,c\nx,y,z\nx,"y,z\nx,y,z\n', ":3: a quotation mark is not closed"),
        (b'id,b,c\nx,"y"!,z\n', ":2: a quotation mark is not closed"),
        (b"id,b,c\nx,y,z\nx,\xe9,z\n", ":3: the file is not UTF-8 (byte 0xE9)"),
    ],
)
def test_a_table_that_cannot_be_read_names_file_line_and_cause(tmp_path: Path, content: bytes, message: str) -> None:
    table = load_table(write(tmp_path, content), "t.csv", ("id", "b", "c"))
    with pytest.raises(StandardError) as caught:
        table.sound()
    assert str(caught.value).startswith(f"{tmp_path.name}/t.csv{message}")


def test_a_table_that_is_not_there_names_the_file(tmp_path: Path) -> None:
    table = load_table(tmp_path, "t.csv", ("id",))
    with pytest.raises(StandardError, match=r"t\.csv: the file is missing"):
        table.sound()


def test_a_table_without_a_fault_is_itself(tmp_path: Path) -> None:
    table = load_table(write(tmp_path, b"id,further\nx,y\n"), "t.csv", ("id",))
    assert table.sound() is table


def test_a_table_that_a_standard_can_do_without_is_empty_when_it_is_not_there(tmp_path: Path) -> None:
    table = load_optional_table(tmp_path, "absent.csv", ["id"])
    assert (table.rows, table.faults, table.usable, table.given) == ((), (), True, False)


def test_a_table_that_a_standard_can_do_without_must_be_right_when_it_is_there(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("name\nA\n", encoding="utf-8")
    table = load_optional_table(tmp_path, "t.csv", ["id"])
    assert (table.given, table.usable, table.faults[0].values) == (True, False, ("id",))
