"""Data sets of a message, written as their observations come."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import BinaryIO, Final

import numpy as np
import polars as pl

from icstip.artefacts.notices import Notices
from icstip.errors import StructureError
from icstip.messages.data_json.writing.apart import Split, split, with_keys
from icstip.messages.data_json.writing.groups import NOTHING, SEVERAL, Groups, Together, together
from icstip.messages.data_json.writing.keys import KEY, Keys, MetKeys, keys_of, times_before
from icstip.messages.data_json.writing.rows import array_columns, key_columns, lines, nothing
from icstip.messages.data_json.writing.structure import Structure
from icstip.messages.data_parts import PART_ROWS
from icstip.messages.dataset import Action

SERIES_ROWS: Final = 500_000
"""About how many observations are looked through for those of a series, before any of them is written."""

MOST_TIMES: Final = 100
"""How many times a key can stand in the same part of a data set."""


class DataSetWriter:
    """Writes the data sets of one run of observations: one, or more where one cannot say all that they say.

    Args:
        file: Where they go.
        structure: Their structure.
        action: What a receiver is asked to do.
        begin: Returns what the next data set begins with, up to its observations.
        notices: Where losses are told.
    """

    def __init__(
        self, file: BinaryIO, structure: Structure, action: Action, begin: Callable[[], bytes], notices: Notices
    ) -> None:
        self._file = file
        self._structure = structure
        self._is_deletion = action is Action.DELETE
        # To delete an attribute of an observation is not to delete that of its group.
        self._has_groups = not self._is_deletion
        self._begin = begin
        self._notices = notices
        self._current = self._opened()

    def write(self, frames: Iterator[pl.DataFrame]) -> None:
        """Write observations, and what is said apart from them."""
        parts = (part for frame in frames for part in (frame.iter_slices(PART_ROWS) if frame.height else [frame]))
        found = (split(part, self._structure, self._notices, is_deletion=self._is_deletion) for part in parts)
        observations = self._observations(found)
        for told in _collected(observations, self._structure) if self._structure.plan.series else observations:
            for piece in _without_repeats(told, self._structure):
                self._put(piece)
        self._close()

    def _observations(self, parts: Iterator[Split]) -> Iterator[pl.DataFrame]:
        """Yield observations, having written what is said apart from them."""
        for part in parts:
            if part.series.height or part.groups.height:
                self._put_apart(part)
            yield part.observations

    def _put(self, piece: pl.DataFrame) -> None:
        """Write observations that have different keys."""
        plan = self._structure.plan
        keys = _keys(piece, plan.series or plan.observation)
        of_series = None
        if plan.series:
            piece = _by_series(piece, keys)
            of_series = together(piece, plan.series, plan.of_series, plan.key)
            keys = of_series.groups[KEY].to_numpy()
        found = self._current.groups.of(piece) if self._has_groups else []
        if self._current.met.has_any(keys) or not self._current.groups.agrees(found):
            self._next()
        if self._has_groups:
            self._current.groups.add(found, piece)
        self._current.met.add(keys)
        self._put_rows(piece, found, of_series)

    def _put_rows(self, told: pl.DataFrame, found: Sequence[Together], of_series: Together | None) -> None:
        structure = self._structure
        said = [*found, *([] if of_series is None else [of_series])]
        own = {column.name: column for one in said for column in one.own(told)}
        if not self._has_groups:
            attributes = chain.from_iterable(structure.plan.of_groups.values())
            own |= {name: told[name] for name in attributes if told[name].null_count() < told.height}
        structure.at_observations.use(own)
        home = set(structure.plan.of_observation)
        cells = [told[name] for name in structure.schema.measures]
        for name in structure.at_observations.used:
            absent = nothing(told.height, pl.UInt32, name)
            cells.append(told[name] if name in home else own.get(name, absent))
        heads = None if of_series is None else _heads(of_series, structure)
        for start in range(0, told.height, PART_ROWS):
            part = told[start : start + PART_ROWS]
            kept = [cell[start : start + PART_ROWS] for cell in cells]
            if heads is None:
                self._write_flat(part, kept)
            else:
                self._write_series(part, kept, heads[start : start + PART_ROWS])

    def _write_flat(self, part: pl.DataFrame, cells: Sequence[pl.Series]) -> None:
        values = self._structure.values
        key = key_columns(part, self._structure.plan.observation, values)
        self._current.put_entries(lines([*key, *array_columns(cells, values)], "],\n"))

    def _write_series(self, part: pl.DataFrame, cells: Sequence[pl.Series], heads: pl.Series) -> None:
        values = self._structure.values
        key = key_columns(part, self._structure.plan.observation, values)
        self._current.put_series(lines([heads, *key, *array_columns(cells, values)], "]"))

    def _put_apart(self, apart: Split) -> None:
        """Write what is said apart from observations."""
        plan = self._structure.plan
        for rows in _without_repeats(apart.series, self._structure, plan.series):
            keys = _keys(rows, plan.series)
            if self._current.met.has_any(keys):
                self._next()
            self._current.met.add(keys)
            said = together(rows, plan.series, plan.of_series, plan.key)
            self._current.put_entries(lines([_alone(said, self._structure)], ",\n"))
        groups = with_keys(apart.groups, self._structure)
        for rows in _without_repeats(groups, self._structure, ()):
            if self._current.groups.has_apart(rows[KEY].to_numpy()):
                self._next()
            self._current.groups.add_apart(rows, rows[KEY].to_numpy(), apart.attributes)

    def _opened(self) -> "_Current":
        self._file.write(self._begin())
        return _Current(self._file, Groups(self._structure), is_series=bool(self._structure.plan.series))

    def _next(self) -> None:
        """Begin another data set."""
        self._notices.translated(self._structure.reference, "several-data-sets")
        self._close()
        self._current = self._opened()

    def _close(self) -> None:
        self._current.close()


@dataclass
class _Current:
    """The data set that is being written.

    Attributes:
        file: Where it goes.
        groups: The attributes of its groups.
        is_series: Whether its observations are in series.
        met: Keys of its observations, or of its series.
    """

    file: BinaryIO
    groups: Groups
    is_series: bool
    met: MetKeys = field(default_factory=MetKeys)
    _has_entries: bool = False
    _is_in_series: bool = False

    def put_entries(self, text: bytes) -> None:
        """Write entries, each of which ends with a comma and a line end."""
        if text:
            self._end_series()
            self.file.write(b",\n" if self._has_entries else b"\n")
            self.file.write(memoryview(text)[:-2])
            self._has_entries = True

    def put_series(self, text: bytes) -> None:
        """Write observations in series: each begins with a comma, or with the end of a series and the head of another.

        Those that begin a data set begin with the end of a series too, which is left out.
        """
        skipped = 0 if self._is_in_series else len(_END) + (0 if self._has_entries else 1)
        self.file.write(memoryview(text)[skipped:])
        self._is_in_series = self._has_entries = True

    def close(self) -> None:
        """Write the end of the data set."""
        self._end_series()
        self.file.write(b"\n}" if self._has_entries else b"}")
        entries = self.groups.entries
        if entries:
            self.file.write(b',"dimensionGroupAttributes":{\n')
            for entry in entries[:-1]:
                self.file.write(entry)
            self.file.write(memoryview(entries[-1])[:-2])
            self.file.write(b"\n}")
        self.file.write(b"}")

    def _end_series(self) -> None:
        if self._is_in_series:
            self.file.write(_END.encode())
            self._is_in_series = False


_END: Final = "}}"


def _keys(told: pl.DataFrame, dimensions: Sequence[str]) -> Keys:
    return keys_of([told[name] for name in dimensions], told.height)


def _collected(parts: Iterator[pl.DataFrame], structure: Structure) -> Iterator[pl.DataFrame]:
    """Yield parts of about `SERIES_ROWS`; the last series of each is left for the next."""
    series = structure.plan.series
    held: list[pl.DataFrame] = []
    for part in parts:
        held.append(part)
        if sum(one.height for one in held) >= SERIES_ROWS:
            whole = pl.concat(held)
            keys = _keys(whole, series)
            others = np.flatnonzero(keys != keys[-1])
            begin = int(others[-1]) + 1 if len(others) else 0
            held = [whole[begin:]]
            if begin:
                yield whole[:begin]
    if held:
        yield pl.concat(held)


def _without_repeats(
    told: pl.DataFrame, structure: Structure, dimensions: Sequence[str] | None = None
) -> Iterator[pl.DataFrame]:
    """Yield rows in pieces that have each key once: first those that have none before them, and so on.

    Args:
        told: The rows.
        structure: Their structure.
        dimensions: The dimensions of the key: by default all; when there are none, the column `KEY` has the keys.
    """
    if not told.height:
        return
    sought = structure.plan.key if dimensions is None else dimensions
    times = times_before(_keys(told, sought) if sought else told[KEY].to_numpy())
    if times is None:
        yield told
        return
    most = int(times.max())  # type: ignore[arg-type] # a number, as there are rows
    if most >= MOST_TIMES:
        raise StructureError("data-json-repeated", where=structure.where, number=most + 1)
    for number in range(most + 1):
        yield told.filter(times == number)


def _by_series(told: pl.DataFrame, keys: Keys) -> pl.DataFrame:
    """Return observations with those of each series together, series in the order in which they begin."""
    begins = int(np.count_nonzero(keys[1:] != keys[:-1])) + 1
    if begins == len(np.unique(keys)):
        return told
    begin = pl.DataFrame({KEY: keys}).with_row_index("row").select(pl.col("row").first().over(KEY))["row"]
    return told[np.argsort(begin.to_numpy(), kind="stable")]


def _heads(said: Together, structure: Structure) -> pl.Series:
    """Return what each observation begins with: a comma, or the end of a series and the head of the next one."""
    keys = said.keys
    is_first = np.concatenate([[True], keys[1:] != keys[:-1]])
    opened = _END + ",\n" + _series_texts(said, structure) + '"observations":{'
    number = pl.Series(np.cumsum(is_first) - 1, dtype=pl.UInt32)
    return pl.select(pl.when(pl.Series(is_first)).then(opened.gather(number)).otherwise(pl.lit(","))).to_series()


def _alone(said: Together, structure: Structure) -> pl.Series:
    """Return series without observations as they stand in a message."""
    return _series_texts(said, structure).str.strip_suffix(",") + "}"


def _series_texts(said: Together, structure: Structure) -> pl.Series:
    """Return key and attributes of series, up to their observations."""
    groups = said.groups
    keys = pl.select(pl.concat_str(key_columns(groups, structure.plan.series, structure.values, "{"))).to_series()
    if not said.attributes:
        return keys
    has_any = groups.select(pl.any_horizontal(pl.col(said.attributes) >= 0).alias(KEY))[KEY]
    cells = [pl.col(name).cast(pl.String).replace([str(NOTHING), str(SEVERAL)], "null") for name in said.attributes]
    arrays = groups.select(pl.concat_str(cells, separator=",").alias(KEY))[KEY]
    told = '"attributes":[' + arrays + "],"
    return keys + pl.select(pl.when(has_any).then(told).otherwise(pl.lit(""))).to_series()
