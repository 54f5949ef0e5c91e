"""Words for persons that say two things at once: girls are female and minors, and women beside girls are adults."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from icstip.mapping.labels import How, Match
from icstip.mapping.model import OPEN
from icstip.mapping.normalise import folded
from icstip.mapping.suggesting.recognising.variants import without_lead
from icstip.mapping.suggesting.recognising.words import RecogniserWords

Codes = Mapping[str, str]

_WORDS: Final = frozenset({How.NAME, How.ALIAS})


@dataclass(frozen=True)
class Persons:
    """The labels of a column that are words for persons.

    Attributes:
        labels: All labels, by what they are without marks.
        ages: What the second component, that of ages, says of them alone.
        words: The words.
    """

    labels: Mapping[str, str]
    ages: Mapping[str, Match]
    words: RecogniserWords

    def codes(self) -> dict[str, Codes]:
        """Return the codes of the labels that are members of several components at once, ``?`` where that is not sure.

        Words such as women mean adults beside girls and boys. Beside children they do where both women and men stand
        there and no adults: else the breakdown can be one by age that stands by itself, or one of a part.
        """
        always, beside, adults = (
            self._known(known) for known in (self.words.persons, self.words.boys, self.words.adults)
        )
        girls = {next(iter(codes.values())) for codes in always.values() if self._is_of_children(codes)}
        boys = {text: codes for text, codes in beside.items() if girls - set(list(codes.values())[:1])}
        children = [text for text, age in self.ages.items() if age.code in self._ages_of_children]
        found = {**always, **boys, **{text: _asked(codes) for text, codes in beside.items() if text not in boys}}
        if not girls and (not children or self._has_adults(adults)):
            return found
        is_sure = bool(girls) or (_are_several(adults) and all(map(self._is_word, children)))
        parts = {text for text in adults if not self._stands_alone(text)}
        return {
            **found,
            **{text: codes if is_sure and text not in parts else _asked(codes) for text, codes in adults.items()},
        }

    def _known(self, words: Mapping[str, Codes]) -> dict[str, Codes]:
        """Return the labels that are some words, also behind words such as "of which"."""
        variants = {text: (text, plain, *without_lead(plain, self.words.lead)) for text, plain in self.labels.items()}
        found = {
            text: [words[folded(one)] for one in several if folded(one) in words] for text, several in variants.items()
        }
        return {text: codes[0] for text, codes in found.items() if codes}

    def _stands_alone(self, text: str) -> bool:
        return {folded(text), folded(self.labels[text])} & self.words.adults.keys() != set()

    @cached_property
    def _ages_of_children(self) -> frozenset[str]:
        return _ages(self.words.persons) - _ages(self.words.adults)

    def _is_of_children(self, codes: Codes) -> bool:
        return _age(codes) in self._ages_of_children

    def _has_adults(self, adults: Mapping[str, Codes]) -> bool:
        return any(age.code in _ages(adults) for age in self.ages.values())

    def _is_word(self, text: str) -> bool:
        """Return whether a label names children by a word, not by their age or as a part of others."""
        stands_alone = not any(without_lead(self.labels[text], self.words.lead))
        return stands_alone and self.ages[text].how in _WORDS and not any(map(str.isdecimal, text))


def _age(codes: Codes) -> str:
    return list(codes.values())[-1]


def _ages(labels: Mapping[str, Codes]) -> frozenset[str]:
    return frozenset(map(_age, labels.values()))


def _asked(codes: Codes) -> Codes:
    return dict.fromkeys(list(codes)[:1], OPEN)


def _are_several(labels: Mapping[str, Codes]) -> bool:
    """Return whether both women and men are among labels."""
    return len({next(iter(codes.values())) for codes in labels.values()}) > 1
