"""Bytes of a text → the text. Which encoding it is in is seen where that is possible, and assumed and said elsewhere.

Unicode can be told from anything else. Of the encodings with one octet a character, any could be right. So each is
tried, and the one that gives words as the languages of national tables have them is taken. A detector of the usual kind
knows how often letters follow one another in running text; labels are too short for that, and it took Spanish for
Polish.
"""

import re
from bisect import bisect
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, BOM_UTF32_BE, BOM_UTF32_LE, getincrementaldecoder
from collections import Counter
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from unicodedata import category

from icstip.errors import TableError

_MARKS = (  # the longer ones first: that of UTF-32 begins as that of UTF-16
    (BOM_UTF32_LE, "utf-32"),
    (BOM_UTF32_BE, "utf-32"),
    (BOM_UTF8, "utf-8-sig"),
    (BOM_UTF16_LE, "utf-16"),
    (BOM_UTF16_BE, "utf-16"),
)
_WITHOUT_MARK = {"utf-32-le": "UTF-32LE", "utf-32-be": "UTF-32BE", "utf-16-le": "UTF-16LE", "utf-16-be": "UTF-16BE"}
_OTHER_FILES = (b"%PDF-", b"{\\rtf", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf")
_USUAL = "cp1252"
_START = 65_536  # octets that are looked at to tell a text from something else
_LEAST_ASCII = 0.1
_BLANKS = "\t\n\v\f\r"
_NO_TEXT = {"Cc", "Cn", "Co", "Cs"}  # categories of Unicode: control, not assigned, private use, surrogate

_FRENCH = "àâæçéèêëîïôœùûüÿ"
_WESTERN = (
    _FRENCH,
    "áéíñóúüçàèïòº",  # Spanish, Catalan
    "áâãàçéêíóôõúºª",  # Portuguese
    "äöüß",  # German
    "àéèìíîòóùú",  # Italian
    "éëïóöüè",  # Dutch
    "åäöé",  # Swedish, Finnish
    "æøåé",  # Danish, Norwegian
    "çë",  # Albanian
)
_CENTRAL = (
    "ąćęłńóśźż",  # Polish
    "áčďéěíňóřšťúůýž",  # Czech
    "áäčďéíľňóôšťúýž",  # Slovak
    "áéíóöőúüű",  # Hungarian
    "čćđšž",  # Bosnian, Croatian, Serbian, Slovenian
    "ăâîşţ",  # Romanian
    "äöüß",  # German
)
_CYRILLIC = (
    "абвгдежзийклмнопрстуфхцчшщъыьэюяё",  # Russian, Bulgarian
    "абвгдежзийклмнопрстуфхцчшщьюяґєії",  # Ukrainian
    "абвгдежзйклмнопрстуфхцчшыьэюяёіў",  # Belarusian
    "абвгдежзиклмнопрстуфхцчшђјљњћџ",  # Serbian
    "абвгдежзиклмнопрстуфхцчшѓѕјљњќџ",  # Macedonian
)
_ARABIC = ("ءآأؤإئابةتثجحخدذرزسشصضطظعغـفقكلمنهوىيًٌٍَُِّْ",)

# Letters beside A–Z of the languages that an encoding is used for. Of two encodings that fit alike the first is taken.
_ENCODINGS: dict[str, tuple[str, tuple[str, ...]]] = {
    _USUAL: ("windows-1252", _WESTERN),
    "cp1251": ("windows-1251", _CYRILLIC),
    "cp1256": ("windows-1256", (_ARABIC[0] + _FRENCH,)),
    "cp1250": ("windows-1250", _CENTRAL),
    "cp1254": ("windows-1254", ("çğıöşüâîi",)),
    "iso8859_15": ("ISO-8859-15", _WESTERN),
    "iso8859_2": ("ISO-8859-2", _CENTRAL),
    "iso8859_5": ("ISO-8859-5", _CYRILLIC),
    "iso8859_6": ("ISO-8859-6", _ARABIC),
    "koi8_r": ("KOI8-R", _CYRILLIC[:1]),
    "mac_roman": ("macintosh", _WESTERN),
}

_END_OF_WORD = re.compile(rb"[\x80-\xff][A-Za-z\x80-\xff'-]*")  # from its first octet beyond ASCII on
_START_OF_WORD = re.compile(rb"[A-Za-z'-]*\Z")
_MAX_WORDS, _MAX_LENGTH, _MOST_LOOKED_AT = 2_000, 100, 200_000
_SIGNS = frozenset("\u00a0\u00ad€£§°±²³¹½¼¾·«»©®“”„‘’‚–—…•ºª¿¡№™×†‡‰¨´،؛؟")  # signs that texts of any language have
_SIGNS_WITHIN = frozenset("’‘'-\u00ad·\u00a0،؛")  # of these, those that stand between letters
_ARTICLE = "ال"
_SCRIPTS = "\u0370\u0400\u0530\u0600\u0700"  # where Greek, Cyrillic, others, Arabic, others begin
_FAULT = 2  # as much as two letters that fit


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, and how it was decoded.

    Attributes:
        text: Without a byte order mark.
        assumed: Name of the encoding if nothing in the file says it, else None.
    """

    text: str
    assumed: str | None = None


def decode(raw: bytes, where: Path) -> Decoded:
    """Return the text that these bytes are.

    Args:
        raw: A whole file.
        where: The file, for the message.

    Raises:
        TableError: They are no text.
    """
    if raw.startswith(_OTHER_FILES):
        raise TableError("table-not-text", where=str(where))
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            text = _decoded(raw, encoding)
            if text is None:
                raise TableError("table-not-text", where=str(where))
            return Decoded(text)
    if b"\x00" in raw[:_START]:
        return _without_mark(raw, where)
    text = _decoded(raw, "utf-8")
    return Decoded(text) if text is not None else _legacy(raw, where)


def _decoded(raw: bytes, encoding: str) -> str | None:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        return None


def _without_mark(raw: bytes, where: Path) -> Decoded:
    """Return a text in UTF-16 or UTF-32: its figures, delimiters and line ends have octets that are nought."""
    for encoding, name in _WITHOUT_MARK.items():
        if _starts_as_text(raw[:_START], encoding):
            text = _decoded(raw, encoding)
            if text is not None:
                return Decoded(text, name)
    raise TableError("table-not-text", where=str(where))


def _starts_as_text(start: bytes, encoding: str) -> bool:
    """Return whether octets are characters of a table: some are ASCII, and none is what no text has."""
    try:
        text = getincrementaldecoder(encoding)().decode(start)  # which may end within a character
    except UnicodeDecodeError:
        return False
    is_text = all(category(character) not in _NO_TEXT or character in _BLANKS for character in text)
    return is_text and sum(map(str.isascii, text)) > _LEAST_ASCII * len(text)


def _legacy(raw: bytes, where: Path) -> Decoded:
    words = b"\n".join(_words(raw))
    scores: dict[str, int] = {}
    for encoding, (_, alphabets) in _ENCODINGS.items():
        text = _decoded(words, encoding)
        if text is not None:
            scores[encoding] = _fit(text, alphabets) - _FAULT * _faults(text)
    ranked = sorted(scores, key=scores.__getitem__, reverse=True)  # in their order where they fit alike
    if not ranked or scores[ranked[0]] < 0 or _has_only_signs(words):
        ranked = [_USUAL]  # where nothing tells, what most such files are in is as good as any
    for encoding in ranked:
        text = _decoded(raw, encoding)
        if text is not None:
            return Decoded(text, _ENCODINGS[encoding][0])
    raise TableError("table-not-text", where=str(where))


def _has_only_signs(words: bytes) -> bool:
    """Return whether all that is beyond ASCII are signs in the usual encoding: a dash alone can be any letter."""
    text = _decoded(words, _USUAL)
    is_known = text is not None and all(character.isascii() or character in _SIGNS for character in text)
    return is_known and not _faults(text or "")


def _words(raw: bytes) -> dict[bytes, None]:
    """Return the first distinct words with octets beyond ASCII."""
    words: dict[bytes, None] = {}
    for end in islice(_END_OF_WORD.finditer(raw), _MOST_LOOKED_AT):
        start = _START_OF_WORD.search(raw[max(0, end.start() - _MAX_LENGTH) : end.start()])
        words[(start[0] if start else b"") + end[0][:_MAX_LENGTH]] = None
        if len(words) >= _MAX_WORDS:
            break
    return words


def _fit(text: str, alphabets: tuple[str, ...]) -> int:
    """Return how many letters beside A–Z are those of one language, less those that none of the languages has.

    The letters of the other languages are names from elsewhere: they neither add nor take away. Arabic articles add.
    """
    counts = Counter(character.lower()[0] for character in text if not character.isascii() and character.isalpha())
    strange = counts.total() - sum(counts[letter] for letter in {*"".join(alphabets)})
    fitting = max(sum(counts[letter] for letter in alphabet) for alphabet in alphabets)
    return fitting - strange + text.count(_ARTICLE)


def _faults(text: str) -> int:
    """Return how much there is in words that no word has."""
    signs = sum(not character.isascii() and not character.isalpha() and character not in _SIGNS for character in text)
    return signs + sum(map(_faults_between, text, text[1:])) + sum(map(_is_fault_within, text, text[1:], text[2:]))


def _faults_between(before: str, after: str) -> bool:
    """Return whether two characters do not follow one another: a capital after a small letter, or another script."""
    if not (before.isalpha() and after.isalpha()) or (before.isascii() and after.isascii()):
        return False
    return (before.islower() and after.isupper()) or _script(before) != _script(after)


def _is_fault_within(before: str, middle: str, after: str) -> bool:
    """Return whether a sign, or a capital before a small letter, stands within a word."""
    if middle.isascii() or not (before.isalpha() and after.isalpha()):
        return False
    return (middle.isupper() and after.islower()) if middle.isalpha() else middle not in _SIGNS_WITHIN


def _script(letter: str) -> int:
    return bisect(_SCRIPTS, letter)
