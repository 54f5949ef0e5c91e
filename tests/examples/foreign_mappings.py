"""Workbooks with mappings of other tools, and tables that they are about."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import xlsxwriter

Cell = str | int | None
Sheets = Mapping[str, Sequence[Sequence[Cell]]]

PARAMETERS: Sequence[Sequence[Cell]] = [
    ["Element", "Type", "PosType", "Position", None, "DataStart", "C6"],
    ["REF_AREA", "DIM", "CELL", "B1", None, "NumColumns", 4],
    ["FREQ", "DIM", "FIX", "A", None, "TranscodingSheet", "Trans_1"],
    ["INDICATOR", "DIM", "FIX", "VIC_DET", None, "MissingObservationCharacter", ":"],
    ["UNIT_MEASURE", "DIM", "FIX", "NUMBER"],
    ["SEX", "DIM", "COLUMN", "A"],
    ["AGE", "DIM", "COLUMN", 2],
    ["TIME_PERIOD", "DIM", "ROW", 4],
    ["OBS_STATUS", "ATT", "OBS_LEVEL", 1],
    ["TITLE", "ATT", "SKIP"],
]
DATA: Sequence[Sequence[Cell]] = [
    ["Country", "Chile"],
    ["Victims of trafficking detected"],
    [],
    [None, None, 2019, None, 2020],
    ["Sex", "Age", "n", "flag", "n", "flag"],
    ["Women", "Under 18", 12, None, 15, "P"],
    ["Women", "18+", 30, None, ":", None],
    ["Men", "Under 18", 4, None, 6, None],
    ["Men", "18+", 10, None, 11, None],
]
TRANSCODING: Sequence[Sequence[Cell]] = [
    ["Text", "Dimension", "Value"],
    ["Women", "SEX", "F"],
    ["Men", "SEX", "M"],
    ["Under 18", "AGE", "Y0T17"],
    ["18+", "AGE", "Y_GE18"],
    ["Chile", "REF_AREA", "CL"],
]

INFO: Sequence[Sequence[Cell]] = [["DATA CURATION PROCESS"], ["dataflow", "WB:TIP(1.0)"]]
COMPONENTS: Sequence[Sequence[Cell]] = [
    ["SOURCE", "TARGET", "MAPPING_RULES", "SOURCE_CL", "TARGET_CL", "DEFAULT_VALUE"],
    ["Country", "REF_AREA", "representation"],
    ["Year", "TIME_PERIOD", "implicit"],
    ["Gender", "SEX", "representation"],
    ["Value", "OBS_VALUE", "implicit"],
    [None, "INDICATOR", "fixed:VIC_DET"],
    [None, "UNIT_MEASURE", "fixed:NUMBER"],
    ["Comment", None, None],
]
VALUES: Sequence[Sequence[Cell]] = [
    ["S:Country", "T:REF_AREA", "S:Gender", "T:SEX"],
    ["Chile", "CL", "Girls and women", "F"],
    ["Peru", "PE", "Boys and men", "M"],
    ["Chile", "CL", "Boys and men", "M"],
]
LONG = "Country,Year,Gender,Value\nChile,2020,Girls and women,5\nPeru,2021,Boys and men,6\n"


def changed(rows: Sequence[Sequence[Cell]], element: str, *cells: Cell) -> list[Sequence[Cell]]:
    """Return the rows with other cells behind the first one in the row that begins with this text, or a row more."""
    new = [[element, *cells, *row[len(cells) + 1 :]] if row and row[0] == element else row for row in rows]
    return new if any(row and row[0] == element for row in rows) else [*new, [element, *cells]]


def workbook(path: Path, sheets: Sheets) -> Path:
    """Write a workbook and return its path."""
    book = xlsxwriter.Workbook(path)
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    book.close()
    return path


def converter_book(
    folder: Path, parameters: Sequence[Sequence[Cell]] = PARAMETERS, **more: Sequence[Sequence[Cell]]
) -> Path:
    """Write a workbook of the Converter and return its path."""
    return workbook(folder / "table.xlsx", {"Parameters": parameters, "Data": DATA, "Trans_1": TRANSCODING, **more})


def world_bank_book(
    folder: Path,
    components: Sequence[Sequence[Cell]] = COMPONENTS,
    values: Sequence[Sequence[Cell]] = VALUES,
) -> Path:
    """Write a mapping workbook of the World Bank and return its path."""
    return workbook(folder / "wb.xlsx", {"INFO": INFO, "COMP_MAPPING": components, "REP_MAPPING": values})
