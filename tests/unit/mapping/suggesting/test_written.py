"""What is written for a draft is read again as it was meant, whatever the texts of the table."""

import csv
import io
import tempfile
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.examples.drafts import grid_of_rows

from icstip.mapping.labels import Vocabulary
from icstip.mapping.model import TableMapping
from icstip.mapping.reading.mapping import read_mapping
from icstip.mapping.suggesting.cells import Cells
from icstip.mapping.suggesting.draft import ColumnDraft, Draft, Reason
from icstip.mapping.suggesting.drafting import Drafting
from icstip.mapping.suggesting.recognise import Recogniser
from icstip.mapping.suggesting.recognising.guess import Meaning
from icstip.mapping.suggesting.shape import find_shape
from icstip.mapping.suggesting.shaping.headers import header_words
from icstip.mapping.suggesting.written import codes_text, mapping_text
from icstip.standard.model import Standard

DraftOf = Callable[..., Draft]
Read = Callable[[Draft], TableMapping]

LABEL: Final = "1. Detected victims of human trafficking (Number)"
LANGUAGES: Final = ("en", "fr", "es", "ar")

HARD: Final = ['"', "\\", "\n", "\r\n", "\t", "\x00", "\x07", "\x1b", "\x7f", "\x85", "\u2028", "'", "'''", '"""', "#"]
HARD_WORDS: Final = ["=", "+", "-", "@", "[", "]", "{", "}", ",", ";", "?", "النساء", "Women", "é", "\u202e", "😀", "x"]
ANY_TEXT: Final = st.one_of(
    st.lists(st.sampled_from([*HARD, *HARD_WORDS]), min_size=1, max_size=6).map("".join),
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12),
).filter(lambda text: text.strip() != "")


def _toml(draft: Draft, language: str = "en") -> dict[str, Any]:
    return tomllib.loads(mapping_text(draft, "Title", language))


def _code_rows(draft: Draft) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(codes_text(draft), newline=""), strict=True))


@pytest.fixture(scope="module")
def read(standard: Standard) -> Read:
    """Writes a draft and reads it as the mapping that it is."""

    def reading(draft: Draft) -> TableMapping:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "mapping.toml"
            path.write_text(mapping_text(draft, "Title"), encoding="utf-8", newline="\n")
            path.with_name("codes.csv").write_text(codes_text(draft), encoding="utf-8-sig", newline="\n")
            return read_mapping(path, standard)

    return reading


def test_a_column_that_is_open_has_a_question_mark(draft_of: DraftOf, read: Read) -> None:
    draft = draft_of("Year|Sex|Zzz|Value", "2019|F|foo|5", "2019|F|bar|6")
    assert _toml(draft)["columns"] == [
        {"column": "Sex", "component": "SEX"},
        {"column": "Zzz", "component": "?"},
    ]
    assert [rule.column for rule in read(draft).open_columns] == ["Zzz"]


def test_constants_that_are_open_have_question_marks(draft_of: DraftOf, read: Read) -> None:
    draft = draft_of("|Women|Men", "Adults|5|6", "Children|7|8")
    open_ones = dict.fromkeys(("REF_AREA", "INDICATOR", "UNIT_MEASURE", "TIME_PERIOD"), "?")
    assert _toml(draft)["constants"] == open_ones == read(draft).constants


def test_a_table_with_one_figure_a_row_is_written_by_its_headers(draft_of: DraftOf, read: Read) -> None:
    draft = draft_of("Year|Quarter|Sex|Value", "2019|Q1|F|5", "2019|Q2|M|6")
    written = _toml(draft)
    assert written["mapping"] == {"title": "Title", "attribution": ""}
    assert written["table"] == {"sheet": "S", "figures": "Value"}
    assert written["time"] == {"column": "Year", "part": "Quarter"}
    mapping = read(draft)
    assert (mapping.figure_column, mapping.time_column, mapping.part_column) == ("Value", "Year", "Quarter")


