"""What an observation itself says of its figure is an interval, and what is missing is none."""

import polars as pl
import pytest
from tests.examples.checking import KNOWN, SCHEMA, Row, frame
from tests.examples.hidden_figures import CELLS, Interval, intervals

from icstip.aggregation.bounds.intervals import CellKnowledge, with_intervals


@pytest.mark.parametrize(
    ("row", "interval"),
    [
        ({"VALUE": 5.0}, (5, 5)),
        ({"VALUE": 0.0}, (0, 0)),
        ({"VALUE": 5.0, "LOWER": 1.0, "UPPER": 9.0}, (5, 5)),
        ({"VALUE": 5.0, "STATUS": "O"}, (5, 5)),
        ({"LOWER": 1.0, "UPPER": 4.0, "STATUS": "Q"}, (1, 4)),
        ({"UPPER": 4.0, "STATUS": "Q"}, (0, 4)),
        ({"LOWER": 100.0, "STATUS": "Q"}, (100, None)),
        ({"LOWER": 9.0, "UPPER": 4.0, "STATUS": "Q"}, (0, None)),
        ({"STATUS": "Q"}, (0, None)),
        ({"STATUS": "Q", "CONF": "C"}, (0, None)),
        ({"STATUS": "A", "CONF": "C"}, (0, None)),
        ({"STATUS": "O"}, (None, None)),
        ({"STATUS": "O", "CONF": "C"}, (None, None)),
        ({"STATUS": "A"}, (None, None)),
        ({"STATUS": None}, (None, None)),
        ({"VALUE": float("nan"), "STATUS": "O"}, (None, None)),
        ({"VALUE": 5.0, "MULT": "3"}, (5000, 5000)),
        ({"LOWER": 1.0, "UPPER": 4.0, "STATUS": "Q", "MULT": "3"}, (1000, 4000)),
        ({"VALUE": 2.5, "UNIT": "RATE"}, (2.5, 2.5)),
    ],
)
def test_a_figure_is_an_interval(row: Row, interval: Interval) -> None:
    found = with_intervals(frame([row]), CELLS)
    assert intervals(found) == [interval]


def test_observations_keep_their_order_and_columns() -> None:
    given = frame([{"VALUE": float(number)} for number in (3, 1, 2)])
    found = with_intervals(given, CELLS)
    assert found.drop("_LOW", "_HIGH").equals(given)
    assert found.columns[-2:] == ["_LOW", "_HIGH"]


def test_columns_that_are_not_there_say_nothing() -> None:
    found = with_intervals(pl.DataFrame({"VALUE": [1, None]}), CellKnowledge.of(SCHEMA, KNOWN))
    assert intervals(found) == [(1, 1), (None, None)]
