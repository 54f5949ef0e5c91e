"""A table in a sheet → a draft of its mapping."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

import polars as pl

from icstip.mapping.model import OPEN
from icstip.mapping.suggesting.draft import UNSAID, ColumnDraft, Draft, Reason, Written
from icstip.mapping.suggesting.evidence import how_written
from icstip.mapping.suggesting.layouts.cross import CrossTable
from icstip.mapping.suggesting.layouts.long import LongTable
from icstip.mapping.suggesting.layouts.sketch import Sketch
from icstip.mapping.suggesting.marks import parted
from icstip.mapping.suggesting.recognise import Recogniser
from icstip.mapping.suggesting.shape import Shape
from icstip.tables.layouts.layout import FIGURES, Layout


@dataclass
class Drafting:
    """Drafts the mapping of one table.

    Attributes:
        shape: The table.
        recogniser: What recognises columns.
        given: Constants that are known beforehand.
    """

    shape: Shape
    recogniser: Recogniser
    given: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def _sketch(self) -> Sketch:
        return Sketch(self.shape, self.recogniser, self.given)

    def draft(self, constants: Mapping[str, tuple[str, Reason]]) -> Draft:
        """Return the draft.

        Args:
            constants: What the words around the table say of all of it.
        """
        layout = self._layout()
        sketch = self._sketch
        columns = (self._said(column) for column in sketch.columns)
        return Draft(
            self.shape,
            layout,
            FIGURES if layout else sketch.name(self.shape.figures[0]),
            sketch.time,
            sketch.part,
            self._constants(constants),
            tuple(columns),
            sketch.left_out,
            self._written(),
            sketch.times,
        )

    def _said(self, column: ColumnDraft) -> ColumnDraft:
        """Return a column with figures that nobody speaks of as one."""
        unsaid = {name for letters in self.shape.unsaid for name in (self._sketch.name(letters), f"column {letters}")}
        is_open = not column.components and column.column in unsaid
        return replace(column, reason=Reason(UNSAID)) if is_open else column

    def _layout(self) -> Layout | None:
        """Draft what rows and columns give, and return the layout of a table with several figures in a row."""
        if self.shape.is_long:
            LongTable(self._sketch).draft()
            return None
        table = CrossTable(self._sketch)
        table.draft()
        return table.layout()

    def _written(self) -> Written:
        figures = self._sketch.body(self.shape.figures).get_columns()
        cells = pl.concat([column.rename(FIGURES) for column in figures], rechunk=True)
        texts = cells.drop_nulls().unique(maintain_order=True).to_list()
        parts = [parted(text) for text in texts if any(map(str.isdecimal, text))]
        marks = sorted({mark for _, mark in parts} - {""})
        written = how_written(
            [figure for figure, _ in parts], [text for text in texts if not any(map(str.isdecimal, text))]
        )
        return replace(written, marks={mark: self.recogniser.mark(mark) for mark in marks})

    def _constants(self, found: Mapping[str, tuple[str, Reason]]) -> dict[str, tuple[str, Reason]]:
        """Return what holds for all of the table; what no column gives in all rows and nobody says is open."""
        always = {name for column in self._sketch.columns if not column.when for name in column.components}
        constants = {name: (code, Reason("suggest.given")) for name, code in self.given.items()}
        needed = [*self.recogniser.needed, *([] if self._sketch.time else [self.recogniser.time])]
        for name in needed:
            if name not in always and name not in constants:
                constants[name] = found.get(name, (OPEN, Reason("suggest.open")))
        # What words leave open beside these, such as thousands of persons.
        asked = {name: said for name, said in found.items() if said[0] == OPEN and name not in always}
        return {**asked, **constants}
