"""Data structures and dataflows: components in order, relationships, and measures of each version."""

from dataclasses import replace

import pytest
from tests.examples.ml_writing import WRITERS, Written, written

from icstip.artefacts.base import Link, Reference, Representation, TextFormat
from icstip.artefacts.data_structure import (
    Attribute,
    Dataflow,
    DataStructure,
    Dimension,
    Group,
    Level,
    Measure,
    Relationship,
)
from icstip.errors import StructureError

in_all_versions = pytest.mark.parametrize("version", WRITERS)
in_3_x = pytest.mark.parametrize("version", ["3.0", "3.1"])
URN = "urn:sdmx:org.sdmx.infomodel."
NAME = {"en": "Name"}
CONCEPT = Reference("Concept", "TEST", "CS", "1.0", "C")
ROLE = Reference("Concept", "SDMX", "ROLES", "1.0", "R")
TIME = Dimension(id="TIME_PERIOD", concept=CONCEPT, kind="TimeDimension")
A, B = Dimension(id="A", concept=CONCEPT), Dimension(id="B", concept=CONCEPT)
VALUE = Measure(id="OBS_VALUE", concept=CONCEPT)


def _structure(**fields: object) -> DataStructure:
    given = {"id": "DSD", "agency": "TEST", "name": NAME, "dimensions": (A, B, TIME), "measures": (VALUE,)}
    return DataStructure(**{**given, **fields})  # type: ignore[arg-type]


def _related(relationship: Relationship, **fields: object) -> DataStructure:
    attribute = Attribute(id="X", concept=CONCEPT, relationship=relationship)
    return _structure(attributes=(replace(attribute, **fields),), groups=(Group(id="G", dimensions=("A",)),))  # type: ignore[arg-type]


def _local(message: Written, path: str) -> list[str | None]:
    """Return local references: text in 3.x, an element in 2.1."""
    found = message.all(path)
    return [element.text if len(element) == 0 else element[0].get("id") for element in found]


@in_all_versions
def test_dimensions_come_in_order_with_positions_and_time_last(version: str) -> None:
    message = written(version, _structure(dimensions=(A, TIME, B)))
    dimensions = list(message.one("s:DimensionList"))
    assert [(d.get("id"), d.get("position")) for d in dimensions] == [("A", "1"), ("B", "2"), ("TIME_PERIOD", None)]


@in_all_versions
def test_lists_and_components_have_urns(version: str) -> None:
    attribute = Attribute(id="X", concept=CONCEPT, relationship=Relationship(Level.DATASET))
    message = written(version, _structure(attributes=(attribute,), groups=(Group(id="G", dimensions=("A",)),)))
    components = list(message.one("s:DataStructureComponents").iter())
    urns = [
        str(element.get("urn")).removeprefix(f"{URN}datastructure.") for element in components if element.get("urn")
    ]
    measure = "PrimaryMeasure" if version == "2.1" else "Measure"
    assert urns == [
        f"{kind}=TEST:DSD(1.0).{component}"
        for kind, component in (
            ("DimensionDescriptor", "DimensionDescriptor"),
            ("Dimension", "A"),
            ("Dimension", "B"),
            ("TimeDimension", "TIME_PERIOD"),
            ("GroupDimensionDescriptor", "G"),
            ("AttributeDescriptor", "AttributeDescriptor"),
            ("DataAttribute", "X"),
            ("MeasureDescriptor", "MeasureDescriptor"),
            (measure, "OBS_VALUE"),
        )
    ]


@in_all_versions
def test_components_have_concepts_and_roles(version: str) -> None:
    dimension = replace(A, roles=(ROLE, CONCEPT))
    message = written(version, _structure(dimensions=(dimension, B)))
    path = "s:Dimension[@id='A']"
    if version == "2.1":
        roles = [role.get("id") for role in message.all(f"{path}/s:ConceptRole/Ref")]
        assert (message.one(f"{path}/s:ConceptIdentity/Ref").get("id"), roles) == ("C", ["R", "C"])
    else:
        assert message.texts(f"{path}/s:ConceptIdentity") == [f"{URN}conceptscheme.Concept=TEST:CS(1.0).C"]
        assert message.texts(f"{path}/s:ConceptRole")[0] == f"{URN}conceptscheme.Concept=SDMX:ROLES(1.0).R"


def test_roles_are_lost_where_a_component_has_none() -> None:
    structure = _structure(dimensions=(A, replace(TIME, roles=(ROLE,))), measures=(replace(VALUE, roles=(ROLE,)),))
    assert written("2.1", structure).said["FORMAT-003 roles"] == ("TIME_PERIOD", "OBS_VALUE")
    assert written("3.0", structure).said["FORMAT-003 roles"] == ("TIME_PERIOD",)


