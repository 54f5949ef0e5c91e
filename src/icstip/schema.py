"""What a data set must look like, from any data structure of sdmx1: ours, a registry's, SDMX 3.0 or 2.1."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType
from typing import Self

from sdmx.model import v21, v30
from sdmx.model.common import (
    AttributeRelationship,
    BaseDataflow,
    BaseDataStructureDefinition,
    Component,
    DataAttribute,
    DimensionComponent,
    DimensionRelationship,
    GroupRelationship,
    ItemScheme,
    MaintainableArtefact,
    Representation,
    TimeDimension,
    UsageStatus,
)

from icstip.artefacts.base import Texts, no_texts
from icstip.errors import StructureError
from icstip.standard.model import Role
from icstip.structures.data_types import data_type_name
from icstip.structures.relationships import relationship_of

NOTHING_REFUSED: Mapping[str, frozenset[str]] = MappingProxyType({})
_NOTHING: Mapping[str, Texts] = MappingProxyType({})


def _no_names() -> Mapping[str, Texts]:
    return _NOTHING


class Level(StrEnum):
    """The level at which an attribute is reported (SDMX 3.0 §2 5.3.3)."""

    OBSERVATION = "observation"
    SERIES = "series"
    GROUP = "group"
    DATASET = "dataset"


@dataclass(frozen=True, slots=True)
class ArtefactKey:
    """What identifies a maintainable artefact of a known class."""

    agency: str
    id: str
    version: str

    def __str__(self) -> str:
        return f"{self.agency}:{self.id}({self.version})"


@dataclass(frozen=True, slots=True)
class Column:
    """One component as a column of a data set.

    Attributes:
        id: Component id, which is the name of the column.
        role: Dimension, time dimension, measure or attribute.
        codes: The codes of its code list in their order, or None when it is not coded.
        codelist: Id of the code list, or None.
        data_type: SDMX data type of its values; ``String`` when it is coded.
        attachment: Level of an attribute, else None.
        attached_to: Ids of the dimensions that an attribute of a series or group is related to.
        mandatory: Whether every data set must have it: dimensions, and attributes that say so. The reader of sdmx1 does
            not keep what SDMX-ML 3.0 says about attributes.
        group: Id of the group that an attribute is attached to, or None.
        name: Name of its concept by language.
        code_names: Names of its codes by language.
    """

    id: str
    role: Role
    codes: tuple[str, ...] | None
    codelist: str | None
    data_type: str
    attachment: Level | None
    attached_to: tuple[str, ...]
    mandatory: bool
    group: str | None = None
    name: Texts = field(default_factory=no_texts, compare=False, repr=False)
    code_names: Mapping[str, Texts] = field(default_factory=_no_names, compare=False, repr=False)


@dataclass(frozen=True)
class Schema:
    """What a data set must look like.

    Attributes:
        structure: Agency, id and version of the data structure.
        dataflow: The same of the dataflow that the data belong to, or None.
        columns: Dimensions in their order, then measures, then attributes.
        refused: Codes of a column that its code list has but that data may not use, by column.
        groups: Ids of the dimensions of each group of the structure, by the id of the group.
        known: Whether the structure was at hand. Otherwise the columns are what a message seems to have.
        name: Name of the dataflow, else of the structure, by language.
    """

    structure: ArtefactKey
    dataflow: ArtefactKey | None
    columns: tuple[Column, ...]
    refused: Mapping[str, frozenset[str]] = field(default_factory=dict)
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    known: bool = True
    name: Texts = field(default_factory=no_texts, compare=False, repr=False)

    @classmethod
    def from_dsd(
        cls,
        dsd: BaseDataStructureDefinition,
        dataflow: BaseDataflow | None = None,
        refused: Mapping[str, frozenset[str]] = NOTHING_REFUSED,
    ) -> Self:
        """Return the schema of the data of a structure.

        Args:
            dsd: A data structure of SDMX 3.0 or 2.1, with its concepts and code lists.
            dataflow: The dataflow of the data, where they belong to one.
            refused: Codes that a column may not use although its code list has them, by component id.

        Raises:
            StructureError: The codes of a list are not there, or an attribute says nothing about its level.
        """
        return cls(
            structure=_key(dsd),
            dataflow=None if dataflow is None else _key(dataflow),
            columns=tuple(_columns(dsd)),
            refused=MappingProxyType(dict(refused)),
            groups=MappingProxyType(
                {name: tuple(one.id for one in group.components) for name, group in dsd.group_dimensions.items()}
            ),
            name=_texts(dsd if dataflow is None else dataflow),
        )

    @cached_property
    def by_id(self) -> Mapping[str, Column]:
        """The columns by their id."""
        return {column.id: column for column in self.columns}

    @cached_property
    def dimensions(self) -> tuple[str, ...]:
        """The ids of the dimensions in their order, the time dimension included."""
        return self._of(Role.DIMENSION, Role.TIME_DIMENSION)

    @cached_property
    def series_dimensions(self) -> tuple[str, ...]:
        """The ids of the dimensions that identify a series: all but time."""
        return self._of(Role.DIMENSION)

    @cached_property
    def time_dimension(self) -> str | None:
        """The id of the time dimension, or None when there is none."""
        return next(iter(self._of(Role.TIME_DIMENSION)), None)

    @cached_property
    def measures(self) -> tuple[str, ...]:
        """The ids of the measures."""
        return self._of(Role.MEASURE)

    @cached_property
    def attributes(self) -> tuple[str, ...]:
        """The ids of the attributes in their order."""
        return self._of(Role.ATTRIBUTE)

    def at_level(self, level: Level) -> tuple[str, ...]:
        """Return the ids of the attributes of a level, in their order."""
        return tuple(column.id for column in self.columns if column.attachment is level)

    def _of(self, *roles: Role) -> tuple[str, ...]:
        return tuple(column.id for column in self.columns if column.role in roles)


def _key(artefact: MaintainableArtefact) -> ArtefactKey:
    agency = artefact.maintainer.id if artefact.maintainer else ""
    # SDMX 2.1: an artefact without a version is version 1.0.
    return ArtefactKey(agency, artefact.id, str(artefact.version or "1.0"))


def _columns(dsd: BaseDataStructureDefinition) -> Iterator[Column]:
    for dimension in dsd.dimensions:
        is_time = isinstance(dimension, TimeDimension)
        yield _column(dimension, Role.TIME_DIMENSION if is_time else Role.DIMENSION, dsd, mandatory=True)
    for measure in dsd.measures:
        # A value may be missing in every format, and sdmx1 does not keep the usage of a measure.
        yield _column(measure, Role.MEASURE, dsd, mandatory=False)
    for attribute in dsd.attributes:
        if isinstance(attribute, DataAttribute):
            mandatory = attribute.usage_status is UsageStatus.mandatory
            yield _column(attribute, Role.ATTRIBUTE, dsd, mandatory=mandatory)


def _column(component: Component, role: Role, dsd: BaseDataStructureDefinition, *, mandatory: bool) -> Column:
    codelist = _codelist(component)
    relationship = relationship_of(component, dsd) if role is Role.ATTRIBUTE else None
    return Column(
        id=component.id,
        role=role,
        codes=None if codelist is None else _codes(codelist, where=f"{dsd.id}.{component.id}"),
        codelist=None if codelist is None else codelist.id,
        data_type="String" if codelist is not None else _data_type(component, role),
        attachment=_level(relationship, where=f"{dsd.id}.{component.id}") if role is Role.ATTRIBUTE else None,
        attached_to=tuple(dimension.id for dimension in _attached_to(relationship)),
        mandatory=mandatory,
        group=_group(relationship, dsd),
        name=_texts(component.concept_identity),
        code_names=_no_names() if codelist is None else _code_names(codelist),
    )


def _representations(component: Component) -> Iterator[Representation]:
    # SDMX 3.0 §2 5.3.2: the representation of the component goes before the one of its concept.
    local = component.local_representation
    core = getattr(component.concept_identity, "core_representation", None)
    return (representation for representation in (local, core) if representation is not None)


def _codelist(component: Component) -> ItemScheme | None:
    representation = next(_representations(component), None)
    return None if representation is None else representation.enumerated


def _codes(codelist: ItemScheme, *, where: str) -> tuple[str, ...]:
    if getattr(codelist, "extends", None):
        raise StructureError("codelist-extended", where=where, codelist=codelist.id)
    if codelist.is_external_reference and not codelist.items:
        raise StructureError("codelist-absent", where=where, codelist=codelist.id)
    return tuple(item.id for item in codelist.items) if isinstance(codelist, v30.ValueList) else tuple(codelist.items)


def _code_names(codelist: ItemScheme) -> Mapping[str, Texts]:
    items = codelist.items if isinstance(codelist, v30.ValueList) else codelist.items.values()
    return {item.id: _texts(item) for item in items}


def _texts(nameable: object) -> Texts:
    """Return the names of something of sdmx1 by language; nothing for what has none."""
    name = getattr(nameable, "name", None)
    return dict(getattr(name, "localizations", None) or {})


def _group(relationship: AttributeRelationship | None, dsd: BaseDataStructureDefinition) -> str | None:
    if not isinstance(relationship, GroupRelationship) or relationship.group_key is None:
        return None
    return next((name for name, group in dsd.group_dimensions.items() if group is relationship.group_key), None)


def _data_type(component: Component, role: Role) -> str:
    for representation in _representations(component):
        for facet in representation.non_enumerated:
            if facet.value_type is not None:
                return data_type_name(facet.value_type)
    return "ObservationalTimePeriod" if role is Role.TIME_DIMENSION else "String"


def _attached_to(relationship: AttributeRelationship | None) -> tuple[DimensionComponent, ...]:
    if isinstance(relationship, DimensionRelationship):
        return tuple(relationship.dimensions)
    if isinstance(relationship, GroupRelationship) and relationship.group_key is not None:
        return tuple(relationship.group_key.components)
    return ()


def _level(relationship: AttributeRelationship | None, *, where: str) -> Level:
    match relationship:
        case v30.ObservationRelationship() | v21.PrimaryMeasureRelationship():
            return Level.OBSERVATION
        case v30.DataflowRelationship() | v21.NoSpecifiedRelationship():
            return Level.DATASET
        case GroupRelationship():
            return Level.GROUP
        case DimensionRelationship():
            if any(isinstance(dimension, TimeDimension) for dimension in relationship.dimensions):
                return Level.OBSERVATION
            return Level.SERIES if relationship.group_key is None else Level.GROUP
        case _:
            raise StructureError("attribute-unattached", where=where)
