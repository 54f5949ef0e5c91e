"""Generic data of SDMX 2.1: components are elements that tell their ids (SDMX 2.1 §3A part III)."""

from collections.abc import Callable, Collection

import polars as pl

from icstip.artefacts.data_structure import PRIMARY_MEASURE, TIME_DIMENSION
from icstip.messages.data_ml.plain.collector import ALL_DIMENSIONS, Collector
from icstip.messages.data_ml.plain.parsing import Parsing, Place, Step
from icstip.schema import Level
from icstip.standard.model import Role

Learn = Callable[[str], None]
Take = Callable[[list[str]], None]


class GenericData:
    """Reads the children of a data set.

    Args:
        parsing: The state of the reader.
        rows: Where rows go.

    Attributes:
        place: The place of the data set.
    """

    def __init__(self, parsing: Parsing, rows: Collector) -> None:
        self._parsing = parsing
        self._rows = rows
        self._layout = rows.layout
        self._value = Place({})
        learn = self._learn_dimension
        in_row = self._taking(self._layout.roles, learn)
        key = self._containing(in_row)
        observed: dict[str, Step] = {
            "ObsKey": key,
            "ObsDimension": self._open_dimension,
            "ObsValue": self._open_value,
            "Attributes": self._containing(self._taking(*self._attributes_at(Level.OBSERVATION))),
        }
        self._observation = Place(observed, rows.leave_observation)
        group = self._containing(self._taking(*self._attributes_at(Level.GROUP)))
        self._group = Place({"GroupKey": key, "Attributes": group}, rows.leave_group)
        self._series = Place(
            {
                "SeriesKey": self._containing(self._taking_series(self._layout.roles, learn)),
                "Attributes": self._containing(self._taking_series(*self._attributes_at(Level.SERIES))),
                "Obs": self._open_observation,
            },
            rows.leave_series,
        )
        children: dict[str, Step] = {
            "Attributes": self._open_attributes,
            "Obs": self._open_observation,
            "Series": self._open_series,
            "Group": self._open_group,
        }
        self.place = Place(children, rows.end)
        rows.places += [self.place, self._series]

    def _open_observation(self, attributes: list[str]) -> Place:
        self._open_row(attributes)
        return self._observation

    def _open_group(self, attributes: list[str]) -> Place:
        self._open_row(attributes, "type")
        return self._group

    def _open_series(self, attributes: list[str]) -> Place:
        if attributes:
            self._parsing.attributes(attributes)
        self._rows.open_series([])
        return self._series

    def _open_row(self, attributes: list[str], *known: str) -> None:
        if attributes:
            self._parsing.attributes(attributes, *known)
        self._rows.row = []
        self._rows.at = self._parsing.parser.CurrentByteIndex

    def _open_dimension(self, attributes: list[str]) -> Place:
        name, value = self._value_of(attributes, self._layout.at_observation)
        if name in {"", ALL_DIMENSIONS}:
            raise self._parsing.malformed("ObsDimension without id, and no dimension at the observation in the header")
        if name not in self._layout.roles:
            self._learn_dimension(name)
        if value is None:
            self._parsing.told.not_read("ObsDimension", self._parsing.line)
        else:
            self._rows.row += (name, value)
        return self._value

    def _open_value(self, attributes: list[str]) -> Place:
        name, value = self._value_of(attributes, PRIMARY_MEASURE)
        if name not in self._layout.roles:
            self._layout.roles[name] = Role.MEASURE
        if value is not None:
            self._rows.row += (name, value)
        return self._value

    def _value_of(self, attributes: list[str], name: str) -> tuple[str, str | None]:
        """Return the id, by default a name, and the value that an element tells."""
        if len(attributes) == 2 and attributes[0] == "value":
            return name, attributes[1]
        given = self._parsing.attributes(attributes, "id", "value")
        return given.get("id") or name, given.get("value")

    def _open_attributes(self, attributes: list[str]) -> Place:
        """Return the place of attributes of the data set; where they come late, they are a row of their own."""
        self._parsing.attributes(attributes)
        found: list[str] = []
        known, learn = self._attributes_at(Level.DATASET)

        def value(attributes: list[str]) -> Place:
            pair = self._pair(attributes)
            for name in pair[:1]:
                if name not in known:
                    learn(name)
            found.extend(pair)
            return self._value

        def leave() -> None:
            if self._rows.has_begun:
                self._rows.row, self._rows.at = found, self._parsing.parser.CurrentByteIndex
                self._rows.leave_group()
            else:
                for name, given in zip(found[::2], found[1::2], strict=True):
                    told = self._layout.values.setdefault(name, given)
                    self._parsing.told.twice(name, pl.Series([told]), pl.Series([given]), None)

        return Place({"Value": value}, leave)

    def _containing(self, value: Step) -> Step:
        """Return what to do at the start of an element that holds values."""
        place = Place({"Value": value})

        def step(attributes: list[str]) -> Place:
            if attributes:
                self._parsing.attributes(attributes)
            return place

        return step

    # What these two return is done for each value.

    def _taking(self, known: Collection[str], learn: Learn) -> Step:
        """Return what to do at the start of a value of the observation or group that is open."""
        rows, pair_of, place = self._rows, self._pair, self._value

        def value(attributes: list[str]) -> Place:
            pair = pair_of(attributes)
            rows.row += pair
            if pair and pair[0] not in known:
                learn(pair[0])
            return place

        return value

    def _taking_series(self, known: Collection[str], learn: Learn) -> Step:
        """Return what to do at the start of a value of the series that is open."""

        def value(attributes: list[str]) -> Place:
            if self._rows.is_series_observed or self._rows.series_row is None:
                raise self._parsing.malformed("a key or attributes after the observations of a series")
            pair = self._pair(attributes)
            self._rows.series_row += pair
            if pair and pair[0] not in known:
                learn(pair[0])
            return self._value

        return value

    def _pair(self, attributes: list[str]) -> list[str]:
        """Return id and value; nothing if there is no value."""
        if len(attributes) == 4 and attributes[0] == "id" and attributes[2] == "value":
            return attributes[1::2]
        given = self._parsing.attributes(attributes, "id", "value")
        if not given.get("id"):
            raise self._parsing.malformed("Value without id")
        if "value" not in given:
            self._parsing.told.not_read("Value", self._parsing.line)
            return []
        return [given["id"], given["value"]]

    def _learn_dimension(self, name: str) -> None:
        self._layout.roles[name] = Role.TIME_DIMENSION if name == TIME_DIMENSION else Role.DIMENSION
        self._layout.levels.pop(name, None)

    def _attributes_at(self, level: Level) -> tuple[Collection[str], Learn]:
        """Return the attributes that are known at a level so far, and what to do with another one."""
        known: set[str] = set()
        layout = self._layout

        def learn(name: str) -> None:
            known.add(name)
            if layout.roles.setdefault(name, Role.ATTRIBUTE) is not Role.ATTRIBUTE:
                return
            if level is Level.OBSERVATION:  # at least in one place it says something of observations
                layout.levels[name] = level
                layout.attached_to.pop(name, None)
            elif name not in layout.levels:
                layout.levels[name] = level
                row = {Level.GROUP: self._rows.row, Level.SERIES: self._rows.series_row}.get(level) or []
                layout.attached_to[name] = tuple(one for one in row[::2] if layout.roles.get(one) is Role.DIMENSION)

        return known, learn
