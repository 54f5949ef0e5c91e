"""Rows as text: columns of values between pieces of markup, laid out by polars' own CSV writer.

The CSV writer separates fields by quotation marks. So a row of XML is a row of fields: markup up to a quotation mark, a
value, markup from the quotation mark after it on. What is absent in some rows cannot be a field of its own, and is put
into the markup around it; the texts of codes, openings of series and the like are made once and looked up.
"""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, cast

import polars as pl

from icstip.messages.dataset import plain_numbers
from icstip.messages.xml import ESCAPES, refuse_not_xml

_SEPARATOR: Final = '"'
_BATCH: Final = 4096  # rows that the CSV writer takes at a time; its default is slower with this many fields

# XML 1.0 §2.2: these cannot stand in a document, not even as a character reference; polars has no lone surrogates.
_NOT_XML: Final = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x{fffe}\x{ffff}]"
_NOT_AS_IT_IS: Final = r'[\x00-\x1f&<>"\x{fffe}\x{ffff}]'


@dataclass(frozen=True, slots=True)
class Value:
    """One value a row, with its markup; nothing where it is null.

    Attributes:
        before: Markup before it, which ends with a quotation mark.
        values: Texts as they may stand in XML, see `safe`.
        after: Markup after it, which begins with a quotation mark.
    """

    before: str
    values: pl.Series
    after: str


@dataclass(frozen=True, slots=True)
class Lookup:
    """One of a few texts a row.

    Attributes:
        texts: The texts.
        index: Which of them a row has.
    """

    texts: pl.Series
    index: pl.Series


Piece = str | Value | Lookup
"""A part of each row; a text that is the same in all of them."""


def safe(values: pl.Series) -> pl.Series:
    """Return a column as it may stand in XML attributes in double quotes: texts, whole numbers, or codes as they are.

    Raises:
        StructureError: XML cannot hold a character in it.
    """
    dtype = values.dtype
    if isinstance(dtype, pl.Enum):
        return _safe_codes(values, dtype.categories)
    if dtype.is_integer():
        return values
    if dtype.is_float():
        return plain_numbers(values)
    return _safe_texts(values.cast(pl.String))


def rows(pieces: Iterable[Piece], height: int) -> bytes:
    """Return rows, each with a line end.

    Args:
        pieces: What they consist of.
        height: How many they are.
    """
    fields = _fields(pieces)
    columns = [field for field in fields if isinstance(field, pl.Series)]
    if not columns:
        return f"{_SEPARATOR.join(cast('list[str]', fields))}\n".encode() * height
    frame = pl.DataFrame({f"c{number}": column for number, column in enumerate(columns)})
    names = iter(frame.columns)
    exprs = [pl.lit(field) if isinstance(field, str) else pl.col(next(names)) for field in fields]
    out = io.BytesIO()
    frame.select(expr.alias(str(number)) for number, expr in enumerate(exprs)).write_csv(
        out, separator=_SEPARATOR, quote_style="never", include_header=False, batch_size=_BATCH
    )
    return out.getvalue()


def texts(pieces: Iterable[Piece], height: int) -> pl.Series:
    """Return rows as texts without line ends: see `rows`."""
    joined = _joined([part for piece in pieces for part in _parts(piece)])
    return pl.repeat(joined, height, eager=True) if isinstance(joined, str) else joined


def _safe_codes(values: pl.Series, codes: pl.Series) -> pl.Series:
    if not codes.str.contains(_NOT_AS_IT_IS).any():
        return values
    escaped = _escaped(codes)
    if codes.str.contains(_NOT_XML).any():
        _refuse(values.unique().cast(pl.String))
    return escaped.gather(values.to_physical()).alias(values.name)


def _safe_texts(values: pl.Series) -> pl.Series:
    if not values.str.contains(_NOT_AS_IT_IS).any():
        return values
    _refuse(values)
    return _escaped(values)


def _refuse(values: pl.Series) -> None:
    for wrong in values.filter(values.str.contains(_NOT_XML)).head(1):
        refuse_not_xml(wrong)


def _escaped(values: pl.Series) -> pl.Series:
    return values.str.replace_many([chr(number) for number in ESCAPES], list(ESCAPES.values()))


def _fields(pieces: Iterable[Piece]) -> list[str | pl.Series]:
    """Return the fields of rows: texts that are the same in all rows, or columns."""
    fields: list[str | pl.Series] = []
    pending: list[str | pl.Series | Lookup] = []
    for piece in pieces:
        if isinstance(piece, Value) and not piece.values.null_count():
            pending.append(piece.before.removesuffix(_SEPARATOR))
            fields += [_joined(pending), piece.values]
            pending = [piece.after.removeprefix(_SEPARATOR)]
        else:
            pending += _parts(piece)
    fields.append(_joined(pending))
    return fields


def _parts(piece: Piece) -> Sequence[str | pl.Series | Lookup]:
    if not isinstance(piece, Value):
        return [piece]
    values = piece.values
    if isinstance(values.dtype, pl.Enum):
        codes = values.dtype.categories
        table = _concat([piece.before, codes, piece.after]).append(pl.Series([""]))
        return [Lookup(table, values.to_physical().cast(pl.UInt32).fill_null(len(codes)))]
    return (
        [_concat([piece.before, values, piece.after])] if values.null_count() else [piece.before, values, piece.after]
    )


def _joined(parts: Sequence[str | pl.Series | Lookup]) -> str | pl.Series:
    """Return the texts of parts one after the other; nothing for those that are null."""
    varying = [part for part in parts if not isinstance(part, str)]
    if not varying:
        return "".join(cast("Sequence[str]", parts))
    if len(varying) == 1 and isinstance(one := varying[0], Lookup):
        table = _concat([part.texts if isinstance(part, Lookup) else part for part in parts])
        return table.gather(one.index)
    return _concat([part.texts.gather(part.index) if isinstance(part, Lookup) else part for part in parts], skip=True)


def _concat(parts: Sequence[str | pl.Series], *, skip: bool = False) -> pl.Series:
    columns = [part for part in parts if isinstance(part, pl.Series)]
    frame = pl.DataFrame({f"c{number}": column for number, column in enumerate(columns)})
    names = iter(frame.columns)
    exprs = [pl.lit(part) if isinstance(part, str) else pl.col(next(names)).cast(pl.String) for part in parts]
    return frame.select(pl.concat_str(exprs, ignore_nulls=skip).alias("text")).to_series()
