"""SDMX-JSON data are valid by the official schemas and survive reading; sdmx1 reads the ones of 1.0 to the same rows.

sdmx1 2.28 reads messages of the drafts before 1.0, where data sets and structure stand at the top and names in one
language: 1.0 is brought into that form. It does not read attributes of series and of data sets. pysdmx 1.21 reads no
data in SDMX-JSON.
"""

import io
import json
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import sdmx
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from tests.examples.data_set_strategies import Choice, messages, number_text, options_for
from tests.examples.data_sets import HEADER, full, written
from tests.unit.messages.data_json.json_data import FLAT, SERIES, VERSIONS, faults

from icstip.artefacts.notices import LOSSES, Notices
from icstip.errors import StructureError
from icstip.messages.data_files import read_data
from icstip.messages.data_options import DataOptions
from icstip.messages.data_parts import Reading
from icstip.messages.data_source import DataSource
from icstip.messages.dataset import Action, DataSet
from icstip.messages.formats import format_of
from icstip.standard.model import Role

MODELS = {"1.0": "2.1", "2.0": "3.0", "2.1": "3.1"}
OF_VALUES = {"CODE-002", "DATA-003", "FIGURE-003"}
"""What is found in values that are none of their type; they are kept as they are."""

Rows = dict[str, list[str]]


def _rows(data: Sequence[DataSet], *, merges: bool = True) -> Rows:
    """The rows by action, as texts in any order; ones to be merged are appended where there is no merging."""
    found: Rows = {}
    for one in data:
        action = Action.APPEND if one.action is Action.MERGE and not merges else one.action
        frame = one.frame.with_columns(pl.col(pl.Enum).cast(pl.String))
        rows = [repr(tuple(map(_text, row))) for row in frame.iter_rows()]
        found[action.value] = sorted([*found.get(action.value, []), *rows])
    return {action: rows for action, rows in found.items() if rows}


def _text(value: object) -> object:
    return number_text(value) if isinstance(value, int | float) else value


@pytest.mark.parametrize("version", VERSIONS)
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_any_data_are_valid_by_the_official_schema_and_the_same_after_reading(
    version: str, data: st.DataObject
) -> None:
    given_data = data.draw(messages(Choice(MODELS[version])))
    schema = given_data[0].schema
    if version == "1.0":  # whose dimensions have ids for values
        assume(all(one.codes or one.role is not Role.DIMENSION for one in schema.columns))
    format_id = f"sdmx-json-{version}"
    notices, file = Notices("message", format_id), io.BytesIO()
    options = data.draw(options_for(schema, csv=False))
    try:
        format_of(format_id, "data").write_data(given_data, file, HEADER, options, notices)
    except StructureError as error:
        assert (version, error.message_id) == ("1.0", "id-refused")  # noqa: PT017 - it need not be raised
        return
    assert faults(version, file.getvalue()) == []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "message.json"
        path.write_bytes(file.getvalue())
        reading = Reading("message", lambda _: schema)
        found = list(read_data(DataSource(path), reading))
    assert {one.code for one in reading.notices.findings} <= OF_VALUES
    if not any(one.code in LOSSES for one in notices.findings):
        merges = version == "2.1"
        assert _rows(found, merges=merges) == _rows(given_data, merges=merges)


def _drafted(content: bytes) -> io.BytesIO:
    """A message of SDMX-JSON 1.0 as one of the drafts before it."""
    message = json.loads(content, object_hook=lambda found: {key: one for key, one in found.items() if key != "names"})
    return io.BytesIO(json.dumps({"meta": message["meta"], **message["data"]}).encode())


def _read_by_sdmx1(content: bytes) -> list[dict[str, Any]]:
    message = sdmx.reader.json.Reader().convert(_drafted(content))
    rows = []
    for dataset in message.data:
        for obs in dataset.obs:
            row = {name: value.value for name, value in obs.dimension.values.items()}
            if obs.series_key is not None:
                row |= {name: value.value for name, value in obs.series_key.values.items()}
            row |= {name: getattr(value.value, "id", value.value) for name, value in obs.attached_attribute.items()}
            rows.append({**row, "OBS_VALUE": obs.value})
    return rows


@pytest.mark.parametrize("options", [FLAT, SERIES])
def test_sdmx1_reads_the_rows_that_we_wrote(options: DataOptions) -> None:
    data = full()
    unread = ["TITLE", *(["RULE", "CONTACT"] if options is SERIES else [])]
    frame = data.frame.drop(unread).with_columns(pl.col(pl.Enum).cast(pl.String))
    texts = frame.with_columns(pl.col("LOWER").cast(pl.Int64).cast(pl.String))
    expected = [
        {name: value for name, value in row.items() if value is not None or name == "OBS_VALUE"}
        for row in texts.iter_rows(named=True)
    ]
    found = _read_by_sdmx1(written(data, "sdmx-json-1.0", options))
    assert [dict(sorted(row.items())) for row in found] == [dict(sorted(row.items())) for row in expected]
