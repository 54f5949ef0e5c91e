"""SDMX-CSV that is broken is one clear error with its line, whatever the bytes are."""

from pathlib import Path

import pytest
from tests.examples.data_sets import dimension, measure, schema, time

from icstip.errors import FormatError
from icstip.messages.data_csv import text as text_module
from icstip.messages.data_csv.read import read, read_plain
from icstip.messages.data_parts import Reading
from icstip.messages.data_source import DataSource

GIVEN = schema(dimension("FREQ", "A", "Q"), time(), measure())
HEAD = "STRUCTURE,STRUCTURE_ID,ACTION,FREQ,TIME_PERIOD,OBS_VALUE"
ROW = "dataflow,A:DF(1.0.0),I,A,2020,1"
WAYS = pytest.mark.parametrize("way", [read, read_plain])


def _error(content: str | bytes, folder: Path, way: object = read) -> FormatError:
    path = folder / "message"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    with pytest.raises(FormatError) as caught:
        list(way(DataSource(path), Reading("message", lambda _: GIVEN)))  # type: ignore[operator]
    assert caught.value.where == "message"
    assert "message: " in caught.value.line()
    return caught.value


@WAYS
@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        ("dataflow,A:DF(1.0.0),I,A,2020", 6, "5 fields, where the header has 6"),
        ("dataflow", 2, "1 fields, where the header has 6"),
        (f"{ROW},", 7, "7 fields, where the header has 6"),
        (f"{ROW},2,3", 7, "8 fields, where the header has 6"),
        ('dataflow,"A:DF(1.0.0)" ,I,A,2020,1', 2, "text after the end of a quoted field"),
        ('dataflow,A:DF(1.0.0),I,A,"20"20,1', 5, "text after the end of a quoted field"),
        ('dataflow,A:DF(1.0.0),I,A,"2020,1', 5, "a quoted field that does not end"),
        ('dataflow,A:DF(1.0.0),"I",A,2020,"', 6, "a quoted field that does not end"),
        ("dataflow,A:DF(1.0.0),I,A,20\x0020,1", 28, "a null character"),
    ],
)
def test_a_row_that_is_no_csv_is_told_with_its_line(
    way: object, row: str, column: int, reason: str, tmp_path: Path
) -> None:
    error = _error(
        f"{HEAD}\n{ROW}\n\n{row}\n{ROW}\n" if "end" not in reason[-10:] else f"{HEAD}\n{ROW}\n\n{row}", tmp_path, way
    )
    assert error.message_id == "data-malformed"
    assert error.params == {"line": 4, "column": column, "reason": reason}


@WAYS
def test_a_quote_that_is_not_closed_is_told_where_it_opens(way: object, tmp_path: Path) -> None:
    broken = 'dataflow,A:DF(1.0.0),I,"A\n","20\n"2020,1'
    assert _error(f"{HEAD}\n{broken}\n", tmp_path, way).params["line"] == 3
    unclosed = 'dataflow,A:DF(1.0.0),I,"A\n\n",2020,"1'
    error = _error(f"{HEAD}\n{unclosed}\n{ROW}\n{ROW}\n", tmp_path, way)
    assert (error.params["line"], error.params["column"]) == (4, 6)


@WAYS
@pytest.mark.parametrize(
    ("content", "line", "encoding"),
    [
        (f"{HEAD}\n{ROW}\n".encode() + b"\xff\n", 3, "UTF-8"),
        (f"{HEAD}\r\n\r{ROW}\n{ROW}".encode() + b"\xc3", 4, "UTF-8"),
        (HEAD.encode() + b",\xe9\n", 1, "UTF-8"),
        (f"{HEAD}\n{ROW}\n".encode("utf-16") + b"\x00\xdc\n\x00", 3, "UTF-16"),
        (f"{HEAD}\n{ROW}".encode("utf-16") + b"\n", 2, "UTF-16"),
    ],
)
def test_bytes_that_are_no_text_are_told_with_their_line(
    way: object, content: bytes, line: int, encoding: str, tmp_path: Path
) -> None:
    error = _error(content, tmp_path, way)
    assert error.message_id == "data-encoding"
    assert error.params == {"line": line, "encoding": encoding}


