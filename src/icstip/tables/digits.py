"""Digits of other scripts, written with ours, and raised ones."""

import unicodedata
from collections.abc import Mapping
from typing import Final

_LAST: Final = 0x1FFFF  # there are none in the planes behind it

DIGITS: Final[Mapping[str, str]] = {
    chr(code): str(unicodedata.decimal(chr(code))) for code in range(0x80, _LAST + 1) if chr(code).isdecimal()
}
"""Our digit by each decimal digit of another script: ``٣`` is 3; ``³`` and ``③`` are none."""

RAISED: Final = "⁰¹²³⁴-⁹ᵃ-ᶻ"
"""Raised digits and letters, as within the brackets of a pattern: marks of notes, and no parts of numbers."""
