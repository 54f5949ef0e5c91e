"""Totals and their parts are compared as far as their figures are known, and no further."""

import os
from collections.abc import Mapping
from dataclasses import replace
from random import Random
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.examples.checking import ALL, KNOWN, Row, checked, codes, found, observed

from icstip.checks.results import Answer, Reason, Totals

EXAMPLES: Final = int(os.environ.get("ICSTIP_EXAMPLES", "30"))

Figure = float | tuple[float | None, float | None] | None
"""A number; bounds; or nothing at all."""


def cell(figure: Figure, **codes: object) -> Row:
    """Return an observation with a figure."""
    if isinstance(figure, tuple):
        return {"LOWER": figure[0], "UPPER": figure[1], "STATUS": "Q", **codes}
    return {"VALUE": figure, **({"STATUS": "Q"} if figure is None else {}), **codes}


def rows(dimension: str, figures: Mapping[str, Figure], **codes: object) -> list[Row]:
    return [cell(figure, **{dimension: code}, **codes) for code, figure in figures.items()]


def answer(dimension: str, figures: Mapping[str, Figure], **codes: object) -> tuple[Answer, str]:
    """Return what is said of the one total of these figures, and with which finding."""
    data = observed(rows(dimension, figures, **codes))
    (said,) = checked(data).answers
    (given,) = [one for one, number in said.answers.items() if number]
    sums = [one.code for one in found(data) if one.code.startswith("SUM-") and one.code != "SUM-007"]
    return given, "".join(sums)


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        ({"F": 6, "M": 4, ALL: 10}, (Answer.HOLDS, "")),
        ({"F": 6, "M": 4, "_U": 3, ALL: 13}, (Answer.HOLDS, "")),
        ({"F": 8, "M": 4, ALL: 10}, (Answer.BROKEN, "SUM-001")),
        ({"F": 5, "M": 4, ALL: 10}, (Answer.PARTIAL, "SUM-002")),
        ({"F": 5, "M": 4, "_U": 0, ALL: 10}, (Answer.BROKEN, "SUM-003")),
        ({"F": 0, "M": 0, "_U": 0, ALL: 10}, (Answer.PARTIAL, "SUM-008")),
        ({"F": 12, ALL: 10}, (Answer.BROKEN, "SUM-004")),
        # bounds: as long as some figures within them fit
        ({"F": (0, 4), "M": 4, ALL: 8}, (Answer.HOLDS, "")),
        ({"F": (0, 4), "M": 4, ALL: 4}, (Answer.HOLDS, "")),
        ({"F": (0, 4), "M": 4, ALL: 9}, (Answer.PARTIAL, "SUM-002")),
        ({"F": (0, 4), "M": 4, ALL: 3}, (Answer.BROKEN, "SUM-001")),
        ({"F": (1, 4), "M": (1, 4), ALL: (5, 9)}, (Answer.HOLDS, "")),
        ({"F": (1, 4), "M": (1, 4), ALL: (9, 12)}, (Answer.PARTIAL, "SUM-002")),
        ({"F": (6, 9), "M": (1, 4), ALL: (1, 4)}, (Answer.BROKEN, "SUM-001")),
        ({"F": (1, 4), "M": (1, 4), "_U": 0, ALL: 9}, (Answer.BROKEN, "SUM-003")),
        # figures of which nothing is known
        ({"F": None, "M": 4, ALL: 10}, (Answer.UNCHECKED, "SUM-005")),
        ({"F": 6, "M": 4, ALL: None}, (Answer.UNCHECKED, "SUM-005")),
        ({"F": (None, None), "M": 14, ALL: 10}, (Answer.BROKEN, "SUM-001")),
        ({"F": (7, None), "M": 4, ALL: 10}, (Answer.BROKEN, "SUM-001")),
        ({"F": (None, 4), "M": 4, ALL: 8}, (Answer.HOLDS, "")),
    ],
)
def test_where_each_person_is_counted_once_parts_make_up_their_total(
    figures: Mapping[str, Figure], expected: tuple[Answer, str]
) -> None:
    assert answer("SEX", figures) == expected


