"""The rows of one data set, put together into parts."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl

from icstip.artefacts.data_structure import TIME_DIMENSION
from icstip.messages.data_ml.plain.names import SEPARATOR, XSI_TYPE, is_hint
from icstip.messages.data_ml.plain.parsing import Parsing, Place, Step
from icstip.messages.data_ml.plain.rows import MOST_COLUMNS, PLACE, Columns, Order, Table, in_order
from icstip.messages.data_parts import LINE, PART_ROWS, DataHead, DataPart
from icstip.schema import Level
from icstip.standard.model import Role

ALL_DIMENSIONS: Final = "AllDimensions"

_MOST_CELLS: Final = 4_000_000
_TYPE: Final = "type"
_OBSERVATION_TYPE: Final = "ObsType"


@dataclass(frozen=True, slots=True)
class DataLayout:
    """What is known of an open data set.

    Attributes:
        head: What is said of it. What its mappings say grows while it is read.
        is_generic: Whether its elements do not depend on the data structure.
        at_observation: The dimension at the observation, ``AllDimensions``, or empty where nothing is said.
        explicit_measures: Whether types of observations can name measures.
        prefixes: Namespaces by prefix, where its children begin; the one of names without a prefix at "".
        roles: The roles in the head.
        levels: The levels in the head.
        attached_to: The dimensions that attributes are attached to, in the head.
        values: The attributes of the data set.
    """

    head: DataHead
    is_generic: bool
    at_observation: str
    explicit_measures: bool
    prefixes: Mapping[str, str]
    roles: dict[str, Role]
    levels: dict[str, Level]
    attached_to: dict[str, tuple[str, ...]]
    values: dict[str, str]


class Collector:
    """Collects the rows of a data set.

    Args:
        parsing: The state of the reader.
        layout: What is known of the data set.

    Attributes:
        layout: What is known of the data set.
        places: The elements between whose children parts can end: the data set first, and series.
        row: The observation or group that is open, as far as it is not in its table yet: names and values in turn.
        at: Where the observation or group begins that was opened last.
        series_row: The series that is open, or None.
    """

    __slots__ = (
        "_groups",
        "_is_empty",
        "_loose",
        "_observations",
        "_order",
        "_parsing",
        "_part_from",
        "_series",
        "_series_at",
        "_series_names",
        "at",
        "layout",
        "places",
        "row",
        "series_row",
    )

    def __init__(self, parsing: Parsing, layout: DataLayout) -> None:
        self.layout = layout
        self.places: list[Place] = []
        self.row: list[str] = []
        self.at = 0
        self.series_row: list[str] | None = None
        self._parsing = parsing
        self._series_at = 0
        self._part_from = 0  # all observations before here are in parts
        self._is_empty = True
        self._order = Order(self._refuse_columns)
        self._series_names: Sequence[str] = ()
        self._series = Table(self._named_series, self._refuse_columns)
        self._groups = Table(self._named, self._refuse_columns)
        self._loose = Table(self._named_observations, self._refuse_columns)
        self._observations = Table(self._named_observations, self._refuse_columns)

    def opening(self, place: Place, *, in_series: bool) -> Step:
        """Return what to do at the start of an observation whose attributes are its row: this is done for each.

        Args:
            place: Its place.
            in_series: Whether it stands in a series.
        """
        table, parser = self._observations if in_series else self._loose, self._parsing.parser
        width, (values, places) = 0, table.rows_of(0)

        def step(attributes: list[str]) -> Place:
            nonlocal width, values, places
            if len(attributes) != width:
                width = len(attributes)
                values, places = table.rows_of(width)
            values += attributes
            self.at = at = parser.CurrentByteIndex
            places.append(at)
            return place

        return step

    def reopen(self) -> list[str]:
        """Return the row of the observation that is open, to be put back."""
        return self._table.take_back(self.at) or []

    def put_back(self, row: list[str]) -> None:
        """Put the row of the observation that is open where it was."""
        self._table.add(row, self.at)

    def leave_observation(self) -> None:
        """Put `row` into the series that is open, or into the data set if none is."""
        self._table.add(self.row, self.at)

    def leave_group(self) -> None:
        """Put `row` into the data set, as one of a group."""
        self._groups.add(self.row, self.at)

    def open_series(self, row: list[str]) -> None:
        """Begin a series.

        Args:
            row: Names and values in turn; more can be added until it has observations.
        """
        self.series_row = row
        self._series_at = self._parsing.parser.CurrentByteIndex

    @property
    def has_begun(self) -> bool:
        """Whether there is any row."""
        return max(self.at, self._series_at) > 0

    @property
    def is_series_observed(self) -> bool:
        """Whether the series that is open has observations."""
        return self.at > self._series_at

    def leave_series(self) -> None:
        """End the series that is open."""
        if not self.is_series_observed or self.at >= self._part_from:
            self._put_series()
        self.series_row = None

    def settle(self) -> None:
        """Turn the rows that are complete into columns, and into a part if there are enough."""
        if self.series_row is not None:
            self._learn_series(self.series_row[::2])
        is_between = self._parsing.stack[-1] in self.places
        table = self._table
        held = None if is_between else table.take_back(self.at)  # an observation may be open
        tables = self._tables()
        for one in tables:
            one.settle(self._parsing.lines.of)
        if held is not None:
            table.add(held, self.at)
        rows = sum(one.size for one in tables)
        if is_between and (rows >= PART_ROWS or rows * len(self._order.names) >= _MOST_CELLS):
            self._end_part()

    def forget_lines(self) -> None:
        """Forget lines of places of which all rows are settled."""
        opened = [self.at] if self.series_row is None else [self._series_at, self.at]
        self._parsing.lines.forget(self._parsing.parser.CurrentByteIndex, opened)

    def add(self, rows: pl.DataFrame) -> None:
        """Add rows that were read in another way, after those that are collected already.

        Args:
            rows: Columns of texts by component, and `LINE` or not.
        """
        self._end_part()
        self._learn([name for name in rows.columns if name != LINE])
        self._put_part(rows)

    def end(self) -> None:
        """End the data set, which has one part at least."""
        self.settle()
        self._end_part()
        if self._is_empty:
            values = self.layout.values
            self._put_part(pl.DataFrame({LINE: [self.layout.head.line]}) if values else pl.DataFrame())

    @property
    def _table(self) -> Table:
        """The table of the observation that is open."""
        return self._loose if self.series_row is None else self._observations

    def _tables(self) -> tuple[Table, ...]:
        return self._series, self._groups, self._loose, self._observations

    def _put_series(self) -> None:
        self._series.add(list(self.series_row or ()), self._series_at)

    def _end_part(self) -> None:
        """Make a part of the rows that were settled."""
        if self.series_row is not None and self.is_series_observed and self.at >= self._part_from:
            self._put_series()
        for table in self._tables():
            table.settle(self._parsing.lines.of)
        self._part_from = max(self._parsing.parser.CurrentByteIndex, 0)
        series, groups, loose, observations = (table.take() for table in self._tables())
        frames = [frame for frame in (groups, loose, *self._in_series(series, observations)) if frame.height]
        if frames:
            self._put_part(in_order(frames).drop(PLACE))

    def _in_series(self, series: pl.DataFrame, observations: pl.DataFrame) -> Iterator[pl.DataFrame]:
        """Yield observations with what their series say, and series that have none."""
        number = np.searchsorted(series[PLACE].to_numpy(), observations[PLACE].to_numpy()) - 1
        if len(number):
            said = series.drop(PLACE, LINE)[pl.Series(number)]
            for name in set(said.columns).intersection(observations.columns):
                self._parsing.told.twice(name, observations[name], said[name], observations[LINE])
                observations = observations.with_columns(observations[name].fill_null(said[name]))
                said = said.drop(name)
            yield pl.concat([said, observations], how="horizontal")
        yield series.filter(pl.Series(np.bincount(number, minlength=series.height) == 0))

    def _put_part(self, rows: pl.DataFrame) -> None:
        lines = rows.get_column(LINE, default=None)
        for name, value in self.layout.values.items():
            same = pl.Series(name, [value]).new_from_index(0, rows.height)
            if name in rows.columns:
                self._parsing.told.twice(name, rows[name], same, lines)
                same = rows[name].fill_null(value)
            rows = rows.with_columns(same)
        names = [name for name in self._order.names if name not in self.layout.values]
        names = [name for name in (*names, *self.layout.values) if name in rows.columns]
        kept = [*names, LINE] if lines is not None and self._parsing.lines.are_known else names
        self._parsing.ready.append(DataPart(self.layout.head, rows.select(kept)))
        self._is_empty = False

    def _refuse_columns(self) -> None:
        raise self._parsing.malformed(f"more than {MOST_COLUMNS} components")

    def _learn(self, names: Sequence[str]) -> None:
        self._order.learn(names)

    def _learn_series(self, names: Sequence[str]) -> None:
        self._series_names = [name for name in names if SEPARATOR not in name]
        self._learn(self._series_names)

    def _named_series(self, names: Sequence[str], columns: Sequence[pl.Series], lines: pl.Series) -> Columns:
        self._learn_series(names)
        return self._known(names, columns, lines)[0]

    def _named(self, names: Sequence[str], columns: Sequence[pl.Series], lines: pl.Series) -> Columns:
        known, _ = self._known(names, columns, lines)
        self._learn(list(known))
        return known

    def _named_observations(self, names: Sequence[str], columns: Sequence[pl.Series], lines: pl.Series) -> Columns:
        known, types = self._known(names, columns, lines)
        if types is not None or (self.layout.explicit_measures and _TYPE in known):
            self._name_measures(known, types, lines)
        self._learn([*self._series_names, *known])
        return known

    def _known(
        self, names: Sequence[str], columns: Sequence[pl.Series], lines: pl.Series
    ) -> tuple[Columns, pl.Series | None]:
        """Return the columns that are components, and the types in the schema that elements tell."""
        known: Columns = {}
        types = None
        for name, column in zip(names, columns, strict=True):
            if SEPARATOR not in name:
                if name in known:
                    self._parsing.told.twice(name, known[name], column, lines)
                known.setdefault(name, column)
            elif name == XSI_TYPE:
                types = column
            elif not is_hint(name):
                self._parsing.own(name, lines.filter(column.is_not_null())[0])
                self._tell(self._parsing.names.shown(name), column.is_not_null(), lines)
        return known, types

    def _tell(self, name: str, where: pl.Series, lines: pl.Series) -> None:
        found = lines.filter(where)
        if len(found):
            self._parsing.told.not_read(name, found[0], len(found))

    def _name_measures(self, known: Columns, types: pl.Series | None, lines: pl.Series) -> None:
        """Give observations the measure that their types name (SDMX 2.1, explicit measures)."""
        dimension = self._measure_dimension(known)
        if types is None:
            measures = known.pop(_TYPE)
        else:
            measures = types.str.strip_chars().str.replace("^.*:", "")
            measures = measures.set(measures == _OBSERVATION_TYPE, None)
        if dimension:
            known[dimension] = known[dimension].fill_null(measures) if dimension in known else measures
        else:
            self._tell("xsi:type", measures.is_not_null(), lines)

    def _measure_dimension(self, known: Collection[str]) -> str:
        """Return the dimension that types stand for, or "" if they stand for none."""
        at = self.layout.at_observation
        if not self.layout.explicit_measures or at == TIME_DIMENSION:
            return ""
        if at != ALL_DIMENSIONS:
            return at
        schema = self._parsing.reading.schema_of(self.layout.head)
        left = [name for name in schema.dimensions if name not in known] if schema else []
        return left[0] if len(left) == 1 else ""
