"""OpenDocument workbooks become grids: every cell at its place, as the text that people see."""

from collections.abc import Callable
from pathlib import Path

import fastexcel
import pytest

from icstip.errors import TableError
from icstip.tables.grid import BROKEN, Area, Grid
from icstip.tables.workbooks.ods.read import read_ods

BuildOds = Callable[..., Path]


def only(path: Path) -> Grid:
    (grid,) = read_ods(path)
    return grid


def cell(text: str = "", attributes: str = "", name: str = "table-cell") -> str:
    content = f"<text:p>{text}</text:p>" if text else ""
    return f"<table:{name} {attributes}>{content}</table:{name}>"


def row(*cells: str, attributes: str = "") -> str:
    return f"<table:table-row {attributes}>{''.join(cells)}</table:table-row>"


def typed(kind: str, value: str, text: str = "shown", more: str = "") -> str:
    name = {"date": "date-value", "time": "time-value", "boolean": "boolean-value"}.get(kind, "value")
    return cell(text, f'office:value-type="{kind}" office:{name}="{value}" {more}')


def text(path: Path) -> object:
    """The one cell of a workbook."""
    return only(path).frame.item()


# Places


def test_rows_and_columns_are_those_of_the_sheet(build_ods: BuildOds) -> None:
    path = build_ods(row() + row(cell(), cell("a"), cell(), cell("b")) + row(cell(), cell(), cell("c")))
    grid = only(path)
    assert grid.frame.to_dict(as_series=False) == {
        "B": [None, "a", None],
        "C": [None, None, "c"],
        "D": [None, "b", None],
    }
    assert (grid.file, grid.sheet, grid.findings) == ("built.ods", "Data", ())


def test_what_is_repeated_is_written_out_and_blanks_at_the_end_are_not(build_ods: BuildOds) -> None:
    rows = (
        row(cell("x", 'table:number-columns-repeated="2"'), attributes='table:number-rows-repeated="2"')
        + row(cell(), attributes='table:number-rows-repeated="3"')
        + row(cell(attributes='table:number-columns-repeated="3"'), cell("y"))
        + row(
            cell(attributes='table:number-columns-repeated="16384"'), attributes='table:number-rows-repeated="1048570"'
        )
    )
    frame = only(build_ods(rows)).frame
    assert frame.columns == ["A", "B", "C", "D"]
    assert frame.rows()[:2] == [("x", "x", None, None)] * 2
    assert frame.rows()[5:] == [(None, None, None, "y")]


def test_rows_may_stand_in_groups_and_headers(build_ods: BuildOds) -> None:
    rows = (
        f"<table:table-header-rows>{row(cell('h'))}</table:table-header-rows>"
        f"<table:table-row-group><table:table-rows>{row(cell('a'))}</table:table-rows></table:table-row-group>"
    )
    assert only(build_ods(rows)).frame["A"].to_list() == ["h", "a"]


def test_sheets_come_in_their_order_and_can_be_asked_for_by_name(build_ods: BuildOds) -> None:
    path = build_ods({"Second": row(cell("2")), "First &amp; last": row(cell("1")), "Empty": ""})
    assert [(grid.sheet, grid.frame.rows()) for grid in read_ods(path)] == [
        ("Second", [("2",)]),
        ("First & last", [("1",)]),
        ("Empty", []),
    ]
    assert [grid.sheet for grid in read_ods(path, "First & last")] == ["First & last"]
    with pytest.raises(TableError) as caught:
        next(read_ods(path, "Third"))
    assert caught.value.params == {"sheet": "Third", "sheets": "Second, First & last, Empty"}


# Texts


