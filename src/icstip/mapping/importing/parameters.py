"""The sheet ``Parameters`` of Eurostat's SDMX Converter: where the parts of the key of each figure stand.

Source: Eurostat, SDMX Converter Web Service User Manual 7.3, annexes J, M, N and V. Row 1 has the headers ``Element``,
``Type``, ``PosType`` and ``Position``; each row below is about one component. Settings such as ``DataStart`` stand
beside these rows or below them, each in the cell before its value.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from icstip.findings import Place
from icstip.tables.grid import Grid, letters_of, position_of

CELL, ROW, COLUMN, FIX, SKIP, OBS_LEVEL, MIXED = "CELL", "ROW", "COLUMN", "FIX", "SKIP", "OBS_LEVEL", "MIXED"

_HEADERS: Final = ("element", "type", "postype", "position")
_TYPES: Final = frozenset({"DIM", "ATT", "MES"})
_OCCURRENCES: Final = "occurrences"
_MOST_POSITIONS: Final = 4  # of MIXED: two kinds with their positions
_NO_LETTER: Final = re.compile(r"[^a-z]")
_WHOLE: Final = re.compile(r"(\d+)(?:\.0+)?")

# Names of settings as versions of the manual and of the tool write them, without case, by the one that is meant.
_SPELLINGS: Final[Mapping[str, str]] = {
    "numcolums": "numcolumns",
    "maxnumofemptycolums": "maxemptycolumns",
    "maxnumofemptycolumns": "maxemptycolumns",
    "numberofemptycolumns": "maxemptycolumns",
    "trancodingsheet": "transcodingsheet",
    "missobscharacter": "missingobservationcharacter",
    "skipincompletekey": "skipincompletekeys",
}
SETTINGS: Final = frozenset(
    {
        "datastart",
        "dataend",
        "numcolumns",
        "maxemptyrows",
        "maxemptycolumns",
        "transcodingsheet",
        "skiprows",
        "skipcolumns",
        "skipobservationwithvalue",
        "skipincompletekeys",
        "conceptseparator",
        "subfieldseparator",
        "missingobservationcharacter",
        "defaultvalue",
        "roundtofit",
        "roundingprecision",
        "formatvalues",
        "codesfromexternalfile",
        "errorifempty",
    }
)
"""The settings, without case."""


@dataclass(frozen=True, slots=True)
class Position:
    """Where a value stands.

    Attributes:
        kind: ``CELL``, ``ROW``, ``COLUMN``, ``FIX`` (the value itself), ``OBS_LEVEL``, ``SKIP``; or one not known.
        at: Address, number or letters, or the value.
        part: Which part of the cell it is, from 1 on; 0 for all of it.
    """

    kind: str
    at: str = ""
    part: int = 0


@dataclass(frozen=True, slots=True)
class Element:
    """A component with the place of its value; where there are two, the second holds where the first is blank.

    Attributes:
        told: The positions as the sheet writes them.
        occurrences: How many values it has, as the sheet writes it.
    """

    id: str
    positions: tuple[Position, ...]
    told: str
    place: Place
    occurrences: str = ""


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting as it is written, and its value."""

    name: str
    value: str
    place: Place


@dataclass(frozen=True, slots=True)
class Parameters:
    """What a parameter sheet says.

    Attributes:
        sheet: Its name.
        elements: The components in their order.
        settings: The settings by their names without case; one that is repeated has several values.
        unknown: Texts where a setting could stand, with the text to their right.
    """

    sheet: str
    elements: tuple[Element, ...]
    settings: Mapping[str, tuple[Setting, ...]]
    unknown: tuple[Setting, ...]
    place: Place

    def value(self, name: str) -> str:
        """Return the value of a setting, or an empty text."""
        return next((setting.value for setting in self.settings.get(name, ()) if setting.value), "")


def read_parameters(grid: Grid) -> Parameters | None:
    """Return what a sheet says, or None if it has no header of a parameter sheet in its first row.

    Args:
        grid: A sheet.
    """
    rows = [list(row) for row in grid.frame.iter_rows()]
    header = [_folded(cell or "") for cell in rows[0]] if rows else []
    if tuple(name for name in header if name)[: len(_HEADERS)] != _HEADERS:
        return None
    return _Sheet(grid, rows, header).parameters()


def whole(text: str) -> int | None:
    """Return the whole number that a cell holds, or None.

    >>> whole("23"), whole("23.0"), whole("B")
    (23, 23, None)
    """
    found = _WHOLE.fullmatch(text.strip())
    return int(found[1]) if found else None


