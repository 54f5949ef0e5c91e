"""Structure-specific data of independent writers, checked with our schemas of the same structure.

Both writers put things into the head of a data set that the official schemas do not have there. The tests say which,
mend them, and hold the rest to the schema as it was written.
"""

from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import polars as pl
import pytest
import sdmx
from pysdmx.io import write_sdmx
from pysdmx.io.format import Format
from pysdmx.io.pd import PandasDataset
from pysdmx.model import Component as PysdmxComponent
from pysdmx.model import Components, Concept, DataType, Role, Schema
from pysdmx.model.dataflow import Group as PysdmxGroup
from sdmx.model import common, v21
from tests.data_messages import ALL, VERSIONS, DataSchema
from tests.examples.survey import AT_OBSERVATION, SURVEY, attribute, of_type, surveyed

from icstip.artefacts.collection import Artefacts
from icstip.artefacts.data_structure import Attribute, DataStructure, Group, Level, Relationship
from icstip.artefacts.versions import without_extension
from icstip.messages.data_schema.dialect import Version
from icstip.structures.building.build import build_artefacts
from icstip.workflow.conversion import Converter

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "glotip_excerpt.xlsx"
FORMATS = {"2.1": Format.DATA_SDMX_ML_2_1_STR, "3.0": Format.DATA_SDMX_ML_3_0, "3.1": Format.DATA_SDMX_ML_3_1}
every_version = pytest.mark.parametrize("version", VERSIONS)


@pytest.fixture(scope="module")
def artefacts(converter: Converter) -> Artefacts:
    return build_artefacts(converter.standard)


@pytest.fixture(scope="module")
def converter() -> Converter:
    return Converter()


@pytest.fixture(scope="module")
def victims(converter: Converter) -> pd.DataFrame:
    frame = converter.convert(EXAMPLE, "glotip").datasets["TIP_VICTIM"].frame
    return frame.head(100).with_columns(pl.col(pl.Enum).cast(pl.String)).to_pandas()


@pytest.fixture(scope="module")
def structure(artefacts: Artefacts) -> DataStructure:
    return next(one for one in artefacts.all_of(DataStructure) if one.id == "TIP_VICTIM")


def _level(one: Attribute, structure: DataStructure) -> str:
    relationship = one.relationship
    of_group = {group.id: group.dimensions for group in structure.groups}
    fixed = {Level.DATASET: "D", Level.OBSERVATION: "O"}
    return fixed.get(relationship.level) or ",".join(of_group.get(relationship.group, relationship.dimensions))


def written_by_pysdmx(structure: DataStructure, rows: pd.DataFrame, version: Version, at: str) -> str:
    """A message of pysdmx with the structure as pysdmx knows it."""
    components = [
        *(
            PysdmxComponent(
                d.id, required=True, role=Role.DIMENSION, concept=Concept(d.id), local_dtype=DataType.STRING
            )
            for d in structure.dimensions
        ),
        *(
            PysdmxComponent(
                m.id, required=False, role=Role.MEASURE, concept=Concept(m.id), local_dtype=DataType.DECIMAL
            )
            for m in structure.measures
        ),
        *(
            PysdmxComponent(
                a.id, a.mandatory, Role.ATTRIBUTE, Concept(a.id), DataType.STRING, attachment_level=_level(a, structure)
            )
            for a in structure.attributes
            if a.id in rows
        ),
    ]
    schema = Schema(
        "datastructure",
        structure.agency,
        structure.id,
        Components(components),
        without_extension(structure.version) if version == "2.1" else structure.version,
        groups=[PysdmxGroup(id=group.id, dimensions=list(group.dimensions)) for group in structure.groups],
    )
    dataset = PandasDataset(structure=schema, data=rows.copy(), attributes={"TITLE": "Title"} if at == ALL else {})
    message: str = write_sdmx(dataset, FORMATS[version], dimension_at_observation={dataset.short_urn: at})
    return message


def mended(message: str) -> str:
    """A message of pysdmx whose data set is what the official schemas say (`SetAttributeGroup`, `DataScopeType`)."""
    scope = message.partition('ss:dataScope="')[2].partition('"')[0]
    qualified = message.replace(' action="Information"', ' ss:action="Information"')
    return qualified.replace(f'ss:dataScope="{scope}"', 'ss:dataScope="DataStructure"')


HEAD = {
    "2.1": ["dataScope': [facet 'enumeration']", "attribute 'action': The attribute 'action' is not allowed."],
    "3.0": ["attribute 'action': The attribute 'action' is not allowed."],
    "3.1": ["attribute 'action': The attribute 'action' is not allowed."],
}


@every_version
@pytest.mark.parametrize("at", [ALL, "TIME_PERIOD"])
def test_data_of_pysdmx_are_valid_but_for_the_head_of_the_data_set(
    version: Version, at: str, structure: DataStructure, artefacts: Artefacts, victims: pd.DataFrame
) -> None:
    schema = DataSchema(artefacts, structure.reference, version, at)
    message = written_by_pysdmx(structure, victims, version, at)
    errors = schema.errors(message.encode())
    assert len(errors) == len(HEAD[version])
    assert all(said in error for said, error in zip(HEAD[version], errors, strict=True))
    assert schema.errors(mended(message).encode()) == []
    wrong = mended(message).replace('INDICATOR="VIC_DET"', 'INDICATOR="NOPE"', 1)
    assert ["'NOPE'" in error for error in schema.errors(wrong.encode())] == [True]


