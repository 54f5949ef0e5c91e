"""Data sets of a message as frames of texts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import polars as pl

from icstip.messages.data_json.reading.arrays import Arrays, Frame
from icstip.messages.data_json.reading.cells import looked_up
from icstip.messages.data_json.reading.components import Component, MessageStructure
from icstip.messages.data_json.reading.document import Given
from icstip.messages.data_json.reading.groups import group_rows
from icstip.messages.data_json.reading.node import Node
from icstip.messages.data_parts import PART_ROWS
from icstip.messages.dataset import Action

_KNOWN_OF_SERIES: Final = frozenset({"attributes", "observations", "annotations"})


@dataclass
class _Series:
    """Some series, with their observations one after the other."""

    keys: list[str] = field(default_factory=list)
    arrays: list[object] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    observations: list[str] = field(default_factory=list)
    observation_arrays: list[object] = field(default_factory=list)


class DataSetReader:
    """Reads a data set.

    Args:
        node: The data set.
        structure: Its structure.
        action: What a receiver is asked to do.
    """

    def __init__(self, node: Node, structure: MessageStructure, action: Action) -> None:
        self._node = node
        self._context = node.context
        self._structure = structure
        self._action = action
        every = (*structure.key, *structure.measures, *structure.every_attribute)
        self._columns = list(dict.fromkeys(one.id for one in every))

    def frames(self) -> Iterator[pl.DataFrame]:
        """Yield the rows of the data set in parts, at least one part.

        Raises:
            FormatError: It is broken.
        """
        node, path = self._node, self._node.path
        fixed = self._fixed()
        observations, series = node.mapping("observations"), node.mapping("series")
        groups = node.mapping("dimensionGroupAttributes")
        if annotations := node.elements("annotations"):
            self._context.not_read("annotations", len(annotations))
        node.drop("structure", "action", "links")
        node.tell("dataSet")
        has_rows = bool(observations or series)
        apart = self._apart(groups, fixed, has_rows=has_rows)
        if apart.height or not has_rows:
            yield apart
        if observations:
            yield from (self._framed(part, fixed) for part in self._flat(observations, f"{path}.observations"))
        if series:
            yield from (self._framed(part, fixed) for part in self._series(series, f"{path}.series"))

    def _arrays(self, components: Sequence[Component], path: str) -> Arrays:
        return Arrays(components, self._context, path, has_defaults=self._action is not Action.DELETE)

    def _fixed(self) -> Frame:
        """Return what is said once of all observations: a row of dimensions and attributes."""
        path = f"{self._node.path}.attributes"
        fixed: Frame = {}
        for dimension in self._structure.dimensions["dataSet"]:
            values = dimension.values
            if values is None or len(values) != 1:
                raise self._context.broken(path, f"{dimension.id}, which stands at the data set, has not one value")
            fixed[dimension.id] = values
        return fixed | self._arrays(self._structure.attributes["dataSet"], path).columns(
            [self._node.elements("attributes")]
        )

    def _apart(self, entries: Given, fixed: Frame, *, has_rows: bool) -> pl.DataFrame:
        """Return what is said apart from observations, with the dimensions that it is said of."""
        structure = self._structure
        dimensions = {one.id for one in structure.key}
        said = {name: values for name, values in fixed.items() if name not in dimensions}
        at_groups = structure.attributes["dimensionGroup"]
        path = f"{self._node.path}.dimensionGroupAttributes"
        frames = []
        if entries:
            arrays = Arrays(at_groups, self._context, path, has_defaults=False)
            is_deletion = self._action is Action.DELETE
            found = group_rows(entries, structure, arrays, self._context, path, is_deletion=is_deletion)
            frame = self._framed(found, said)
            names = [one.id for one in at_groups]
            kept = pl.any_horizontal(pl.col(names).is_not_null()) if names else pl.lit(value=False)
            frames.append(frame if self._action is Action.DELETE else frame.filter(kept))
        defaults = {one.id: pl.Series([one.default], dtype=pl.String) for one in at_groups if one.default is not None}
        if has_rows and defaults and self._action is not Action.DELETE:
            frames.append(self._framed(defaults, said))
        if not has_rows and not entries and any(values[0] is not None for values in said.values()):
            frames.append(self._framed(fixed if self._action is Action.DELETE else said, {}))
        return pl.concat(frames) if frames else self._framed({}, {})

    def _flat(self, entries: Given, path: str) -> Iterator[Frame]:
        """Yield observations that are not in series; their keys have all dimensions that the data set has not."""
        structure = self._structure
        dimensions = _values((*structure.dimensions["series"], *structure.dimensions["observation"]))
        arrays = self._arrays((*structure.measures, *structure.attributes["observation"]), path)
        keys, values = list(entries), list(entries.values())
        for start in range(0, len(keys), PART_ROWS):
            part = pl.Series(keys[start : start + PART_ROWS], dtype=pl.String)
            told = arrays.columns(values[start : start + PART_ROWS])
            yield looked_up(part, dimensions, self._context, path) | told

    def _series(self, entries: Given, path: str) -> Iterator[Frame]:
        held = _Series()
        annotations = 0
        for key, given in entries.items():
            if not isinstance(given, dict):
                raise self._context.broken(f"{path}[{key}]", "it is no object")
            observations = given.get("observations") or {}
            if not isinstance(observations, dict):
                raise self._context.broken(f"{path}[{key}].observations", "it is no object")
            if len(given.keys() - _KNOWN_OF_SERIES):
                for name in given.keys() - _KNOWN_OF_SERIES:
                    self._context.not_read(f"series.{name}")
            if isinstance(notes := given.get("annotations"), list):
                annotations += len(notes)
            held.keys.append(key)
            held.arrays.append(given.get("attributes"))
            held.sizes.append(len(observations))
            held.observations.extend(observations)
            held.observation_arrays.extend(observations.values())
            if len(held.observations) >= PART_ROWS:
                yield from self._of_series(held, path)
                held = _Series()
        if annotations:
            self._context.not_read("annotations", annotations)
        if held.keys:
            yield from self._of_series(held, path)

    def _of_series(self, held: _Series, path: str) -> Iterator[Frame]:
        """Yield the attributes of series without observations, and the observations of the others."""
        structure = self._structure
        keys = pl.Series(held.keys, dtype=pl.String)
        of_series = looked_up(keys, _values(structure.dimensions["series"]), self._context, path)
        told = self._arrays(structure.attributes["series"], f"{path}.attributes").columns(held.arrays)
        sizes = np.asarray(held.sizes)
        if (sizes == 0).any():
            alone = pl.Series(np.flatnonzero(sizes == 0))
            yield {name: values.gather(alone) for name, values in (of_series | told).items()}
        if not held.observations:
            return
        place = pl.Series(np.repeat(np.arange(len(sizes)), sizes))
        repeated = {name: values.gather(place) for name, values in (of_series | told).items()}
        dimensions = _values(structure.dimensions["observation"])
        observations = looked_up(
            pl.Series(held.observations, dtype=pl.String), dimensions, self._context, f"{path}.observations"
        )
        components = (*structure.measures, *structure.attributes["observation"])
        own = self._arrays(components, f"{path}.observations").columns(held.observation_arrays)
        yield repeated | observations | _before(own, repeated)

    def _framed(self, part: Frame, fixed: Frame) -> pl.DataFrame:
        """Return a part with all columns: what it says itself, else what is said once of all."""
        height = max((len(values) for values in part.values()), default=0)
        once = {name: values.new_from_index(0, height) for name, values in fixed.items()}
        said = once | _before(part, once)
        empty = pl.Series([None], dtype=pl.String).new_from_index(0, height)
        return pl.DataFrame([said.get(name, empty).alias(name) for name in self._columns])


def _values(dimensions: Sequence[Component]) -> dict[str, pl.Series]:
    return {one.id: pl.Series([], dtype=pl.String) if one.values is None else one.values for one in dimensions}


def _before(own: Frame, other: Frame) -> Frame:
    """Return columns; where one has nothing, what another one of the same name has."""
    return {
        name: pl.select(pl.coalesce(values, other[name]).alias(name)).to_series() if name in other else values
        for name, values in own.items()
    }
