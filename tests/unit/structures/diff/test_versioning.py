"""Versions: how they move, how they sort, what references to other versions ask for."""

import pytest
from tests.examples.diffs import codelist

from icstip.structures.diff.versioning import Bump, is_frozen, next_version, numbers, precedence, reference_bump

NONE, PATCH, MINOR, MAJOR = Bump


def test_bumps_are_in_order() -> None:
    assert NONE < PATCH < MINOR < MAJOR
    assert [bump.label for bump in Bump] == ["none", "patch", "minor", "major"]


@pytest.mark.parametrize(
    ("old", "bump", "new"),
    [
        ("1.2.3", NONE, "1.2.3"),
        ("1.2.3", PATCH, "1.2.4"),
        ("1.2.3", MINOR, "1.3.0"),
        ("1.2.3", MAJOR, "2.0.0"),
        ("1.9.9", MINOR, "1.10.0"),
        ("1.2", PATCH, "1.3"),
        ("1.2", MAJOR, "2.0"),
    ],
)
def test_a_version_moves_as_far_as_the_change_asks(old: str, bump: Bump, new: str) -> None:
    assert next_version(old, bump) == new


@pytest.mark.parametrize("bump", Bump)
def test_a_draft_keeps_its_version(bump: Bump) -> None:
    assert next_version("1.2.0-draft", bump) == "1.2.0-draft"


@pytest.mark.parametrize(("bump", "new"), [(PATCH, "0.3.3"), (MINOR, "0.4.0"), (MAJOR, "0.4.0")])
def test_below_one_the_minor_number_moves_where_the_major_one_would(bump: Bump, new: str) -> None:
    assert next_version("0.3.2", bump) == new


@pytest.mark.parametrize("version", ["*", "1.0+.0", "two", ""])
def test_what_is_no_plain_version_stays(version: str) -> None:
    assert next_version(version, MAJOR) == version


@pytest.mark.parametrize(
    ("version", "final", "frozen"),
    [
        ("1.0.0", None, True),
        ("1.0.0-draft", None, False),
        ("0.9.0", None, False),
        ("1.0", True, True),
        ("1.0", False, False),
        ("1.0", None, False),
    ],
)
def test_only_what_is_stable_or_final_is_frozen(version: str, final: bool | None, frozen: bool) -> None:  # noqa: FBT001
    assert is_frozen(codelist(version=version, final=final)) is frozen


def test_versions_sort_as_the_standard_has_it() -> None:
    # SDMX 3.0 section 6, semantic versioning: the example of precedence.
    ordered = [
        "1.0.0-draft",
        "1.0.0-draft.1",
        "1.0.0-draft.prerelease",
        "1.0.0-prerelease",
        "1.0.0-prerelease.2",
        "1.0.0-prerelease.11",
        "1.0.0-rc.1",
        "1.0.0",
        "1.9.0",
        "1.10.0",
        "2.0.0",
    ]
    assert sorted(set(ordered), key=precedence) == ordered


def test_numbers_of_a_version_are_read_whatever_stands_there() -> None:
    assert numbers("2") == (2, 0, 0)
    assert numbers("1.0+.5") == (1, 0, 5)
    assert numbers("*") == (0, 0, 0)
    assert numbers("9" * 5000 + ".1")[1] == 1


@pytest.mark.parametrize(
    ("old", "new", "bump"),
    [
        ("1.2.0", "1.2.1", PATCH),
        ("1.2.1", "1.2.0", PATCH),
        ("1.2.0", "1.3.2", MINOR),
        ("1.3.0", "1.2.0", MAJOR),
        ("1.2.0", "2.0.0", MAJOR),
        ("2.0.0", "1.9.0", MAJOR),
        ("2.0", "2.1", MINOR),
    ],
)
def test_a_reference_to_another_version_asks_for_what_that_may_have_brought(old: str, new: str, bump: Bump) -> None:
    assert reference_bump(old, new) is bump


@pytest.mark.parametrize(
    ("old", "new", "bump"),
    [
        ("1.0.0", "1.0.0+", PATCH),
        ("1.0.0", "1.0+.0", MINOR),
        ("1.0.0", "1+.0.0", MAJOR),
        ("1.0.0", "*", MAJOR),
        ("1.0+.0", "1.0.0", MINOR),
        ("1.0+.0", "2.0.0", MAJOR),
    ],
)
def test_a_reference_that_follows_new_versions_asks_for_what_they_may_bring(old: str, new: str, bump: Bump) -> None:
    assert reference_bump(old, new) is bump
