"""The published data structure of the SDG indicators, through every format."""

from dataclasses import replace
from pathlib import Path

import pytest

from icstip.artefacts.base import Maintainable
from icstip.artefacts.collection import Artefacts
from icstip.workflow.publication import structure_formats, write_structure_files
from icstip.workflow.structures import diff_structures, load_structures


@pytest.fixture(scope="module")
def published(shared: Path) -> Path:
    return shared / "reference" / "sdg" / "SDG_DSD_1.0.sdmx-ml-2.1.xml"


def _without_final(artefact: Maintainable) -> Maintainable:
    return replace(artefact, final=None)


def _sayable(artefacts: Artefacts) -> Artefacts:
    """Return artefacts without what SDMX 3.0 cannot say of versions with two numbers: whether they are final."""
    return Artefacts(tuple(_without_final(artefact) for artefact in artefacts))


def test_it_is_read_without_a_loss(published: Path) -> None:
    loaded = load_structures(published)
    assert loaded.findings == ()
    assert {artefact.id for artefact in loaded.structures.artefacts if artefact.kind == "DataStructure"} == {"SDG"}


def test_it_comes_back_from_3_0_with_all_that_3_0_can_say(published: Path, tmp_path: Path) -> None:
    original = load_structures(published)
    new = write_structure_files(original.structures, tmp_path / "new", ["sdmx-ml-3.0"])
    assert {str(finding.params["what"]) for finding in new.findings} == {"TextId(id='loss.final-flag')"}
    (path,) = new.paths
    old = write_structure_files(load_structures(path).structures, tmp_path / "old", ["sdmx-ml-2.1"])
    (path,) = old.paths
    back = load_structures(path)
    assert _sayable(back.structures.artefacts) == _sayable(original.structures.artefacts)


@pytest.mark.parametrize("format_id", structure_formats())
def test_a_comparison_across_formats_finds_no_difference(format_id: str, published: Path, tmp_path: Path) -> None:
    original = load_structures(published)
    (path,) = write_structure_files(original.structures, tmp_path, [format_id]).paths
    assert list(diff_structures(original, load_structures(path)).changes) == []
