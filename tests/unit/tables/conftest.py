"""Workbooks for tests: written by a library as spreadsheet programs do, or part by part where they are to be odd."""

import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
import xlsxwriter

Rows = list[list[object]]
WriteBook = Callable[[Mapping[str, Rows]], Path]
BuildBook = Callable[..., Path]

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


@pytest.fixture
def write_book(tmp_path: Path) -> WriteBook:
    """A workbook with these cells from A1 on, by sheet; a cell that is None is not written."""

    def write(sheets: Mapping[str, Rows]) -> Path:
        path = tmp_path / "book.xlsx"
        with xlsxwriter.Workbook(path) as book:
            for name, rows in sheets.items():
                sheet = book.add_worksheet(name)
                for y, row in enumerate(rows):
                    for x, value in enumerate(row):
                        if value is not None:
                            sheet.write(y, x, value)
        return path

    return write


@pytest.fixture
def build_book(tmp_path: Path) -> BuildBook:
    """A workbook made of parts: the rows of its sheets as XML, and parts to add, replace or (None) leave out."""

    def build(
        sheets: Mapping[str, str] | str = "",
        parts: Mapping[str, str | bytes | None] | None = None,
        *,
        kind: str = "worksheet",
        target: str = "worksheets/sheet{}.xml",
    ) -> Path:
        rows = {"Data": sheets} if isinstance(sheets, str) else sheets
        listed = "".join(f'<sheet name="{name}" sheetId="{i}" r:id="r{i}"/>' for i, name in enumerate(rows, 1))
        targets = "".join(
            f'<Relationship Id="r{i}" Type="{OFFICE}/{kind}" Target="{target.format(i)}"/>'
            for i, _ in enumerate(rows, 1)
        )
        contents: dict[str, str | bytes | None] = {
            "_rels/.rels": f'<Relationships xmlns="{RELATIONS}"><Relationship Id="r1" '
            f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{listed}</sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{RELATIONS}">{targets}</Relationships>',
        }
        for i, content in enumerate(rows.values(), 1):
            contents[f"xl/worksheets/sheet{i}.xml"] = (
                f'<worksheet xmlns="{MAIN}"><sheetData>{content}</sheetData></worksheet>'
            )
        path = tmp_path / "built.xlsx"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for part, written in (contents | dict(parts or {})).items():
                if written is not None:
                    archive.writestr(part, written)
        return path

    return build
