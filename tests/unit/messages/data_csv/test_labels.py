"""Names of components and codes in SDMX-CSV: none, beside the ids, or in columns of their own."""

import csv
import io
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
from tests.examples.data_sets import FULL, attribute, dimension, full, measure, of, read, schema, time, written

from icstip.errors import StructureError
from icstip.messages.data_options import DataOptions, Labels
from icstip.messages.dataset import DataSet
from icstip.schema import Level, Schema

BOTH = DataOptions(labels=Labels.BOTH)
NAME = DataOptions(labels=Labels.NAME)
FORMATS = ["sdmx-csv-1.0", "sdmx-csv-2.0", "sdmx-csv-2.1"]


def _rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode(), newline=""), strict=True))


def _small(*columns: str, **names: dict[str, dict[str, str]]) -> DataSet:
    given = schema(
        dimension("FREQ", "A", "Q", names=names.get("FREQ")), time(), measure(), attribute("NOTE", Level.OBSERVATION)
    )
    frame = pl.DataFrame(
        {"FREQ": ["A", "Q"], "TIME_PERIOD": ["2020", "2020-Q1"], "OBS_VALUE": [1.0, None], "NOTE": ["x: y", None]}
    )
    return of(given, frame.select(*columns) if columns else frame)


def test_in_version_2_ids_and_names_stand_together_but_not_for_values_that_are_no_codes() -> None:
    assert _rows(written(_small(), "sdmx-csv-2.0", BOTH)) == [
        ["STRUCTURE", "STRUCTURE_ID", "ACTION", "FREQ: Freq", "TIME_PERIOD: Time", "OBS_VALUE: Value", "NOTE: Note"],
        ["dataflow", "A:DF(1.0.0): Example", "I", "A: Name of A", "2020", "1", "x: y"],
        ["dataflow", "A:DF(1.0.0): Example", "I", "Q: Name of Q", "2020-Q1", "", ""],
    ]


def test_in_version_1_the_measure_and_the_column_of_the_dataflow_have_no_names() -> None:
    assert _rows(written(_small(), "sdmx-csv-1.0", BOTH))[:2] == [
        ["DATAFLOW", "FREQ: Freq", "TIME_PERIOD: Time", "OBS_VALUE", "NOTE: Note"],
        ["A:DF(1.0.0): Example", "A: Name of A", "2020", "1", "x: y"],
    ]


def test_in_version_2_each_component_has_a_column_with_names_after_it() -> None:
    header, first, second = _rows(written(_small(), "sdmx-csv-2.0", NAME))
    own = ["STRUCTURE", "STRUCTURE_ID", "STRUCTURE_NAME", "ACTION"]
    assert header == [*own, "FREQ", "Freq", "TIME_PERIOD", "Time", "OBS_VALUE", "Value", "NOTE", "Note"]
    assert first == ["dataflow", "A:DF(1.0.0)", "Example", "I", "A", "Name of A", "2020", "", "1", "", "x: y", ""]
    assert second[4:] == ["Q", "Name of Q", "2020-Q1", "", "", "", "", ""]


def test_version_1_has_no_columns_for_names() -> None:
    with pytest.raises(StructureError, match="no columns for names"):
        written(_small(), "sdmx-csv-1.0", NAME)


def test_names_are_in_the_language_asked_for_else_in_english_else_in_any() -> None:
    names = {"A": {"fr": "Annuel", "en": "Annual"}, "Q": {"es": "Trimestral"}}
    options = replace(BOTH, language="fr")
    header, *rows = _rows(written(_small(FREQ=names), "sdmx-csv-2.0", options))
    assert header[3:5] == ["FREQ: Freq (fr)", "TIME_PERIOD: Time"]
    assert [row[3] for row in rows] == ["A: Annuel", "Q: Trimestral"]
    assert rows[0][1] == "A:DF(1.0.0): Exemple"


def test_what_has_no_name_stands_alone() -> None:
    data = _small(FREQ={"A": {"en": "Annual"}})
    nameless = [replace(column, name={}) if column.id == "NOTE" else column for column in data.schema.columns]
    data = replace(data, schema=replace(data.schema, columns=tuple(nameless), name={}))
    header, *rows = _rows(written(data, "sdmx-csv-2.0", BOTH))
    assert (header[-1], rows[0][1], [row[3] for row in rows]) == ("NOTE", "A:DF(1.0.0)", ["A: Annual", "Q"])
    header, *rows = _rows(written(data, "sdmx-csv-2.0", NAME))
    assert header[-2:] == ["NOTE", "NOTE_NAME"]
    assert [(row[2], row[5]) for row in rows] == [("", "Annual"), ("", "")]


