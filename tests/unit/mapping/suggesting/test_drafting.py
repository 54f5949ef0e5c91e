"""A draft says what a table says; what is not sure is open, and nothing is left out without a reason."""

from collections.abc import Callable, Mapping, Sequence

import pytest
from tests.examples.drafts import gives, is_open, reasons

from icstip.mapping.suggesting.draft import Draft, Reason
from icstip.mapping.suggesting.drafting import Drafting
from icstip.mapping.suggesting.recognise import Recogniser
from icstip.mapping.suggesting.shape import Shape
from icstip.tables.layouts.layout import Layout, Range, Section

DraftOf = Callable[..., Draft]

NEEDED = {"REF_AREA", "INDICATOR", "UNIT_MEASURE"}


def _left_out(draft: Draft) -> Mapping[str, tuple[str, object]]:
    return {name: (reason.id, reason.params["column"]) for name, reason in draft.left_out.items()}


def test_a_table_with_one_figure_a_row_is_drafted_by_its_headers(draft_of: DraftOf) -> None:
    draft = draft_of("Year|Sex|Age|Value", "2019|F|Adults|5", "2020|M|Children|6")
    assert (draft.layout, draft.figures, draft.time, draft.part) == (None, "Value", "Year", "")
    assert gives(draft) == {"Sex": ("SEX",), "Age": ("AGE",)}
    assert (is_open(draft), draft.left_out) == (NEEDED, {})


def test_a_table_with_several_figures_in_a_row_is_drafted_by_its_places(draft_of: DraftOf) -> None:
    draft = draft_of("Victims||", "|2019|2020", "Women|5|6", "Men|7|8", "Source: police||")
    assert draft.layout == Layout(Range("B", 3, "C", 4), (2,), ("A",), sheets=("S",))
    assert (draft.figures, draft.time) == ("figures", "row 2")
    assert gives(draft) == {"column A": ("SEX",)}


@pytest.mark.parametrize(
    ("header", "component"), [("Women", "SEX"), ("NRM referrals", "INDICATOR"), ("Children", "AGE")]
)
def test_the_header_of_the_only_column_of_figures_is_read(draft_of: DraftOf, header: str, component: str) -> None:
    draft = draft_of(f"Year|{header}", "2019|5", "2020|6")
    assert (gives(draft), draft.time) == ({"row 1": (component,)}, "column A")


def test_a_header_of_figures_that_nobody_understands_is_open(draft_of: DraftOf) -> None:
    draft = draft_of("Year|Frobs", "2019|5", "2020|6")
    assert (gives(draft), reasons(draft)) == ({"row 1": ()}, {"row 1": "unknown"})


def test_a_part_of_the_year_stands_beside_it(draft_of: DraftOf) -> None:
    draft = draft_of("Year|Quarter|Value", "2019|Q1|5", "2019|Q2|6", "2020|Q1|7")
    assert (draft.time, draft.part, draft.columns) == ("Year", "Quarter", ())
    draft = draft_of("Year|Quarter|Women|Men", "2019|Q1|5|6", "2019|Q2|6|7", "2020|Q1|7|8")
    assert (draft.time, draft.part) == ("column A", "column B")


@pytest.mark.parametrize(
    ("lines", "time", "other"),
    [
        (("Year|Year of birth|Value", "2019|1999|5", "2019|2001|6", "2020|1999|7"), "Year", "Year of birth"),
        (("Year of birth|Year|Value", "1999|2019|5", "2001|2019|6", "1999|2020|7"), "Year", "Year of birth"),
        (("Year|Month|Value", "2019|2019-01|5", "2019|2019-02|6"), "Year", "Month"),
        (("Year|Since|Women|Men", "2019|2019-01|5|6", "2019|2019-02|6|7"), "column A", "column B"),
        (("Since|2019|2020", "2019-01|5|6", "2019-02|6|7"), "row 1", "column A"),
    ],
)
def test_a_second_time_stays_open(draft_of: DraftOf, lines: tuple[str, ...], time: str, other: str) -> None:
    draft = draft_of(*lines)
    assert (draft.time, gives(draft)[other], reasons(draft)[other]) == (time, (), "ambiguous")


# What nobody understands


@pytest.mark.parametrize("labels", [("foo", "foo", "foo"), ("foo", "bar", "foo"), ("foo", "bar", "baz")])
def test_a_column_that_is_not_understood_stays_open(draft_of: DraftOf, labels: tuple[str, str, str]) -> None:
    years = ("2018", "2019", "2020")
    long = draft_of("Year|Zzz|Value", *(f"{year}|{label}|5" for year, label in zip(years, labels, strict=True)))
    assert (gives(long), long.left_out) == ({"Zzz": ()}, {})
    cross = draft_of("Year|Zzz|Women|Men", *(f"{y}|{label}|5|6" for y, label in zip(years, labels, strict=True)))
    assert (gives(cross), cross.left_out) == ({"row 1": ("SEX",), "column B": ()}, {})


