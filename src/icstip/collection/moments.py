"""Dates and times as a collection compares them: dates, or times in UTC to the second, which sort as texts."""

import re
from datetime import UTC, date, datetime
from typing import Final

from icstip.errors import CollectionError

_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


def moment(text: str) -> str:
    """Return a date or time as it is compared.

    Args:
        text: In ISO 8601; a time without an offset is one in UTC.

    Raises:
        CollectionError: It is neither.

    Example:
        >>> moment("2026-03-01"), moment("2026-03-01T12:00:00.25+02:00")
        ('2026-03-01', '2026-03-01T10:00:00Z')
    """
    try:
        if _DATE.fullmatch(text):
            return date.fromisoformat(text).isoformat()
        return _in_utc(datetime.fromisoformat(text))
    except (ValueError, OverflowError) as error:
        raise CollectionError("collection-time", where=text) from error


def now() -> str:
    """Return the time of the clock."""
    return _in_utc(datetime.now(UTC))


def _in_utc(time: datetime) -> str:
    in_utc = time.astimezone(UTC) if time.tzinfo else time.replace(tzinfo=UTC)
    return in_utc.strftime("%Y-%m-%dT%H:%M:%SZ")
