"""Both ways to read off a sheet how far it goes come to the same, and nothing slips past the quick one."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from icstip.tables.grid import letters_of
from icstip.tables.workbooks.markup import read_tags
from icstip.tables.workbooks.xlsx.extent import BytesScan, Extent, TagsScan, position_at
from icstip.tables.workbooks.xlsx.plain import other_cell

USUAL = (
    '<sheetData><row r="2" spans="1:3" ht="15"><c r="B2" s="1"/><c r="C2" t="s"><v>0</v></c></row>'
    '<row r="17"><c r="AB17" s="3" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="AC17"><v>5</v></c></row></sheetData>'
    '<selection activeCell="XFD9" sqref="XFD9"/><pageSetup r:id="r1"/>'
)


PLAIN = (
    '<c r="A1"/><c r="B1" s="4"/><c r="C1" s="4" t="s"><v>7</v></c><c r="D1" t="s"><v>7</v></c>'
    '<c r="E1" s="2"><v>-7</v></c><c r="F1" s="0" t="n"><v>7</v></c>'
)


def scan(xml: str, size: int = 1 << 20, special: tuple[int, ...] = (4,)) -> Extent:
    content = xml.encode()
    scanner = BytesScan(other_cell(special))
    for start in range(0, len(content), size):
        scanner.feed(content[start : start + size])
    return scanner.extent()


def parse(xml: str) -> Extent:
    scanner = TagsScan()
    read_tags([f"<a xmlns:r='r'>{xml}</a>".encode()], "t", "p", on_start=scanner.start, on_end=scanner.end)
    return scanner.extent()


def test_the_extent_goes_to_the_last_column_and_row() -> None:
    assert scan(USUAL) == Extent(last_column=29, last_row=17, cells=4, usual=True, plain=False)
    assert parse(USUAL) == Extent(last_column=29, last_row=17, cells=4, usual=False, plain=False)


def test_a_sheet_without_cells_has_no_extent() -> None:
    assert scan('<sheetData/><row r="9"/>') == Extent(0, 0, 0, usual=True, plain=True)


@pytest.mark.parametrize("size", [1, 7, 1023, 1024, 1025, 4096])
def test_it_does_not_matter_how_the_sheet_comes_in_pieces(size: int) -> None:
    rows = "".join(
        f'<row r="{r}">'
        + "".join(f'<c r="{letters_of(c)}{r}" t="{"e" if c == r else "n"}"><v>1</v></c>' for c in (1, r, 90))
        + "</row>"
        for r in range(2, 60)
    )
    assert scan(rows, size) == scan(rows)
    assert (scan(rows).last_column, scan(rows).last_row, scan(rows).cells) == (90, 59, 58 * 3)


@pytest.mark.parametrize(
    ("rows", "last_column", "last_row"),
    [
        pytest.param("<row r='1'><c r='XFD9'/></row>", 16_384, 9, id="apostrophes"),
        pytest.param('<row r = "1"><c r\n=\t"XFD9"/></row>', 16_384, 9, id="blanks around the equals sign"),
        pytest.param('<row><c s="1" r="XFD9"/></row>', 16_384, 9, id="another attribute first"),
        pytest.param('<row r="1"><c  r="XFD9"/></row>', 16_384, 9, id="two blanks"),
        pytest.param('<row r="1"><c\tr="XFD9"/></row>', 16_384, 9, id="tab"),
        pytest.param('<row r="7"><c/><c><v>1</v></c></row>', 2, 7, id="no address"),
        pytest.param("<row/><row><c/></row><row/><row><c/><c/></row>", 2, 4, id="no address at all"),
        pytest.param('<row><c r="C5"/><c/></row><row><c/></row>', 4, 5, id="an address now and then"),
        pytest.param('<x:row xmlns:x="x" r="3"><x:c r="D3"/></x:row>', 4, 3, id="prefix"),
    ],
)
def test_an_unusual_sheet_is_noticed_and_read_the_other_way(rows: str, last_column: int, last_row: int) -> None:
    assert not scan(rows).usual
    assert (parse(rows).last_column, parse(rows).last_row) == (last_column, last_row)


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param('<c r="A1" r="XFD9"/>', id="a second address"),
        pytest.param('<c r="A1"r="XFD9"/>', id="a second address without a blank"),
        pytest.param('<row><c r="A1" s="1" r = "XFD9"/></row>', id="a second address after another attribute"),
        pytest.param('<c r="AAAAAAAAAAAA1"/>', id="more letters than any column"),
        pytest.param('<c r="A18446744073709551617"/>', id="more digits than any row"),
        pytest.param('<c r="A1B2"/>', id="letters after digits"),
        pytest.param('<c r="&#65;1"/>', id="a character reference"),
        pytest.param('<c r=""/>', id="nothing"),
    ],
)
def test_an_address_that_is_none_is_not_usual(rows: str) -> None:
    assert not scan(rows).usual or scan(rows).last_row == 0


def test_an_address_counts_wherever_its_row_stands() -> None:
    assert scan('<row r="1"><c r="A1"/><c r="B1048576"/></row>').last_row == 1_048_576


def test_small_letters_are_letters() -> None:
    assert scan('<row r="1"><c r="xfd9"/></row>') == Extent(16_384, 9, 1, usual=True, plain=False)


def test_blanks_texts_and_short_whole_numbers_are_plain() -> None:
    assert scan(f"<row>{PLAIN}</row>").plain
    assert scan("<row>" + PLAIN * 500 + "</row>", 1024).plain


@pytest.mark.parametrize(
    "cell",
    [
        pytest.param('<c r="F1"><v>2.5</v></c>', id="a fraction"),
        pytest.param('<c r="F1"><v>1E3</v></c>', id="an exponent"),
        pytest.param('<c r="F1"><v>1234567890123456</v></c>', id="more digits than a number keeps"),
        pytest.param('<c r="F1" s="4"><v>2</v></c>', id="a style that shows it otherwise"),
        pytest.param('<c r="F1" t="b"><v>1</v></c>', id="a truth value"),
        pytest.param('<c r="F1" t="e"><v>#N/A</v></c>', id="an error value"),
        pytest.param("<c r=\"F1\" t='e'><v>#N/A</v></c>", id="apostrophes"),
        pytest.param('<c r="F1" s="1" t="e"><v>#N/A</v></c>', id="an error value with a style"),
        pytest.param('<c r="F1" t="d"><v>2020-03-31</v></c>', id="a date"),
        pytest.param('<c r="F1"><f>1+1</f></c>', id="a formula without a value"),
        pytest.param('<c r="F1"><f>1+1</f><v></v></c>', id="a formula with an empty value"),
        pytest.param('<c r="f1"><v>2.5</v></c>', id="a fraction at an address in small letters"),
        pytest.param('<c r="F1" cm="1"><v>2</v></c>', id="an attribute of another kind"),
    ],
)
@pytest.mark.parametrize("many", [1, 200])
def test_any_other_cell_is_not_plain(cell: str, many: int) -> None:
    assert not scan(f"<row>{PLAIN * many}{cell}</row>").plain
    assert not scan(f"<row>{PLAIN * many}{cell}</row>", 1025).plain


@pytest.mark.parametrize("formula", ["<f>1+1</f>", '<f t="shared" si="0"/>', "<f>A1&amp;B1</f>"])
def test_a_formula_with_a_short_whole_number_is_plain(formula: str) -> None:
    assert scan(f'<row><c r="A1">{formula}<v>2</v></c></row>').plain


def test_with_more_special_styles_than_a_pattern_takes_no_number_with_a_style_is_plain() -> None:
    special = tuple(range(100, 300))
    assert scan('<row><c r="A1"><v>2</v></c><c r="B1" s="5"/></row>', special=special).plain
    assert not scan('<row><c r="A1" s="5"><v>2</v></c></row>', special=special).plain


def test_an_address_is_a_column_and_a_row() -> None:
    assert position_at("XFD1048576") == (16_384, 1_048_576)
    with pytest.raises(ValueError, match="17"):
        position_at("17")


def test_a_text_that_looks_like_an_address_is_none() -> None:
    assert scan('<row r="1"><c r="A1" t="inlineStr"><is><t>r="XFD1048576"</t></is></c></row>').last_column == 1


CELLS = st.lists(
    st.tuples(
        st.integers(1, 16_384), st.integers(1, 1_048_576), st.sampled_from(["", ' s="1"', ' t="e"', ' s="2" t="s"'])
    ),
    max_size=60,
)


@settings(deadline=None)
@given(CELLS, st.integers(50, 3000))
def test_both_ways_agree(cells: list[tuple[int, int, str]], size: int) -> None:
    xml = "".join(f'<row r="{row}"><c r="{letters_of(column)}{row}"{rest}/></row>' for column, row, rest in cells)
    quick, slow = scan(xml, size), parse(xml)
    assert quick.usual
    assert (quick.last_column, quick.last_row, quick.cells) == (slow.last_column, slow.last_row, slow.cells)
