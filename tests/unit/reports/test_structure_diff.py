"""What changed between structures, for a terminal, a program and as a page."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.examples.diffs import at_version, codelist, dataflow, item, reference, structure
from tests.examples.pages import (
    HOSTILE,
    Page,
    assert_can_be_heard,
    assert_is_well_nested,
    assert_needs_nothing_but_itself,
)

from icstip.artefacts.base import Annotation
from icstip.artefacts.collection import Artefacts
from icstip.artefacts.constraints import DataConstraint
from icstip.reports.structure_diff import LINES, LISTED_ROWS, OPEN_ROWS, diff_html, diff_json, diff_text, pieces
from icstip.reports.structure_diff_view import abridged, shown
from icstip.structures.diff.changes import Diff
from icstip.structures.diff.compare import diff_artefacts
from icstip.texts import LANGUAGES, RIGHT_TO_LEFT, texts


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def told() -> Diff:
    """A code list with every kind of sign, a new dataflow, and something that is only on one side of two versions."""
    forced = {"en": "Forced labour", "fr": "Travail forcé", "ar": "العمل القسري"}
    old = codelist(
        item("A", name=forced),
        item("B", "Gone"),
        item("C", name={"en": "Sex of the victim", "fr": "Sexe"}),
        version="1.0.0",
    )
    new = codelist(
        item("A", name={**forced, "en": "Forced labour or services"}),
        item("C", name={"en": "Sex of a person", "fr": "Genre"}),
        item("N", name={"en": "New", "ar": "جديد"}),
        version="1.1.0",
    )
    return diff_artefacts(
        Artefacts.of((old, codelist(id="CL_OLD", version="0.9.0"), codelist(id="CL_OLD"))),
        Artefacts.of((new, codelist(id="CL_OLD", version="1.0.1"), dataflow("DF_NEW"))),
    )


def many(number: int) -> Diff:
    """Return a comparison with so many codes that are gone."""
    gone = codelist(*(item(f"C{place:04}", f"Name {place}") for place in range(number)))
    return diff_artefacts(Artefacts((gone,)), Artefacts((codelist(),)))


def hostile(text: str) -> Diff:
    """Return a comparison in which a text stands wherever a file can bring one."""
    noted = Annotation(type=text, title=text)
    constraint = DataConstraint(id=text, agency=text, name={"en": text}, data_sources=(text,))
    old = (
        codelist(item("A", text), item(text, text), name={"en": text}),
        codelist(id=text, agency=text, version=text),
        constraint,
        dataflow(text, name={"en": text}, structure=reference("DataStructure", text, version=text, agency=text)),
    )
    new = (
        codelist(item("A", f"{text} and {text}", annotations=(noted,)), name={text: text}),
        codelist(id=text, agency=text, version=text, external=True),
        structure(id=text),
        dataflow(text, name={"en": text}, structure=reference("DataStructure", "X")),
    )
    return diff_artefacts(Artefacts.of(old), Artefacts.of(new))


def test_the_text_says_by_artefact_what_changed_what_that_asks_for_and_why(told: Diff) -> None:
    assert diff_text(told) == (
        "Code list TEST:CL_FORM “Name of CL_FORM” 1.0.0 → 1.1.0 · major · new version at least 2.0.0\n"
        "  [major] Codes removed (1): data and references that use it are no longer valid\n"
        "    - B “Gone”\n"
        "  [minor] Codes added (1): existing data and references stay valid\n"
        "    + N “New”\n"
        "  [patch] Names (3): texts and notes do not affect data\n"
        "    ~ A [en] Forced labour → Forced labour or services\n"
        "    ~ C [en] Sex of the victim → Sex of a person\n"
        "    ~ C [fr] Sexe → Genre\n"
        "\n"
        "Dataflow TEST:DF_NEW “Name of DF_NEW” 1.0.0 · new · minor\n"
        "\n"
        "Not compared:\n"
        "  The same side has a later version, which was compared: Code list TEST:CL_OLD(0.9.0)\n"
        "\n"
        "Artefacts changed: 1; new: 1; gone: 0; unchanged: 1.\n"
        "Artefacts with a new version and no other change: 1.\n"
        "As a whole this is a major change: something that was valid no longer is, or no longer means the same.\n"
    )


def test_names_are_told_in_the_language_of_the_report(told: Diff) -> None:
    assert "جديد" in diff_text(told, "ar")
    assert "New" not in diff_text(told, "ar")


def test_where_nothing_changed_that_is_all_there_is_to_say(language: str) -> None:
    same = diff_artefacts(Artefacts((codelist(),)), Artefacts((codelist(),)))
    nothing = texts(language)["structure-diff.nothing"]
    assert diff_text(same, language) == f"{nothing}\n"
    assert nothing in Page(diff_html(same, language)).text


def test_of_many_changes_of_one_kind_the_first_are_told_and_the_others_counted() -> None:
    lines = diff_text(many(1000)).splitlines()
    assert sum(line.startswith("    - ") for line in lines) == LINES
    assert "    … and 980 more" in lines


def test_artefacts_that_only_refer_to_other_versions_take_a_line_each() -> None:
    old = (codelist(item("A")), dataflow(structure=reference("DataStructure", "DSD")))
    flow = dataflow(structure=reference("DataStructure", "DSD", version="1.1.0"), version="1.1.0")
    told = diff_artefacts(Artefacts.of(old), Artefacts.of((at_version(old[0], "1.1.0"), flow)))
    lines = diff_text(told).splitlines()
    place = lines.index("Only references to other versions have changed:")
    assert lines[place + 1].startswith("  Dataflow TEST:DF “Name of DF” 1.0.0 → 1.1.0 · minor")
    assert Page(diff_html(told)).text.count("TEST:DF") == 1


def test_what_comes_from_a_file_cannot_command_a_terminal_or_turn_the_text() -> None:
    text = diff_text(hostile("\x1b[2J\r\n\u202eevil\u2066"))
    assert not set(text) & set("\x1b\r\u202e\u2066")
    assert r"\x1b[2J \u202eevil\u2066" in text
    assert shown("a\tb\u2028c") == "a b c"


def test_half_a_character_can_be_written_in_every_form() -> None:
    told = hostile("half \ud800 a character")
    for form in (diff_text, diff_json, diff_html):
        assert b"half" in form(told).encode()
    changes = json.loads(diff_json(told))["artefacts"][0]["changes"]
    assert "half \ud800 a character" in {change["before"] for change in changes}


def test_ids_and_values_stand_apart_from_words_that_run_to_the_left(told: Diff, language: str) -> None:
    assert ("\u2068TEST:CL_FORM\u2069" in diff_text(told, language)) == (language in RIGHT_TO_LEFT)


def test_long_texts_begin_shortly_before_the_place_where_they_differ() -> None:
    before, after = abridged(f"{'x' * 200} one", f"{'x' * 200} two", 60)
    assert before.startswith("…x")
    assert before.endswith(" one")
    assert after.endswith(" two")
    assert abridged("short", "shorter", 60) == ("short", "shorter")


def test_the_json_has_the_documented_keys(told: Diff) -> None:
    content = json.loads(diff_json(told))
    assert list(content) == ["bump", "summary", "artefacts", "not_compared"]
    assert content["bump"] == "major"
    assert content["summary"] == {"compared": 3, "changed": 1, "added": 1, "removed": 0, "unchanged": 1}
    assert content["not_compared"] == [
        {"class": "Codelist", "id": "CL_OLD", "agency": "TEST", "version": "0.9.0", "why": "older", "what": None}
    ]
    first = {key: value for key, value in content["artefacts"][0].items() if key != "changes"}
    assert first == {
        "class": "Codelist",
        "id": "CL_FORM",
        "agency": "TEST",
        "old_version": "1.0.0",
        "new_version": "1.1.0",
        "bump": "major",
        "next_version": "2.0.0",
    }


def test_the_json_has_every_change_and_every_new_version(told: Diff) -> None:
    first, only_version, new = json.loads(diff_json(told))["artefacts"]
    assert first["changes"][0] == {
        "kind": "name",
        "path": "A",
        "language": "en",
        "before": "Forced labour",
        "after": "Forced labour or services",
        "bump": "patch",
    }
    assert {(one["kind"], one["path"]) for one in first["changes"]} == {
        ("name", "A"),
        ("name", "C"),
        ("item-removed", "B"),
        ("item-added", "N"),
    }
    assert (only_version["changes"], only_version["new_version"], only_version["bump"]) == ([], "1.0.1", "none")
    assert (new["old_version"], new["next_version"], new["changes"][0]["kind"]) == (None, None, "artefact-added")


def test_the_json_tells_the_names_of_what_came_and_went_in_the_language(told: Diff) -> None:
    changes = json.loads(diff_json(told, "ar"))["artefacts"][0]["changes"]
    values = {one["path"]: (one["before"], one["after"]) for one in changes if one["kind"].startswith("item-")}
    assert values == {"B": ("Gone", None), "N": (None, "جديد")}


def test_the_json_leaves_nothing_out() -> None:
    assert len(json.loads(diff_json(many(1000)))["artefacts"][0]["changes"]) == 1000


@pytest.mark.parametrize("text", HOSTILE)
def test_what_files_bring_is_text_and_nothing_else(text: str) -> None:
    harmless = Page(diff_html(hostile("harmless"), old_name="harmless", new_name="harmless"))
    page = Page(diff_html(hostile(text), old_name=text, new_name=text))
    ignored = {"del", "ins"}  # which words differ depends on the blanks in the text
    kept = [[one for one, _ in read.elements if one not in ignored] for read in (page, harmless)]
    assert kept[0] == kept[1]
    assert page.text.count(text) == harmless.text.count("harmless")
    assert [set(given) for tag, given in page.elements if tag not in ignored] == [
        set(given) for tag, given in harmless.elements if tag not in ignored
    ]
    assert all(str(link["href"]).startswith("#") for link in page.all("a"))


def test_the_page_needs_nothing_but_itself(told: Diff, language: str) -> None:
    assert_needs_nothing_but_itself(diff_html(told, language))


def test_the_page_is_well_nested_and_each_link_finds_its_place(told: Diff, language: str) -> None:
    assert_is_well_nested(Page(diff_html(told, language)))


def test_tables_have_headers_and_headings_follow_each_other(told: Diff, language: str) -> None:
    assert_can_be_heard(Page(diff_html(told, language)))


def test_arabic_runs_from_right_to_left_and_the_style_names_no_side_but_for_numbers(told: Diff) -> None:
    source = diff_html(told, "ar")
    assert Page(source).all("html") == [{"lang": "ar", "dir": "rtl"}]
    assert Page(diff_html(told, "fr")).all("html") == [{"lang": "fr", "dir": "ltr"}]
    assert '<code dir="ltr">TEST:CL_FORM</code>' in source
    style = source.split("<style>")[1].split("</style>")[0]
    assert re.findall(r"[a-z-]*: ?(?:left|right)\b|(?:left|right):", style) == ["text-align: right"]


def test_the_page_says_at_the_top_what_the_whole_asks_for(told: Diff) -> None:
    top = Page(diff_html(told, old_name="old.xml", new_name="new.json")).text.split("Artefacts that changed")[0]
    assert "old.xml → new.json" in top
    assert "Artefacts changed: 1; new: 1; gone: 0; unchanged: 1." in top
    assert "As a whole this is a major change" in top


def test_the_page_marks_the_words_that_differ(told: Diff) -> None:
    source = diff_html(told)
    assert "Sex of <del>the victim</del></bdi>" in source
    assert "Sex of <ins>a person</ins></bdi>" in source


@pytest.mark.parametrize(
    ("before", "after", "parts"),
    [
        ("Sex of the victim", "Sex of a person", ("Sex of ", "the victim", "a person", "")),
        ("the old name", "the new name", ("the ", "old", "new", " name")),
        ("Sex of", "Sex often", ("Sex ", "of", "often", "")),
        ("name", "name x", ("name", "", " x", "")),
        ("x y z", "x z", ("x ", "y ", "", "z")),
        ("a", "b", ("", "a", "b", "")),
        ("", "b", ("", "", "b", "")),
        ("a a", "a a a", ("a a", "", " a", "")),
        ("same", "same", ("same", "", "", "")),
    ],
)
def test_words_are_not_cut_apart(before: str, after: str, parts: tuple[str, ...]) -> None:
    assert pieces(before, after) == parts


@given(st.text("ab ", max_size=12), st.text("ab ", max_size=12))
def test_the_pieces_of_two_texts_are_the_texts(before: str, after: str) -> None:
    start, was, is_now, end = pieces(before, after)
    assert (start + was + end, start + is_now + end) == (before, after)


def test_a_thousand_changes_are_folded_and_those_beyond_counted() -> None:
    page = diff_html(many(LISTED_ROWS + 5))
    assert f"<summary>Further entries: {LISTED_ROWS - OPEN_ROWS}</summary>" in page
    assert "Not listed here: 5. The JSON form of this comparison has all of them." in page
    assert page.count('<td class="sign">') == LISTED_ROWS


def test_the_same_comparison_gives_the_same_bytes(told: Diff, language: str) -> None:
    for form in (diff_text, diff_json, diff_html):
        assert form(told, language) == form(told, language)
