"""The sheets of somebody's table again, with what was found in their cells; for a message, its lines with findings."""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

from wcwidth import wcswidth
from xlsxwriter.exceptions import OverlappingRange

from icstip.findings import Finding
from icstip.reports.validation.plain import number, shown
from icstip.reports.validation.rows import COLUMNS, TOLD, severity_name
from icstip.reports.validation.sheets.comments import MOST_COMMENTS, comment_size, comment_text
from icstip.reports.validation.sheets.looks import Looks, height_of, on_paper
from icstip.reports.validation.sheets.marks import Cell, Marks, worst
from icstip.tables.grid import MAX_COLUMNS, MAX_ROWS, Grid
from icstip.texts import RIGHT_TO_LEFT, RUNS_LEFT, text

_MOST_CELLS: Final = 500_000  # more take long to write, and to open
_FIRST_ROWS: Final = 100
_MOST_LINES: Final = 100_000
_LOOKED_AT: Final = 200
_NARROWEST, _WIDEST = 8, 40

_LINE_COLUMNS: Final = {
    "line": 10,
    "severity": 14,
    "code": 14,
    "kind": 28,
    "key": 36,
    "value": 18,
    "message": 60,
    "hint": 60,
}


@dataclass(frozen=True, slots=True)
class SheetNotes:
    """What a sheet of the workbook does not show.

    Attributes:
        name: Its name in the workbook.
        uncommented: How many cells with findings have no comment.
        left_out: How many rows without findings are left blank.
        beyond: How many cells or lines with findings have no place in it.
    """

    name: str
    uncommented: int = 0
    left_out: int = 0
    beyond: int = 0

    def told(self, findings: str, language: str) -> Iterator[str]:
        """Yield what is to be said of it.

        Args:
            findings: Name of the sheet with all findings.
            language: Language of the texts.
        """
        params: dict[str, object] = {"sheet": self.name, "findings": findings, "most": MOST_COMMENTS}
        for key, count in (("uncommented", self.uncommented), ("left-out", self.left_out), ("beyond", self.beyond)):
            if count:
                yield text(f"validation_book.{key}", language, count=count, **params)


class TableSheet:
    """A sheet of somebody's table, written again.

    Args:
        sheet: The sheet of the workbook.
        name: Its name.
        grid: The sheet as it was read.
        marks: What was found in it.
        looks: Formats of the workbook.
    """

    def __init__(self, sheet: Any, name: str, grid: Grid, marks: Marks, looks: Looks) -> None:  # noqa: ANN401 - untyped
        self._sheet = sheet
        self._name = name
        self._grid = grid
        self._marks = marks
        self._looks = looks

    def write(self, findings: str, language: str) -> SheetNotes:
        """Write values, merged cells, fills and comments; return what it does not show.

        Args:
            findings: Name of the sheet with all findings.
            language: Language of the comments.
        """
        if _runs_left(self._grid):
            self._sheet.right_to_left()
        on_paper(self._sheet)
        self._columns()
        self._merge()
        left_out = self._values()
        for row in self._grid.hidden_rows:
            if row - 1 not in self._marks.rows:
                self._sheet.set_row(row - 1, None, None, {"hidden": True})
        for cell, told in islice(self._marks.cells.items(), MOST_COMMENTS):
            said = comment_text(told, findings, language)
            width, height = comment_size(said)
            options = {"width": width, "height": height, "author": "icstip", "font_size": 9}
            self._sheet.write_comment(*cell, said, options)
        uncommented = max(len(self._marks.cells) - MOST_COMMENTS, 0)
        return SheetNotes(self._name, uncommented, left_out, self._marks.beyond)

    def _columns(self) -> None:
        found = {column for _, column in self._marks.cells}
        first = self._grid.frame.head(_LOOKED_AT)
        for place, letters in enumerate(first.columns[:MAX_COLUMNS]):
            lines = (line for value in first[letters].drop_nulls() for line in value.split("\n"))
            widest = max((wcswidth(line) for line in lines if len(line) <= _WIDEST), default=0)
            hidden = letters in self._grid.hidden_columns and place not in found
            width = min(max(widest + 2, _NARROWEST), _WIDEST)
            self._sheet.set_column(place, place, width, None, {"hidden": hidden})

    def _merge(self) -> None:
        """Merge cells, as far as the sheet goes; areas of a broken sheet can overlap, and only the first counts."""
        height, width = min(self._grid.frame.height, MAX_ROWS), min(self._grid.frame.width, MAX_COLUMNS)
        for area in self._grid.merged:
            first = (area.first_row - 1, area.first_column - 1)
            last = (min(area.last_row, height) - 1, min(area.last_column, width) - 1)
            if first < last and first[0] <= last[0] and first[1] <= last[1]:
                try:
                    self._sheet.merge_range(*first, *last, "")
                except OverlappingRange:
                    continue

    def _values(self) -> int:
        """Write the values; return how many rows are left blank because there are very many."""
        frame, marked = self._grid.frame.head(MAX_ROWS), self._marks.rows
        is_large = frame.height * frame.width > _MOST_CELLS
        left_out = 0
        for row, values in enumerate(frame.iter_rows()):
            if is_large and row >= _FIRST_ROWS and row not in marked:
                left_out += 1
                continue
            for column, value in enumerate(values[:MAX_COLUMNS]):
                if value is not None and (row, column) not in self._marks.cells:
                    self._put((row, column), value, None)
        for cell, told in self._marks.cells.items():
            row, column = cell
            is_inside = row < frame.height and column < frame.width
            value = frame.item(row, column) if is_inside else None
            self._put(cell, value, self._looks.marked[worst(told)])
        return left_out

    def _put(self, cell: Cell, value: str | None, look: Any) -> None:  # noqa: ANN401 - of a library without types
        figure = None if value is None else number(value)
        if figure is not None:
            self._sheet.write_number(*cell, figure, look)
        elif value is not None:
            self._sheet.write_string(*cell, shown(value), look)
        else:
            self._sheet.write_blank(*cell, None, look)


