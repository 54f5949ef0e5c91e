"""Data structures, dataflows and provision agreements."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from icstip.artefacts.base import Identifiable, Maintainable, Reference, Representation

PRIMARY_MEASURE: Final = "OBS_VALUE"
"""The one id of a measure in SDMX 2.1, SDMX-CSV 1.0 and SDMX-JSON 1.0, whatever its concept is."""

TIME_DIMENSION: Final = "TIME_PERIOD"
"""The one id of a time dimension."""


class Level(StrEnum):
    """What an attribute is related to (SDMX 3.0 §2 5.3.3)."""

    DATASET = "dataset"
    DIMENSIONS = "dimensions"
    GROUP = "group"
    OBSERVATION = "observation"


@dataclass(frozen=True, slots=True)
class Relationship:
    """What an attribute is related to.

    Attributes:
        level: The level.
        dimensions: Ids of the dimensions, in order, when the level is dimensions.
        group: Id of the group when the level is group.
        attachment_groups: Ids of the groups in which an attribute of dimensions can be reported (SDMX 2.1).
        measures: Ids of the measures that it is about; empty for all of them (SDMX 3.0).
    """

    level: Level
    dimensions: tuple[str, ...] = ()
    group: str = ""
    attachment_groups: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Component(Identifiable):
    """A component of a data structure."""

    concept: Reference
    roles: tuple[Reference, ...] = ()
    representation: Representation | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dimension(Component):
    """A dimension; `kind` is ``Dimension``, ``TimeDimension`` or (SDMX 2.1) ``MeasureDimension``."""

    kind: str = "Dimension"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribute(Component):
    """An attribute. `kind` is ``DataAttribute`` or (SDMX 2.1) ``ReportingYearStartDay``."""

    relationship: Relationship
    mandatory: bool = False
    kind: str = "DataAttribute"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure(Component):
    """A measure. In SDMX 2.1 it is the primary measure."""

    mandatory: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Group(Identifiable):
    """A group of dimensions in order.

    Attributes:
        dimensions: Their ids.
        attachment_constraint: Constraint that the group is made by instead (SDMX 2.1).
    """

    dimensions: tuple[str, ...] = ()
    attachment_constraint: Reference | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DataStructure(Maintainable):
    """A data structure definition.

    Attributes:
        dimensions: The dimensions in their order. A time dimension is the last one.
        metadata: The metadata structure whose attributes data can have (SDMX 3.0).
        metadata_attributes: Usages of its attributes: id and relationship (SDMX 3.0).
        evolving: Whether a minor version may add dimensions (SDMX 3.1).
    """

    dimensions: tuple[Dimension, ...] = ()
    groups: tuple[Group, ...] = ()
    attributes: tuple[Attribute, ...] = ()
    measures: tuple[Measure, ...] = ()
    metadata: Reference | None = None
    metadata_attributes: tuple[tuple[str, Relationship], ...] = ()
    evolving: bool = False

    @property
    def components(self) -> tuple[Component, ...]:
        """All components: dimensions, measures, attributes."""
        return (*self.dimensions, *self.measures, *self.attributes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dataflow(Maintainable):
    """A dataflow.

    Attributes:
        structure: Its data structure; None for one that stands elsewhere.
        dimensions: Ids of the dimensions that it is constrained to (SDMX 3.1); empty for all.
    """

    structure: Reference | None = None
    dimensions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvisionAgreement(Maintainable):
    """The agreement that a provider sends data of a dataflow."""

    dataflow: Reference
    provider: Reference


@dataclass(frozen=True, slots=True, kw_only=True)
class Categorisation(Maintainable):
    """That an artefact belongs to a category."""

    source: Reference
    target: Reference
