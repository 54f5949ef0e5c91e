"""What stands around a label and does not change it is left out of account; what can tell two labels apart never is."""

import pytest

from icstip.mapping.suggesting.recognise import Recogniser


def _codes(recogniser: Recogniser, labels: str, header: str | None = None) -> dict[str, str]:
    guess = recogniser.column(labels.split("|"), header)
    return {label: meaning.code for label, meaning in guess.meanings.items()}


@pytest.mark.parametrize(
    ("labels", "component"),
    [
        ("Male¹|Female²|Total*|Unknown (a)", "SEX"),
        ("0-17¹|18+ (2)|18-29 1)", "AGE"),
        ("Hommes/Men|Femmes / Women|Total/Total", "SEX"),
        ("Total women|Total men", "SEX"),
        ("of which: sexual exploitation|dont travail forcé|Total", "EXPLOITATION"),
    ],
)
def test_labels_are_evidence_without_what_does_not_change_them(
    recogniser: Recogniser, labels: str, component: str
) -> None:
    guess = recogniser.column(labels.split("|"))
    assert guess.components == (component,)
    assert guess.known == guess.labels


def test_what_a_label_means_without_its_mark_is_declared(recogniser: Recogniser) -> None:
    assert _codes(recogniser, "Male¹|Female*|Total 1)") == {"Male¹": "M", "Total 1)": "_T"}
    assert _codes(recogniser, "Hommes/Men|Femmes") == {"Hommes/Men": "M"}
    assert _codes(recogniser, "1. Women¹|Men", "Sex") == {"1. Women¹": "F"}
    assert _codes(recogniser, "of which: women|men", "Sex") == {"of which: women": "F"}


@pytest.mark.parametrize("labels", ["Adults (a)|Adults (b)", "Adults (1)|Adults (2)", "Adults¹|Adults²"])
def test_marks_that_tell_two_labels_apart_are_no_marks(recogniser: Recogniser, labels: str) -> None:
    assert "Y_GE18" not in _codes(recogniser, labels, "Age").values()


@pytest.mark.parametrize("letter", ["F", "M", "H", "m", "Ж"])
@pytest.mark.parametrize(("label", "header"), [("Adults", "Age"), ("Forced labour", "Form of exploitation")])
def test_letters_for_members_are_no_marks(recogniser: Recogniser, label: str, header: str, letter: str) -> None:
    assert _codes(recogniser, f"{label} ({letter})|Total", header) == {f"{label} ({letter})": "?"}


@pytest.mark.parametrize("label", ["Hommes/Women", "Men/Women/Total", "Hommes/Frobs"])
def test_halves_that_do_not_say_the_same_are_open(recogniser: Recogniser, label: str) -> None:
    assert _codes(recogniser, f"{label}|Women|Men", "Sex") == {label: "?"}


def test_a_header_in_two_languages_names_what_both_name(recogniser: Recogniser) -> None:
    assert recogniser.of_header("Sexe/Sex") == ("SEX",)
    assert recogniser.of_header("Âge / Sex") == ()
    assert recogniser.of_header("Sex¹") == ("SEX",)
