"""What the words around a table say of all of it: its title, the name of its sheet."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Final

from icstip.mapping.model import OPEN
from icstip.mapping.suggesting.draft import Reason
from icstip.mapping.suggesting.recognise import Recogniser

_LONGEST: Final = 9  # words of a name that are looked for
_BRACKETS: Final = re.compile(r"[(\[]([^()\[\]]+)[)\]]")
_PARTS: Final = re.compile(r"[,;:]\s|\s[-–—|]\s|[()\[\]]")
_SIGNS: Final = " \t.,;:()[]\"'«»“”"


def constants_in(texts: Iterable[tuple[str, str]], recogniser: Recogniser) -> Mapping[str, tuple[str, Reason]]:
    """Return the components that words around a table name, each with its code.

    A component counts where exactly one code of it is named, by a name of its own and not by one that only looks alike;
    the longest names go first, so that a part of a name is not taken for another one.

    Args:
        texts: Texts with the places where they stand.
        recogniser: What knows the names.
    """
    texts = list(texts)
    years = {year for text, _ in texts for year in recogniser.periods.years(text)}
    found: dict[str, dict[str, Reason]] = {}
    is_said_otherwise = False
    for text, place in texts:
        named = {component: list(_named(text, component, recogniser)) for component in recogniser.needed}
        rest = _rest(text, [words for several in named.values() for words in several], recogniser)
        for component, several in named.items():
            is_deciding = component in recogniser.deciding
            if is_deciding and (rest or is_said_otherwise):
                continue  # what is counted is not told by a part of a sentence: "training on victims of trafficking"
            for words in several if is_deciding else filter(partial(_stands_alone, text), several):
                (code,) = recogniser.codes(component, [words]).values()
                found.setdefault(component, {}).setdefault(
                    code, Reason("suggest.words", {"words": words, "place": place})
                )
        is_said_otherwise |= bool(rest)  # a title goes before the name of the sheet
        if len(years) == 1 and (year := recogniser.periods.year_of_title(text)):
            found.setdefault(recogniser.time, {}).setdefault(
                year, Reason("suggest.words", {"words": text, "place": place})
            )
    constants = {name: next(iter(codes.items())) for name, codes in found.items() if len(codes) == 1}
    return {**constants, **multipliers_in(texts, recogniser)}


def multipliers_in(texts: Iterable[tuple[str, str]], recogniser: Recogniser) -> Mapping[str, tuple[str, Reason]]:
    """Return the component by which figures are multiplied, open, if words in titles or headers say that they are.

    Args:
        texts: Texts with the places where they stand.
        recogniser: What knows the words.
    """
    said = (
        (recogniser.multiplier(text), Reason("suggest.multiplier", {"words": text, "place": place}))
        for text, place in texts
    )
    return {component: (OPEN, reason) for component, reason in said if component}


def _named(text: str, component: str, recogniser: Recogniser) -> Iterator[str]:
    """Yield the longest runs of words that name a member of a component, none within another one."""
    words = text.split()
    taken = [False] * len(words)
    for length in range(min(_LONGEST, len(words)), 0, -1):
        for start in range(len(words) - length + 1):
            run = " ".join(words[start : start + length]).strip(_SIGNS)
            if not any(taken[start : start + length]) and _is_name(run, component, recogniser):
                taken[start : start + length] = [True] * length
                yield run


def _rest(text: str, named: Sequence[str], recogniser: Recogniser) -> list[str]:
    """Return the words of a text that say more than names, numbers, headers and the little words between them."""
    for run in sorted(named, key=len, reverse=True):
        text = text.replace(run, " ")
    words = [word.strip(_SIGNS) for word in text.split()]
    return [
        word
        for word in words
        if len(word) > len("in") and any(map(str.isalpha, word)) and not recogniser.of_header(word)
    ]


def _stands_alone(text: str, words: str) -> bool:
    """Return whether words are all of a text or of a part of it, or have a number: "per 100,000 population".

    Those within a sentence do not count: victims "from Romania" need not have been detected there.
    """
    parts = [*_PARTS.split(text), *_BRACKETS.findall(text)]
    return words in {part.strip(_SIGNS) for part in parts} or any(map(str.isdecimal, words))


def _is_name(run: str, component: str, recogniser: Recogniser) -> bool:
    """Return whether words name a member: more than a code or an abbreviation, which can be any word."""
    return len(run) > len("word") and bool(recogniser.members([component], [run]))


def texts_around(title: Sequence[tuple[str, str]], sheet: str | None) -> Iterator[tuple[str, str]]:
    """Yield the texts that can say what all of a table is, with their places.

    Args:
        title: The cells above the table.
        sheet: Name of the sheet.
    """
    yield from title
    if sheet:
        yield sheet, sheet
