"""Versions that are too low for what changed."""

import pytest
from tests.examples.diffs import at_version, codelist, diff, item, structure

from icstip.artefacts.base import Maintainable
from icstip.artefacts.collection import Artefacts
from icstip.artefacts.items import DataProviderScheme, Item
from icstip.findings import Finding, Place
from icstip.structures.diff.kinds import ChangeKind
from icstip.structures.diff.publication import check_against, check_version
from icstip.texts import LANGUAGES

PLACE = Place("standard.toml", row=3)
A, B, RENAMED = item("A"), item("B"), item("A", "Renamed")


def published(version: str, *codes: Item, final: bool | None = None) -> Artefacts:
    """Return a list that was published under a version, or the standard that has it now."""
    return Artefacts.of((codelist(*codes, version=version, final=final),))


def codes_of(findings: tuple[Finding, ...]) -> list[str]:
    return [finding.code for finding in findings]


def check(new: Artefacts, old: Artefacts) -> list[str]:
    return codes_of(check_against(new, old, PLACE))


def test_what_did_not_change_may_keep_its_version() -> None:
    assert check(published("1.0.0", A), published("1.0.0", A)) == []


@pytest.mark.parametrize(
    ("version", "codes"),
    [("1.0.1", (RENAMED,)), ("1.1.0", (A, B)), ("1.1.0-draft", (A, B)), ("2.0.0", ()), ("3.0.0", (A, B))],
)
def test_a_version_that_is_high_enough_is_not_found(version: str, codes: tuple[Item, ...]) -> None:
    assert check(published(version, *codes), published("1.0.0", A)) == []


@pytest.mark.parametrize(
    ("version", "codes", "needed"), [("1.0.1", (A, B), "1.1.0"), ("1.5.0", (), "2.0.0"), ("1.0.1-draft", (B,), "2.0.0")]
)
def test_a_version_that_is_too_low_is_found_with_the_one_that_is_needed(
    version: str,
    codes: tuple[Item, ...],
    needed: str,
) -> None:
    (finding,) = check_against(published(version, *codes), published("1.0.0", A), PLACE)
    assert (finding.code, finding.value, finding.params["needed"], finding.place) == (
        "VERSION-001",
        version,
        needed,
        PLACE,
    )


def test_the_finding_names_the_change_that_asks_for_the_version() -> None:
    (finding,) = check_against(published("1.1.0", RENAMED), published("1.0.0", A, B), PLACE)
    assert "Codes removed: Codelist=TEST:CL_FORM(1.1.0).B." in finding.message()
    assert "2.0.0" in finding.message()


@pytest.mark.parametrize("version", ["1.0.0", "1.0.0-draft"])
def test_a_stable_version_that_changed_is_found(version: str) -> None:
    (finding,) = check_against(published(version, RENAMED), published("1.0.0", A), PLACE)
    assert (finding.code, finding.params["needed"]) == ("VERSION-002", "1.0.1")


def test_a_draft_may_change_freely() -> None:
    assert check(published("1.0.0-draft", B), published("1.0.0-draft", A)) == []
    assert check(published("1.0.0", B), published("1.0.0-draft", A)) == []


def test_below_one_anything_may_change() -> None:
    assert check(published("0.3.0", B), published("0.3.0", A)) == []


@pytest.mark.parametrize(
    ("old", "new"), [("1.1.0", "1.0.0"), ("1.0.0", "1.0.0-draft"), ("1.1.0-draft", "1.0.9"), ("2.0", "1.9")]
)
def test_a_version_that_goes_back_is_found(old: str, new: str) -> None:
    assert check(published(new, A), published(old, A)) == ["VERSION-003"]


def test_the_last_stable_version_counts_and_not_the_drafts_after_it() -> None:
    both = Artefacts.of(
        (*published("1.0.0", A), *published("1.1.0-draft", A, B), at_version(structure(), "1.1.0-draft"))
    )
    assert check(published("1.1.0-draft", A), both) == []
    assert check(published("1.0.1", A, B), both) == ["VERSION-001"]


def test_a_final_version_of_two_parts_is_stable_and_another_one_is_not() -> None:
    assert check(published("1.0", RENAMED, final=True), published("1.0", A, final=True)) == ["VERSION-002"]
    assert check(published("1.1", RENAMED), published("1.0", A, final=True)) == []
    assert check(published("1.0.1", RENAMED), published("1.0", A, final=True)) == []
    assert check(published("1.0", RENAMED), published("1.0", A, final=False)) == []


