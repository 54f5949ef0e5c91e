"""A message of a structure is valid by its schema, and what does not belong in it is refused."""

import re
import shutil
from functools import cache
from pathlib import Path

import pytest
from lxml import etree
from tests.data_messages import ALL, OFFICIAL, VERSIONS, DataSchema
from tests.examples.survey import (
    AGREEMENT,
    FLAT,
    FLOW,
    SERIES,
    SURVEY,
    SURVEY_ARTEFACTS,
    dimension,
    measure,
    surveyed,
)

from icstip.artefacts.base import Maintainable, Reference
from icstip.artefacts.collection import Artefacts
from icstip.artefacts.data_structure import Dataflow
from icstip.artefacts.items import ConceptScheme
from icstip.errors import StructureError
from icstip.messages.data_schema.dialect import Version
from icstip.messages.data_schema.write import write_schema

STRUCTURE = SURVEY.reference
BY_AREA = (
    '<Series SEX="F" TIME_PERIOD="2020"><Obs AREA="CI" OBS_VALUE="1" STATUS="A"/><Obs AREA="W" STATUS="O"/></Series>'
)
BODIES = {ALL: FLAT, "TIME_PERIOD": SERIES, "AREA": BY_AREA}
every_version = pytest.mark.parametrize("version", VERSIONS)


@cache
def of_survey(version: Version, at: str = ALL) -> DataSchema:
    return DataSchema(SURVEY_ARTEFACTS, STRUCTURE, version, at)


@every_version
@pytest.mark.parametrize("at", BODIES)
@pytest.mark.parametrize("subject", [SURVEY, FLOW, AGREEMENT], ids=lambda subject: subject.kind)
def test_data_of_a_structure_a_dataflow_or_an_agreement_are_valid_flat_or_in_series(
    version: Version, at: str, subject: Maintainable
) -> None:
    assert DataSchema(SURVEY_ARTEFACTS, subject.reference, version, at).errors_of_data(BODIES[at]) == []


@every_version
@pytest.mark.parametrize("at", BODIES)
def test_a_schema_is_for_one_dimension_at_the_observation(version: Version, at: str) -> None:
    schema = of_survey(version, at)
    for other, body in BODIES.items():
        assert (schema.errors_of_data(body) == []) is (other == at)


@every_version
@pytest.mark.parametrize(
    ("planted", "said"),
    [
        ('AREA="XX"', "'XX' is not an element of the set"),
        ('AREA=""', "'' is not an element of the set"),
        ("", "The attribute 'AREA' is required but missing"),
        ('AREA="CI" COLOUR="RED"', "The attribute 'COLOUR' is not allowed"),
        ('AREA="CI" UNIT="per cent"', "The attribute 'UNIT' is not allowed"),
        ('AREA="CI" NOTE="far too long a note"', "'NOTE': .*'far too long a note'"),
    ],
)
def test_what_is_wrong_in_a_key_or_not_of_an_observation_is_refused(version: Version, planted: str, said: str) -> None:
    for at, body in BODIES.items():
        errors = of_survey(version, at).errors_of_data(body.replace('AREA="CI"', planted, 1))
        assert re.search(said, " ".join(errors))


@every_version
@pytest.mark.parametrize(
    ("given", "planted", "said"),
    [
        ('OBS_VALUE="1.5"', 'OBS_VALUE="many"', "'OBS_VALUE': .*'many'"),
        ('TIME_PERIOD="2020"', 'TIME_PERIOD="last year"', "'TIME_PERIOD': .*'last year'"),
        (' TIME_PERIOD="2020"', "", "The attribute 'TIME_PERIOD' is required but missing"),
        (' STATUS="A"', "", "The attribute 'STATUS' is required but missing"),
        ('STATUS="A"', 'STATUS="Z"', "'STATUS': .*'Z'"),
        ("<Obs", '<Obs type="X"', "The attribute 'type' is not allowed"),
        ("<Obs", '<Obs REPORTING_YEAR_START_DAY="--07-01"', "The attribute 'REPORTING_YEAR_START_DAY' is not allowed"),
    ],
)
def test_what_is_wrong_in_an_observation_is_refused(version: Version, given: str, planted: str, said: str) -> None:
    for at in (ALL, "TIME_PERIOD"):
        errors = of_survey(version, at).errors_of_data(BODIES[at].replace(given, planted))
        assert re.search(said, " ".join(errors))


@every_version
def test_an_attribute_of_dimensions_stands_where_all_of_them_are(version: Version) -> None:
    assert of_survey(version).errors_of_data(FLAT.replace("<Obs", '<Obs NOTE="n"')) == []
    in_series = of_survey(version, "TIME_PERIOD")
    assert in_series.errors_of_data(SERIES.replace("<Series", '<Series NOTE="n"')) == []
    assert in_series.errors_of_data(SERIES.replace("<Obs", '<Obs NOTE="n"')) != []
    # one of its dimensions is at the observation
    by_area = of_survey(version, "AREA")
    assert by_area.errors_of_data(BY_AREA.replace("<Obs", '<Obs NOTE="n"')) == []
    assert by_area.errors_of_data(BY_AREA.replace("<Series", '<Series NOTE="n"')) != []


@every_version
def test_the_data_set_has_its_own_attributes_and_no_others(version: Version) -> None:
    schema = of_survey(version)
    assert schema.errors_of_data(FLAT, 'UNIT="€ &amp; $"') == []
    assert schema.errors_of_data(FLAT, 'UNIT="$"') != []
    assert schema.errors_of_data(FLAT, 'STATUS="A"') != []
    (error,) = schema.errors_of_data(FLAT, 'action="Replace"')
    assert "The attribute 'action' is not allowed" in error


