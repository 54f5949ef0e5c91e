"""The root, the header and the footer of data messages, read in the plain way."""

import pytest
from tests.examples.data_ml_reading import HEADER, SCHEMAS, URN, generic, header, read_pieces, root, specific

from icstip.artefacts.base import Reference
from icstip.errors import FormatError
from icstip.messages.header import MessageHeader
from icstip.messages.structure_header import Party

RECEIVER = '<mes:Receiver id="x"/>'
DATASET = '<mes:DataSet ss:structureRef="S"/>'
STRUCTURE = Reference("DataStructure", "A", "DSD", "1.0.0")


def test_the_header_says_who_sends_what_to_whom() -> None:
    content = """<mes:Header><mes:ID> M1 </mes:ID><mes:Test>true</mes:Test><mes:Prepared>2026-01-01</mes:Prepared>
    <mes:Sender id="S"><com:Name xml:lang="fr">É &amp; <![CDATA[<x>]]></com:Name><com:Name>E</com:Name></mes:Sender>
    <mes:Receiver id="R1"/><mes:Receiver id="R2"><com:Name>Two</com:Name></mes:Receiver>
    <mes:Source xml:lang="en">src</mes:Source><mes:Source xml:lang="es">fte</mes:Source></mes:Header>"""
    read = read_pieces(root(content + "<mes:DataSet/>"))
    assert read.reading.header == MessageHeader(
        "M1",
        Party("S", {"fr": "É & <x>", "en": "E"}),
        "2026-01-01",
        test=True,
        receivers=(Party("R1", {}), Party("R2", {"en": "Two"})),
        source={"en": "src", "es": "fte"},
    )


def test_what_is_missing_in_the_header_is_empty() -> None:
    read = read_pieces(root("<mes:Header/>" + DATASET))
    assert read.reading.header == MessageHeader("", Party("", {}), "")
    assert read_pieces(root(DATASET)).reading.header is None


def test_what_the_header_says_that_is_not_kept_is_told() -> None:
    more = "<mes:Extracted>2020</mes:Extracted><mes:EmbargoDate>2030</mes:EmbargoDate>"
    content = header(more=more).replace('id="ICSTIP"/>', 'id="ICSTIP"><mes:Contact/><mes:Timezone/></mes:Sender>')
    read = read_pieces(root(content + DATASET))
    assert read.told == [("DATA-007", name) for name in ("Contact", "Timezone", "Extracted", "EmbargoDate")]


REF = '<Ref agencyID="A" id="DSD" version="1.0.0" class="DataStructure"/>'
AGREEMENT = Reference("ProvisionAgreement", "A", "P", "1.0")
REFERENCES = {
    f"<com:Structure>{URN}</com:Structure>": STRUCTURE,
    f"<com:Structure>\n <URN>{URN}</URN>\n</com:Structure>": STRUCTURE,
    f"<com:Structure>{REF}<URN>{URN}</URN></com:Structure>": STRUCTURE,
    f'<com:Structure><URN>{URN}</URN><com:Ref agencyID="B" id="D"/></com:Structure>': (
        Reference("DataStructure", "B", "D", "1.0")
    ),
    '<com:StructureUsage><Ref agencyID="A.B" id="F" version="2.0"/></com:StructureUsage>': (
        Reference("Dataflow", "A.B", "F", "2.0")
    ),
    '<com:ProvisionAgrement><Ref agencyID="A" id="P"/></com:ProvisionAgrement>': AGREEMENT,
    "<com:ProvisionAgreement>urn:sdmx:org.sdmx.infomodel.registry.ProvisionAgreement=A:P(1.0)"
    "</com:ProvisionAgreement>": AGREEMENT,
}


@pytest.mark.parametrize(("told", "reference"), REFERENCES.items())
@pytest.mark.parametrize("version", ["2.1", "3.0", "3.1"])
def test_the_structure_is_told_in_every_way(told: str, reference: Reference, version: str) -> None:
    read = read_pieces(root(header(version, reference=told) + DATASET, version))
    assert read.parts[0].head.structure == reference
    assert read.findings == ()


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ("<com:Structure>urn:x</com:Structure>", "urn:x"),
        ('<com:Structure><Ref id="X"/></com:Structure>', "Ref"),
        ("<com:Other/>", "Other"),
    ],
)
def test_a_reference_that_is_not_understood_is_told(told: str, name: str) -> None:
    read = read_pieces(root(header(reference=told) + DATASET))
    assert read.parts[0].head.structure is None
    assert read.told == [("DATA-007", name)]


