"""Labels → codes: the names of the code lists and the synonyms of `dsd/labels/`, and how each match was made.

A label is never guessed. It has a code when exactly one code of the list bears it, as its id, name, demonym or alias,
or, if it is an age, when the bounds that it tells are those of the code. What only looks similar is a suggestion, used
when the caller accepts suggestions, and marked so.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from itertools import chain
from typing import NamedTuple

from rapidfuzz import fuzz, process

from icstip.mapping.ages import AgeReader
from icstip.mapping.normalise import REPLACEMENT, damaged_pattern, folded, words_of
from icstip.standard.model import Codelist, Standard

SUGGESTION_SCORE = 80.0
ACCEPTED_SCORE = 88.0
ACCEPTED_LEAD = 5.0
ACCEPTED_LENGTH = 6  # in shorter ones a letter more or less makes another country
MAX_SUGGESTIONS = 1_000  # labels of a column for which similar ones are sought: a wrong column must not take minutes

_JOINED = r"\s+(?:and|et|y|e|und|و)\s+|\s*&\s*"
_CONJUNCTION = re.compile(_JOINED, re.IGNORECASE)
_SEPARATORS = re.compile(rf"[/;,+]|{_JOINED}", re.IGNORECASE)
_LISTING = re.compile(r"\s*[/;,+]\s*")
_COUNTS = re.compile(r"\d+")
_DAMAGE = re.compile(f"[?{REPLACEMENT}]")

# What UTF-8 looks like when it is read as Latin-1 or Windows-1252, or as the encoding of old Macs: as a label it falls
# into pieces that can be other labels.
_MISREAD = re.compile("[Â-ô][\x80-¿ŒœŠšŸŽžƒˆ˜–—‘’‚“”„†‡•…‰‹›€™]|[–—][^\x00-\x7f]")


class How(StrEnum):
    """How a label came to its code, from the firmest to the loosest."""

    EXACT = "exact"
    NAME = "name"
    DEMONYM = "demonym"
    ALIAS = "alias"
    PATTERN = "pattern"
    REPAIRED = "repaired"
    SUGGESTED = "suggested"


_HOW_BY_KIND: Mapping[str, How] = {
    "name": How.NAME,
    "demonym": How.DEMONYM,
    "alias": How.ALIAS,
    "misspelling": How.REPAIRED,
}
_EXACT_KIND = "code"
_UNKNOWN = "LABEL-001"
_Bearer = tuple[str, How]
_FIRMNESS = (How.NAME, How.DEMONYM, How.ALIAS, How.REPAIRED)


class Synonym(NamedTuple):
    """A row of a label table."""

    codelist: str
    code: str
    label: str
    kind: str


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What label tables say, beside the names in the code lists.

    Attributes:
        synonyms: The rows of the label tables by code list; those of list ``*`` hold in every list that has their code.
        markers: Labels that mean that there is no label (``N/A``), folded in case only.
        stop_words: Words that do not tell labels apart.
        ages: Reads the labels of the list of ages, if the tables say how.
    """

    synonyms: Mapping[str, Sequence[Synonym]]
    markers: frozenset[str]
    stop_words: frozenset[str]
    ages: AgeReader | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """What became of a label.

    Attributes:
        code: The code, or empty.
        how: How it was found, when there is a code.
        problem: Code of the finding, when there is none.
        candidates: Codes that come into question, the likeliest first.
        needed: The code that the label stands for by its pattern and that the list does not have.
    """

    code: str = ""
    how: How | None = None
    problem: str = ""
    candidates: tuple[str, ...] = ()
    note: str = ""
    also: Mapping[str, str] = field(default_factory=dict)
    needed: str = ""


class _Similar(NamedTuple):
    """A code with a label that looks similar.

    Attributes:
        score: How similar the whole label is, out of 100.
        differing: How similar the words are in which the two differ: those in common make regions of two continents
            look alike.
    """

    code: str
    score: float
    differing: float


