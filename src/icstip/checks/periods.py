"""Time periods of SDMX: which texts are some, when they end, and how they follow each other."""

import re
from datetime import date, timedelta
from typing import Final, NamedTuple

# SDMX 3.0 §6 4.2: Gregorian and reporting periods, date-times, and ranges of a date and a duration.
_CLOCK: Final = r"(?:T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:[.]\d+)?|24:00:00(?:[.]0+)?))"
_PERIOD: Final = re.compile(
    r"(?P<year>\d{4})"
    r"(?:-(?:(?P<kind>[ASTQMWD])(?P<part>\d{1,3})|(?P<month>\d{2})(?:-(?P<day>\d{2})" + _CLOCK + r"?)?))?"
    r"(?:Z|[+-](?:0\d|1[0-4]):[0-5]\d)?",
    re.ASCII,
)
_RANGE: Final = re.compile(
    r"(?P<start>\d{4}-\d{2}-\d{2})" + _CLOCK + r"?/P(?:(?P<years>\d+)Y)?(?:(?P<months>\d+)M)?(?:(?P<days>\d+)D)?",
    re.ASCII,
)
_PARTS: Final = {"A": 1, "S": 2, "T": 3, "Q": 4, "M": 12}
_DIGITS: Final = {"A": 1, "S": 1, "T": 1, "Q": 1, "M": 2, "W": 2, "D": 3}
_MONTHS: Final = 12


class Period(NamedTuple):
    """A time period.

    Attributes:
        unit: What it is one of: ``A``, ``S``, ``T``, ``Q``, ``M``, ``W``, ``D``, or ``range``.
        number: Its place among those, so that the next one has the next number; 0 for a range.
        end: The first day after it.
    """

    unit: str
    number: int
    end: date


def period_of(text: str) -> Period | None:
    """Return what a text is as a time period, or None.

    Example:
        >>> period_of("2021-Q3").end
        datetime.date(2021, 10, 1)
        >>> period_of("2021-13") is None
        True
    """
    try:
        if found := _RANGE.fullmatch(text):
            return _range(found)
        if found := _PERIOD.fullmatch(text):
            return _plain(found)
    except (ValueError, OverflowError):  # a day or a week that there is not
        return None
    return None


def shown(unit: str, number: int) -> str:
    """Return a period as a text: the reverse of `period_of` for years and parts of them."""
    if unit == "A":
        return str(number)
    year, part = divmod(number, _PARTS[unit])
    return f"{year}-{part + 1:02}" if unit == "M" else f"{year}-{unit}{part + 1}"


def _plain(found: re.Match[str]) -> Period | None:
    year = int(found["year"])
    if found["kind"]:
        is_whole = len(found["part"]) == _DIGITS[found["kind"]]
        return _reporting(year, found["kind"], int(found["part"])) if is_whole else None
    if found["day"]:
        day = date.fromisoformat(f"{found['year']}-{found['month']}-{found['day']}")
        return Period("D", day.toordinal(), day + timedelta(days=1))
    if found["month"]:
        return _reporting(year, "M", int(found["month"]))
    return Period("A", year, date(year + 1, 1, 1))


def _reporting(year: int, kind: str, part: int) -> Period | None:
    if kind in _PARTS:
        if not 1 <= part <= _PARTS[kind]:
            return None
        month = part * (_MONTHS // _PARTS[kind])
        end = date(year + month // _MONTHS, month % _MONTHS + 1, 1)
        return Period(kind, year if kind == "A" else year * _PARTS[kind] + part - 1, end)
    if kind == "W":
        start = date.fromisocalendar(year, part, 1)
        return Period("W", start.toordinal() // 7, start + timedelta(weeks=1))
    day = date(year, 1, 1) + timedelta(days=part - 1)
    return Period("D", day.toordinal(), day + timedelta(days=1)) if day.year == year else None


def _range(found: re.Match[str]) -> Period | None:
    start = date.fromisoformat(found["start"])
    years, months, days = (int(found[name] or 0) for name in ("years", "months", "days"))
    if not (years or months or days):
        return None
    month = start.month - 1 + months
    end = date(start.year + years + month // _MONTHS, month % _MONTHS + 1, 1) + timedelta(days=start.day - 1 + days)
    return Period("range", 0, end)
