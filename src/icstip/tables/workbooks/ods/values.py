"""Values of cells of an OpenDocument workbook → their texts, as people see them (ODF 1.3 part 3, 19.385–19.391)."""

import re
from datetime import datetime, timedelta

from icstip.tables.grid import BROKEN
from icstip.tables.workbooks.formats import DATE, MOMENT, NumberFormat
from icstip.tables.workbooks.shown import elapsed_text, is_number, moment_text, shown_text, time_text, truth_text

_ERROR = re.compile(r"#[A-Z0-9/]+[!?]?|#N/A|Err:\d+")
_DURATION = re.compile(r"(-?)P(?:(\d{1,6})D)?(?:T(?:(\d{1,8})H)?(?:(\d{1,8})M)?(?:(\d{1,8})(?:[.,]\d*)?S)?)?")
_DAY = timedelta(days=1)
_VALUES = {"boolean": "office:boolean-value", "date": "office:date-value", "time": "office:time-value"}


def value_text(attributes: dict[str, str], form: NumberFormat, shown: str) -> str:
    """Return the text of a cell.

    Args:
        attributes: Of its tag.
        form: How its style shows numbers.
        shown: The text of its paragraphs.
    """
    kind = attributes.get("office:value-type", "")
    if attributes.get("calcext:value-type") == "error" or ("table:formula" in attributes and _ERROR.fullmatch(shown)):
        return BROKEN
    value = attributes.get(_VALUES.get(kind, "office:value"), "")
    text: str | None = None
    if kind in {"percentage", "float", "currency"} and is_number(value):
        percent = kind == "percentage" or form.percent
        text = shown_text(float(value), NumberFormat(percent=percent, percent_sign=form.percent_sign))
    elif kind == "boolean" and value:
        text = truth_text(value=value == "true")
    elif kind == "date":
        text = _date_text(value, form)
    elif kind == "time":
        text = _time_text(value, form)
    return shown if text is None else text


def _date_text(value: str, form: NumberFormat) -> str | None:
    try:
        moment = datetime.fromisoformat(value).replace(tzinfo=None)
    except ValueError:
        return None
    if not form.has_date:  # a style that is not there says nothing
        form = MOMENT if "T" in value else DATE
    return moment_text(moment, form)


def _time_text(value: str, form: NumberFormat) -> str | None:
    parts = _DURATION.fullmatch(value)
    if parts is None or parts[1]:
        return None
    days, hours, minutes, seconds = (int(part or 0) for part in parts.groups()[1:])
    span = timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
    if form.elapsed or span >= _DAY:
        return elapsed_text(span)
    return time_text(span.seconds)
