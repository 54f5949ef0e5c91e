"""References as values, as URNs, and wherever they stand in an artefact."""

from dataclasses import replace

import pytest

from icstip.artefacts.base import Reference
from icstip.artefacts.collection import Artefacts, maintainable_reference
from icstip.artefacts.kinds import PACKAGES
from icstip.artefacts.urn import parse_urn, urn_of
from icstip.artefacts.versions import is_semantic, is_stable, latest_fitting, without_extension
from icstip.artefacts.walk import references_of, with_references


@pytest.mark.parametrize("kind", PACKAGES)
def test_a_urn_is_read_back_as_the_reference_that_it_was(kind: str) -> None:
    for item in ("", "A", "A.B_1"):
        reference = Reference(kind, "SDMX.SUB", "CL_X", "1.0.0-draft", item)
        assert parse_urn(urn_of(reference)) == reference


@pytest.mark.parametrize(
    "text",
    [
        "",
        "urn:sdmx:org.sdmx.infomodel.codelist.Codelist=SDMX",
        "urn:sdmx:org.sdmx.infomodel.codelist.Other=SDMX:CL(1.0)",
        "http://example.org/codelist",
    ],
)
def test_what_is_no_urn_of_an_artefact_is_no_reference(text: str) -> None:
    assert parse_urn(text) is None


def test_an_item_leads_to_the_artefact_that_has_it() -> None:
    code = Reference("Code", "SDMX", "CL_FREQ", "2.1", "A")
    assert maintainable_reference(code) == Reference("Codelist", "SDMX", "CL_FREQ", "2.1")
    dimension = Reference("TimeDimension", "A", "DSD", "1.0", "TIME_PERIOD")
    assert maintainable_reference(dimension).kind == "DataStructure"


def test_every_reference_of_an_artefact_can_be_changed_at_once(everything: Artefacts) -> None:
    for artefact in everything:
        changed = with_references(artefact, lambda reference: replace(reference, agency="OTHER"))
        assert {reference.agency for reference in references_of(changed)} <= {"OTHER"}
        assert len(list(references_of(changed))) == len(list(references_of(artefact)))


def test_an_artefact_whose_references_do_not_change_is_the_same_object(everything: Artefacts) -> None:
    assert all(with_references(artefact, lambda reference: reference) is artefact for artefact in everything)


@pytest.mark.parametrize("version", ["1.0.0", "0.1.0", "10.20.30"])
def test_a_semantic_version_without_extension_is_stable(version: str) -> None:
    assert is_semantic(version)
    assert is_stable(version)


@pytest.mark.parametrize("version", ["1.0.0-draft", "0.1.0-a.b"])
def test_a_semantic_version_with_an_extension_is_not(version: str) -> None:
    assert is_semantic(version)
    assert not is_stable(version)
    assert is_stable(without_extension(version))


@pytest.mark.parametrize("version", ["1.0", "01.0.0", "1", "1.0.0.0", ""])
def test_any_other_version_is_not_semantic(version: str) -> None:
    assert not is_semantic(version)
    assert not is_stable(version)


@pytest.mark.parametrize(
    ("wanted", "latest"),
    [
        ("*", "2.0.0"),
        ("1.*.*", "1.10.0"),
        ("1+.0.0", "2.0.0"),
        ("1.2+.0", "1.10.0"),
        ("1.2.3+", "1.2.4"),
        ("3+.0.0", None),
        ("1.2.3", "1.2.3"),
    ],
)
def test_a_version_with_a_wildcard_means_the_latest_that_fits(wanted: str, latest: str | None) -> None:
    assert latest_fitting(["1.2.3", "1.2.4-draft", "1.2.4", "1.10.0", "2.0.0-draft", "2.0.0"], wanted) == latest


def test_a_stable_version_is_later_than_its_drafts() -> None:
    assert latest_fitting(["1.0.0", "1.0.0-draft"], "1+.0.0") == "1.0.0"


def test_the_parts_of_a_structure_lead_to_it() -> None:
    for kind in ("DimensionDescriptor", "AttributeDescriptor", "GroupDimensionDescriptor", "PrimaryMeasure"):
        part = Reference(kind, "A", "DSD", "1.0", "X")
        assert maintainable_reference(part) == Reference("DataStructure", "A", "DSD", "1.0")