def test_a_table_with_several_figures_in_a_row_is_written_by_its_places(draft_of: DraftOf, read: Read) -> None:
    draft = draft_of("|Women||Men|", "|2019|2020|2019|2020", "Adults|1|2|3|4", "Children|5|6|7|8")
    assert _toml(draft)["table"] == {
        "sheet": "S",
        "figures": "B3:E4",
        "headers": [1, 2],
        "stubs": ["A"],
        "fill": ["row 1"],
    }
    assert read(draft).layouts == (draft.layout,)


def test_headings_are_written_with_what_is_below_each(draft_of: DraftOf, read: Read) -> None:
    draft = draft_of("|2019|2020", "Total|9|9", "By sex||", "Women|4|5", "By age||", "Adults|9|8")
    written = _toml(draft)
    assert written["table"]["sections"] == [{"column": "A", "labels": ["By sex", "By age"]}]
    assert written["columns"] == [
        {"column": "column A", "component": "SEX", "when": {"section A": ""}},
        {"column": "column A", "component": "SEX", "when": {"section A": "By sex"}},
        {"column": "column A", "component": "AGE", "when": {"section A": "By age"}},
    ]
    assert read(draft).layouts == (draft.layout,)


def test_upper_headings_and_texts_that_say_two_things_are_written(draft_of: DraftOf, read: Read) -> None:
    below = ("Labour||", "Male|4|5", "Begging||", "Male|4|5")
    draft = draft_of("|2019|2020", "Adults||", *below, "Children||", *below)
    assert read(draft).layouts == (draft.layout,)
    draft = draft_of("Year|Adult - Male|Child - Male|Total", "2019|1|2|3", "2020|4|5|6")
    assert read(draft).layouts == (draft.layout,)
    assert [rule.blank for rule in read(draft).columns] == ["", "", "_T"]


def test_a_column_of_several_components_lists_them(draft_of: DraftOf, read: Read) -> None:
    draft = draft_of("Year|Zzz|Value", *(f"2019|{label}|5" for label in ("Women", "Men", "Adults", "Children")))
    assert _toml(draft)["columns"] == [{"column": "Zzz", "components": ["SEX", "AGE"]}]
    assert [rule.component for rule in read(draft).columns] == ["SEX", "AGE"]


def test_a_blank_and_what_is_left_out_are_written(draft_of: DraftOf, read: Read) -> None:
    rows = [f"{2000 + i}|{cells}" for i in range(3) for cells in ("|9", "F|4", "M|5")]
    draft = draft_of("Year|Sex|Value", *rows)
    assert _toml(draft)["columns"] == [{"column": "Sex", "component": "SEX", "blank": "_T"}]
    assert [rule.blank for rule in read(draft).columns] == ["_T"]
    draft = draft_of("||2019|2020", "Women|Femmes|1|2", "Men|Hommes|3|4")
    assert _toml(draft)["left_out"] == [{"column": "column B", "reason": "says the same as 'column A'"}]
    assert [rule.column for rule in read(draft).left_out] == ["column B"]


def test_how_figures_are_written_is_said_where_it_is_decided(draft_of: DraftOf, read: Read) -> None:
    draft = draft_of("Year|Women|Men", "2019|1.234,5|5", "2020|6|7")
    assert _toml(draft)["figures"] == {"thousands": ".", "decimal": ","}
    assert (read(draft).figures.thousands, read(draft).figures.decimal) == (".", ",")
    undecided = draft_of("Year|Women|Men", "2019|1,234|5", "2020|6|7")
    assert _toml(undecided)["figures"] == {"decimal": "?"}
    assert "1,234" in mapping_text(undecided, "")


def test_signs_are_written_so_that_only_a_comment_sign_is_to_be_taken_away(draft_of: DraftOf, read: Read) -> None:
    draft = draft_of("Year|Women|Men", "2019|-|1.234,5", "2020|6|..")
    assert _toml(draft)["figures"] == {"thousands": ".", "decimal": ",", "signs": {}}
    decided = mapping_text(draft, "").replace('# "-" = { value', '"-" = { value').replace('# ".." =', '".." =')
    assert tomllib.loads(decided)["figures"]["signs"] == {"-": {"value": "0"}, "..": {}}
    assert read(draft).figures.signs == {}


