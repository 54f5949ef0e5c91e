"""Messages as a whole: what is one, its header, and what of it is told because it was not read."""

import re

import pytest
from tests.examples.ml_messages import HEADER, VERSIONS, document, message, unread

from icstip.errors import FormatError
from icstip.messages.structure_header import Party, StructureHeader
from icstip.messages.structure_ml.read import read

CODELIST = '<s:Codelist id="CL" agencyID="T"><c:Name>List</c:Name></s:Codelist>'
BASE = "http://www.sdmx.org/resources/sdmxml/schemas"


@pytest.mark.parametrize("version", VERSIONS)
def test_the_version_is_recognised_by_the_namespace(version: str) -> None:
    assert document(version, "").format_id == f"sdmx-ml-{version}"


@pytest.mark.parametrize(
    "content",
    [
        f'<m:GenericData xmlns:m="{BASE}/v2_1/message"/>',
        f'<m:StructureSpecificData xmlns:m="{BASE}/v3_0/message"/>',
        f'<m:RegistryInterface xmlns:m="{BASE}/v2_1/message"/>',
        f'<m:Error xmlns:m="{BASE}/v3_0/message"/>',
        f'<m:Structure xmlns:m="{BASE}/v2_0/message"/>',
        f'<s:Structure xmlns:s="{BASE}/v3_0/structure"/>',
        "<Structure/>",
        "<html/>",
    ],
)
def test_what_is_no_structure_message_is_refused(content: str) -> None:
    with pytest.raises(FormatError) as error:
        read(content.encode(), "file.xml")
    assert (error.value.message_id, error.value.where) == ("not-a-structure-message", "file.xml")


@pytest.mark.parametrize("content", [b"", b"not XML", b"<a>", b'<?xml version="1.0" encoding="none-such"?><a/>'])
def test_what_is_not_well_formed_is_refused(content: bytes) -> None:
    with pytest.raises(FormatError) as error:
        read(content, "file.xml")
    assert error.value.message_id == "xml-malformed"


def test_a_document_type_is_refused() -> None:
    with pytest.raises(FormatError) as error:
        read(b"<!DOCTYPE a [<!ENTITY b 'c'>]>" + message("3.0", CODELIST).encode(), "file.xml")
    assert error.value.message_id == "xml-doctype"


def test_a_text_of_more_than_ten_megabytes_is_refused() -> None:
    with pytest.raises(FormatError) as error:
        document("3.0", f"<s:Codelists>{CODELIST.replace('List', 'x' * 10_000_001)}</s:Codelists>")
    assert error.value.message_id == "xml-malformed"


@pytest.mark.parametrize("version", VERSIONS)
def test_a_message_without_artefacts_is_fine(version: str) -> None:
    without = message(version, "").replace("<m:Structures></m:Structures>", "")
    for content in (message(version, ""), message(version, "<s:Codelists/>"), without):
        found = read(content.encode(), "message.xml")
        assert (len(found.artefacts), found.findings) == (0, ())


def test_the_header_comes_with_all_that_it_says() -> None:
    header = """<m:Header><m:ID> M1 </m:ID><m:Test>true</m:Test><m:Prepared>2020-01-01T00:00:00Z</m:Prepared>
        <m:Sender id="S"><c:Name xml:lang="en">Sender</c:Name><c:Name xml:lang="fr">Expéditeur</c:Name></m:Sender>
        <m:Receiver id="R"/><m:Source xml:lang="fr">Lieu</m:Source></m:Header>"""
    found = read(message("2.1", "", header).encode(), "message.xml")
    sender = Party("S", {"en": "Sender", "fr": "Expéditeur"})
    expected = StructureHeader("M1", "2020-01-01T00:00:00Z", sender, Party("R", {}), {"fr": "Lieu"}, test=True)
    assert (found.header, found.findings) == (expected, ())


@pytest.mark.parametrize("header", ["", "<m:Header/>", "<m:Header><m:ID/><m:Test/><m:Prepared/><m:Sender/></m:Header>"])
def test_what_is_missing_in_a_header_is_empty(header: str) -> None:
    found = read(message("3.0", "", header).encode(), "message.xml")
    assert found.header == StructureHeader("", "", Party("", {}), None, {}, test=False)


