"""Raised and lowered parts of texts: written so that they stand apart, or a mark 1 at a figure 12 would make it 121."""

from collections.abc import Mapping
from typing import Final

SUPERSCRIPT: Final = "superscript"
SUBSCRIPT: Final = "subscript"

_DIGITS: Final[Mapping[str, Mapping[int, int]]] = {
    SUPERSCRIPT: str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"),
    SUBSCRIPT: str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉"),
}


def is_raised(text: str, align: str) -> bool:
    """Return whether a text of this alignment is to be marked."""
    return align in _DIGITS and bool(text.strip())


def marked(text: str, align: str) -> str:
    """Return a raised or lowered text so that it stands apart: letters in brackets, digits raised or lowered.

    >>> "12" + marked("1", SUPERSCRIPT), "12" + marked("a", SUPERSCRIPT), "12" + marked("1", "")
    ('12¹', '12 (a)', '121')
    """
    if not is_raised(text, align):
        return text
    return f" ({text.strip()})" if any(map(str.isalpha, text)) else text.translate(_DIGITS[align])