@WAYS
@pytest.mark.parametrize(
    "start",
    ["", "\n\n", "STRUCTURES,X\n", "STRUCTURE:X\n", "DATAFLOW X\n", "FREQ,DATAFLOW\n", '"STRUCTURE"X"\n', "\x00"],
)
def test_what_does_not_begin_like_sdmx_csv_is_refused(way: object, start: str, tmp_path: Path) -> None:
    assert _error(start, tmp_path, way).message_id == "data-csv-start"


@pytest.mark.parametrize(
    ("header", "message_id", "column"),
    [
        ("STRUCTURE,ACTION,FREQ", "data-csv-column-missing", "STRUCTURE_ID"),
        ("STRUCTURE", "data-csv-column-missing", "STRUCTURE_ID"),
        (f"{HEAD},FREQ", "data-csv-column-twice", "FREQ"),
        (f"{HEAD},FREQ: Frequency", "data-csv-column-twice", "FREQ"),
        (f"{HEAD},UPDATED,UPDATED", "data-csv-column-twice", "UPDATED"),
        (f"{HEAD},STRUCTURE_NAME,FREQ,Name,FREQ,Name", "data-csv-column-twice", "FREQ"),
    ],
)
def test_a_column_that_is_missing_or_twice_is_told(header: str, message_id: str, column: str, tmp_path: Path) -> None:
    text = f"{header}\n{ROW}{',' * (header.count(',') - 5)}\n"
    error = _error(text, tmp_path)
    assert (error.message_id, error.params) == (message_id, {"line": 1, "column": column})


def test_a_header_of_thousands_of_columns_is_refused(tmp_path: Path) -> None:
    error = _error("DATAFLOW" + ",X" * 10_000, tmp_path)
    assert error.params["reason"] == "10001 columns, where 10000 are enough"


@WAYS
@pytest.mark.parametrize(
    ("row", "message_id", "value"),
    [
        (ROW.replace(",I,", ",X,"), "data-csv-action", "X"),
        (ROW.replace(",I,", ",Append,"), "data-csv-action", "Append"),
        (ROW.replace("dataflow", "codelist"), "data-csv-structure", "codelist"),
        (ROW.replace("dataflow", ""), "data-csv-structure", ""),
        (ROW.replace("A:DF(1.0.0)", "DF"), "data-csv-artefact", "DF"),
        (ROW.replace("A:DF(1.0.0)", ""), "data-csv-artefact", ""),
        (ROW.replace("A:DF(1.0.0)", "A:DF(1.0.0"), "data-csv-artefact", "A:DF(1.0.0"),
    ],
)
def test_a_row_that_says_nonsense_of_its_data_set_is_told_with_its_line(
    way: object, row: str, message_id: str, value: str, tmp_path: Path
) -> None:
    error = _error(f"{HEAD}\n{ROW}\n{ROW}\n{row}\n", tmp_path, way)
    assert (error.message_id, error.params) == (message_id, {"line": 4, "value": value})


@WAYS
@pytest.mark.parametrize("filler", ["x", "x\n", "x\r", ",", '""', "é"])
@pytest.mark.parametrize("quoted", [False, True])
def test_a_row_that_does_not_end_is_refused_before_it_fills_the_memory(
    way: object, filler: str, *, quoted: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not quoted and filler[-1] in "\r\n":
        return
    monkeypatch.setattr(text_module, "MOST", 1 << 20)
    monkeypatch.setattr("icstip.messages.data_csv.plain.MOST", 1 << 20)
    monkeypatch.setattr("icstip.messages.data_csv.fast.BLOCK", 1 << 20)
    quote = '"' if quoted else ""
    error = _error(f"{HEAD}\n{ROW}\n{ROW[:-1]}{quote}{filler * (3 << 20)}", tmp_path, way)
    assert (error.message_id, error.params["most"]) == ("data-part-large", 1 << 20)


@WAYS
def test_a_large_field_that_is_not_too_large_is_read(way: object, tmp_path: Path) -> None:
    path = tmp_path / "message"
    large = 'x, "" y\n' * (1 << 19)
    path.write_text(f'{HEAD}\n{ROW[:-1]}"{large}"\n{ROW}\n', encoding="utf-8", newline="")
    (part,) = list(way(DataSource(path), Reading("message", lambda _: GIVEN)))  # type: ignore[operator]
    assert part.frame["OBS_VALUE"].to_list() == [large.replace('""', '"'), "1"]
