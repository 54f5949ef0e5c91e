"""What a sheet of an xlsx workbook says besides plain values, read tag by tag (ECMA-376-1 18.3.1)."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from icstip.errors import TableError
from icstip.tables.grid import BROKEN, MAX_COLUMNS, Area, position_of
from icstip.tables.workbooks.formats import MOMENT, PLAIN, NumberFormat
from icstip.tables.workbooks.sheet import MAX_MERGED, MAX_TEXTS, Details
from icstip.tables.workbooks.shown import is_number, moment_text, number_text, shown_text, truth_text
from icstip.tables.workbooks.xlsx.extent import TagsScan, position_at
from icstip.tables.workbooks.xlsx.plain import number_cell, plain_cell
from icstip.tables.workbooks.xlsx.raised import Runs
from icstip.tables.workbooks.xlsx.styles import Styles

_SHORT_WHOLE = re.compile(r"-?[0-9]{1,15}")  # what the reader of values gives as it is; fractions it rounds
_TRUE = {"1", "true"}
_POINTER = re.compile(rb'<c r="([A-Z]{1,3})([0-9]{1,7})"(?: s="[0-9]+")? t="s"><v>([0-9]{1,9})</v></c>')


class SheetDetails:
    """What is hidden, joined or shown otherwise than it is stored, taken tag by tag."""

    def __init__(self, styles: Styles, where: str, raised: Mapping[int, str] | None = None) -> None:
        self._styles = styles
        self._where = where
        self._raised = raised or {}
        self._runs: Runs | None = None  # of a text within its cell
        self._cells = TagsScan()
        self._hidden_rows: list[range] = []
        self._hidden_columns: list[range] = []
        self._merged: list[Area] = []
        self._texts: dict[int, dict[int, str]] = {}
        self._without_value: list[tuple[int, int]] = []
        self._columns: dict[bytes, dict[int, str]] = {}  # the same texts, by the letters of their column
        self._forms: dict[bytes | None, NumberFormat] = {}  # by style
        self._cell: dict[str, str] = {}  # the attributes of the cell that is being read
        self._value: list[str] | None = None
        self._told = 0
        self._in_value = self._has_formula = False

    def without_usual_cells(self, chunks: Iterable[bytes]) -> Iterator[bytes]:
        """Yield the XML of a sheet without the cells that patterns find, which saves most of the time.

        Of these, numbers are taken into account; of the others there is nothing to say.

        Args:
            chunks: The XML of a sheet in which every cell begins with its address.

        Raises:
            TableError: More numbers than can be held one by one.
        """
        plain, number = plain_cell(self._styles.formats), number_cell()
        for chunk in chunks:
            for letters, row, text in _POINTER.findall(chunk) if self._raised else ():
                self._take_raised(position_of(letters.decode()), int(row), int(text))
            yield number.sub(self._take_number, plain.sub(b"", chunk))

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take a start tag into account.

        Raises:
            TableError: More merged areas or hidden columns than a sheet can have.
            ValueError: An address that is none.
        """
        self._cells.start(name, attributes)
        if name == "c":
            self._cell, self._value, self._has_formula, self._runs = attributes, None, False, None
        elif name == "v":
            self._value, self._in_value = [], True
        elif name == "f":
            self._has_formula = True
        elif name == "is":
            self._runs = Runs()
        elif self._runs is not None:
            self._runs.start(name, attributes)
        elif name == "mergeCell":
            self._merge(attributes.get("ref", ""))
        elif name in {"row", "col"} and attributes.get("hidden") in _TRUE:
            self._hide(name, attributes)

    def end(self, name: str) -> None:
        """Take an end tag into account."""
        self._cells.end(name)
        if name == "v":
            self._in_value = False
        elif name == "c":
            self._end_cell()
        elif self._runs is not None:
            self._runs.end(name)

    def text(self, text: str) -> None:
        """Take a piece of text into account."""
        if self._in_value and self._value is not None:
            self._value.append(text)
        elif self._runs is not None:
            self._runs.piece(text)

    def details(self, *, hidden: bool) -> Details:
        """Return what was found when the sheet is at its end.

        Args:
            hidden: Whether the sheet is not shown, which the workbook says and not the sheet.
        """
        return Details(
            hidden,
            tuple(self._hidden_rows),
            tuple(self._hidden_columns),
            tuple(self._merged),
            self._texts,
            tuple(self._without_value),
        )

    def _hide(self, name: str, attributes: dict[str, str]) -> None:
        if name == "row":
            self._hidden_rows.append(range(self._cells.row, self._cells.row + 1))
        else:
            first, last = int(attributes.get("min", "0")), int(attributes.get("max", "0"))
            self._hidden_columns.append(range(first, min(last, MAX_COLUMNS) + 1))
            self._limit(len(self._hidden_columns), MAX_COLUMNS)

    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        self._merged.append(Area(*position_at(first), *position_at(last or first)))
        self._limit(len(self._merged), MAX_MERGED)

    def _limit(self, count: int, most: int) -> None:
        if count > most:
            raise TableError("table-too-large", where=self._where, what=f"> {most:,}")

    def _take_number(self, cell: re.Match[bytes]) -> bytes:
        letters, row, style, value = cell.groups()
        if style not in self._forms:
            self._forms[style] = self._styles.of(None if style is None else style.decode())
        if letters not in self._columns:
            self._columns[letters] = self._texts.setdefault(position_of(letters.decode()), {})
        number, form = float(value), self._forms[style]
        text = number_text(number) if form is PLAIN else self._shown(number, form)
        self._columns[letters][int(row)] = text
        self._told += 1
        self._limit(self._told, MAX_TEXTS)
        return b""

    def _take_raised(self, column: int, row: int, text: int) -> None:
        if text in self._raised:
            self._texts.setdefault(column, {})[row] = self._raised[text]
            self._told += 1
            self._limit(self._told, MAX_TEXTS)

    def _shown(self, number: float, form: NumberFormat) -> str:
        return shown_text(number, form, from_1904=self._styles.from_1904)

    def _end_cell(self) -> None:
        value = "".join(self._value or ()).strip()
        kind = self._cell.get("t", "n")
        text = self._text(kind, value)
        column, row = self._cells.at
        if text is not None:
            self._texts.setdefault(column, {})[row] = text
        elif self._has_formula and not value and (kind != "str" or self._value is None):
            # A text that is empty is a value, such as that of ="".
            self._without_value.append((column, row))
        else:
            return
        self._told += 1
        self._limit(self._told, MAX_TEXTS)

    def _text(self, kind: str, value: str) -> str | None:
        """Return the text of the cell as people see it; None where the reader of values gives it, or there is none."""
        if kind in {"s", "inlineStr"}:
            return self._raised_text(value)
        if kind == "e":
            return BROKEN
        form = self._styles.of(self._cell.get("s"))
        if kind == "b" and value:
            return truth_text(value=value in _TRUE)
        if kind == "n" and is_number(value) and not (form.is_plain and _SHORT_WHOLE.fullmatch(value)):
            return self._shown(float(value), form)
        return _moment(value, form) if kind == "d" else None

    def _raised_text(self, value: str) -> str | None:
        if self._runs is not None:
            return self._runs.text if self._runs.has_raised else None
        return self._raised.get(int(value)) if value.isdecimal() else None


def _moment(value: str, form: NumberFormat) -> str | None:
    try:
        moment = datetime.fromisoformat(value).replace(tzinfo=None)
    except ValueError:
        return None
    return moment_text(moment, form if form.has_date else MOMENT)
