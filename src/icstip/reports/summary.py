"""What a data set looks like, in numbers: for the report that a person reads."""

import polars as pl

from icstip.messages.dataset import DataSet
from icstip.reports.conversion import CodeCount, DataSetSummary, DimensionSummary
from icstip.schema import Column
from icstip.standard.model import Role, Standard

MOST_CODES = 25


def summarise(data: DataSet, standard: Standard, files: tuple[str, ...]) -> DataSetSummary:
    """Return the summary of a data set.

    Args:
        data: The observations.
        standard: The standard that names the codes.
        files: Names of the files that hold it.
    """
    frame, schema = data.frame, data.schema
    structure = standard.structures[schema.structure.id]
    measure = pl.col(schema.measures[0])
    # Whatever numeric attribute an observation without a value has is a bound of it.
    bounds = [pl.col(name) for name in schema.attributes if name in frame.columns and frame.schema[name].is_float()]
    has_bound = pl.any_horizontal(bound.is_not_null() for bound in bounds) if bounds else pl.lit(value=False)
    values = frame.filter(measure.is_not_null()).height
    bounded = frame.filter(measure.is_null() & has_bound).height
    dimensions = [column for column in schema.columns if column.role is Role.DIMENSION]
    return DataSetSummary(
        structure=structure.id,
        name=structure.name,
        files=files,
        observations=frame.height,
        values=values,
        bounded=bounded,
        missing=frame.height - values - bounded,
        periods=_periods(frame, schema.time_dimension),
        dimensions=tuple(
            _dimension(frame, column, standard) for column in dimensions if frame[column.id].n_unique() > 1
        ),
    )


def _periods(frame: pl.DataFrame, time: str | None) -> tuple[tuple[str, int], ...]:
    if time is None:
        return ()
    counts = frame.group_by(time).len().sort(time)
    return tuple((period, count) for period, count in counts.iter_rows())


def _dimension(frame: pl.DataFrame, column: Column, standard: Standard) -> DimensionSummary:
    counts = frame.group_by(pl.col(column.id).cast(pl.String)).len().sort(["len", column.id], descending=[True, False])
    known = standard.codelists[column.codelist].by_id if column.codelist else {}
    codes = tuple(
        CodeCount(code, known[code].name if code in known else {}, count)
        for code, count in counts.head(MOST_CODES).iter_rows()
    )
    name = standard.concepts[column.id].name if column.id in standard.concepts else {}
    return DimensionSummary(column.id, name, counts.height, codes)
