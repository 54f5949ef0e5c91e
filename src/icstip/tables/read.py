"""Files → grids, by what is in the file and not by what it is called."""

from collections.abc import Iterator
from pathlib import Path

from icstip.errors import TableError
from icstip.tables.delimited import read_delimited
from icstip.tables.grid import Grid
from icstip.tables.xlsx import read_xlsx

_ZIP = b"PK\x03\x04"
_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def read_grids(path: Path, sheet: str | None = None) -> Iterator[Grid]:
    """Yield the sheets of a table file, each read when it is asked for.

    Args:
        path: An xlsx or xlsm workbook, or a delimited text.
        sheet: Only the sheet of this name.

    Raises:
        TableError: The file is missing, unreadable, unsafe, or has no such sheet.
    """
    try:
        with path.open("rb") as file:
            start = file.read(8)
    except OSError as error:
        raise TableError("table-missing", where=str(path), reason=error.strerror) from error
    if start.startswith(_OLE2):
        raise TableError("table-old-format", where=str(path))
    if start.startswith(_ZIP):
        yield from read_xlsx(path, sheet)
    elif sheet is not None:
        raise TableError("table-no-sheet", where=str(path), sheet=sheet, sheets="-")
    else:
        yield read_delimited(path)
