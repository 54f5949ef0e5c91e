"""sdmx1 reads our structure messages."""

from io import BytesIO

import pytest
import sdmx
from sdmx.message import StructureMessage
from sdmx.model import v21, v30
from sdmx.model.common import DimensionRelationship, UsageStatus

from icstip.messages.sdmx_messages import write_structures
from icstip.schema import Level, Schema
from icstip.standard.model import Standard
from icstip.structures.build import build_structures


def _read(standard: Standard, format_id: str) -> StructureMessage:
    message = sdmx.read_sdmx(BytesIO(write_structures(build_structures(standard), format_id)))
    assert isinstance(message, StructureMessage)
    return message


@pytest.fixture(scope="module")
def from_21(small_standard: Standard) -> StructureMessage:
    return _read(small_standard, "sdmx-ml-2.1")


@pytest.fixture(scope="module")
def from_30(small_standard: Standard) -> StructureMessage:
    return _read(small_standard, "sdmx-ml-3.0")


@pytest.mark.parametrize("version", ["from_21", "from_30"])
def test_all_codes_come_with_their_texts_in_order(
    version: str, small_standard: Standard, request: pytest.FixtureRequest
) -> None:
    message: StructureMessage = request.getfixturevalue(version)
    assert list(message.codelist) == list(small_standard.codelists)
    for codelist in small_standard.codelists.values():
        read = message.codelist[codelist.id]
        assert list(read.items) == [code.id for code in codelist.codes]
        for code in codelist.codes:
            assert read[code.id].name.localizations == code.name
            assert read[code.id].description.localizations == code.description


@pytest.mark.parametrize("version", ["from_21", "from_30"])
def test_annotations_come_with_their_type_title_and_text(version: str, request: pytest.FixtureRequest) -> None:
    message: StructureMessage = request.getfixturevalue(version)
    areas = message.codelist["CL_AREA"]
    assert areas.get_annotation(type="ORIGIN").title == "SDMX:CL_AREA(2.0.1)"
    assert areas["002"].get_annotation(type="SOURCE").title == "M49"
    counting = message.concept_scheme["CS_TEST"]["FORM"].get_annotation(type="COUNTING")
    assert (counting.title, counting.text["ar"]) == ("MULTIPLE", "أي ذكر.")


def test_every_parent_comes_through_2_1(from_21: StructureMessage, small_standard: Standard) -> None:
    for codelist in small_standard.codelists.values():
        read = from_21.codelist[codelist.id]
        assert {code.id: code.parent.id for code in read if code.parent is not read} == {
            code.id: code.parent for code in codelist.codes if code.parent
        }


def test_a_parent_comes_through_3_0_as_such_or_as_an_annotation(from_30: StructureMessage) -> None:
    forms, areas = from_30.codelist["CL_FORM"], from_30.codelist["CL_AREA"]
    assert forms["SLAVERY"].parent is forms["LABOUR"]
    assert areas["CI"].get_annotation(type="PARENT").title == "002"


@pytest.mark.parametrize("version", ["from_21", "from_30"])
def test_components_come_in_order_with_concepts_and_code_lists(version: str, request: pytest.FixtureRequest) -> None:
    message: StructureMessage = request.getfixturevalue(version)
    victim = message.structure["VICTIM"]
    assert [(d.id, d.order) for d in victim.dimensions] == [("AREA", 1), ("FORM", 2), ("TIME_PERIOD", 3)]
    assert [attribute.id for attribute in victim.attributes] == ["STATUS", "COMMENT", "TITLE"]
    assert [measure.id for measure in victim.measures] == ["OBS_VALUE"]
    assert victim.dimensions.get("FORM").concept_identity.name["en"] == "Form"
    assert victim.dimensions.get("FORM").local_representation.enumerated is message.codelist["CL_FORM"]
    concept = message.concept_scheme["CS_TEST"]["AREA"]
    assert concept.core_representation.enumerated is message.codelist["CL_AREA"]


def test_relationships_and_usage_come_through_2_1(from_21: StructureMessage) -> None:
    attributes = from_21.structure["VICTIM"].attributes
    assert isinstance(attributes.get("STATUS").related_to, v21.PrimaryMeasureRelationship)
    assert isinstance(attributes.get("TITLE").related_to, v21.NoSpecifiedRelationship)
    series = attributes.get("COMMENT").related_to
    assert isinstance(series, DimensionRelationship)
    assert [dimension.id for dimension in series.dimensions] == ["AREA", "FORM"]
    assert attributes.get("STATUS").usage_status is UsageStatus.mandatory
    assert attributes.get("TITLE").usage_status is UsageStatus.conditional


def test_relationships_come_through_3_0(from_30: StructureMessage) -> None:
    attributes = from_30.structure["VICTIM"].attributes
    assert isinstance(attributes.get("STATUS").related_to, v30.ObservationRelationship)
    series = attributes.get("COMMENT").related_to
    assert [dimension.id for dimension in series.dimensions] == ["AREA", "FORM"]


@pytest.mark.parametrize(("version", "number"), [("from_21", "1.0.0"), ("from_30", "1.0.0-draft")])
def test_the_dataflow_comes_with_its_structure(version: str, number: str, request: pytest.FixtureRequest) -> None:
    message: StructureMessage = request.getfixturevalue(version)
    dataflow = message.dataflow["DF_VICTIM"]
    assert dataflow.structure is message.structure["VICTIM"]
    assert (dataflow.maintainer.id, str(dataflow.version)) == ("TEST", number)


@pytest.mark.parametrize("version", ["from_21", "from_30"])
def test_the_schema_of_what_is_read_is_that_of_what_was_written(
    version: str, small_standard: Standard, request: pytest.FixtureRequest
) -> None:
    message: StructureMessage = request.getfixturevalue(version)
    written = Schema.from_dsd(build_structures(small_standard).structure["VICTIM"])
    read = Schema.from_dsd(message.structure["VICTIM"])
    assert [(c.id, c.role, c.codes, c.data_type, c.attachment, c.attached_to) for c in read.columns] == [
        (c.id, c.role, c.codes, c.data_type, c.attachment, c.attached_to) for c in written.columns
    ]
    assert read.by_id["TITLE"].attachment is Level.DATASET


def test_writing_what_was_read_from_2_1_gives_the_same_bytes(
    from_21: StructureMessage, small_standard: Standard
) -> None:
    assert write_structures(from_21, "sdmx-ml-2.1") == write_structures(build_structures(small_standard), "sdmx-ml-2.1")


def test_what_was_read_from_2_1_can_be_written_as_3_0(from_21: StructureMessage, small_standard: Standard) -> None:
    assert write_structures(from_21, "sdmx-ml-3.0") == write_structures(build_structures(small_standard), "sdmx-ml-3.0")