def test_a_constant_column_that_nobody_understands_is_never_left_out(draft_of: DraftOf) -> None:
    draft = draft_of("Sex|Zzz|Age|Value", "F|foo|Adults|5", "M|foo|Adults|6", "F|foo|Children|7")
    assert (gives(draft)["Zzz"], draft.left_out) == ((), {})


def test_a_column_that_nobody_understands_stays_open_even_if_it_follows_from_another(draft_of: DraftOf) -> None:
    draft = draft_of("Sex|Zzz|Value", "F|foo|5", "M|bar|6", "F|foo|7")
    assert (gives(draft), _left_out(draft)) == ({"Sex": ("SEX",), "Zzz": ()}, {})


def test_regions_that_follow_from_countries_are_left_out_with_the_reason(draft_of: DraftOf) -> None:
    draft = draft_of("Country|Region|Value", "Chile|Americas|5", "Peru|Americas|6", "Mali|Africa|7")
    assert gives(draft) == {"Country": ("REF_AREA",)}
    assert _left_out(draft) == {"Region": ("suggest.follows", "Country")}


@pytest.mark.parametrize("header", ["Region", "Territory", "Région", "Territorio", "Регион"])
@pytest.mark.parametrize("areas", [("Georgia", "Jersey"), ("Georgia",), ("Georgia", "Florida", "Jersey", "Iowa")])
def test_a_header_of_countries_or_of_parts_of_one_is_open(draft_of: DraftOf, header: str, areas: Sequence[str]) -> None:
    draft = draft_of(f"{header}|Year|Value", *(f"{area}|{year}|5" for area in areas for year in (2019, 2020)))
    assert (gives(draft), reasons(draft)) == ({header: ()}, {header: "ambiguous"})


def test_regions_that_are_all_countries_and_not_few_are_countries(draft_of: DraftOf) -> None:
    areas = ("Georgia", "Jersey", "France", "Peru", "Mali")
    draft = draft_of("Region|Year|Value", *(f"{area}|{year}|5" for area in areas for year in (2019, 2020)))
    assert gives(draft) == {"Region": ("REF_AREA",)}


def test_a_total_where_data_can_have_none_is_asked(draft_of: DraftOf) -> None:
    draft = draft_of("Year|Units|Value", "2019|Total number|5", "2020|Total number|6")
    assert gives(draft) == {"Units": ("UNIT_MEASURE",)}
    assert {label: meaning.code for label, meaning in draft.columns[0].meanings.items()} == {"Total number": "?"}


def test_parts_of_a_country_are_what_only_it_has(draft_of: DraftOf) -> None:
    areas = ("Georgia", "Florida", "Texas", "Iowa")
    draft = draft_of("Region|Year|Value", *(f"{area}|{year}|5" for area in areas for year in (2019, 2020)))
    assert gives(draft) == {"Region": ("CUST_BREAKDOWN",)}
    assert {meaning.code for meaning in draft.columns[0].meanings.values()} == {"?"}


def test_areas_without_a_header_are_open(draft_of: DraftOf) -> None:
    draft = draft_of("|2019|2020", "France|5|6", "Spain|7|8")
    assert (gives(draft), reasons(draft)) == ({"column A": ()}, {"column A": "ambiguous"})
    assert is_open(draft) == NEEDED


@pytest.mark.parametrize(
    ("lines", "column"),
    [
        (("Fiscal year|Value", "2019|5", "2020|6"), "Fiscal year"),
        (("Fiscal year|Women|Men", "2019|5|6", "2020|6|7"), "column A"),
        (("Fiscal year|2019|2020", "Women|5|6", "Men|6|7"), "row 1"),
        (("|2019/20|2020/21", "Women|5|6", "Men|6|7"), "row 1"),
        (("|FY 2019|FY 2020", "Women|5|6", "Men|6|7"), "row 1"),
        (("Victims by fiscal year||", "|2019|2020", "Women|5|6", "Men|6|7"), "row 2"),
        (("Victims by fiscal year||", "Year|Women|Men", "2019|5|6", "2020|6|7"), "column A"),
        (("Exercice||", "||", "Année|Sexe|Valeur", "2019|F|5", "2020|F|6"), "Année"),
    ],
)
def test_fiscal_years_stay_open_wherever_it_is_said(draft_of: DraftOf, lines: tuple[str, ...], column: str) -> None:
    draft = draft_of(*lines)
    assert (draft.time, gives(draft)[column]) == ("", ())
    assert "TIME_PERIOD" in is_open(draft)


