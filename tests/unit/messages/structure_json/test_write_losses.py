"""What becomes of what a version cannot say: each loss is told, and the rest is written."""

from dataclasses import replace
from typing import Any

import pytest
from tests.examples.json_messages import VERSIONS, faults, losses, parsed, written

from icstip.artefacts.base import Annotation, Reference, Representation, TextFormat
from icstip.artefacts.constraints import ACTUAL, DataConstraint, KeySet, Period, Region, Selection, TimeRange, Value
from icstip.artefacts.data_structure import Attribute, DataStructure, Dimension, Level, Measure, Relationship
from icstip.artefacts.hierarchies import Hierarchy
from icstip.artefacts.hierarchies import Level as HierarchyLevel
from icstip.artefacts.items import AgencyScheme, Codelist, ConceptScheme, Contact, Extension, Item, ValueList
from icstip.artefacts.maps import RepresentationMap
from icstip.artefacts.notices import LEFT_OUT, LOST, TRANSLATED

CODES = Codelist(id="CL", agency="A", name={"en": "Codes"})
CONCEPT = Reference("Concept", "A", "CS", "1.0", "C")
TIME = Dimension(id="TIME_PERIOD", kind="TimeDimension", concept=CONCEPT)
MEASURE = Measure(id="OBS_VALUE", concept=CONCEPT)
STRUCTURE = DataStructure(
    id="S",
    agency="A",
    name={"en": "S"},
    dimensions=(Dimension(id="D", concept=CONCEPT), TIME),
    measures=(MEASURE,),
)
FLOW = Reference("Dataflow", "A", "DF", "1.0")
CONSTRAINT = DataConstraint(id="C", agency="A", name={"en": "C"}, attachment=(FLOW,))


def _components(version: str, structure: DataStructure) -> dict[str, Any]:
    assert faults(version, written(version, structure)) == []
    (found,) = parsed(version, structure)["data"]["dataStructures"]
    components: dict[str, Any] = found["dataStructureComponents"]
    return components


def _constraint(version: str, constraint: DataConstraint) -> dict[str, Any]:
    assert faults(version, written(version, constraint)) == []
    data = parsed(version, constraint)["data"]
    found: dict[str, Any] = data["contentConstraints" if version == "1.0" else "dataConstraints"][0]
    return found


def test_the_value_of_an_annotation_is_its_title_in_1_0_or_that_of_a_further_one() -> None:
    codes = replace(CODES, annotations=(Annotation(type="T", value="v"), Annotation(type="U", title="t", value="v")))
    (found,) = parsed("1.0", codes)["data"]["codelists"]
    assert found["annotations"] == [
        {"type": "T", "title": "v"},
        {"type": "U", "title": "t"},
        {"type": "U", "title": "v"},
    ]
    assert losses("1.0", codes) == [(TRANSLATED, "annotation-value-as-title", ("CL",))]


def test_contacts_of_1_0_have_no_ids() -> None:
    item = Item(id="X", name={"en": "X"}, contacts=(Contact(id="DESK"),))
    scheme = AgencyScheme(id="AGENCIES", agency="A", name={"en": "A"}, items=(item,))
    assert losses("1.0", scheme) == [(LOST, "contact-details", ("X",))]
    assert losses("2.0", scheme) == []


def test_agencies_are_below_nothing() -> None:
    items = (Item(id="X", name={"en": "X"}), Item(id="Y", name={"en": "Y"}, parent="X"))
    assert losses("2.1", AgencyScheme(id="AGENCIES", agency="A", name={"en": "A"}, items=items)) == [
        (LOST, "parents", ("Y",))
    ]


def test_parts_of_value_lists_have_no_links_nor_anything_above_them() -> None:
    items = (Item(id="X", uri="https://a.org"), Item(id="Y", parent="X"))
    values = ValueList(id="VL", agency="A", name={"en": "V"}, items=items, partial=True)
    assert losses("2.1", values) == [
        (LOST, "partial-list", ()),
        (LOST, "links", ("X",)),
        (LOST, "parents", ("Y",)),
    ]
    assert faults("2.1", written("2.1", values)) == []


