"""Numbers as a page draws and abbreviates them."""

import pytest

from icstip.reports.scales import BAR, LEAST_PART, cell_ranges, stacked, ticks, with_all_years


def test_the_parts_of_a_bar_follow_each_other_and_fill_it() -> None:
    assert stacked([50, 30, 20], length=100) == ((0.0, 50.0), (50.0, 30.0), (80.0, 20.0))


def test_a_part_too_small_to_be_seen_is_widened_at_the_cost_of_the_largest() -> None:
    parts = stacked([19_779, 1, 0])
    assert parts[1] == (BAR - LEAST_PART, LEAST_PART)
    assert parts[2][1] == 0
    assert sum(width for _, width in parts) == pytest.approx(BAR)


def test_the_parts_of_nothing_have_no_width() -> None:
    assert stacked([0, 0]) == ((0.0, 0.0), (0.0, 0.0))
    assert stacked([]) == ()


@pytest.mark.parametrize(
    ("greatest", "expected"),
    [
        (0, (0, 1)),
        (1, (0, 1)),
        (4, (0, 1, 2, 3, 4)),
        (5, (0, 2, 4, 6)),
        (1512, (0, 500, 1000, 1500, 2000)),
        (1500, (0, 500, 1000, 1500)),
        (41_000, (0, 20_000, 40_000, 60_000)),
    ],
)
def test_ticks_are_round_and_reach_the_greatest_number(greatest: int, expected: tuple[int, ...]) -> None:
    assert ticks(greatest) == expected


def test_years_without_observations_keep_their_place() -> None:
    assert with_all_years([("2019", 4), ("2022", 1)]) == (("2019", 4), ("2020", 0), ("2021", 0), ("2022", 1))


@pytest.mark.parametrize("periods", [(), (("2019", 4), ("2022-Q1", 1)), (("0001", 1), ("2022", 1))])
def test_periods_that_are_not_years_or_too_far_apart_stay_as_they_are(periods: tuple[tuple[str, int], ...]) -> None:
    assert with_all_years(periods) == periods


def test_neighbours_in_a_column_are_one_range() -> None:
    assert cell_ranges(["F17", "F18", "F19", "H2", "AA3", "F21"]) == (("F17:F19", 3), ("F21", 1), ("H2", 1), ("AA3", 1))


def test_a_cell_named_twice_counts_once_and_what_is_no_address_stands_by_itself() -> None:
    assert cell_ranges(["B2", "B2", "(B)"]) == (("(B)", 1), ("B2", 1))
