"""The figures of a sheet are found, with what stands above, beside and below them."""

from collections.abc import Callable

import pytest
from tests.examples.drafts import grid_of

from icstip.mapping.suggesting.cells import Cells
from icstip.mapping.suggesting.shape import Shape, find_shape

ShapeOf = Callable[..., Shape]


def _where(shape: Shape) -> tuple[tuple[int, ...], tuple[int, int], str, str]:
    """Return the header rows, the first and last row, the columns of figures and the stubs."""
    rows = (shape.rows.start, shape.rows.stop - 1)
    return shape.headers, rows, "".join(shape.figures), "".join(shape.stubs)


def test_the_title_the_headers_the_figures_and_the_notes_are_told_apart(shape_of: ShapeOf) -> None:
    shape = shape_of("Victims ||", "||", "|2019|2020", "Women|5|6", "Men|7|8", "||", "Source: police||", "||")
    assert _where(shape) == ((3,), (4, 5), "BC", "A")
    assert (shape.title, shape.headings, shape.notes) == ((1,), (), (7,))


@pytest.mark.parametrize("lines", [("Women|Men", "Adults|Children"), ("a|", "|b"), ("|", "|"), ("2019|2020", "a|b")])
def test_a_sheet_without_figures_has_no_table(lines: tuple[str, ...]) -> None:
    assert find_shape(Cells(grid_of(*lines), frozenset())) is None


def test_a_row_holds_one_figure_where_its_header_says_that_it_is_one(shape_of: ShapeOf) -> None:
    for header in ("Value", "VALUE", "Number", "Valeur", "القيمة"):
        assert shape_of(f"Year|Sex|{header}", "2019|F|5", "2020|M|6").is_long


@pytest.mark.parametrize("header", ["Women", "NRM referrals", "Victims detected", "Children, total"])
def test_a_header_that_says_something_of_the_figures_is_read_as_one(shape_of: ShapeOf, header: str) -> None:
    shape = shape_of(f"Year|Country|{header}", "2019|FR|5", "2020|ES|6")
    assert not shape.is_long
    assert (shape.headers, shape.figures) == ((1,), ("C",))


def test_where_a_column_is_called_figures_no_other_one_is(shape_of: ShapeOf) -> None:
    shape = shape_of("Row|Value|Code", "1|5|17", "2|6|18")
    assert (_where(shape), shape.is_long) == (((1,), (2, 3), "B", "AC"), True)


def test_two_rows_of_headers_are_no_table_with_one_figure_a_row(shape_of: ShapeOf) -> None:
    shape = shape_of("||Women", "Year|Age|Value", "2019|Adults|5", "2020|Adults|6")
    assert (shape.headers, shape.is_long) == ((1, 2), False)


def test_years_across_are_a_header(shape_of: ShapeOf) -> None:
    assert _where(shape_of("Sex|2019|2020", "Women|5|6", "Men|7|8")) == ((1,), (2, 3), "BC", "A")


def test_years_across_again_and_again_are_a_header(shape_of: ShapeOf) -> None:
    shape = shape_of("|Women||Men|", "Age|2019|2020|2019|2020", "Adults|1|2|3|4", "Children|5|6|7|8")
    assert _where(shape) == ((1, 2), (3, 4), "BCDE", "A")


def test_the_year_above_the_only_column_of_figures_is_a_header(shape_of: ShapeOf) -> None:
    assert _where(shape_of("|2020", "Women|5", "Men|6")) == ((1,), (2, 3), "B", "A")
    assert _where(shape_of("|2020", "Women|2001", "Men|1999")) == ((1,), (2, 3), "B", "A")
    assert _where(shape_of("Sex|2020", "Women|2001", "Men|5")) == ((1,), (2, 3), "B", "A")
    assert _where(shape_of("Country|Forme d'exploitation|2020", "France|a|5", "Spain|b|6"))[:2] == ((1,), (2, 3))
    assert _where(shape_of("No.||2020", "1|Women|5", "2|Men|6"))[0:2] == ((1,), (2, 3))


def test_a_number_like_a_year_beside_a_label_is_a_figure(shape_of: ShapeOf) -> None:
    for label in ("Women", "Total", "Number", "Frobs"):
        assert _where(shape_of(f"{label}|2020", "Men|1500")) == ((), (1, 2), "B", "A")


def test_years_beside_figures_are_their_times(shape_of: ShapeOf) -> None:
    assert _where(shape_of("Year|Women|Men", "2019|5|6", "2020|7|8")) == ((1,), (2, 3), "BC", "A")