def test_what_is_of_another_standard_is_found() -> None:
    other = Artefacts((codelist(A, id="CL_ELSE"),))
    assert check(published("1.0.0", A), other) == ["VERSION-004"]
    assert check(published("1.0.0", A), Artefacts()) == []
    providers = DataProviderScheme(id="DATA_PROVIDERS", agency="TEST", version="1.0")
    assert check(Artefacts.of((*published("1.0.0", A), providers)), Artefacts((providers,))) == ["VERSION-004"]


def test_artefacts_of_others_that_were_published_along_do_not_count() -> None:
    foreign = codelist(A, id="CL_AREA", agency="SDMX", version="2.0.1")
    own = [codelist(A, id=one) for one in ("CL_A", "CL_B")]
    assert check(Artefacts.of(own), Artefacts.of((*own, foreign))) == []


def test_what_was_published_under_another_agency_can_be_compared() -> None:
    old = Artefacts((codelist(A, agency="OTHER"),))
    assert check(published("1.0.1", A, B), old) == ["VERSION-004"]
    findings = check_against(published("1.0.1", A, B), old, PLACE, ignore_agency=True)
    assert codes_of(findings) == ["VERSION-001"]


def test_what_the_published_format_cannot_say_is_not_new() -> None:
    new = Artefacts.of((*published("1.0.0", A), structure()))
    assert check(new, published("1.0.0", A)) == ["VERSION-002"]
    assert check_against(new, published("1.0.0", A), PLACE, unsayable={"DataStructure"}) == ()


def test_the_version_of_two_parts_beside_the_one_of_the_standard_is_not_its_version() -> None:
    def standard(version: str, *codes: Item) -> Artefacts:
        beside = codelist(id="CL_MAPPED", version=".".join(version.split("-", maxsplit=1)[0].split(".")[:2]))
        return Artefacts.of((*published(version, *codes), beside))

    assert check(standard("1.1.0-draft", A, B), standard("1.0.0", A)) == []
    (finding,) = check_against(standard("1.1.0-draft", B), standard("1.0.0", A), PLACE)
    assert finding.value == "1.1.0-draft"


def test_each_artefact_is_checked_on_its_own() -> None:
    def faults(old: Maintainable, new: Maintainable) -> list[tuple[str, str]]:
        return [(fault.code, fault.needed) for _, fault in check_version(diff(old, new))]

    assert faults(codelist(A), at_version(codelist(A, B), "1.1.0")) == []
    assert faults(codelist(A), at_version(codelist(A, B), "1.0.1")) == [("VERSION-001", "1.1.0")]
    assert faults(codelist(A), codelist(A, B)) == [("VERSION-002", "1.1.0")]
    assert faults(codelist(A, version="1.0.0-draft"), codelist(B, version="1.0.0-draft")) == []
    assert faults(codelist(A, version="1.1.0"), codelist(A)) == [("VERSION-003", "1.1.0")]
    providers = DataProviderScheme(id="DATA_PROVIDERS", agency="TEST", version="1.0", items=(A,))
    assert faults(providers, DataProviderScheme(id="DATA_PROVIDERS", agency="TEST", version="1.0")) == []


def test_a_fault_names_the_change_behind_it() -> None:
    ((one, fault),) = check_version(diff(codelist(A, B), codelist(RENAMED)))
    assert one.reference.id == "CL_FORM"
    assert fault.demanding is not None
    assert (fault.demanding.kind, fault.demanding.path) == (ChangeKind.ITEM_REMOVED, "B")


@pytest.mark.parametrize("language", LANGUAGES)
def test_findings_are_told_in_every_language(language: str) -> None:
    pairs = [
        (published("1.1.0"), published("1.0.0", A)),
        (published("1.0.0"), published("1.0.0", A)),
        (published("1.0.0", A), published("1.1.0", A)),
        (published("1.0.0", A), Artefacts((structure(),))),
    ]
    findings = [finding for new, old in pairs for finding in check_against(new, old, PLACE)]
    assert codes_of(tuple(findings)) == ["VERSION-001", "VERSION-002", "VERSION-003", "VERSION-004"]
    assert all(finding.title(language) and "{" not in finding.line(language) for finding in findings)
