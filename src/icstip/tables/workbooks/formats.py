"""How numbers are shown: what a number format makes of a value, as far as it changes the meaning.

Workbooks store a share, a date and a count as the same kind of number. What tells them apart is the number format of
the cell, a code such as ``0.0%`` or ``yyyy`` (ECMA-376-1 18.8.30 and 18.8.31; [MS-XLS] 2.4.126 and 2.5.165 have the
same).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

MAX_CODE = 1_000  # characters; spreadsheet programs allow 255


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """What a format shows of a value. All false: a number, however it is rounded, grouped or coloured.

    Attributes:
        percent: A hundred times the value, and a percent sign.
        percent_sign: The value itself, and a percent sign that is only a text.
        year, quarter, month, day: Parts of a date.
        time: Hours, minutes or seconds.
        elapsed: Hours, minutes or seconds that have gone by, which may be more than a day.
    """

    percent: bool = False
    percent_sign: bool = False
    year: bool = False
    quarter: bool = False
    month: bool = False
    day: bool = False
    time: bool = False
    elapsed: bool = False

    @property
    def has_date(self) -> bool:
        """Whether any part of a date is shown."""
        return self.year or self.quarter or self.month or self.day

    @property
    def is_plain(self) -> bool:
        """Whether the value is shown as a number."""
        return self == PLAIN


PLAIN = NumberFormat()
DATE = NumberFormat(year=True, month=True, day=True)
MOMENT = NumberFormat(year=True, month=True, day=True, time=True)

_BUILT_IN = {
    **dict.fromkeys((9, 10), NumberFormat(percent=True)),
    **dict.fromkeys((14, 15), DATE),  # m/d/yyyy, d-mmm-yy
    16: NumberFormat(month=True, day=True),  # d-mmm
    17: NumberFormat(year=True, month=True),  # mmm-yy
    **dict.fromkeys((18, 19, 20, 21, 45, 47), NumberFormat(time=True)),  # h:mm AM/PM … mm:ss, mmss.0
    22: MOMENT,  # m/d/yy h:mm
    46: NumberFormat(elapsed=True),  # [h]:mm:ss
    # Dates and times of East Asian languages, which mean different things in each of them.
    **dict.fromkeys((*range(27, 37), *range(50, 59)), MOMENT),
}

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|[\\](?P<escaped>.)|[_*].|(?P<bracket>\[[^\]]*\]?)|(?P<end>;)|general|(?P<half>am/pm|a/p)|'
    r"(?P<letters>y+|m+|d+|h+|s+)|(?P<percent>%)|(?P<digit>[0#?])|.",
    re.IGNORECASE | re.DOTALL,
)
_ELAPSED = re.compile(r"\[(h+|m+|s+)\]", re.IGNORECASE)


def built_in_format(identifier: int) -> NumberFormat:
    """Return a format that has a number but no code (ECMA-376-1 18.8.30).

    >>> built_in_format(10).percent
    True
    """
    return _BUILT_IN.get(identifier, PLAIN)


@lru_cache(maxsize=1024)
def number_format(code: str) -> NumberFormat:
    """Return what a format shows, by its code as files hold it: in English, whatever the language of the program.

    A code has up to four sections, for positive and negative numbers, zero and texts; the first one that shows any part
    of a value tells.

    >>> number_format('[$-409]mmmm" "yyyy') == NumberFormat(year=True, month=True)
    True
    >>> number_format('#,##0.00 "days"').is_plain
    True
    """
    for kinds in _sections(code[:MAX_CODE]):
        shown = NumberFormat(
            percent="percent" in kinds,
            percent_sign="sign" in kinds and "percent" not in kinds,
            year="y" in kinds,
            month="m" in kinds,
            day="d" in kinds,
            time=not kinds.isdisjoint({"h", "s", "minutes", "half"}),
            elapsed="elapsed" in kinds,
        )
        if "digit" in kinds or not shown.is_plain:
            return shown
    return PLAIN


def _sections(code: str) -> Iterator[set[str]]:
    """Yield what kinds of parts each section has."""
    found: list[str] = []
    for token in _TOKEN.finditer(code):
        if token["end"]:
            yield set(found)
            found = []
        elif token["letters"]:
            _add_letters(found, token["letters"][0].lower())
        elif token["bracket"]:
            found += ["elapsed"] if _ELAPSED.fullmatch(token["bracket"]) else []
        elif token.lastgroup in {"quoted", "escaped"}:
            found += ["sign"] if "%" in token[token.lastgroup] else []
        elif token.lastgroup:
            found.append(token.lastgroup)
    yield set(found)


def _add_letters(found: list[str], letter: str) -> None:
    """Add a part of a date or time; m after hours or before seconds is minutes (ECMA-376-1 18.8.31)."""
    parts = [position for position, kind in enumerate(found) if kind in {"y", "m", "d", "h", "s", "minutes", "elapsed"}]
    before = found[parts[-1]] if parts else ""
    if letter == "m" and before in {"h", "elapsed"}:
        letter = "minutes"
    if letter == "s" and before == "m":
        found[parts[-1]] = "minutes"
    found.append(letter)