@pytest.mark.parametrize(
    "lines",
    [
        ("Year|Women|Men", "2019|1999|2001", "2020|35|36"),
        ("Year|Women|Men", "2019|35|36", "2020|1999|2001"),
        ("Year|Women|Men", "2019|1950|1951", "2020|1999|2001"),
        ("Year|Women|Men", "2020|2019|2018", "2019|2018|2020"),
    ],
)
def test_counts_that_look_like_years_beside_years_stay_figures(shape_of: ShapeOf, lines: tuple[str, ...]) -> None:
    assert _where(shape_of(*lines)) == ((1,), (2, 3), "BC", "A")


@pytest.mark.parametrize("counts", [("1999|2001", "35|36"), ("35|1999", "36|2001"), ("1999|35", "2001|36")])
def test_notes_below_years_do_not_make_years_of_counts(shape_of: ShapeOf, counts: tuple[str, str]) -> None:
    lines = [f"{year}|{of_year}" for year, of_year in zip(("2019", "2020"), counts, strict=True)]
    shape = shape_of("Year|Women|Men", *lines, "||", "Source: police||", "Women: girls too||")
    assert (_where(shape), shape.notes) == (((1,), (2, 3), "BC", "A"), (5, 6))


@pytest.mark.parametrize(
    "lines",
    [
        ("Sex|2019|2020", "Women|2001|1999", "Men|10|11"),
        ("Sex|2019|2020", "Women|2001|1999", "Men|1950|2011"),
        ("Sex|2019|2020", "Women|10|11", "Men|2001|1999"),
        ("Sex|2019|2020", "Women|2019|2021", "Men|1|2"),
    ],
)
def test_counts_that_look_like_years_below_years_stay_figures(shape_of: ShapeOf, lines: tuple[str, ...]) -> None:
    assert _where(shape_of(*lines)) == ((1,), (2, 3), "BC", "A")


def test_counts_that_all_look_like_years_are_figures_where_their_header_says_so(shape_of: ShapeOf) -> None:
    shape = shape_of("Year|Value", "2019|2001", "2020|1999")
    assert (_where(shape), shape.is_long) == (((1,), (2, 3), "B", "A"), True)


def test_years_alone_are_figures_where_there_are_no_others(shape_of: ShapeOf) -> None:
    assert shape_of("Form|Women", "Sexual|1999", "Labour|2001").figures == ("B",)


def test_signs_stand_among_figures_but_make_no_column_of_them(shape_of: ShapeOf) -> None:
    assert _where(shape_of("Sex|All|Note", "Women|6|*", "Men|-|-", "Total|6|*")) == ((1,), (2, 4), "B", "AC")


def test_a_column_with_a_header_and_nothing_below_is_one_of_missing_figures(shape_of: ShapeOf) -> None:
    assert shape_of("Year|Women|Men|Total", "2019|5||5", "2020|6||6").figures == ("B", "C", "D")


def test_a_column_without_header_and_cells_is_nothing(shape_of: ShapeOf) -> None:
    assert _where(shape_of("Sex||2019", "Women||5", "Men||6"))[2:] == ("C", "A")


def test_rows_without_figures_among_others_are_headings(shape_of: ShapeOf) -> None:
    shape = shape_of("|2019|2020", "Total|9|9", "By sex||", "Women|4|5", "||", "By age||", "Adults|9|9")
    assert (shape.headings, shape.rows) == ((3, 6), range(2, 8))
    assert not shape.is_long


def test_a_figure_that_is_missing_beside_its_time_is_no_heading(shape_of: ShapeOf) -> None:
    shape = shape_of("Year|Sex|Value", "2019|F|5", "2019|M|", "2020|F|6")
    assert (shape.headings, shape.is_long) == ((), True)


def test_headers_stand_above_a_heading(shape_of: ShapeOf) -> None:
    assert shape_of("|2019|2020", "By sex||", "Women|4|5", "Men|1|2").headers == (1,)


def test_the_header_of_a_column_is_the_lowest_text_above_it(shape_of: ShapeOf) -> None:
    shape = shape_of("Sex|Women|", "|2019|2020", "F|5|6", "M|7|8")
    assert [shape.header(letters) for letters in "ABC"] == ["Sex", "2019", "2020"]