def test_names_of_components_that_are_not_unique_have_their_ids_with_them() -> None:
    columns = [replace(dimension(name, "A"), name={"en": "Area"}) for name in ("REF_AREA", "COUNTERPART_AREA")]
    columns += [replace(measure("PERSONS"), name={"en": "NOTE"}), attribute("NOTE", Level.OBSERVATION)]
    data = of(schema(*columns), pl.DataFrame({"REF_AREA": ["A"], "COUNTERPART_AREA": ["A"]}))
    header = _rows(written(data, "sdmx-csv-2.0", NAME))[0]
    assert header[5::2] == ["Area (REF_AREA)", "Area (COUNTERPART_AREA)", "NOTE (PERSONS)", "Note"]


def test_texts_that_are_no_codes_have_no_names() -> None:
    data = DataSet(_small().schema, pl.DataFrame({"FREQ": ["A", "?"], "TIME_PERIOD": ["1", "2"]}))
    assert [row[3] for row in _rows(written(data, "sdmx-csv-2.0", BOTH))[1:]] == ["A: Name of A", "?"]
    assert [row[5] for row in _rows(written(data, "sdmx-csv-2.0", NAME))[1:]] == ["Name of A", ""]


@pytest.mark.parametrize("format_id", FORMATS)
@pytest.mark.parametrize("options", [BOTH, NAME, replace(BOTH, language="fr", delimiter=";")])
def test_names_come_off_again(format_id: str, options: DataOptions, tmp_path: Path) -> None:
    if format_id == "sdmx-csv-1.0" and options.labels is Labels.NAME:
        return
    (found,), findings, _ = read(written(full(), format_id, options), tmp_path)
    assert found.frame.equals(full().frame)
    assert findings == ()


def test_odd_names_come_off_again(tmp_path: Path) -> None:
    odd = {"A": {"en": 'of: "A", \n: x'}, "Q": {"en": "Q: Q"}}
    data = _small(FREQ=odd)
    (found,), findings, _ = read(written(data, "sdmx-csv-2.0", BOTH), tmp_path, data.schema)
    assert (found.frame.equals(data.frame), findings) == (True, ())


def _read(text: str, folder: Path, given: Schema | None) -> list[dict[str, object]]:
    return read(text.encode(), folder, given)[0][0].frame.to_dicts()


GIVEN = schema(
    dimension("FREQ", "A"), time(), measure(), attribute("NOTE", Level.OBSERVATION), attribute("S", Level.SERIES, "A")
)


def test_names_come_off_only_where_the_header_has_names(tmp_path: Path) -> None:
    (row,) = _read(
        "DATAFLOW,FREQ,TIME_PERIOD: Time,OBS_VALUE,NOTE: Note,S: Status\nA:DF(1.0),A: Annual,2020,1,a: b,A: Normal\n",
        tmp_path,
        GIVEN,
    )
    assert row == {"FREQ": "A: Annual", "TIME_PERIOD": "2020", "OBS_VALUE": 1.0, "NOTE": "a: b", "S": "A"}


def test_a_code_that_has_the_separator_in_it_stays_whole(tmp_path: Path) -> None:
    given = schema(dimension("D", "a: b", "a"), measure())
    rows = _read("DATAFLOW,D: Dim,OBS_VALUE\nA:DF(1.0),a: b,1\nA:DF(1.0),a: c,2\n", tmp_path, given)
    assert [row["D"] for row in rows] == ["a: b", "a"]


def test_values_that_some_tools_write_twice_are_read_once(tmp_path: Path) -> None:
    header = "STRUCTURE,STRUCTURE_ID,ACTION,FREQ: F,TIME_PERIOD: T,OBS_VALUE: V,NOTE: N\n"
    twice = header + "dataflow,A:DF(1.0): N,I,A: A,2020: 2020,1.5: 1.5,x: x\ndataflow,A:DF(1.0): N,I,A: A,2021,: ,: \n"
    rows = [{k: v for k, v in row.items() if k != "S"} for row in _read(twice, tmp_path, GIVEN)]
    assert rows == [
        {"FREQ": "A", "TIME_PERIOD": "2020", "OBS_VALUE": 1.5, "NOTE": "x"},
        {"FREQ": "A", "TIME_PERIOD": "2021", "OBS_VALUE": None, "NOTE": None},
    ]
    once = header + "dataflow,A:DF(1.0),I,A,2020,1,x: x\ndataflow,A:DF(1.0),I,A,2021,1,y\n"
    assert [row["NOTE"] for row in _read(once, tmp_path, GIVEN)] == ["x: x", "y"]


