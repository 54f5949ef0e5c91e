"""What the cells of a sheet look like: figures, years, signs in the place of figures, texts."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from typing import Final

import polars as pl

from icstip.mapping.suggesting.marks import MARKED, YEAR_MARKED
from icstip.tables.grid import BROKEN, Grid

_NUMBER: Final = r"^[+\-−]?(?:\d{1,3}(?:[ ,.'’\u00a0\u202f]\d{3})+|\d+)(?:[.,]\d+)?(?:[eE][+\-]?\d+)?%?$"
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
        return self.grid.frame.select(self._kind(pl.col(name)).alias(name) for name in self.grid.frame.columns)

    def _kind(self, text: pl.Expr) -> pl.Expr:
        is_number = text.str.contains(_NUMBER) | text.str.contains(_BOUNDED)
        is_sign = text.str.contains(_SIGN) | text.str.to_lowercase().is_in(list(self.markers)) | (text == BROKEN)
        kind = (
            pl.when(text.is_null())
            .then(Kind.BLANK)
            .when(text.str.contains(_YEAR) | text.str.contains(YEAR_MARKED))
            .then(Kind.YEAR)
            .when(is_number)
            .then(Kind.NUMBER)
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

    def column(self, letters: str) -> list[int]:
        """Return the kinds of the cells of a column."""
        return self._columns[letters]

    def text(self, letters: str, row: int) -> str | None:
        """Return the text of a cell; rows count from 1."""
        return self.grid.frame[letters][row - 1] if 0 < row <= self.grid.frame.height else None