@every_version
def test_pysdmx_puts_attributes_of_the_dimension_at_the_observation_on_the_series(
    version: Version, structure: DataStructure, artefacts: Artefacts, victims: pd.DataFrame
) -> None:
    """They belong to the observation: `SeriesType` and `ObsType` in the official schemas."""
    schema = DataSchema(artefacts, structure.reference, version, "REF_AREA")
    message = mended(written_by_pysdmx(structure, victims, version, "REF_AREA"))
    of_series = [a.id for a in structure.attributes if a.relationship.level is Level.DIMENSIONS and a.id in victims]
    told = {error.partition(": ")[0] for error in schema.errors(message.encode())}
    assert told
    assert told <= {f"Element 'Series', attribute '{id_}'" for id_ in of_series}
    without = mended(written_by_pysdmx(structure, victims.drop(columns=of_series), version, "REF_AREA"))
    assert schema.errors(without.encode()) == []


@every_version
def test_groups_of_pysdmx_are_valid(version: Version) -> None:
    of_group = Relationship(Level.GROUP, group="Sibling")
    artefacts = surveyed(
        Group(id="Sibling", dimensions=("AREA", "SEX")),
        Group(id="ByArea", dimensions=("AREA",)),
        attribute("TITLE", of_group, of_type("String")),
        attribute("SOURCE", Relationship(Level.GROUP, group="ByArea"), of_type("String")),
        attributes=(attribute("STATUS", AT_OBSERVATION, SURVEY.attributes[0].representation, mandatory=True),),
    )
    structure = artefacts.all_of(DataStructure)[0]
    rows = pd.DataFrame(
        {
            "AREA": ["CI", "CI", "W"],
            "SEX": ["F", "M", "T"],
            "TIME_PERIOD": "2020",
            "OBS_VALUE": ["1", "2.5", ""],
            "STATUS": ["A", "A", "O"],
            "TITLE": ["Women", "Men", ""],
            "SOURCE": ["Ivorian <police> & courts", "Ivorian <police> & courts", ""],
        }
    )
    schema = DataSchema(artefacts, structure.reference, version, "TIME_PERIOD")
    message = mended(written_by_pysdmx(structure, rows, version, "TIME_PERIOD"))
    assert message.count("<Group") == 3
    assert schema.errors(message.encode()) == []
    assert schema.errors(message.replace("TITLE=", "SOURCE=").encode()) != []


def sdmx1_structure() -> v21.DataStructureDefinition:
    """The survey as sdmx1 knows it."""
    found = v21.DataStructureDefinition(id="SURVEY", version="1.0.0", maintainer=common.Agency(id="TEST"))
    for dimension in SURVEY.dimensions:
        found.dimensions.getdefault(id=dimension.id)
    for one in SURVEY.attributes:
        found.attributes.getdefault(id=one.id)
    found.measures.append(v21.PrimaryMeasure(id="OBS_VALUE"))
    return found


def written_by_sdmx1(at: str) -> str:
    """A message of sdmx1 with three observations."""
    structure = sdmx1_structure()
    dataset = v21.StructureSpecificDataSet(structured_by=structure, action=common.ActionType.replace)

    def observation(value: float | None, status: str, **key: str) -> v21.Observation:
        told = common.AttributeValue(value=status, value_for=structure.attributes.get("STATUS"))
        return v21.Observation(
            dimension=structure.make_key(v21.Key, key),
            value=value,
            value_for=structure.measures[0],
            attached_attribute={"STATUS": told},
        )

    if at == ALL:
        dataset.add_obs(
            [
                observation(1.5, "A", AREA="CI", SEX="F", TIME_PERIOD="2020"),
                observation(2, "A", AREA="CI", SEX="F", TIME_PERIOD="2021-Q1"),
                observation(None, "O", AREA="W", SEX="T", TIME_PERIOD="2020"),
            ]
        )
    else:
        for area, sex in (("CI", "F"), ("W", "T")):
            series = structure.make_key(v21.SeriesKey, {"AREA": area, "SEX": sex})
            series.attrib["NOTE"] = common.AttributeValue(value="<a> & b", value_for=structure.attributes.get("NOTE"))
            dataset.add_obs([observation(1.5, "A", TIME_PERIOD=year) for year in ("2020", "2021")], series)
    dimension = common.AllDimensions if at == ALL else structure.dimensions.get(at)
    header = sdmx.message.Header(
        id="M1", test=False, prepared=datetime(2025, 1, 1, tzinfo=UTC), sender=common.Agency(id="TEST")
    )
    message = sdmx.message.DataMessage(header=header, observation_dimension=dimension)
    message.data.append(dataset)
    return sdmx.to_xml(message).decode()  # type: ignore[no-any-return] # sdmx has no types


@pytest.mark.parametrize(
    ("at", "absent"), [(ALL, ["dimensionAtObservation", "namespace"]), ("TIME_PERIOD", ["namespace"])]
)
def test_the_series_and_observations_of_sdmx1_are_valid(at: str, absent: list[str]) -> None:
    """Its header lacks what structure-specific data need, and its data set has no type."""
    schema = DataSchema(surveyed(), SURVEY.reference, "2.1", at)
    message = written_by_sdmx1(at)
    assert sorted(error.rpartition(": ")[2] for error in schema.errors(message.encode())) == [
        *(f"The attribute '{name}' is required but missing." for name in absent),
        "The type definition is abstract.",
    ]
    body = message.partition("structureRef=")[2].partition(">")[2].partition("</mes:DataSet>")[0]
    assert body.count("<Obs") >= 3
    assert schema.errors_of_data(body) == []
    assert schema.errors_of_data(body.replace('"CI"', '"XX"', 1)) != []
