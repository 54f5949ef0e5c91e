"""A sheet with what it says besides its values: what is hidden or joined is kept and told."""

import polars as pl
import pytest

from icstip.errors import TableError
from icstip.tables.grid import Area, Grid
from icstip.tables.workbooks import sheet
from icstip.tables.workbooks.sheet import Details, frame_of, grid_of

FRAME = pl.DataFrame(
    {"B": ["a", "b", None, "d"], "C": ["e", None, None, "h"], "D": [None, None, None, "l"]},
    schema_overrides={"D": pl.String},
)


def grid(details: Details, frame: pl.DataFrame = FRAME) -> Grid:
    return grid_of("t.xlsx", "Data", frame, details)


def told(found: Grid) -> list[tuple[str, str, str | None, tuple[str, ...]]]:
    return [(finding.code, str(finding.place), finding.value, finding.cells) for finding in found.findings]


def test_a_sheet_that_hides_and_joins_nothing_is_its_cells() -> None:
    found = grid(Details())
    assert found.frame.equals(FRAME)
    assert (found.findings, found.merged, found.hidden_rows, found.hidden_columns) == ((), (), frozenset(), frozenset())


def test_cells_become_columns_from_the_first_to_the_last_and_rows_from_1() -> None:
    frame = frame_of({5: {2: "b"}, 3: {4: "a"}, 9: {}}, "t")
    assert frame.to_dict(as_series=False) == {
        "C": [None, None, None, "a"],
        "D": [None] * 4,
        "E": [None, "b", None, None],
    }
    assert frame_of({}, "t").shape == frame_of({3: {}}, "t").shape == (0, 0)


def test_cells_far_apart_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet, "MAX_CELLS", 100)
    assert frame_of({1: {50: "x"}, 2: {1: "y"}}, "t").shape == (50, 2)
    with pytest.raises(TableError, match="B51"):
        frame_of({1: {51: "x"}, 2: {1: "y"}}, "t!Data")


def test_texts_take_the_place_of_what_the_reader_gives() -> None:
    found = grid(Details(texts={2: {1: "12.5%", 3: " new "}, 4: {4: ""}, 9: {1: "beyond"}}))
    assert found.frame.rows() == [("12.5%", "e", None), ("b", None, None), ("new", None, None), ("d", "h", None)]
    assert FRAME["B"].to_list() == ["a", "b", None, "d"]


def test_hidden_rows_are_read_and_told_once_with_all_their_numbers() -> None:
    found = grid(Details(hidden_rows=(range(1, 3), range(4, 99))))
    assert found.hidden_rows == {1, 2, 4}
    assert told(found) == [("TABLE-006", "t.xlsx!Data!B1", "1–2, 4", ())]
    assert found.findings[0].count == 3


def test_hidden_columns_are_read_and_told_once_with_all_their_letters() -> None:
    found = grid(Details(hidden_columns=(range(1, 3), range(4, 16_385))))
    assert found.hidden_columns == {"B", "D"}
    assert told(found) == [("TABLE-007", "t.xlsx!Data!B1", "B, D", ())]


def test_what_is_hidden_and_blank_is_not_told() -> None:
    found = grid(Details(hidden_rows=(range(3, 4),), hidden_columns=(range(5, 9),)))
    assert (set(found.hidden_rows), set(found.hidden_columns), found.findings) == ({3}, set(), ())
    assert grid(Details(hidden_rows=(range(1, 9),), hidden_columns=(range(1, 9),)), pl.DataFrame()).findings == ()


def test_a_hidden_sheet_is_read_and_told() -> None:
    assert told(grid(Details(hidden=True))) == [("TABLE-008", "t.xlsx", "Data", ())]


def test_formulas_without_a_value_are_told_once_with_all_their_cells() -> None:
    found = grid(Details(without_value=((4, 1), (4, 2))))
    assert told(found) == [("TABLE-009", "t.xlsx!Data!D1", "D1, D2", ("D1", "D2"))]
    assert found.findings[0].count == 2


def test_a_message_names_twenty_cells_and_the_finding_has_them_all() -> None:
    (finding,) = grid(Details(without_value=tuple((1, row) for row in range(1, 31)))).findings
    assert finding.value is not None
    assert finding.value.endswith("A19, A20, …")
    assert len(finding.cells) == finding.count == 30


def test_a_merged_area_keeps_its_first_text_and_what_lies_beneath_is_told() -> None:
    areas = (Area(2, 1, 3, 2), Area(3, 4, 4, 9))
    found = grid(Details(merged=areas))
    assert found.merged == areas
    assert found.frame.rows() == [("a", None, None), (None, None, None), (None, None, None), ("d", "h", None)]
    assert told(found) == [("TABLE-012", "t.xlsx!Data!B2", "B2, C1, D4", ("B2", "C1", "D4"))]
    assert FRAME["C"].to_list() == ["e", None, None, "h"]


@pytest.mark.parametrize("area", [Area(7, 1, 9, 9), Area(2, 5, 9, 99), Area(1, 5, 16_384, 1_048_576)])
def test_an_area_outside_of_the_cells_is_only_kept(area: Area) -> None:
    found = grid(Details(merged=(area,)))
    assert (found.merged, found.findings) == ((area,), ())
    assert found.frame.equals(FRAME)


def test_an_area_that_begins_before_the_cells_covers_them() -> None:
    found = grid(Details(merged=(Area(1, 1, 4, 4),)))
    assert found.frame.null_count().row(0) == (4, 4, 4)
    assert found.findings[0].count == 6


def test_areas_are_many_and_large_and_still_quick() -> None:
    areas = tuple(Area(1, row, 16_384, 1_048_576) for row in range(5, 90_000))
    assert grid(Details(merged=areas)).frame.equals(FRAME)
