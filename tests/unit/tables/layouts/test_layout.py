"""Where figures stand: ranges of cells, and the names that the columns of records get."""

import pytest

from icstip.tables.layouts.layout import Layout, Range, Section, Split


@pytest.mark.parametrize("text", ["D5:M60", "D5:M", "D5:", "A1:A1", "AA10:XFD1048576", "D5:9"])
def test_a_range_is_written_as_it_is_read(text: str) -> None:
    assert str(Range.parse(text)) == text


@pytest.mark.parametrize(
    "text", ["", "D5", "5:9", "d5:m60", "M5:D60", "D5:M4", "D0:M4", "D5:M60:Z9", "D5-M60", "DDDD1:"]
)
def test_what_is_no_range_is_none(text: str) -> None:
    assert Range.parse(text) is None


def test_records_have_a_column_for_each_thing_that_says_what_a_figure_is() -> None:
    layout = Layout(
        Range("C", 5),
        headers=(3, 4),
        stubs=("A", "B"),
        sections=(Section("breakdown", "A", ("By sex",)),),
        splits=(Split("row 4", " - ", ("age", "decision")),),
    )
    columns = ["column A", "column B", "breakdown", "row 3", "row 4", "age", "decision", "sheet", "table", "flag"]
    assert layout.names() == columns
