"""A figure is what its cell says: zero, missing and hidden are never confused; what is not understood is refused."""

import polars as pl
import pytest

from icstip.mapping.figures import (
    LOWER,
    MARK,
    NOTE,
    PROBLEM,
    STATUS,
    UPPER,
    VALUE,
    CellMeanings,
    loses_digits,
    read_figures,
    statuses,
)
from icstip.mapping.model import FigureFormat

PLAIN = FigureFormat()
NUMBER, BLANK, BOUNDED, FIRST_SIGN = range(4)


def read(text: str | None, written: FigureFormat = PLAIN) -> dict[str, object]:
    """Return what a text means, without the marks at it."""
    return {name: outcome for name, outcome in read_all(text, written).items() if name not in {MARK, NOTE}}


def read_all(text: str | None, written: FigureFormat = PLAIN) -> dict[str, object]:
    """Return what a text means, beside others that must not matter."""
    texts = pl.Series(["7", text, None, "?"], dtype=pl.String)
    frame = read_figures(texts, written)
    assert frame.schema == {
        VALUE: pl.Float64,
        LOWER: pl.Float64,
        UPPER: pl.Float64,
        STATUS: pl.UInt32,
        PROBLEM: pl.String,
        MARK: pl.String,
        NOTE: pl.String,
    }
    return frame.row(1, named=True)


def value(text: str | None, written: FigureFormat = PLAIN) -> object:
    outcome = read(text, written)
    return outcome[PROBLEM] or outcome[VALUE]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", 0),
        ("5", 5),
        ("007", 7),
        ("1.5", 1.5),
        ("-5", -5),
        ("−5", -5),
        ("+5", 5),
        ("1e3", 1000),
        ("1.5E+3", 1500),
        ("2e-2", 0.02),
        ("123456789012345", 123456789012345),
    ],
)
def test_a_number_is_itself(text: str, number: float) -> None:
    assert read(text) == {VALUE: number, LOWER: None, UPPER: None, STATUS: NUMBER, PROBLEM: None}


@pytest.mark.parametrize(
    "text",
    [
        "five",
        "5%",
        "5*",
        "(5)",
        "5 p",
        "--5",
        "- 5",
        "1.",
        ".5",
        "1e",
        "1.2.3",
        "NaN",
        "inf",
        "Infinity",
        "1e999",
        "0x10",
        "1_000",
        "#ERROR!",
        "5/6",
    ],
)
def test_what_is_not_a_number_is_refused(text: str) -> None:
    assert read(text) == {VALUE: None, LOWER: None, UPPER: None, STATUS: None, PROBLEM: "FIGURE-001"}


def test_numbers_in_arabic_digits_are_read_alike_or_refused() -> None:
    assert value("١٢٣") == "FIGURE-001"
    assert read("≤٣")[UPPER] == 3


@pytest.mark.parametrize(
    ("thousands", "text"),
    [
        (",", "1,234,567"),
        (".", "1.234.567"),
        (" ", "1 234 567"),
        (" ", "1\u00a0234\u00a0567"),
        (" ", "1\u202f234\u202f567"),
        (" ", "1\u2009234 567"),
        ("\u00a0", "1 234\u00a0567"),
        ("\u202f", "1\u202f234\u202f567"),
        ("'", "1'234'567"),
        ("’", "1’234’567"),
    ],
)
def test_a_declared_separator_parts_thousands(thousands: str, text: str) -> None:
    written = FigureFormat(thousands=thousands, decimal="," if thousands == "." else ".")
    assert value(text, written) == 1234567
    assert value(f"-{text}", written) == -1234567
    assert value(text) == "FIGURE-001"
    assert value("1234567", written) == 1234567


@pytest.mark.parametrize(
    "text", ["1,24", "1,2345", "1234,567", ",123", "1,,234", "1,234,56", "0,240", "00,240", "1,240,"]
)
def test_a_separator_that_does_not_part_thousands_is_refused(text: str) -> None:
    assert value(text, FigureFormat(thousands=",")) == "FIGURE-001"


@pytest.mark.parametrize(("text", "number"), [("1,5", 1.5), ("1.234,5", 1234.5), ("0,240", 0.24), ("-0,5", -0.5)])
def test_a_declared_decimal_comma_is_the_point(text: str, number: float) -> None:
    assert value(text, FigureFormat(thousands=".", decimal=",")) == number


@pytest.mark.parametrize("text", ["1.5", "1.24", "1,234.5"])
def test_the_other_way_of_writing_is_refused(text: str) -> None:
    assert value(text, FigureFormat(thousands=".", decimal=",")) == "FIGURE-001"


