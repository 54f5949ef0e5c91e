"""Schemas from any data structure of sdmx1: ours, a registry's, one of SDMX 3.0 or 2.1."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

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

from icstip.artefacts.base import Texts
from icstip.errors import StructureError
from icstip.schema.model import NOTHING_REFUSED, ArtefactKey, Column, Level, Schema
from icstip.standard.model import Role
from icstip.structures.data_types import data_type_name
from icstip.structures.relationships import relationship_of


def schema_from_sdmx1(
    dsd: BaseDataStructureDefinition,
    dataflow: BaseDataflow | None = None,
    refused: Mapping[str, frozenset[str]] = NOTHING_REFUSED,
) -> Schema:
    """Return the schema of the data of a structure: `icstip.schema.Schema.from_dsd`.

    The reader of sdmx1 does not keep what SDMX-ML 3.0 says about the usage of attributes.

    Raises:
        StructureError: The codes of a list are not there or not resolved, or an attribute does not say its level.
    """
    return Schema(
        structure=_key(dsd),
        dataflow=None if dataflow is None else _key(dataflow),
        columns=tuple(_columns(dsd)),
        refused=MappingProxyType(dict(refused)),
        groups=MappingProxyType(
            {name: tuple(one.id for one in group.components) for name, group in dsd.group_dimensions.items()}
        ),
        name=_texts(dsd if dataflow is None else dataflow),
    )


def _key(artefact: MaintainableArtefact) -> ArtefactKey:
    agency = artefact.maintainer.id if artefact.maintainer else ""
    # SDMX 2.1: an artefact without a version is version 1.0.
    return ArtefactKey(agency, artefact.id, str(artefact.version or "1.0"))


def _columns(dsd: BaseDataStructureDefinition) -> Iterator[Column]:
    for dimension in dsd.dimensions:
        is_time = isinstance(dimension, TimeDimension)
        yield _column(dimension, Role.TIME_DIMENSION if is_time else Role.DIMENSION, dsd, mandatory=True)
    for measure in dsd.measures:
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
        code_names={} if codelist is None else _code_names(codelist),
        parents={} if codelist is None else _parents(codelist),
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


def _parents(codelist: ItemScheme) -> Mapping[str, str]:
    items = () if isinstance(codelist, v30.ValueList) else codelist.items.values()
    parents = ((item.id, getattr(item, "parent", None)) for item in items)
    return {code: parent.id for code, parent in parents if parent is not None and parent.id in codelist.items}


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
