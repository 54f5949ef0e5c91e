"""A column of labels → the components that it seems to give, by its members and by its header."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Final

from icstip.mapping.labels import Labels, Match
from icstip.mapping.model import OPEN
from icstip.mapping.normalise import folded
from icstip.mapping.periods import Periods
from icstip.mapping.suggesting.recognising.guess import Guess, Meaning
from icstip.mapping.suggesting.recognising.letters import is_letter, letter_codes
from icstip.mapping.suggesting.recognising.persons import Persons
from icstip.mapping.suggesting.recognising.variants import (
    halves,
    readings,
    unmarked,
    with_brackets,
    without_lead,
    without_numbering,
)
from icstip.mapping.suggesting.recognising.words import NO_WORDS, RecogniserWords
from icstip.standard.model import TOTAL, Component, Role, Standard

ENOUGH: Final = 0.5
"""So many of its labels a component has to know to be that of a column."""

_NEARLY_ALL: Final = 0.9
_SPREAD: Final = 0.6
_SURE: Final = 5
"""So many labels that are all countries' are not by chance the names of parts of one country."""
_TEXTS: Final = frozenset({"String", ""})
_MOST_LABELS: Final = 2_000  # more of them say nothing that these do not
_SOME: Final = 200  # so many labels say which components come into question

