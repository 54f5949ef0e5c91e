"""A label has the code that bears it, and how that is known; what could mean several codes is refused."""

import pytest

from icstip.mapping import labels as module
from icstip.mapping.labels import How, LabelIndex, Labels, Match, Synonym, Vocabulary
from icstip.standard.model import Code, Codelist, Standard


def code_and_how(match: Match) -> tuple[str, How | None]:
    return match.code, match.how


@pytest.fixture
def areas(labels: Labels) -> LabelIndex:
    return labels["CL_AREA"]


@pytest.mark.parametrize(
    ("label", "code", "how"),
    [
        ("AL", "AL", How.EXACT),
        ("ALB", "AL", How.EXACT),
        ("002", "002", How.EXACT),
        ("Albania", "AL", How.NAME),
        ("Albanie", "AL", How.NAME),
        ("África", "002", How.NAME),
        ("ألبانيا", "AL", How.NAME),
        ("Shqipëria", "AL", How.NAME),
        ("Albanian", "AL", How.DEMONYM),
        ("albanaise", "AL", How.DEMONYM),
        ("Ivory Coast", "CI", How.ALIAS),
        ("unknown", "_U", How.ALIAS),
        ("Columbia", "CO", How.REPAIRED),
    ],
)
def test_how_a_label_was_found_is_told(areas: LabelIndex, label: str, code: str, how: How) -> None:
    assert code_and_how(areas.match(label)) == (code, how)


@pytest.mark.parametrize(
    "label",
    [
        "COTE D'IVOIRE",
        "Côte d’Ivoire",
        "cote  d ivoire",
        "Côte-d'Ivoire",
        "CÔTE D'IVOIRE.",
        "ivory coast",
        "Coast, Ivory",
        "IC",
        "i. c.",
    ],
)
def test_case_accents_punctuation_word_order_and_dots_do_not_matter(areas: LabelIndex, label: str) -> None:
    assert areas.match(label).code == "CI"


def test_articles_do_not_matter_and_neither_does_the_place_of_an_epithet(areas: LabelIndex) -> None:
    assert areas.match("Congo, Republic of the").code == "CG"
    assert areas.match("The Niger").code == "NE"


def test_a_code_is_exact_only_as_it_is_written(areas: LabelIndex) -> None:
    assert code_and_how(areas.match("al")) == ("", None)


def test_a_sign_that_makes_a_number_another_one_is_heeded(labels: Labels) -> None:
    ages = labels["CL_AGE"]
    assert [ages.match(label).code for label in ("18+", "18 years", "18 ans")] == ["Y_GE18", "Y18", "Y18"]
    for label in ("<18 years", "-18 ans", "- 18 ans", "18+ ans", "?18 ans", "18-"):
        assert ages.match(label).code == ""


def test_a_label_that_two_codes_bear_is_refused_with_both(areas: LabelIndex) -> None:
    assert areas.match("Congolese") == Match(problem="LABEL-002", candidates=("CD", "CG"))


def test_a_name_of_one_code_that_is_an_alias_of_another_is_refused(areas: LabelIndex) -> None:
    match = areas.match("Niger region")
    assert match.problem == "LABEL-002"
    assert set(match.candidates) == {"002", "NE"}


def test_an_id_that_is_also_a_code_of_another_is_refused() -> None:
    codes = (Code("AL", {"en": "Albania"}), Code("XX", {"en": "Elsewhere"}))
    synonyms = {"CL": [Synonym("CL", "XX", "AL", "code")]}
    index = LabelIndex(Codelist("CL", {}, {}, codes), frozenset({"CL"}), Vocabulary(synonyms, frozenset(), frozenset()))
    assert index.match("AL") == Match(problem="LABEL-002", candidates=("AL", "XX"))


@pytest.mark.parametrize("label", ["-", "..", "n/a", "N/A", "No data", "na"])
def test_a_text_that_says_that_there_is_no_label_is_none(areas: LabelIndex, label: str) -> None:
    assert areas.match(label).problem == "LABEL-005"


