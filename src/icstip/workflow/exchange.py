"""Data messages: read in any format, written in any format, turned from one into the other."""

import gzip
import io
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import chain, groupby
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final, TypeAlias, Union, cast, overload

import polars as pl

from icstip.artefacts.base import no_texts
from icstip.artefacts.notices import Notices, warn_of_losses
from icstip.errors import FormatError, OutputError
from icstip.findings import Finding
from icstip.messages.data_assembly import together
from icstip.messages.data_files import read_data
from icstip.messages.data_frames import dataset_of, is_of_pandas
from icstip.messages.data_options import DataOptions
from icstip.messages.data_parts import PART_ROWS, Reading
from icstip.messages.data_source import DataSource
from icstip.messages.dataset import DataSet
from icstip.messages.formats import Format, format_of
from icstip.messages.header import MessageHeader
from icstip.messages.structure_header import Party
from icstip.schema import Schema
from icstip.staging import staged
from icstip.standard.settings import PREPARED
from icstip.workflow.schemas import Given, schema_of

if TYPE_CHECKING:
    import pandas as pd

STREAM: Final = Path("-")
"""Standard input or output."""

Data: TypeAlias = Union[DataSet, Iterable[DataSet], pl.DataFrame, pl.LazyFrame, "pd.DataFrame"]


@dataclass(frozen=True, slots=True)
class HeaderChoice:
    """What is to stand in the header of a message; what is empty comes from the message that was read, or the data.

    Attributes:
        id: Id of the message.
        sender: Id of the organisation that sends it.
        receivers: Ids of the organisations that it is for.
        prepared: When it was prepared (ISO 8601).
        test: Whether it is only a test; None leaves it as it is.
    """

    id: str = ""
    sender: str = ""
    receivers: Sequence[str] = ()
    prepared: str = ""
    test: bool | None = None

    def header(self, read: MessageHeader | None, schema: Schema) -> MessageHeader:
        """Return the header of a message.

        Args:
            read: The header of the message that the data come from, if they come from one.
            schema: The schema of its first data set.
        """
        key = schema.dataflow or schema.structure
        made_up = MessageHeader(_as_id(key.id), Party(_as_id(key.agency), no_texts()), PREPARED)
        base = made_up if read is None else read
        return replace(
            base,
            id=self.id or base.id or made_up.id,
            sender=Party(self.sender, no_texts()) if self.sender else base.sender if base.sender.id else made_up.sender,
            prepared=self.prepared or base.prepared or PREPARED,
            receivers=tuple(Party(one, no_texts()) for one in self.receivers) or base.receivers,
            test=base.test if self.test is None else self.test,
        )


@dataclass(frozen=True, slots=True)
class Reformatted:
    """What became of a message.

    Attributes:
        path: The file that was written.
        source_format: Name of the format that it was in.
        rows: How many observations it has, and rows that hold attributes only.
        findings: What was found in the message, and what the format that it was written in cannot say.
    """

    path: Path
    source_format: str
    rows: int
    findings: tuple[Finding, ...]


@dataclass
class DataMessage:
    """A data message that is read, part by part.

    Attributes:
        parts: The data sets in parts; consecutive ones with the same schema and action belong together.
        reading: Header, format and findings, as far as they are known by then.
    """

    parts: Iterator[DataSet]
    reading: Reading = field(repr=False)


def open_message(path: Path, schema: Given = None, *, where: str = "", keeps_lines: bool = False) -> DataMessage:
    """Return a data message whose parts are read when they are asked for.

    Args:
        path: The message: SDMX-ML, SDMX-JSON or SDMX-CSV of any version, as it is or packed with gzip or zip.
        schema: Where schemas come from; the installed standard comes after it.
        where: What it is called in messages; its path by default.
        keeps_lines: Whether its data sets are to say which lines in the file their rows begin in.

    Raises:
        FormatError: It cannot be read. Broken messages are only noticed as their parts are read.
    """
    reading = Reading(where or str(path), lambda _: None, keeps_lines=keeps_lines)
    reading.schema_of = schema_of(schema, reading)
    return DataMessage(read_data(DataSource(path, reading.where), reading), reading)


@overload
def read(path: str | Path, schema: Given = None, *, dataset: int | None = None, rows: None = None) -> DataSet: ...


