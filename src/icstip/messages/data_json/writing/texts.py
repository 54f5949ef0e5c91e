"""Columns as they stand in JSON, whole columns at a time."""

import json
from typing import Final

import polars as pl

from icstip.errors import StructureError
from icstip.messages.dataset import plain_numbers
from icstip.schema import Column

ESCAPED: Final = {chr(code): json.dumps(chr(code))[1:-1] for code in (*range(0x20), 0x22, 0x5C)}
"""The characters that cannot stand in a text of JSON, with what stands for them (RFC 8259 §7)."""

NUMBER: Final = r"^-?(?:0|[1-9][0-9]{0,300})(?:\.[0-9]{1,300})?(?:[eE][+-]?[0-9]{1,4})?$"
"""Texts of numbers that are numbers of JSON (RFC 8259 §6)."""

_NEEDS_ESCAPE: Final = r'["\\\x00-\x1f]'
_MINUS_ZERO: Final = "-0"
"""What readers that tell whole numbers from others take for 0."""

_NUMBER_TYPES: Final = frozenset(
    {"Integer", "Long", "Short", "Count", "BigInteger", "Incremental", "Decimal", "Float", "Double"}
    | {"InclusiveValueRange", "ExclusiveValueRange"}
)


def quoted(values: pl.Series) -> pl.Series:
    """Return texts as texts of JSON; what is null stays so."""
    if values.str.contains(_NEEDS_ESCAPE).any():
        values = values.str.replace_many(list(ESCAPED), list(ESCAPED.values()))
    return '"' + values + '"'


def plain(values: pl.Series) -> pl.Series:
    """Return values as the texts that messages carry."""
    return (plain_numbers(values) if values.dtype.is_float() else values).cast(pl.String)


def literals(values: pl.Series, column: Column) -> pl.Series:
    """Return values as they stand in a data set: numbers, or texts; what is null stays so.

    Args:
        values: A column of a data set.
        column: What it is: only the values of a number are written as numbers.
    """
    if values.dtype.is_integer():
        return values.cast(pl.String)
    texts = plain(values)
    if values.dtype.is_float():
        odd = values.is_nan() | values.is_infinite()
        if not odd.any():
            return texts
        return pl.select(pl.when(odd).then('"' + texts + '"').otherwise(texts)).to_series()
    if column.data_type == "Boolean" and column.codes is None:
        truth = texts.is_in(["true", "false"])
        return pl.select(pl.when(truth).then(texts).otherwise(quoted(texts))).to_series()
    if column.data_type not in _NUMBER_TYPES or column.codes is not None:
        return quoted(texts)
    number = texts.str.contains(NUMBER) & (texts != _MINUS_ZERO)
    return pl.select(pl.when(number).then(texts).otherwise(quoted(texts))).to_series()


def not_negative(told: pl.Series) -> pl.Series:
    """Return values in place with negative numbers as texts: so the schemas want it everywhere but in observations."""
    negative = told.str.starts_with("-")
    if not negative.any():
        return told
    return pl.select(pl.when(negative).then('"' + told + '"').otherwise(told).alias(told.name)).to_series()


def encoded(text: str, where: str) -> bytes:
    """Return a text in UTF-8.

    Raises:
        StructureError: It has half a character, which UTF-8 cannot hold.
    """
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        around = ascii(text[max(error.start - 20, 0) : error.end])
        raise StructureError("json-character", where=where, around=around) from error
