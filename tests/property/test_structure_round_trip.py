"""Whatever a version of SDMX-ML can say without loss comes back from a message exactly as it was."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from tests.examples.data_strategies import constraints, data_structures, flows, hierarchies, maps
from tests.examples.strategies import IDS, TEXTS, item_schemes, messages, texts

from icstip.artefacts.base import Maintainable
from icstip.artefacts.collection import Artefacts
from icstip.artefacts.notices import TRANSLATED, Notices
from icstip.errors import FormatError
from icstip.messages.structure_header import Party, StructureHeader
from icstip.messages.structure_ml.read import read
from icstip.messages.structure_ml.write import write_21, write_30, write_31

WRITERS = {"2.1": write_21, "3.0": write_30, "3.1": write_31}
HEADER = StructureHeader("M", "2020-01-01T00:00:00Z", Party("S", {}), None, {}, test=False)
PARTIES = st.builds(Party, IDS, texts())
HEADERS = st.builds(
    StructureHeader, IDS, st.just(HEADER.prepared), PARTIES, st.none() | PARTIES, texts(), test=st.booleans()
)
SETTINGS = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])

Strategy = Callable[[str], st.SearchStrategy[Maintainable]]


def _comes_back(version: str, artefacts: Artefacts, header: StructureHeader = HEADER) -> None:
    notices = Notices("message.xml", version)
    content = WRITERS[version](artefacts, header, notices)
    assert {finding.code for finding in notices.findings} <= {TRANSLATED}
    found = read(content, "message.xml")
    assert found.artefacts == artefacts
    assert found.header == header
    assert found.findings == ()


@pytest.mark.parametrize("version", WRITERS)
@pytest.mark.parametrize("strategy", [item_schemes, data_structures, flows, constraints, hierarchies])
@SETTINGS
@given(data=st.data())
def test_artefacts_come_back(version: str, strategy: Strategy, data: st.DataObject) -> None:
    _comes_back(version, data.draw(messages(strategy(version))))


@pytest.mark.parametrize("version", ["3.0", "3.1"])
@SETTINGS
@given(data=st.data())
def test_maps_come_back(version: str, data: st.DataObject) -> None:
    _comes_back(version, data.draw(messages(maps(version))))


@pytest.mark.parametrize("version", WRITERS)
@SETTINGS
@given(header=HEADERS)
def test_headers_come_back(version: str, header: StructureHeader) -> None:
    _comes_back(version, Artefacts(), header)


@SETTINGS
@given(content=st.binary(max_size=40) | TEXTS.map(str.encode))
def test_nothing_but_a_structure_message_is_read(content: bytes) -> None:
    with pytest.raises(FormatError):
        read(content, "message.xml")


@pytest.mark.parametrize("version", WRITERS)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_a_message_with_anything_wrong_in_it_is_read_or_refused(
    version: str, everything: Artefacts, data: st.DataObject
) -> None:
    root = etree.fromstring(WRITERS[version](everything, HEADER, Notices("message.xml", version)))
    elements = list(root.iter())[1:]
    for _ in range(data.draw(st.integers(1, 3))):
        _break(data.draw(st.sampled_from(elements)), elements, data)
    try:
        found = read(etree.tostring(root), "message.xml")
    except FormatError as error:
        told = error.line()
    else:
        told = "".join(finding.line() for finding in found.findings) + found.format_id
    assert told


def _break(element: etree._Element, elements: list[etree._Element], data: st.DataObject) -> None:
    """Do something to an element that makes no sense."""
    parent = element.getparent()
    match data.draw(st.sampled_from(["away", "renamed", "moved", "text", "attribute", "attribute away"])):
        case "away" if parent is not None:
            parent.remove(element)
        case "renamed":
            element.tag = data.draw(st.sampled_from(elements)).tag
        case "moved":
            data.draw(st.sampled_from(elements)).append(etree.fromstring(etree.tostring(element)))
        case "text":
            element.text = data.draw(TEXTS)
        case "attribute":
            element.set(
                data.draw(st.sampled_from(["id", "version", "include", "class", "minOccurs"])), data.draw(TEXTS)
            )
        case _:
            for name in list(element.attrib)[:1]:
                del element.attrib[name]
