"""Data structures, and what refers to them: dataflows, provision agreements, categorisations."""

from collections.abc import Mapping, Sequence
from typing import TypeVar

from icstip.artefacts.base import Identifiable, Representation
from icstip.artefacts.data_structure import (
    PRIMARY_MEASURE,
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
from icstip.structures.diff.kinds import ChangeKind
from icstip.structures.diff.rules.comparison import Comparison
from icstip.structures.diff.rules.representations import STRING, compare_representations
from icstip.structures.diff.rules.texts import compare_notes

C = TypeVar("C", bound=Identifiable)

TIME_DIMENSION = "TimeDimension"

# SDMX 2.1, SDMXStructureDataStructure.xsd: the id of every primary measure.
_TIME_TYPE = "ObservationalTimePeriod"


def compare_data_structures(comparison: Comparison, old: DataStructure, new: DataStructure) -> None:
    """Compare the components and groups of two data structures.

    Args:
        comparison: The comparison of the data structure.
        old: It as it was.
        new: It as it is.
    """
    _compare_dimensions(comparison, old, new)
    _compare_measures(comparison, old, new)
    _compare_attributes(comparison, old.attributes, new.attributes)
    _compare_groups(comparison, old.groups, new.groups)
    _compare_metadata(comparison, old, new)
    comparison.differ(ChangeKind.EVOLVING, "", old.evolving, new.evolving)


def compare_dataflows(comparison: Comparison, old: Dataflow, new: Dataflow) -> None:
    """Compare the structures of two dataflows, and the dimensions that they are constrained to."""
    comparison.refer(ChangeKind.REFERENCE, "", old.structure, new.structure)
    before, after = sorted(old.dimensions), sorted(new.dimensions)
    comparison.differ(ChangeKind.DATAFLOW_DIMENSIONS, "", ", ".join(before), ", ".join(after))


def compare_agreements(comparison: Comparison, old: ProvisionAgreement, new: ProvisionAgreement) -> None:
    """Compare the dataflows and the providers of two provision agreements."""
    comparison.refer(ChangeKind.REFERENCE, "", old.dataflow, new.dataflow)
    comparison.refer(ChangeKind.REFERENCE, "", old.provider, new.provider)


def compare_categorisations(comparison: Comparison, old: Categorisation, new: Categorisation) -> None:
    """Compare what two categorisations put where."""
    comparison.refer(ChangeKind.REFERENCE, "", old.source, new.source)
    comparison.refer(ChangeKind.REFERENCE, "", old.target, new.target)


def _compare_dimensions(comparison: Comparison, old: DataStructure, new: DataStructure) -> None:
    before, after = _by_id(old.dimensions), _by_id(new.dimensions)
    for known in before:
        if known not in after:
            comparison.add(ChangeKind.DIMENSION_REMOVED, known)
    kept_before, kept_after = [i for i in before if i in after], [i for i in after if i in before]
    if kept_before != kept_after:
        comparison.add(ChangeKind.DIMENSION_ORDER, before=", ".join(kept_before), after=", ".join(kept_after))
    # SDMX 3.1: a data structure that evolves may have further dimensions in a minor version.
    added = ChangeKind.EVOLVING_DIMENSION_ADDED if old.evolving else ChangeKind.DIMENSION_ADDED
    for known, dimension in after.items():
        if known not in before:
            comparison.add(added, known)
        elif before[known] != dimension:
            _compare_dimension(comparison, before[known], dimension)


def _compare_dimension(comparison: Comparison, old: Dimension, new: Dimension) -> None:
    is_time = TIME_DIMENSION in {old.kind, new.kind}
    # A measure dimension (SDMX 2.1) is an ordinary dimension in SDMX 3.0: the key is the same.
    if is_time and old.kind != new.kind:
        comparison.add(ChangeKind.DIMENSION_KIND, new.id, before=old.kind, after=new.kind)
    _compare_component(comparison, old, new, _TIME_TYPE if is_time else STRING)


def _compare_measures(comparison: Comparison, old: DataStructure, new: DataStructure) -> None:
    before, after = _by_id(old.measures), _by_id(new.measures)
    renamed = _renamed_measure(comparison, old.measures, new.measures)
    if renamed is not None:
        was, is_now = renamed
        comparison.add(ChangeKind.MEASURE_RENAMED, was.id, before=was.id, after=is_now.id)
        _compare_measure(comparison, was, is_now)
        return
    for known in before:
        if known not in after:
            comparison.add(ChangeKind.MEASURE_REMOVED, known)
    for known, measure in after.items():
        if known in before:
            _compare_measure(comparison, before[known], measure)
        else:
            mandatory = measure.mandatory
            kind = ChangeKind.MANDATORY_MEASURE_ADDED if mandatory else ChangeKind.MEASURE_ADDED
            comparison.add(kind, known)
    _compare_order(comparison, tuple(before), tuple(after))


def _renamed_measure(
    comparison: Comparison, old: Sequence[Measure], new: Sequence[Measure]
) -> tuple[Measure, Measure] | None:
    """Return the one measure of each side where one of the two has the id that SDMX 2.1 gives to all of them."""
    if len(old) != 1 or len(new) != 1 or old[0].id == new[0].id or PRIMARY_MEASURE not in {old[0].id, new[0].id}:
        return None
    return (old[0], new[0]) if comparison.sides.same(old[0].concept, new[0].concept) else None


def _compare_measure(comparison: Comparison, old: Measure, new: Measure) -> None:
    if old == new:
        return
    _compare_component(comparison, old, new)
    if old.mandatory != new.mandatory:
        comparison.add(ChangeKind.MEASURE_MANDATORY if new.mandatory else ChangeKind.MEASURE_OPTIONAL, new.id)


def _compare_attributes(comparison: Comparison, old: Sequence[Attribute], new: Sequence[Attribute]) -> None:
    before, after = _by_id(old), _by_id(new)
    for known in before:
        if known not in after:
            comparison.add(ChangeKind.ATTRIBUTE_REMOVED, known)
    for known, attribute in after.items():
        if known not in before:
            mandatory = attribute.mandatory
            kind = ChangeKind.MANDATORY_ATTRIBUTE_ADDED if mandatory else ChangeKind.ATTRIBUTE_ADDED
            comparison.add(kind, known)
        elif before[known] != attribute:
            _compare_attribute(comparison, before[known], attribute)
    _compare_order(comparison, tuple(before), tuple(after))


def _compare_attribute(comparison: Comparison, old: Attribute, new: Attribute) -> None:
    _compare_component(comparison, old, new)
    if old.mandatory != new.mandatory:
        comparison.add(ChangeKind.ATTRIBUTE_MANDATORY if new.mandatory else ChangeKind.ATTRIBUTE_OPTIONAL, new.id)
    was, now = old.relationship, new.relationship
    comparison.differ(ChangeKind.RELATIONSHIP, new.id, _attached(was), _attached(now))
    comparison.differ(ChangeKind.MEASURE_RELATIONSHIP, new.id, _ids(was.measures), _ids(now.measures))
    comparison.differ(ChangeKind.ATTACHMENT_GROUPS, new.id, _ids(was.attachment_groups), _ids(now.attachment_groups))


def _compare_component(comparison: Comparison, old: Component, new: Component, default: str = STRING) -> None:
    compare_notes(comparison, new.id, old, new)
    comparison.refer(ChangeKind.CONCEPT, new.id, old.concept, new.concept)
    sides = comparison.sides
    for role in sides.gone(old.roles, new.roles):
        comparison.add(ChangeKind.ROLE_REMOVED, new.id, before=str(role))
    for role in sides.come(old.roles, new.roles):
        comparison.add(ChangeKind.ROLE_ADDED, new.id, after=str(role))
    comparison.refer_each(new.id, old.roles, new.roles)
    before, after = _representations(comparison, old, new)
    compare_representations(comparison, new.id, before, after, default)


def _representations(
    comparison: Comparison, old: Component, new: Component
) -> tuple[Representation | None, Representation | None]:
    """Return which values a component could have and can have.

    Where one side says it itself and the other leaves it to the concept, that of the concept counts. Where both leave
    it to the concept, it is the concept that changes.
    """
    before, after = old.representation, new.representation
    if before is None and after is not None:
        before = comparison.sides.old.core_representation(old.concept)
    elif after is None and before is not None:
        after = comparison.sides.new.core_representation(new.concept)
    return before, after


def _compare_groups(comparison: Comparison, old: Sequence[Group], new: Sequence[Group]) -> None:
    before, after = _by_id(old), _by_id(new)
    for known, group in before.items():
        if known not in after:
            comparison.add(ChangeKind.GROUP_REMOVED, known, before=_ids(group.dimensions))
    for known, group in after.items():
        if known not in before:
            comparison.add(ChangeKind.GROUP_ADDED, known, after=_ids(group.dimensions))
            continue
        was = before[known]
        comparison.differ(ChangeKind.GROUP_CHANGED, known, _ids(was.dimensions), _ids(group.dimensions))
        comparison.refer(ChangeKind.GROUP_CHANGED, known, was.attachment_constraint, group.attachment_constraint)
        compare_notes(comparison, known, was, group)


def _compare_metadata(comparison: Comparison, old: DataStructure, new: DataStructure) -> None:
    if old.metadata is None and new.metadata is not None:
        comparison.add(ChangeKind.METADATA_STRUCTURE_ADDED, after=str(new.metadata))
    elif old.metadata is not None:
        comparison.refer(ChangeKind.METADATA_STRUCTURE, "", old.metadata, new.metadata)
    before, after = dict(old.metadata_attributes), dict(new.metadata_attributes)
    for known in (attribute for attribute in before if attribute not in after):
        comparison.add(ChangeKind.METADATA_ATTRIBUTE_REMOVED, known)
    for known, relationship in after.items():
        if known not in before:
            comparison.add(ChangeKind.METADATA_ATTRIBUTE_ADDED, known)
        else:
            was = _attached(before[known])
            comparison.differ(ChangeKind.METADATA_ATTRIBUTE, known, was, _attached(relationship))


def _compare_order(comparison: Comparison, old: Sequence[str], new: Sequence[str]) -> None:
    before, after = [known for known in old if known in new], [known for known in new if known in old]
    if before != after:
        comparison.add(ChangeKind.COMPONENT_ORDER, before=", ".join(before), after=", ".join(after))


def _by_id(components: Sequence[C]) -> Mapping[str, C]:
    return {component.id: component for component in components}


def _attached(relationship: Relationship) -> str:
    """Return what an attribute is related to; the order of dimensions says nothing."""
    match relationship.level:
        case Level.DIMENSIONS:
            return ", ".join(sorted(relationship.dimensions))
        case Level.GROUP:
            return f"{relationship.level} {relationship.group}"
        case _:
            return str(relationship.level)


def _ids(ids: Sequence[str]) -> str:
    return ", ".join(sorted(ids))
