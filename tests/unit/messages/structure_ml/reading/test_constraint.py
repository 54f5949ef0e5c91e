"""Constraints on data."""

import pytest
from tests.examples.ml_messages import URN, document, only, unread

from icstip.artefacts.base import Annotation, Reference
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

FLOW = Reference("Dataflow", "T", "DF", "1.0")
FLOW_21 = '<s:Dataflow><Ref id="DF" agencyID="T"/></s:Dataflow>'
FLOW_3X = f"<s:Dataflow>{URN}datastructure.Dataflow=T:DF(1.0)</s:Dataflow>"
NOTE = "<c:Annotations><c:Annotation><c:AnnotationType>N</c:AnnotationType></c:Annotation></c:Annotations>"


def _constraint(version: str, inside: str, attributes: str = "") -> DataConstraint:
    tag = "ContentConstraint" if version == "2.1" else "DataConstraint"
    found = only(version, f'<s:{tag} id="C" agencyID="T" {attributes}>{inside}</s:{tag}>')
    assert isinstance(found, DataConstraint)
    return found


@pytest.mark.parametrize(
    ("version", "attributes", "role"),
    [
        ("2.1", "", ACTUAL),
        ("2.1", 'type="Actual"', ACTUAL),
        ("2.1", 'type="Allowed"', ALLOWED),
        ("3.0", 'role="Allowed"', ALLOWED),
        ("3.0", 'role="Actual"', ACTUAL),
        ("3.1", "", ALLOWED),
    ],
)
def test_a_constraint_is_on_what_there_is_or_what_is_allowed(version: str, attributes: str, role: str) -> None:
    assert _constraint(version, "", attributes).role == role


def test_a_region_of_2_1_comes_with_its_selections() -> None:
    inside = f"""<s:ConstraintAttachment>{FLOW_21}</s:ConstraintAttachment><s:CubeRegion>
        <c:KeyValue id="A"><c:Value cascadeValues="true"> a </c:Value><c:Value cascadeValues="0">&lt;</c:Value>
        </c:KeyValue><c:KeyValue id="T" include="false"><c:TimeRange><c:StartPeriod isInclusive="false"> 2000
        </c:StartPeriod><c:EndPeriod>2001-Q1</c:EndPeriod></c:TimeRange></c:KeyValue>
        <c:Attribute id="X"/></s:CubeRegion><s:CubeRegion include="false"><c:KeyValue id="T">
        <c:TimeRange><c:BeforePeriod>1990</c:BeforePeriod></c:TimeRange></c:KeyValue></s:CubeRegion>"""
    span = TimeRange(start=Period("2000", inclusive=False), end=Period("2001-Q1"))
    included = Region(
        selections=(
            Selection(id="A", values=(Value(" a ", "true"), Value("<"))),
            Selection(id="T", include=False, time_range=span),
            Selection(id="X", is_key=False),
        )
    )
    excluded = Region(include=False, selections=(Selection(id="T", time_range=TimeRange(before=Period("1990"))),))
    found = _constraint("2.1", inside)
    assert found.attachment == (FLOW,)
    assert found.regions == (included, excluded)


def test_a_region_of_3_x_has_more() -> None:
    inside = f"""<s:CubeRegion include="true">{NOTE}<s:KeyValue id="A" removePrefix="true" validFrom="2000"
        validTo="2001"><s:Value cascadeValues="excluderoot" validFrom="2000" validTo="2001">a</s:Value></s:KeyValue>
        <s:Component id="X.Y" removePrefix="false"><s:Value xml:lang="fr">é</s:Value></s:Component>
        <s:Component id="Z"><s:TimeRange validFrom="2000" validTo="2001"><s:AfterPeriod isInclusive="0">1990
        </s:AfterPeriod></s:TimeRange></s:Component></s:CubeRegion>"""
    after = TimeRange(after=Period("1990", inclusive=False), valid_from="2000", valid_to="2001")
    key = Selection(
        id="A",
        remove_prefix=True,
        valid_from="2000",
        valid_to="2001",
        values=(Value("a", "excluderoot", None, "2000", "2001"),),
    )
    component = Selection(id="X.Y", is_key=False, remove_prefix=False, values=(Value("é", language="fr"),))
    when = Selection(id="Z", is_key=False, time_range=after)
    expected = Region(annotations=(Annotation(type="N"),), selections=(key, component, when))
    assert _constraint("3.0", inside).regions == (expected,)


