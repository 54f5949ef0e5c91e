"""Constraints: what they refuse from now on is major, what they allow from now on is minor."""

import pytest
from tests.examples.diffs import constraint, diff, found, reference, region, selection, structure

from icstip.artefacts.collection import Artefacts
from icstip.artefacts.constraints import ACTUAL, DataConstraint, KeySet, Period, Region, Selection, TimeRange, Value
from icstip.structures.diff.compare import diff_artefacts
from icstip.structures.diff.versioning import Bump

PATCH, MINOR, MAJOR = Bump.PATCH, Bump.MINOR, Bump.MAJOR


def test_a_value_that_is_no_longer_allowed_is_major() -> None:
    old, new = constraint(region(selection("FORM", "A", "B"))), constraint(region(selection("FORM", "A")))
    (change,) = diff(old, new).changes
    assert (change.kind, change.path, change.before, change.bump) == ("value-refused", "FORM", "B", MAJOR)


def test_a_value_that_is_newly_allowed_is_minor() -> None:
    old, new = constraint(region(selection("FORM", "A"))), constraint(region(selection("FORM", "A", "B")))
    (change,) = diff(old, new).changes
    assert (change.kind, change.path, change.after, change.bump) == ("value-allowed", "FORM", "B", MINOR)


def test_the_order_of_values_and_components_makes_no_difference() -> None:
    old = constraint(region(selection("FORM", "A", "B"), selection("SEX", "F")))
    assert found(old, constraint(region(selection("SEX", "F"), selection("FORM", "B", "A")))) == []


@pytest.mark.parametrize(
    "other",
    [
        (region(selection("FORM", "A"), include=False),),
        (region(selection("FORM", "A", include=False)),),
    ],
)
def test_values_that_are_excluded_are_the_same_whichever_way_that_is_said(other: tuple[Region, ...]) -> None:
    assert found(constraint(region(selection("FORM", "A", include=False))), constraint(*other)) == []


def test_a_value_that_is_excluded_is_major_and_one_that_no_longer_is_is_minor() -> None:
    one = constraint(region(selection("FORM", "A"), include=False))
    two = constraint(region(selection("FORM", "A", "B"), include=False))
    assert found(one, two) == [("value-refused", "FORM", MAJOR)]
    assert found(two, one) == [("value-allowed", "FORM", MINOR)]


def test_what_is_excluded_of_what_is_included_is_refused() -> None:
    both = constraint(region(selection("FORM", "A", "B")), region(selection("FORM", "B"), include=False))
    assert found(both, constraint(region(selection("FORM", "A")))) == []


def test_a_component_that_was_free_and_now_is_not_is_major_and_the_other_way_round_minor() -> None:
    free, bound = (
        constraint(region(selection("SEX", "F"))),
        constraint(region(selection("SEX", "F"), selection("FORM", "A"))),
    )
    assert found(free, bound) == [("selection-narrowed", "FORM", MAJOR)]
    assert found(bound, free) == [("selection-widened", "FORM", MINOR)]


def test_all_but_some_values_are_more_than_others() -> None:
    some, all_but = (
        constraint(region(selection("FORM", "A"))),
        constraint(region(selection("FORM", "B", include=False))),
    )
    assert found(some, all_but) == [("selection-widened", "FORM", MINOR)]
    assert found(all_but, some) == [("selection-narrowed", "FORM", MAJOR)]


def test_a_component_without_values_is_not_restricted() -> None:
    assert found(constraint(region(selection("FORM"))), constraint(region())) == []


def test_children_that_are_meant_with_a_value_are_part_of_it() -> None:
    alone, family = (
        constraint(region(Selection(id="FORM", values=(Value("A", cascade=cascade),)))) for cascade in ("false", "true")
    )
    assert {(kind, bump) for kind, _, bump in found(alone, family)} == {
        ("value-refused", MAJOR),
        ("value-allowed", MINOR),
    }


def test_the_time_in_which_a_value_is_allowed_is_compared() -> None:
    old, new = (
        constraint(region(Selection(id="FORM", values=(Value("A", valid_to=end),)))) for end in ("2020", "2030")
    )
    assert found(old, new) == [("value-validity", "FORM.A", MAJOR)]


def timed(start: str | None, end: str | None) -> DataConstraint:
    bounds = TimeRange(start=Period(start) if start else None, end=Period(end) if end else None)
    return constraint(region(Selection(id="TIME_PERIOD", time_range=bounds)))


@pytest.mark.parametrize(
    ("short", "long"),
    [(("2015", "2020"), ("2010", "2020")), (("2015", "2020"), ("2015", "2021")), (("2015", "2020"), ("2015", None))],
)
def test_a_shorter_time_is_major_and_a_longer_one_minor(short: tuple[str, str], long: tuple[str, str | None]) -> None:
    assert found(timed(*long), timed(*short)) == [("selection-narrowed", "TIME_PERIOD", MAJOR)]
    assert found(timed(*short), timed(*long)) == [("selection-widened", "TIME_PERIOD", MINOR)]


