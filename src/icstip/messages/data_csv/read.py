"""SDMX-CSV 1.0, 2.0 and 2.1 → the data sets of a message, in parts."""

import re
from collections.abc import Iterator
from typing import Final

import polars as pl

from icstip.artefacts.base import Reference
from icstip.errors import FormatError
from icstip.messages.data_csv.columns import Columns
from icstip.messages.data_csv.frames import frames_of
from icstip.messages.data_csv.header import SEPARATOR, Header, delimiter_of, header_of
from icstip.messages.data_csv.plain import Rows
from icstip.messages.data_csv.text import Text
from icstip.messages.data_parts import LINE, PART_ROWS, DataHead, DataPart, Generation, Reading
from icstip.messages.data_source import DataSource
from icstip.messages.dataset import NOT_APPLICABLE, Action

_KINDS: Final = {"dataflow": "Dataflow", "datastructure": "DataStructure", "dataprovision": "ProvisionAgreement"}
_ACTIONS: Final = {action.letter: action for action in Action}

# An artefact, as a URN has it or alone; SDMX 3.0 knows artefacts without a version.
_ARTEFACT: Final = re.compile(
    r"(?:urn:[^=]*=)?(?P<agency>[A-Za-z0-9_.\-]+):(?P<id>[A-Za-z0-9_@$\-]+)(?:\((?P<version>[^()\s]+)\))?"
)
_MOST_KEPT: Final = 100
_NO_VERSION: Final = "1.0"
"""The version of an artefact that is said to have none (SDMX 2.1 §3A, MaintainableType)."""


def read(source: DataSource, reading: Reading) -> Iterator[DataPart]:
    """Yield the data sets of a message in parts: each run of rows of one structure and action is one.

    Args:
        source: The message.
        reading: Where format and findings go, and where schemas come from.

    Raises:
        FormatError: It is no SDMX-CSV, or broken; what was yielded before then is of no use.
    """
    yield from _parts(source, reading, fast=True)


def read_plain(source: DataSource, reading: Reading) -> Iterator[DataPart]:
    """Yield what `read` yields, row by row throughout: slower, and the measure of it."""
    yield from _parts(source, reading, fast=False)


def _parts(source: DataSource, reading: Reading, *, fast: bool) -> Iterator[DataPart]:
    with source.open() as file:
        text = Text(file, reading.where)
        delimiter = delimiter_of(text)
        rows = Rows(text, delimiter)
        first = rows.next()
        if first is None:
            raise FormatError("data-csv-start", where=reading.where, line=1)
        header = header_of(first[1], first[0], reading.where)
        message = _Message(header, reading)
        for frame in _frames(text, rows, delimiter, header.width, fast=fast):
            yield from message.parts(frame)
        yield from message.end()


def _frames(text: Text, rows: Rows, delimiter: str, width: int, *, fast: bool) -> Iterator[pl.DataFrame]:
    """Yield the rows of a message, about `PART_ROWS` at a time."""
    found: list[pl.DataFrame] = []
    height = 0
    for block in frames_of(text, rows, delimiter, width, fast=fast):
        found.append(block)
        height += block.height
        if height >= PART_ROWS:
            yield pl.concat(found)
            found, height = [], 0
    if found:
        yield pl.concat(found)


