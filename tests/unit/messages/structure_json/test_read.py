"""Which messages are read, and what is refused."""

import json

import pytest
from tests.examples.json_messages import HEADER, VERSIONS, document, message, unread, written

from icstip.artefacts.base import Reference
from icstip.artefacts.items import Codelist
from icstip.errors import FormatError
from icstip.messages.structure_header import Party
from icstip.messages.structure_json.read import read

CODES = {"id": "CL", "agencyID": "A", "version": "1.0", "name": "Codes"}
HOME = "https://raw.githubusercontent.com/sdmx-twg/sdmx-json/develop/structure-message/tools/schemas"


def _refused(content: bytes) -> str:
    with pytest.raises(FormatError) as caught:
        read(content, "message.json")
    assert caught.value.line().startswith("message.json: ")
    return caught.value.message_id


@pytest.mark.parametrize(
    ("address", "format_id"),
    [
        (f"{HOME}/1.0/sdmx-json-structure-schema.json", "sdmx-json-1.0"),
        (f"{HOME}/2.0.0/sdmx-json-structure-schema.json", "sdmx-json-2.0"),
        ("https://json.sdmx.org/2.0.0/sdmx-json-structure-schema.json", "sdmx-json-2.0"),
        ("https://json.sdmx.org/2.1/sdmx-json-structure-schema.json", "sdmx-json-2.1"),
        ("https://json.sdmx.org/2.1.0/sdmx-json-structure-schema.json", "sdmx-json-2.1"),
    ],
)
@pytest.mark.parametrize("on_top", [True, False])
def test_the_version_is_the_one_of_the_schema(address: str, format_id: str, *, on_top: bool) -> None:
    content = {"$schema": address} if on_top else {"meta": {"schema": address}}
    assert read(json.dumps({**content, "data": {"codelists": [CODES]}}).encode(), "x").format_id == format_id


@pytest.mark.parametrize(
    ("data", "format_id"),
    [
        ({"codelists": [{**CODES, "isFinal": True}]}, "sdmx-json-1.0"),
        ({"hierarchicalCodelists": []}, "sdmx-json-1.0"),
        ({"contentConstraints": []}, "sdmx-json-1.0"),
        ({"codelists": [CODES]}, "sdmx-json-2.0"),
        ({"valueLists": []}, "sdmx-json-2.0"),
        ({"availabilityConstraints": []}, "sdmx-json-2.1"),
    ],
)
def test_a_message_that_does_not_say_its_version_is_in_the_one_that_it_looks_like(
    data: dict[str, object], format_id: str
) -> None:
    assert document("", data).format_id == format_id


@pytest.mark.parametrize(
    "content",
    [
        b"[]",
        b'"text"',
        b"1",
        b"null",
        b"{}",
        b'{"data": []}',
        b'{"data": {}}',
        b'{"codelists": []}',
        b'{"meta": {}, "data": {"dataSets": []}}',
        b'{"meta": {"schema": "https://json.sdmx.org/2.0.0/sdmx-json-data-schema.json"}, "data": {"structures": []}}',
        b'{"$schema": "https://json.sdmx.org/2.1/sdmx-json-metadata-schema.json", "data": {"codelists": []}}',
    ],
)
def test_what_is_no_structure_message_is_refused(content: bytes) -> None:
    assert _refused(content) == "not-a-structure-message"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b'{"data": {"codelists": [}}',
        b'{"data": {}} {}',
        b'{"data": {"codelists": [NaN]}}',
        b'{"data": {"codelists": [-Infinity]}}',
        b'{"data": {"codelists": [], "codelists": []}}',
        b"{'data': {}}",
        b'{"data": "\xff"}',
        b'{"data": "\\ud800"}',
        b'{"data": "\\uDFFF\\uD800"}',
        b'{"data": 1e99999999999999999999}',
        b'{"data": ' + b"1" * 5000 + b"}",
        '{"data": {"codelists": []}}'.encode("utf-16"),
    ],
)
def test_what_is_no_json_is_refused(content: bytes) -> None:
    assert _refused(content) == "json-malformed"


@pytest.mark.parametrize(
    "content",
    [
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b'{"data": ' + b"[" * 300 + b"]" * 300 + b"}",
        b'{"a\\"": ' + b'["\\\\", ' * 300,
    ],
)
def test_what_is_nested_too_deeply_is_refused_before_it_is_read(content: bytes) -> None:
    assert _refused(content) == "json-too-deep"


def test_brackets_in_texts_are_no_nesting() -> None:
    brackets = "[{\\" * 1000 + '"[' * 1000
    (codes,) = document("2.0", {"codelists": [{**CODES, "name": brackets}]}).artefacts
    assert codes.name == {"en": brackets}


def test_a_byte_order_mark_is_no_part_of_a_message() -> None:
    assert len(read(b"\xef\xbb\xbf" + message("2.0", {"codelists": [CODES]}), "x").artefacts) == 1


def test_a_whole_character_told_in_two_halves_is_read() -> None:
    content = message("2.0", {"codelists": [{**CODES, "name": "\U0001f600"}]})
    assert b"\\ud83d\\ude00" in content
    (codes,) = read(content, "x").artefacts
    assert codes.name == {"en": "\U0001f600"}


@pytest.mark.parametrize("version", VERSIONS)
def test_the_header_is_read(version: str) -> None:
    assert read(written(version), "x").header == HEADER


def test_the_header_of_another_tool_is_read() -> None:
    header = document("2.0", {}, receivers=[{"id": "R", "name": "Receiver"}], contentLanguages=["fr"], test=True).header
    assert header.receiver == Party("R", {"fr": "Receiver"})
    assert header.test


