"""A draft as a picture of its sheet: what each cell was taken for."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import cached_property
from typing import Final, NamedTuple

from icstip.mapping.labels import Labels
from icstip.mapping.model import OPEN
from icstip.mapping.suggesting.cells import Kind
from icstip.mapping.suggesting.draft import ColumnDraft, Draft
from icstip.mapping.suggesting.marks import parted
from icstip.mapping.suggesting.recognise import Recogniser
from icstip.tables.layouts.block import Block, Said
from icstip.tables.layouts.layout import FLAG

MOST_ROWS: Final = 300
MOST_COLUMNS: Final = 60


class Taken(StrEnum):
    """What a cell was taken for."""

    FIGURE = "figure"
    LABEL = "label"
    TIME = "time"
    OPEN = "open"
    LEFT_OUT = "left_out"
    NOTE = "note"
    NOTHING = "nothing"


class Cell(NamedTuple):
    """A cell of the picture: its text, what it was taken for, and the codes that it means."""

    text: str
    taken: str
    codes: str = ""


class Picture:
    """Draws the sheet of a draft.

    Args:
        draft: The draft.
        recogniser: What recognised it.
        labels: What labels mean, for the names of codes.
        language: Language of the names.
    """

    def __init__(self, draft: Draft, recogniser: Recogniser, labels: Labels, language: str = "en") -> None:
        self._draft = draft
        self._recogniser = recogniser
        self._labels = labels
        self._language = language
        self._codes: dict[tuple[int, str], tuple[str, str]] = {}
        self._open_marks = {mark for mark, codes in draft.written.marks.items() if not codes}

    def rows(self) -> Iterator[list[Cell]]:
        """Yield the first rows of the sheet, each with its first cells."""
        frame = self._draft.shape.cells.grid.frame
        columns = frame.columns[:MOST_COLUMNS]
        for row, texts in enumerate(frame.select(columns).head(MOST_ROWS).iter_rows(), 1):
            yield [
                Cell("", Taken.NOTHING) if text is None else self._cell(text, letters, row)
                for letters, text in zip(columns, texts, strict=True)
            ]

    def _cell(self, text: str, letters: str, row: int) -> Cell:
        shape = self._draft.shape
        if row in shape.title or row in shape.notes:
            return Cell(text, Taken.NOTE)
        if row in shape.headers:
            return self._header(text, letters, row)
        if letters in shape.figures and row in shape.rows:
            is_open = shape.cells.column(letters)[row - 1] in {Kind.SIGN, Kind.TEXT}
            is_open |= parted(text)[1] in self._open_marks
            return Cell(text, Taken.OPEN if is_open else Taken.FIGURE)
        if letters in shape.flags and row in shape.rows:
            return self._said(text, FLAG, "")
        if letters in shape.stubs and row in shape.rows:
            return self._stub(text, letters, row)
        return Cell(text, Taken.NOTHING)

    def _header(self, text: str, letters: str, row: int) -> Cell:
        if self._draft.layout is None or letters not in self._draft.shape.figures:
            return Cell(text, Taken.NOTHING)
        return self._said(text, f"row {row}", "")

    def _stub(self, text: str, letters: str, row: int) -> Cell:
        shape = self._draft.shape
        name = f"column {letters}" if self._draft.layout else shape.header(letters) or f"({letters})"
        if row in shape.headings:
            is_heading = any(texts[row].address == f"{letters}{row}" for texts in self._sections.values())
            return Cell(text, Taken.LABEL if is_heading else Taken.LEFT_OUT)
        above = self._sections.get(f"section {letters}", {}).get(row)
        return self._said(text, name, above.text or "" if above else "")

    def _said(self, text: str, column: str, heading: str) -> Cell:
        draft = self._draft
        if column in draft.left_out:
            return Cell(text, Taken.LEFT_OUT)
        if column in (draft.time, draft.part):
            return Cell(text, Taken.TIME)
        for place, known in enumerate(draft.columns):
            if known.column == column and (not known.when or heading in known.when.values()):
                taken, codes = self._meaning(place, known, text)
                return Cell(text, taken, codes)
        return Cell(text, Taken.NOTHING)

    def _meaning(self, place: int, column: ColumnDraft, text: str) -> tuple[str, str]:
        if (place, text) not in self._codes:
            self._codes[place, text] = self._looked_up(column, text)
        return self._codes[place, text]

    def _looked_up(self, column: ColumnDraft, text: str) -> tuple[str, str]:
        if not column.components:
            return Taken.OPEN, OPEN
        if meaning := column.meanings.get(text):
            pairs = {meaning.component: meaning.code, **meaning.also}
            return (Taken.OPEN if meaning.code == OPEN else Taken.LABEL), self._told(pairs)
        codes = {name: found[text] for name in column.components if (found := self._recogniser.codes(name, [text]))}
        return Taken.LABEL, self._told(codes)

    def _told(self, codes: Mapping[str, str]) -> str:
        return ", ".join(f"{component} = {self._described(component, code)}" for component, code in codes.items())

    def _described(self, component: str, code: str) -> str:
        codelist = self._recogniser.codelist(component)
        return self._labels.described(codelist, code, self._language) if codelist and code != OPEN else code

    @cached_property
    def _sections(self) -> Mapping[str, Mapping[int, Said]]:
        """What each section of the layout says of each row."""
        if self._draft.layout is None:
            return {}
        block = Block(self._draft.shape.cells.grid, self._draft.layout)
        return {section.name: block.by_row[section.name] for section in block.layout.sections}
