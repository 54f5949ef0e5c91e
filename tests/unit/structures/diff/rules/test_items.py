"""Item schemes: what is added is minor, what is gone or elsewhere in the hierarchy is major, the order is a patch."""

import pytest
from tests.examples.diffs import categories, coded, codelist, concepts, diff, found, item, reference, text_format

from icstip.artefacts.items import Contact, DataProviderScheme, Extension, Item
from icstip.structures.diff.changes import Omission
from icstip.structures.diff.rules.items import out_of_order
from icstip.structures.diff.versioning import Bump

NONE, PATCH, MINOR, MAJOR = Bump
A, B, C, D = (item(one) for one in "ABCD")


def test_a_code_that_is_added_is_minor() -> None:
    assert found(codelist(A), codelist(A, B)) == [("item-added", "B", MINOR)]


def test_a_code_that_is_removed_is_major() -> None:
    assert found(codelist(A, B), codelist(A)) == [("item-removed", "B", MAJOR)]


def test_a_code_with_another_parent_is_major() -> None:
    assert found(codelist(A, item("B")), codelist(A, item("B", parent="A"))) == [("item-parent", "B", MAJOR)]


def test_a_name_of_a_code_is_a_patch() -> None:
    assert found(codelist(A), codelist(item("A", "Another name"))) == [("name", "A", PATCH)] * 2


def test_codes_and_concepts_and_categories_are_called_by_their_names() -> None:
    kinds = [next(diff(one(A), one()).changes).title for one in (codelist, concepts, categories)]
    assert [kind.rpartition(".")[2] for kind in kinds] == ["code-removed", "concept-removed", "category-removed"]


def test_a_code_that_came_with_the_names_and_parent_of_one_that_is_gone_was_probably_renamed() -> None:
    old, new = codelist(A, item("OLD", "Forced labour", "A")), codelist(A, item("NEW", "Forced labour", "A"))
    (change,) = diff(old, new).changes
    assert (change.kind, change.before, change.after, change.bump) == ("item-renamed", "OLD", "NEW", MAJOR)


@pytest.mark.parametrize(
    "new",
    [
        item("NEW", "Forced labour", parent="A"),
        item("NEW", "Servitude"),
        item("NEW", name={"en": "Forced labour", "fr": "Servitude", "es": "Servidumbre"}),
    ],
)
def test_another_parent_or_other_names_in_most_languages_are_no_renaming(new: Item) -> None:
    kinds = {kind for kind, _, _ in found(codelist(A, item("OLD", "Forced labour")), codelist(A, new))}
    assert kinds == {"item-removed", "item-added"}


def test_nothing_is_guessed_where_several_codes_have_the_same_name() -> None:
    old, new = codelist(item("1", "Other"), item("2", "Other")), codelist(item("3", "Other"), item("4", "Other"))
    assert {kind for kind, _, _ in found(old, new)} == {"item-removed", "item-added"}


def test_a_code_below_one_that_was_renamed_has_not_changed() -> None:
    old = codelist(item("OLD", "Labour"), item("X", parent="OLD"), item("Y1", "Deep", parent="OLD"))
    new = codelist(item("NEW", "Labour"), item("X", parent="NEW"), item("Y2", "Deep", parent="NEW"))
    assert [(kind, path) for kind, path, _ in found(old, new)] == [("item-renamed", "OLD"), ("item-renamed", "Y1")]


def test_codes_in_another_order_are_a_patch_and_the_fewest_are_named() -> None:
    assert found(codelist(A, B, C, D), codelist(B, C, D, A)) == [("item-order", "A", PATCH)]


def test_a_code_added_between_others_is_no_other_order() -> None:
    assert found(codelist(A, C), codelist(A, B, C)) == [("item-added", "B", MINOR)]


@pytest.mark.parametrize(
    ("numbers", "moved"), [([], []), ([1, 2, 3], []), ([3, 1, 2], [3]), ([1, 3, 2, 4], [3]), ([3, 2, 1], [2, 3])]
)
def test_the_fewest_numbers_out_of_order_are_found(numbers: list[int], moved: list[int]) -> None:
    assert out_of_order(numbers) == moved


