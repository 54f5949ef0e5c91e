"""The text of a message in SDMX-CSV: its bytes in UTF-8, read ahead in blocks, and its lines one by one."""

import codecs
import io
import re
from collections.abc import Iterator
from typing import BinaryIO, Final

from icstip.errors import FormatError

BLOCK: Final = 4 << 20
"""How many bytes are read ahead. Of much smaller ones, polars does not read several parts at a time."""

_LINES: Final = 1 << 18
"""How many of them become lines at a time."""

MOST: Final = 16 << 20
"""How large a row may be."""

_LINE_END: Final = re.compile("\r\n|\r|\n")
_UTF_16: Final = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}


class Text:
    """The text of a message: what is taken from its beginning is gone.

    Args:
        file: The message in UTF-8 or UTF-16, with or without a byte order mark.
        where: What it is called in messages.

    Attributes:
        where: What it is called in messages.
        buffer: What was read and not yet taken, in UTF-8.
        line: The line that it begins in.
        ended: Whether nothing comes after it.
    """

    def __init__(self, file: BinaryIO, where: str) -> None:
        self.where = where
        self.line = 1
        self.ended = False
        start = file.read(4)
        encoding = _utf_16(start)
        self._file = _FromUtf16(file, start, encoding, where) if encoding else file
        self.buffer = b"" if encoding else start.removeprefix(codecs.BOM_UTF8)
        self._lines = io.StringIO()

    def fill(self, size: int) -> None:
        """Read ahead until the buffer has so many bytes, or nothing comes after it.

        Raises:
            FormatError: What is read is not what its byte order mark says.
        """
        while len(self.buffer) < size and not self.ended:
            more = self._file.read(size - len(self.buffer))
            self.ended = not more
            self.buffer += more

    def take(self, size: int) -> bytes:
        """Return so many bytes from the beginning of the buffer, and take them from it; `line` stays as it is."""
        taken, self.buffer = self.buffer[:size], self.buffer[size:]
        return taken

    def lines(self) -> Iterator[str]:
        """Yield line after line with what ends it: LF, CR LF or CR. The buffer is what `give_back` leaves in it.

        Raises:
            FormatError: A line is not UTF-8, or too large.
        """
        while True:
            for line in self._lines:
                self.line += 1
                yield line
            if not self._next_lines():
                return

    def give_back(self) -> None:
        """Put what was read ahead for `lines`, and not taken, back into the buffer."""
        self.buffer = self._lines.read().encode() + self.buffer

    def large(self) -> FormatError:
        """Return the error for a row that is too large."""
        return FormatError("data-part-large", where=self.where, line=self.line, most=MOST)

    def _next_lines(self) -> bool:
        """Read some lines ahead; return whether there are any."""
        size = _LINES
        self.fill(size)
        while not (end := self._end_of_lines(size)) and self.buffer:
            if size > MOST:
                raise self.large()
            size *= 2
            self.fill(size)
        lines, self.buffer = self.buffer[:end], self.buffer[end:]
        self._lines = io.StringIO(self._decoded(lines), newline="")
        return bool(lines)

    def _decoded(self, lines: bytes) -> str:
        """Return lines as text; those from the first on that is none are put back, unless it is the first of all."""
        try:
            return lines.decode()
        except UnicodeDecodeError as error:
            end = max(lines.rfind(b"\n", 0, error.start), lines.rfind(b"\r", 0, error.start)) + 1
            if not end:
                raise FormatError("data-encoding", where=self.where, line=self.line, encoding="UTF-8") from error
            self.buffer = lines[end:] + self.buffer
            return lines[:end].decode()

    def _end_of_lines(self, size: int) -> int:
        """Return where the last whole line of so many bytes ends. A CR at the end may be the first half of CR LF."""
        if self.ended and size >= len(self.buffer):
            return len(self.buffer)
        return max(self.buffer.rfind(b"\n", 0, size), self.buffer.rfind(b"\r", 0, size - 1)) + 1


def lines_in(text: str) -> int:
    r"""Return how many lines end in a text.

    Example:
        >>> lines_in("a\r\nb\rc\nd")
        3
    """
    return len(_LINE_END.findall(text))


class _FromUtf16:
    """A file in UTF-16, read as UTF-8."""

    def __init__(self, file: BinaryIO, start: bytes, encoding: str, where: str) -> None:
        self._file = file
        self._start = start[2:] if start[:2] in _UTF_16 else start
        self._decoder = codecs.getincrementaldecoder(encoding)()
        self._line = 1
        self._where = where

    def read(self, size: int) -> bytes:
        """Return up to about so many bytes; none at the end."""
        while True:
            block = self._start or self._file.read(size)
            self._start = b""
            try:
                text = self._decoder.decode(block, final=not block)
            except UnicodeDecodeError as error:
                # What the decoder kept from the block before is a part of what it decodes, and at most one character.
                before = bytes(error.object[: error.start]).decode(error.encoding)
                line = self._line + before.count("\n")
                raise FormatError("data-encoding", where=self._where, line=line, encoding="UTF-16") from error
            if text or not block:
                self._line += text.count("\n")
                return text.encode()


def _utf_16(start: bytes) -> str:
    """Return the encoding of a message that begins like this when it is UTF-16; every message begins with a letter."""
    if start[:2] in _UTF_16:
        return _UTF_16[start[:2]]
    if len(start) < 2 or 0 not in start[:2]:
        return ""
    return "utf-16-le" if start[0] else "utf-16-be"
