"""SDMX-CSV and independent tools: pysdmx and sdmx1 read the rows that we write, and we those that they write."""

import io
from collections.abc import Callable, Mapping
from pathlib import Path

import polars as pl
import pytest
import sdmx
from pysdmx.io import read_sdmx
from pysdmx.io.csv.sdmx10.writer import write as pysdmx_write_10
from pysdmx.io.csv.sdmx20.writer import write as pysdmx_write_20
from pysdmx.io.csv.sdmx21.writer import write as pysdmx_write_21
from pysdmx.io.pd import PandasDataset
from pysdmx.model import Code, Codelist, Component, Components, Concept, DataType
from pysdmx.model import Schema as PysdmxSchema
from pysdmx.model.dataflow import Role as PysdmxRole
from pysdmx.model.dataset import ActionType
from sdmx.format.csv import v1, v2
from sdmx.format.csv.common import Attributes
from sdmx.model import common, v30
from sdmx.reader.csv import Reader as Sdmx1Reader
from tests.examples.data_sets import FULL, full, read, written

from icstip.messages.data_options import DataOptions, Labels
from icstip.messages.dataset import Action, DataSet, as_text
from icstip.schema import Column, Level
from icstip.standard.model import Role

FORMATS = ["sdmx-csv-1.0", "sdmx-csv-2.0", "sdmx-csv-2.1"]
WRITERS = {"sdmx-csv-1.0": pysdmx_write_10, "sdmx-csv-2.0": pysdmx_write_20, "sdmx-csv-2.1": pysdmx_write_21}

Rows = list[dict[str, str]]


def _ours(data: DataSet) -> Rows:
    texts = data.frame.select(as_text(name, dtype).alias(name) for name, dtype in data.frame.schema.items())
    return [{name: str(value) for name, value in row.items() if value is not None} for row in texts.to_dicts()]


def _pysdmx_component(column: Column) -> Component:
    codes = None
    if column.codes is not None:
        items = [Code(code, name=column.code_names[code]["en"]) for code in column.codes]
        codes = Codelist(column.codelist, name=column.codelist, agency="A", version="1.0", items=items)
    levels = {Level.OBSERVATION: "O", Level.DATASET: "D", None: None}
    is_number = column.data_type == "Decimal"
    is_dimension = column.role in {Role.DIMENSION, Role.TIME_DIMENSION}
    return Component(
        column.id,
        column.mandatory,
        PysdmxRole.DIMENSION if is_dimension else PysdmxRole[column.role.name],
        Concept(column.id, name=column.name["en"]),
        DataType.DOUBLE if is_number else DataType.STRING,
        local_codes=codes,
        attachment_level=levels.get(column.attachment, ",".join(column.attached_to)),
    )


def _pysdmx_dataset(data: DataSet, action: ActionType = ActionType.Replace) -> PandasDataset:
    components = Components([_pysdmx_component(column) for column in FULL.columns])
    structure = PysdmxSchema("dataflow", "A", "DF", components, "1.0.0", name="Example")
    return PandasDataset(structure=structure, data=data.to_pandas(), action=action)


@pytest.mark.parametrize("format_id", FORMATS)
@pytest.mark.parametrize("labels", [Labels.ID, Labels.BOTH, Labels.NAME])
def test_pysdmx_reads_what_we_write(format_id: str, labels: Labels, tmp_path: Path) -> None:
    if format_id == "sdmx-csv-1.0" and labels is Labels.NAME:
        return
    path = tmp_path / "message.csv"
    path.write_bytes(written(full(), format_id, DataOptions(labels=labels)))
    (found,) = read_sdmx(path, validate=False).data
    rows = [{str(k): str(v) for k, v in row.items() if v != ""} for row in found.data.to_dict("records")]
    assert rows == _ours(full())
    assert found.short_urn == "Dataflow=A:DF(1.0.0)"


@pytest.mark.parametrize(
    ("action", "theirs"),
    [(Action.INFORMATION, "Information"), (Action.REPLACE, "Replace"), (Action.DELETE, "Delete")],
)
def test_pysdmx_reads_our_actions(action: Action, theirs: str, tmp_path: Path) -> None:
    path = tmp_path / "message.csv"
    path.write_bytes(written(DataSet(FULL, full().frame, action), "sdmx-csv-2.0"))
    (found,) = read_sdmx(path, validate=False).data
    assert found.action == ActionType[theirs]


@pytest.mark.parametrize("format_id", FORMATS)
def test_we_read_what_pysdmx_writes(format_id: str, tmp_path: Path) -> None:
    text = WRITERS[format_id]([_pysdmx_dataset(full())])
    (found,), findings, reading = read(text.encode(), tmp_path)
    assert found.frame.equals(full().frame)
    assert findings == ()
    # With this action, 2.1 is not to be told from 2.0.
    assert reading.format_id == format_id.replace("2.1", "2.0")
    assert found.action is (Action.INFORMATION if format_id == "sdmx-csv-1.0" else Action.REPLACE)