@pytest.mark.parametrize("version", ["2.1", "3.0", "3.1"])
def test_sets_of_keys_come_with_their_keys(version: str) -> None:
    prefix = "c" if version == "2.1" else "s"
    value = f'<{prefix}:KeyValue id="A"><{prefix}:Value>a</{prefix}:Value></{prefix}:KeyValue>'
    inside = f"""<s:DataKeySet isIncluded="true"><s:Key>{value}</s:Key><s:Key include="true">{value}</s:Key>
        </s:DataKeySet><s:DataKeySet isIncluded="false"><s:Key>{value}</s:Key></s:DataKeySet>"""
    key = Region(selections=(Selection(id="A", values=(Value("a"),)),))
    assert _constraint(version, inside).key_sets == (KeySet((key, key)), KeySet((key,), include=False))


def test_keys_of_3_x_can_have_a_validity_and_other_components() -> None:
    values = (
        '<s:KeyValue id="A"><s:Value>a</s:Value></s:KeyValue><s:Component id="X"><s:Value>x</s:Value></s:Component>'
    )
    key = f'<s:Key validFrom="2000" validTo="2001">{NOTE}{values}</s:Key>'
    selections = (Selection(id="A", values=(Value("a"),)), Selection(id="X", is_key=False, values=(Value("x"),)))
    expected = Region(selections=selections, valid_from="2000", valid_to="2001", annotations=(Annotation(type="N"),))
    found = _constraint("3.0", f'<s:DataKeySet isIncluded="true">{key}</s:DataKeySet>')
    assert found.key_sets == (KeySet((expected,)),)


def test_a_constraint_can_be_attached_to_several_things_or_sources() -> None:
    structures = "".join(
        f"<s:DataStructure>{URN}datastructure.DataStructure=T:{name}(1.0)</s:DataStructure>" for name in "AB"
    )
    source = "<c:DataURL> https://example.org/?a&amp;b </c:DataURL>"
    queried = f'<s:QueryableDataSource isRESTDatasource="true" isWebServiceDatasource="false">{source}'
    found = _constraint(
        "3.0", f"<s:ConstraintAttachment>{structures}{queried}</s:QueryableDataSource></s:ConstraintAttachment>"
    )
    assert found.attachment == tuple(Reference("DataStructure", "T", name, "1.0") for name in "AB")
    assert found.data_sources == ("https://example.org/?a&b",)
    simple = "<s:SimpleDataSource>https://example.org/1</s:SimpleDataSource>" * 2
    found = _constraint("3.0", f"<s:ConstraintAttachment>{simple}</s:ConstraintAttachment>")
    assert found.data_sources == ("https://example.org/1", "https://example.org/1")


def test_what_is_said_of_a_data_source_besides_its_address_is_told() -> None:
    source = '<s:QueryableDataSource isRESTDatasource="false" isWebServiceDatasource="true"><c:DataURL>u</c:DataURL>'
    attachment = f"<s:ConstraintAttachment>{FLOW_21}{source}<c:WSDLURL>w</c:WSDLURL></s:QueryableDataSource>"
    told = unread(
        "2.1", f'<s:ContentConstraint id="C" agencyID="T">{attachment}</s:ConstraintAttachment></s:ContentConstraint>'
    )
    assert [what for _, what in told] == [
        "QueryableDataSource@isRESTDatasource",
        "QueryableDataSource@isWebServiceDatasource",
        "WSDLURL",
    ]


def test_a_constraint_can_be_attached_to_a_provider_or_an_agreement() -> None:
    provider = '<s:DataProvider><Ref id="P" maintainableParentID="DATA_PROVIDERS" agencyID="T"/></s:DataProvider>'
    found = _constraint("2.1", f"<s:ConstraintAttachment>{provider}</s:ConstraintAttachment>")
    assert found.attachment == (Reference("DataProvider", "T", "DATA_PROVIDERS", "1.0", "P"),)
    agreement = '<s:ProvisionAgreement><Ref id="PA" agencyID="T"/></s:ProvisionAgreement>'
    found = _constraint("2.1", f"<s:ConstraintAttachment>{agreement}</s:ConstraintAttachment>")
    assert found.attachment == (Reference("ProvisionAgreement", "T", "PA", "1.0"),)


