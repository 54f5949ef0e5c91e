"""A message read in both ways, and what must be the same: rows, schema, action, header, format, kinds of findings."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from importlib import import_module
from itertools import groupby
from pathlib import Path
from unittest.mock import patch

import polars as pl

from icstip.errors import IcstipError
from icstip.messages.data_assembly import together
from icstip.messages.data_files import read_data
from icstip.messages.data_parts import Reading
from icstip.messages.data_source import DataSource
from icstip.messages.dataset import DataSet
from icstip.messages.formats import formats_of
from icstip.schema import Schema

Way = Callable[[DataSource, Reading], Iterable[DataSet]]


@dataclass(frozen=True)
class Outcome:
    """What came of reading a message.

    Attributes:
        refused: The error, or empty when it was read.
        data: What was read.
        reading: What is known of the message.
    """

    refused: str
    data: tuple[DataSet, ...]
    reading: Reading

    @property
    def kinds(self) -> list[str]:
        """The kinds of findings."""
        return sorted({finding.code for finding in self.reading.notices.findings})


def usual(path: Path, schema: Schema | None) -> Outcome:
    """Return what comes of a message when it is read as users read it."""
    return _outcome(path, schema, read_data)


def plain(path: Path, schema: Schema | None) -> Outcome:
    """Return what comes of a message when it is read the plain way throughout."""
    return _outcome(path, schema, _read_plain)


def difference(one: Outcome, other: Outcome) -> str:
    """Return what is not the same in two readings of a message, or nothing."""
    if one.refused or other.refused:
        same = bool(one.refused) is bool(other.refused)
        return "" if same else f"refused by one way only: {one.refused or 'read'} / {other.refused or 'read'}"
    pairs: dict[str, tuple[object, object]] = {
        "format": (one.reading.format_id, other.reading.format_id),
        "header": (one.reading.header, other.reading.header),
        "kinds of findings": (one.kinds, other.kinds),
        "number of data sets": (len(one.data), len(other.data)),
    }
    for place, (first, second) in enumerate(zip(one.data, other.data, strict=False)):
        pairs[f"schema of {place}"] = first.schema, second.schema
        pairs[f"action of {place}"] = first.action, second.action
        pairs[f"types of {place}"] = first.frame.schema, second.frame.schema
        if first.frame.schema == second.frame.schema and not same_rows(first.frame, second.frame):
            return f"rows of {place}:\n{told(first.frame)}\n{told(second.frame)}"
    return next((f"{what}: {a!r} / {b!r}" for what, (a, b) in pairs.items() if a != b), "")


def same_rows(one: pl.DataFrame, other: pl.DataFrame) -> bool:
    """Return whether two frames hold the same, a missing value being the same as another one."""
    return one.equals(other, null_equal=True)


def told(frame: pl.DataFrame) -> str:
    """Return all of a frame as a text."""
    return "\n".join(str(row) for row in [frame.schema, *frame.rows()])


def grouped(parts: Iterable[DataSet]) -> Iterator[DataSet]:
    """Yield data sets from their parts."""
    for _, found in groupby(parts, key=lambda part: (part.schema, part.action)):
        yield together(list(found))


def _outcome(path: Path, schema: Schema | None, way: Way) -> Outcome:
    reading = Reading("message", lambda _: schema)
    try:
        return Outcome("", tuple(grouped(way(DataSource(path, "message"), reading))), reading)
    except IcstipError as error:
        return Outcome(str(error) or "?", (), reading)


def _read_plain(source: DataSource, reading: Reading) -> Iterator[DataSet]:
    """Yield what `read_data` yields, with the plain way of whatever family it finds, where it has one."""
    with ExitStack() as stack:
        for name in sorted({one.reader.partition(":")[0] for one in formats_of("data")}):
            module = import_module(name)
            stack.enter_context(patch.object(module, "read", getattr(module, "read_plain", module.read)))
        yield from read_data(source, reading)
