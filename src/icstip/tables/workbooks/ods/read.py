"""OpenDocument workbooks (ods) → grids. Formulas give their stored values."""

from collections.abc import Iterator
from pathlib import Path

from icstip.errors import TableError
from icstip.tables.grid import Grid
from icstip.tables.workbooks.archive import Archive, open_archive
from icstip.tables.workbooks.ods.styles import Styles
from icstip.tables.workbooks.ods.table import Budget, Table
from icstip.tables.workbooks.sheet import frame_of, grid_of

MANIFEST = "META-INF/manifest.xml"
"""Name of the part that says that an archive is an OpenDocument package (ODF 1.3 part 2, 3.2)."""

_STYLES, _CONTENT = "styles.xml", "content.xml"
_ASIDE = {"shapes", "forms", "table-source", "dde-source", "scenario", "named-expressions"}  # of a sheet, but no cells


def read_ods(path: Path, sheet: str | None = None) -> Iterator[Grid]:
    """Yield the sheets of a workbook, in their order.

    Args:
        path: The workbook.
        sheet: Only the sheet of this name.

    Raises:
        TableError: The file is no workbook, is broken or encrypted, comes to more than can be read safely, or has no
            sheet of that name.
    """
    with open_archive(path) as archive:
        tables = _tables(archive)
    names = [table.name for table in tables]
    if sheet is not None and sheet not in names:
        raise TableError("table-no-sheet", where=str(path), sheet=sheet, sheets=", ".join(names))
    for table in tables:
        if sheet in {None, table.name}:
            frame = frame_of(table.cells, f"{path}!{table.name}")
            yield grid_of(path.name, table.name, frame, table.details())


def _tables(archive: Archive) -> list[Table]:
    encrypted = False

    def entry(name: str, _attributes: dict[str, str]) -> None:
        nonlocal encrypted
        encrypted = encrypted or name == "encryption-data"

    if MANIFEST in archive:
        archive.read_tags(archive.part(MANIFEST), on_start=entry)
    if encrypted:
        raise TableError("table-encrypted", where=archive.where)
    if _CONTENT not in archive:
        raise TableError("table-no-workbook", where=archive.where)
    styles = Styles(archive.where)
    if _STYLES in archive:
        archive.read_tags(archive.part(_STYLES), on_start=styles.start, on_end=styles.end, on_text=styles.text)
    content = _Content(styles, archive.where)
    archive.read_tags(archive.part(_CONTENT), on_start=content.start, on_end=content.end, on_text=content.text)
    if not content.is_workbook:
        raise TableError("table-no-workbook", where=archive.where)
    return content.tables


class _Content:
    """The part with the styles that have no names, and the sheets."""

    def __init__(self, styles: Styles, where: str) -> None:
        self.tables: list[Table] = []
        self.is_workbook = False
        self._styles = styles
        self._where = where
        self._budget = Budget()
        self._table: Table | None = None
        self._aside = 0  # depth within something that is none of the sheets' cells

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if self._aside:
            self._aside += 1
        elif self._table is not None:
            if name in _ASIDE and not self._table.in_cell:
                self._aside = 1
            else:
                self._table.start(name, attributes)
        elif not self.is_workbook:
            self.is_workbook = name == "spreadsheet"
            self._styles.start(name, attributes)
        elif name == "table" and not _is_copy(attributes):
            hidden = self._styles.is_hidden(attributes.get("table:style-name", ""))
            name = attributes.get("table:name", "")
            self._table = Table(name, self._styles, self._budget, self._where, hidden=hidden)
        else:  # changes that were tracked, names, filters …
            self._aside = 1

    def end(self, name: str) -> None:
        if self._aside:
            self._aside -= 1
        elif self._table is None:
            self._styles.end(name)
        elif name == "table" and not self._table.in_cell:
            self.tables.append(self._table)
            self._table = None
        else:
            self._table.end(name)

    def text(self, text: str) -> None:
        if self._table is None:
            self._styles.text(text)
        elif not self._aside:
            self._table.text(text)


def _is_copy(attributes: dict[str, str]) -> bool:
    """Return whether a sheet is a copy of one in another file, which is kept for formulas and not shown."""
    return attributes.get("table:name", "").startswith("'file:")
