"""Groups, attributes of some dimensions, several values, texts in languages, reference metadata."""

import pytest
from tests.data_messages import VERSIONS, DataSchema
from tests.examples.survey import (
    AT_OBSERVATION,
    FLAT,
    SERIES,
    STATUSES,
    SURVEY,
    SURVEY_ARTEFACTS,
    attribute,
    measure,
    of_list,
    of_type,
    surveyed,
)

from icstip.artefacts.collection import Artefacts
from icstip.artefacts.data_structure import Attribute, Group, Level, Relationship
from icstip.messages.data_schema.dialect import Version

STRUCTURE = SURVEY.reference
SIBLING = Group(id="Sibling", dimensions=("AREA", "SEX"))
AREA_GROUP = Group(id="ByArea", dimensions=("AREA",))
OF_SIBLINGS = attribute("TITLE", Relationship(Level.GROUP, group="Sibling"), of_type("String"), mandatory=True)
ATTACHED = attribute(
    "SOURCE", Relationship(Level.DIMENSIONS, ("AREA",), attachment_groups=("ByArea",)), of_type("String")
)
every_version = pytest.mark.parametrize("version", VERSIONS)
since_3 = pytest.mark.parametrize("version", ["3.0", "3.1"])


def errors(artefacts: Artefacts, version: Version, body: str, at: str = "AllDimensions", attributes: str = "") -> str:
    return " ".join(DataSchema(artefacts, STRUCTURE, version, at).errors_of_data(body, attributes))


@every_version
@pytest.mark.parametrize("at", ["AllDimensions", "TIME_PERIOD"])
def test_the_one_group_of_a_structure_has_its_dimensions_and_attributes(version: Version, at: str) -> None:
    artefacts = surveyed(SIBLING, OF_SIBLINGS)
    body = FLAT if at == "AllDimensions" else SERIES
    group = '<Group AREA="CI" SEX="F" TITLE="Women of Côte d\'Ivoire"/>'
    assert errors(artefacts, version, group + body, at) == ""
    assert errors(artefacts, version, group.replace("<Group", '<Group xsi:type="ns1:Sibling"') + body, at) == ""
    assert "'SEX' is required" in errors(artefacts, version, '<Group AREA="CI" TITLE="t"/>' + body, at)
    assert "'NOTE' is not allowed" in errors(artefacts, version, group.replace("TITLE", "NOTE") + body, at)
    assert "'TITLE' is not allowed" in errors(artefacts, version, body.replace("<Obs", '<Obs TITLE="t"'), at)


@every_version
def test_several_groups_are_told_apart_by_their_types(version: Version) -> None:
    artefacts = surveyed(SIBLING, AREA_GROUP, OF_SIBLINGS, ATTACHED)
    siblings = '<Group xsi:type="ns1:Sibling" AREA="CI" SEX="F" TITLE="t"/>'
    by_area = '<Group xsi:type="ns1:ByArea" type="ByArea" AREA="CI" SOURCE="s"/>'
    assert errors(artefacts, version, siblings + by_area + FLAT) == ""
    assert "'SOURCE' is not allowed" in errors(artefacts, version, siblings.replace("TITLE", "SOURCE") + FLAT)
    assert "abstract" in errors(artefacts, version, '<Group AREA="CI" SEX="F" TITLE="t"/>' + FLAT)
    assert "type" in errors(artefacts, version, by_area.replace('type="ByArea"', 'type="Sibling"') + FLAT)


@every_version
def test_an_attribute_with_groups_to_be_reported_in_stands_in_them_alone(version: Version) -> None:
    artefacts = surveyed(AREA_GROUP, ATTACHED)
    assert errors(artefacts, version, '<Group AREA="CI" SOURCE="s"/>' + FLAT) == ""
    assert "'SOURCE' is not allowed" in errors(artefacts, version, FLAT.replace("<Obs", '<Obs SOURCE="s"'))


