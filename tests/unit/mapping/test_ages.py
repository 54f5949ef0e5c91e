"""A label that tells the bounds of ages has the code of that band; what is not an age, or can be two, has none."""

import csv
from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icstip.mapping.ages import KINDS, AgeList, AgePattern, AgeReader, Band
from icstip.mapping.labels import How, LabelIndex, Labels, Match, Vocabulary
from icstip.mapping.vocabulary import read_vocabulary
from icstip.standard.folder import AGE_PATTERNS
from icstip.standard.location import standard_folder
from icstip.standard.model import Code, Codelist, Standard
from icstip.standard.read import read_standard
from icstip.standard.rules.labels import BOUNDS_OF_KINDS

HARD = list(csv.DictReader(Path(__file__).with_name("hard_ages.csv").read_text(encoding="utf-8").splitlines()))
PATTERNS = list(csv.DictReader((standard_folder() / AGE_PATTERNS).read_text(encoding="utf-8").splitlines()))
NO_AGES = (
    *("", "Total", "2019", "2019-2020", "since 2019", "17", "97 children", "0.5-1.5", "15, 16", "15/16", "5-9¹"),
    *("0-11 months", "18%", "?18", "under 18 and over 60", "18 years and", "17 ans et -", "Girls (0-17)"),
    *("9" * 5_000, "1-" * 5_000),
)
LIST = AgeList("CL_AGE", "Y{low}", "Y{low}T{high}", "Y_GE{low}", 18, 120)


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return read_vocabulary(standard_folder())


@pytest.fixture(scope="module")
def reader(vocabulary: Vocabulary) -> AgeReader:
    assert vocabulary.ages
    return vocabulary.ages


@pytest.fixture(scope="module")
def real() -> Standard:
    return read_standard()


@pytest.fixture(scope="module")
def ages(real: Standard, vocabulary: Vocabulary, reader: AgeReader) -> LabelIndex:
    return Labels(real, vocabulary)[reader.ages.codelist]


@pytest.mark.parametrize("hard", HARD, ids=[row["label"] for row in HARD])
def test_a_hard_age_comes_out_as_a_statistician_would_have_it(hard: dict[str, str], ages: LabelIndex) -> None:
    match = ages.match(hard["label"])
    assert (match.code or match.problem) == hard["expected"]
    assert match.needed == hard["needed"]


def test_the_hard_ages_are_many_and_each_stands_once() -> None:
    assert len(HARD) >= 150
    assert len({row["label"] for row in HARD}) == len(HARD)


# What each kind says of two numbers, and what it also says at the age of majority: written here a second time.
EXPECTED: Mapping[str, tuple[str, str]] = {
    "single": ("{low}..{low}", ""),
    "between": ("{low}..{high}", ""),
    "between_below": ("{low}..{before}", ""),
    "between_up_to": ("{low}..{high}", "{low}..{before}"),
    "below": ("0..{before}", ""),
    "at_most": ("0..{high}", ""),
    "up_to": ("0..{high}", "0..{before}"),
    "at_least": ("{low}..", ""),
    "above": ("{after}..", "{low}.."),
}


def _codes(pattern: str, low: int, high: int) -> set[str]:
    """Return the codes of all that a pattern says, under every kind and in every language that has it."""
    kinds = {row["kind"] for row in PATTERNS if row["pattern"] == pattern}
    bounds = [EXPECTED[kind][0] for kind in kinds]
    upper = high if "{high}" in pattern else low
    bounds += [EXPECTED[kind][1] for kind in kinds if upper == LIST.majority and EXPECTED[kind][1]]
    written = [b.format(low=low, high=high, before=high - 1, after=low + 1).split("..") for b in bounds]
    return {_code(first, last) for first, last in written}


def _code(first: str, last: str) -> str:
    if not last:
        return f"Y_GE{first}"
    return f"Y{first}" if first == last else f"Y{first}T{last}"


@given(low=st.integers(0, 99), span=st.integers(1, 20))
def test_every_pattern_gives_the_band_of_its_bounds(reader: AgeReader, low: int, span: int) -> None:
    patterns = {row["pattern"] for row in PATTERNS}
    read = {pattern: set(reader.codes(pattern.format(low=low, high=low + span))) for pattern in patterns}
    assert read == {pattern: _codes(pattern, low, low + span) for pattern in patterns}


@pytest.mark.parametrize("words", ["Victims: {}", "({})", "{} (children)", "  {}.", "AGE {}"])
def test_words_and_signs_around_a_pattern_change_nothing(reader: AgeReader, words: str) -> None:
    labels = {row["pattern"].format(low=20, high=29): row["kind"] for row in PATTERNS}
    read = {label: set(reader.codes(words.format(label))) for label in labels}
    assert {label: codes for label, codes in read.items() if codes not in (set(), set(reader.codes(label)))} == {}
    # One age needs the word that makes a number an age next to it, and "- de" is "moins de" only where a label begins.
    unread = {label for label, codes in read.items() if not codes}
    assert unread <= {label for label, kind in labels.items() if kind == "single" or label.startswith("- ")}


@pytest.mark.parametrize("zero", "٠۰०０")
def test_digits_of_other_scripts_are_numbers(reader: AgeReader, zero: str) -> None:
    digits = {ord("0") + i: ord(zero) + i for i in range(10)}
    labels = [row["pattern"].format(low=15, high=24) for row in PATTERNS]
    assert [reader.codes(label.translate(digits)) for label in labels] == [reader.codes(label) for label in labels]


