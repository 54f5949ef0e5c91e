"""Where the components of a data set stand in a message (SDMX 2.1 and 3.0 §3A part IV)."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from icstip.artefacts.base import Reference
from icstip.artefacts.data_structure import PRIMARY_MEASURE
from icstip.errors import StructureError
from icstip.messages.data_ml.writing.head import ALL_DIMENSIONS, Dialect
from icstip.messages.data_options import DataOptions, Layout
from icstip.messages.data_runs import reference_of
from icstip.schema import Column, Level, Schema

_NAME: Final = re.compile(r"(?!xmlns$)[A-Za-z_][A-Za-z0-9_.\-]*")


@dataclass(frozen=True, slots=True)
class GroupPlace:
    """A kind of element that holds attributes of some of the dimensions.

    Attributes:
        id: Id of the group; empty where the structure has none for these dimensions, which SDMX 3.0 does not need.
        dimensions: Ids of its dimensions, in the order of the structure.
        attributes: Ids of the attributes that it can have.
    """

    id: str
    dimensions: tuple[str, ...]
    attributes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Places:
    """Where the components of a data set stand. Names are those of the message.

    Attributes:
        schema: What the data are.
        reference: What they say that they are of.
        at_observation: Dimension at the observation, or `ALL_DIMENSIONS`.
        dimensions: All dimensions.
        measures: The measures.
        of_observation: Attributes at the observation.
        of_series: Attributes of series, when there are series.
        groups: Elements for attributes of groups.
        told: Attributes of groups that no element can hold but the observation.
    """

    schema: Schema
    reference: Reference
    at_observation: str
    dimensions: tuple[str, ...]
    measures: tuple[str, ...]
    of_observation: tuple[str, ...]
    of_series: tuple[str, ...]
    groups: tuple[GroupPlace, ...]
    told: tuple[str, ...]

    @property
    def is_flat(self) -> bool:
        """Whether each observation has all dimensions."""
        return self.at_observation == ALL_DIMENSIONS

    @property
    def series_key(self) -> tuple[str, ...]:
        """The dimensions of a series; none where there are no series."""
        return () if self.is_flat else tuple(one for one in self.dimensions if one != self.at_observation)

    @property
    def observation_key(self) -> tuple[str, ...]:
        """The dimensions that stand at the observation."""
        return self.dimensions if self.is_flat else (self.at_observation,)

    @property
    def names(self) -> tuple[str, ...]:
        """The columns of the data set in their order: all components but the attributes of the data set."""
        return (*self.dimensions, *self.measures, *(one for one in self.schema.attributes if one in self._held))

    @property
    def _held(self) -> Collection[str]:
        return {*self.of_observation, *self.of_series, *(name for one in self.groups for name in one.attributes)}

    def at_the_observation(self, names: Collection[str]) -> "Places":
        """Return the places with some attributes of groups at the observation."""
        if not names:
            return self
        groups = (
            replace(one, attributes=tuple(name for name in one.attributes if name not in names)) for one in self.groups
        )
        held = {*self.of_observation, *names}
        return replace(
            self,
            of_observation=tuple(name for name in self.schema.attributes if name in held),
            groups=tuple(groups),
        )


def places_of(schema: Schema, dialect: Dialect, options: DataOptions) -> Places:
    """Return where the components of a data set stand.

    Args:
        schema: What the data are.
        dialect: Format.
        options: How they are to be laid out.

    Raises:
        StructureError: The format cannot hold such data, or not in this layout.
    """
    _check(schema, dialect)
    at = _at_observation(schema, options)
    dimensions = schema.dimensions
    is_flat = at == ALL_DIMENSIONS
    groups = tuple(_groups(schema, dialect))
    if not dialect.is_generic:
        _refuse_type(groups, schema, dialect)
    grouped = {name for one in groups for name in one.attributes}
    attributes = [
        one for one in map(schema.by_id.__getitem__, schema.attributes) if one.attachment is not Level.DATASET
    ]
    of_series = {
        one.id for one in attributes if one.attachment is Level.SERIES and not is_flat and at not in one.attached_to
    }
    rest = [one for one in attributes if one.id not in grouped and one.id not in of_series]
    return Places(
        schema=schema,
        reference=reference_of(schema, dialect.model),
        at_observation=at,
        dimensions=dimensions,
        measures=(PRIMARY_MEASURE,) if dialect.is_first else schema.measures,
        of_observation=tuple(one.id for one in rest),
        of_series=tuple(one.id for one in attributes if one.id in of_series),
        groups=groups,
        told=tuple(one.id for one in rest if one.attachment is Level.GROUP and not _is_of_all(one, schema)),
    )


def _groups(schema: Schema, dialect: Dialect) -> Iterator[GroupPlace]:
    of_group = [one for one in schema.columns if one.attachment is Level.GROUP]
    for name, dimensions in schema.groups.items():
        attributes = tuple(one.id for one in of_group if one.group == name)
        if dimensions and set(dimensions) != set(schema.dimensions):  # else it says what observations say
            yield GroupPlace(name, tuple(one for one in schema.dimensions if one in dimensions), attributes)
    if dialect.is_first:
        return
    # SDMX 3.0: attributes of any of the dimensions need no group.
    free: dict[tuple[str, ...], list[str]] = {}
    for one in of_group:
        if one.group not in schema.groups and _are_dimensions(one, schema):
            key = tuple(name for name in schema.dimensions if name in one.attached_to)
            free.setdefault(key, []).append(one.id)
    for key, attributes_of_key in free.items():
        yield GroupPlace("", key, tuple(attributes_of_key))


def _are_dimensions(column: Column, schema: Schema) -> bool:
    return bool(column.attached_to) and set(column.attached_to) < set(schema.dimensions)


def _is_of_all(column: Column, schema: Schema) -> bool:
    """Return whether an attribute of a group is about all dimensions, as those of observations are."""
    return set(schema.groups.get(column.group or "", column.attached_to)) == set(schema.dimensions)


def _refuse_type(groups: Sequence[GroupPlace], schema: Schema, dialect: Dialect) -> None:
    """Do nothing unless a component has the name of what XML says of every group: its type."""
    if any("type" in (*one.dimensions, *one.attributes) for one in groups):
        raise StructureError("id-refused", where=str(schema.structure), format=dialect.name, id="type")


def _check(schema: Schema, dialect: Dialect) -> None:
    where = str(schema.structure)
    if not (schema.dataflow or schema.structure).id:
        raise StructureError("data-format-structure", where=where, format=dialect.name)
    if dialect.is_first and len(schema.measures) != 1:
        number = len(schema.measures)
        raise StructureError("data-format-measures", where=where, format=dialect.name, structure=where, number=number)
    for name in (*(one.id for one in schema.columns), *schema.groups):
        if not _NAME.fullmatch(name):
            raise StructureError("id-refused", where=where, format=dialect.name, id=name)
    if dialect.is_first and PRIMARY_MEASURE in schema.by_id and PRIMARY_MEASURE not in schema.measures:
        raise StructureError("id-refused", where=where, format=dialect.name, id=PRIMARY_MEASURE)


def _at_observation(schema: Schema, options: DataOptions) -> str:
    dimensions = schema.dimensions
    # A series has a key; with one dimension only there is none left for it.
    if options.layout is Layout.FLAT or len(dimensions) < 2:
        return ALL_DIMENSIONS
    wanted = options.at_observation if options.layout is Layout.SERIES else ""
    at = wanted or schema.time_dimension or dimensions[-1]
    if at not in {ALL_DIMENSIONS, *dimensions}:
        known = ", ".join([ALL_DIMENSIONS, *dimensions])
        raise StructureError("schema-dimension-unknown", where=str(schema.structure), dimension=at, known=known)
    return at
