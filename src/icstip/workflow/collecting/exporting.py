"""What a collection knows, as a data message: area by area, so that it may be larger than memory."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import polars as pl

from icstip.collection.state.scanning import PROVENANCE, SENDER
from icstip.collection.store import Collection
from icstip.errors import CollectionError
from icstip.findings import Finding
from icstip.messages.data_frames import dataset_of
from icstip.messages.dataset import DataSet
from icstip.workflow.exchange import write

_RANK: Final = "\0rank"


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be exported.

    Attributes:
        structures: Ids of data structures; all by default.
        areas: Only these areas.
        senders: Only what these senders say; where several say something of the same cell, the first of them.
        as_of: As known on this date or at this time.
    """

    structures: Sequence[str] = ()
    areas: Sequence[str] = ()
    senders: Sequence[str] = ()
    as_of: str | None = None


@dataclass
class Exported:
    """What was exported.

    Attributes:
        rows: How many observations.
        findings: What the format cannot say.
        left_out: Components that the version of the structure does not have in which the data are written.
    """

    rows: int = 0
    findings: tuple[Finding, ...] = ()
    left_out: tuple[str, ...] = ()


def export(
    collection: Collection,
    output: Path,
    form: str,
    asked: Asked | None = None,
) -> Exported:
    """Write the latest observations as a data message; the file is whole, or as it was before.

    Args:
        collection: The collection.
        output: The file, or ``-`` for standard output.
        form: Id of a format of data.
        asked: What is to be exported; all by default.

    Raises:
        CollectionError: There is nothing to write, or several senders say something of the same cell and nobody says
            which of them to take.
        FormatError: There is no such format.
        StructureError: The format cannot say what the data are.
        OutputError: The file cannot be written.
    """
    exported = Exported()
    parts = _parts(collection, asked or Asked(), exported)
    exported.findings = write(parts, output, form)
    return exported


def _parts(collection: Collection, asked: Asked, exported: Exported) -> Iterator[DataSet]:
    for name in dict.fromkeys(asked.structures) or collection.structures():
        structure = collection.kept_structure(name)
        schema = structure.schema
        for state in collection.states(name, asked.as_of, asked.areas or None):
            rows = _one_each(state, schema.dimensions, asked.senders, str(collection.folder)).drop(PROVENANCE)
            unknown = [column for column in rows.columns if column not in schema.by_id]
            exported.left_out = tuple(dict.fromkeys([*exported.left_out, *unknown]))
            for part in _by_area(rows.drop(unknown), structure.area, schema.dimensions):
                exported.rows += part.height
                yield dataset_of(part, schema)
    if not exported.rows:
        raise CollectionError("collection-nothing", where=str(collection.folder))


def _one_each(rows: pl.DataFrame, dimensions: Sequence[str], senders: Sequence[str], where: str) -> pl.DataFrame:
    """Return one row a key: that of the first sender who is asked for, and otherwise of the only one."""
    if senders:
        rank = pl.col(SENDER).replace_strict({name: place for place, name in enumerate(senders)}, default=None)
        ranked = rows.with_columns(rank.alias(_RANK)).drop_nulls(_RANK).sort(_RANK)
        return ranked.unique(subset=dimensions, keep="first", maintain_order=True).drop(_RANK)
    repeated = rows.filter(pl.struct(dimensions).is_duplicated())
    if repeated.height:
        named = ", ".join(repeated[SENDER].unique().sort())
        number = repeated.select(dimensions).unique().height
        raise CollectionError("collection-several-senders", where=where, senders=named, number=number)
    return rows


def _by_area(rows: pl.DataFrame, area: str, dimensions: Sequence[str]) -> Iterator[pl.DataFrame]:
    """Yield the rows of each area by key: the same parts, however much history they have come from."""
    if not rows.height:
        return
    first = [name for name in dimensions if name == area]
    by_key = rows.sort([*first, *dimensions], nulls_last=False)
    yield from by_key.partition_by(area, maintain_order=True) if first else [by_key]
