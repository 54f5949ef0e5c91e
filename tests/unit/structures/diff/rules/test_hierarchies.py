"""Hierarchies: places that come are minor, places that go, move or get another code are major."""

from tests.examples.diffs import found, hierarchy, place, reference

from icstip.artefacts.hierarchies import Level
from icstip.structures.diff.versioning import Bump

PATCH, MINOR, MAJOR = Bump.PATCH, Bump.MINOR, Bump.MAJOR


def test_a_place_that_is_added_is_minor_and_one_that_is_removed_major() -> None:
    one, two = hierarchy(place("A")), hierarchy(place("A", place("B")))
    assert found(one, two) == [("hierarchical-code-added", "A.B", MINOR)]
    assert found(two, one) == [("hierarchical-code-removed", "A.B", MAJOR)]


def test_a_place_that_moved_is_major_and_those_below_it_go_along() -> None:
    old = hierarchy(place("A", place("B", place("C"))), place("D"))
    new = hierarchy(place("A"), place("D", place("B", place("C"))))
    assert found(old, new) == [("hierarchical-code-moved", "A.B", MAJOR)]


def test_another_code_at_a_place_is_major() -> None:
    other = place("A", code=reference("Code", "CL_FORM", "B"))
    assert found(hierarchy(place("A")), hierarchy(other)) == [("hierarchical-code", "A", MAJOR)]


def test_another_order_is_a_patch() -> None:
    old, new = hierarchy(place("A"), place("B")), hierarchy(place("B"), place("A"))
    assert found(old, new) == [("item-order", "", PATCH)]


def test_the_time_in_which_a_place_is_valid_is_a_patch() -> None:
    assert found(hierarchy(place("A")), hierarchy(place("A", valid_to="2030"))) == [("validity", "A", PATCH)]


def level(identifier: str, name: str = "") -> Level:
    return Level(id=identifier, name={"en": name or identifier})


def test_levels_come_go_change_their_order_and_their_names() -> None:
    one, two = level("WORLD"), level("REGION")
    assert found(hierarchy(levels=(one,)), hierarchy(levels=(one, two))) == [("level-added", "REGION", MINOR)]
    assert found(hierarchy(levels=(one, two)), hierarchy(levels=(one,))) == [("level-removed", "REGION", MAJOR)]
    assert found(hierarchy(levels=(one, two)), hierarchy(levels=(two, one))) == [("level-order", "", MAJOR)]
    renamed = level("WORLD", "The world")
    assert found(hierarchy(levels=(one,)), hierarchy(levels=(renamed,))) == [("name", "WORLD", PATCH)]


def test_a_place_on_another_level_is_major_and_what_is_said_of_levels_a_patch() -> None:
    assert found(hierarchy(place("A")), hierarchy(place("A", level="WORLD"))) == [
        ("hierarchical-code-level", "A", MAJOR)
    ]
    assert found(hierarchy(), hierarchy(formal_levels=True)) == [("formal-levels", "", PATCH)]