def test_what_the_header_has_more_is_told() -> None:
    more = '<m:Receiver id="A"/><m:Receiver id="B"/><c:Name>Name</c:Name><m:DataSetID>D</m:DataSetID></m:Header>'
    content = message("2.1", "", HEADER.replace("</m:Header>", more))
    found = read(content.encode(), "message.xml")
    assert found.header.receiver == Party("A", {})
    assert [finding.params["what"] for finding in found.findings] == ["Receiver", "Name", "DataSetID"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1"])
def test_any_encoding_of_xml_is_read(encoding: str) -> None:
    text = message("3.0", f"<s:Codelists>{CODELIST.replace('List', 'Été')}</s:Codelists>")
    declared = encoding.removesuffix("-sig")
    content = f'<?xml version="1.0" encoding="{declared}"?>\n{text}'.encode(encoding)
    (codelist,) = read(content, "message.xml").artefacts
    assert codelist.name == {"en": "Été"}


def test_comments_sections_references_and_instructions_are_only_another_way_to_write() -> None:
    plain = document("3.0", f"<s:Codelists>{CODELIST.replace('List', 'A &amp; Élise')}</s:Codelists>")
    name = "A<!-- no --> <![CDATA[&]]><?no?> &#201;lise"
    written = document(
        "3.0", f"<!-- no --><s:Codelists><?no?>{CODELIST.replace('List', name)}<!-- no --></s:Codelists>"
    )
    assert plain.artefacts.artefacts[0].name == {"en": "A & Élise"}
    assert written.artefacts == plain.artefacts


def test_any_prefixes_will_do_and_none() -> None:
    content = message("2.1", f"<s:Codelists>{CODELIST}</s:Codelists>")
    other = re.sub(r"(</?)s:", r"\1structure:", content).replace("xmlns:s=", "xmlns:structure=")
    other = re.sub(r"(</?)m:", r"\1", other).replace("xmlns:m=", "xmlns=")
    assert "<structure:Codelist " in other
    assert "<Header>" in other
    assert read(other.encode(), "a").artefacts == read(content.encode(), "a").artefacts


def test_the_order_of_attributes_does_not_matter() -> None:
    other = CODELIST.replace('id="CL" agencyID="T"', 'agencyID="T" id="CL"')
    assert document("3.0", f"<s:A>{other}</s:A>").artefacts == document("3.0", f"<s:A>{CODELIST}</s:A>").artefacts


def test_artefacts_come_in_the_order_of_their_classes() -> None:
    flow = '<s:Dataflow id="DF" agencyID="T"><c:Name>Flow</c:Name></s:Dataflow>'
    found = document("2.1", f"<s:Dataflows>{flow}</s:Dataflows><s:Codelists>{CODELIST}</s:Codelists>")
    assert [artefact.kind for artefact in found.artefacts] == ["Codelist", "Dataflow"]


def test_an_artefact_that_comes_again_is_told_and_the_first_is_kept() -> None:
    again = CODELIST.replace("List", "Again")
    found = document("3.0", f"<s:Codelists>{CODELIST}{again}</s:Codelists>")
    assert [artefact.name for artefact in found.artefacts] == [{"en": "List"}]
    assert [(finding.code, finding.place.key) for finding in found.findings] == [("FORMAT-004", "Codelist=T:CL(1.0)")]


def test_an_artefact_that_the_model_does_not_have_is_told_by_its_name() -> None:
    strange = '<s:StructureSet id="SS" agencyID="T" version="2.0"><s:CodelistMap/></s:StructureSet>'
    assert unread("2.1", strange + strange.replace('"SS"', '"S2"')) == [
        ("StructureSet=T:SS(2.0)", "StructureSet"),
        ("StructureSet=T:S2(2.0)", "StructureSet"),
    ]


def test_what_is_no_artefact_among_artefacts_is_told() -> None:
    assert unread("3.0", "<s:Strange/>") == [(None, "Strange")]


def test_elements_and_attributes_that_are_not_known_are_told_with_their_artefact() -> None:
    strange = CODELIST.replace('agencyID="T"', 'agencyID="T" strange="1"').replace("</s:C", "<s:Strange/></s:C")
    assert unread("3.0", strange) == [("Codelist=T:CL(1.0)", "Strange"), ("Codelist=T:CL(1.0)", "Codelist@strange")]


def test_elements_of_other_namespaces_are_told_and_their_attributes_are_not() -> None:
    foreign = '<x:Name xmlns:x="http://example.org">No name</x:Name></s:C'
    strange = CODELIST.replace("</s:C", foreign).replace(" id=", ' xmlns:x="http://example.org" x:id="1" id=')
    found = document("3.0", f"<s:A>{strange}</s:A>")
    assert found.artefacts.artefacts[0].name == {"en": "List"}
    assert [finding.params["what"] for finding in found.findings] == ["Name"]


@pytest.mark.parametrize(("attribute", "what"), [('id="CL"', "id"), ('agencyID="T"', "agencyID")])
def test_an_artefact_without_identity_makes_the_message_incomplete(attribute: str, what: str) -> None:
    with pytest.raises(FormatError) as error:
        document("3.0", f"<s:Codelists>{CODELIST.replace(attribute, '')}</s:Codelists>")
    assert error.value.message_id == "structure-incomplete"
    assert error.value.params == {"what": what, "where_in": "Codelist"}


def test_an_item_without_id_makes_the_message_incomplete() -> None:
    with pytest.raises(FormatError) as error:
        document("3.0", f"<s:A>{CODELIST.replace('</s:C', '<s:Code/></s:C')}</s:A>")
    assert error.value.params == {"what": "id", "where_in": "Codelist=T:CL(1.0), Code"}


def test_markup_in_a_text_is_told_and_its_text_is_kept() -> None:
    found = document("3.0", f"<s:A>{CODELIST.replace('List', 'A <b>bold</b> list')}</s:A>")
    assert found.artefacts.artefacts[0].name == {"en": "A bold list"}
    assert [finding.params["what"] for finding in found.findings] == ["b"]


def test_a_footer_is_told() -> None:
    footer = f'<f:Footer xmlns:f="{BASE}/v2_1/message/footer"/></m:Structure>'
    found = read(message("2.1", "").replace("</m:Structure>", footer).encode(), "message.xml")
    assert [finding.params["what"] for finding in found.findings] == ["Footer"]