def test_a_comma_that_nobody_declared_is_refused() -> None:
    assert value("1,240") == "FIGURE-001"
    assert value("1,5") == "FIGURE-001"


def test_a_sign_of_the_mapping_is_no_pattern() -> None:
    assert value("1x240", FigureFormat(thousands=".", decimal=",")) == "FIGURE-001"
    assert value("1x5") == "FIGURE-001"


@pytest.mark.parametrize(
    ("text", "lower", "upper"),
    [
        ("<5", 0, 4),
        ("< 5", 0, 4),
        ("<11", 0, 10),
        ("≤3", 0, 3),
        ("≤ 3", 0, 3),
        ("<=3", 0, 3),
        ("1-4", 1, 4),
        ("1–4", 1, 4),
        ("1 - 4", 1, 4),
        ("0-2", 0, 2),
        ("3-3", 3, 3),
    ],
)
def test_bounds_are_kept_without_a_value(text: str, lower: float, upper: float) -> None:
    assert read(text) == {VALUE: None, LOWER: lower, UPPER: upper, STATUS: BOUNDED, PROBLEM: None}


@pytest.mark.parametrize(
    "text", ["4-1", "<0", "<-5", ">5", "≥5", "5+", "<", "<5>", "<5.5", "1-4-7", "~5", "<five", "1—4"]
)
def test_bounds_that_say_nothing_certain_are_refused(text: str) -> None:
    assert value(text) == "FIGURE-001"


def test_a_blank_is_missing_and_not_zero() -> None:
    assert read(None) == {VALUE: None, LOWER: None, UPPER: None, STATUS: BLANK, PROBLEM: None}
    assert read("0")[VALUE] == 0


def test_a_dash_that_nobody_declared_is_refused() -> None:
    assert value("-") == "FIGURE-001"


def test_a_declared_sign_is_missing_with_its_codes() -> None:
    written = FigureFormat(signs={"-": {"OBS_STATUS": "L"}, "..": {"OBS_STATUS": "M"}})
    assert read("-", written) == {VALUE: None, LOWER: None, UPPER: None, STATUS: FIRST_SIGN, PROBLEM: None}
    assert read("..", written)[STATUS] == FIRST_SIGN + 1


def test_a_declared_sign_can_stand_for_a_figure() -> None:
    written = FigureFormat(signs={"*": {}, "-": {"OBS_STATUS": "A"}}, sign_values={"-": 0.0})
    assert read("-", written) == {VALUE: 0, LOWER: None, UPPER: None, STATUS: FIRST_SIGN + 1, PROBLEM: None}
    assert read("*", written)[VALUE] is None


def test_a_declared_sign_goes_before_the_number_that_it_looks_like() -> None:
    written = FigureFormat(signs={"9999": {"OBS_STATUS": "M"}, "-1": {"OBS_STATUS": "L"}, "<5": {"OBS_STATUS": "Q"}})
    assert read("9999", written) == {VALUE: None, LOWER: None, UPPER: None, STATUS: FIRST_SIGN, PROBLEM: None}
    assert read("-1", written)[VALUE] is None
    assert read("<5", written)[UPPER] is None
    assert value("99999", written) == 99999


def test_a_sign_is_known_in_either_case_unless_both_are_declared() -> None:
    assert read("X", FigureFormat(signs={"x": {}}))[STATUS] == FIRST_SIGN
    both = FigureFormat(signs={"x": {}, "X": {}})
    assert [read(text, both)[STATUS] for text in ("x", "X")] == [FIRST_SIGN, FIRST_SIGN + 1]


def test_each_kind_of_cell_has_its_codes() -> None:
    meanings = CellMeanings({"STATUS": "A", "CONF": "F"}, {"STATUS": "O"}, {"STATUS": "Q"}, "LOWER", "UPPER")
    written = FigureFormat(signs={"*": {"CONF": "C"}, "-": {}, "x": {"STATUS": "M"}}, sign_values={"-": 0.0})
    assert statuses(written, meanings) == [
        {"STATUS": "A", "CONF": "F"},
        {"STATUS": "O"},
        {"STATUS": "Q"},
        {"STATUS": "O", "CONF": "C"},
        {"STATUS": "A", "CONF": "F"},
        {"STATUS": "M"},
    ]


