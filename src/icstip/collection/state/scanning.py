"""The latest state as a lazy frame: made chunk by chunk as it is asked for, so that it may be larger than memory."""

from collections.abc import Collection, Iterator, Sequence
from functools import partial
from typing import Final

import polars as pl
from polars.io.plugins import register_io_source

from icstip.collection.state.latest import MERGED, ORDER, latest
from icstip.collection.state.latest import SENDER as SENDER_NUMBER
from icstip.collection.state.rows import Source
from icstip.collection.state.selection import CHUNK_ROWS, Chunk, chunks_of

SENDER: Final = "_SENDER"
SUBMISSION: Final = "_SUBMISSION"
RECEIVED: Final = "_RECEIVED"
PROVENANCE: Final = (SENDER, SUBMISSION, RECEIVED)
"""Columns that say who sent a row, in which submission, and when that was received."""


def columns_of(source: Source) -> list[str]:
    """Return the ids of the components that rows have, in the order of the structure; dimensions are always there."""
    occurring = {name for step in source.steps for name in step.part.columns}
    known = [column.id for column in source.structure.schema.columns]
    own = [name for name in known if name in occurring or name in source.dimensions]
    return [*own, *sorted(occurring.difference(known))]


def others_of(source: Source) -> list[str]:
    """Return the ids of the components that rows have besides the dimensions."""
    return [name for name in columns_of(source) if name not in source.dimensions]


def schema_of(source: Source) -> pl.Schema:
    """Return the columns of the latest state and their types."""
    own = {name: source.dtype(name) for name in columns_of(source)}
    return pl.Schema({**own, **dict.fromkeys(PROVENANCE, pl.String())})


def scan(source: Source, areas: Sequence[str] | None = None, chunk_rows: int = CHUNK_ROWS) -> pl.LazyFrame:
    """Return the latest state as a lazy frame.

    Args:
        source: The rows.
        areas: Only these areas.
        chunk_rows: About how many rows of history are looked at together.
    """
    batches = partial(_batches, source, areas, chunk_rows)
    return register_io_source(batches, schema=schema_of(source), is_pure=True)


def states(source: Source, areas: Sequence[str] | None = None) -> Iterator[pl.DataFrame]:
    """Yield the latest state in parts, by area in the order of these; no area is in two.

    Args:
        source: The rows.
        areas: Only these areas.
    """
    others = others_of(source)
    for chunk in chunks_of(source.steps, areas, by_area=bool(source.structure.area), divides=False):
        yield state(source, chunk, others)


def state(source: Source, chunk: Chunk, columns: Sequence[str], needed: Collection[str] | None = None) -> pl.DataFrame:
    """Return the latest state of some cells.

    Args:
        source: The rows.
        chunk: Which cells.
        columns: Ids of components besides the dimensions.
        needed: Which columns are needed, where that is not all.
    """
    rows, removals = source.read(chunk, columns)
    return with_provenance(latest(rows, removals, source.dimensions), source, needed)


def with_provenance(rows: pl.DataFrame, source: Source, columns: Collection[str] | None = None) -> pl.DataFrame:
    """Return rows with texts for codes, and with where they are from instead of the numbers of that.

    Args:
        rows: The rows.
        source: Where they are from.
        columns: Only these columns, of which no others are made: what a row is from, and texts, take their time.
    """
    receipts = [step.receipt for step in source.steps]
    told = {
        SENDER: (source.senders, SENDER_NUMBER),
        SUBMISSION: ([one.id for one in receipts], ORDER),
        RECEIVED: ([one.received for one in receipts], ORDER),
    }
    own = [name for name in rows.columns if name not in {ORDER, SENDER_NUMBER, MERGED}]
    plain = rows.select(name for name in own if columns is None or name in columns)
    made = [
        pl.Series(name, texts, dtype=pl.String).gather(rows[number])
        for name, (texts, number) in told.items()
        if columns is None or name in columns
    ]
    return pl.DataFrame([*plain.with_columns(pl.col(pl.Enum, pl.Categorical).cast(pl.String)), *made])


def _batches(
    source: Source,
    areas: Sequence[str] | None,
    chunk_rows: int,
    with_columns: list[str] | None,
    predicate: pl.Expr | None,
    n_rows: int | None,
    batch_size: int | None,  # noqa: ARG001 - chunks are what fits the memory
) -> Iterator[pl.DataFrame]:
    """Yield what polars asks for: the columns that a query needs, the rows that it filters, at most so many."""
    names = with_columns or list(schema_of(source))
    needed = {*names, *(predicate.meta.root_names() if predicate is not None else [])}
    others = [name for name in others_of(source) if name in needed]
    for chunk in chunks_of(source.steps, areas, chunk_rows, by_area=bool(source.structure.area)):
        frame = state(source, chunk, others, needed)
        found = frame.select(names) if predicate is None else frame.filter(predicate).select(names)
        if n_rows is not None:
            found = found.head(n_rows)
            n_rows -= found.height
        yield found
        if n_rows == 0:
            return