def test_marks_at_figures_are_written_so_that_only_a_comment_sign_is_to_be_taken_away(
    draft_of: DraftOf, read: Read
) -> None:
    draft = draft_of("Year|Women|Men", "2019|12*|5", "2020|6|7 (p)", "2021|1|12%")
    assert _toml(draft)["figures"] == {"marks": {"%": {"UNIT_MEASURE": "PT"}}}
    assert read(draft).figures.marks == {"%": {"UNIT_MEASURE": "PT"}}
    decided = mapping_text(draft, "").replace('# "*" =', '"*" =').replace('# "(p)" =', '"(p)" =')
    assert tomllib.loads(decided)["figures"]["marks"] == {"%": {"UNIT_MEASURE": "PT"}, "*": {}, "(p)": {}}


def test_a_figure_that_can_be_two_numbers_is_open(draft_of: DraftOf, read: Read) -> None:
    assert read(draft_of("Year|Women|Men", "2019|1.234|5", "2020|6|7")).figures.decimal == "?"


def test_only_of_dashes_the_draft_says_that_they_can_be_a_count_of_none(draft_of: DraftOf) -> None:
    signs = ("-", "–", "—", "..", "…", "*", ":", "x", "NA", "n.d.")
    draft = draft_of("Year|Women|Men", "2009|7|5", *(f"20{10 + place}|{sign}|5" for place, sign in enumerate(signs)))
    lines = [line for line in mapping_text(draft, "").splitlines() if "value" in line and "{" in line]
    assert [line.split('"')[1] for line in lines] == ["-", "–", "—"]
    assert all(line.startswith("# ") for line in lines)


def test_nothing_is_said_of_figures_that_are_plain(draft_of: DraftOf) -> None:
    assert "figures" not in _toml(draft_of("Year|Women|Men", "2019|4|5", "2020|6|7"))


def test_every_reason_is_a_comment_in_each_language(draft_of: DraftOf) -> None:
    draft = draft_of("Year|Sex|Zzz|Women", "2019|F|foo|-", "2019|F|bar|1,234")
    comments = {
        language: [line for line in mapping_text(draft, "T", language).splitlines() if line.startswith("# ")]
        for language in LANGUAGES
    }
    assert len({len(lines) for lines in comments.values()}) == 1
    assert len({tuple(lines) for lines in comments.values()}) == len(LANGUAGES)
    assert {tuple(sorted(_toml(draft, language))) for language in LANGUAGES} == {tuple(sorted(_toml(draft)))}
    assert any("\u0600" <= letter <= "\u06ff" for letter in comments["ar"][0])


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_reason_to_leave_out_is_written_in_the_language(draft_of: DraftOf, language: str) -> None:
    draft = draft_of("||2019|2020", "Women|Femmes|1|2", "Men|Hommes|3|4")
    (left_out,) = _toml(draft, language)["left_out"]
    assert "'column A'" in left_out["reason"] or "column A" in left_out["reason"]
    assert (left_out["reason"] == "says the same as 'column A'") is (language == "en")


# What labels mean


def test_only_labels_that_the_lists_do_not_know_are_written(draft_of: DraftOf, read: Read) -> None:
    draft = draft_of("Indicator|2019|2020", "Victims detected|5|6", "Frobs|7|8", f"{LABEL}|1|2")
    assert [tuple(row.values())[:5] for row in _code_rows(draft)] == [
        ("column A", "INDICATOR", "Frobs", "?", ""),
        ("column A", "INDICATOR", LABEL, "VIC_DET", "UNIT_MEASURE=NUMBER"),
    ]
    assert {rule.label: (rule.code, rule.also) for rule in read(draft).labels} == {
        "Frobs": ("?", {}),
        LABEL: ("VIC_DET", {"UNIT_MEASURE": "NUMBER"}),
    }


