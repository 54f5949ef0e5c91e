"""What a spreadsheet program writes comes back cell by cell."""

import unicodedata
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from icstip.tables.grid import Area, Grid, letters_of
from icstip.tables.workbooks.shown import number_text
from icstip.tables.workbooks.xlsx.read import read_xlsx

SCRIPTS = "abcXYZ019 éñüÇ" + "абвЖЩЯқң" + "ءابتثجحخة" + "中国女性人" + "-.,;'\"&<>%()"
TEXTS = st.text(SCRIPTS, min_size=1, max_size=12)
NUMBERS = st.one_of(
    st.integers(-(10**15) + 1, 10**15 - 1),
    st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**9), max_value=10**9).map(float),
    st.floats(allow_nan=False, allow_infinity=False, allow_subnormal=False, min_value=-1e200, max_value=1e200),
)
CELLS = st.dictionaries(
    st.tuples(st.integers(0, 30), st.integers(0, 30)), st.one_of(st.none(), TEXTS, NUMBERS, st.booleans()), max_size=40
)
AREAS = st.lists(
    st.tuples(st.integers(0, 5), st.integers(0, 2), st.integers(0, 2), TEXTS),
    max_size=5,
    unique_by=lambda area: area[0],
)


def text_of(value: object) -> str | None:
    """What a cell is expected to read as."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return number_text(float(f"{value:.16G}"))  # which is what XlsxWriter writes
    return str(value).strip() or None if value is not None else None


def cells_of(grid: Grid) -> dict[tuple[int, str], str]:
    return {
        (row, letters): text
        for letters in grid.frame.columns
        for row, text in enumerate(grid.frame[letters], 1)
        if text is not None
    }


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("books") / "book.xlsx"


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(CELLS, AREAS, st.sets(st.integers(0, 30), max_size=3), st.sets(st.integers(0, 30), max_size=3))
def test_a_sheet_comes_back_cell_by_cell(
    path: Path,
    cells: dict[tuple[int, int], object],
    areas: list[tuple[int, int, int, str]],
    rows: set[int],
    columns: set[int],
) -> None:
    expected = {(row + 1, letters_of(column + 1)): text_of(value) for (row, column), value in cells.items()}
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_numbers": False}) as book:
        sheet, styled = book.add_worksheet("Data"), book.add_format({"bold": True})
        for (row, column), value in cells.items():
            if value is None:
                sheet.write_blank(row, column, None, styled)
            elif isinstance(value, str):
                sheet.write_string(row, column, value)
            else:
                sheet.write(row, column, value)
        for position, wide, high, text in areas:
            first = 40 + position * 4
            sheet.merge_range(first, 5, first + high, 5 + wide + 1, text)
            expected[first + 1, "F"] = text_of(text)
        for row in rows:
            sheet.set_row(row, None, None, {"hidden": True})
        for column in columns:
            sheet.set_column(column, column, None, None, {"hidden": True})
    (grid,) = read_xlsx(path)
    assert cells_of(grid) == {place: text for place, text in expected.items() if text is not None}
    assert set(grid.merged) == {
        Area(6, 41 + position * 4, 7 + wide, 41 + position * 4 + high) for position, wide, high, _ in areas
    }
    assert grid.hidden_rows == {row + 1 for row in rows if row < grid.frame.height}
    assert grid.hidden_columns == {letters_of(column + 1) for column in columns} & set(grid.frame.columns)


def test_the_texts_are_in_four_scripts() -> None:
    scripts = {unicodedata.name(character).split()[0] for character in SCRIPTS if character.isalpha()}
    assert scripts == {"LATIN", "CYRILLIC", "ARABIC", "CJK"}
