"""What a submission changed: cells that are new, revised, said otherwise, withdrawn, removed, or not sent again."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Final

import polars as pl

from icstip.collection.keeping.receipt import Receipt
from icstip.collection.keeping.schema_file import KeptStructure
from icstip.collection.state.latest import ORDER, latest
from icstip.collection.state.rows import Source
from icstip.collection.state.scanning import others_of, with_provenance
from icstip.collection.state.selection import Chunk, chunks_of

OLD: Final = "\0old "
KIND: Final = "_CHANGE"
_MENTIONED: Final = "\0mentioned"
_IS_NEW, _IS_OLD = "\0is new", "\0is old"


class Kind(StrEnum):
    """What became of a cell."""

    NEW = "new"
    REVISED = "revised"
    STATUS = "status"
    ATTRIBUTES = "attributes"
    WITHDRAWN = "withdrawn"
    REMOVED = "removed"
    NOT_SENT = "not-sent-again"
    UNCHANGED = "unchanged"


@dataclass(frozen=True)
class Changes:
    """What became of the cells of one structure.

    Attributes:
        structure: The structure.
        cells: Those that are not unchanged, by key: the dimensions, the other components as they are now, those as they
            were before with `OLD` before their name, and `KIND`.
        unchanged: How many are unchanged.
    """

    structure: KeptStructure
    cells: pl.DataFrame
    unchanged: int

    @cached_property
    def counts(self) -> Mapping[Kind, int]:
        """How many cells there are of each kind."""
        counted = dict(self.cells.group_by(KIND).len().iter_rows())
        return {kind: self.unchanged if kind is Kind.UNCHANGED else counted.get(str(kind), 0) for kind in Kind}

    @property
    def added(self) -> int:
        """How many observations there are more."""
        return self.counts[Kind.NEW]

    @property
    def changed(self) -> int:
        """How many observations say something else."""
        kinds = (Kind.REVISED, Kind.STATUS, Kind.ATTRIBUTES, Kind.WITHDRAWN)
        return sum(self.counts[kind] for kind in kinds)

    @property
    def removed(self) -> int:
        """How many observations are not there any more."""
        return self.counts[Kind.REMOVED]


def changes_by(source: Source, receipt: Receipt) -> Changes:
    """Return what a submission changed.

    Args:
        source: The rows of its sender, up to and with its own.
        receipt: The submission.
    """
    mine = {step.order for step in source.steps if step.receipt.id == receipt.id}
    others = others_of(source)
    frames = []
    for chunk in _chunks(source, receipt):
        rows, removals = source.read(chunk, others)
        earlier = [frame.filter(~pl.col(ORDER).is_in(mine)) for frame in removals]
        before = latest(rows.filter(~pl.col(ORDER).is_in(mine)), earlier, source.dimensions)
        after = latest(rows, removals, source.dimensions)
        mentioned = after.with_columns(pl.col(ORDER).is_in(mine).alias(_MENTIONED))
        frames.append(_compared(with_provenance(before, source), with_provenance(mentioned, source), source))
    return _together(frames, source)


def changes_between(old: Source, new: Source) -> Changes:
    """Return how the observations of one submission differ from those of another."""
    others = list(dict.fromkeys([*others_of(new), *others_of(old)]))
    whole = Chunk(())
    before = latest(*old.read(whole, others), old.dimensions)
    after = latest(*new.read(whole, others), new.dimensions)
    mentioned = after.with_columns(pl.lit(value=True).alias(_MENTIONED))
    told = with_provenance(before, old), with_provenance(mentioned, new)
    frame = _compared(*told, new, is_gone=Kind.NOT_SENT)
    return _together([frame], new)


def _chunks(source: Source, receipt: Receipt) -> Iterator[Chunk]:
    """Yield the cells that a submission can have changed: those of its areas, or all if it names none."""
    own = [step.part for step in source.steps if step.receipt.id == receipt.id]
    named = sorted({area for part in own for area in part.areas})
    areas = named if all(named) else None
    return chunks_of(source.steps, areas, by_area=bool(source.structure.area))


def _compared(
    before: pl.DataFrame, after: pl.DataFrame, source: Source, *, is_gone: Kind = Kind.REMOVED
) -> pl.DataFrame:
    """Return all cells with what they say now and said before, and what became of them."""
    key = list(source.dimensions)
    said = [name for name in before.columns if name not in key]
    old = before.select(*key, *(pl.col(name).alias(OLD + name) for name in said), pl.lit(value=True).alias(_IS_OLD))
    new = after.with_columns(pl.lit(value=True).alias(_IS_NEW))
    both = new.join(old, on=key, how="full", coalesce=True, nulls_equal=True)
    kind = (
        pl.when(pl.col(_IS_OLD).is_null())
        .then(pl.lit(Kind.NEW))
        .when(pl.col(_IS_NEW).is_null())
        .then(pl.lit(is_gone))
        .when(~pl.col(_MENTIONED))
        .then(pl.lit(Kind.NOT_SENT))
        .otherwise(_kind_of(source, [name for name in said if name in source.structure.schema.by_id]))
    )
    return both.with_columns(kind.alias(KIND)).drop(_IS_OLD, _IS_NEW, _MENTIONED)


def _kind_of(source: Source, said: Sequence[str]) -> pl.Expr:
    """Return what became of a cell that was and is there."""
    structure = source.structure
    amounts = (*structure.schema.measures, *structure.components_of("lower", "upper"))
    figures = [name for name in amounts if name in said]
    statuses = [name for name in structure.components_of("status", "confidentiality") if name in said]
    return (
        pl.when(_known(figures, OLD) & ~_known(figures, ""))
        .then(pl.lit(Kind.WITHDRAWN))
        .when(_differ(figures))
        .then(pl.lit(Kind.REVISED))
        .when(_differ(statuses))
        .then(pl.lit(Kind.STATUS))
        .when(_differ(said))
        .then(pl.lit(Kind.ATTRIBUTES))
        .otherwise(pl.lit(Kind.UNCHANGED))
    )


def _known(names: Sequence[str], before: str) -> pl.Expr:
    return pl.any_horizontal(pl.lit(value=False), *(pl.col(before + name).is_not_null() for name in names))


def _differ(names: Sequence[str]) -> pl.Expr:
    return pl.any_horizontal(pl.lit(value=False), *(pl.col(name).ne_missing(pl.col(OLD + name)) for name in names))


def _together(frames: Sequence[pl.DataFrame], source: Source) -> Changes:
    if not frames:
        empty = pl.DataFrame(schema={**dict.fromkeys([*source.dimensions, KIND], pl.String)})
        return Changes(source.structure, empty, 0)
    cells = pl.concat(frames, how="vertical_relaxed")
    same = cells[KIND] == Kind.UNCHANGED
    left = cells.filter(~same).sort(source.dimensions, nulls_last=False)
    return Changes(source.structure, left, int(same.sum()))
