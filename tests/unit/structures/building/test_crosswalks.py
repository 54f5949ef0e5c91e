"""Crosswalks as structure maps and representation maps."""

from dataclasses import replace

import pytest

from icstip.artefacts.base import Reference
from icstip.artefacts.maps import (
    ComponentMap,
    FixedValueMap,
    MappedValue,
    RepresentationMap,
    StructureMap,
    ValueMapping,
)
from icstip.errors import StructureError
from icstip.standard.model import Standard
from icstip.structures.building.crosswalks import build_crosswalk
from icstip.structures.building.maintenance import Issue


def _built(standard: Standard, crosswalk: str) -> tuple[RepresentationMap, StructureMap]:
    codes, components = build_crosswalk(standard.crosswalks[crosswalk], Issue(standard))
    assert isinstance(codes, RepresentationMap)
    assert isinstance(components, StructureMap)
    return codes, components


def test_a_code_map_is_a_representation_map_of_the_lists_in_their_order(full_standard: Standard) -> None:
    codes, _ = _built(full_standard, "X_OTHER")
    assert codes.id == "M_KIND"
    assert codes.sources == (
        Reference("Codelist", "TEST", "CL_FORM", "1.0.0-draft"),
        Reference("Codelist", "TEST", "CL_AREA", "1.0.0-draft"),
    )
    assert codes.targets == (Reference("Codelist", "OTHER", "CL_KIND", "1.0"),)
    assert codes.mappings == (
        ValueMapping(sources=(MappedValue("LABOUR"), MappedValue("CI")), targets=("L",)),
        ValueMapping(sources=(MappedValue("_U"), MappedValue("CI")), targets=()),
    )


def test_links_are_component_maps_and_fixed_values(full_standard: Standard) -> None:
    codes, components = _built(full_standard, "X_OTHER")
    assert components.source == Reference("DataStructure", "TEST", "VICTIM", "1.0.0-draft")
    assert components.target == Reference("DataStructure", "OTHER.SUB", "DSD", "2.1")
    assert components.component_maps == (
        ComponentMap(sources=("FORM", "AREA"), targets=("KIND",), representation_map=codes.reference),
        ComponentMap(sources=("TIME_PERIOD",), targets=("TIME_PERIOD",)),
    )
    assert components.fixed_values == (
        FixedValueMap(component="SCALE", values=("0",)),
        FixedValueMap(component="SIZE", values=("0",)),
    )
    assert [note.title for note in (*codes.annotations, *components.annotations)] == ["PROJECT", "PROJECT"]


def test_what_a_map_of_sdmx_cannot_say_is_left_out_of_it(full_standard: Standard) -> None:
    crosswalk = full_standard.crosswalks["X_OTHER"]
    (code_map,) = crosswalk.code_maps.values()
    # An empty source is an attribute that is not there.
    absent = replace(code_map, mappings=(*code_map.mappings, (("LABOUR", ""), ("N",))))
    codes, *_ = build_crosswalk(replace(crosswalk, code_maps={code_map.id: absent}), Issue(full_standard))
    assert isinstance(codes, RepresentationMap)
    assert codes.mappings == _built(full_standard, "X_OTHER")[0].mappings


def test_a_map_to_something_without_a_semantic_version_has_two_numbers(full_standard: Standard) -> None:
    reissued = full_standard.reissued(version="2.3.4-draft.1")
    assert [built.version for built in _built(reissued, "X_OTHER")] == ["2.3", "2.3"]
    assert {built.final for built in _built(reissued, "X_OTHER")} == {None}


def test_a_map_to_what_has_semantic_versions_has_the_version_of_the_standard(full_standard: Standard) -> None:
    assert [built.version for built in _built(full_standard, "X_OWN")] == ["1.0.0-draft", "1.0.0-draft"]


def test_a_structure_map_with_a_two_part_representation_map_has_two_numbers_itself(full_standard: Standard) -> None:
    crosswalk = replace(full_standard.crosswalks["X_OTHER"], target="EVENT")
    codes, components = build_crosswalk(crosswalk, Issue(full_standard))
    assert (codes.version, components.version) == ("1.0", "1.0")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"source": "NO"}, "X_OTHER: refers to DataStructure 'NO'"),
        ({"target": "OTHER:DSD"}, "X_OTHER: refers to DataStructure 'OTHER:DSD'"),
        ({"code_maps": {}}, "X_OTHER: refers to RepresentationMap 'M_KIND'"),
    ],
)
def test_a_crosswalk_that_leads_nowhere_is_refused(
    full_standard: Standard, changes: dict[str, str], message: str
) -> None:
    crosswalk = replace(full_standard.crosswalks["X_OTHER"], **changes)  # type: ignore[arg-type]
    with pytest.raises(StructureError, match=message):
        list(build_crosswalk(crosswalk, Issue(full_standard)))
