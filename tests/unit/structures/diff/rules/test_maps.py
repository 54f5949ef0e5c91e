"""Maps: what is no longer mapped is major, what is mapped otherwise or in addition is minor."""

from dataclasses import replace

from tests.examples.diffs import diff, found, reference, value_map

from icstip.artefacts.base import Annotation
from icstip.artefacts.maps import ComponentMap, FixedValueMap, MappedValue, StructureMap
from icstip.structures.diff.versioning import Bump

PATCH, MINOR, MAJOR = Bump.PATCH, Bump.MINOR, Bump.MAJOR


def test_a_value_that_is_newly_mapped_is_minor_and_one_that_no_longer_is_major() -> None:
    one, two = value_map(("A", "1")), value_map(("A", "1"), ("B", "2"))
    assert found(one, two) == [("value-map-added", "B", MINOR)]
    assert found(two, one) == [("value-map-removed", "B", MAJOR)]


def test_a_value_that_is_mapped_to_something_else_is_minor() -> None:
    (change,) = diff(value_map(("A", "1")), value_map(("A", "2"))).changes
    assert (change.kind, change.path, change.before, change.after, change.bump) == (
        "value-map",
        "A",
        "→ 1",
        "→ 2",
        MINOR,
    )


def test_the_order_of_values_makes_no_difference() -> None:
    assert found(value_map(("A", "1"), ("B", "2")), value_map(("B", "2"), ("A", "1"))) == []


def test_a_pattern_is_not_the_value_that_is_written_alike() -> None:
    plain = value_map(("A", "1"))
    pattern = replace(plain, mappings=(replace(plain.mappings[0], sources=(MappedValue("A", regex=True),)),))
    assert [kind for kind, _, _ in found(plain, pattern)] == ["value-map-removed", "value-map-added"]


def test_a_note_on_a_value_is_a_patch() -> None:
    plain = value_map(("A", "1"))
    noted = replace(plain.mappings[0], annotations=(Annotation(type="NOTE", title="why"),))
    assert found(plain, replace(plain, mappings=(noted,))) == [("annotation", "A", PATCH)]


def test_another_list_or_type_that_is_mapped_is_major() -> None:
    assert found(value_map(), value_map(sources=(reference("Codelist", "CL_NEW"),))) == [("map-sides", "", MAJOR)]
    assert found(value_map(), value_map(targets=("String",))) == [("map-sides", "", MAJOR)]
    assert found(value_map(), value_map(targets=("String", "String"))) == [("map-sides", "", MAJOR)]


def structure_map(*maps: ComponentMap, fixed: tuple[FixedValueMap, ...] = (), target: str = "OTHER") -> StructureMap:
    return StructureMap(
        id="SM",
        agency="TEST",
        version="1.0.0",
        name={"en": "Map"},
        source=reference("DataStructure", "DSD"),
        target=reference("DataStructure", target),
        component_maps=maps,
        fixed_values=fixed,
    )


def component_map(source: str, target: str, table: str = "") -> ComponentMap:
    used = reference("RepresentationMap", table) if table else None
    return ComponentMap(sources=(source,), targets=(target,), representation_map=used)


def test_components_are_newly_mapped_no_longer_mapped_and_mapped_otherwise() -> None:
    none, one = structure_map(), structure_map(component_map("AREA", "REF_AREA"))
    assert found(none, one) == [("component-map-added", "REF_AREA", MINOR)]
    assert found(one, none) == [("component-map-removed", "REF_AREA", MAJOR)]
    assert found(one, structure_map(component_map("PLACE", "REF_AREA"))) == [("component-map", "REF_AREA", MINOR)]
    by_table = structure_map(component_map("AREA", "REF_AREA", "RM"))
    assert found(one, by_table) == [("component-map", "REF_AREA", MINOR)]


def test_several_maps_to_one_component_are_told_apart() -> None:
    two = structure_map(component_map("A", "X"), component_map("B", "X"))
    assert found(two, structure_map(component_map("A", "X"))) == [("component-map-removed", "X #2", MAJOR)]


def fixed(value: str) -> StructureMap:
    return structure_map(fixed=(FixedValueMap(component="UNIT", values=(value,)),))


def test_fixed_values_come_go_and_change() -> None:
    assert found(structure_map(), fixed("PS")) == [("component-map-added", "UNIT", MINOR)]
    assert found(fixed("PS"), structure_map()) == [("component-map-removed", "UNIT", MAJOR)]
    assert found(fixed("PS"), fixed("PT")) == [("component-map", "UNIT", MINOR)]


def test_a_map_between_other_structures_is_major() -> None:
    assert found(structure_map(), structure_map(target="NEW")) == [("map-sides", "", MAJOR)]
