"""The standard as sdmx1 objects."""

from dataclasses import replace

import pytest
import sdmx
from sdmx.model import v30
from sdmx.model.common import DimensionRelationship, TimeDimension, UsageStatus

from icstip.errors import StructureError
from icstip.standard.model import Attachment, Code, Codelist, Component, Role, Standard
from icstip.structures.build import build_structures


@pytest.fixture(scope="module")
def message(small_standard: Standard) -> sdmx.message.StructureMessage:
    return build_structures(small_standard)


def test_artefacts_come_in_the_order_of_the_tables(
    message: sdmx.message.StructureMessage, small_standard: Standard
) -> None:
    assert list(message.codelist) == list(small_standard.codelists)
    assert list(message.structure) == ["VICTIM", "EVENT"]
    assert list(message.dataflow) == ["DF_VICTIM"]
    assert list(message.concept_scheme["CS_TEST"].items) == list(small_standard.concepts)
    assert list(message.codelist["CL_FORM"].items) == ["_T", "LABOUR", "SLAVERY", "_U"]


def test_a_code_has_its_names_and_descriptions_in_all_languages(message: sdmx.message.StructureMessage) -> None:
    code = message.codelist["CL_FORM"]["LABOUR"]
    assert list(code.name.localizations) == ["en", "fr", "es", "ar"]
    assert code.name["ar"] == "العمل القسري"
    assert code.description["fr"] == "Travail « exigé » sous la menace."


def test_a_code_is_a_child_of_its_parent(message: sdmx.message.StructureMessage) -> None:
    forms = message.codelist["CL_FORM"]
    assert forms["SLAVERY"].parent is forms["LABOUR"]
    assert forms["LABOUR"].child == [forms["SLAVERY"]]
    assert forms["LABOUR"].parent is forms


def test_a_parent_may_stand_below_its_child_in_the_table(small_standard: Standard) -> None:
    codes = (Code("CHILD", {"en": "Child"}, parent="PARENT"), Code("PARENT", {"en": "Parent"}))
    standard = replace(small_standard, codelists={**small_standard.codelists, "CL_X": Codelist("CL_X", {}, {}, codes)})
    codelist = build_structures(standard).codelist["CL_X"]
    assert codelist["CHILD"].parent is codelist["PARENT"]
    assert list(codelist.items) == ["CHILD", "PARENT"]


def test_source_and_origin_are_one_annotation_each(message: sdmx.message.StructureMessage) -> None:
    areas = message.codelist["CL_AREA"]
    assert [(a.type, a.title) for a in areas.annotations] == [("SOURCE", "SDMX M49"), ("ORIGIN", "SDMX:CL_AREA(2.0.1)")]
    assert [(a.type, a.title) for a in areas["002"].annotations] == [("SOURCE", "M49")]
    assert message.dataflow["DF_VICTIM"].get_annotation(type="SOURCE").title == "GLOTIP"
    assert message.structure["VICTIM"].dimensions.get("AREA").get_annotation(type="SOURCE").title == "SDMX"


def test_how_a_concept_is_counted_is_an_annotation_in_all_languages(message: sdmx.message.StructureMessage) -> None:
    counting = message.concept_scheme["CS_TEST"]["FORM"].get_annotation(type="COUNTING")
    assert counting.title == "MULTIPLE"
    assert counting.text.localizations == {"en": "Any mention.", "ar": "أي ذكر."}


def test_a_concept_has_the_one_code_list_that_all_its_components_use(message: sdmx.message.StructureMessage) -> None:
    concepts = message.concept_scheme["CS_TEST"]
    assert concepts["AREA"].core_representation.enumerated is message.codelist["CL_AREA"]
    assert concepts["OBS_VALUE"].core_representation is None
    # PLACE uses it with a code list, COMMENT and TITLE without one.
    assert concepts["NOTE"].core_representation is None


def test_dimensions_come_by_position_with_time_among_them(message: sdmx.message.StructureMessage) -> None:
    dimensions = message.structure["VICTIM"].dimensions.components
    assert [(d.id, d.order) for d in dimensions] == [("AREA", 1), ("FORM", 2), ("TIME_PERIOD", 3)]
    assert isinstance(dimensions[2], TimeDimension)


def test_components_share_the_code_lists_and_concepts_of_the_message(message: sdmx.message.StructureMessage) -> None:
    form = message.structure["VICTIM"].dimensions.get("FORM")
    assert form.local_representation.enumerated is message.codelist["CL_FORM"]
    assert form.concept_identity is message.concept_scheme["CS_TEST"]["FORM"]
    assert message.dataflow["DF_VICTIM"].structure is message.structure["VICTIM"]


