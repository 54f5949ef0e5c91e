"""The columns of a table as a data structure."""

from dataclasses import replace

import pytest

from icstip.mapping.exporting.source import source_table
from icstip.mapping.model import FigureFormat, TableMapping


def _mapping(time: str, figures: str = "Value") -> TableMapping:
    return TableMapping(
        id="m",
        where="m",
        title="",
        attribution="",
        sheet="",
        figure_column=figures,
        time_column=time,
        figures=FigureFormat(),
        constants={},
        columns=(),
        labels=(),
        left_out=(),
    )


@pytest.mark.parametrize(
    ("time", "ids"),
    [
        ("TIME_PERIOD", ["TIME_PERIOD"]),
        ("السنة", ["COLUMN"]),
        ("Année", ["ANNEE"]),
        ("value", ["VALUE"]),
        ("2019", ["COLUMN_2019"]),
    ],
)
def test_columns_have_ids_by_their_headers(time: str, ids: list[str]) -> None:
    table = source_table(_mapping(time, "OBS"), {}, "A", "1.0.0")
    assert [one.id for one in table.structure.dimensions] == ids
    assert [one.name for one in table.concepts.items] == [{"en": time}, {"en": "OBS"}]


def test_two_columns_have_two_ids() -> None:
    assert source_table(_mapping("a b"), {}, "A", "1.0.0").ids == {"a b": "A_B", "Value": "VALUE"}
    assert source_table(_mapping("a-b", "a b"), {}, "A", "1.0.0").ids == {"a-b": "A_B", "a b": "A_B_2"}


def test_only_a_column_with_the_time_is_a_time_dimension() -> None:
    (time,) = source_table(_mapping("Time period"), {}, "A", "1.0.0").structure.dimensions
    assert (time.id, time.kind) == ("TIME_PERIOD", "TimeDimension")
    mapping = replace(_mapping("Year"), part_column="TIME_PERIOD")
    other = source_table(mapping, {}, "A", "1.0.0").structure.dimensions
    assert [(one.id, one.kind) for one in other] == [("YEAR", "Dimension"), ("TIME_PERIOD_TEXT", "Dimension")]
