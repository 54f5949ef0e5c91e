"""How far the cells of a sheet go, read off its XML piece by piece.

There are two ways to the same answer. `BytesScan` does array operations over the bytes; it sees every cell of a sheet
that is written as spreadsheet programs write it, where each cell's tag begins with its address, and notices when one is
not. `TagsScan` takes any sheet, tag by tag, and is a good deal slower.
"""

import re
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from icstip.tables.grid import position_of

Octets = npt.NDArray[np.uint8]
Positions = npt.NDArray[np.int64]

_OVERLAP = 1024  # longer than any tag of a cell
_LONGEST_ADDRESS = len("XFD1048576")
_ADDRESS = re.compile(r"([A-Za-z]{1,9})([0-9]{1,18})")


@dataclass(frozen=True, slots=True)
class Extent:
    """How far the cells of a sheet go.

    Attributes:
        last_column: 1-based; 0 if there is no cell.
        last_row: 1-based; 0 if there is no cell.
        cells: How many there are, with those that are empty.
        usual: Whether each of them begins with its address, as spreadsheet programs write cells.
        plain: Whether the reader of values gives the text of each of them as people see it.
    """

    last_column: int = 0
    last_row: int = 0
    cells: int = 0
    usual: bool = True
    plain: bool = True


def _octets_in(octets: bytes) -> npt.NDArray[np.bool_]:
    """Return a table that says of each of the 256 octets whether it is one of these."""
    return np.isin(np.arange(256), list(octets))


_BLANK = b" \t\r\n"
_ENDS_NAME = _octets_in(_BLANK + b"/>")
_BEFORE_ATTRIBUTE = _octets_in(_BLANK + b"\"'")
_AFTER_ATTRIBUTE = _octets_in(_BLANK + b"=")


class BytesScan:
    """A sheet whose cells all begin ``<c r="…"``; `usual` turns false as soon as one does not.

    Args:
        other: The pattern of the start of a cell that is not plain.
    """

    def __init__(self, other: re.Pattern[bytes]) -> None:
        self.usual = self.plain = True
        self._other = other
        self._tail = b""
        self._last_column = self._last_row = self._cells = 0
        self._addresses = 0  # attributes r that are the first of a cell or a row, less all attributes r: 0 in the end

    def feed(self, piece: bytes) -> None:
        """Take a piece of the sheet's XML into account."""
        piece = self._tail + piece
        self._tail = piece[-_OVERLAP:]
        if len(piece) > _OVERLAP:
            self._take(piece)

    def extent(self) -> Extent:
        """Return the extent when the sheet is at its end; it holds only if the sheet is usual."""
        self._take(self._tail + bytes(_OVERLAP))
        usual = self.usual and (self._addresses == 0 or self._cells == 0)
        return Extent(self._last_column, self._last_row, self._cells, usual, self.plain)

    def _take(self, piece: bytes) -> None:
        """Take what begins in a piece, but for its last bytes, which are there to look ahead."""
        octets = np.frombuffer(piece, dtype=np.uint8)
        begins = octets[:-_OVERLAP]
        tags = np.flatnonzero(begins == ord("<")) + 1
        first = octets[tags]
        cells, rows = tags[first == ord("c")], tags[first == ord("r")]
        cells = cells[_ENDS_NAME[octets[cells + 1]]]
        rows = rows[_are(octets, rows, b'row r="')]
        colons = np.flatnonzero(begins == ord(":")) + 1  # names with a prefix are for the other way
        prefixed = ((octets[colons] == ord("c")) & _ENDS_NAME[octets[colons + 1]]).any()
        self.usual = self.usual and not prefixed and bool(_are(octets, cells, b'c r="').all())
        self._addresses += len(cells) + len(rows) - self._attributes(octets)
        self._cells += len(cells)
        if len(cells):
            ends = self._measure(octets, cells + len(b'c r="'))
            self.plain = self.plain and not self._has_other(piece, cells - 1, ends)

    @staticmethod
    def _attributes(octets: Octets) -> int:
        """Return how many attributes r begin: a second one in a tag would be the one that counts."""
        at = np.flatnonzero(octets[1 : 1 - _OVERLAP] == ord("r")) + 1
        return int((_BEFORE_ATTRIBUTE[octets[at - 1]] & _AFTER_ATTRIBUTE[octets[at + 1]]).sum())

    def _has_other(self, piece: bytes, cells: Positions, ends: Positions) -> bool:
        """Return whether any cell is not plain.

        Args:
            piece: The XML.
            cells: Where the tags of cells begin.
            ends: Where their addresses end.
        """
        octets = np.frombuffer(piece, dtype=np.uint8)
        unclear = cells[~_are(octets, ends, b'" t="s"')]  # most cells of most tables point to a text
        if len(unclear) * 4 < len(cells):
            return any(self._other.match(piece, position) for position in unclear.tolist())
        found = self._other.search(piece)
        return found is not None and found.start() < len(piece) - _OVERLAP

    def _measure(self, octets: Octets, at: Positions) -> Positions:
        """Take the addresses into account that begin at these positions; return where they end."""
        end = at.copy()
        column, row = np.zeros(len(at), np.int64), np.zeros(len(at), np.int64)
        in_letters, going, ended = np.ones(len(at), np.bool_), np.ones(len(at), np.bool_), np.zeros(len(at), np.bool_)
        for offset in range(_LONGEST_ADDRESS + 1):
            octet = octets[at + offset]
            letter, digit = (octet & 0xDF) - np.uint8(ord("A")), octet - np.uint8(ord("0"))  # others wrap around
            in_letters &= letter < 26
            column = np.where(in_letters, column * 26 + letter + 1, column)
            ended |= going & (octet == ord('"'))
            end += going & ~ended
            going &= in_letters | (digit < 10)
            row = np.where(going & ~in_letters, row * 10 + digit, row)
            if not going.any():
                break
        self.usual = self.usual and bool(ended.all())
        self._last_column = max(self._last_column, int(column.max()))
        self._last_row = max(self._last_row, int(row.max()))
        return end


