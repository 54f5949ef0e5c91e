"""Where the observations come from that are added up: data messages, or a collection."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

import polars as pl

from icstip.aggregation.columns import RECEIVED, SENDER, SUBMISSION
from icstip.errors import FormatError
from icstip.findings import Finding
from icstip.messages.data_typing import dtype_of
from icstip.messages.dataset import Action, DataSet
from icstip.schema import Schema
from icstip.workflow.exchange import open_message
from icstip.workflow.schemas import Schemas


class Given(Protocol):
    """Observations of several structures, of which those of some areas can be had."""

    def structures(self) -> Sequence[str]:
        """Return the ids of the structures."""

    def schema(self, structure_id: str) -> Schema:
        """Return what the columns of the observations of a structure are."""

    def scan(self, structure_id: str, as_of: str | None = None, areas: Sequence[str] | None = None) -> pl.LazyFrame:
        """Return the observations of a structure: the columns of its schema, `SENDER`, `SUBMISSION`, `RECEIVED`."""


@dataclass
class Messages:
    """Data messages whose observations are kept in a folder; the source of each is the name of its file.

    Attributes:
        folder: Where they are kept.
        schemas: By the id of the structure.
        findings: What was found as they were read.
        inputs: Name and hash of each file.
    """

    folder: Path
    schemas: dict[str, Schema]
    findings: list[Finding]
    inputs: list[Mapping[str, str]]

    def structures(self) -> Sequence[str]:
        """Return the ids of the structures, in the order of the alphabet."""
        return sorted(self.schemas)

    def schema(self, structure_id: str) -> Schema:
        """Return what the columns of the observations of a structure are."""
        return self.schemas[structure_id]

    def scan(
        self,
        structure_id: str,
        as_of: str | None = None,  # noqa: ARG002 - files have no history
        areas: Sequence[str] | None = None,  # noqa: ARG002 - whoever asks narrows them
    ) -> pl.LazyFrame:
        """Return the observations of a structure, of all areas."""
        return pl.scan_parquet(self.folder / structure_id / "*.parquet")


@contextmanager
def read_messages(files: Sequence[Path], schemas: Schemas, own: Mapping[str, Schema]) -> Iterator[Messages]:
    """Yield the observations of data messages, each read once and in parts.

    Args:
        files: Data messages of any format.
        schemas: Where schemas come from.
        own: The schemas of all data of the structures of the standard.

    Raises:
        FormatError: A file cannot be read, or the structure of its data is not known.
    """
    with TemporaryDirectory(prefix="icstip-") as folder:
        read = Messages(Path(folder), {}, [], [])
        times = Counter(file.name for file in files)
        for file in files:
            _read(file, file.name if times[file.name] == 1 else str(file), read, schemas, own)
        yield read


def _read(file: Path, name: str, into: Messages, schemas: Schemas, own: Mapping[str, Schema]) -> None:
    message = open_message(file, schemas, where=str(file))
    for number, part in enumerate(part for part in message.parts if part.action is not Action.DELETE):
        if not part.schema.known:
            raise FormatError("aggregate-unknown", where=str(file))
        structure = part.schema.structure.id
        schema = into.schemas.setdefault(structure, own.get(structure, part.schema))
        kept = into.folder / structure
        kept.mkdir(exist_ok=True)
        _columns(part, schema, name).write_parquet(kept / f"{len(into.inputs)} {number}.parquet")
    into.findings += [replace(one, place=replace(one.place, file=name)) for one in message.reading.notices.findings]
    with file.open("rb") as opened:
        into.inputs.append({"file": name, "sha256": hashlib.file_digest(opened, "sha256").hexdigest()})


def _columns(part: DataSet, schema: Schema, name: str) -> pl.DataFrame:
    """Return observations in the types of their schema; what is none of a type is not there."""
    frame = part.frame.drop_nulls(list(part.schema.dimensions))
    columns = [
        pl.col(column.id).cast(pl.String).cast(dtype_of(column), strict=False)
        if column.id in frame.columns
        else pl.lit(None, dtype_of(column)).alias(column.id)
        for column in schema.columns
    ]
    return frame.select(
        *columns,
        pl.lit(name).alias(SENDER),
        pl.lit("").alias(SUBMISSION),
        pl.lit(None, pl.String).alias(RECEIVED),
    )
