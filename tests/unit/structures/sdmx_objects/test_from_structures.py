"""Artefacts of data structures, constraints and hierarchies as objects of SDMX 2.1 and 3.0."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sdmx.message import StructureMessage
from sdmx.model import common, v21, v30
from sdmx.model.common import Agency, Code, Codelist, Concept, ConceptScheme, Facet, FacetType, FacetValueType

from icstip.artefacts.base import Maintainable, Reference, Representation, TextFormat
from icstip.artefacts.constraints import (
    ACTUAL,
    ALLOWED,
    DataConstraint,
    KeySet,
    Period,
    Region,
    Selection,
    TimeRange,
    Value,
)
from icstip.artefacts.data_structure import DataStructure, Level, Relationship
from icstip.artefacts.hierarchies import Hierarchy
from icstip.artefacts.notices import NOT_READ, Notices
from icstip.errors import StructureError
from icstip.structures.sdmx_objects.from_objects import from_sdmx1

TEST = Agency(id="TEST")
CODES = Reference("Codelist", "TEST", "CL", "1.0")


def _concepts() -> ConceptScheme:
    scheme = ConceptScheme(id="CS", maintainer=TEST, version="1.0")
    scheme.extend([Concept(id="C"), Concept(id="ROLE")])
    return scheme


CS = _concepts()


def _codes() -> Codelist:
    codelist = Codelist(id="CL", maintainer=TEST, version="1.0")
    codelist.extend([Code(id="A"), Code(id="B")])
    return codelist


def _read(*objects: object, notices: Notices | None = None) -> tuple[Maintainable, ...]:
    message = StructureMessage()
    for thing in objects:
        message.add(thing)
    return from_sdmx1(message, notices).artefacts


def _dsd21() -> v21.DataStructureDefinition:
    """A structure of SDMX 2.1, its time dimension among the others."""
    listed = common.Representation(enumerated=_codes(), non_enumerated=[Facet(type=FacetType(max_length="2"))])
    area = common.Dimension(id="AREA", concept_identity=CS["C"], concept_role=CS["ROLE"], local_representation=listed)
    time = common.TimeDimension(id="TIME_PERIOD", concept_identity=CS["C"])
    measures = v21.MeasureDimension(id="M", concept_identity=CS["C"])
    measures.local_representation = common.Representation(enumerated=CS)
    group = common.GroupDimensionDescriptor(id="GROUP", components=[measures, area])
    relationships = {
        "A1": v21.PrimaryMeasureRelationship(),
        "A2": v21.NoSpecifiedRelationship(),
        "A3": common.GroupRelationship(group_key=group),
        "A4": common.DimensionRelationship(dimensions=[area], group_key=group),
    }
    attributes = [
        common.DataAttribute(id=name, concept_identity=CS["C"], related_to=relationship)
        for name, relationship in relationships.items()
    ]
    attributes[0].usage_status = common.UsageStatus.mandatory
    attributes.append(
        v21.ReportingYearStartDay(id="START", concept_identity=CS["C"], related_to=v21.NoSpecifiedRelationship())
    )
    return v21.DataStructureDefinition(
        id="DSD",
        maintainer=TEST,
        version="1.0",
        dimensions=common.DimensionDescriptor(components=[area, time, measures]),
        group_dimensions={"GROUP": group},
        attributes=common.AttributeDescriptor(components=attributes),
        measures=v21.MeasureDescriptor(components=[v21.PrimaryMeasure(id="OBS_VALUE", concept_identity=CS["C"])]),
    )


def _structure(dsd: object, notices: Notices | None = None) -> DataStructure:
    (read,) = _read(dsd, notices=notices)
    assert isinstance(read, DataStructure)
    return read


def test_dimensions_of_sdmx_2_1_keep_their_kind_and_time_is_the_last() -> None:
    dimensions = _structure(_dsd21()).dimensions
    assert [(dimension.id, dimension.kind) for dimension in dimensions] == [
        ("AREA", "Dimension"),
        ("M", "MeasureDimension"),
        ("TIME_PERIOD", "TimeDimension"),
    ]
    area, measure, time = dimensions
    assert area.concept == Reference("Concept", "TEST", "CS", "1.0", "C")
    assert area.roles == (Reference("Concept", "TEST", "CS", "1.0", "ROLE"),)
    assert area.representation == Representation(CODES, TextFormat(facets={"maxLength": "2"}))
    assert measure.representation == Representation(Reference("ConceptScheme", "TEST", "CS", "1.0"))
    assert time.representation is None


def test_attributes_of_sdmx_2_1_keep_their_relationship_and_usage() -> None:
    read = _structure(_dsd21())
    assert [(attribute.id, attribute.relationship) for attribute in read.attributes] == [
        ("A1", Relationship(Level.OBSERVATION)),
        ("A2", Relationship(Level.DATASET)),
        ("A3", Relationship(Level.GROUP, group="GROUP")),
        ("A4", Relationship(Level.DIMENSIONS, ("AREA",), attachment_groups=("GROUP",))),
        ("START", Relationship(Level.DATASET)),
    ]
    assert [attribute.mandatory for attribute in read.attributes] == [True, False, False, False, False]
    assert [attribute.kind for attribute in read.attributes][-2:] == ["DataAttribute", "ReportingYearStartDay"]
    assert [(group.id, group.dimensions) for group in read.groups] == [("GROUP", ("M", "AREA"))]


def test_a_primary_measure_is_a_measure_that_may_be_absent() -> None:
    (measure,) = _structure(_dsd21()).measures
    assert (measure.id, measure.mandatory) == ("OBS_VALUE", False)


def test_an_attribute_that_nothing_is_said_of_is_of_the_data_set_where_there_are_no_groups() -> None:
    dsd = _dsd21()
    dsd.group_dimensions.clear()
    dsd.attributes.components = [common.DataAttribute(id="A", concept_identity=CS["C"])]
    assert _structure(dsd).attributes[0].relationship == Relationship(Level.DATASET)


def test_an_attribute_of_measures_of_sdmx_3_0_is_one_of_the_observation() -> None:
    dsd = v30.DataStructureDefinition(id="DSD", maintainer=TEST)
    dsd.attributes.append(common.DataAttribute(id="A", concept_identity=CS["C"], related_to=v30.MeasureRelationship()))
    assert _structure(dsd).attributes[0].relationship == Relationship(Level.OBSERVATION)


def test_the_metadata_attributes_of_sdmx_3_0_are_read() -> None:
    dsd = v30.DataStructureDefinition(id="DSD", maintainer=TEST, version="1.0.0")
    dsd.metadata = v30.MetadataStructureDefinition(id="MSD", maintainer=TEST, version="1.0.0")
    dsd.attributes.append(v30.MetadataAttributeUsage(id="QUALITY", related_to=v30.DataflowRelationship()))
    read = _structure(dsd)
    assert read.metadata == Reference("MetadataStructure", "TEST", "MSD", "1.0.0")
    assert read.metadata_attributes == (("QUALITY", Relationship(Level.DATASET)),)
    assert read.attributes == ()


def test_a_metadata_attribute_whose_relationship_sdmx1_does_not_know_is_told() -> None:
    dsd = _dsd21()
    dsd.attributes.append(v30.MetadataAttributeUsage(id="QUALITY"))
    notices = Notices("registry.xml", "sdmx1")
    assert _structure(dsd, notices).metadata_attributes == ()
    assert [finding.params["what"] for finding in notices.findings] == ["MetadataAttributeUsage"]


def test_facets_are_read_as_text_and_several_together() -> None:
    sized = Facet(type=FacetType(min_length=1, interval=0.5, time_interval=timedelta(days=1), is_sequence=True))
    ranged = Facet(type=FacetType(min_value="0", max_value=99.5, start_time=datetime(2024, 1, 1, tzinfo=UTC)))
    typed = Facet(type=FacetType(decimals=2, min_length=9), value_type=FacetValueType.decimal)
    scheme = _concepts()
    scheme["C"].core_representation = common.Representation(non_enumerated=[sized, ranged, typed])
    (read,) = _read(scheme)
    facets = {
        "minLength": "1",
        "interval": "0.5",
        "timeInterval": "PT86400S",
        "isSequence": "true",
        "minValue": "0",
        "maxValue": "99.5",
        "startTime": "2024-01-01T00:00:00Z",
        "decimals": "2",
    }
    assert read.items[0].representation == Representation(format=TextFormat("Decimal", facets))  # type: ignore[attr-defined]


def _without_concept() -> v21.DataStructureDefinition:
    dsd = _dsd21()
    dsd.dimensions[0].concept_identity = None
    return dsd


def _without_scheme() -> v21.DataStructureDefinition:
    dsd = _dsd21()
    dsd.dimensions[0].concept_identity = Concept(id="LOST")
    return dsd


def _role_without_scheme() -> v21.DataStructureDefinition:
    dsd = _dsd21()
    dsd.dimensions[0].concept_role = Concept(id="LOST")
    return dsd


def _unrelated() -> v21.DataStructureDefinition:
    dsd = _dsd21()
    dsd.attributes[0].related_to = None
    return dsd


def _in_no_group() -> v21.DataStructureDefinition:
    dsd = _dsd21()
    dsd.attributes[0].related_to = common.GroupRelationship()
    return dsd


@pytest.mark.parametrize(
    ("make", "message_id", "where"),
    [
        (_without_concept, "component-without-concept", "DSD.AREA"),
        (_without_scheme, "concept-without-scheme", "LOST"),
        (_role_without_scheme, "concept-without-scheme", "LOST"),
        (_unrelated, "attribute-unattached", "DSD.A1"),
        (_in_no_group, "attribute-unattached", "DSD.A1"),
    ],
)
def test_a_structure_that_is_broken_is_refused_where_it_is(
    make: Callable[[], v21.DataStructureDefinition], message_id: str, where: str
) -> None:
    with pytest.raises(StructureError) as caught:
        _read(make())
    assert (caught.value.message_id, caught.value.where) == (message_id, where)


def test_parts_of_a_structure_that_the_model_does_not_have_are_told() -> None:
    dsd = _dsd21()
    dsd.dimensions.annotations.append(v21.Annotation(title="On the list"))
    dsd.group_dimensions["GROUP"].attachment_constraint = True
    dsd.attributes.append(common.MetadataAttribute(id="MA"))
    notices = Notices("registry.xml", "sdmx1")
    assert len(_structure(dsd, notices).attributes) == 5
    assert {(finding.code, finding.params["what"]) for finding in notices.findings} == {
        (NOT_READ, "DimensionDescriptor.annotations"),
        (NOT_READ, "AttachmentConstraint"),
        (NOT_READ, "MetadataAttribute"),
    }


def _constraint(constraint: object, notices: Notices | None = None) -> DataConstraint:
    (read,) = _read(constraint, notices=notices)
    assert isinstance(read, DataConstraint)
    return read


def test_a_constraint_of_sdmx_2_1_is_read_with_truth_values_that_are_text() -> None:
    dsd = _dsd21()
    area, time = dsd.dimensions.get("AREA"), dsd.dimensions.get("TIME_PERIOD")
    period = v21.RangePeriod(
        start=common.StartPeriod(is_inclusive="true", period=datetime(2020, 1, 1, tzinfo=UTC)),
        end=common.EndPeriod(is_inclusive="false", period="2021"),
    )
    members = {
        area: v21.MemberSelection(
            values_for=area, values=[v21.MemberValue(value="A", cascade_values=True), v21.MemberValue(value="B")]
        ),
        time: v21.MemberSelection(values_for=time, included="false", values=[period]),
    }
    key = v21.DataKey(included="true", key_value={area: common.ComponentValue(value_for=area, value="A")})
    constraint = v21.ContentConstraint(
        id="C",
        maintainer=TEST,
        role=common.ConstraintRole(role=common.ConstraintRoleType.actual),
        content={dsd},
        data_content_region=[common.CubeRegion(included="false", member=members)],
        data_content_keys=v21.DataKeySet(included="true", keys=[key]),
    )
    read = _constraint(constraint)
    assert (read.role, read.attachment) == (ACTUAL, (Reference("DataStructure", "TEST", "DSD", "1.0"),))
    chosen = Selection(id="AREA", values=(Value("A", "true"), Value("B")))
    range_ = TimeRange(start=Period("2020-01-01T00:00:00Z"), end=Period("2021", inclusive=False))
    assert read.regions == (
        Region(selections=(chosen, Selection(id="TIME_PERIOD", include=False, time_range=range_)), include=False),
    )
    assert read.key_sets == (KeySet((Region(selections=(Selection(id="AREA", values=(Value("A"),)),)),)),)


def test_a_constraint_made_of_a_key_is_read() -> None:
    dsd = _dsd21()
    constraint = dsd.make_constraint({"AREA": "A"})
    constraint.id, constraint.maintainer = "C", TEST
    read = _constraint(constraint)
    assert read.regions == (Region(selections=(Selection(id="AREA", values=(Value("A"),)),)),)


def test_what_a_constraint_is_attached_to_comes_in_one_order() -> None:
    flows = {v30.Dataflow(id=name, maintainer=TEST, version="1.0.0") for name in "CABED"}
    read = _constraint(v30.DataConstraint(id="C", maintainer=TEST, content=flows))
    assert "".join(reference.id for reference in read.attachment) == "ABCDE"
    assert read.role == ALLOWED


def test_what_of_a_constraint_is_not_understood_is_told() -> None:
    area = common.Dimension(id="AREA")
    years = [v30.BeforePeriod(is_inclusive=True, period=year) for year in ("2020", "2021")]
    constraint = v30.DataConstraint(
        id="C",
        maintainer=TEST,
        content={common.DataProvider(id="LOST")},
        data_content_region=[common.CubeRegion(member={area: v30.MemberSelection(values_for=area, values=years)})],
    )
    constraint.metadata_content_region = common.MetadataTargetRegion()
    notices = Notices("registry.xml", "sdmx1")
    read = _constraint(constraint, notices)
    assert read.regions[0].selections[0].time_range == TimeRange(before=Period("2020"))
    assert [finding.params["what"] for finding in notices.findings] == [
        "ConstraintAttachment",
        "MetadataTargetRegion",
        "BeforePeriod",
    ]


def _hierarchy21(identity: str, **fields: object) -> v21.Hierarchy:
    codelist = _codes()
    below = common.HierarchicalCode(id="2", code=codelist["B"])
    code = common.HierarchicalCode(id="1", code=codelist["A"], child=[below])
    return v21.Hierarchy(id=identity, codes={"1": code}, **fields)


def _lists(*hierarchies: v21.Hierarchy) -> v21.HierarchicalCodelist:
    return v21.HierarchicalCodelist(
        id="H", maintainer=TEST, version="1.0.0", name={"en": "List"}, hierarchy=list(hierarchies)
    )


def test_a_single_hierarchy_with_the_id_of_its_list_is_the_list() -> None:
    top = common.Level(id="TOP", child=common.Level(id="LOW"))
    of_list = _lists(_hierarchy21("H", name={"en": "Hierarchy"}, level=top, has_formal_levels=True))
    (read,) = _read(of_list)
    assert isinstance(read, Hierarchy)
    assert (read.id, read.version, read.name, read.formal_levels) == ("H", "1.0.0-draft", {"en": "List"}, True)
    assert [(path, str(code.code)) for path, code in read.walk()] == [
        ("1", "TEST:CL(1.0).A"),
        ("1.2", "TEST:CL(1.0).B"),
    ]
    assert [(level.id, level.format) for level in read.levels] == [("TOP", None), ("LOW", None)]


def test_other_hierarchies_of_a_list_have_ids_of_both_and_the_list_is_told() -> None:
    notices = Notices("registry.xml", "sdmx1")
    read = _read(_lists(_hierarchy21("H"), _hierarchy21("X", name={"en": "X"})), notices=notices)
    assert [(artefact.id, artefact.version, artefact.name) for artefact in read] == [
        ("H_H", "1.0.0-draft", {"en": "List"}),
        ("H_X", "1.0.0-draft", {"en": "X"}),
    ]
    (finding,) = notices.findings
    assert finding.params["artefact"] == "HierarchicalCodelist=TEST:H(1.0.0-draft)"


def test_references_to_a_list_of_hierarchies_refer_to_the_hierarchy_that_it_is() -> None:
    scheme = common.CategoryScheme(id="CAT", maintainer=TEST, version="1.0")
    scheme.append(common.Category(id="A"))
    for hierarchies, kind in (
        ([_hierarchy21("H")], "Hierarchy"),
        ([_hierarchy21("X")], "HierarchicalCodelist"),
        ([], "Hierarchy"),
    ):
        of_list = _lists(*hierarchies)
        one = common.Categorisation(id="ONE", maintainer=TEST, artefact=of_list, category=scheme["A"])
        *_, categorisation, hierarchy = _read(scheme, of_list, one)
        assert categorisation.source == Reference(kind, "TEST", "H", "1.0.0-draft")  # type: ignore[attr-defined]
        assert isinstance(hierarchy, Hierarchy)


def test_a_place_in_a_hierarchy_that_has_no_code_is_told() -> None:
    hierarchy = v30.Hierarchy(id="H", maintainer=TEST, codes={"1": common.HierarchicalCode(id="1", code=Code(id="A"))})
    notices = Notices("registry.xml", "sdmx1")
    (read,) = _read(hierarchy, notices=notices)
    assert isinstance(read, Hierarchy)
    assert read.codes == ()
    assert [finding.params["what"] for finding in notices.findings] == ["HierarchicalCode"]
