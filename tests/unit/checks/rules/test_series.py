"""Figures are compared with those of their own series, between breaks."""

import pytest
from tests.examples.checking import Row, checked, codes, found, observed, without

from icstip.checks.settings import Limits

USUAL = (100, 104, 98, 110, 107, 103, 111)


def series(*numbers: float | None, **said: object) -> list[Row]:
    return [
        {"VALUE": number, "STATUS": "A" if number is not None else "O", "TIME": str(2005 + year), **said}
        for year, number in enumerate(numbers)
    ]


def test_a_figure_far_from_the_others_is_told_with_them() -> None:
    data = observed(series(*USUAL, 900))
    (finding,) = found(data)
    assert (finding.code, finding.value, finding.place.row) == ("SERIES-001", "900 (2012)", 8)
    assert (finding.params["low"], finding.params["high"], finding.params["number"]) == ("98", "111", 7)
    (outlier,) = checked(data).outliers
    assert (outlier.period, len(outlier.points)) == ("2012", 8)
    assert (outlier.low <= 98, outlier.high >= 111, outlier.high < 900) == (True, True, True)


@pytest.mark.parametrize(
    "numbers",
    [
        USUAL,
        (*USUAL[:4], 900),  # too few others
        (1, 2, 1, 3, 2, 1, 14),  # too small a difference
        (0, 0, 0, 0, 0, 0, 0),
        (0, 0, 0, 0, 0, 0, 5),
        (10, 20, 40, 80, 160, 320, 640),  # it grows
        (None, None, None, None, None, None, None),
        (900,),
        (),
    ],
)
def test_other_figures_are_nothing_out_of_the_ordinary(numbers: tuple[float | None, ...]) -> None:
    assert codes(observed(series(*numbers))) == []


def test_figures_before_and_after_a_break_are_not_compared() -> None:
    later = series(*(9 * number for number in USUAL))
    rows = series(*USUAL) + [{**one, "TIME": str(2012 + year)} for year, one in enumerate(later)]
    assert "SERIES-001" not in codes(observed(rows))
    rows[7]["STATUS"] = "B"
    assert codes(observed(rows)) == ["TIME-006"]
    rows[10]["VALUE"] = 90_000
    assert codes(observed(rows)) == ["TIME-006", "SERIES-001"]


def test_a_figure_after_a_break_is_not_one_of_those_before() -> None:
    rows = series(*USUAL, 900)
    rows[7]["STATUS"] = "B"
    assert codes(observed(rows)) == ["TIME-006"]


def test_where_figures_begin_is_said_by_whoever_checks() -> None:
    rows = series(*USUAL, 190)
    assert codes(observed(rows)) == []
    assert codes(observed(rows, limits=Limits(outlier=2, outlier_factor=1.5))) == ["SERIES-001"]


def test_figures_of_another_series_are_not_compared() -> None:
    assert codes(observed(series(*USUAL) + series(900, 904, 898, 911, AREA="UG"))) == []


def test_the_order_of_the_rows_does_not_matter() -> None:
    rows = series(*USUAL, 900)
    (one,), (other,) = found(observed(rows)), found(observed(rows[::-1]))
    assert (one.value, one.params) == (other.value, other.params)


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ((None, 0, None), ["VALUE-006"]),
        ((None, 0, 4), []),
        ((4, 0, None), []),
        ((None, 5, None), []),
        ((0, None, None), []),
        ((None, None, 0), []),
        ((None, 0), []),
    ],
)
def test_a_zero_between_figures_that_are_missing_is_doubtful(
    numbers: tuple[float | None, ...], expected: list[str]
) -> None:
    assert codes(observed(series(*numbers))) == expected


def test_a_figure_with_bounds_is_not_missing() -> None:
    rows = series(None, 0, None)
    rows[0] |= {"LOWER": 1, "UPPER": 4, "STATUS": "Q"}
    assert codes(observed(rows)) == []


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ((14, 14, 14), ["SERIES-002"]),
        ((14, 14), []),
        ((9, 9, 9), []),
        ((14, 14, 15, 14), []),
        ((14, None, 14, 14), ["SERIES-002"]),
        ((0, 0, 0, 0), []),
    ],
)
def test_the_same_figure_again_and_again_is_doubtful(numbers: tuple[float | None, ...], expected: list[str]) -> None:
    assert codes(observed(series(*numbers))) == expected


def test_the_same_figure_in_several_series_is_not_the_same_again() -> None:
    rows = [row for area in ("KE", "UG", "TZ") for row in series(14, AREA=area)]
    assert codes(observed(rows)) == []


def _two_years(same: bool, number: int) -> list[Row]:  # noqa: FBT001
    stages = ("CONTACT", "TRIED", "CONVICTED", "OTHER")
    places = [(stage, group) for group in ("NATIONAL", "FOREIGN") for stage in stages][:number]
    return [
        row
        for place, (stage, group) in enumerate(places)
        for row in series(40 - place, 40 - place + (not same), STAGE=stage, GROUP=group)
    ]


@pytest.mark.parametrize(("same", "number", "is_found"), [(True, 5, True), (True, 4, False), (False, 5, False)])
def test_a_period_with_all_figures_of_the_one_before_is_doubtful(*, same: bool, number: int, is_found: bool) -> None:
    assert ("SERIES-003" in codes(observed(_two_years(same, number)))) is is_found


@pytest.mark.parametrize(
    ("cells", "is_found"),
    [
        ({"F": 60, "M": 60, "X": 60}, True),
        ({"F": 60, "M": 60}, False),
        ({"F": 40, "M": 40, "X": 40}, False),
        ({"F": 60, "M": 60, "_T": 60}, False),
    ],
)
def test_the_same_large_figure_in_several_categories_is_doubtful(cells: dict[str, int], is_found: bool) -> None:  # noqa: FBT001
    rows: list[Row] = [{"VALUE": value, "SEX": sex} for sex, value in cells.items()]
    assert ("SERIES-004" in codes(observed(rows))) is is_found


def test_the_same_figure_in_several_areas_or_stages_is_not() -> None:
    rows: list[Row] = [{"VALUE": 60, "AREA": area} for area in ("KE", "UG", "TZ")]
    rows += [{"VALUE": 60, "STAGE": stage} for stage in ("CONTACT", "TRIED", "CONVICTED")]
    assert codes(observed(rows)) == []


def test_without_time_there_are_no_series() -> None:
    rows: list[Row] = [{"VALUE": value, "AREA": area} for area, value in (("KE", 5), ("UG", 900))]
    data = observed(rows, without("TIME"))
    assert codes(data) == []
    assert checked(data).coverage is None