def test_we_see_version_21_where_pysdmx_merges(tmp_path: Path) -> None:
    text = pysdmx_write_21([_pysdmx_dataset(full(), ActionType.Append)])
    (found,), _, reading = read(text.encode(), tmp_path)
    assert (found.action, reading.format_id) == (Action.MERGE, "sdmx-csv-2.1")


@pytest.mark.parametrize(
    "options",
    [
        {"labels": "name"},
        {"labels": "id"},
        {"keys": "obs"},
        {"keys": "series"},
        {"keys": "both"},
        {"partial_keys": True},
    ],
)
@pytest.mark.parametrize("writer", [pysdmx_write_20, pysdmx_write_21])
def test_we_read_what_pysdmx_writes_with_names_keys_and_rows_of_groups(
    writer: Callable[..., str], options: Mapping[str, object], tmp_path: Path
) -> None:
    (found,), findings, _ = read(writer([_pysdmx_dataset(full())], **options).encode(), tmp_path)
    assert found.frame.equals(full().frame)
    assert findings == ()


@pytest.mark.filterwarnings("ignore:The inplace keyword")  # of pandas, in pysdmx
@pytest.mark.parametrize("format_id", FORMATS)
def test_we_read_what_pysdmx_writes_with_ids_and_names_together(format_id: str, tmp_path: Path) -> None:
    # It writes every value twice, and "<NA>" twice where there is none: only rows without gaps can be read.
    whole = DataSet(FULL, full().frame.drop("LOWER", "RULE").filter(pl.col("COMMENT").is_not_null()).head(1))
    whole = DataSet(FULL, whole.frame.with_columns(pl.lit("c").alias("CONTACT")))
    (found,), findings, _ = read(WRITERS[format_id]([_pysdmx_dataset(whole)], labels="both").encode(), tmp_path)
    assert found.frame.drop("LOWER", "RULE").equals(whole.frame)
    assert findings == ()


@pytest.fixture(scope="module")
def flow() -> v30.Dataflow:
    """The structure of the example in sdmx1."""
    agency = common.Agency(id="A")
    dsd = v30.DataStructureDefinition(id="DSD", version="1.0.0", maintainer=agency)
    for column in FULL.columns:
        match column.role:
            case Role.DIMENSION:
                dsd.dimensions.append(common.Dimension(id=column.id))
            case Role.TIME_DIMENSION:
                dsd.dimensions.append(common.TimeDimension(id=column.id))
            case Role.MEASURE:
                dsd.measures.append(v30.Measure(id=column.id))
            case _:
                attached = v30.ObservationRelationship()
                dsd.attributes.append(common.DataAttribute(id=column.id, related_to=attached))
    return v30.Dataflow(id="DF", version="1.0.0", maintainer=agency, structure=dsd)


def _with_values() -> DataSet:
    return DataSet(FULL, full().frame.filter(pl.col("OBS_VALUE").is_not_null()))


@pytest.mark.parametrize("options", [DataOptions(), DataOptions(labels=Labels.NAME), DataOptions(delimiter=";")])
def test_sdmx1_reads_what_we_write(options: DataOptions, flow: v30.Dataflow) -> None:
    # It splits the lines of a message before it sees quotes; a text with a line end in it is too much for it.
    data = DataSet(FULL, full().frame.with_columns(pl.col("COMMENT").str.replace_all("\n", " ")))
    content = written(data, "sdmx-csv-2.0", options)
    message = Sdmx1Reader().convert(io.BytesIO(content), structure=flow, delimiter=options.delimiter)
    rows = []
    for obs in message.data[0].obs:
        row = {key: str(value.value) for key, value in obs.dimension.values.items()}
        row |= {"OBS_VALUE": str(obs.value)}
        row |= {key: str(value.value) for key, value in obs.attached_attribute.items()}
        rows.append({key: value for key, value in row.items() if value})
    assert rows == _ours(data)


@pytest.mark.parametrize("options", [v1.FormatOptions(), v2.FormatOptions()])
def test_we_read_what_sdmx1_writes(options: v2.FormatOptions, flow: v30.Dataflow, tmp_path: Path) -> None:
    data = _with_values().frame.with_columns(pl.col("COMMENT").str.replace_all("\n", " "))
    content = written(DataSet(FULL, data), "sdmx-csv-2.0")
    message = Sdmx1Reader().convert(io.BytesIO(content), structure=flow)
    path = tmp_path / "theirs.csv"
    sdmx.to_csv(message.data[0], path=path, format_options=options, attributes=Attributes.all)
    (found,), findings, _ = read(path.read_bytes(), tmp_path)
    assert found.frame.equals(data)
    assert findings == ()
