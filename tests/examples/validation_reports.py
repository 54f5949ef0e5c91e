"""Reports of validations, and what stands in the workbooks that are made of them."""

import re
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.etree import ElementTree as ET

import polars as pl

from icstip.checks.settings import RuleSettings
from icstip.findings import Finding, Place
from icstip.reports.validation.report import FileReport, ValidationReport
from icstip.tables.grid import Area, Grid, letters_of

FILE, SHEET = "victims.xlsx", "Table 1"
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def wrong(code: str, *cells: str, value: str | None = "x", file: str = FILE, sheet: str | None = SHEET) -> Finding:
    """A finding in cells of a sheet, of a code whose texts need nothing more than these values."""
    params = {"column": "C", "component": "SEX", "type": "CL_SEX", "times": len(cells), "codelist": "CL_SEX"}
    return Finding(code, Place(file, sheet, cells[0]), value, {**params, "candidates": "F"}, cells)


def report_of(*findings: Finding, off: Mapping[str, str] | None = None, file: str = FILE) -> ValidationReport:
    """A report on one file."""
    one = FileReport(file, sha256="ab" * 32, findings=tuple(findings))
    return ValidationReport("0.1.0", RuleSettings(off=off or {}), ("SUM-001",), (one,))


def grid_of(
    *rows: Sequence[str | None],
    sheet: str | None = SHEET,
    file: str = FILE,
    merged: tuple[Area, ...] = (),
    hidden_rows: frozenset[int] = frozenset(),
    hidden_columns: frozenset[str] = frozenset(),
) -> Grid:
    """A sheet as it was read."""
    names = [letters_of(place) for place in range(1, len(rows[0]) + 1)]
    frame = pl.DataFrame(list(rows), schema=dict.fromkeys(names, pl.String), orient="row")
    return Grid(file, sheet, frame, merged=merged, hidden_rows=hidden_rows, hidden_columns=hidden_columns)


class Book:
    """A workbook, read from its parts without the library that wrote it."""

    def __init__(self, path: Path) -> None:
        with zipfile.ZipFile(path) as archive:
            self.dates = {part.date_time for part in archive.infolist()}
            self._parts = {name: archive.read(name).decode() for name in archive.namelist()}
        book = ET.fromstring(self._parts["xl/workbook.xml"])  # noqa: S314 - our own
        self.names = [sheet.attrib["name"] for sheet in book.iter(f"{_MAIN}sheet")]
        self._strings = [
            "".join(part.text or "" for part in item.iter(f"{_MAIN}t"))
            for item in ET.fromstring(self._parts["xl/sharedStrings.xml"])  # noqa: S314 - our own
        ]

    def part(self, sheet: str) -> str:
        """The XML of a sheet."""
        return self._parts[f"xl/worksheets/sheet{self.names.index(sheet) + 1}.xml"]

    def values(self, sheet: str) -> dict[str, str | float]:
        """What stands in the cells of a sheet."""
        found: dict[str, str | float] = {}
        for cell in ET.fromstring(self.part(sheet)).iter(f"{_MAIN}c"):  # noqa: S314 - our own
            value = cell.find(f"{_MAIN}v")
            if value is not None and value.text is not None:
                is_text = cell.get("t") == "s"
                found[cell.attrib["r"]] = self._strings[int(value.text)] if is_text else float(value.text)
        return found

    def texts(self, sheet: str) -> str:
        """All that is told in a sheet."""
        return "\n".join(str(value) for value in self.values(sheet).values())

    def styles(self, sheet: str) -> dict[str, str]:
        """The numbers of the formats of the cells of a sheet."""
        cells = ET.fromstring(self.part(sheet)).iter(f"{_MAIN}c")  # noqa: S314 - our own
        return {cell.attrib["r"]: cell.get("s", "0") for cell in cells}

    def comments(self, sheet: str) -> dict[str, str]:
        """The comments of a sheet by their cells."""
        number = self.names.index(sheet) + 1
        relations = self._parts.get(f"xl/worksheets/_rels/sheet{number}.xml.rels", "")
        target = re.search(r'Target="\.\./(comments[0-9]+\.xml)"', relations)
        if target is None:
            return {}
        parsed = ET.fromstring(self._parts[f"xl/{target[1]}"])  # noqa: S314 - our own
        return {
            comment.attrib["ref"]: "".join(part.text or "" for part in comment.iter(f"{_MAIN}t"))
            for comment in parsed.iter(f"{_MAIN}comment")
        }

    @property
    def has_formulas(self) -> bool:
        """Whether any cell has a formula."""
        return any("<f>" in part or "<f " in part for name, part in self._parts.items() if "worksheets/sheet" in name)
