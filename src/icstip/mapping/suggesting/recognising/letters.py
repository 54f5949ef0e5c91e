"""Single letters as labels: M is a man beside F, and a woman beside H."""

import unicodedata
from collections.abc import Collection, Sequence

from icstip.mapping.model import OPEN
from icstip.mapping.suggesting.recognising.words import LetterSystem


def is_letter(text: str) -> bool:
    """Return whether a label is a single letter; a Chinese sign is a word.

    >>> is_letter("M"), is_letter("Ж"), is_letter("女"), is_letter("%")
    (True, True, False, False)
    """
    return len(text) == 1 and text.isalpha() and unicodedata.east_asian_width(text) != "W"


def letter_codes(
    texts: Sequence[str], systems: Sequence[LetterSystem], languages: Collection[str] = ()
) -> dict[str, str]:
    """Return the codes of the single letters among labels: those of the systems that have all of them, or ``?``.

    A letter that stands alone can be one of any system.

    Args:
        texts: The labels of a column.
        systems: The ways to use letters.
        languages: The languages of the header, of which systems are preferred.

    Example:
        >>> systems = [
        ...     LetterSystem({"m": "M", "f": "F"}, frozenset({"en"})),
        ...     LetterSystem({"h": "M", "m": "F"}, frozenset({"es"})),
        ... ]
        >>> letter_codes(["H", "M", "Total"], systems), letter_codes(["M", "F"], systems), letter_codes(["M"], systems)
        ({'H': 'M', 'M': 'F'}, {'M': 'M', 'F': 'F'}, {'M': '?'})
    """
    letters = [text for text in texts if is_letter(text)]
    having = [one for one in systems if all(letter.casefold() in one.codes for letter in letters)]
    spoken = [one for one in having if one.languages & set(languages)]
    fitting = {letter: {one.codes[letter.casefold()] for one in spoken or having} for letter in letters}
    is_sure = len({letter.casefold() for letter in letters}) > 1
    return {letter: codes.pop() if is_sure and len(codes) == 1 else OPEN for letter, codes in fitting.items()}
