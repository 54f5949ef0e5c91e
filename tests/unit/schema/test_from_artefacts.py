"""Schemas of data structures among artefacts."""

from dataclasses import replace
from pathlib import Path

import pytest
from tests.artefact_examples import everything
from tests.examples.survey import (
    AREAS,
    AT_OBSERVATION,
    CONCEPTS,
    FLOW,
    SEXES,
    SURVEY,
    attribute,
    dimension,
    of_list,
    of_type,
    surveyed,
)

from icstip.artefacts.base import Maintainable, Representation
from icstip.artefacts.collection import Artefacts
from icstip.artefacts.data_structure import Component, Dataflow, DataStructure, Group, Level, Relationship
from icstip.artefacts.items import Codelist, Extension, Item
from icstip.errors import StructureError
from icstip.schema import Column, Schema
from icstip.schema.from_artefacts import schema_from_artefacts
from icstip.standard.model import Role, Standard
from icstip.standard.read import read_standard
from icstip.structures.building.build import build_artefacts
from icstip.structures.sdmx_objects.to_objects import to_sdmx1


def _schema(*more: Maintainable | Component | Group, flow: Dataflow | None = None, **fields: object) -> Schema:
    artefacts = surveyed(*more, **fields)
    (structure,) = artefacts.all_of(DataStructure)
    return schema_from_artefacts(structure, flow, artefacts)


def _names(schema: Schema) -> list[object]:
    return [schema.name, *((column.name, column.code_names) for column in schema.columns)]


def test_columns_are_dimensions_then_measures_then_attributes_with_their_codes_and_types() -> None:
    schema = _schema()
    assert [(column.id, column.role.value, column.codelist, column.data_type) for column in schema.columns] == [
        ("AREA", "dimension", "CL_AREA", "String"),
        ("SEX", "dimension", "CL_SEX", "String"),
        ("TIME_PERIOD", "time_dimension", None, "ObservationalTimePeriod"),
        ("OBS_VALUE", "measure", None, "Decimal"),
        ("STATUS", "attribute", "CL_STATUS", "String"),
        ("NOTE", "attribute", None, "String"),
        ("UNIT", "attribute", "VL_UNIT", "String"),
    ]
    assert schema.by_id["AREA"].codes == ("W", "AF", "CI", "EU")
    assert schema.by_id["UNIT"].codes == ("€ & $", "per cent")
    assert [column.id for column in schema.columns if column.mandatory] == ["AREA", "SEX", "TIME_PERIOD", "STATUS"]


def test_the_schema_is_named_by_the_dataflow_and_where_there_is_none_by_the_structure() -> None:
    assert (str(_schema().structure), _schema().dataflow, _schema().name["fr"]) == (
        "TEST:SURVEY(1.0.0)",
        None,
        "Enquête",
    )
    of_flow = _schema(flow=FLOW)
    assert (str(of_flow.dataflow), of_flow.name) == ("TEST:DF(1.0.0)", {"en": "Flow"})


def test_the_representation_of_the_concept_counts_where_the_component_has_none_that_says_something() -> None:
    concepts = replace(
        CONCEPTS, items=(Item(id="AREA", representation=of_list(SEXES)), Item(id="NOTE", representation=_whole()))
    )
    often = Representation(max_occurs="3")
    schema = _schema(concepts, dimensions=(dimension("AREA", often),))
    assert schema.by_id["AREA"].codes == ("F", "M", "T")
    assert schema.by_id["NOTE"].data_type == "Integer"


def _whole() -> Representation:
    return of_type("Integer")


@pytest.mark.parametrize(
    ("relationship", "level", "attached_to"),
    [
        (AT_OBSERVATION, "observation", ()),
        (Relationship(Level.DATASET), "dataset", ()),
        (Relationship(Level.DIMENSIONS, ("SEX",)), "series", ("SEX",)),
        (Relationship(Level.DIMENSIONS, ("SEX", "TIME_PERIOD")), "observation", ("SEX", "TIME_PERIOD")),
        (Relationship(Level.DIMENSIONS, ("SEX",), attachment_groups=("G",)), "group", ("SEX",)),
        (Relationship(Level.GROUP, group="G"), "group", ("AREA",)),
    ],
)
def test_an_attribute_has_its_level_and_the_dimensions_it_is_attached_to(
    relationship: Relationship, level: str, attached_to: tuple[str, ...]
) -> None:
    schema = _schema(attribute("TITLE", relationship, None), Group(id="G", dimensions=("AREA",)))
    column = schema.by_id["TITLE"]
    assert (column.attachment, column.attached_to) == (level, attached_to)
    assert column.group == ("G" if relationship.level is Level.GROUP else None)
    assert schema.groups == {"G": ("AREA",)}


def test_a_code_list_that_extends_others_has_their_codes_too() -> None:
    more = Codelist(
        agency="TEST", id="CL_MORE", version="1.0.0", items=(Item(id="XK"),), extensions=(Extension(AREAS.reference),)
    )
    column = _schema(more, dimensions=(dimension("AREA", of_list(more)),)).by_id["AREA"]
    assert column.codes == ("W", "AF", "CI", "EU", "XK")
    assert column.code_names["W"]["ar"] == "العالم"


def test_a_code_list_that_is_not_there_is_told() -> None:
    with pytest.raises(StructureError, match=r"SURVEY\.SEX: the codes of code list TEST:CL_SEX\(1\.0\.0\) are not"):
        _schema(replace(SEXES, items=(), external=True))


def test_a_component_whose_concept_is_not_there_is_a_text() -> None:
    column = _schema(replace(CONCEPTS, items=())).by_id["NOTE"]
    assert column == Column("NOTE", Role.ATTRIBUTE, None, None, "String", column.attachment, ("AREA", "SEX"), False)  # noqa: FBT003


def test_refused_codes_are_kept_and_cannot_be_changed() -> None:
    artefacts = surveyed()
    schema = schema_from_artefacts(SURVEY, None, artefacts, {"SEX": frozenset("T")})
    assert schema.refused == {"SEX": {"T"}}
    with pytest.raises(TypeError):
        schema.refused["SEX"] = frozenset()  # type: ignore[index]


def _resolved(artefacts: Artefacts) -> Artefacts:
    """Return artefacts without what a schema of objects of sdmx1 cannot be made of: extended and absent lists."""
    lists = (replace(one, extensions=()) if isinstance(one, Codelist) else one for one in artefacts)
    return Artefacts.of(lists)


@pytest.mark.parametrize("source", ["small standard", "standard", "everything"])
def test_objects_of_sdmx1_give_the_same_schema(source: str, small_standard: Standard, dsd_folder: Path) -> None:
    artefacts = {
        "small standard": lambda: build_artefacts(small_standard),
        "standard": lambda: build_artefacts(read_standard(dsd_folder)),
        "everything": lambda: _resolved(everything()),
    }[source]()
    message = to_sdmx1(artefacts)
    compared = 0
    for structure in artefacts.all_of(DataStructure):
        objects = [dsd for dsd in message.structure.values() if dsd.id == structure.id]
        dsd = next(dsd for dsd in objects if str(dsd.version) == structure.version)
        try:
            expected = Schema.from_dsd(dsd)
        except StructureError:
            with pytest.raises(StructureError):
                schema_from_artefacts(structure, None, artefacts)
            continue
        schema = schema_from_artefacts(structure, None, artefacts)
        assert schema == expected
        assert _names(schema) == _names(expected)
        compared += 1
    assert compared
