"""The tables that tell what labels and cells mean, and what is said of one that cannot be read."""

from pathlib import Path

import pytest

from icstip.errors import StandardError
from icstip.mapping.figures import CellMeanings
from icstip.mapping.labels import Synonym
from icstip.mapping.normalise import folded
from icstip.mapping.vocabulary import read_cell_meanings, read_headers, read_note_words, read_vocabulary
from icstip.standard.location import standard_folder
from icstip.standard.read import read_standard

WORDS = 'markers = ["N/A", ".."]\n[stop_words]\nen = ["the"]\nfr = ["le", "la"]\n'
LABELS = 'source,kind,label,code,language,codelist\nUN,name,"Korea, South",KR,en,CL_AREA\nUN,alias,all,_T,en,*\n'
AGES = """
[ages]
codelist = "CL_AGE"
one = "A{low}"
band = "A{low}_{high}"
open = "A{low}_"
majority = 18
highest = 99
words = { en = ["years"], fr = ["ans"] }
"""
PATTERNS = "language,kind,pattern\nen,between,{low} to {high} years\nfr,at_least,{low} ans et plus\n"
HEADERS = "component,label,language\nSEX,Sex,en\nSEX,Sexe,fr\nAGE,Âge,fr\nSEX,SEX,mul\nFORM,Type,en\nROUTE,type,fr\n"
CELLS = (
    '[number]\nOBS_STATUS = "A"\n[blank]\nOBS_STATUS = "O"\n[bounded]\nCONF_STATUS = "A"\n'
    '[bounds]\nlower = "LOW"\nupper = "HIGH"\n'
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "labels").mkdir()
    (tmp_path / "vocabulary.toml").write_text(WORDS, encoding="utf-8")
    (tmp_path / "labels" / "b.csv").write_text(LABELS, encoding="utf-8")
    (tmp_path / "labels" / "a.csv").write_text(
        "codelist,code,label,kind\nCL_AREA,AL,Shqipëria,name\n", encoding="utf-8"
    )
    (tmp_path / "cells.toml").write_text(CELLS, encoding="utf-8")
    return tmp_path


def test_labels_are_read_by_the_names_of_their_columns_in_the_order_of_their_files(folder: Path) -> None:
    synonyms = read_vocabulary(folder).synonyms
    assert list(synonyms["CL_AREA"]) == [
        Synonym("CL_AREA", "AL", "Shqipëria", "name"),
        Synonym("CL_AREA", "KR", "Korea, South", "name"),
    ]
    assert list(synonyms["*"]) == [Synonym("*", "_T", "all", "alias")]


def test_markers_are_folded_in_case_and_articles_of_all_languages_are_one_set(folder: Path) -> None:
    vocabulary = read_vocabulary(folder)
    assert vocabulary.markers == {"n/a", ".."}
    assert vocabulary.stop_words == {"the", "le", "la"}


def test_ages_are_read_by_the_patterns_where_there_are_any(folder: Path) -> None:
    assert read_vocabulary(folder).ages is None
    (folder / "vocabulary.toml").write_text(WORDS + AGES, encoding="utf-8")
    (folder / "labels" / "age_patterns.csv").write_text(PATTERNS, encoding="utf-8")
    vocabulary = read_vocabulary(folder)
    assert vocabulary.ages
    assert vocabulary.ages.ages.codelist == "CL_AGE"
    labels = ("18 to 24", "5 ans et plus", "5 et plus", "3 to 3", "1 to 100")
    assert [vocabulary.ages.codes(label) for label in labels] == [("A18_24",), ("A5_",), ("A5_",), ("A3",), ()]
    assert vocabulary.synonyms.keys() == {"CL_AREA", "*"}


def test_the_table_of_patterns_is_needed_where_ages_are(folder: Path) -> None:
    (folder / "vocabulary.toml").write_text(WORDS + AGES, encoding="utf-8")
    with pytest.raises(StandardError, match=r"age_patterns\.csv"):
        read_vocabulary(folder)


@pytest.mark.parametrize(("old", "new"), [("majority = 18\n", ""), ("open", "opened"), ("words", "word")])
def test_a_setting_of_ages_that_is_missing_is_an_error_of_the_table_of_words(folder: Path, old: str, new: str) -> None:
    (folder / "vocabulary.toml").write_text(WORDS + AGES.replace(old, new), encoding="utf-8")
    (folder / "labels" / "age_patterns.csv").write_text(PATTERNS, encoding="utf-8")
    with pytest.raises(StandardError) as raised:
        read_vocabulary(folder)
    assert (raised.value.message_id, raised.value.where) == ("standard-toml", str(folder / "vocabulary.toml"))


