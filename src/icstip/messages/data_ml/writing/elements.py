"""The elements of a data set as pieces of text: structure-specific, or generic as in SDMX 2.1."""

from collections.abc import Iterable, Sequence
from typing import Protocol

import polars as pl

from icstip.artefacts.data_structure import PRIMARY_MEASURE
from icstip.messages.data_ml.writing.head import Dialect
from icstip.messages.data_ml.writing.pieces import Lookup, Piece, Value

_IN_DATASET, _IN_SERIES = "    ", "      "


class Elements(Protocol):
    """Makes elements of a data set, one a row of a frame whose values are safe. Absent values are null."""

    series_end: str
    """How a series ends, without a line end."""

    def observation(
        self, frame: pl.DataFrame, key: Sequence[str], names: Sequence[str], *, in_series: bool = False
    ) -> list[Piece]:
        """Return observations: those of series have one dimension."""

    def series_start(self, frame: pl.DataFrame, key: Sequence[str], names: Sequence[str]) -> list[Piece]:
        """Return how series begin."""

    def series(self, frame: pl.DataFrame, key: Sequence[str], names: Sequence[str]) -> list[Piece]:
        """Return series without observations."""

    def group(self, frame: pl.DataFrame, group: str, key: Sequence[str], names: Sequence[str]) -> list[Piece]:
        """Return attributes of some of the dimensions; in SDMX 3.0 the group can be empty."""


def elements_of(dialect: Dialect, prefix: str) -> Elements:
    """Return what makes the elements of a data set.

    Args:
        dialect: Format.
        prefix: Prefix of the namespace of the structure-specific schema.
    """
    return _Generic() if dialect.is_generic else _Specific(prefix)


class _Specific:
    """Elements with an attribute of XML for each component."""

    series_end = f"{_IN_DATASET}</Series>"

    def __init__(self, prefix: str) -> None:
        self._prefix = prefix

    def observation(
        self, frame: pl.DataFrame, key: Sequence[str], names: Sequence[str], *, in_series: bool = False
    ) -> list[Piece]:
        indent = _IN_SERIES if in_series else _IN_DATASET
        return [f"{indent}<Obs", *_attributes(frame, (*key, *names)), "/>"]

    def series_start(self, frame: pl.DataFrame, key: Sequence[str], names: Sequence[str]) -> list[Piece]:
        return [f"{_IN_DATASET}<Series", *_attributes(frame, (*key, *names)), ">"]

    def series(self, frame: pl.DataFrame, key: Sequence[str], names: Sequence[str]) -> list[Piece]:
        return [f"{_IN_DATASET}<Series", *_attributes(frame, (*key, *names)), "/>"]

    def group(self, frame: pl.DataFrame, group: str, key: Sequence[str], names: Sequence[str]) -> list[Piece]:
        start = f'<Group xsi:type="{self._prefix}:{group}"' if group else "<Atts"
        return [f"{_IN_DATASET}{start}", *_attributes(frame, (*key, *names)), "/>"]


class _Generic:
    """Elements with an element for each value."""

    series_end = f"{_IN_DATASET}</gen:Series>"

    def observation(
        self, frame: pl.DataFrame, key: Sequence[str], names: Sequence[str], *, in_series: bool = False
    ) -> list[Piece]:
        start: list[Piece] = [f"{_IN_SERIES if in_series else _IN_DATASET}<gen:Obs>"]
        if in_series:
            start += [Value(f'<gen:ObsDimension id="{name}" value="', frame[name], '"/>') for name in key]
        else:
            start += ["<gen:ObsKey>", *_values(frame, key), "</gen:ObsKey>"]
        if PRIMARY_MEASURE in frame.columns:
            start.append(Value('<gen:ObsValue value="', frame[PRIMARY_MEASURE], '"/>'))
        return [*start, *_told(frame, [name for name in names if name != PRIMARY_MEASURE]), "</gen:Obs>"]

    def series_start(self, frame: pl.DataFrame, key: Sequence[str], names: Sequence[str]) -> list[Piece]:
        return [f"{_IN_DATASET}<gen:Series>", *self._key("SeriesKey", frame, key), *_told(frame, names)]

    def series(self, frame: pl.DataFrame, key: Sequence[str], names: Sequence[str]) -> list[Piece]:
        return [*self.series_start(frame, key, names), "</gen:Series>"]

    def group(self, frame: pl.DataFrame, group: str, key: Sequence[str], names: Sequence[str]) -> list[Piece]:
        start = f'{_IN_DATASET}<gen:Group type="{group}">'
        return [start, *self._key("GroupKey", frame, key), *_told(frame, names), "</gen:Group>"]

    @staticmethod
    def _key(tag: str, frame: pl.DataFrame, key: Sequence[str]) -> list[Piece]:
        return [f"<gen:{tag}>", *_values(frame, key), f"</gen:{tag}>"]  # it has at least one value


def _attributes(frame: pl.DataFrame, names: Iterable[str]) -> list[Piece]:
    return [Value(f' {name}="', frame[name], '"') for name in names if name in frame.columns]


def _values(frame: pl.DataFrame, names: Iterable[str]) -> list[Piece]:
    return [Value(f'<gen:Value id="{name}" value="', frame[name], '"/>') for name in names if name in frame.columns]


def _told(frame: pl.DataFrame, names: Iterable[str]) -> list[Piece]:
    """Return attributes in the element that holds them, which must not be empty."""
    here = [name for name in names if name in frame.columns]
    if not here:
        return []
    values = _values(frame, here)
    if any(not frame[name].null_count() for name in here):
        return ["<gen:Attributes>", *values, "</gen:Attributes>"]
    any_there = frame.select(pl.any_horizontal(pl.col(here).is_not_null()).cast(pl.UInt32)).to_series()
    return [_if(any_there, "<gen:Attributes>"), *values, _if(any_there, "</gen:Attributes>")]


def _if(any_there: pl.Series, tag: str) -> Lookup:
    return Lookup(pl.Series(["", tag]), any_there)
