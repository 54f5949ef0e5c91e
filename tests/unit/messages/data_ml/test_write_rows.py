"""Whatever data are written in SDMX-ML, an independent reading of the message has the same rows."""

import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.examples.data_ml_rows import Row, deleted, in_any_order, rows_of, rows_of_message
from tests.examples.data_set_strategies import Choice, messages, options_for
from tests.examples.data_sets import HEADER

from icstip.artefacts.notices import LOST, Notices
from icstip.messages.data_options import DataOptions
from icstip.messages.dataset import Action, DataSet
from icstip.messages.formats import format_of
from icstip.schema import Schema

FORMATS = {"sdmx-ml-2.1": "2.1", "sdmx-ml-2.1-generic": "2.1", "sdmx-ml-3.0": "3.0", "sdmx-ml-3.1": "3.1"}


def write(parts: list[DataSet], format_id: str, options: DataOptions) -> tuple[bytes, Notices]:
    file = io.BytesIO()
    notices = Notices("test", format_id)
    format_of(format_id, "data").write_data(iter(parts), file, HEADER, options, notices)
    return file.getvalue(), notices


@pytest.mark.parametrize("format_id", FORMATS)
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(draw=st.data())
def test_a_message_has_the_rows_of_its_data(format_id: str, draw: st.DataObject) -> None:
    parts = draw.draw(messages(Choice(FORMATS[format_id])))
    schema = parts[0].schema
    content, notices = write(parts, format_id, draw.draw(options_for(schema, csv=False)))
    told = rows_of_message(content, schema)
    lost = any(one.code == LOST for one in notices.findings)  # rows whose dimensions are not all there
    check(told, parts, lost=lost)


def check(told: list[tuple[str, list[Row]]], parts: list[DataSet], *, lost: bool) -> None:
    """Check that a message has the rows of data; where some are lost, those whose dimensions are all there."""
    schema = parts[0].schema
    found = [row for action, rows in told if action != "Delete" for row in rows]
    wanted = [row for part in parts if part.action is not Action.DELETE for row in rows_of(part) if row]
    if lost:
        found, wanted = observations(found, schema), observations(wanted, schema)
    assert in_any_order(found) == in_any_order(wanted)
    told_to_delete = deleted([row for action, rows in told if action == "Delete" for row in rows], schema)
    rows = [row for part in parts if part.action is Action.DELETE for row in rows_of(part) if row]
    least = observations(rows, schema) if lost else rows
    assert deleted(least, schema) <= told_to_delete <= deleted(rows, schema)


def observations(rows: list[Row], schema: Schema) -> list[Row]:
    return [row for row in rows if row.keys() >= set(schema.dimensions)]
