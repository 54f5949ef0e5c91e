"""A blank in a header or a stub repeats the text before it only where that is certain."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from tests.examples.drafts import gives

from icstip.mapping.suggesting.draft import Draft
from icstip.mapping.suggesting.layouts.filling import filled_headers
from icstip.mapping.suggesting.recognise import Recogniser
from icstip.mapping.suggesting.shape import Shape
from icstip.tables.grid import Area

DraftOf = Callable[..., Draft]
ShapeOf = Callable[..., Shape]


def _fill(draft: Draft) -> set[str]:
    assert draft.layout is not None
    return set(draft.layout.fill)


@pytest.mark.parametrize(
    ("upper", "lower", "is_filled"),
    [
        ("Adults||Children|", "Men|Women|Men|Women", True),
        ("Adults||Children|", "Men|Women|Boys|Girls", True),
        ("Adults||Children|", "Men|Women|Boys|Total", False),
        ("Adults||Children||", "Men|Women|Men|Women|Total", False),
        ("|Adults||Children", "Men|Women|Men|Women", False),
        ("Adults|||", "Men|Women|Men|Women", False),
        ("Adults||", "Men|Women|Total", True),
    ],
)
def test_a_header_goes_on_where_all_its_groups_are_alike(
    draft_of: DraftOf,
    upper: str,
    lower: str,
    is_filled: bool,  # noqa: FBT001
) -> None:
    figures = "|".join("5" for _ in lower.split("|"))
    draft = draft_of(f"|{upper}", f"Year|{lower}", f"2019|{figures}", f"2020|{figures}")
    assert _fill(draft) == ({"row 1"} if is_filled else set())


def test_three_header_rows_go_on_group_by_group(draft_of: DraftOf) -> None:
    draft = draft_of(
        "|2019||||2020|||", "|Adults||Children||Adults||Children|", "Form|M|F|M|F|M|F|M|F", "Labour|1|2|3|4|5|6|7|8"
    )
    assert _fill(draft) == {"row 1", "row 2"}


def test_where_cells_are_merged_blanks_beside_them_are_blank(shape_of: ShapeOf, recogniser: Recogniser) -> None:
    shape = shape_of("|Adults||Children|", "Year|Men|Women|Men|Women", "2019|1|2|3|4", "2020|1|2|3|4")
    assert list(filled_headers(shape, recogniser)) == ["row 1"]
    grid = replace(shape.cells.grid, merged=(Area(2, 1, 3, 1),))
    merged = replace(shape, cells=replace(shape.cells, grid=grid))
    assert list(filled_headers(merged, recogniser)) == []


def test_a_stub_goes_on_where_all_its_groups_are_the_same(draft_of: DraftOf) -> None:
    draft = draft_of("Form|Sex|2019|2020", "Labour|Men|1|2", "|Women|3|4", "Begging|Men|5|6", "|Women|7|8")
    assert (_fill(draft), gives(draft)) == ({"column A"}, {"column A": ("EXPLOITATION",), "column B": ("SEX",)})
    other = draft_of("Form|Sex|2019|2020", "Labour|Men|1|2", "|Women|3|4", "Begging|Men|5|6", "|Total|7|8")
    assert _fill(other) == set()
    alone = draft_of("Form|Sex|2019|2020", "Labour|Men|1|2", "|Women|3|4")
    assert _fill(alone) == set()


def test_last_rows_whose_figures_are_all_missing_are_of_their_group(draft_of: DraftOf) -> None:
    draft = draft_of("Form|Sex|2019|2020", "Labour|Men|1|2", "|Women|3|4", "Begging|Men|5|6", "|Women||")
    assert _fill(draft) == {"column A"}


def test_a_row_of_each_group_is_no_heading_though_its_figures_are_missing(draft_of: DraftOf) -> None:
    rows = ("Adults|Women|5|6", "|Men|7|8", "|Total||", "Children|Women|1|2", "|Men|3|4", "|Total|4|6")
    draft = draft_of("Age|Sex|2019|2020", *rows)
    assert _fill(draft) == {"column A"}
    assert draft.layout is not None
    assert draft.layout.sections == ()


def test_groups_with_other_rows_without_figures_are_not_filled(draft_of: DraftOf) -> None:
    rows = ("Adults|Total|5|6", "|Women||", "|Forced labour|7|8", "Children|Women|1|2")
    assert _fill(draft_of("Age|Sex|2019|2020", *rows)) == set()


def test_the_first_row_of_a_group_may_lack_its_figures(draft_of: DraftOf) -> None:
    rows = ("Adults|Women|5|6", "|Men|7|8", "Total|Women||", "|Men|3|4")
    draft = draft_of("Age|Sex|2019|2020", *rows)
    assert _fill(draft) == {"column A"}
    assert draft.layout is not None
    assert draft.layout.sections == ()