def _are(octets: Octets, at: Positions, name: bytes) -> npt.NDArray[np.bool_]:
    """Return whether this stands at each position."""
    there = np.ones(len(at), np.bool_)
    for offset, octet in enumerate(name):
        there &= octets[at + offset] == octet
    return there


def position_at(address: str) -> tuple[int, int]:
    """Return the column and row of an address, both 1-based.

    >>> position_at("AB17")
    (28, 17)

    Raises:
        ValueError: An address that is none.
    """
    parts = _ADDRESS.fullmatch(address)
    if parts is None:
        raise ValueError(address)
    return position_of(parts[1].upper()), int(parts[2])


class TagsScan:
    """A sheet however it is written: cells and rows without an address follow the one before them.

    Attributes:
        row: The row that is being read.
        at: Column and row of the last cell.
    """

    def __init__(self) -> None:
        self.row, self._column = 1, 0
        self.at = 0, 0
        self._last_column = self._last_row = self._cells = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take a start tag into account.

        Raises:
            ValueError: An address that is none.
        """
        address = attributes.get("r")
        if name == "row" and address is not None:
            self.row = int(address)
        elif name == "c":
            self._cell(address)

    def end(self, name: str) -> None:
        """Take an end tag into account."""
        if name == "row":
            self.row, self._column = self.row + 1, 0

    def extent(self) -> Extent:
        """Return the extent when the sheet is at its end."""
        return Extent(self._last_column, self._last_row, self._cells, usual=False, plain=False)

    def _cell(self, address: str | None) -> None:
        row, self._column = self.row, self._column + 1
        if address is not None:
            self._column, row = position_at(address)
        self.at = self._column, row
        self._cells += 1
        self._last_column, self._last_row = max(self._last_column, self._column), max(self._last_row, row)
