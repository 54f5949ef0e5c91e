"""A table with several figures in a row → a draft of its mapping."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import polars as pl

from icstip.mapping.suggesting.draft import ColumnDraft, Reason
from icstip.mapping.suggesting.evidence import agree, follows
from icstip.mapping.suggesting.layouts.filling import filled_headers, filled_stubs
from icstip.mapping.suggesting.layouts.headings import Headings
from icstip.mapping.suggesting.layouts.sketch import TIMES, Sketch, another_time
from icstip.mapping.suggesting.layouts.splitting import in_two
from icstip.mapping.suggesting.recognising.guess import Guess
from icstip.mapping.suggesting.shaping.headers import open_shares
from icstip.standard.model import TOTAL
from icstip.tables.layouts.layout import FLAG, Layout, Range, Split

_MANY = 5


@dataclass
class CrossTable:
    """Drafts a table with several figures in a row.

    Attributes:
        sketch: What is known so far.
    """

    sketch: Sketch
    _found_groups: dict[str, list[tuple[str, Guess]]] = field(default_factory=dict)
    _found_headings: dict[str, Headings] = field(default_factory=dict)

    def draft(self) -> None:
        """Add what header rows and stubs give."""
        for row in self.sketch.shape.telling:
            self._header(row)
        stubs = self._stubs()
        for letters in sorted(stubs, key=self.sketch.is_unnamed):
            self._stub(f"column {letters}", letters)
        if self.sketch.shape.flags:  # letters such as p and r can be codes of anything
            labels = {text for letters in self.sketch.shape.flags for text in self.sketch.labels(letters)}
            self.sketch.add(FLAG, Guess((), "flags", 0, len(labels)), {})

    def _header(self, row: int) -> None:
        name, sketch = f"row {row}", self.sketch
        texts = [sketch.shape.cells.text(letters, row) for letters in sketch.shape.figures]
        labels = list(dict.fromkeys(text for text in texts if text is not None))
        guess = sketch.guess(labels, None, (*sketch.shape.title, *sketch.shape.headers))
        if guess.reason == TIMES and not sketch.time:
            sketch.take_time(name, guess)
        elif sketch.time and not sketch.part and labels and all(map(sketch.recogniser.periods.is_part, labels)):
            sketch.part = name
        elif _is_understood(guess) or not self._split(name, labels):
            shares = open_shares(guess, sketch.recogniser, labels)
            sketch.add(name, replace(guess, meanings={**guess.meanings, **shares}), {})

    def _split(self, name: str, labels: Sequence[str]) -> bool:
        """Take texts apart that say two things at once, if both are understood, and return whether they do."""
        names, sketch = (f"{name} (1)", f"{name} (2)"), self.sketch
        for parts in in_two(labels, sketch.recogniser.is_total):
            both = [sketch.guess(texts, None, sketch.shape.title) for texts in (parts.first, parts.second)]
            given = [guess.components for guess in both]
            is_understood = all(guess.known == guess.labels and len(guess.components) == 1 for guess in both)
            has_two_times = bool(sketch.time) and (sketch.recogniser.time,) in given
            if is_understood and given[0] != given[1] and not has_two_times:
                sketch.splits.append(Split(name, parts.by, names))
                for part, guess in zip(names, both, strict=True):
                    self._part(part, guess)
                alone = parts.alone if both[1].reason != TIMES else ()
                whens = ({names[0]: text} for text in alone)
                sketch.columns += [
                    ColumnDraft(names[1], given[1], Reason("suggest.alone"), when, TOTAL) for when in whens
                ]
                return True
        return False

    def _part(self, name: str, guess: Guess) -> None:
        if guess.reason == TIMES:
            self.sketch.take_time(name, guess)
        else:
            self.sketch.add(name, guess, {})

    def _stubs(self) -> list[str]:
        """Return the stub columns to read: of several that say the same, the one that is understood best."""
        kept: list[str] = []
        known = {name: self._known(name) for name in self.sketch.shape.stubs}
        for name in sorted(self.sketch.shape.stubs, key=lambda name: -known[name]):
            same = [other for other in kept if self._says_the_same(name, other)]
            if same:
                self.sketch.left_out[f"column {name}"] = Reason("suggest.same", {"column": f"column {same[0]}"})
            else:
                kept.append(name)
        return [name for name in self.sketch.shape.stubs if name in kept]

    def _says_the_same(self, one: str, other: str) -> bool:
        """Return whether two stubs have the same to say, in two languages: with few labels that can be by chance."""
        mine, theirs = self._can_give(one), self._can_give(other)
        if mine.isdisjoint(theirs) and (mine or self.sketch.recogniser.time in theirs):
            return False  # with one row a year all follows from the years, and an age is no other word for a form
        frame = self.sketch.body([one, other])
        if not (follows(frame, one, [other]) and follows(frame, other, [one])):
            return False
        return frame[one].n_unique() >= _MANY or self._means_the_same(frame, one, other)

    def _means_the_same(self, frame: pl.DataFrame, one: str, other: str) -> bool:
        first, second = (
            self.sketch.recogniser.column(self.sketch.labels(one)),
            self.sketch.recogniser.column(self.sketch.labels(other)),
        )
        if len(first.components) != 1 or first.components != second.components:
            return False
        (component,) = first.components
        codes = self.sketch.recogniser.codes(component, self.sketch.labels(one))
        others = self.sketch.recogniser.codes(component, self.sketch.labels(other))
        return bool(codes) and agree(frame, one, other, codes, others)

    def _known(self, letters: str) -> int:
        return sum(guess.known for _, guess in self._groups(letters))

    def _can_give(self, letters: str) -> set[str]:
        """Return the components that a stub gives, or can give where that is open."""
        return {name for _, guess in self._groups(letters) for name in (*guess.components, *guess.candidates)}

    def _groups(self, letters: str) -> list[tuple[str, Guess]]:
        """Return the heading of each group of rows, or an empty text, with what a stub seems to be in these rows."""
        if letters not in self._found_groups:
            headings, header = self._headings(letters), self.sketch.shape.header(letters)
            named = {heading: headings.header(heading) or header for heading in headings.groups}
            found = {heading: self._group(letters, rows, named[heading]) for heading, rows in headings.groups.items()}
            self._found_groups[letters] = list(self._with_totals(letters, found).items())
        return self._found_groups[letters]

    def _headings(self, letters: str) -> Headings:
        if letters not in self._found_headings:
            self._found_headings[letters] = Headings(
                self.sketch.shape, self.sketch.recogniser, letters, self._is_subject
            )
        return self._found_headings[letters]

    def _is_subject(self, text: str) -> bool:
        """Return whether words say no more than what was said of the whole table: "Victims", of victims detected."""
        deciding = [name for name in self.sketch.recogniser.deciding if name in self.sketch.given]
        return any(self.sketch.recogniser.covers(name, self.sketch.given[name], text) for name in deciding)

    def _group(self, letters: str, rows: Sequence[int], header: str | None) -> Guess:
        texts = [self.sketch.shape.cells.text(letters, row) or "" for row in rows]
        guess = self.sketch.guess(list(dict.fromkeys(texts)), header, self.sketch.shape.title)
        return self.sketch.unnested(guess, texts, alone=True)

    def _with_totals(self, letters: str, groups: Mapping[str, Guess]) -> Mapping[str, Guess]:
        """Return the guesses, and where a group has nothing but totals, that it has those of another group."""
        components = next((guess.components[:1] for guess in groups.values() if len(guess.components) == 1), ())
        if not components or len(groups) == 1:
            return groups
        texts = {heading: self.sketch.labels(letters, rows) for heading, rows in self._headings(letters).groups.items()}
        totals = {
            heading: Guess(components, "members", len(texts[heading]), len(texts[heading]))
            for heading, guess in groups.items()
            if not guess.components and all(map(self.sketch.recogniser.is_total, texts[heading]))
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
                self.sketch.add(name, guess, {headings.name: heading})
        elif whole.reason == TIMES and not self.sketch.time:
            self.sketch.take_time(name, whole)
        elif not self.sketch.part and self.sketch.time and self.sketch.is_of_parts(letters):
            self.sketch.part = name
        elif whole.reason != "empty" and (_is_understood(whole) or not self._split(name, self.sketch.labels(letters))):
            self.sketch.add(name, whole, {})

    def _whole(self, headings: Headings, groups: Mapping[str, Guess]) -> Guess | None:
        """Return what a stub is in all rows, or None where that depends on the headings."""
        if len(groups) <= 1:
            return next(iter(groups.values()), Guess((), "empty"))
        if headings.has_rows_above or any(map(headings.header, headings.groups)):
            return None
        letters = headings.letters
        rows = [row for group in headings.groups.values() for row in group]
        whole = self._group(letters, rows, self.sketch.shape.header(letters))
        is_same = all(guess.components == whole.components for guess in groups.values())
        return whole if is_same and len(whole.components) == 1 else None

    def _section(self, headings: Headings, name: str, texts: Sequence[str]) -> None:
        """Add what headings are members of; what nobody understands is open, and never left out."""
        guess = self.sketch.guess(texts, None, self.sketch.shape.title)
        guess = Guess((), "unknown", 0, len(texts)) if headings.is_unclear else guess
        is_whole = not headings.has_rows_above and set(texts) in (set(headings.groups), set(headings.upper))
        if is_whole and guess.reason == TIMES and not self.sketch.time and name == headings.name:
            self.sketch.take_time(name, guess)
        elif is_whole and len(headings.groups) > 1:
            self.sketch.add(name, guess, {})
        else:
            guess = another_time(guess) if guess.reason == TIMES else guess
            for text in texts:
                self.sketch.add(name, guess, {name: text})

    def layout(self) -> Layout:
        """Return where the figures stand, when all is drafted."""
        shape = self.sketch.shape
        read = [letters for letters in shape.stubs if f"column {letters}" not in self.sketch.left_out]
        sections = [section for letters in read for section in self._headings(letters).sections()]
        figures = Range(shape.figures[0], shape.rows.start, shape.figures[-1], shape.rows.stop - 1)
        sheet = shape.cells.grid.sheet
        fill = frozenset(
            {*filled_headers(shape, self.sketch.recogniser), *(filled_stubs(shape, read) if not sections else ())}
        )
        return Layout(
            figures,
            shape.telling,
            shape.stubs,
            sheets=(sheet,) if sheet else (),
            fill=fill,
            sections=tuple(sections),
            splits=tuple(self.sketch.splits),
            flags=shape.flags,
        )


def _is_understood(guess: Guess) -> bool:
    return bool(guess.components) and guess.known == guess.labels
