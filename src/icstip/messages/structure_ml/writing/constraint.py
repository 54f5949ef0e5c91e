"""Constraints: what they are attached to, regions, sets of keys and the release calendar."""

from collections.abc import Sequence
from typing import Final

from icstip.artefacts.base import Reference
from icstip.artefacts.constraints import ACTUAL, DataConstraint
from icstip.messages.structure_ml.dialect import AVAILABILITY, Dialect
from icstip.messages.structure_ml.writing.artefact import write_annotations, write_maintainable
from icstip.messages.structure_ml.writing.base import Writing
from icstip.messages.structure_ml.writing.reference import write_reference
from icstip.messages.structure_ml.writing.region import write_key_set, write_region
from icstip.messages.xml_text import Element

_WITH_SOURCES: Final = frozenset({"DataStructure", "Dataflow", "ProvisionAgreement"})
_ATTACHABLE: Final = _WITH_SOURCES | {"DataProvider"}


def write_constraint(parent: Element, constraint: DataConstraint, writing: Writing) -> None:
    """Add a constraint.

    In SDMX-ML 3.1 one on what there is becomes availability constraints: see `write_availability`.
    """
    dialect = writing.dialect
    if len({region.include for region in constraint.regions}) < len(constraint.regions):
        writing.notices.left_out(constraint, "regions")  # a schema allows one to include, and one to exclude
        return
    role = {} if dialect.constraint_role is None else {dialect.constraint_role: constraint.role}
    element = write_maintainable(parent, writing, **role)
    _write_attachment(element, constraint, writing)
    calendar_first = dialect.regions_have_more
    if calendar_first:
        _write_calendar(element, constraint, writing)
    for key_set in constraint.key_sets:
        write_key_set(element, key_set, writing)
    for region in constraint.regions:
        write_region(element, region, writing)
    if not calendar_first:
        _write_calendar(element, constraint, writing)


def is_availability(constraint: DataConstraint, dialect: Dialect) -> bool:
    """Return whether a version of SDMX-ML has another class for the constraint, because it is on what there is."""
    return dialect.constraint_role is None and constraint.role == ACTUAL


def write_availability(parent: Element, constraint: DataConstraint, writing: Writing) -> None:
    """Add availability constraints, one for each thing that the constraint is attached to.

    They have one region and no identity. What has sets of keys, or is attached to something else, is left out: as a
    constraint of another class it would say what is allowed.
    """
    attached = [reference for reference in constraint.attachment if reference.kind in _WITH_SOURCES]
    if not attached or len(constraint.regions) != 1 or constraint.key_sets:
        writing.notices.left_out(constraint, "actual-constraint")
        return
    writing.lost("identity")
    if len(attached) < len(constraint.attachment):
        writing.lost("attachments")
    if constraint.release_calendar is not None:
        writing.lost("release-calendar")
    if constraint.data_sources:
        writing.lost("data-sources")
    for reference in attached:
        element = writing.child(parent, AVAILABILITY[1])
        write_annotations(element, constraint.annotations, writing)
        box = writing.child(element, "ConstraintAttachment")
        write_reference(box, reference.kind, reference, writing)
        write_region(element, constraint.regions[0], writing)


def _write_attachment(element: Element, constraint: DataConstraint, writing: Writing) -> None:
    dialect = writing.dialect
    references = _attachable(constraint.attachment, writing)
    sources = constraint.data_sources
    kind = references[0].kind if references else ""
    if sources and (not dialect.has_data_sources or kind == "DataProvider"):
        writing.lost("data-sources")
        sources = ()
    if not references and len(sources) > 1 and not dialect.regions_have_more:
        writing.lost("data-sources")
        sources = sources[:1]
    if not references and not sources:
        return
    box = writing.child(element, "ConstraintAttachment")
    for reference in references:
        write_reference(box, kind, reference, writing)
    for source in sources:
        if references:
            queryable = {"isRESTDatasource": "true", "isWebServiceDatasource": "false"}
            element = writing.child(box, "QueryableDataSource", **queryable)
            element.child(writing.common("DataURL"), source)
        else:
            writing.child(box, "SimpleDataSource", source)


def _attachable(references: Sequence[Reference], writing: Writing) -> list[Reference]:
    """Return the references that a constraint can have together: those of the class of the first, or one provider."""
    allowed = [reference for reference in references if reference.kind in _ATTACHABLE]
    together = [reference for reference in allowed if reference.kind == allowed[0].kind]
    if together and together[0].kind == "DataProvider":
        together = together[:1]
    if len(together) < len(references):
        writing.lost("attachments")
    return together


def _write_calendar(element: Element, constraint: DataConstraint, writing: Writing) -> None:
    if constraint.release_calendar is None:
        return
    if not writing.dialect.has_release_calendar:
        writing.lost("release-calendar")
        return
    box = writing.child(element, "ReleaseCalendar")
    for tag, text in zip(("Periodicity", "Offset", "Tolerance"), constraint.release_calendar, strict=True):
        writing.child(box, tag, text)
