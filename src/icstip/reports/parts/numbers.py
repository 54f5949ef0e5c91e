"""Numbers as UN documents write them in each language, in Western digits."""

from collections.abc import Mapping
from typing import Final

_NARROW_BLANK: Final = "\u202f"
_THOUSANDS: Final[Mapping[str, str]] = {"en": ",", "fr": _NARROW_BLANK, "es": _NARROW_BLANK, "ar": ","}
_DECIMAL: Final[Mapping[str, str]] = {"en": ".", "fr": ",", "es": ",", "ar": "."}
_PERCENT: Final[Mapping[str, str]] = {"en": "%", "fr": f"{_NARROW_BLANK}%", "es": f"{_NARROW_BLANK}%", "ar": "%"}


def number(value: int, language: str) -> str:
    """Return a whole number with the separators of a language: ``19,780``."""
    return f"{value:,}".replace(",", _THOUSANDS[language])


def figure(value: float, language: str) -> str:
    """Return a number of the data with the separators of a language, without noughts at its end: ``1,204.5``."""
    # Beyond twelve digits a figure is no longer exact, and its digits would tell of the machine instead.
    whole, _, decimals = f"{abs(float(f'{value:.12g}')):,.6f}".partition(".")
    decimals = decimals.rstrip("0")
    written = whole.replace(",", _THOUSANDS[language]) + (_DECIMAL[language] + decimals if decimals else "")
    return f"\u2212{written}" if value < 0 and written != "0" else written


def share(part: int, whole: int, language: str) -> str:
    """Return a percentage with one decimal; what is neither none nor all is never shown as none or as all."""
    if whole <= 0:
        return "–"
    tenths, sign = (2000 * part + whole) // (2 * whole), ""
    if tenths == 0 and part:
        tenths, sign = 1, "<"
    elif tenths == 1000 and part < whole:
        tenths, sign = 999, ">"
    return f"{sign}{tenths // 10}{_DECIMAL[language]}{tenths % 10}{_PERCENT[language]}"
