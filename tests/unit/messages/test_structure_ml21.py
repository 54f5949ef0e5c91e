"""What is particular to structure messages in SDMX-ML 2.1."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from lxml import etree
from sdmx.message import Header, StructureMessage
from sdmx.model import v21
from sdmx.model.common import (
    Agency,
    AttributeDescriptor,
    Code,
    Codelist,
    Concept,
    ConceptScheme,
    DataAttribute,
    Dimension,
    DimensionDescriptor,
    DimensionRelationship,
    Facet,
    FacetValueType,
    GroupDimensionDescriptor,
    Representation,
)
from sdmx.model.v30 import Annotation, DataStructureDefinition, Measure, MeasureDescriptor

from icstip.artefacts.notices import LossWarning
from icstip.messages.sdmx_messages import write_structures
from icstip.standard.model import Standard
from icstip.structures.build import build_structures

NS = {
    "str": "http://www.sdmx.org/resources/sdmxml/schemas/v2_1/structure",
    "com": "http://www.sdmx.org/resources/sdmxml/schemas/v2_1/common",
}


@pytest.fixture(scope="module")
def root(small_standard: Standard) -> etree._Element:
    return etree.fromstring(write_structures(build_structures(small_standard), "sdmx-ml-2.1"))


def _message(*artefacts: object) -> StructureMessage:
    sender = Agency(id="TEST")
    message = StructureMessage(header=Header(id="M", prepared=datetime(2025, 1, 1, tzinfo=UTC), sender=sender))
    for artefact in artefacts:
        message.add(artefact)
    return message


def _concepts() -> ConceptScheme:
    concepts = ConceptScheme(id="CS", name={"en": "CS"}, maintainer=Agency(id="TEST"))
    concepts.append(Concept(id="C", name={"en": "C"}))
    return concepts


def _dsd(concepts: ConceptScheme, *measures: str) -> DataStructureDefinition:
    return DataStructureDefinition(
        id="DSD",
        name={"en": "DSD"},
        maintainer=Agency(id="TEST"),
        dimensions=DimensionDescriptor(components=[Dimension(id="D", concept_identity=concepts["C"])]),
        measures=MeasureDescriptor(
            components=[Measure(id=measure, concept_identity=concepts["C"]) for measure in measures]
        ),
    )


def _ref(root: etree._Element, path: str) -> dict[str, str]:
    reference = root.find(f".//{path}/Ref", NS)
    assert reference is not None
    return {str(name): str(value) for name, value in reference.attrib.items()}


def test_the_version_has_no_extension_and_a_draft_is_not_final(root: etree._Element) -> None:
    artefacts = [element for element in root.iter() if element.get("isFinal")]
    assert len(artefacts) == 7
    assert {(a.get("version"), a.get("isFinal"), a.get("isExternalReference")) for a in artefacts} == {
        ("1.0.0", "false", "false")
    }
    assert not [element for element in root.iter() if "draft" in (element.get("urn") or "")]


def test_a_final_standard_is_final(small_standard: Standard) -> None:
    message = build_structures(small_standard.reissued(final=True))
    root = etree.fromstring(write_structures(message, "sdmx-ml-2.1"))
    assert {element.get("isFinal") for element in root.iter() if element.get("isFinal")} == {"true"}


def test_a_version_with_an_extension_is_never_final(small_standard: Standard) -> None:
    message = build_structures(replace(small_standard, final=True))
    root = etree.fromstring(write_structures(message, "sdmx-ml-2.1"))
    assert {element.get("isFinal") for element in root.iter() if element.get("isFinal")} == {"false"}


def test_references_say_their_parts(root: etree._Element) -> None:
    dimension = "str:DataStructure[@id='VICTIM']//str:Dimension[@id='FORM']"
    assert _ref(root, f"{dimension}/str:ConceptIdentity") == {
        "id": "FORM",
        "maintainableParentID": "CS_TEST",
        "maintainableParentVersion": "1.0.0",
        "agencyID": "TEST",
        "package": "conceptscheme",
        "class": "Concept",
    }
    assert _ref(root, f"{dimension}/str:LocalRepresentation/str:Enumeration") == {
        "id": "CL_FORM",
        "version": "1.0.0",
        "agencyID": "TEST",
        "package": "codelist",
        "class": "Codelist",
    }
    assert _ref(root, "str:Dataflow[@id='DF_VICTIM']/str:Structure")["id"] == "VICTIM"


@pytest.mark.parametrize(("code", "parent"), [("SLAVERY", "LABOUR"), ("002", "001"), ("CI", "002")])
def test_every_parent_is_a_reference(root: etree._Element, code: str, parent: str) -> None:
    assert _ref(root, f"str:Code[@id='{code}']/str:Parent") == {"id": parent}


def test_relationships_are_primary_measure_dimensions_and_none(root: etree._Element) -> None:
    found = {
        attribute.get("id"): [
            (etree.QName(part).localname, [ref.get("id") for ref in part])
            for part in attribute.findall("str:AttributeRelationship/*", NS)
        ]
        for attribute in root.iterfind(".//str:Attribute", NS)
    }
    assert found == {
        "STATUS": [("PrimaryMeasure", ["OBS_VALUE"])],
        "COMMENT": [("Dimension", ["AREA"]), ("Dimension", ["FORM"])],
        "TITLE": [("None", [])],
    }


def test_the_assignment_status_says_whether_an_attribute_is_mandatory(root: etree._Element) -> None:
    status = {a.get("id"): a.get("assignmentStatus") for a in root.iterfind(".//str:Attribute", NS)}
    assert status == {"STATUS": "Mandatory", "COMMENT": "Conditional", "TITLE": "Conditional"}


def test_the_measure_is_the_primary_measure(root: etree._Element) -> None:
    measures = root.findall(".//str:MeasureList/*", NS)
    assert [(etree.QName(measure).localname, measure.get("id")) for measure in measures] == [
        ("PrimaryMeasure", "OBS_VALUE"),
        ("PrimaryMeasure", "OBS_VALUE"),
    ]
    assert measures[0].get("usage") is None


def test_a_measure_of_another_id_becomes_the_primary_measure() -> None:
    concepts = _concepts()
    root = etree.fromstring(write_structures(_message(concepts, _dsd(concepts, "AMOUNT")), "sdmx-ml-2.1"))
    measure = root.find(".//str:PrimaryMeasure", NS)
    assert measure is not None
    assert measure.get("id") == "OBS_VALUE"
    assert _ref(root, "str:PrimaryMeasure/str:ConceptIdentity")["id"] == "C"


@pytest.mark.parametrize("measures", [(), ("A", "B")], ids=["none", "two"])
def test_a_structure_without_exactly_one_measure_is_left_out(measures: tuple[str, ...]) -> None:
    concepts = _concepts()
    with pytest.warns(LossWarning, match="DSD"):
        content = write_structures(_message(concepts, _dsd(concepts, *measures)), "sdmx-ml-2.1")
    assert etree.fromstring(content).find(".//str:DataStructure", NS) is None


def test_a_measure_dimension_is_kept() -> None:
    concepts = _concepts()
    dimension = v21.MeasureDimension(
        id="M", concept_identity=concepts["C"], local_representation=Representation(enumerated=concepts)
    )
    dsd = _dsd(concepts, "OBS_VALUE")
    dsd.dimensions.components.append(dimension)
    root = etree.fromstring(write_structures(_message(concepts, dsd), "sdmx-ml-2.1"))
    assert _ref(root, "str:MeasureDimension//str:Enumeration")["class"] == "ConceptScheme"


def test_the_group_that_an_attribute_is_reported_in_is_kept() -> None:
    concepts = _concepts()
    dsd = _dsd(concepts, "OBS_VALUE")
    group = GroupDimensionDescriptor(id="Siblings", components=list(dsd.dimensions))
    relationship = DimensionRelationship(dimensions=list(dsd.dimensions), group_key=group)
    dsd.group_dimensions["Siblings"] = group
    dsd.attributes = AttributeDescriptor(
        components=[DataAttribute(id="A", concept_identity=concepts["C"], related_to=relationship)]
    )
    root = etree.fromstring(write_structures(_message(concepts, dsd), "sdmx-ml-2.1"))
    assert _ref(root, "str:AttachmentGroup") == {"id": "Siblings"}
    assert _ref(root, "str:Group/str:GroupDimension/str:DimensionReference") == {"id": "D"}


def test_a_data_type_that_sdmx_2_1_does_not_have_is_a_text() -> None:
    concepts = _concepts()
    place = Representation(non_enumerated=[Facet(value_type=FacetValueType.geospatialInformation)])
    concepts["C"].core_representation = place
    with pytest.warns(LossWarning, match="CS"):
        root = etree.fromstring(write_structures(_message(concepts), "sdmx-ml-2.1"))
    text_format = root.find(".//str:TextFormat", NS)
    assert text_format is not None
    assert text_format.get("textType") == "String"


def test_the_value_of_an_annotation_becomes_a_title() -> None:
    codelist = Codelist(id="CL", name={"en": "CL"}, maintainer=Agency(id="TEST"))
    both = Annotation(id="N", type="T", title="Title", text={"en": "Text"}, value="Value")
    codelist.append(Code(id="A", name={"en": "A"}, annotations=[Annotation(type="ORDER", value="1"), both]))
    root = etree.fromstring(write_structures(_message(codelist), "sdmx-ml-2.1"))
    assert [
        (annotation.get("id"), annotation.findtext("com:AnnotationTitle", None, NS))
        for annotation in root.iterfind(".//com:Annotation", NS)
    ] == [(None, "1"), ("N", "Title"), (None, "Value")]
