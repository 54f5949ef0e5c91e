"""What headings say holds for the rows below them: it is read, or it is open, and never dropped."""

from collections.abc import Callable, Mapping

import pytest
from tests.examples.drafts import gives, is_open, reasons

from icstip.mapping.suggesting.draft import Draft
from icstip.mapping.suggesting.drafting import Drafting
from icstip.mapping.suggesting.recognise import Recogniser
from icstip.mapping.suggesting.shape import Shape

DraftOf = Callable[..., Draft]
ShapeOf = Callable[..., Shape]


def _rules(draft: Draft) -> list[tuple[str, tuple[str, ...], Mapping[str, str]]]:
    return [(column.column, column.components, column.when) for column in draft.columns]


@pytest.mark.parametrize(
    ("first", "second", "component"),
    [
        ("Adults", "Children", "AGE"),
        ("Sexual exploitation", "Forced labour", "EXPLOITATION"),
        ("Number", "Rate per 100,000 population", "UNIT_MEASURE"),
    ],
)
def test_headings_that_are_members_give_their_component(
    draft_of: DraftOf, first: str, second: str, component: str
) -> None:
    draft = draft_of("|2019|2020", f"{first}||", "Male|4|5", "Female|1|2", f"{second}||", "Male|4|5", "Female|1|2")
    assert gives(draft) == {"section A": (component,), "column A": ("SEX",)}


def test_below_different_headings_a_stub_can_give_different_components(draft_of: DraftOf) -> None:
    draft = draft_of("|2019|2020", "Labour||", "Male|4|5", "Sexual exploitation||", "Adults|1|2", "Children|1|2")
    assert _rules(draft) == [
        ("section A", ("EXPLOITATION",), {}),
        ("column A", ("SEX",), {"section A": "Labour"}),
        ("column A", ("AGE",), {"section A": "Sexual exploitation"}),
    ]


def test_headings_that_nobody_understands_are_open(draft_of: DraftOf) -> None:
    draft = draft_of("|2019|2020", "Zzz||", "Male|4|5", "Female|1|2", "Yyy||", "Male|4|5", "Female|1|2")
    assert _rules(draft) == [("section A", (), {}), ("column A", ("SEX",), {})]


def test_a_heading_that_says_more_than_a_breakdown_is_open(draft_of: DraftOf) -> None:
    draft = draft_of("|2019|2020", "By sex||", "Male|4|5", "Suspects by age||", "Adults|1|2", "Children|1|2")
    assert _rules(draft)[0] == ("section A", (), {"section A": "Suspects by age"})


def test_words_of_what_the_whole_table_counts_may_stand_in_a_heading(shape_of: ShapeOf, recogniser: Recogniser) -> None:
    lines = ("|2019|2020", "1. Victims by sex||", "Male|4|5", "2. Victims by age||", "Adults|1|2", "Children|1|2")
    draft = Drafting(shape_of(*lines), recogniser, {"INDICATOR": "VIC_DET"}).draft({})
    assert [column for column, *_ in _rules(draft)] == ["column A", "column A"]
    draft = Drafting(shape_of(*lines), recogniser, {"INDICATOR": "PER_CONV"}).draft({})
    assert [column for column, *_ in _rules(draft)] == ["section A", "column A", "column A"]


def test_years_as_headings_are_the_time(draft_of: DraftOf) -> None:
    draft = draft_of("|Women|Men", "2019||", "Adults|4|5", "Children|1|2", "2020||", "Adults|4|5", "Children|1|2")
    assert (draft.time, gives(draft)) == ("section A", {"row 1": ("SEX",), "column A": ("AGE",)})


def test_headings_in_another_stub_than_the_labels_are_read(draft_of: DraftOf) -> None:
    draft = draft_of("||2019|2020", "Labour|||", "|Male|4|5", "|Female|1|2", "Begging|||", "|Male|4|5", "|Female|1|2")
    assert gives(draft) == {"section A": ("EXPLOITATION",), "column B": ("SEX",)}


