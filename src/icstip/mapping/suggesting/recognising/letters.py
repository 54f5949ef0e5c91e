"""Single letters as labels: M is a man beside F, and a woman beside H."""

import unicodedata
from collections.abc import Mapping, Sequence

from icstip.mapping.model import OPEN


def is_letter(text: str) -> bool:
    """Return whether a label is a single letter; a Chinese sign is a word.

    >>> is_letter("M"), is_letter("Ж"), is_letter("女"), is_letter("%")
    (True, True, False, False)
    """
    return len(text) == 1 and text.isalpha() and unicodedata.east_asian_width(text) != "W"


def letter_codes(texts: Sequence[str], systems: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """Return the codes of the single letters among labels: those of the systems that have all of them, or ``?``.

    Args:
        texts: The labels of a column.
        systems: Codes by letter, in lower case, for each way to use letters.

    Example:
        >>> systems = [{"m": "M", "f": "F"}, {"h": "M", "m": "F"}]
        >>> letter_codes(["H", "M", "Total"], systems), letter_codes(["M", "F"], systems), letter_codes(["M"], systems)
        ({'H': 'M', 'M': 'F'}, {'M': 'M', 'F': 'F'}, {'M': '?'})
    """
    letters = [text for text in texts if is_letter(text)]
    fitting = [system for system in systems if all(letter.casefold() in system for letter in letters)]
    meanings = {letter: {system[letter.casefold()] for system in fitting} for letter in letters}
    return {letter: codes.pop() if len(codes) == 1 else OPEN for letter, codes in meanings.items()}
