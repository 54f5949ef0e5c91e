"""A sheet of an OpenDocument workbook, taken tag by tag, with what is repeated written out within limits."""

from dataclasses import dataclass

from icstip.errors import TableError
from icstip.tables.grid import MAX_COLUMNS, MAX_ROWS, Area, letters_of
from icstip.tables.workbooks.ods.paragraphs import Paragraphs
from icstip.tables.workbooks.ods.styles import Styles
from icstip.tables.workbooks.ods.values import value_text
from icstip.tables.workbooks.sheet import MAX_MERGED, MAX_TEXT_BYTES, MAX_TEXTS, Details

_COLUMN, _ROW, _CELLS = "table-column", "table-row", {"table-cell", "covered-table-cell"}
_COLUMNS_REPEATED, _DIGITS = "table:number-columns-repeated", 9
_NOT_SHOWN = {"collapse", "filter"}  # ODF 1.3 part 3, 19.749: by hand, and by a filter


@dataclass
class _Cell:
    """The cell that is being read."""

    attributes: dict[str, str]
    paragraphs: Paragraphs
    depth: int = 0  # of the tag that is being read within it
    skipped: int = 0  # depth of the tag whose content is none of the cell's text


@dataclass
class Budget:
    """How much the sheets of a workbook hold so far: a few tags can stand for any number of cells.

    Attributes:
        cells: That have a text, or a formula without a value.
        text_bytes: Of their texts.
    """

    cells: int = 0
    text_bytes: int = 0

    def spend(self, cells: int, text: str, where: str, address: str) -> None:
        """Count cells that have the same text.

        Raises:
            TableError: More than can be read safely.
        """
        self.cells += cells
        self.text_bytes += cells * len(text.encode())
        if self.cells > MAX_TEXTS or self.text_bytes > MAX_TEXT_BYTES:
            raise TableError("table-too-large", where=where, what=address)


