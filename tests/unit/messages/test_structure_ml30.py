"""What is particular to structure messages in SDMX-ML 3.0."""

from datetime import UTC, datetime

import pytest
from lxml import etree
from sdmx.message import Header, StructureMessage
from sdmx.model import v21
from sdmx.model.common import (
    Agency,
    Code,
    Codelist,
    Concept,
    ConceptScheme,
    DimensionDescriptor,
    Representation,
    TimeDimension,
)
from sdmx.model.v30 import Annotation, DataStructureDefinition

from icstip.artefacts.notices import Notices
from icstip.messages.sdmx_messages import write_structures
from icstip.standard.model import Standard
from icstip.structures.build import build_structures

NS = {
    "str": "http://www.sdmx.org/resources/sdmxml/schemas/v3_0/structure",
    "com": "http://www.sdmx.org/resources/sdmxml/schemas/v3_0/common",
}
URN = "urn:sdmx:org.sdmx.infomodel"


@pytest.fixture(scope="module")
def root(small_standard: Standard) -> etree._Element:
    return etree.fromstring(write_structures(build_structures(small_standard), "sdmx-ml-3.0"))


def _victim(root: etree._Element, path: str) -> etree._Element:
    found = root.find(f".//str:DataStructure[@id='VICTIM']//{path}", NS)
    assert found is not None
    return found


def _message(*artefacts: object) -> StructureMessage:
    sender = Agency(id="TEST")
    message = StructureMessage(header=Header(id="M", prepared=datetime(2025, 1, 1, tzinfo=UTC), sender=sender))
    for artefact in artefacts:
        message.add(artefact)
    return message


def test_the_version_has_its_extension_and_nothing_else_says_whether_it_is_final(root: etree._Element) -> None:
    artefacts = [element for element in root.iter() if element.get("agencyID") == "TEST"]
    assert len(artefacts) == 7
    assert {element.get("version") for element in artefacts} == {"1.0.0-draft"}
    assert {element.get("isFinal") for element in artefacts} == {None}


def test_artefacts_items_and_components_have_urns(root: etree._Element) -> None:
    urns = {element.get("urn") for element in root.iter()}
    assert f"{URN}.codelist.Codelist=TEST:CL_FORM(1.0.0-draft)" in urns
    assert f"{URN}.codelist.Code=TEST:CL_FORM(1.0.0-draft)._T" in urns
    assert f"{URN}.conceptscheme.Concept=TEST:CS_TEST(1.0.0-draft).FORM" in urns
    assert f"{URN}.datastructure.DataStructure=TEST:VICTIM(1.0.0-draft)" in urns
    assert f"{URN}.datastructure.DimensionDescriptor=TEST:VICTIM(1.0.0-draft).DimensionDescriptor" in urns
    assert f"{URN}.datastructure.TimeDimension=TEST:VICTIM(1.0.0-draft).TIME_PERIOD" in urns
    assert f"{URN}.datastructure.DataAttribute=TEST:VICTIM(1.0.0-draft).STATUS" in urns
    assert f"{URN}.datastructure.Measure=TEST:VICTIM(1.0.0-draft).OBS_VALUE" in urns
    assert f"{URN}.datastructure.Dataflow=TEST:DF_VICTIM(1.0.0-draft)" in urns


def test_every_reference_is_the_urn_of_something_in_the_message(root: etree._Element) -> None:
    urns = {element.get("urn") for element in root.iter() if element.get("urn")}
    references = [element.text for element in root.iter() if element.text and element.text.startswith("urn:")]
    assert len(references) > 10
    assert set(references) <= urns


def test_the_measure_is_optional_and_called_measure(root: etree._Element) -> None:
    measure = _victim(root, "str:MeasureList/str:Measure")
    assert (measure.get("id"), measure.get("usage")) == ("OBS_VALUE", "optional")
    text_format = measure.find("str:LocalRepresentation/str:TextFormat", NS)
    assert text_format is not None
    assert text_format.get("textType") == "Decimal"


def test_relationships_are_observation_dimensions_and_dataflow(root: etree._Element) -> None:
    found = {
        attribute.get("id"): [
            (etree.QName(part).localname, part.text) for part in attribute.findall("str:AttributeRelationship/*", NS)
        ]
        for attribute in root.iterfind(".//str:Attribute", NS)
    }
    assert found == {
        "STATUS": [("Observation", None)],
        "COMMENT": [("Dimension", "AREA"), ("Dimension", "FORM")],
        "TITLE": [("Dataflow", None)],
    }


