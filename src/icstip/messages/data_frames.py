"""Data sets from frames of polars or pandas."""

import sys
from typing import TYPE_CHECKING, TypeGuard, Union

import polars as pl

from icstip.errors import StructureError
from icstip.messages.data_typing import dtype_of, typed
from icstip.messages.dataset import Action, DataSet, as_text
from icstip.schema import Column, Schema

if TYPE_CHECKING:
    import pandas as pd


def is_of_pandas(data: object) -> TypeGuard["pd.DataFrame"]:
    """Return whether something is a frame of pandas, without loading pandas: who has a frame has loaded it."""
    pandas = sys.modules.get("pandas")
    return pandas is not None and isinstance(data, pandas.DataFrame)


def dataset_of(
    frame: Union[pl.DataFrame, "pd.DataFrame"], schema: Schema | None, action: Action = Action.INFORMATION
) -> DataSet:
    """Return a frame as a data set: its columns in the order of the schema and of its types.

    Args:
        frame: A column for each component: texts, codes or numbers. Columns of attributes and measures may be absent.
        schema: What the columns are.
        action: What a receiver is asked to do.

    Raises:
        StructureError: There is no schema, a dimension has no column, or a column is no component.
    """
    if schema is None:
        raise StructureError("data-frame-schema", where="frame")
    given = frame if isinstance(frame, pl.DataFrame) else pl.from_pandas(frame)
    lacking = [name for name in schema.dimensions if name not in given.columns]
    if lacking:
        raise StructureError("data-frame-columns", where=str(schema.structure), lacking=", ".join(lacking))
    unknown = [name for name in given.columns if name not in schema.by_id]
    if unknown:
        raise StructureError("data-frame-unknown", where=str(schema.structure), unknown=", ".join(unknown))
    columns = [_column(given[column.id], column) for column in schema.columns if column.id in given.columns]
    return DataSet(schema, pl.DataFrame(columns), action)


def _column(values: pl.Series, column: Column) -> pl.Series:
    if values.dtype == dtype_of(column):
        return values
    texts = values.to_frame().select(as_text(values.name, values.dtype).alias(values.name))[values.name]
    return typed(texts, column).series.alias(column.id)
