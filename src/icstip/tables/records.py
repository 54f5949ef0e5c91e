"""Records: one figure each, with what its sheet says of it, whatever the table looks like."""

from collections.abc import Mapping
from typing import Final, Protocol

import polars as pl
from polars import selectors

from icstip.findings import Finding, Place

ROW: Final = "__row"
"""Name of the column that holds the number of each record."""


def column_named(name: str) -> pl.Expr:
    """Return the column of a table, whatever it is called: ``*`` and ``^…$`` alone would be all or many of them."""
    return selectors.by_name(name).as_expr()


class Records(Protocol):
    """Figures with the texts that say what they are, each at its place."""

    @property
    def file(self) -> str:
        """Name of the file, as reports show it."""

    @property
    def sheet(self) -> str | None:
        """Name of the sheet, or None where there is none or several."""

    @property
    def frame(self) -> pl.DataFrame:
        """`ROW` (UInt32) and one String column for each thing that the table says of a figure."""

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What was assumed, repaired or skipped."""

    @property
    def beyond(self) -> tuple[str, ...]:
        """Columns of a delimited text without a header: a record that has them is longer than the header."""

    def headers(self) -> Mapping[str, Place]:
        """Return the columns of the frame that a mapping can read, with the place where each begins."""

    def cell(self, column: str, row: int) -> str:
        """Return the address of the cell in which a column of a record stands, such as ``F17``."""

    def place(self, column: str, row: int) -> Place:
        """Return the place of that cell."""