class _Message:
    """The data sets of a message."""

    def __init__(self, header: Header, reading: Reading) -> None:
        self._header = header
        self._names = header.names
        self._reading = reading
        self._told: tuple[str | None, ...] = ()
        self._head: DataHead | None = None
        self._columns: dict[Reference | None, Columns] = {}
        self._keys = [str(place) for place in (header.kind, header.structure, header.action) if place is not None]
        if any(cell.several for cell in header.cells):
            reading.notices.add("DATA-007", header.first, line=1)

    def parts(self, frame: pl.DataFrame) -> Iterator[DataPart]:
        """Yield rows as parts of data sets."""
        if self._head is None:
            self._reading.format_id = self._format(frame)
        for rows in self._runs(frame):
            head = self._head_of(rows)
            components = self._columns_of(head).components_of(rows, self._reading.notices)
            yield DataPart(head, components)

    def end(self) -> Iterator[DataPart]:
        """Yield an empty part if there were no rows."""
        if self._head is None:
            width = self._header.width
            yield from self.parts(pl.DataFrame(schema={**{str(n): pl.String for n in range(width)}, LINE: pl.UInt32}))

    def _runs(self, frame: pl.DataFrame) -> Iterator[pl.DataFrame]:
        """Yield rows that follow each other and say that they are of the same structure and action."""
        if all(_is_one(frame[key]) for key in self._keys):
            yield frame
            return
        keys = pl.col(self._keys)
        changes = frame.select(pl.any_horizontal(keys.ne_missing(keys.shift())).arg_true().alias("at"))["at"].to_list()
        starts = [0, *(place for place in changes if place)]
        for start, end in zip(starts, [*starts[1:], frame.height], strict=True):
            yield frame.slice(start, end - start)

    def _head_of(self, rows: pl.DataFrame) -> DataHead:
        """Return what is said of some rows; the same object as for the rows before if that is the same."""
        told = tuple(rows[key][0] if rows.height else None for key in self._keys)
        if self._head is not None and told == self._told:
            return self._head
        line = rows[LINE][0] if rows.height else None
        structure, action = self._structure(told, line), self._action(told, line)
        self._told = told
        if self._head is None or (structure, action) != (self._head.structure, self._head.action):
            if action is Action.MERGE:
                self._reading.format_id = "sdmx-csv-2.1"
            generation: Generation = "2.1" if self._header.is_1 else "3.1" if action is Action.MERGE else "3.0"
            self._head = DataHead(structure, action, generation, names=self._names, line=line)
        return self._head

    def _structure(self, told: tuple[str | None, ...], line: int | None) -> Reference | None:
        kind, name = ("dataflow", told[0]) if self._header.is_1 else told[:2]
        if name is None and (self._header.is_1 or kind is None):
            return None
        if (kind or "").lower() not in _KINDS:
            raise FormatError("data-csv-structure", where=self._reading.where, line=line, value=kind or "")
        found = _ARTEFACT.fullmatch((name or "").partition(SEPARATOR)[0])
        if found is None:
            raise FormatError("data-csv-artefact", where=self._reading.where, line=line, value=name or "")
        return Reference(_KINDS[(kind or "").lower()], found["agency"], found["id"], found["version"] or _NO_VERSION)

    def _action(self, told: tuple[str | None, ...], line: int | None) -> Action:
        letter = told[2] if self._header.action is not None else None
        if letter is None:
            return Action.INFORMATION
        if letter.upper() not in _ACTIONS:
            raise FormatError("data-csv-action", where=self._reading.where, line=line, value=letter)
        return _ACTIONS[letter.upper()]

    def _columns_of(self, head: DataHead) -> Columns:
        if head.structure not in self._columns:
            if len(self._columns) == _MOST_KEPT:
                self._columns.clear()
            schema = self._reading.schema_of(head)
            self._columns[head.structure] = Columns(self._header, schema, self._reading.where)
        return self._columns[head.structure]

    def _format(self, frame: pl.DataFrame) -> str:
        """Return the format of a message. SDMX-CSV 2.1 is told from 2.0 by what only it has: merging, ``~``."""
        if self._header.is_1:
            return "sdmx-csv-1.0"
        only_21 = [pl.col(str(cell.place)) == NOT_APPLICABLE for cell in self._header.cells]
        if self._header.action is not None:
            only_21.append(pl.col(str(self._header.action)).str.to_uppercase() == Action.MERGE.letter)
        found = frame.select(pl.any_horizontal(pl.lit(value=False), *only_21).any()).item()
        return "sdmx-csv-2.1" if found else "sdmx-csv-2.0"


def _is_one(values: pl.Series) -> bool:
    """Return whether all values are the same; there may be none."""
    if values.null_count() in {0, len(values)}:
        return values.null_count() == len(values) or bool((values == values[0]).all())
    return False