@overload
def read(path: str | Path, schema: Given = None, *, dataset: None = None, rows: int) -> Iterator[DataSet]: ...


def read(
    path: str | Path, schema: Given = None, *, dataset: int | None = None, rows: int | None = None
) -> DataSet | Iterator[DataSet]:
    """Return the data of a message in any format of SDMX data.

    Data sets of the same structure and action are put together: messages hold several where an attribute of the data
    set has several values. Attributes of groups, series and data set stand at each observation that they are about.

    Args:
        path: SDMX-ML 2.1 (structure-specific or generic), 3.0 or 3.1, SDMX-CSV or SDMX-JSON of any version; as it is or
            packed with gzip or zip.
        schema: The structure of the data, where it is not one of the installed standard: a `Schema`, a data structure
            or structure message of sdmx1, or a file of structures. A message whose structure is not at hand is read as
            texts, with a finding.
        dataset: Which data set, from 0, when there are several of different structures or actions.
        rows: Yield data sets of at most so many rows instead, as they are read: the message may be larger than memory.
            The last one has the findings.

    Returns:
        The data set, with a column for each component of its structure; its `findings` say what was wrong.

    Raises:
        FormatError: It is no data message or broken, or has several data sets and none was chosen.
    """
    message = open_message(Path(path), schema)
    if rows is not None:
        return _with_findings(message, rows)
    parts = list(message.parts)
    sets = [list(found) for _, found in groupby(parts, key=lambda part: (part.schema, part.action))]
    if dataset is None and len(sets) != 1:
        raise FormatError("data-sets-several", where=str(path), number=len(sets))
    if dataset is not None and not 0 <= dataset < len(sets):
        raise FormatError("data-set-absent", where=str(path), number=len(sets))
    return replace(together(sets[dataset or 0]), findings=message.reading.notices.findings)


def _with_findings(message: DataMessage, rows: int) -> Iterator[DataSet]:
    """Yield a message in parts of at most so many rows, of which the last one has the findings."""
    pieces = (piece for part in message.parts for piece in part.slices(rows))
    last = next(pieces, None)
    for piece in pieces:
        if last is not None:
            yield last
        last = piece
    if last is not None:
        yield replace(last, findings=message.reading.notices.findings)


def write(
    data: Data,
    path: str | Path,
    format: str,  # noqa: A002 - the word that its users know
    *,
    schema: Schema | None = None,
    header: HeaderChoice | None = None,
    options: DataOptions | None = None,
) -> tuple[Finding, ...]:
    """Write data as a message; the file is whole, or as it was before.

    Args:
        data: A data set, several of them (consecutive ones of the same schema and action are one), or a frame of polars
            (also a lazy one, which is written as it is computed) or pandas.
        path: The file; packed with gzip when its name ends with ``.gz``.
        format: Id of a format of data, for example ``sdmx-ml-3.0``.
        schema: What the columns of a frame are; a data set knows.
        header: What stands in the header; nothing comes from a clock.
        options: What the format leaves to choose: layout, labels, language, delimiter.

    Returns:
        What the format cannot say; each loss is a `LossWarning` as well.

    Raises:
        FormatError: There is no such format.
        StructureError: The format cannot say what the data are, or a column is missing.
        OutputError: The file cannot be written.
    """
    chosen = format_of(format, "data")
    parts = _parts(data, schema)
    notices = Notices(chosen.id, chosen.name)
    target = Path(path)
    with _output(target) as file:
        _write(parts, file, chosen, lambda: None, header or HeaderChoice(), options or DataOptions(), notices)
    warn_of_losses(notices.findings)
    return notices.findings


