"""What titles and names of sheets say of a whole table is taken when it is said once and by name."""

import pytest

from icstip.mapping.suggesting.draft import Reason
from icstip.mapping.suggesting.recognise import Recogniser
from icstip.mapping.suggesting.words import constants_in, texts_around


def _codes(recogniser: Recogniser, *texts: str) -> dict[str, str]:
    found = constants_in([(text, f"A{i}") for i, text in enumerate(texts, 1)], recogniser)
    return {component: code for component, (code, _) in found.items()}


def test_a_title_says_what_is_counted_and_where_and_each_is_told_with_its_words(recogniser: Recogniser) -> None:
    found = constants_in([("Detected victims, France", "B2")], recogniser)
    assert found["REF_AREA"] == ("FR", Reason("suggest.words", {"words": "France", "place": "B2"}))
    assert found["INDICATOR"] == ("VIC_DET", Reason("suggest.words", {"words": "Detected victims", "place": "B2"}))


@pytest.mark.parametrize(
    "title",
    [
        "Training on victims of trafficking",
        "Training of persons convicted",
        "Calls about victims detected",
        "Persons convicted who appealed",
        "Shelters for detected victims in France",
        "Table 1: victims assisted",
    ],
)
def test_what_is_counted_is_never_taken_from_a_part_of_a_title(recogniser: Recogniser, title: str) -> None:
    assert "INDICATOR" not in _codes(recogniser, title)


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("Victims detected", "VIC_DET"),
        ("1.2 Victims detected, 2020", "VIC_DET"),
        ("«Persons convicted», Spain", "PER_CONV"),
        ("Victimes détectées en France", "VIC_DET"),
    ],
)
def test_names_numbers_headers_and_little_words_around_it_do_no_harm(
    recogniser: Recogniser, title: str, code: str
) -> None:
    assert _codes(recogniser, title).get("INDICATOR") == code


def test_several_codes_give_none(recogniser: Recogniser) -> None:
    assert "REF_AREA" not in _codes(recogniser, "France and Spain")
    assert "REF_AREA" not in _codes(recogniser, "France", "Spain")
    assert "INDICATOR" not in _codes(recogniser, "Victims detected, persons convicted")
    assert "TIME_PERIOD" not in _codes(recogniser, "2019", "2020")


def test_the_same_code_twice_is_one_and_keeps_the_first_place(recogniser: Recogniser) -> None:
    found = constants_in([("France", "A1"), ("Francia", "Sheet")], recogniser)
    assert found == {"REF_AREA": ("FR", Reason("suggest.words", {"words": "France", "place": "A1"}))}


@pytest.mark.parametrize("title", ["Victims from Romania", "Victims in France, 2020", "Citizens of Chile abroad"])
def test_an_area_within_a_sentence_need_not_be_the_one_that_reports(recogniser: Recogniser, title: str) -> None:
    assert "REF_AREA" not in _codes(recogniser, title)


@pytest.mark.parametrize("title", ["Rate of victims", "Share of victims, %", "Training on victims of trafficking"])
def test_a_word_within_a_sentence_is_no_unit(recogniser: Recogniser, title: str) -> None:
    assert _codes(recogniser, title).get("UNIT_MEASURE") != "NUMBER"


def test_the_longest_name_is_meant(recogniser: Recogniser) -> None:
    assert _codes(recogniser, "Equatorial Guinea") == {"REF_AREA": "GQ"}
    assert _codes(recogniser, "Data, Papua New Guinea (PNG)") == {"REF_AREA": "PG"}


@pytest.mark.parametrize("title", ["FR", "IN ALL", "No data by US", "Total", "Other", "Frobs"])
def test_codes_abbreviations_and_totals_are_no_names(recogniser: Recogniser, title: str) -> None:
    assert _codes(recogniser, title) == {}


def test_a_time_counts_where_a_text_is_nothing_else(recogniser: Recogniser) -> None:
    assert _codes(recogniser, "2020") == {"TIME_PERIOD": "2020"}
    assert _codes(recogniser, "Year 2020") == {"TIME_PERIOD": "2020"}
    for text in ("Table 2020", "2019/20", "Fiscal year 2020", "since 2020", "2019-2020"):
        assert "TIME_PERIOD" not in _codes(recogniser, text)


def test_words_in_brackets_and_quotes_are_words(recogniser: Recogniser) -> None:
    assert _codes(recogniser, "(“France”)") == {"REF_AREA": "FR"}


def test_nothing_is_said_by_nothing(recogniser: Recogniser) -> None:
    assert constants_in([], recogniser) == {}
    assert _codes(recogniser, "", "   ", "…") == {}


def test_the_texts_around_a_table_are_its_title_and_the_name_of_its_sheet() -> None:
    title = [("Victims", "A1"), ("2020", "A2")]
    assert list(texts_around(title, "France")) == [*title, ("France", "France")]
    assert list(texts_around(title, None)) == title


def test_a_title_that_says_something_else_goes_before_the_name_of_the_sheet(recogniser: Recogniser) -> None:
    assert "INDICATOR" not in _codes(recogniser, "Domestic violence", "Victims detected")
    assert _codes(recogniser, "2021", "Victims detected")["INDICATOR"] == "VIC_DET"


def test_figures_that_are_multiplied_are_asked_for(recogniser: Recogniser) -> None:
    assert _codes(recogniser, "Victims (in thousands), 2021")["UNIT_MULT"] == "?"
    assert "UNIT_MULT" not in _codes(recogniser, "Victims, 2021")


def test_a_year_of_a_title_counts_where_no_other_year_stands_around_the_table(recogniser: Recogniser) -> None:
    assert "TIME_PERIOD" not in _codes(recogniser, "Victims 2019-2021", "2021")
    assert "TIME_PERIOD" not in _codes(recogniser, "Victims in 2021", "Published in 2022")
    assert _codes(recogniser, "Victims in 2021", "Table of 2021")["TIME_PERIOD"] == "2021"
