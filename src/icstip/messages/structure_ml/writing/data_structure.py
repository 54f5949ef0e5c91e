"""Data structures, and what is of them: dataflows, provision agreements, categorisations."""

from dataclasses import replace

from icstip.artefacts.base import Reference
from icstip.artefacts.data_structure import (
    PRIMARY_MEASURE,
    TIME_DIMENSION,
    Attribute,
    Categorisation,
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
from icstip.messages.structure_ml.dialect import (
    COMPONENT_LISTS,
    REPORTING_YEAR_START_DAY,
)
from icstip.messages.structure_ml.writing.artefact import write_annotations, write_identifiable, write_maintainable
from icstip.messages.structure_ml.writing.base import ID, NAME_ID, Writing
from icstip.messages.structure_ml.writing.reference import own_urn, write_local_reference, write_reference
from icstip.messages.structure_ml.writing.representation import write_representation
from icstip.messages.xml_text import Element

# Components whose elements have no place for the roles of concepts.
_WITHOUT_ROLES = frozenset({"TimeDimension", "ReportingYearStartDay", "PrimaryMeasure"})


def write_data_structure(parent: Element, structure: DataStructure, writing: Writing) -> None:
    """Add a data structure, unless this version of SDMX-ML cannot say which measures it has.

    Raises:
        StructureError: A component has an id that the schema does not allow, or an attribute is related to nothing.
    """
    dialect = writing.dialect
    if structure.components and not _is_writable(structure, writing):
        return
    evolving = dialect.has_evolving and structure.evolving
    element = write_maintainable(parent, writing, evolvingStructure="true" if evolving else None)
    if structure.evolving and not dialect.has_evolving:
        writing.lost("evolving")
    if structure.components:
        box = writing.child(element, "DataStructureComponents")
        _write_dimensions(box, structure, writing)
        for group in structure.groups:
            _write_group(box, group, writing)
        _write_attributes(box, structure, writing)
        _write_measures(box, structure, writing)
    if structure.metadata is not None and dialect.has_metadata_attributes:
        write_reference(element, "Metadata", structure.metadata, writing)
    if (structure.metadata is not None or structure.metadata_attributes) and not dialect.has_metadata_attributes:
        writing.lost("metadata-attributes")


def _is_writable(structure: DataStructure, writing: Writing) -> bool:
    reason = None
    if not writing.dialect.measure_usage and len(structure.measures) != 1:
        reason = "several-measures"
    elif all(dimension.kind == "TimeDimension" for dimension in structure.dimensions):
        reason = "incomplete"  # all versions ask for a dimension, those of 3.x for one besides time
    if reason is not None:
        writing.notices.left_out(structure, reason)
    return reason is None


def _component_list(parent: Element, tag: str, writing: Writing) -> Element:
    """Return the new element of a list of components, whose id is the name of its class."""
    cls = COMPONENT_LISTS[tag]
    return writing.child(parent, tag, id=cls, urn=own_urn(writing, cls, cls))


def _write_component(
    parent: Element, tag: str, kind: str, component: Component, writing: Writing, **attributes: str | None
) -> Element:
    """Return the new element of a component.

    Args:
        parent: The element of the list of components.
        tag: Local name of the element.
        kind: Class of the component.
        component: The component.
        writing: The writing of the data structure.
        **attributes: Further attributes of the element.
    """
    part = writing.checked(component.id, NAME_ID, component.id)
    urn = own_urn(writing, writing.dialect.class_of(kind), component.id)
    element = writing.child(parent, tag, id=component.id, urn=urn, uri=component.uri, **attributes)
    write_identifiable(element, component, writing, part)
    write_reference(element, "ConceptIdentity", component.concept, writing)
    write_representation(element, "LocalRepresentation", component.representation, kind, writing, part)
    if component.roles and tag in _WITHOUT_ROLES:
        writing.lost("roles", part)
    else:
        for role in component.roles:
            write_reference(element, "ConceptRole", role, writing)
    return element


def _write_dimensions(parent: Element, structure: DataStructure, writing: Writing) -> None:
    element = _component_list(parent, "DimensionList", writing)
    ordered = sorted(structure.dimensions, key=lambda dimension: dimension.kind == "TimeDimension")
    for position, dimension in enumerate(ordered, start=1):
        kind = _dimension_kind(dimension, writing)
        if kind == "TimeDimension":
            # A time dimension is always the last one, and SDMX-ML 3.0 does not allow it a position.
            _check_only_id(dimension, TIME_DIMENSION, writing)
            _write_component(element, kind, kind, dimension, writing)
        else:
            _write_component(element, kind, kind, dimension, writing, position=str(position))


def _dimension_kind(dimension: Dimension, writing: Writing) -> str:
    if dimension.kind != "MeasureDimension":
        return dimension.kind
    enumeration = dimension.representation.enumeration if dimension.representation else None
    kind = writing.dialect.class_of(dimension.kind)
    # Without a concept scheme it is an ordinary dimension in SDMX 2.1 as well.
    if kind == "MeasureDimension" and isinstance(enumeration, Reference) and enumeration.kind == "ConceptScheme":
        return kind
    writing.translated("measure-dimension-as-dimension", dimension.id)
    return "Dimension"


def _write_group(parent: Element, group: Group, writing: Writing) -> None:
    part = writing.checked(group.id, ID, group.id)
    constraint = group.attachment_constraint if writing.dialect.has_group_constraint else None
    if not group.dimensions and constraint is None:
        writing.lost("group-constraint", part)
        return
    urn = own_urn(writing, "GroupDimensionDescriptor", group.id)
    element = writing.child(parent, "Group", id=group.id, urn=urn, uri=group.uri)
    write_annotations(element, group.annotations, writing, part)
    if group.links:
        writing.lost("links", part)
    for dimension in group.dimensions:
        write_local_reference(writing.child(element, "GroupDimension"), "DimensionReference", dimension, writing)
    if not group.dimensions and constraint is not None:
        write_reference(element, "AttachmentConstraint", constraint, writing)
    elif group.attachment_constraint is not None:
        writing.lost("group-constraint", part)


def _write_attributes(parent: Element, structure: DataStructure, writing: Writing) -> None:
    dialect = writing.dialect
    usages = structure.metadata_attributes if dialect.has_metadata_attributes else ()
    if not structure.attributes and not usages:
        return
    element = _component_list(parent, "AttributeList", writing)
    for attribute in structure.attributes:
        _write_attribute(element, attribute, writing)
    for name, relationship in usages:
        box = writing.child(element, "MetadataAttributeUsage")
        writing.child(box, "MetadataAttributeReference", writing.checked(name, NAME_ID, name))
        _write_relationship(box, relationship, writing, name)


def _write_attribute(parent: Element, attribute: Attribute, writing: Writing) -> None:
    dialect = writing.dialect
    kind, tag = attribute.kind, "Attribute"
    if kind == "ReportingYearStartDay":
        if dialect.class_of(kind) == kind and attribute.id == REPORTING_YEAR_START_DAY:
            tag = kind
        else:
            kind = "DataAttribute"
            writing.translated("reporting-year-start-day", attribute.id)
    name, mandatory, optional = dialect.usage
    usage = {name: mandatory if attribute.mandatory else optional}
    element = _write_component(parent, tag, kind, attribute, writing, **usage)
    _write_relationship(element, attribute.relationship, writing, attribute.id)
    measures = attribute.relationship.measures
    if measures and not dialect.has_measure_relationship:
        writing.lost("measure-relationship", attribute.id)
    elif measures:
        box = writing.child(element, "MeasureRelationship")
        for measure in measures:
            writing.child(box, "Measure", measure)


def _write_relationship(parent: Element, relationship: Relationship, writing: Writing, part: str) -> None:
    dialect = writing.dialect
    element = writing.child(parent, "AttributeRelationship")
    match relationship.level:
        case Level.DATASET:
            writing.child(element, dialect.data_set_tag)
        case Level.OBSERVATION if dialect.measure_usage:
            writing.child(element, dialect.observation_tag)
        case Level.OBSERVATION:
            write_local_reference(element, dialect.observation_tag, PRIMARY_MEASURE, writing)
        case Level.GROUP if relationship.group:
            write_local_reference(element, "Group", relationship.group, writing)
        case Level.DIMENSIONS if relationship.dimensions:
            for dimension in relationship.dimensions:
                write_local_reference(element, "Dimension", dimension, writing)
            _write_attachment_groups(element, relationship, writing, part)
        case _:
            raise StructureError("attribute-unattached", where=writing.where(part))


def _write_attachment_groups(element: Element, relationship: Relationship, writing: Writing, part: str) -> None:
    if relationship.attachment_groups and not writing.dialect.has_attachment_groups:
        writing.lost("attachment-groups", part)
        return
    for group in relationship.attachment_groups:
        write_local_reference(element, "AttachmentGroup", group, writing)


def _write_measures(parent: Element, structure: DataStructure, writing: Writing) -> None:
    if not structure.measures:
        return
    dialect = writing.dialect
    element = _component_list(parent, "MeasureList", writing)
    tag = dialect.class_of("Measure")
    name, mandatory, optional = dialect.usage
    for measure in structure.measures:
        usage = {name: mandatory if measure.mandatory else optional} if dialect.measure_usage else {}
        said = measure if dialect.measure_usage else _primary(measure, writing)
        _write_component(element, tag, "Measure", said, writing, **usage)


def _primary(measure: Measure, writing: Writing) -> Measure:
    """Return a measure under the one id that SDMX-ML 2.1 allows, where none must be reported."""
    if measure.mandatory:
        writing.lost("mandatory-measure", measure.id)
    if measure.id != PRIMARY_MEASURE:
        writing.translated("measure-as-primary-measure", measure.id)
    return replace(measure, id=PRIMARY_MEASURE)


def _check_only_id(component: Component, only: str, writing: Writing) -> None:
    if component.id != only:
        where = writing.where(component.id)
        raise StructureError("id-refused", where=where, id=component.id, format=writing.dialect.name)


def write_dataflow(parent: Element, dataflow: Dataflow, writing: Writing) -> None:
    """Add a dataflow."""
    element = write_maintainable(parent, writing)
    if dataflow.structure is not None:
        write_reference(element, "Structure", dataflow.structure, writing)
    if not dataflow.dimensions:
        return
    if not writing.dialect.has_dimension_constraint:
        writing.lost("dimension-constraint")
        return
    box = writing.child(element, "DimensionConstraint")
    for dimension in dataflow.dimensions:
        writing.child(box, "Dimension", dimension)


def write_provision_agreement(parent: Element, agreement: ProvisionAgreement, writing: Writing) -> None:
    """Add a provision agreement."""
    element = write_maintainable(parent, writing)
    write_reference(element, writing.dialect.provision_flow_tag, agreement.dataflow, writing)
    write_reference(element, "DataProvider", agreement.provider, writing)


def write_categorisation(parent: Element, categorisation: Categorisation, writing: Writing) -> None:
    """Add a categorisation, unless it is of something that this version of SDMX-ML does not have."""
    if writing.dialect.class_of(categorisation.source.kind) in writing.dialect.absent_classes:
        writing.notices.left_out(categorisation, "not-in-format")
        return
    element = write_maintainable(parent, writing)
    write_reference(element, "Source", categorisation.source, writing)
    write_reference(element, "Target", categorisation.target, writing)
