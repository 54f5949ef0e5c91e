"""What we write in SDMX-ML, checked with XML schemas of its structure and read by independent clients."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import sdmx
import sdmx.reader.xml.v30  # before anything of 2.1 is read, or it cannot be imported any more
from lxml import etree
from pysdmx.io import read_sdmx
from sdmx.model import common, v21, v30
from tests.data_messages import OFFICIAL, DataSchema
from tests.examples.data_ml_rows import Row, in_any_order, rows_of, rows_of_message
from tests.examples.data_sets import of, written
from tests.examples.survey import AT_OBSERVATION, SURVEY, attribute, of_type, surveyed

from icstip.artefacts.base import Reference
from icstip.artefacts.collection import Artefacts
from icstip.artefacts.data_structure import DataStructure, Group, Relationship
from icstip.artefacts.data_structure import Level as ArtefactLevel
from icstip.messages.data_options import DataOptions, Layout
from icstip.messages.data_schema.dialect import Version
from icstip.messages.dataset import Action, DataSet
from icstip.schema import ArtefactKey, Column, Level, Schema
from icstip.standard.model import Role
from icstip.structures.building.build import build_artefacts
from icstip.workflow.conversion import Converter

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "glotip_excerpt.xlsx"
SPECIFIC: Mapping[str, Version] = {"sdmx-ml-2.1": "2.1", "sdmx-ml-3.0": "3.0", "sdmx-ml-3.1": "3.1"}
GENERIC = "sdmx-ml-2.1-generic"
FORMATS = (*SPECIFIC, GENERIC)
OPTIONS = {
    "flat": DataOptions(),
    "series": DataOptions(layout=Layout.SERIES),
    "time-series": DataOptions(layout=Layout.TIME_SERIES),
    "across": DataOptions(layout=Layout.SERIES, at_observation="AREA"),
}
AT = {"flat": "AllDimensions", "series": "TIME_PERIOD", "time-series": "TIME_PERIOD", "across": "AREA"}

GROUPED = surveyed(
    Group(id="Sibling", dimensions=("AREA", "SEX")),
    Group(id="ByArea", dimensions=("AREA",)),
    attribute("TITLE", Relationship(ArtefactLevel.GROUP, group="Sibling"), of_type("String")),
    attribute("SOURCE", Relationship(ArtefactLevel.GROUP, group="ByArea"), of_type("String")),
    attribute("FREE", AT_OBSERVATION, of_type("String")),
)
"""The survey with groups and a free text."""


def _column(name: str, role: Role, *codes: str, **more: Any) -> Column:  # noqa: ANN401 - whatever a column has
    fields: dict[str, Any] = {"data_type": "String", "attachment": None, "attached_to": (), "mandatory": False}
    return Column(name, role, codes or None, f"CL_{name}" if codes else None, **{**fields, **more})


SCHEMA = Schema(
    ArtefactKey("TEST", "SURVEY", "1.0.0"),
    None,
    (
        _column("AREA", Role.DIMENSION, "W", "AF", "CI", "EU"),
        _column("SEX", Role.DIMENSION, "F", "M", "T"),
        _column("TIME_PERIOD", Role.TIME_DIMENSION, data_type="ObservationalTimePeriod"),
        _column("OBS_VALUE", Role.MEASURE, data_type="Decimal"),
        _column("STATUS", Role.ATTRIBUTE, "A", "O", attachment=Level.OBSERVATION),
        _column("NOTE", Role.ATTRIBUTE, attachment=Level.SERIES, attached_to=("AREA", "SEX")),
        _column("UNIT", Role.ATTRIBUTE, "€ & $", "per cent", attachment=Level.DATASET),
        _column("TITLE", Role.ATTRIBUTE, attachment=Level.GROUP, attached_to=("AREA", "SEX"), group="Sibling"),
        _column("SOURCE", Role.ATTRIBUTE, attachment=Level.GROUP, attached_to=("AREA",), group="ByArea"),
        _column("FREE", Role.ATTRIBUTE, attachment=Level.OBSERVATION),
    ),
    groups={"Sibling": ("AREA", "SEX"), "ByArea": ("AREA",)},
)


def survey() -> DataSet:
    """Observations of the survey with attributes at all levels, series mixed up."""
    frame = pl.DataFrame(
        {
            "AREA": ["CI", "W", "CI", "CI", "W", "EU"],
            "SEX": ["F", "T", "M", "F", "T", "M"],
            "TIME_PERIOD": ["2020", "2020", "2020", "2021-Q1", "2021-Q1", "2020"],
            "OBS_VALUE": [1240.0, 0.5, -3.25, 1e-7, None, 2.0],
            "STATUS": ["A", "A", "A", "A", "O", "A"],
            "NOTE": ["<n> & 1", None, 'n "2"', "<n> & 1", None, None],
            "UNIT": "€ & $",
            "TITLE": ["Femmes", "Tous", None, "Femmes", "Tous", None],
            "SOURCE": ["police, l'été", None, "police, l'été", "police, l'été", None, "x"],
            "FREE": [None, "a\tb\nc", "&lt;", None, "مرحبا", "é"],
        }
    )
    return of(SCHEMA, frame)


def rows_apart() -> pl.DataFrame:
    """Attributes of what has no observations: a series, a group."""
    given: Sequence[Row] = [
        {"AREA": "AF", "SEX": "F", "NOTE": "n"},
        {"AREA": "AF", "SOURCE": "s"},
        {"AREA": "AF", "SEX": "T", "TITLE": "t"},
    ]
    frame = survey().frame
    return pl.DataFrame([{name: row.get(name) for name in frame.columns} for row in given], frame.schema)


@pytest.mark.parametrize("layout", OPTIONS)
@pytest.mark.parametrize("format_id", SPECIFIC)
def test_data_with_attributes_at_all_levels_are_valid(format_id: str, layout: str) -> None:
    schema = DataSchema(GROUPED, SURVEY.reference, SPECIFIC[format_id], AT[layout])
    content = written(survey(), format_id, OPTIONS[layout])
    assert schema.errors(content) == []
    assert schema.errors(content.replace(b'SOURCE="x"', b'TITLE="x"')) != []  # the schema looks at groups


@pytest.mark.parametrize("layout", OPTIONS)
@pytest.mark.parametrize("format_id", SPECIFIC)
def test_attributes_without_observations_are_valid(format_id: str, layout: str) -> None:
    schema = DataSchema(GROUPED, SURVEY.reference, SPECIFIC[format_id], AT[layout])
    data = DataSet(SCHEMA, survey().frame.vstack(rows_apart()))
    assert schema.errors(written(data, format_id, OPTIONS[layout])) == []


@pytest.mark.parametrize("layout", OPTIONS)
@pytest.mark.parametrize("format_id", SPECIFIC)
def test_what_is_to_be_deleted_is_valid(format_id: str, layout: str) -> None:
    schema = DataSchema(GROUPED, SURVEY.reference, SPECIFIC[format_id], AT[layout], complete=False)
    keys = survey().frame.select(
        *SCHEMA.dimensions,
        *(pl.lit(None, dtype).alias(name) for name, dtype in list(survey().frame.schema.items())[3:]),
    )
    parts = keys[:3].vstack(keys[3:4].with_columns(TIME_PERIOD=None))
    parts = parts.vstack(keys[4:5].with_columns(TIME_PERIOD=None, SEX=None)).vstack(keys[5:].with_columns(AREA=None))
    for frame in (parts, rows_apart(), survey().frame):
        content = written(DataSet(SCHEMA, frame, Action.DELETE), format_id, OPTIONS[layout])
        assert schema.errors(content) == []
        assert b'action="Delete"' in content


@pytest.mark.parametrize("layout", OPTIONS)
def test_generic_data_are_valid(layout: str) -> None:
    official = etree.XMLSchema(etree.parse(OFFICIAL["2.1"] / "SDMXMessage.xsd"))
    data = [survey(), DataSet(SCHEMA, rows_apart()), replace(survey(), action=Action.DELETE)]
    official.assertValid(etree.fromstring(written(data, GENERIC, OPTIONS[layout])))


@pytest.fixture(scope="module")
def converter() -> Converter:
    return Converter()


@pytest.fixture(scope="module")
def artefacts(converter: Converter) -> Artefacts:
    return build_artefacts(converter.standard)


@pytest.fixture(scope="module")
def datasets(converter: Converter) -> Mapping[str, DataSet]:
    return converter.convert(EXAMPLE, "glotip").datasets


@pytest.mark.parametrize("structure", ["TIP_EVENT", "TIP_VICTIM", "TIP_PERPETRATOR"])
@pytest.mark.parametrize("layout", ["flat", "series", "time-series"])
@pytest.mark.parametrize("format_id", SPECIFIC)
def test_data_of_the_standard_are_valid(
    format_id: str, layout: str, structure: str, datasets: Mapping[str, DataSet], artefacts: Artefacts
) -> None:
    reference = next(one for one in artefacts.all_of(DataStructure) if one.id == structure).reference
    data = datasets[structure]
    if data.schema.dataflow is not None:
        key = data.schema.dataflow
        reference = Reference("Dataflow", key.agency, key.id, key.version)
    schema = DataSchema(artefacts, reference, SPECIFIC[format_id], AT[layout])
    content = written(data, format_id, OPTIONS[layout])
    assert schema.errors(content) == []


@pytest.mark.parametrize("structure", ["TIP_EVENT", "TIP_VICTIM", "TIP_PERPETRATOR"])
@pytest.mark.parametrize("layout", ["flat", "series", "time-series"])
@pytest.mark.parametrize("format_id", FORMATS)
def test_data_of_the_standard_are_read_as_they_were_written(
    format_id: str, layout: str, structure: str, datasets: Mapping[str, DataSet]
) -> None:
    data = datasets[structure]
    content = written(data, format_id, OPTIONS[layout])
    found = [row for _, rows in rows_of_message(content, data.schema) for row in rows]
    assert in_any_order(found) == in_any_order(rows_of(data))
    if layout == "flat":
        assert found == rows_of(data)


LIMITS = {
    "pysdmx-groups": "pysdmx reads no groups in flat data, and of several that say the same attribute only the first",
    "sdmx1-3.1": "sdmx1 does not read SDMX-ML 3.1",
    "sdmx1-3.0-dataset": "sdmx1 fails on attributes of a data set of SDMX-ML 3.0",
    "sdmx1-generic-dataset": "sdmx1 takes attributes of a generic data set for those of its first series or group",
}
"""What independent clients do not read of what we write; the tests leave it out."""

GROUP_ATTRIBUTES = ("TITLE", "SOURCE")


def without(*names: str) -> DataSet:
    """The observations of the survey without some attributes."""
    return DataSet(SCHEMA, survey().frame.drop(names))


def read_by_pysdmx(content: bytes) -> list[Row]:
    rows: list[Row] = []
    for dataset in read_sdmx(io.BytesIO(content), validate=False).data:
        once = {str(name): str(value) for name, value in dataset.attributes.items()}
        frame = dataset.data.astype(object).where(dataset.data.notna(), "")
        told = ({str(k): str(v) for k, v in row.items() if v not in {"", None}} for row in frame.to_dict("records"))
        rows += [{**once, **row} for row in told]
    return rows


@pytest.mark.parametrize("layout", OPTIONS)
@pytest.mark.parametrize("format_id", FORMATS)
def test_pysdmx_reads_the_rows_that_were_written(format_id: str, layout: str) -> None:
    data = without(*GROUP_ATTRIBUTES)  # LIMITS: pysdmx-groups
    found = read_by_pysdmx(written(data, format_id, OPTIONS[layout]))
    assert in_any_order(found) == in_any_order(rows_of(data))


@pytest.mark.parametrize("layout", ["series", "time-series"])
@pytest.mark.parametrize("format_id", FORMATS)
def test_pysdmx_reads_a_group_in_series(format_id: str, layout: str) -> None:
    one_group = survey().frame.filter(AREA="CI", SEX="F").drop("TITLE")
    data = DataSet(SCHEMA, one_group)
    found = read_by_pysdmx(written(data, format_id, OPTIONS[layout]))
    assert in_any_order(found) == in_any_order(rows_of(data))


def test_pysdmx_reads_several_data_sets_of_a_message() -> None:
    parts = [
        without(*GROUP_ATTRIBUTES),
        *(
            DataSet(replace(SCHEMA, dataflow=ArtefactKey("TEST", "DF", "1.0.0")), part)
            for part in [without(*GROUP_ATTRIBUTES).frame[:2]]
        ),
    ]
    content = written(parts, "sdmx-ml-3.0")
    assert [one.short_urn for one in read_sdmx(io.BytesIO(content), validate=False).data] == [
        "DataStructure=TEST:SURVEY(1.0.0)",
        "Dataflow=TEST:DF(1.0.0)",
    ]
    assert in_any_order(read_by_pysdmx(content)) == in_any_order([row for part in parts for row in rows_of(part)])


def sdmx1_structure(model: Any) -> Any:  # noqa: ANN401 - sdmx1 has no types
    """The survey as sdmx1 knows it, in a version of its information model."""
    found = model.DataStructureDefinition(id="SURVEY", version="1.0.0", maintainer=common.Agency(id="TEST"))
    for name in SCHEMA.dimensions:
        found.dimensions.getdefault(id=name, cls=common.TimeDimension if name == "TIME_PERIOD" else common.Dimension)
    for name in SCHEMA.attributes:
        found.attributes.getdefault(id=name)
    for one in found.attributes.components:
        one.concept_identity = common.Concept(id=one.id)
        one.concept_identity.core_representation = common.Representation()
    for name, dimensions in SCHEMA.groups.items():
        parts = [found.dimensions.get(dimension) for dimension in dimensions]
        found.group_dimensions[name] = common.GroupDimensionDescriptor(id=name, components=parts)
    found.measures.append(model.PrimaryMeasure(id="OBS_VALUE") if model is v21 else v30.Measure(id="OBS_VALUE"))
    return found


def read_by_sdmx1(content: bytes, structure: object) -> list[Row]:
    rows = []
    for dataset in sdmx.read_sdmx(io.BytesIO(content), structure=structure).data:
        once = {name: str(value.value) for name, value in getattr(dataset, "attrib", {}).items()}
        for obs in dataset.obs:
            told = {**obs.key.values, **obs.attrib}
            value = {} if obs.value is None else {"OBS_VALUE": str(obs.value)}
            rows.append({**once, **{str(name): str(one.value) for name, one in told.items()}, **value})
    return rows


@pytest.mark.parametrize("layout", OPTIONS)
@pytest.mark.parametrize("format_id", ["sdmx-ml-2.1", "sdmx-ml-3.0"])  # LIMITS: sdmx1-3.1
def test_sdmx1_reads_the_rows_that_were_written(format_id: str, layout: str) -> None:
    model, data = (v21, survey()) if format_id == "sdmx-ml-2.1" else (v30, without("UNIT"))  # LIMITS: sdmx1-3.0-dataset
    found = read_by_sdmx1(written(data, format_id, OPTIONS[layout]), sdmx1_structure(model))
    assert in_any_order(found) == in_any_order(rows_of(data))


@pytest.mark.parametrize("layout", OPTIONS)
def test_sdmx1_reads_the_rows_of_generic_data(layout: str) -> None:
    data = without("UNIT")  # LIMITS: sdmx1-generic-dataset
    found = read_by_sdmx1(written(data, GENERIC, OPTIONS[layout]), sdmx1_structure(v21))
    assert in_any_order(found) == in_any_order(rows_of(data))


LIMITED = [
    ("pysdmx-groups", "sdmx-ml-3.0", "flat"),
    ("pysdmx-groups", "sdmx-ml-3.0", "series"),
    ("pysdmx-groups", GENERIC, "flat"),
    ("sdmx1-3.1", "sdmx-ml-3.1", "flat"),
    ("sdmx1-3.0-dataset", "sdmx-ml-3.0", "series"),
    ("sdmx1-generic-dataset", GENERIC, "series"),
]


@pytest.mark.parametrize(("limit", "format_id", "layout"), LIMITED)
def test_a_limit_of_a_client_is_still_one(
    limit: str, format_id: str, layout: str, request: pytest.FixtureRequest
) -> None:
    request.applymarker(pytest.mark.xfail(reason=LIMITS[limit], strict=True))
    content = written(survey(), format_id, OPTIONS[layout])
    if limit.startswith("pysdmx"):
        found = read_by_pysdmx(content)
    else:
        found = read_by_sdmx1(content, sdmx1_structure(v21 if format_id == GENERIC else v30))
    assert in_any_order(found) == in_any_order(rows_of(survey()))
