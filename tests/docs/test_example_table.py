"""What the documents say of the example table is so."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from icstip.tables.read import read_grids

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "glotip_excerpt.xlsx"
HEADER_ROW = 3
PREAMBLE = ["UNODC", "30/05/2023"]

Row = Mapping[str, str | None]


@pytest.fixture(scope="module")
def grid_rows() -> list[tuple[str | None, ...]]:
    (grid,) = read_grids(EXAMPLE)
    return grid.frame.rows()


@pytest.fixture(scope="module")
def rows(grid_rows: list[tuple[str | None, ...]]) -> list[Row]:
    header = [str(cell) for cell in grid_rows[HEADER_ROW - 1]]
    return [dict(zip(header, cells, strict=True)) for cells in grid_rows[HEADER_ROW:]]


def test_it_has_904_rows_below_two_rows_of_preamble(grid_rows: list[tuple[str | None, ...]], rows: list[Row]) -> None:
    assert [cells[0] for cells in grid_rows[: HEADER_ROW - 1]] == PREAMBLE
    assert len(rows) == 904


def test_433_figures_are_below_five_and_none_is_zero(rows: list[Row]) -> None:
    figures = [row["txtVALUE"] for row in rows]
    assert (figures.count("<5"), figures.count("0"), figures.count(None)) == (433, 0, 0)


def test_the_five_rows_of_albania_add_up_to_what_its_ages_say(rows: list[Row]) -> None:
    lower, upper = _sum_of_repeated(rows, "ALB")
    ages = {"0 to 17 years", "18 years or over"}
    by_age = [row for row in _other_forms(rows, "ALB") if row["Sex"] == "Total" and row["Age"] in ages]
    assert (lower, upper) == (52, 60)
    assert sum(int(str(row["txtVALUE"])) for row in by_age) == 55


def test_the_four_rows_of_guatemala_are_more_than_the_other_forms_leave(rows: list[Row]) -> None:
    in_total = {
        row["Category"]: int(str(row["txtVALUE"]))
        for row in rows
        if _is_of(row, "GTM")
        and (row["Sex"], row["Age"]) == ("Total", "Total")
        and row["Category"] in {"Total", "Sexual exploitation", "Forced labour"}
    }
    left = in_total["Total"] - in_total["Sexual exploitation"] - in_total["Forced labour"]
    assert (_sum_of_repeated(rows, "GTM"), left) == ((79, 79), 65)


@pytest.mark.parametrize(("cell", "label"), [("73", "97 albanian"), ("795", "Other forms of exploitation")])
def test_the_rows_that_the_documents_name_are_those(cell: str, label: str, rows: list[Row]) -> None:
    assert rows[int(cell) - HEADER_ROW - 1]["Category"] == label


def test_the_documents_attribute_it(documents: Mapping[str, str], prose: Callable[[str], str]) -> None:
    for name in ("README.md", "docs/examples/README.md"):
        assert "UNODC, GLOTIP, published 30 May 2023" in " ".join(prose(documents[name]).split())


def _is_of(row: Row, area: str) -> bool:
    year, indicator = "2017", "Detected trafficking victims"
    return (row["Iso3_code"], row["Year"], row["Indicator"]) == (area, year, indicator)


def _other_forms(rows: list[Row], area: str) -> list[Row]:
    return [row for row in rows if _is_of(row, area) and row["Category"] == "Other forms of exploitation"]


def _sum_of_repeated(rows: list[Row], area: str) -> tuple[int, int]:
    """Return the least and the most that the rows for both sexes and all ages can add up to."""
    figures = [row["txtVALUE"] for row in _other_forms(rows, area) if (row["Sex"], row["Age"]) == ("Total", "Total")]
    known = sum(int(figure) for figure in figures if figure and figure.isdigit())
    return known, known + 4 * figures.count("<5")
