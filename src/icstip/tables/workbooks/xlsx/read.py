"""Workbooks (xlsx, xlsm) → grids. Macros are never run; formulas give their stored values."""

from collections.abc import Iterator
from pathlib import Path

import fastexcel
import polars as pl

from icstip.errors import TableError
from icstip.tables.grid import Grid, letters_of
from icstip.tables.workbooks.sheet import grid_of
from icstip.tables.workbooks.xlsx.book import read_book, read_details


def read_xlsx(path: Path, sheet: str | None = None) -> Iterator[Grid]:
    """Yield the sheets of a workbook, in their order, each read when it is asked for.

    Args:
        path: The workbook.
        sheet: Only the sheet of this name.

    Raises:
        TableError: The file is no workbook, is unsafe to open, or has no sheet of that name.
    """
    book = read_book(path)
    try:
        reader = fastexcel.read_excel(str(path))
        if [str(name) for name in reader.sheet_names] != list(book.sheets):
            raise TableError("table-broken-archive", where=str(path))
        tables = [name for name, found in book.sheets.items() if found.extent is not None]
        if sheet is not None and sheet not in tables:
            raise TableError("table-no-sheet", where=str(path), sheet=sheet, sheets=", ".join(tables))
        for name in tables if sheet is None else [sheet]:
            frame = _frame(reader, name)
            yield grid_of(path.name, name, frame, read_details(path, book, name))
    except fastexcel.FastExcelError as error:
        reason = next(iter(str(error).splitlines()), "")
        raise TableError("table-unreadable", where=str(path), reason=reason) from error


def _frame(reader: fastexcel.ExcelReader, name: str) -> pl.DataFrame:
    # skip_rows=0 keeps blank leading rows, so that row numbers are the sheet's; blank columns before the first cell
    # that is not are dropped all the same, and the sheet tells where it begins.
    sheet = reader.load_sheet(name, header_row=None, skip_rows=0, dtypes="string")
    columns = [letters_of(column.absolute_index + 1) for column in sheet.selected_columns]
    frame: pl.DataFrame = sheet.to_polars()
    return frame.rename(dict(zip(frame.columns, columns, strict=True))) if frame.width else frame
