"""Texts that say two things at once are taken apart where both are understood."""

from collections.abc import Callable

import pytest
from tests.examples.drafts import gives, reasons

from icstip.mapping.suggesting.draft import Draft
from icstip.tables.layouts.layout import Split

DraftOf = Callable[..., Draft]


def _splits(draft: Draft) -> list[Split]:
    return [] if draft.layout is None else list(draft.layout.splits)


@pytest.mark.parametrize(
    ("labels", "by", "first", "second"),
    [
        ("Adult - Male|Adult - Female|Child - Male|Child - Female", " - ", "AGE", "SEX"),
        ("Hommes / Majeurs|Femmes / Majeurs|Hommes / Mineurs", " / ", "SEX", "AGE"),
        ("Male Adult|Female Adult|Male Minor", " ", "SEX", "AGE"),
        ("Sexual exploitation (women)|Sexual exploitation (men)|Forced labour (men)", " (", "EXPLOITATION", "SEX"),
    ],
)
def test_headers_with_two_things_become_two_columns(
    draft_of: DraftOf, labels: str, by: str, first: str, second: str
) -> None:
    figures = "|".join("5" for _ in labels.split("|"))
    draft = draft_of(f"Year|{labels}", f"2019|{figures}", f"2020|{figures}")
    assert _splits(draft) == [Split("row 1", by, ("row 1 (1)", "row 1 (2)"))]
    assert gives(draft) == {"row 1 (1)": (first,), "row 1 (2)": (second,)}


def test_a_year_can_be_one_of_them(draft_of: DraftOf) -> None:
    draft = draft_of("Form|2021 Female|2021 Male|2022 Female", "Labour|1|2|3", "Begging|4|5|6")
    assert (draft.time, gives(draft)) == ("row 1 (1)", {"row 1 (2)": ("SEX",), "column A": ("EXPLOITATION",)})


def test_a_total_may_stand_alone(draft_of: DraftOf) -> None:
    draft = draft_of("Year|Adult - Male|Child - Male|Total", "2019|1|2|3", "2020|4|5|6")
    assert [(column.column, column.components, column.when, column.blank) for column in draft.columns] == [
        ("row 1 (1)", ("AGE",), {}, ""),
        ("row 1 (2)", ("SEX",), {}, ""),
        ("row 1 (2)", ("SEX",), {"row 1 (1)": "Total"}, "_T"),
    ]


def test_stubs_are_taken_apart_as_well(draft_of: DraftOf) -> None:
    draft = draft_of("|2019|2020", "Labour: men|1|2", "Labour: women|3|4", "Begging: men|5|6")
    assert gives(draft) == {"column A (1)": ("EXPLOITATION",), "column A (2)": ("SEX",)}


@pytest.mark.parametrize(
    "labels", ["Adult - Zzz|Child - Zzz", "Adult - Male|Zzz", "Adult - Child|Child - Adult", "Zzz - Male|Yyy - Male"]
)
def test_what_is_not_understood_in_both_parts_stays_one(draft_of: DraftOf, labels: str) -> None:
    draft = draft_of(f"Year|{labels}", "2019|1|2", "2020|4|5")
    assert (_splits(draft), reasons(draft)["row 1"]) in (([], "unknown"), ([], "persons"))


def test_parts_of_the_year_below_years_are_read(draft_of: DraftOf) -> None:
    draft = draft_of("|2019||2020|", "Sex|Q1|Q2|Q1|Q2", "Women|1|2|3|4", "Men|5|6|7|8")
    assert (draft.time, draft.part, gives(draft)) == ("row 1", "row 2", {"column A": ("SEX",)})
