"""A data set: observations as columns, with the schema that says what they are."""

from dataclasses import dataclass

import pandas as pd
import polars as pl

from icstip.schema import Schema


@dataclass(frozen=True)
class DataSet:
    """Observations of one data structure.

    Attributes:
        schema: What the columns are.
        frame: One column a component, in the order of the schema: String or Enum for codes, time and texts, Float64
            for numbers. A missing value is null.
    """

    schema: Schema
    frame: pl.DataFrame

    def to_polars(self) -> pl.DataFrame:
        """Return the observations as a polars frame."""
        return self.frame

    def to_pandas(self) -> pd.DataFrame:
        """Return the observations as a pandas frame, codes as texts."""
        texts = self.frame.with_columns(pl.col(pl.Enum, pl.Categorical).cast(pl.String))
        return pd.DataFrame(texts.to_dict(as_series=False))

    def __len__(self) -> int:
        return self.frame.height


def as_text(column: str, dtype: pl.DataType) -> pl.Expr:
    """Return a column as the texts that messages carry; numbers as plain decimals, whole numbers without a point."""
    value = pl.col(column)
    if not dtype.is_float():
        return value.cast(pl.String)
    # Beyond 2**53 not every whole number has a float of its own; the shortest text of the float stands for it.
    whole = (value == value.round()) & (value.abs() < 2**53)
    text = value.cast(pl.String).str.strip_suffix(".0")
    plain = text.map_elements(_plain_decimal, return_dtype=pl.String)
    return (
        pl.when(whole)
        .then(value.cast(pl.Int64, strict=False).cast(pl.String))
        .when(text.str.contains("e"))
        .then(plain)
        .otherwise(text)
    )


def _plain_decimal(text: str) -> str:
    """Return a number in exponent notation without it: XML Schema's decimal knows no exponent."""
    from decimal import Decimal  # noqa: PLC0415 - only for numbers of this kind, which hardly occur

    return f"{Decimal(text):f}"
