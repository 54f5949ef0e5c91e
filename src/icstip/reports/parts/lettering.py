"""Texts of data as a page shows them: how long, which way they run, in which language."""

import unicodedata
from collections.abc import Mapping

from icstip.texts import RUNS_LEFT

LONGEST_TEXT = 400
LONGEST_PERIOD = 48


def named(names: Mapping[str, str], language: str) -> str:
    """Return a name in the language, else in English, else nothing."""
    return names.get(language) or names.get("en", "")


def direction_of(value: str) -> str:
    """Return the direction in which a text of the data runs: that of its first letter, to the right without one."""
    classes = (unicodedata.bidirectional(character) for character in value)
    first = next((found for found in classes if found == "L" or found in RUNS_LEFT), "L")
    return "rtl" if first in RUNS_LEFT else "ltr"


def clipped(value: str, longest: int = LONGEST_TEXT) -> str:
    """Return a text, cut after so many characters: the page is to be read, and other reports have the whole."""
    return value if len(value) <= longest else f"{value[:longest].rstrip()}…"
