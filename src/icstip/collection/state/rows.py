"""Rows of some cells, read from the files that have any."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from icstip.collection.keeping.receipt import ANY_AREA
from icstip.collection.keeping.schema_file import KeptStructure
from icstip.collection.state.latest import MERGED, ORDER, SENDER
from icstip.collection.state.selection import Chunk, Step, touching
from icstip.errors import CollectionError
from icstip.hashing import sha256_of
from icstip.messages.data_typing import dtype_of
from icstip.messages.dataset import Action


@dataclass(frozen=True)
class Source:
    """The rows of one structure.

    Attributes:
        structure: The structure.
        steps: The files, in the order in which their rows take effect.
        senders: The ids of the senders: a row has the place of one.
    """

    structure: KeptStructure
    steps: Sequence[Step]
    senders: Sequence[str]

    @property
    def dimensions(self) -> tuple[str, ...]:
        """Ids of the dimensions."""
        return self.structure.schema.dimensions

    def read(self, chunk: Chunk, columns: Sequence[str]) -> tuple[pl.DataFrame, list[pl.DataFrame]]:
        """Return rows as they take effect, and what is removed, each with the place of its step and sender.

        Args:
            chunk: Which cells.
            columns: Ids of components besides the dimensions.

        Raises:
            CollectionError: A file of rows is not what it was, or not there.
        """
        wanted = touching(self.steps, chunk.areas) if chunk.areas else list(self.steps)
        is_one = len({step.part.schema for step in wanted}) == 1
        names = [*self.dimensions, *columns]
        upserts = [self._lazy(step, chunk, names) for step in wanted if step.part.action is not Action.DELETE]
        removals = [self._lazy(step, chunk, self.dimensions) for step in wanted if step.part.action is Action.DELETE]
        frames = _collected([*upserts, *removals], wanted)
        kept = [frame for frame in frames[: len(upserts)] if frame.height]
        removed = [frame for frame in frames[len(upserts) :] if frame.height]
        if not kept or not is_one or not _alike([*kept, *removed], self.dimensions):
            kept, removed = [_as_texts(frame) for frame in kept], [_as_texts(frame) for frame in removed]
        rows = pl.concat(kept, how="vertical_relaxed") if kept else self._nothing(names)
        return rows, removed

    def _lazy(self, step: Step, chunk: Chunk, names: Sequence[str]) -> pl.LazyFrame:
        frame = pl.scan_parquet(step.path, glob=False)
        area = self.structure.area
        if chunk.areas and not set(step.part.areas) <= set(chunk.areas):
            # The range is what lets whole groups of rows be skipped.
            inside = pl.col(area).is_between(pl.lit(chunk.areas[0]), pl.lit(chunk.areas[-1]))
            asked = inside & pl.col(area).is_in(chunk.areas)
            frame = frame.filter(asked | pl.col(area).is_null() if ANY_AREA in step.part.areas else asked)
        if chunk.buckets > 1 and step.part.action is not Action.DELETE:
            texts = pl.struct(pl.col(name).cast(pl.String) for name in self.dimensions if name in step.part.columns)
            frame = frame.filter(texts.hash() % chunk.buckets == chunk.bucket)
        return frame.select(
            *(self._column(name, step) for name in names),
            pl.lit(step.order, pl.UInt32).alias(ORDER),
            pl.lit(self.senders.index(step.receipt.sender), pl.UInt16).alias(SENDER),
            pl.lit(step.part.action is Action.MERGE, pl.Boolean).alias(MERGED),
        )

    def _column(self, name: str, step: Step) -> pl.Expr:
        dtype = self.dtype(name)
        if name not in step.part.columns:
            column = self.structure.schema.by_id.get(name)
            return pl.lit(None, dtype if column is None or name == self.structure.area else dtype_of(column)).alias(
                name
            )
        return pl.col(name).cast(dtype, strict=False) if dtype.is_numeric() else pl.col(name)

    def dtype(self, name: str) -> pl.DataType:
        """Return the type in which a component is given: numbers as numbers, all else as texts."""
        column = self.structure.schema.by_id.get(name)
        dtype = pl.String() if column is None else dtype_of(column)
        return dtype if dtype.is_numeric() else pl.String()

    def _nothing(self, names: Sequence[str]) -> pl.DataFrame:
        own = {ORDER: pl.UInt32, SENDER: pl.UInt16, MERGED: pl.Boolean}
        return pl.DataFrame(schema={**{name: self.dtype(name) for name in names}, **own})


def _collected(frames: Sequence[pl.LazyFrame], steps: Sequence[Step]) -> list[pl.DataFrame]:
    """Return frames that are read from the files of steps, or say which of these is damaged."""
    try:
        return pl.collect_all(frames)
    except (OSError, pl.exceptions.PolarsError) as error:
        damaged = next((step.path for step in steps if not _is_whole(step)), None)
        if damaged is None:
            raise
        raise CollectionError("collection-damaged", where=str(damaged)) from error


def _is_whole(step: Step) -> bool:
    try:
        return sha256_of(step.path) == step.part.sha256
    except OSError:
        return False


def _alike(frames: Sequence[pl.DataFrame], dimensions: Sequence[str]) -> bool:
    """Return whether frames can be put together and compared as they are: of one structure, without foreign codes."""
    return all(
        frame[name].dtype == frames[0][name].dtype
        for frame in frames
        for name in (frame.columns if frame.width == frames[0].width else dimensions)
    )


def _as_texts(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.with_columns(pl.col(pl.Enum, pl.Categorical).cast(pl.String))