@since_3
def test_attributes_can_be_reported_with_some_of_the_dimensions(version: Version) -> None:
    body = f'<Atts UNIT="per cent"/><Atts AREA="CI" SEX="F" NOTE="n"/>{FLAT}<Atts AREA="W" NOTE="n"/>'
    assert errors(SURVEY_ARTEFACTS, version, body) == ""
    assert "'OBS_VALUE' is not allowed" in errors(SURVEY_ARTEFACTS, version, f'<Atts OBS_VALUE="1"/>{FLAT}')
    assert "'XX' is not an element" in errors(SURVEY_ARTEFACTS, version, f'<Atts AREA="XX" NOTE="n"/>{FLAT}')


def test_sdmx_2_1_has_no_element_for_attributes_of_some_dimensions() -> None:
    assert "'Atts'" in errors(SURVEY_ARTEFACTS, "2.1", f'<Atts UNIT="per cent"/>{FLAT}')


@pytest.mark.parametrize(
    ("version", "level", "required"),
    [
        ("2.1", Relationship(Level.DATASET), True),
        ("2.1", Relationship(Level.DIMENSIONS, ("AREA",)), True),
        ("2.1", AT_OBSERVATION, True),
        ("3.0", Relationship(Level.DATASET), False),
        ("3.0", Relationship(Level.DIMENSIONS, ("AREA",)), False),
        ("3.0", AT_OBSERVATION, True),
    ],
)
def test_an_attribute_is_required_only_where_no_other_place_may_hold_it(
    version: Version, level: Relationship, *, required: bool
) -> None:
    artefacts = surveyed(attribute("TITLE", level, of_type("String"), mandatory=True))
    assert ("'TITLE' is required" in errors(artefacts, version, FLAT)) is required


@since_3
def test_a_structure_can_have_several_measures(version: Version) -> None:
    artefacts = surveyed(measure("RATE", "Double", mandatory=True))
    assert errors(artefacts, version, FLAT.replace("<Obs", '<Obs RATE="1E-3"')) == ""
    assert "'RATE' is required" in errors(artefacts, version, FLAT)
    assert "'low'" in errors(artefacts, version, FLAT.replace("<Obs", '<Obs RATE="low"'))


def test_the_measure_is_the_primary_measure_in_sdmx_2_1() -> None:
    artefacts = surveyed(measures=(measure("COUNT", "Integer", mandatory=True),))
    assert errors(artefacts, "2.1", FLAT.replace("1.5", "2")) == ""
    assert errors(artefacts, "2.1", FLAT.replace(' OBS_VALUE="1.5"', "")) == ""
    assert "'1.5'" in errors(artefacts, "2.1", FLAT)


SOURCES = attribute("SOURCE", AT_OBSERVATION, of_list(STATUSES, "3", 2))
COMP = '<Obs AREA="CI" SEX="F" TIME_PERIOD="2020" STATUS="A"><Comp id="{0}" xsi:type="ns1:{0}_{1}">{2}</Comp></Obs>'


def comp(id_: str, values: str, kind: str = "ATTRIBUTE") -> str:
    return COMP.format(id_, kind, values)


@since_3
def test_an_attribute_with_several_values_has_as_many_as_it_may(version: Version) -> None:
    artefacts = surveyed(SOURCES)
    value = "<Value>A</Value>"
    assert errors(artefacts, version, comp("SOURCE", value * 3)) == ""
    assert errors(artefacts, version, comp("SOURCE", value)) != ""
    assert errors(artefacts, version, comp("SOURCE", value * 4)) != ""
    assert "'Z' is not" in errors(artefacts, version, comp("SOURCE", f"{value}<Value>Z</Value>"))
    assert "'SOURCE' is not allowed" in errors(artefacts, version, FLAT.replace("<Obs", '<Obs SOURCE="A"'))
    named_otherwise = comp("SOURCE", value * 2).replace('id="SOURCE"', 'id="TITLE"')
    assert "fixed" in errors(artefacts, version, named_otherwise)
    lax = DataSchema(artefacts, STRUCTURE, version, complete=False)
    assert lax.errors_of_data(comp("SOURCE", "")) == []


@since_3
def test_a_component_that_has_one_value_has_no_element(version: Version) -> None:
    assert errors(SURVEY_ARTEFACTS, version, comp("STATUS", "<Value>A</Value>")) != ""