@pytest.mark.parametrize(
    ("content", "read"),
    [
        ("<text:p>plain</text:p>", "plain"),
        ("<text:p>  blanks \n around  </text:p>", "blanks around"),
        ("<text:p>two<text:s/><text:s text:c='2'/>three</text:p>", "two   three"),
        ("<text:p>a<text:tab/>b<text:line-break/>c</text:p>", "a\tb\nc"),
        ("<text:p>first</text:p><text:p>second</text:p>", "first\nsecond"),
        ("<text:p>Forced <text:span>lab</text:span>our</text:p>", "Forced labour"),
        ("<text:p><text:a xlink:href='x'>link</text:a></text:p>", "link"),
        ("<text:p>العربية é 中文 Кыргыз</text:p>", "العربية é 中文 Кыргыз"),
        ("<text:p>R&amp;D &lt;x&gt;</text:p>", "R&D <x>"),
        (
            "<office:annotation><dc:date>2020</dc:date><text:p>note</text:p></office:annotation><text:p>5</text:p>",
            "5",
        ),
        ("<text:p>5<office:annotation><text:p>a note</text:p></office:annotation></text:p>", "5"),
        ("<draw:frame><draw:text-box><text:p>drawn</text:p></draw:text-box></draw:frame><text:p>5</text:p>", "5"),
    ],
)
def test_a_cell_is_the_text_of_its_paragraphs(build_ods: BuildOds, content: str, read: str) -> None:
    path = build_ods(row(f"<table:table-cell office:value-type='string'>{content}</table:table-cell>"))
    assert text(path) == read


def test_a_text_that_is_only_an_attribute_is_a_text(build_ods: BuildOds) -> None:
    path = build_ods(row('<table:table-cell office:value-type="string" office:string-value="hidden"/>'))
    assert text(path) == "hidden"


def test_a_table_drawn_on_a_cell_is_none_of_the_sheet(build_ods: BuildOds) -> None:
    inner = f'<draw:frame><table:table table:name="inner">{row(cell("no"))}</table:table></draw:frame>'
    path = build_ods(row(f"<table:table-cell>{inner}<text:p>yes</text:p></table:table-cell>", cell("b")))
    assert only(path).frame.rows() == [("yes", "b")]


# Values


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (typed("float", "7", "7,00"), "7"),
        (typed("float", "0.30000000000000004", "0,3"), "0.3"),
        (typed("float", "1E-7", "1,00E-07"), "0.0000001"),
        (typed("float", "1000000", "1 000 000"), "1000000"),
        (typed("currency", "12.5", "12,50 €", 'office:currency="EUR"'), "12.5"),
        (typed("percentage", "0.125", "13 %"), "12.5%"),
        (typed("percentage", "0.25", "25 %"), "25%"),
        (typed("boolean", "true", "VRAI"), "TRUE"),
        (typed("boolean", "false", "FAUX"), "FALSE"),
        (typed("date", "2020-03-31", "31/03/20"), "2020-03-31"),
        (typed("date", "2020-03-31T12:30:00", "31/03/20"), "2020-03-31 12:30:00"),
        (typed("date", "2020-03-31T00:00:00", "31/03/20"), "2020-03-31"),
        (typed("date", "never", "never"), "never"),
        (typed("time", "PT08H30M00S", "08:30"), "08:30:00"),
        (typed("time", "PT26H30M00.5S", "26:30"), "26:30:00"),
        (typed("time", "-PT1H", "-1"), "-1"),
        (typed("float", "nan", "odd"), "odd"),
        (typed("float", "7", "7", 'table:formula="of:=3+4"'), "7"),
        (cell("007", 'office:value-type="string"'), "007"),
        (
            cell(
                "#DIV/0!",
                'table:formula="of:=1/0" office:value-type="string" office:string-value="" calcext:value-type="error"',
            ),
            BROKEN,
        ),
        (cell("Err:502", 'table:formula="of:=X()" office:value-type="float" office:value="0"'), BROKEN),
        (cell("#N/A", 'office:value-type="string"'), "#N/A"),
    ],
)
def test_a_value_is_its_text_as_people_see_it(build_ods: BuildOds, written: str, read: str) -> None:
    assert text(build_ods(row(written))) == read


def date_style(name: str, *parts: str) -> str:
    shown = "".join(f"<number:{part}/>" for part in parts)
    return (
        f'<number:date-style style:name="N{name}">{shown}</number:date-style>'
        f'<style:style style:name="{name}" style:family="table-cell" style:data-style-name="N{name}"/>'
    )


