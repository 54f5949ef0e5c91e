"""Frames are sheets whose first row are the names of the columns."""

from datetime import date

import polars as pl
import pytest

from icstip.errors import TableError
from icstip.findings import Place
from icstip.tables.frames import grid_of_frame


@pytest.mark.parametrize(
    ("values", "dtype", "texts"),
    [
        (["a", None, " b "], pl.String(), ["a", None, "b"]),
        ([1, None, 1204], pl.Int32(), ["1", None, "1204"]),
        ([1.0, float("nan"), 0.1 + 0.2, None], pl.Float64(), ["1", None, "0.3", None]),
        ([True, False, None], pl.Boolean(), ["TRUE", "FALSE", None]),
        (["F", "M"], pl.Enum(["F", "M"]), ["F", "M"]),
        ([date(2020, 3, 31)], pl.Date(), ["2020-03-31"]),
        ([None], pl.Null(), [None]),
    ],
)
def test_values_are_texts_as_a_spreadsheet_shows_them(
    values: list[object], dtype: pl.DataType, texts: list[str | None]
) -> None:
    grid = grid_of_frame(pl.DataFrame({"x": pl.Series(values, dtype=dtype)}))
    assert grid.frame["A"].to_list() == ["x", *texts]


def test_rows_and_columns_are_called_as_those_of_a_sheet() -> None:
    grid = grid_of_frame(pl.DataFrame({"Sex": ["F"], "2020": [5]}))
    assert (grid.frame.columns, grid.place("B", 2)) == (["A", "B"], Place("frame", None, "B2", 2))


def test_a_column_of_lists_is_refused() -> None:
    with pytest.raises(TableError, match="frame: x: a column of List"):
        grid_of_frame(pl.DataFrame({"x": [[1, 2]]}))


def test_a_frame_without_columns_is_an_empty_sheet() -> None:
    assert grid_of_frame(pl.DataFrame()).frame.is_empty()
