"""Values that come from anywhere, as texts that a spreadsheet shows and does nothing else with."""

import re
from collections.abc import Iterable
from math import ceil
from typing import Final

from wcwidth import wcswidth

MOST_CHARACTERS: Final = 32_767
"""So many characters a cell of a workbook can have, and a comment."""

CUT: Final = "…"
"""Stands at the end of a text that was cut."""

# What a spreadsheet takes for the beginning of a formula, in wide forms as well; a number is none.
_FORMULA: Final = re.compile(r"[=+\-@＝＋－＠]")
_NUMBER: Final = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)*%?")
# What XML 1.0 does not have (2.2), and other control characters, which nobody can see.
_ODD: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_EXACT: Final = re.compile(r"-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,14})?")
_DIGITS: Final = 15
_NAMELESS: Final = re.compile(r"[\[\]:*?/\\]")
_NAME: Final = 31


def shown(value: object) -> str:
    """Return a value as a text without control characters, so long as a cell can have it; nothing for None."""
    return shortened(_ODD.sub(" ", "" if value is None else str(value).replace("\r\n", "\n")), MOST_CHARACTERS)


def no_formula(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula as it reads a CSV: with a blank before it.

    >>> no_formula("=1+1"), no_formula("-5"), no_formula("-x")
    (' =1+1', '-5', ' -x')
    """
    return f" {text}" if _FORMULA.match(text.lstrip()) and not _NUMBER.fullmatch(text) else text


def shortened(text: str, most: int) -> str:
    """Return a text of at most so many characters as spreadsheets count them: those of UTF-16."""
    if len(text) * 2 <= most or len(units := text.encode("utf-16-le")) <= most * 2:
        return text
    return units[: (most - len(CUT)) * 2].decode("utf-16-le", "ignore") + CUT


def number(text: str) -> float | None:
    """Return the number that a text is, if a spreadsheet writes it back as the same text; else None.

    >>> number("1240"), number("-0.5"), number("007"), number("1e5"), number("1,5")
    (1240.0, -0.5, None, None, None)
    """
    is_exact = text != "-0" and _EXACT.fullmatch(text) and sum(letter.isdigit() for letter in text) <= _DIGITS
    value = float(text) if is_exact else None
    return value if value is not None and f"{value:.15g}" == text else None


def lines_in(text: str, letters: int) -> int:
    """Return about how many lines a text takes where a line has so many letters."""
    return sum(max(1, ceil(max(wcswidth(line), len(line)) / letters)) for line in text.split("\n"))


class SheetNames:
    """Names of sheets: legal, of at most 31 characters, and each once."""

    def __init__(self, reserved: Iterable[str] = ()) -> None:
        self._taken = {"history", *(name.casefold() for name in reserved)}  # a spreadsheet keeps that one for itself

    def name(self, wanted: str) -> str:
        """Return a name that is not taken yet, as like as can be to one that is wanted."""
        plain = _NAMELESS.sub("_", shown(wanted).replace("\n", " ")).strip().strip("'") or "_"
        name, times = shortened(plain, _NAME).strip("'"), 1
        while name.casefold() in self._taken:
            times += 1
            end = f" ({times})"
            name = f"{shortened(plain, _NAME - len(end))}{end}"
        self._taken.add(name.casefold())
        return name
