"""A mapping is read whole or refused, with the line of its mistake."""

from pathlib import Path

import pytest
from tests.examples.mistakes import told

from icstip.errors import MappingError
from icstip.mapping.model import ColumnRule, FigureFormat, LabelRule, LeftOut, TableMapping
from icstip.mapping.reading.mapping import find_mapping, read_mapping
from icstip.mapping.reading.mistakes import MistakesError
from icstip.standard.location import standard_folder
from icstip.standard.model import Standard
from icstip.standard.read import read_standard

MAPPING = """\
[mapping]
title = "Victims"
attribution = "Office"

[table]
sheet = "Table 1"
figures = "Number"

[figures]
thousands = " "
decimal = ","
signs = { "-" = { value = "0", OBS_STATUS = "A" }, ".." = { OBS_STATUS = "O" }, "c" = {} }

[time]
column = "Year"

[constants]
INDICATOR = "VIC"
COMMENT = "as published"

[[columns]]
column = "Country"
component = "AREA"

[[columns]]
column = "Category"
component = "SEX"
when = { Kind = "by sex", Level = 2 }
only = ["F", "M"]
blank = "_T"
sets = { INDICATOR = "EVT" }

[[left_out]]
column = "Region"
reason = "follows from the area"

[[left_out]]
when = { Kind = "subtotal" }
reason = "adds up"
"""

