"""The CSV writers and readers of polars and pyarrow, without a word of SDMX: as fast as files of columns can be."""

from typing import Any, Final

import polars as pl
import pyarrow as pa  # type: ignore[import-untyped] # it has no types
import pyarrow.csv as pa_csv  # type: ignore[import-untyped]
from tests.bench.generated import DIMENSIONS, STATUS, STATUSES, VALUE
from tests.bench.tasks import Prepared, Task

_CODED: Final = {**DIMENSIONS, STATUS: STATUSES}


def prepare_polars(task: Task) -> Prepared:
    """Return what is measured: columns written, or read as texts and cast to Enums of the codes and to numbers."""
    if task.action == "read":
        casts = [pl.col(VALUE).cast(pl.Float64), *(pl.col(name).cast(pl.Enum(codes)) for name, codes in _CODED.items())]
        return lambda: lambda: pl.read_csv(task.input, infer_schema=False).with_columns(casts)
    rows = task.frame()
    return lambda: lambda: rows.write_csv(task.output)


def prepare_pyarrow(task: Task) -> Prepared:
    """Return what is measured: the same columns written as texts, or read with dictionaries, the codes unchecked."""
    if task.action == "read":
        types = {name: pa.dictionary(pa.int32(), pa.string()) for name in _CODED} | {VALUE: pa.float64()}
        options = pa_csv.ConvertOptions(column_types=types)
        return lambda: lambda: pa_csv.read_csv(task.input, convert_options=options)
    table = task.frame().with_columns(pl.col(pl.Enum).cast(pl.String)).to_arrow()
    return lambda: lambda: pa_csv.write_csv(table, task.output)


def check(task: Task, result: Any) -> None:  # noqa: ANN401 - a frame or a table
    """Raise an error unless as many rows were read as written."""
    if task.action == "read" and len(result) != task.rows:
        raise ValueError(f"{len(result)} of {task.rows} rows were read")
