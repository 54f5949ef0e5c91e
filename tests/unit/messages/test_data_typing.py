"""Texts become values of the types of their components; what is none stays a text, and is told."""

import math

import polars as pl
import pytest
from tests.examples.data_sets import attribute, dimension, measure

from icstip.messages.data_typing import dtype_of, typed
from icstip.schema import Level

SEX = dimension("SEX", "F", "M")


def _texts(*values: str | None) -> pl.Series:
    return pl.Series("values", values, dtype=pl.String)


def test_codes_become_an_enumeration_of_their_list() -> None:
    found = typed(_texts("M", None, "F"), SEX)
    assert found.series.dtype == dtype_of(SEX) == pl.Enum(["F", "M"])
    assert found.series.to_list() == ["M", None, "F"]
    assert list(found.wrong) == []


def test_a_text_that_is_no_code_leaves_the_column_as_it_is_and_is_told_once() -> None:
    found = typed(_texts("M", "X", "F", "X", "Y"), SEX)
    assert found.series.to_list() == ["M", "X", "F", "X", "Y"]
    assert found.series.dtype == pl.String
    assert list(found.wrong) == ["X", "Y"]


def test_what_is_missing_on_purpose_or_does_not_apply_is_not_wrong() -> None:
    found = typed(_texts("M", "#N/A", "~"), SEX)
    assert found.series.dtype == pl.Enum(["F", "M", "#N/A", "~"])
    assert list(found.wrong) == []


@pytest.mark.parametrize(
    ("data_type", "texts", "values", "dtype"),
    [
        ("Integer", ["007", "-3", None], [7, -3, None], pl.Int64),
        ("Long", ["9007199254740993"], [9007199254740993], pl.Int64),
        ("Count", ["1", "NaN"], [1.0, math.nan], pl.Float64),
        ("Count", ["-9223372036854775808", "NaN"], ["-9223372036854775808", "NaN"], pl.String),
        ("BigInteger", ["99999999999999999999"], ["99999999999999999999"], pl.String),
        ("Decimal", ["1240", "0.5", "-3.25", None], [1240.0, 0.5, -3.25, None], pl.Float64),
        ("Double", ["1E5", "INF", "-INF", "+1", "NaN"], [1e5, math.inf, -math.inf, 1.0, math.nan], pl.Float64),
        ("String", ["007", ""], ["007", ""], pl.String),
    ],
)
def test_numbers_are_numbers_and_nothing_is_wrong(
    data_type: str, texts: list[str | None], values: list[object], dtype: type[pl.DataType]
) -> None:
    found = typed(_texts(*texts), measure("M", data_type))
    assert found.series.dtype == dtype
    assert found.series.equals(pl.Series("values", values, dtype=dtype))
    assert (list(found.wrong), list(found.inexact)) == ([], [])


@pytest.mark.parametrize(
    "text", ["abc", "1,5", "٣", "0x10", "1_000", " 1", "nan", "inf", "", "1e400", "infinity", "--1"]
)
def test_what_is_no_number_of_xml_schema_leaves_the_column_as_it_is(text: str) -> None:
    found = typed(_texts("1", text), measure())
    assert found.series.to_list() == ["1", text]
    assert list(found.wrong) == [text]


@pytest.mark.parametrize(
    ("text", "inexact"),
    [
        ("0.1234567890123456789", True),
        ("1e-400", True),
        ("123456789012345.125", True),  # its shortest text is …12
        ("33.333333333333336", False),
        ("1.50", False),
        ("1e22", False),
        ("123456789012345678", True),
    ],
)
def test_digits_that_a_number_does_not_keep_are_told(text: str, inexact: bool) -> None:  # noqa: FBT001
    assert list(typed(_texts("1", text), measure()).inexact) == [text] * inexact


def test_a_column_without_values_has_the_type_of_its_component() -> None:
    columns = [SEX, measure(), measure("N", "Integer"), attribute("NOTE", Level.OBSERVATION)]
    assert [dtype_of(column) for column in columns] == [pl.Enum(["F", "M"]), pl.Float64, pl.Int64, pl.String]
