"""Girls are female and minors; women are adults where children stand beside them."""

from collections.abc import Mapping

import pytest

from icstip.mapping.suggesting.recognise import Recogniser

WOMEN, MEN = {"SEX": "F", "AGE": "Y_GE18"}, {"SEX": "M", "AGE": "Y_GE18"}
GIRLS, BOYS = {"SEX": "F", "AGE": "Y0T17"}, {"SEX": "M", "AGE": "Y0T17"}


def _codes(recogniser: Recogniser, labels: str, header: str | None = None) -> Mapping[str, Mapping[str, str]]:
    guess = recogniser.column(labels.split("|"), header)
    assert guess.components == ("SEX", "AGE")
    return {label: {meaning.component: meaning.code, **meaning.also} for label, meaning in guess.meanings.items()}


@pytest.mark.parametrize(
    ("labels", "codes"),
    [
        ("Women|Men|Girls|Boys|Total", {"Women": WOMEN, "Men": MEN, "Girls": GIRLS, "Boys": BOYS}),
        ("Femmes|Hommes|Filles|Garçons", {"Femmes": WOMEN, "Hommes": MEN, "Filles": GIRLS, "Garçons": BOYS}),
        ("Men|Women|Children|Total", {"Women": WOMEN, "Men": MEN}),
        ("رجال|نساء|أطفال", {"نساء": WOMEN, "رجال": MEN}),
        ("Female|Male|Girls|Total", {"Girls": GIRLS}),
        ("Mujeres adultas|Niñas", {"Mujeres adultas": WOMEN, "Niñas": GIRLS}),
    ],
)
def test_words_for_persons_give_sex_and_age(
    recogniser: Recogniser, labels: str, codes: Mapping[str, Mapping[str, str]]
) -> None:
    assert _codes(recogniser, labels) == codes


def test_labels_beside_them_can_have_marks(recogniser: Recogniser) -> None:
    codes = _codes(recogniser, "Women|Girls|Total¹|18+ (2)")
    assert (codes["Total¹"], codes["18+ (2)"]) == ({"SEX": "_T"}, {"AGE": "Y_GE18"})


def test_a_header_may_speak_of_victims(recogniser: Recogniser) -> None:
    assert _codes(recogniser, "Femmes|Filles", "Victimes") == {"Femmes": WOMEN, "Filles": GIRLS}


@pytest.mark.parametrize("labels", ["Women|Men", "Women|Men|Total", "Women|Men|Not known"])
def test_women_alone_are_of_all_ages(recogniser: Recogniser, labels: str) -> None:
    assert recogniser.column(labels.split("|"), "Sex").components == ("SEX",)


def test_beside_adults_and_children_women_are_of_all_ages(recogniser: Recogniser) -> None:
    guess = recogniser.column(["Women", "Men", "Adults", "Children"])
    assert (guess.components, guess.meanings) == (("SEX", "AGE"), {})


@pytest.mark.parametrize(
    "labels",
    ["Women|Children|Total", "Women|Men|Under 18|Total", "Men|Women|0-17", "Women|Men|of which children|Total"],
)
def test_women_are_open_where_children_can_be_a_breakdown_of_their_own(recogniser: Recogniser, labels: str) -> None:
    assert _codes(recogniser, labels)["Women"] == {"SEX": "?"}


def test_a_part_of_others_is_open_beside_girls(recogniser: Recogniser) -> None:
    codes = _codes(recogniser, "Total|of which: women|of which: girls|of which: children")
    assert codes == {
        "of which: women": {"SEX": "?"},
        "of which: girls": GIRLS,
        "of which: children": {"AGE": "Y0T17"},
    }


@pytest.mark.parametrize(("labels", "boys"), [("Mujeres|Hombres|Niñas|Niños", "Niños"), ("Meninas|Meninos", "Meninos")])
def test_words_that_can_be_children_are_boys_beside_girls(recogniser: Recogniser, labels: str, boys: str) -> None:
    assert _codes(recogniser, labels)[boys] == BOYS


@pytest.mark.parametrize("labels", ["Meninos|Adultos", "Niños|Adultos", "Bambini|Adulti"])
def test_words_that_can_be_children_are_open_without_girls(recogniser: Recogniser, labels: str) -> None:
    guess = recogniser.column(labels.split("|"))
    assert [meaning.code for meaning in guess.meanings.values()] == ["?"]


def test_labels_of_persons_have_marks_too(recogniser: Recogniser) -> None:
    assert _codes(recogniser, "Girls¹|Boys*|Women (a)|Men") == {
        "Girls¹": GIRLS,
        "Boys*": BOYS,
        "Women (a)": WOMEN,
        "Men": MEN,
    }
