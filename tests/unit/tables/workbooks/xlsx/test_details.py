"""What a sheet of an xlsx workbook says besides values: what it hides, joins, and shows otherwise than it stores."""

import re
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from icstip.errors import TableError
from icstip.tables.grid import BROKEN, Area, Grid
from icstip.tables.workbooks.xlsx import details, styles
from icstip.tables.workbooks.xlsx.read import read_xlsx

BuildBook = Callable[..., Path]
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def only(path: Path) -> Grid:
    (grid,) = read_xlsx(path)
    return grid


def sheet_with(folder: Path, fill: Callable[[xlsxwriter.Workbook, Worksheet], object], **options: object) -> Path:
    path = folder / "book.xlsx"
    with xlsxwriter.Workbook(path, options) as book:
        fill(book, book.add_worksheet("Data"))
    return path


def style_sheet(*xfs: str, codes: str = "") -> str:
    return (
        f'<styleSheet xmlns="{MAIN}"><numFmts>{codes}</numFmts><cellStyleXfs><xf numFmtId="9"/></cellStyleXfs>'
        f"<cellXfs>{''.join(xfs)}</cellXfs></styleSheet>"
    )


def xf(identifier: int) -> str:
    return f'<xf numFmtId="{identifier}" xfId="0"/>'


# Numbers


@pytest.mark.parametrize(
    ("stored", "read"),
    [
        ("0.30000000000000004", "0.3"),
        ("0.1234567890123", "0.1234567890123"),
        ("66.666666666666671", "66.6666666666667"),
        ("1234567890.12345", "1234567890.12345"),
        ("1E-12", "0.000000000001"),
        ("1.0000000000000001E-5", "0.00001"),
        ("1e20", "100000000000000000000"),
        ("12.50", "12.5"),
        ("-0.1", "-0.1"),
        ("123456789012345678", "123456789012345680"),
    ],
)
def test_a_number_is_a_plain_decimal_of_fifteen_digits(build_book: BuildBook, stored: str, read: str) -> None:
    path = build_book(f'<row r="1"><c r="A1"><v>{stored}</v></c><c r="B1" t="str"><v>{stored}</v></c></row>')
    assert only(path).frame.row(0) == (read, stored)


@pytest.mark.parametrize(
    ("written", "form", "read"),
    [
        (0.25, "0%", "25%"),
        (0.125, "0.0%", "12.5%"),
        (1 / 3, "0%", "33.3333333333333%"),
        (25, '0"%"', "25%"),
        (1_234_567, "#,##0", "1234567"),
        (0.5, "# ?/?", "0.5"),
        (date(2020, 3, 31), "yyyy", "2020"),
        (date(2020, 3, 31), 'yyyy"год"', "2020"),
        (date(2020, 3, 31), "[$-409]mmmm yyyy;@", "2020-03"),
        (date(2020, 3, 31), "[Red]dd.mm.yyyy", "2020-03-31"),
        (datetime(2020, 3, 31, 12, 30), "dd/mm/yyyy hh:mm", "2020-03-31 12:30:00"),  # noqa: DTZ001 - sheets have no zones
        (0.5, "hh:mm", "12:00:00"),
        (1.5, "[h]:mm", "36:00:00"),
    ],
)
@pytest.mark.parametrize("from_1904", [False, True])
def test_a_number_is_read_as_its_format_shows_it(
    tmp_path: Path, written: object, form: str, read: str, from_1904: object
) -> None:
    path = sheet_with(
        tmp_path,
        lambda book, sheet: sheet.write(0, 0, written, book.add_format({"num_format": form})),
        default_date_format="yyyy",
        date_1904=from_1904,
    )
    assert only(path).frame.item() == read


