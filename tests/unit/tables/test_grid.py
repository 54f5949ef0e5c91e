"""A sheet as it is: addresses, and texts that can be written anywhere."""

from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape

import polars as pl
import pytest

from icstip.findings import Place
from icstip.tables.grid import Grid, clean_cells, letters_of, position_of


def test_columns_are_counted_as_a_sheet_letters_them() -> None:
    assert [letters_of(n) for n in (1, 26, 27, 702, 703, 16_384)] == ["A", "Z", "AA", "ZZ", "AAA", "XFD"]


def test_letters_and_positions_are_two_names_of_one_column() -> None:
    assert all(position_of(letters_of(position)) == position for position in range(1, 16_385))


def test_a_place_is_a_cell_a_row_or_the_sheet() -> None:
    grid = Grid("t.xlsx", "Data", pl.DataFrame())
    assert str(grid.place("F", 17)) == "t.xlsx!Data!F17"
    assert grid.place(row=17) == Place("t.xlsx", "Data", None, 17)
    assert grid.place() == Place("t.xlsx", "Data")


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("  Both ends\t\n", "Both ends"),
        ("\u00a0no break\u202f", "no break"),
        ("", None),
        (" \u3000 ", None),
        (None, None),
        ("two\nlines", "two\nlines"),
        ("two\r\nlines", "two\nlines"),
        ("two\rlines", "two\nlines"),
        ("tab\tinside", "tab\tinside"),
        ("١٬٢٠٤٫٥", "1\u202f204.5"),
        ("۲۰۲۳", "2023"),
        ("١٨ سنة", "18 سنة"),
        ("१२ １２ 12", "12 12 12"),
        ("12¹ ①", "12¹ ①"),
        ("\ufeffmark", "mark"),
        (" \ufeff between blanks", "between blanks"),
        ("vertical\x0btab", "vertical tab"),
        ("nul\x00nul", "nul nul"),
        ("\x00\x1f", None),
        ("\x0bat the end\x0c", "at the end"),
        ("no\uffffcharacter", "no character"),
        ("العربية", "العربية"),
    ],
)
def test_a_cell_is_clean(text: str | None, clean: str | None) -> None:
    frame = pl.DataFrame({"A": ["x", text], "B": ["untouched", " untouched"]}, schema={"A": pl.String, "B": pl.String})
    assert clean_cells(frame).rows() == [("x", "untouched"), (clean, "untouched")]


def test_a_clean_cell_can_be_written_as_xml() -> None:
    every = "".join(chr(n) for n in (*range(0x20), 0x7F, 0x85, 0xFEFF, 0xFFFD, 0xFFFE, 0xFFFF, 0x10000))
    clean = clean_cells(pl.DataFrame({"A": [f"<{every}>"]})).item()
    assert ET.fromstring(f"<a>{escape(clean)}</a>").text == clean  # noqa: S314 - the XML is ours


def test_cleaning_keeps_the_rows() -> None:
    assert (
        clean_cells(
            pl.DataFrame({"A": [" ", "a", "\x00"], "B": [None, None, None]}, schema_overrides={"B": pl.String})
        ).height
        == 3
    )
