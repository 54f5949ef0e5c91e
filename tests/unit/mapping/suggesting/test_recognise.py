"""A column of labels is recognised by its header and its members, or left open with the reason."""

import pytest

from icstip.mapping.suggesting.recognise import Recogniser
from icstip.mapping.suggesting.recognising.guess import Guess, Meaning

AREAS = ("REF_AREA", "COUNTERPART_AREA", "CITIZENSHIP")


def _by(guess: Guess) -> tuple[tuple[str, ...], str]:
    return guess.components, guess.reason


@pytest.mark.parametrize(
    ("header", "components"),
    [
        ("Sex", ("SEX",)),
        ("SEXE", ("SEX",)),
        ("الجنس", ("SEX",)),
        ("Sex (of the victim)", ("SEX",)),
        ("Country [ISO 3166]", ("REF_AREA",)),
        ("Whatever", ()),
        ("(sex)", ("SEX",)),
        ("", ()),
        (None, ()),
    ],
)
def test_a_header_names_components_whatever_stands_in_brackets(
    recogniser: Recogniser, header: str | None, components: tuple[str, ...]
) -> None:
    assert recogniser.of_header(header) == components


@pytest.mark.parametrize(
    ("heading", "header"),
    [("By sex", "By sex"), ("Victims by sex", "by sex"), ("Something else", "Something else"), ("1.2", "1.2")],
)
def test_a_heading_names_what_the_rows_below_it_are(recogniser: Recogniser, heading: str, header: str) -> None:
    assert recogniser.breakdown(heading) == header


def test_a_header_that_fits_the_labels_decides(recogniser: Recogniser) -> None:
    assert _by(recogniser.column(["Women", "Men"], "Sex")) == (("SEX",), "header")
    assert _by(recogniser.column(["France", "Spain"], "Country of citizenship")) == (("CITIZENSHIP",), "header")


def test_labels_decide_where_there_is_no_header_that_says_anything(recogniser: Recogniser) -> None:
    for header in (None, "", "Breakdown"):
        assert _by(recogniser.column(["Women", "Men", "Total"], header)) == (("SEX",), "members")


def test_labels_that_nobody_knows_below_a_known_header_are_asked(recogniser: Recogniser) -> None:
    guess = recogniser.column(["Frobs", "Grobs"], "Sex")
    assert _by(guess) == (("SEX",), "header")
    assert guess.known == 0
    assert {label: meaning.code for label, meaning in guess.meanings.items()} == {"Frobs": "?", "Grobs": "?"}


def test_a_header_does_not_decide_against_the_labels(recogniser: Recogniser) -> None:
    assert _by(recogniser.column(["Sexual exploitation", "Forced begging"], "Sex")) == (("EXPLOITATION",), "members")


@pytest.mark.parametrize("header", [None, "Zzz", "Comment of ours"])
def test_what_nobody_knows_stays_open(recogniser: Recogniser, header: str | None) -> None:
    assert recogniser.column(["Frobs", "Grobs", "Hrobs"], header) == Guess((), "unknown", 0, 3)


def test_a_column_without_labels_stays_open(recogniser: Recogniser) -> None:
    assert recogniser.column([], "Sex") == Guess((), "empty")


def test_areas_without_a_header_are_ambiguous(recogniser: Recogniser) -> None:
    assert recogniser.column(["France", "Spain"]) == Guess((), "ambiguous", 2, 2, AREAS)


def test_a_total_and_an_unknown_are_members_of_nothing(recogniser: Recogniser) -> None:
    assert recogniser.column(["Total", "Unknown", "Other"]) == Guess((), "unknown", 0, 3)


def test_less_than_half_of_the_labels_is_not_enough(recogniser: Recogniser) -> None:
    assert _by(recogniser.column(["Women", "Frobs"])) == (("SEX",), "members")
    assert _by(recogniser.column(["Women", "Frobs", "Grobs"])) == ((), "unknown")


@pytest.mark.parametrize(
    ("labels", "header"),
    [(["2019", "2020"], None), (["2019", "2020"], "Year"), (["January 2020", "Q2 2020"], None), (["2020.0"], "Année")],
)
def test_times_are_recognised(recogniser: Recogniser, labels: list[str], header: str | None) -> None:
    assert recogniser.column(labels, header) == Guess(("TIME_PERIOD",), "time", len(labels), len(labels))


def test_years_under_a_header_that_nobody_knows_stay_open(recogniser: Recogniser) -> None:
    assert recogniser.column(["1999", "2001"], "Year of birth") == Guess((), "ambiguous", 0, 2, ("TIME_PERIOD",))


@pytest.mark.parametrize(
    ("labels", "header"),
    [(["2019", "2020"], "Fiscal year"), (["2019", "2020"], "FY"), (["2019"], "Exercice"), (["2019"], "السنة المالية")],
)
def test_fiscal_years_stay_open(recogniser: Recogniser, labels: list[str], header: str) -> None:
    assert recogniser.column(labels, header) == Guess((), "fiscal", 0, len(labels), ("TIME_PERIOD",))


@pytest.mark.parametrize("label", ["2019/20", "2019-20", "2019/2020", "FY 2020", "Fiscal 2020", "2020 (p)"])
@pytest.mark.parametrize("header", [None, "Year"])
def test_times_that_are_no_calendar_years_stay_open(recogniser: Recogniser, label: str, header: str | None) -> None:
    assert recogniser.column([label, label.replace("2", "3")], header).components == ()


