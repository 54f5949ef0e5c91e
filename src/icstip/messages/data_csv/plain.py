"""SDMX-CSV row by row, with the csv module: always right, and right about what is wrong (RFC 4180)."""

import csv
import re
from collections.abc import Iterator

import polars as pl

from icstip.errors import FormatError
from icstip.messages.data_csv.text import BLOCK, MOST, Text, lines_in
from icstip.messages.data_parts import LINE, PART_ROWS


class Rows:
    """The rows of a message, from wherever its text is.

    Args:
        text: The text; it is at the beginning of a row whenever no row is being read.
        delimiter: What separates fields.
    """

    def __init__(self, text: Text, delimiter: str) -> None:
        # The limit of the csv module is one of the process. Ours is the one on rows, which a field cannot pass.
        csv.field_size_limit(max(csv.field_size_limit(), MOST))
        self._text = text
        self._delimiter = delimiter
        self._lines: list[str] = []  # of the row that is being read
        self._size = 0  # of all lines so far
        self._begin = 0  # so much of it came before the row
        self._reader = csv.reader(self._read_lines(), delimiter=delimiter, strict=True)

    def next(self) -> tuple[int, list[str]] | None:
        """Return the line that the next row begins in and the row, or None at the end; blank rows do not count.

        Raises:
            FormatError: It is no CSV, no UTF-8 or too large.
        """
        row: list[str] | None = []
        line = 0
        while row == []:
            line = self._text.line
            self._lines.clear()
            self._begin = self._size
            try:
                row = next(self._reader, None)
            except csv.Error as error:
                raise self._malformed(line) from error
        return None if row is None else (line, row)

    def frame(self, width: int) -> pl.DataFrame | None:
        """Return the next rows, about `PART_ROWS` of them, or None at the end.

        Args:
            width: How many fields each has.

        Returns:
            String columns by the numbers of the fields, null where a field is empty, and `LINE`.

        Raises:
            FormatError: A row is no CSV, no UTF-8, too large, or has another number of fields.
        """
        fields: list[str] = []
        lines: list[int] = []
        most = self._size + BLOCK
        while len(lines) < PART_ROWS and self._size < most and (found := self.next()):
            line, row = found
            if len(row) != width:
                raise _ragged(self._text.where, line, len(row), width)
            lines.append(line)
            fields += row
        if not lines:
            return None
        columns = {str(place): fields[place::width] for place in range(width)}
        frame = pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String))
        return without_empty(frame).with_columns(pl.Series(LINE, lines, pl.UInt32))

    def _read_lines(self) -> Iterator[str]:
        for line in self._text.lines():
            self._lines.append(line)
            self._size += len(line)
            if self._size - self._begin > MOST:
                raise self._text.large()
            if "\0" in line:
                raise malformed(self._text.where, self._text.line - 1, line.index("\0") + 1, "a null character")
            yield line

    def _malformed(self, line: int) -> FormatError:
        """Return what is wrong with the quotes of the row that was read last: where its fields stop being fields."""
        row = "".join(self._lines)
        delimiter = re.escape(self._delimiter)
        field = re.compile(rf'"(?:[^"]|"")*+"(?={delimiter}|[\r\n]|\Z)|(?!")[^{delimiter}\r\n]*+')
        place = number = 0
        while place < len(row) and (found := field.match(row, place)):
            number, place = number + 1, found.end() + 1
        closed = re.compile(r'"(?:[^"]|"")*+"').match(row, place)
        reason = "text after the end of a quoted field" if closed else "a quoted field that does not end"
        return malformed(self._text.where, line + lines_in(row[:place]), number + 1, reason)


def malformed(where: str, line: int, column: int, reason: str) -> FormatError:
    """Return the error for a message that is no CSV."""
    return FormatError("data-malformed", where=where, line=line, column=column, reason=reason)


def without_empty(frame: pl.DataFrame) -> pl.DataFrame:
    """Return a frame of texts with null for empty ones: SDMX-CSV cannot tell them from what is not there."""
    return frame.with_columns(pl.when(pl.col(name) != "").then(pl.col(name)).alias(name) for name in frame.columns)


def _ragged(where: str, line: int, number: int, width: int) -> FormatError:
    return malformed(where, line, min(number, width) + 1, f"{number} fields, where the header has {width}")
