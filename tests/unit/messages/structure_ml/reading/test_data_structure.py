"""Data structures and dataflows."""

import pytest
from tests.examples.ml_messages import URN, document, only, unread

from icstip.artefacts.base import Annotation, Reference, Representation, TextFormat
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

CODES = Representation(Reference("Codelist", "T", "CL", "1.0"))
NOTE = "<c:Annotations><c:Annotation><c:AnnotationType>N</c:AnnotationType></c:Annotation></c:Annotations>"


def _concept(identity: str) -> Reference:
    return Reference("Concept", "T", "CS", "1.0", identity)


def _concept_21(identity: str, tag: str = "ConceptIdentity") -> str:
    return f'<s:{tag}><Ref id="{identity}" maintainableParentID="CS" agencyID="T"/></s:{tag}>'


def _concept_3x(identity: str, tag: str = "ConceptIdentity") -> str:
    return f"<s:{tag}>{URN}conceptscheme.Concept=T:CS(1.0).{identity}</s:{tag}>"


def _structure(version: str, lists: str, after: str = "") -> DataStructure:
    components = f"<s:DataStructureComponents>{lists}</s:DataStructureComponents>"
    found = only(version, f'<s:DataStructure id="S" agencyID="T">{components}{after}</s:DataStructure>')
    assert isinstance(found, DataStructure)
    return found


def _relationships(version: str, relationship: str, more: str = "") -> Relationship:
    inside = f"<s:AttributeRelationship>{relationship}</s:AttributeRelationship>{more}"
    concept = _concept_21("A") if version == "2.1" else _concept_3x("A")
    attributes = f'<s:AttributeList><s:Attribute id="A">{concept}{inside}</s:Attribute></s:AttributeList>'
    return _structure(version, attributes).attributes[0].relationship


def test_dimensions_of_2_1_come_in_the_order_of_the_document_with_time_last() -> None:
    codes = '<s:LocalRepresentation><s:Enumeration><Ref id="{}" agencyID="T"/></s:Enumeration></s:LocalRepresentation>'
    time = '<s:LocalRepresentation><s:TextFormat startTime="2000"/></s:LocalRepresentation>'
    inside = f"""<s:DimensionList id="DimensionDescriptor" urn="urn:x">
        <s:TimeDimension position="3" type="TimeDimension">{_concept_21("TIME")}{time}</s:TimeDimension>
        <s:Dimension position="9" id="B" type="Dimension">{_concept_21("A")}{codes.format("CL")}
            {_concept_21("R1", "ConceptRole")}{_concept_21("R2", "ConceptRole")}</s:Dimension>
        <s:MeasureDimension id="M" position="1">{_concept_21("M")}{codes.format("CS_M")}</s:MeasureDimension>
        <s:Dimension uri="https://example.org">{NOTE}{_concept_21("A")}</s:Dimension></s:DimensionList>"""
    measures = Representation(Reference("ConceptScheme", "T", "CS_M", "1.0"))
    since_2000 = Representation(format=TextFormat("ObservationalTimePeriod", {"startTime": "2000"}))
    assert _structure("2.1", inside).dimensions == (
        Dimension(id="B", concept=_concept("A"), representation=CODES, roles=(_concept("R1"), _concept("R2"))),
        Dimension(id="M", kind="MeasureDimension", concept=_concept("M"), representation=measures),
        Dimension(id="A", concept=_concept("A"), uri="https://example.org", annotations=(Annotation(type="N"),)),
        Dimension(id="TIME_PERIOD", kind="TimeDimension", concept=_concept("TIME"), representation=since_2000),
    )


def test_components_of_3_x_come_with_all_that_they_say() -> None:
    inside = f"""<s:DimensionList><s:Dimension id="A" position="1">{_concept_3x("A")}<s:LocalRepresentation>
        <s:Enumeration>{URN}codelist.Codelist=T:CL(1.0)</s:Enumeration></s:LocalRepresentation></s:Dimension>
        <s:TimeDimension>{_concept_3x("TIME")}</s:TimeDimension></s:DimensionList>
        <s:AttributeList><s:Attribute id="X" usage="mandatory">{_concept_3x("X")}{_concept_3x("R", "ConceptRole")}
        <s:AttributeRelationship><s:Observation/></s:AttributeRelationship><s:MeasureRelationship>
        <s:Measure>M1</s:Measure><s:Measure>M2</s:Measure></s:MeasureRelationship></s:Attribute>
        <s:MetadataAttributeUsage><s:MetadataAttributeReference>META</s:MetadataAttributeReference>
        <s:AttributeRelationship><s:Dataflow/></s:AttributeRelationship></s:MetadataAttributeUsage></s:AttributeList>
        <s:MeasureList><s:Measure id="M1" usage="mandatory">{_concept_3x("M")}</s:Measure>
        <s:Measure id="M2">{_concept_3x("M")}</s:Measure></s:MeasureList>"""
    after = f"<s:Metadata>{URN}metadatastructure.MetadataStructure=T:MSD(1.0)</s:Metadata>"
    about = Relationship(Level.OBSERVATION, measures=("M1", "M2"))
    assert _structure("3.0", inside, after) == DataStructure(
        id="S",
        agency="T",
        dimensions=(
            Dimension(id="A", concept=_concept("A"), representation=CODES),
            Dimension(id="TIME_PERIOD", kind="TimeDimension", concept=_concept("TIME")),
        ),
        attributes=(
            Attribute(id="X", concept=_concept("X"), roles=(_concept("R"),), mandatory=True, relationship=about),
        ),
        measures=(
            Measure(id="M1", concept=_concept("M"), mandatory=True),
            Measure(id="M2", concept=_concept("M")),
        ),
        metadata=Reference("MetadataStructure", "T", "MSD", "1.0"),
        metadata_attributes=(("META", Relationship(Level.DATASET)),),
    )