def test_an_extension_has_patterns_with_the_wildcard_at_their_end() -> None:
    members = (("A%", "false"), ("%A", "false"), ("B%", "true"), ("C", "true"))
    codes = replace(CODES, extensions=(Extension(CODES.reference, members=members),))
    (found,) = parsed("2.0", codes)["data"]["codelists"]
    assert found["codelistExtensions"][0]["inclusiveCodeSelection"] == {
        "memberValues": [{"value": "C", "cascadeValues": True}],
        "wildcardedMemberValues": ["A%"],
    }
    assert losses("2.0", codes) == [(LOST, "extension-pattern", ("%A", "B%"))]
    assert losses("1.0", codes) == [(LOST, "extensions", ())]


def _form(version: str, form: Representation) -> tuple[dict[str, Any], list[tuple[str, str, tuple[str, ...]]]]:
    items = (Item(id="X", name={"en": "X"}, representation=form),)
    scheme = ConceptScheme(id="CS", agency="A", name={"en": "C"}, items=items)
    assert faults(version, written(version, scheme)) == []
    (found,) = parsed(version, scheme)["data"]["conceptSchemes"]
    return found["concepts"][0].get("coreRepresentation", {}), losses(version, scheme)


def test_facets_are_numbers_as_they_were_told() -> None:
    facets = {"minValue": "-1.50", "maxLength": "7", "isSequence": "1", "pattern": "[0-9]", "timeInterval": "P1Y"}
    form = Representation(format=TextFormat("Decimal", facets))
    told, lost = _form("2.0", form)
    assert told["format"] == {
        "dataType": "Decimal",
        "minValue": -1.5,
        "maxLength": 7,
        "isSequence": True,
        "pattern": "[0-9]",
        "timeInterval": "P1Y",
    }
    assert lost == []
    items = (Item(id="X", name={"en": "X"}, representation=form),)
    assert b'"minValue": -1.50,\n' in written("2.0", ConceptScheme(id="CS", agency="A", name={"en": "C"}, items=items))


@pytest.mark.parametrize(
    "facets",
    [
        {"decimals": "0"},
        {"minLength": "-1"},
        {"maxLength": "1.5"},
        {"minValue": "few"},
        {"minValue": "NaN"},
        {"maxValue": "1e99999999999999999999"},
        {"isSequence": "perhaps"},
        {"timeInterval": "a year"},
        {"colour": "red"},
    ],
)
@pytest.mark.parametrize("version", VERSIONS)
def test_facets_that_the_schema_refuses_are_lost(version: str, facets: dict[str, str]) -> None:
    told, lost = _form(version, Representation(format=TextFormat("String", facets)))
    assert list(told.values()) == [{"textType" if version == "1.0" else "dataType": "String"}]
    assert lost == [(LOST, "facets", ("X",))]


@pytest.mark.parametrize("version", VERSIONS)
def test_codes_have_whole_numbers_for_facets(version: str) -> None:
    listed = Representation(CODES.reference, TextFormat("String", {"minValue": "1.5", "maxValue": "2"}))
    told, lost = _form(version, listed)
    assert told["enumerationFormat"]["maxValue"] == 2
    assert "minValue" not in told["enumerationFormat"]
    assert lost == [(LOST, "facets", ("X",))]


def test_a_data_type_that_a_version_does_not_have_is_lost() -> None:
    told, lost = _form("1.0", Representation(format=TextFormat("GeospatialInformation", {"maxLength": "9"})))
    assert told == {"textFormat": {"maxLength": 9}}
    assert lost == [(LOST, "data-type", ("X",))]


@pytest.mark.parametrize("most", ["0", "many", "-1", ""])
def test_an_odd_number_of_values_is_lost(most: str) -> None:
    told, lost = _form("2.0", Representation(format=TextFormat("String"), max_occurs=most))
    assert told == {"format": {"dataType": "String"}}
    assert lost == [(LOST, "occurrences", ("X",))]


def test_a_representation_that_only_says_how_many_values_there_are_has_an_empty_format() -> None:
    told, lost = _form("2.0", Representation(min_occurs=0, max_occurs="3"))
    assert told == {"format": {}, "minOccurs": 0, "maxOccurs": 3}
    assert lost == []


