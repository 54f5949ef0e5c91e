"""Figures with marks at them, such as those of footnotes: ``12*``, ``7 (a)``, ``0.5%``."""

import re
from typing import Final

from icstip.tables.digits import RAISED

# As polars reads patterns, too.
DIGITS: Final = r"(?:\d{1,3}(?:[ ,.'’\u00a0\u202f]\d{3})+|\d+)(?:[.,]\d+)?"
"""Pattern of the digits of a figure, with signs between them."""

# Figures in round brackets are no marks: they are often shares beside counts.
_FIGURE: Final = rf"[+\-−<≤]?\s*{DIGITS}"
_LETTERS: Final = r"[^\W\d_]{1,2}"
_MARK: Final = rf"[*†‡§#]{{1,3}}|[{RAISED},]{{1,5}}|\({_LETTERS}\)|\[(?:{_LETTERS}|\d{{1,2}})\]|[^\W\d_]\)?|%"

MARKED: Final = rf"^(?:{_FIGURE})\s?(?:{_MARK})$"
"""Pattern of a figure with a mark."""

YEAR_MARKED: Final = rf"^(?:19|20)\d{{2}}\s?(?:{_MARK})$"
"""Pattern of what can be a year with a mark."""

_PARTS: Final = re.compile(rf"({_FIGURE})\s?({_MARK})")


def parted(text: str) -> tuple[str, str]:
    """Return a figure and the mark at it, or the text and nothing.

    >>> parted("1 204*"), parted("7 (a)"), parted("12"), parted("12 (34)")
    (('1 204', '*'), ('7', '(a)'), ('12', ''), ('12 (34)', ''))
    """
    found = _PARTS.fullmatch(text)
    return (found[1], found[2]) if found else (text, "")
