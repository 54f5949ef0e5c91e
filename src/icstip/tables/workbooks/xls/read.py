"""Old workbooks (xls, BIFF) → grids. Macros are never run; formulas give their stored values."""

import io
import struct
from collections.abc import Iterator, Sequence
from pathlib import Path

import xlrd
from xlrd.compdoc import CompDocError

from icstip.errors import TableError
from icstip.tables.grid import BROKEN, Area, Grid, letters_of
from icstip.tables.workbooks.formats import PLAIN, NumberFormat, number_format
from icstip.tables.workbooks.raised import SUBSCRIPT, SUPERSCRIPT, marked
from icstip.tables.workbooks.sheet import MAX_TEXT_BYTES, Details, frame_of, grid_of
from icstip.tables.workbooks.shown import shown_text, truth_text

MAX_BYTES = 128 * 1024**2
"""How large a file may be. A cell takes ten bytes or more; a sheet has at most 65,536 rows and 256 columns."""

_PACKAGE = "EncryptedPackage".encode("utf-16-le")  # [MS-OFFCRYPTO] 2.3.4.4: an xlsx with a password
# Of a damaged file the reader says in many ways that it found something else than it looked for.
_DAMAGED = (
    xlrd.XLRDError,
    CompDocError,
    struct.error,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)


def read_xls(path: Path, sheet: str | None = None) -> Iterator[Grid]:
    """Yield the sheets of a workbook, in their order, each read when it is asked for.

    Args:
        path: The workbook.
        sheet: Only the sheet of this name.

    Raises:
        TableError: The file is no workbook, is damaged, too large or protected by a password, or has no sheet of that
            name.
    """
    if path.stat().st_size > MAX_BYTES:
        raise TableError("table-too-large", where=str(path), what=f"{path.stat().st_size:,} bytes")
    content = path.read_bytes()
    if _PACKAGE in content:
        raise TableError("table-encrypted", where=str(path))
    book = _opened(content, path)
    names = book.sheet_names()
    if sheet is not None and sheet not in names:
        raise TableError("table-no-sheet", where=str(path), sheet=sheet, sheets=", ".join(names))
    for index, name in enumerate(names):
        if sheet in {None, name}:
            cells, details = _read(book, index, path)
            yield grid_of(path.name, name, frame_of(cells, f"{path}!{name}"), details)
            book.unload_sheet(index)


def _opened(content: bytes, path: Path) -> xlrd.Book:
    try:
        return xlrd.open_workbook(
            file_contents=content, formatting_info=True, ragged_rows=True, on_demand=True, logfile=io.StringIO()
        )
    except _DAMAGED as error:
        message = "table-encrypted" if "encrypted" in str(error) else "table-broken-archive"
        raise TableError(message, where=str(path)) from error


def _read(book: xlrd.Book, index: int, path: Path) -> tuple[dict[int, dict[int, str]], Details]:
    try:
        sheet = book.sheet_by_index(index)
    except _DAMAGED as error:
        raise TableError("table-broken-archive", where=str(path)) from error
    return _cells(sheet, f"{path}!{sheet.name}"), _details(sheet)


def _details(sheet: xlrd.sheet.Sheet) -> Details:
    return Details(
        hidden=sheet.visibility != 0,
        hidden_rows=tuple(range(row + 1, row + 2) for row, info in sheet.rowinfo_map.items() if info.hidden),
        hidden_columns=tuple(range(at + 1, at + 2) for at, info in sheet.colinfo_map.items() if info.hidden),
        # The library counts from 0, and ends an area before its last row and column.
        merged=tuple(Area(left + 1, top + 1, right, bottom) for top, bottom, left, right in sheet.merged_cells),
    )


def _cells(sheet: xlrd.sheet.Sheet, where: str) -> dict[int, dict[int, str]]:
    """Return the texts of a sheet by column and row, both from 1."""
    cells: dict[int, dict[int, str]] = {}
    formats = _Formats(sheet.book)
    size = 0
    for row in range(sheet.nrows):
        for column, (kind, value) in enumerate(zip(sheet.row_types(row), sheet.row_values(row), strict=True)):
            if kind in _BLANK or (kind == xlrd.XL_CELL_TEXT and not value.strip()):
                continue
            if kind in _NUMBERS:
                form = formats.of(sheet.cell_xf_index(row, column))
                text = shown_text(value, form, from_1904=formats.from_1904)
            elif runs := sheet.rich_text_runlist_map.get((row, column)):
                text = _marked(str(value), runs, sheet.book)
            else:
                text = _text(kind, value)
            cells.setdefault(column + 1, {})[row + 1] = text
            size += len(text.encode())
            if size > MAX_TEXT_BYTES:  # a file keeps each text once, however many cells show it
                raise TableError("table-too-large", where=where, what=f"{letters_of(column + 1)}{row + 1}")
    return cells


_BLANK, _NUMBERS = {xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK}, {xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE}


def _text(kind: int, value: str | int) -> str:
    if kind == xlrd.XL_CELL_ERROR:
        return BROKEN
    return truth_text(value=bool(value)) if kind == xlrd.XL_CELL_BOOLEAN else str(value)


def _marked(text: str, runs: Sequence[tuple[int, int]], book: xlrd.Book) -> str:
    """Return a text of runs, each of them from a position on and with a font, its raised and lowered parts marked."""
    starts = [0, *(start for start, _ in runs), len(text)]
    aligns = ["", *(_ALIGN.get(book.font_list[font].escapement, "") for _, font in runs)]
    return "".join(
        marked(text[start:end], align) for start, end, align in zip(starts[:-1], starts[1:], aligns, strict=True)
    )


_ALIGN = {1: SUPERSCRIPT, 2: SUBSCRIPT}  # [MS-XLS] 2.4.122, sss


class _Formats:
    """How the cells of a workbook show numbers, by the numbers of their styles."""

    def __init__(self, book: xlrd.Book) -> None:
        self.from_1904 = book.datemode == 1
        self._book = book
        self._known: dict[int, NumberFormat] = {}

    def of(self, style: int) -> NumberFormat:
        """Return the format of a style."""
        if style not in self._known:
            styles = self._book.xf_list
            form = self._book.format_map.get(styles[style].format_key) if 0 <= style < len(styles) else None
            self._known[style] = PLAIN if form is None else number_format(form.format_str)
        return self._known[style]
