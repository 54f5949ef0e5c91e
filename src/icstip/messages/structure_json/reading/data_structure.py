"""Data structures, dataflows, provision agreements and categorisations."""

from collections.abc import Iterator
from typing import TypedDict

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
from icstip.messages.structure_json.reading.artefact import identifiable, maintainable
from icstip.messages.structure_json.reading.base import Node, NotUnderstoodError
from icstip.messages.structure_json.reading.representation import representation


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


def data_structure(node: Node, kind: str) -> DataStructure:
    """Return a data structure.

    Raises:
        FormatError: An id is missing.
        NotUnderstoodError: A reference or the relationship of an attribute is missing or not understood.
    """
    dialect = node.reading.dialect
    head = maintainable(node, kind)
    evolving = dialect.has_evolving and (node.truth("evolvingStructure") or False)
    metadata = node.reference_if_any("metadata") if dialect.has_metadata_attributes else None
    components = node.node("dataStructureComponents")
    if components is None:
        return DataStructure(**head, metadata=metadata, evolving=evolving)
    with components:
        return DataStructure(**head, **_parts(components), metadata=metadata, evolving=evolving)


def dataflow(node: Node, kind: str) -> Dataflow:
    """Return a dataflow.

    Raises:
        FormatError: An id is missing.
        NotUnderstoodError: Its data structure is not understood.
    """
    head = maintainable(node, kind)
    structure = node.reference_if_any("structure")
    has_constraint = node.reading.dialect.has_dimension_constraint
    return Dataflow(
        **head, structure=structure, dimensions=node.strings("dimensionConstraint") if has_constraint else ()
    )


def provision_agreement(node: Node, kind: str) -> ProvisionAgreement:
    """Return a provision agreement.

    Raises:
        FormatError: An id is missing.
        NotUnderstoodError: Its dataflow or provider is missing or not understood; it may be one of metadata.
    """
    head = maintainable(node, kind)
    flow = node.reference(node.reading.dialect.provision_flow_key)
    if flow.kind != "Dataflow":
        raise NotUnderstoodError(flow.kind)
    return ProvisionAgreement(**head, dataflow=flow, provider=node.reference("dataProvider"))


def categorisation(node: Node, kind: str) -> Categorisation:
    """Return a categorisation.

    Raises:
        FormatError: An id is missing.
        NotUnderstoodError: Its source or target is missing or not understood.
    """
    head = maintainable(node, kind)
    return Categorisation(**head, source=node.reference("source"), target=node.reference("target"))


def _parts(node: Node) -> _Parts:
    attributes: tuple[Attribute, ...] = ()
    metadata_attributes: tuple[tuple[str, Relationship], ...] = ()
    box = _list(node, "attributeList")
    if box is not None:
        with box:
            ordinary = tuple(_attribute(part, "DataAttribute") for part in box.nodes("attributes"))
            start_days = (_attribute(part, "ReportingYearStartDay") for part in box.nodes("reportingYearStartDays"))
            attributes = (*ordinary, *start_days)
            metadata_attributes = tuple(map(_metadata_attribute, box.nodes("metadataAttributeUsages")))
    return {
        "dimensions": tuple(_dimensions(node)),
        "groups": tuple(map(_group, node.nodes("groups"))),
        "attributes": attributes,
        "measures": tuple(_measures(node)),
        "metadata_attributes": metadata_attributes,
    }


def _list(node: Node, name: str) -> Node | None:
    """Return a list of components, of which nothing else says anything that is not known."""
    box = node.node(name)
    if box is not None:
        box.drop("id", "links")
    return box


def _dimensions(node: Node) -> Iterator[Dimension]:
    box = _list(node, "dimensionList")
    if box is None:
        return
    with box:
        found = [_dimension(part, "Dimension") for part in box.nodes("dimensions")]
        if node.reading.dialect.has_measures:
            yield from (dimension for _, dimension in found)  # in the order of the list (SDMX-JSON schema, position)
            time = box.node("timeDimension")
            if time is not None:
                yield _dimension(time, "TimeDimension")[1]
            return
        found += [_dimension(part, "MeasureDimension") for part in box.nodes("measureDimensions")]
        if all(position is not None for position, _ in found):
            found.sort(key=lambda placed: placed[0] or 0)
        yield from (dimension for _, dimension in found)
        yield from (_dimension(part, "TimeDimension")[1] for part in box.nodes("timeDimensions"))


def _dimension(node: Node, kind: str) -> tuple[int | None, Dimension]:
    with node:
        node.drop("type")
        position = node.whole("position")
        return position, Dimension(**_component(node, TIME_DIMENSION if kind == "TimeDimension" else ""), kind=kind)


def _component(node: Node, default: str = "") -> _ComponentFields:
    concept = node.reference("conceptIdentity")
    return {
        # What has no id of its own has that of its concept (SDMX-JSON field guide).
        **identifiable(node, default or concept.item),
        "concept": concept,
        "representation": representation(node, "localRepresentation"),
        "roles": node.references("conceptRoles"),
    }


def _measures(node: Node) -> Iterator[Measure]:
    box = _list(node, "measureList")
    if box is None:
        return
    with box:
        if not node.reading.dialect.has_measures:
            primary = box.node("primaryMeasure")
            if primary is not None:
                with primary:
                    yield Measure(**_component(primary, PRIMARY_MEASURE))
            return
        for measure in box.nodes("measures"):
            with measure:
                yield Measure(**_component(measure), mandatory=_mandatory(measure))


def _attribute(node: Node, kind: str) -> Attribute:
    with node:
        fields = _component(node)
        measures = node.strings("measureRelationship") if node.reading.dialect.has_measures else ()
        return Attribute(**fields, kind=kind, mandatory=_mandatory(node), relationship=_relationship(node, measures))


def _metadata_attribute(node: Node) -> tuple[str, Relationship]:
    with node:
        node.drop("links")
        return node.required("metadataAttributeReference"), _relationship(node)


def _mandatory(node: Node) -> bool:
    usage, mandatory, optional = node.reading.dialect.usage
    told = node.text(usage)
    if told not in {None, mandatory, optional}:
        node.not_read(usage)
    return told == mandatory


def _relationship(node: Node, measures: tuple[str, ...] = ()) -> Relationship:
    name, dialect = "attributeRelationship", node.reading.dialect
    box = node.node(name)
    if box is None:
        raise NotUnderstoodError(name)
    with box:
        dimensions, groups = box.strings("dimensions"), box.strings("attachmentGroups")
        group = box.text("group")
        is_of_data_set, is_of_observation = dialect.data_set_key in box, dialect.observation_key in box
        box.drop(dialect.data_set_key, dialect.observation_key)
        if dimensions:
            return Relationship(Level.DIMENSIONS, dimensions, attachment_groups=groups, measures=measures)
        if group:
            return Relationship(Level.GROUP, group=group, measures=measures)
        if is_of_data_set or is_of_observation:
            return Relationship(Level.DATASET if is_of_data_set else Level.OBSERVATION, measures=measures)
    raise NotUnderstoodError(name)


def _group(node: Node) -> Group:
    with node:
        has_constraint = not node.reading.dialect.has_measures
        return Group(
            **identifiable(node),
            dimensions=node.strings("groupDimensions"),
            attachment_constraint=node.reference_if_any("attachmentConstraint") if has_constraint else None,
        )