def test_what_a_partial_list_does_not_have_is_not_gone() -> None:
    told = diff(codelist(A, B), codelist(item("A", "Changed"), partial=True))
    assert [change.kind for change in told.changes] == ["name", "name"]
    assert [one.why for one in told.not_compared] == [Omission.PARTIAL]
    assert diff(codelist(A, partial=True), codelist(A, B)).changed == ()


def test_a_category_is_what_has_the_same_path() -> None:
    old = categories(A, item("X", parent="A"), B, item("X", "Other", parent="B"))
    new = categories(A, item("X", "Renamed", parent="A"), B, item("X", "Other", parent="B"))
    assert found(old, new) == [("name", "A.X", PATCH)] * 2


def test_a_category_that_stands_elsewhere_is_major_and_those_below_it_go_along() -> None:
    old = categories(A, item("X", parent="A"), item("Y", parent="A.X"), B)
    new = categories(A, B, item("X", parent="B"), item("Y", parent="B.X"))
    assert found(old, new) == [("item-parent", "A.X", MAJOR)]


def test_categories_are_ordered_below_their_parent_only() -> None:
    nested = categories(A, item("X", parent="A"), B)
    assert found(nested, categories(A, B, item("X", parent="A"))) == []
    assert found(categories(A, B), categories(B, A)) == [("item-order", "A", PATCH)]


def test_the_core_representation_of_a_concept_is_compared() -> None:
    old, new = item("A", representation=coded()), item("A", representation=text_format("Decimal"))
    assert found(concepts(old), concepts(new)) == [("enumeration", "A", MAJOR)]


def test_a_concept_that_is_tied_to_iso_11179_is_minor_and_one_that_no_longer_is_is_major() -> None:
    tied = item("A", iso_concept=("ISO", "11179", "X"))
    assert found(concepts(A), concepts(tied)) == [("iso-concept-added", "A", MINOR)]
    assert found(concepts(tied), concepts(A)) == [("iso-concept", "A", MAJOR)]


def providers(*items: Item) -> DataProviderScheme:
    return DataProviderScheme(id="DATA_PROVIDERS", agency="TEST", version="1.0", items=items)


def test_organisation_schemes_change_without_a_new_version() -> None:
    told = diff(providers(A, B), providers(item("A", contacts=(Contact(name={"en": "Desk"}),))))
    assert [(change.kind, change.path, change.bump) for change in told.changes] == [
        ("contact", "A", NONE),
        ("item-removed", "B", NONE),
    ]
    assert (told.bump, told.artefacts[0].next_version) == (NONE, "1.0")


OTHER = reference("Codelist", "CL_OTHER")


@pytest.mark.parametrize(
    ("old", "new", "kind", "bump"),
    [
        ((), (Extension(OTHER),), "extension-added", MINOR),
        ((Extension(OTHER),), (), "extension-removed", MAJOR),
        (
            (Extension(OTHER, members=(("X", "false"),)),),
            (Extension(OTHER, members=(("X", "false"), ("Y", "false"))),),
            "extension-widened",
            MINOR,
        ),
        ((Extension(OTHER, members=(("X", "false"),)),), (Extension(OTHER),), "extension-widened", MINOR),
        ((Extension(OTHER),), (Extension(OTHER, members=(("X", "false"),)),), "extension-narrowed", MAJOR),
        (
            (Extension(OTHER, include=False, members=(("X", "false"), ("Y", "false"))),),
            (Extension(OTHER, include=False, members=(("X", "false"),)),),
            "extension-widened",
            MINOR,
        ),
    ],
)
def test_lists_that_are_extended_bring_and_take_codes(
    old: tuple[Extension, ...], new: tuple[Extension, ...], kind: str, bump: Bump
) -> None:
    assert found(codelist(A, extensions=old), codelist(A, extensions=new)) == [(kind, "", bump)]


def test_another_prefix_gives_other_codes() -> None:
    old, new = codelist(extensions=(Extension(OTHER, "A_"),)), codelist(extensions=(Extension(OTHER, "B_"),))
    assert {kind for kind, _, _ in found(old, new)} == {"extension-removed", "extension-added"}
