"""A label without what does not change it: its numbering, the mark of a footnote, words such as "of which"."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from typing import Final

from icstip.mapping.normalise import folded
from icstip.tables.digits import RAISED

_NUMBERING: Final = re.compile(r"^\s*(?:\d{1,2}|[a-z])[.)]\s+", re.IGNORECASE)
_BRACKETS: Final = re.compile(r"\s*[\(\[]([^()\[\]]+)[\)\]]\s*$")
_HALVES: Final = re.compile(r"\s*/\s*")
_MARK: Final = re.compile(
    rf"(?P<plain>.*[^\W_{RAISED}])[)\]+]?\s?"
    rf"(?:[*†‡§#]{{1,3}}|[{RAISED}]{{1,3}}|"
    r"\((?:\d|(?P<letter>[^\W\d_]))\)|\[(?:\d{1,2}|[^\W\d_])\]|(?<=\s)\d\))\s*"
)


def without_numbering(text: str) -> str:
    """Return a label without a number or letter before it.

    >>> without_numbering("1. Women"), without_numbering("18 years")
    ('Women', '18 years')
    """
    return _NUMBERING.sub("", text)


def with_brackets(text: str) -> tuple[str, str]:
    """Return a label and what stands in brackets behind it.

    >>> with_brackets("Victims (women)"), with_brackets("Victims")
    (('Victims', 'women'), ('Victims', ''))
    """
    found = _BRACKETS.search(text)
    return (text[: found.start()], found[1]) if found else (text, "")


def halves(text: str) -> Sequence[str]:
    """Return the halves of a label that can be in two languages, or nothing.

    >>> halves("Hommes / Men"), halves("a/b/c")
    (['Hommes', 'Men'], [])
    """
    parts = [part.strip() for part in _HALVES.split(text)]
    return parts if len(parts) == len(("one", "other")) and all(parts) else []


def readings(header: str | None) -> Sequence[str]:
    """Return what a header can be without a mark or brackets behind it.

    >>> readings("Sex (of victims)"), readings("Sex¹"), readings("")
    (['Sex (of victims)', 'Sex'], ['Sex¹', 'Sex'], [])
    """
    texts = (header, with_brackets(header)[0], _plain(header, frozenset())) if header else ()
    return list(dict.fromkeys(texts))


def without_lead(text: str, lead: Collection[str]) -> Iterator[str]:
    """Yield a label without the words before it that do not change it.

    >>> list(without_lead("of which: women", ["of which"]))
    ['women']
    """
    words = text.split()
    for count in range(1, len(words)):
        if folded(" ".join(words[:count])) in lead:
            yield " ".join(words[count:])


def unmarked(texts: Sequence[str], letters: frozenset[str] = frozenset()) -> dict[str, str]:
    """Return the labels with the mark of a footnote behind them, each without it.

    Those that are another label without it are left as they are: the mark can tell the two apart.

    Args:
        texts: The labels of a column.
        letters: Folded letters that are no marks.

    >>> unmarked(["2021*", "Male¹", "Men (a)", "Boys (1)", "Boys (2)", "Girls", "18+ (2)", "2022/1"])
    {'2021*': '2021', 'Male¹': 'Male', 'Men (a)': 'Men', '18+ (2)': '18+'}
    """
    return dict(_unmarked(tuple(texts), letters))


@lru_cache(maxsize=256)  # asked for each component
def _unmarked(texts: Sequence[str], letters: frozenset[str]) -> Sequence[tuple[str, str]]:
    plain = {text: _plain(text, frozenset()) for text in texts}
    taken = Counter(map(folded, plain.values()))
    alone = [(text, short) for text, short in plain.items() if short != text and taken[folded(short)] == 1]
    return [(text, short) for text, short in alone if _plain(text, letters) != text]


def _plain(text: str, letters: frozenset[str]) -> str:
    found = _MARK.fullmatch(text)
    if found is None or folded(found["letter"] or "") in letters:
        return text
    return text[: _end(text, found)].rstrip()


def _end(text: str, found: re.Match[str]) -> int:
    """Return where a label ends: a bracket or a sign right behind its last letter is its own."""
    end = found.end("plain")
    return end + 1 if text[end : end + 1] in {")", "]", "+"} else end