# Blanks


def _by_year(*triples: tuple[str, str, str], unit: str = "Number") -> list[str]:
    return [
        f"{2000 + i}|{unit}|{label}|{figure}"
        for i, triple in enumerate(triples)
        for label, figure in zip(("", "Women", "Men"), triple, strict=True)
    ]


def _blank(draft: Draft) -> str:
    return next(column.blank for column in draft.columns if column.column == "Sex")


def test_a_blank_is_the_total_where_the_figures_show_it(draft_of: DraftOf) -> None:
    draft = draft_of("Year|Unit|Sex|Value", *_by_year(*[("9", "4", "5")] * 3))
    (column,) = [column for column in draft.columns if column.column == "Sex"]
    assert (column.blank, column.blank_reason) == ("_T", Reason("suggest.blank"))


def test_a_blank_is_open_without_evidence(draft_of: DraftOf) -> None:
    header = "Year|Unit|Sex|Value"
    assert _blank(draft_of(header, *_by_year(*[("9", "4", "5")] * 2))) == ""
    assert _blank(draft_of(header, *_by_year(*[("4", "4", "5")] * 4))) == ""
    assert _blank(draft_of(header, *_by_year(*[("5", "0", "5")] * 4))) == ""


def test_a_blank_beside_a_column_that_says_the_same_is_not_asked_for(draft_of: DraftOf) -> None:
    rows = ("2019|GBR|United Kingdom|5", "2019|FRA|France|6", "2020||Albania|7", "2021|ITA||8")
    draft = draft_of("Year|ISO3|Country|Value", *rows)
    assert [(column.components, column.blank_reason) for column in draft.columns] == [(("REF_AREA",), None)] * 2
    both = draft_of("Year|ISO3|Country|Value", *rows, "2022|||9")
    assert all(column.blank_reason == Reason("suggest.blank_open", {"total": "_T"}) for column in both.columns)


def test_where_a_total_is_said_a_blank_is_something_else(draft_of: DraftOf) -> None:
    lines = _by_year(*[("9", "4", "5")] * 3)
    assert _blank(draft_of("Year|Unit|Sex|Value", *lines, "2000|Number|Total|9")) == ""


def test_of_rates_a_blank_is_open_unless_it_is_between_them_or_counts_show_what_it_is(draft_of: DraftOf) -> None:
    rates = _by_year(*[("2.5", "1.0", "2.0")] * 4, unit="Rate")
    assert _blank(draft_of("Year|Unit|Sex|Value", *rates)) == ""
    between = _by_year(*[("2.5", "1.0", "4.0")] * 4, unit="Rate")
    assert _blank(draft_of("Year|Unit|Sex|Value", *between)) == "_T"
    assert _blank(draft_of("Year|Unit|Sex|Value", *rates, *_by_year(*[("9", "4", "5")] * 3))) == "_T"


# Columns that say the same


def test_of_stubs_in_several_languages_one_is_read_and_the_others_are_left_out(draft_of: DraftOf) -> None:
    draft = draft_of("||||2019|2020", "Women|Femmes|النساء|Zzz|5|6", "Men|Hommes|الرجال|Yyy|7|8")
    assert gives(draft) == {"column A": ("SEX",), "column D": ()}  # of two labels it can be by chance
    assert _left_out(draft) == {f"column {letters}": ("suggest.same", "column A") for letters in "BC"}


def test_the_stub_that_is_understood_best_is_read(draft_of: DraftOf) -> None:
    forms = ("Sexual exploitation", "Forced labour", "Removal of organs", "Begging", "Forced marriage")
    rows = [f"{letter}zz|{form}|5|6" for letter, form in zip("ABCDE", forms, strict=True)]
    draft = draft_of("||2019|2020", *rows)
    assert gives(draft) == {"column B": ("EXPLOITATION",)}
    assert _left_out(draft) == {"column A": ("suggest.same", "column B")}
    few = draft_of("||2019|2020", "Zzz|Women|5|6", "Yyy|Men|7|8")
    assert (gives(few), _left_out(few)) == ({"column A": (), "column B": ("SEX",)}, {})


@pytest.mark.parametrize(
    ("lines", "columns"),
    [
        (("Year|Age|Women", "2019|Adults|5", "2020|Children|6"), {"column B": ("AGE",)}),
        (("Year|Zzz|Women", "2019|foo|5", "2020|bar|6"), {"column B": ()}),
        (("Fiscal year|Zzz|Women", "2019|foo|5", "2020|bar|6"), {"column A": (), "column B": ()}),
        (("Country|Citizenship|Women", "France|Spain|5", "Spain|France|6"), {"column A": ("REF_AREA",)}),
        (("Sex|Form|2019|2020", "Women|Sexual exploitation|5|6", "Men|Forced begging|7|8"), {"column A": ("SEX",)}),
    ],
)
def test_a_stub_that_says_something_else_is_read_though_it_follows(
    draft_of: DraftOf, lines: tuple[str, ...], columns: Mapping[str, tuple[str, ...]]
) -> None:
    draft = draft_of(*lines)
    assert draft.left_out == {}
    assert gives(draft).items() >= columns.items()


