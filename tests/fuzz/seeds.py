"""Messages to begin with: written by us from a few data sets, written by other tools, and made by hand."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import polars as pl
from tests.examples.data_sets import FULL, attribute, dimension, full, measure, of, schema, time, written

from icstip.errors import StructureError
from icstip.messages.data_options import DataOptions, Layout
from icstip.messages.dataset import Action, DataSet
from icstip.messages.formats import format_of
from icstip.schema import Level, Schema

FOLDER = Path(__file__).parent / "seeds"

Seed = tuple[bytes, Schema]

PLAIN = schema(
    dimension("D"),
    dimension("AREA", "CI", "002"),
    measure(data_type="Integer"),
    attribute("NOTE", Level.SERIES, to=("D",)),
)
"""No time, a dimension that is not coded, whole numbers."""

SEVERAL = schema(
    dimension("AREA", "CI", "002", "_T"),
    time(),
    measure("MEN", "Integer"),
    measure("WOMEN"),
    attribute("STATUS", Level.OBSERVATION, "A", "O"),
    attribute("CONTACT", Level.GROUP, to=("AREA",), group="G"),
    groups={"G": ("AREA",)},
)
"""Two measures."""


@cache
def seeds(format_id: str) -> tuple[Seed, ...]:
    """Return the messages of a format, each with the schema of its data.

    Args:
        format_id: Id of the format.
    """
    return (*_ours(format_id), *_files(format_id))


def _ours(format_id: str) -> Iterator[Seed]:
    layouts = Layout if format_of(format_id, "data").has_series else [Layout.FLAT]
    for layout in layouts:
        for data in _messages():
            try:
                yield written(data, format_id, DataOptions(layout=layout)), data[0].schema
            except StructureError:  # what the format does not have: several measures, series along time without time
                continue


def _files(format_id: str) -> Iterator[Seed]:
    for path in sorted(FOLDER.glob(f"*.{format_id}.*")):
        yield path.read_bytes(), FULL


def _messages() -> Iterator[list[DataSet]]:
    one = full()
    yield [one]
    yield [_with_action(one, Action.APPEND), _with_action(_partial(), Action.DELETE)]
    yield [_plain()]
    yield [_several()]
    yield [DataSet(FULL, one.frame.clear())]


def _with_action(data: DataSet, action: Action) -> DataSet:
    return DataSet(data.schema, data.frame, action)


def _partial() -> DataSet:
    rows = {"FREQ": ["A", None], "AREA": ["CI", "002"], "SEX": [None, "F"], "TIME_PERIOD": [None, "2020-W01"]}
    return of(FULL, pl.DataFrame(rows).with_columns(OBS_VALUE=pl.lit(None, pl.Float64), TITLE=pl.lit("Victims & co")))


def _plain() -> DataSet:
    rows = {"D": ["01", "a<b", "é, f"], "AREA": ["CI", "002", "CI"], "OBS_VALUE": [1, 2**53 + 1, None]}
    return of(PLAIN, pl.DataFrame(rows).with_columns(NOTE=pl.Series(["x\ny", None, '"'])))


def _several() -> DataSet:
    rows = {"AREA": ["CI", "CI", "002"], "TIME_PERIOD": ["2020", "2021", "2020"], "MEN": [1, None, 3]}
    more = [pl.Series("WOMEN", [0.5, float("nan"), None]), pl.Series("STATUS", ["A", "O", None])]
    return of(SEVERAL, pl.DataFrame(rows).with_columns(*more, pl.Series("CONTACT", ["a", "a", None])))