@given(st.text(alphabet="0123456789 -–<>+=≤,./¹²toansdeunderover", max_size=30))
def test_no_text_breaks_the_reading(reader: AgeReader, label: str) -> None:
    for code in reader.codes(label):
        assert code.startswith("Y")


@pytest.mark.parametrize("label", NO_AGES, ids=lambda label: label[:20])
def test_what_is_no_age_has_no_band(reader: AgeReader, label: str) -> None:
    assert reader.codes(label) == ()


def test_a_row_that_the_check_of_the_tables_refuses_does_no_harm() -> None:
    rows = [
        AgePattern("under age", "below"),
        AgePattern("{low} to {high}", "from_to"),
        AgePattern("{low}+", "at_least"),
    ]
    reader = AgeReader(LIST, rows, [])
    assert [reader.codes(label) for label in ("under age", "1 to 4", "18+")] == [(), (), ("Y_GE18",)]


def test_a_band_that_cannot_be_is_none(reader: AgeReader) -> None:
    assert reader.codes("17-0") == ()
    assert reader.codes("under 0") == ()
    assert reader.codes("over 130") == ()


def test_a_band_that_the_list_does_not_have_names_its_code(ages: LabelIndex) -> None:
    assert ages.match("16 to 19") == Match(problem="LABEL-001", needed="Y16T19")
    assert ages.match("до 22 лет") == Match(problem="LABEL-001", needed="Y0T21 / Y0T22")
    assert ages.suggested("16 to 19") is None


def test_a_label_that_can_be_two_bands_is_refused_with_both(ages: LabelIndex) -> None:
    assert ages.match("over 60") == Match(problem="LABEL-002", candidates=("Y_GE61", "Y_GE60"))
    # The list has only one of the two, and that does not make it the right one.
    assert ages.match("до 20 лет") == Match(problem="LABEL-002", candidates=("Y0T19", "Y0T20"))


def test_the_label_tables_come_before_the_patterns_and_patterns_before_the_order_of_words(ages: LabelIndex) -> None:
    assert ages.match("18 and over").how is How.ALIAS
    assert ages.match("55 and over") == Match("Y_GE55", How.PATTERN)
    # The words of the first are those of "Under 18", and of the second those of "60 ans et plus".
    assert ages.match("18 and under") == Match("Y0T18", How.PATTERN)
    assert ages.match("plus de 60 ans") == Match("Y_GE61", How.PATTERN)


def test_a_damaged_dash_is_repaired(ages: LabelIndex) -> None:
    assert ages.match("18â€“24 years") == Match("Y18T24", How.REPAIRED)


def test_patterns_are_for_the_list_of_ages_and_those_that_extend_it_only(reader: AgeReader) -> None:
    codes = (Code("Y18T24", {}),)
    vocabulary = Vocabulary({}, frozenset(), frozenset(), reader)
    for lists, code in (({"*", "CL_OTHER"}, ""), ({"*", "CL_OTHER", reader.ages.codelist}, "Y18T24")):
        index = LabelIndex(Codelist("CL_OTHER", {}, {}, codes), frozenset(lists), vocabulary)
        assert index.match("18 to 24").code == code


def test_no_name_and_no_label_of_an_age_is_read_as_another(
    real: Standard, vocabulary: Vocabulary, reader: AgeReader
) -> None:
    borne: dict[str, set[str]] = {}
    for label, code in chain(_names(real.codelists[reader.ages.codelist]), _labels(vocabulary, reader.ages.codelist)):
        borne.setdefault(label, set()).add(code)
    read = {label: set(reader.codes(label)) for label in borne}
    assert {label: codes for label, codes in read.items() if codes and codes != borne[label]} == {}
    assert sum(map(bool, read.values())) > 1_000


def _names(codelist: Codelist) -> Iterator[tuple[str, str]]:
    return ((name, code.id) for code in codelist.codes for name in code.name.values())


def _labels(vocabulary: Vocabulary, codelist: str) -> Iterator[tuple[str, str]]:
    return ((synonym.label, synonym.code) for synonym in vocabulary.synonyms[codelist])


def test_the_codes_that_patterns_make_are_written_as_those_of_the_list(real: Standard, reader: AgeReader) -> None:
    known = real.codelists[reader.ages.codelist].by_id
    assert {reader.ages.code(band) for band in (Band(0, 0), Band(15, 17), Band(18, None))} <= known.keys()
    assert reader.ages == LIST


def test_every_kind_of_pattern_is_in_use_and_in_every_language_of_the_standard(real: Standard) -> None:
    assert {row["kind"] for row in PATTERNS} == KINDS.keys() == BOUNDS_OF_KINDS.keys() == EXPECTED.keys()
    usual = KINDS.keys() - {"between_up_to"}
    for language in real.languages:
        assert {row["kind"] for row in PATTERNS if row["language"] == language} >= usual


def test_words_that_say_where_a_band_ends_are_not_left_out() -> None:
    """Were "plus" left out, "18 et plus" would be one age; a pattern that is nothing but its number is none."""
    reader = AgeReader(
        LIST, [AgePattern("{low} et plus", "at_least"), AgePattern("age {low}", "single")], ["et", "plus"]
    )
    assert reader.codes("18 et plus") == ("Y_GE18",)
    assert reader.codes("plus 18") == ()
    assert reader.codes("Age 18") == ("Y18",)
