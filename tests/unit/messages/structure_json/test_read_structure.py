"""Data structures, constraints, hierarchies and maps in the forms in which other tools write them."""

import pytest
from tests.examples.json_messages import document, only, unread

from icstip.artefacts.base import Maintainable, Reference, Representation, TextFormat
from icstip.artefacts.constraints import ACTUAL, DataConstraint, Period, Region, Selection, TimeRange, Value
from icstip.artefacts.data_structure import Attribute, DataStructure, Dimension, Level, Measure, Relationship
from icstip.artefacts.hierarchies import HierarchicalCode, Hierarchy
from icstip.artefacts.hierarchies import Level as HierarchyLevel
from icstip.artefacts.maps import FixedValueMap, MappedValue, RepresentationMap, StructureMap, ValueMapping

URN = "urn:sdmx:org.sdmx.infomodel."
CONCEPT = f"{URN}conceptscheme.Concept=A:CS(1.0)"
FLOW = f"{URN}datastructure.Dataflow=A:DF(1.0)"
HEAD = {"id": "S", "agencyID": "A", "version": "1.0", "name": "N"}


def _concept(name: str) -> Reference:
    return Reference("Concept", "A", "CS", "1.0", name)


def _structure(version: str, **components: object) -> DataStructure:
    found = only(version, "dataStructures", {**HEAD, "dataStructureComponents": components})
    assert isinstance(found, DataStructure)
    return found


def test_a_component_without_an_id_has_that_of_its_concept() -> None:
    time = {"conceptIdentity": f"{CONCEPT}.WHEN", "localRepresentation": {"format": {"dataType": "GregorianYear"}}}
    found = _structure(
        "2.0",
        dimensionList={"dimensions": [{"conceptIdentity": f"{CONCEPT}.AREA"}], "timeDimension": time},
        measureList={"measures": [{"conceptIdentity": f"{CONCEPT}.VALUE", "usage": "mandatory"}]},
        attributeList={
            "attributes": [{"conceptIdentity": f"{CONCEPT}.NOTE", "attributeRelationship": {"observation": {}}}]
        },
    )
    year = Representation(format=TextFormat("GregorianYear"))
    assert found.components == (
        Dimension(id="AREA", concept=_concept("AREA")),
        Dimension(id="TIME_PERIOD", kind="TimeDimension", concept=_concept("WHEN"), representation=year),
        Measure(id="VALUE", concept=_concept("VALUE"), mandatory=True),
        Attribute(id="NOTE", concept=_concept("NOTE"), relationship=Relationship(Level.OBSERVATION)),
    )


def test_the_dimensions_of_1_0_are_in_the_order_of_their_positions() -> None:
    def dimension(name: str, position: int, **more: object) -> dict[str, object]:
        return {"id": name, "position": position, "type": "x", "conceptIdentity": f"{CONCEPT}.{name}", **more}

    listed = {"enumeration": f"{URN}conceptscheme.ConceptScheme=A:CS(1.0)"}
    dimensions = {
        "dimensions": [dimension("C", 2), dimension("A", 0)],
        "measureDimensions": [dimension("B", 1, localRepresentation=listed)],
        "timeDimensions": [dimension("TIME_PERIOD", 3, localRepresentation={"textFormat": {}})],
    }
    primary = {"conceptIdentity": f"{CONCEPT}.V", "localRepresentation": {"textFormat": {"textType": "Double"}}}
    found = _structure("1.0", dimensionList=dimensions, measureList={"primaryMeasure": primary})
    assert [(part.id, part.kind) for part in found.dimensions] == [
        ("A", "Dimension"),
        ("B", "MeasureDimension"),
        ("C", "Dimension"),
        ("TIME_PERIOD", "TimeDimension"),
    ]
    double = Representation(format=TextFormat("Double"))
    assert found.measures == (Measure(id="OBS_VALUE", concept=_concept("V"), representation=double),)