@pytest.mark.parametrize(
    "inside",
    [
        "<s:ConstraintAttachment><s:DataSet><ID>D</ID></s:DataSet></s:ConstraintAttachment>",
        '<s:MetadataKeySet isIncluded="true"/>',
        "<s:MetadataTargetRegion/>",
        '<s:ReferencePeriod startTime="2000-01-01T00:00:00" endTime="2001-01-01T00:00:00"/>',
        '<s:CubeRegion><c:KeyValue id="A"><c:DataKey/></c:KeyValue></s:CubeRegion>',
    ],
)
def test_what_the_model_does_not_have_of_a_constraint_is_told(inside: str) -> None:
    constraint = f'<s:ContentConstraint id="C" agencyID="T">{inside}</s:ContentConstraint>'
    ((place, _),) = unread("2.1", constraint)
    assert place == "DataConstraint=T:C(1.0)"
    assert len(document("2.1", f"<s:A>{constraint}</s:A>").artefacts) == 1


def test_a_release_calendar_comes_as_it_stands() -> None:
    calendar = "<s:Periodicity>P1Y</s:Periodicity><s:Offset>P1M</s:Offset><s:Tolerance> P1D</s:Tolerance>"
    found = _constraint("2.1", f"<s:ReleaseCalendar>{calendar}</s:ReleaseCalendar>")
    assert found.release_calendar == ("P1Y", "P1M", " P1D")


def test_an_availability_constraint_of_3_1_gets_the_identity_of_what_it_is_attached_to() -> None:
    region = '<s:CubeRegion><s:KeyValue id="A"><s:Value>a</s:Value></s:KeyValue></s:CubeRegion>'
    inside = f"{NOTE}<s:ConstraintAttachment>{FLOW_3X}</s:ConstraintAttachment>{region}"
    constraint = f'<s:AvailabilityConstraint seriesCount="2" obsCount="30">{inside}</s:AvailabilityConstraint>'
    assert only("3.1", constraint) == DataConstraint(
        id="DF",
        agency="T",
        version="1.0",
        name={"en": "Availability for DF"},
        role=ACTUAL,
        attachment=(FLOW,),
        regions=(Region(selections=(Selection(id="A", values=(Value("a"),)),)),),
        annotations=(
            Annotation(type="N"),
            Annotation(id="series_count", type="sdmx_metrics", title="2"),
            Annotation(id="obs_count", type="sdmx_metrics", title="30"),
        ),
    )


def test_an_availability_constraint_that_is_attached_to_nothing_is_told() -> None:
    told = [what for _, what in unread("3.1", "<s:AvailabilityConstraint/>")]
    assert told == ["ConstraintAttachment", "AvailabilityConstraint"]


@pytest.mark.parametrize(
    ("attributes", "inside", "what"),
    [
        ('role="allowed"', "", "DataConstraint@role"),
        (
            "",
            '<s:CubeRegion><s:KeyValue id="A"><s:Value cascadeValues="all">a</s:Value></s:KeyValue></s:CubeRegion>',
            "Value@cascadeValues",
        ),
        ("", "<s:ConstraintAttachment/><s:ConstraintAttachment/>", "ConstraintAttachment"),
    ],
)
def test_words_that_are_not_known_and_elements_that_come_again_are_told(
    attributes: str, inside: str, what: str
) -> None:
    constraint = f'<s:DataConstraint id="C" agencyID="T" {attributes}>{inside}</s:DataConstraint>'
    assert unread("3.0", constraint) == [("DataConstraint=T:C(1.0)", what)]
    (found,) = document("3.0", f"<s:A>{constraint}</s:A>").artefacts.all_of(DataConstraint)
    assert found.role == ALLOWED
    assert [value.cascade for region in found.regions for one in region.selections for value in one.values] == [
        "false"
    ] * len(found.regions)


def test_a_constraint_on_what_is_not_understood_is_left_out_and_told() -> None:
    attachment = "<s:ConstraintAttachment><s:Dataflow>nonsense</s:Dataflow></s:ConstraintAttachment>"
    told = unread("3.0", f'<s:DataConstraint id="C" agencyID="T">{attachment}</s:DataConstraint>')
    assert [what for _, what in told] == ["Dataflow", "DataConstraint"]
