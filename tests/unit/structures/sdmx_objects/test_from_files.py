"""Artefacts of files that sdmx1 has read."""

from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import sdmx
from sdmx.message import StructureMessage

from icstip.artefacts.base import Annotation, Maintainable, Nameable
from icstip.artefacts.collection import Artefacts
from icstip.artefacts.data_structure import DataStructure, Level, Relationship
from icstip.artefacts.items import AgencyScheme, Codelist, ConceptScheme, ItemScheme
from icstip.artefacts.notices import Notices
from icstip.structures.sdmx_objects.from_objects import from_sdmx1
from icstip.structures.sdmx_objects.to_objects import to_sdmx1

_SAMPLE = Path(__file__).parents[4] / "registry_samples" / "structures.sdmx-ml-2.1.xml"
_NS = {
    part: f"http://www.sdmx.org/resources/sdmxml/schemas/v2_1/{name}"
    for part, name in (("str", "structure"), ("com", "common"))
}
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_TAGS: Mapping[type[Maintainable], tuple[str, str]] = {
    Codelist: ("Codelist", "Code"),
    ConceptScheme: ("ConceptScheme", "Concept"),
}


@pytest.fixture(scope="module")
def root() -> ET.Element:
    return ET.parse(_SAMPLE).getroot()  # noqa: S314 - a file of our own


@pytest.fixture(scope="module")
def notices() -> Notices:
    return Notices(_SAMPLE.name, "sdmx1")


@pytest.fixture(scope="module")
def artefacts(notices: Notices) -> Artefacts:
    with _SAMPLE.open("rb") as file:
        return from_sdmx1(sdmx.read_sdmx(file), notices)


def _texts(element: ET.Element, tag: str) -> dict[str | None, str | None]:
    return {text.get(_LANG): text.text for text in element.findall(f"com:{tag}", _NS)}


def _named(element: ET.Element) -> tuple[object, ...]:
    notes = [
        (
            note.findtext("com:AnnotationType", None, _NS),
            note.findtext("com:AnnotationTitle", None, _NS),
            _texts(note, "AnnotationText"),
        )
        for note in element.findall("com:Annotations/com:Annotation", _NS)
    ]
    return element.get("id"), _texts(element, "Name"), _texts(element, "Description"), notes


def _read(thing: Nameable) -> tuple[object, ...]:
    notes = [(note.type, note.title, note.text) for note in thing.annotations]
    return thing.id, thing.name, thing.description, notes


def _parent(element: ET.Element) -> str:
    reference = element.find("str:Parent/Ref", _NS)
    return "" if reference is None else reference.get("id", "")


@pytest.mark.parametrize("cls", _TAGS)
def test_the_sample_comes_with_all_items_their_parents_texts_and_annotations(
    cls: type[ItemScheme], artefacts: Artefacts, root: ET.Element
) -> None:
    scheme_tag, item_tag = _TAGS[cls]
    schemes = root.findall(f".//str:{scheme_tag}", _NS)
    assert [_read(scheme) for scheme in artefacts.all_of(cls)] == [_named(scheme) for scheme in schemes]
    for scheme, element in zip(artefacts.all_of(cls), schemes, strict=True):
        items = element.findall(f"str:{item_tag}", _NS)
        assert [(*_read(item), item.parent) for item in scheme.items] == [(*_named(i), _parent(i)) for i in items]


def test_the_sample_has_four_languages_and_is_a_draft(artefacts: Artefacts) -> None:
    first = artefacts.all_of(Codelist)[0].items[0]
    assert list(first.name) == ["en", "fr", "es", "ar"]
    assert {artefact.version for artefact in artefacts.all_of(Codelist)} == {"1.0.0-draft"}


def _components(root: ET.Element, dsd: str, tags: Iterable[str]) -> Iterator[tuple[str | None, str | None, str | None]]:
    components = root.find(f".//str:DataStructure[@id='{dsd}']/str:DataStructureComponents", _NS)
    assert components is not None
    for element in components.findall("*/*", _NS):
        if element.tag.rpartition("}")[2] in tags:
            concept, codes = element.find("str:ConceptIdentity/Ref", _NS), element.find(".//str:Enumeration/Ref", _NS)
            assert concept is not None
            yield element.get("id"), concept.get("id"), None if codes is None else codes.get("id")


def test_the_sample_comes_with_all_components_their_concepts_and_code_lists(
    artefacts: Artefacts, root: ET.Element
) -> None:
    structures = artefacts.all_of(DataStructure)
    assert [dsd.id for dsd in structures] == [
        e.get("id") for e in root.findall(".//str:DataStructures/str:DataStructure", _NS)
    ]
    for dsd in structures:
        for read, tags in (
            (dsd.dimensions, {"Dimension", "TimeDimension"}),
            (dsd.attributes, {"Attribute"}),
            (dsd.measures, {"PrimaryMeasure"}),
        ):
            assert [_component(component) for component in read] == list(_components(root, dsd.id, tags))


def _component(component: object) -> tuple[str, str, str | None]:
    representation = component.representation  # type: ignore[attr-defined]
    enumeration = None if representation is None else representation.enumeration
    return component.id, component.concept.item, None if enumeration is None else enumeration.id  # type: ignore[attr-defined]


