"""Texts are time periods of SDMX, or they are none; each ends on a day, and has its place among the others."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icstip.checks.periods import period_of, shown


@pytest.mark.parametrize(
    ("text", "unit", "end"),
    [
        ("2021", "A", date(2022, 1, 1)),
        ("2021-A1", "A", date(2022, 1, 1)),
        ("2021-S1", "S", date(2021, 7, 1)),
        ("2021-S2", "S", date(2022, 1, 1)),
        ("2021-T2", "T", date(2021, 9, 1)),
        ("2021-Q3", "Q", date(2021, 10, 1)),
        ("2021-Q4", "Q", date(2022, 1, 1)),
        ("2021-12", "M", date(2022, 1, 1)),
        ("2021-M02", "M", date(2021, 3, 1)),
        ("2021-W01", "W", date(2021, 1, 11)),
        ("2020-W53", "W", date(2021, 1, 4)),
        ("2021-D365", "D", date(2022, 1, 1)),
        ("2020-D366", "D", date(2021, 1, 1)),
        ("2021-02-28", "D", date(2021, 3, 1)),
        ("2020-02-29T12:30:00", "D", date(2020, 3, 1)),
        ("2020-02-29T12:30:00.25", "D", date(2020, 3, 1)),
        ("2020-02-29T24:00:00", "D", date(2020, 3, 1)),
        ("2021Z", "A", date(2022, 1, 1)),
        ("2021-03+02:00", "M", date(2021, 4, 1)),
        ("2020-04-01/P1Y", "range", date(2021, 4, 1)),
        ("2020-11-15/P3M", "range", date(2021, 2, 15)),
        ("2020-01-01T00:00:00/P10D", "range", date(2020, 1, 11)),
        ("2020-01-31/P1Y2M3D", "range", date(2021, 4, 3)),
    ],
)
def test_periods_have_a_unit_and_end_on_a_day(text: str, unit: str, end: date) -> None:
    period = period_of(text)
    assert period is not None
    assert (period.unit, period.end) == (unit, end)


@pytest.mark.parametrize(
    "text",
    [
        *("", "21", "year 2021", "2021/22", "2021-2022", " 2021", "2021\n", "2021-", "2021-13", "2021-00", "2021-1"),
        *("2021-Q0", "2021-Q5", "2021-Q03", "2021-S3", "2021-T4", "2021-A2", "2021-M13", "2021-M1", "2021-M00"),
        *("2021-W00", "2021-W1", "2021-W53", "2020-W54", "2021-D000", "2021-D1", "2021-D366", "2020-D367"),
        *("2021-02-29", "2021-04-31", "2021-1-1", "2021-02-28T25:00:00", "2021-02-28T12:60:00", "2021-02-28T24:00:01"),
        *("2021+15:00", "2020-01-01/P", "2020-01-01/P0D", "2020-02-30/P1Y", "2020/P1Y", "2020-01-01/1Y", "2020-01-01/"),
        *("٢٠٢١", "2021-Q١", "２０２１", "2021-q1", "0000-00", "2020-01-01/P99999Y"),
    ],
)
def test_what_is_no_period_is_none(text: str) -> None:
    assert period_of(text) is None


@pytest.mark.parametrize(
    ("one", "following"),
    [
        ("2021", "2022"),
        ("2021-S2", "2022-S1"),
        ("2021-T3", "2022-T1"),
        ("2021-Q4", "2022-Q1"),
        ("2021-12", "2022-01"),
        ("2021-M12", "2022-01"),
        ("2020-W53", "2021-W01"),
        ("2020-D366", "2021-01-01"),
    ],
)
def test_a_period_is_followed_by_the_one_with_the_next_number(one: str, following: str) -> None:
    before, after = period_of(one), period_of(following)
    assert before is not None
    assert after is not None
    assert (after.unit, after.number) == (before.unit, before.number + 1)
    assert after.end > before.end


@given(unit=st.sampled_from("ASTQM"), number=st.integers(12 * 1900, 12 * 2100))
def test_a_period_is_shown_as_the_text_that_it_is_read_from(unit: str, number: int) -> None:
    place = number // 12 if unit == "A" else number
    text = shown(unit, place if unit in "AM" else place // 4)
    period = period_of(text)
    assert period is not None
    assert shown(period.unit, period.number) == text


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_a_day_ends_when_the_next_one_begins_however_it_is_written(day: date) -> None:
    for text in (day.isoformat(), f"{day.year}-D{day.timetuple().tm_yday:03}"):
        period = period_of(text)
        assert period is not None
        assert (period.number, period.end) == (day.toordinal(), day + timedelta(days=1))


@given(st.text("0123456789-ASTQMWDPYZ:/+.", max_size=24))
def test_no_text_is_more_than_it_can_take(text: str) -> None:
    period = period_of(text)
    assert period is None or period.end.year <= 9999
