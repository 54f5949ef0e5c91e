"""The rows of a data set in order of series, without having all of them in memory."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl

from icstip.messages.data_ml.writing.kept import SLICE_ROWS, Kept, alike

SERIES: Final = "\0series"
"""Column with the number of the series of a row, in the order in which series occur."""

_SORTED_ROWS: Final = 1_000_000  # rows that are put into order at a time
_MOST_CHUNKS: Final = 32  # from which on a frame is looked up in more slowly than it is copied

_Numbers = np.ndarray[tuple[int], np.dtype[np.uint32]]
_Counts = np.ndarray[tuple[int], np.dtype[np.int64]]
_Hashes = np.ndarray[tuple[int], np.dtype[np.uint64]]


class SeriesOrder:
    """The rows of a data set by series: series in the order in which they occur, and so the rows of each.

    Args:
        key: Columns that identify a series.
        kept: Where rows are kept.
    """

    def __init__(self, key: Sequence[str], kept: Kept) -> None:
        self._key = list(key)
        self._kept = kept
        self._series = _Series()
        self._ranges: list[_Range] = []

    def add(self, frame: pl.DataFrame) -> None:
        """Put rows in; the frame has at least one."""
        numbers = self._numbers(
            frame.select(
                pl.col(name) if name in frame.columns else pl.lit(None, pl.String).alias(name) for name in self._key
            )
        )
        numbered = frame.with_columns(numbers.alias(SERIES))
        if not numbers.is_sorted():
            numbered = numbered.sort(SERIES, maintain_order=True)
        self._ranges.append(_Range.of(numbered[SERIES]))
        self._kept.add(numbered)

    def frames(self) -> Iterator[pl.DataFrame]:
        """Yield the rows by series, with the column `SERIES`; no series is in two frames."""
        counts = np.zeros(len(self._series), np.int64)
        for one in self._ranges:
            counts[one.numbers] += np.diff(one.starts)
        for first, last in _cut(counts, 0, len(counts), _SORTED_ROWS):
            parts = [part for place in range(len(self._kept)) if (part := self._between(place, first, last)).height]
            frame = pl.concat(alike(parts))
            if not frame[SERIES].is_sorted():
                frame = frame.sort(SERIES, maintain_order=True)
            start = 0
            for low, high in _cut(counts, first, last, SLICE_ROWS):
                rows = int(counts[low:high].sum())
                yield frame.slice(start, rows)
                start += rows

    def _between(self, place: int, first: int, last: int) -> pl.DataFrame:
        """Return the rows of some series in one of the frames that are kept."""
        held = self._ranges[place]
        low, high = np.searchsorted(held.numbers, [first, last])
        start, end = int(held.starts[low]), int(held.starts[high])
        return self._kept.part(place, start, end - start) if end > start else pl.DataFrame()

    def _numbers(self, keys: pl.DataFrame) -> pl.Series:
        """Return the numbers of the series of rows, new ones after those that are known."""
        changed = keys.select(pl.any_horizontal(pl.all().ne_missing(pl.all().shift()))).to_series()
        changed[0] = True
        starts = keys.filter(changed)
        distinct = starts.unique(maintain_order=True)
        numbers = self._series.numbers(distinct)
        if distinct.height < starts.height:
            numbers = _joined(starts, distinct.with_columns(numbers.alias(SERIES)))
        return numbers.gather(changed.cum_sum() - 1)


@dataclass(frozen=True, slots=True)
class _Range:
    """The series of a frame, which has its rows in their order.

    Attributes:
        numbers: The series.
        starts: Where the rows of each begin, and the number of rows.
    """

    numbers: _Numbers
    starts: _Counts

    @classmethod
    def of(cls, numbers: pl.Series) -> "_Range":
        found, starts = np.unique(numbers.to_numpy(), return_index=True)
        return cls(found, np.append(starts, len(numbers)))


class _Series:
    """The numbers of series by their keys.

    A key is looked for by its hash, in time that hardly grows with the number of series, and then compared.
    """

    def __init__(self) -> None:
        self._keys: pl.DataFrame | None = None
        self._hashes: _Hashes = np.zeros(0, np.uint64)  # in order
        self._of_hash: _Numbers = np.zeros(0, np.uint32)

    def __len__(self) -> int:
        return 0 if self._keys is None else self._keys.height

    def numbers(self, keys: pl.DataFrame) -> pl.Series:
        """Return the numbers of keys, all different; those that are not known get the next ones."""
        known, keys = alike([keys.clear() if self._keys is None else self._keys, keys])
        if self._keys is not None and known.schema != self._keys.schema:  # their hashes are other ones now
            self._hashes, self._of_hash = np.zeros(0, np.uint64), np.zeros(0, np.uint32)
            self._note(_hashes(known), 0)
        hashes = _hashes(keys)
        numbers = self._found(known, keys, hashes)
        is_new = numbers.is_null()
        self._note(hashes[is_new.to_numpy()], known.height)
        self._keys = pl.concat([known, keys.filter(is_new)])
        if self._keys.n_chunks() > _MOST_CHUNKS:
            self._keys = self._keys.rechunk()
        added = is_new.cum_sum().cast(pl.Int64) + (known.height - 1)
        return numbers.fill_null(added.cast(pl.UInt32))

    def _found(self, known: pl.DataFrame, keys: pl.DataFrame, hashes: _Hashes) -> pl.Series:
        """Return the numbers of keys that are known, else null."""
        places = np.searchsorted(self._hashes, hashes)
        seen = places < len(self._hashes)
        seen[seen] = self._hashes[places[seen]] == hashes[seen]
        numbers = self._of_hash[places[seen]]
        if not known[numbers].equals(keys.filter(seen)):  # two keys have one hash
            return _joined(keys, known.with_row_index(SERIES))
        rows = pl.Series(np.flatnonzero(seen))
        return pl.repeat(None, keys.height, dtype=pl.UInt32, eager=True).scatter(rows, pl.Series(numbers))

    def _note(self, hashes: _Hashes, first: int) -> None:
        """Take note of the hashes of keys with successive numbers."""
        order = np.argsort(hashes, kind="stable")
        places = np.searchsorted(self._hashes, hashes[order])
        self._hashes = np.insert(self._hashes, places, hashes[order])
        self._of_hash = np.insert(self._of_hash, places, (order + first).astype(np.uint32))


def _hashes(keys: pl.DataFrame) -> _Hashes:
    return keys.hash_rows().to_numpy()


def _joined(keys: pl.DataFrame, table: pl.DataFrame) -> pl.Series:
    """Return the numbers that a table has for keys, null where it has none."""
    return keys.join(table, on=keys.columns, how="left", nulls_equal=True, maintain_order="left")[SERIES]


def _cut(rows: _Counts, first: int, last: int, most: int) -> Iterator[tuple[int, int]]:
    """Yield ranges of series with about so many rows, at least one series each.

    Args:
        rows: How many rows each series has.
        first: The first series.
        last: The one after the last series.
        most: How many rows a range has unless its only series has more.
    """
    ends = np.cumsum(rows[first:last])
    start = 0
    while first + start < last:
        done = int(ends[start - 1]) if start else 0
        stop = max(start + 1, int(np.searchsorted(ends, done + most, side="right")))
        yield first + start, first + stop
        start = stop
