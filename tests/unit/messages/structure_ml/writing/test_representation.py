"""Representations: what each version can say at each place, and that nothing else is ever written."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from tests.examples.ml_writing import WRITERS, attributes, written

from icstip.artefacts.base import Maintainable, Reference, Representation, TextFormat
from icstip.artefacts.data_structure import (
    Attribute,
    DataStructure,
    Dimension,
    Measure,
    Relationship,
)
from icstip.artefacts.data_structure import Level as AttributeLevel
from icstip.artefacts.hierarchies import HierarchicalCode, Hierarchy, Level
from icstip.artefacts.items import ConceptScheme, Item
from icstip.errors import StructureError
from icstip.messages.structure_ml.dialect import FACETS

in_all_versions = pytest.mark.parametrize("version", WRITERS)
in_3_x = pytest.mark.parametrize("version", ["3.0", "3.1"])

_NAMES = """String Alpha AlphaNumeric Numeric BigInteger Integer Long Short Decimal Float Double Boolean URI Count
    InclusiveValueRange ExclusiveValueRange Incremental ObservationalTimePeriod StandardTimePeriod BasicTimePeriod
    GregorianTimePeriod GregorianYear GregorianYearMonth GregorianDay ReportingTimePeriod ReportingYear
    ReportingSemester ReportingTrimester ReportingQuarter ReportingMonth ReportingWeek ReportingDay DateTime TimeRange
    Month MonthDay Day Time Duration GeospatialInformation XHTML KeyValues IdentifiableReference DataSetReference
    AttachmentConstraintReference Unheard"""
TYPES = (None, *_NAMES.split())
VALUES = ("true", "0", "1", "-1", "1.5", "+3", "P1Y2M", "PT1.5S", "P", "2020-01", "2020-Q1", "many", "", " ", "<&>")
CONCEPT = Reference("Concept", "TEST", "CS", "1.0", "C")
CODELIST = Reference("Codelist", "TEST", "CL", "1.0")
VALUE_LIST = Reference("ValueList", "TEST", "VL", "1.0")
SCHEME = Reference("ConceptScheme", "TEST", "CS", "1.0")
DATA_SET = Relationship(AttributeLevel.DATASET)


def _structure(representation: Representation | None) -> DataStructure:
    def of(component: str) -> dict[str, object]:
        return {"id": component, "concept": CONCEPT, "representation": representation}

    return DataStructure(
        id="DSD",
        agency="TEST",
        name={"en": "Structure"},
        dimensions=(
            Dimension(**of("D")),  # type: ignore[arg-type]
            Dimension(**of("MD"), kind="MeasureDimension"),  # type: ignore[arg-type]
            Dimension(**of("TIME_PERIOD"), kind="TimeDimension"),  # type: ignore[arg-type]
        ),
        attributes=(
            Attribute(**of("A"), relationship=DATA_SET),  # type: ignore[arg-type]
            Attribute(**of("REPORTING_YEAR_START_DAY"), relationship=DATA_SET, kind="ReportingYearStartDay"),  # type: ignore[arg-type]
        ),
        measures=(Measure(**of("OBS_VALUE")),),  # type: ignore[arg-type]
    )


def _everywhere(representation: Representation) -> tuple[Maintainable, ...]:
    """Return artefacts that have a representation, or its format, wherever one can be."""
    concept = Item(id="C", name={"en": "C"}, representation=representation)
    code = Reference("Code", "TEST", "CL", "1.0", "A")
    level = Level(id="L", name={"en": "L"}, format=representation.format)
    return (
        ConceptScheme(id="CS", agency="TEST", name={"en": "Concepts"}, items=(concept,)),
        _structure(representation),
        Hierarchy(
            id="H", agency="TEST", name={"en": "H"}, codes=(HierarchicalCode(id="A", code=code),), levels=(level,)
        ),
    )


def _representations() -> Iterator[Representation]:
    for data_type in TYPES:
        yield Representation(format=TextFormat(data_type))
        yield Representation(CODELIST, TextFormat(data_type))
    for enumeration in (CODELIST, VALUE_LIST, SCHEME):
        yield Representation(enumeration)
        yield Representation(enumeration, TextFormat("String"), 0, "unbounded")
    yield Representation(min_occurs=1, max_occurs="2")
    yield Representation()
    sentinels = (("x", {"en": "X"}, {"en": "Unknown"}),)
    for data_type in (None, "String", "Decimal"):
        yield Representation(format=TextFormat(data_type, sentinels=sentinels))
        yield Representation(CODELIST, TextFormat(data_type, sentinels=sentinels))


@in_all_versions
@pytest.mark.parametrize("representation", tuple(_representations()), ids=str)
def test_every_type_and_enumeration_is_valid_everywhere(version: str, representation: Representation) -> None:
    written(version, *_everywhere(representation))


@in_all_versions
@pytest.mark.parametrize("facet", FACETS)
@pytest.mark.parametrize("enumeration", [None, CODELIST], ids=["text", "coded"])
def test_every_value_of_a_facet_is_valid_everywhere_or_left_out(
    version: str, facet: str, enumeration: Reference | None
) -> None:
    for value in VALUES:
        written(version, *_everywhere(Representation(enumeration, TextFormat("String", {facet: value}))))


@in_all_versions
def test_facets_are_written_as_they_are_said(version: str) -> None:
    said = {"minValue": "-0.5", "decimals": "2", "isSequence": "true", "timeInterval": "P1M", "pattern": "[<&]\n"}
    message = written(version, _structure(Representation(format=TextFormat("Decimal", said))))
    (facets,) = message.all("s:Attribute[@id='A']//s:TextFormat")
    assert attributes(facets) == {"textType": "Decimal", **said}


@in_all_versions
def test_a_facet_that_a_place_does_not_have_is_told(version: str) -> None:
    said = written(version, _structure(Representation(format=TextFormat("Integer", {"maxLength": "3"})))).said
    # Times and, in 2.1, the start day of reporting years have no facets of length.
    expected = ("TIME_PERIOD", "REPORTING_YEAR_START_DAY") if version == "2.1" else ("TIME_PERIOD",)
    assert said["FORMAT-003 facets"] == expected


@in_3_x
@pytest.mark.parametrize("data_type", ["String", None])
def test_that_a_text_is_in_one_language_is_said_where_several_would_be_taken_for_granted(
    version: str, data_type: str | None
) -> None:
    message = written(version, *_everywhere(Representation(format=TextFormat(data_type))))
    formats = message.all("s:TextFormat")
    assert [element.get("isMultiLingual") for element in formats] == [
        "false",  # concept
        None,  # dimensions
        None,
        None,
        "false",  # attributes
        "false",
        "false",  # measure
    ]


@in_3_x
def test_several_languages_are_said_where_they_are_meant(version: str) -> None:
    message = written(version, _structure(Representation(format=TextFormat("String", {"isMultiLingual": "true"}))))
    assert message.one("s:Attribute[@id='A']//s:TextFormat").get("isMultiLingual") == "true"
    assert message.said["FORMAT-003 multilingual"] == ("D", "MD", "TIME_PERIOD")


def test_a_number_has_no_languages() -> None:
    message = written("3.0", _structure(Representation(format=TextFormat("Decimal"))))
    assert message.one("s:Attribute[@id='A']//s:TextFormat").get("isMultiLingual") is None


def test_places_on_the_map_are_texts_in_2_1() -> None:
    message = written("2.1", _structure(Representation(format=TextFormat("GeospatialInformation"))))
    assert message.one("s:Attribute//s:TextFormat").get("textType") == "String"
    assert "A" in message.said["FORMAT-003 data-type"]


@in_all_versions
def test_a_time_dimension_without_a_format_has_the_widest(version: str) -> None:
    message = written(version, _structure(None))
    assert message.one("s:TimeDimension//s:TextFormat").get("textType") == "ObservationalTimePeriod"


@pytest.mark.parametrize(
    ("version", "component", "expected"),
    [
        ("2.1", "s:Dimension[@id='D']", None),
        ("2.1", "s:Attribute[@id='A']", None),
        ("3.0", "s:Dimension[@id='D']", None),
        ("3.0", "s:Attribute[@id='A']", "urn:sdmx:org.sdmx.infomodel.codelist.ValueList=TEST:VL(1.0)"),
        ("3.1", "s:Measure", "urn:sdmx:org.sdmx.infomodel.codelist.ValueList=TEST:VL(1.0)"),
    ],
)
def test_a_value_list_is_lost_where_it_cannot_be_and_its_values_are_texts(
    version: str, component: str, expected: str | None
) -> None:
    message = written(version, _structure(Representation(VALUE_LIST)))
    if expected is None:
        assert message.one(f"{component}//s:TextFormat").get("textType") == "String"
        assert "FORMAT-003 value-list" in message.said
    else:
        assert message.one(f"{component}//s:Enumeration").text == expected


def test_a_measure_dimension_has_a_concept_scheme_in_2_1_and_is_a_dimension_without_it_in_3_x() -> None:
    structure = _structure(Representation(SCHEME))
    old, new = written("2.1", structure), written("3.0", structure)
    assert old.one("s:MeasureDimension//Ref[@class='ConceptScheme']").get("id") == "CS"
    assert new.one("s:Dimension[@id='MD']//s:TextFormat").get("textType") == "String"
    assert new.said["FORMAT-002 measure-dimension-as-dimension"] == ("MD",)
    assert "MD" in new.said["FORMAT-003 enumeration"]


def test_a_measure_dimension_with_a_code_list_is_a_dimension_in_2_1_too() -> None:
    message = written("2.1", _structure(Representation(CODELIST)))
    assert message.all("s:MeasureDimension") == []
    assert message.one("s:Dimension[@id='MD']//Ref[@class='Codelist']").get("id") == "CL"
    assert message.said["FORMAT-002 measure-dimension-as-dimension"] == ("MD",)


@in_3_x
def test_numbers_of_values_are_said_of_attributes_and_measures(version: str) -> None:
    message = written(version, _structure(Representation(CODELIST, None, 0, "unbounded")))
    box = message.one("s:Attribute[@id='A']/s:LocalRepresentation")
    assert attributes(box) == {"minOccurs": "0", "maxOccurs": "unbounded"}
    assert message.said["FORMAT-003 occurrences"] == ("D", "MD", "TIME_PERIOD")


def test_numbers_of_values_alone_do_not_replace_the_representation_of_the_concept() -> None:
    message = written("3.0", _structure(Representation(max_occurs="2")))
    assert message.all("s:Attribute/s:LocalRepresentation") == []
    assert "A" in message.said["FORMAT-003 occurrences"]


def test_sentinel_values_have_names_and_descriptions() -> None:
    sentinels = (("-1", {"en": "None & nobody", "fr": "Aucun"}, {"en": "Really"}),)
    structure = _structure(Representation(format=TextFormat("Integer", sentinels=sentinels)))
    message = written("3.1", structure)
    assert message.one("s:Attribute[@id='A']//s:SentinelValue").get("value") == "-1"
    assert message.texts("s:Attribute[@id='A']//s:SentinelValue/c:Name") == ["None & nobody", "Aucun"]
    assert "A" in written("2.1", structure).said["FORMAT-003 sentinel-values"]


def test_a_sentinel_value_without_a_name_is_refused() -> None:
    structure = _structure(Representation(format=TextFormat("Integer", sentinels=(("-1", {}, {}),))))
    with pytest.raises(StructureError) as error:
        written("3.0", structure)
    assert error.value.message_id == "structure-unnamed"


def test_a_level_has_a_format_of_codes() -> None:
    level = Level(id="L", name={"en": "L"}, format=TextFormat("Numeric", {"maxLength": "3", "minValue": "0"}))
    hierarchy = _everywhere(Representation())[2]
    assert isinstance(hierarchy, Hierarchy)
    message = written("3.0", replace(hierarchy, levels=(level,)))
    assert attributes(message.one("s:CodingFormat")) == {"textType": "Numeric", "maxLength": "3"}
    assert message.said["FORMAT-003 facets"] == ("L",)
