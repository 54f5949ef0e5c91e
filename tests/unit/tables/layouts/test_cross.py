"""Tables with several figures in a row become records, each of which knows its cells."""

import polars as pl
import pytest

from icstip.errors import TableError
from icstip.tables.grid import Area, Grid, letters_of
from icstip.tables.layouts.cross import CrossRecords, read_layouts
from icstip.tables.layouts.layout import Layout, Range, Section, Split


def _grid(*lines: str, sheet: str | None = "S", merged: tuple[Area, ...] = ()) -> Grid:
    rows = [[cell.strip() or None for cell in line.split("|")] for line in lines]
    columns = {letters_of(i): list(column) for i, column in enumerate(zip(*rows, strict=True), 1)}
    return Grid("t.xlsx", sheet, pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String)), merged=merged)


def _read(layout: Layout, *grids: Grid) -> CrossRecords:
    return read_layouts(grids, [layout], "t.xlsx")


def _rows(records: CrossRecords, *columns: str) -> list[tuple[object, ...]]:
    return records.frame.select(columns).rows()


BY_YEAR = _grid(
    "Victims | |      |   ",
    "        | | 2019 | 2020",
    "Women   | | 5    | 6",
    "Men     | |      | 7",
)
YEARS = Layout(Range("C", 3), headers=(2,), stubs=("A",))


def test_each_cell_of_figures_is_a_record_with_what_its_row_and_column_say() -> None:
    records = _read(YEARS, BY_YEAR)
    assert _rows(records, "column A", "row 2", "figures") == [
        ("Women", "2019", "5"),
        ("Women", "2020", "6"),
        ("Men", "2019", None),
        ("Men", "2020", "7"),
    ]


def test_each_column_of_a_record_knows_its_cell() -> None:
    records = _read(YEARS, BY_YEAR)
    assert [records.cell(column, 4) for column in ("column A", "row 2", "figures")] == ["A4", "D2", "D4"]
    place = records.place("row 2", 4)
    assert (str(place), place.row) == ("t.xlsx!S!D2", 2)
    assert {name: place.cell for name, place in records.headers().items()} == {"row 2": "C2", "column A": "A3"}


def test_a_blank_repeats_what_stands_before_it_only_where_the_layout_says_so() -> None:
    grid = _grid(
        "    | Women |      | Men  |     ",
        "    | 2019  | 2020 | 2019 | 2020",
        "FR  | 1 | 2 | 3 | 4",
        " | 5 | 6 | 7 | 8",
    )
    layout = Layout(Range("B", 3), headers=(1, 2), stubs=("A",), fill=frozenset({"row 1", "column A"}))
    records = _read(layout, grid)
    assert _rows(records, "column A", "row 1", "row 2", "figures")[-2:] == [
        ("FR", "Men", "2019", "7"),
        ("FR", "Men", "2020", "8"),
    ]
    assert (records.cell("row 1", 8), records.cell("column A", 8)) == ("D1", "A3")
    plain = _read(Layout(Range("B", 3), headers=(1, 2), stubs=("A",)), grid)
    assert _rows(plain, "column A", "row 1")[-1] == (None, None)


def test_cells_that_are_merged_say_the_same() -> None:
    merged = (Area(2, 1, 3, 1), Area(4, 1, 4, 2), Area(1, 3, 1, 4))
    grid = _grid("  | Sex |   | Total", "   | F | M |   ", "FR | 1 | 2 | 3", "   | 4 | 5 | 9", merged=merged)
    records = _read(Layout(Range("B", 3), headers=(1, 2), stubs=("A",)), grid)
    assert _rows(records, "column A", "row 1", "row 2", "figures")[3:] == [
        ("FR", "Sex", "F", "4"),
        ("FR", "Sex", "M", "5"),
        ("FR", "Total", "Total", "9"),
    ]
    assert (records.cell("row 1", 5), records.cell("row 2", 6)) == ("B1", "D1")


def test_sections_say_what_the_rows_below_them_are() -> None:
    grid = _grid("      | 2020", "All   | 9", "By sex |  ", "Women | 4", "Men | 5", "By age |  ", "Adults | 9")
    layout = Layout(Range("B", 2), headers=(1,), stubs=("A",), sections=(Section("by", "A", ("by  SEX", "By age")),))
    records = _read(layout, grid)
    assert _rows(records, "by", "column A", "figures") == [
        (None, "All", "9"),
        ("By sex", "Women", "4"),
        ("By sex", "Men", "5"),
        ("By age", "Adults", "9"),
    ]
    assert (records.cell("by", 3), records.cell("by", 4)) == ("A3", "A6")
    assert records.findings == ()


def test_a_section_that_has_figures_is_also_a_record() -> None:
    grid = _grid(" | 2020", "Total | 9", "of these women | 4", "Children | 2", "of these girls | 1")
    layout = Layout(Range("B", 2), (1,), ("A",), sections=(Section("of", "A", ("Total", "Children")),))
    assert _rows(_read(layout, grid), "of", "column A") == [
        ("Total", "Total"),
        ("Total", "of these women"),
        ("Children", "Children"),
        ("Children", "of these girls"),
    ]


