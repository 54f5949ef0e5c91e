"""The header is found below whatever stands above it, and every record keeps its row."""

from collections.abc import Iterator, Sequence

import polars as pl
import pytest

from icstip.errors import TableError
from icstip.tables.grid import Grid, letters_of
from icstip.tables.header import MAX_HEADER_ROW, Table, find_table
from icstip.tables.records import ROW

Cells = Sequence[str | None]
NEEDED = ["Country", "Year", "Value"]


def sheet(*rows: Cells, name: str | None = "Data", first: int = 1) -> Grid:
    width = max((len(row) for row in rows), default=0)
    columns = {letters_of(first + x): [row[x] if x < len(row) else None for row in rows] for x in range(width)}
    return Grid("t.xlsx", name, pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String)))


def find(*sheets: Grid) -> Table:
    return find_table(sheets, NEEDED, "folder/t.xlsx")


def fault(*sheets: Grid) -> TableError:
    with pytest.raises(TableError) as caught:
        find(*sheets)
    return caught.value


def test_records_are_the_rows_below_the_header_by_the_names_of_the_mapping() -> None:
    table = find(sheet(["Country", "Year", "Value"], ["A", "2020", "5"], ["B", "2021", "6"]))
    assert table.frame.to_dicts() == [
        {ROW: 2, "Country": "A", "Year": "2020", "Value": "5"},
        {ROW: 3, "Country": "B", "Year": "2021", "Value": "6"},
    ]
    assert (table.header_row, table.findings) == (1, ())


def test_addresses_are_those_of_the_sheet() -> None:
    table = find(sheet([], [None, "Country", "Year", "Value"], [None, "A", "2020", "5"], first=3))
    assert (table.header_row, table.letters) == (2, {"Country": "D", "Year": "E", "Value": "F"})
    assert table.cell("Value", 3) == "F3"
    assert str(table.place("Value", 3)) == "t.xlsx!Data!F3"


def test_a_preamble_is_skipped_and_said() -> None:
    table = find(sheet(["Title"], [], ["Source:", "Police"], NEEDED, ["A", "2020", "5"]))
    assert table.frame[ROW].to_list() == [5]
    (finding,) = table.findings
    assert (finding.code, finding.value, finding.place.row) == ("TABLE-002", "Title / Source: Police", 1)


def test_blank_rows_above_the_header_are_not_worth_a_word() -> None:
    assert find(sheet([], [], NEEDED, ["A", "2020", "5"])).findings == ()


def test_blank_rows_between_records_are_gone_and_the_others_keep_their_numbers() -> None:
    table = find(sheet(NEEDED, ["A", "2020", "5"], [], [None, None, None], ["B", None, None], []))
    assert table.frame[ROW].to_list() == [2, 5]


def test_a_header_without_records_is_a_table_without_records() -> None:
    table = find(sheet(NEEDED))
    assert table.frame.shape == (0, 4)
    assert [finding.code for finding in table.findings] == ["TABLE-005"]


@pytest.mark.parametrize("written", ["COUNTRY", "country", "  Country "])
def test_headers_are_compared_without_case(written: str) -> None:
    assert "Country" in find(sheet([written, "Year", "Value"])).letters


def test_headers_are_compared_with_any_white_space_as_one_blank() -> None:
    grid = sheet(["Unit  of\nmeasurement\u00a0(count)"])
    assert find_table([grid], ["unit of measurement (count)"], "t").letters == {"unit of measurement (count)": "A"}


def test_other_columns_keep_their_headers() -> None:
    table = find(sheet(["Country", " Region  1", "Year", "Value"], ["A", "R", "2020", "5"]))
    assert table.frame.row(0, named=True) == {ROW: 2, "Country": "A", " Region  1": "R", "Year": "2020", "Value": "5"}