@pytest.mark.parametrize("version", VERSIONS)
def test_a_time_dimension_without_a_form_has_that_of_any_period(version: str) -> None:
    found = _components(version, STRUCTURE)["dimensionList"]
    time = found["timeDimensions"][0] if version == "1.0" else found["timeDimension"]
    (form,) = time["localRepresentation"].values()
    assert list(form.values()) == ["ObservationalTimePeriod"]


@pytest.mark.parametrize(("version", "position"), [("1.0", 1), ("2.0", None), ("2.1", None)])
def test_dimensions_have_their_position_from_0(version: str, position: int | None) -> None:
    found = _components(version, STRUCTURE)["dimensionList"]
    assert found["dimensions"][0]["position"] == 0
    time = found["timeDimensions"][0] if version == "1.0" else found["timeDimension"]
    assert time.get("position") == position


@pytest.mark.parametrize("version", VERSIONS)
def test_dimensions_have_no_value_lists_and_one_value(version: str) -> None:
    form = Representation(Reference("ValueList", "A", "VL", "1.0"), TextFormat("String"), max_occurs="2")
    structure = replace(STRUCTURE, dimensions=(Dimension(id="D", concept=CONCEPT, representation=form),))
    (found,) = _components(version, structure)["dimensionList"]["dimensions"]
    assert list(found["localRepresentation"]) == ["textFormat" if version == "1.0" else "format"]
    assert losses(version, structure) == [(LOST, "value-list", ("D",)), (LOST, "occurrences", ("D",))]


def test_a_measure_dimension_is_a_dimension_in_2_x() -> None:
    form = Representation(Reference("ConceptScheme", "A", "CS", "1.0"))
    measure = Dimension(id="M", kind="MeasureDimension", concept=CONCEPT, representation=form)
    structure = replace(STRUCTURE, dimensions=(measure, TIME))
    assert losses("2.0", structure) == [
        (TRANSLATED, "measure-dimension-as-dimension", ("M",)),
        (LOST, "enumeration", ("M",)),
    ]
    (found,) = _components("2.0", structure)["dimensionList"]["dimensions"]
    assert found["links"][0]["urn"].startswith("urn:sdmx:org.sdmx.infomodel.datastructure.Dimension=")
    assert _components("1.0", structure)["dimensionList"]["measureDimensions"][0]["type"] == "MeasureDimension"


@pytest.mark.parametrize("measures", [(), (MEASURE, Measure(id="SECOND", concept=CONCEPT))])
def test_a_structure_with_another_number_of_measures_is_left_out_of_1_0(measures: tuple[Measure, ...]) -> None:
    structure = replace(STRUCTURE, measures=measures)
    assert losses("1.0", structure) == [(LEFT_OUT, "several-measures", ())]
    assert parsed("1.0", structure)["data"] == {}
    assert losses("2.0", structure) == []


def test_the_measure_of_1_0_is_always_obs_value() -> None:
    number = Representation(format=TextFormat("Double"))
    structure = replace(
        STRUCTURE,
        measures=(Measure(id="NUMBER", concept=CONCEPT, roles=(CONCEPT,), representation=number, mandatory=True),),
    )
    found = _components("1.0", structure)["measureList"]["primaryMeasure"]
    assert found["id"] == "OBS_VALUE"
    assert found["links"][0]["urn"].endswith("datastructure.PrimaryMeasure=A:S(1.0).OBS_VALUE")
    assert losses("1.0", structure) == [
        (LOST, "mandatory-measure", ("NUMBER",)),
        (TRANSLATED, "measure-as-primary-measure", ("NUMBER",)),
        (LOST, "roles", ("OBS_VALUE",)),
    ]


def test_the_start_day_of_reporting_years_is_an_attribute_like_any_other_in_2_x() -> None:
    day = Attribute(
        id="REPORTING_YEAR_START_DAY",
        kind="ReportingYearStartDay",
        concept=CONCEPT,
        relationship=Relationship(Level.DATASET),
    )
    structure = replace(STRUCTURE, attributes=(day,))
    found = _components("1.0", structure)["attributeList"]["reportingYearStartDays"][0]
    assert found["localRepresentation"] == {"textFormat": {"textType": "MonthDay"}}
    assert losses("1.0", structure) == []
    assert "attributes" in _components("2.1", structure)["attributeList"]
    assert losses("2.1", structure) == [(TRANSLATED, "reporting-year-start-day", (day.id,))]