def reformat(
    path: Path,
    output: Path,
    format_id: str,
    *,
    schema: Given = None,
    header: HeaderChoice | None = None,
    options: DataOptions | None = None,
    progress: Callable[[int], None] = lambda _: None,
) -> Reformatted:
    """Write a data message in another format, part by part: it may be larger than memory.

    Args:
        path: The message, or ``-`` for standard input.
        output: The file, a folder that gets a file of the same name, or ``-`` for standard output. It is whole, or as
            it was before.
        format_id: Id of the format that it is written in.
        schema: Where schemas come from; the installed standard comes after it.
        header: What stands in the header, where it is not to be that of the message.
        options: What the format leaves to choose.
        progress: Called with the number of rows so far.

    Raises:
        FormatError: There is no such format, or the message is none, or broken.
        StructureError: The format cannot say what the data are.
        OutputError: The file cannot be written.
    """
    chosen = format_of(format_id, "data")
    notices = Notices(chosen.id, chosen.name)
    target = output / chosen.file_name(_stem(path)) if output.is_dir() else output
    counted = _Counter(progress)
    with input_file(path) as given:
        message = open_message(given, schema, where=str(path))
        with _output(target) as file:
            _write(
                counted.through(message.parts),
                file,
                chosen,
                lambda: message.reading.header,
                header or HeaderChoice(),
                options or DataOptions(),
                notices,
            )
    findings = (*message.reading.notices.findings, *notices.findings)
    return Reformatted(target, format_of(message.reading.format_id, "data").name, counted.rows, findings)


class _Counter:
    def __init__(self, progress: Callable[[int], None]) -> None:
        self.rows = 0
        self._progress = progress

    def through(self, parts: Iterable[DataSet]) -> Iterator[DataSet]:
        for part in parts:
            self.rows += len(part)
            self._progress(self.rows)
            yield part


def _write(
    parts: Iterator[DataSet],
    file: BinaryIO,
    chosen: Format,
    read_header: Callable[[], MessageHeader | None],
    header: HeaderChoice,
    options: DataOptions,
    notices: Notices,
) -> None:
    first = next(parts, None)
    if first is None:
        raise FormatError("data-sets-several", where=chosen.id, number=0)
    made = header.header(read_header(), first.schema)
    chosen.write_data(chain([first], parts), file, made, options, notices)


def _parts(data: Data, schema: Schema | None) -> Iterator[DataSet]:
    if isinstance(data, DataSet):
        return data.slices(PART_ROWS)
    if isinstance(data, pl.LazyFrame):
        return (dataset_of(frame, schema) for frame in data.collect_batches(chunk_size=PART_ROWS, maintain_order=True))
    if isinstance(data, pl.DataFrame) or is_of_pandas(data):
        return dataset_of(data, schema).slices(PART_ROWS)
    several = cast("Iterable[DataSet]", data)  # what is no frame of pandas
    return (piece for part in several for piece in part.slices(PART_ROWS))


@contextmanager
def _output(path: Path) -> Iterator[BinaryIO]:
    """Yield a file that takes its place when the block ends well."""
    if path == STREAM:
        with tempfile.TemporaryFile() as file:
            yield cast("BinaryIO", file)
            file.seek(0)
            _to_stdout(cast("BinaryIO", file))
        return
    with staged(path.parent) as stage, (stage / path.name).open("w+b") as file:
        if path.suffix == ".gz":
            # Without name and time, so that the same data give the same file.
            with _Packed(filename="", mode="wb", fileobj=file, mtime=0) as packed:
                buffered = io.BufferedWriter(packed, 1 << 20)
                try:
                    yield cast("BinaryIO", buffered)
                finally:
                    buffered.detach()
        else:
            yield file
        file.flush()


class _Packed(gzip.GzipFile):
    """A packed file, which has no descriptor: what is written to that of the file below would not be packed."""

    def fileno(self) -> int:
        raise io.UnsupportedOperation


def _to_stdout(file: BinaryIO) -> None:
    try:
        shutil.copyfileobj(file, sys.stdout.buffer, 1 << 20)
        sys.stdout.buffer.flush()
    except OSError as error:
        raise OutputError("output-stream-broken", where=str(STREAM), reason=error.strerror or error) from error


@contextmanager
def input_file(path: Path) -> Iterator[Path]:
    """Yield a file; what comes from standard input is put into one first, since it may have to be read twice."""
    if path != STREAM:
        yield path
        return
    with tempfile.NamedTemporaryFile(prefix="icstip-") as file:
        shutil.copyfileobj(sys.stdin.buffer, file, 1 << 20)
        file.flush()
        yield Path(file.name)


def _stem(path: Path) -> str:
    name = "data" if path == STREAM else path.name
    stem = re.sub(r"(\.(xml|json|csv|gz|zip))+$", "", name, flags=re.IGNORECASE)
    return re.sub(r"\.sdmx-(ml|csv|json)-\d\.\d(-generic)?$", "", stem) or "data"


def _as_id(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9_@$-]", "_", text) or "UNNAMED"
