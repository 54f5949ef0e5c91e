"""Data sets → SDMX-ML 2.1, 3.0, 3.1 (structure-specific) and 2.1 (generic), flat or in series."""

import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from tempfile import TemporaryFile
from typing import BinaryIO, Final

from icstip.artefacts.notices import Notices
from icstip.errors import StructureError
from icstip.messages.data_ml.writing.body import Body
from icstip.messages.data_ml.writing.head import D21, D21_GENERIC, D30, D31, Dialect, Head
from icstip.messages.data_ml.writing.places import places_of
from icstip.messages.data_options import DataOptions, Layout
from icstip.messages.data_runs import reference_of, runs
from icstip.messages.dataset import Action, DataSet
from icstip.messages.header import MessageHeader

_BLOCK: Final = 1 << 22


def write_21(
    parts: Iterable[DataSet], file: BinaryIO, header: MessageHeader, options: DataOptions, notices: Notices
) -> None:
    """Write structure-specific data of SDMX-ML 2.1: equal data give equal bytes.

    A message is written as its data come. When a later data set is of another structure, which the header must name
    too, what is written is moved. That takes a file that can be read as well (``w+b``); to any other one, the message
    goes by way of a temporary file, unless `parts` is a sequence and says that there is one structure.

    Args:
        parts: Data sets in parts: consecutive ones of the same schema and action are one data set.
        file: Where the message goes.
        header: Who sends it and when it was prepared.
        options: How the data are laid out.
        notices: Where it is said what the format cannot say.

    Raises:
        StructureError: The format cannot hold the data, or not in this layout; or a text has a character that XML
            cannot hold.
    """
    _write(parts, file, header, options, notices, D21)


def write_21_generic(
    parts: Iterable[DataSet], file: BinaryIO, header: MessageHeader, options: DataOptions, notices: Notices
) -> None:
    """Write generic data of SDMX-ML 2.1: see `write_21`."""
    _write(parts, file, header, options, notices, D21_GENERIC)


def write_30(
    parts: Iterable[DataSet], file: BinaryIO, header: MessageHeader, options: DataOptions, notices: Notices
) -> None:
    """Write structure-specific data of SDMX-ML 3.0: see `write_21`."""
    _write(parts, file, header, options, notices, D30)


def write_31(
    parts: Iterable[DataSet], file: BinaryIO, header: MessageHeader, options: DataOptions, notices: Notices
) -> None:
    """Write structure-specific data of SDMX-ML 3.1: see `write_21`."""
    _write(parts, file, header, options, notices, D31)


def _write(
    parts: Iterable[DataSet],
    file: BinaryIO,
    header: MessageHeader,
    options: DataOptions,
    notices: Notices,
    dialect: Dialect,
) -> None:
    head = Head(header, dialect, is_time_series=options.layout is Layout.TIME_SERIES)
    with _rewritable(file, parts, dialect) as out:
        start = out.tell() if out.seekable() else 0
        size = 0
        for run in runs(parts):
            places = places_of(run.schema, dialect, options)
            structure = head.structure(places.reference, places.at_observation)
            if not size:
                size = out.write(head.content())
            action = run.action
            if action is Action.MERGE and dialect.model != "3.1":
                notices.translated(places.reference, "merge-as-append")
                action = Action.APPEND
            Body(out, dialect, places, structure, notices).write(run, action)
        if not size:
            raise StructureError("data-format-structure", where=header.id, format=dialect.name)
        if len(head.structures) > 1:
            _replace(out, start, size, head.content())
        out.write(f"</{head.tag}>\n".encode())
        if options.layout is Layout.TIME_SERIES and dialect.is_first and not head.is_time_series:
            for one in head.structures.values():
                notices.translated(one.reference, "time-series-as-series")


@contextmanager
def _rewritable(file: BinaryIO, parts: Iterable[DataSet], dialect: Dialect) -> Iterator[BinaryIO]:
    """Yield a file in which the head can be replaced, if need be."""
    is_one = isinstance(parts, Sequence) and len({reference_of(part.schema, dialect.model) for part in parts}) == 1
    if is_one or (file.seekable() and file.readable()):
        yield file
        return
    with TemporaryFile(prefix="icstip-") as spool:
        yield spool
        spool.seek(0)
        shutil.copyfileobj(spool, file, _BLOCK)


def _replace(file: BinaryIO, start: int, size: int, content: bytes) -> None:
    """Put other content in the place of some bytes of a file, not less than they are; what follows moves on."""
    end = file.seek(0, 2)
    grown = len(content) - size
    while end > start + size:
        block = max(start + size, end - _BLOCK)
        file.seek(block)
        moved = file.read(end - block)
        file.seek(block + grown)
        file.write(moved)
        end = block
    file.seek(start)
    file.write(content)
    file.seek(0, 2)