def test_a_message_without_a_header_is_read() -> None:
    found = read(b'{"data": {"codelists": [{"id": "CL", "agencyID": "A", "name": "Codes"}]}}', "x")
    assert found.header.id == found.header.prepared == found.header.sender.id == ""
    assert found.artefacts.artefacts == (Codelist(id="CL", agency="A", version="1.0", name={"en": "Codes"}),)


def test_a_message_with_a_header_alone_is_read() -> None:
    found = read(b'{"meta": {"id": "M", "prepared": "2020", "sender": {"id": "S"}}, "errors": [{"code": 404}]}', "x")
    assert found.header.id == "M"
    assert len(found.artefacts) == 0
    assert [str(finding.params["what"]) for finding in found.findings] == ["errors"]


def test_a_property_that_is_null_is_absent() -> None:
    codes = {**CODES, "description": None, "annotations": None, "links": None, "codes": None, "isPartial": None}
    found = document("2.0", {"codelists": [codes], "conceptSchemes": None})
    assert found.findings == ()
    assert found.artefacts.artefacts == (Codelist(id="CL", agency="A", version="1.0", name={"en": "Codes"}),)


def test_what_is_not_understood_is_told_with_the_artefact_that_it_stands_in() -> None:
    codes = {
        **CODES,
        "colour": "red",
        "isPartial": "yes",
        "description": 5,
        "codes": ["A", {"id": "B", "name": "B", "order": 1}],
        "annotations": [{"type": 1, "shape": "round"}],
    }
    key = "Codelist=A:CL(1.0)"
    assert set(unread("2.0", {"codelists": [codes, "CL_2"], "processes": [{"id": "P"}], "dataflows": 7})) == {
        (key, "codelists.colour"),
        (key, "codelists.isPartial"),
        (key, "codelists.description"),
        (key, "codelists.codes"),
        (key, "codes.order"),
        (key, "annotations.type"),
        (key, "annotations.shape"),
        (key, "codelists"),
        (None, "processes"),
        (None, "dataflows"),
    }


def test_extensions_of_2_1_are_told() -> None:
    assert unread("2.1", {"codelists": [{**CODES, "x-colour": "red"}]}) == [
        ("Codelist=A:CL(1.0)", "codelists.x-colour")
    ]


@pytest.mark.parametrize(
    ("artefact", "told"),
    [
        ({"agencyID": "A", "name": "Codes"}, "id is missing in codelists"),
        ({"id": "CL", "name": "Codes"}, "agencyID is missing in codelists"),
        ({**CODES, "id": ""}, "id is missing in codelists"),
        ({**CODES, "id": 5}, "id is missing in codelists"),
        ({**CODES, "codes": [{"name": "A"}]}, "id is missing in Codelist=A:CL(1.0), codes"),
    ],
)
def test_what_has_no_id_is_refused_with_its_place(artefact: dict[str, object], told: str) -> None:
    with pytest.raises(FormatError) as caught:
        document("2.0", {"codelists": [artefact]})
    assert told in caught.value.line()


def test_an_artefact_with_a_reference_that_is_not_understood_is_left_out() -> None:
    flow = {"id": "DF", "agencyID": "A", "name": "F", "structure": "A:DSD(1.0)"}
    found = document("2.0", {"dataflows": [flow, {**flow, "id": "DF2", "structure": None}]})
    assert [artefact.id for artefact in found.artefacts] == ["DF2"]
    assert [(finding.place.key, finding.params["what"]) for finding in found.findings] == [
        ("Dataflow=A:DF(1.0)", "dataflows.structure")
    ]


def test_drafts_of_1_0_are_drafts_in_references_too() -> None:
    head = {"agencyID": "A", "name": "N", "version": "1.0.0"}
    urn = "urn:sdmx:org.sdmx.infomodel.datastructure.DataStructure=A:{}(1.0.0)"
    structures = [
        {**head, "id": "DRAFT"},
        {**head, "id": "NOT_YET", "isFinal": False},
        {**head, "id": "F", "isFinal": True},
    ]
    flows = [
        {**head, "isFinal": True, "id": name, "structure": urn.format(name)}
        for name in ("DRAFT", "NOT_YET", "F", "OTHER")
    ]
    found = document("1.0", {"dataflows": flows, "dataStructures": structures}).artefacts
    assert [(artefact.id, artefact.version) for artefact in found][:3] == [
        ("DRAFT", "1.0.0-draft"),
        ("NOT_YET", "1.0.0-draft"),
        ("F", "1.0.0"),
    ]
    told = [reference for artefact in found for reference in [getattr(artefact, "structure", None)] if reference]
    assert told == [
        Reference("DataStructure", "A", "DRAFT", "1.0.0-draft"),
        Reference("DataStructure", "A", "NOT_YET", "1.0.0-draft"),
        Reference("DataStructure", "A", "F", "1.0.0"),
        Reference("DataStructure", "A", "OTHER", "1.0.0"),
    ]


def test_the_final_flag_of_a_two_part_version_of_1_0_is_kept() -> None:
    found = document("1.0", {"codelists": [{**CODES, "isFinal": True}, {**CODES, "id": "CL2"}]}).artefacts
    assert [(artefact.version, artefact.final) for artefact in found] == [("1.0", True), ("1.0", None)]


def test_a_draft_that_says_so_in_1_0_is_one_once() -> None:
    (codes,) = document("1.0", {"codelists": [{**CODES, "version": "1.0.0-draft"}]}).artefacts
    assert codes.version == "1.0.0-draft"
