"""Single letters mean what they mean beside one another."""

import pytest

from icstip.mapping.suggesting.recognise import Recogniser


@pytest.mark.parametrize(
    ("labels", "header", "codes"),
    [
        ("HM", "Sexo", {"H": "M", "M": "F"}),
        ("VM", "Sexo", {"V": "M", "M": "F"}),
        ("HF", "Sexe", {"H": "M"}),
        ("MF", "Sex", {}),
        ("mw", "Geschlecht", {}),
        ("МЖ", "Пол", {}),
        ("HM", None, {"H": "M", "M": "F"}),
        ("HF", None, {"H": "M"}),
        ("M", "Sex", {"M": "?"}),
    ],
)
def test_letters_for_sexes_are_those_of_one_language(
    recogniser: Recogniser, labels: str, header: str | None, codes: dict[str, str]
) -> None:
    guess = recogniser.column([*labels, "Total"], header)
    assert guess.components == ("SEX",)
    assert {label: meaning.code for label, meaning in guess.meanings.items()} == codes


@pytest.mark.parametrize("labels", ["AB", "H", "ABC", "MX"])
def test_letters_alone_are_no_codes_of_any_list(recogniser: Recogniser, labels: str) -> None:
    assert recogniser.column(list(labels)).components == ()


@pytest.mark.parametrize(
    ("labels", "header", "codes"),
    [
        ("MV", "Sex", {"M": "?", "V": "?"}),
        ("MV", None, None),
        ("MV", "Sexo", {"V": "M", "M": "F"}),
        ("女男", None, {}),
        ("F", "Sex", {"F": "?"}),
        ("MFX", "Sex", {"M": "?", "F": "?", "X": "?"}),
    ],
)
def test_letters_with_two_meanings_are_open_unless_the_header_is_in_the_language_of_one(
    recogniser: Recogniser, labels: str, header: str | None, codes: dict[str, str] | None
) -> None:
    guess = recogniser.column(list(labels), header)
    assert bool(guess.components) == (codes is not None)
    assert {label: meaning.code for label, meaning in guess.meanings.items()} == (codes or {})


def test_letters_beside_codes_are_codes(recogniser: Recogniser) -> None:
    assert recogniser.column(["M", "_T"], "Sex").meanings == {}
