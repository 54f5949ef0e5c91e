"""Observations of victims in a few countries, as a source of aggregations, and what is made of them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

import polars as pl

from icstip.aggregation.columns import RECEIVED, SENDER, SUBMISSION
from icstip.messages.data_typing import dtype_of
from icstip.schema import Schema
from icstip.workflow.aggregating.aggregation import Aggregation, Aggregator
from icstip.workflow.aggregating.choices import Choices
from icstip.workflow.aggregating.given import by_area

Row = dict[str, object]

VICTIMS: Final = "TIP_VICTIM"
WORLD: Final = "001"


@cache
def aggregator() -> Aggregator:
    """The installed standard, read once."""
    return Aggregator()


def schema() -> Schema:
    """The schema of data on victims."""
    return aggregator().schemas[VICTIMS]


def victims(area: str, year: str = "2020", value: float | None = None, **more: object) -> Row:
    """Return an observation of detected victims: all of them, unless dimensions say which."""
    row: Row = dict.fromkeys(schema().dimensions, "_T")
    row |= {"FREQ": "A", "INDICATOR": "VIC_DET", "UNIT_MEASURE": "NUMBER", "REF_AREA": area, "TIME_PERIOD": year}
    return row | {"OBS_VALUE": value, "OBS_STATUS": "A", "CONF_STATUS": "F", "UNIT_MULT": "0"} | more


def hidden(area: str, year: str = "2020", low: float | None = 0, high: float | None = 4, **more: object) -> Row:
    """Return an observation of which only bounds are published: by default ``<5``."""
    said = {"OBS_STATUS": "Q", "CONF_STATUS": "A", "LOWER_BOUND": low, "UPPER_BOUND": high}
    return victims(area, year, None, **{**said, **more})


@dataclass(frozen=True)
class Frame:
    """A frame as a source of observations."""

    frame: pl.DataFrame

    def structures(self) -> Sequence[str]:
        return [VICTIMS]

    def schema(self, structure_id: str) -> Schema:
        return aggregator().schemas[structure_id]

    def parts(self, structure_id: str, area: str, rows: int) -> Iterator[pl.DataFrame]:
        assert structure_id == VICTIMS
        return by_area(self.frame.lazy(), area, rows)


def frame_of(rows: Sequence[Row]) -> pl.DataFrame:
    """Return observations as columns in the types of their schema."""
    own = {column.id: dtype_of(column) for column in schema().columns}
    kinds: Mapping[str, pl.DataType] = {**own, SENDER: pl.String(), SUBMISSION: pl.String(), RECEIVED: pl.String()}
    texts = {name: kind if kind.is_numeric() else pl.String() for name, kind in kinds.items()}
    told = [{SENDER: "KE", **row} for row in rows]
    return pl.DataFrame(told, schema=texts).cast(dict(kinds))  # type: ignore[arg-type]


def added(rows: Sequence[Row], choices: Choices | None = None, part_rows: int = 500_000) -> Aggregation:
    """Return the figures of groups from rows."""
    return aggregator().add_up(Frame(frame_of(rows)), choices or Choices(), part_rows=part_rows)


def figure(made: Aggregation, group: str = WORLD, year: str = "2020", **codes: str) -> Row:
    """Return the figure of a group: all victims, unless codes say which."""
    return _one(made.datasets[VICTIMS].frame, group, year, codes)


def covered(made: Aggregation, group: str = WORLD, year: str = "2020", **codes: str) -> Row:
    """Return the coverage of a figure."""
    return _one(made.coverage[VICTIMS], group, year, codes)


def _one(frame: pl.DataFrame, group: str, year: str, codes: Mapping[str, str]) -> Row:
    wanted = {**victims(group, year), **codes}
    key = {name: wanted[name] for name in schema().dimensions}
    return frame.row(
        by_predicate=pl.all_horizontal(pl.col(name).cast(pl.String) == code for name, code in key.items()), named=True
    )


def spoken(made: Aggregation) -> dict[str, int]:
    """Return the findings: how often each code is told."""
    return {finding.code: finding.count for finding in made.report.findings}
