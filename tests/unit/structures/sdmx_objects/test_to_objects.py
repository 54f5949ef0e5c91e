"""Objects of sdmx1 for artefacts."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import sdmx
from sdmx.format import Version
from sdmx.message import Header, StructureMessage
from sdmx.model import common, v21, v30

from icstip.artefacts.base import Reference, Representation
from icstip.artefacts.collection import Artefacts
from icstip.artefacts.data_structure import DataStructure, Dimension
from icstip.artefacts.items import Codelist, ConceptScheme, Item
from icstip.artefacts.notices import TRANSLATED, Notices
from icstip.errors import StructureError
from icstip.schema import Schema
from icstip.structures.sdmx_objects.from_objects import from_sdmx1
from icstip.structures.sdmx_objects.to_objects import to_sdmx1


@pytest.fixture(scope="module")
def message(everything: Artefacts) -> StructureMessage:
    return to_sdmx1(everything)


def _codelist(version: str, final: bool | None = None) -> Codelist:  # noqa: FBT001 - the flag of the model
    return Codelist(id="CL", agency="TEST", version=version, final=final, items=(Item(id=version.replace(".", "_")),))


def _with_dimension(codelist: Reference) -> DataStructure:
    concept = Reference("Concept", "TEST", "CS", "1.0", "C")
    dimension = Dimension(id="D", concept=concept, representation=Representation(codelist))
    return DataStructure(id="DSD", agency="TEST", dimensions=(dimension,))


def test_the_message_is_of_sdmx_3_0_and_has_the_header_that_is_given() -> None:
    header = Header(id="M", prepared=datetime(2025, 1, 1, tzinfo=UTC))
    message = to_sdmx1(Artefacts(), header)
    assert message.version == Version["3.0"]
    assert message.header is header
    assert list(message.iter_objects()) == []


def test_the_objects_are_those_of_sdmx_3_0(message: StructureMessage) -> None:
    assert type(message.structure["DSD"]) is v30.DataStructureDefinition
    assert type(message.dataflow["DF"]) is v30.Dataflow
    assert type(message.constraint["ALLOWED"]) is v30.DataConstraint
    assert type(message.structure["DSD"].measures[0]) is v30.Measure
    assert type(message.codelist["TEST:CL(1.0.0-draft)"]["_T"].annotations[0]) is v30.Annotation


def test_each_object_is_under_its_id_or_as_much_more_as_it_takes(message: StructureMessage) -> None:
    assert list(message.codelist) == [
        "TEST:CL(1.0.0-draft)",
        "TEST:CL_OLD(1.0)",
        "TEST:CL_OLD(1.1)",
        "OTHER:CL_OLD(3.0.0)",
    ]
    assert list(message.concept_scheme) == ["CS"]
    of_two_agencies = to_sdmx1(Artefacts.of([_codelist("1.0"), replace(_codelist("1.0"), agency="OTHER")]))
    assert list(of_two_agencies.codelist) == ["TEST:CL", "OTHER:CL"]


@pytest.mark.parametrize(
    ("version", "final", "is_final"),
    [
        ("1.0.0", None, True),
        ("1.0.0-draft", None, False),
        ("1.0", True, True),
        ("1.0", False, False),
        ("1.0", None, None),
    ],
)
def test_a_version_with_an_extension_is_not_final_and_another_semantic_one_is(
    version: str,
    final: bool | None,  # noqa: FBT001 - the flag of the model
    is_final: bool | None,  # noqa: FBT001 - the flag of sdmx1
) -> None:
    codelist = to_sdmx1(Artefacts.of([_codelist(version, final)])).codelist["CL"]
    assert (codelist.version, codelist.is_final, codelist.is_external_reference) == (version, is_final, False)
    assert str(codelist.maintainer) == "TEST"


def test_a_code_is_a_child_of_its_parent_wherever_that_stands(message: StructureMessage) -> None:
    codes = message.codelist["TEST:CL(1.0.0-draft)"]
    assert codes["CHILD"].parent is codes["PARENT"]
    assert codes["PARENT"].child == [codes["CHILD"]]
    assert codes["PARENT"].parent is codes
    assert list(codes.items) == ["_T", "0", "CHILD", "PARENT", "ORPHAN"]


def test_a_parent_that_is_not_in_the_list_is_not_added_to_it(message: StructureMessage) -> None:
    codes = message.codelist["TEST:CL(1.0.0-draft)"]
    assert codes["ORPHAN"].parent.id == "ELSEWHERE"
    assert codes["ORPHAN"].get_scheme() is codes
    assert "ELSEWHERE" not in codes


def test_categories_of_one_id_are_all_there_by_their_paths(message: StructureMessage) -> None:
    categories = message.category_scheme["CAT"]
    assert list(categories.items) == ["A", "X", "A.X.X", "B", "B.X"]
    assert categories.get_hierarchical("B.X").annotations[0].title == "Of B"
    assert message.categorisation["C0"].category is categories.get_hierarchical("B.X")


def test_objects_refer_to_each_other(message: StructureMessage) -> None:
    dsd, concepts = message.structure["DSD"], message.concept_scheme["CS"]
    codes = message.codelist["TEST:CL(1.0.0-draft)"]
    area = dsd.dimensions.get("AREA")
    assert area.concept_identity is concepts["C"]
    assert area.concept_role is concepts["E"]
    assert area.local_representation.enumerated is codes
    assert concepts["C"].core_representation.enumerated is codes
    assert message.dataflow["DF"].structure is dsd
    assert message.provisionagreement["PA"].structure_usage is message.dataflow["DF"]
    assert message.provisionagreement["PA"].data_provider is message.organisation_scheme["DATA_PROVIDERS"]["NSO"]
    assert message.categorisation["C1"].artefact is codes["_T"]
    assert message.hierarchy["H"].codes["WORLD"].code is codes["_T"]
    allowed = message.constraint["ALLOWED"]
    assert message.dataflow["DF"] in allowed.content
    (selected, *_) = allowed.data_content_region[0].member
    assert selected is area


def test_dimensions_are_in_order_with_time_among_them(message: StructureMessage) -> None:
    dimensions = message.structure["DSD"].dimensions.components
    assert [(d.id, d.order, type(d)) for d in dimensions] == [
        ("AREA", 1, common.Dimension),
        ("FREE", 2, common.Dimension),
        ("M", 3, v21.MeasureDimension),
        ("TIME_PERIOD", 4, common.TimeDimension),
    ]


def test_an_attribute_is_related_to_the_dimensions_and_groups_of_its_structure(message: StructureMessage) -> None:
    dsd = message.structure["DSD"]
    siblings = dsd.group_dimensions["Siblings"]
    assert siblings.components == [dsd.dimensions.get("M"), dsd.dimensions.get("AREA")]
    assert isinstance(dsd.attributes.get("A1").related_to, v30.ObservationRelationship)
    assert isinstance(dsd.attributes.get("A2").related_to, v30.DataflowRelationship)
    assert dsd.attributes.get("A3").related_to.group_key is siblings
    of_series = dsd.attributes.get("A4").related_to
    assert [dimension.id for dimension in of_series.dimensions] == ["FREE", "AREA"]
    assert of_series.group_key is siblings
    assert dsd.attributes.get("A1").usage_status is common.UsageStatus.mandatory
    assert dsd.attributes.get("A2").usage_status is common.UsageStatus.conditional


def test_facets_have_the_types_of_sdmx1_where_these_say_exactly_the_same(message: StructureMessage) -> None:
    (facet,) = message.structure["DSD"].dimensions.get("FREE").local_representation.non_enumerated
    assert facet.value_type is common.FacetValueType.decimal
    given = facet.type
    assert (given.is_sequence, given.interval, given.max_value, given.decimals) == (True, 0.5, 99.5, 2)
    assert (given.start_time, given.end_time) == (datetime(2024, 1, 1), "2024")  # noqa: DTZ001 - as it is given
    assert (given.min_value, given.time_interval) == ("-1.50", "P1D")
    (time,) = message.structure["DSD"].dimensions.get("TIME_PERIOD").local_representation.non_enumerated
    assert time.type.time_interval == timedelta(seconds=60)


def test_what_is_not_among_the_artefacts_is_an_external_reference(message: StructureMessage) -> None:
    far = message.dataflow["DF_FAR"].structure
    assert (far.id, str(far.maintainer), far.version, far.is_external_reference) == ("DSD", "FAR", "1.0", True)
    assert far.urn == "urn:sdmx:org.sdmx.infomodel.datastructure.DataStructure=FAR:DSD(1.0)"
    measure = message.structure["DSD"].dimensions.get("M").concept_identity
    assert (measure.id, measure.get_scheme().id) == ("MEASURE", "CROSS_DOMAIN_CONCEPTS")
    assert measure.get_scheme().is_external_reference
    assert far not in message.structure.values()


def test_what_sdmx1_has_no_class_for_is_referred_to_by_its_urn(message: StructureMessage) -> None:
    assert message.categorisation["C2"].artefact.urn.endswith("StructureMap=TEST:MAP(1.0.0-draft)")
    assert message.categorisation["C3"].artefact.urn.endswith("Dimension=TEST:DSD(1.0.0-draft).AREA")


def test_the_codes_that_are_referred_to_do_not_pass_for_the_codes_of_a_list_that_is_not_there() -> None:
    far = Reference("Codelist", "FAR", "CL", "1.0")
    concepts = ConceptScheme(id="CS", agency="TEST", items=(Item(id="C"),))
    message = to_sdmx1(Artefacts.of([concepts, _with_dimension(far)]))
    with pytest.raises(StructureError, match="the codes of code list CL are not in the message"):
        Schema.from_dsd(message.structure["DSD"])


def test_a_schema_can_be_made_of_a_structure_and_its_dataflow(message: StructureMessage) -> None:
    concepts = replace(_with_dimension(_codelist("1.0").reference), id="DSD")
    small = to_sdmx1(Artefacts.of([_codelist("1.0"), concepts]))
    assert Schema.from_dsd(small.structure["DSD"]).by_id["D"].codes == ("1_0",)
    with pytest.raises(StructureError, match="extends other lists"):
        Schema.from_dsd(message.structure["DSD"], message.dataflow["DF"])


@pytest.mark.parametrize(
    ("wildcard", "meant"),
    [
        ("*", "2.1.0"),
        ("1.*", "1.2.1"),
        ("1+.0.0", "2.1.0"),
        ("1.1+.0", "1.2.1"),
        ("1.2.0+", "1.2.1"),
        ("2.0+.0", "2.1.0"),
        ("1.0.0+", "1.0.0"),
    ],
)
def test_a_version_with_a_wildcard_means_the_latest_that_fits(wildcard: str, meant: str) -> None:
    versions = ("1.0", "1.2.1", "1.0.0-draft", "1.0.0", "1.2.0", "2.1.0")
    wanted = Reference("Codelist", "TEST", "CL", wildcard)
    notices = Notices("sdmx1", "sdmx1")
    message = to_sdmx1(Artefacts.of([*map(_codelist, versions), _with_dimension(wanted)]), notices=notices)
    assert message.structure["DSD"].dimensions.get("D").local_representation.enumerated.version == meant
    assert [(finding.code, finding.cells) for finding in notices.findings] == [(TRANSLATED, ("D",))]


@pytest.mark.parametrize("wildcard", ["3+.0.0", "1.3+.0", "2.1.1+", "9.*"])
def test_a_version_with_a_wildcard_that_nothing_fits_stays_as_it_is(wildcard: str) -> None:
    wanted = Reference("Codelist", "TEST", "CL", wildcard)
    artefacts = Artefacts.of([_codelist("1.2.0"), _codelist("2.1.0"), _with_dimension(wanted)])
    notices = Notices("sdmx1", "sdmx1")
    assert from_sdmx1(to_sdmx1(artefacts, notices=notices)) == artefacts
    assert notices.findings == ()


def test_a_code_list_can_be_taken_to_pandas(message: StructureMessage) -> None:
    frame = sdmx.to_pandas(message.codelist["TEST:CL(1.0.0-draft)"])
    assert frame.loc["CHILD", "parent"] == "PARENT"
