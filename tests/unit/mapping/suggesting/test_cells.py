"""Cells are told apart by what they look like."""

import pytest
from tests.examples.drafts import grid_of, grid_of_rows

from icstip.mapping.suggesting.cells import Cells, Kind


def _kind(text: str | None) -> int:
    cells = Cells(grid_of_rows([[text]]), frozenset({"n/a", "unknown", "غير متوفر"}))
    return cells.column("A")[0]


@pytest.mark.parametrize(
    "text",
    [
        "0", "12", "1,234", "1.234", "1 234", "1\u00a0234", "1\u202f234", "1'234", "1’234", "1,234.5", "1.234,5",
        "1,234,567", "-5", "+5", "−5", "12.5", "12,5", "12.5%", "1e5", "1.5E-05",
        "20200", "1899", "2100",
        "2020.5", "201",
    ],
)  # fmt: skip
def test_figures_are_numbers_however_they_are_written(text: str) -> None:
    assert _kind(text) == Kind.NUMBER


@pytest.mark.parametrize("text", ["<5", "< 5", "≤5", "<=5", "<18"])
def test_bounds_are_told_apart_from_figures_since_they_can_be_ages(text: str) -> None:
    assert _kind(text) == Kind.BOUNDED


@pytest.mark.parametrize("text", ["1900", "2020", "2099", "2020.0", "2021*", "2022 (p)", "2020¹"])
def test_numbers_of_these_two_centuries_can_be_years(text: str) -> None:
    assert _kind(text) == Kind.YEAR


@pytest.mark.parametrize("text", ["-", "–", "..", "…", "*", "***", ":", "x", "س", "N/A", "Unknown", "غير متوفر"])
def test_signs_and_words_for_what_is_missing_stand_in_the_place_of_figures(text: str) -> None:
    assert _kind(text) == Kind.SIGN


@pytest.mark.parametrize("text", ["12*", "12 *", "1 204¹", "34 (a)", "5e", "12 r", "12 [1]", "<5*", "7†", "1.5 **"])
def test_figures_can_have_marks(text: str) -> None:
    assert _kind(text) == Kind.MARKED


@pytest.mark.parametrize("text", ["12 (34)", "5 women", "18+", "0-17", "(12)"])
def test_what_can_be_a_share_or_an_age_is_no_figure_with_a_mark(text: str) -> None:
    assert _kind(text) == Kind.TEXT


@pytest.mark.parametrize("text", ["Women", "2019/20", "15-17", "5 women", "1,23,4", "12,3456,7", "xx", "2020-Q1"])
def test_all_else_is_text(text: str) -> None:
    assert _kind(text) == Kind.TEXT


def test_a_cell_that_is_not_there_is_blank() -> None:
    assert _kind(None) == Kind.BLANK


def test_cells_know_the_kinds_of_a_column_and_the_text_of_a_cell() -> None:
    cells = Cells(grid_of("Women | 5", "      | 2020", "Men | -"), frozenset())
    assert cells.column("A") == [Kind.TEXT, Kind.BLANK, Kind.TEXT]
    assert cells.column("B") == [Kind.NUMBER, Kind.YEAR, Kind.SIGN]
    assert [cells.text("B", row) for row in (0, 1, 3, 4)] == [None, "5", "-", None]
    assert cells.text("A", 2) is None
