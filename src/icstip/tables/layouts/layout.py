"""Where the figures of a table stand in a sheet, and which cells say what they are. Frozen values."""

import re
from dataclasses import dataclass
from typing import Final

from icstip.tables.grid import position_of

FIGURES: Final = "figures"
SHEET: Final = "sheet"
TABLE: Final = "table"
FLAG: Final = "flag"

_RANGE: Final = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6}):([A-Z]{1,3})?([1-9][0-9]{0,6})?")


@dataclass(frozen=True, slots=True)
class Range:
    """Cells from one to another, as ``D5:M60``; without the second one, or a part of it, to the end of the sheet.

    Attributes:
        first_column: Letters.
        first_row: 1-based.
        last_column: Letters, or an empty text.
        last_row: 1-based, or 0.
    """

    first_column: str
    first_row: int
    last_column: str = ""
    last_row: int = 0

    @classmethod
    def parse(cls, text: str) -> "Range | None":
        """Return the cells that a text means, or None.

        Example:
            >>> Range.parse("D5:M60")
            Range(first_column='D', first_row=5, last_column='M', last_row=60)
            >>> str(Range.parse("D5:")), Range.parse("5D"), Range.parse("D5:C9")
            ('D5:', None, None)
        """
        found = _RANGE.fullmatch(text)
        if found is None:
            return None
        cells = cls(found[1], int(found[2]), found[3] or "", int(found[4] or 0))
        backwards = cells.last_column and position_of(cells.last_column) < position_of(cells.first_column)
        return None if backwards or 0 < cells.last_row < cells.first_row else cells

    def __str__(self) -> str:
        return f"{self.first_column}{self.first_row}:{self.last_column}{self.last_row or ''}"


@dataclass(frozen=True, slots=True)
class Section:
    """Rows that say what those below them are, up to the next such row.

    Attributes:
        name: Name of the column of records that they give.
        column: Letters of the column where they stand.
        labels: What they say; a row with another text is none of them.
    """

    name: str
    column: str
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Split:
    """A text that joins what would be several columns or rows: ``Adults - Negative``.

    Attributes:
        column: Name of the column of records with the texts.
        by: What stands between the parts.
        into: Names of the columns of records for the parts in their order; the last one takes what is left.
    """

    column: str
    by: str
    into: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """A table in a sheet.

    The records that it becomes have a column for each header row (``row 3``), each stub column (``column A``), each
    section and each part of a split text, and `SHEET`, `TABLE`, `FLAG`.

    Attributes:
        figures: The cells with the figures.
        headers: 1-based rows that say what the columns are.
        stubs: Letters of the columns that say what the rows are.
        name: What the table is called, where a sheet has several.
        sheets: Names of the sheets that look like this; none means the first one with a text in each header row.
        fill: The header rows and stub columns in which a blank repeats what stands before it.
        flags: Letters of the columns with signs about the figure to their left.
        skipped: Letters of the columns among the figures that are none.
    """

    figures: Range
    headers: tuple[int, ...] = ()
    stubs: tuple[str, ...] = ()
    name: str = ""
    sheets: tuple[str, ...] = ()
    fill: frozenset[str] = frozenset()
    sections: tuple[Section, ...] = ()
    splits: tuple[Split, ...] = ()
    flags: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()

    @property
    def header_names(self) -> dict[str, int]:
        """The header rows by the names of their columns of records."""
        return {f"row {row}": row for row in self.headers}

    @property
    def stub_names(self) -> dict[str, str]:
        """The letters of the stub columns by the names of their columns of records."""
        return {f"column {letters}": letters for letters in self.stubs}

    def names(self) -> list[str]:
        """Return the names of all columns of records that a mapping can read."""
        parts = [name for split in self.splits for name in split.into]
        sections = [section.name for section in self.sections]
        return [*self.stub_names, *sections, *self.header_names, *parts, SHEET, TABLE, FLAG]