def write_lines(
    sheet: Any,  # noqa: ANN401 - of a library without types
    name: str,
    lines: Mapping[int, Sequence[Finding]],
    looks: Looks,
    language: str,
) -> SheetNotes:
    """Write the lines of a data message that have findings, and what was found; return what has no place.

    Args:
        sheet: The sheet of the workbook.
        name: Its name.
        lines: The findings of each line.
        looks: Formats of the workbook.
        language: Language of the texts.
    """
    if language in RIGHT_TO_LEFT:
        sheet.right_to_left()
    for column, (key, width) in enumerate(_LINE_COLUMNS.items()):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, text(COLUMNS[key], language), looks.head)
    heads = [text(COLUMNS[key], language) for key in _LINE_COLUMNS]
    sheet.set_row(0, height_of(heads, list(_LINE_COLUMNS.values())))
    every = [(line, finding) for line, findings in lines.items() for finding in findings]
    for row, (line, finding) in enumerate(every[:_MOST_LINES], 1):
        place = finding.place
        sheet.write_number(row, 0, line, looks.plain)
        severity = finding.severity
        sheet.write_string(row, 1, severity_name(severity, language), looks.severity[severity])
        of_first = place.key if line == place.row else None
        parts = (finding.code, finding.title(language), of_first, finding.value)
        values = (*parts, finding.message(language), finding.hint(language))
        sheet.set_row(row, height_of(values, list(_LINE_COLUMNS.values())[2:]))
        for column, (key, value) in enumerate(zip(list(_LINE_COLUMNS)[2:], values, strict=True), 2):
            sheet.write_string(row, column, shown(value), looks.prose if key in TOLD else looks.plain)
    on_paper(sheet, headings=True)
    sheet.autofilter(0, 0, min(len(every), _MOST_LINES), len(_LINE_COLUMNS) - 1)
    return SheetNotes(name, beyond=max(len(every) - _MOST_LINES, 0))


def _runs_left(grid: Grid) -> bool:
    """Return whether most texts of a sheet that have letters begin with one that runs to the left."""
    begins = [
        next((sign for sign in map(unicodedata.bidirectional, value) if sign == "L" or sign in RUNS_LEFT), "")
        for column in grid.frame.head(_LOOKED_AT).iter_columns()
        for value in column.drop_nulls()
    ]
    return sum(sign in RUNS_LEFT for sign in begins) > sum(sign == "L" for sign in begins)