class LabelIndex:
    """All labels of one code list."""

    def __init__(self, codelist: Codelist, lists: frozenset[str], vocabulary: Vocabulary) -> None:
        """Index a code list.

        Args:
            codelist: The list.
            lists: Its id and those of the lists that it extends: their labels are its labels.
            vocabulary: The label tables.
        """
        self._codelist = codelist
        self._lists = lists
        self._vocabulary = vocabulary
        self._ages = vocabulary.ages if vocabulary.ages and vocabulary.ages.ages.codelist in lists else None
        self._matches: dict[str, Match] = {}
        self._scores: dict[str, list[_Similar]] = {}
        self._sought: set[str] = set()

    def begin_column(self) -> None:
        """Seek similar labels anew: what a column finds does not depend on those that were looked up before it."""
        self._sought.clear()

    def match(self, label: str) -> Match:
        """Return what a label means in this list; each distinct label is looked up once."""
        match = self._matches.get(label) or self._matches.setdefault(label, self._match(label))
        if match.problem != _UNKNOWN or match.needed:
            return match
        return Match(problem=_UNKNOWN, candidates=tuple(similar.code for similar in self._similar(label)))

    def _match(self, label: str) -> Match:
        if label.casefold() in self._vocabulary.markers:
            return Match(problem="LABEL-005", candidates=self._exact_codes(label))
        found = self._borne(label)
        if found:
            return found
        if self._is_compound(label):
            return Match(problem="LABEL-003")
        return Match(problem=_UNKNOWN)

    def suggested(self, label: str) -> Match | None:
        """Return the code that a label most likely means, when one is far likelier than any other."""
        if _COUNTS.search(label) or _DAMAGE.search(label) or len(label) < ACCEPTED_LENGTH:
            return None
        similar = self._similar(label)
        if not similar or min(similar[0].score, similar[0].differing) < ACCEPTED_SCORE:
            return None
        if len(similar) > 1 and similar[0].score - similar[1].score < ACCEPTED_LEAD:
            return None
        return Match(similar[0].code, How.SUGGESTED)

    def _exact_codes(self, label: str) -> tuple[str, ...]:
        return tuple(self._by_code.get(label, ()))

    def _found(self, label: str) -> Match | None:
        if exact := self._exact_codes(label):
            return _one(exact, How.EXACT)
        key = folded(label)
        bearers = self._by_label.get(key)
        if not bearers and self._ages and _COUNTS.search(label):
            return self._of_age(self._ages.codes(label))  # in another order, the words are those of another band
        if not bearers and not self._joins_others(label):
            bearers = self._by_words.get(words_of(key, self._vocabulary.stop_words))
        if not bearers:
            return None
        codes = tuple(dict.fromkeys(code for code, _ in bearers))
        if _LISTING.search(label) and self._lists_others(label, codes):
            return None
        return _one(codes, min((how for _, how in bearers), key=_FIRMNESS.index))

    def _of_age(self, codes: tuple[str, ...]) -> Match | None:
        """Return the match of a label on the codes that its bounds make; one that the list does not have is told."""
        if codes and not any(code in self._codelist.by_id for code in codes):
            return Match(problem=_UNKNOWN, needed=" / ".join(codes))
        return _one(codes, How.PATTERN) if codes else None

    def _joins_others(self, label: str) -> bool:
        """Return whether a label joins several codes by a word, without which it may look like the name of one."""
        parts = _CONJUNCTION.split(label)
        named = {(found.code, found.candidates) for part in parts if len(parts) > 1 and (found := self._found(part))}
        return len(named) > 1

    def _lists_others(self, label: str, codes: tuple[str, ...]) -> bool:
        """Return whether a label lists several codes by name: two countries are not the one that they once were."""
        parts = [found for part in _LISTING.split(label) if (found := self._found(part))]
        named = {found.code for found in parts if found.code and found.how in {How.EXACT, How.NAME}}
        return len(named) > 1 and named.isdisjoint(codes) and _listing(label) not in self._listings

    def _borne(self, label: str) -> Match | None:
        """Return the match of a label on those that the codes bear, or of what a wrong encoding has made of one."""
        found = None if _MISREAD.search(label) else self._found(label)
        if found or label.isascii():
            return found
        if REPLACEMENT in label:
            return self._restored(label)
        import ftfy  # noqa: PLC0415 - only for labels that nothing else resolves; its import costs more than they do

        fixed = ftfy.fix_encoding(label)
        found = self._found(fixed)
        return Match(found.code, How.REPAIRED) if fixed != label and found and found.code else found

    def _restored(self, label: str) -> Match | None:
        """Return the match of a label that has lost characters, if exactly one code bears what it can have been."""
        pattern = damaged_pattern(label)
        codes = dict.fromkeys(code for code, text in self._texts if pattern.fullmatch(text))
        return Match(next(iter(codes)), How.REPAIRED) if len(codes) == 1 else None

    def _is_compound(self, label: str) -> bool:
        """Return whether a label holds counts or names several codes: three of these and one of those."""
        parts = [part.strip() for part in _SEPARATORS.split(_COUNTS.sub(" ", label)) if part.strip()]
        codes = {found.code for part in parts if (found := self._found(part)) and found.code}
        has_count = _COUNTS.search(label) is not None
        return len(codes) > 1 or (has_count and len(codes) == 1)

    def _similar(self, label: str) -> list[_Similar]:
        """Return codes with a label that looks similar, and the score of each, the best first."""
        self._sought.add(label)
        if len(self._sought) > MAX_SUGGESTIONS:
            return []
        if label not in self._scores:
            self._scores[label] = self._scored(label)
        return self._scores[label]

    def _scored(self, label: str) -> list[_Similar]:
        key = folded(label)
        scored = process.extract(  # all of them: the nearest dozen can be forms of one name, and hide the runner-up
            key, self._by_label.keys(), scorer=fuzz.ratio, limit=None, score_cutoff=SUGGESTION_SCORE
        )
        best: dict[str, _Similar] = {}
        for known, score, _ in scored:
            for code, _ in self._by_label[known]:
                best.setdefault(code, _Similar(code, score, _differing(key, known)))
        return list(best.values())[:3]

    def _labels(self) -> Iterator[tuple[str, str, How]]:
        """Yield each label of the list with its code and how a match on it counts."""
        for code in self._codelist.codes:
            for name in code.name.values():
                yield name, code.id, How.NAME
        for synonym in self._synonyms():
            if how := _HOW_BY_KIND.get(synonym.kind):
                yield synonym.label, synonym.code, how

    def _synonyms(self) -> Iterable[Synonym]:
        known = self._codelist.by_id
        of_lists = chain.from_iterable(self._vocabulary.synonyms.get(name, ()) for name in sorted(self._lists))
        return (synonym for synonym in of_lists if synonym.code in known)

    @cached_property
    def _by_code(self) -> Mapping[str, list[str]]:
        exact: dict[str, list[str]] = {code.id: [code.id] for code in self._codelist.codes}
        for synonym in self._synonyms():
            if synonym.kind == _EXACT_KIND and synonym.code not in exact.setdefault(synonym.label, []):
                exact[synonym.label].append(synonym.code)
        return exact

    @cached_property
    def _by_label(self) -> Mapping[str, list[_Bearer]]:
        """The codes that bear each folded label, and how a match on it counts."""
        index: dict[str, list[_Bearer]] = defaultdict(list)
        for label, code, how in self._labels():
            index[folded(label)].append((code, how))
        index.pop("", None)
        return index

    @cached_property
    def _by_words(self) -> Mapping[str, list[_Bearer]]:
        """The same by the words of the label, for labels in another order."""
        index: dict[str, list[_Bearer]] = defaultdict(list)
        for key, bearers in self._by_label.items():
            index[words_of(key, self._vocabulary.stop_words)] += bearers
        return index

    @cached_property
    def _listings(self) -> frozenset[str]:
        """The labels that are lists on purpose, because one code bears them as they stand."""
        return frozenset(_listing(label) for label, _, _ in self._labels() if _LISTING.search(label))

    @cached_property
    def _texts(self) -> list[tuple[str, str]]:
        """The labels that can have been damaged: those with characters of which a wrong encoding makes others."""
        damageable = (
            (code, label) for label, code, _ in self._labels() if not label.isascii() or "'" in label or "-" in label
        )
        return [(code, unicodedata.normalize("NFC", label.casefold())) for code, label in damageable]