@pytest.mark.parametrize(
    ("rule", "figures", "expected"),
    [
        ("PRINCIPAL", {"SEXUAL": 6, "LABOUR": 5, ALL: 10}, (Answer.BROKEN, "SUM-001")),
        ("MULTIPLE", {"SEXUAL": 6, "LABOUR": 5, ALL: 10}, (Answer.HOLDS, "")),
        (None, {"SEXUAL": 6, "LABOUR": 5, ALL: 10}, (Answer.UNCHECKED, "SUM-005")),
        (None, {"SEXUAL": 6, "LABOUR": 4, ALL: 10}, (Answer.HOLDS, "")),
        ("MULTIPLE", {"SEXUAL": 11, "LABOUR": 5, ALL: 10}, (Answer.BROKEN, "SUM-004")),
        (None, {"SEXUAL": 11, "LABOUR": 5, ALL: 10}, (Answer.BROKEN, "SUM-004")),
        ("MULTIPLE", {"SEXUAL": (11, 14), "LABOUR": 5, ALL: (5, 10)}, (Answer.BROKEN, "SUM-004")),
        ("MULTIPLE", {"SEXUAL": (9, 14), "LABOUR": 5, ALL: (5, 10)}, (Answer.HOLDS, "")),
        ("MULTIPLE", {"SEXUAL": 3, "LABOUR": 4, ALL: 10}, (Answer.PARTIAL, "SUM-002")),
        ("MULTIPLE", {"SEXUAL": 3, "LABOUR": 4, "_U": 1, ALL: 10}, (Answer.BROKEN, "SUM-003")),
        (None, {"SEXUAL": 3, "LABOUR": 4, "_U": 1, ALL: 10}, (Answer.PARTIAL, "SUM-002")),
    ],
)
def test_where_a_person_can_be_counted_several_times_the_rule_of_counting_says_what_may_be(
    rule: str | None, figures: Mapping[str, Figure], expected: tuple[Answer, str]
) -> None:
    assert answer("FORM", figures, RULE=rule) == expected


def test_what_is_said_of_counting_does_not_matter_where_nobody_can_be_in_two_parts() -> None:
    assert answer("SEX", {"F": 8, "M": 4, ALL: 10}, RULE="MULTIPLE") == (Answer.BROKEN, "SUM-001")


@pytest.mark.parametrize("power", ["3", "6"])
def test_figures_are_compared_as_they_are_multiplied(power: str) -> None:
    small = rows("SEX", {"F": 6, "M": 4}, MULT=power)
    whole = [{"VALUE": 10 * 10 ** int(power), "SEX": ALL, "MULT": "0"}]
    (said,) = checked(observed([*small, *whole])).answers
    assert said.answers[Answer.HOLDS] == 1


def test_bounds_are_multiplied_as_values_are() -> None:
    given = [*rows("SEX", {"F": (0, 4), "M": 4}, MULT="3"), {"VALUE": 9000.0, "SEX": ALL}]
    (said,) = checked(observed(given)).answers
    assert said.answers[Answer.PARTIAL] == 1


def test_a_number_that_is_none_is_nothing_that_anybody_knows() -> None:
    assert answer("SEX", {"F": float("nan"), "M": 4, ALL: 10}) == (Answer.UNCHECKED, "SUM-005")


def test_the_parts_of_a_part_are_compared_with_it_and_not_added_to_the_total_again() -> None:
    figures: dict[str, Figure] = {"SEXUAL": 3, "LABOUR": 7, "FORCED": 5, "SLAVERY": 2, ALL: 10}
    said = checked(observed(rows("FORM", figures))).answers
    assert {(one.whole, one.answers[Answer.HOLDS]) for one in said} == {("LABOUR", 1), (ALL, 1)}


def test_of_several_ways_to_make_up_a_total_one_that_does_not_fit_is_told() -> None:
    figures: dict[str, Figure] = {"Y0T8": 2, "Y9T17": 3, "Y0T17": 6, "Y_GE18": 4, ALL: 10}
    said = {one.whole: one.answers for one in checked(observed(rows("AGE", figures))).answers}
    assert said["Y0T17"][Answer.PARTIAL] == 1
    assert said[ALL][Answer.HOLDS] == 1


def test_what_is_there_twice_counts_once() -> None:
    (said,) = checked(observed(rows("SEX", {"F": 6, "M": 4, ALL: 10}) * 2)).answers
    assert dict(said.answers) == {Answer.HOLDS: 1, Answer.PARTIAL: 0, Answer.BROKEN: 0, Answer.UNCHECKED: 0}


def test_what_is_not_applicable_is_no_part() -> None:
    assert answer("SEX", {"F": 6, "M": 4, "_Z": 5, ALL: 10}) == (Answer.HOLDS, "")


def test_parts_without_their_total_are_told_as_unchecked() -> None:
    rows_of_two_years = rows("SEX", {"F": 6, "M": 4, ALL: 10}) + rows("SEX", {"F": 6, "M": 4}, TIME="2021")
    data = observed(rows_of_two_years)
    (said,) = checked(data).answers
    assert said == Totals(
        "SEX",
        ALL,
        {Answer.HOLDS: 1, Answer.PARTIAL: 0, Answer.BROKEN: 0, Answer.UNCHECKED: 1},
        {Reason.NO_TOTAL: 1},
    )
    assert [one.code for one in found(data)] == ["SUM-005"]


