"""Workbooks (xlsx, xlsm) → grids. Macros are never run; formulas give their stored values."""

from collections.abc import Iterator
from pathlib import Path

import fastexcel
import polars as pl

from icstip.errors import TableError
from icstip.tables.archive import Extent, sheet_extents
from icstip.tables.grid import BROKEN, Grid, clean_cells, letters_of


def read_xlsx(path: Path, sheet: str | None = None) -> Iterator[Grid]:
    """Yield the sheets of a workbook, in their order, each read when it is asked for.

    Args:
        path: The workbook.
        sheet: Only the sheet of this name.

    Raises:
        TableError: The file is no workbook, is unsafe to open, or has no sheet of that name.
    """
    extents = sheet_extents(path)
    try:
        reader = fastexcel.read_excel(str(path))
        if [str(name) for name in reader.sheet_names] != list(extents):
            raise TableError("table-broken-archive", where=str(path))
        tables = {name: extent for name, extent in extents.items() if extent is not None}
        if sheet is not None and sheet not in tables:
            raise TableError("table-no-sheet", where=str(path), sheet=sheet, sheets=", ".join(tables))
        for name in tables if sheet is None else [sheet]:
            yield _grid(reader, path, name, tables[name])
    except fastexcel.FastExcelError as error:
        reason = next(iter(str(error).splitlines()), "")
        raise TableError("table-unreadable", where=str(path), reason=reason) from error


def _grid(reader: fastexcel.ExcelReader, path: Path, name: str, extent: Extent) -> Grid:
    # skip_rows=0 keeps blank leading rows, so that row numbers are the sheet's; blank columns before the first cell
    # that is not are dropped all the same, and the sheet tells where it begins.
    sheet = reader.load_sheet(name, header_row=None, skip_rows=0, dtypes="string")
    columns = [letters_of(column.absolute_index + 1) for column in sheet.selected_columns]
    frame: pl.DataFrame = sheet.to_polars()
    frame = clean_cells(frame.rename(dict(zip(frame.columns, columns, strict=True)))) if frame.width else frame
    return Grid(path.name, name, _with_errors(frame, extent.broken))


def _with_errors(frame: pl.DataFrame, addresses: tuple[str, ...]) -> pl.DataFrame:
    """Return the frame with the cells that hold an error value saying so: the reader gives them as blank."""
    rows: dict[str, list[int]] = {}
    for address in addresses:
        letters = address.rstrip("0123456789")
        rows.setdefault(letters, []).append(int(address[len(letters) :]) - 1)
    broken = [
        pl.when(pl.int_range(pl.len()).is_in(rows[letters])).then(pl.lit(BROKEN)).otherwise(letters).alias(letters)
        for letters in frame.columns
        if letters in rows
    ]
    return frame.with_columns(broken)
