"""Data sets → SDMX-CSV 2.0 (SDMX-CSV field guide 2.0, 3)."""

from pathlib import Path

import polars as pl

from icstip.messages.dataset import DataSet, as_text
from icstip.messages.header import MessageHeader

_ACTION = "I"  # information: the receiver decides what to do with it


def write(dataset: DataSet, path: Path, header: MessageHeader) -> None:
    """Write a data set as SDMX-CSV 2.0: UTF-8, comma, a missing value as an empty field.

    Args:
        dataset: The observations.
        path: The file.
        header: Not written: SDMX-CSV has no header but that of its columns.
    """
    del header
    schema = dataset.schema
    kind, key = ("dataflow", schema.dataflow) if schema.dataflow else ("datastructure", schema.structure)
    dtypes = dataset.frame.schema
    dataset.frame.select(
        pl.lit(kind).alias("STRUCTURE"),
        pl.lit(str(key)).alias("STRUCTURE_ID"),
        pl.lit(_ACTION).alias("ACTION"),
        *(as_text(column.id, dtypes[column.id]).alias(column.id) for column in schema.columns if column.id in dtypes),
    ).write_csv(path)