def test_usage_says_whether_an_attribute_is_mandatory(root: etree._Element) -> None:
    usage = {attribute.get("id"): attribute.get("usage") for attribute in root.iterfind(".//str:Attribute", NS)}
    assert usage == {"STATUS": "mandatory", "COMMENT": "optional", "TITLE": "optional"}


def test_a_text_is_in_one_language(root: etree._Element) -> None:
    text_format = _victim(root, "str:Attribute[@id='COMMENT']//str:TextFormat")
    assert dict(text_format.attrib.items()) == {"textType": "String", "isMultiLingual": "false"}


def test_a_parent_is_its_id(root: etree._Element) -> None:
    assert root.findtext(".//str:Code[@id='SLAVERY']/str:Parent", namespaces=NS) == "LABOUR"


@pytest.mark.parametrize(("code", "parent"), [("002", "001"), ("CI", "002")])
def test_a_parent_that_the_schema_does_not_allow_is_an_annotation(root: etree._Element, code: str, parent: str) -> None:
    element = root.find(f".//str:Code[@id='{code}']", NS)
    assert element is not None
    assert element.find("str:Parent", NS) is None
    titles = {
        annotation.findtext("com:AnnotationType", None, NS): annotation.findtext("com:AnnotationTitle", None, NS)
        for annotation in element.iterfind("com:Annotations/com:Annotation", NS)
    }
    assert titles["PARENT"] == parent


def test_a_time_dimension_is_the_last_one_and_has_a_representation() -> None:
    concepts = ConceptScheme(id="CS", name={"en": "CS"}, maintainer=Agency(id="TEST"))
    concepts.append(Concept(id="C", name={"en": "C"}))
    time = TimeDimension(id="TIME_PERIOD", concept_identity=concepts["C"])
    other = v21.Dimension(id="OTHER", concept_identity=concepts["C"])
    dsd = DataStructureDefinition(
        id="DSD",
        name={"en": "DSD"},
        maintainer=Agency(id="TEST"),
        dimensions=DimensionDescriptor(components=[time, other]),
    )
    root = etree.fromstring(write_structures(_message(concepts, dsd), "sdmx-ml-3.0"))
    written = root.findall(".//str:DimensionList/*", NS)
    assert [(element.get("id"), element.get("position")) for element in written] == [
        ("OTHER", "1"),
        ("TIME_PERIOD", None),
    ]
    text_format = written[1].find(".//str:TextFormat", NS)
    assert text_format is not None
    assert text_format.get("textType") == "ObservationalTimePeriod"


def test_the_value_of_an_annotation_is_kept() -> None:
    codelist = Codelist(id="CL", name={"en": "CL"}, maintainer=Agency(id="TEST"))
    codelist.append(Code(id="A", name={"en": "A"}, annotations=[Annotation(type="ORDER", value="1")]))
    root = etree.fromstring(write_structures(_message(codelist), "sdmx-ml-3.0"))
    assert root.findtext(".//com:AnnotationValue", namespaces=NS) == "1"


def test_a_measure_dimension_which_sdmx_3_0_does_not_have_is_a_dimension() -> None:
    concepts = ConceptScheme(id="CS", name={"en": "CS"}, maintainer=Agency(id="TEST"))
    concepts.append(Concept(id="C", name={"en": "C"}))
    dimension = v21.MeasureDimension(
        id="M", concept_identity=concepts["C"], local_representation=Representation(enumerated=concepts)
    )
    dsd = v21.DataStructureDefinition(
        id="DSD",
        name={"en": "DSD"},
        maintainer=Agency(id="TEST"),
        dimensions=DimensionDescriptor(components=[dimension]),
    )
    notices = Notices("message", "SDMX-ML 3.0")
    root = etree.fromstring(write_structures(_message(concepts, dsd), "sdmx-ml-3.0", notices=notices))
    assert [element.get("id") for element in root.iterfind(".//str:Dimension", NS)] == ["M"]
    assert {"FORMAT-002", "FORMAT-003"} <= {finding.code for finding in notices.findings}
