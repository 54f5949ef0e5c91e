"""sdmx1: from a frame by way of its observation objects, which it needs, to a file, and back to such objects."""

from collections.abc import Iterable
from typing import Any

import polars as pl
import sdmx
from sdmx.message import DataMessage
from sdmx.model import common, v21
from tests.bench.generated import DIMENSIONS, STATUS, TIME, VALUE
from tests.bench.tasks import Prepared, Task


def prepare(task: Task) -> Prepared:
    """Return what is measured."""
    structure = _structure()
    if task.action == "read":
        return lambda: lambda: sdmx.read_sdmx(task.input, structure=structure)
    rows = task.frame().with_columns(pl.col(pl.Enum).cast(pl.String))
    return lambda: lambda: task.output.write_bytes(_message(structure, rows))


def check(task: Task, result: Any) -> None:  # noqa: ANN401 - sdmx has no types
    """Raise an error unless as many observations were read as written."""
    if task.action == "read":
        read = sum(len(found.obs) for found in result.data)
        if read != task.rows:
            raise ValueError(f"sdmx1 read {read} of {task.rows} observations")


def _structure() -> v21.DataStructureDefinition:
    dsd = v21.DataStructureDefinition(id="DSD", version="1.0", maintainer=common.Agency(id="BENCH"))
    for name in (*DIMENSIONS, TIME):
        dsd.dimensions.getdefault(id=name)
    dsd.attributes.getdefault(id=STATUS)
    dsd.measures.append(v21.PrimaryMeasure(id=VALUE))
    return dsd


def _message(structure: v21.DataStructureDefinition, rows: pl.DataFrame) -> bytes:
    status, measure = structure.attributes.get(STATUS), structure.measures[0]

    def observations() -> Iterable[v21.Observation]:
        for *key, value, given in rows.iter_rows():
            yield v21.Observation(
                dimension=structure.make_key(v21.Key, dict(zip((*DIMENSIONS, TIME), key, strict=True))),
                value=value,
                value_for=measure,
                attached_attribute={STATUS: common.AttributeValue(value=given, value_for=status)},
            )

    data = v21.StructureSpecificDataSet(structured_by=structure, action=common.ActionType.information)
    data.add_obs(list(observations()))
    message = DataMessage(header=sdmx.message.Header(id="M"), observation_dimension=common.AllDimensions)
    message.data.append(data)
    written: bytes = sdmx.to_xml(message)
    return written
