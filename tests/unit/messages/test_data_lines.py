"""Which lines of a file its observations begin in: the same however a message is read, and only where it is asked."""

from collections.abc import Callable, Iterator
from pathlib import Path

import polars as pl
import pytest
from tests.examples.data_ml_reading import generic, specific, values
from tests.examples.data_sets import FULL, attribute, dimension, full, measure, schema, time, written

from icstip.messages.data_assembly import assemble, together
from icstip.messages.data_csv import read as csv_reader
from icstip.messages.data_files import read_data
from icstip.messages.data_ml import read as ml_reader
from icstip.messages.data_parts import DataPart, Reading
from icstip.messages.data_source import DataSource
from icstip.messages.dataset import DataSet
from icstip.schema import Level
from icstip.workflow.exchange import open_message

GIVEN = schema(
    dimension("FREQ", "A"),
    dimension("AREA", "CI", "FR"),
    time(),
    measure(),
    attribute("NOTE", Level.OBSERVATION),
    attribute("RULE", Level.SERIES, to=("FREQ", "AREA")),
)
FLAT = """
<Obs FREQ="A" AREA="CI" TIME_PERIOD="2020" OBS_VALUE="1"/>

<Obs FREQ="A" AREA="CI" TIME_PERIOD="2021" OBS_VALUE="2"/>
"""
SERIES = """
<Series FREQ="A" AREA="CI" RULE="x">
  <Obs TIME_PERIOD="2020" OBS_VALUE="1"/>
  <Obs TIME_PERIOD="2021" OBS_VALUE="2"/>
</Series>
"""
KEY = {"FREQ": "A", "AREA": "CI"}
GENERIC_FLAT = "".join(
    f"""
<gen:Obs>
  {values("ObsKey", {**KEY, "TIME_PERIOD": year})}
  <gen:ObsValue value="{year}"/>
</gen:Obs>"""
    for year in ("2020", "2021")
)
GENERIC_SERIES = f"""
<gen:Series>
  {values("SeriesKey", KEY)}
  <gen:Obs>
    <gen:ObsDimension value="2020"/>
    <gen:ObsValue value="1"/>
  </gen:Obs>
  <gen:Obs><gen:ObsDimension value="2021"/><gen:ObsValue value="2"/></gen:Obs>
</gen:Series>
"""
CSV = (
    "STRUCTURE,STRUCTURE_ID,ACTION,FREQ,AREA,TIME_PERIOD,OBS_VALUE,NOTE\n"
    'dataflow,A:DF(1.0.0),I,A,CI,2020,1,"two\nlines"\n'
    "dataflow,A:DF(1.0.0),I,A,CI,2021,2,\n"
    "\n"
    "dataflow,A:DF(1.0.0),I,A,FR,2021,2,\n"
)

Read = Callable[[DataSource, Reading], Iterator[DataPart]]


def _read(message: str, folder: Path, read: Read, *, keeps_lines: bool = True) -> DataSet:
    path = folder / "message"
    path.write_bytes(message.encode())
    reading = Reading("message", lambda _: GIVEN, keeps_lines=keeps_lines)
    return together(list(assemble(read(DataSource(path), reading), reading)))


def _lines(message: str, folder: Path, read: Read) -> list[int | None]:
    lines = _read(message, folder, read).lines
    assert lines is not None
    return lines.to_list()


def _beginning_with(message: str, tag: str) -> list[int]:
    return [number for number, line in enumerate(message.splitlines(), 1) if line.strip().startswith(tag)]


ML = [
    *((specific(FLAT, version), "<Obs") for version in ("2.1", "3.0", "3.1")),
    *((specific(SERIES, version, "TIME_PERIOD"), "<Obs") for version in ("2.1", "3.0", "3.1")),
    (generic(GENERIC_FLAT), "<gen:Obs>"),
    (generic(GENERIC_SERIES, "TIME_PERIOD"), "<gen:Obs>"),
]


@pytest.mark.parametrize("read", [ml_reader.read, ml_reader.read_plain])
@pytest.mark.parametrize(("message", "tag"), ML)
def test_in_xml_a_row_begins_where_the_element_of_its_observation_does(
    message: str, tag: str, read: Read, tmp_path: Path
) -> None:
    found = _lines(message, tmp_path, read)
    assert found == _beginning_with(message, tag)
    assert len(found) == 2


@pytest.mark.parametrize("read", [csv_reader.read, csv_reader.read_plain])
def test_in_csv_a_row_begins_where_its_record_does_though_fields_have_line_ends(read: Read, tmp_path: Path) -> None:
    assert _lines(CSV, tmp_path, read) == [2, 4, 6]


@pytest.mark.parametrize("read", [ml_reader.read, ml_reader.read_plain])
def test_attributes_without_observations_have_the_line_that_they_stand_in(read: Read, tmp_path: Path) -> None:
    message = specific('\n<Series FREQ="A" AREA="FR" RULE="x"/>' + SERIES, "3.0", "TIME_PERIOD")
    found = _read(message, tmp_path, read)
    assert found.lines is not None
    assert found.frame["AREA"].to_list() == ["CI", "CI", "FR"]
    assert found.lines.to_list() == [*_beginning_with(message, "<Obs"), _beginning_with(message, "<Series")[0]]


def test_without_being_asked_for_lines_nobody_keeps_them(tmp_path: Path) -> None:
    assert _read(CSV, tmp_path, csv_reader.read, keeps_lines=False).lines is None


def test_json_has_no_lines(tmp_path: Path) -> None:
    path = tmp_path / "message.json"
    path.write_bytes(written(full(), "sdmx-json-2.0"))
    reading = Reading("message", lambda _: FULL, keeps_lines=True)
    assert together(list(read_data(DataSource(path), reading))).lines is None


def test_lines_stay_with_their_rows_in_slices_and_when_parts_are_put_together(tmp_path: Path) -> None:
    found = _read(CSV, tmp_path, csv_reader.read)
    parts = list(found.slices(2))
    assert [[] if part.lines is None else part.lines.to_list() for part in parts] == [[2, 4], [6]]
    again = together(parts)
    assert again.lines is not None
    assert again.lines.to_list() == [2, 4, 6]


def test_where_only_some_parts_have_lines_the_others_have_none(tmp_path: Path) -> None:
    found = _read(CSV, tmp_path, csv_reader.read)
    again = together([DataSet(found.schema, found.frame.head(1)), found])
    assert again.lines is not None
    assert again.lines.to_list() == [None, 2, 4, 6]


def test_lines_do_not_make_data_sets_differ() -> None:
    frame = pl.DataFrame({"A": ["x"]})
    assert "lines" not in repr(DataSet(GIVEN, frame, lines=pl.Series([1])))


def test_a_message_is_opened_with_the_lines_of_its_rows(tmp_path: Path) -> None:
    path = tmp_path / "message.csv"
    path.write_text(CSV, encoding="utf-8", newline="")
    asked = together(list(open_message(path, GIVEN, keeps_lines=True).parts))
    assert asked.lines is not None
    assert asked.lines.to_list() == [2, 4, 6]
    assert together(list(open_message(path, GIVEN).parts)).lines is None
