"""The standard says the same in every format: what one of them cannot say is not compared, all else is equal."""

from pathlib import Path

import pytest

from icstip.artefacts.collection import Artefacts
from icstip.messages.formats import format_of
from icstip.messages.structure_files import read_structures
from icstip.standard.read import read_standard
from icstip.structures.diff.changes import Omission
from icstip.structures.diff.compare import diff_artefacts
from icstip.workflow.publication import Structures, standard_structures, structure_formats, write_message

FORMATS = structure_formats()


@pytest.fixture(scope="module")
def structures(dsd_folder: Path) -> Structures:
    """The structures of the standard."""
    return standard_structures(read_standard(dsd_folder))


@pytest.fixture(scope="module")
def written(structures: Structures) -> dict[str, Artefacts]:
    """The structures of the standard as they are read from each format."""
    messages = {name: write_message(structures, format_of(name, "structure"))[0] for name in FORMATS}
    return {name: read_structures(content, name).artefacts for name, content in messages.items()}


@pytest.mark.parametrize("name", FORMATS)
def test_what_is_read_from_a_format_is_what_was_written(
    name: str, structures: Structures, written: dict[str, Artefacts]
) -> None:
    told = diff_artefacts(structures.artefacts, written[name], unsayable=format_of(name, "structure").lacks)
    assert [(change.kind, str(change.artefact), change.path) for change in told.changes] == []
    assert {(one.why, one.artefact.kind) for one in told.not_compared} == {
        (Omission.UNSAYABLE, artefact.kind)
        for artefact in structures.artefacts
        if artefact.kind in format_of(name, "structure").lacks
    }


@pytest.mark.parametrize("other", FORMATS)
@pytest.mark.parametrize("name", FORMATS)
def test_two_formats_say_the_same(name: str, other: str, written: dict[str, Artefacts]) -> None:
    lacks = format_of(name, "structure").lacks | format_of(other, "structure").lacks
    told = diff_artefacts(written[name], written[other], unsayable=lacks)
    assert [(change.kind, str(change.artefact), change.path) for change in told.changes] == []
