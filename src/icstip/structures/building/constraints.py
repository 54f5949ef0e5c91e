"""Constraints: what the data of a structure, or of a dataflow, may hold."""

from collections.abc import Iterator, Mapping, Sequence

from icstip.artefacts.base import Reference
from icstip.artefacts.constraints import ALLOWED, DataConstraint, Region, Selection, Value
from icstip.errors import StructureError
from icstip.standard import model
from icstip.standard.model import TOTAL, Component, Role, Structure
from icstip.structures.building.maintenance import Issue, existing, provenance, referred
from icstip.structures.refused_codes import refused_codes


def build_constraint(constraint: model.Constraint, issue: Issue) -> DataConstraint:
    """Return a constraint with one region that says what is included.

    A structure includes the codes that it allows, without the total of dimensions that refuse it. A dataflow includes
    the total of each dimension that may not vary, and the codes that it allows; what its structure says holds for it as
    well.

    Raises:
        StructureError: It names something that does not exist, or leaves a component without any code.
    """
    structure = _structure(constraint, issue)
    values = dict(
        _structure_values(structure, issue) if constraint.structure else _dataflow_values(structure, constraint)
    )
    for component, codes in constraint.allowed.items():
        _check(component, codes, structure, constraint, issue)
        values[component] = [code for code in values.get(component, codes) if code in codes]
        if not values[component]:
            raise StructureError("constraint-without-code", where=f"{constraint.id}.{component}")
    selections = tuple(_selection(component, values[component.id]) for component in _ordered(structure, values))
    return DataConstraint(
        id=constraint.id,
        name=constraint.name,
        description=constraint.description,
        annotations=provenance(constraint.source),
        role=ALLOWED,
        attachment=(_attachment(constraint, issue),),
        regions=(Region(selections=selections),) if selections else (),
        **issue.maintained,
    )


def fixed_dimensions(constraint: model.Constraint, structure: Structure) -> tuple[Component, ...]:
    """Return the dimensions of which data of a dataflow have the total only."""
    if constraint.structure:
        return ()
    varying = (dim for dim in structure.dimensions if dim.role is Role.DIMENSION and dim.total)
    return tuple(dim for dim in varying if dim.id not in constraint.free)


def _structure(constraint: model.Constraint, issue: Issue) -> Structure:
    standard = issue.standard
    structure = constraint.structure
    if not structure:
        structure = referred(standard.dataflows, "Dataflow", constraint.dataflow, where=constraint.id).structure
    return referred(standard.structures, "DataStructure", structure, where=constraint.id)


def _attachment(constraint: model.Constraint, issue: Issue) -> Reference:
    if constraint.structure:
        return issue.structure(constraint.structure, where=constraint.id)
    return issue.dataflow(constraint.dataflow, where=constraint.id)


def _structure_values(structure: Structure, issue: Issue) -> Iterator[tuple[str, Sequence[str]]]:
    codelists = {component.id: component.codelist for component in structure.components}
    for component, refused in refused_codes(issue.standard, structure.id).items():
        codes = issue.standard.codelists[codelists[component]].by_id
        yield component, [code for code in codes if code not in refused]


def _dataflow_values(structure: Structure, constraint: model.Constraint) -> Iterator[tuple[str, Sequence[str]]]:
    yield from ((dimension.id, [TOTAL]) for dimension in fixed_dimensions(constraint, structure))


def _check(
    component: str, codes: Sequence[str], structure: Structure, constraint: model.Constraint, issue: Issue
) -> None:
    where = f"{constraint.id}.{component}"
    codelists = {own.id: own.codelist for own in structure.components}
    codelist = referred(codelists, "Component", component, where=constraint.id)
    known = referred(issue.standard.codelists, "Codelist", codelist, where=where).by_id
    for code in codes:
        existing(known, "Code", code, where=where)


def _ordered(structure: Structure, values: Mapping[str, Sequence[str]]) -> Iterator[Component]:
    components = (*structure.dimensions, *structure.measures, *structure.attributes)
    return (component for component in components if component.id in values)


def _selection(component: Component, codes: Sequence[str]) -> Selection:
    return Selection(
        id=component.id,
        is_key=component.role in {Role.DIMENSION, Role.TIME_DIMENSION},
        values=tuple(Value(code) for code in codes),
    )
