"""Each cell of a sheet is shown as what the draft takes it for."""

from pathlib import Path

import pytest

from icstip.mapping.suggesting.picture import Cell, Picture
from icstip.workflow.suggestion import Suggester

LINES = """Victims in Chile,,
,2021,2022
By sex,,
Women,41,-
Men,12,9
By what,,
Nobody knows,1,2
Source: police,,
"""


@pytest.fixture(scope="module")
def suggester(dsd_folder: Path) -> Suggester:
    return Suggester(dsd_folder)


def _rows(suggester: Suggester, folder: Path, text: str) -> list[list[Cell]]:
    table = folder / "t.csv"
    table.write_text(text, encoding="utf-8")
    draft = suggester.suggest(table)
    return list(Picture(draft, suggester.recogniser, suggester.labels).rows())


def test_titles_times_labels_figures_and_what_is_open_are_told_apart(suggester: Suggester, tmp_path: Path) -> None:
    rows = _rows(suggester, tmp_path, LINES)
    assert [[cell.taken for cell in row] for row in rows] == [
        ["note", "nothing", "nothing"],
        ["nothing", "time", "time"],
        ["label", "nothing", "nothing"],
        ["label", "figure", "open"],
        ["label", "figure", "figure"],
        ["label", "nothing", "nothing"],
        ["open", "figure", "figure"],
        ["note", "nothing", "nothing"],
    ]
    assert rows[3][0] == Cell("Women", "label", 'SEX = F "Female"')


def test_a_table_with_one_figure_a_row_is_shown_by_its_headers(suggester: Suggester, tmp_path: Path) -> None:
    lines = ["Year,Sex,Country,Region,Kind,Value", "2020,Female,Chile,Americas,x,1", "2020,Male,Peru,Americas,y,2"]
    rows = _rows(suggester, tmp_path, "\n".join([*lines, "2020,Male,Mali,Africa,x,2"]))
    assert [cell.taken for cell in rows[1]] == ["time", "label", "label", "left_out", "open", "figure"]


def test_texts_of_no_list_are_shown_as_what_they_are(suggester: Suggester, tmp_path: Path) -> None:
    lines = ["Year,Sex,Source,Source,Value", "2020,Female,police,courts,1", "2020,Male,police,courts,2"]
    rows = _rows(suggester, tmp_path, "\n".join(lines))
    assert [cell.taken for cell in rows[1]] == ["time", "label", "label", "label", "figure"]
