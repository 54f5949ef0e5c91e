"""Keys of observations as numbers, and which of them were met: SDMX-JSON cannot say anything twice of one key."""

from collections.abc import Iterable, Sequence
from itertools import count
from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl

Keys = npt.NDArray[np.uint64]
"""Keys as numbers. Two keys have the same one by chance once in some 10**19 times; then they are taken for the same."""

KEY: Final = "\0key"
"""Column of a frame with the keys of its rows as numbers."""

_TABLE: Final = 1 << 25
_SLOT: Final = np.uint64(64 - 25)
_ONE: Final = np.uint64(1)
_ABSENT: Final = -1  # of a dimension that a key does not have: with one added, it changes nothing
_64_BITS: Final = (1 << 64) - 1


def _factors() -> Iterable[int]:
    """Yield odd numbers of 64 bits that look random (SplitMix64)."""
    for place in count(1):
        mixed = place * 0x9E3779B97F4A7C15 & _64_BITS
        mixed = (mixed ^ mixed >> 30) * 0xBF58476D1CE4E5B9 & _64_BITS
        mixed = (mixed ^ mixed >> 27) * 0x94D049BB133111EB & _64_BITS
        yield (mixed ^ mixed >> 31) | 1


def keys_of(places: Sequence[pl.Series | None], height: int) -> Keys:
    """Return keys as numbers.

    Args:
        places: The places of the values of each dimension; None for a dimension that the keys do not have.
        height: How many keys there are.
    """
    keys = np.zeros(height, np.uint64)
    for values, factor in zip(places, _factors(), strict=False):
        if values is not None:
            there = (
                values.to_numpy() if not values.null_count() else values.cast(pl.Int64).fill_null(_ABSENT).to_numpy()
            )
            keys += (there.astype(np.uint64) + _ONE) * np.uint64(factor)
    return keys


class MetKeys:
    """The keys that were met."""

    def __init__(self) -> None:
        self._runs: list[Keys] = []  # sorted, each less than half as long as the one before
        self._slots: npt.NDArray[np.bool_] | None = None  # those that may have been met, by their first bits

    def has_any(self, keys: Keys) -> bool:
        """Return whether any of some keys was met."""
        if not self._runs or not len(keys):
            return False
        if self._slots is None:
            self._slots = np.zeros(_TABLE, np.bool_)
            for run in self._runs:
                self._slots[run >> _SLOT] = True
        doubtful = keys[self._slots[keys >> _SLOT]]
        return any(_is_in(doubtful, run) for run in self._runs)

    def add(self, keys: Keys) -> None:
        """Meet keys."""
        if not len(keys):
            return
        if self._slots is not None:
            self._slots[keys >> _SLOT] = True
        run = np.sort(keys)
        while self._runs and len(self._runs[-1]) <= 2 * len(run):
            run = np.sort(np.concatenate([self._runs.pop(), run]), kind="stable")
        self._runs.append(run)


def _is_in(keys: Keys, run: Keys) -> bool:
    found = np.searchsorted(run, keys)
    return bool((run[np.minimum(found, len(run) - 1)] == keys).any())


def times_before(keys: Keys) -> pl.Series | None:
    """Return how many times each key stands before in the same keys; None when none stands twice."""
    ordered = np.sort(keys)
    if not (ordered[1:] == ordered[:-1]).any():
        return None
    frame = pl.DataFrame({KEY: keys})
    return frame.select(pl.int_range(pl.len(), dtype=pl.UInt32).over(KEY).alias("times"))["times"]