DATE = 'office:value-type="date" office:date-value="2020-03-31"'


@pytest.mark.parametrize(
    ("parts", "read"),
    [
        (("year",), "2020"),
        (("month", "year"), "2020-03"),
        (("quarter", "year"), "2020-Q1"),
        (("day", "month", "year"), "2020-03-31"),
        (("day", "month", "year", "hours", "minutes"), "2020-03-31"),
        (("day-of-week",), "2020-03-31"),
    ],
)
def test_a_date_is_what_its_style_shows(build_ods: BuildOds, parts: tuple[str, ...], read: str) -> None:
    path = build_ods(row(cell("x", f'table:style-name="ce1" {DATE}')), date_style("ce1", *parts))
    assert text(path) == read


def test_a_style_may_be_that_of_the_row_or_the_column_or_one_with_a_name(build_ods: BuildOds) -> None:
    named = (
        "<office:document-styles xmlns:office='o' xmlns:style='s' xmlns:number='n'>"
        f"<office:styles>{date_style('Year', 'year')}</office:styles></office:document-styles>"
    )
    styles = (
        date_style("month", "year", "month")
        + '<style:style style:name="child" style:family="table-cell" style:parent-style-name="Year"/>'
    )
    rows = (
        '<table:table-column table:number-columns-repeated="2"/>'
        '<table:table-column table:default-cell-style-name="month"/>'
        + row(cell("x", DATE), cell("x", f'table:style-name="child" {DATE}'), cell("x", DATE))
        + row(cell("x", DATE), attributes='table:default-cell-style-name="Year"')
    )
    frame = only(build_ods(rows, styles, {"styles.xml": named})).frame
    assert frame.rows() == [("2020-03-31", "2020", "2020-03"), ("2020", None, None)]


def test_styles_that_inherit_from_one_another_in_a_circle_say_nothing(build_ods: BuildOds) -> None:
    styles = "".join(
        f'<style:style style:name="{name}" style:family="table-cell" style:parent-style-name="{parent}"/>'
        for name, parent in (("a", "b"), ("b", "a"))
    )
    assert text(build_ods(row(cell("x", f'table:style-name="a" {DATE}')), styles)) == "2020-03-31"


def test_a_style_with_a_percent_sign_as_text_shows_it(build_ods: BuildOds) -> None:
    styles = (
        '<number:number-style style:name="N1"><number:number/><number:text> %</number:text></number:number-style>'
        '<style:style style:name="ce1" style:family="table-cell" style:data-style-name="N1"/>'
    )
    assert text(build_ods(row(typed("float", "25", "25 %", 'table:style-name="ce1"')), styles)) == "25%"


def test_a_style_for_spans_of_time_shows_all_hours(build_ods: BuildOds) -> None:
    styles = (
        '<number:time-style style:name="N1" number:truncate-on-overflow="false"><number:hours/></number:time-style>'
        '<style:style style:name="ce1" style:family="table-cell" style:data-style-name="N1"/>'
    )
    assert text(build_ods(row(typed("time", "PT2H", "2", 'table:style-name="ce1"')), styles)) == "2:00:00"


# What is hidden, joined or missing


def test_merged_cells_keep_their_text_in_the_first_one(build_ods: BuildOds) -> None:
    spans = 'table:number-columns-spanned="2" table:number-rows-spanned="2"'
    covered = cell(name="covered-table-cell")
    grid = only(
        build_ods(row(cell("m", spans), covered, cell("a")) + row(covered, cell("beneath", name="covered-table-cell")))
    )
    assert grid.merged == (Area(1, 1, 2, 2),)
    assert grid.frame.rows() == [("m", None, "a"), (None, None, None)]
    assert [(finding.code, finding.cells) for finding in grid.findings] == [("TABLE-012", ("B2",))]


