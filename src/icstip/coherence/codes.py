"""Codes as numbers: what has the same codes has the same number, and what has one of some codes is found."""

from collections.abc import Iterable, Sequence
from typing import Final

import polars as pl

_MOST_IDS: Final = 2**62


class CodeNumbers:
    """The columns of a frame as dense numbers, each made once."""

    def __init__(self, frame: pl.DataFrame) -> None:
        self._frame = frame
        self._known: dict[str, tuple[pl.Series, int]] = {}

    def __getitem__(self, name: str) -> tuple[pl.Series, int]:
        if name not in self._known:
            self._known[name] = _dense(self._frame[name])
        return self._known[name]


def _dense(column: pl.Series) -> tuple[pl.Series, int]:
    """Return a column as numbers from 0, and how many there are; what is missing is the last one."""
    coded = column if column.dtype in (pl.Enum, pl.Categorical) else column.cast(pl.String).cast(pl.Categorical)
    numbers = coded.to_physical().cast(pl.UInt64)
    size = _size(numbers)
    return numbers.fill_null(size), size + 1


def mixed_ids(columns: Sequence[tuple[pl.Series, int]], height: int) -> pl.Series:
    """Return one number for each combination of numbers (UInt64)."""
    ids, most = pl.Series([0], dtype=pl.UInt64).new_from_index(0, height), 1
    for numbers, size in columns:
        if most * size > _MOST_IDS:
            ids = (ids.rank("dense") - 1).cast(pl.UInt64)
            most = _size(ids)
        ids, most = ids * size + numbers, most * size
    return ids.alias("__id")


def _size(numbers: pl.Series) -> int:
    """Return the first number that none of these, from 0, reaches."""
    return 1 + int(numbers.to_frame().select(pl.first().max().fill_null(0)).item())


def is_one_of(value: pl.Expr, dtype: pl.DataType, codes: Iterable[str]) -> pl.Expr:
    """Return whether a column has one of these codes, whatever codes it knows."""
    if isinstance(dtype, pl.Enum):
        wanted = set(codes)
        numbers = [number for number, code in enumerate(dtype.categories) if code in wanted]
        return value.to_physical().is_in(numbers)
    return value.cast(pl.String).is_in(list(codes))