@pytest.mark.parametrize(
    ("relationship", "in_2_1", "in_3_x"),
    [
        (Relationship(Level.DATASET), [("None", None)], [("Dataflow", None)]),
        (Relationship(Level.OBSERVATION), [("PrimaryMeasure", "OBS_VALUE")], [("Observation", None)]),
        (Relationship(Level.GROUP, group="G"), [("Group", "G")], [("Group", "G")]),
        (
            Relationship(Level.DIMENSIONS, dimensions=("A", "B"), attachment_groups=("G",)),
            [("Dimension", "A"), ("Dimension", "B"), ("AttachmentGroup", "G")],
            [("Dimension", "A"), ("Dimension", "B")],
        ),
    ],
    ids=lambda value: str(value.level) if isinstance(value, Relationship) else None,
)
def test_relationships_are_said_in_the_words_of_the_version(
    relationship: Relationship, in_2_1: list[tuple[str, str | None]], in_3_x: list[tuple[str, str | None]]
) -> None:
    for version, expected in (("2.1", in_2_1), ("3.0", in_3_x), ("3.1", in_3_x)):
        message = written(version, _related(relationship))
        tags = [str(part.tag).partition("}")[2] for part in message.one("s:AttributeRelationship")]
        assert list(zip(tags, _local(message, "s:AttributeRelationship/*"), strict=True)) == expected
        lost = message.said.get("FORMAT-003 attachment-groups")
        assert lost == (("X",) if relationship.attachment_groups and version != "2.1" else None)


@in_3_x
def test_an_attribute_says_which_measures_it_is_about(version: str) -> None:
    about = Relationship(Level.OBSERVATION, measures=("M1", "M2"))
    message = written(version, _related(about))
    assert message.texts("s:MeasureRelationship/s:Measure") == ["M1", "M2"]
    assert written("2.1", _related(about)).said == {"FORMAT-003 measure-relationship": ("X",)}


@pytest.mark.parametrize(
    ("version", "mandatory", "expected"),
    [
        ("2.1", True, ("assignmentStatus", "Mandatory")),
        ("2.1", False, ("assignmentStatus", "Conditional")),
        ("3.0", True, ("usage", "mandatory")),
        ("3.1", False, ("usage", "optional")),
    ],
)
def test_whether_an_attribute_must_be_reported_is_said(
    version: str,
    mandatory: bool,  # noqa: FBT001
    expected: tuple[str, str],
) -> None:
    message = written(version, _related(Relationship(Level.DATASET), mandatory=mandatory))
    name, value = expected
    assert message.one("s:Attribute").get(name) == value


@in_all_versions
@pytest.mark.parametrize("relationship", [Relationship(Level.GROUP), Relationship(Level.DIMENSIONS)], ids=str)
def test_an_attribute_that_is_related_to_nothing_is_refused(version: str, relationship: Relationship) -> None:
    with pytest.raises(StructureError) as error:
        written(version, _related(relationship))
    assert error.value.message_id == "attribute-unattached"


@in_3_x
def test_all_measures_are_said_and_whether_they_must_be_reported(version: str) -> None:
    measures = (replace(VALUE, mandatory=True), Measure(id="M2", concept=CONCEPT, roles=(ROLE,)))
    message = written(version, _structure(measures=measures))
    assert [(m.get("id"), m.get("usage")) for m in message.all("s:MeasureList/s:Measure")] == [
        ("OBS_VALUE", "mandatory"),
        ("M2", "optional"),
    ]
    assert len(message.all("s:Measure/s:ConceptRole")) == 1


@in_3_x
def test_a_structure_need_not_have_measures(version: str) -> None:
    assert written(version, _structure(measures=())).all("s:MeasureList") == []


@pytest.mark.parametrize("measures", [(), (VALUE, Measure(id="M2", concept=CONCEPT))], ids=["none", "two"])
def test_a_structure_without_exactly_one_measure_is_left_out_of_2_1(measures: tuple[Measure, ...]) -> None:
    flow = Dataflow(id="DF", agency="TEST", name=NAME, structure=Reference("DataStructure", "TEST", "DSD", "1.0"))
    message = written("2.1", _structure(measures=measures), flow)
    assert message.said == {"FORMAT-001 several-measures": ()}
    assert message.one("s:Dataflow/s:Structure/Ref").get("id") == "DSD"


def test_the_measure_is_the_primary_measure_of_2_1_under_its_one_id() -> None:
    decimal = Representation(format=TextFormat("Decimal"))
    measure = Measure(id="COUNT", concept=CONCEPT, representation=decimal, mandatory=True)
    message = written("2.1", _structure(measures=(measure,)))
    assert message.one("s:PrimaryMeasure").get("id") == "OBS_VALUE"
    assert message.one("s:PrimaryMeasure//s:TextFormat").get("textType") == "Decimal"
    assert message.said == {
        "FORMAT-002 measure-as-primary-measure": ("COUNT",),
        "FORMAT-003 mandatory-measure": ("COUNT",),
    }
    assert written("2.1", _structure()).said == {}


