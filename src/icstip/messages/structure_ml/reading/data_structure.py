"""Data structures, dataflows, provision agreements and categorisations."""

from collections.abc import Iterator
from typing import Final, TypedDict

from icstip.artefacts.base import Reference, Representation
from icstip.artefacts.data_structure import (
    PRIMARY_MEASURE,
    TIME_DIMENSION,
    Attribute,
    Categorisation,
    Dataflow,
    DataStructure,
    Dimension,
    Group,
    Level,
    Measure,
    ProvisionAgreement,
    Relationship,
)
from icstip.artefacts.fields import IdentifiableFields
from icstip.messages.structure_ml.dialect import REPORTING_YEAR_START_DAY
from icstip.messages.structure_ml.reading.artefact import identifiable, maintainable
from icstip.messages.structure_ml.reading.base import Node, NotUnderstoodError
from icstip.messages.structure_ml.reading.reference import (
    local_id,
    local_ids,
    reference_if_any,
    reference_in,
    references_in,
)
from icstip.messages.structure_ml.reading.representation import representation

_DIMENSIONS: Final = ("Dimension", "MeasureDimension", "TimeDimension")
_ATTRIBUTES: Final = ("Attribute", "ReportingYearStartDay")
_MEASURES: Final = ("Measure", "PrimaryMeasure")

# Ids that the schemas fix, so that they need not be said.
_FIXED_IDS: Final = {
    "TimeDimension": TIME_DIMENSION,
    "PrimaryMeasure": PRIMARY_MEASURE,
    "ReportingYearStartDay": REPORTING_YEAR_START_DAY,
}
_WITHOUT_IDS: Final = {
    "None": Level.DATASET,
    "Dataflow": Level.DATASET,
    "PrimaryMeasure": Level.OBSERVATION,
    "Observation": Level.OBSERVATION,
}


class _ComponentFields(IdentifiableFields):
    concept: Reference
    representation: Representation | None
    roles: tuple[Reference, ...]


class _Parts(TypedDict):
    dimensions: tuple[Dimension, ...]
    groups: tuple[Group, ...]
    attributes: tuple[Attribute, ...]
    measures: tuple[Measure, ...]
    metadata_attributes: tuple[tuple[str, Relationship], ...]


def data_structure(node: Node) -> DataStructure:
    """Return a data structure."""
    head = maintainable(node)
    evolving = node.reading.dialect.has_evolving and (node.truth("evolvingStructure") or False)
    metadata = reference_if_any(node, "MetadataStructure", "Metadata")
    components = node.node("DataStructureComponents")
    if components is None:
        return DataStructure(**head, metadata=metadata, evolving=evolving)
    with components:
        return DataStructure(**head, **_parts(components), metadata=metadata, evolving=evolving)


def dataflow(node: Node) -> Dataflow:
    """Return a dataflow."""
    head = maintainable(node)
    structure = reference_if_any(node, "DataStructure", "Structure")
    constraint = node.node("DimensionConstraint") if node.reading.dialect.has_dimension_constraint else None
    if constraint is None:
        return Dataflow(**head, structure=structure)
    with constraint:
        return Dataflow(**head, structure=structure, dimensions=local_ids(constraint, "Dimension"))


def provision_agreement(node: Node) -> ProvisionAgreement:
    """Return a provision agreement.

    Raises:
        NotUnderstoodError: Its dataflow or provider is absent or not understood; it may be one of metadata.
    """
    head = maintainable(node)
    flow = reference_in(node, "Dataflow", "StructureUsage", "Dataflow")
    if flow.kind != "Dataflow":
        raise NotUnderstoodError(flow.kind)
    return ProvisionAgreement(**head, dataflow=flow, provider=reference_in(node, "DataProvider", "DataProvider"))


def categorisation(node: Node) -> Categorisation:
    """Return a categorisation.

    Raises:
        NotUnderstoodError: Its source or target is absent or not understood.
    """
    head = maintainable(node)
    return Categorisation(
        **head, source=reference_in(node, "", "Source"), target=reference_in(node, "Category", "Target")
    )


