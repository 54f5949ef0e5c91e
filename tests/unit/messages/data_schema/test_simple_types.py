"""The data types and facets of representations, and values that mean that there is none."""

from functools import cache

import pytest
from tests.data_messages import VERSIONS, DataSchema
from tests.examples.survey import (
    AT_OBSERVATION,
    FLAT,
    FLOW,
    STATUSES,
    SURVEY,
    attribute,
    dimension,
    measure,
    of_list,
    of_type,
    surveyed,
)

from icstip.artefacts.base import Representation
from icstip.artefacts.collection import Artefacts
from icstip.artefacts.data_structure import Dataflow
from icstip.messages.data_schema.dialect import Version

STRUCTURE = SURVEY.reference
every_version = pytest.mark.parametrize("version", VERSIONS)
DATA_TYPES = [
    ("Alpha", "abc", "a1"),
    ("AlphaNumeric", "a1", "a 1"),
    ("Numeric", "0012", "1.5"),
    ("BigInteger", "123456789012345678901234567890", "1.5"),
    ("Integer", "-2147483648", "2147483648"),
    ("Long", "2147483648", "9223372036854775808"),
    ("Short", "32767", "32768"),
    ("Decimal", "1.5", "1E5"),
    ("Float", "1E5", "1,5"),
    ("Double", "NaN", "none"),
    ("Boolean", "true", "yes"),
    ("Count", "3", "3.5"),
    ("InclusiveValueRange", "3.5", "x"),
    ("ExclusiveValueRange", "3.5", "x"),
    ("Incremental", "3", "x"),
    ("StandardTimePeriod", "2020-Q1", "2020-01-01T00:00:00/P1Y"),
    ("BasicTimePeriod", "2020-01", "2020-Q1"),
    ("GregorianTimePeriod", "2020-01-31", "2020-Q1"),
    ("GregorianYear", "2020", "2020-01"),
    ("GregorianYearMonth", "2020-01", "2020"),
    ("GregorianDay", "2020-01-31", "2020"),
    ("ReportingTimePeriod", "2020-Q1", "2020"),
    ("ReportingYear", "2020-A1", "2020"),
    ("ReportingSemester", "2020-S2", "2020-S3"),
    ("ReportingTrimester", "2020-T3", "2020-T4"),
    ("ReportingQuarter", "2020-Q4", "2020-Q5"),
    ("ReportingMonth", "2020-M12", "2020-M13"),
    ("ReportingWeek", "2020-W53", "2020-W54"),
    ("ReportingDay", "2020-D366", "2020-D367"),
    ("DateTime", "2020-01-31T12:00:00", "2020-01-31"),
    ("TimeRange", "2020-01-01/P1Y", "2020"),
    ("Month", "--12", "12"),
    ("MonthDay", "--12-31", "12-31"),
    ("Day", "---31", "31"),
    ("Time", "12:00:00", "12"),
    ("Duration", "P1Y", "1Y"),
]
FACETS = [
    ("String", "minLength", "2", "ab", "a"),
    ("String", "maxLength", "2", "ab", "abc"),
    ("String", "pattern", "[A-Z]{2}", "AB", "ab"),
    ("Integer", "minValue", "0", "0", "-1"),
    ("Integer", "maxValue", "9", "9", "10"),
    ("Double", "minValue", "-1", "-1", "-2"),
    ("InclusiveValueRange", "maxValue", "9", "9", "10"),
    ("ExclusiveValueRange", "maxValue", "9", "8.9", "9"),
    ("ExclusiveValueRange", "minValue", "0", "0.1", "0"),
    ("Decimal", "decimals", "1", "1.5", "1.55"),
    ("GregorianYear", "pattern", "20..", "2020", "1999"),
]


@cache
def of_all_types(version: Version) -> DataSchema:
    """The schema of data with an attribute of each type, and one of each type with a facet."""
    typed = {data_type: of_type(data_type) for data_type, *_ in DATA_TYPES}
    limited = {
        f"{type_}_{facet}_{limit.isdecimal()}": of_type(type_, **{facet: limit}) for type_, facet, limit, *_ in FACETS
    }
    attributes = (attribute(id_, AT_OBSERVATION, form) for id_, form in {**typed, **limited}.items())
    return DataSchema(surveyed(*attributes), STRUCTURE, version)