Scores = Mapping[str, Mapping[str, Match]]
"""What each component says of the labels that it knows."""


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
        self._attributes = frozenset(one.id for one in every.values() if one.role is Role.ATTRIBUTE)
        self._free = frozenset(one.id for one in texts if one.data_type in _TEXTS)
        self.deciding = frozenset(name for structure in standard.structures.values() for name in structure.allowed)
        dimensions = (one for one in every.values() if one.role is Role.DIMENSION and not one.total)
        self.needed = tuple(one.id for one in dimensions if one.id != periods.component)
        self.measures = frozenset(one.id for one in every.values() if one.role is Role.MEASURE)
        self._coded: Mapping[str, Component] = {
            one.id: one for one in every.values() if one.codelist and one.id != periods.component
        }

    def of_header(self, header: str | None) -> tuple[str, ...]:
        """Return the components that a header can be of, in one language or two; marks and brackets do not count."""
        for text in readings(header):
            if known := self._headers.get(folded(text)):
                return known
        named = [self._headers.get(folded(half), ()) for half in halves(header or "")]
        return named[0] if named and named[0] == named[1] else ()

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
        return [name for name in self._coded if self.members([name], [text for text in texts if not is_letter(text)])]

    def needs_labels(self, components: Sequence[str]) -> bool:
        """Return whether a blank among labels of components sets its figure aside, as it does but for attributes."""
        return not self._attributes.issuperset(components)

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
        if guess := self._by_persons(texts, named):
            return guess
        lettered = self._by_letters(texts, header, named)
        return lettered or self._by_header(texts, named) or self._by_members(texts)

    def _by_time(self, texts: Sequence[str], header: str, named: Sequence[str]) -> Guess | None:
        short = unmarked(texts)
        plain = {text: text if self.periods.period(text) else short.get(text, text) for text in texts}
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

    def _by_persons(self, texts: Sequence[str], named: Sequence[str]) -> Guess | None:
        """Return the guess that labels are members of several components at once: girls; women, beside girls."""
        components = tuple(dict.fromkeys(name for codes in self._words.persons.values() for name in codes))
        coded = set(named) & set(self._coded)
        if coded and not coded & set(components):
            return None
        short = unmarked(texts, self._letters)
        labels = {text: without_numbering(short.get(text, text)) for text in texts}
        persons = Persons(labels, self._evidence(components[-1], texts), self._words).codes() if components else {}
        if not persons:
            return None
        first = components[0]
        meanings = {text: Meaning(first, codes[first], _without(codes, first)) for text, codes in persons.items()}
        others = [text for text in texts if text not in persons]
        scores = {name: self._evidence(name, others) for name in components}
        for text in others:
            own = [name for name in components if text in scores[name] and not _is_residual(scores[name][text])]
            of_all = Meaning(first, self._of_all(text, scores))
            meanings[text] = _meaning(own[0], scores[own[0]][text]) if len(own) == 1 else of_all
        understood = len(texts) - sum(meaning.code == OPEN for meaning in meanings.values())
        return Guess(components, "persons", understood, len(texts), (), self._said(components, meanings))

    def _by_letters(self, texts: Sequence[str], header: str | None, named: Sequence[str]) -> Guess | None:
        """Return the guess that labels are single letters for members, if a header or two of them say so."""
        component = self._words.of_letters
        languages = self._words.languages.get(folded(header or ""), frozenset())
        letters = letter_codes(texts, self._words.letters, languages)
        others = [text for text in texts if text not in letters]
        is_free = not set(named) & set(self._coded)
        is_said = component in named or (len(letters) > 1 and OPEN not in letters.values() and is_free)
        are_codes = any(text.startswith("_") for text in texts)  # as in M beside _T
        if are_codes or not letters or not is_said or len(self._known(component, others)) < len(others):
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
        known = {name: self._evidence(name, texts, letters=name != self._words.of_letters) for name in coded}
        fitting = [name for name in coded if _fits(known[name], texts)]
        if self._words.own in coded and len(coded) > 1:
            return self._own_or_not(coded, fitting, known, texts)
        if fitting:
            return self._guess(max(fitting, key=lambda name: len(known[name])), "header", texts)
        others = () if len(coded) != 1 else (name for name in self._coded if name != coded[0])
        if len(coded) == 1 and not any(_fits(self._evidence(name, texts), texts) for name in others):
            return self._guess(coded[0], "header", texts)
        return None

    def _own_or_not(self, named: Sequence[str], fitting: Sequence[str], known: Scores, texts: Sequence[str]) -> Guess:
        """Return the guess by a header that can be of what only one country has: of that if nothing else knows it."""
        sure = [name for name in fitting if len(known[name]) == len(texts) >= _SURE]
        if fitting and not sure:
            return Guess((), "ambiguous", max(len(known[name]) for name in fitting), len(texts), tuple(named))
        return self._guess(sure[0] if sure else self._words.own, "header", texts)

    def _by_members(self, texts: Sequence[str]) -> Guess:
        some = texts[:: max(1, len(texts) // _SOME)]
        scores = {name: self._evidence(name, texts) for name in self._coded if self._evidence(name, some)}
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
        among = {text: [name for name in names if name in components] for text, names in owners.items()}
        covered = {text: names[0] for text, names in among.items() if len(names) == 1}
        total = [text for text in texts if text not in covered and any(text in known for known in scores.values())]
        if len(components) < len(("one", "other")) or len(covered) + len(total) < _SPREAD * len(texts):
            return Guess((), "unknown")
        meanings = {text: self._asked(components[0], text) for text in texts}
        meanings |= {text: _meaning(name, scores[name][text]) for text, name in covered.items()}
        meanings |= {text: Meaning(components[0], self._of_all(text, scores)) for text in total}
        known = sum(meaning.code != OPEN for meaning in meanings.values())
        return Guess(components, "spread", known, len(texts), (), self._said(components, meanings))

    def _of_all(self, text: str, scores: Scores) -> str:
        """Return the code of a label that is a member of nothing: the total of all, or open."""
        return TOTAL if any(known[text].code == TOTAL for known in scores.values() if text in known) else OPEN

    def _said(self, components: Sequence[str], meanings: Mapping[str, Meaning]) -> Mapping[str, Meaning]:
        """Return the meanings that the lists do not say by themselves of the labels as they stand."""
        said = {}
        for text, meaning in meanings.items():
            names = components if meaning.code == TOTAL else (meaning.component,)
            found = {match.code for name in names if (match := self._known(name, [text]).get(text))}
            if found != {meaning.code} or meaning.also:
                said[text] = meaning
        return said

    def _known(self, component: str, texts: Sequence[str]) -> dict[str, Match]:
        if component not in self._coded:  # its values are texts of no list
            return {}
        index = self._labels[self._coded[component].codelist]
        matches = {text: index.match(text) for text in texts}
        return {text: match for text, match in matches.items() if match.code}

    def _evidence(self, component: str, texts: Sequence[str], *, letters: bool = False) -> dict[str, Match]:
        """Return what a component says of labels, also without what does not change them; a letter can be anything."""
        known = self._known(component, [text for text in texts if letters or not is_letter(text)])
        short = unmarked(texts, self._letters)
        for text in texts if component in self._coded else ():
            if text in known or is_letter(text):
                continue
            if match := self._varied(component, text, without_numbering(short.get(text, text))):
                known[text] = match
        return known

    def _varied(self, component: str, text: str, plain: str) -> Match | None:
        """Return what a component says of a label without what does not change it."""
        for variant in (plain, *without_lead(plain, self._words.lead)):
            if variant != text and (match := self._match(component, variant)).code:
                return match
            codes = {self._match(component, half).code for half in halves(variant)}
            if len(codes) == 1 and any(codes):
                return Match(codes.pop())
        return None

    def _bracketed(self, component: str, text: str) -> Meaning | None:
        """Return what a label means that has a member of another component in brackets behind it."""
        bare, beside = with_brackets(without_numbering(text))
        code = self._match(component, bare).code if beside else ""
        names = sorted(self._words.in_brackets - {component}) if code else ()
        found = {name: match.code for name in names if (match := self._only(name, beside)).code}
        return Meaning(component, code, found) if len(found) == 1 else None

    @cached_property
    def _letters(self) -> frozenset[str]:
        """The letters that stand for members: behind a label they need not be marks."""
        return frozenset(folded(letter) for system in self._words.letters for letter in system.codes)

    def _match(self, component: str, text: str) -> Match:
        """Return what a component says of a text of more than a letter."""
        if component not in self._coded or is_letter(text):
            return Match()
        return self._labels[self._coded[component].codelist].match(text)

    def _guess(self, component: str, reason: str, texts: Sequence[str]) -> Guess:
        evidence = self._evidence(component, texts, letters=True)
        is_needed = component in self.needed  # then data cannot have its total
        usable = {text: match for text, match in evidence.items() if not (is_needed and match.code == TOTAL)}
        found = {text: _meaning(component, match) for text, match in usable.items()}
        found |= {text: said for text in texts if text not in found and (said := self._bracketed(component, text))}
        meanings = {text: found.get(text) or self._asked(component, text) for text in texts}
        return Guess((component,), reason, len(found), len(texts), (), self._said([component], meanings))

    def _only(self, component: str, text: str) -> Match:
        match = self._match(component, text)
        return Match() if _is_residual(match) else match

    def _asked(self, component: str, text: str) -> Meaning:
        similar = self._labels[self._coded[component].codelist].match(text).candidates
        return Meaning(component, OPEN, {}, similar)


def _fits(known: Mapping[str, Match], texts: Sequence[str]) -> bool:
    """Return whether a component knows enough of the labels, and not only words such as total and other."""
    return len(known) >= ENOUGH * len(texts) and not all(map(_is_residual, known.values()))


def _meaning(component: str, match: Match) -> Meaning:
    return Meaning(component, match.code, match.also)


def _without(codes: Mapping[str, str], component: str) -> dict[str, str]:
    return {name: code for name, code in codes.items() if name != component}


def _is_residual(match: Match) -> bool:
    """Return whether a code is one that every list has: total, unknown, other."""
    return match.code.startswith("_")
