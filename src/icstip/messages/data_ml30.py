"""Data sets → SDMX-ML 3.0 structure-specific data, flat (SDMX 3.0 §3B 3.2: every dimension at the observation)."""

from collections.abc import Container, Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import quoteattr

import polars as pl

from icstip.messages.dataset import DataSet, as_text
from icstip.messages.header import MessageHeader
from icstip.schema import Level

_CHUNK = 100_000
_SCHEMAS = "http://www.sdmx.org/resources/sdmxml/schemas/v3_0"
_INFOMODEL = "urn:sdmx:org.sdmx.infomodel.datastructure"
_ESCAPED = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}


def write(dataset: DataSet, path: Path, header: MessageHeader) -> None:
    """Write a data set as a structure-specific message.

    Args:
        dataset: The observations.
        path: The file.
        header: Who sends it and when it was prepared.
    """
    of_dataset = _dataset_attributes(dataset)
    rows = dataset.frame.select(_observation(dataset, without=of_dataset))
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(_opening(dataset, header, of_dataset))
        for start in range(0, rows.height, _CHUNK):
            lines: Sequence[str] = rows[start : start + _CHUNK].to_series().to_list()
            file.write("\n".join(lines))
            file.write("\n")
        file.write("  </mes:DataSet>\n</mes:StructureSpecificData>\n")


def _dataset_attributes(dataset: DataSet) -> dict[str, str]:
    """Return the attributes that are said once of the whole data set, with their values."""
    frame, values = dataset.frame, {}
    for column in dataset.schema.columns:
        if column.attachment is Level.DATASET and column.id in frame.columns:
            distinct = frame[column.id].unique()
            if len(distinct) == 1 and distinct[0] is not None:
                values[column.id] = str(distinct[0])
    return values


def _observation(dataset: DataSet, without: Container[str]) -> pl.Expr:
    """Return an expression that makes the element of each observation; an absent value is an absent attribute."""
    dtypes = dataset.frame.schema
    pieces: list[pl.Expr] = [pl.lit("    <Obs")]
    for column in dataset.schema.columns:
        if column.id in dtypes and column.id not in without:
            text = as_text(column.id, dtypes[column.id])
            safe = text if column.codes is not None or dtypes[column.id].is_numeric() else _escaped(text)
            pieces.append(pl.concat_str(pl.lit(f' {column.id}="'), safe, pl.lit('"')).fill_null(""))
    return pl.concat_str(*pieces, pl.lit("/>")).alias("observation")


def _escaped(text: pl.Expr) -> pl.Expr:
    return text.str.replace_many(list(_ESCAPED), list(_ESCAPED.values()))


def _opening(dataset: DataSet, header: MessageHeader, attributes: Mapping[str, str]) -> str:
    schema = dataset.schema
    kind, key, usage = (
        ("Dataflow", schema.dataflow, "StructureUsage")
        if schema.dataflow
        else ("DataStructure", schema.structure, "Structure")
    )
    urn = f"{_INFOMODEL}.{kind}={key}"
    structure_id = quoteattr(key.id)
    said = "".join(f" {name}={quoteattr(value)}" for name, value in attributes.items())
    namespace = f"{urn}:ObsLevelDim:AllDimensions"
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<mes:StructureSpecificData xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:mes="{_SCHEMAS}/message"\
 xmlns:ss="{_SCHEMAS}/data/structurespecific" xmlns:com="{_SCHEMAS}/common" xmlns:ns1={quoteattr(namespace)}>
  <mes:Header>
    <mes:ID>{header.id}</mes:ID>
    <mes:Test>{str(header.test).lower()}</mes:Test>
    <mes:Prepared>{header.prepared}</mes:Prepared>
    <mes:Sender id={quoteattr(header.sender)}/>
    <mes:Structure structureID={structure_id} namespace={quoteattr(namespace)} dimensionAtObservation="AllDimensions">
      <com:{usage}>{urn}</com:{usage}>
    </mes:Structure>
  </mes:Header>
  <mes:DataSet ss:structureRef={structure_id} xsi:type="ns1:DataSetType" ss:action="Information"{said}>
"""