@pytest.mark.parametrize(
    ("identifier", "read"), [(0, "43921"), (9, "4392100%"), (14, "2020-03-31"), (17, "2020-03"), (22, "2020-03-31")]
)
def test_formats_without_a_code_are_those_of_the_standard(build_book: BuildBook, identifier: int, read: str) -> None:
    path = build_book(
        '<row r="1"><c r="A1" s="1"><v>43921</v></c></row>', {"xl/styles.xml": style_sheet(xf(0), xf(identifier))}
    )
    assert only(path).frame.item() == read


def test_only_the_styles_of_cells_count(build_book: BuildBook) -> None:
    parts = {"xl/styles.xml": style_sheet(xf(164), codes='<numFmt numFmtId="164" formatCode="0.0"/>')}
    path = build_book('<row r="1"><c r="A1" s="0"><v>2</v></c><c r="B1" s="7"><v>2</v></c></row>', parts)
    assert only(path).frame.row(0) == ("2", "2")


def test_a_cell_without_a_style_has_the_first_one(build_book: BuildBook) -> None:
    parts = {"xl/styles.xml": style_sheet(xf(9), xf(0))}
    path = build_book(
        '<row r="1"><c r="A1"><v>2</v></c><c r="B1" s="1"><v>2</v></c><c r="C1" t="n"><v>0.5</v></c></row>', parts
    )
    assert only(path).frame.row(0) == ("200%", "2", "50%")
    parts = {"xl/styles.xml": style_sheet(*[xf(9)] * 200, xf(0))}
    path = build_book('<row r="1"><c r="A1"><v>2</v></c><c r="B1" s="200"><v>2</v></c></row>', parts)
    assert only(path).frame.row(0) == ("200%", "2")


