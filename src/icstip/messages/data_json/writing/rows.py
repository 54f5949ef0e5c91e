"""Rows of a message: keys, and arrays of what is said of them, put together by the writer of CSV of polars."""

import io
from collections.abc import Mapping, Sequence
from typing import Final

import polars as pl

from icstip.messages.data_json.writing.values import Values

_BATCH: Final = 1 << 16
_NOTHING: Final = b"\x01"  # between columns, which have their own commas; taken out again


def key_columns(
    rows: pl.DataFrame, dimensions: Sequence[str], values: Mapping[str, Values], bracket: str = "["
) -> list[pl.Series]:
    """Return the keys of rows in quotes, with what begins the array or object after them, in columns of texts.

    Args:
        rows: The places of the values of the dimensions, or texts that stand for them; null, or no column at all,
            where a key does not have a dimension.
        dimensions: The dimensions in the order of the key.
        values: The values of the dimensions.
        bracket: What begins the array or object.
    """
    columns = []
    for place, name in enumerate(dimensions):
        before = "" if place else '"'
        after = ":" if place < len(dimensions) - 1 else f'":{bracket}'
        if name not in rows.columns:
            columns.append(nothing(rows.height, pl.String).fill_null(before + after))
            continue
        given = rows[name]
        told = before + given + after if given.dtype == pl.String else values[name].told(given, before, after)
        columns.append(told.fill_null(before + after) if told.null_count() else told)
    return columns


def array_columns(cells: Sequence[pl.Series], values: Mapping[str, Values]) -> list[pl.Series]:
    """Return what arrays have in them, in columns of texts; null for what they have not, but not in the first one.

    Args:
        cells: Places of values, or values as texts of JSON, by their components; null where there is none.
        values: The values of the components that are told by places.
    """
    return [_cell(cell, values.get(cell.name), "," if place else "") for place, cell in enumerate(cells)]


def lines(columns: Sequence[pl.Series], end: str) -> bytes:
    """Return rows as text.

    Args:
        columns: Their columns, as `key_columns` and `array_columns` return them.
        end: What each row ends with.
    """
    file = io.BytesIO()
    pl.DataFrame([column.alias(str(place)) for place, column in enumerate(columns)]).write_csv(
        file,
        include_header=False,
        separator=_NOTHING.decode(),
        quote_style="never",
        null_value=",null",
        line_terminator=end,
        batch_size=_BATCH,
    )
    return file.getvalue().translate(None, _NOTHING)


def nothing(height: int, dtype: type[pl.DataType], name: str = "") -> pl.Series:
    """Return a column that has nothing in any row."""
    return pl.Series(name, [None], dtype).new_from_index(0, height)


def _cell(cell: pl.Series, values: Values | None, before: str) -> pl.Series:
    told = cell.cast(pl.String) if values is None else values.told(cell, before)
    if values is None and before:
        told = before + told
    return told if before or not told.null_count() else told.fill_null("null")
