"""Names, descriptions, annotations and links: always a patch, and only what differs in meaning."""

import pytest
from tests.examples.diffs import codelist, diff, found, item

from icstip.artefacts.base import Annotation, Link
from icstip.artefacts.items import Codelist
from icstip.structures.diff.changes import Omission
from icstip.structures.diff.versioning import Bump

PATCH = Bump.PATCH


def named(**names: str) -> Codelist:
    return codelist(name=names)


def test_a_name_that_changed_is_a_patch_for_each_language() -> None:
    old, new = named(en="Sex", fr="Sexe", es="Sexo"), named(en="Sex", fr="Genre", ar="الجنس")
    told = [(change.language, change.before, change.after, change.bump) for change in diff(old, new).changes]
    assert told == [("fr", "Sexe", "Genre", PATCH), ("ar", None, "الجنس", PATCH), ("es", "Sexo", None, PATCH)]


def test_a_description_of_an_item_that_changed_is_a_patch() -> None:
    old, new = item("A", description={"en": "One."}), item("A", description={"en": "Two."})
    assert found(codelist(old), codelist(new)) == [("description", "A", PATCH)]


@pytest.mark.parametrize(("old", "new"), [("Sex of\n  a victim ", "Sex of a victim"), ("", "  ")])
def test_blanks_make_no_difference(old: str, new: str) -> None:
    assert found(named(en=old), named(en=new)) == []


def test_an_empty_text_is_no_text() -> None:
    assert found(named(en="Sex", fr=""), named(en="Sex")) == []


def test_a_text_of_no_language_is_one_in_english() -> None:
    assert found(codelist(name={"": "Sex"}), named(en="Sex")) == []
    assert found(codelist(name={"": "Sex"}), named(fr="Sex")) == [("name", "", PATCH)] * 2


def test_languages_that_were_left_out_are_not_gone() -> None:
    told = diff(named(en="Sex", fr="Sexe"), codelist(name={"en": "Sex"}, partial_language=True))
    assert told.changed == ()
    assert [one.why for one in told.not_compared] == [Omission.PARTIAL]


def annotated(*annotations: Annotation) -> Codelist:
    return codelist(item("A", annotations=annotations))


def test_an_annotation_that_changed_is_a_patch() -> None:
    old, new = Annotation(type="SOURCE", title="M49"), Annotation(type="SOURCE", title="ISO")
    told = list(diff(annotated(old), annotated(new)).changes)
    assert [(c.kind, c.path, c.before, c.after, c.bump) for c in told] == [
        ("annotation", "A", "SOURCE: M49", "SOURCE: ISO", PATCH)
    ]


def test_annotations_come_and_go() -> None:
    note = Annotation(type="NOTE", title="n")
    (come,) = diff(annotated(), annotated(note)).changes
    (gone,) = diff(annotated(note), annotated()).changes
    assert (come.before, come.after) == (gone.after, gone.before) == (None, "NOTE: n")


def test_the_text_of_an_annotation_is_compared_by_language() -> None:
    old = Annotation(type="NOTE", text={"en": "One", "fr": "Un"})
    new = Annotation(type="NOTE", text={"en": "One", "fr": "Une"})
    (change,) = diff(annotated(old), annotated(new)).changes
    assert (change.language, change.before, change.after) == ("fr", "NOTE: Un", "NOTE: Une")


def test_the_order_of_annotations_makes_no_difference() -> None:
    one, other = Annotation(type="A", title="1"), Annotation(type="B", title="2")
    assert found(annotated(one, other), annotated(other, one)) == []


def test_the_value_of_an_annotation_is_the_same_as_a_title() -> None:
    assert found(annotated(Annotation(type="V", value="42")), annotated(Annotation(type="V", title="42"))) == []
    both = Annotation(type="V", title="t", value="42")
    assert found(annotated(both), annotated(Annotation(type="V", title="t"), Annotation(type="V", title="42"))) == []


def test_links_that_one_side_leaves_unsaid_make_no_difference() -> None:
    linked = codelist(links=(Link(rel="about", url="https://example.org/1"),), uri="https://example.org")
    assert found(linked, codelist()) == found(codelist(), linked) == []


def test_links_that_both_sides_say_are_compared() -> None:
    old, new = (codelist(links=(Link(rel="about", url=url),), uri=url) for url in ("https://a.org", "https://b.org"))
    assert found(old, new) == [("link", "", PATCH), ("link", "", PATCH)]


def test_the_address_of_an_annotation_is_compared_where_both_sides_have_one() -> None:
    one, other, none = (Annotation(type="N", urls={"": url} if url else {}) for url in ("u:1", "u:2", ""))
    assert found(annotated(one), annotated(other)) == [("annotation-url", "A", PATCH)]
    assert found(annotated(one), annotated(none)) == []


def test_the_time_in_which_an_artefact_is_valid_is_compared() -> None:
    assert found(codelist(), codelist(valid_to="2030-01-01")) == [("validity", "", PATCH)]


def test_whether_an_artefact_is_final_and_where_it_stands_is_no_change_of_it() -> None:
    old = codelist(version="1.0", final=True, service_url="https://example.org")
    assert found(old, codelist(version="1.0", final=None)) == []
