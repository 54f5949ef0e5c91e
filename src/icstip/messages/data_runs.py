"""Data sets as messages hold them: what is said once of each, and its observations in parts."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

import polars as pl

from icstip.artefacts.base import Reference
from icstip.artefacts.versions import without_extension
from icstip.messages.dataset import Action, DataSet, as_text
from icstip.schema import Level, Schema


@dataclass(frozen=True, slots=True)
class Run:
    """One data set of a message.

    Attributes:
        schema: What its columns are.
        action: What a receiver is asked to do.
        values: The attributes of the data set that it has, as texts; the frames do not have their columns.
        frames: Its observations in parts. They must be taken before the next run is.
    """

    schema: Schema
    action: Action
    values: Mapping[str, str]
    frames: Iterator[pl.DataFrame]


@dataclass(frozen=True, slots=True)
class _Piece:
    schema: Schema
    action: Action
    values: tuple[tuple[str, str], ...]
    frame: pl.DataFrame

    @property
    def of(self) -> tuple[Schema, Action, tuple[tuple[str, str], ...]]:
        return self.schema, self.action, self.values


def runs(parts: Iterable[DataSet]) -> Iterator[Run]:
    """Yield the data sets that parts make up: one for each schema, action and values of attributes of the data set.

    Args:
        parts: Consecutive ones of the same schema and action belong together. Where an attribute of the data set has
            several values, there is a data set for each, in the order in which they occur.
    """
    pieces = (piece for part in parts for piece in _pieces(part))
    for (schema, action, values), found in groupby(pieces, key=lambda piece: piece.of):
        yield Run(schema, action, dict(values), (piece.frame for piece in found))


def reference_of(schema: Schema, model: str) -> Reference:
    """Return what data say that they are of: their dataflow, or else their data structure.

    Args:
        schema: Their schema.
        model: Version of the information model. One before 3.0 does not know the extensions of versions (drafts).
    """
    kind, key = ("Dataflow", schema.dataflow) if schema.dataflow else ("DataStructure", schema.structure)
    return Reference(kind, key.agency, key.id, without_extension(key.version) if model == "2.1" else key.version)


def _pieces(part: DataSet) -> Iterator[_Piece]:
    names = [name for name in part.schema.at_level(Level.DATASET) if name in part.frame.columns]
    said = [name for name in names if part.frame[name].null_count() < part.frame.height]
    rest = part.frame.drop(names)
    if not said:
        yield _Piece(part.schema, part.action, (), rest)
        return
    values = part.frame.select(as_text(name, part.frame.schema[name]).alias(name) for name in said)
    for row in values.unique(maintain_order=True).iter_rows(named=True):
        same = pl.all_horizontal(pl.col(name).eq_missing(pl.lit(value)) for name, value in row.items())
        found = tuple((name, value) for name, value in row.items() if value is not None)
        whole = len(row) and values.n_unique() == 1
        frame = rest if whole else rest.filter(values.select(same.alias("same"))["same"])
        yield _Piece(part.schema, part.action, found, frame)