def test_times_of_which_it_is_not_said_which_is_longer_are_major() -> None:
    assert found(timed("2015", "2020"), timed("2015", "2020-12")) == [("selection-narrowed", "TIME_PERIOD", MAJOR)]


def keyed(*keys: Region, include: bool = True) -> DataConstraint:
    return constraint(key_sets=(KeySet(keys, include=include),))


def test_a_key_that_is_no_longer_allowed_is_major_and_one_more_is_minor() -> None:
    one, other = region(selection("AREA", "CI"), selection("FORM", "A")), region(selection("AREA", "FR"))
    assert found(keyed(one, other), keyed(one)) == [("key-refused", "", MAJOR)]
    assert found(keyed(one), keyed(one, other)) == [("key-allowed", "", MINOR)]
    assert found(keyed(one, include=False), keyed(one, other, include=False)) == [("key-refused", "", MAJOR)]


def test_keys_may_be_written_together() -> None:
    apart = keyed(*(region(selection("AREA", "CI"), selection("FORM", form)) for form in "AB"))
    assert found(apart, keyed(region(selection("AREA", "CI"), selection("FORM", "A", "B")))) == []


def test_too_many_keys_are_compared_as_they_are_written() -> None:
    many = [str(number) for number in range(40)]
    old = keyed(region(selection("AREA", *many), selection("FORM", *many)))
    new = keyed(region(selection("AREA", *many), selection("FORM", *many[1:])))
    assert [kind for kind, _, _ in found(old, new)] == ["key-refused", "key-allowed"]


def test_the_first_keys_that_are_allowed_refuse_all_others() -> None:
    none, some = constraint(), keyed(region(selection("AREA", "CI")))
    assert found(none, some) == [("selection-narrowed", "", MAJOR)]
    assert found(some, none) == [("selection-widened", "", MINOR)]


def test_a_region_of_several_components_that_is_excluded_is_compared_as_a_whole() -> None:
    pair = region(selection("AREA", "CI"), selection("FORM", "A"), include=False)
    assert found(constraint(), constraint(pair)) == [("key-refused", "", MAJOR)]
    assert found(constraint(pair), constraint()) == [("key-allowed", "", MINOR)]


def test_another_role_is_major() -> None:
    assert ("constraint-role", "", MAJOR) in found(constraint(), constraint(role=ACTUAL))


def test_a_constraint_that_says_what_data_there_are_refuses_nothing() -> None:
    old = constraint(region(selection("FORM", "A", "B")), role=ACTUAL)
    new = constraint(region(selection("FORM", "A")), role=ACTUAL)
    assert found(old, new) == [("availability", "FORM", PATCH)]


def test_a_release_calendar_is_major_and_none_is_minor() -> None:
    with_one = constraint(release_calendar=("P1Y", "P1M", "P5D"))
    assert found(constraint(), with_one) == [("release-calendar", "", MAJOR)]
    assert found(with_one, constraint()) == [("release-calendar-removed", "", MINOR)]


def test_data_sources_are_a_patch() -> None:
    assert found(constraint(), constraint(data_sources=("https://example.org",))) == [("data-source", "", PATCH)]


def test_a_constraint_that_is_attached_to_what_was_there_is_major() -> None:
    known, unknown = reference("DataStructure", "DSD"), reference("DataStructure", "NEW")
    free, bound = constraint(attachment=()), constraint(attachment=(known,))
    with_structure = Artefacts.of((structure(), free)), Artefacts.of((structure(), bound))
    assert [(c.kind, c.bump) for c in diff_artefacts(*with_structure).changes] == [("attachment-added", MAJOR)]
    assert found(free, constraint(attachment=(unknown,))) == [("new-attachment-added", "", PATCH)]
    assert found(bound, free) == [("attachment-removed", "", MINOR)]


def test_a_new_constraint_on_what_was_there_is_major_and_on_what_is_new_minor() -> None:
    old = Artefacts((structure(),))
    bound = diff_artefacts(old, Artefacts.of((structure(), constraint())))
    assert [(change.kind, change.bump) for change in bound.changes] == [("constraint-added", MAJOR)]
    new = constraint(attachment=(reference("DataStructure", "NEW"),))
    free = diff_artefacts(old, Artefacts.of((structure(), new)))
    assert [(change.kind, change.bump) for change in free.changes] == [("artefact-added", MINOR)]
    actual = diff_artefacts(old, Artefacts.of((structure(), constraint(role=ACTUAL))))
    assert [(change.kind, change.bump) for change in actual.changes] == [("artefact-added", MINOR)]