def test_years_below_the_header_of_something_else_are_no_times(recogniser: Recogniser) -> None:
    guess = recogniser.column(["2019", "2020"], "Sex")
    assert _by(guess) == (("SEX",), "header")
    assert {meaning.code for meaning in guess.meanings.values()} == {"?"}


def test_a_column_of_free_text_is_that_attribute(recogniser: Recogniser) -> None:
    assert _by(recogniser.column(["Police", "Courts"], "Data source")) == (("DATA_SOURCE",), "header")


def test_a_column_with_members_of_several_components_gives_each_of_them(recogniser: Recogniser) -> None:
    guess = recogniser.column(["Women", "Men", "Adults", "Children", "Total"])
    assert _by(guess) == (("SEX", "AGE"), "spread")
    assert (guess.known, guess.labels, dict(guess.meanings)) == (5, 5, {})


def test_labels_of_a_spread_that_are_not_understood_are_asked(recogniser: Recogniser) -> None:
    guess = recogniser.column(["Women", "Men", "Adults", "Children", "Frobs"])
    assert guess.components == ("SEX", "AGE")
    assert {label: meaning.code for label, meaning in guess.meanings.items()} == {"Frobs": "?"}


def test_numbering_before_a_label_says_nothing(recogniser: Recogniser) -> None:
    guess = recogniser.column(["1. Women", "b) Men", "3) Total", "4 . Men"], "Sex")
    assert {label: meaning.code for label, meaning in guess.meanings.items()} == {
        "1. Women": "F",
        "b) Men": "M",
        "3) Total": "_T",
        "4 . Men": "?",
    }
    assert guess.known == 3


def test_a_unit_in_brackets_behind_a_label_is_said_beside_it(recogniser: Recogniser) -> None:
    label = "Detected victims of human trafficking (Number)"
    guess = recogniser.column([label], "Indicator")
    assert guess.components == ("INDICATOR",)
    assert dict(guess.meanings) == {label: Meaning("INDICATOR", "VIC_DET", {"UNIT_MEASURE": "NUMBER"})}


@pytest.mark.parametrize("brackets", ["of a kind", "Total", "Unknown", ""])
def test_what_stands_in_brackets_and_is_not_understood_is_not_left_out(recogniser: Recogniser, brackets: str) -> None:
    label = f"Detected victims of human trafficking ({brackets})"
    guess = recogniser.column([label, "Victims detected"], "Indicator")
    assert [meaning.code for meaning in guess.meanings.values()] == ([] if not brackets else ["?"])


def test_only_members_are_members(recogniser: Recogniser) -> None:
    texts = ["Women", "Total", "Unknown", "Frobs", "Adults"]
    assert recogniser.members(["SEX"], texts) == ["Women"]
    assert recogniser.members(["SEX", "AGE"], texts) == ["Women", "Adults"]
    assert recogniser.members(["TIME_PERIOD"], texts) == []
    assert recogniser.codes("SEX", texts) == {"Women": "F", "Total": "_T", "Unknown": "_U"}
    assert recogniser.known_by(["Women", "Total"]) == ["SEX"]


def test_a_total_is_known_by_its_code(recogniser: Recogniser) -> None:
    assert recogniser.has_total(["SEX"], ["Women", "Both sexes"])
    assert not recogniser.has_total(["SEX"], ["Women", "Unknown"])


def test_what_the_standard_needs_and_what_decides_comes_from_its_tables(recogniser: Recogniser) -> None:
    assert recogniser.needed == ("REF_AREA", "INDICATOR", "UNIT_MEASURE")
    assert (recogniser.deciding, recogniser.time) == (frozenset({"INDICATOR"}), "TIME_PERIOD")
    assert {"value", "valeur", "number"} <= recogniser.value_headers
    assert "women" not in recogniser.value_headers


def test_times_with_marks_are_those_times(recogniser: Recogniser) -> None:
    guess = recogniser.column(["2020", "2021*", "2022 (p)", "2023¹"])
    assert (guess.reason, {label: meaning.code for label, meaning in guess.meanings.items()}) == (
        "time",
        {"2021*": "2021", "2022 (p)": "2022", "2023¹": "2023"},
    )


def test_labels_with_marks_are_those_labels(recogniser: Recogniser) -> None:
    guess = recogniser.column(["Women¹", "Men*", "Total 1)"], "Sex")
    assert {label: meaning.code for label, meaning in guess.meanings.items()} == {
        "Women¹": "F",
        "Total 1)": "_T",
    }


def test_brackets_behind_a_label_do_not_change_what_it_is(recogniser: Recogniser) -> None:
    guess = recogniser.column(["Sexual exploitation", "Sexual exploitation (online)"], "Form of exploitation")
    assert [meaning.code for meaning in guess.meanings.values()] == ["?"]


@pytest.mark.parametrize("header", ["Province", "State", "Provincia", "Département", "المحافظة", "Область"])
def test_parts_of_a_country_take_no_codes_of_countries(recogniser: Recogniser, header: str) -> None:
    guess = recogniser.column(["Luxembourg", "Namur", "Liège", "Hainaut"], header)
    assert "REF_AREA" not in guess.components


def test_labels_that_all_have_marks_are_recognised_without(recogniser: Recogniser) -> None:
    guess = recogniser.column(["Male¹", "Female²", "Zzz (a)"])
    assert (guess.components, guess.known) == (("SEX",), 2)
    assert {label: meaning.code for label, meaning in guess.meanings.items()} == {
        "Male¹": "M",
        "Female²": "F",
        "Zzz (a)": "?",
    }