@pytest.mark.parametrize(
    ("version", "told", "expected"),
    [
        ("1.0", {"none": {}}, Relationship(Level.DATASET)),
        ("1.0", {"primaryMeasure": "OBS_VALUE"}, Relationship(Level.OBSERVATION)),
        (
            "1.0",
            {"dimensions": ["A", "B"], "attachmentGroups": ["G"]},
            Relationship(Level.DIMENSIONS, ("A", "B"), attachment_groups=("G",)),
        ),
        ("1.0", {"group": "G"}, Relationship(Level.GROUP, group="G")),
        ("2.0", {"dataflow": {}}, Relationship(Level.DATASET)),
        ("2.0", {"observation": {}}, Relationship(Level.OBSERVATION)),
        ("2.0", {"dimensions": ["A"]}, Relationship(Level.DIMENSIONS, ("A",))),
        ("2.0", {"group": "G"}, Relationship(Level.GROUP, group="G")),
    ],
)
def test_relationships_are_read(version: str, told: dict[str, object], expected: Relationship) -> None:
    attribute = {"conceptIdentity": f"{CONCEPT}.X", "attributeRelationship": told}
    found = _structure(version, attributeList={"attributes": [attribute]})
    assert found.attributes[0].relationship == expected


def test_that_a_dimension_of_a_relationship_is_optional_is_told() -> None:
    related = {"dimensions": ["A"], "areDimensionsOptional": [True]}
    attribute = {"conceptIdentity": f"{CONCEPT}.X", "attributeRelationship": related}
    structure = {**HEAD, "dataStructureComponents": {"attributeList": {"attributes": [attribute]}}}
    told = unread("2.0", {"dataStructures": [structure]})
    assert told == [("DataStructure=A:S(1.0)", "attributeRelationship.areDimensionsOptional")]


@pytest.mark.parametrize(
    ("part", "told"),
    [
        ({"dimensionList": {"dimensions": [{"id": "X"}]}}, "dimensions.conceptIdentity"),
        ({"dimensionList": {"dimensions": [{"conceptIdentity": "X"}]}}, "dimensions.conceptIdentity"),
        ({"attributeList": {"attributes": [{"conceptIdentity": f"{CONCEPT}.X"}]}}, "attributeRelationship"),
    ],
)
def test_a_structure_whose_components_are_not_understood_is_left_out(part: dict[str, object], told: str) -> None:
    found = document("2.0", {"dataStructures": [{**HEAD, "dataStructureComponents": part}]})
    assert len(found.artefacts) == 0
    assert [finding.params["what"] for finding in found.findings] == [told]


def test_an_agreement_on_metadata_is_left_out() -> None:
    agreement = {**HEAD, "dataProvider": f"{URN}base.DataProvider=A:DATA_PROVIDERS(1.0).P"}
    metadata = f"{URN}metadatastructure.Metadataflow=A:MF(1.0)"
    for version, key in (("1.0", "structureUsage"), ("2.0", "dataflow")):
        found = document(version, {"provisionAgreements": [{**agreement, key: metadata}, {**agreement, key: FLOW}]})
        assert [finding.params["what"] for finding in found.findings] == ["Metadataflow"]
        assert len(found.artefacts) == 1


def _constraint(version: str, collection: str, **parts: object) -> DataConstraint:
    found = only(version, collection, {**HEAD, **parts})
    assert isinstance(found, DataConstraint)
    return found


def test_values_of_2_x_are_texts_or_objects() -> None:
    values = ["X", {"value": "Y", "cascadeValues": True, "lang": "pt-br", "validFrom": "2020"}]
    region = {"keyValues": [{"id": "D", "values": values, "include": False, "removePrefix": True}]}
    found = _constraint("2.0", "dataConstraints", cubeRegions=[region], constraintAttachment={"dataflows": [FLOW]})
    assert found.regions == (
        Region(
            selections=(
                Selection(
                    id="D",
                    include=False,
                    remove_prefix=True,
                    values=(Value("X"), Value("Y", "true", "pt-BR", "2020")),
                ),
            )
        ),
    )
    assert found.attachment == (Reference("Dataflow", "A", "DF", "1.0"),)