def test_more_styles_than_a_workbook_can_have_are_refused(
    build_book: BuildBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(styles, "MAX_STYLES", 3)
    assert only(build_book("", {"xl/styles.xml": style_sheet(*[xf(9)] * 3)})).findings == ()
    with pytest.raises(TableError, match=r"styles\.xml"):
        list(read_xlsx(build_book("", {"xl/styles.xml": style_sheet(*[xf(9)] * 4)})))


def test_a_text_with_a_format_for_numbers_is_a_text(tmp_path: Path) -> None:
    path = sheet_with(
        tmp_path, lambda book, sheet: sheet.write_string(0, 0, "0.25", book.add_format({"num_format": 9}))
    )
    assert only(path).frame.item() == "0.25"


def test_a_date_that_is_stored_as_one_is_read_as_its_format_shows_it(build_book: BuildBook) -> None:
    codes = '<numFmt numFmtId="164" formatCode="yyyy"/>'
    path = build_book(
        '<row r="1"><c r="A1" t="d"><v>2020-03-31</v></c><c r="B1" s="1" t="d"><v>2020-03-31T00:00:00Z</v></c></row>',
        {"xl/styles.xml": style_sheet(xf(0), xf(164), codes=codes)},
    )
    assert only(path).frame.row(0) == ("2020-03-31", "2020")


# What is hidden, joined or missing


def test_hidden_rows_and_columns_are_read_and_told(tmp_path: Path) -> None:
    def fill(_book: xlsxwriter.Workbook, sheet: Worksheet) -> None:
        for row in range(6):
            sheet.write_row(row, 0, ["a", "b", "c"])
        sheet.set_row(1, None, None, {"hidden": True})
        sheet.set_row(2, None, None, {"hidden": True})
        sheet.set_row(99, None, None, {"hidden": True})
        sheet.set_column("C:XFD", None, None, {"hidden": True})

    grid = only(sheet_with(tmp_path, fill))
    assert (set(grid.hidden_rows), set(grid.hidden_columns)) == ({2, 3}, {"C"})
    assert [(finding.code, finding.value) for finding in grid.findings] == [("TABLE-006", "2–3"), ("TABLE-007", "C")]
    assert grid.frame.rows() == [("a", "b", "c")] * 6


def test_a_hidden_sheet_is_read_and_told(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("Shown").write(0, 0, "a")
        for name, hide in (("Hidden", "hide"), ("Very", "very_hidden")):
            sheet = book.add_worksheet(name)
            sheet.write(0, 0, "b")
            getattr(sheet, hide)()
    assert [[finding.code for finding in grid.findings] for grid in read_xlsx(path)] == [
        [],
        ["TABLE-008"],
        ["TABLE-008"],
    ]


def test_merged_cells_keep_their_text_in_the_first_one(tmp_path: Path) -> None:
    def fill(_book: xlsxwriter.Workbook, sheet: Worksheet) -> None:
        sheet.merge_range("B2:C3", "joined")
        sheet.merge_range("A5:C5", 7)
        sheet.write("D1", "beside")

    grid = only(sheet_with(tmp_path, fill))
    assert grid.merged == (Area(2, 2, 3, 3), Area(1, 5, 3, 5))
    assert grid.frame.rows() == [
        (None, None, None, "beside"),
        (None, "joined", None, None),
        (None,) * 4,
        (None,) * 4,
        ("7", None, None, None),
    ]
    assert grid.findings == ()


def test_what_lies_beneath_merged_cells_is_told(build_book: BuildBook) -> None:
    content = (
        f'<worksheet xmlns="{MAIN}"><sheetData><row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row>'
        '</sheetData><mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells></worksheet>'
    )
    grid = only(build_book(parts={"xl/worksheets/sheet1.xml": content}))
    assert grid.frame.row(0) == ("1", None)
    assert [(finding.code, finding.cells) for finding in grid.findings] == [("TABLE-012", ("B1",))]


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("<f>1+1</f>", True),
        ("<f>1+1</f><v></v>", True),
        ("<f>1+1</f><v/>", True),
        ('<f t="shared" si="0"/>', True),
        ("<f>1+1</f><v>2</v>", False),
        ("<v></v>", False),
    ],
)
@pytest.mark.parametrize("kind", ["", ' t="str"'])
def test_a_formula_without_a_value_is_blank_and_told(build_book: BuildBook, cell: str, told: bool, kind: str) -> None:  # noqa: FBT001
    path = build_book(
        f'<row r="1"><c r="A1" t="str"><v>a</v></c><c r="B1"{kind}>{cell}</c><c r="C1"><v>1</v></c></row>'
    )
    grid = only(path)
    is_empty_text = bool(kind) and "<v" in cell  # the value of ="" is a text, and an empty one
    assert [(f.code, f.cells) for f in grid.findings] == (
        [("TABLE-009", ("B1",))] if told and not is_empty_text else []
    )
    assert grid.frame["B"].item() == ("2" if "2" in cell else None)


def test_a_sheet_that_is_written_otherwise_says_the_same(build_book: BuildBook) -> None:
    rows = (
        "<row hidden='true'><c><f>1</f></c><c t='b'><v>1</v></c></row>"
        "<row><c t='e'><v>#N/A</v></c><c s='1'><v>0.5</v></c><c><v>1E2</v></c></row>"
    )
    grid = only(build_book(rows, {"xl/styles.xml": style_sheet(xf(0), xf(10))}))
    assert grid.frame.rows() == [(None, "TRUE", None), (BROKEN, "50%", "100")]
    assert [finding.code for finding in grid.findings] == ["TABLE-006", "TABLE-009"]


