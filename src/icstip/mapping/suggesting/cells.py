"""What the cells of a sheet look like: figures, years, signs in the place of figures, texts."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from typing import Final

import polars as pl

from icstip.mapping.suggesting.marks import DIGITS, MARKED, YEAR_MARKED
from icstip.tables.grid import BROKEN, Grid

_CELLS: Final = "cells"
_NUMBER: Final = rf"^[+\-−]?{DIGITS}(?:[eE][+\-]?\d+)?%?$"
_YEAR: Final = r"^(?:19|20)\d{2}(?:\.0)?$"
_BOUNDED: Final = r"^(?:[<≤]|<=)\s*\d+$"
_SIGN: Final = r"^[^\p{L}\p{N}\s]{1,3}$|^\p{L}$"


class Kind(IntEnum):
    """What a cell looks like."""

    BLANK = 0
    TEXT = 1
    SIGN = 2
    YEAR = 3
    NUMBER = 4
    MARKED = 5  # a figure with a mark
    BOUNDED = 6  # a figure of which a bound is given, or an age in a header


FIGURES: Final = frozenset({Kind.NUMBER, Kind.YEAR, Kind.BOUNDED})
"""What can be nothing but a figure, a year or an age."""


@dataclass(frozen=True)
class Cells:
    """The cells of a sheet and what they look like.

    Attributes:
        grid: The sheet.
        markers: Texts, folded in case, that stand where something is missing.
    """

    grid: Grid
    markers: AbstractSet[str]

    @cached_property
    def kinds(self) -> pl.DataFrame:
        """A UInt8 column a sheet column: the `Kind` of each cell."""
        columns = self.grid.frame.get_columns()
        if not columns:
            return pl.DataFrame()
        # One column of all is far faster than thousands of them.
        together = pl.concat([column.rename(_CELLS) for column in columns], rechunk=True)
        kinds = together.to_frame().select(self._kind(pl.col(_CELLS))).to_series()
        height = self.grid.frame.height
        return pl.DataFrame([kinds.slice(i * height, height).alias(column.name) for i, column in enumerate(columns)])

    def _kind(self, text: pl.Expr) -> pl.Expr:
        is_sign = text.str.contains(_SIGN) | text.str.to_lowercase().is_in(list(self.markers)) | (text == BROKEN)
        kind = (
            pl.when(text.is_null())
            .then(Kind.BLANK)
            .when(text.str.contains(_YEAR) | text.str.contains(YEAR_MARKED))
            .then(Kind.YEAR)
            .when(text.str.contains(_NUMBER))
            .then(Kind.NUMBER)
            .when(text.str.contains(_BOUNDED))
            .then(Kind.BOUNDED)
            .when(text.str.contains(MARKED))
            .then(Kind.MARKED)
            .when(is_sign)
            .then(Kind.SIGN)
            .otherwise(Kind.TEXT)
        )
        return kind.cast(pl.UInt8)

    @cached_property
    def _columns(self) -> Mapping[str, list[int]]:
        return {name: self.kinds[name].to_list() for name in self.kinds.columns}

    @cached_property
    def height(self) -> int:
        """How many rows there are."""
        return self.grid.frame.height

    @cached_property
    def filled(self) -> list[str]:
        """The letters of the columns with a text."""
        return [name for name, kinds in self._columns.items() if any(kinds)]

    @cached_property
    def said(self) -> list[int]:
        """The rows with a text."""
        rows: set[int] = set()
        for kinds in self._columns.values():
            rows.update(row for row, kind in enumerate(kinds, 1) if kind)
        return sorted(rows)

    @cached_property
    def _series(self) -> Mapping[str, pl.Series]:
        return {series.name: series for series in self.grid.frame.get_columns()}

    def column(self, letters: str) -> list[int]:
        """Return the kinds of the cells of a column."""
        return self._columns[letters]

    def text(self, letters: str, row: int) -> str | None:
        """Return the text of a cell; rows count from 1."""
        return self._series[letters][row - 1] if 0 < row <= self.height else None

    def texts(self, row: int) -> dict[str, str]:
        """Return the texts of a row by the letters of their columns; rows count from 1."""
        texts = ((name, self.text(name, row)) for name in self.filled)
        return {name: text for name, text in texts if text is not None}

    def is_said(self, row: int) -> bool:
        """Return whether a row has any text."""
        return 0 < row <= self.height and any(self._columns[name][row - 1] for name in self.filled)