def test_an_attribute_is_related_to_what_its_level_says(message: sdmx.message.StructureMessage) -> None:
    attributes = message.structure["VICTIM"].attributes
    series = attributes.get("COMMENT").related_to
    assert isinstance(attributes.get("STATUS").related_to, v30.ObservationRelationship)
    assert isinstance(attributes.get("TITLE").related_to, v30.DataflowRelationship)
    assert isinstance(series, DimensionRelationship)
    assert [dimension.id for dimension in series.dimensions] == ["AREA", "FORM"]


def test_an_attribute_says_whether_it_is_mandatory(message: sdmx.message.StructureMessage) -> None:
    attributes = message.structure["VICTIM"].attributes
    assert attributes.get("STATUS").usage_status is UsageStatus.mandatory
    assert attributes.get("COMMENT").usage_status is UsageStatus.conditional


def test_every_artefact_has_agency_version_and_final_flag(small_standard: Standard) -> None:
    message = build_structures(small_standard.reissued(agency="UNODC", version="2.0.0", final=True))
    # The scheme that the agency stands in belongs to the agency above, and has no version of its own.
    artefacts = [artefact for artefact in message.iter_objects() if artefact.id != "AGENCIES"]
    assert len(artefacts) == 7
    assert {(str(a.maintainer), a.version, a.is_final) for a in artefacts} == {("UNODC", "2.0.0", True)}


def test_the_id_of_the_message_is_a_valid_sdmx_id(message: sdmx.message.StructureMessage) -> None:
    assert message.header.id == "TEST_1_0_0-draft"
    assert message.header.prepared.isoformat() == "2025-03-01T00:00:00+00:00"
    assert message.header.sender.name["fr"] == "Agence d'essai"


def test_a_code_list_can_be_taken_to_pandas(message: sdmx.message.StructureMessage) -> None:
    frame = sdmx.to_pandas(message.codelist["CL_FORM"])
    assert frame.loc["SLAVERY"].to_dict() == {"name": "Slavery", "parent": "LABOUR"}


def _with_component(standard: Standard, component: Component) -> Standard:
    victim = standard.structures["VICTIM"]
    changed = replace(victim, components=(*victim.components, component))
    return replace(standard, structures={"VICTIM": changed})


def _attribute(concept: str, codelist: str, data_type: str, attachment: Attachment | None) -> Component:
    return Component(
        id="X",
        role=Role.ATTRIBUTE,
        concept=concept,
        codelist=codelist,
        data_type=data_type,
        position=0,
        attachment=attachment,
        mandatory=False,
        total=True,
        source="",
    )


@pytest.mark.parametrize(
    ("component", "message_id", "where"),
    [
        (_attribute("NO", "", "String", Attachment.DATASET), "structure-reference-unknown", "VICTIM.X"),
        (_attribute("NOTE", "CL_NO", "", Attachment.DATASET), "structure-reference-unknown", "VICTIM.X"),
        (_attribute("NOTE", "", "Text", Attachment.DATASET), "data-type-unknown", "VICTIM.X"),
        (_attribute("NOTE", "", "String", None), "attribute-unattached", "X"),
    ],
    ids=["unknown concept", "unknown code list", "unknown data type", "no level"],
)
def test_a_component_that_cannot_be_built_is_refused_where_it_stands(
    small_standard: Standard, component: Component, message_id: str, where: str
) -> None:
    with pytest.raises(StructureError) as caught:
        build_structures(_with_component(small_standard, component))
    assert (caught.value.message_id, caught.value.where) == (message_id, where)
    assert caught.value.line().startswith(f"{where}: ")


def test_a_parent_outside_the_list_is_refused(small_standard: Standard) -> None:
    orphans = Codelist("CL_X", {"en": "X"}, {}, (Code("A", {"en": "A"}, parent="NO"),))
    with pytest.raises(StructureError, match=r"CL_X\.A: refers to Code 'NO'"):
        build_structures(replace(small_standard, codelists={**small_standard.codelists, "CL_X": orphans}))


def test_a_dataflow_without_its_structure_is_refused(small_standard: Standard) -> None:
    with pytest.raises(StructureError, match="DF_VICTIM: refers to DataStructure 'VICTIM'"):
        build_structures(replace(small_standard, structures={}))