def test_values_of_1_0_that_cascade_are_listed_twice_or_apart() -> None:
    region = {
        "isIncluded": False,
        "keyValues": [{"id": "D", "values": ["X", "Y"], "cascadeValues": ["Y", "Z"]}],
        "attributes": [{"id": "T", "timeRange": {"startPeriod": {"period": "2020", "isInclusive": False}}}],
    }
    found = _constraint("1.0", "contentConstraints", cubeRegions=[region])
    start = TimeRange(start=Period("2020", inclusive=False))
    assert found.regions == (
        Region(
            include=False,
            selections=(
                Selection(id="D", values=(Value("X"), Value("Y", "true"), Value("Z", "true"))),
                Selection(id="T", is_key=False, time_range=start),
            ),
        ),
    )


def test_a_content_constraint_is_on_what_there_is_unless_it_says_otherwise() -> None:
    assert _constraint("1.0", "contentConstraints").role == ACTUAL
    assert _constraint("1.0", "contentConstraints", type="Allowed").role == "Allowed"
    assert _constraint("2.0", "dataConstraints").role == "Allowed"
    assert _constraint("2.0", "dataConstraints", role="Actual").role == ACTUAL
    assert unread("2.0", {"dataConstraints": [{**HEAD, "role": "Other"}]}) == [
        ("DataConstraint=A:S(1.0)", "dataConstraints.role")
    ]


@pytest.mark.parametrize("key", [{"value": "X"}, {"values": ["X"]}])
def test_the_values_of_keys_are_one_or_several(key: dict[str, object]) -> None:
    keys = [{"keyValues": [{"id": "D", **key}]}]
    found = _constraint("2.1", "dataConstraints", dataKeySets=[{"isIncluded": False, "keys": keys}])
    (key_set,) = found.key_sets
    assert not key_set.include
    assert key_set.keys == (Region(selections=(Selection(id="D", values=(Value("X"),)),)),)


def test_an_availability_constraint_has_the_identity_of_what_it_is_attached_to() -> None:
    given = {
        "constraintAttachment": {"dataflow": FLOW},
        "cubeRegion": {"keyValues": [{"id": "D", "values": ["X"]}]},
        "seriesCount": 3,
    }
    found = document("2.1", {"availabilityConstraints": [given, {}]})
    assert found.artefacts.artefacts == (
        DataConstraint(
            id="DF",
            agency="A",
            name={"en": "Availability for DF"},
            role=ACTUAL,
            attachment=(Reference("Dataflow", "A", "DF", "1.0"),),
            regions=(Region(selections=(Selection(id="D", values=(Value("X"),)),)),),
        ),
    )
    assert [(finding.place.key, finding.params["what"]) for finding in found.findings] == [
        ("DataConstraint=A:DF(1.0)", "availabilityConstraints.seriesCount"),
        (None, "constraintAttachment"),
    ]


def test_data_sources_to_which_no_client_sends_queries_are_told() -> None:
    source = {"isRESTDatasource": False, "isWebServiceDatasource": True, "dataURL": "/ws", "wsdlURL": "/wsdl"}
    attachment = {"dataflows": [FLOW], "queryableDataSources": [source]}
    found = document("2.0", {"dataConstraints": [{**HEAD, "constraintAttachment": attachment}]})
    (constraint,) = found.artefacts
    assert isinstance(constraint, DataConstraint)
    assert constraint.data_sources == ("/ws",)
    assert [str(finding.params["what"]).rpartition(".")[2] for finding in found.findings] == [
        "isRESTDatasource",
        "isWebServiceDatasource",
        "wsdlURL",
    ]


def _hierarchies(lists: dict[str, object]) -> list[Maintainable]:
    found = document("1.0", {"hierarchicalCodelists": [{**HEAD, **lists}]})
    return list(found.artefacts)


