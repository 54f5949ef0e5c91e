"""codes.csv is read as spreadsheet programs save it, and each row that is wrong is told."""

import codecs
from pathlib import Path

import pytest
from tests.examples.mistakes import told

from icstip.errors import MappingError
from icstip.findings import Finding, Place
from icstip.mapping.model import LabelRule
from icstip.mapping.reading.mapping import read_mapping
from icstip.mapping.reading.mistakes import MistakesError
from icstip.standard.model import Standard

MAPPING = """\
[table]
figures = "N"

[time]
column = "Year"

[[columns]]
column = "País"
component = "AREA"

[[columns]]
column = "Sex"
component = "SEX"

[[columns]]
column = "=Age"
component = "AGE"

[[columns]]
column = "Note"
component = "COMMENT"
"""
CODES = """\
column,component,label,code,also,note
País,AREA,Zaïre,CD,,"früher, so"
Sex,SEX,girls,F,AGE=Y18,
"""
RULES = (
    LabelRule("País", "AREA", "Zaïre", "CD", {}, "früher, so"),
    LabelRule("Sex", "SEX", "girls", "F", {"AGE": "Y18"}),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    (tmp_path / "mapping.toml").write_text(MAPPING, encoding="utf-8")
    return tmp_path / "codes.csv"


def _rules(path: Path, standard: Standard, content: str | bytes) -> tuple[LabelRule, ...]:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_mapping(path.with_name("mapping.toml"), standard).labels


def _mistakes(path: Path, standard: Standard, content: str) -> list[str]:
    with pytest.raises(MistakesError) as raised:
        _rules(path, standard, content)
    return told(raised.value, path.parent)


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    ("delimiter", "before", "encoding", "mark"),
    [
        (",", "", "utf-8", b""),
        (",", "", "utf-8", codecs.BOM_UTF8),
        (";", "", "utf-8", codecs.BOM_UTF8),
        (";", "", "cp1252", b""),
        ("\t", "", "utf-16-le", codecs.BOM_UTF16_LE),
        ("|", "sep=|\n", "utf-8", b""),
    ],
)
def test_any_delimiter_and_encoding_of_a_spreadsheet_program_will_do(
    path: Path, standard: Standard, delimiter: str, before: str, encoding: str, mark: bytes, line_end: str
) -> None:
    head, zaire, girls = CODES.splitlines()
    *fields, note = zaire.split(",", 5)
    lines = [delimiter.join(head.split(",")), delimiter.join([*fields, note]), delimiter.join(girls.split(","))]
    content = mark + (before + "\n".join([*lines, ""])).replace("\n", line_end).encode(encoding)
    assert _rules(path, standard, content) == RULES


def test_an_encoding_that_had_to_be_assumed_is_told(path: Path, standard: Standard) -> None:
    _rules(path, standard, CODES.encode("cp1252"))
    findings = read_mapping(path.with_name("mapping.toml"), standard).findings
    assert findings == (Finding("TABLE-003", Place("codes.csv"), "windows-1252"),)


def test_labels_full_of_other_delimiters_do_not_hide_the_one_of_the_header(path: Path, standard: Standard) -> None:
    rows = "".join(f'Sex,SEX,"a;b;c;d;e {i}",F\n' for i in range(60))
    assert len(_rules(path, standard, "column,component,label,code\n" + rows)) == 60


def test_names_that_a_spreadsheet_would_take_for_formulas_have_a_blank_before_them(
    path: Path, standard: Standard
) -> None:
    content = "column,component,label,code\n =Age, AGE, =x,Y18 \n"
    assert _rules(path, standard, content) == (LabelRule("=Age", "AGE", " =x", "Y18"),)


def test_the_names_of_columns_are_compared_as_headers_are(path: Path, standard: Standard) -> None:
    assert _rules(path, standard, "Column, component ,LABEL,code\nSEX,SEX,girls,F\n")[0].column == "Sex"


def test_rows_that_are_blank_say_nothing(path: Path, standard: Standard) -> None:
    head, *rows = CODES.splitlines()
    assert _rules(path, standard, "\n".join([head, rows[0], "", ",,,,,", " , ", f"{rows[1]},,,"])) == RULES


def test_a_text_without_a_list_loses_what_no_message_can_carry(path: Path, standard: Standard) -> None:
    rules = _rules(
        path, standard, "column,component,label,code,also\nNote,COMMENT,x,a\x01b,\nSex,SEX,y,F,COMMENT=c\x02\n"
    )
    assert [(rule.code, rule.also) for rule in rules] == [("a b", {}), ("F", {"COMMENT": "c"})]


@pytest.mark.parametrize(
    ("rows", "mistakes"),
    [
        ("Sex,SEX,girls, of all ages,F\n", ["2: MAP-016"]),
        ("Sex,SEX,x,F\nSex,SEX,X,M\nSex,SEX,x!,M\nSex,SEX,X?,F\n", ["3: MAP-014", "4: MAP-014"]),
        ("Sex,SEX,x,Q\nSex,SEX,x,F\n", ["2: MAP-005 alone"]),
        ('Sex,SEX,"x\ny",F\nSex,SEX,"z\n\n",Q\nSex,SEX,v,Q\n', ["4: MAP-005 alone", "7: MAP-005 alone"]),
        ("Sex,,x,F\n,SEX,x,F\n", ["2: MAP-004 alone", "3: MAP-013"]),
        ("Sex\n", ["2: MAP-004 alone"]),
        ("Year,SEX,x,F\nSex,TIME_PERIOD,x,2020\n", ["2: MAP-013", "3: MAP-013"]),
    ],
)
def test_each_row_that_is_wrong_is_told(path: Path, standard: Standard, rows: str, mistakes: list[str]) -> None:
    content = "column,component,label,code\n" + rows
    assert _mistakes(path, standard, content) == [f"codes.csv:{mistake}" for mistake in mistakes]


def test_a_line_for_the_spreadsheet_program_counts(path: Path, standard: Standard) -> None:
    assert _mistakes(path, standard, "sep=;\ncolumn;component;label;code\nSex;SEX;x;Q\n") == [
        "codes.csv:3: MAP-005 alone"
    ]


@pytest.mark.parametrize("content", ["", "\n", "a,b\n", "column,label\nSex,x\n"])
def test_a_header_that_lacks_columns_is_one_mistake(path: Path, standard: Standard, content: str) -> None:
    assert _mistakes(path, standard, content) == ["codes.csv:1: MAP-012"]


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"column,component,label,code\nSex,SEX,\x00,F\n", ""),
        (b"\xff\xfe\x00", ""),
        (b"%PDF-1.7", ""),
        (b'column,component,label,code\nSex,SEX,a,F\nSex,SEX,"b,F\n', ":3"),
        (b"<html><body></body></html>", ""),
    ],
)
def test_a_file_that_is_no_delimited_text_is_one_line(
    path: Path, standard: Standard, content: bytes, line: str
) -> None:
    with pytest.raises(MappingError) as raised:
        _rules(path, standard, content)
    assert (raised.value.message_id, raised.value.where) == ("mapping-codes", f"{path}{line}")


def test_a_folder_in_the_place_of_the_file_is_one_line(path: Path, standard: Standard) -> None:
    path.mkdir()
    with pytest.raises(MappingError) as raised:
        read_mapping(path.with_name("mapping.toml"), standard)
    assert raised.value.message_id == "mapping-unreadable"
