"""From rows in the order in which they take effect to the latest row of each cell.

A cell is a key of one sender: what one sender says takes nothing from what another says. Keys are compared by all their
dimensions, never by a hash of them.
"""

from collections.abc import Iterator, Sequence
from typing import Final

import polars as pl

ORDER: Final = "\0order"
"""Column with the number of the step that a row is of."""

SENDER: Final = "\0sender"
"""Column with the sender, as a number."""

MERGED: Final = "\0merged"
"""Column that says whether a row changes only what it has a value of."""

_REMOVED: Final = "\0removed"
_BASE: Final = "\0base"


def latest(rows: pl.DataFrame, removals: Sequence[pl.DataFrame], dimensions: Sequence[str]) -> pl.DataFrame:
    """Return the latest row of each cell that is there.

    Args:
        rows: Dimensions, other components, `ORDER`, `SENDER` and `MERGED`; in the order in which they take effect.
        removals: What was removed: dimensions, of which an absent one means all of its values, `ORDER` and `SENDER`.
        dimensions: Ids of the dimensions.
    """
    cell = [SENDER, *dimensions]
    standing = without_removed(rows, removals, dimensions)
    if not standing[MERGED].any():
        return standing.unique(subset=cell, keep="last")
    merged = standing.filter(MERGED).select(cell).unique()
    others = standing.join(merged, on=cell, how="anti", nulls_equal=True, maintain_order="left")
    whole = others.unique(subset=cell, keep="last")
    several = standing.join(merged, on=cell, how="semi", nulls_equal=True, maintain_order="left")
    return pl.concat([whole, _folded(several, cell).select(whole.columns)])


def _folded(rows: pl.DataFrame, cell: Sequence[str]) -> pl.DataFrame:
    """Return one row a cell: its last whole row, and over it what was merged into it."""
    others = [name for name in rows.columns if name not in cell]
    based = rows.with_columns((~pl.col(MERGED)).cum_sum().over(cell).alias(_BASE))
    since = based.filter(pl.col(_BASE) == pl.col(_BASE).max().over(cell))
    return since.group_by(cell, maintain_order=True).agg(pl.col(name).drop_nulls().last() for name in others)


def without_removed(rows: pl.DataFrame, removals: Sequence[pl.DataFrame], dimensions: Sequence[str]) -> pl.DataFrame:
    """Return the rows that were not removed after they had been said, in their order."""
    for given, pattern in patterns(removals, dimensions):
        last = pattern.group_by(SENDER, *given).agg(pl.col(ORDER).max().alias(_REMOVED))
        joined = rows.join(last, on=[SENDER, *given], how="left", maintain_order="left")
        rows = joined.filter(pl.col(_REMOVED).is_null() | (pl.col(_REMOVED) < pl.col(ORDER))).drop(_REMOVED)
    return rows


def patterns(removals: Sequence[pl.DataFrame], dimensions: Sequence[str]) -> Iterator[tuple[list[str], pl.DataFrame]]:
    """Yield what was removed, by the dimensions that it names."""
    for frame in removals:
        named = [pl.col(name).is_not_null().cast(pl.String) for name in dimensions]
        for part in frame.with_columns(pl.concat_str(named, separator=" ").alias(_BASE)).partition_by(_BASE):
            yield [name for name in dimensions if part[name].null_count() == 0], part
