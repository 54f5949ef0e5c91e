"""A table in a sheet → a draft of its mapping."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import polars as pl

from icstip.mapping.model import OPEN
from icstip.mapping.suggesting.draft import ColumnDraft, Draft, Reason, Written
from icstip.mapping.suggesting.evidence import agree, blank_is_total, follows, how_written
from icstip.mapping.suggesting.layouts.filling import filled_headers, filled_stubs
from icstip.mapping.suggesting.layouts.headings import Headings
from icstip.mapping.suggesting.layouts.order import is_nested as is_nested_by_order
from icstip.mapping.suggesting.marks import parted
from icstip.mapping.suggesting.recognise import Guess, Recogniser
from icstip.mapping.suggesting.shape import Shape
from icstip.standard.model import TOTAL
from icstip.tables.layouts.layout import FIGURES, Layout, Range

TIMES = "time"
_MANY = 5


@dataclass
class Drafting:
    """Drafts the mapping of one table, step by step.

    Attributes:
        shape: The table.
        recogniser: What recognises columns.
        given: Constants that are known beforehand.
    """

    shape: Shape
    recogniser: Recogniser
    given: Mapping[str, str] = field(default_factory=dict)
    columns: list[ColumnDraft] = field(default_factory=list)
    left_out: dict[str, Reason] = field(default_factory=dict)
    time: str = ""
    part: str = ""
    _found_groups: dict[str, list[tuple[str, Guess]]] = field(default_factory=dict)
    _found_headings: dict[str, Headings] = field(default_factory=dict)

    def draft(self, constants: Mapping[str, tuple[str, Reason]]) -> Draft:
        """Return the draft.

        Args:
            constants: What the words around the table say of all of it.
        """
        if self.shape.is_long:
            self._long()
        else:
            self._cross()
        return Draft(
            self.shape,
            None if self.shape.is_long else self._layout(),
            self._name(self.shape.figures[0]) if self.shape.is_long else FIGURES,
            self.time,
            self.part,
            self._constants(constants),
            tuple(self.columns),
            self.left_out,
            self._written(),
        )

    def _name(self, letters: str) -> str:
        """Return what a mapping of a table with one figure a row calls a column."""
        return self.shape.header(letters) or f"({letters})"

    def _body(self, letters: Sequence[str]) -> pl.DataFrame:
        rows = self.shape.rows
        return self.shape.cells.grid.frame.select(letters).slice(rows.start - 1, len(rows))

    def _labels(self, letters: str, rows: Sequence[int] | None = None) -> list[str]:
        """Return the distinct labels of a column in the rows of figures, or in some of them."""
        texts = self._body([letters])[letters]
        if rows is not None:
            texts = texts.gather([row - self.shape.rows.start for row in rows])
        return texts.drop_nulls().unique(maintain_order=True).to_list()

    def _written(self) -> Written:
        texts: dict[str, None] = {}
        for letters in self.shape.figures:
            texts |= dict.fromkeys(self._labels(letters))
        parts = [parted(text) for text in texts if any(map(str.isdecimal, text))]
        marks = sorted({mark for _, mark in parts} - {""})
        written = how_written(
            [figure for figure, _ in parts], [text for text in texts if not any(map(str.isdecimal, text))]
        )
        return replace(written, marks={mark: self.recogniser.mark(mark) for mark in marks})

    def _guess(self, labels: Sequence[str], header: str | None, above: Sequence[int]) -> Guess:
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

    # A table with one figure a row

    def _long(self) -> None:
        stubs = {letters: self._labels(letters) for letters in self.shape.stubs}
        above = self.shape.title
        guesses = {
            name: self._unnested(self._guess(texts, self.shape.header(name), above), texts)
            for name, texts in stubs.items()
        }
        self._times(guesses)
        for component, several in _by_component(guesses).items():
            self._same_component(component, several, guesses)
        for letters, guess in guesses.items():
            if self._name(letters) not in (self.time, self.part, *self.left_out):
                self.columns.append(self._column(letters, guess, [name for name in stubs if name != letters]))

    def _times(self, guesses: dict[str, Guess]) -> None:
        """Take the column of times, and one with parts of the year beside it, out of the guesses."""
        times = sorted((name for name, guess in guesses.items() if guess.reason == TIMES), key=self._is_unnamed)
        if times:
            self.time = self._name(times[0])
            parts = [name for name in guesses if name not in times and self._is_of_parts(name)]
            self.part = self._name(parts[0]) if parts else ""
            for name in (times[0], *parts[:1]):
                del guesses[name]
            guesses |= {name: _another_time(guesses[name]) for name in times[1:]}

    def _is_unnamed(self, letters: str) -> bool:
        """Return whether the header of a column does not say that it holds times."""
        return self.recogniser.time not in self.recogniser.of_header(self.shape.header(letters))

    def _is_of_parts(self, letters: str) -> bool:
        texts = self._labels(letters)
        return bool(texts) and all(map(self.recogniser.periods.is_part, texts))

    def _same_component(self, component: str, several: Sequence[str], guesses: dict[str, Guess]) -> None:
        """Keep of several columns of a component those that say the same; others are left out or open."""
        first, *others = sorted(several, key=lambda name: -guesses[name].known)
        codes = self.recogniser.codes(component, self._labels(first))
        for other in others:
            frame = self._body([other, first])
            if agree(frame, other, first, self.recogniser.codes(component, self._labels(other)), codes):
                continue
            if follows(frame, other, [first]):
                self.left_out[self._name(other)] = Reason("suggest.follows", {"column": self._name(first)})
            else:
                guesses[other] = Guess((), "ambiguous", 0, guesses[other].labels, (component,))

    def _column(self, letters: str, guess: Guess, others: Sequence[str]) -> ColumnDraft:
        draft = ColumnDraft(self._name(letters), guess.components, _reason(guess), meanings=guess.meanings)
        members = self.recogniser.members(guess.components, self._labels(letters))
        frame = self._body([letters, *others, self.shape.figures[0]])
        if not guess.components or not frame[letters].null_count() or not members:
            return draft
        if self.recogniser.has_total(guess.components, self._labels(letters)):
            return draft
        if not blank_is_total(frame, letters, others, self.shape.figures[0], members):
            return draft
        return replace(draft, blank=TOTAL, blank_reason=Reason("suggest.blank"))

    # A table with several figures in a row

    def _cross(self) -> None:
        for row in self.shape.headers:
            self._header(row)
        stubs = self._stubs()
        for letters in sorted(stubs, key=self._is_unnamed):
            self._stub(f"column {letters}", letters)

    def _header(self, row: int) -> None:
        name = f"row {row}"
        texts = [self.shape.cells.text(letters, row) for letters in self.shape.figures]
        labels = list(dict.fromkeys(text for text in texts if text is not None))
        guess = self._guess(labels, None, (*self.shape.title, *self.shape.headers))
        if guess.reason == TIMES and not self.time:
            self.time = name
        else:
            self._add(name, guess, {})

    def _add(self, name: str, guess: Guess, when: Mapping[str, str]) -> None:
        """Add what a column gives in some of its rows."""
        guess = _another_time(guess) if guess.reason == TIMES and self.time else guess
        self.columns.append(ColumnDraft(name, guess.components, _reason(guess), when, meanings=guess.meanings))

    def _stubs(self) -> list[str]:
        """Return the stub columns to read: of several that say the same, the one that is understood best."""
        kept: list[str] = []
        known = {name: self._known(name) for name in self.shape.stubs}
        for name in sorted(self.shape.stubs, key=lambda name: -known[name]):
            same = [other for other in kept if self._says_the_same(name, other)]
            if same:
                self.left_out[f"column {name}"] = Reason("suggest.same", {"column": f"column {same[0]}"})
            else:
                kept.append(name)
        return [name for name in self.shape.stubs if name in kept]

    def _says_the_same(self, one: str, other: str) -> bool:
        """Return whether two stubs have the same to say, in two languages: with few labels that can be by chance."""
        mine, theirs = self._can_give(one), self._can_give(other)
        if mine.isdisjoint(theirs) and (mine or self.recogniser.time in theirs):
            return False  # with one row a year all follows from the years, and an age is no other word for a form
        frame = self._body([one, other])
        if not (follows(frame, one, [other]) and follows(frame, other, [one])):
            return False
        return frame[one].n_unique() >= _MANY or self._means_the_same(frame, one, other)

    def _means_the_same(self, frame: pl.DataFrame, one: str, other: str) -> bool:
        first, second = self.recogniser.column(self._labels(one)), self.recogniser.column(self._labels(other))
        if len(first.components) != 1 or first.components != second.components:
            return False
        (component,) = first.components
        codes = self.recogniser.codes(component, self._labels(one))
        others = self.recogniser.codes(component, self._labels(other))
        return bool(codes) and agree(frame, one, other, codes, others)

    def _known(self, letters: str) -> int:
        return sum(guess.known for _, guess in self._groups(letters))

    def _can_give(self, letters: str) -> set[str]:
        """Return the components that a stub gives, or can give where that is open."""
        return {name for _, guess in self._groups(letters) for name in (*guess.components, *guess.candidates)}

    def _headings(self, letters: str) -> Headings:
        if letters not in self._found_headings:
            self._found_headings[letters] = Headings(self.shape, self.recogniser, letters, self._is_subject)
        return self._found_headings[letters]

    def _is_subject(self, text: str) -> bool:
        """Return whether words say no more than what was said of the whole table: "Victims", of victims detected."""
        deciding = [name for name in self.recogniser.deciding if name in self.given]
        return any(self.recogniser.covers(name, self.given[name], text) for name in deciding)

    def _groups(self, letters: str) -> list[tuple[str, Guess]]:
        """Return the heading of each group of rows, or an empty text, with what a stub seems to be in these rows."""
        if letters not in self._found_groups:
            headings, header = self._headings(letters), self.shape.header(letters)
            named = {heading: headings.header(heading) or header for heading in headings.groups}
            found = {heading: self._group(letters, rows, named[heading]) for heading, rows in headings.groups.items()}
            self._found_groups[letters] = list(self._with_totals(letters, found).items())
        return self._found_groups[letters]

    def _group(self, letters: str, rows: Sequence[int], header: str | None) -> Guess:
        texts = [self.shape.cells.text(letters, row) or "" for row in rows]
        guess = self._guess(list(dict.fromkeys(texts)), header, self.shape.title)
        return self._unnested(guess, texts, alone=True)

    def _unnested(self, guess: Guess, texts: Sequence[str], *, alone: bool = False) -> Guess:
        """Return an open guess where members of one component seem to stand below those of another."""
        if len(guess.components) < len(("one", "other")):
            return guess
        owners = {text: name for name in guess.components for text in self.recogniser.members([name], texts)}
        known = {text for name in guess.components for text in self.recogniser.codes(name, texts)}
        is_nested = is_nested_by_order(texts, owners, set(texts) - known if alone else (), alone=alone)
        return Guess((), "nested", 0, guess.labels, guess.components) if is_nested else guess

    def _with_totals(self, letters: str, groups: Mapping[str, Guess]) -> Mapping[str, Guess]:
        """Return the guesses, and where a group has nothing but totals, that it has those of another group."""
        components = next((guess.components[:1] for guess in groups.values() if len(guess.components) == 1), ())
        if not components or len(groups) == 1:
            return groups
        texts = {heading: self._labels(letters, rows) for heading, rows in self._headings(letters).groups.items()}
        totals = {
            heading: Guess(components, "members", len(texts[heading]), len(texts[heading]))
            for heading, guess in groups.items()
            if not guess.components and all(map(self.recogniser.is_total, texts[heading]))
        }
        return {**groups, **totals}

    def _stub(self, name: str, letters: str) -> None:
        headings, groups = self._headings(letters), dict(self._groups(letters))
        for section, texts in ((headings.name, headings.members), (headings.upper_name, headings.upper_members)):
            if texts:
                self._section(headings, section, texts)
        whole = self._whole(headings, groups)
        if whole is None:
            for heading, guess in groups.items():
                self._add(name, guess, {headings.name: heading})
        elif whole.reason == TIMES and not self.time:
            self.time = name
        elif not self.part and self.time and self._is_of_parts(letters):
            self.part = name
        elif whole.reason != "empty":
            self._add(name, whole, {})

    def _whole(self, headings: Headings, groups: Mapping[str, Guess]) -> Guess | None:
        """Return what a stub is in all rows, or None where that depends on the headings."""
        if len(groups) <= 1:
            return next(iter(groups.values()), Guess((), "empty"))
        if headings.has_rows_above or any(map(headings.header, headings.groups)):
            return None
        letters = headings.letters
        rows = [row for group in headings.groups.values() for row in group]
        whole = self._group(letters, rows, self.shape.header(letters))
        is_same = all(guess.components == whole.components for guess in groups.values())
        return whole if is_same and len(whole.components) == 1 else None

    def _section(self, headings: Headings, name: str, texts: Sequence[str]) -> None:
        """Add what headings are members of; what nobody understands is open, and never left out."""
        guess = self._guess(texts, None, self.shape.title)
        guess = Guess((), "unknown", 0, len(texts)) if headings.is_unclear else guess
        is_whole = not headings.has_rows_above and set(texts) in (set(headings.groups), set(headings.upper))
        if is_whole and guess.reason == TIMES and not self.time and name == headings.name:
            self.time = name
        elif is_whole and len(headings.groups) > 1:
            self._add(name, guess, {})
        else:
            guess = _another_time(guess) if guess.reason == TIMES else guess
            for text in texts:
                self._add(name, guess, {name: text})

    def _layout(self) -> Layout:
        shape = self.shape
        read = [letters for letters in shape.stubs if f"column {letters}" not in self.left_out]
        sections = [section for letters in read for section in self._headings(letters).sections()]
        figures = Range(shape.figures[0], shape.rows.start, shape.figures[-1], shape.rows.stop - 1)
        sheet = shape.cells.grid.sheet
        fill = frozenset(
            {*filled_headers(shape, self.recogniser), *(filled_stubs(shape, read) if not sections else ())}
        )
        return Layout(
            figures, shape.headers, shape.stubs, sheets=(sheet,) if sheet else (), fill=fill, sections=tuple(sections)
        )

    def _constants(self, found: Mapping[str, tuple[str, Reason]]) -> dict[str, tuple[str, Reason]]:
        """Return what holds for all of the table; what no column gives in all rows and nobody says is open."""
        always = {name for column in self.columns if not column.when for name in column.components}
        constants = {name: (code, Reason("suggest.given")) for name, code in self.given.items()}
        needed = [*self.recogniser.needed, *([] if self.time else [self.recogniser.time])]
        for name in needed:
            if name not in always and name not in constants:
                constants[name] = found.get(name, (OPEN, Reason("suggest.open")))
        return constants


def _another_time(guess: Guess) -> Guess:
    """Return an open guess: a second time says something else than when a figure is of, such as a year of birth."""
    return Guess((), "ambiguous", 0, guess.labels, guess.components)


def _by_component(guesses: Mapping[str, Guess]) -> dict[str, list[str]]:
    """Return the columns of each component that several columns seem to give."""
    found: dict[str, list[str]] = {}
    for letters, guess in guesses.items():
        if len(guess.components) == 1:
            found.setdefault(guess.components[0], []).append(letters)
    return {component: several for component, several in found.items() if len(several) > 1}


def _reason(guess: Guess) -> Reason:
    params = {"known": guess.known, "labels": guess.labels, "candidates": ", ".join(guess.candidates)}
    return Reason(f"suggest.{guess.reason}", params)