def column_letters(text: str) -> str:
    """Return the letters of a column that is given by letters or by its number, or an empty text.

    >>> column_letters("b"), column_letters("2"), column_letters("B2")
    ('B', 'B', '')
    """
    number = whole(text)
    if number:
        return letters_of(number)
    letters = text.strip().upper()
    return letters if re.fullmatch(r"[A-Z]{1,3}", letters) else ""


class _Sheet:
    """Reads one sheet."""

    def __init__(self, grid: Grid, rows: Sequence[Sequence[str | None]], header: Sequence[str]) -> None:
        self._grid = grid
        self._rows = rows
        self._at = {name: header.index(name) for name in _HEADERS}
        self._occurrences = header.index(_OCCURRENCES) if _OCCURRENCES in header else None
        self._settings: dict[str, list[Setting]] = {}
        self._unknown: list[Setting] = []

    def parameters(self) -> Parameters:
        elements = [element for number, row in enumerate(self._rows, 1) if (element := self._row(number, row))]
        settings = {name: tuple(values) for name, values in self._settings.items()}
        sheet = self._grid.sheet or ""
        return Parameters(sheet, tuple(elements), settings, tuple(self._unknown), self._grid.place("A", 1))

    def _row(self, number: int, row: Sequence[str | None]) -> Element | None:
        kind = (row[self._at["type"]] or "").strip().upper()
        name = (row[self._at["element"]] or "").strip()
        is_element = kind in _TYPES and bool(name) and number > 1
        taken = self._taken(row) if is_element else set(range(self._at["position"] + 1)) if number == 1 else set()
        self._read_settings(number, row, taken)
        if not is_element:
            return None
        first = self._at["position"]
        positions = [cell or "" for cell in row[first : first + _MOST_POSITIONS]]
        positions += [""] * (_MOST_POSITIONS - len(positions))
        pos_type = (row[self._at["postype"]] or "").strip().upper()
        told = " ".join([pos_type, *(cell for i, cell in enumerate(positions) if cell and first + i in taken)])
        occurrences = row[self._occurrences] if self._occurrences is not None else None
        place = self._grid.place(letters_of(self._at["element"] + 1), number)
        return Element(name, tuple(_positions(pos_type, positions)), told, place, occurrences or "")

    def _taken(self, row: Sequence[str | None]) -> set[int]:
        """Return the positions of the cells of a row that are about its component."""
        is_mixed = (row[self._at["postype"]] or "").strip().upper() == MIXED
        width = _MOST_POSITIONS if is_mixed else 1
        taken = {*self._at.values(), *range(self._at["position"], self._at["position"] + width)}
        return taken | ({self._occurrences} if self._occurrences is not None else set())

    def _read_settings(self, number: int, row: Sequence[str | None], taken: set[int]) -> None:
        taken = {*taken, *(i for i, cell in enumerate(row) if number == 1 and _folded(cell or "") == _OCCURRENCES)}
        column = 0
        while column < len(row):
            cell = row[column]
            if column in taken or not cell:
                column += 1
                continue
            value = row[column + 1] if column + 1 < len(row) and column + 1 not in taken else None
            place = self._grid.place(letters_of(column + 1), number)
            name = _SPELLINGS.get(_folded(cell), _folded(cell))
            setting = Setting(cell, value or "", place)
            if name in SETTINGS:
                self._settings.setdefault(name, []).append(setting)
            else:
                self._unknown.append(setting)
            column += 2


def _positions(pos_type: str, cells: Sequence[str]) -> Iterator[Position]:
    if pos_type == MIXED:
        yield _position(cells[0].strip().upper(), cells[1])
        yield _position(cells[2].strip().upper(), cells[3])
    else:
        yield _position(pos_type, cells[0])


def _position(kind: str, at: str) -> Position:
    if kind in {FIX, SKIP}:
        return Position(kind, at.strip())
    address, slash, part = at.strip().upper().partition("/")
    number = whole(part) if slash else 0
    return Position(kind, address.strip(), number) if number is not None else Position("", at)


def _folded(text: str) -> str:
    return _NO_LETTER.sub("", text.lower())


def cell_address(text: str) -> tuple[str, int] | None:
    """Return the letters and the row of a cell, or None.

    >>> cell_address("B12"), cell_address("12")
    (('B', 12), None)
    """
    found = re.fullmatch(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})", text.strip().upper())
    return (found[1], int(found[2])) if found and position_of(found[1]) else None
