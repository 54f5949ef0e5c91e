"""Each cell of the page on formats is so: a small data set for it is written and read."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl
import pytest
from _pytest.mark import ParameterSet
from tests.examples import data_sets as example

from icstip.artefacts.notices import Notices
from icstip.errors import StructureError
from icstip.findings import Finding
from icstip.messages.data_assembly import together
from icstip.messages.data_files import read_data
from icstip.messages.data_options import DataOptions, Layout
from icstip.messages.data_parts import Reading
from icstip.messages.data_source import DataSource
from icstip.messages.dataset import MISSING, NOT_APPLICABLE, Action, DataSet
from icstip.messages.formats import format_of, formats_of
from icstip.messages.header import MessageHeader
from icstip.messages.structure_header import Party
from icstip.schema import ArtefactKey, Level, Schema

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "formats.md"
SECTIONS = ("Data sets", "Components", "Rows that are no observations", "Values", "Actions")
DRAFT = "1.0.0-draft"
HEADER = MessageHeader(
    "MATRIX", Party("ICSTIP", {}), "2026-01-01T00:00:00Z", test=True, receivers=(Party("UNODC", {}), Party("IOM", {}))
)

Row = Mapping[str, object]


@dataclass(frozen=True)
class Cell:
    """A cell of a table of the page."""

    section: str
    format_id: str
    column: str
    says: str


def _cells(section: str) -> list[Cell]:
    """Return the cells of the table of a section that has a row for each format."""
    found = re.search(
        rf"^## {re.escape(section)}\n(.*?)(?=^## |\Z)", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
    )
    lines = [line for line in (found[1] if found else "").splitlines() if line.startswith("| ")]
    heads, *rows = [
        [part.strip() for part in line.strip("|").split("|")] for line in lines if "Format" in line or "`" in line
    ]
    rows = [row for row in rows if row[0].startswith("`sdmx-")]
    return [
        Cell(section, row[0].strip("`"), head, says)
        for row in rows
        for head, says in zip(heads[1:], row[1:], strict=True)
    ]


def _parameters(*sections: str) -> list[ParameterSet]:
    cells = (cell for section in sections for cell in _cells(section))
    return [pytest.param(cell, id=f"{cell.format_id}: {cell.column}") for cell in cells]


BASE = example.schema(example.dimension("AREA", "CI", "002"), example.time(), example.measure())
ROWS: Sequence[Row] = (
    {"AREA": "CI", "TIME_PERIOD": "2020", "OBS_VALUE": 1.5},
    {"AREA": "002", "TIME_PERIOD": "2021", "OBS_VALUE": -2.0},
)
ATTRIBUTES = example.schema(
    *BASE.columns,
    example.attribute("TEXT", Level.OBSERVATION),
    example.attribute("STATUS", Level.OBSERVATION, "A", "B"),
    example.attribute("RULE", Level.SERIES, to=("AREA",)),
    example.attribute("TITLE", Level.DATASET),
)


def _data(schema: Schema, rows: Sequence[Row], action: Action = Action.INFORMATION) -> DataSet:
    columns = {
        one.id: pl.Series(
            [row.get(one.id) for row in rows], dtype=pl.Float64 if one.data_type == "Decimal" else pl.String
        )
        for one in schema.columns
    }
    return replace(example.of(schema, pl.DataFrame(columns)), action=action)


def _with(name: str, *values: object) -> DataSet:
    """Return observations with values of a component."""
    return _data(ATTRIBUTES, [{**row, name: value} for row, value in zip(ROWS, values, strict=True)])


def _without(name: str) -> Schema:
    return replace(BASE, columns=tuple(column for column in BASE.columns if column.id != name))


def _draft() -> Schema:
    return replace(BASE, structure=ArtefactKey("A", "DSD", DRAFT), dataflow=ArtefactKey("A", "DF", DRAFT))


def _other(schema: Schema, name: str) -> Schema:
    return replace(schema, structure=replace(schema.structure, id=name), dataflow=ArtefactKey("A", name, "1.0.0"))


def _switched_off() -> DataSet:
    schema = _without("TIME_PERIOD")
    codes = pl.Series("AREA", ["CI", NOT_APPLICABLE], dtype=pl.Enum(["CI", "002", NOT_APPLICABLE]))
    return DataSet(schema, pl.DataFrame([codes, pl.Series("OBS_VALUE", [1.0, 2.0])]))


def _wrong() -> DataSet:
    frame = pl.DataFrame({"AREA": ["CI", "XX"], "TIME_PERIOD": ["2020", "2020"], "OBS_VALUE": ["1", "n.a."]})
    return DataSet(BASE, frame)


TWO_MEASURES = example.schema(*BASE.columns, example.measure("COUNT"))
NO_MEASURE = example.schema(*_without("OBS_VALUE").columns, example.attribute("TEXT", Level.OBSERVATION))
OTHER_MEASURE = example.schema(*_without("OBS_VALUE").columns, example.measure("COUNT"))

EXAMPLES: Mapping[str, Sequence[DataSet]] = {
    "Several actions": [_data(BASE, ROWS[:1], Action.APPEND), _data(BASE, ROWS[1:], Action.DELETE)],
    "Several dataflows of a structure": [
        _data(replace(BASE, dataflow=ArtefactKey("A", name, "1.0.0")), ROWS) for name in ("ONE", "TWO")
    ],
    "Several structures": [_data(_other(BASE, "ONE"), ROWS[:1]), _data(_other(ATTRIBUTES, "TWO"), ROWS[1:])],
    "Several values of an attribute of the data set": [_with("TITLE", "Men", "Women")],
    "No observations": [_data(BASE, [])],
    "No dataflow": [_data(replace(BASE, dataflow=None), ROWS)],
    "Draft": [_data(_draft(), ROWS)],
    "Several measures": [_data(TWO_MEASURES, [{**ROWS[0], "COUNT": 7.0}])],
    "No measure": [_data(NO_MEASURE, [{**ROWS[0], "TEXT": "x"}])],
    "A measure that is not `OBS_VALUE`": [_data(OTHER_MEASURE, [{**ROWS[0], "COUNT": 7.0}])],
    "No time dimension": [_data(_without("TIME_PERIOD"), ROWS)],
    "Attributes of observations": [example.full()],
    "of series": [example.full()],
    "of groups": [example.full()],
    "of the data set": [example.full()],
    "Series": [_data(ATTRIBUTES, [{"AREA": "CI", "RULE": "x"}])],
    "Group": [_data(example.FULL, [{"AREA": "CI", "CONTACT": "x"}])],
    "Data set": [_data(ATTRIBUTES, [{"TITLE": "x"}])],
    "Deleting by a part of the key": [_data(BASE, [{"AREA": "CI"}], Action.DELETE)],
    "Nothing": [_data(ATTRIBUTES, [{**ROWS[0], "OBS_VALUE": None}, {**ROWS[1], "STATUS": "A"}])],
    "`NaN`": [_with("OBS_VALUE", float("nan"), 1.0)],
    "`#N/A`": [_with("TEXT", MISSING, "x")],
    "`~`": [_switched_off()],
    "Empty text": [_with("TEXT", "", "x")],
    "Any text": [_with("TEXT", example.ODD, "'\r\n\\")],
    "Wrong": [_wrong()],
    **{action.value: [_data(BASE, ROWS, action)] for action in Action},
}
"""What is written and read for the cells of a column."""


def _written(given: Sequence[DataSet], format_id: str, layout: Layout) -> tuple[bytes, tuple[Finding, ...]]:
    notices = Notices("matrix", format_id)
    content = example.written(given, format_id, DataOptions(layout), HEADER, notices)
    return content, notices.findings


def _read(content: bytes, given: Sequence[DataSet], folder: Path) -> tuple[list[DataSet], Reading]:
    schemas = {key.id: one.schema for one in given for key in (one.schema.structure, one.schema.dataflow) if key}
    (folder / "message").write_bytes(content)
    reading = Reading("message", lambda head: schemas[head.structure.id] if head.structure else None)
    found: list[list[DataSet]] = []
    for part in read_data(DataSource(folder / "message"), reading):
        if found and (found[-1][0].schema, found[-1][0].action) == (part.schema, part.action):
            found[-1].append(part)
        else:
            found.append([part])
    return [together(parts) for parts in found], reading


def _is_same(given: Sequence[DataSet], found: Sequence[DataSet]) -> bool:
    return len(given) == len(found) and all(
        (one.schema, one.action) == (other.schema, other.action) and one.frame.equals(other.frame)
        for one, other in zip(given, found, strict=True)
    )


def _layouts(format_id: str) -> list[Layout]:
    (says,) = (one.says for one in _cells("The formats") if (one.format_id, one.column) == (format_id, "Layouts"))
    return [Layout(name.strip("`")) for name in says.split(", ")]


@pytest.mark.parametrize("section", ["The formats", *SECTIONS, "Header"])
def test_each_table_has_a_row_for_each_format_of_data(section: str) -> None:
    rows = dict.fromkeys(cell.format_id for cell in _cells(section))
    assert list(rows) == [one.id for one in formats_of("data")]


@pytest.mark.parametrize("cell", _parameters("The formats"))
def test_a_format_is_read_and_written_as_the_table_says(cell: Cell, tmp_path: Path) -> None:
    chosen = format_of(cell.format_id, "data")
    facts = {
        "Name": chosen.name,
        "Extension": f"`.{chosen.extension}`",
        "Media type": f"`{chosen.media_type}`",
        "Model": f"SDMX {chosen.model}",
    }
    if cell.column in facts:
        assert cell.says == facts[cell.column]
        return
    given = [example.full()]
    for layout in _layouts(cell.format_id):
        content, _ = _written(given, cell.format_id, layout)
        found, reading = _read(content, given, tmp_path)
        assert _is_same(given, found)
        # SDMX-CSV 2.1 that has nothing that is new in it is SDMX-CSV 2.0, to the letter.
        assert reading.format_id == cell.format_id.replace("csv-2.1", "csv-2.0")
        assert _has_series(content) is (layout is not Layout.FLAT)


def _has_series(content: bytes) -> bool:
    if content.startswith(b"{"):
        message = json.loads(content)
        return "series" in message.get("data", message)["dataSets"][0]
    return bool(re.search(rb"<(\w+:)?Series[ >]", content))


@pytest.mark.parametrize("cell", _parameters(*SECTIONS))
def test_a_cell_says_what_becomes_of_data(cell: Cell, tmp_path: Path) -> None:
    given = EXAMPLES[cell.column]
    if cell.says == "refused":
        with pytest.raises(StructureError):
            _written(given, cell.format_id, Layout.FLAT)
        return
    content, told = _written(given, cell.format_id, Layout.FLAT)
    found, _ = _read(content, given, tmp_path)
    how, _, text = cell.says.partition(": ")
    code = {"otherwise": "FORMAT-002", "lost": "FORMAT-003"}.get(how)
    assert [finding.code for finding in told] == ([code] if code else [])
    assert [finding for finding in told if text not in finding.message()] == []
    if code is None:
        assert _is_same(given, found)
    if cell.column == "Draft":
        assert (DRAFT.encode() in content) is (cell.says == "yes")
        assert cell.says in {"yes", "left out"}


@pytest.mark.parametrize("level", Level)
@pytest.mark.parametrize("format_id", [one.id for one in formats_of("data")])
def test_an_attribute_stands_at_its_level_in_every_layout(format_id: str, level: Level, tmp_path: Path) -> None:
    given = [example.full()]
    for layout in _layouts(format_id):
        (found,), _ = _read(_written(given, format_id, layout)[0], given, tmp_path)
        assert found.attributes(level).height
        assert found.attributes(level).equals(given[0].attributes(level))


@pytest.mark.parametrize("cell", _parameters("Header"))
def test_a_header_comes_back_or_is_not_there(cell: Cell, tmp_path: Path) -> None:
    given = EXAMPLES["Information"]
    content, _ = _written(given, cell.format_id, Layout.FLAT)
    _, reading = _read(content, given, tmp_path)
    if reading.header is None:
        assert cell.says == "no"
        return
    assert cell.says == "yes"
    of = {"Id": "id", "Time": "prepared", "Sender": "sender", "Receivers": "receivers", "Test": "test"}[cell.column]
    assert getattr(reading.header, of) == getattr(HEADER, of)
