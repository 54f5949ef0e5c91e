"""Reads a data message with a parser of XML, and what is in data sets in the usual shapes without one."""

import re
from collections.abc import Iterator
from typing import BinaryIO, Final

import numpy as np
import polars as pl

from icstip.messages.data_ml.fast.generic import generic_rows
from icstip.messages.data_ml.fast.lines import PLACE, Numbers, OtherShapeError
from icstip.messages.data_ml.fast.specific import specific_rows
from icstip.messages.data_ml.plain.reader import PlainReader
from icstip.messages.data_parts import LINE, DataPart, Reading
from icstip.messages.data_source import DataSource

_NAME: Final = rb"[A-Za-z_][A-Za-z0-9_.\-]*"
_DATASET: Final = re.compile(
    rb"<(?P<name>(?:" + _NAME + rb":)?DataSet)(?:\s+[^\s=<>\"']+\s*=\s*(?:\"[^\"<]*\"|'[^'<]*'))*\s*>"
)
_CHILD: Final = re.compile(rb"\s*<(?P<prefix>(?:" + _NAME + rb":)?)(?:Series|Obs)\b")
_FIRST: Final = 1 << 18
_LARGEST: Final = 1 << 24
_MOST_FAILURES: Final = 8


def read_fast(source: DataSource, reading: Reading) -> Iterator[DataPart]:
    """Yield the data sets of a message in parts.

    Args:
        source: The message.
        reading: Where header, format and findings go.

    Raises:
        FormatError: It is no data message, or broken; what was yielded before then is of no use.
    """
    with source.open() as file:
        yield from _FastReader(file, reading).parts()


class _FastReader:
    """Feeds the parser, but for pieces of data sets that can be read without it."""

    def __init__(self, file: BinaryIO, reading: Reading) -> None:
        self._file = file
        self._reading = reading
        self._reader = PlainReader(reading)
        self._ahead = b""  # read from the file, and not by a reader yet
        self._line = 1
        self._failures = 0

    def parts(self) -> Iterator[DataPart]:
        """Yield the parts of all data sets."""
        while self._failures < _MOST_FAILURES and (opened := self._open_dataset()):
            yield from self._reader.take()
            if self._is_usual():
                yield from self._children(opened)
        yield from self._rest()

    def _open_dataset(self) -> bytes:
        """Feed the parser up to the children of a data set; return the name of its element, or nothing."""
        more = True
        while more:
            more = self._read_more(_FIRST)
            while found := _DATASET.search(self._ahead):
                self._feed(found.end())
                if self._reader.is_between:
                    return found["name"]
            if len(self._ahead) > _LARGEST:
                return b""
        return b""

    def _is_usual(self) -> bool:
        """Return whether the data set that is open can be read without the parser.

        What columns there are, and in which order, only counts where its structure is not at hand.
        """
        layout, reader = self._reader.layout, self._reader
        if layout is None or layout.explicit_measures or not reader.is_utf_8:
            return False
        return (layout.is_generic or "" in reader.own_prefixes) and self._reading.schema_of(layout.head) is not None

    def _children(self, name: bytes) -> Iterator[DataPart]:
        """Yield the rows of the data set that is open, up to its end or to where the parser has to go on."""
        size, end = _FIRST, b"</" + name
        while self._failures < _MOST_FAILURES:
            more = len(self._ahead) >= size or self._read_more(size - len(self._ahead))
            is_last = (found := self._ahead.find(end)) >= 0
            piece = self._piece(found) if is_last else self._ahead[: self._cut()]
            if piece and not self._take(piece):
                self._failures += 1
                self._feed(len(piece))
            yield from self._reader.take()
            if is_last or not more or not self._reader.is_between:
                return
            if piece:
                size = min(2 * size, _LARGEST)
            elif size == _LARGEST:
                self._failures = _MOST_FAILURES
            else:
                size = _LARGEST

    def _piece(self, end: int) -> bytes:
        """Return what is left of a data set, without the white space in the last line."""
        begun = self._ahead.rfind(b"\n", 0, end) + 1
        return self._ahead[: end if self._ahead[begun:end].strip() else begun]

    def _cut(self) -> int:
        """Return where the last child in what is ahead ends, if it is in the usual shape."""
        child = _CHILD.match(self._ahead)
        if child is None:
            return 0
        prefix = child["prefix"]
        cut = _end_of(self._ahead, b"</" + prefix + b"Series>")
        if not cut:
            generic = self._reader.layout is not None and self._reader.layout.is_generic
            cut = _end_of(self._ahead, b"</" + prefix + b"Obs>" if generic else b"/>")
        line_end = self._ahead.find(b"\n", cut, cut + 2)
        return line_end + 1 if line_end >= 0 and not self._ahead[cut:line_end].strip() else cut

    def _take(self, piece: bytes) -> bool:
        """Read a piece without the parser, and return whether that was possible."""
        try:
            rows, line_of = self._rows(piece)
        except OtherShapeError:
            return False
        places = rows[PLACE].cast(pl.Int64).to_numpy()
        lines = pl.Series(LINE, (places if line_of is None else line_of[places]) + self._line, pl.Int64)
        if rows.height:
            self._reader.add(pl.DataFrame([*rows.drop(PLACE).get_columns(), lines]))
        skipped = int(np.count_nonzero(np.frombuffer(piece, np.uint8) == ord("\n")))
        self._line += skipped
        self._ahead = self._ahead[len(piece) :]
        if piece.endswith(b"\n"):  # the parser counts columns from here on
            self._reader.skip(skipped - 1)
            self._reader.feed(b"\n")
        else:
            self._reader.skip(skipped)
        return True

    def _rows(self, piece: bytes) -> tuple[pl.DataFrame, Numbers | None]:
        layout = self._reader.layout
        if layout is None or not layout.is_generic:
            return specific_rows(piece)
        child = _CHILD.match(piece)
        prefix = child["prefix"].decode() if child else ""
        if prefix.removesuffix(":") not in self._reader.own_prefixes:
            raise OtherShapeError
        return generic_rows(piece, prefix, layout.at_observation)

    def _rest(self) -> Iterator[DataPart]:
        """Yield what the parser makes of all that is left."""
        self._feed(len(self._ahead))
        yield from self._reader.take()
        while self._read_more(_FIRST):
            self._feed(len(self._ahead))
            yield from self._reader.take()
        self._reader.close()
        yield from self._reader.take()

    def _feed(self, size: int) -> None:
        fed = self._ahead[:size]
        self._reader.feed(fed)
        self._ahead = self._ahead[size:]
        self._line += fed.count(b"\n")

    def _read_more(self, size: int) -> bool:
        block = self._file.read(size)
        self._ahead += block
        return bool(block)


def _end_of(content: bytes, tag: bytes) -> int:
    found = content.rfind(tag)
    return 0 if found < 0 else found + len(tag)
