"""Data structures."""

from dataclasses import replace

import pytest

from icstip.artefacts.base import Reference
from icstip.artefacts.data_structure import DataStructure, Level, Relationship
from icstip.errors import StructureError
from icstip.standard.model import Attachment, Component, Role, Standard
from icstip.structures.building.data_structures import build_data_structure
from icstip.structures.building.maintenance import Issue


@pytest.fixture(scope="module")
def victim(full_standard: Standard) -> DataStructure:
    return build_data_structure(full_standard.structures["VICTIM"], Issue(full_standard))


def test_dimensions_come_by_position_with_time_last(victim: DataStructure) -> None:
    assert [(dimension.id, dimension.kind) for dimension in victim.dimensions] == [
        ("AREA", "Dimension"),
        ("FORM", "Dimension"),
        ("TIME_PERIOD", "TimeDimension"),
    ]
    assert [note.title for note in victim.dimensions[0].annotations] == ["SDMX"]


def test_components_refer_to_concepts_and_code_lists(victim: DataStructure) -> None:
    form = victim.dimensions[1]
    assert form.concept == Reference("Concept", "TEST", "CS_TEST", "1.0.0-draft", "FORM")
    assert form.representation is not None
    assert form.representation.enumeration == Reference("Codelist", "TEST", "CL_FORM", "1.0.0-draft")
    assert form.representation.format is None


def test_an_uncoded_component_has_its_data_type(victim: DataStructure) -> None:
    formats = [component.representation and component.representation.format for component in victim.components]
    assert [found.data_type for found in formats if found] == ["ObservationalTimePeriod", "Decimal", "String", "String"]


def test_an_attribute_is_related_to_what_its_level_says(victim: DataStructure) -> None:
    assert {attribute.id: attribute.relationship for attribute in victim.attributes} == {
        "STATUS": Relationship(Level.OBSERVATION),
        "COMMENT": Relationship(Level.DIMENSIONS, ("AREA", "FORM")),
        "TITLE": Relationship(Level.DATASET),
    }


def test_an_attribute_and_a_measure_say_whether_they_are_mandatory(victim: DataStructure) -> None:
    assert [attribute.mandatory for attribute in victim.attributes] == [True, False, False]
    assert [(measure.id, measure.mandatory) for measure in victim.measures] == [("OBS_VALUE", False)]


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
    full_standard: Standard, component: Component, message_id: str, where: str
) -> None:
    structure = full_standard.structures["VICTIM"]
    with pytest.raises(StructureError) as caught:
        build_data_structure(replace(structure, components=(*structure.components, component)), Issue(full_standard))
    assert (caught.value.message_id, caught.value.where) == (message_id, where)
    assert caught.value.line().startswith(f"{where}: ")
