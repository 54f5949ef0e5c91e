"""Rules on the structure of data: what must be there, and what may not vary."""

from collections.abc import Iterator
from typing import Final

import polars as pl

from icstip.checks.observations import ROW, Observations
from icstip.checks.rule import VALUE, Group, Hits, found_on_reading, rule
from icstip.schema import Column, Level
from icstip.standard.model import Role

NOTHING: Final = "–"
"""What stands where something is missing."""

_ID: Final = "__id"

found_on_reading(Group.STRUCTURE, "DATA-002", "DATA-003", "SCHEMA-001")


@rule(Group.STRUCTURE, "STRUCT-001")
def mandatory_attributes(data: Observations) -> Iterator[Hits]:
    """Find observations without an attribute that the structure wants (SDMX 3.0 §2 5.3.3, usage)."""
    for column in data.schema.columns:
        if column.role is Role.ATTRIBUTE and column.mandatory:
            lacking = pl.col(column.id).is_null() if column.id in data.frame.columns else pl.lit(value=True)
            rows = data.frame.filter(lacking)
            yield Hits(rows.select(ROW, pl.lit(NOTHING).alias(VALUE), pl.lit(column.id).alias("component")))


@rule(Group.STRUCTURE, "STRUCT-002")
def attributes_of_several(data: Observations) -> Iterator[Hits]:
    """Find attributes of a series, a group or a data set that have several values in one of those."""
    for column in data.schema.columns:
        name = column.id
        is_of_several = column.attachment in {Level.SERIES, Level.GROUP, Level.DATASET}
        if not is_of_several or name not in data.frame.columns or data.frame[name].drop_nulls().n_unique() <= 1:
            continue
        said = data.frame.select(ROW, pl.col(name).cast(pl.String).alias(VALUE)).with_columns(
            data.ids(_dimensions(data, column)).alias(_ID)
        )
        said = said.filter(pl.col(VALUE).is_not_null())
        several = said.filter(pl.col(VALUE).n_unique().over(_ID) > 1)
        first = several.group_by(_ID, maintain_order=True).agg(
            pl.col(ROW).first(), pl.col(VALUE).unique(maintain_order=True).str.join(" / ")
        )
        level = column.attachment or Level.SERIES
        yield Hits(first.select(ROW, VALUE, component=pl.lit(name), group=pl.lit(str(level.value))))


def _dimensions(data: Observations, column: Column) -> tuple[str, ...]:
    """Return the dimensions whose codes say what an attribute is of; those that do not vary say nothing."""
    if column.attachment is Level.DATASET:
        return ()
    names = column.attached_to or data.schema.series_dimensions
    return tuple(name for name in names if name in data.varying)
