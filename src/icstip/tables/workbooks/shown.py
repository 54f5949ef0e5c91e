"""Values → their texts, as people see them: numbers, shares, dates, times and truth values."""

import math
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from icstip.tables.workbooks.formats import MOMENT, NumberFormat

SIGNIFICANT_DIGITS = 15
"""How many digits of a number spreadsheet programs show; what files store beyond them is noise of binary fractions."""

_EXACT = 1e15  # below it, 15 digits are all that a number has before the point
_SECONDS = 86_400
_LAST_DAY = 2_958_465  # 9999-12-31 in both systems of dates, within four years
_NO_SUCH_DAY = 60  # 1900-02-29, which spreadsheet programs have and the calendar has not (ECMA-376-1 18.17.4.1)


def truth_text(*, value: bool) -> str:
    """Return a truth value as spreadsheet programs show it.

    >>> truth_text(value=True)
    'TRUE'
    """
    return "TRUE" if value else "FALSE"


def number_text(value: float) -> str:
    """Return a number in plain decimals: no exponent, no zeroes at the end, no noise of binary fractions.

    A whole number keeps all its digits, so that who reads figures can tell when there are more than a number holds.

    >>> number_text(0.1 + 0.2), number_text(1e-7), number_text(7.0)
    ('0.3', '0.0000001', '7')
    """
    text = _digits(value)
    return text if "e" not in text else _plain(Decimal(text))


def shown_text(value: float, form: NumberFormat, *, from_1904: bool = False) -> str:
    """Return a number as its format shows it, as far as that changes the meaning.

    Args:
        value: As the file stores it; dates are days since the end of 1899, or since the start of 1904.
        form: The format of its cell.
        from_1904: Whether days are counted from 1904 (ECMA-376-1 18.17.4.1).

    >>> shown_text(0.125, NumberFormat(percent=True))
    '12.5%'
    >>> shown_text(43921, NumberFormat(year=True, month=True))
    '2020-03'
    """
    if form.percent:
        return f"{_plain(Decimal(_digits(value)).scaleb(2))}%"
    if form.percent_sign:
        return f"{number_text(value)}%"
    if form.elapsed and value >= 0:
        return elapsed_text(timedelta(days=min(value, _LAST_DAY)))
    if (form.has_date or form.time) and 0 <= value <= _LAST_DAY:
        return _moment(value, form, from_1904=from_1904)
    return number_text(value)


def moment_text(moment: datetime, form: NumberFormat) -> str:
    """Return a date, or a date with its time, as its format shows it; the year comes first, as in ISO 8601.

    >>> moment_text(datetime(2020, 3, 31), NumberFormat(year=True))
    '2020'
    """
    if form.year and not (form.month or form.day or form.time):
        return f"{moment.year:04}-Q{(moment.month + 2) // 3}" if form.quarter else f"{moment.year:04}"
    if form.year and form.month and not (form.day or form.time):
        return f"{moment.year:04}-{moment.month:02}"
    # isoformat gives the time only where it is asked for, and a whole day has none.
    has_time = form.time and (moment.hour, moment.minute, moment.second) != (0, 0, 0)
    return moment.isoformat(" ", "seconds") if has_time else moment.date().isoformat()


def elapsed_text(elapsed: timedelta) -> str:
    """Return a span of time as hours, minutes and seconds.

    >>> elapsed_text(timedelta(days=1, hours=2.5))
    '26:30:00'
    """
    seconds = round(elapsed.total_seconds())
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def time_text(seconds: int) -> str:
    """Return the time of a day, by the seconds since it began, as in ISO 8601.

    >>> time_text(30_600)
    '08:30:00'
    """
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def _moment(value: float, form: NumberFormat, *, from_1904: bool) -> str:
    days, seconds = divmod(round(value * _SECONDS), _SECONDS)
    if not form.has_date and days == 0:
        return time_text(seconds)
    if from_1904:
        start = date(1904, 1, 1)
    elif days == _NO_SUCH_DAY:
        return "1900-02-29"
    elif days == 0:  # 1900-01-00
        return number_text(value)
    else:
        start = date(1899, 12, 31) if days < _NO_SUCH_DAY else date(1899, 12, 30)
    try:
        moment = datetime.combine(start + timedelta(days=days), time()) + timedelta(seconds=seconds)
    except OverflowError:  # the last days of 9999, counted from 1904
        return number_text(value)
    # A time that is days away from the start is not only a time.
    return moment_text(moment, form if form.has_date else MOMENT)


def _digits(value: float) -> str:
    """Return a number in as many digits as it has or spreadsheet programs show, if need be with an exponent."""
    if not float(value).is_integer():
        return f"{value:.{SIGNIFICANT_DIGITS}g}" if abs(value) < _EXACT else repr(value)
    return str(int(value)) if abs(value) < _EXACT else repr(float(value)).removesuffix(".0")


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def is_number(text: str) -> bool:
    """Return whether a text is a number as files store them.

    >>> is_number("1.5E-3"), is_number("nan"), is_number("")
    (True, False, False)
    """
    try:
        return math.isfinite(float(text)) and "_" not in text
    except ValueError:
        return False
