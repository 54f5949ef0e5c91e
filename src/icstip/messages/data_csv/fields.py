"""Columns of data sets as the fields of SDMX-CSV: numbers without exponents, codes with or without their names."""

from collections.abc import Iterator

import polars as pl

from icstip.messages.data_csv.labels import ids_and_names, names
from icstip.messages.data_options import DataOptions, Labels
from icstip.messages.dataset import plain_numbers
from icstip.schema import Column


def fields_of(values: pl.Series, column: Column, options: DataOptions) -> Iterator[pl.Series]:
    """Yield what stands in the fields of a component: one column, or a second one with the names of its codes.

    Args:
        values: Its values.
        column: The component.
        options: What stands for codes.
    """
    texts = _texts(values)
    is_coded = column.codes is not None and texts.dtype in (pl.String, pl.Enum)
    yield ids_and_names(texts, column, options.language) if is_coded and options.labels is Labels.BOTH else texts
    if options.labels is Labels.NAME:
        yield names(texts, column, options.language) if is_coded else nothing(len(values))


def is_bare(values: pl.Series, delimiter: str) -> bool:
    """Return whether no text needs quotes.

    Args:
        values: What stands in fields; it has no empty texts.
        delimiter: What separates fields.
    """
    texts = values.dtype.categories if isinstance(values.dtype, pl.Enum) else values
    return texts.dtype != pl.String or not texts.str.contains_any([delimiter, '"', "\n", "\r"]).any()


def nothing(rows: int) -> pl.Series:
    """Return a column without values."""
    return pl.Series([None], dtype=pl.String).new_from_index(0, rows)


def has_empty(values: pl.Series) -> bool:
    """Return whether there are empty texts in a column."""
    if isinstance(values.dtype, pl.Enum) and "" not in values.dtype.categories:
        return False
    return values.dtype in (pl.String, pl.Enum) and bool((values.cast(pl.String) == "").any())


def _texts(values: pl.Series) -> pl.Series:
    """Return a column in a type that polars writes as messages have it."""
    if values.dtype.is_float():
        return plain_numbers(values)
    return values if values.dtype in (pl.String, pl.Enum) or values.dtype.is_integer() else values.cast(pl.String)
