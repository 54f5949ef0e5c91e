"""Which cells of a sheet, or lines of a message, what findings are about."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from icstip.findings import Finding, Severity
from icstip.reports.validation.rows import RANKS
from icstip.tables.grid import MAX_COLUMNS, MAX_ROWS, Area, Grid, position_of

Cell: TypeAlias = tuple[int, int]
"""Row and column, from 0."""

_ADDRESS: Final = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,9})")


@dataclass(frozen=True, slots=True)
class Marks:
    """What was found in a sheet.

    Attributes:
        cells: The findings of each cell, the most severe first; the most severe cells first, then by their places.
        beyond: How many cells with findings no workbook has a place for.
    """

    cells: dict[Cell, list[Finding]] = field(default_factory=dict)
    beyond: int = 0

    @property
    def rows(self) -> set[int]:
        """The rows with findings, from 0."""
        return {row for row, _ in self.cells}


def marks_of(grid: Grid, findings: Iterable[Finding]) -> Marks:
    """Return what was found in a sheet, cell by cell.

    What is about a whole row is put to its first cell with a text; what is about a cell that was merged into another,
    to that one. What is about the whole sheet has no cell.

    Args:
        grid: The sheet.
        findings: All findings.
    """
    shown_in = _Merged(grid)
    found: dict[Cell, list[Finding]] = {}
    beyond = set()
    for finding in findings:
        if (finding.place.file, finding.place.sheet) != (grid.file, grid.sheet):
            continue
        for row, column in dict.fromkeys(_cells(finding, grid)):
            if row >= MAX_ROWS or column >= MAX_COLUMNS:
                beyond.add((row, column))
                continue
            told = found.setdefault(shown_in.get(row, column), [])
            if finding not in told:
                told.append(finding)
    for told in found.values():
        told.sort(key=lambda finding: RANKS[finding.severity])
    ordered = sorted(found, key=lambda cell: (RANKS[found[cell][0].severity], cell))
    return Marks({cell: found[cell] for cell in ordered}, len(beyond))


def lines_of(file: str, findings: Iterable[Finding]) -> dict[int, list[Finding]]:
    """Return what was found in each line of a data message, in the order of its lines.

    Args:
        file: The message, as places have it.
        findings: All findings.
    """
    found: dict[int, list[Finding]] = {}
    for finding in findings:
        if finding.place.file != file:
            continue
        told = [int(cell) for cell in finding.cells if cell.isascii() and cell.isdigit()]
        if not told and finding.place.row is not None:
            told = [finding.place.row]
        for line in dict.fromkeys(told):
            found.setdefault(line, []).append(finding)
    return {line: sorted(found[line], key=lambda one: RANKS[one.severity]) for line in sorted(found)}


def is_address(text: str) -> bool:
    """Return whether a text is the address of a cell."""
    return _ADDRESS.fullmatch(text) is not None


def worst(findings: Iterable[Finding]) -> Severity:
    """Return the most severe of the severities of some findings."""
    return min((finding.severity for finding in findings), key=RANKS.__getitem__)


def _cells(finding: Finding, grid: Grid) -> Iterator[Cell]:
    addresses = finding.cells or ((finding.place.cell,) if finding.place.cell else ())
    matched = [found for found in map(_ADDRESS.fullmatch, addresses) if found is not None]
    for found in matched:
        yield int(found[2]) - 1, position_of(found[1]) - 1
    if not matched and finding.place.row is not None and not finding.place.cell:
        row = finding.place.row - 1
        texts = grid.frame.row(row) if 0 <= row < grid.frame.height else ()
        yield row, next((column for column, text in enumerate(texts) if text is not None), 0)


class _Merged:
    """The cells of a sheet that were merged, by row."""

    def __init__(self, grid: Grid) -> None:
        self._areas: dict[int, list[Area]] = {}
        for area in grid.merged:
            for row in range(area.first_row - 1, min(area.last_row, grid.frame.height)):
                self._areas.setdefault(row, []).append(area)

    def get(self, row: int, column: int) -> Cell:
        """Return the cell that shows what stands in a cell: another one where it was merged."""
        for area in self._areas.get(row, ()):
            if area.first_column <= column + 1 <= area.last_column:
                return area.first_row - 1, area.first_column - 1
        return row, column
