"""Constraints."""

from dataclasses import replace

import pytest

from icstip.artefacts.base import Reference
from icstip.artefacts.constraints import DataConstraint
from icstip.errors import StructureError
from icstip.standard.model import Constraint, Standard
from icstip.structures.building.constraints import build_constraint
from icstip.structures.building.maintenance import Issue


def _built(standard: Standard, constraint: str) -> DataConstraint:
    return build_constraint(standard.constraints[constraint], Issue(standard))


def _codes(constraint: DataConstraint) -> dict[str, list[str]]:
    (region,) = constraint.regions
    assert region.include
    return {selection.id: [value.value for value in selection.values] for selection in region.selections}


def test_a_structure_includes_what_it_allows_and_no_total_that_it_refuses(full_standard: Standard) -> None:
    constraint = _built(full_standard, "CN_VICTIM")
    assert _codes(constraint) == {"AREA": ["001", "002", "CI"], "FORM": ["_T", "LABOUR"]}
    assert constraint.attachment == (Reference("DataStructure", "TEST", "VICTIM", "1.0.0-draft"),)
    assert (constraint.role, constraint.version) == ("Allowed", "1.0.0-draft")
    assert [note.title for note in constraint.annotations] == ["PROJECT"]


def test_a_dataflow_has_only_the_total_of_what_may_not_vary(full_standard: Standard) -> None:
    constraint = _built(full_standard, "CN_DF_EVENT")
    assert _codes(constraint) == {"PLACE": ["_T"]}
    assert constraint.attachment == (Reference("Dataflow", "TEST", "DF_EVENT", "1.0.0-draft"),)


def test_a_dataflow_has_the_codes_that_it_allows_in_the_order_of_the_dimensions(full_standard: Standard) -> None:
    constraint = _built(full_standard, "CN_DF_VICTIM")
    assert list(_codes(constraint).items()) == [("AREA", ["CI"]), ("FORM", ["_T"])]


def test_codes_of_an_attribute_are_no_part_of_the_key(full_standard: Standard) -> None:
    constraint = replace(full_standard.constraints["CN_DF_VICTIM"], allowed={"STATUS": ("A",)})
    (region,) = build_constraint(constraint, Issue(full_standard)).regions
    assert [(selection.id, selection.is_key) for selection in region.selections] == [("FORM", True), ("STATUS", False)]


def test_a_constraint_that_allows_everything_has_no_region(full_standard: Standard) -> None:
    constraint = Constraint("CN", {"en": "All"}, {}, dataflow="DF_EVENT", free=("AREA", "PLACE"))
    assert build_constraint(constraint, Issue(full_standard)).regions == ()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"dataflow": "DF_NO"}, "CN_DF_VICTIM: refers to Dataflow 'DF_NO'"),
        ({"dataflow": "", "structure": "NO"}, "CN_DF_VICTIM: refers to DataStructure 'NO'"),
        ({"allowed": {"AGE": ("Y",)}}, "CN_DF_VICTIM: refers to Component 'AGE'"),
        ({"allowed": {"AREA": ("DZ",)}}, r"CN_DF_VICTIM\.AREA: refers to Code 'DZ'"),
        ({"allowed": {"FORM": ("LABOUR",)}}, r"CN_DF_VICTIM\.FORM: no code is left"),
    ],
)
def test_a_constraint_that_cannot_be_is_refused(full_standard: Standard, changes: dict[str, str], message: str) -> None:
    constraint = replace(full_standard.constraints["CN_DF_VICTIM"], **changes)  # type: ignore[arg-type]
    with pytest.raises(StructureError, match=message):
        build_constraint(constraint, Issue(full_standard))