def test_rows_without_figures_are_missing_among_others_and_notes_below_them() -> None:
    grid = _grid("       | 2019 | 2020", "Women | 4 | 5", "Others | | ", "Men | 1 | 2", "Source: police | | ", " | | ")
    records = _read(Layout(Range("B", 2), (1,), ("A",)), grid)
    assert _rows(records, "column A", "figures")[2:4] == [("Others", None), ("Others", None)]
    assert [(f.code, f.value, str(f.place)) for f in records.findings] == [("ROW-004", "Source: police", "t.xlsx!S!A5")]


def test_a_text_is_taken_apart_and_what_has_one_part_only_has_no_second() -> None:
    grid = _grid("     | Adult - Negative - old | Adult - Positive | Total", "2020 | 1 | 2 | 3")
    layout = Layout(Range("B", 2), (1,), ("A",), splits=(Split("row 1", " - ", ("age", "decision")),))
    records = _read(layout, grid)
    assert _rows(records, "age", "decision") == [("Adult", "Negative - old"), ("Adult", "Positive"), ("Total", None)]
    assert records.cell("decision", 2) == "C1"


def test_signs_stand_beside_the_figure_that_they_are_about() -> None:
    grid = _grid("     | 2019 |  | 2020 | ", "Women | 4 | p | 5 |  ", "Men | 1 |  | 2 | r")
    records = _read(Layout(Range("B", 2), (1,), ("A",), flags=("C", "E")), grid)
    assert _rows(records, "row 1", "figures", "flag") == [
        ("2019", "4", "p"),
        ("2020", "5", None),
        ("2019", "1", None),
        ("2020", "2", "r"),
    ]
    assert records.cell("flag", 4) == "E3"


def test_columns_that_hold_no_figures_are_skipped_when_told_and_when_they_say_nothing() -> None:
    grid = _grid("     | 2019 | Note | | 2020", "Women | 4 | all | | 5")
    assert _rows(_read(Layout(Range("B", 2), (1,), ("A",), skipped=("C",)), grid), "figures") == [("4",), ("5",)]
    assert _rows(_read(Layout(Range("B", 2), (1,), ("A",)), grid), "figures") == [("4",), ("all",), ("5",)]


def test_several_sheets_and_tables_become_one_set_of_records() -> None:
    other = _grid("   | 2019 | 2020", "Women | 1 | 2", sheet="T")
    sheets = _read(
        Layout(Range("B", 2), (1,), ("A",), sheets=("T", "U")), other, _grid("  | 2019", "Men | 3", sheet="U")
    )
    assert _rows(sheets, "sheet", "figures") == [("T", "1"), ("T", "2"), ("U", "3")]
    assert (sheets.sheet, sheets.cell("figures", 3)) == (None, "U!B2")
    two = _grid("  | 2019", "Women | 1", "   | 2020", "Men | 2")
    tables = [Layout(Range("B", 2, "B", 2), (1,), ("A",), "one"), Layout(Range("B", 4), (3,), ("A",), "two")]
    records = read_layouts([two], tables, "t.xlsx")
    assert _rows(records, "table", "row 1", "row 3", "figures") == [
        ("one", "2019", None, "1"),
        ("two", None, "2020", "2"),
    ]
    assert (records.sheet, records.findings) == ("S", ())


def test_the_first_sheet_with_figures_is_read_and_others_with_figures_are_told() -> None:
    prose = _grid("Read me | ", "This table | counts", sheet="About")
    records = _read(Layout(Range("C", 3), (2,), ("A",)), prose, BY_YEAR, _grid("1 | 2", "3 | 4", sheet="More"))
    assert records.sheet == "S"
    assert [(f.code, f.value) for f in records.findings] == [("TABLE-011", "More")]


def test_figures_outside_of_the_table_are_told_with_their_cells() -> None:
    records = _read(Layout(Range("C", 3, "C"), (2,), ("A",)), BY_YEAR)
    (finding,) = [finding for finding in records.findings if finding.code == "TABLE-010"]
    assert (finding.cells, finding.count, str(finding.place)) == (("D3", "D4"), 2, "t.xlsx!S!D3")


@pytest.mark.parametrize(
    ("layout", "told"),
    [
        (Layout(Range("C", 3), (2,), ("A",), sheets=("T",)), "T"),
        (Layout(Range("F", 3), (2,), ("A",)), "F3:"),
        (Layout(Range("C", 30), (2,), ("A",)), "C30:"),
    ],
)
def test_a_layout_of_what_is_not_there_is_refused(layout: Layout, told: str) -> None:
    with pytest.raises(TableError, match=told):
        _read(layout, BY_YEAR)


def test_a_part_of_a_text_may_be_called_a_star() -> None:
    grid = _grid("  | Adults - F - x", "A | 5")
    splits = (Split("row 1", " - ", ("age", "*")), Split("*", " - ", ("^.*$", "b")))
    layout = Layout(Range("B", 2), headers=(1,), stubs=("A",), splits=splits)
    frame = _read(layout, grid).frame
    assert [frame[name].to_list() for name in ("age", "*", "^.*$", "b")] == [["Adults"], ["F - x"], ["F"], ["x"]]
