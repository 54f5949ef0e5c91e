"""Values and markup as text: each value as it may stand in XML, whatever it is."""

from itertools import product

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.examples.data_ml_rows import text_of
from tests.examples.data_sets import attribute, dimension, measure, of, schema, written

from icstip.errors import StructureError
from icstip.messages.data_ml.writing.pieces import Lookup, Piece, Value, rows, safe, texts
from icstip.messages.dataset import DataSet
from icstip.schema import Level

CODES = pl.Enum(["a", "b&c", '"d"'])


def test_texts_are_escaped_for_attributes() -> None:
    given_texts = pl.Series(["a&b", '<"c">', "tab\there", "line\nend\r\n", "plain é ع 'x'", "", None])
    assert safe(given_texts).to_list() == [
        "a&amp;b",
        "&lt;&quot;c&quot;&gt;",
        "tab&#9;here",
        "line&#10;end&#13;&#10;",
        "plain é ع 'x'",
        "",
        None,
    ]


def test_codes_stay_codes_unless_one_of_the_list_must_be_escaped() -> None:
    plain = pl.Series(["a", None, "b"], dtype=pl.Enum(["a", "b"]))
    assert safe(plain).dtype == pl.Enum(["a", "b"])
    assert safe(pl.Series(["b&c", None, "a"], dtype=CODES)).to_list() == ["b&amp;c", None, "a"]


@pytest.mark.parametrize("character", ["\x00", "\x08", "\x0b", "\x1f", "\ufffe", "\uffff"])
def test_what_xml_cannot_hold_is_refused_and_shown(character: str) -> None:
    text = f"before {character} after"
    for values in (pl.Series(["fine", text]), pl.Series([text], dtype=pl.Enum([text, "fine"]))):
        with pytest.raises(StructureError, match=f"U\\+{ord(character):04X}"):
            safe(values)


def test_a_code_that_xml_cannot_hold_is_no_matter_where_it_is_not_used() -> None:
    assert safe(pl.Series(["fine"], dtype=pl.Enum(["\x01", "fine"]))).to_list() == ["fine"]


@pytest.mark.parametrize("character", ["\x7f", "\x85", "\u2028", "\ufdd0", "\U0010ffff", "\ufeff"])
def test_other_odd_characters_are_written_as_they_are(character: str) -> None:
    assert safe(pl.Series([character])).to_list() == [character]


@given(st.lists(st.floats() | st.integers(-(2**60), 2**60).map(float) | st.none(), min_size=1))
def test_numbers_have_no_exponent_and_whole_ones_no_point(numbers: list[float | None]) -> None:
    found = safe(pl.Series(numbers, dtype=pl.Float64)).cast(pl.String).to_list()
    assert found == [None if number is None else text_of(number) for number in numbers]


def test_whole_numbers_are_kept_to_the_last_digit() -> None:
    assert safe(pl.Series([2**63 - 1, -(2**63), None])).to_list() == [2**63 - 1, -(2**63), None]


def columns() -> list[tuple[pl.Series, list[str | None]]]:
    return [
        (pl.Series(["a", "b"], dtype=pl.Enum(["b", "a"])), ["a", "b"]),
        (pl.Series(["a", None], dtype=pl.Enum(["b", "a"])), ["a", None]),
        (pl.Series(["x", 'y">']), ["x", 'y">']),
        (pl.Series([None, "z"]), [None, "z"]),
        (pl.Series([1, 2]), ["1", "2"]),
        (pl.Series([None, 2]), [None, "2"]),
    ]


def test_a_value_that_is_absent_leaves_no_markup_whatever_stands_beside_it() -> None:
    for chosen in product(columns(), repeat=3):
        pieces: list[Piece] = ["<Obs"]
        expected = ["<Obs", "<Obs"]
        for name, (values, shown) in zip("ABC", chosen, strict=True):
            pieces.append(Value(f' {name}="', values, '"'))
            told = [f' {name}="{value}"' if value is not None else "" for value in shown]
            expected = [before + text for before, text in zip(expected, told, strict=True)]
        lines = [f"{line}/>" for line in expected]
        pieces.append("/>")
        assert rows(pieces, 2).decode() == "".join(f"{line}\n" for line in lines)
        assert texts(pieces, 2).to_list() == lines


def test_texts_are_looked_up_alone_and_beside_others() -> None:
    lookup = Lookup(pl.Series(["", "one\ntwo"]), pl.Series([0, 1, 0], dtype=pl.UInt32))
    assert rows(["<", lookup, ">"], 3) == b"<>\n<one\ntwo>\n<>\n"
    value = Value(' V="', pl.Series(["a", None, None]), '"')
    assert rows([lookup, value, lookup], 3) == b' V="a"\none\ntwoone\ntwo\n\n'


def test_rows_without_values_are_all_the_same() -> None:
    assert rows(['<Obs A="', 'b"/>'], 2) == b'<Obs A="b"/>\n<Obs A="b"/>\n'
    assert texts(["<Obs/>"], 2).to_list() == ["<Obs/>", "<Obs/>"]
    assert rows(["<Obs/>"], 0) == b""


@pytest.mark.parametrize("format_id", ["sdmx-ml-2.1", "sdmx-ml-2.1-generic", "sdmx-ml-3.0", "sdmx-ml-3.1"])
def test_columns_of_any_kind_are_written(format_id: str) -> None:
    given_schema = schema(
        dimension("D"), dimension("E", "a"), measure(), attribute("N", Level.OBSERVATION, data_type="Integer")
    )
    frame = pl.DataFrame(
        {"D": ["no code", "#N/A"], "OBS_VALUE": ["<5", "NaN"], "N": [float("nan"), 7.0]},
    ).with_columns(pl.Series("E", ["a", "~"], dtype=pl.Enum(["a", "#N/A", "~"])))
    text = written(DataSet(given_schema, frame), format_id).decode()
    for shown in ('"no code"', '"&lt;5"', '"NaN"', '"7"', '"#N/A"', '"~"'):
        assert shown in text


def test_a_text_in_the_data_set_or_in_a_group_is_refused_too() -> None:
    given_schema = schema(dimension("D", "a"), measure(), attribute("TITLE", Level.DATASET))
    frame = pl.DataFrame({"D": ["a"], "OBS_VALUE": [1], "TITLE": ["x\x01"]})
    with pytest.raises(StructureError, match=r"U\+0001"):
        written(of(given_schema, frame), "sdmx-ml-3.0")