def test_headers_are_folded_and_have_all_components_that_they_can_be_of(folder: Path) -> None:
    assert read_headers(folder) == {}
    (folder / "labels" / "headers.csv").write_text(HEADERS, encoding="utf-8")
    headers = read_headers(folder)
    assert headers == {"sex": ("SEX",), "sexe": ("SEX",), "age": ("AGE",), "type": ("FORM", "ROUTE")}
    assert read_vocabulary(folder).synonyms.keys() == {"CL_AREA", "*"}


def test_note_words_are_folded_and_those_of_all_languages_are_one_set(folder: Path) -> None:
    assert read_note_words(folder) == frozenset()
    words = '[note_words]\nen = ["Source"]\npt = ["Observação", "Obs."]\n'
    (folder / "vocabulary.toml").write_text(WORDS + words, encoding="utf-8")
    assert read_note_words(folder) == {"source", "observacao", "obs"}
    (folder / "vocabulary.toml").write_text(WORDS + "[note_words]\nen = 1\n", encoding="utf-8")
    with pytest.raises(StandardError, match=r"vocabulary\.toml"):
        read_note_words(folder)


def test_each_component_of_the_standard_has_its_names_as_headers_and_nothing_else_is_one() -> None:
    standard, headers = read_standard(), read_headers(standard_folder())
    components = {component.id: component for s in standard.structures.values() for component in s.components}
    for component in components.values():
        for name in standard.concepts[component.concept].name.values():
            assert component.id in headers[folded(name)]
    assert {component for of_header in headers.values() for component in of_header} == components.keys()


def test_the_note_words_of_the_standard_are_there_in_each_of_its_languages() -> None:
    assert read_note_words(standard_folder()) >= {"note", "source", "remarque", "fuente", "nota", folded("ملاحظة")}


def test_kinds_of_cells_have_codes_and_bounds_attributes(folder: Path) -> None:
    assert read_cell_meanings(folder) == CellMeanings(
        {"OBS_STATUS": "A"}, {"OBS_STATUS": "O"}, {"CONF_STATUS": "A"}, "LOW", "HIGH"
    )


def test_a_label_table_that_lacks_a_column_is_named_with_it(folder: Path) -> None:
    (folder / "labels" / "a.csv").write_text("codelist,code,name\n", encoding="utf-8")
    with pytest.raises(StandardError, match=r"a\.csv: .*label, kind"):
        read_vocabulary(folder)


def test_a_row_that_is_too_short_is_named_with_its_line(folder: Path) -> None:
    (folder / "labels" / "a.csv").write_text(
        "codelist,code,label,kind\nCL_AREA,AL,Albania,name\nCL_AREA,AL\n", encoding="utf-8"
    )
    with pytest.raises(StandardError, match=r"a\.csv:3: "):
        read_vocabulary(folder)


@pytest.mark.parametrize(
    ("content", "message_id"),
    [(b"[stop_words", "standard-toml"), (b"\xff", "standard-encoding"), (None, "standard-file")],
)
def test_a_table_of_words_that_cannot_be_read_is_named(folder: Path, content: bytes | None, message_id: str) -> None:
    path = folder / "vocabulary.toml"
    path.unlink()
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(StandardError) as raised:
        read_vocabulary(folder)
    assert (raised.value.message_id, raised.value.where) == (message_id, str(path))


def test_the_standard_says_what_every_kind_of_cell_means() -> None:
    meanings = read_cell_meanings(standard_folder())
    assert meanings.number["OBS_STATUS"] != meanings.blank["OBS_STATUS"]
    assert meanings.bounded["OBS_STATUS"] not in {meanings.number["OBS_STATUS"], meanings.blank["OBS_STATUS"]}
    assert len({meanings.lower, meanings.upper}) == 2


def test_the_markers_and_articles_of_the_standard_are_no_labels_of_it() -> None:
    vocabulary = read_vocabulary(standard_folder())
    markers = [s for rows in vocabulary.synonyms.values() for s in rows if s.label.casefold() in vocabulary.markers]
    assert markers == []
    assert "no" not in vocabulary.stop_words
    assert "not" not in vocabulary.stop_words
