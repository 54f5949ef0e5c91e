"""What is written as SDMX-CSV is read as it was, and written to the same bytes again."""

import io
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.examples.data_sets import FULL, ODD, attribute, dimension, full, measure, of, read, schema, time, written

from icstip.messages.data_options import DataOptions
from icstip.messages.dataset import Action, DataSet
from icstip.schema import Level

FORMATS = ["sdmx-csv-1.0", "sdmx-csv-2.0", "sdmx-csv-2.1"]
EVERY_FORMAT = pytest.mark.parametrize("format_id", FORMATS)


@EVERY_FORMAT
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_example_comes_back_as_it_was(format_id: str, delimiter: str, tmp_path: Path) -> None:
    options = DataOptions(delimiter=delimiter)
    content = written(full(), format_id, options)
    (found,), findings, _ = read(content, tmp_path)
    assert found.frame.equals(full().frame)
    assert findings == ()
    assert written(found, format_id, options) == content


@EVERY_FORMAT
def test_data_without_time_codes_or_rows_come_back(format_id: str, tmp_path: Path) -> None:
    given_schema = schema(dimension("D"), measure(data_type="Integer"), attribute("UNIT", Level.DATASET))
    data = of(given_schema, pl.DataFrame({"D": ["007", "x"], "OBS_VALUE": [12, None], "UNIT": [None, "N"]}))
    for one in (data, replace(data, frame=data.frame.clear())):
        (found,), findings, _ = read(written(one, format_id), tmp_path, given_schema)
        assert found.frame.equals(one.frame)
        assert findings == ()


@pytest.mark.parametrize("format_id", FORMATS[1:])
def test_several_measures_come_back(format_id: str, tmp_path: Path) -> None:
    given_schema = schema(dimension("SEX", "F"), time(), measure("PERSONS"), measure("CASES", "Integer"))
    frame = pl.DataFrame({"SEX": ["F"], "TIME_PERIOD": ["2020"], "PERSONS": [1.5], "CASES": [2]})
    (found,), _, _ = read(written(of(given_schema, frame), format_id), tmp_path, given_schema)
    assert found.frame.equals(of(given_schema, frame).frame)


@pytest.mark.parametrize("format_id", FORMATS[1:])
def test_several_data_sets_with_their_actions_come_back(format_id: str, tmp_path: Path) -> None:
    actions = [Action.REPLACE, Action.DELETE, Action.APPEND, Action.INFORMATION]
    datasets = [replace(full(), action=action) for action in actions]
    found, findings, _ = read(written(datasets, format_id), tmp_path)
    assert [one.action for one in found] == actions
    assert all(one.frame.equals(full().frame) for one in found)
    assert findings == ()


def test_partial_keys_to_delete_come_back(tmp_path: Path) -> None:
    frame = pl.DataFrame(
        {
            "FREQ": ["A", None],
            "AREA": [None, None],
            "SEX": ["F", None],
            "TIME_PERIOD": [None, None],
            "COMMENT": ["-", None],
        },
        schema_overrides={"AREA": pl.String, "TIME_PERIOD": pl.String},
    )
    data = replace(of(FULL, frame), action=Action.DELETE)
    (found,), _, _ = read(written(data, "sdmx-csv-2.0"), tmp_path)
    assert found.action is Action.DELETE
    assert found.frame.select(frame.columns).equals(data.frame)


def test_what_is_missing_on_purpose_comes_back(tmp_path: Path) -> None:
    frame = full().frame.with_columns(
        OBS_VALUE=pl.Series([float("nan"), None, 1.0, float("nan"), 2.0]), COMMENT=pl.Series(["#N/A"] * 5)
    )
    (found,), findings, _ = read(written(DataSet(FULL, frame), "sdmx-csv-2.1"), tmp_path)
    assert found.frame.equals(frame)
    assert findings == ()


_texts = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=8) | st.sampled_from(
    ['"', '""', ",", "\n", "\r", "\r\n", " ", ODD, "=1+1", "\ufeff", "NaN", "null", "a: b", "~"]
)
_numbers = st.floats(allow_nan=True, allow_infinity=True) | st.sampled_from([0.1, 1e300, 5e-324, 2.0**53, -1e-9])
_row = st.tuples(_texts, _texts, st.none() | _numbers, st.none() | st.integers(-(2**63), 2**63 - 1), st.none() | _texts)


@given(rows=st.lists(_row, max_size=8), format_id=st.sampled_from(FORMATS), delimiter=st.sampled_from(",;\t|"))
@settings(max_examples=200, deadline=None)
def test_any_texts_and_numbers_come_back(
    rows: list[tuple[object, ...]], format_id: str, delimiter: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    number = attribute("N", Level.OBSERVATION, data_type="Integer")
    given_schema = schema(dimension("D"), dimension("E"), measure(), number, attribute("NOTE", Level.OBSERVATION))
    types = {"D": pl.String, "E": pl.String, "OBS_VALUE": pl.Float64, "N": pl.Int64, "NOTE": pl.String}
    data = DataSet(given_schema, pl.DataFrame(rows, schema=types, orient="row"))
    content = written(data, format_id, DataOptions(delimiter=delimiter))
    (found,), findings, _ = read(content, tmp_path_factory.getbasetemp(), given_schema)
    assert found.frame.equals(data.frame.with_columns(pl.col("OBS_VALUE") + 0.0))
    assert findings == ()
    assert pl.read_csv(io.BytesIO(content), infer_schema=False, separator=delimiter).height == len(rows)
