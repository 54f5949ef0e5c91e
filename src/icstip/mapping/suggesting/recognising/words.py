"""Words that are no labels of a list, and what they say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

Codes = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class LetterSystem:
    """A way to name members by single letters.

    Attributes:
        codes: The code of each letter, in lower case.
        languages: The languages that have it.
    """

    codes: Codes
    languages: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class RecogniserWords:
    """Words that are no labels of a list, folded, and what they say.

    Attributes:
        subjects: Codes by words that say no more than what a whole table counts.
        in_brackets: The components that a text in brackets behind a label can be of.
        own: The component for what only one country has.
        multipliers: Words that say that figures are thousands or the like.
        multiplier: The component that says so.
        letters: The ways to name members by single letters.
        of_letters: The component that they are of.
        persons: Codes of several components by words that mean members of both: girls.
        adults: The same of words that do so beside children: women.
        boys: The same of words that do so beside girls, and else can be children.
        languages: The languages of headers.
        lead: Words before a label that do not change it: of which.
    """

    subjects: Codes = field(default_factory=dict)
    in_brackets: frozenset[str] = frozenset()
    own: str = ""
    multipliers: frozenset[str] = frozenset()
    multiplier: str = ""
    letters: Sequence[LetterSystem] = ()
    of_letters: str = ""
    persons: Mapping[str, Codes] = field(default_factory=dict)
    adults: Mapping[str, Codes] = field(default_factory=dict)
    boys: Mapping[str, Codes] = field(default_factory=dict)
    languages: Mapping[str, frozenset[str]] = field(default_factory=dict)
    lead: frozenset[str] = frozenset()


NO_WORDS: Final = RecogniserWords()
