"""Files → grids, by what is in the file and not by what it is called."""

from collections.abc import Iterator
from pathlib import Path

from icstip.errors import TableError
from icstip.tables.delimited import read_delimited
from icstip.tables.grid import Grid
from icstip.tables.workbooks.archive import open_archive
from icstip.tables.workbooks.ods.read import MANIFEST, read_ods
from icstip.tables.workbooks.xls.read import read_xls
from icstip.tables.workbooks.xlsx.book import BOOK
from icstip.tables.workbooks.xlsx.read import read_xlsx

_ZIP = b"PK\x03\x04"
_XLS = (
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",  # a compound file ([MS-CFB] 2.2), which all xls workbooks since 1993 are
    *(
        bytes([9, version, length, 0]) for version, length in ((0, 4), (2, 6), (4, 6), (8, 8), (8, 16))
    ),  # its stream alone
)


def read_grids(path: Path, sheet: str | None = None) -> Iterator[Grid]:
    """Yield the sheets of a table file, each read when it is asked for.

    Args:
        path: A workbook (xlsx, xlsm, xls, ods) or a delimited text (csv, tsv, txt). Its content tells which, not its
            name.
        sheet: Only the sheet of this name.

    Raises:
        TableError: The file is missing, unreadable, unsafe, or has no such sheet.
    """
    try:
        with path.open("rb") as file:
            start = file.read(8)
    except OSError as error:
        raise TableError("table-missing", where=str(path), reason=error.strerror) from error
    if start.startswith((*_XLS, _ZIP)):
        yield from _sheets(path, sheet, start)
    elif sheet is not None:
        raise TableError("table-no-sheet", where=str(path), sheet=sheet, sheets="-")
    else:
        yield read_delimited(path)


def _sheets(path: Path, sheet: str | None, start: bytes) -> Iterator[Grid]:
    read = read_xls if start.startswith(_XLS) else read_ods if _is_ods(path) else read_xlsx
    has_any = False
    for grid in read(path, sheet):
        has_any = True
        yield grid
    if not has_any:
        raise TableError("table-no-sheets", where=str(path))


def _is_ods(path: Path) -> bool:
    with open_archive(path) as archive:
        return MANIFEST in archive and BOOK not in archive
