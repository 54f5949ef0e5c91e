"""Values from anywhere: a spreadsheet shows them, and does nothing else with them."""

import pytest

from icstip.reports.validation.plain import MOST_CHARACTERS, SheetNames, no_formula, number, shortened, shown


@pytest.mark.parametrize("text", ["=1+1", "@x", "+cmd|' /C calc'!A0", "-2+3", "＝1", "\t=1", "-", "+"])
def test_no_text_begins_as_a_formula_does(text: str) -> None:
    assert no_formula(text).startswith((" ", "\t"))
    assert no_formula(text).strip() == text.strip()


@pytest.mark.parametrize("text", ["-5", "+5", "-1,5", "12", "Male", "", "a=b"])
def test_numbers_and_other_texts_stay_as_they_are(text: str) -> None:
    assert no_formula(text) == text


def test_control_characters_are_blanks_but_line_ends_stay() -> None:
    assert shown("a\x00b\x07c\x1bd\r\ne\tf\ufffe\ud800") == "a b c d\ne\tf  "
    assert shown(None) == ""
    assert shown(12) == "12"


@pytest.mark.parametrize("letter", ["x", "ع", "😀"])
def test_a_text_that_is_too_long_ends_with_a_sign_and_never_in_half_a_character(letter: str) -> None:
    found = shown(letter * 40_000)
    assert len(found.encode("utf-16-le")) // 2 <= MOST_CHARACTERS
    assert found.endswith(f"{letter}…")
    assert shortened(letter * 5, 20) == letter * 5


@pytest.mark.parametrize("text", ["0", "1240", "-0.5", "123456789012345", "0.001", "3.25"])
def test_a_number_is_one_where_a_spreadsheet_shows_the_same_text(text: str) -> None:
    assert number(text) == float(text)


@pytest.mark.parametrize("text", ["007", "1e5", "1,5", "1.50", "-0", "+1", "1234567890123456", "0.00001", "NaN", "٣"])
def test_what_would_be_shown_otherwise_stays_a_text(text: str) -> None:
    assert number(text) is None


def test_names_of_sheets_are_legal_short_and_each_there_once() -> None:
    names = SheetNames()
    found = [
        names.name(wanted) for wanted in ("A", "a", "x" * 40, "x" * 40, "[1]:*?/\\", "'q'", "", "History", "😀" * 30)
    ]
    assert found[:2] == ["A", "a (2)"]
    assert len({name.casefold() for name in found}) == len(found)
    for name in found:
        assert 0 < len(name.encode("utf-16-le")) // 2 <= 31
        assert not set(name) & set("[]:*?/\\")
        assert not name.startswith("'")
        assert not name.endswith("'")
    assert "History" not in found
