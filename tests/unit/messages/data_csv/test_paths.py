"""The fast way of reading SDMX-CSV and the plain one: the same rows, or both an error."""

import io
from pathlib import Path
from unittest.mock import patch

import polars as pl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.examples.data_sets import dimension, measure, schema

from icstip.errors import FormatError
from icstip.messages.data_csv import read as reader
from icstip.messages.data_csv.fast import block_of, whole_rows
from icstip.messages.data_csv.frames import frames_of
from icstip.messages.data_csv.plain import Rows
from icstip.messages.data_csv.text import Text
from icstip.messages.data_parts import LINE, Reading
from icstip.messages.data_source import DataSource

HEAD = "STRUCTURE,STRUCTURE_ID,ACTION,A,B\n"
ROW = "dataflow,A:DF(1.0),I,"
GIVEN = schema(dimension("A", "x"), dimension("B", "y"), measure())

Outcome = tuple[str, list[tuple[object, ...]]]

USUAL = ["", "a", "é", "\u2028", " x ", "\ufeff", "~", "NaN", "'", "\\", '"a"', '""', '"a,b"', '"a\nb"', '"a\r\n\n"']
QUOTED = ['""""', '"a""b"', '"""a"', '"a"""', '",,"', '"\n"']
ODD = ['"', 'a"b', '"a"b', ' "a"', '"a" ', "\r", '"\r"', "\0", "a\nb", "\x1a", 'a""']
ENDS = ["\n", "\r\n", "\r", "", "\n\n", "\r\n\r\n", ",\n", ",,"]

_rows = st.lists(
    st.tuples(
        st.sampled_from([ROW, ROW, ROW, "dataflow,A:DF(1.0),R,", "x,", ""]),
        st.sampled_from(USUAL + QUOTED + ODD),
        st.sampled_from([",", ",", ",", ",", ",,", ""]),
        st.sampled_from(USUAL + QUOTED + ODD),
        st.sampled_from(["\n"] * 8 + ENDS),
    ).map("".join),
    max_size=12,
)
_regular = st.lists(
    st.tuples(st.just(ROW), st.sampled_from(USUAL + QUOTED), st.just(","), st.sampled_from(USUAL + QUOTED)).map(
        "".join
    ),
    max_size=40,
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("messages")


def _outcome(content: bytes, folder: Path, *, fast: bool) -> Outcome:
    path = folder / "message"
    path.write_bytes(content)
    rows: list[tuple[object, ...]] = []
    try:
        for part in (reader.read if fast else reader.read_plain)(DataSource(path), Reading("m", lambda _: GIVEN)):
            rows += [(part.head.action, part.head.line, *row) for row in part.frame.iter_rows()]
    except FormatError:
        return "error", []
    return "read", rows


def _same(content: bytes, folder: Path, *, block: int = 120) -> Outcome:
    """What both ways find, with blocks so small that they take turns within a message."""
    module = "icstip.messages.data_csv"
    plain = _outcome(content, folder, fast=False)
    with (
        patch(f"{module}.fast.BLOCK", block),
        patch(f"{module}.plain.BLOCK", block // 2),
        patch(f"{module}.text._LINES", block // 8),
    ):
        assert _outcome(content, folder, fast=True) == plain
    return plain


@given(rows=_rows)
@settings(max_examples=400, deadline=None)
@example(rows=[f'{ROW}"a"b,c\n', f"{ROW}a,b\n"])
@example(rows=[f"{ROW}a\rb,c\n"])
@example(rows=[f"{ROW}a,b\n", "x^\n", "x\x01\n"])
@example(rows=[f"{ROW}a,b\n", "\ufeff" + f"{ROW}a,b\n"])
@example(rows=[f'{ROW}",\n', f'{ROW}"x,y\n'])
def test_messy_rows_are_read_alike(rows: list[str], folder: Path) -> None:
    _same((HEAD + "".join(rows)).encode(), folder)


@given(rows=_regular, end=st.sampled_from(["\n", "\r\n"]), last=st.booleans())
@settings(max_examples=200, deadline=None)
def test_regular_rows_are_read_alike_and_all(rows: list[str], end: str, *, last: bool, folder: Path) -> None:
    content = end.join([HEAD.rstrip(), *rows]) + (end if last else "")
    outcome, found = _same(content.encode(), folder)
    assert (outcome, len(found)) == ("read", len(rows))


@given(content=st.binary(max_size=60), place=st.integers(0, 200))
@settings(max_examples=200, deadline=None)
def test_any_bytes_are_read_alike(content: bytes, place: int, folder: Path) -> None:
    whole = (HEAD + f'{ROW}a,"b"\n' * 6).encode()
    _same(whole[:place] + content + whole[place:], folder)


@pytest.mark.parametrize("cell", ["x", '"a, ""b"""', '"two\nlines"', '""'])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_large_blocks_are_read_alike(cell: str, end: str, folder: Path) -> None:
    rows = "".join(f"{ROW}{cell},{number}{end}" for number in range(20_000))
    outcome, found = _same((HEAD + rows).encode(), folder, block=1 << 18)
    assert (outcome, len(found)) == ("read", 20_000)


def _text(content: str) -> Text:
    return Text(io.BytesIO(content.encode()), "m")


@pytest.mark.parametrize(
    "content",
    [
        "a,b\nc,d\n",
        "a,b\r\nc,d",
        "a,b\r",
        '"a","b"\n"c\n","d"\r\n',
        "a,\n,b\n",
        '"",x\n"""",\n',
        ",\n,\n",
        "é,\u2028\nx,y\n",
    ],
)
def test_usual_rows_are_read_the_fast_way(content: str) -> None:
    with patch("icstip.messages.data_csv.frames.Rows.frame", side_effect=AssertionError):
        text = _text(content)
        fast = next(frames_of(text, Rows(text, ","), ",", 2, fast=True))
    text = _text(content)
    plain = next(frames_of(text, Rows(text, ","), ",", 2, fast=False))
    assert fast.equals(plain)
    assert fast.schema == plain.schema == {"0": pl.String, "1": pl.String, LINE: pl.UInt32}


@pytest.mark.parametrize(
    "content",
    [
        "",
        "a,b\n\nc,d\n",
        "a,b\n\r\nc,d\n",
        "a,b\rc,d\n",
        'a,x"y"\n',
        'a,"x"y\n',
        'a,"x\n',
        "a\n",
        "a,b,c\n",
        "a,b\na\n",
        "a,b\na,b,\n",
        "a,\0\n",
        "x^,b\n",
        "x\x01,b\n",
    ],
)
def test_rows_that_are_not_certain_are_left_to_the_plain_way(content: str) -> None:
    assert block_of(whole_rows(_text(content)), ",", 2) is None


def test_the_ways_take_turns_at_any_row(folder: Path) -> None:
    odd, usual = f'{ROW}a"b,x\n', f"{ROW}a,x\n"
    _, rows = _same((HEAD + (usual * 9 + odd) * 9).encode(), folder)
    assert [row[2] for row in rows] == (["a"] * 9 + ['a"b']) * 9
    assert [row[-1] for row in rows] == list(range(2, 92))