def test_the_codes_of_1_0_can_be_told_by_the_alias_of_their_list_and_levels_by_urn() -> None:
    tree = {
        "id": "S",
        "name": "N",
        "leveled": True,
        "level": {"id": "L1", "name": "L", "level": {"id": "L2", "name": "L", "codingFormat": {"maxLength": 2}}},
        "hierarchicalCodes": [
            {"id": "1", "codelistAliasRef": "X", "codeID": "C", "level": f"{URN}codelist.Level=A:S(1.0).S.L1"},
            {"id": "2", "code": f"{URN}codelist.Code=A:CL(1.0).D", "hierarchicalCodes": []},
        ],
    }
    (found,) = _hierarchies({"hierarchies": [tree], "includedCodelists": {"X": f"{URN}codelist.Codelist=A:CL(1.0)"}})
    assert found == Hierarchy(
        id="S",
        agency="A",
        name={"en": "N"},
        formal_levels=True,
        levels=(
            HierarchyLevel(id="L1", name={"en": "L"}),
            HierarchyLevel(id="L2", name={"en": "L"}, format=TextFormat(None, {"maxLength": "2"})),
        ),
        codes=(
            HierarchicalCode(id="1", code=Reference("Code", "A", "CL", "1.0", "C"), level="L1"),
            HierarchicalCode(id="2", code=Reference("Code", "A", "CL", "1.0", "D")),
        ),
    )


def test_several_hierarchies_of_a_list_are_artefacts_of_their_own() -> None:
    trees = [{"id": "T1", "name": "One", "leveled": False}, {"id": "T2", "name": "Two"}]
    placed = {
        **HEAD,
        "source": f"{URN}codelist.Hierarchy=A:S(1.0).T2",
        "target": f"{URN}categoryscheme.Category=A:CS(1.0).X",
    }
    data = {"hierarchicalCodelists": [{**HEAD, "hierarchies": trees}], "categorisations": [placed]}
    found = document("1.0", data)
    assert [(artefact.id, artefact.name) for artefact in found.artefacts.all_of(Hierarchy)] == [
        ("S_T1", {"en": "One"}),
        ("S_T2", {"en": "Two"}),
    ]
    (category,) = (artefact for artefact in found.artefacts if artefact.kind == "Categorisation")
    assert getattr(category, "source", None) == Reference("Hierarchy", "A", "S_T2", "1.0")
    assert [finding.params["what"] for finding in found.findings] == ["hierarchicalCodelists"]


def test_a_code_of_an_unknown_alias_leaves_its_list_out() -> None:
    tree = {"id": "S", "name": "N", "hierarchicalCodes": [{"id": "1", "codelistAliasRef": "X", "codeID": "C"}]}
    assert _hierarchies({"hierarchies": [tree]}) == []


def test_a_hierarchical_code_list_without_hierarchies_is_a_hierarchy() -> None:
    assert _hierarchies({}) == [Hierarchy(id="S", agency="A", name={"en": "N"})]


def test_maps_are_read() -> None:
    ends = {"source": [{"dataType": "String"}], "target": [{"codelist": f"{URN}codelist.Codelist=A:CL(1.0)"}]}
    mapping = {"sourceValues": [{"value": "x", "isRegEx": True, "startIndex": 1}], "targetValues": ["y"]}
    table = {**HEAD, **ends, "representationMappings": [{**mapping, "validFrom": "2020-01-01T00:00:00Z"}]}
    assert only("2.0", "representationMaps", table) == RepresentationMap(
        id="S",
        agency="A",
        name={"en": "N"},
        sources=("String",),
        targets=(Reference("Codelist", "A", "CL", "1.0"),),
        mappings=(
            ValueMapping(sources=(MappedValue("x", regex=True, start=1),), targets=("y",), valid_from="2020-01-01"),
        ),
    )
    fixed = [{"target": "T", "values": ["1"]}, {"source": "S", "values": ["2"]}]
    assert only("2.0", "structureMaps", {**HEAD, "source": FLOW, "target": FLOW, "fixedValueMaps": fixed}) == (
        StructureMap(
            id="S",
            agency="A",
            name={"en": "N"},
            source=Reference("Dataflow", "A", "DF", "1.0"),
            target=Reference("Dataflow", "A", "DF", "1.0"),
            fixed_values=(
                FixedValueMap(component="T", values=("1",)),
                FixedValueMap(component="S", values=("2",), is_source=True),
            ),
        )
    )


def test_maps_of_dates_are_told() -> None:
    mapping = {**HEAD, "source": FLOW, "target": FLOW, "epochMaps": [{"id": "E"}]}
    assert unread("2.0", {"structureMaps": [mapping]}) == [("StructureMap=A:S(1.0)", "structureMaps.epochMaps")]