def accepts(artefacts: Artefacts, version: Version, name: str, value: str, body: str = FLAT) -> bool:
    """Whether an observation may have an attribute with a value, in place of the one it has or besides the others."""
    start, found, rest = body.partition(f' {name}="')
    without = start + rest.partition('"')[2] if found else body
    return (
        DataSchema(artefacts, STRUCTURE, version).errors_of_data(without.replace("<Obs", f'<Obs {name}="{value}"'))
        == []
    )


def with_source(representation: Representation) -> Artefacts:
    return surveyed(attribute("SOURCE", AT_OBSERVATION, representation))


@every_version
@pytest.mark.parametrize(("data_type", "good", "bad"), DATA_TYPES)
def test_a_value_is_of_its_data_type(version: Version, data_type: str, good: str, bad: str) -> None:
    assert of_all_types(version).errors_of_data(FLAT.replace("<Obs", f'<Obs {data_type}="{good}"')) == []
    errors = of_all_types(version).errors_of_data(FLAT.replace("<Obs", f'<Obs {data_type}="{bad}"'))
    assert all(f"attribute '{data_type}'" in error for error in errors)
    assert errors


@every_version
@pytest.mark.parametrize("data_type", ["String", "URI", "GeospatialInformation", "KeyValues", "of a later version"])
def test_any_text_is_of_a_data_type_for_texts_or_of_one_that_xml_schema_does_not_have(
    version: Version, data_type: str
) -> None:
    assert accepts(with_source(of_type(data_type)), version, "SOURCE", "any text; 1")


@every_version
@pytest.mark.parametrize(("data_type", "facet", "limit", "good", "bad"), FACETS)
def test_a_facet_limits_values(version: Version, data_type: str, facet: str, limit: str, good: str, bad: str) -> None:
    name = f"{data_type}_{facet}_{limit.isdecimal()}"
    assert of_all_types(version).errors_of_data(FLAT.replace("<Obs", f'<Obs {name}="{good}"')) == []
    assert f"'{name}'" in of_all_types(version).errors_of_data(FLAT.replace("<Obs", f'<Obs {name}="{bad}"'))[0]


@every_version
@pytest.mark.parametrize(
    ("data_type", "facets", "value"),
    [
        ("Double", {"decimals": "1", "maxLength": "2"}, "1.555"),
        ("Integer", {"decimals": "0", "isSequence": "true", "interval": "5", "startValue": "5"}, "3"),
        ("String", {"minValue": "5", "isMultiLingual": "false"}, "3"),
        ("Boolean", {"maxLength": "1"}, "true"),
        ("GregorianYear", {"maxLength": "2", "minValue": "3000", "startTime": "3000"}, "2020"),
    ],
)
def test_a_facet_that_does_not_belong_to_a_data_type_is_for_information(
    version: Version, data_type: str, facets: dict[str, str], value: str
) -> None:
    assert accepts(with_source(of_type(data_type, None, **facets)), version, "SOURCE", value)


@every_version
def test_a_component_without_a_representation_has_that_of_its_concept_or_any_text(version: Version) -> None:
    artefacts = surveyed(attribute("FREE", AT_OBSERVATION, None))
    assert accepts(artefacts, version, "FREE", "any text that is as long as it likes")
    assert accepts(artefacts, version, "NOTE", "ten signs.")
    assert not accepts(artefacts, version, "NOTE", "eleven signs")


@every_version
def test_the_items_of_a_value_list_are_any_text(version: Version) -> None:
    artefacts = with_source(Representation(SURVEY.attributes[2].representation.enumeration))  # type: ignore[union-attr]
    assert accepts(artefacts, version, "SOURCE", "€ &amp; $")
    assert accepts(artefacts, version, "SOURCE", "per cent")
    assert not accepts(artefacts, version, "SOURCE", "percent")


@every_version
@pytest.mark.parametrize(
    ("data_type", "good", "bad"),
    [
        (None, "2020-Q1", "Q1 2020"),
        ("GregorianYear", "2020", "2020-Q1"),
        ("ReportingQuarter", "2020-Q1", "2020"),
        ("TimeRange", "2020-01-01/P1M", "2020"),
        ("String", "2020-Q1", "Q1 2020"),
    ],
)
def test_the_time_dimension_has_periods_of_the_kind_that_it_says(
    version: Version, data_type: str | None, good: str, bad: str
) -> None:
    form = None if data_type is None else of_type(data_type)
    time = dimension("TIME_PERIOD", form, "TimeDimension")
    artefacts = surveyed(dimensions=(*SURVEY.dimensions[:2], time))
    assert accepts(artefacts, version, "TIME_PERIOD", good)
    assert not accepts(artefacts, version, "TIME_PERIOD", bad)
    series = DataSchema(artefacts, STRUCTURE, version, "TIME_PERIOD")
    assert series.errors_of_data(f'<Series AREA="CI" SEX="F"><Obs TIME_PERIOD="{good}" STATUS="A"/></Series>') == []
    assert series.errors_of_data(f'<Series AREA="CI" SEX="F"><Obs TIME_PERIOD="{bad}" STATUS="A"/></Series>') != []