def test_the_first_sheet_with_the_header_is_taken_and_the_others_that_have_it_are_named() -> None:
    def sheets() -> Iterator[Grid]:
        yield sheet(name="Empty")
        yield sheet(["Notes"], ["Country"], name="Notes")
        yield sheet(NEEDED, ["A", "2020", "5"], name="First")
        yield sheet(["Notes"], ["Country"], name="Remarks")
        yield sheet(NEEDED, ["A", "2021", "6"], name="Second")

    table = find_table(sheets(), NEEDED, "t.xlsx")
    assert table.grid.sheet == "First"
    assert [(f.code, f.params["others"]) for f in table.findings] == [("TABLE-004", "Second")]


def test_data_without_a_header_are_not_lost() -> None:
    table = find(
        sheet(["Country", None, "Year", None, "Value"], ["A", "x", "2020", None, "5"], ["B", None, None, None, "6"])
    )
    assert table.letters == {"Country": "A", "(B)": "B", "Year": "C", "Value": "E"}
    assert table.frame["(B)"].to_list() == ["x", None]


def test_a_row_with_data_in_a_column_without_a_header_only_is_kept() -> None:
    assert find(sheet([*NEEDED, None], [None, None, None, "note"])).frame[ROW].to_list() == [2]


def test_headers_that_occur_twice_are_told_apart_by_their_column() -> None:
    table = find(sheet([*NEEDED, "Note", "Note"], ["A", "2020", "5", "x", "y"]))
    assert table.letters["Note (E)"] == "E"
    assert table.frame.select("Note", "Note (E)").row(0) == ("x", "y")


def test_a_name_made_up_for_a_column_is_nobody_elses() -> None:
    table = find(sheet([*NEEDED, "Note (F)", "Note", "Note", "(H)", None], ["A", "2020", "5", "1", "2", "3", "4", "5"]))
    assert table.frame.row(0)[1:] == ("A", "2020", "5", "1", "2", "3", "4", "5")
    assert list(table.letters.values()) == list("ABCDEFGH")


@pytest.mark.parametrize("header", [ROW, "__value", "@SEX", "__"])
def test_a_header_that_begins_as_our_own_columns_do_is_told_apart(header: str) -> None:
    table = find(sheet([*NEEDED, header, header], ["A", "2020", "5", "x", "y"]))
    assert table.frame.columns == [ROW, *NEEDED, f"{header} (D)", f"{header} (E)"]
    assert table.frame.row(0) == (2, "A", "2020", "5", "x", "y")


def test_a_needed_header_that_occurs_twice_is_refused() -> None:
    error = fault(sheet(["Country", "Year", "Value", "year\n"]))
    assert (error.message_id, error.where, error.params) == ("table-double-header", "folder/t.xlsx", {"header": "Year"})
    assert "\n" not in error.line()


def test_without_the_columns_the_error_names_them_what_lacks_and_the_nearest_row() -> None:
    error = fault(
        sheet(["Country"], ["Country", "Value"], ["Value", "x"], name="Old"), sheet(["Year", "Value"], name="New")
    )
    assert (error.message_id, error.where) == ("table-no-header", "folder/t.xlsx")
    assert error.params == {"needed": "Country, Year, Value", "lacking": "Year", "nearest": "t.xlsx!Old!A2"}


def test_the_nearest_row_of_a_text_is_a_line() -> None:
    assert fault(sheet(["x"], ["Year"], name=None)).params["nearest"] == "t.xlsx:2"


@pytest.mark.parametrize("grids", [(), (sheet(),)])
def test_without_any_row_there_is_no_nearest(grids: tuple[Grid, ...]) -> None:
    error = fault(*grids)
    assert (error.params["nearest"], error.params["lacking"]) == ("-", "Country, Year, Value")


def test_the_header_is_looked_for_near_the_top() -> None:
    rows: list[Cells] = [["x"]] * (MAX_HEADER_ROW - 1)
    assert find(sheet(*rows, NEEDED)).header_row == MAX_HEADER_ROW
    assert fault(sheet(*rows, ["x"], NEEDED)).message_id == "table-no-header"