def test_the_sample_becomes_objects_and_artefacts_again(artefacts: Artefacts) -> None:
    assert from_sdmx1(to_sdmx1(artefacts)) == artefacts


def test_of_the_structures_of_the_sample_nothing_is_unread(artefacts: Artefacts, notices: Notices) -> None:
    kinds = {artefact.kind for artefact in artefacts} & {"Codelist", "ConceptScheme", "DataStructure", "Dataflow"}
    told = {str(finding.params["artefact"]).partition("=")[0] for finding in notices.findings}
    assert len(kinds) == 4
    assert not told & kinds


_HEADER = (
    b"<mes:Header><mes:ID>M</mes:ID><mes:Test>false</mes:Test><mes:Prepared>2025-01-01T00:00:00</mes:Prepared>"
    b"<mes:Sender id='TEST'/></mes:Header>"
)


def _message(version: bytes, content: bytes) -> StructureMessage:
    schemas = b"http://www.sdmx.org/resources/sdmxml/schemas/" + version
    root = b"<mes:Structure xmlns:mes='%b/message' xmlns:str='%b/structure' xmlns:com='%b/common'>" % ((schemas,) * 3)
    end = b"<mes:Structures>" + content + b"</mes:Structures></mes:Structure>"
    message = sdmx.read_sdmx(BytesIO(root + _HEADER + end))
    assert isinstance(message, StructureMessage)
    return message


def test_a_code_list_in_sdmx_ml_3_0_keeps_its_version_its_values_and_its_parents() -> None:
    content = b"""<str:Codelists><str:Codelist id="CL" agencyID="TEST" version="1.0.0">
        <com:Name xml:lang="en">Codes</com:Name>
        <str:Code id="0"><com:Name xml:lang="en">Zero</com:Name></str:Code>
        <str:Code id="A"><com:Annotations>
            <com:Annotation><com:AnnotationTitle>0</com:AnnotationTitle><com:AnnotationType>PARENT</com:AnnotationType>
            </com:Annotation>
            <com:Annotation><com:AnnotationValue>1</com:AnnotationValue></com:Annotation>
        </com:Annotations><com:Name>No language</com:Name></str:Code>
    </str:Codelist></str:Codelists>"""
    (read,) = from_sdmx1(_message(b"v3_0", content))
    assert isinstance(read, Codelist)
    assert read.version == "1.0.0"
    zero, code = read.items
    assert (zero.parent, code.parent) == ("", "0")
    assert code.annotations == (Annotation(value="1"),)
    assert code.name == {"en": "No language"}  # as the schema says of a text without a language


def test_the_agency_of_a_list_of_agencies_is_not_in_the_list() -> None:
    content = b"""<str:OrganisationSchemes><str:AgencyScheme id="AGENCIES" agencyID="SDMX" version="1.0">
        <com:Name xml:lang="en">Agencies</com:Name>
        <str:Agency id="TEST"><com:Name xml:lang="en">Test</com:Name></str:Agency>
    </str:AgencyScheme></str:OrganisationSchemes>"""
    (read,) = from_sdmx1(_message(b"v2_1", content))
    assert isinstance(read, AgencyScheme)
    assert (read.agency, [item.id for item in read.items]) == ("SDMX", ["TEST"])


def test_what_a_message_in_sdmx_ml_2_1_only_refers_to_is_no_artefact_of_it() -> None:
    content = b"""<str:DataStructures><str:DataStructure id="DSD" agencyID="TEST" version="1.0">
        <com:Name xml:lang="en">Structure</com:Name>
        <str:DataStructureComponents>
            <str:DimensionList id="DimensionDescriptor"><str:Dimension id="D" position="1">
                <str:ConceptIdentity><Ref id="C" maintainableParentID="CS" maintainableParentVersion="2.0"
                    agencyID="FAR" package="conceptscheme" class="Concept"/></str:ConceptIdentity>
                <str:LocalRepresentation><str:Enumeration><Ref id="CL" version="1.1" agencyID="FAR"
                    package="codelist" class="Codelist"/></str:Enumeration></str:LocalRepresentation>
            </str:Dimension></str:DimensionList>
            <str:AttributeList id="AttributeDescriptor"><str:Attribute id="A" assignmentStatus="Mandatory">
                <str:ConceptIdentity><Ref id="C" maintainableParentID="CS" maintainableParentVersion="2.0"
                    agencyID="FAR" package="conceptscheme" class="Concept"/></str:ConceptIdentity>
                <str:AttributeRelationship><str:None/></str:AttributeRelationship>
            </str:Attribute></str:AttributeList>
        </str:DataStructureComponents>
    </str:DataStructure></str:DataStructures>"""
    (read,) = from_sdmx1(_message(b"v2_1", content))
    assert isinstance(read, DataStructure)
    assert (read.version, read.final, read.name) == ("1.0", False, {"en": "Structure"})
    (dimension,), (attribute,) = read.dimensions, read.attributes
    assert str(dimension.concept) == "FAR:CS(2.0).C"
    assert dimension.representation is not None
    assert str(dimension.representation.enumeration) == "FAR:CL(1.1)"
    assert (attribute.mandatory, attribute.relationship) == (True, Relationship(Level.DATASET))
