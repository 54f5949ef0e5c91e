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
