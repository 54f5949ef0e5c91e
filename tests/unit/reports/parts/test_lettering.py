"""Texts of data as pages show them."""

import pytest

from icstip.reports.parts.lettering import LONGEST_TEXT, clipped, direction_of, named


@pytest.mark.parametrize(("value", "direction"), [("12*", "ltr"), ("<5", "ltr"), ("1 عراقي", "rtl"), ("- Iraq", "ltr")])
def test_data_run_in_the_direction_of_their_first_letter(value: str, direction: str) -> None:
    assert direction_of(value) == direction


def test_a_long_text_is_cut() -> None:
    assert clipped("x" * LONGEST_TEXT) == "x" * LONGEST_TEXT
    assert clipped("x" * 5_000) == "x" * LONGEST_TEXT + "…"


def test_a_name_is_in_the_language_else_in_english_else_nothing() -> None:
    assert named({"en": "Sex", "ar": "الجنس"}, "ar") == "الجنس"
    assert named({"en": "Sex"}, "ar") == "Sex"
    assert named({}, "ar") == ""
