"""Hierarchies."""

from dataclasses import replace

import pytest

from icstip.artefacts.base import Reference
from icstip.errors import StructureError
from icstip.standard.model import HierarchyCode, Standard
from icstip.structures.building.hierarchies import build_hierarchy
from icstip.structures.building.maintenance import Issue


def test_codes_stand_at_their_places_those_of_one_level_in_the_order_of_the_table(full_standard: Standard) -> None:
    hierarchy = build_hierarchy(full_standard.hierarchies["H_FORM"], Issue(full_standard))
    assert [(path, str(code.code)) for path, code in hierarchy.walk()] == [
        ("ALL", "TEST:CL_FORM(1.0.0-draft)._T"),
        ("ALL.1", "TEST:CL_FORM(1.0.0-draft).LABOUR"),
        ("ALL.1.1A", "TEST:CL_FORM(1.0.0-draft).SLAVERY"),
        ("ALL.2", "TEST:CL_AREA(1.0.0-draft).CI"),
        ("REST", "TEST:CL_FORM(1.0.0-draft)._U"),
    ]
    assert hierarchy.codes[1].code == Reference("Code", "TEST", "CL_FORM", "1.0.0-draft", "_U")
    assert (hierarchy.name, hierarchy.description) == ({"en": "Forms"}, {"en": "By group."})
    assert [note.title for note in hierarchy.annotations] == ["GLOTIP"]


@pytest.mark.parametrize(
    ("code", "message"),
    [
        (HierarchyCode("A", "CL_FORM", "NO"), r"H_FORM\.A: refers to Code 'NO'"),
        (HierarchyCode("A", "CL_NO", "_T"), r"H_FORM\.A: refers to Codelist 'CL_NO'"),
        (HierarchyCode("A", "CL_FORM", "_T", parent="B"), r"H_FORM\.A: refers to HierarchicalCode 'B'"),
    ],
)
def test_a_place_that_cannot_be_is_refused(full_standard: Standard, code: HierarchyCode, message: str) -> None:
    hierarchy = replace(full_standard.hierarchies["H_FORM"], codes=(code, HierarchyCode("B", "CL_FORM", "_T")))
    with pytest.raises(StructureError, match=message):
        build_hierarchy(hierarchy, Issue(full_standard))
