"""This project: from a data set in memory to a file, and back to a data set of the types of its schema."""

from pathlib import Path

import polars as pl
from tests.bench.generated import DIMENSIONS, STATUS, STATUSES, TIME, VALUE
from tests.bench.tasks import Prepared, Task

from icstip.messages.data_options import DataOptions, Layout
from icstip.messages.dataset import DataSet
from icstip.schema import ArtefactKey, Column, Level, Schema
from icstip.standard.model import Role
from icstip.workflow.exchange import read, reformat, write


def prepare(task: Task) -> Prepared:
    """Return what is measured."""
    options = DataOptions(layout=Layout(task.layout))
    known = _schema()
    if task.action == "read":
        return lambda: lambda: read(task.input, known)
    if task.action == "reformat":
        return lambda: lambda: reformat(task.input, _reformatted(task), "sdmx-ml-3.0", schema=known)
    data = DataSet(known, task.frame())
    return lambda: lambda: write(data, task.output, task.format, options=options)


def check(task: Task, result: object) -> None:
    """Raise an error unless what was read is what was written, types and missing values included."""
    if task.action != "read":
        return
    frame = getattr(result, "frame", None)
    expected = task.frame()
    if not isinstance(frame, pl.DataFrame) or not frame.equals(expected):
        raise ValueError(f"icstip did not read the same data: {frame}")
    if frame.schema != expected.schema:
        raise ValueError(f"icstip read other types: {frame.schema}")


def _reformatted(task: Task) -> Path:
    return task.output.with_suffix(".xml")


def _schema() -> Schema:
    """Return the schema of the data."""
    coded = (
        Column(name, Role.DIMENSION, codes, f"CL_{name}", "String", None, (), mandatory=True)
        for name, codes in DIMENSIONS.items()
    )
    rest = (
        Column(TIME, Role.TIME_DIMENSION, None, None, "ObservationalTimePeriod", None, (), mandatory=True),
        Column(VALUE, Role.MEASURE, None, None, "Double", None, (), mandatory=False),
        Column(STATUS, Role.ATTRIBUTE, STATUSES, "CL_OBS_STATUS", "String", Level.OBSERVATION, (), mandatory=False),
    )
    return Schema(ArtefactKey("BENCH", "DSD", "1.0"), ArtefactKey("BENCH", "DF", "1.0"), (*coded, *rest))
