"""From data sets to the rows that are kept: those that say something of a cell, sorted by area."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import polars as pl

from icstip.collection.keeping.receipt import ANY_AREA
from icstip.messages.data_typing import dtype_of
from icstip.messages.dataset import MISSING, Action, DataSet
from icstip.schema import Schema

_NAN: Final = "NaN"


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows as they are kept.

    Attributes:
        frame: The dimensions, and what else is not empty; sorted by area, else in the order of the data set.
        areas: How many rows there are of each area.
        set_aside: How many rows say nothing of any cell.
    """

    frame: pl.DataFrame
    areas: Mapping[str, int]
    set_aside: int


def rows_of(data: DataSet, area: str) -> Rows:
    """Return the rows of a data set that are kept.

    An observation needs all its dimensions, and numbers where numbers belong. When the action is to delete, a dimension
    that is absent means all of its values; a row with attributes but without a measure asks for attributes to be
    deleted, not for observations, and is set aside.

    Args:
        data: The data set.
        area: Id of the dimension that says whose data they are, or empty.
    """
    schema, given = data.schema, _whole(data.frame, data.schema)
    kept = _deleted(given, schema) if data.action is Action.DELETE else _observations(given, schema)
    if area:
        kept = kept.with_columns(pl.col(area).cast(pl.String)).sort(area, maintain_order=True, nulls_last=False)
    return Rows(kept, _areas(kept, area), given.height - kept.height)


def _whole(frame: pl.DataFrame, schema: Schema) -> pl.DataFrame:
    """Return a frame with all dimensions, in the order of the schema."""
    absent = [pl.lit(None, pl.String).alias(name) for name in schema.dimensions if name not in frame.columns]
    whole = frame.with_columns(absent)
    return whole.select(column.id for column in schema.columns if column.id in whole.columns)


def _observations(frame: pl.DataFrame, schema: Schema) -> pl.DataFrame:
    numbers = {
        column.id: dtype_of(column)
        for column in schema.columns
        if column.id in frame.columns and dtype_of(column).is_numeric() and frame[column.id].dtype == pl.String
    }
    as_numbers = [
        pl.col(name).replace(MISSING, _NAN).cast(dtype, strict=False).alias(f"\0{name}")
        for name, dtype in numbers.items()
    ]
    tried = frame.drop_nulls(list(schema.dimensions)).with_columns(as_numbers)
    are_none = [
        pl.col(f"\0{name}").is_null() & pl.col(name).is_not_null() & (pl.col(name) != MISSING) for name in numbers
    ]
    good = tried.filter(~pl.any_horizontal(pl.lit(value=False), *are_none))
    kept = good.with_columns(pl.col(f"\0{name}").alias(name) for name in numbers).select(frame.columns)
    said = [name for name in kept.columns if name in schema.dimensions or kept[name].null_count() < kept.height]
    return kept.select(said)


def _deleted(frame: pl.DataFrame, schema: Schema) -> pl.DataFrame:
    measures = [name for name in schema.measures if name in frame.columns]
    others = [name for name in schema.attributes if name in frame.columns]
    no_attribute = pl.all_horizontal(pl.lit(value=True), *(pl.col(name).is_null() for name in others))
    measured = pl.any_horizontal(pl.lit(value=False), *(pl.col(name).is_not_null() for name in measures))
    return frame.filter(no_attribute | measured).select(schema.dimensions)


def _areas(frame: pl.DataFrame, area: str) -> Mapping[str, int]:
    if not area or not frame.height:
        return {ANY_AREA: frame.height} if frame.height else {}
    counted = frame.group_by(pl.col(area).fill_null(ANY_AREA)).len().sort(area)
    return dict(counted.iter_rows())
