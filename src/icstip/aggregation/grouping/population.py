"""Populations of areas by year, and by the breakdowns that a file has."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import polars as pl

from icstip.aggregation.columns import AREA, YEAR
from icstip.aggregation.grouping.hierarchy import Regions
from icstip.aggregation.grouping.rows import Mistakes, Row, read_rows
from icstip.standard.model import TOTAL

PERSONS: Final = "_PERSONS"
"""Column with the number of persons (Float64)."""

_AREA, _YEAR, _PERSONS = "area", "year", "population"


@dataclass(frozen=True)
class Population:
    """Populations.

    Attributes:
        frame: `AREA`, `YEAR`, a column (String) for each breakdown, `PERSONS`; each combination once.
        breakdowns: Ids of the components by which it can be broken down.
    """

    frame: pl.DataFrame
    breakdowns: tuple[str, ...]

    def of(self, names: Sequence[str]) -> pl.DataFrame:
        """Return it by some of its breakdowns, and the totals of the others."""
        others = [name for name in self.breakdowns if name not in names]
        is_total = pl.all_horizontal(pl.lit(value=True), *(pl.col(name) == TOTAL for name in others))
        return self.frame.filter(is_total).drop(others)


def read_population(path: Path, regions: Regions, breakdowns: Sequence[str]) -> Population:
    """Return populations from a table with the columns ``area``, ``year``, ``population``, and some for breakdowns.

    Args:
        path: The table. A breakdown that has no column, or no text in it, is a total.
        regions: The regions, with the codes of areas.
        breakdowns: Ids of components; a column may be called so in small letters.

    Raises:
        TableError: The table cannot be read, or something in a row cannot be. All such rows are told.
    """
    mistakes = Mistakes(path)
    names = {name.casefold(): name for name in breakdowns}
    found: dict[tuple[object, ...], float] = {}
    for row in read_rows(path, (_AREA, _YEAR, _PERSONS), names.__contains__):
        if row[_AREA] not in regions.codes:
            mistakes.add("AGG-030", row, row[_AREA])
        key = (row[_AREA], mistakes.year(row, _YEAR), *(row[name] or TOTAL for name in names))
        if key in found:
            mistakes.add("AGG-034", row, ", ".join(map(str, key)))
        found[key] = _number(row, mistakes)
    mistakes.check()
    kinds = {AREA: pl.String, YEAR: pl.Int32, **dict.fromkeys(breakdowns, pl.String), PERSONS: pl.Float64}
    rows = [(*key, number) for key, number in found.items()]
    return Population(pl.DataFrame(rows, schema=kinds, orient="row"), tuple(breakdowns))


def _number(row: Row, mistakes: Mistakes) -> float:
    value = row[_PERSONS].replace(" ", "").replace("\u202f", "").replace("\u00a0", "")
    if value.isascii() and value.replace(".", "", 1).isdigit():
        return float(value)
    mistakes.add("AGG-033", row, row[_PERSONS], column=_PERSONS)
    return 0.0
