"""Rows without figures that say what the rows below them are: "By sex", "Adults", "2021"."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Final

from icstip.mapping.suggesting.layouts.filling import is_in_each_group
from icstip.mapping.suggesting.recognise import Recogniser
from icstip.mapping.suggesting.shape import Shape
from icstip.tables.layouts.layout import Section

_NUMBERING: Final = re.compile(r"^[(]?(?:\d[\d.]*|\w)[.):]+\s+")  # "3.1. ", "a) "


@dataclass(frozen=True)
class Headings:
    """The headings in a stub column, and the groups of rows below them.

    A heading with another one directly below it, and no figures between, is an upper one.

    Attributes:
        shape: The table.
        recogniser: What knows headers and labels.
        letters: Of the stub.
        is_subject: Whether words before "by sex" say no more than what is known of the whole table.
    """

    shape: Shape
    recogniser: Recogniser
    letters: str
    is_subject: Callable[[str], bool]

    @property
    def name(self) -> str:
        """What a mapping calls the column of records with the headings."""
        return f"section {self.letters}"

    @property
    def upper_name(self) -> str:
        """What it calls the column with the upper ones."""
        return f"upper section {self.letters}"

    @cached_property
    def rows(self) -> dict[int, str]:
        """The texts of the headings by their rows: not those of a member whose figures are all missing."""
        texts = {row: text for row in self.shape.headings if (text := self._text(row))}
        beside = self.recogniser.known_by(list(self._labels))
        asked = [text for text in texts.values() if not self.recogniser.of_header(text)]
        members = set(self.recogniser.members(beside, asked))
        if self._labels and all(map(self.recogniser.periods.period, self._labels)):
            members |= set(filter(self.recogniser.periods.period, asked))
        in_each = bool(texts) and is_in_each_group(self.shape, self.letters)
        return {
            row: text
            for row, text in texts.items()
            if text not in members
            and not self._is_record(row)
            and not (text in self._labels and (in_each or self._has_nothing_below(row)))
        }

    @cached_property
    def _labels(self) -> dict[str, None]:
        """The distinct texts of rows with figures."""
        rows = (row for row in self.shape.rows if row not in self._without_figures)
        return dict.fromkeys(filter(None, map(self._text, rows)))

    @cached_property
    def _without_figures(self) -> frozenset[int]:
        return frozenset(self.shape.headings)

    def _is_record(self, row: int) -> bool:
        """Return whether all stubs of a row say something, and not the same, as those of rows with figures do."""
        texts = {name: self.shape.cells.text(name, row) for name in self.shape.stubs}
        if None in texts.values() or len(set(texts.values())) == 1:
            return False
        rows = [other for other in self.shape.rows if other not in self._without_figures]
        return any(self.shape.cells.text(name, other) == text for name, text in texts.items() for other in rows)

    def _has_nothing_below(self, row: int) -> bool:
        """Return whether no figures stand between a row without them and the next such row."""
        following = next((below for below in self.shape.headings if below > row), self.shape.rows.stop)
        return not any(map(self._is_said, range(row + 1, following)))

    @cached_property
    def _above_others(self) -> frozenset[int]:
        """The rows of headings with another heading directly below them."""
        return frozenset(
            row
            for row, following in pairwise(self.rows)
            if all(between in self._without_figures or not self._is_said(between) for between in range(row, following))
        )

    @cached_property
    def upper(self) -> tuple[str, ...]:
        """The texts of upper headings."""
        return tuple(dict.fromkeys(text for row, text in self.rows.items() if row in self._above_others))

    @cached_property
    def _lower(self) -> tuple[str, ...]:
        """The texts of the others."""
        return tuple(dict.fromkeys(text for row, text in self.rows.items() if row not in self._above_others))

    @cached_property
    def is_unclear(self) -> bool:
        """Whether a text is an upper heading here and a lower one or a label there, or three follow directly."""
        is_both = set(self._lower) & set(self.upper) or set(self.rows.values()) & set(self._labels)
        return bool(is_both) or any({row, following} <= self._above_others for row, following in pairwise(self.rows))

    @cached_property
    def groups(self) -> dict[str, list[int]]:
        """The rows with figures below each lower heading; those above all headings have an empty one."""
        groups: dict[str, list[int]] = {}
        heading = ""
        for row in self.shape.rows:
            if row in self.rows:
                heading = heading if row in self._above_others else self.rows[row]
            elif row not in self._without_figures and self._text(row) is not None:
                groups.setdefault(heading, []).append(row)
        return groups

    @cached_property
    def has_rows_above(self) -> bool:
        """Whether rows with figures stand above all headings."""
        first = next((row for row in self.shape.rows if row not in self._without_figures and self._is_said(row)), None)
        return bool(self.rows) and first is not None and first < next(iter(self.rows))

    def header(self, heading: str) -> str | None:
        """Return the header that a heading names, if it says nothing else: "By sex", but not "Suspects by sex"."""
        heading = _NUMBERING.sub("", heading)
        found = self.recogniser.breakdown(heading)
        if not self.recogniser.of_header(found):
            return None
        before = heading.removesuffix(found).split()
        subjects = (" ".join(before[:n]) for n in range(len(before)) if self.recogniser.leads_to_header(before[n:]))
        subject = next(subjects, " ".join(before))
        return found if not subject or self.is_subject(subject) else None

    @cached_property
    def members(self) -> tuple[str, ...]:
        """The texts of lower headings that name no breakdown: they are members of something."""
        return tuple(text for text in self._lower if self.header(text) is None)

    @cached_property
    def upper_members(self) -> tuple[str, ...]:
        """The same of the upper ones."""
        return tuple(text for text in self.upper if self.header(text) is None)

    def sections(self) -> list[Section]:
        """Return the sections of the layout."""
        found = ((self.name, self._lower), (self.upper_name, self.upper_members))
        return [Section(name, self.letters, texts) for name, texts in found if texts]

    def _text(self, row: int) -> str | None:
        return self.shape.cells.text(self.letters, row)

    def _is_said(self, row: int) -> bool:
        return any(self.shape.cells.text(name, row) is not None for name in self.shape.figures)