def test_at_most_four_rows_are_headers(shape_of: ShapeOf) -> None:
    lines = [f"|h{i}|k{i}" for i in range(6)]
    assert shape_of(*lines, "a|1|2", "b|3|4").headers == (3, 4, 5, 6)


@pytest.mark.parametrize(
    "lines",
    [
        ("Year|Women||Men|", "|<18|>=18|<18|>=18", "2019|5|6|7|8", "2020|9|1|2|3"),
        ("Year|Women||Men|", "|<18|18+|<18|18+", "2019|5|6|7|8", "2020|9|1|2|3"),
    ],
)
def test_bounds_of_ages_are_a_header(lines: tuple[str, ...], shape_of: ShapeOf) -> None:
    assert _where(shape_of(*lines)) == ((1, 2), (3, 4), "BCDE", "A")


def test_a_bound_of_ages_can_stand_beside_headers(shape_of: ShapeOf) -> None:
    assert _where(shape_of("Year|<18|18+", "2019|5|6", "2020|7|8")) == ((1,), (2, 3), "BC", "A")
    assert _where(shape_of("Zzz|<18|18+", "Frobs|5|6", "Frubs|7|8")) == ((1,), (2, 3), "BC", "A")


def test_bounds_beside_a_label_are_figures(shape_of: ShapeOf) -> None:
    assert _where(shape_of("Sex|2019|2020", "Women|<5|<5", "Men|7|8")) == ((1,), (2, 3), "BC", "A")
    assert _where(shape_of("Sex|2019|2020", "Women|<5|<5", "Men|<5|<5")) == ((1,), (2, 3), "BC", "A")
    assert _where(shape_of("Sex|2019|2020", "Women|<5|see note", "Men|7|8")) == ((1,), (2, 3), "BC", "A")
    assert _where(shape_of("Women|Men", "<5|<5", "7|8")) == ((1,), (2, 3), "AB", "")


ABOVE = ("Sex|2020|2021", "Women|5|6", "Men|7|8")


@pytest.mark.parametrize(
    ("lines", "address"),
    [
        (("||", "By age||", "Age|2018|2019", "Adults|1|2", "Children|3|4"), "A5"),
        (("||", "Suspects||", "Sex|2020|2021", "Women|1|2", "Men|3|4"), "A5"),
        (("|2022|2023", "Women|1|2", "Men|3|4"), "B4"),
        (("Sex|2020|2021", "Women|1|2", "Men|3|4"), "A4"),
        (("||", "Frob|Adults|Children", "France|1|2"), "A5"),
        (("Age|Women|Men", "Adults|1|2"), "A4"),
        (("||", "Zzz|2018|2019", "Adults|1|2"), "A5"),
        (("||", "|Women|Men", "|<18|<18", "2019|1|2"), "B5"),
        (("|By age|", "Adults|1|2"), "B4"),
    ],
)
def test_a_table_ends_where_another_one_begins(lines: tuple[str, ...], address: str, shape_of: ShapeOf) -> None:
    shape = shape_of(*ABOVE, *lines)
    assert (_where(shape), shape.below) == (((1,), (2, 3), "BC", "A"), address)


@pytest.mark.parametrize(
    "lines",
    [
        ("Unknown|2019|2021", "Other|3|4"),
        ("By age||", "Adults|1999|2001", "Children|3|4"),
        ("Unknown|see note|see note", "Other|3|4"),
        ("Unknown|<5|<5", "Other|3|4"),
        ("||", "Age|Women|Men"),
        ("||", "Source: police||"),
    ],
)
def test_counts_and_texts_beside_labels_end_no_table(lines: tuple[str, ...], shape_of: ShapeOf) -> None:
    assert shape_of(*ABOVE, *lines).below == ""


def test_a_table_with_one_figure_a_row_ends_as_well(shape_of: ShapeOf) -> None:
    shape = shape_of("Year|Sex|Value", "2019|F|5", "2020|M|6", "||", "Year|Age|Value", "2019|Adults|7")
    assert (_where(shape), shape.below, shape.is_long) == (((1,), (2, 3), "C", "AB"), "A5", False)
    assert shape.telling == ()


def test_a_header_that_is_repeated_on_the_next_page_ends_no_table(shape_of: ShapeOf) -> None:
    shape = shape_of("Year|Sex|Value", "2019|F|5", "2020|M|6", "Year|Sex|Value", "2019|M|7")
    assert (shape.below, shape.is_long) == ("", True)


