"""Where the observations come from that are added up: data messages, or a collection."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, Protocol, TypeVar

import polars as pl

from icstip.aggregation.columns import RECEIVED, SENDER, SUBMISSION
from icstip.collection.store import Collection
from icstip.errors import FormatError
from icstip.findings import Finding, Place
from icstip.hashing import sha256_of
from icstip.messages.data_typing import dtype_of
from icstip.messages.dataset import Action, DataSet
from icstip.schema import Column, Schema
from icstip.workflow.exchange import open_message
from icstip.workflow.schemas import Schemas

DELETION: Final = "AGG-028"

Item = TypeVar("Item")


class Given(Protocol):
    """Observations of several structures, which can be had part by part."""

    def structures(self) -> Sequence[str]:
        """Return the ids of the structures."""

    def schema(self, structure_id: str) -> Schema:
        """Return what the columns of the observations of a structure are."""

    def parts(self, structure_id: str, area: str, rows: int) -> Iterator[pl.DataFrame]:
        """Yield the observations of a structure: components, `SENDER`, `SUBMISSION`, `RECEIVED`.

        Args:
            structure_id: Id of the structure.
            area: The dimension of areas: all observations of an area are in one part.
            rows: About how many rows a part has.
        """


@dataclass(frozen=True)
class Collected:
    """The latest observations of each sender in a collection.

    Attributes:
        collection: The collection.
        as_of: As known on this date or at this time.
    """

    collection: Collection
    as_of: str | None = None

    def structures(self) -> Sequence[str]:
        """Return the ids of the structures."""
        return self.collection.structures()

    def schema(self, structure_id: str) -> Schema:
        """Return what the columns of the observations of a structure are."""
        return self.collection.schema(structure_id)

    def parts(self, structure_id: str, area: str, rows: int) -> Iterator[pl.DataFrame]:  # noqa: ARG002 - it knows both
        """Yield the observations of a structure by area."""
        return self.collection.states(structure_id, self.as_of)

    def to_dict(self) -> Mapping[str, object]:
        """Return what is said of it in the report: the submissions that count and were known, in their order."""
        counting = self.collection.counting(self.as_of)
        return {"collection": self.collection.folder.name, "submissions": [one.id for one in counting]}


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

    def parts(self, structure_id: str, area: str, rows: int) -> Iterator[pl.DataFrame]:
        """Yield the observations of a structure by area."""
        return by_area(pl.scan_parquet(self.folder / structure_id / "*.parquet"), area, rows)


def by_area(frame: pl.LazyFrame, area: str, rows: int) -> Iterator[pl.DataFrame]:
    """Yield a frame in parts of about so many rows, none of which has an area that is in another one.

    Args:
        frame: Observations.
        area: The dimension of areas.
        rows: About how many rows a part has; an area with more is a part of its own.
    """
    code = pl.col(area).cast(pl.String)
    counts = frame.group_by(code.alias("area")).agg(pl.len()).sort("area").collect()
    counted: Iterator[tuple[str | None, int]] = counts.iter_rows()
    for areas in in_parts(counted, rows):
        named = [one for one in areas if one is not None]
        yield frame.filter(code.is_in(named) | (code.is_null() if None in areas else False)).collect()


def in_parts(counts: Iterable[tuple[Item, int]], most: int) -> Iterator[list[Item]]:
    """Yield what is counted in lists, each with about as many rows as are allowed, or one that has more."""
    part: list[Item] = []
    rows = 0
    for one, number in counts:
        if part and rows + number > most:
            yield part
            part, rows = [], 0
        part.append(one)
        rows += number
    if part:
        yield part


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
    deleted = 0
    for number, part in enumerate(message.parts):
        if part.action is Action.DELETE:
            deleted += len(part)
            continue
        if not part.schema.known:
            raise FormatError("aggregate-unknown", where=str(file))
        structure = part.schema.structure.id
        schema = into.schemas.setdefault(structure, own.get(structure, part.schema))
        kept = into.folder / structure
        kept.mkdir(exist_ok=True)
        _columns(part, schema, name).write_parquet(kept / f"{len(into.inputs)} {number}.parquet")
    if deleted:
        into.findings.append(Finding(DELETION, Place(name), str(deleted), {"times": deleted}))
    into.findings += [replace(one, place=replace(one.place, file=name)) for one in message.reading.notices.findings]
    into.inputs.append({"file": name, "sha256": sha256_of(file)})


def _columns(part: DataSet, schema: Schema, name: str) -> pl.DataFrame:
    frame = part.frame.drop_nulls(list(part.schema.dimensions))
    return typed_columns(frame, schema).with_columns(
        pl.lit(name).alias(SENDER), pl.lit("").alias(SUBMISSION), pl.lit(None, pl.String).alias(RECEIVED)
    )


def typed_columns(frame: pl.DataFrame, schema: Schema) -> pl.DataFrame:
    """Return the components of observations in the types of their schema; what is none of its type is not there.

    Columns that say where observations come from stay as they are.
    """
    columns = (_typed(frame, column) for column in schema.columns)
    return frame.select(*columns, *(name for name in (SENDER, SUBMISSION, RECEIVED) if name in frame.columns))


def _typed(frame: pl.DataFrame, column: Column) -> pl.Expr:
    """Return a component in its type; a number that is missing on purpose is not there either."""
    kind, own = dtype_of(column), pl.col(column.id)
    if column.id not in frame.columns:
        return pl.lit(None, kind).alias(column.id)
    made = own if frame.schema[column.id] == kind else own.cast(pl.String).cast(kind, strict=False)
    return made.fill_nan(None) if kind.is_float() else made