def test_codes_that_look_similar_are_noted(draft_of: DraftOf) -> None:
    draft = draft_of("Sex|2019|2020", "Women|5|6", "Mem|7|8")
    column = ColumnDraft("column A", ("SEX",), Reason("suggest.header"), meanings=_similar("Mem", "M", "F"))
    changed = Draft(draft.shape, draft.layout, draft.figures, "", "", {}, (column,), {}, draft.written)
    assert [row["note"] for row in _code_rows(changed)] == ["similar: M, F"]


def _similar(label: str, *codes: str) -> dict[str, Meaning]:
    return {label: Meaning("SEX", "?", {}, codes)}


@pytest.mark.parametrize("sign", ["=", "+", "-", "@"])
def test_a_label_that_a_spreadsheet_would_compute_has_a_blank_before_it(
    draft_of: DraftOf, read: Read, sign: str
) -> None:
    draft = draft_of("Sex|2019|2020", "Women|5|6", f"{sign}Frobs|7|8")
    assert [row["label"] for row in _code_rows(draft)] == [f" {sign}Frobs"]
    (rule,) = read(draft).labels
    assert (rule.label.strip(), rule.code) == (f"{sign}Frobs", "?")


def test_a_draft_of_a_table_whose_labels_are_all_known_has_no_codes(draft_of: DraftOf) -> None:
    draft = draft_of("Sex|2019|2020", "Women|5|6", "Men|7|8")
    assert codes_text(draft) == "column,component,label,code,also,note\n"


# Any text


@pytest.fixture(scope="module")
def read_again(vocabulary: Vocabulary, recogniser: Recogniser, standard: Standard) -> Callable[..., None]:
    """Drafts a mapping of cells that can hold any text, and reads what is written for it in each language."""

    def reading(rows: list[list[str | None]], title: str, sheet: str | None) -> None:
        cells = Cells(grid_of_rows(rows, sheet=sheet), vocabulary.markers)
        shape = find_shape(cells, header_words(recogniser))
        assert shape is not None
        words = Reason("suggest.words", {"words": title, "place": sheet})
        draft = Drafting(shape, recogniser).draft({"REF_AREA": ("FR", words)})
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "mapping.toml"
            for language in LANGUAGES:
                path.write_text(mapping_text(draft, title, language), encoding="utf-8", newline="\n")
                path.with_name("codes.csv").write_text(codes_text(draft, language), encoding="utf-8-sig", newline="\n")
                assert read_mapping(path, standard).title == title

    return reading


def _rows(labels: list[str]) -> list[list[str | None]]:
    return [[label, "9", "10"] for label in labels]


@settings(max_examples=60)
@given(labels=st.lists(ANY_TEXT, min_size=2, max_size=4), title=ANY_TEXT, sheet=st.none() | ANY_TEXT)
def test_any_text_in_a_table_with_several_figures_in_a_row_gives_a_mapping_that_is_read(
    labels: list[str], title: str, sheet: str | None, read_again: Callable[..., None]
) -> None:
    first, second, *others = labels
    rows: list[list[str | None]] = [["Sex", "2019", "2020"], ["Women", "5", "6"]]
    rows += [[first, None, None], [second, "7", "8"], *_rows(others)]
    read_again(rows, title, sheet)


def _is_header(text: str) -> bool:
    return text != "*" and not (text.startswith("^") and text.endswith("$"))  # they mean many columns


@settings(max_examples=60)
@given(
    header=ANY_TEXT.filter(_is_header),
    labels=st.lists(ANY_TEXT, min_size=2, max_size=4),
    title=ANY_TEXT,
    sheet=st.none() | ANY_TEXT,
)
def test_any_text_in_a_table_with_one_figure_a_row_gives_a_mapping_that_is_read(
    header: str, labels: list[str], title: str, sheet: str | None, read_again: Callable[..., None]
) -> None:
    rows: list[list[str | None]] = [["Year", header, "Sex", "Value"], ["2019", None, "Women", "5"]]
    rows += [["2020", label, other, "6"] for label in labels for other in ("Women", *labels)]
    read_again(rows, title, sheet)