def test_a_total_of_which_only_those_of_unknown_sex_are_there_says_nothing() -> None:
    assert checked(observed(rows("SEX", {"_U": 3, ALL: 10}))).answers == ()


def test_rates_do_not_add_up() -> None:
    assert checked(observed(rows("SEX", {"F": 6, "M": 6, ALL: 6}, UNIT="RATE"))).answers == ()


def test_totals_are_compared_within_what_has_the_same_codes_otherwise() -> None:
    given = rows("SEX", {"F": 6, "M": 4, ALL: 10}) + rows("SEX", {"F": 60, "M": 40, ALL: 100}, AREA="UG")
    (said,) = checked(observed(given)).answers
    assert said.answers[Answer.HOLDS] == 2


def _censored(random: Random, value: int) -> Figure:
    """Draw what is told of a number: itself, bounds around it, one of them, or nothing."""
    kind = random.choice(["exact", "exact", "band", "below", "above", "hidden"])
    low, high = random.randint(0, value), random.randint(value, value + 9)
    told: dict[str, Figure] = {"exact": value, "band": (low, high), "below": (None, high), "above": (low, None)}
    return told.get(kind)


@st.composite
def truths(draw: st.DrawFn, *, once: bool) -> list[Row]:
    """Draw persons, each with sex, age and form, and all the counts of them by any of those; some are hidden."""
    persons = draw(
        st.lists(
            st.tuples(
                st.sampled_from(["F", "M", "X", "_U"]),
                st.sampled_from(["Y0T8", "Y9T17", "Y_GE18", "_U"]),
                st.sets(st.sampled_from(["SEXUAL", "FORCED", "SLAVERY"]), max_size=1 if once else 3),
            ),
            max_size=25,
        )
    )
    rule = "PRINCIPAL" if once else draw(st.sampled_from(["MULTIPLE", None]))
    random, shown = draw(st.randoms(use_true_random=False)), draw(st.sampled_from([0.5, 0.8, 1]))
    given: list[Row] = []
    for sex in ("F", "M", "X", "_U", ALL):
        for age in ("Y0T8", "Y9T17", "Y0T17", "Y_GE18", "_U", ALL):
            for form in ("SEXUAL", "LABOUR", "FORCED", "SLAVERY", "_U", ALL):
                if random.random() < shown:
                    number = sum(_is_in(person, sex, age, form) for person in persons)
                    given.append(cell(_censored(random, number), SEX=sex, AGE=age, FORM=form, RULE=rule))
    return given


def _is_in(person: tuple[str, str, set[str]], sex: str, age: str, form: str) -> bool:
    own_sex, own_age, forms = person
    is_of_age = age in (ALL, own_age) or (age == "Y0T17" and own_age in ("Y0T8", "Y9T17"))
    of = {"LABOUR": {"FORCED", "SLAVERY"}}.get(form, {form})
    is_of_form = form == ALL or bool(forms & of) or (form == "_U" and not forms)
    return sex in (ALL, own_sex) and is_of_age and is_of_form


@pytest.mark.parametrize("once", [True, False])
@settings(max_examples=EXAMPLES)
@given(data=st.data())
def test_totals_that_are_true_are_never_told_to_be_broken_whatever_is_hidden(
    data: st.DataObject, *, once: bool
) -> None:
    given = data.draw(truths(once=once))
    result = checked(observed(given))
    assert [one for one in result.totals if one.answer is Answer.BROKEN] == []
    assert all(one.answers[Answer.BROKEN] == 0 for one in result.answers)
    assert {one.code for one in result.findings} & {"SUM-001", "SUM-003", "SUM-004", "SUM-006"} == set()


def test_a_region_can_have_other_areas_in_its_parts_than_in_its_total() -> None:
    figures = [
        *rows("SEX", {"F": 6, "M": 5, ALL: 10}, AREA="TZ"),
        *rows("STAGE", {"CONTACT": 1, "TRIED": 2}, AREA="TZ"),
    ]
    said = codes(observed(figures))
    assert {"SUM-001", "SUM-006"} <= set(said)
    for known in (replace(KNOWN, hierarchies={"CL_AREA": ({"KE": "TZ"},)}), replace(KNOWN, groups=frozenset({"TZ"}))):
        left = codes(observed(figures, knowledge=known))
        assert "SUM-005" in left
        assert not {"SUM-001", "SUM-006"} & set(left)
