"""Data structures, dataflows, provision agreements and categorisations."""

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

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
from icstip.messages.structure_json.dialect import SELF
from icstip.messages.structure_json.layout import Json, JsonObject
from icstip.messages.structure_json.text_forms import Form
from icstip.messages.structure_json.writing.artefact import identifiable, maintainable
from icstip.messages.structure_json.writing.base import ID, NC_NAME, NESTED_ID, UnsayableError, Writing
from icstip.messages.structure_json.writing.representation import put_representation

_TIME_DIMENSION: Final = re.compile(TIME_DIMENSION)


def data_structure(writing: Writing, structure: DataStructure) -> JsonObject:
    """Return a data structure as an object.

    Raises:
        UnsayableError: It has not exactly one measure, and the version has a primary measure.
        StructureError: An id has not the form that SDMX requires, or it has no name.
    """
    dialect = writing.dialect
    has_components = bool(structure.components or structure.groups or structure.metadata_attributes)
    if has_components and not dialect.has_measures and len(structure.measures) != 1:
        raise UnsayableError("several-measures")
    written = maintainable(writing, structure)
    if structure.evolving and dialect.has_evolving:
        written["evolvingStructure"] = True
    elif structure.evolving:
        writing.lost("evolving")
    if structure.metadata is not None and dialect.has_metadata_attributes:
        written["metadata"] = writing.urn(structure.metadata)
    elif structure.metadata is not None or (structure.metadata_attributes and not dialect.has_metadata_attributes):
        writing.lost("metadata-attributes")
    if has_components:
        written["dataStructureComponents"] = _components(writing, structure)
    return written


def dataflow(writing: Writing, flow: Dataflow) -> JsonObject:
    """Return a dataflow as an object.

    Raises:
        StructureError: An id has not the form that SDMX requires, or it has no name.
    """
    written = maintainable(writing, flow)
    if flow.structure is not None:
        written["structure"] = writing.urn(flow.structure)
    if flow.dimensions and writing.dialect.has_dimension_constraint:
        written["dimensionConstraint"] = [writing.checked_id(dimension, NC_NAME) for dimension in flow.dimensions]
    elif flow.dimensions:
        writing.lost("dimension-constraint")
    return written


def provision_agreement(writing: Writing, agreement: ProvisionAgreement) -> JsonObject:
    """Return a provision agreement as an object.

    Raises:
        UnsayableError: The version has another id for the scheme of its provider.
        StructureError: An id has not the form that SDMX requires, or it has no name.
    """
    written = maintainable(writing, agreement)
    written[writing.dialect.provision_flow_key] = writing.urn(agreement.dataflow)
    written["dataProvider"] = writing.provider_urn(agreement.provider)
    return written


def categorisation(writing: Writing, placed: Categorisation) -> JsonObject:
    """Return a categorisation as an object.

    Raises:
        UnsayableError: The version does not know the class of what is categorised.
        StructureError: An id has not the form that SDMX requires, or it has no name.
    """
    written = maintainable(writing, placed)
    written["source"] = writing.any_urn(placed.source)
    written["target"] = writing.urn(placed.target)
    return written


def _components(writing: Writing, structure: DataStructure) -> JsonObject:
    dialect = writing.dialect
    dimensions = _dimensions(writing, structure.dimensions)
    written: JsonObject = {"dimensionList": {**_list(writing, "DimensionDescriptor"), **dimensions}}
    if structure.groups:
        written["groups"] = [_group(writing, group) for group in structure.groups]
    measures: list[Json] = [_measure(writing, measure) for measure in structure.measures]
    if measures and dialect.has_measures:
        written["measureList"] = {**_list(writing, "MeasureDescriptor"), "measures": measures}
    elif measures:
        written["measureList"] = {**_list(writing, "MeasureDescriptor"), "primaryMeasure": measures[0]}
    attributes = _attributes(writing, structure)
    if attributes:
        written["attributeList"] = {**_list(writing, "AttributeDescriptor"), **attributes}
    return written


def _list(writing: Writing, kind: str) -> JsonObject:
    urn = writing.any_urn(writing.artefact.item_reference(kind, kind))
    return {"id": kind, "links": [{"rel": SELF, "urn": urn}]}


def _component(writing: Writing, component: Component, kind: str, form: Form, *, has_roles: bool = True) -> JsonObject:
    reference = writing.artefact.item_reference(kind, component.id)
    written = identifiable(writing, component, writing.any_urn(reference), NC_NAME)
    written["conceptIdentity"] = writing.urn(component.concept)
    roles: list[Json] = [writing.urn(role) for role in dict.fromkeys(component.roles)]
    if roles and has_roles:
        written["conceptRoles"] = roles
    elif roles:
        writing.lost("roles", component.id)
    put_representation(writing, written, "localRepresentation", component.representation, form, component.id)
    return written


def _dimensions(writing: Writing, dimensions: Iterable[Dimension]) -> JsonObject:
    ordinary: list[Json] = []
    by_measure: list[Json] = []
    by_time: list[Json] = []
    for position, dimension in enumerate(dimensions):
        kind = _kind(writing, dimension, has_time=bool(by_time))
        if kind == "TimeDimension":
            by_time.append(_time_dimension(writing, dimension, position))
        elif kind == "MeasureDimension":
            form = writing.dialect.forms.measure_dimension
            by_measure.append(_placed(writing, _component(writing, dimension, kind, form), kind, position))
        else:
            form = writing.dialect.forms.dimension
            ordinary.append(_placed(writing, _component(writing, dimension, kind, form), kind, position))
    if writing.dialect.has_measures:
        lists: JsonObject = {"dimensions": ordinary}
        if by_time:
            lists["timeDimension"] = by_time[0]
    else:
        lists = {"dimensions": ordinary, "measureDimensions": by_measure, "timeDimensions": by_time}
    return {name: part for name, part in lists.items() if part}


