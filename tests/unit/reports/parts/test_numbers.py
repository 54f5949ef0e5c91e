"""Numbers as each language writes them."""

import pytest

from icstip.reports.parts.numbers import figure, number, share


@pytest.mark.parametrize(
    ("language", "value", "written"),
    [
        ("en", 19_780, "19,780"),
        ("fr", 19_780, "19\u202f780"),
        ("es", 1_234_567, "1\u202f234\u202f567"),
        ("ar", 999, "999"),
    ],
)
def test_numbers_have_the_separators_of_their_language(language: str, value: int, written: str) -> None:
    assert number(value, language) == written


@pytest.mark.parametrize(
    ("part", "whole", "language", "written"),
    [
        (1, 8, "en", "12.5%"),
        (1, 8, "fr", "12,5\u202f%"),
        (0, 8, "en", "0.0%"),
        (8, 8, "ar", "100.0%"),
        (1, 20_000, "en", "<0.1%"),
        (19_999, 20_000, "en", ">99.9%"),
        (0, 0, "en", "–"),
    ],
)
def test_a_share_that_is_not_none_or_all_is_never_shown_as_such(
    part: int, whole: int, language: str, written: str
) -> None:
    assert share(part, whole, language) == written


@pytest.mark.parametrize(
    ("value", "language", "written"),
    [
        (60.0, "en", "60"),
        (1204.5, "en", "1,204.5"),
        (1204.5, "fr", "1\u202f204,5"),
        (0.1 + 0.2, "en", "0.3"),
        (-3.0, "ar", "\u22123"),
        (-0.0, "en", "0"),
    ],
)
def test_a_figure_is_written_as_people_write_it(value: float, language: str, written: str) -> None:
    assert figure(value, language) == written
