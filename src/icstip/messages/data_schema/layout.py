"""Where each component of a data structure stands in structure-specific data (SDMX 3.0 §3A part IV)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from icstip.artefacts.data_structure import (
    TIME_DIMENSION,
    Attribute,
    DataStructure,
    Dimension,
    Group,
    Level,
    Relationship,
)

ALL_DIMENSIONS: Final = "AllDimensions"


@dataclass(frozen=True, slots=True)
class Layout:
    """A data structure laid out flat, or in series with one dimension at the observation.

    Attributes:
        structure: The data structure.
        at_observation: Id of the dimension at the observation, or `ALL_DIMENSIONS`.
    """

    structure: DataStructure
    at_observation: str

    @property
    def is_flat(self) -> bool:
        """Whether each observation has all dimensions."""
        return self.at_observation == ALL_DIMENSIONS

    @property
    def has_time(self) -> bool:
        """Whether there is a dimension of the name that the base types know."""
        return any(dimension.id == TIME_DIMENSION for dimension in self.structure.dimensions)

    @property
    def of_observation(self) -> tuple[Dimension, ...]:
        """The dimensions that an observation has."""
        return tuple(one for one in self.structure.dimensions if self.is_flat or one.id == self.at_observation)

    @property
    def of_series(self) -> tuple[Dimension, ...]:
        """The dimensions that a series has."""
        return tuple(one for one in self.structure.dimensions if one not in self.of_observation)

    def of_group(self, group: Group) -> tuple[Dimension, ...]:
        """Return the dimensions that a group has."""
        return tuple(one for one in self.structure.dimensions if one.id in group.dimensions)

    @property
    def dataset_attributes(self) -> tuple[Attribute, ...]:
        """The attributes of the data set."""
        return self._attributes_at(Level.DATASET)

    @property
    def observation_attributes(self) -> tuple[Attribute, ...]:
        """The attributes that an observation can have: its own, and those of dimensions of which it has one."""
        return tuple(one for one in self.structure.attributes if self._is_of_observation(one.relationship))

    @property
    def series_attributes(self) -> tuple[Attribute, ...]:
        """The attributes that a series can have: those of dimensions that are not those of observations."""
        at_dimensions = self._attributes_at(Level.DIMENSIONS)
        return tuple(
            one
            for one in at_dimensions
            if not one.relationship.attachment_groups and not self._is_of_observation(one.relationship)
        )

    def group_attributes(self, groups: Iterable[Group]) -> tuple[Attribute, ...]:
        """Return the attributes that any of some groups has, by its relationship or as attachment group."""
        ids = {group.id for group in groups}
        return tuple(
            one
            for one in self.structure.attributes
            if (one.relationship.level is Level.GROUP and one.relationship.group in ids)
            or not ids.isdisjoint(one.relationship.attachment_groups)
        )

    def has_metadata(self, *levels: Level) -> bool:
        """Return whether metadata attributes of any of some levels can be reported with the data."""
        return any(relationship.level in levels for _, relationship in self.structure.metadata_attributes)

    def _attributes_at(self, level: Level) -> tuple[Attribute, ...]:
        return tuple(one for one in self.structure.attributes if one.relationship.level is level)

    def _is_of_observation(self, relationship: Relationship) -> bool:
        if relationship.level is Level.OBSERVATION:
            return True
        if relationship.level is not Level.DIMENSIONS or relationship.attachment_groups:
            return False
        return self.is_flat or self.at_observation in relationship.dimensions
