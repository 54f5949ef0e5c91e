"""What a mapping says of where figures stand, and the mistakes in it."""

from pathlib import Path

import pytest
from tests.examples.mistakes import told

from icstip.mapping.model import ColumnRule, TableMapping
from icstip.mapping.reading.mapping import read_mapping
from icstip.mapping.reading.mistakes import MistakesError
from icstip.standard.model import Standard
from icstip.tables.layouts.layout import Layout, Range, Section, Split

MAPPING = """\
[table]
sheets = ["2019", "2020"]
figures = "C5:H"
headers = [3, 4]
stubs = ["A", "B"]
fill = ["row 3"]
flags = ["D"]
skipped = ["H"]

[[table.sections]]
column = "A"
labels = ["By sex"]

[[table.split]]
column = "row 4"
by = " - "
into = ["age", "decision"]

[time]
column = "row 3"

[constants]
INDICATOR = "VIC"

[[columns]]
column = "sheet"
component = "AREA"

[[columns]]
column = "age"
components = ["SEX", "AGE"]
blank = "_T"
"""


def _read(folder: Path, standard: Standard, old: str = "", new: str = "") -> TableMapping:
    assert old in MAPPING
    (folder / "mapping.toml").write_text(MAPPING.replace(old, new, 1) if old else MAPPING, encoding="utf-8")
    return read_mapping(folder / "mapping.toml", standard)


def test_the_layout_of_a_table_is_read(tmp_path: Path, standard: Standard) -> None:
    mapping = _read(tmp_path, standard)
    assert mapping.layouts == (
        Layout(
            Range("C", 5, "H"),
            headers=(3, 4),
            stubs=("A", "B"),
            sheets=("2019", "2020"),
            fill=frozenset({"row 3"}),
            sections=(Section("section A", "A", ("By sex",)),),
            splits=(Split("row 4", " - ", ("age", "decision")),),
            flags=("D",),
            skipped=("H",),
        ),
    )
    assert (mapping.figure_column, mapping.time_column) == ("figures", "row 3")


def test_a_column_with_members_of_several_components_has_a_rule_for_each(tmp_path: Path, standard: Standard) -> None:
    members = ("SEX", "AGE")
    assert _read(tmp_path, standard).columns[1:] == tuple(
        ColumnRule("age", component, blank="_T", members=members) for component in members
    )


def test_several_tables_have_a_layout_each(tmp_path: Path, standard: Standard) -> None:
    second = '[[table]]\nname = "b"\nfigures = "C50:"\nheaders = [49]\n\n[time]'
    text = MAPPING.replace("[table]", '[[table]]\nname = "a"', 1).replace("[time]", second, 1)
    (tmp_path / "mapping.toml").write_text(text, encoding="utf-8")
    layouts = read_mapping(tmp_path / "mapping.toml", standard).layouts
    assert [(layout.name, str(layout.figures)) for layout in layouts] == [("a", "C5:H"), ("b", "C50:")]


@pytest.mark.parametrize(
    ("old", "new", "mistake", "line"),
    [
        ('"C5:H"', '"C5"', "MAP-002", 3),
        ("[3, 4]", "[3, 5]", "MAP-008", 4),
        ("[3, 4]", '["3"]', "MAP-002", 4),
        ("[3, 4]", "[0]", "MAP-002", 4),
        ('["A", "B"]', '["1"]', "MAP-002", 5),
        ('["A", "B"]', '"A"', "MAP-002", 5),
        ('fill = ["row 3"]', 'fill = ["row 9"]', "MAP-009", 6),
        ("fill =", "fil =", "MAP-001", 6),
        ('labels = ["By sex"]\n', "", "MAP-003", 10),
        ('column = "A"', 'column = "a"', "MAP-002", 11),
        ('column = "row 4"', 'column = "row 7"', "MAP-009", 15),
        ('by = " - "', 'by = ""', "MAP-002", 16),
        ('into = ["age", "decision"]', 'into = ["age"]', "MAP-002", 17),
        ('"decision"', '"age"', "MAP-010", 17),
        ('column = "sheet"', 'column = "Country"', "MAP-009", 26),
        ('component = "AREA"\n', "", "MAP-007", 25),
        ('components = ["SEX", "AGE"]', 'components = ["SEX"]', "MAP-002", 31),
        ('components = ["SEX", "AGE"]', 'components = ["SEX", "EGA"]', "MAP-004", 31),
        ("[table]\n", '[[table]]\nfigures = "A"\n[[table]]\n', "MAP-011", 1),
    ],
)
def test_a_mistake_is_named_with_its_line(
    tmp_path: Path, standard: Standard, old: str, new: str, mistake: str, line: int
) -> None:
    with pytest.raises(MistakesError) as raised:
        _read(tmp_path, standard, old, new)
    assert told(raised.value, tmp_path) == [f"mapping.toml:{line}: {mistake}"]
