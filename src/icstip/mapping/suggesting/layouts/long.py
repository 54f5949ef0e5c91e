"""A table with one figure a row → a draft of its mapping."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import polars as pl

from icstip.mapping.suggesting.draft import ColumnDraft, Reason
from icstip.mapping.suggesting.evidence import agree, blank_is_total, follows
from icstip.mapping.suggesting.layouts.sketch import TIMES, Sketch, another_time, reason_of
from icstip.mapping.suggesting.recognising.guess import Guess
from icstip.standard.model import TOTAL


@dataclass
class LongTable:
    """Drafts a table with one figure a row.

    Attributes:
        sketch: What is known so far.
    """

    sketch: Sketch

    def draft(self) -> None:
        """Add what the columns give."""
        stubs = {letters: self.sketch.labels(letters) for letters in self.sketch.shape.stubs}
        above = self.sketch.shape.title
        guesses = {
            name: self.sketch.unnested(self.sketch.guess(texts, self.sketch.shape.header(name), above), texts)
            for name, texts in stubs.items()
        }
        self._times(guesses)
        for component, several in _by_component(guesses).items():
            self._same_component(component, several, guesses)
        read = {name: guess for name, guess in guesses.items() if self.sketch.name(name) not in self._taken()}
        for letters, guess in read.items():
            same = [name for name, other in read.items() if other.components == guess.components]
            self.sketch.columns.append(self._column(letters, guess, same, [name for name in stubs if name != letters]))

    def _taken(self) -> tuple[str, ...]:
        return (self.sketch.time, self.sketch.part, *self.sketch.left_out)

    def _times(self, guesses: dict[str, Guess]) -> None:
        """Take the column of times, and one with parts of the year beside it, out of the guesses."""
        times = sorted((name for name, guess in guesses.items() if guess.reason == TIMES), key=self.sketch.is_unnamed)
        if times:
            self.sketch.take_time(self.sketch.name(times[0]), guesses[times[0]])
            parts = [name for name in guesses if name not in times and self.sketch.is_of_parts(name)]
            self.sketch.part = self.sketch.name(parts[0]) if parts else ""
            for name in (times[0], *parts[:1]):
                del guesses[name]
            guesses |= {name: another_time(guesses[name]) for name in times[1:]}

    def _same_component(self, component: str, several: Sequence[str], guesses: dict[str, Guess]) -> None:
        """Keep of several columns of a component those that say the same; others are left out or open."""
        first, *others = sorted(several, key=lambda name: -guesses[name].known)
        codes = self.sketch.recogniser.codes(component, self.sketch.labels(first))
        for other in others:
            frame = self.sketch.body([other, first])
            if agree(frame, other, first, self.sketch.recogniser.codes(component, self.sketch.labels(other)), codes):
                continue
            if follows(frame, other, [first]):
                self.sketch.left_out[self.sketch.name(other)] = Reason(
                    "suggest.follows", {"column": self.sketch.name(first)}
                )
            else:
                guesses[other] = Guess((), "ambiguous", 0, guesses[other].labels, (component,))

    def _column(self, letters: str, guess: Guess, same: Sequence[str], others: Sequence[str]) -> ColumnDraft:
        """Return what a column gives; `same` are all columns that give it: a blank in one of them says nothing."""
        sketch = self.sketch
        draft = ColumnDraft(sketch.name(letters), guess.components, reason_of(guess), meanings=guess.meanings)
        figures, labels = sketch.shape.figures[0], sketch.labels(letters)
        frame = sketch.body([letters, *others, figures])
        has_blanks = frame.drop_nulls(figures).select(pl.all_horizontal(pl.col(same).is_null()).any()).item()
        if not has_blanks or not sketch.recogniser.needs_labels(guess.components):
            return draft
        members = sketch.recogniser.members(guess.components, labels)
        is_free = bool(members) and not sketch.recogniser.has_total(guess.components, labels)
        if is_free and blank_is_total(frame, letters, others, figures, members):
            return replace(draft, blank=TOTAL, blank_reason=Reason("suggest.blank"))
        return replace(draft, blank_reason=Reason("suggest.blank_open", {"total": TOTAL}))


def _by_component(guesses: Mapping[str, Guess]) -> dict[str, list[str]]:
    """Return the columns of each component that several columns seem to give, those that only can give it behind."""
    found: dict[str, list[str]] = {}
    for letters, guess in guesses.items():
        if len(guess.components) == 1:
            found.setdefault(guess.components[0], []).append(letters)
    for letters, guess in guesses.items():
        for component in found.keys() & set(guess.candidates):
            found[component].append(letters)
    return {component: several for component, several in found.items() if len(several) > 1}