class Table:
    """A sheet. Rows and columns are counted from 1.

    Attributes:
        name: Of the sheet.
        cells: Texts by column and row.
    """

    def __init__(self, name: str, styles: Styles, budget: Budget, where: str, *, hidden: bool) -> None:
        self.name = name
        self.cells: dict[int, dict[int, str]] = {}
        self._styles = styles
        self._budget = budget
        self._where = f"{where}!{name}"
        self._hidden = hidden
        self._hidden_rows: list[range] = []
        self._hidden_columns: list[range] = []
        self._merged: list[Area] = []
        self._without_value: list[tuple[int, int]] = []
        self._column_styles: dict[int, str] = {}
        self._next_column = self._row = self._column = 1
        self._row_style = ""
        self._texts: list[tuple[range, str]] = []  # of the row that is being read
        self._cell: _Cell | None = None
        self._repeats = 1

    @property
    def in_cell(self) -> bool:
        """Whether a cell is being read."""
        return self._cell is not None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take a start tag of the sheet into account.

        Raises:
            TableError: More merged areas than the limit.
        """
        if self._cell is not None:
            self._start_within(self._cell, name, attributes)
        elif name in _CELLS:
            self._cell = _Cell(attributes, Paragraphs(self._styles.aligns))
        elif name == _ROW:
            self._repeats = _repeats(attributes, "table:number-rows-repeated", MAX_ROWS)
            self._column, self._texts = 1, []
            self._row_style = attributes.get("table:default-cell-style-name", "")
            if attributes.get("table:visibility") in _NOT_SHOWN:
                self._hidden_rows.append(range(self._row, self._row + self._repeats))
        elif name == _COLUMN:
            self._start_column(attributes)

    def end(self, name: str) -> None:
        """Take an end tag of the sheet into account.

        Raises:
            TableError: More cells or more text than can be read safely.
        """
        if self._cell is None:
            if name == _ROW:
                self._end_row()
        elif self._cell.depth:
            self._end_within(self._cell, name)
        else:
            self._end_cell(self._cell)
            self._cell = None

    def text(self, text: str) -> None:
        """Take a piece of text into account."""
        if self._cell is not None and not self._cell.skipped:
            self._cell.paragraphs.text_piece(text)

    def details(self) -> Details:
        """Return what the sheet says besides its cells when it is at its end."""
        return Details(
            self._hidden,
            tuple(self._hidden_rows),
            tuple(self._hidden_columns),
            tuple(self._merged),
            without_value=tuple(self._without_value),
        )

    @staticmethod
    def _start_within(cell: _Cell, name: str, attributes: dict[str, str]) -> None:
        cell.depth += 1
        # Notes, pictures and shapes that are anchored to the cell have texts of their own.
        if not cell.skipped and cell.depth == 1 and name not in {"p", "h"}:
            cell.skipped = cell.depth
        if not cell.skipped and name in {"annotation", "frame", "note"}:
            cell.skipped = cell.depth
        if not cell.skipped:
            cell.paragraphs.start(name, attributes)

    @staticmethod
    def _end_within(cell: _Cell, name: str) -> None:
        if not cell.skipped:
            cell.paragraphs.end(name)
        elif cell.skipped == cell.depth:
            cell.skipped = 0
        cell.depth -= 1

    def _start_column(self, attributes: dict[str, str]) -> None:
        repeats = _repeats(attributes, _COLUMNS_REPEATED, MAX_COLUMNS)
        columns = range(self._next_column, min(self._next_column + repeats, MAX_COLUMNS + 1))
        self._next_column += repeats
        if not columns:
            return
        if attributes.get("table:visibility") in _NOT_SHOWN:
            self._hidden_columns.append(columns)
        self._column_styles |= dict.fromkeys(columns, attributes.get("table:default-cell-style-name", ""))

    def _end_cell(self, cell: _Cell) -> None:
        attributes = cell.attributes
        columns = range(self._column, self._column + _repeats(attributes, _COLUMNS_REPEATED, MAX_COLUMNS))
        shown = cell.paragraphs.text() if cell.paragraphs.any else attributes.get("office:string-value", "")
        text = value_text(attributes, self._styles.of(self._style(attributes)), shown)
        if text.strip():
            self._texts.append((columns, text))
        elif "table:formula" in attributes and "office:value-type" not in attributes and not cell.paragraphs.any:
            # A text that is empty is a value, such as that of ="", and has a paragraph.
            self._spend(columns, range(self._row, self._row + 1), "")
            self._without_value += ((column, self._row) for column in columns)
        self._merge(attributes, columns.start)
        self._column = columns.stop

    def _style(self, attributes: dict[str, str]) -> str:
        """Return the style of the cell: its own, or else that of its row, or of its column (ODF 1.3 part 3, 16.2)."""
        own = attributes.get("table:style-name", "") or self._row_style
        return own or self._column_styles.get(self._column, "")

    def _merge(self, attributes: dict[str, str], column: int) -> None:
        wide = _repeats(attributes, "table:number-columns-spanned", MAX_COLUMNS)
        high = _repeats(attributes, "table:number-rows-spanned", MAX_ROWS)
        if wide * high > 1:
            self._merged.append(Area(column, self._row, column + wide - 1, self._row + high - 1))
            if len(self._merged) > MAX_MERGED:
                raise TableError("table-too-large", where=self._where, what=f"> {MAX_MERGED:,}")

    def _end_row(self) -> None:
        rows = range(self._row, self._row + self._repeats)
        for columns, text in self._texts:
            self._spend(columns, rows, text)
            for column in columns:
                self.cells.setdefault(column, {}).update(dict.fromkeys(rows, text))
        self._row = rows.stop

    def _spend(self, columns: range, rows: range, text: str) -> None:
        last = f"{letters_of(columns.stop - 1)}{rows.stop - 1}"
        if columns.stop - 1 > MAX_COLUMNS or rows.stop - 1 > MAX_ROWS:
            raise TableError("table-too-large", where=self._where, what=last)
        self._budget.spend(len(columns) * len(rows), text, self._where, last)


def _repeats(attributes: dict[str, str], name: str, most: int) -> int:
    """Return how often something is there: once, if nothing is said; more than a sheet holds is one more than that."""
    count = attributes.get(name, "1")
    if not count.isdecimal():
        return 1
    return min(max(int(count[:_DIGITS]), 1), most + 1)
