"""A draft while it is made: what was found so far, and how labels are taken for what."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from icstip.mapping.suggesting.draft import ColumnDraft, Reason
from icstip.mapping.suggesting.layouts.order import is_nested
from icstip.mapping.suggesting.recognise import Recogniser
from icstip.mapping.suggesting.recognising.guess import Guess, Meaning
from icstip.mapping.suggesting.shape import Shape
from icstip.standard.model import TOTAL
from icstip.tables.layouts.layout import Split

TIMES = "time"
"""Why a guess is that of times."""


@dataclass
class Sketch:
    """What is known of the mapping of a table so far.

    Attributes:
        shape: The table.
        recogniser: What recognises columns.
        given: Constants that are known beforehand.
        columns: What columns give.
        left_out: Columns that are not used, and why.
        splits: Texts that say two things at once.
        time: Name of the column with the time, or empty.
        part: Name of the column with the part of the year, or empty.
        times: What labels of the time mean, as far as the mapping has to say it.
    """

    shape: Shape
    recogniser: Recogniser
    given: Mapping[str, str] = field(default_factory=dict)
    columns: list[ColumnDraft] = field(default_factory=list)
    left_out: dict[str, Reason] = field(default_factory=dict)
    splits: list[Split] = field(default_factory=list)
    time: str = ""
    part: str = ""
    times: dict[str, Meaning] = field(default_factory=dict)

    def take_time(self, name: str, guess: Guess) -> None:
        """Take a column for that of the time."""
        self.time, self.times = name, dict(guess.meanings)

    def name(self, letters: str) -> str:
        """Return what a mapping of a table with one figure a row calls a column."""
        return self.shape.header(letters) or f"({letters})"

    def body(self, letters: Sequence[str]) -> pl.DataFrame:
        """Return columns of the sheet in the rows of the figures: a String column each, by their letters."""
        rows = self.shape.rows
        return self.shape.cells.grid.frame.select(letters).slice(rows.start - 1, len(rows))

    def labels(self, letters: str, rows: Sequence[int] | None = None) -> list[str]:
        """Return the distinct labels of a column in the rows of figures, or in some of them."""
        texts = self.body([letters])[letters]
        if rows is not None:
            texts = texts.gather([row - self.shape.rows.start for row in rows])
        return texts.drop_nulls().unique(maintain_order=True).to_list()

    def guess(self, labels: Sequence[str], header: str | None, above: Sequence[int]) -> Guess:
        """Return what a column or a row of headers seems to be.

        Args:
            labels: Its distinct labels.
            header: The text above it, if any.
            above: Rows that can say of all times of the table that they are not calendar years.
        """
        guess = self.recogniser.column(labels, header)
        frame = self.shape.cells.grid.frame
        texts = (text for row in above for text in frame.row(row - 1) if text is not None)
        if guess.reason == TIMES and any(map(self.recogniser.periods.is_fiscal, texts)):
            return Guess((), "fiscal", 0, guess.labels, guess.components)
        if len(guess.components) > 1 and not set(self.recogniser.needed).isdisjoint(guess.components):
            # What has no total is not said by labels of other components.
            return Guess((), "ambiguous", 0, guess.labels, guess.components)
        return self._undisputed(guess, labels)

    def _undisputed(self, guess: Guess, labels: Sequence[str]) -> Guess:
        """Return an open guess where labels say something else than what holds for the whole table."""
        disputed = [name for name in guess.components if name in self.given and self._says_otherwise(name, labels)]
        return Guess((), "disputed", 0, guess.labels, tuple(disputed)) if disputed else guess

    def _says_otherwise(self, component: str, labels: Sequence[str]) -> bool:
        known = set(self.recogniser.codes(component, labels).values())
        if component == self.recogniser.time:
            known = set(map(self.recogniser.periods.period, labels))
        return bool(known - {self.given[component], TOTAL})

    def unnested(self, guess: Guess, texts: Sequence[str], *, alone: bool = False) -> Guess:
        """Return an open guess where members of one component seem to stand below those of another."""
        if len(guess.components) < len(("one", "other")):
            return guess
        owners = {text: name for name in guess.components for text in self.recogniser.members([name], texts)}
        known = {text for name in guess.components for text in self.recogniser.codes(name, texts)}
        nested = is_nested(texts, owners, set(texts) - known if alone else (), alone=alone)
        return Guess((), "nested", 0, guess.labels, guess.components) if nested else guess

    def is_unnamed(self, letters: str) -> bool:
        """Return whether the header of a column does not say that it holds times."""
        return self.recogniser.time not in self.recogniser.of_header(self.shape.header(letters))

    def is_of_parts(self, letters: str) -> bool:
        """Return whether a column has parts of a year."""
        texts = self.labels(letters)
        return bool(texts) and all(map(self.recogniser.periods.is_part, texts))

    def add(self, name: str, guess: Guess, when: Mapping[str, str]) -> None:
        """Add what a column gives in some of its rows."""
        guess = another_time(guess) if guess.reason == TIMES and self.time else guess
        self.columns.append(ColumnDraft(name, guess.components, reason_of(guess), when, meanings=guess.meanings))


def another_time(guess: Guess) -> Guess:
    """Return an open guess: a second time says something else than when a figure is of, such as a year of birth."""
    return Guess((), "ambiguous", 0, guess.labels, guess.components)


def reason_of(guess: Guess) -> Reason:
    """Return why a guess is what it is."""
    params = {"known": guess.known, "labels": guess.labels, "candidates": ", ".join(guess.candidates)}
    return Reason(f"suggest.{guess.reason}", params)
