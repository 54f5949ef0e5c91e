"""Generic data of SDMX 2.1, flat or in series, from tags as columns."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl

from icstip.messages.data_ml.fast.lines import CLOSE, EMPTY, OPEN, PLACE, Lines, OtherShapeError, Tag
from icstip.schema import Level
from icstip.standard.model import Role

VALUE: Final = "OBS_VALUE"
"""Column of what generic data call ``ObsValue``."""

Numbers = npt.NDArray[np.int64]

# The tags, those of attributes apart by what they are about. `_VALUE` stands in keys and attributes.
_VALUE, _SERIES, _SERIES_KEY, _SERIES_KEYED, _SERIES_ATTRIBUTES, _SERIES_TOLD = range(6)
_OBS, _OBS_KEY, _OBS_KEYED, _OBS_DIMENSION, _OBS_VALUE, _OBS_ATTRIBUTES, _OBS_TOLD, _OBS_END, _SERIES_END = range(6, 15)
_START, _END, _ATTRIBUTES, _ATTRIBUTES_END = 15, 16, 17, 18

_TYPES: Final[Mapping[tuple[str, int], int]] = {
    ("Value", EMPTY): _VALUE,
    ("Series", OPEN): _SERIES,
    ("SeriesKey", OPEN): _SERIES_KEY,
    ("SeriesKey", CLOSE): _SERIES_KEYED,
    ("Obs", OPEN): _OBS,
    ("ObsKey", OPEN): _OBS_KEY,
    ("ObsKey", CLOSE): _OBS_KEYED,
    ("ObsDimension", EMPTY): _OBS_DIMENSION,
    ("ObsValue", EMPTY): _OBS_VALUE,
    ("Attributes", OPEN): _ATTRIBUTES,
    ("Attributes", CLOSE): _ATTRIBUTES_END,
    ("Obs", CLOSE): _OBS_END,
    ("Series", CLOSE): _SERIES_END,
}
_FIELDS: Final[Mapping[int, tuple[frozenset[str], ...]]] = {
    _VALUE: (frozenset({"id", "value"}),),
    _OBS_DIMENSION: (frozenset({"value"}), frozenset({"id", "value"})),
    _OBS_VALUE: (frozenset({"value"}), frozenset()),
}
# What may follow what, values left out (SDMXDataGenericBase.xsd).
_FOLLOWING: Final[Mapping[int, tuple[int, ...]]] = {
    _START: (_SERIES, _OBS, _END),
    _SERIES: (_SERIES_KEY,),
    _SERIES_KEY: (_SERIES_KEYED,),
    _SERIES_KEYED: (_SERIES_ATTRIBUTES, _OBS, _SERIES_END),
    _SERIES_ATTRIBUTES: (_SERIES_TOLD,),
    _SERIES_TOLD: (_OBS, _SERIES_END),
    _OBS: (_OBS_KEY, _OBS_DIMENSION),
    _OBS_KEY: (_OBS_KEYED,),
    _OBS_KEYED: (_OBS_VALUE, _OBS_ATTRIBUTES, _OBS_END),
    _OBS_DIMENSION: (_OBS_VALUE, _OBS_ATTRIBUTES, _OBS_END),
    _OBS_VALUE: (_OBS_ATTRIBUTES, _OBS_END),
    _OBS_ATTRIBUTES: (_OBS_TOLD,),
    _OBS_TOLD: (_OBS_END,),
    _OBS_END: (_OBS, _SERIES_END, _END),
    _SERIES_END: (_SERIES, _END),
}
_CONTAINERS: Final = (_SERIES_KEY, _SERIES_ATTRIBUTES, _OBS_KEY, _OBS_ATTRIBUTES)


@dataclass(frozen=True, slots=True)
class GenericRows:
    """Observations, with what is known of their columns.

    Attributes:
        frame: The observations, each with what its series says, and series without observations; with `PLACE`.
        roles: What the columns are.
        levels: The levels of those that are attributes.
    """

    frame: pl.DataFrame
    roles: Mapping[str, Role]
    levels: Mapping[str, Level]


def generic_rows(lines: Lines, prefix: str, at_observation: str) -> GenericRows:
    """Return the observations in whole children of a data set.

    Args:
        lines: The tags.
        prefix: Prefix of the namespace of generic data, with its colon; empty when it is the default one.
        at_observation: Dimension at the observation, where it is not all of them.

    Raises:
        OtherShapeError: Anything stands where it usually does not.
    """
    reader = _Reader(lines, prefix)
    reader.check()
    return reader.rows(at_observation)


class _Reader:
    def __init__(self, lines: Lines, prefix: str) -> None:
        self._lines = lines
        self._tags: dict[int, list[Tag]] = {}
        types = np.array([self._type(tag, prefix) for tag in lines.shapes] or [0], dtype=np.int64)
        blank = np.array([not tag.name for tag in lines.shapes] or [False])
        every = types[lines.shape_of]
        self._places = np.flatnonzero(~blank[lines.shape_of])
        self._types = every[self._places]
        frames = np.flatnonzero(self._types != _VALUE)
        inner = self._types[frames]
        before = np.concatenate(([_START], inner[:-1])) if inner.size else inner
        self._tell_attributes_apart(inner, before)
        self._types[frames] = inner
        self._inner = inner
        # The tag that each value stands in: the last one before it that is no value.
        last = np.zeros(self._types.size, dtype=np.int64)
        last[frames] = frames
        self._container = self._types[np.maximum.accumulate(last)] if last.size else last

    def _type(self, tag: Tag, prefix: str) -> int:
        if not tag.name:
            return _VALUE
        kind = _TYPES.get((tag.name.removeprefix(prefix), tag.kind)) if tag.name.startswith(prefix) else None
        if kind is None or frozenset(tag.attributes) not in _FIELDS.get(kind, (frozenset(),)):
            raise OtherShapeError
        self._tags.setdefault(kind, []).append(tag)
        return kind

    @staticmethod
    def _tell_attributes_apart(inner: Numbers, before: Numbers) -> None:
        """Change the types of tags of attributes into those of series or observations, by what is before them."""
        opened = inner == _ATTRIBUTES
        inner[opened & (before == _SERIES_KEYED)] = _SERIES_ATTRIBUTES
        inner[opened & (before != _SERIES_KEYED)] = _OBS_ATTRIBUTES
        closed = np.flatnonzero(inner == _ATTRIBUTES_END)
        if closed.size and closed[0] == 0:
            raise OtherShapeError
        inner[closed] = np.where(inner[closed - 1] == _SERIES_ATTRIBUTES, _SERIES_TOLD, _OBS_TOLD)

    def check(self) -> None:
        """Do nothing if the tags are in an order that generic data have."""
        allowed = np.zeros((_END + 1, _END + 1), dtype=bool)
        for first, following in _FOLLOWING.items():
            allowed[first, following] = True
        inner = np.concatenate(([_START], self._inner, [_END]))
        if inner.max() > _END or not allowed[inner[:-1], inner[1:]].all():
            raise OtherShapeError
        steps = (self._inner == _SERIES).astype(np.int8) - (self._inner == _SERIES_END).astype(np.int8)
        depth = np.cumsum(steps)
        in_series = bool((self._inner == _SERIES).any())
        if depth.size and (depth[-1] != 0 or depth.min() < 0 or depth.max() > 1):
            raise OtherShapeError
        if (depth[self._inner == _OBS] != int(in_series)).any():
            raise OtherShapeError
        if (self._inner == (_OBS_KEY if in_series else _OBS_DIMENSION)).any():
            raise OtherShapeError
        values = self._types == _VALUE
        if not np.isin(self._container[values], _CONTAINERS).all():
            raise OtherShapeError

    def rows(self, at_observation: str) -> GenericRows:
        values = self._table(_VALUE)
        ids = values["id"].cast(pl.Categorical) if values.height else pl.Series("id", [], pl.Categorical)
        containers = self._container[self._types == _VALUE]
        of_series = self._parts(values, ids, containers, _SERIES, (_SERIES_KEY, _SERIES_ATTRIBUTES))
        of_obs = self._parts(values, ids, containers, _OBS, (_OBS_KEY, _OBS_ATTRIBUTES))
        columns = {name: column for _, name, column in of_obs}
        columns |= self._singles(at_observation)
        names = [name for _, name, _ in (*of_series, *of_obs)]
        if len(set(names)) < len(names) or not set(names).isdisjoint(self._singles(at_observation)):
            raise OtherShapeError  # a component that is told twice: rare, and told by the parser
        frame = self._joined({name: column for _, name, column in of_series}, columns)
        roles = {name: Role.DIMENSION for kind, name, _ in (*of_series, *of_obs) if kind in {_SERIES_KEY, _OBS_KEY}}
        levels = {name: Level.SERIES for kind, name, _ in of_series if kind == _SERIES_ATTRIBUTES}
        levels |= {name: Level.OBSERVATION for kind, name, _ in of_obs if kind == _OBS_ATTRIBUTES}
        return GenericRows(frame, {**roles, **dict.fromkeys(levels, Role.ATTRIBUTE)}, levels)

    def _table(self, kind: int) -> pl.DataFrame:
        tags = self._tags.get(kind, [])
        return (
            self._lines.table(tags)
            if tags
            else pl.DataFrame({"id": [], "value": []}, {"id": pl.String, "value": pl.String})
        )

    def _parts(
        self, values: pl.DataFrame, ids: pl.Series, containers: Numbers, owner: int, kinds: tuple[int, int]
    ) -> list[tuple[int, str, pl.Series]]:
        """Return the values that stand in keys and attributes of series or observations, as columns of those."""
        numbers = np.cumsum(self._types == owner)[self._types == _VALUE] - 1
        total = int((self._types == owner).sum())
        return [
            (kind, name, _spread(values["value"], rows, numbers[rows], total, name))
            for kind in kinds
            for name, rows in _by_id(ids, np.flatnonzero(containers == kind))
        ]

    def _singles(self, at_observation: str) -> dict[str, pl.Series]:
        """Return what an observation has outside key and attributes: its value, and its dimension when in series."""
        numbers = np.cumsum(self._types == _OBS) - 1
        total = int((self._types == _OBS).sum())
        found = {}
        for kind, name in ((_OBS_DIMENSION, at_observation), (_OBS_VALUE, VALUE)):
            if not self._tags.get(kind):
                continue
            table = self._table(kind)
            if "id" in table.columns and (table["id"] != name).any():
                raise OtherShapeError
            if "value" in table.columns:
                rows = np.arange(table.height)
                found[name] = _spread(table["value"], rows, numbers[self._types == kind], total, name)
        return found

    def _joined(self, of_series: dict[str, pl.Series], of_obs: dict[str, pl.Series]) -> pl.DataFrame:
        opened = self._types == _OBS
        places = pl.Series(PLACE, self._places[opened].astype(np.uint32))
        frame = pl.DataFrame([*of_obs.values(), places])
        starts = self._types == _SERIES
        if not starts.any():
            return frame
        number = np.cumsum(starts)[opened] - 1
        told = [column.gather(number) for column in of_series.values()]
        frame = pl.DataFrame([*told, *frame.get_columns()])
        without = np.bincount(number, minlength=int(starts.sum())) == 0
        if not without.any():
            return frame
        alone = pl.DataFrame([*of_series.values(), pl.Series(PLACE, self._places[starts].astype(np.uint32))])
        return pl.concat([frame, alone.filter(pl.Series(without))], how="diagonal").sort(PLACE)


def _by_id(ids: pl.Series, rows: npt.NDArray[np.intp]) -> Iterator[tuple[str, Numbers]]:
    """Yield each component among some values with the rows that it has, in the order of first mention."""
    chosen = ids.gather(rows)
    codes = chosen.to_physical().to_numpy()
    for name in chosen.unique(maintain_order=True).to_list():
        first = int(codes[(chosen == name).arg_max() or 0])
        yield name, rows[codes == first].astype(np.int64)


def _spread(values: pl.Series, rows: Numbers, owners: Numbers, total: int, name: str) -> pl.Series:
    """Return values as a column of their owners; null for those that have none."""
    if (np.diff(owners) <= 0).any():
        raise OtherShapeError  # a component that is told twice
    if owners.size == total:
        return values.gather(rows).alias(name)
    indices = np.full(total, -1, dtype=np.int64)
    indices[owners] = rows
    places = pl.Series(indices)
    return values.gather(places.set(places < 0, None)).alias(name)
