"""Raised and lowered parts of texts stand apart from what is before them: a footnote mark is no digit of a figure."""

from pathlib import Path

import pytest
import xlsxwriter

from icstip.tables.workbooks.xlsx.read import read_xlsx

SUPERSCRIPT, SUBSCRIPT = 1, 2
Texts = list[str | None]


def _column(path: Path) -> Texts:
    (grid,) = read_xlsx(path)
    return grid.frame["A"].to_list()


def _book(folder: Path, *cells: str | list[tuple[str, int]], **options: object) -> Path:
    """Write a column of texts; a list is one of runs, each with its script."""
    path = folder / "t.xlsx"
    with xlsxwriter.Workbook(path, options) as book:
        sheet = book.add_worksheet()
        formats = {script: book.add_format({"font_script": script}) for script in (0, SUPERSCRIPT, SUBSCRIPT)}
        for row, cell in enumerate(cells):
            if isinstance(cell, str):
                sheet.write_string(row, 0, cell)
            else:
                sheet.write_rich_string(row, 0, *(piece for text, script in cell for piece in (formats[script], text)))
    return path


@pytest.mark.parametrize("options", [{}, {"constant_memory": True}], ids=["shared texts", "texts in cells"])
def test_a_raised_mark_is_no_digit_of_the_figure_before_it(tmp_path: Path, options: dict[str, object]) -> None:
    cells = (
        [("12", 0), ("1", SUPERSCRIPT)],
        "121",
        [("Total", 0), ("23", SUPERSCRIPT)],
        [("7", 0), ("a", SUPERSCRIPT)],
        [("8", 0), ("*", SUPERSCRIPT)],
        [("CO", 0), ("2", SUBSCRIPT)],
    )
    assert _column(_book(tmp_path, *cells, **options)) == ["12¹", "121", "Total²³", "7 (a)", "8*", "CO₂"]


def test_runs_that_are_not_raised_are_one_text(tmp_path: Path) -> None:
    assert _column(_book(tmp_path, [("1", 0), ("2", 0)], "x")) == ["12", "x"]


def test_a_blank_that_is_raised_marks_nothing(tmp_path: Path) -> None:
    assert _column(_book(tmp_path, [("12", 0), (" ", SUPERSCRIPT)], "x")) == ["12", "x"]


def test_marks_are_found_beside_everything_else_that_a_sheet_says(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        raised = book.add_format({"font_script": SUPERSCRIPT})
        sheet.write_rich_string(0, 0, "Women", raised, "1")
        sheet.write_number(0, 1, 0.5, book.add_format({"num_format": "0%"}))
        sheet.merge_range(1, 0, 1, 1, "both")
    (grid,) = read_xlsx(path)
    assert grid.frame.rows() == [("Women¹", "50%"), ("both", None)]
    assert len(grid.merged) == 1
