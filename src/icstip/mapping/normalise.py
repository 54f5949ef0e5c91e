"""Labels as they are compared: without case, accents, punctuation, and in the end without word order and articles."""

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

from icstip.tables.digits import DIGITS

REPLACEMENT = "\ufffd"

# Arabic letters that are written for one another; hamza carriers and vowel signs fall away with the combining marks.
_ARABIC = str.maketrans({"ى": "ي", "ة": "ه", "ـ": "", "ک": "ك", "ی": "ي"})
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "đ": "d", "ł": "l", "ı": "i"})
# Signs that are written above or below a letter, in the blocks of Unicode that have any.
_MARK_BLOCKS = (
    range(0x300, 0x1000),
    range(0x1AB0, 0x1B00),
    range(0x1DC0, 0x1E00),
    range(0x20D0, 0x2100),
    range(0xFE20, 0xFE30),
)
_MARKS = {mark: None for block in _MARK_BLOCKS for mark in block if unicodedata.combining(chr(mark))}
_LETTERS: Mapping[int, str | int | None] = {
    **_MARKS,
    **_ARABIC,
    **_LIGATURES,
    **{ord(digit): ours for digit, ours in DIGITS.items()},
}
_KEPT = "+%<>?"  # signs that tell labels apart: 18+ is not 18, and "sudan?s" was one word before it was damaged
_ASCII = {i: " " for i in range(128) if not chr(i).isalnum() and chr(i) not in _KEPT}
# Frames, roots and other symbols (≤ and ≥ among them) are no punctuation, nor is U+FFFD: where they stand between
# letters, a wrong encoding made them, and what they seem to part are no words.
_PUNCTUATION = re.compile(r"[^\w+%<>?\u2190-\u2bff\ufffd]|_")
# A dash that makes a number another one: -18, "- de 18 ans" (under 18), 18-; not the one of 10-17 or 10 - 17.
_MINUS = re.compile(r"(?:^\W*|\()[-−–—]\s*(?=(?:\w{1,3}\s+)?\d)|(?<=[^\d\s])\s+[-−–—](?=\d)|(?<=\d)\s*[-−–—](?=\W*$)")
_DIGIT = re.compile(r"\d")
_NOTHING = re.compile(r"(?!)")
_INITIALS = re.compile(r"(?<!\S)(?:[^\W\d] )+[^\W\d](?!\S)")


@lru_cache(maxsize=1 << 16)  # lists that extend one another have their labels in common
def folded(label: str) -> str:
    """Return a label without case, accents and punctuation, words separated by one blank, initials as one word.

    >>> folded("Crème  d’Été")
    'creme d ete'
    >>> folded("A.B.C."), folded("١٨")
    ('abc', '18')
    """
    text = with_minus(label.casefold())
    if "=" in text:
        text = text.replace("<=", "≤").replace(">=", "≥")
    words = (text.translate(_ASCII) if text.isascii() else _folded_letters(text)).split()
    joined = " ".join(words) or text.strip()  # a label of signs alone is that label, and not the same as any other such
    if len(words) > 1 and min(map(len, words)) == 1:
        return _INITIALS.sub(lambda initials: initials[0].replace(" ", ""), joined)
    return joined


def with_minus(text: str) -> str:
    """Return a text in which each dash that makes a number another one is a sign of its own.

    >>> with_minus("-18 ans"), with_minus("15-17")
    (' ⊖ 18 ans', '15-17')
    """
    return _MINUS.sub(" ⊖ ", text) if _DIGIT.search(text) else text


def _folded_letters(text: str) -> str:
    return _PUNCTUATION.sub(" ", unicodedata.normalize("NFKD", text).translate(_LETTERS))


def words_of(folded_label: str, stop_words: frozenset[str]) -> str:
    """Return the words of a folded label in alphabetical order, without stop words unless nothing else is left.

    Numbers stay in their order: 0 to 17 is not 17 to 0.

    >>> words_of("tea cup of", frozenset({"of", "the"}))
    'cup tea'
    """
    words = folded_label.split()
    kept = [word for word in words if word not in stop_words] or words
    if _DIGIT.search(folded_label):
        return " ".join(sorted(kept, key=lambda word: "~" if _DIGIT.search(word) else word))
    return " ".join(sorted(kept))


def damaged_pattern(label: str) -> re.Pattern[str]:
    """Return a pattern for what a label can have been before some of its characters were replaced by U+FFFD.

    Each replaced character was one outside ASCII, or a typographic apostrophe or dash that is plain in our tables.
    A label of which less than half is left can have been anything, and its pattern matches nothing.
    """
    if sum(letter.isalnum() for letter in label) <= label.count(REPLACEMENT):
        return _NOTHING
    pieces = re.split(f"({REPLACEMENT}+)", unicodedata.normalize("NFC", label.casefold()))
    lost = r"(?:[^\x00-\x7f]|['\-])"
    return re.compile("".join(f"{lost}{{1,{len(p)}}}" if p.startswith(REPLACEMENT) else re.escape(p) for p in pieces))
