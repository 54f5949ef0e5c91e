"""pysdmx reads our structure messages, and checks them against the official schemas while it does.

It keeps one language and no parents, so ids, code lists and components are compared.
"""

import pytest
from pysdmx.io import read_sdmx
from pysdmx.model.message import Message

from icstip.messages.sdmx_messages import write_structures
from icstip.standard.model import Standard
from icstip.structures.build import build_structures

VERSIONS = {"sdmx-ml-3.0": "1.0.0-draft", "sdmx-ml-2.1": "1.0.0"}


@pytest.fixture(scope="module", params=VERSIONS)
def format_id(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def message(small_standard: Standard, format_id: str) -> Message:
    return read_sdmx(write_structures(build_structures(small_standard), format_id).decode(), validate=True)


def test_code_lists_come_with_their_codes(message: Message, small_standard: Standard, format_id: str) -> None:
    assert {(c.id, c.agency, c.version) for c in message.get_codelists()} == {
        (codelist, "TEST", VERSIONS[format_id]) for codelist in small_standard.codelists
    }
    for codelist in message.get_codelists():
        codes = small_standard.codelists[codelist.id].codes
        assert [code.id for code in codelist.items] == [code.id for code in codes]
        assert {code.name for code in codelist.items} <= {name for code in codes for name in code.name.values()}


def test_concepts_come_with_their_code_lists(message: Message, small_standard: Standard) -> None:
    (scheme,) = message.get_concept_schemes()
    assert [concept.id for concept in scheme.items] == list(small_standard.concepts)
    assert [concept.id for concept in scheme.items if concept.codes is not None] == ["AREA", "FORM", "STATUS"]


def test_components_come_with_role_code_list_type_and_level(message: Message) -> None:
    victim = next(dsd for dsd in message.get_data_structure_definitions() if dsd.id == "VICTIM")
    assert [
        (c.id, c.role.value, c.local_codes.id if c.local_codes else c.local_dtype.value, c.attachment_level)
        for c in victim.components
    ] == [
        ("AREA", "D", "CL_AREA", None),
        ("FORM", "D", "CL_FORM", None),
        ("TIME_PERIOD", "D", "ObservationalTimePeriod", None),
        ("OBS_VALUE", "M", "Decimal", None),
        ("STATUS", "A", "CL_STATUS", "O"),
        ("COMMENT", "A", "String", "AREA,FORM"),
        ("TITLE", "A", "String", "D"),
    ]
    assert {c.id for c in victim.components if c.role.value == "A" and c.required} == {"STATUS"}


def test_the_dataflow_comes_with_its_structure(message: Message, format_id: str) -> None:
    (dataflow,) = message.get_dataflows()
    assert dataflow.structure == f"DataStructure=TEST:VICTIM({VERSIONS[format_id]})"