def test_hidden_rows_and_columns_are_read_and_told(build_ods: BuildOds) -> None:
    columns = (
        "<table:table-column/>"
        '<table:table-column table:visibility="collapse" table:number-columns-repeated="2"/>'
        '<table:table-column table:visibility="collapse" table:number-columns-repeated="16381"/>'
    )
    rows = (
        row(cell("a"), cell("b"), cell("c"))
        + row(cell("d"), attributes='table:visibility="collapse"')
        + row(cell("e"), attributes='table:visibility="filter"')
        + row(cell(), attributes='table:visibility="collapse" table:number-rows-repeated="1048570"')
    )
    grid = only(build_ods(columns + rows))
    assert (set(grid.hidden_rows), set(grid.hidden_columns)) == ({2, 3}, {"B", "C"})
    assert [(finding.code, finding.value) for finding in grid.findings] == [("TABLE-006", "2–3"), ("TABLE-007", "B–C")]


def test_a_hidden_sheet_is_read_and_told(build_ods: BuildOds) -> None:
    hidden = '<style:table-properties table:display="false"/>'
    styles = f'<style:style style:name="ta1" style:family="table">{hidden}</style:style>'
    sheet = f'<table:table table:name="Data" table:style-name="ta1">{row(cell("a"))}</table:table>'
    (grid,) = read_ods(build_ods({"Data": sheet}, styles))
    assert [finding.code for finding in grid.findings] == ["TABLE-008"]


def test_a_formula_without_a_value_is_blank_and_told(build_ods: BuildOds) -> None:
    formula = 'table:formula="of:=1+1"'
    empty = f"<table:table-cell {formula}><text:p/></table:table-cell>"  # which is how an empty text is stored
    cells = (cell("a"), cell(attributes=formula), empty, cell(attributes=f'{formula} office:value-type="string"'))
    grid = only(build_ods(row(*cells, cell("b"))))
    assert grid.frame.row(0) == ("a", None, None, None, "b")
    assert [(finding.code, finding.cells) for finding in grid.findings] == [("TABLE-009", ("B1",))]


def test_changes_links_and_copies_of_other_files_are_no_sheets(build_ods: BuildOds) -> None:
    other = f'<table:table table:name="x">{row(cell("no"))}</table:table>'
    before = f"<table:tracked-changes>{other}</table:tracked-changes><table:content-validations/>"
    copy = f"""<table:table table:name="'file:///a.ods'#$S"><table:table-source/>{row(cell("no"))}</table:table>"""
    path = build_ods({"Data": f"<table:shapes>{other}</table:shapes>{row(cell('yes'))}", "copy": copy}, before=before)
    assert [(grid.sheet, grid.frame.rows()) for grid in read_ods(path)] == [("Data", [("yes",)])]


def test_another_reader_finds_the_same_texts_at_the_same_places(build_ods: BuildOds) -> None:
    rows = "".join(row(cell(), *(cell(f"{r}·{c}", 'office:value-type="string"') for c in range(3))) for r in range(50))
    path = build_ods(row() + rows)
    sheet = fastexcel.read_excel(str(path)).load_sheet(0, header_row=None, skip_rows=0, dtypes="string")
    assert only(path).frame.rows() == sheet.to_polars().rows()


# Raised texts


@pytest.mark.parametrize(
    ("position", "shown"),
    [
        ("super 58%", "12¹"),
        ("33% 58%", "12¹"),
        ("sub 58%", "12₁"),
        ("-33% 58%", "12₁"),
        ("0% 100%", "121"),
        ("", "121"),
    ],
)
def test_a_raised_mark_is_no_digit_of_the_figure_before_it(build_ods: BuildOds, position: str, shown: str) -> None:
    style = (
        f'<style:style style:name="T1" style:family="text"><style:text-properties style:text-position="{position}"/>'
    )
    path = build_ods(row(cell('12<text:span text:style-name="T1">1</text:span>')), f"{style}</style:style>")
    assert text(path) == shown


def test_what_is_behind_a_raised_mark_is_not_raised(build_ods: BuildOds) -> None:
    style = '<style:style style:name="T1" style:family="text"><style:text-properties style:text-position="super"/>'
    marked = 'a<text:span text:style-name="T1"><text:span>1</text:span></text:span>2'
    path = build_ods(row(cell(marked), cell("3")), f"{style}</style:style>")
    assert only(path).frame.row(0) == ("a¹2", "3")
