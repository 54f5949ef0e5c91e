"""Representation maps and structure maps of SDMX-ML 3.x."""

import pytest
from tests.examples.ml_writing import attributes, written
from tests.examples.texts import annotations

from icstip.artefacts.base import Reference
from icstip.artefacts.maps import (
    ComponentMap,
    FixedValueMap,
    MappedValue,
    RepresentationMap,
    StructureMap,
    ValueMapping,
)

in_3_x = pytest.mark.parametrize("version", ["3.0", "3.1"])
URN = "urn:sdmx:org.sdmx.infomodel."
NAME = {"en": "Map"}
CODELIST = Reference("Codelist", "TEST", "CL", "1.0")
VALUE_LIST = Reference("ValueList", "TEST", "VL", "1.0")


def _table(*mappings: ValueMapping) -> RepresentationMap:
    return RepresentationMap(
        id="RM",
        agency="TEST",
        name=NAME,
        sources=(CODELIST, "String"),
        targets=("Integer", VALUE_LIST),
        mappings=mappings,
    )


@in_3_x
def test_a_representation_map_says_its_lists_and_types_in_their_order(version: str) -> None:
    message = written(version, _table())
    parts = [(str(part.tag).partition("}")[2], part.text) for part in message.one("s:RepresentationMap")][1:]
    assert parts == [
        ("SourceCodelist", f"{URN}codelist.Codelist=TEST:CL(1.0)"),
        ("SourceDataType", "String"),
        ("TargetDataType", "Integer"),
        ("TargetCodelist", f"{URN}codelist.ValueList=TEST:VL(1.0)"),
    ]


@in_3_x
def test_values_are_mapped_as_they_are_by_expressions_or_in_part(version: str) -> None:
    mapping = ValueMapping(
        sources=(MappedValue(" a & <b> "), MappedValue(".*", regex=True), MappedValue("abc", start=1, end=2)),
        targets=(" x ", "y"),
        valid_from="2020-01-01",
        valid_to="2021-01-01",
        annotations=annotations(),
    )
    message = written(version, _table(mapping, ValueMapping(sources=(MappedValue("z"),))))
    sources = [(value.text, attributes(value)) for value in message.all("s:SourceValue")]
    assert sources == [
        (" a & <b> ", {}),
        (".*", {"isRegEx": "true"}),
        ("abc", {"startIndex": "1", "endIndex": "2"}),
        ("z", {}),
    ]
    assert message.texts("s:TargetValue") == [" x ", "y"]
    first = message.all("s:RepresentationMapping")[0]
    assert (first.get("validFrom"), first.get("validTo")) == ("2020-01-01", "2021-01-01")
    assert len(first[0]) == len(annotations())


@in_3_x
@pytest.mark.parametrize("side", ["sources", "targets"])
def test_a_representation_map_without_sources_or_targets_is_left_out(version: str, side: str) -> None:
    columns: dict[str, tuple[str, ...]] = {"sources": ("String",), "targets": ("String",), side: ()}
    table = RepresentationMap(id="RM", agency="TEST", name=NAME, **columns)  # type: ignore[arg-type]
    assert written(version, table).said == {"FORMAT-001 incomplete": ()}


@in_3_x
def test_a_structure_map_says_what_becomes_what(version: str) -> None:
    structure_map = StructureMap(
        id="SM",
        agency="TEST",
        name=NAME,
        source=Reference("Dataflow", "TEST", "DF", "1.0"),
        target=Reference("DataStructure", "TEST", "DSD", "1.0"),
        component_maps=(
            ComponentMap(sources=("A", "B"), targets=("C",), representation_map=_table().reference),
            ComponentMap(sources=("D",), targets=("E",), annotations=annotations()),
        ),
        fixed_values=(
            FixedValueMap(component="F", values=("1 & 2", "3")),
            FixedValueMap(component="G", values=(), is_source=True, annotations=annotations()),
        ),
    )
    message = written(version, structure_map)
    assert message.texts("s:StructureMap/s:Source") == [f"{URN}datastructure.Dataflow=TEST:DF(1.0)"]
    assert message.texts("s:StructureMap/s:Target") == [f"{URN}datastructure.DataStructure=TEST:DSD(1.0)"]
    assert message.texts("s:ComponentMap/s:Source") == ["A", "B", "D"]
    assert message.texts("s:ComponentMap/s:Target") == ["C", "E"]
    assert message.texts("s:RepresentationMap") == [f"{URN}structuremapping.RepresentationMap=TEST:RM(1.0)"]
    assert message.texts("s:FixedValueMap/s:Target") == ["F"]
    assert message.texts("s:FixedValueMap/s:Value") == ["1 & 2", "3"]
    assert message.texts("s:FixedValueMap/s:Source") == ["G"]
    assert len(message.all("s:ComponentMap/c:Annotations")) == len(message.all("s:FixedValueMap/c:Annotations")) == 1