CODES = """\
column,component,label,code,also,note
Country,AREA,Zaire,CD,,the former name
Category,SEX,girls,F,AGE=Y18 COMMENT=young,
Category,SEX,not sorted,,,"not a sex, a heading"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "ours").mkdir()
    (tmp_path / "ours" / "mapping.toml").write_text(MAPPING, encoding="utf-8")
    (tmp_path / "ours" / "codes.csv").write_text(CODES, encoding="utf-8")
    return tmp_path / "ours"


def read_with(folder: Path, standard: Standard, old: str, new: str, name: str = "mapping.toml") -> TableMapping:
    """Return the mapping with one piece of text replaced by another."""
    content = (folder / name).read_text(encoding="utf-8")
    assert content.count(old) == 1
    (folder / name).write_text(content.replace(old, new), encoding="utf-8")
    return read_mapping(folder / "mapping.toml", standard)


def test_a_mapping_is_what_its_files_say(folder: Path, standard: Standard) -> None:
    assert read_mapping(folder / "mapping.toml", standard) == TableMapping(
        id="ours",
        where=str(folder / "mapping.toml"),
        title="Victims",
        attribution="Office",
        sheet="Table 1",
        figure_column="Number",
        time_column="Year",
        figures=FigureFormat(" ", ",", {"-": {"OBS_STATUS": "A"}, "..": {"OBS_STATUS": "O"}, "c": {}}, {"-": 0.0}),
        constants={"INDICATOR": "VIC", "COMMENT": "as published"},
        columns=(
            ColumnRule("Country", "AREA"),
            ColumnRule(
                "Category", "SEX", {"Kind": "by sex", "Level": "2"}, frozenset({"F", "M"}), "_T", {"INDICATOR": "EVT"}
            ),
        ),
        labels=(
            LabelRule("Country", "AREA", "Zaire", "CD", {}, "the former name"),
            LabelRule("Category", "SEX", "girls", "F", {"AGE": "Y18", "COMMENT": "young"}),
            LabelRule("Category", "SEX", "not sorted", "", {}, "not a sex, a heading"),
        ),
        left_out=(LeftOut("follows from the area", "Region"), LeftOut("adds up", when={"Kind": "subtotal"})),
    )


def test_a_mapping_without_codes_and_figures_has_none(folder: Path, standard: Standard) -> None:
    (folder / "codes.csv").unlink()
    (folder / "mapping.toml").write_text('[table]\nfigures = "N"\n', encoding="utf-8")
    mapping = read_mapping(folder / "mapping.toml", standard)
    assert (mapping.labels, mapping.figures, mapping.columns) == ((), FigureFormat(), ())


def test_an_array_can_have_a_table_with_one_figure_a_row_as_its_only_table(folder: Path, standard: Standard) -> None:
    before = read_mapping(folder / "mapping.toml", standard)
    assert read_with(folder, standard, "[table]", "[[table]]") == before


def test_codes_that_a_spreadsheet_saved_read_the_same(folder: Path, standard: Standard) -> None:
    before = read_mapping(folder / "mapping.toml", standard)
    (folder / "codes.csv").write_bytes(b"\xef\xbb\xbf" + CODES.replace("\n", "\r\n").encode())
    assert read_mapping(folder / "mapping.toml", standard) == before


def test_codes_need_no_columns_for_remarks(folder: Path, standard: Standard) -> None:
    (folder / "codes.csv").write_text("label,code,column,component\nZaire,CD,Country,AREA\n", encoding="utf-8")
    assert read_mapping(folder / "mapping.toml", standard).labels == (LabelRule("Country", "AREA", "Zaire", "CD"),)


@pytest.mark.parametrize(
    ("old", "new", "mistake", "line"),
    [
        ('component = "AREA"', 'component = "AERA"', "MAP-004", 23),
        ('INDICATOR = "VIC"', 'INDICATOR = "VICT"', "MAP-005", 18),
        ('INDICATOR = "VIC"', 'INDICATOR = "&"', "MAP-005 alone", 18),
        ('INDICATOR = "VIC"', 'INDICATOR = ""', "MAP-006", 18),
        ('INDICATOR = "VIC"', 'INDIKATOR = "VIC"', "MAP-004", 18),
        ('INDICATOR = "VIC"', '"&" = "VIC"', "MAP-004 alone", 18),
        ('only = ["F", "M"]', 'only = ["F", "X1"]', "MAP-005 alone", 29),
        ('only = ["F", "M"]', 'only = [""]', "MAP-006", 29),
        ('only = ["F", "M"]', 'only = "F"', "MAP-002", 29),
        ('blank = "_T"', 'blank = "none"', "MAP-005 alone", 30),
        ('sets = { INDICATOR = "EVT" }', 'sets = { SEX = "EVT" }', "MAP-005", 31),
        ('OBS_STATUS = "O"', 'OBS_STATUS = "Z"', "MAP-005 alone", 12),
        ('value = "0"', 'value = "none"', "MAP-002", 12),
        ('value = "0"', 'value = "1e999"', "MAP-002", 12),
        ('"c" = {}', '"c" = "C"', "MAP-002", 12),
        ('decimal = ","', 'decimal = " "', "MAP-015", 10),
        ('decimal = ","', 'decimal = ","\nmarks = { "*1" = { } }', "MAP-021", 12),
        ('thousands = " "\ndecimal = ","', 'thousands = "."', "MAP-015", 10),
        ("thousands =", "thousand =", "MAP-001", 10),
        ("[constants]", "[constant]", "MAP-001", 17),
        ("[constants]", "[W]", "MAP-001 alone", 17),
        ('figures = "Number"', 'figure = "Number"', "MAP-001", 7),
        ('figures = "Number"\n', "", "MAP-003", 5),
        ('column = "Country"\n', "", "MAP-003", 21),
        ('reason = "adds up"\n', "", "MAP-003", 37),
        ("Level = 2", "Level = [1, 2]", "MAP-002", 28),
        ("Level = 2", "Level = true", "MAP-002", 28),
        ('title = "Victims"', "title = 5", "MAP-002", 2),
    ],
)
def test_a_mistake_in_a_mapping_is_named_with_its_line(
    folder: Path, standard: Standard, old: str, new: str, mistake: str, line: int
) -> None:
    with pytest.raises(MistakesError) as raised:
        read_with(folder, standard, old, new)
    assert told(raised.value, folder) == [f"mapping.toml:{line}: {mistake}"]
    assert raised.value.line().startswith(f"{folder / 'mapping.toml'}:{line}: ")


def test_what_was_probably_meant_is_named(folder: Path, standard: Standard) -> None:
    with pytest.raises(MistakesError) as raised:
        read_with(folder, standard, 'component = "AREA"', 'component = "AERA"')
    assert str(raised.value.findings[0].params["near"]).startswith("AREA")


def test_a_mapping_that_is_no_toml_is_refused(folder: Path, standard: Standard) -> None:
    with pytest.raises(MappingError) as raised:
        read_with(folder, standard, "[mapping]", "[mapping")
    assert raised.value.message_id == "mapping-no-toml"
    assert "line 1" in str(raised.value.params["reason"])


@pytest.mark.parametrize(
    ("old", "new", "mistake", "line"),
    [
        ("column,component,label,code", "column,component,name,code", "MAP-012", 1),
        ("Country,AREA", "Country,AERA", "MAP-004", 2),
        ("Zaire,CD", "Zaire,ZR", "MAP-005 alone", 2),
        ("AGE=Y18", "AGE=Y19", "MAP-005", 3),
        ("AGE=Y18", "AEG=Y18", "MAP-004", 3),
        ("AGE=Y18", "AGE: Y18", "MAP-017", 3),
        ("AGE=Y18", "AGE=", "MAP-017", 3),
        ("Country,AREA", "Land,AREA", "MAP-013", 2),
        ("Category,SEX,girls", "Country,SEX,girls", "MAP-013", 3),
        ("not sorted", "GIRLS", "MAP-014", 4),
    ],
)
def test_a_mistake_in_the_codes_is_named_with_its_line(
    folder: Path, standard: Standard, old: str, new: str, mistake: str, line: int
) -> None:
    with pytest.raises(MistakesError) as raised:
        read_with(folder, standard, old, new, "codes.csv")
    assert told(raised.value, folder) == [f"codes.csv:{line}: {mistake}"]


def test_a_label_that_is_declared_twice_alike_is_declared_once(folder: Path, standard: Standard) -> None:
    mapping = read_with(folder, standard, "not sorted,,,", "Girls,F,AGE=Y18 COMMENT=young,", "codes.csv")
    assert [rule.label for rule in mapping.labels] == ["Zaire", "girls"]


def test_a_file_that_is_no_text_is_refused(folder: Path, standard: Standard) -> None:
    (folder / "mapping.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(MappingError) as raised:
        read_mapping(folder / "mapping.toml", standard)
    assert raised.value.message_id == "mapping-unreadable"


def test_a_mapping_is_found_by_its_name_its_folder_or_its_file(folder: Path) -> None:
    path = folder / "mapping.toml"
    assert find_mapping("ours", folder.parent) == path
    assert find_mapping(str(folder), Path("nowhere")) == path
    assert find_mapping(str(path), Path("nowhere")) == path


def test_a_mapping_that_is_not_there_is_named_with_those_that_are(folder: Path) -> None:
    with pytest.raises(MappingError) as raised:
        find_mapping("theirs", folder.parent)
    assert (raised.value.message_id, raised.value.where) == ("mapping-missing", "theirs")
    assert raised.value.params == {"known": "ours"}


@pytest.mark.parametrize(
    "path", sorted((standard_folder() / "mappings").glob("*/mapping.toml")), ids=lambda p: p.parent.name
)
def test_every_mapping_of_the_standard_can_be_read(path: Path) -> None:
    mapping = read_mapping(path, read_standard())
    assert mapping.id == path.parent.name
    assert mapping.title
    assert mapping.columns