@pytest.mark.parametrize(
    ("text", "loses"),
    [
        ("123456789012345", False),
        ("1234567890123456", True),
        ("0.00000000000000012", False),
        ("1,234,567,890,123,456", True),
        ("-5", False),
    ],
)
def test_more_digits_than_a_number_keeps_are_noticed(text: str, *, loses: bool) -> None:
    assert pl.DataFrame({"text": [text]}).select(loses_digits(pl.col("text"))).item() is loses


def test_no_texts_are_no_figures() -> None:
    assert read_figures(pl.Series([], dtype=pl.String), PLAIN).height == 0


@pytest.mark.parametrize("text", ["1.5", "-5", "1e3", "1.240", "5.7"])
def test_what_is_no_count_is_refused_where_figures_are_counts(text: str) -> None:
    read = read_figures(pl.Series([text]), FigureFormat(whole=True))
    assert (read[VALUE].item(), read[PROBLEM].item()) == (None, "FIGURE-001")


@pytest.mark.parametrize(("text", "value"), [("12", 12.0), ("12.0", 12.0), ("1,240", 1240.0), ("0", 0.0)])
def test_counts_are_read_where_figures_are_counts(text: str, value: float) -> None:
    assert read_figures(pl.Series([text]), FigureFormat(thousands=",", whole=True))[VALUE].item() == value


def test_a_figure_too_small_for_a_number_is_not_taken_for_none() -> None:
    assert read_figures(pl.Series(["1e-400"]), FigureFormat())[PROBLEM].item() == "FIGURE-001"


# Marks at figures

MARKED = FigureFormat(
    thousands=" ", marks={"*": {}, "(p)": {"STATUS": "P"}, "%": {"UNIT": "PT"}, "**": {}}, signs={"-": {}}
)


@pytest.mark.parametrize(
    ("text", "number", "mark"),
    [
        ("12*", 12, "*"),
        ("12 *", 12, "*"),
        ("*12", 12, "*"),
        ("12**", 12, "**"),
        ("1 204 (p)", 1204, "(p)"),
        ("12.5%", 12.5, "%"),
        ("0*", 0, "*"),
    ],
)
def test_a_declared_mark_is_told_apart_from_its_figure(text: str, number: float, mark: str) -> None:
    outcome = read_all(text, MARKED)
    assert (outcome[VALUE], outcome[MARK], outcome[STATUS], outcome[PROBLEM]) == (number, mark, NUMBER, None)


def test_bounds_can_have_a_mark() -> None:
    outcome = read_all("<5*", MARKED)
    assert (outcome[LOWER], outcome[UPPER], outcome[MARK], outcome[STATUS]) == (0, 4, "*", BOUNDED)


@pytest.mark.parametrize("text", ["*", "12†", "12 x", "x*", "12(a)", "12*x", "*1*", "12 (p) (p)"])
def test_what_is_left_must_be_understood_and_marks_declared(text: str) -> None:
    outcome = read_all(text, MARKED)
    assert (outcome[PROBLEM], outcome[VALUE], outcome[MARK]) == ("FIGURE-001", None, None)


@pytest.mark.parametrize(
    ("text", "number", "note"),
    [("12¹", 12, "¹"), ("12 ¹", 12, "¹"), ("12¹²", 12, "¹²"), ("12¹, ²", 12, "¹, ²")],
)
def test_a_raised_mark_is_no_part_of_a_figure_and_is_told(text: str, number: object, note: str | None) -> None:
    assert (value(text), read_all(text)[NOTE]) == (number, note)


def test_a_raised_mark_that_is_declared_is_a_mark() -> None:
    written = FigureFormat(marks={"¹": {}})
    assert [read_all("12¹", written)[name] for name in (VALUE, MARK, NOTE)] == [12, "¹", None]
    assert [read_all("12²", written)[name] for name in (VALUE, MARK, NOTE)] == [12, None, "²"]


def test_a_sign_that_is_declared_is_no_mark() -> None:
    written = FigureFormat(marks={"*": {}}, signs={"*": {}, "**": {}})
    assert [read_all(sign, written)[STATUS] for sign in ("*", "**")] == [FIRST_SIGN, FIRST_SIGN + 1]
    assert value("¹") == "FIGURE-001"


@pytest.mark.parametrize(
    ("text", "number"),
    [("1.234", "FIGURE-001"), ("1,234", "FIGURE-001"), ("1?234", "FIGURE-001"), ("12", 12), ("1e3", 1000)],
)
def test_what_can_be_two_numbers_is_none_while_that_is_open(text: str, number: object) -> None:
    assert value(text, FigureFormat(decimal="?")) == number
    assert value(text, FigureFormat(decimal="?", whole=True)) == ("FIGURE-001" if text == "1e3" else number)