class Labels:
    """The label index of each code list of a standard, made when it is first asked for."""

    def __init__(self, standard: Standard, vocabulary: Vocabulary) -> None:
        self._standard = standard
        self._vocabulary = vocabulary
        self._indexes: dict[str, LabelIndex] = {}

    def described(self, codelist: str, code: str, language: str = "en") -> str:
        """Return a code with its name, for people."""
        known = self._standard.codelists[codelist].by_id.get(code)
        return f'{code} "{known.name.get(language, "")}"' if known else code

    def __getitem__(self, codelist: str) -> LabelIndex:
        if codelist not in self._indexes:
            lists, current = {"*", codelist}, self._standard.codelists[codelist]
            while current.extends:
                lists.add(current.extends)
                current = self._standard.codelists[current.extends]
            self._indexes[codelist] = LabelIndex(self._standard.codelists[codelist], frozenset(lists), self._vocabulary)
        return self._indexes[codelist]


def _one(codes: tuple[str, ...], how: How) -> Match:
    """Return the match of a label that bears these codes: more than one is no match."""
    return Match(codes[0], how) if len(codes) == 1 else Match(problem="LABEL-002", candidates=codes)


def _listing(label: str) -> str:
    return _LISTING.sub(lambda separator: separator[0].strip(), label.casefold())


def _differing(one: str, other: str) -> float:
    """Return how similar the words are in which two folded labels differ, out of 100."""
    ones, others = one.split(), other.split()
    return fuzz.ratio(" ".join(w for w in ones if w not in others), " ".join(w for w in others if w not in ones))