def test_the_primary_measure_of_2_1_is_a_measure_that_need_not_be_reported() -> None:
    for identity in ('id="OBS_VALUE"', ""):
        inside = f"<s:PrimaryMeasure {identity}>{_concept_21('V')}</s:PrimaryMeasure>"
        found = _structure("2.1", f"<s:MeasureList>{inside}</s:MeasureList>")
        assert found.measures == (Measure(id="OBS_VALUE", concept=_concept("V")),)


def test_the_start_day_of_the_reporting_year_is_an_attribute_of_its_own_kind() -> None:
    form = '<s:LocalRepresentation><s:TextFormat textType="MonthDay"/></s:LocalRepresentation>'
    inside = f"{_concept_21('D')}{form}<s:AttributeRelationship><s:None/></s:AttributeRelationship>"
    day = f'<s:ReportingYearStartDay assignmentStatus="Mandatory">{inside}</s:ReportingYearStartDay>'
    (found,) = _structure("2.1", f"<s:AttributeList>{day}</s:AttributeList>").attributes
    assert (found.id, found.kind) == ("REPORTING_YEAR_START_DAY", "ReportingYearStartDay")
    assert found.mandatory
    assert found.relationship == Relationship(Level.DATASET)


@pytest.mark.parametrize(
    ("relationship", "expected"),
    [
        ("<s:None/>", Relationship(Level.DATASET)),
        ('<s:PrimaryMeasure><Ref id="OBS_VALUE"/></s:PrimaryMeasure>', Relationship(Level.OBSERVATION)),
        ('<s:Group><Ref id="G"/></s:Group>', Relationship(Level.GROUP, group="G")),
        (
            """<s:Dimension><Ref id="A"/></s:Dimension><s:Dimension><Ref id="B"/></s:Dimension>
            <s:AttachmentGroup><Ref id="G"/></s:AttachmentGroup><s:AttachmentGroup><Ref id="H"/></s:AttachmentGroup>""",
            Relationship(Level.DIMENSIONS, dimensions=("A", "B"), attachment_groups=("G", "H")),
        ),
    ],
)
def test_attributes_of_2_1_are_related_to_something(relationship: str, expected: Relationship) -> None:
    assert _relationships("2.1", relationship) == expected


@pytest.mark.parametrize("version", ["3.0", "3.1"])
@pytest.mark.parametrize(
    ("relationship", "expected"),
    [
        ("<s:Dataflow/>", Relationship(Level.DATASET)),
        ("<s:Observation/>", Relationship(Level.OBSERVATION)),
        ("<s:Group>G</s:Group>", Relationship(Level.GROUP, group="G")),
        (
            '<s:Dimension>A</s:Dimension><s:Dimension optional="false"> B </s:Dimension>',
            Relationship(Level.DIMENSIONS, dimensions=("A", "B")),
        ),
    ],
)
def test_attributes_of_3_x_are_related_to_something(version: str, relationship: str, expected: Relationship) -> None:
    assert _relationships(version, relationship) == expected


def test_an_optional_dimension_of_an_attribute_is_told() -> None:
    relationship = '<s:AttributeRelationship><s:Dimension optional="true">A</s:Dimension></s:AttributeRelationship>'
    inside = f'<s:AttributeList><s:Attribute id="A">{_concept_3x("A")}{relationship}</s:Attribute></s:AttributeList>'
    components = f"<s:DataStructureComponents>{inside}</s:DataStructureComponents>"
    assert unread("3.0", f'<s:DataStructure id="S" agencyID="T">{components}</s:DataStructure>') == [
        ("DataStructure=T:S(1.0)", "Dimension@optional")
    ]