@since_3
@pytest.mark.parametrize("most", ["2", "unbounded"])
def test_a_measure_can_have_several_values(version: Version, most: str) -> None:
    several = measure("RANGE", "Decimal")
    artefacts = surveyed(
        type(several)(id="RANGE", concept=several.concept, representation=of_type("Decimal", most, minValue="0"))
    )
    assert errors(artefacts, version, comp("RANGE", "<Value>1</Value><Value>2.5</Value>", "MEASURE")) == ""
    assert "'-1'" in errors(artefacts, version, comp("RANGE", "<Value>-1</Value>", "MEASURE"))


@since_3
@pytest.mark.parametrize("at", ["AllDimensions", "TIME_PERIOD"])
def test_a_text_in_languages_stands_in_an_element_at_its_level(version: Version, at: str) -> None:
    title = attribute(
        "TITLE", Relationship(Level.DIMENSIONS, ("AREA", "SEX")), of_type("String", isMultiLingual="true")
    )
    artefacts = surveyed(title)
    texts = '<Comp id="TITLE" xsi:type="ns1:TITLE_ATTRIBUTE"><Value><com:Text xml:lang="fr">t</com:Text></Value></Comp>'
    if at == "AllDimensions":
        body = FLAT.replace("/>", f">{texts}</Obs>")
    else:
        body = SERIES.replace('SEX="F">', f'SEX="F">{texts}')
    assert errors(artefacts, version, body, at) == ""
    assert errors(artefacts, version, body.replace("com:Text", "com:Name"), at) != ""


@since_3
def test_a_text_with_structure_is_xhtml(version: Version) -> None:
    artefacts = surveyed(attribute("TITLE", AT_OBSERVATION, of_type("XHTML")))
    assert errors(artefacts, version, comp("TITLE", "<Value><com:StructuredText>t</com:StructuredText></Value>")) == ""
    assert errors(artefacts, version, comp("TITLE", "<Value><com:Text>t</com:Text></Value>")) != ""


def test_sdmx_2_1_has_one_value_in_an_attribute() -> None:
    assert errors(surveyed(SOURCES), "2.1", FLAT.replace("<Obs", '<Obs SOURCE="A"')) == ""


@pytest.mark.parametrize("kind", ["DataAttribute", "ReportingYearStartDay"])
def test_the_day_a_reporting_year_starts_stands_where_its_attribute_does(kind: str) -> None:
    start = Attribute(
        id="REPORTING_YEAR_START_DAY",
        concept=SURVEY.attributes[0].concept,
        relationship=AT_OBSERVATION,
        representation=of_type("MonthDay"),
        kind=kind,
    )
    for version in VERSIONS:
        assert errors(surveyed(start), version, FLAT.replace("<Obs", '<Obs REPORTING_YEAR_START_DAY="--07-01"')) == ""
        assert errors(surveyed(start), version, FLAT.replace("<Obs", '<Obs REPORTING_YEAR_START_DAY="July"')) != ""


METADATA = {
    "3.0": '<Metadata id="M" agencyID="TEST" version="1.0.0"><com:Name xml:lang="en">M</com:Name></Metadata>',
    "3.1": "<Metadata/>",
}


@since_3
@pytest.mark.parametrize(
    ("level", "at_observation", "at_dataset"),
    [(Level.OBSERVATION, True, False), (Level.DATASET, False, True), (Level.GROUP, False, False)],
)
def test_reference_metadata_stand_at_the_levels_of_their_attributes(
    version: Version, level: Level, *, at_observation: bool, at_dataset: bool
) -> None:
    artefacts = surveyed(metadata_attributes=(("CONTACT", Relationship(level, group="Sibling")),))
    of_observation = FLAT.replace("/>", f">{METADATA[version]}</Obs>")
    unexpected = "'Metadata': This element is not expected"
    told = errors(artefacts, version, of_observation)
    assert (unexpected in told or "not allowed" in told) is not at_observation
    told = errors(artefacts, version, FLAT + METADATA[version])
    assert (unexpected in told) is not at_dataset
