"""How much text the cells of a sheet come to when each of them holds its own copy.

A workbook keeps each text once, and cells point to it; read, every cell has it. A few kilobytes can so come to more
than any memory holds.
"""

import re
from collections.abc import Iterable
from itertools import chain

import numpy as np
import numpy.typing as npt

# A cell that points to a text, and one that does not, as spreadsheet programs write them. Any other cell is taken for
# one that points to the longest text.
_POINTER = re.compile(rb'<c r="[A-Z]+[0-9]+"(?: s="[0-9]+")? t="s"><v>([0-9]{1,9})</v></c>')
_OTHER = re.compile(rb'<c r="[A-Z]+[0-9]+"(?: s="[0-9]+")?(?: t="(?:n|b|e|str|inlineStr)")?/?>')
_CELL = b"<c "
_LONGEST_CELL = 1 << 20


class SharedTexts:
    """The lengths of the texts of a workbook, taken tag by tag."""

    def __init__(self) -> None:
        self._lengths: list[int] = []
        self._in_text = False

    def start(self, name: str, _attributes: dict[str, str]) -> None:
        """Take a start tag into account.

        Raises:
            ValueError: A text within a text.
        """
        if name == "si":
            if self._in_text:
                raise ValueError(name)
            self._in_text = True
            self._lengths.append(0)

    def end(self, name: str) -> None:
        """Take an end tag into account."""
        if name == "si":
            self._in_text = False

    def text(self, text: str) -> None:
        """Take a piece of text into account."""
        if self._in_text:
            self._lengths[-1] += len(text.encode())

    def lengths(self) -> npt.NDArray[np.int64]:
        """Return the length of each text in bytes of UTF-8."""
        return np.array(self._lengths, dtype=np.int64)


def copied_bytes(sheet: Iterable[bytes], cells: int, lengths: npt.NDArray[np.int64]) -> int:
    """Return how many bytes the cells of a sheet come to at most.

    Args:
        sheet: The XML of the sheet, piece by piece; each of its cells begins with its address.
        cells: How many cells it has.
        lengths: The length of each text that cells can point to.
    """
    longest = int(lengths.max(initial=0))
    by_pointer = np.append(lengths, longest)
    total = understood = 0
    tail = b""
    for chunk in chain(sheet, (b"",)):
        piece = tail + chunk
        # What begins with the last cell waits for the rest of it, unless no cell is that long.
        cut = piece.rfind(_CELL) if len(tail) < _LONGEST_CELL else -1
        cut = cut if cut >= 0 else len(piece) - len(_CELL) + 1
        cut = max(0, cut) if chunk else len(piece)
        pointers = np.array(_POINTER.findall(piece, 0, cut), dtype="S9").astype(np.int64)
        total += int(by_pointer[np.minimum(pointers, len(lengths))].sum())
        understood += len(pointers) + len(_OTHER.findall(piece, 0, cut))
        tail = piece[cut:]
    return total + (cells - understood) * longest