def test_of_columns_of_one_component_the_finer_is_read_and_what_follows_is_left_out(draft_of: DraftOf) -> None:
    areas = ("France|Europe", "Spain|Europe", "Chad|Africa")
    draft = draft_of("Country|Region|Year|Value", *(f"{area}|{year}|5" for area in areas for year in (2019, 2020)))
    assert gives(draft) == {"Country": ("REF_AREA",)}
    assert _left_out(draft) == {"Region": ("suggest.follows", "Country")}


def test_columns_of_one_component_that_disagree_are_not_both_read(draft_of: DraftOf) -> None:
    pairs = ("France|Spain", "France|Chad", "Spain|France", "Chad|Spain")
    draft = draft_of("Country|Region|Year|Value", *(f"{pair}|2019|5" for pair in pairs))
    assert sorted(gives(draft).values()) == [(), ("REF_AREA",)]


# Headings


def test_rows_below_headings_are_drafted_heading_by_heading(draft_of: DraftOf) -> None:
    draft = draft_of(
        "|2019|2020", "Total|9|9", "By sex||", "Women|4|5", "By age||", "Adults|9|8", "By zzz||", "Foo|1|2"
    )
    assert [(column.column, column.components, column.when) for column in draft.columns] == [
        ("section A", (), {"section A": "By zzz"}),
        ("column A", ("SEX",), {"section A": ""}),
        ("column A", ("SEX",), {"section A": "By sex"}),
        ("column A", ("AGE",), {"section A": "By age"}),
        ("column A", (), {"section A": "By zzz"}),
    ]
    assert draft.layout is not None
    assert draft.layout.sections == (Section("section A", "A", ("By sex", "By age", "By zzz")),)


def test_a_member_whose_figures_are_all_missing_is_no_heading(draft_of: DraftOf) -> None:
    draft = draft_of("|2019|2020", "Women|4|5", "Men||", "Total|4|5")
    assert gives(draft) == {"column A": ("SEX",)}
    assert draft.layout is not None
    assert draft.layout.sections == ()


def test_a_header_that_stands_over_several_columns_is_repeated(draft_of: DraftOf) -> None:
    draft = draft_of("|Women||Men|", "Age|2019|2020|2019|2020", "Adults|1|2|3|4", "Children|5|6|7|8")
    assert draft.layout is not None
    assert (draft.layout.fill, draft.time) == (frozenset({"row 1"}), "row 2")
    assert gives(draft) == {"row 1": ("SEX",), "column A": ("AGE",)}


# Figures and constants


def test_signs_in_the_place_of_figures_are_open(draft_of: DraftOf) -> None:
    assert draft_of("Year|Women|Men", "2019|-|5", "2020|6|..").written.signs == ("-", "..")


def test_a_thousand_or_a_little_more_than_one_is_undecided(draft_of: DraftOf) -> None:
    written = draft_of("Year|Women|Men", "2019|1,234|5", "2020|6|7").written
    assert (written.thousands, written.decimal) == ("", "?")
    assert written.reason == Reason("suggest.number", {"example": "1,234"})


def test_what_is_given_goes_before_what_words_say_and_the_rest_is_open(
    shape_of: Callable[..., Shape], recogniser: Recogniser
) -> None:
    shape = shape_of("|Women|Men", "Adults|5|6", "Children|7|8")
    found = {"REF_AREA": ("FR", Reason("suggest.words")), "UNIT_MEASURE": ("NUMBER", Reason("suggest.words"))}
    draft = Drafting(shape, recogniser, {"REF_AREA": "CL", "DURATION": "_T"}).draft(found)
    assert draft.constants == {
        "REF_AREA": ("CL", Reason("suggest.given")),
        "DURATION": ("_T", Reason("suggest.given")),
        "INDICATOR": ("?", Reason("suggest.open")),
        "UNIT_MEASURE": ("NUMBER", Reason("suggest.words")),
        "TIME_PERIOD": ("?", Reason("suggest.open")),
    }


def test_what_a_column_gives_in_all_rows_is_no_constant(draft_of: DraftOf) -> None:
    assert is_open(draft_of("Country|2019|2020", "France|5|6", "Spain|7|8")) == NEEDED - {"REF_AREA"}
