"""Every version of each cell: what was said of it, by whom, when, and when it was removed."""

from collections.abc import Iterator, Sequence
from typing import Final

import polars as pl

from icstip.collection.state.latest import MERGED, ORDER, patterns
from icstip.collection.state.latest import SENDER as SENDER_NUMBER
from icstip.collection.state.rows import Source
from icstip.collection.state.scanning import others_of, with_provenance
from icstip.collection.state.selection import chunks_of

ACTION: Final = "_ACTION"
"""Column that says what was asked for: the action of the data set that a version is of."""

_NEXT, _GONE, _PLACE = "\0next", "\0gone", "\0place"


def history(source: Source, areas: Sequence[str] | None = None) -> Iterator[pl.DataFrame]:
    """Yield every version of each cell, by area in the order of these.

    Args:
        source: The rows.
        areas: Only these areas.

    Yields:
        The columns of the latest state, and `ACTION`; sorted by key and sender, and within a cell in the order in which
        they took effect. A version that removed the cell has nothing but its key. A version of a data set whose action
        is to merge has what was sent, and not what it was merged with.
    """
    others = others_of(source)
    for chunk in chunks_of(source.steps, areas, by_area=bool(source.structure.area)):
        rows, removals = source.read(chunk, others)
        numbered = rows.with_row_index(_PLACE)
        gone = _removed(numbered, removals, source.dimensions)
        versions = pl.concat([numbered, gone.select(_PLACE, *rows.columns)]) if gone.height else numbered
        cell = [*source.dimensions, SENDER_NUMBER]
        sorted_rows = versions.with_columns(pl.col(source.dimensions).cast(pl.String)).sort(
            *cell, ORDER, _PLACE, nulls_last=False
        )
        actions = pl.Series([str(step.part.action) for step in source.steps], dtype=pl.String)
        told = with_provenance(sorted_rows, source).with_columns(actions.gather(sorted_rows[ORDER]).alias(ACTION))
        yield told.drop(_PLACE)


def _removed(rows: pl.DataFrame, removals: Sequence[pl.DataFrame], dimensions: Sequence[str]) -> pl.DataFrame:
    """Return a row for each time that a cell was removed: a version after which, and before the next, something is."""
    cell = [SENDER_NUMBER, *dimensions]
    following = rows.with_columns(pl.col(ORDER).shift(-1).over(cell).alias(_NEXT))
    found = []
    for given, pattern in patterns(removals, dimensions):
        asked = pattern.select(SENDER_NUMBER, *given, pl.col(ORDER).alias(_GONE)).unique()
        after = following.join(asked, on=[SENDER_NUMBER, *given]).filter(pl.col(_GONE) > pl.col(ORDER))
        found.append(after.filter(pl.col(_NEXT).is_null() | (pl.col(_GONE) < pl.col(_NEXT))))
    if not found:
        return rows.clear()
    first = pl.concat(found).group_by(_PLACE, *cell, maintain_order=True).agg(pl.col(_GONE).min())
    nothing = [pl.lit(None, dtype).alias(name) for name, dtype in rows.schema.items() if name not in {*first.columns}]
    merged = pl.lit(value=False).alias(MERGED)
    return (
        first.with_columns(nothing)
        .with_columns(pl.col(_GONE).cast(pl.UInt32).alias(ORDER), merged)
        .select(rows.columns)
    )
