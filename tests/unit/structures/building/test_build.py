"""All artefacts of the standard."""

from collections import Counter
from dataclasses import replace

import pytest

from icstip.artefacts.base import Maintainable
from icstip.artefacts.collection import Artefacts
from icstip.artefacts.versions import is_semantic
from icstip.artefacts.walk import references_of
from icstip.errors import StructureError
from icstip.standard.model import Standard
from icstip.structures.building.build import build_artefacts


@pytest.fixture(scope="module")
def artefacts(full_standard: Standard) -> Artefacts:
    return build_artefacts(full_standard)


def test_there_is_an_artefact_of_every_class_but_of_agreements(artefacts: Artefacts) -> None:
    assert Counter(artefact.kind for artefact in artefacts) == {
        "AgencyScheme": 1,
        "DataProviderScheme": 1,
        "Codelist": 3,
        "ConceptScheme": 1,
        "DataStructure": 2,
        "Dataflow": 2,
        "DataConstraint": 3,
        "CategoryScheme": 1,
        "Categorisation": 4,
        "Hierarchy": 1,
        "RepresentationMap": 2,
        "StructureMap": 2,
    }


def test_what_is_referred_to_is_there_or_stands_elsewhere(artefacts: Artefacts, full_standard: Standard) -> None:
    missing = [
        str(reference)
        for artefact in artefacts
        for reference in references_of(artefact)
        if reference.agency == full_standard.agency and artefacts.find(reference) is None
    ]
    assert missing == []


def test_a_standard_without_further_tables_has_only_its_structures(small_standard: Standard) -> None:
    kinds = {artefact.kind for artefact in build_artefacts(small_standard)}
    assert kinds == {"AgencyScheme", "Codelist", "ConceptScheme", "DataStructure", "Dataflow"}


def test_equal_standards_have_equal_artefacts(artefacts: Artefacts, full_standard: Standard) -> None:
    assert build_artefacts(full_standard) == artefacts


def _versions(standard: Standard) -> set[tuple[str, str]]:
    schemes = {"AgencyScheme", "DataProviderScheme"}
    return {(artefact.agency, artefact.version) for artefact in _semantic(standard) if artefact.kind not in schemes}


def _semantic(standard: Standard) -> list[Maintainable]:
    return [artefact for artefact in build_artefacts(standard) if is_semantic(artefact.version)]


def test_every_artefact_has_the_agency_and_the_version_of_the_standard(full_standard: Standard) -> None:
    assert _versions(full_standard) == {("TEST", "1.0.0-draft")}
    assert _versions(full_standard.reissued(agency="UNODC", version="2.0.0", final=True)) == {("UNODC", "2.0.0")}


def test_no_artefact_says_whether_it_is_final_in_another_way_than_by_its_version(full_standard: Standard) -> None:
    reissued = build_artefacts(full_standard.reissued(final=True))
    assert {artefact.final for artefact in reissued} == {None}


def test_a_standard_that_is_not_final_has_no_stable_version(full_standard: Standard) -> None:
    assert _versions(full_standard.reissued(version="1.2.0")) == {("TEST", "1.2.0-draft")}
    assert _versions(full_standard.reissued(version="1.2.0-rc.1")) == {("TEST", "1.2.0-rc.1")}


def test_what_has_a_semantic_version_refers_only_to_what_has_one(artefacts: Artefacts) -> None:
    # The version of organisation schemes is none: SDMX 3.0 allows no other one.
    wrong = [
        (str(artefact.reference), str(reference))
        for artefact in artefacts
        for reference in references_of(artefact)
        if is_semantic(artefact.version) and not is_semantic(reference.version)
    ]
    assert wrong == []


def test_two_artefacts_with_one_id_are_refused(full_standard: Standard) -> None:
    crosswalk = full_standard.crosswalks["X_OWN"]
    twice = replace(full_standard, crosswalks={"A": crosswalk, "B": replace(crosswalk, id="B")})
    with pytest.raises(StructureError, match=r"TEST:M_FORM\(1\.0\.0-draft\): there are two artefacts"):
        build_artefacts(twice)
