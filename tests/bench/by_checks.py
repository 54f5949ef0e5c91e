"""All rules over data of victims, and the same data read from SDMX-ML 3.0."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl
from tests.bench.tasks import Prepared, Task

from icstip.messages.dataset import DataSet
from icstip.schema import Schema
from icstip.standard.model import Role
from icstip.workflow.checking.validation import Validator
from icstip.workflow.conversion import Converter
from icstip.workflow.exchange import read, write

_YEARS: Final = tuple(str(year) for year in range(2004, 2024))
_PARTS: Final = {
    "SEX": ("F", "M", "_U"),
    "AGE": ("Y0T17", "Y18T29", "Y_GE30", "_U"),
    "EXPLOITATION": ("SEXUAL", "LABOUR", "ORGANS", "OTHER_SDG", "_U"),
    "CITIZENSHIP": ("NATIONAL", "FOREIGN", "_U"),
}
_FIXED: Final = {
    "FREQ": "A",
    "INDICATOR": "VIC_DET",
    "UNIT_MEASURE": "NUMBER",
    "OBS_STATUS": "A",
    "CONF_STATUS": "F",
    "COUNTING_RULE": "PRINCIPAL",
}
_TOTAL: Final = "_T"

_Numbers = npt.NDArray[np.int64]
_Counts = npt.NDArray[np.float64]


def prepare_rules(task: Task) -> Prepared:
    """Return what applies all rules to a data set in memory."""
    data, validator = _data(task.rows), Validator()
    return lambda: lambda: validator.check(data)


def prepare_reading(task: Task) -> Prepared:
    """Return what reads the same data from a file."""
    path = Path(task.folder) / f"victims-{task.rows}.xml"
    write(_data(task.rows), path, task.format)
    return lambda: lambda: read(path)


def check(task: Task, result: object) -> None:
    """Raise an error unless the data were read, or checked without an error in them."""
    found = getattr(result, "findings", None)
    if found is None or any(finding.severity == "error" for finding in found):
        raise ValueError(f"of {task.rows} observations it was said: {found}")


def _data(rows: int) -> DataSet:
    """Return counts by sex, age, form and citizenship, with all their totals: about so many observations."""
    schema = Converter().schemas["TIP_VICTIM"]
    areas = [code for code in schema.by_id["REF_AREA"].codes or () if len(code) == 2 and code.isalpha()]
    cells = len(_YEARS) * int(np.prod([len(parts) + 1 for parts in _PARTS.values()]))
    number = max(1, round(rows / cells))
    random = np.random.default_rng(20260101)
    counts = random.poisson(3, (number, len(_YEARS), *map(len, _PARTS.values()))).astype(np.float64)
    for axis in range(2, counts.ndim):
        counts = np.concatenate([counts, counts.sum(axis=axis, keepdims=True)], axis=axis)
    codes: dict[str, Sequence[str]] = {"REF_AREA": areas[:number], "TIME_PERIOD": _YEARS}
    codes |= {name: (*parts, _TOTAL) for name, parts in _PARTS.items()}
    places = dict(zip(codes, np.indices(counts.shape).reshape(counts.ndim, -1), strict=True))
    return DataSet(schema, _frame(schema, codes, places, counts.reshape(-1)))


def _frame(
    schema: Schema, codes: Mapping[str, Sequence[str]], places: Mapping[str, _Numbers], counts: _Counts
) -> pl.DataFrame:
    columns = []
    for column in schema.columns:
        kind = pl.Enum(column.codes) if column.codes else pl.String
        if column.role is Role.MEASURE:
            columns.append(pl.Series(column.id, counts, pl.Float64))
        elif column.id in codes:
            columns.append(pl.Series(column.id, codes[column.id], kind).gather(places[column.id]))
        else:
            total = _TOTAL if column.role is Role.DIMENSION else None
            code = _FIXED.get(column.id, total)
            columns.append(pl.Series(column.id, [code], kind).new_from_index(0, len(counts)))
    return pl.DataFrame(columns)