def _kind(writing: Writing, dimension: Dimension, *, has_time: bool) -> str:
    if dimension.kind == "TimeDimension":
        return "Dimension" if has_time else dimension.kind
    if dimension.kind != "MeasureDimension":
        return "Dimension"
    given = dimension.representation
    is_listed = given is not None and given.enumeration is not None and given.enumeration.kind == "ConceptScheme"
    if is_listed and not writing.dialect.has_measures:
        return dimension.kind
    writing.translated("measure-dimension-as-dimension", dimension.id)
    return "Dimension"


def _placed(writing: Writing, written: JsonObject, kind: str, position: int) -> JsonObject:
    written["position"] = position
    if not writing.dialect.has_measures:
        written["type"] = kind
    return written


def _time_dimension(writing: Writing, dimension: Dimension, position: int) -> JsonObject:
    if not writing.dialect.has_measures:
        form = writing.dialect.forms.time_dimension
        written = _component(writing, dimension, dimension.kind, form, has_roles=False)
        return _placed(writing, written, dimension.kind, position)
    writing.checked_id(dimension.id, _TIME_DIMENSION)
    return _component(writing, dimension, dimension.kind, writing.dialect.forms.time_dimension, has_roles=False)


def _measure(writing: Writing, measure: Measure) -> JsonObject:
    form = writing.dialect.forms.measure
    if writing.dialect.has_measures:
        written = _component(writing, measure, "Measure", form)
        _, mandatory, optional = writing.dialect.usage
        written["usage"] = mandatory if measure.mandatory else optional
        return written
    if measure.mandatory:
        writing.lost("mandatory-measure", measure.id)
    if measure.id != PRIMARY_MEASURE:
        writing.translated("measure-as-primary-measure", measure.id)
    return _component(writing, replace(measure, id=PRIMARY_MEASURE), "Measure", form, has_roles=False)


def _attributes(writing: Writing, structure: DataStructure) -> JsonObject:
    ordinary: list[Json] = []
    start_days: list[Json] = []
    for attribute in structure.attributes:
        is_start_day = attribute.kind == "ReportingYearStartDay" and not writing.dialect.has_measures
        (start_days if is_start_day else ordinary).append(_attribute(writing, attribute, is_start_day=is_start_day))
    usages: list[Json] = []
    if writing.dialect.has_metadata_attributes:
        usages = [_metadata_attribute(writing, *usage) for usage in structure.metadata_attributes]
    lists: JsonObject = {
        "attributes": ordinary,
        "reportingYearStartDays": start_days,
        "metadataAttributeUsages": usages,
    }
    return {name: part for name, part in lists.items() if part}


def _attribute(writing: Writing, attribute: Attribute, *, is_start_day: bool) -> JsonObject:
    if attribute.kind == "ReportingYearStartDay" and not is_start_day:
        writing.translated("reporting-year-start-day", attribute.id)
    forms = writing.dialect.forms
    form = forms.reporting_year_start_day if is_start_day else forms.attribute
    written = _component(writing, attribute, attribute.kind, form, has_roles=not is_start_day)
    usage, mandatory, optional = writing.dialect.usage
    written[usage] = mandatory if attribute.mandatory else optional
    written["attributeRelationship"] = _relationship(writing, attribute.relationship, attribute.id)
    measures = attribute.relationship.measures
    if measures and writing.dialect.has_measures:
        written["measureRelationship"] = _ids(writing, measures)
    elif measures:
        writing.lost("measure-relationship", attribute.id)
    return written


def _metadata_attribute(writing: Writing, identity: str, relationship: Relationship) -> JsonObject:
    return {
        "metadataAttributeReference": writing.checked_id(identity, NESTED_ID),
        "attributeRelationship": _relationship(writing, relationship, identity),
    }


def _relationship(writing: Writing, relationship: Relationship, part: str) -> JsonObject:
    dialect = writing.dialect
    if relationship.level is Level.DATASET:
        return {dialect.data_set_key: {}}
    if relationship.level is Level.OBSERVATION:
        return {dialect.observation_key: {} if dialect.has_measures else PRIMARY_MEASURE}
    if relationship.level is Level.GROUP:
        return {"group": writing.checked_id(relationship.group)}
    written: JsonObject = {"dimensions": _ids(writing, relationship.dimensions)}
    groups = relationship.attachment_groups
    # The schema of 1.0 refuses some ids here that groups can have.
    sayable = [group for group in groups if NC_NAME.fullmatch(group) and not dialect.has_measures]
    if sayable:
        written["attachmentGroups"] = _ids(writing, sayable)
    if len(sayable) < len(groups):
        writing.lost("attachment-groups", part)
    return written


def _ids(writing: Writing, ids: Iterable[str]) -> list[Json]:
    # The schemas refuse an id that is repeated.
    return [writing.checked_id(identity, NC_NAME) for identity in dict.fromkeys(ids)]


def _group(writing: Writing, group: Group) -> JsonObject:
    reference = writing.artefact.item_reference("GroupDimensionDescriptor", group.id)
    written = identifiable(writing, group, writing.any_urn(reference), ID)
    if group.dimensions:
        written["groupDimensions"] = _ids(writing, group.dimensions)
    if group.attachment_constraint is not None and not writing.dialect.has_measures:
        written["attachmentConstraint"] = writing.urn(group.attachment_constraint)
    elif group.attachment_constraint is not None:
        writing.lost("group-constraint", group.id)
    return written