def _parts(node: Node) -> _Parts:
    attributes = tuple(_in_list(node, "AttributeList", *_ATTRIBUTES, "MetadataAttributeUsage"))
    dimensions = tuple(map(_dimension, _in_list(node, "DimensionList", *_DIMENSIONS)))
    return {
        # The order of the document is that of the dimensions, whatever ``position`` says (SDMX-ML XSD).
        "dimensions": tuple(sorted(dimensions, key=lambda dimension: dimension.kind == "TimeDimension")),
        "groups": tuple(map(_group, node.nodes("Group"))),
        "attributes": tuple(_attribute(part) for part in attributes if part.name in _ATTRIBUTES),
        "measures": tuple(map(_measure, _in_list(node, "MeasureList", *_MEASURES))),
        "metadata_attributes": tuple(_metadata_attribute(part) for part in attributes if part.name not in _ATTRIBUTES),
    }


def _in_list(node: Node, name: str, *parts: str) -> Iterator[Node]:
    """Yield the components of a list of components, of which nothing else says anything that is not known."""
    box = node.node(name)
    if box is not None:
        with box:
            box.drop("id", "urn", "uri")
            yield from box.nodes(*parts)


def _component(node: Node, *, enumeration: str = "Codelist", data_type: str | None = None) -> _ComponentFields:
    concept = reference_in(node, "Concept", "ConceptIdentity")
    return {
        **identifiable(node, _FIXED_IDS.get(node.name) or concept.item),
        "concept": concept,
        "representation": representation(node, "LocalRepresentation", enumeration=enumeration, data_type=data_type),
        "roles": references_in(node, "Concept", "ConceptRole"),
    }


def _dimension(node: Node) -> Dimension:
    with node:
        node.drop("position", "type")
        is_measure, is_time = node.name == "MeasureDimension", node.name == "TimeDimension"
        fields = _component(
            node,
            enumeration="ConceptScheme" if is_measure else "Codelist",
            data_type="ObservationalTimePeriod" if is_time else None,
        )
        return Dimension(**fields, kind=node.name)


def _measure(node: Node) -> Measure:
    with node:
        return Measure(**_component(node), mandatory=_mandatory(node))


def _attribute(node: Node) -> Attribute:
    with node:
        kind = node.name if node.name == "ReportingYearStartDay" else "DataAttribute"
        fields = _component(node)
        measures = node.node("MeasureRelationship")
        about: tuple[str, ...] = ()
        if measures is not None:
            with measures:
                about = local_ids(measures, "Measure")
        return Attribute(**fields, kind=kind, mandatory=_mandatory(node), relationship=_relationship(node, about))


def _metadata_attribute(node: Node) -> tuple[str, Relationship]:
    with node:
        node.drop("urn")
        reference = node.child("MetadataAttributeReference")
        if reference is None:
            raise NotUnderstoodError("MetadataAttributeReference")
        return local_id(reference, node.reading), _relationship(node)


def _mandatory(node: Node) -> bool:
    attribute, mandatory, optional = node.reading.dialect.usage
    return node.choice(attribute, mandatory, optional) == mandatory


def _relationship(node: Node, measures: tuple[str, ...] = ()) -> Relationship:
    box = node.node("AttributeRelationship")
    if box is None:
        raise NotUnderstoodError("AttributeRelationship")
    with box:
        dimensions, groups = _dimension_ids(box), local_ids(box, "Group")
        if dimensions:
            attachment = local_ids(box, "AttachmentGroup")
            return Relationship(Level.DIMENSIONS, dimensions, attachment_groups=attachment, measures=measures)
        if groups:
            return Relationship(Level.GROUP, group=groups[0], measures=measures)
        for name, level in _WITHOUT_IDS.items():
            if box.child(name) is not None:
                return Relationship(level, measures=measures)
    raise NotUnderstoodError("AttributeRelationship")


def _dimension_ids(box: Node) -> tuple[str, ...]:
    reading = box.reading
    children = box.children("Dimension")
    if any(child.get("optional", "false").strip() not in {"false", "0"} for child in children):
        reading.not_read("Dimension@optional")
    return tuple(local_id(child, reading) for child in children)


def _group(node: Node) -> Group:
    with node:
        return Group(
            **identifiable(node),
            dimensions=tuple(map(_group_dimension, node.nodes("GroupDimension"))),
            attachment_constraint=reference_if_any(node, "AttachmentConstraint", "AttachmentConstraint"),
        )


def _group_dimension(node: Node) -> str:
    with node:
        dimension = node.child("DimensionReference")
        if dimension is None:
            raise NotUnderstoodError("DimensionReference")
        return local_id(dimension, node.reading)
