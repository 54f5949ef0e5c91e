"""A sheet as it is: every cell as text, at its place."""

from dataclasses import dataclass

import polars as pl

from icstip.findings import Finding, Place
from icstip.tables.digits import DIGITS

MAX_CELLS = 60_000_000
"""How many cells a sheet may have, from the first to the last one and with those that are empty."""

BROKEN = "#ERROR!"
"""Text of a cell that holds an error value (``#DIV/0!``, ``#REF!``) instead of a value."""

MAX_COLUMNS = 16_384
"""How many columns a sheet of a workbook has."""

MAX_ROWS = 1_048_576
"""How many rows a sheet of a workbook has."""

# What stands between Arabic digits: a decimal point, and a sign between thousands that can be nothing else.
_NUMERALS = {**DIGITS, "\u066b": ".", "\u066c": "\u202f"}
_FOREIGN = r"[\p{Nd}--[0-9]]|[\x{066B}\x{066C}]"
_ODD = r"[\x00-\x08\x0B-\x1F\x{FEFF}\x{FFFE}\x{FFFF}]"


@dataclass(frozen=True, slots=True)
class Area:
    """Cells that are one: 1-based columns and rows, the last ones included."""

    first_column: int
    first_row: int
    last_column: int
    last_row: int


@dataclass(frozen=True)
class Grid:
    """The cells of a sheet.

    Attributes:
        file: Name of the file, as reports show it.
        sheet: Name of the sheet, or None in a file without sheets.
        frame: One String column a sheet column, named by its letters (``A``, ``B``, …); row *i* of the frame is row
            *i + 1* of the sheet. White space around a text is gone; a cell without text is null, one with an error
            value holds `BROKEN`.
        findings: What reading had to assume or repair, and what a person who looks at the sheet does not see.
        merged: Cells that are merged into one; the text stands in the first of them, the others are null.
        hidden_rows: The 1-based rows of the frame that the sheet does not show; their texts are in the frame.
        hidden_columns: The letters of the columns of the frame that the sheet does not show; their texts are, too.
    """

    file: str
    sheet: str | None
    frame: pl.DataFrame
    findings: tuple[Finding, ...] = ()
    merged: tuple[Area, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[str] = frozenset()

    def place(self, letters: str | None = None, row: int | None = None) -> Place:
        """Return the place of a cell (letters and 1-based row), of a row, or of the sheet."""
        cell = f"{letters}{row}" if letters and row else None
        return Place(self.file, self.sheet, cell, row)


def letters_of(position: int) -> str:
    """Return the letters of a 1-based column position.

    >>> letters_of(1), letters_of(28)
    ('A', 'AB')
    """
    letters = ""
    while position:
        position, rest = divmod(position - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def position_of(letters: str) -> int:
    """Return the 1-based position of a column's letters.

    >>> position_of("AB")
    28
    """
    position = 0
    for letter in letters:
        position = position * 26 + ord(letter) - ord("A") + 1
    return position


def clean_cells(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the frame with texts that can be written anywhere, and null for cells without text.

    White space around texts and byte order marks are gone; lines end as on Unix; a control character, which XML 1.0
    cannot carry (clause 2.2), is a blank. Decimal digits of any script are written with ours, as is what stands between
    them in Arabic.
    """
    has_foreign = frame.select(pl.all().str.contains(_FOREIGN).any())
    foreign = [column for column in frame.columns if has_foreign[column].item()]
    frame = frame.with_columns(pl.col(foreign).str.replace_many(_NUMERALS))
    has_odd = frame.select(pl.all().str.contains(_ODD).any())
    odd = [column for column in frame.columns if has_odd[column].item()]
    mended = pl.col(odd).str.replace_all("\ufeff", "", literal=True).str.replace_all(r"\r\n?", "\n")
    frame = frame.with_columns(mended.str.replace_all(_ODD, " "))
    return frame.with_columns(pl.all().str.strip_chars()).with_columns(pl.when(pl.all() != "").then(pl.all()))