def test_such_a_text_is_none_even_where_a_code_is_written_so(areas: LabelIndex) -> None:
    assert areas.match("NA") == Match(problem="LABEL-005", candidates=("NA",))
    assert areas.match("Namibia").code == "NA"


@pytest.mark.parametrize(
    "label",
    [
        "3 nigériens et 1 Albanian",
        "97 albanian",
        "Albanian (3)",
        "Albania/Colombia",
        "Albania, Colombia",
        "Albania; Colombia; Niger",
        "Albania and Niger",
        "Albania & Niger",
        "Albania + Niger",
        "Albania y Niger",
    ],
)
def test_a_label_of_several_codes_or_with_a_count_is_not_one_code(areas: LabelIndex, label: str) -> None:
    assert areas.match(label).problem == "LABEL-003"


@pytest.mark.parametrize(
    "label", ["Trinidad and Tobago", "Trinidad & Tobago", "Tobago and Trinidad", "Trinidad y Tobago", "Trinidad/Tobago"]
)
def test_a_name_with_and_in_it_is_one_code(areas: LabelIndex, label: str) -> None:
    assert areas.match(label).code == "TT"


def test_a_list_of_two_codes_is_not_the_one_that_has_the_words_of_both() -> None:
    codes = (
        Code("RS", {"en": "Serbia"}),
        Code("ME", {"en": "Montenegro"}),
        Code("891", {"en": "Serbia and Montenegro"}),
    )
    vocabulary = Vocabulary({}, frozenset(), frozenset({"and"}))
    index = LabelIndex(Codelist("CL", {}, {}, codes), frozenset({"CL"}), vocabulary)
    assert index.match("Serbia and Montenegro").code == "891"
    for label in ("Serbia, Montenegro", "Serbia/Montenegro", "Montenegro; Serbia"):
        assert index.match(label).problem == "LABEL-003"


def test_a_list_that_a_code_bears_as_it_stands_is_that_code() -> None:
    names = {"RS": "Serbia", "ME": "Montenegro", "891": "Serbia / Montenegro"}
    codes = tuple(Code(code, {"en": name}) for code, name in names.items())
    index = LabelIndex(Codelist("CL", {}, {}, codes), frozenset({"CL"}), Vocabulary({}, frozenset(), frozenset()))
    assert index.match("SERBIA/Montenegro").code == "891"
    assert index.match("Serbia, Montenegro").problem == "LABEL-003"


@pytest.mark.parametrize(
    ("label", "code"),
    [
        ("CÃ´te d'Ivoire", "CI"),
        ("CÃ´te dâ€™Ivoire", "CI"),
        ("C\ufffdte d'Ivoire", "CI"),
        ("C\ufffd\ufffdte d'Ivoire", "CI"),
        ("C\ufffdte d\ufffdIvoire", "CI"),
        ("nig\ufffdrien", "NE"),
        ("nig\ufffdriane", "NG"),
        ("ShqipÃ«ria", "AL"),
        ("Ø£Ù„Ø¨Ø§Ù†ÙŠØ§", "AL"),
    ],
)
def test_a_label_that_a_wrong_encoding_damaged_is_repaired(areas: LabelIndex, label: str, code: str) -> None:
    assert code_and_how(areas.match(label)) == (code, How.REPAIRED)


def test_a_damaged_label_that_can_have_been_two_is_refused(areas: LabelIndex) -> None:
    assert areas.match("nig\ufffdria").code == "NG"
    assert areas.match("nig\ufffdri\ufffdn").code == ""
    assert areas.match("\ufffd" * len("ألبانيا")).problem == "LABEL-001"


def test_what_seems_to_be_left_of_a_damaged_label_is_not_a_label() -> None:
    """`sudanés` that lost its é seems to be an abbreviation of South Sudan, and `Suède` misread one of the States."""
    codes = (
        Code("SS", {"en": "S. Sudan"}),
        Code("SD", {"es": "sudanés"}),
        Code("US", {"ro": "SUA"}),
        Code("SE", {"fr": "Suède"}),
    )
    vocabulary = Vocabulary({}, frozenset(), frozenset({"de"}))
    index = LabelIndex(Codelist("CL", {}, {}, codes), frozenset({"CL"}), vocabulary)
    assert index.match("S Sudan").code == "SS"
    assert index.match("sudan\ufffds").code == "SD"
    assert index.match("sudan?s").code == ""
    assert index.match("sudan├®s").code != "SS"
    assert index.match("SuÃ¨de").code == "SE"


