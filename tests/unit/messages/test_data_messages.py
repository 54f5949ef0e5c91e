"""Data sets written as SDMX-CSV 2.0 and SDMX-ML 3.0: the same observations, escaped, without anything from a clock."""

import csv
import io

import polars as pl
import pytest
from lxml import etree
from tests.examples.data_sets import ODD, written

from icstip.messages.dataset import DataSet
from icstip.messages.formats import formats_of
from icstip.schema import ArtefactKey, Column, Level, Schema
from icstip.standard.model import Role


def _column(name: str, role: Role, codes: tuple[str, ...] | None = None, level: Level | None = None) -> Column:
    return Column(name, role, codes, "CL" if codes else None, "String", level, (), mandatory=False)


@pytest.fixture
def dataset() -> DataSet:
    """Four observations: a value, bounds, nothing, and a value with every odd character in its comment."""
    schema = Schema(
        ArtefactKey("A", "DSD", "1.0.0"),
        ArtefactKey("A", "DF", "1.0.0-draft"),
        (
            _column("SEX", Role.DIMENSION, ("F", "M", "_T")),
            _column("TIME_PERIOD", Role.TIME_DIMENSION),
            _column("OBS_VALUE", Role.MEASURE),
            _column("LOWER", Role.ATTRIBUTE, level=Level.OBSERVATION),
            _column("COMMENT", Role.ATTRIBUTE, level=Level.OBSERVATION),
            _column("TITLE", Role.ATTRIBUTE, level=Level.DATASET),
        ),
    )
    frame = pl.DataFrame(
        {
            "SEX": pl.Series(["F", "M", "_T", "_T"], dtype=pl.Enum(["F", "M", "_T"])),
            "TIME_PERIOD": ["2020", "2020", "2020", "2021"],
            "OBS_VALUE": [1240.0, None, None, 0.1],
            "LOWER": [None, 0.0, None, None],
            "COMMENT": [None, None, None, ODD],
            "TITLE": ["Victims & co"] * 4,
        }
    )
    return DataSet(schema, frame)


def test_a_row_of_csv_names_its_structure_and_action(dataset: DataSet) -> None:
    rows = list(csv.DictReader(io.StringIO(written(dataset, "sdmx-csv-2.0").decode(), newline="")))
    assert list(rows[0])[:4] == ["STRUCTURE", "STRUCTURE_ID", "ACTION", "SEX"]
    assert {(row["STRUCTURE"], row["STRUCTURE_ID"], row["ACTION"]) for row in rows} == {
        ("dataflow", "A:DF(1.0.0-draft)", "I")
    }


def test_csv_and_xml_hold_the_same_observations(dataset: DataSet) -> None:
    rows = csv.DictReader(io.StringIO(written(dataset, "sdmx-csv-2.0").decode(), newline=""))
    names = dataset.frame.columns
    from_csv = [{name: row[name] for name in names if row[name] != ""} for row in rows]
    root = etree.fromstring(written(dataset, "sdmx-ml-3.0"))
    data = next(element for element in root.iter() if str(element.tag).endswith("}DataSet"))
    once = {str(name): str(value) for name, value in data.attrib.items() if not str(name).startswith("{")}
    from_xml = [{**{str(k): str(v) for k, v in obs.attrib.items()}, **once} for obs in data.iter("Obs")]
    assert from_xml == from_csv
    assert from_csv[3]["COMMENT"] == ODD


def test_an_attribute_of_the_data_set_is_said_once(dataset: DataSet) -> None:
    text = written(dataset, "sdmx-ml-3.0").decode()
    assert text.count("TITLE=") == 1
    assert 'TITLE="Victims &amp; co"' in text


def test_whole_numbers_have_no_point_and_none_has_an_exponent(dataset: DataSet) -> None:
    values = [1240.0, 0.1, 1e-7, 1.5e20, -3.0]
    rows = pl.concat([dataset.frame.head(1)] * len(values)).with_columns(pl.Series("OBS_VALUE", values))
    text = written(DataSet(dataset.schema, rows), "sdmx-csv-2.0").decode()
    found = [row["OBS_VALUE"] for row in csv.DictReader(io.StringIO(text, newline=""))]
    assert found == ["1240", "0.1", "0.0000001", "150000000000000000000", "-3"]


def test_an_absent_value_is_an_empty_field_and_an_absent_attribute(dataset: DataSet) -> None:
    second = written(dataset, "sdmx-csv-2.0").decode().splitlines()[2]
    assert second == "dataflow,A:DF(1.0.0-draft),I,M,2020,,0,,Victims & co"
    assert '<Obs SEX="M" TIME_PERIOD="2020" LOWER="0"/>' in written(dataset, "sdmx-ml-3.0").decode()


@pytest.mark.parametrize("name", [fmt.id for fmt in formats_of("data")])
def test_the_same_data_give_the_same_bytes(name: str, dataset: DataSet) -> None:
    assert written(dataset, name) == written(dataset, name)


def test_data_without_a_dataflow_name_their_structure(dataset: DataSet) -> None:
    schema = Schema(dataset.schema.structure, None, dataset.schema.columns)
    alone = DataSet(schema, dataset.frame)
    assert b"\ndatastructure,A:DSD(1.0.0)," in written(alone, "sdmx-csv-2.0")
    text = written(alone, "sdmx-ml-3.0")
    assert (
        b"<com:Structure>urn:sdmx:org.sdmx.infomodel.datastructure.DataStructure=A:DSD(1.0.0)</com:Structure>" in text
    )