@pytest.mark.parametrize("version", VERSIONS)
def test_lists_that_are_empty_are_not_written(version: str) -> None:
    assert "groups" not in _components(version, STRUCTURE)
    assert "attributeList" not in _components(version, STRUCTURE)


def test_a_hierarchy_of_1_0_stands_in_a_list_of_the_same_name() -> None:
    tree = Hierarchy(id="H", agency="A", name={"en": "H"}, levels=(HierarchyLevel(id="L", name={"en": "L"}),))
    assert losses("1.0", tree) == [
        (TRANSLATED, "hierarchy-as-hierarchical-codelist", ()),
        (LOST, "levels", ()),
    ]
    assert faults("1.0", written("1.0", tree)) == []


def test_a_map_of_a_type_that_sdmx_does_not_have_is_one_of_texts() -> None:
    table = RepresentationMap(id="M", agency="A", name={"en": "M"}, sources=("Colour",), targets=("Integer",))
    (found,) = parsed("2.0", table)["data"]["representationMaps"]
    assert found["source"] == [{"dataType": "String"}]
    assert losses("2.0", table) == [(LOST, "data-type", ("Colour",))]


def _keys(*selections: Selection, include: bool = True) -> DataConstraint:
    return replace(CONSTRAINT, key_sets=(KeySet((Region(selections=selections, include=include),)),))


TWO = Selection(id="D", values=(Value("X"), Value("Y")))
OTHER = Selection(id="E", values=(Value("1"), Value("2")))


@pytest.mark.parametrize("version", ["1.0", "2.0"])
def test_a_key_with_several_values_becomes_several_keys(version: str) -> None:
    keys = _constraint(version, _keys(TWO, OTHER))["dataKeySets"][0]["keys"]
    assert [[value["value"] for value in key["keyValues"]] for key in keys] == [
        ["X", "1"],
        ["X", "2"],
        ["Y", "1"],
        ["Y", "2"],
    ]
    assert losses(version, _keys(TWO, OTHER)) == [(TRANSLATED, "keys-expanded", ())]


def test_a_key_of_2_1_can_have_several_values() -> None:
    (key,) = _constraint("2.1", _keys(TWO))["dataKeySets"][0]["keys"]
    assert key == {"keyValues": [{"id": "D", "values": ["X", "Y"]}]}
    assert losses("2.1", _keys(TWO)) == []


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize(
    "constraint",
    [
        _keys(Selection(id="D")),
        _keys(TWO, include=False),
        replace(CONSTRAINT, key_sets=(KeySet(()),)),
    ],
)
def test_keys_that_cannot_be_said_leave_no_empty_set(version: str, constraint: DataConstraint) -> None:
    assert "dataKeySets" not in _constraint(version, constraint)
    told = [what for _, what, _ in losses(version, constraint)]
    assert told == (["key-selection"] if constraint.key_sets[0].keys else [])


def test_values_in_keys_are_only_values() -> None:
    value = Value("X", "true", "en", "2020", "2021")
    told = losses("2.0", _keys(Selection(id="D", values=(value,))))
    assert told == [(LOST, "cascade", ("D",)), (LOST, "value-language", ("D",)), (LOST, "validity", ("D",))]


def test_values_that_are_excluded_cannot_be_said_in_1_0() -> None:
    region = Region(selections=(replace(TWO, include=False), OTHER))
    constraint = replace(CONSTRAINT, regions=(region,))
    assert [part["id"] for part in _constraint("1.0", constraint)["cubeRegions"][0]["keyValues"]] == ["E"]
    assert losses("1.0", constraint) == [(LOST, "excluded-values", ("D",))]


@pytest.mark.parametrize("version", VERSIONS)
def test_regions_are_one_to_include_and_one_to_exclude(version: str) -> None:
    constraint = replace(CONSTRAINT, regions=(Region(selections=(TWO,)), Region(selections=(OTHER,))))
    assert losses(version, constraint) == [(LEFT_OUT, "regions", ())]