def test_without_the_structure_what_stands_before_the_value_seems_to_be_coded(tmp_path: Path) -> None:
    (row,) = _read(
        "DATAFLOW,FREQ: Frequency,D: Dim,TIME_PERIOD: Time,OBS_VALUE,NOTE: Note\n"
        "A:DF(1.0): Flow,A: Annual,no code: x,2020: 2020,1,Note: a\n",
        tmp_path,
        None,
    )
    assert row == {"FREQ": "A", "D": "no code: x", "TIME_PERIOD": "2020", "OBS_VALUE": "1", "NOTE": "Note: a"}


def test_without_the_structure_names_of_components_are_kept(tmp_path: Path) -> None:
    text = "DATAFLOW,FREQ: Frequency: how often,OBS_VALUE\nA:DF(1.0),A: Annual,1\n"
    assert read(text.encode(), tmp_path, None)[0][0].schema.by_id["FREQ"].name == {"": "Frequency: how often"}
    text = (
        "STRUCTURE,STRUCTURE_ID,STRUCTURE_NAME,ACTION,FREQ,Frequency,OBS_VALUE,Value\ndataflow,A:DF(1.0),F,I,A,An,1,\n"
    )
    (found,) = read(text.encode(), tmp_path, None)[0]
    assert found.frame.to_dicts() == [{"FREQ": "A", "OBS_VALUE": "1"}]
    assert found.schema.by_id["OBS_VALUE"].name == {"": "Value"}


HEAD = "STRUCTURE,STRUCTURE_ID,STRUCTURE_NAME,ACTION"


@pytest.mark.parametrize(
    ("header", "row"),
    [
        ("FREQ,Freq,TIME_PERIOD,Time,OBS_VALUE,Value,NOTE,Note", "A,Annual,2020,,1,,n,"),
        ("FREQ,How often,TIME_PERIOD,When,OBS_VALUE,What,NOTE,Comment", "A,Annual,2020,,1,,n,"),
        ("FREQ,Freq,TIME_PERIOD,OBS_VALUE,NOTE", "A,Annual,2020,1,n"),
        ("FREQ,NOTE,TIME_PERIOD,Time,OBS_VALUE,Value,NOTE,Note", "A,Annual,2020,,1,,n,"),
        ("FREQ,FREQ,TIME_PERIOD,TIME_PERIOD,OBS_VALUE,OBS_VALUE,NOTE,NOTE", "A,Annual,2020,,1,,n,"),
        ("FREQ,X,TIME_PERIOD,X,OBS_VALUE,X,NOTE,X", "A,Annual,2020,,1,,n,"),
    ],
)
def test_columns_with_names_are_not_read_whatever_they_are_called(header: str, row: str, tmp_path: Path) -> None:
    text = f"{HEAD},{header}\ndataflow,A:DF(1.0),Flow,I,{row}\n"
    (found,), findings, _ = read(text.encode(), tmp_path, GIVEN)
    expected = {"FREQ": "A", "TIME_PERIOD": "2020", "OBS_VALUE": 1.0, "NOTE": "n", "S": None}
    assert (found.frame.to_dicts(), findings) == ([expected], ())


def test_custom_columns_among_columns_with_names_are_told(tmp_path: Path) -> None:
    text = f"{HEAD},FREQ,Freq,UPDATED,TIME_PERIOD,Time,OBS_VALUE,Value\ndataflow,A:DF(1.0),Flow,I,A,An,x,2021,,1,\n"
    (found,), findings, _ = read(text.encode(), tmp_path, GIVEN)
    assert found.frame["OBS_VALUE"].to_list() == [1.0]
    assert [(one.code, one.value) for one in findings] == [("DATA-008", "UPDATED")]


def test_the_example_has_names_for_all_its_components() -> None:
    header = _rows(written(full(), "sdmx-csv-2.1", NAME))[0]
    assert len(set(header)) == len(header) == 4 + 2 * len(FULL.columns)
