"""A column of labels → the components that it seems to give, by its members and by its header."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final

from icstip.mapping.labels import Labels, Match
from icstip.mapping.model import OPEN
from icstip.mapping.normalise import folded
from icstip.mapping.periods import Periods
from icstip.mapping.suggesting.recognising.letters import is_letter, letter_codes
from icstip.mapping.suggesting.recognising.persons import person_codes
from icstip.mapping.suggesting.recognising.words import NO_WORDS, RecogniserWords
from icstip.standard.model import TOTAL, Component, Role, Standard

ENOUGH: Final = 0.5
"""So many of its labels a component has to know to be that of a column."""

_NEARLY_ALL: Final = 0.9
_SPREAD: Final = 0.6
_TEXTS: Final = frozenset({"String", ""})
_MOST_LABELS: Final = 2_000  # more of them say nothing that these do not
_SOME: Final = 200  # so many labels say which components come into question
_BRACKETS: Final = re.compile(r"\s*[\(\[]([^()\[\]]+)[\)\]]\s*$")
_NOTE: Final = re.compile(r"\s*(?:[*†‡§#]{1,3}|[⁰¹²³⁴-⁹ᵃ-ᶻ,]{1,5}|\([^\W_]\)|(?<=\s)\d\))$")  # a mark behind a label
_NUMBERING: Final = re.compile(r"^\s*(?:\d{1,2}|[a-z])[.)]\s+", re.IGNORECASE)

Scores = Mapping[str, Mapping[str, Match]]
"""What each component says of the labels that it knows."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a label means, where the lists do not say it of the label as it stands.

    Attributes:
        component: The component, or empty.
        code: Its code, or ``?``.
        also: Codes of other components.
        similar: Codes that look similar, for its owner.
    """

    component: str
    code: str
    also: Mapping[str, str] = field(default_factory=dict)
    similar: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Guess:
    """What a column seems to be.

    Attributes:
        components: Ids of components: one, several of which it has members, or none.
        reason: Why: ``header``, ``members``, ``persons``, ``spread``, ``time``, ``fiscal``, ``ambiguous``, ``unknown``
            or ``empty``.
        known: How many of its labels are understood.
        labels: How many labels it has.
        candidates: Components that come into question where none was chosen.
        meanings: What the mapping has to say of labels, by label.
    """

    components: tuple[str, ...]
    reason: str
    known: int = 0
    labels: int = 0
    candidates: tuple[str, ...] = ()
    meanings: Mapping[str, Meaning] = field(default_factory=dict)


class Recogniser:
    """Recognises columns by the lists of a standard.

    Args:
        standard: Components and code lists.
        labels: What labels mean.
        headers: Components by the folded headers that they have.
        periods: The words for times.
        words: Words that are not labels.
    """

    def __init__(
        self,
        standard: Standard,
        labels: Labels,
        headers: Mapping[str, tuple[str, ...]],
        periods: Periods,
        words: RecogniserWords = NO_WORDS,
    ) -> None:
        self._words = words
        self._labels = labels
        self._headers = headers
        self._codelists = standard.codelists
        self.periods = periods
        every = {one.id: one for structure in standard.structures.values() for one in structure.components}
        self.time = next(one.id for one in every.values() if one.role is Role.TIME_DIMENSION)
        texts = (one for one in every.values() if one.role is Role.ATTRIBUTE and not one.codelist)
        self._free = frozenset(one.id for one in texts if one.data_type in _TEXTS)
        self.deciding = frozenset(name for structure in standard.structures.values() for name in structure.allowed)
        dimensions = (one for one in every.values() if one.role is Role.DIMENSION and not one.total)
        self.needed = tuple(one.id for one in dimensions if one.id != periods.component)
        self.measures = frozenset(one.id for one in every.values() if one.role is Role.MEASURE)
        self._coded: Mapping[str, Component] = {
            one.id: one for one in every.values() if one.codelist and one.id != periods.component
        }

    def of_header(self, header: str | None) -> tuple[str, ...]:
        """Return the components that a header can be of; what stands in brackets behind it does not count."""
        if not header:
            return ()
        whole = self._headers.get(folded(header))
        return whole or self._headers.get(folded(_BRACKETS.sub("", header)), ())

    def codelist(self, component: str) -> str:
        """Return the id of the code list of a component, or an empty text."""
        return self._coded[component].codelist if component in self._coded else ""

    def breakdown(self, heading: str) -> str:
        """Return the header that a heading such as "By sex" names, or the heading itself."""
        words = heading.split()
        before = next((place for place, word in enumerate(words) if not word.isalpha()), len(words) - 1)
        shorter = (" ".join(words[start:]) for start in range(before + 1))
        return next((text for text in shorter if self.of_header(text)), heading)

    def multiplier(self, text: str) -> str:
        """Return the component that says by what figures are multiplied, if a text says that they are, or nothing."""
        words = f" {folded(text)} "
        return self._words.multiplier if any(f" {word} " in words for word in self._words.multipliers) else ""

    def leads_to_header(self, words: Sequence[str]) -> bool:
        """Return whether words are those that stand before headers: "by", "par", "selon le"."""
        return folded(" ".join(words)) in self._before_headers

    @cached_property
    def _before_headers(self) -> frozenset[str]:
        """What some headers have before others of the same component."""
        parts = ((header.split(), set(of)) for header, of in self._headers.items())
        return frozenset(
            " ".join(words[:n])
            for words, of in parts
            for n in range(1, len(words))
            if of & set(self._headers.get(" ".join(words[n:]), ()))
        )

    def covers(self, component: str, code: str, text: str) -> bool:
        """Return whether a text is the name of a code or of one above it."""
        known = self.codes(component, [text]).get(text) or self._words.subjects.get(folded(text))
        codes = self._codelists[self.codelist(component)].by_id if known else {}
        while code in codes and code != known:
            code = codes[code].parent or ""
        return known is not None and code == known

    def codes(self, component: str, texts: Sequence[str]) -> dict[str, str]:
        """Return the codes of labels that a component knows."""
        return {text: match.code for text, match in self._known(component, texts).items()}

    def members(self, components: Sequence[str], texts: Sequence[str]) -> list[str]:
        """Return the labels that are members of components: neither the total nor unknown."""
        known = [self._known(component, texts) for component in components]
        return [text for text in texts if any(text in one and not _is_residual(one[text]) for one in known)]

    def known_by(self, texts: Sequence[str]) -> list[str]:
        """Return the components of which some labels are members."""
        return [name for name in self._coded if self.members([name], texts)]

    def mark(self, mark: str) -> dict[str, str]:
        """Return what a sign at figures means if a list knows it, as ``%``; letters can be codes of anything."""
        if any(map(str.isalpha, mark)):
            return {}
        found = {name: match.code for name in self._coded if (match := self._only(name, mark)).code}
        return found if len(found) == 1 else {}

    def has_total(self, components: Sequence[str], texts: Sequence[str]) -> bool:
        """Return whether one of the labels is the total."""
        known = [self._known(component, texts) for component in components]
        return any(match.code == TOTAL for one in known for match in one.values())

    def is_total(self, text: str) -> bool:
        """Return whether a label is the total of some component."""
        return self.has_total(tuple(self._coded), [text])

    @cached_property
    def value_headers(self) -> frozenset[str]:
        """The folded headers of columns of figures."""
        return frozenset(header for header, of in self._headers.items() if self.measures & set(of))

    @cached_property
    def label_headers(self) -> frozenset[str]:
        """The folded headers of columns of labels."""
        return frozenset(self._headers) - self.value_headers

    def column(self, texts: Sequence[str], header: str | None = None) -> Guess:
        """Return what a column seems to be.

        Args:
            texts: Its distinct labels.
            header: The text above it, if any.
        """
        texts = texts[:_MOST_LABELS]
        if not texts:
            return Guess((), "empty")
        named = self.of_header(header)
        if guess := self._by_time(texts, header or "", named):
            return guess
        plain = {text: _NOTE.sub("", text) or text for text in texts}
        if any(text != of for text, of in plain.items()):
            return self._noted(self.column(list(dict.fromkeys(plain.values())), header), plain)
        if guess := self._by_persons(texts, named):
            return guess
        lettered = self._by_letters(texts, named)
        return lettered or self._by_header(texts, named) or self._by_members(texts)

    def _by_time(self, texts: Sequence[str], header: str, named: Sequence[str]) -> Guess | None:
        plain = {text: text if self.periods.period(text) else _NOTE.sub("", text) for text in texts}
        times = sum(bool(self.periods.period(text)) for text in plain.values())
        if times < _NEARLY_ALL * len(texts) or (named and self.time not in named):
            return None
        is_fiscal = any(self.periods.is_fiscal(text) for text in (header, *texts))
        if doubt := "fiscal" if is_fiscal else self.periods.doubt(list(plain.values())):
            return Guess((), doubt, 0, len(texts), (self.time,))
        if header and not named:  # years of birth are no times
            return Guess((), "ambiguous", 0, len(texts), (self.time,))
        noted = {text: Meaning(self.time, self.periods.period(time)) for text, time in plain.items() if text != time}
        meanings = {text: meaning for text, meaning in noted.items() if meaning.code}
        return Guess((self.time,), "time", times, len(texts), (), meanings)

    def _noted(self, guess: Guess, plain: Mapping[str, str]) -> Guess:
        """Return a guess of labels with marks: each means what it means without."""
        meanings: dict[str, Meaning] = {}
        for text, of in plain.items():
            if of in guess.meanings:
                meanings[text] = guess.meanings[of]
            elif text != of and guess.components:
                meanings[text] = self._meant_by_one(guess.components, of)
        return replace(guess, meanings=meanings)

    def _by_persons(self, texts: Sequence[str], named: Sequence[str]) -> Guess | None:
        """Return the guess that labels are members of several components at once: girls; women, beside girls."""
        components = tuple(dict.fromkeys(name for codes in self._words.persons.values() for name in codes))
        coded = set(named) & set(self._coded)
        if coded and not coded & set(components):
            return None
        ages = [match.code for name in components for match in self._known(name, texts).values()]
        persons = person_codes(texts, ages, self._words)
        if not persons:
            return None
        first = components[0]
        meanings = {text: Meaning(first, codes[first], _without(codes, first)) for text, codes in persons.items()}
        others = [text for text in texts if text not in persons]
        known = [self._known(name, others) for name in components]
        for text in others:
            of_text = [one[text] for one in known if text in one]
            is_total = any(match.code == TOTAL for match in of_text)
            if not is_total and sum(not _is_residual(match) for match in of_text) != 1:
                meanings[text] = self._meant_by_one(components, text)
        understood = len(texts) - sum(meaning.code == OPEN for meaning in meanings.values())
        return Guess(components, "persons", understood, len(texts), (), meanings)

    def _by_letters(self, texts: Sequence[str], named: Sequence[str]) -> Guess | None:
        """Return the guess that labels are single letters for members, if a header or two of them say so."""
        component = self._words.of_letters
        letters = letter_codes(texts, self._words.letters)
        others = [text for text in texts if text not in letters]
        is_free = not set(named) & set(self._coded)
        is_said = component in named or (len(letters) > 1 and OPEN not in letters.values() and is_free)
        if not letters or not is_said or len(self._known(component, others)) < len(others):
            return None
        known = self.codes(component, texts)
        meanings = {text: Meaning(component, code) for text, code in letters.items() if known.get(text) != code}
        understood = len(texts) - sum(code == OPEN for code in letters.values())
        return Guess((component,), "members", understood, len(texts), (), meanings)

    def _by_header(self, texts: Sequence[str], named: Sequence[str]) -> Guess | None:
        """Return the component that a header names, if it knows the labels best of those named, or is the only one."""
        if free := [name for name in named if name in self._free]:
            return Guess((free[0],), "header", len(texts), len(texts))
        coded = [name for name in named if name in self._coded]
        known = {name: self._known(name, texts) for name in coded}
        if fitting := [name for name in coded if _fits(known[name], texts)]:
            return self._guess(max(fitting, key=lambda name: len(known[name])), "header", texts)
        others = () if len(coded) != 1 else (name for name in self._coded if name != coded[0])
        if len(coded) == 1 and not any(_fits(self._known(name, texts), texts) for name in others):
            return self._guess(coded[0], "header", texts)
        return None

    def _by_members(self, texts: Sequence[str]) -> Guess:
        words = [text for text in texts if not is_letter(text)]  # a letter is a code of many lists
        some = words[:: max(1, len(words) // _SOME)]
        scores = {name: self._known(name, words) for name in self._coded if self._known(name, some)}
        fitting = {name: known for name, known in scores.items() if _fits(known, texts)}
        best = max((len(known) for known in fitting.values()), default=0)
        spread = self._spread(texts, scores)
        if spread.known > best and len(spread.components) > 1:
            return spread
        most = [name for name, known in fitting.items() if len(known) == best]
        if len(most) == 1:
            return self._guess(most[0], "members", texts)
        if most:
            return Guess((), "ambiguous", best, len(texts), tuple(most))
        return Guess((), "unknown", 0, len(texts))

    def _spread(self, texts: Sequence[str], scores: Scores) -> Guess:
        """Return the guess that a column has members of several components, each label of one of them."""
        owners: dict[str, list[str]] = {
            text: [name for name, known in scores.items() if text in known and not _is_residual(known[text])]
            for text in texts
        }
        alone = {text: names[0] for text, names in owners.items() if len(names) == 1}
        components = tuple(name for name in self._coded if name in alone.values())
        covered = [text for text, names in owners.items() if len(set(names) & set(components)) == 1]
        total = [text for text in texts if text not in covered and any(text in known for known in scores.values())]
        if len(components) < len(("one", "other")) or len(covered) + len(total) < _SPREAD * len(texts):
            return Guess((), "unknown")
        meanings = {
            text: self._meant_by_one(components, text) for text in texts if text not in covered and text not in total
        }
        residual = {
            text: Meaning(components[0], OPEN)
            for text in total
            if not any(known[text].code == TOTAL for known in scores.values() if text in known)
        }
        known = len(texts) - sum(meaning.code == OPEN for meaning in {**meanings, **residual}.values())
        return Guess(components, "spread", known, len(texts), (), {**meanings, **residual})

    def _known(self, component: str, texts: Sequence[str]) -> dict[str, Match]:
        if component not in self._coded:  # its values are texts of no list
            return {}
        index = self._labels[self._coded[component].codelist]
        matches = {text: index.match(text) for text in texts}
        return {text: match for text, match in matches.items() if match.code}

    def _guess(self, component: str, reason: str, texts: Sequence[str]) -> Guess:
        known = self._known(component, texts)
        meanings = {text: self._meant(component, text) for text in texts if text not in known}
        understood = len(known) + sum(meaning.code != OPEN for meaning in meanings.values())
        return Guess((component,), reason, understood, len(texts), (), meanings)

    def _meant(self, component: str, text: str) -> Meaning:
        """Return what a label means without its numbering, and without a unit in brackets behind it."""
        index = self._labels[self._coded[component].codelist]
        plain = _NUMBERING.sub("", text)
        brackets = _BRACKETS.search(plain)
        for variant, beside in self._variants(plain, brackets[1] if brackets else ""):
            match = index.match(variant)
            if match.code:
                return Meaning(component, match.code, beside)
        return self._asked(component, text)

    def _meant_by_one(self, components: Sequence[str], text: str) -> Meaning:
        """Return what a label means without its numbering and marks, if only one of some components knows it so."""
        found = [meaning for name in components if (meaning := self._meant(name, text)).code != OPEN]
        is_total = bool(found) and all(meaning.code == TOTAL for meaning in found)
        return found[0] if len(found) == 1 or is_total else self._asked(components[0], text)

    def _variants(self, text: str, beside: str) -> Iterator[tuple[str, Mapping[str, str]]]:
        yield text, {}
        if beside:
            found = {name: match.code for name in self._coded if (match := self._only(name, beside)).code}
            if len(found) == 1 and found.keys() <= self._words.in_brackets:
                yield _BRACKETS.sub("", text), found

    def _only(self, component: str, text: str) -> Match:
        match = self._labels[self._coded[component].codelist].match(text)
        return Match() if _is_residual(match) else match

    def _asked(self, component: str, text: str) -> Meaning:
        similar = self._labels[self._coded[component].codelist].match(text).candidates
        return Meaning(component, OPEN, {}, similar)


def _fits(known: Mapping[str, Match], texts: Sequence[str]) -> bool:
    """Return whether a component knows enough of the labels, and not only words such as total and other."""
    return len(known) >= ENOUGH * len(texts) and not all(map(_is_residual, known.values()))


def _without(codes: Mapping[str, str], component: str) -> dict[str, str]:
    return {name: code for name, code in codes.items() if name != component}


def _is_residual(match: Match) -> bool:
    """Return whether a code is one that every list has: total, unknown, other."""
    return match.code.startswith("_")