@every_version
def test_mandatory_attributes_may_be_absent_where_data_need_not_be_complete(version: Version) -> None:
    without = FLAT.replace(' STATUS="A"', "")
    assert of_survey(version).errors_of_data(without) != []
    assert DataSchema(SURVEY_ARTEFACTS, STRUCTURE, version, complete=False).errors_of_data(without) == []


@every_version
def test_a_code_is_documented_with_its_names_in_all_languages(version: Version) -> None:
    xs = {"xs": "http://www.w3.org/2001/XMLSchema"}
    root = etree.fromstring(of_survey(version).content)
    (of_area,) = root.findall("xs:simpleType[@name='Codelist.TEST.CL_AREA.1.0.0']", xs)
    found = {
        code.get("value"): [(text.get("{http://www.w3.org/XML/1998/namespace}lang"), text.text) for text in code[0]]
        for code in of_area.iterfind(".//xs:enumeration", xs)
    }
    assert found == {
        "W": [("en", "World"), ("fr", "Monde"), ("ar", "العالم")],
        "AF": [("en", "Africa")],
        "CI": [("en", 'Côte d\'Ivoire & <"others">')],
        "EU": [("en", "Europe")],
    }
    assert [text.text for text in root.iterfind("xs:annotation/xs:documentation", xs)] == ["Survey", "Enquête"]


def test_the_namespace_is_that_of_the_data_sets_of_messages() -> None:
    draft = {"version": "1.0.0-draft"}
    artefacts = surveyed(**draft)
    reference = Reference("DataStructure", "TEST", "SURVEY", "1.0.0-draft")
    found = {}
    for version in VERSIONS:
        root = etree.fromstring(write_schema(artefacts, reference, version=version, dimension_at_observation="AREA"))
        found[version] = root.get("targetNamespace")
    survey = "urn:sdmx:org.sdmx.infomodel.datastructure.DataStructure=TEST:SURVEY"
    assert found == {
        "2.1": f"{survey}(1.0.0):ObsLevelDim:AREA",
        "3.0": f"{survey}(1.0.0-draft):ObsLevelDim:AREA",
        "3.1": f"{survey}(1.0.0-draft):ObsLevelDim:AREA",
    }


@every_version
def test_a_schema_beside_the_official_ones_needs_no_address(version: Version, tmp_path: Path) -> None:
    shutil.copytree(OFFICIAL[version], tmp_path, dirs_exist_ok=True)
    own = tmp_path / "own.xsd"
    own.write_bytes(write_schema(SURVEY_ARTEFACTS, STRUCTURE, version=version))
    message = etree.fromstring(of_survey(version).message(FLAT))
    assert etree.XMLSchema(etree.parse(own)).validate(message)


@pytest.mark.parametrize(
    ("base", "found"),
    [
        ("", "SDMXMessage.xsd"),
        ("schemas", "schemas/SDMXMessage.xsd"),
        ("../my schemas/", "../my%20schemas/SDMXMessage.xsd"),
        ("https://example.org/v3_0/", "https://example.org/v3_0/SDMXMessage.xsd"),
    ],
)
def test_the_official_schemas_are_looked_for_where_the_base_says(base: str, found: str) -> None:
    root = etree.fromstring(write_schema(SURVEY_ARTEFACTS, STRUCTURE, base=base))
    assert root[0].get("schemaLocation") == found


@every_version
def test_equal_structures_give_equal_bytes(version: Version) -> None:
    schemas = {write_schema(artefacts, STRUCTURE, version=version) for artefacts in (SURVEY_ARTEFACTS, surveyed())}
    assert len(schemas) == 1


@pytest.mark.parametrize(
    ("artefacts", "structure", "options", "message_id"),
    [
        (Artefacts(), STRUCTURE, {}, "schema-structure-absent"),
        (Artefacts.of((FLOW,)), FLOW.reference, {}, "schema-structure-absent"),
        (
            Artefacts.of((Dataflow(agency="TEST", id="DF", version="1.0.0"),)),
            FLOW.reference,
            {},
            "schema-structure-absent",
        ),
        (SURVEY_ARTEFACTS, Reference("Codelist", "TEST", "CL_AREA", "1.0.0"), {}, "schema-structure-absent"),
        (Artefacts.of((SURVEY,)), STRUCTURE, {}, "codelist-absent"),
        (surveyed(ConceptScheme(agency="TEST", id="CS", version="1.0.0")), STRUCTURE, {}, "schema-concept-absent"),
        (SURVEY_ARTEFACTS, STRUCTURE, {"dimension_at_observation": "STATUS"}, "schema-dimension-unknown"),
        (surveyed(measure("RATE", "Double")), STRUCTURE, {"version": "2.1"}, "schema-measures"),
        (surveyed(measures=()), STRUCTURE, {"version": "2.1"}, "schema-measures"),
        (surveyed(dimensions=(dimension("1ST", None),)), STRUCTURE, {}, "schema-name"),
    ],
)
def test_what_a_schema_cannot_be_written_for_is_told(
    artefacts: Artefacts, structure: Reference, options: dict[str, str], message_id: str
) -> None:
    with pytest.raises(StructureError) as told:
        write_schema(artefacts, structure, **options)  # type: ignore[arg-type] # the options are named above
    assert told.value.message_id == message_id
    assert str(told.value)