@pytest.mark.parametrize("namespace", ["foo", "mes"])
def test_notes_at_the_end_are_told(namespace: str) -> None:
    footer = f"""<{namespace}:Footer><{namespace}:Message code="510" severity="Error">
    <com:Text xml:lang="en">Too large</com:Text><com:Text xml:lang="fr">Trop gros</com:Text></{namespace}:Message>
    <{namespace}:Message code="100"/></{namespace}:Footer>"""
    read = read_pieces(root(header() + DATASET + footer))
    assert read.told == [("DATA-005", "Error 510: Too large / Trop gros"), ("DATA-005", "100")]


def test_a_message_without_data_sets_has_no_parts() -> None:
    read = read_pieces(root(header()))
    assert read.parts == []
    assert read.reading.header is not None
    assert read.reading.format_id == "sdmx-ml-3.0"


OTHER_ROOTS = {
    f'<Structure xmlns="{SCHEMAS}3_0/message"/>': "Structure",
    f'<m:RegistryInterface xmlns:m="{SCHEMAS}2_1/message"/>': "RegistryInterface",
    f'<m:Error xmlns:m="{SCHEMAS}2_1/message"/>': "Error",
    f'<m:GenericMetadata xmlns:m="{SCHEMAS}2_1/message"/>': "GenericMetadata",
    f'<m:GenericData xmlns:m="{SCHEMAS}3_0/message"/>': "GenericData",
    f'<StructureSpecificData xmlns="{SCHEMAS}2_1/common"/>': "StructureSpecificData",
    '<CompactData xmlns="http://www.SDMX.org/resources/SDMXML/schemas/v2_0/message"/>': "CompactData (SDMX 2.0)",
    '<GenericData xmlns="http://www.SDMX.org/resources/SDMXML/schemas/v2_0/message"/>': "GenericData (SDMX 2.0)",
    "<StructureSpecificData/>": "StructureSpecificData",
    '<html xmlns="http://www.w3.org/1999/xhtml"/>': "html",
}


@pytest.mark.parametrize(("message", "kind"), OTHER_ROOTS.items())
def test_a_message_of_another_kind_is_refused_with_its_kind(message: str, kind: str) -> None:
    with pytest.raises(FormatError) as error:
        read_pieces(message)
    assert (error.value.message_id, error.value.params) == ("data-message-kind", {"kind": kind})


MIXED = [
    specific("<Obs/>").replace(f"{SCHEMAS}3_0/data", f"{SCHEMAS}2_1/data"),
    root(header().replace("com:Structure", "com:StructureUsage") + DATASET).replace(
        f"{SCHEMAS}3_0/common", f"{SCHEMAS}3_1/common"
    ),
    generic("<gen:Obs/>").replace(f"{SCHEMAS}2_1/data/generic", f"{SCHEMAS}3_0/data/generic"),
    specific(f'<Obs xmlns:x="{SCHEMAS}2_1/common" x:A="1"/>'),
    specific("").replace("<mes:Header>", f'<x:Header xmlns:x="{SCHEMAS}2_0/message"/><mes:Header>'),
]


@pytest.mark.parametrize("message", MIXED)
def test_versions_that_are_mixed_are_refused(message: str) -> None:
    with pytest.raises(FormatError, match=r"line \d+, column \d+: SDMX \d\.\d and \d\.\d are mixed"):
        read_pieces(message)


def test_a_second_header_is_refused() -> None:
    for content in (header() + header(), header() + DATASET + header()):
        with pytest.raises(FormatError, match="second Header"):
            read_pieces(root(content))


def test_a_header_larger_than_any_is_refused() -> None:
    long = f"<mes:Header>{HEADER}{RECEIVER * 1_000_000}</mes:Header>"
    with pytest.raises(FormatError) as error:
        read_pieces(root(long))
    assert error.value.message_id == "data-part-large"
