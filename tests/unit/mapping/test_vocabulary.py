"""The tables that tell what labels and cells mean, and what is said of one that cannot be read."""

from pathlib import Path

import pytest

from icstip.errors import StandardError
from icstip.mapping.figures import CellMeanings
from icstip.mapping.labels import Synonym
from icstip.mapping.vocabulary import read_cell_meanings, read_vocabulary
from icstip.standard.location import standard_folder

WORDS = 'markers = ["N/A", ".."]\n[stop_words]\nen = ["the"]\nfr = ["le", "la"]\n'
LABELS = 'source,kind,label,code,language,codelist\nUN,name,"Korea, South",KR,en,CL_AREA\nUN,alias,all,_T,en,*\n'
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
