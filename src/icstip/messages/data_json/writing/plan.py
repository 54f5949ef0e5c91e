"""Where the components of a data set stand: dimensions in keys, attributes at the level that they are attached to."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from icstip.errors import StructureError
from icstip.messages.data_json.dialect import DataDialect
from icstip.messages.data_options import DataOptions, Layout
from icstip.schema import Column, Level, Schema

_TOGETHER: Final = frozenset({Level.SERIES, Level.GROUP})


@dataclass(frozen=True, slots=True)
class Plan:
    """Where components stand.

    Attributes:
        series: Dimensions in the keys of series; none when observations are flat.
        observation: Dimensions in the keys of observations.
        of_dataset: Attributes of the data set.
        of_groups: Attributes of groups of observations, by the dimensions of the groups.
        of_series: Attributes of series.
        of_observation: Attributes of observations.
    """

    series: tuple[str, ...]
    observation: tuple[str, ...]
    of_dataset: tuple[str, ...]
    of_groups: Mapping[tuple[str, ...], tuple[str, ...]]
    of_series: tuple[str, ...]
    of_observation: tuple[str, ...]

    @property
    def key(self) -> tuple[str, ...]:
        """All dimensions in the order in which the keys of groups have them."""
        return self.series + self.observation


def plan_of(schema: Schema, dialect: DataDialect, options: DataOptions, where: str) -> Plan:
    """Return where the components of a schema stand.

    Args:
        schema: The schema.
        dialect: Version of SDMX-JSON.
        options: The layout, and the dimension at the observation.
        where: What the data are of, for the error.

    Raises:
        StructureError: The dimension at the observation is none of the schema.
    """
    series = _series(schema, options, where)
    groups: dict[tuple[str, ...], list[str]] = {}
    of_series, of_observation = [], []
    for column in schema.columns:
        if column.attachment is None or column.attachment is Level.DATASET:
            continue
        dimensions = _about(schema, column)
        if _stands_at_series(column, dimensions, series, dialect):
            of_series.append(column.id)
        elif dialect.is_2 and 0 < len(dimensions) < len(schema.dimensions):
            groups.setdefault(dimensions, []).append(column.id)
        else:
            of_observation.append(column.id)
    return Plan(
        series=series,
        observation=tuple(name for name in schema.dimensions if name not in series),
        of_dataset=schema.at_level(Level.DATASET),
        of_groups={dimensions: tuple(names) for dimensions, names in groups.items()},
        of_series=tuple(of_series),
        of_observation=tuple(of_observation),
    )


def _series(schema: Schema, options: DataOptions, where: str) -> tuple[str, ...]:
    """Return the dimensions of series; none when the layout is flat, or there is only one dimension."""
    if options.layout is Layout.FLAT or not schema.dimensions:
        return ()
    at = options.at_observation or schema.time_dimension or schema.dimensions[-1]
    if at not in schema.dimensions:
        known = ", ".join(schema.dimensions)
        raise StructureError("data-json-dimension", where=where, dimension=at, known=known)
    return tuple(name for name in schema.dimensions if name != at)


def _about(schema: Schema, column: Column) -> tuple[str, ...]:
    """Return the dimensions that an attribute of a group or series is about; none for one of observations."""
    if column.attachment not in _TOGETHER:
        return ()
    attached = column.attached_to or (schema.series_dimensions if column.attachment is Level.SERIES else ())
    return tuple(name for name in schema.dimensions if name in attached)


def _stands_at_series(
    column: Column, dimensions: tuple[str, ...], series: tuple[str, ...], dialect: DataDialect
) -> bool:
    if not dimensions or not set(dimensions) <= set(series):
        return False
    return column.attachment is Level.SERIES or not dialect.is_2