@pytest.mark.parametrize(
    ("component", "what"),
    [
        ('<s:Attribute id="A"><s:AttributeRelationship/></s:Attribute>', "ConceptIdentity"),
        (f'<s:Attribute id="A">{_concept_3x("A")}</s:Attribute>', "AttributeRelationship"),
        (
            f'<s:Attribute id="A">{_concept_3x("A")}<s:AttributeRelationship/></s:Attribute>',
            "AttributeRelationship",
        ),
        ("<s:MetadataAttributeUsage/>", "MetadataAttributeReference"),
    ],
)
def test_a_data_structure_with_a_component_that_lacks_something_is_left_out_and_told(component: str, what: str) -> None:
    components = (
        f"<s:DataStructureComponents><s:AttributeList>{component}</s:AttributeList></s:DataStructureComponents>"
    )
    structure = f'<s:DataStructure id="S" agencyID="T">{components}</s:DataStructure>'
    assert len(document("3.0", f"<s:A>{structure}</s:A>").artefacts) == 0
    assert [told for _, told in unread("3.0", structure)] == [what, "DataStructure"]


def test_groups_come_with_their_dimensions_or_their_constraint() -> None:
    dimension = "<s:GroupDimension><s:DimensionReference>{}</s:DimensionReference></s:GroupDimension>"
    dimensions = [dimension.format(f'<Ref id="{name}"/>') for name in "BA"]
    constraint = '<s:AttachmentConstraint><Ref id="AC" agencyID="T"/></s:AttachmentConstraint>'
    inside = f'<s:Group id="G">{NOTE}{"".join(dimensions)}</s:Group><s:Group id="H">{constraint}</s:Group>'
    attached = Reference("AttachmentConstraint", "T", "AC", "1.0")
    assert _structure("2.1", inside).groups == (
        Group(id="G", dimensions=("B", "A"), annotations=(Annotation(type="N"),)),
        Group(id="H", attachment_constraint=attached),
    )
    assert _structure("3.0", f'<s:Group id="G">{dimension.format("A")}</s:Group>').groups == (
        Group(id="G", dimensions=("A",)),
    )


def test_a_group_dimension_that_refers_to_nothing_leaves_the_data_structure_out() -> None:
    group = '<s:Group id="G"><s:GroupDimension/></s:Group>'
    components = f"<s:DataStructureComponents>{group}</s:DataStructureComponents>"
    told = unread("3.0", f'<s:DataStructure id="S" agencyID="T">{components}</s:DataStructure>')
    assert [what for _, what in told] == ["DimensionReference", "DataStructure"]


def test_a_usage_that_is_not_known_is_told_and_means_that_nothing_must_be_reported() -> None:
    measure = f'<s:MeasureList><s:Measure id="M" usage="Mandatory">{_concept_3x("M")}</s:Measure></s:MeasureList>'
    components = f"<s:DataStructureComponents>{measure}</s:DataStructureComponents>"
    structure = f'<s:DataStructure id="S" agencyID="T">{components}</s:DataStructure>'
    (found,) = document("3.0", f"<s:A>{structure}</s:A>").artefacts.all_of(DataStructure)
    assert not found.measures[0].mandatory
    assert [what for _, what in unread("3.0", structure)] == ["Measure@usage"]


def test_what_a_list_of_components_says_more_is_told() -> None:
    components = f"<s:DataStructureComponents><s:DimensionList>{NOTE}</s:DimensionList></s:DataStructureComponents>"
    assert unread("2.1", f'<s:DataStructure id="S" agencyID="T">{components}</s:DataStructure>') == [
        ("DataStructure=T:S(1.0)", "Annotations")
    ]


def test_a_data_structure_without_components_is_only_a_head() -> None:
    head = '<s:DataStructure id="S" agencyID="T" isExternalReference="true"/>'
    assert only("2.1", head) == DataStructure(id="S", agency="T", external=True)


def test_a_data_structure_can_evolve_in_3_1_only() -> None:
    evolving = '<s:DataStructure id="S" agencyID="T" evolvingStructure="true"/>'
    assert only("3.1", evolving) == DataStructure(id="S", agency="T", evolving=True)
    assert unread("3.0", evolving) == [("DataStructure=T:S(1.0)", "DataStructure@evolvingStructure")]


def test_a_dataflow_can_have_fewer_dimensions_in_3_1_only() -> None:
    dimensions = (
        "<s:DimensionConstraint><s:Dimension>B</s:Dimension><s:Dimension>A</s:Dimension></s:DimensionConstraint>"
    )
    structure = f"<s:Structure>{URN}datastructure.DataStructure=T:S(1.0)</s:Structure>"
    flow = f'<s:Dataflow id="F" agencyID="T">{structure}{dimensions}</s:Dataflow>'
    target = Reference("DataStructure", "T", "S", "1.0")
    assert only("3.1", flow) == Dataflow(id="F", agency="T", structure=target, dimensions=("B", "A"))
    assert unread("3.0", flow) == [("Dataflow=T:F(1.0)", "DimensionConstraint")]


def test_a_dataflow_that_stands_elsewhere_has_no_structure() -> None:
    assert only("2.1", '<s:Dataflow id="F" agencyID="T"/>') == Dataflow(id="F", agency="T")
