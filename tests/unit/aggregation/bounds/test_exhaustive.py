"""Parts are all there are only where the list says so and the data have every one of them."""

import pytest
from tests.examples.checking import ALL, KNOWN, SCHEMA

from icstip.aggregation.bounds.exhaustive import is_exhaustive
from icstip.coherence.relations import Relation, relations


def exhaustive(dimension: str, *present: str, whole: str = ALL) -> list[bool]:
    """Return of each way to make up a total whether it is exhaustive."""
    column = SCHEMA.by_id[dimension]
    known = [one for one in relations(column, present, KNOWN) if one.whole == whole]
    return [is_exhaustive(one, column, present, KNOWN) for one in known]


@pytest.mark.parametrize(
    ("dimension", "present", "expected"),
    [
        ("SEX", ["F", "M", "X", "_U", ALL], [True]),
        ("SEX", ["F", "M", "_U", ALL], [False]),
        ("SEX", ["F", "M", "X", ALL], [False]),
        ("FORM", ["SEXUAL", "LABOUR", "_U", ALL], [True]),
        ("FORM", ["SEXUAL", "FORCED", "SLAVERY", "_U", ALL], [False]),
        ("GROUP", ["NATIONAL", "FOREIGN", "EU27", "EU28", "_U", ALL], [True]),
        ("AGE", ["Y0T17", "Y_GE18", "_U", ALL], [True]),
        ("AGE", ["Y0T17", "Y_GE18", ALL], [False]),
        ("AGE", ["Y0T8", "Y9T17", "Y_GE18", "_U", ALL], [True]),
        ("AGE", ["Y0T8", "Y_GE18", "_U", ALL], [False]),
        ("AGE", ["Y0T17", "_U", ALL], [False]),
    ],
)
def test_only_all_codes_of_a_list_are_all_there_are(dimension: str, present: list[str], expected: list[bool]) -> None:
    assert exhaustive(dimension, *present) == expected


def test_a_child_of_whom_no_more_is_known_is_in_no_narrower_band() -> None:
    column = SCHEMA.by_id["AGE"]
    present = ["Y0T8", "Y9T17", "Y0T17", "Y_GE18", "_U", ALL]
    wide, narrow = Relation(ALL, ("Y0T17", "Y_GE18", "_U")), Relation(ALL, ("Y0T8", "Y9T17", "Y_GE18", "_U"))
    assert is_exhaustive(wide, column, present, KNOWN)
    assert not is_exhaustive(narrow, column, present, KNOWN)


def test_of_a_code_that_is_not_the_total_nobody_knows_whether_its_parts_are_all() -> None:
    assert exhaustive("FORM", "LABOUR", "FORCED", "SLAVERY", "_U", whole="LABOUR") == [False]
    assert exhaustive("AGE", "Y0T8", "Y9T17", "Y0T17", whole="Y0T17") == [False]
