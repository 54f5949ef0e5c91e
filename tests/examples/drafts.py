"""Sheets from lines of text, and what drafts say, short enough to compare."""

import polars as pl

from icstip.mapping.suggesting.draft import Draft
from icstip.tables.grid import Grid, letters_of


def grid_of(*lines: str, sheet: str | None = "S") -> Grid:
    """Return a sheet whose cells stand between the bars of lines."""
    return grid_of_rows([[cell.strip() or None for cell in line.split("|")] for line in lines], sheet=sheet)


def grid_of_rows(rows: list[list[str | None]], *, sheet: str | None = "S") -> Grid:
    """Return a sheet of cells that can hold any text."""
    columns = {letters_of(i): list(column) for i, column in enumerate(zip(*rows, strict=True), 1)}
    return Grid("t.xlsx", sheet, pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String)))


def gives(draft: Draft) -> dict[str, tuple[str, ...]]:
    """Return the components of each column of a draft that has one rule for each column."""
    return {column.column: column.components for column in draft.columns}


def reasons(draft: Draft) -> dict[str, str]:
    """Return why each column is what it is."""
    return {column.column: column.reason.id.removeprefix("suggest.") for column in draft.columns}


def is_open(draft: Draft) -> set[str]:
    """Return the components that are to be said for all of the table."""
    return {component for component, (code, _) in draft.constants.items() if code == "?"}
