"""Frames → grids: the names of the columns are the first row, the values are texts as a spreadsheet shows them."""

from typing import Final

import polars as pl

from icstip.errors import TableError
from icstip.tables.grid import Grid, clean_cells, letters_of
from icstip.tables.workbooks.shown import number_text, truth_text

FRAME: Final = "frame"
"""What stands in the place of the name of a file."""


def grid_of_frame(frame: pl.DataFrame) -> Grid:
    """Return a frame as a sheet: its header is row 1, its first row is row 2.

    Args:
        frame: Columns of texts, categories, numbers, truth values, dates and times; null and NaN are blanks.

    Raises:
        TableError: A column of anything else, such as lists.

    Example:
        >>> grid = grid_of_frame(pl.DataFrame({"Sex": ["Women", None], "2020": [5.0, 7.5]}))
        >>> grid.frame.rows()
        [('Sex', '2020'), ('Women', '5'), (None, '7.5')]
    """
    columns = [
        pl.concat([pl.Series([name], dtype=pl.String), _texts(frame[name])]).alias(letters_of(position))
        for position, name in enumerate(frame.columns, 1)
    ]
    return Grid(FRAME, None, clean_cells(pl.DataFrame(columns)) if columns else pl.DataFrame())


def _texts(column: pl.Series) -> pl.Series:
    """Return the values of a column as texts, each distinct number written once."""
    dtype = column.dtype
    if dtype.is_float() or dtype.is_decimal():
        values = column.cast(pl.Float64).fill_nan(None)
        distinct = values.drop_nulls().unique().to_list()
        return values.replace_strict(distinct, list(map(number_text, distinct)), default=None, return_dtype=pl.String)
    if dtype == pl.Boolean:
        truths = {value: truth_text(value=value) for value in (True, False)}
        return column.replace_strict(truths, default=None, return_dtype=pl.String)
    is_text = isinstance(dtype, pl.String | pl.Categorical | pl.Enum | pl.Null)
    if not (is_text or dtype.is_integer() or dtype.is_temporal()):
        raise TableError("table-frame", where=f"{FRAME}: {column.name}", what=dtype)
    return column.cast(pl.String)