@in_all_versions
def test_groups_have_their_dimensions_in_order(version: str) -> None:
    group = Group(id="G-1", dimensions=("B", "A"), uri="https://g")
    message = written(version, _structure(groups=(group,)))
    assert (message.one("s:Group").get("id"), message.one("s:Group").get("uri")) == ("G-1", "https://g")
    assert _local(message, "s:DimensionReference") == ["B", "A"]


def test_a_group_can_be_made_by_a_constraint_in_2_1_only() -> None:
    constraint = Reference("AttachmentConstraint", "TEST", "AC", "1.0")
    structure = _structure(groups=(Group(id="G", attachment_constraint=constraint), Group(id="H", dimensions=("A",))))
    assert written("2.1", structure).one("s:AttachmentConstraint/Ref").get("id") == "AC"
    message = written("3.0", structure)
    assert [group.get("id") for group in message.all("s:Group")] == ["H"]
    assert message.said == {"FORMAT-003 group-constraint": ("G",)}


@in_all_versions
def test_a_group_has_no_links(version: str) -> None:
    group = Group(id="G", dimensions=("A",), links=(Link(rel="r", url="u"),))
    assert written(version, _structure(groups=(group,))).said == {"FORMAT-003 links": ("G",)}


def test_the_start_day_of_reporting_years_is_a_class_of_its_own_in_2_1_only() -> None:
    attribute = Attribute(
        id="REPORTING_YEAR_START_DAY",
        concept=CONCEPT,
        relationship=Relationship(Level.DATASET),
        kind="ReportingYearStartDay",
    )
    old, new = (written(version, _structure(attributes=(attribute,))) for version in ("2.1", "3.0"))
    assert str(old.one("s:ReportingYearStartDay").get("urn")).startswith(f"{URN}datastructure.ReportingYearStartDay=")
    assert str(new.one("s:Attribute").get("urn")).startswith(f"{URN}datastructure.DataAttribute=")
    assert new.said == {"FORMAT-002 reporting-year-start-day": ("REPORTING_YEAR_START_DAY",)}
    other = written("2.1", _structure(attributes=(replace(attribute, id="START"),)))
    assert other.one("s:Attribute").get("id") == "START"


def test_metadata_attributes_and_their_structure_are_in_3_x_only() -> None:
    structure = _structure(
        metadata=Reference("MetadataStructure", "TEST", "MSD", "1.0"),
        metadata_attributes=(("CONTACT", Relationship(Level.DATASET)), ("Q", Relationship(Level.GROUP, group="G"))),
    )
    message = written("3.1", structure)
    assert message.texts("s:Metadata") == [f"{URN}metadatastructure.MetadataStructure=TEST:MSD(1.0)"]
    assert message.texts("s:MetadataAttributeReference") == ["CONTACT", "Q"]
    assert message.texts("s:MetadataAttributeUsage/s:AttributeRelationship/s:Group") == ["G"]
    assert written("2.1", structure).said == {"FORMAT-003 metadata-attributes": ()}


@pytest.mark.parametrize(("version", "said"), [("2.1", None), ("3.0", None), ("3.1", "true")])
def test_that_a_structure_evolves_is_said_in_3_1_only(version: str, said: str | None) -> None:
    message = written(version, _structure(evolving=True))
    assert message.one("s:DataStructure").get("evolvingStructure") == said
    assert ("FORMAT-003 evolving" in message.said) is (said is None)


@in_all_versions
def test_a_structure_that_stands_elsewhere_has_no_components(version: str) -> None:
    head = DataStructure(id="DSD", agency="TEST", name=NAME, external=True)
    message = written(version, head)
    assert message.all("s:DataStructureComponents") == []
    assert message.said == {}


@in_all_versions
@pytest.mark.parametrize("dimensions", [(), (TIME,)], ids=["none", "only time"])
def test_a_structure_without_a_dimension_besides_time_is_left_out(
    version: str, dimensions: tuple[Dimension, ...]
) -> None:
    assert written(version, _structure(dimensions=dimensions)).said == {"FORMAT-001 incomplete": ()}


@in_all_versions
@pytest.mark.parametrize(
    "structure",
    [
        _structure(dimensions=(replace(A, id="1A"),)),
        _structure(dimensions=(A, replace(TIME, id="YEAR"))),
        _structure(groups=(Group(id="G G", dimensions=("A",)),)),
    ],
    ids=["dimension with a digit", "time dimension of another name", "group with a space"],
)
def test_a_component_with_an_id_that_the_schema_refuses_is_refused(version: str, structure: DataStructure) -> None:
    with pytest.raises(StructureError) as error:
        written(version, structure)
    assert error.value.message_id == "id-refused"


def test_a_dataflow_is_constrained_to_dimensions_in_3_1_only() -> None:
    flow = Dataflow(id="DF", agency="TEST", name=NAME, dimensions=("A", "B"))
    assert written("3.1", flow).texts("s:DimensionConstraint/s:Dimension") == ["A", "B"]
    for version in ("2.1", "3.0"):
        assert written(version, flow).said == {"FORMAT-003 dimension-constraint": ()}