@pytest.mark.parametrize(
    ("times", "key", "loss"),
    [
        (TimeRange(start=Period("2020")), ["afterPeriod"], (TRANSLATED, "open-range", ("T",))),
        (TimeRange(end=Period("2020")), ["beforePeriod"], (TRANSLATED, "open-range", ("T",))),
        (TimeRange(before=Period("1"), after=Period("2")), ["afterPeriod"], (LOST, "time-range", ("T",))),
        (TimeRange(), None, (LOST, "time-range", ("T",))),
    ],
)
def test_a_time_range_of_2_x_has_one_end_or_is_from_a_start_to_an_end(
    times: TimeRange, key: list[str] | None, loss: tuple[str, str, tuple[str, ...]]
) -> None:
    constraint = replace(CONSTRAINT, regions=(Region(selections=(Selection(id="T", time_range=times),)),))
    (found,) = _constraint("2.0", constraint)["cubeRegions"][0]["keyValues"]
    assert (list(found["timeRange"]) if "timeRange" in found else None) == key
    assert losses("2.0", constraint) == [loss]


def test_a_selection_has_values_or_a_time_range() -> None:
    both = replace(TWO, time_range=TimeRange(start=Period("1"), end=Period("2")))
    constraint = replace(CONSTRAINT, regions=(Region(selections=(both,)),))
    assert losses("2.0", constraint) == [(LOST, "time-range", ("D",))]
    assert losses("1.0", constraint) == []


def test_what_there_is_is_said_without_identity_in_2_1() -> None:
    there = replace(CONSTRAINT, role=ACTUAL, regions=(Region(selections=(TWO,)),))
    flow = "urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow=A:DF(1.0)"
    (found,) = parsed("2.1", there)["data"]["availabilityConstraints"]
    assert found["constraintAttachment"] == {"dataflow": flow}
    assert losses("2.1", there) == [(LOST, "identity", ())]
    assert losses("2.1", replace(there, regions=())) == [(LEFT_OUT, "actual-constraint", ())]
    provider = Reference("DataProvider", "A", "DATA_PROVIDERS", "1.0", "P")
    assert losses("2.1", replace(there, attachment=(provider,))) == [(LEFT_OUT, "actual-constraint", ())]
    more = replace(there, attachment=(FLOW, provider), data_sources=("/",), release_calendar=("P1Y", "P1D", "P1D"))
    assert [what for _, what, _ in losses("2.1", more)] == [
        "identity",
        "attachments",
        "release-calendar",
        "data-sources",
    ]


@pytest.mark.parametrize(
    ("version", "told"),
    [("1.0", {"simpleDataSource": "/1"}), ("2.0", {"simpleDataSources": ["/1", "/2"]}), ("2.1", None)],
)
def test_a_constraint_can_be_attached_to_data_sources(version: str, told: dict[str, object] | None) -> None:
    constraint = replace(CONSTRAINT, attachment=(), data_sources=("/1", "/2"))
    assert _constraint(version, constraint).get("constraintAttachment") == told
    assert losses(version, constraint) == ([] if version == "2.0" else [(LOST, "data-sources", ())])


def test_a_constraint_is_attached_to_artefacts_of_one_class() -> None:
    structure = Reference("DataStructure", "A", "S", "1.0")
    mixed = replace(CONSTRAINT, attachment=(FLOW, structure))
    assert list(_constraint("2.0", mixed)["constraintAttachment"]) == ["dataflows"]
    assert losses("2.0", mixed) == [(LOST, "attachments", ())]
    providers = tuple(Reference("DataProvider", "A", "DATA_PROVIDERS", "1.0", name) for name in "PQ")
    several = replace(CONSTRAINT, attachment=providers, data_sources=("/",))
    assert [what for _, what, _ in losses("2.0", several)] == ["attachments", "data-sources"]
    flows = replace(CONSTRAINT, attachment=(Reference("Metadataflow", "A", "MF", "1.0"),))
    assert losses("2.0", flows) == [(LEFT_OUT, "reference-kind", ())]
