"""What independent tools write in SDMX-ML, read by us to the same rows."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import polars as pl
import pytest
import sdmx
from pysdmx.io import write_sdmx
from pysdmx.io.format import Format
from pysdmx.io.pd import PandasDataset
from pysdmx.model import Component, Components, Concept, DataType, Role
from pysdmx.model import Schema as PysdmxSchema
from pysdmx.model.dataflow import Group
from sdmx.message import DataMessage
from sdmx.model import common, v21
from tests.examples.data_ml_reading import Read, Rows, read_pieces
from tests.examples.data_sets import FULL, full, read

from icstip.messages.dataset import Action
from icstip.schema import Level
from icstip.standard.model import Role as OurRole

FORMATS: Final[Mapping[str, Format]] = {
    "sdmx-ml-2.1": Format.DATA_SDMX_ML_2_1_STR,
    "sdmx-ml-2.1-generic": Format.DATA_SDMX_ML_2_1_GEN,
    "sdmx-ml-3.0": Format.DATA_SDMX_ML_3_0,
    "sdmx-ml-3.1": Format.DATA_SDMX_ML_3_1,
}
TIME: Final = "TIME_PERIOD"
ROLES: Final = {
    OurRole.DIMENSION: Role.DIMENSION,
    OurRole.TIME_DIMENSION: Role.DIMENSION,
    OurRole.MEASURE: Role.MEASURE,
}


def _texts() -> pl.DataFrame:
    """The observations of the example as texts."""
    return full().frame.with_columns(
        pl.col(pl.Enum).cast(pl.String), pl.col(pl.Float64).cast(pl.String).str.strip_suffix(".0")
    )


def _rows(frame: pl.DataFrame) -> Rows:
    return [{name: value for name, value in row.items() if value is not None} for row in frame.iter_rows(named=True)]


def _components() -> Components:
    levels = {Level.OBSERVATION: "O", Level.DATASET: "D", Level.GROUP: "AREA", Level.SERIES: "FREQ,AREA,SEX"}
    return Components(
        [
            Component(
                id=column.id,
                required=True,
                role=ROLES.get(column.role, Role.ATTRIBUTE),
                concept=Concept(id=column.id, dtype=DataType.STRING),
                local_dtype=DataType.PERIOD if column.id == TIME else DataType.STRING,
                attachment_level=None if column.attachment is None else levels[column.attachment],
            )
            for column in FULL.columns
        ]
    )


def _by_pysdmx(frame: pl.DataFrame, format_id: str, path: Path, attributes: Mapping[str, str], **more: str) -> bytes:
    known = PysdmxSchema(
        context="dataflow",
        agency="A",
        id="DF",
        version="1.0.0",
        components=_components(),
        artefacts=[],
        groups=[Group(id="BY_AREA", dimensions=["AREA"])],
    )
    pandas = frame.to_pandas()
    data = PandasDataset(structure=known, data=pandas.where(pandas.notna(), ""), attributes=dict(attributes))
    write_sdmx(data, FORMATS[format_id], str(path), **more)
    return path.read_bytes()


def _sorted(rows: Rows) -> Rows:
    return sorted(({name: row[name] for name in sorted(row)} for row in rows), key=str)


@pytest.mark.parametrize("at", [None, TIME, "SEX"])
@pytest.mark.parametrize("format_id", FORMATS)
def test_what_pysdmx_writes_is_read_to_the_same_rows(format_id: str, at: str | None, tmp_path: Path) -> None:
    # It does not escape everything, and takes one value of an attribute for all observations of a series.
    frame = _texts().with_columns(COMMENT=pl.lit("é ع"), TITLE=pl.lit("Victims"))
    frame = frame.drop("RULE") if at == "SEX" else frame
    more = {} if at is None else {"dimension_at_observation": at}
    content = _by_pysdmx(frame.drop("TITLE"), format_id, tmp_path / "written.xml", {"TITLE": "Victims"}, **more)
    assert _sorted(_of_observations(read_pieces(content))) == _sorted(_told_by_groups(frame, at))
    (data,), findings, reading = read(content, tmp_path)
    typed = data.frame.with_columns(pl.col(pl.Enum).cast(pl.String), pl.col(pl.Float64).cast(pl.String))
    typed = typed.with_columns(pl.col("OBS_VALUE", "LOWER").str.strip_suffix(".0"))
    assert _sorted(_rows(typed)) == _sorted(_rows(frame))
    assert findings == ()
    assert reading.format_id == format_id
    assert reading.header is not None
    assert reading.header.sender.id == "ZZZ"
    assert data.action is Action.INFORMATION


def _of_observations(found: Read) -> Rows:
    """The rows that have all dimensions."""
    return [row for row in found.rows if row.keys() >= set(FULL.dimensions)]


def _told_by_groups(frame: pl.DataFrame, at: str | None) -> Rows:
    """The rows without what is told of a group, where observations are in series."""
    return _rows(frame if at is None else frame.drop("CONTACT"))


def _sdmx1_structure() -> v21.DataStructureDefinition:
    dsd = v21.DataStructureDefinition(id="DSD", version="1.0.0", maintainer=common.Agency(id="A"))
    for name in FULL.dimensions:
        dsd.dimensions.getdefault(id=name)
    for name in FULL.attributes:
        dsd.attributes.getdefault(id=name)
    dsd.measures.append(v21.PrimaryMeasure(id="OBS_VALUE"))
    return dsd


def _by_sdmx1(frame: pl.DataFrame, data: common.BaseDataSet, at: object, series: Sequence[str] = ()) -> bytes:
    structure = data.structured_by
    measure = structure.measures[0]

    def attributes(row: Mapping[str, Any], names: Sequence[str]) -> dict[str, Any]:
        told = {name: row[name] for name in names if row.get(name) is not None}
        return {
            name: common.AttributeValue(value=value, value_for=structure.attributes.get(name))
            for name, value in told.items()
        }

    for row in frame.iter_rows(named=True):
        observed = v21.Observation(
            dimension=structure.make_key(v21.Key, {n: row[n] for n in FULL.dimensions if n not in series}),
            value=row["OBS_VALUE"],
            value_for=measure,
            attached_attribute=attributes(row, [name for name in FULL.attributes if name != "TITLE"]),
        )
        if series:
            key = structure.make_key(common.SeriesKey, {name: row[name] for name in series})
            data.add_obs([observed], series_key=key)
        else:
            data.add_obs([observed])
    data.attrib = attributes(frame.row(0, named=True), ["TITLE"])
    message = DataMessage(header=sdmx.message.Header(id="M"), observation_dimension=at)
    message.data.append(data)
    written: bytes = sdmx.to_xml(message)
    return written


WRITTEN: Final = {
    "specific": (v21.StructureSpecificDataSet, "AllDimensions"),
    "generic": (v21.GenericDataSet, "AllDimensions"),
    "specific series": (v21.StructureSpecificTimeSeriesDataSet, TIME),
    "generic series": (v21.GenericTimeSeriesDataSet, TIME),
}


@pytest.mark.parametrize("name", WRITTEN)
def test_what_sdmx1_writes_is_read_to_the_same_rows(name: str, tmp_path: Path) -> None:
    cls, at = WRITTEN[name]
    structure = _sdmx1_structure()
    data = cls(structured_by=structure, action=common.ActionType.append)
    where: Any = common.AllDimensions if at == "AllDimensions" else structure.dimensions.get(at)
    series = () if at == "AllDimensions" else [one for one in FULL.dimensions if one != TIME]
    content = _by_sdmx1(_texts(), data, where, series)
    found = read_pieces(content)
    rows = _rows(_texts())
    if "generic" in name:  # its writer makes a text of None, and has the root of structure-specific data
        rows = [{"OBS_VALUE": "None", **row} for row in rows]
    assert found.rows == rows
    assert found.findings == ()
    assert found.parts[0].head.action is Action.APPEND
    assert str(found.parts[0].head.structure) == "A:DSD(1.0.0)"
    (typed,), _, reading = read(content.replace(b'<gen:ObsValue value="None"/>', b""), tmp_path)
    assert typed.frame.drop("TITLE").equals(full().frame.drop("TITLE"))
    assert reading.format_id == "sdmx-ml-2.1"