def test_most_cells_are_not_looked_at_twice(build_book: BuildBook, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    start = details.SheetDetails.start

    def count(self: details.SheetDetails, name: str, attributes: dict[str, str]) -> None:
        seen.append(name)
        start(self, name, attributes)

    monkeypatch.setattr(details.SheetDetails, "start", count)
    plain = "".join(f'<row r="{row}"><c r="A{row}"><v>{row}</v></c></row>' for row in range(3, 1_000))
    first = '<row r="1"><c r="A1"><v>0.5</v></c></row><row r="2"><c r="A2" t="b"><v>1</v></c></row>'
    assert only(build_book(first + plain)).frame["A"].to_list()[:3] == ["0.5", "TRUE", "3"]
    assert seen.count("c") == 1
    seen.clear()
    # As LibreOffice writes them.
    plain = re.sub(r'<row (r="[0-9]+")><c (r="A[0-9]+")>', r'<row \1 hidden="false"><c \2 s="0" t="n">', plain)
    assert only(build_book(plain)).frame.height == 999
    assert seen == []


def test_numbers_that_patterns_find_and_those_that_they_do_not_come_to_the_same(build_book: BuildBook) -> None:
    values = ("0.5", "-1.25E-3", "0.30000000000000004", "1E+2", "43921", "7", "1234567890123456")
    parts = {"xl/styles.xml": style_sheet(xf(0), xf(10), xf(14), xf(21))}

    def rows(cell: str) -> str:
        return "".join(
            f'<row r="{row}">'
            + "".join(
                cell.format(at=f"{letters}{row}", style=style, value=value) for style, letters in enumerate("ABCD")
            )
            + "</row>"
            for row, value in enumerate(values, 1)
        )

    usual = only(build_book(rows('<c r="{at}" s="{style}"><f>1</f><v>{value}</v></c>'), parts)).frame
    typed = only(build_book(rows('<c r="{at}" s="{style}" t="n"><v>{value}</v></c>'), parts)).frame
    other = only(build_book(rows("<c s='{style}' r='{at}'><v>{value}</v></c>"), parts)).frame
    assert usual.rows() == typed.rows() == other.rows()
    assert usual.row(0) == ("0.5", "50%", "0.5", "12:00:00")
    assert usual["A"].to_list() == ["0.5", "-0.00125", "0.3", "100", "43921", "7", "1234567890123456"]


# Limits


@pytest.mark.parametrize(
    ("limit", "rows", "after", "before"),
    [
        ("MAX_MERGED", "", '<mergeCell ref="A1:B1"/>', ""),
        ("MAX_COLUMNS", "", "", '<col min="1" max="99" hidden="1"/>'),
        ("MAX_TEXTS", '<row r="1"><c r="A1"><v>0.5</v></c></row>', "", ""),
    ],
)
def test_what_is_told_of_a_sheet_has_a_limit(
    build_book: BuildBook, monkeypatch: pytest.MonkeyPatch, limit: str, rows: str, after: str, before: str
) -> None:
    monkeypatch.setattr(details, limit, 3)

    def book(times: int) -> Path:
        parts = f"{before * times}<sheetData>{rows * times}</sheetData>{after * times}"
        return build_book(parts={"xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}">{parts}</worksheet>'})

    assert list(read_xlsx(book(3)))
    with pytest.raises(TableError) as caught:
        list(read_xlsx(book(4)))
    assert caught.value.message_id == "table-too-large"


@pytest.mark.parametrize("reference", ["", "A", "1", "A1:", "A1:B"])
def test_a_merged_area_that_is_none_is_refused(build_book: BuildBook, reference: str) -> None:
    content = (
        f'<worksheet xmlns="{MAIN}"><sheetData/><mergeCells><mergeCell ref="{reference}"/></mergeCells></worksheet>'
    )
    path = build_book(parts={"xl/worksheets/sheet1.xml": content})
    if reference == "A1:":
        assert only(path).merged == (Area(1, 1, 1, 1),)
    else:
        with pytest.raises(TableError) as caught:
            list(read_xlsx(path))
        assert caught.value.message_id == "table-broken-archive"


def test_a_million_blank_rows_with_a_format_are_an_empty_sheet(build_book: BuildBook) -> None:
    rows = "".join(f'<row r="{row}" s="1" customFormat="1"><c r="A{row}" s="1"/></row>' for row in range(1, 1_000_001))
    assert only(build_book(rows)).frame.shape == (0, 0)
