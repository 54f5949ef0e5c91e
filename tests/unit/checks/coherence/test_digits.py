"""A figure that was copied wrongly is named if only one can have been."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icstip.checks.coherence.digits import meant, nearly


@pytest.mark.parametrize(
    ("written", "expected", "is_near"),
    [
        (44, 444, True),  # a digit lost
        (444, 44, True),  # a digit twice
        (1023, 123, True),
        (54, 45, True),  # exchanged
        (1243, 1234, True),
        (100, 10, True),
        (44, 54, False),  # another digit
        (4321, 1324, False),  # not neighbours
        (4, 40, False),  # too short to say
        (10, 1, False),
        (44, 44, False),
        (44, 4444, False),
        (-45, 54, False),
        (45, -54, False),
    ],
)
def test_two_numbers_are_near_by_a_digit_lost_added_or_two_exchanged(
    written: int, expected: int, *, is_near: bool
) -> None:
    assert nearly(written, expected) is is_near


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_it_does_not_matter_which_of_two_numbers_was_written(one: int, other: int) -> None:
    assert nearly(one, other) is nearly(other, one)


@given(st.integers(10, 10**6), st.data())
def test_a_digit_that_was_lost_is_found(number: int, data: st.DataObject) -> None:
    text = str(number)
    place = data.draw(st.integers(0, len(text)))
    longer = int(text[:place] + data.draw(st.sampled_from("123456789")) + text[place:])
    assert nearly(number, longer)


@pytest.mark.parametrize(
    ("whole", "parts", "expected"),
    [
        (544, [44, 100], (0, 444)),
        (74, [43, 40], (0, 34)),
        (47, [34, 40], (-1, 74)),
        (100, [60, 30], None),
        (100, [60, 40], None),
        (30, [12, 12], None),  # 18 is not near 12
        (33, [12, 12], None),  # one of two, and nobody knows which
    ],
)
def test_the_one_figure_that_can_be_wrong_is_named(
    whole: int, parts: list[int], expected: tuple[int, int] | None
) -> None:
    assert meant(whole, parts) == expected
