"""Values as people see them."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icstip.tables.workbooks.formats import DATE, MOMENT, NumberFormat
from icstip.tables.workbooks.shown import (
    elapsed_text,
    is_number,
    moment_text,
    number_text,
    shown_text,
    time_text,
    truth_text,
)

PERCENT = NumberFormat(percent=True)
YEAR, MONTH, TIME = NumberFormat(year=True), NumberFormat(year=True, month=True), NumberFormat(time=True)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (-0.0, "0"),
        (7.0, "7"),
        (-12.50, "-12.5"),
        (0.1 + 0.2, "0.3"),
        (1 / 3, "0.333333333333333"),
        (200 / 3, "66.6666666666667"),
        (1.005, "1.005"),
        (1234567890.12345, "1234567890.12345"),
        (1e-12, "0.000000000001"),
        (1e20, "100000000000000000000"),
        (999999999999999.0, "999999999999999"),
        (9007199254740993.0, "9007199254740992"),
        (2500000000000000.5, "2500000000000000.5"),
    ],
)
def test_a_number_is_a_plain_decimal_without_noise(value: float, text: str) -> None:
    assert number_text(value) == text


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**8), max_value=10**8))
def test_what_has_fifteen_digits_or_fewer_comes_back_exactly(number: Decimal) -> None:
    assert Decimal(number_text(float(number))) == number


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_no_number_has_an_exponent(value: float) -> None:
    text = number_text(value)
    assert not set(text) - set("-0123456789.")
    assert float(text) == pytest.approx(value, rel=1e-14, abs=0)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.25, "25%"),
        (0.125, "12.5%"),
        (0.28999999999999998, "29%"),
        (0.07, "7%"),
        (1, "100%"),
        (0, "0%"),
        (-0.5, "-50%"),
        (0.0004, "0.04%"),
        (1 / 3, "33.3333333333333%"),
        (12, "1200%"),
    ],
)
def test_a_share_is_a_hundred_times_its_value(value: float, text: str) -> None:
    assert shown_text(value, PERCENT) == text


@given(st.integers(-(10**9), 10**9))
def test_a_share_is_shifted_exactly(thousandths: int) -> None:
    percent = shown_text(thousandths / 1000, PERCENT).removesuffix("%")
    assert Decimal(percent) == Decimal(thousandths).scaleb(-1)


def test_a_percent_sign_that_is_a_text_leaves_the_value() -> None:
    assert shown_text(25, NumberFormat(percent_sign=True)) == "25%"


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        (43921, YEAR, "2020"),
        (43921, MONTH, "2020-03"),
        (43921, DATE, "2020-03-31"),
        (43921, MOMENT, "2020-03-31"),
        (43921.5, MOMENT, "2020-03-31 12:00:00"),
        (43921.5, DATE, "2020-03-31"),
        (43921, NumberFormat(month=True, day=True), "2020-03-31"),
        (43921, NumberFormat(month=True), "2020-03-31"),
        (43921.9999999, MOMENT, "2020-04-01"),
        (0.5, TIME, "12:00:00"),
        (0, TIME, "00:00:00"),
        (1.5, TIME, "1900-01-01 12:00:00"),
        (1.1, NumberFormat(elapsed=True), "26:24:00"),
        (1, DATE, "1900-01-01"),
        (59, DATE, "1900-02-28"),
        (60, DATE, "1900-02-29"),
        (61, DATE, "1900-03-01"),
        (2_958_465, DATE, "9999-12-31"),
    ],
)
def test_a_day_is_the_date_that_its_format_shows(value: float, form: NumberFormat, text: str) -> None:
    assert shown_text(value, form) == text


@pytest.mark.parametrize("value", [-1, 2_958_466, 1e300, 0])
def test_a_number_that_is_no_day_stays_a_number(value: float) -> None:
    assert shown_text(value, DATE) == number_text(value)


def test_a_year_typed_into_a_cell_for_dates_is_the_year_that_is_shown() -> None:
    assert shown_text(2020, YEAR) == "1905"


def test_days_can_be_counted_from_1904() -> None:
    assert shown_text(0, DATE, from_1904=True) == "1904-01-01"
    assert shown_text(42459, DATE, from_1904=True) == "2020-03-31"
    assert shown_text(2_958_465, DATE, from_1904=True) == "2958465"


def test_a_quarter_is_shown_with_its_year() -> None:
    form = NumberFormat(year=True, quarter=True)
    assert [moment_text(datetime(2020, month, 1), form) for month in (1, 3, 4, 12)] == [  # noqa: DTZ001 - sheets have no zones
        *("2020-Q1", "2020-Q1", "2020-Q2", "2020-Q4"),
    ]


def test_times_have_two_digits_a_part_and_spans_all_their_hours() -> None:
    assert time_text(30_601) == "08:30:01"
    assert elapsed_text(timedelta(hours=100, seconds=1)) == "100:00:01"


def test_truth_values_are_in_capitals() -> None:
    assert (truth_text(value=True), truth_text(value=False)) == ("TRUE", "FALSE")


def test_a_number_is_told_from_what_is_none() -> None:
    assert all(map(is_number, ("1", "-1.5E-3", "0.30000000000000004")))
    assert not any(map(is_number, ("", "nan", "inf", "1_000", "x")))
