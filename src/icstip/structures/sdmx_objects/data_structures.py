"""Data structures, dataflows and provision agreements, in both directions."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, TypedDict

from sdmx.model import common, v21, v30

from icstip.artefacts.base import Annotation, Maintainable, Reference, Representation
from icstip.artefacts.data_structure import (
    Attribute,
    Component,
    Dataflow,
    DataStructure,
    Dimension,
    Group,
    Level,
    Measure,
    ProvisionAgreement,
    Relationship,
)
from icstip.errors import StructureError
from icstip.structures.relationships import relationship_of
from icstip.structures.sdmx_objects.parts import Losses, Reading, identifiable, identified, maintainable, truth
from icstip.structures.sdmx_objects.references import Targets, reference_of
from icstip.structures.sdmx_objects.representations import read_representation, to_representation

_DIMENSIONS: Final[Mapping[str, type]] = {
    "Dimension": common.Dimension,
    "TimeDimension": common.TimeDimension,
    "MeasureDimension": v21.MeasureDimension,
}
_ATTRIBUTES: Final[Mapping[str, type]] = {
    "DataAttribute": common.DataAttribute,
    "ReportingYearStartDay": v21.ReportingYearStartDay,
}


class _ComponentFields(TypedDict):
    id: str
    uri: str | None
    annotations: tuple[Annotation, ...]
    concept: Reference
    roles: tuple[Reference, ...]
    representation: Representation | None


def fill_data_structure(
    artefact: DataStructure, dsd: v30.DataStructureDefinition, targets: Targets, losses: Losses
) -> None:
    """Add the components to the object of a data structure."""
    losses.lost("evolving", there=artefact.evolving)
    dimensions = [
        _DIMENSIONS[dimension.kind](order=position, **_component(dimension, targets, losses))
        for position, dimension in enumerate(artefact.dimensions, start=1)
    ]
    groups = [_group(group, dimensions, losses) for group in artefact.groups]
    related = _Related({dimension.id: dimension for dimension in dimensions}, {group.id: group for group in groups})
    attributes = [
        *(_attribute(attribute, related, targets, losses) for attribute in artefact.attributes),
        *(_metadata_attribute(name, to, related, losses) for name, to in artefact.metadata_attributes),
    ]
    measures = [_measure(measure, targets, losses) for measure in artefact.measures]
    dsd.dimensions = common.DimensionDescriptor(id="DimensionDescriptor", components=dimensions)
    dsd.group_dimensions = related.groups
    dsd.attributes = common.AttributeDescriptor(id="AttributeDescriptor", components=attributes)
    dsd.measures = v30.MeasureDescriptor(id="MeasureDescriptor", components=measures)
    dsd.metadata = None if artefact.metadata is None else targets.find(artefact.metadata, losses)


def fill_dataflow(artefact: Dataflow, dataflow: v30.Dataflow, targets: Targets, losses: Losses) -> None:
    """Add the data structure to the object of a dataflow."""
    losses.lost("dimension-constraint", there=artefact.dimensions)
    if artefact.structure is not None:
        dataflow.structure = targets.find(artefact.structure, losses)


def fill_provision_agreement(
    artefact: ProvisionAgreement, agreement: common.ProvisionAgreement, targets: Targets, losses: Losses
) -> None:
    """Add dataflow and provider to the object of a provision agreement."""
    agreement.structure_usage = targets.find(artefact.dataflow, losses)
    agreement.data_provider = targets.find(artefact.provider, losses)


def read_data_structure(dsd: common.BaseDataStructureDefinition, reading: Reading) -> Iterator[Maintainable]:
    """Yield the artefact of a data structure of SDMX 2.1 or 3.0, a time dimension as the last of its dimensions.

    Raises:
        StructureError: It has no agency; or a component has no concept, an attribute no relationship, or a concept no
            scheme.
    """
    fields = maintainable(dsd, reading)
    where = Reference("DataStructure", fields["agency"], fields["id"], fields["version"])
    for components in (dsd.dimensions, dsd.attributes, dsd.measures):
        reading.not_read(f"{type(components).__name__}.annotations", where, there=components.annotations)
    dimensions = [_read_dimension(dimension, dsd, reading, where) for dimension in dsd.dimensions]
    metadata = getattr(dsd, "metadata", None)
    yield DataStructure(
        **fields,
        dimensions=tuple(sorted(dimensions, key=lambda dimension: dimension.kind == "TimeDimension")),
        groups=tuple(_read_group(group, reading, where) for group in dsd.group_dimensions.values()),
        attributes=tuple(_read_attributes(dsd, reading, where)),
        measures=tuple(Measure(**_component_fields(measure, dsd, reading, where)) for measure in dsd.measures),
        metadata=None if metadata is None else reference_of(metadata),
        metadata_attributes=tuple(_read_metadata_attributes(dsd, reading, where)),
    )


def read_dataflow(dataflow: common.BaseDataflow, reading: Reading) -> Iterator[Maintainable]:
    """Yield the artefact of a dataflow.

    Raises:
        StructureError: It, or its data structure, has no agency.
    """
    structure = dataflow.structure  # sdmx1 makes up one without an id
    known = structure is not None and structure.id is not common.MissingID
    yield Dataflow(**maintainable(dataflow, reading), structure=reference_of(structure) if known else None)


def read_provision_agreement(agreement: common.ProvisionAgreement, reading: Reading) -> Iterator[Maintainable]:
    """Yield the artefact of a provision agreement; one without dataflow or provider is not read.

    Raises:
        StructureError: It, or what it refers to, has no agency.
    """
    fields = maintainable(agreement, reading)
    dataflow, provider = reference_of(agreement.structure_usage), reference_of(agreement.data_provider)
    if dataflow is None or provider is None:
        where = Reference("ProvisionAgreement", fields["agency"], fields["id"], fields["version"])
        reading.not_read("ProvisionAgreement", where)
    else:
        yield ProvisionAgreement(**fields, dataflow=dataflow, provider=provider)


class _Related:
    """The dimensions and groups that attributes are related to."""

    def __init__(
        self,
        dimensions: dict[str, common.DimensionComponent],
        groups: dict[str, common.GroupDimensionDescriptor],
    ) -> None:
        self._dimensions = dimensions
        self.groups = groups

    def dimension(self, name: str) -> common.DimensionComponent:
        """Return the dimension of an id; one that there is not knows nothing but its id."""
        return self._dimensions[name] if name in self._dimensions else common.Dimension(id=name)

    def group(self, name: str) -> common.GroupDimensionDescriptor:
        """Return the group of an id; one that there is not knows nothing but its id."""
        return self.groups[name] if name in self.groups else common.GroupDimensionDescriptor(id=name)


def _component(component: Component, targets: Targets, losses: Losses) -> dict[str, object]:
    at = losses.at(component.id)
    role = {}
    if component.roles and getattr(component, "kind", "") != "TimeDimension":
        role = {"concept_role": targets.find(component.roles[0], at)}
    at.lost("further-roles" if role else "roles", there=component.roles[len(role) :])
    return {
        **identified(component, at),
        "concept_identity": targets.find(component.concept, at),
        "local_representation": to_representation(component.representation, targets, at),
        **role,
    }


def _group(
    group: Group, dimensions: Iterable[common.DimensionComponent], losses: Losses
) -> common.GroupDimensionDescriptor:
    at = losses.at(group.id)
    at.lost("group-constraint", there=group.attachment_constraint)
    related = _Related({dimension.id: dimension for dimension in dimensions}, {})
    built = common.GroupDimensionDescriptor(**identified(group, at))
    built.components = [related.dimension(name) for name in group.dimensions]  # in their own order
    return built


def _attribute(attribute: Attribute, related: _Related, targets: Targets, losses: Losses) -> common.DataAttribute:
    return _ATTRIBUTES[attribute.kind](
        related_to=_to_relationship(attribute.relationship, related, losses.at(attribute.id)),
        usage_status=common.UsageStatus.mandatory if attribute.mandatory else common.UsageStatus.conditional,
        **_component(attribute, targets, losses),
    )


def _metadata_attribute(
    name: str, relationship: Relationship, related: _Related, losses: Losses
) -> v30.MetadataAttributeUsage:
    return v30.MetadataAttributeUsage(
        id=name,
        metadata_attribute=common.MetadataAttribute(id=name),
        related_to=_to_relationship(relationship, related, losses.at(name)),
    )


def _measure(measure: Measure, targets: Targets, losses: Losses) -> v30.Measure:
    losses.at(measure.id).lost("mandatory-measure", there=measure.mandatory)
    return v30.Measure(**_component(measure, targets, losses))


def _to_relationship(relationship: Relationship, related: _Related, losses: Losses) -> common.AttributeRelationship:
    losses.lost("measure-relationship", there=relationship.measures)
    match relationship.level:
        case Level.OBSERVATION:
            return v30.ObservationRelationship()
        case Level.DATASET:
            return v30.DataflowRelationship()
        case Level.GROUP:
            return common.GroupRelationship(group_key=related.group(relationship.group))
        case Level.DIMENSIONS:
            groups = relationship.attachment_groups
            losses.lost("attachment-groups", there=groups[1:])
            return common.DimensionRelationship(
                dimensions=[related.dimension(name) for name in relationship.dimensions],
                group_key=related.group(groups[0]) if groups else None,
            )


def _component_fields(
    component: common.Component, dsd: common.BaseDataStructureDefinition, reading: Reading, where: Reference
) -> _ComponentFields:
    role = getattr(component, "concept_role", None)
    if component.concept_identity is None:
        raise StructureError("component-without-concept", where=f"{dsd.id}.{component.id}")
    return {
        **identifiable(component),
        "concept": _concept(component.concept_identity),
        "roles": () if role is None else (_concept(role),),
        "representation": read_representation(component.local_representation, reading, where),
    }


def _concept(concept: common.Concept) -> Reference:
    reference = reference_of(concept)
    if reference is None:
        raise StructureError("concept-without-scheme", where=str(concept.id))
    return reference


def _read_dimension(
    dimension: common.DimensionComponent,
    dsd: common.BaseDataStructureDefinition,
    reading: Reading,
    where: Reference,
) -> Dimension:
    kind = _kind_of(dimension, _DIMENSIONS, "Dimension")
    return Dimension(**_component_fields(dimension, dsd, reading, where), kind=kind)


def _read_group(group: common.GroupDimensionDescriptor, reading: Reading, where: Reference) -> Group:
    reading.not_read("AttachmentConstraint", where, there=truth(group.attachment_constraint))
    return Group(**identifiable(group), dimensions=tuple(str(dimension.id) for dimension in group.components))


def _read_attributes(
    dsd: common.BaseDataStructureDefinition, reading: Reading, where: Reference
) -> Iterator[Attribute]:
    for attribute in dsd.attributes:
        if isinstance(attribute, common.DataAttribute):
            yield Attribute(
                **_component_fields(attribute, dsd, reading, where),
                relationship=_relationship_of(attribute, dsd),
                mandatory=getattr(attribute.usage_status, "name", "") == "mandatory",
                kind=_kind_of(attribute, _ATTRIBUTES, "DataAttribute"),
            )
        elif not isinstance(attribute, v30.MetadataAttributeUsage):
            reading.not_read(type(attribute).__name__, where)


def _read_metadata_attributes(
    dsd: common.BaseDataStructureDefinition, reading: Reading, where: Reference
) -> Iterator[tuple[str, Relationship]]:
    for usage in dsd.attributes:
        if isinstance(usage, v30.MetadataAttributeUsage):
            if relationship_of(usage, dsd) is None:  # the reader of sdmx1 does not keep all relationships
                reading.not_read("MetadataAttributeUsage", where)
            else:
                yield str(usage.id), _relationship_of(usage, dsd)


def _relationship_of(attribute: common.AttributeComponent, dsd: common.BaseDataStructureDefinition) -> Relationship:
    match relationship_of(attribute, dsd):
        case v30.ObservationRelationship() | v30.MeasureRelationship() | v21.PrimaryMeasureRelationship():
            return Relationship(Level.OBSERVATION)
        case v30.DataflowRelationship() | v21.NoSpecifiedRelationship():
            return Relationship(Level.DATASET)
        case common.DimensionRelationship(dimensions=dimensions, group_key=group):
            return Relationship(
                Level.DIMENSIONS,
                dimensions=tuple(str(dimension.id) for dimension in dimensions),
                attachment_groups=() if group is None else (str(group.id),),
            )
        case common.GroupRelationship(group_key=group) if group is not None:
            return Relationship(Level.GROUP, group=str(group.id))
        case _:
            raise StructureError("attribute-unattached", where=f"{dsd.id}.{attribute.id}")


def _kind_of(component: common.Component, kinds: Mapping[str, type], default: str) -> str:
    return next((kind for kind, cls in kinds.items() if type(component) is cls), default)
