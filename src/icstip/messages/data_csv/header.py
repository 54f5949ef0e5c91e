"""The header of a message in SDMX-CSV: what its columns are (field guides 1.0, 2.0 and 2.1, column headers)."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from icstip.errors import FormatError
from icstip.messages.data_csv.plain import malformed
from icstip.messages.data_csv.text import Text

DELIMITERS: Final = (",", ";", "\t", "|")
"""What may separate fields."""


DATAFLOW: Final = "DATAFLOW"
STRUCTURE: Final = "STRUCTURE"
STRUCTURE_ID: Final = "STRUCTURE_ID"
STRUCTURE_NAME: Final = "STRUCTURE_NAME"
ACTION: Final = "ACTION"
RESERVED: Final = (STRUCTURE_ID, STRUCTURE_NAME, ACTION, "SERIES_KEY", "OBS_KEY")
"""Columns that are no components, wherever they stand (SDMX-CSV 2.x)."""

_MOST_COLUMNS: Final = 10_000

SEPARATOR: Final = ": "
"""What stands between an id and a name."""

_START: Final = re.compile(
    rb'[\r\n]*(?:"(?:STRUCTURE(?:\[[^]\r\n]*\])?|DATAFLOW)"|(?:STRUCTURE(?:\[[^]\r\n]*\])?|DATAFLOW))([^"]|\Z)'
)
# A component with or without what it says of several values, and with or without its name.
_CELL: Final = re.compile(r"(?P<id>[A-Za-z_][A-Za-z0-9_@$\-]*)(?P<several>\[[^\]]*\])?(?:: (?P<name>.*))?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Cell:
    """A column of a component, or of something else, as the header has it.

    Attributes:
        place: Number of the column, from 0.
        text: What stands there.
        id: Id of the component, if it is one.
        name: Its name when the header says ``ID: Name``, else None. Then cells may say ``id: name``, too.
        several: Whether it holds several values, or texts in several languages, in a field.
    """

    place: int
    text: str
    id: str
    name: str | None
    several: bool


@dataclass(frozen=True, slots=True)
class Header:
    """What the columns of a message are.

    Attributes:
        width: How many columns it has.
        kind: The column with the kind of the structure; None in SDMX-CSV 1.0, where it is a dataflow.
        structure: The column with the structure.
        action: The column with the action, or None.
        has_names: Whether each component has a column with its names after it.
        first: What stands in the first column.
        cells: The other columns.
    """

    width: int
    kind: int | None
    structure: int
    action: int | None
    has_names: bool
    first: str
    cells: tuple[Cell, ...]

    @property
    def is_1(self) -> bool:
        """Whether it is the header of SDMX-CSV 1.0."""
        return self.kind is None

    @property
    def names(self) -> Mapping[str, Mapping[str, str]]:
        """The names that it has of components, as texts of no language."""
        if self.has_names:
            pairs = zip(self.cells[::2], self.cells[1::2], strict=False)
            return {cell.id: {"": name.text} for cell, name in pairs}
        return {cell.id: {"": cell.name} for cell in self.cells if cell.name}


def delimiter_of(text: Text) -> str:
    """Return what separates the fields of a message: the character after the first column of the header.

    Raises:
        FormatError: It does not begin as SDMX-CSV does.
    """
    text.fill(1 << 10)
    found = _START.match(text.buffer)
    delimiter = found[1].decode("latin-1") if found else ""
    if delimiter in {"", "\r", "\n"} and found:
        return DELIMITERS[0]
    if delimiter not in DELIMITERS:
        raise FormatError("data-csv-start", where=text.where, line=1)
    return delimiter


def header_of(cells: Sequence[str], line: int, where: str) -> Header:
    """Return what the columns are.

    Args:
        cells: The first row.
        line: The line that it is in.
        where: What the message is called.

    Raises:
        FormatError: A column is missing, or is there twice.
    """
    if len(cells) > _MOST_COLUMNS:
        raise malformed(where, line, _MOST_COLUMNS + 1, f"{len(cells)} columns, where {_MOST_COLUMNS} are enough")
    is_1 = cells[0] == DATAFLOW
    own = {name: list(cells).index(name) for name in (() if is_1 else RESERVED) if name in cells}
    if not is_1 and STRUCTURE_ID not in own:
        raise FormatError("data-csv-column-missing", where=where, line=line, column=STRUCTURE_ID)
    has_names = STRUCTURE_NAME in own
    rest = [_cell(place, text) for place, text in enumerate(cells) if place and place not in own.values()]
    if not has_names:
        refuse_twice([cell.id for cell in rest], line=line, where=where)
    return Header(
        width=len(cells),
        kind=None if is_1 else 0,
        structure=0 if is_1 else own[STRUCTURE_ID],
        action=own.get(ACTION),
        has_names=has_names,
        first=cells[0],
        cells=tuple(rest),
    )


def refuse_twice(ids: Sequence[str], *, line: int, where: str) -> None:
    """Do nothing if no column is there twice; one without a header may be.

    Raises:
        FormatError: One is.
    """
    twice = [name for name, times in Counter(ids).items() if name and times > 1]
    if twice:
        raise FormatError("data-csv-column-twice", where=where, line=line, column=twice[0])


def _cell(place: int, text: str) -> Cell:
    found = _CELL.fullmatch(text)
    if found is None:
        return Cell(place, text, text, None, several=False)
    return Cell(place, text, found["id"], found["name"], several=found["several"] is not None)
