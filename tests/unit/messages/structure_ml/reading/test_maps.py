"""Structure maps and representation maps."""

import pytest
from tests.examples.ml_messages import URN, only, unread

from icstip.artefacts.base import Annotation, Reference
from icstip.artefacts.maps import (
    ComponentMap,
    FixedValueMap,
    MappedValue,
    RepresentationMap,
    StructureMap,
    ValueMapping,
)

NOTE = "<c:Annotations><c:Annotation><c:AnnotationType>N</c:AnnotationType></c:Annotation></c:Annotations>"
ENDS = f"""<s:Source>{URN}datastructure.Dataflow=T:DF(1.0)</s:Source>
    <s:Target>{URN}datastructure.DataStructure=T:S(1.0)</s:Target>"""


def _structure_map(inside: str) -> str:
    return f'<s:StructureMap id="M" agencyID="T">{ENDS}{inside}</s:StructureMap>'


def test_a_structure_map_comes_with_its_maps() -> None:
    inside = f"""<s:ComponentMap>{NOTE}<s:Source>A</s:Source><s:Source> B </s:Source><s:Target>C</s:Target>
        <s:RepresentationMap>{URN}structuremapping.RepresentationMap=T:R(1.0)</s:RepresentationMap></s:ComponentMap>
        <s:ComponentMap><s:Source>D</s:Source><s:Target>E</s:Target></s:ComponentMap>
        <s:FixedValueMap>{NOTE}<s:Target>F</s:Target><s:Value> 1 </s:Value><s:Value>2</s:Value></s:FixedValueMap>
        <s:FixedValueMap><s:Source>G</s:Source></s:FixedValueMap>"""
    notes = (Annotation(type="N"),)
    table = Reference("RepresentationMap", "T", "R", "1.0")
    for version in ("3.0", "3.1"):
        assert only(version, _structure_map(inside)) == StructureMap(
            id="M",
            agency="T",
            source=Reference("Dataflow", "T", "DF", "1.0"),
            target=Reference("DataStructure", "T", "S", "1.0"),
            component_maps=(
                ComponentMap(sources=("A", "B"), targets=("C",), representation_map=table, annotations=notes),
                ComponentMap(sources=("D",), targets=("E",)),
            ),
            fixed_values=(
                FixedValueMap(component="F", values=(" 1 ", "2"), annotations=notes),
                FixedValueMap(component="G", values=(), is_source=True),
            ),
        )


def test_maps_of_dates_are_told() -> None:
    told = unread("3.0", _structure_map('<s:EpochMap id="E"/><s:DatePatternMap/><s:FrequencyFormatMapping/>'))
    assert [what for _, what in told] == ["EpochMap", "DatePatternMap", "FrequencyFormatMapping"]
    assert {place for place, _ in told} == {"StructureMap=T:M(1.0)"}


def test_a_representation_map_comes_with_its_columns_in_order_and_its_values() -> None:
    inside = f"""<s:SourceDataType> String </s:SourceDataType>
        <s:SourceCodelist>{URN}codelist.Codelist=T:CL(1.0)</s:SourceCodelist>
        <s:TargetCodelist>{URN}codelist.ValueList=T:VL(1.0)</s:TargetCodelist>
        <s:TargetDataType>Integer</s:TargetDataType>
        <s:RepresentationMapping validFrom="2000-01-01" validTo="2001-01-01">{NOTE}
        <s:SourceValue isRegEx="true" startIndex="0" endIndex=" 3 "> [A&amp;] </s:SourceValue>
        <s:SourceValue isRegEx="false">a</s:SourceValue><s:TargetValue> b </s:TargetValue><s:TargetValue/>
        </s:RepresentationMapping>"""
    mapping = ValueMapping(
        sources=(MappedValue(" [A&] ", regex=True, start=0, end=3), MappedValue("a")),
        targets=(" b ", ""),
        valid_from="2000-01-01",
        valid_to="2001-01-01",
        annotations=(Annotation(type="N"),),
    )
    found = only("3.0", f'<s:RepresentationMap id="R" agencyID="T">{inside}</s:RepresentationMap>')
    assert found == RepresentationMap(
        id="R",
        agency="T",
        sources=("String", Reference("Codelist", "T", "CL", "1.0")),
        targets=(Reference("ValueList", "T", "VL", "1.0"), "Integer"),
        mappings=(mapping,),
    )


@pytest.mark.parametrize("index", ["one", "1.5", "1_0", "\u0661", "1" * 10])
def test_an_index_that_is_no_whole_number_is_told(index: str) -> None:
    value = f'<s:SourceValue startIndex="{index}">a</s:SourceValue>'
    inside = f"<s:RepresentationMapping>{value}</s:RepresentationMapping>"
    told = unread("3.0", f'<s:RepresentationMap id="R" agencyID="T">{inside}</s:RepresentationMap>')
    assert told == [("RepresentationMap=T:R(1.0)", "SourceValue@startIndex")]


def test_a_map_from_what_is_not_understood_is_left_out_and_told() -> None:
    inside = "<s:SourceCodelist>nonsense</s:SourceCodelist>"
    told = unread("3.0", f'<s:RepresentationMap id="R" agencyID="T">{inside}</s:RepresentationMap>')
    assert [what for _, what in told] == ["SourceCodelist", "RepresentationMap"]
