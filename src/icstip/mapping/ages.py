"""Ages by pattern: the band that a label such as ``60 years and older`` tells by its bounds, and the code of that band.

A label is read as a pattern when it has the signs and words of the pattern in their order, once the words are left out
that say nothing of the bounds. A pattern that can be meant in two ways gives both bands.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from icstip.mapping.normalise import folded, with_minus

# Signs that stand for a kind of sign while a label is read; `folded` keeps them, and no pattern has them otherwise.
_NUMBER, _RANGE, _MINUS, _DASH, _MARK = "#", "–", "⊖", "⊟", "⊘"
_DASHES = re.compile("[-\u2010-\u2015\u2212~\u223c]")
_HYPHEN = re.compile(r"(?<=\w)[-\u2010\u2011](?=[^\W\d])")  # of 17-year-old, not of 15 years-17 years
_LISTED = re.compile(r"(?<=\d)\s*[,;/.:&|]\s*(?=\d)")  # 15, 16 are two ages and 0.5 is none
_PIECE = re.compile(r"\d{1,4}|[^\W\d]+|[^\w\s]")  # a longer number is no age, and two pieces
_PLACEHOLDER = re.compile(r"\{(low|high)\}")

_Shape = tuple[str, ...]


class Band(NamedTuple):
    """Completed years from `low` to `high`, both included; without `high` there is no upper bound."""

    low: int
    high: int | None


class AgePattern(NamedTuple):
    """A row of the table of patterns: words with ``{low}`` and ``{high}``, and what the words say of the two."""

    pattern: str
    kind: str


@dataclass(frozen=True, slots=True)
class AgeList:
    """The code list of ages.

    Attributes:
        codelist: Its id.
        one: How the code of one year of age is written, for example ``Y{low}``.
        band: How the code of a band is written, for example ``Y{low}T{high}``.
        open: How the code of a band without an upper bound is written, for example ``Y_GE{low}``.
        majority: The age at which a person becomes an adult.
        highest: The highest number that is an age.
    """

    codelist: str
    one: str
    band: str
    open: str
    majority: int
    highest: int

    def code(self, band: Band) -> str:
        """Return the code of a band, whether the list has it or not.

        >>> ages = AgeList("CL", "Y{low}", "Y{low}T{high}", "Y_GE{low}", 18, 120)
        >>> ages.code(Band(15, 17)), ages.code(Band(18, None)), ages.code(Band(0, 0))
        ('Y15T17', 'Y_GE18', 'Y0')
        """
        if band.high is None:
            return self.open.format(low=band.low)
        form = self.one if band.low == band.high else self.band
        return form.format(low=band.low, high=band.high)


KINDS: Mapping[str, Callable[[int, int], Band]] = {
    "single": lambda low, _: Band(low, low),
    "between": Band,
    "between_below": lambda low, high: Band(low, high - 1),
    "between_up_to": Band,
    "below": lambda _, high: Band(0, high - 1),
    "at_most": lambda _, high: Band(0, high),
    "up_to": lambda _, high: Band(0, high),
    "at_least": lambda low, _: Band(low, None),
    "above": lambda low, _: Band(low + 1, None),
}
"""The band of each kind of pattern, by the numbers that stand for ``{low}`` and ``{high}``."""

# Who writes "up to 18" mostly means children, and who writes "more than 18" adults, whatever the words say.
_ALSO_AT_MAJORITY = {"up_to": "below", "between_up_to": "between_below", "above": "at_least"}


class AgeReader:
    """Reads labels as bands of ages."""

    def __init__(self, ages: AgeList, patterns: Iterable[AgePattern], words: Iterable[str]) -> None:
        """Prepare to read labels.

        Args:
            ages: The list that the codes are of.
            patterns: The patterns; one that is listed under several kinds can be meant in each of these ways.
            words: Words that do not say where a band ends.
        """
        self.ages = ages
        self._patterns = tuple(patterns)
        self._words = frozenset(folded(word) for word in words)

    def codes(self, label: str) -> tuple[str, ...]:
        """Return the codes of the bands that a label can mean: none if it is no age, several if it is ambiguous."""
        # A raised digit is the mark of a footnote, and folding would make it part of the number before it.
        if any(letter.isdigit() and not letter.isdecimal() for letter in label):
            return ()
        for shape, numbers in self._shapes(label):
            if numbers and (kinds := self._kinds.get(shape)):
                bands = (band for kind in kinds for band in self._bands(kind, numbers[0], numbers[-1]))
                return tuple(dict.fromkeys(self.ages.code(band) for band in bands if self._holds(band)))
        return ()

    @cached_property
    def _kinds(self) -> Mapping[_Shape, Iterable[str]]:
        """The kinds of the patterns of each shape, made for the first label that no table has."""
        kinds: dict[_Shape, dict[str, None]] = defaultdict(dict)
        for row in (row for row in self._patterns if row.kind in KINDS):
            for shape, _ in self._shapes(_PLACEHOLDER.sub("1", row.pattern)):
                kinds[shape][row.kind] = None
        return kinds

    def _bands(self, kind: str, low: int, high: int) -> Iterator[Band]:
        yield KINDS[kind](low, high)
        if kind in _ALSO_AT_MAJORITY and high == self.ages.majority:
            yield KINDS[_ALSO_AT_MAJORITY[kind]](low, high)

    def _holds(self, band: Band) -> bool:
        highest = band.low if band.high is None else band.high
        return band.low <= highest <= self.ages.highest

    def _shapes(self, label: str) -> Iterator[tuple[_Shape, tuple[int, ...]]]:
        """Yield the shape of a label with all its words, and the one of the words that count if it has any."""
        pieces = _pieces(label)
        numbers = tuple(int(piece) for piece in pieces if piece.isdecimal())
        yield _shape(pieces), numbers
        shape = _shape([piece for piece in pieces if piece not in self._words])
        if shape != (_NUMBER,):
            yield shape, numbers


def _pieces(label: str) -> list[str]:
    """Return the numbers, words and signs of a label in their order.

    >>> _pieces("Adults (18+)"), _pieces("17-year-olds"), _pieces("15, 16")
    (['adults', '18', '+'], ['17', 'year', 'olds'], ['15', '⊘', '16'])
    """
    text = _LISTED.sub(f" {_MARK} ", unicodedata.normalize("NFKC", label))
    text = _HYPHEN.sub(" ", with_minus(text))
    return _PIECE.findall(folded(_DASHES.sub(f" {_DASH} ", text)))


def _shape(pieces: Sequence[str]) -> _Shape:
    """Return pieces with a sign for each number, and the dashes between two numbers as such; other dashes do not count.

    A dash with nothing after it does: something is left out there.

    >>> _shape(["15", "⊟", "17"]), _shape(["children", "⊟", "under", "18"]), _shape(["17", "et", "⊟"])
    (('#', '–', '#'), ('children', 'under', '#'), ('#', 'et', '⊟'))
    """
    shape: list[str] = []
    for piece, following in pairwise([*pieces, ""]):
        after_number = shape[-1:] == [_NUMBER]
        if piece.isdecimal():
            shape.append(_NUMBER)
        elif piece in {_DASH, _MINUS} and after_number and following.isdecimal():
            shape.append(_RANGE)
        elif piece != _DASH or after_number or not following:
            shape.append(piece)
    return tuple(shape)
