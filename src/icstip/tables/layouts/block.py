"""A table of a layout in its sheet: which text says what of each row and column, and in which cell it stands."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, TypeVar

import polars as pl

from icstip.tables.grid import Grid, letters_of, position_of
from icstip.tables.header import folded_header
from icstip.tables.layouts.layout import FLAG, Layout, Section

K = TypeVar("K")


class Said(NamedTuple):
    """A text with the address of its cell; a text that is None is a blank."""

    text: str | None
    address: str


@dataclass(frozen=True)
class Block:
    """A table of a layout in its sheet.

    Attributes:
        grid: The sheet.
        layout: Where in it the table stands.
    """

    grid: Grid
    layout: Layout

    @cached_property
    def rows(self) -> range:
        """The rows of the figures, 1-based, up to the last one with a text in it."""
        figures = self.layout.figures
        last = min(figures.last_row or self.grid.frame.height, self.grid.frame.height)
        return range(figures.first_row, last + 1)

    @cached_property
    def columns(self) -> list[str]:
        """The letters of the columns of figures: those that say something in the header or in a row."""
        figures, frame = self.layout.figures, self.grid.frame
        first, last = position_of(figures.first_column), position_of(figures.last_column or "XFD")
        none = {*self.layout.stubs, *self.layout.flags, *self.layout.skipped}
        inside = [name for name in frame.columns if first <= position_of(name) <= last and name not in none]
        body = frame.slice(self.rows.start - 1, len(self.rows)).select(pl.col(inside).is_not_null().any())
        has_figures = dict(zip(inside, body.row(0), strict=True)) if body.height else {}
        headed = {name for texts in self.by_column.values() for name, said in texts.items() if said.text is not None}
        return [name for name in inside if has_figures.get(name) or name in headed]

    @cached_property
    def by_column(self) -> Mapping[str, Mapping[str, Said]]:
        """What each header row says of each column, by the name of the header row and the letters of the column."""
        return {name: self._header(name, row) for name, row in self.layout.header_names.items()}

    @cached_property
    def by_row(self) -> Mapping[str, Mapping[int, Said]]:
        """What stub columns and sections say of each row, by their name and the 1-based row."""
        stubs = {name: self._stub(name, letters) for name, letters in self.layout.stub_names.items()}
        return {**stubs, **{section.name: self._section(section) for section in self.layout.sections}}

    @cached_property
    def section_rows(self) -> frozenset[int]:
        """The rows that say what those below them are."""
        return frozenset(row for section in self.layout.sections for row, _ in self._headings(section))

    def address(self, column: str, row: int, letters: str) -> str:
        """Return the address of the cell in which a column of the record of a figure stands.

        Args:
            column: Name of the column of records.
            row: 1-based row of the figure.
            letters: Letters of the column of the figure.
        """
        column = self._sources.get(column, column)
        said = self.by_column.get(column, {}).get(letters) or self.by_row.get(column, {}).get(row)
        if said is not None:
            return said.address
        return f"{self.flags.get(letters, letters) if column == FLAG else letters}{row}"

    @cached_property
    def flags(self) -> Mapping[str, str]:
        """The letters of the column with signs by those of the column of figures that they are about."""
        found: dict[str, str] = {}
        for flag in self.layout.flags:
            before = [name for name in self.columns if position_of(name) < position_of(flag)]
            if before:
                found.setdefault(before[-1], flag)
        return found

    def headings(self) -> Iterator[tuple[str, str]]:
        """Yield each column of records that a mapping can read, with the address of the first cell that it is of."""
        for name, row in self.layout.header_names.items():
            yield name, f"{self.layout.figures.first_column}{row}"
        for name, letters in self.layout.stub_names.items():
            yield name, f"{letters}{self.layout.figures.first_row}"
        for section in self.layout.sections:
            yield section.name, f"{section.column}{next(iter(self._headings(section)), (self.rows.start, ''))[0]}"

    @cached_property
    def _sources(self) -> Mapping[str, str]:
        return {part: split.column for split in self.layout.splits for part in split.into}

    @cached_property
    def _merged(self) -> Mapping[tuple[str, int], tuple[str, int]]:
        """The first cell of those that are one, by each of the others."""
        return {
            (letters_of(column), row): (letters_of(area.first_column), area.first_row)
            for area in self.grid.merged
            for column in range(area.first_column, area.last_column + 1)
            for row in range(area.first_row, area.last_row + 1)
        }

    def _text(self, letters: str, row: int) -> Said:
        """Return the text of a cell, for one that is merged with others that of the first of them."""
        letters, row = self._merged.get((letters, row), (letters, row))
        frame = self.grid.frame
        there = letters in frame.columns and row <= frame.height
        return Said(frame[letters][row - 1] if there else None, f"{letters}{row}")

    def _header(self, name: str, row: int) -> dict[str, Said]:
        figures = self.layout.figures
        texts = {
            letters: self._text(letters, row)
            for letters in self.grid.frame.columns
            if position_of(letters) >= position_of(figures.first_column)
        }
        return _filled(texts) if name in self.layout.fill else texts

    def _stub(self, name: str, letters: str) -> dict[int, Said]:
        texts = {row: self._text(letters, row) for row in self.rows}
        return _filled(texts) if name in self.layout.fill else texts

    def _headings(self, section: Section) -> Iterator[tuple[int, str]]:
        """Yield the rows of headings with their texts.

        Where a text stands in rows with figures and in others, those with figures are members of the same name.
        """
        known = {folded_header(label) for label in section.labels}
        if section.column not in self.grid.frame.columns:
            return
        texts = self.grid.frame[section.column]
        found = [(row, text) for row in self.rows if (text := texts[row - 1]) and folded_header(text) in known]
        without = {folded_header(text) for row, text in found if row not in self._with_figures}
        for row, text in found:
            if row not in self._with_figures or folded_header(text) not in without:
                yield row, text

    @cached_property
    def _with_figures(self) -> frozenset[int]:
        """The rows that have a text in a column of figures."""
        texts = self.figure_texts()
        if not self.columns:
            return frozenset()
        return frozenset(texts.filter(pl.any_horizontal(pl.col(self.columns).is_not_null()))["row"].to_list())

    def _section(self, section: Section) -> dict[int, Said]:
        headings = dict(self._headings(section))
        said: dict[int, Said] = {}
        last = Said(None, f"{section.column}{self.rows.start}")
        for row in self.rows:
            if row in headings:
                last = Said(headings[row], f"{section.column}{row}")
            said[row] = last
        return said

    @cached_property
    def kept(self) -> pl.DataFrame:
        """A row for each row of figures: ``row``, and whether it is ``kept``: whether it has records."""
        filled = self._with_figures
        stubs = [self.by_row[name] for name in self.layout.stub_names]
        labelled = (row for row in self.rows if stubs and all(said[row].text is not None for said in stubs))
        among = range(min(filled, default=0) + 1, max(filled, default=0))
        kept = [*filled, *(row for row in labelled if row in among and row not in self.section_rows)]
        return self.figure_texts().select("row", kept=pl.col("row").is_in(kept))

    def figure_texts(self) -> pl.DataFrame:
        """Return a row for each row of figures: ``row`` (UInt32, 1-based) and the columns of figures and flags."""
        body = self.grid.frame.with_row_index("row", offset=1).slice(self.rows.start - 1, len(self.rows))
        return body.select("row", *self.columns, *self.flags.values())


def _filled(texts: Mapping[K, Said]) -> dict[K, Said]:
    """Return the texts with each blank being what stands before it."""
    filled: dict[K, Said] = {}
    last: Said | None = None
    for key, said in texts.items():
        last = said if said.text is not None or last is None else last
        filled[key] = last
    return filled
