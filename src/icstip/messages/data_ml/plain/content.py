"""The bytes of a message: their encoding, the lines that they are in, and whether there is text between tags."""

import codecs
import re
from collections.abc import Iterable
from importlib import import_module
from typing import Final

import numpy as np
import numpy.typing as npt

_OF_PARSER: Final = frozenset({"UTF-8", "UTF-16", "UTF-16BE", "UTF-16LE", "ISO-8859-1", "US-ASCII"})
_ASCII: Final = "".join(map(chr, range(128)))
_LINE_END: Final = 0x0A
_WHITE: Final = b" \t\r\n"
# All markup ends in ">". What comes after it is text if it is no white space and no markup, or if it is CDATA.
_TEXT: Final = re.compile(rb">[ \t\r\n]*+(?:[^< \t\r\n]|<!)")
_CDATA: Final = b"<!["


def is_read(encoding: str) -> bool:
    """Return whether messages in an encoding can be read: those of the parser, and those of one byte a character.

    Example:
        >>> [is_read(name) for name in ("utf-8", "windows-1252", "shift_jis", "cp037", "no-such")]
        [True, True, False, False, False]
    """
    if encoding.upper() in _OF_PARSER:
        return True
    try:
        name = codecs.lookup(encoding).name
        table = getattr(import_module(f"encodings.{name.replace('-', '_')}"), "decoding_table", "")
    except (LookupError, ImportError):
        return False
    return len(table) == 256 and str(table[:128]) == _ASCII


class Lines:
    """The lines that places in a message are in.

    Attributes:
        are_known: Whether line ends are the bytes that they are in ASCII, so that they can be counted.
        skipped: How many lines were skipped, because they were read in another way.
    """

    def __init__(self) -> None:
        self.are_known = True
        self.skipped = 0
        self._from = 0  # line ends before here are no longer kept
        self._before = 0  # so many there were
        self._ends: npt.NDArray[np.int64] = np.empty(0, np.int64)
        self._remembered: dict[int, int] = {}

    def feed(self, piece: bytes, place: int) -> None:
        """Take note of the line ends of the next piece.

        Args:
            piece: The piece.
            place: Where it begins.
        """
        ends = np.flatnonzero(np.frombuffer(piece, np.uint8) == _LINE_END) + place
        self._ends = np.concatenate([self._ends, ends])

    def of(self, places: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """Return the lines of places that were not forgotten."""
        lines = np.searchsorted(self._ends, places) + (1 + self._before + self.skipped)
        for number in np.flatnonzero(places < self._from).tolist():
            lines[number] = self._remembered.get(int(places[number]), 1)
        return lines

    def forget(self, place: int, but: Iterable[int]) -> None:
        """Forget the line ends before a place.

        Args:
            place: The place.
            but: Places before it whose lines are still wanted.
        """
        wanted = np.array([one for one in but if one < place], dtype=np.int64)
        self._remembered = dict(zip(wanted.tolist(), self.of(wanted).tolist(), strict=True))
        count = int(np.searchsorted(self._ends, place))
        self._from = place
        self._before += count
        self._ends = self._ends[count:]


class TextWatch:
    """Says whether a piece of a message can have text between tags, so that a parser need not hand over white space.

    It is for encodings in which the characters of markup are the bytes that they are in ASCII.
    """

    def __init__(self) -> None:
        self._before = b">"  # what matters of the last pieces; it begins where markup ended
        self._always = False

    def sees_text(self, piece: bytes) -> bool:
        """Return whether the next piece seems to have text; False only if it has none."""
        content = self._before + piece
        seen = self._always or _TEXT.search(content) is not None
        if seen and _CDATA in content:
            self._always = True  # within CDATA nothing is what it seems
        rest = content[content.rfind(b">") + 1 :]
        begun = rest.find(b"<")
        if begun >= 0:
            self._before = b">" + rest[begun : begun + len(_CDATA)]
        else:
            self._before = b">x" if rest.strip(_WHITE) else b">"
        return seen