def test_the_table_above_another_one_does_not_take_its_columns(shape_of: ShapeOf) -> None:
    shape = shape_of("Sex|2020||", "Women|5||", "|||", "Age|2018|2019|2020", "Adults|1|2|3")
    assert (_where(shape), shape.below) == (((1,), (2, 2), "B", "A"), "A4")


def test_tables_side_by_side_are_told(shape_of: ShapeOf) -> None:
    lines = ("Form|2020|2021||Sex|2020|2021", "Sexual|1|2||Women|3|4", "Labour|1|2||Men|3|4")
    assert shape_of(*lines).beside == ("E1",)
    assert shape_of("Sex|2020|Form|2021", "Women|5|a|6").beside == ()


def test_a_header_of_figures_above_others_says_nothing_of_columns(shape_of: ShapeOf) -> None:
    shape = shape_of("Sex|Number of victims||", "|2019|2020|2021", "Women|1|2|3", "Men|4|5|6")
    assert (_where(shape), shape.telling) == (((1, 2), (3, 4), "BCD", "A"), (2,))


@pytest.mark.parametrize(
    ("header", "figures"),
    [
        ("Year|Sex|Number|Rate per 100,000", "CD"),
        ("Year|Sex|Number|%", "CD"),
        ("Year|Victims|Population|Rate per 100,000", "BCD"),
        ("Zzz|Victims|Population|Rate per 100,000", "BCD"),
        ("Year|Number|Sex|Rate per 100,000", "BD"),
    ],
)
def test_beside_a_column_of_figures_there_are_others_that_are_measured(
    header: str, figures: str, shape_of: ShapeOf
) -> None:
    shape = shape_of(header, "2019|1|2|3.5", "2020|4|5|6.5")
    assert ("".join(shape.figures), shape.is_long, shape.unsaid) == (figures, False, ())


def test_figures_of_which_nothing_is_known_beside_others_are_told(shape_of: ShapeOf) -> None:
    shape = shape_of("Year|Value|Population|Age", "2019|1|200|30", "2020|4|500|40")
    assert (shape.figures, shape.stubs, shape.unsaid) == (("B",), ("A", "C", "D"), ("C",))


def test_figures_that_repeat_below_years_are_all_figures(shape_of: ShapeOf) -> None:
    shape = shape_of("|2020||2021|", "Sex|Number|Share|Number|Share", "Women|1|40%|2|50%", "Men|3|60%|4|50%")
    assert (shape.figures, shape.telling) == (("B", "C", "D", "E"), (1, 2))


def test_a_column_below_one_of_the_years_holds_figures_whatever_its_cells_say(shape_of: ShapeOf) -> None:
    lines = ("Sex|2020|2021", "Women|see note|12", "Men|twelve|8", "Unknown|12 or more|about 5")
    assert _where(shape_of(*lines)) == ((1,), (2, 4), "BC", "A")
    assert shape_of("Year|Value|Note", "2019|5|2020", "2020|6|see note", "2021|7|revised").figures == ("B",)


def test_columns_of_signs_behind_figures_are_flags(shape_of: ShapeOf) -> None:
    shape = shape_of("Sex|2020||2021|", "Women|5|r|6|p", "Men|7||8|*")
    assert (shape.figures, shape.stubs, shape.flags) == (("B", "D"), ("A",), ("C", "E"))


@pytest.mark.parametrize("header", ["Sex|2020|Note|2021|", "Sex|2020|Flag|2021|Flag"])
def test_columns_of_signs_with_a_header_are_read_as_any_other(header: str, shape_of: ShapeOf) -> None:
    assert "C" in shape_of(header, "Women|5|r|6|", "Men|7||8|").stubs


def test_texts_behind_figures_are_no_flags(shape_of: ShapeOf) -> None:
    assert shape_of("Sex|2020||2021|", "Women|5|revised|6|p", "Men|7||8|").flags == ("E",)


def test_a_first_row_whose_figures_all_have_marks_is_no_header(shape_of: ShapeOf) -> None:
    shape = shape_of("Sex|2020|2021", "Women|12*|7 (a)", "Men|5|6")
    assert (shape.headers, shape.rows) == ((1,), range(2, 4))


def test_a_column_of_what_looks_like_years_behind_figures_is_one_of_figures(shape_of: ShapeOf) -> None:
    shape = shape_of("Form|Children|Adults", "Labour|7|1900", "Begging|8|1900")
    assert shape is not None
    assert shape.figures == ("B", "C")
