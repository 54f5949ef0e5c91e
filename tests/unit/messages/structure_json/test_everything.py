"""Every class and field of the model in every version of SDMX-JSON."""

import pytest
from tests.examples.json_messages import HEADER, VERSIONS, faults, losses, written
from tests.examples.json_sayable import said_in

from icstip.artefacts.collection import Artefacts
from icstip.artefacts.notices import LEFT_OUT
from icstip.messages.structure_json.read import read

LEFT_OUT_OF = {
    "1.0": {"not-in-format", "several-measures"},
    "2.0": set(),
    "2.1": {"actual-constraint"},
}


@pytest.mark.parametrize("version", VERSIONS)
def test_a_message_is_valid_against_the_official_schema(version: str, everything: Artefacts) -> None:
    assert faults(version, written(version, *everything)) == []


@pytest.mark.parametrize("version", VERSIONS)
def test_what_a_version_can_say_comes_back(version: str, everything: Artefacts) -> None:
    found = read(written(version, *everything), "message.json")
    assert found.format_id == f"sdmx-json-{version}"
    assert found.header == HEADER
    assert found.findings == ()
    for artefact, expected in zip(found.artefacts, said_in(version, everything), strict=True):
        assert artefact == expected


@pytest.mark.parametrize("version", VERSIONS)
def test_what_came_back_comes_back_the_same_again(version: str, everything: Artefacts) -> None:
    once = [artefact for artefact in said_in(version, everything) if artefact.name]
    again = read(written(version, *once), "message.json")
    assert again.artefacts == Artefacts.of(once)


@pytest.mark.parametrize("version", VERSIONS)
def test_equal_artefacts_give_equal_bytes(version: str, everything: Artefacts) -> None:
    assert written(version, *everything) == written(version, *everything)


@pytest.mark.parametrize("version", VERSIONS)
def test_what_is_left_out_is_told(version: str, everything: Artefacts) -> None:
    told = {reason for code, reason, _ in losses(version, *everything) if code == LEFT_OUT}
    assert told == LEFT_OUT_OF[version]


@pytest.mark.parametrize("version", VERSIONS)
def test_whatever_changes_is_told(version: str, everything: Artefacts) -> None:
    for artefact in everything:
        said = said_in(version, Artefacts.of([artefact]))
        assert losses(version, artefact) or _as_told(artefact) == _as_told(*said), artefact.reference


def _as_told(*artefacts: object) -> list[str]:
    """Return what artefacts say but for the order of channels and members, and that a version is not final."""
    return sorted("".join(map(repr, artefacts)).replace("final=False", "final=None").replace(")", "(").split("("))