@every_version
def test_a_structure_without_time_has_none(version: Version) -> None:
    artefacts = surveyed(dimensions=SURVEY.dimensions[:2])
    timeless = FLAT.replace(' TIME_PERIOD="2020"', "")
    assert DataSchema(artefacts, STRUCTURE, version).errors_of_data(timeless) == []
    assert not accepts(artefacts, version, "TIME_PERIOD", "2020", timeless)
    by_area = DataSchema(artefacts, STRUCTURE, version, "AREA")
    series = '<Series SEX="F"><Obs AREA="CI" STATUS="A"/></Series>'
    assert by_area.errors_of_data(series) == []
    assert by_area.errors_of_data(series.replace("<Series", '<Series TIME_PERIOD="2020"')) != []


@every_version
@pytest.mark.parametrize("data_type", ["Decimal", "Integer", "Double", "Count"])
def test_a_missing_number_is_nan_or_absent(version: Version, data_type: str) -> None:
    artefacts = surveyed(measures=(measure("OBS_VALUE", data_type),))
    body = FLAT.replace("1.5", "1")
    assert accepts(artefacts, version, "OBS_VALUE", "NaN", body)
    assert DataSchema(artefacts, STRUCTURE, version).errors_of_data(FLAT.replace(' OBS_VALUE="1.5"', "")) == []
    assert not accepts(artefacts, version, "OBS_VALUE", "nan", body)
    assert not accepts(artefacts, version, "OBS_VALUE", "", body)


@every_version
def test_a_number_with_limits_can_be_missing_too(version: Version) -> None:
    limited = measure("OBS_VALUE", "Double")
    form = of_type("Double", minValue="0")
    artefacts = surveyed(measures=(type(limited)(id="OBS_VALUE", concept=limited.concept, representation=form),))
    assert accepts(artefacts, version, "OBS_VALUE", "NaN")
    assert not accepts(artefacts, version, "OBS_VALUE", "-1")


@pytest.mark.parametrize(("version", "can"), [("2.1", False), ("3.0", False), ("3.1", True)])
@pytest.mark.parametrize("representation", [of_type("Decimal"), of_type("Alpha"), of_list(STATUSES)])
def test_a_value_can_be_missing_on_purpose_in_sdmx_3_1(
    version: Version, representation: Representation, *, can: bool
) -> None:
    assert accepts(with_source(representation), version, "SOURCE", "#N/A") is can
    assert accepts(with_source(representation), version, "OBS_VALUE", "#N/A") is can
    assert not accepts(with_source(representation), version, "SEX", "#N/A")


@pytest.mark.parametrize(("version", "can"), [("2.1", False), ("3.0", False), ("3.1", True)])
def test_a_dimension_of_an_evolving_structure_need_not_apply_in_sdmx_3_1(version: Version, *, can: bool) -> None:
    assert accepts(surveyed(evolving=True), version, "SEX", "~") is can
    assert not accepts(surveyed(evolving=False), version, "SEX", "~")
    assert not accepts(surveyed(evolving=True), version, "TIME_PERIOD", "~")
    assert not accepts(surveyed(evolving=True), version, "STATUS", "~")


@every_version
def test_data_of_a_dataflow_have_the_dimensions_that_it_is_constrained_to(version: Version) -> None:
    flow = Dataflow(agency="TEST", id="DF", version="1.0.0", structure=STRUCTURE, dimensions=("AREA", "TIME_PERIOD"))
    schema = DataSchema(surveyed(flow, evolving=True), FLOW.reference, version)
    without = FLAT.replace(' SEX="F"', "")
    assert schema.errors_of_data(without) == []
    assert schema.errors_of_data(FLAT) != []
    assert schema.errors_of_data(without.replace('"CI"', '"~"')) != []