def test_a_misread_label_that_is_not_known_is_not_known(areas: LabelIndex) -> None:
    assert areas.match("AtlÃ¡ntida").problem == "LABEL-001"


def test_a_list_that_extends_another_has_its_labels_and_its_own(labels: Labels) -> None:
    groups = labels["CL_GROUP"]
    assert groups.match("Albanian").code == "AL"
    assert groups.match("Own nationals").code == "NATIONAL"
    assert labels["CL_AREA"].match("Own nationals").code == ""


def test_a_label_of_every_list_holds_only_where_the_code_is(labels: Labels) -> None:
    assert labels["CL_GROUP"].match("others").code == "_O"
    assert labels["CL_AREA"].match("others").code == ""


def test_a_similar_label_is_a_candidate_and_not_a_match(areas: LabelIndex) -> None:
    assert areas.match("Albannia") == Match(problem="LABEL-001", candidates=("AL",))


def test_a_suggestion_is_marked(areas: LabelIndex) -> None:
    assert areas.suggested("Albannia") == Match("AL", How.SUGGESTED)


@pytest.mark.parametrize(
    "label", ["Atlantis", "Alban 1", "Albannia 2", "Alb\ufffdni", "Alba?nia", "Nige", "Congolesse"]
)
def test_nothing_is_suggested_for_a_far_numbered_damaged_short_or_ambiguous_label(
    areas: LabelIndex, label: str
) -> None:
    assert areas.suggested(label) is None


def test_nothing_is_suggested_when_the_runner_up_is_close(areas: LabelIndex) -> None:
    assert areas.match("Nigeri").candidates[:2] == ("NG", "NE")
    assert areas.suggested("Nigeri") is None


def test_many_forms_of_one_name_do_not_hide_the_runner_up() -> None:
    forms = {f"l{i}": f"abcdefghi{letter}" for i, letter in enumerate("jklmnopqrstuv")}
    codes = (Code("ONE", forms), Code("TWO", {"en": "abcdefghixy"}))
    index = LabelIndex(Codelist("CL", {}, {}, codes), frozenset({"CL"}), Vocabulary({}, frozenset(), frozenset()))
    assert index.match("abcdefghiz").candidates == ("ONE", "TWO")


def test_words_in_common_make_no_suggestion() -> None:
    codes = (Code("015", {"fr": "Afrique du Nord"}),)
    index = LabelIndex(Codelist("CL", {}, {}, codes), frozenset({"CL"}), Vocabulary({}, frozenset(), frozenset()))
    assert index.match("Amérique du Nord").candidates == ("015",)
    assert index.suggested("Amérique du Nord") is None
    assert index.suggested("Affrique du Nord") == Match("015", How.SUGGESTED)


def test_similar_labels_are_sought_for_so_many_labels_of_a_column(
    areas: LabelIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MAX_SUGGESTIONS", 2)
    wrong = ["Albannia", "Collombia", "Namibbia"]
    first = [areas.match(label).candidates for label in wrong]
    assert first == [("AL",), ("CO",), ()]
    assert [areas.suggested(label) for label in wrong][2] is None
    areas.begin_column()
    assert [areas.match(label).candidates for label in wrong] == first
    areas.begin_column()
    assert areas.match(wrong[2]).candidates == ("NA",)


def test_a_code_is_described_with_its_name(labels: Labels, standard: Standard) -> None:
    assert labels.described("CL_AREA", "NG", "fr") == 'NG "Nigéria"'
    assert labels.described("CL_AREA", "ZZ") == "ZZ"
    assert standard.codelists["CL_AREA"].by_id["NG"].name["fr"] == "Nigéria"