def test_headings_above_headings_are_read_as_well(draft_of: DraftOf) -> None:
    below = ("Labour||", "Male|4|5", "Female|1|2", "Begging||", "Male|4|5", "Female|1|2")
    draft = draft_of("|2019|2020", "Adults||", *below, "Children||", *below)
    assert gives(draft) == {"section A": ("EXPLOITATION",), "upper section A": ("AGE",), "column A": ("SEX",)}
    assert draft.layout is not None
    assert [(section.name, section.labels) for section in draft.layout.sections] == [
        ("section A", ("Labour", "Begging")),
        ("upper section A", ("Adults", "Children")),
    ]


def test_three_headings_above_one_another_are_open(draft_of: DraftOf) -> None:
    draft = draft_of(
        "|2019|2020", "Labour||", "Male|4|5", "Adults||", "Nationals||", "Begging||", "Male|4|5", "Female|1|2"
    )
    assert {column: components for column, components, _ in _rules(draft) if "section" in column} == {
        "section A": (),
        "upper section A": (),
    }


def test_a_row_of_the_total_above_all_headings_is_that_of_their_breakdowns(draft_of: DraftOf) -> None:
    draft = draft_of("|2019|2020", "Total|9|9", "By sex||", "Women|4|5", "Men|5|4")
    assert _rules(draft)[0] == ("column A", ("SEX",), {"section A": ""})


def test_labels_that_say_otherwise_than_their_owner_are_open(shape_of: ShapeOf, recogniser: Recogniser) -> None:
    shape = shape_of("Country|2019|2020", "Uganda|4|5", "Kenya|1|2")
    draft = Drafting(shape, recogniser, {"REF_AREA": "KE"}).draft({})
    assert (gives(draft), reasons(draft)) == ({"column A": ()}, {"column A": "disputed"})
    same = shape_of("Country|Sex|2019|2020", "Kenya|Women|4|5", "Kenya|Men|1|2")
    assert gives(Drafting(same, recogniser, {"REF_AREA": "KE"}).draft({})) == {
        "column A": ("REF_AREA",),
        "column B": ("SEX",),
    }
    assert "REF_AREA" not in is_open(draft)


def test_years_that_are_others_than_their_owner_says_are_open(shape_of: ShapeOf, recogniser: Recogniser) -> None:
    shape = shape_of("Sex|2019|2020", "Women|4|5", "Men|1|2")
    draft = Drafting(shape, recogniser, {"TIME_PERIOD": "2021"}).draft({})
    assert (draft.time, gives(draft)) == ("", {"row 1": (), "column A": ("SEX",)})


def test_a_total_whose_figures_are_all_missing_is_no_heading(draft_of: DraftOf) -> None:
    below = ("Male|4|5", "Female|1|2")
    draft = draft_of("|2019|2020", "Adults||", *below, "Total||", "Children||", *below, "Total|9|9")
    assert gives(draft) == {"section A": ("AGE",), "column A": ("SEX",)}
    assert draft.layout is not None
    assert draft.layout.sections[0].labels == ("Adults", "Children")


def test_a_text_that_is_a_heading_here_and_a_label_there_is_open(draft_of: DraftOf) -> None:
    below = ("Male|4|5", "Female|1|2", "Total|5|7")
    draft = draft_of("|2019|2020", "Adults||", *below, "Total||", *below)
    assert gives(draft)["section A"] == ()


def test_a_year_whose_figures_are_all_missing_is_no_heading(draft_of: DraftOf) -> None:
    draft = draft_of("Year|Women|Men", "2019|4|5", "2020||", "2021|1|2")
    assert (draft.time, gives(draft)) == ("column A", {"row 1": ("SEX",)})


def test_a_row_with_all_its_labels_is_no_heading_though_its_figures_are_missing(draft_of: DraftOf) -> None:
    rows = ("Adults|Women|5|6", "Adults|Total||", "Children|Women|1|2", "Children|Total|4|6")
    draft = draft_of("Age|Sex|2019|2020", *rows)
    assert draft.layout is not None
    assert (draft.layout.sections, gives(draft)) == ((), {"column A": ("AGE",), "column B": ("SEX",)})
