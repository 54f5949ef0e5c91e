"""Cells as a table: what each says, and which submission says so."""

from collections.abc import Iterator, Sequence
from typing import Final

import polars as pl

from icstip.collection.keeping.schema_file import KeptStructure
from icstip.collection.state.history import ACTION
from icstip.messages.dataset import as_text as number_texts
from icstip.reports.collection.table import Table
from icstip.standard.model import TOTAL
from icstip.texts import text

_ROLES: Final = ("lower", "upper", "status", "confidentiality")
_TELLS: Final = {"_SENDER": "sender", "_SUBMISSION": "submission", "_RECEIVED": "received", ACTION: "action"}


def cells_table(cells: pl.DataFrame, structure: KeptStructure, language: str = "en") -> Table:
    """Return cells as a table for people: what tells them apart, how much each says and how sure, and who says so.

    A dimension that is the same in all of them has no column (see `same_in_all`).

    Args:
        cells: Dimensions, other components, and where each row is from.
        structure: The structure.
        language: Language of headings.
    """
    dimensions = varying(cells, structure)
    figures = [*structure.schema.measures, *structure.components_of(*_ROLES)]
    shown = [*dimensions, *(name for name in figures if name in cells.columns)]
    origin = [name for name in _TELLS if name in cells.columns]
    headings = [*shown, *(text(f"collection.column.{_TELLS[name]}", language) for name in origin)]
    numbers = frozenset(name for name in shown if cells[name].dtype.is_numeric())
    chosen = cells.select(
        *(number_texts(name, cells[name].dtype) for name in shown), *(pl.col(name) for name in origin)
    )
    return Table([*shown, *origin], headings, [list(row) for row in chosen.iter_rows()], numbers)


def frame_table(frames: Sequence[pl.DataFrame]) -> Table:
    """Return frames as one table for programs, with the columns of all of them."""
    whole = pl.concat(frames, how="diagonal_relaxed") if frames else pl.DataFrame()
    return Table(whole.columns, whole.columns, [list(row) for row in whole.iter_rows()])


def varying(cells: pl.DataFrame, structure: KeptStructure) -> list[str]:
    """Return the dimensions by which cells differ."""
    return [name for name in structure.schema.dimensions if cells[name].n_unique() > 1]


def same_in_all(cells: pl.DataFrame, structure: KeptStructure) -> Iterator[tuple[str, str]]:
    """Yield the dimensions that have one code in all cells, and the code, unless that is the total."""
    for name in structure.schema.dimensions:
        values = cells[name].unique().to_list()
        if len(values) == 1 and values[0] not in {None, TOTAL}:
            yield name, str(values[0])
