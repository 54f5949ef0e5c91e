"""A data set is its columns; numbers in messages are plain decimals."""

from decimal import Decimal

import pandas as pd
import polars as pl
import pytest

from icstip.messages.dataset import DataSet, as_text
from icstip.schema import ArtefactKey, Schema

SCHEMA = Schema(ArtefactKey("TEST", "VICTIM", "1.0.0"), None, ())


def text(number: float | None) -> str | None:
    frame = pl.DataFrame({"value": [1.5, number]}, schema={"value": pl.Float64})
    written: str | None = frame.select(as_text("value", pl.Float64()))["value"].to_list()[1]
    return written


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (0.0, "0"),
        (-0.0, "0"),
        (5.0, "5"),
        (-5.0, "-5"),
        (1240.0, "1240"),
        (0.5, "0.5"),
        (0.1, "0.1"),
        (33.333333333333336, "33.333333333333336"),
        (1e15, "1000000000000000"),
        (2.0**53, "9007199254740992"),
        (2.0**53 + 2, "9007199254740994"),
        (1e16, "10000000000000000"),
        (-1e21, "-1000000000000000000000"),
        (1e22, "10000000000000000000000"),
        (0.00001, "0.00001"),
        (1.5e-7, "0.00000015"),
        (-2.5e-10, "-0.00000000025"),
        (None, None),
    ],
)
def test_a_number_is_a_plain_decimal_and_a_whole_one_has_no_point(number: float | None, written: str | None) -> None:
    assert text(number) == written


@pytest.mark.parametrize("number", [0.1 + 0.2, 1 / 3, 123456789.123, 1e300, 5e-324, 1.7976931348623157e308])
def test_the_text_of_a_number_reads_back_as_that_number(number: float) -> None:
    written = text(number)
    assert written is not None
    assert float(written) == number
    assert Decimal(written) == Decimal(repr(number))
    assert "e" not in written


def test_texts_and_codes_and_whole_numbers_are_themselves() -> None:
    frame = pl.DataFrame({"text": ["1.0", None]}).with_columns(
        code=pl.Series(["F", "M"], dtype=pl.Enum(["F", "M"])), whole=pl.Series([3, None], dtype=pl.Int64)
    )
    written = frame.select(as_text(name, frame.schema[name]) for name in frame.columns)
    assert written.rows() == [("1.0", "F", "3"), (None, "M", None)]


def test_a_data_set_is_as_long_as_its_observations_and_gives_them_as_they_are() -> None:
    frame = pl.DataFrame({"SEX": ["F", "M"], "OBS_VALUE": [1.0, None]})
    data = DataSet(SCHEMA, frame)
    assert len(data) == 2
    assert data.to_polars() is frame


def test_a_data_set_is_also_a_pandas_frame_with_codes_as_texts_and_missing_values_missing() -> None:
    frame = pl.DataFrame({"OBS_VALUE": [1.0, None]}).with_columns(
        SEX=pl.Series(["M", "F"], dtype=pl.Enum(["F", "M"])), NOTE=pl.Series(["x", None], dtype=pl.Categorical)
    )
    pandas = DataSet(SCHEMA, frame).to_pandas()
    assert pandas["SEX"].to_list() == ["M", "F"]
    assert pandas["OBS_VALUE"].dtype == "float64"
    assert pandas["OBS_VALUE"].isna().to_list() == [False, True]
    assert pandas["NOTE"].isna().to_list() == [False, True]
    assert list(pandas.columns) == ["OBS_VALUE", "SEX", "NOTE"]
    assert isinstance(pandas, pd.DataFrame)
