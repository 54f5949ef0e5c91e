"""Whatever a version of SDMX-JSON can say comes back from a message that is valid; no message breaks the reader."""

import json
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.artefact_examples import everything
from tests.examples.data_strategies import constraints, data_structures, flows, hierarchies, maps
from tests.examples.json_messages import VERSIONS, faults, written
from tests.examples.json_sayable import said_in
from tests.examples.strategies import IDS, item_schemes, messages, texts

from icstip.artefacts.base import Maintainable, Reference
from icstip.artefacts.collection import Artefacts
from icstip.artefacts.walk import with_references
from icstip.errors import FormatError
from icstip.messages.structure_header import Party, StructureHeader
from icstip.messages.structure_json.read import read

# The strategies tell what the version of SDMX-ML can say that came with a version of SDMX-JSON.
ML = {"1.0": "2.1", "2.0": "3.0", "2.1": "3.1"}
PARTIES = st.builds(Party, IDS, texts())
HEADERS = st.builds(
    StructureHeader,
    IDS,
    st.just("2020-01-01T00:00:00Z"),
    PARTIES,
    st.none() | PARTIES,
    st.just({}),
    test=st.booleans(),
)
SETTINGS = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
BROKEN = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**20), 10**20) | st.floats() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=3,
)

Strategy = Callable[[str], st.SearchStrategy[Maintainable]]


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("strategy", [item_schemes, data_structures, flows, constraints, hierarchies])
@SETTINGS
@given(data=st.data())
def test_artefacts_come_back_from_a_valid_message(version: str, strategy: Strategy, data: st.DataObject) -> None:
    drawn = data.draw(messages(strategy(ML[version])))
    _comes_back(version, Artefacts(tuple(with_references(artefact, _sayable) for artefact in drawn)))


@pytest.mark.parametrize("version", ["2.0", "2.1"])
@SETTINGS
@given(data=st.data())
def test_maps_come_back_from_a_valid_message(version: str, data: st.DataObject) -> None:
    _comes_back(version, data.draw(messages(maps(ML[version]))))


@pytest.mark.parametrize("version", VERSIONS)
@SETTINGS
@given(header=HEADERS)
def test_headers_come_back_from_a_valid_message(version: str, header: StructureHeader) -> None:
    content = written(version, header=header)
    assert faults(version, content) == []
    assert read(content, "message.json").header == header


@pytest.mark.parametrize("version", VERSIONS)
@settings(max_examples=300, deadline=None)
@given(data=st.data())
def test_a_message_with_anything_in_it_is_read_or_refused(version: str, data: st.DataObject) -> None:
    message = json.loads(data.draw(st.sampled_from(_single(version))))
    for _ in range(data.draw(st.integers(1, 3))):
        _break(message, data)
    try:
        found = list(read(json.dumps(message).encode(), "message.json").artefacts)
    except FormatError:
        found = []
    assert len(found) <= 2


@settings(max_examples=300, deadline=None)
@given(content=st.binary(max_size=40) | BROKEN.map(lambda value: json.dumps(value).encode()))
def test_nothing_but_a_structure_message_is_read(content: bytes) -> None:
    with pytest.raises(FormatError):
        read(content, "message.json")


def _sayable(reference: Reference) -> Reference:
    """Return a reference to a provider with the one id that its scheme can have in SDMX-JSON 2.x."""
    return replace(reference, id="DATA_PROVIDERS") if reference.kind == "DataProvider" else reference


def _comes_back(version: str, artefacts: Artefacts) -> None:
    content = written(version, *artefacts)
    assert faults(version, content) == []
    found = read(content, "message.json")
    assert found.artefacts == said_in(version, artefacts)
    assert found.findings == ()


@cache
def _single(version: str) -> list[bytes]:
    """Return a message for each artefact of the examples."""
    return [written(version, artefact) for artefact in everything()]


def _break(message: dict[str, Any] | list[Any], data: st.DataObject) -> None:
    """Put something that does not belong there in the place of something in a message."""
    while True:
        places: list[Any] = list(message) if isinstance(message, dict) else list(range(len(message)))
        if not places:
            return
        place = data.draw(st.sampled_from(places))
        inner = message[place]
        if not isinstance(inner, dict | list) or not inner or data.draw(st.integers(0, 4)) == 0:
            message[place] = data.draw(BROKEN)
            return
        message = inner
