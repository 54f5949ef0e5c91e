"""From texts to the types of a schema. Nothing is lost: what has no value of its type stays a text, and is told."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from icstip.messages.dataset import MISSING, NOT_APPLICABLE
from icstip.schema import Column

_WHOLE_TYPES: Final = frozenset({"Integer", "Long", "Short", "Count", "BigInteger", "Incremental"})
_NUMBER_TYPES: Final = frozenset(
    {"Decimal", "Float", "Double", "InclusiveValueRange", "ExclusiveValueRange", "Numeric"}
)
_NAN: Final = "NaN"
_INFINITE: Final = "INF"
_EXACT: Final = 2**53
_ODD: Final = "\0odd "

_WHOLE: Final = re.compile(r"[+-]?[0-9]+")

# XML Schema §3.2: what numbers look like; SDMX has INF where XML Schema has.
_USUAL: Final = r"^-?(?:[0-9]{1,15}|[0-9]{1,8}\.[0-9]{1,7})$"  # a float keeps fifteen digits
_NUMBER: Final = r"^(?:[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?|-?INF|NaN)$"


@dataclass(frozen=True, slots=True)
class Typed:
    """A column of its type.

    Attributes:
        series: The column.
        wrong: Distinct texts that are none of its type, because of which it is texts still.
        inexact: Distinct texts of numbers with more digits than are kept.
    """

    series: pl.Series
    wrong: Sequence[str] = ()
    inexact: Sequence[str] = ()


def typed(values: pl.Series, column: Column) -> Typed:
    """Return a column of texts in the type of its component, as `typed_columns` does."""
    return next(typed_columns(values.alias(column.id).to_frame(), [column]))


def typed_columns(frame: pl.DataFrame, columns: Sequence[Column]) -> Iterator[Typed]:
    """Yield columns of texts in the types of their components.

    Codes become an Enum of the code list (with ``#N/A`` and ``~`` after its codes where they occur), whole numbers
    Int64, other numbers Float64; everything else stays a text.

    Args:
        frame: Texts; a missing value is null.
        columns: The components.
    """
    # All at once, because polars does it with all processors.
    tried = frame.select(
        *(pl.col(column.id).cast(dtype_of(column), strict=False) for column in columns),
        *(_is_odd(column.id) for column in columns if dtype_of(column) == pl.Float64),
    )
    for column in columns:
        values, given = frame[column.id], tried[column.id]
        if given.dtype == pl.Float64:
            yield _number(values, given, tried[_ODD + column.id])
        elif given.null_count() == values.null_count():
            yield Typed(given)
        elif column.codes is not None:
            yield _coded(values, given, column.codes)
        else:
            yield _whole(values, given)


def dtype_of(column: Column) -> pl.DataType:
    """Return the type of a column that has nothing but values of its type."""
    if column.codes is not None:
        return pl.Enum(column.codes)
    if column.data_type in _WHOLE_TYPES:
        return pl.Int64()
    return pl.Float64() if column.data_type in _NUMBER_TYPES else pl.String()


def _coded(values: pl.Series, given: pl.Series, codes: Sequence[str]) -> Typed:
    wrong = _distinct(values, given)
    markers = [marker for marker in (MISSING, NOT_APPLICABLE) if marker in wrong and marker not in codes]
    if len(markers) == len(wrong):
        return Typed(values.cast(pl.Enum([*codes, *markers])))
    return Typed(values, [value for value in wrong if value not in markers])


def _whole(values: pl.Series, given: pl.Series) -> Typed:
    if set(_distinct(values, given)) == {_NAN} and bool(given.drop_nulls().is_between(-_EXACT, _EXACT).all()):
        return Typed(values.cast(pl.Float64))
    # A whole number that is too large stays a text, but is not wrong.
    return Typed(values, [value for value in _distinct(values, given) if not _WHOLE.fullmatch(value) and value != _NAN])


def _is_odd(name: str) -> pl.Expr:
    """Return which texts are not the usual ones of numbers."""
    return (~pl.col(name).str.contains(_USUAL)).fill_null(value=False).alias(_ODD + name)


def _number(values: pl.Series, given: pl.Series, odd: pl.Series) -> Typed:
    if not odd.any():
        return Typed(given)
    texts, numbers = values.filter(odd), given.filter(odd)
    # A text that is no number, or one beyond the range of numbers.
    wrong = ~texts.str.contains(_NUMBER) | (numbers.is_infinite() & ~texts.str.ends_with(_INFINITE))
    if wrong.any():
        return Typed(values, texts.filter(wrong).unique(maintain_order=True).to_list())
    return Typed(given, inexact=_inexact(texts, numbers))


def _inexact(texts: pl.Series, numbers: pl.Series) -> Sequence[str]:
    """Return the texts of numbers that a float does not keep to the last digit."""
    # The shortest text of a float is what most tools write; only the others are worth a closer look.
    looked = texts.filter(numbers.cast(pl.String) != texts).unique(maintain_order=True)
    return [text for text in looked if not _is_exact(text)]


def _is_exact(text: str) -> bool:
    from decimal import Decimal  # noqa: PLC0415 - only for numbers of this kind, which hardly occur

    given = Decimal(text.replace("INF", "Infinity"))
    return not given.is_finite() or Decimal(repr(float(text))) == given


def _distinct(values: pl.Series, given: pl.Series) -> list[str]:
    return values.filter(given.is_null() & values.is_not_null()).unique(maintain_order=True).to_list()
