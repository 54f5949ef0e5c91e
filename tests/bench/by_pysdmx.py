"""pysdmx: from a PandasDataset with its schema to a file, and back. Its data set is made before the clock runs."""

from collections.abc import Mapping
from typing import Any, Final

import pandas as pd
import polars as pl
from pysdmx.io import read_sdmx, write_sdmx
from pysdmx.io.format import Format
from pysdmx.io.pd import PandasDataset
from pysdmx.model import Code, Codelist, Component, Components, Concept, DataType, Role, Schema
from tests.bench.generated import DIMENSIONS, STATUS, STATUSES, TIME, VALUE
from tests.bench.tasks import Prepared, Task

_FORMATS: Final[Mapping[str, Format]] = {
    "sdmx-ml-2.1": Format.DATA_SDMX_ML_2_1_STR,
    "sdmx-ml-2.1-generic": Format.DATA_SDMX_ML_2_1_GEN,
    "sdmx-ml-3.0": Format.DATA_SDMX_ML_3_0,
    "sdmx-csv-2.0": Format.DATA_SDMX_CSV_2_0_0,
}


def prepare(task: Task) -> Prepared:
    """Return what is measured."""
    if task.action == "read":
        return lambda: lambda: read_sdmx(task.input, validate=False)
    if task.action == "reformat":
        output = str(task.output.with_suffix(".xml"))
        return lambda: lambda: _reformat(task, output)
    rows, known = task.frame().with_columns(pl.col(pl.Enum).cast(pl.String)), _schema()
    pandas = rows.to_pandas(use_pyarrow_extension_array=True)
    more = {"dimension_at_observation": TIME} if task.layout == "series" else {}

    def fresh() -> Any:  # noqa: ANN401 - pysdmx has no types here
        # Its writers replace the data of a data set by texts: a second round with the same one would do less.
        data = PandasDataset(structure=known, data=pandas.copy(deep=False))
        return lambda: write_sdmx(data, _FORMATS[task.format], str(task.output), **more)

    return fresh


def _reformat(task: Task, output: str) -> None:
    (data,) = read_sdmx(task.input, validate=False).data
    data.structure = _schema()
    write_sdmx(data, Format.DATA_SDMX_ML_3_0, output)


def check(task: Task, result: Any) -> None:  # noqa: ANN401
    """Raise an error unless as many observations were read as written."""
    if task.action == "read":
        data: pd.DataFrame = result.data[0].data
        if len(data) != task.rows:
            raise ValueError(f"pysdmx read {len(data)} of {task.rows} observations")


def _schema() -> Schema:
    coded = [_component(name, Role.DIMENSION, codes=codes) for name, codes in DIMENSIONS.items()]
    return Schema(
        context="dataflow",
        agency="BENCH",
        id="DF",
        version="1.0",
        components=Components(
            [
                *coded,
                _component(TIME, Role.DIMENSION, DataType.PERIOD),
                _component(VALUE, Role.MEASURE, DataType.DOUBLE),
                _component(STATUS, Role.ATTRIBUTE, codes=STATUSES),
            ]
        ),
    )


def _component(name: str, role: Role, data_type: DataType = DataType.STRING, codes: tuple[str, ...] = ()) -> Component:
    codelist = Codelist(id=f"CL_{name}", agency="BENCH", items=[Code(id=code) for code in codes]) if codes else None
    return Component(
        id=name,
        required=role is Role.DIMENSION,
        role=role,
        concept=Concept(id=name, dtype=data_type),
        local_codes=codelist,
        attachment_level="O" if role is Role.ATTRIBUTE else None,
    )
