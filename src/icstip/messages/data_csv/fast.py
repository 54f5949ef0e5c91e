"""SDMX-CSV in blocks, with the reader of polars: only where it is certain to find what the csv module finds.

That is so when every quote opens a field, closes one or stands doubled in one, when rows end with LF or CR LF, when no
row is blank, and when the fields are as many as the header has. All of it is counted in the bytes.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl

from icstip.messages.data_csv.plain import without_empty
from icstip.messages.data_csv.text import BLOCK, Text

_QUOTE, _LF, _CR = b'"'[0], b"\n"[0], b"\r"[0]
_TRIES: Final = 100
_KEYS: Final = 3
"""So many columns say at most what rows are of, and are first where they are there."""

# A byte order mark, which polars takes away, and what it takes for compressed. Such rows are broken anyway.
_MISTAKEN: Final = (b"\xef\xbb\xbf", b"x\x01", b"x^")

_Bytes = npt.NDArray[np.uint8]
_Places = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class _Shape:
    """What is counted in the bytes of some rows.

    Attributes:
        ends: Of which of its line ends (LF) a row ends; None when all do.
        lines: How many lines it has.
        delimiters: How many delimiters separate fields.
        has_empty: Whether an empty field may be quoted.
    """

    ends: _Places | None
    lines: int
    delimiters: int
    has_empty: bool

    @property
    def rows(self) -> int:
        return self.lines if self.ends is None else len(self.ends)


@dataclass(frozen=True, slots=True)
class Block:
    """Some rows.

    Attributes:
        frame: String columns by the numbers of the fields, null where a field is empty.
        places: The lines of the block that the rows begin in, from 0.
        lines: How many lines it has.
    """

    frame: pl.DataFrame
    places: _Places
    lines: int


def whole_rows(text: Text) -> bytes:
    """Return the rows at the beginning of a text that has its quotes as they should be, and take them from it.

    Args:
        text: The text, at the beginning of a row.

    Returns:
        At most about `BLOCK` bytes, which end with a row; none when there are none, or when no row ends among them.
    """
    text.fill(BLOCK)
    size = _end_of_rows(text.buffer, ended=text.ended)
    return text.take(size)


def block_of(rows: bytes, delimiter: str, width: int) -> Block | None:
    """Return rows as a frame, or None if it is not certain what the csv module would find.

    Args:
        rows: What `whole_rows` returns.
        delimiter: What separates fields.
        width: How many fields each row has.
    """
    if not rows or width == 1:  # of one column, an empty field is a blank row
        return None
    if rows.startswith(_MISTAKEN) or not _is_text(rows):
        return None
    if rows[-1] != _LF:
        rows += b"\n"
    shape = _shape(rows, delimiter)
    if shape is None or shape.delimiters != shape.rows * (width - 1):
        return None
    frame = _parsed(rows, delimiter, width, shape)
    if frame is None:
        return None
    places = np.arange(shape.rows) if shape.ends is None else np.concatenate(([0], shape.ends[:-1] + 1))
    return Block(frame, places, shape.lines)


def _end_of_rows(block: bytes, *, ended: bool) -> int:
    """Return where the last whole row of a block ends, if its quotes are as they should be; 0 if there is none."""
    quoted = b'"' in block
    codes = _bytes(block)
    end = len(block) if ended else block.rfind(b"\n") + 1
    is_inside = quoted and _is_odd(codes[:end])
    for _ in range(_TRIES):
        if not is_inside:
            return end
        opening = block.rfind(b'"', 0, end)
        end = block.rfind(b"\n", 0, opening) + 1
        is_inside = _is_odd(codes[end:opening])
    return 0


def _is_odd(codes: _Bytes) -> bool:
    """Return whether there is an odd number of quotes: then what comes after them is in a quoted field."""
    return bool(np.count_nonzero(codes == _QUOTE) % 2)


def _is_text(rows: bytes) -> bool:
    if b"\0" in rows:
        return False
    if rows.isascii():
        return True
    try:
        rows.decode()
    except UnicodeDecodeError:
        return False
    return True


def _shape(rows: bytes, delimiter: str) -> _Shape | None:
    """Return what is counted in rows; None when they are not regular."""
    codes = _bytes(rows)
    if b"\r" in rows:
        returns = np.flatnonzero(codes == _CR)  # none is the last byte, which is LF
        if not (codes[returns + 1] == _LF).all():
            return None
    separator = ord(delimiter)
    if b'"' in rows:
        return _quoted_shape(codes, separator)
    return _Shape(None, int(np.count_nonzero(codes == _LF)), int(np.count_nonzero(codes == separator)), has_empty=False)


def _quoted_shape(codes: _Bytes, separator: int) -> _Shape | None:
    marks = np.flatnonzero((codes == _QUOTE) | (codes == separator) | (codes == _LF))
    kinds = codes[marks]
    is_quote = kinds == _QUOTE
    quotes = marks[is_quote]
    opening, closing = quotes[::2], quotes[1::2]
    before = codes[opening - 1]  # of the first byte that is the last one, which is LF
    after = codes[closing + 1]
    opens = (before == separator) | (before == _LF) | (before == _QUOTE)
    closes = (after == separator) | (after == _LF) | (after == _CR) | (after == _QUOTE)
    if len(quotes) % 2 or not opens.all() or not closes.all():
        return None
    outside = np.cumsum(is_quote, dtype=np.uint8) & 1 == 0
    is_end = kinds == _LF
    return _Shape(
        np.flatnonzero(outside[is_end]),
        int(np.count_nonzero(is_end)),
        int(np.count_nonzero((kinds == separator) & outside)),
        has_empty=bool((closing - opening == 1).any()),
    )


def _parsed(rows: bytes, delimiter: str, width: int, shape: _Shape) -> pl.DataFrame | None:
    quoted = shape.ends is not None
    same = [] if quoted else _same(rows, delimiter, min(_KEYS, width - 1), shape.lines)
    try:
        frame = pl.read_csv(
            rows,
            has_header=False,
            separator=delimiter,
            quote_char='"' if quoted else None,
            schema={f"column_{place + 1}": pl.String for place in range(width)},  # as polars calls them
            columns=list(range(len(same), width)),
        )
    except pl.exceptions.PolarsError:
        return None
    if frame.height != shape.rows:  # polars leaves out blank rows
        return None
    if shape.has_empty:
        frame = without_empty(frame)
    known = [pl.Series([text or None], dtype=pl.String).new_from_index(0, frame.height) for text in same]
    return pl.DataFrame([column.alias(str(place)) for place, column in enumerate([*known, *frame.get_columns()])])


def _same(rows: bytes, delimiter: str, number: int, lines: int) -> list[str]:
    """Return the first fields of rows where they are the same in all of them, as those that name a structure are."""
    separator = delimiter.encode()
    first = rows[: rows.index(b"\n")].split(separator)[:number]
    begin = separator.join([*first, b""])
    is_same = rows.startswith(begin) and rows.count(b"\n" + begin) == lines - 1
    return [field.decode() for field in first] if is_same else []


def _bytes(block: bytes) -> _Bytes:
    return np.frombuffer(block, np.uint8)
