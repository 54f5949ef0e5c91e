"""A tiny standard as structure messages, character by character. The expected files are read when they change."""

from pathlib import Path

import pytest

from icstip.messages.formats import format_of
from icstip.standard.model import (
    Attachment,
    Category,
    Code,
    Codelist,
    CodeMap,
    Component,
    ComponentLink,
    Concept,
    Constraint,
    Crosswalk,
    Dataflow,
    Hierarchy,
    HierarchyCode,
    Role,
    Scheme,
    Standard,
    Structure,
)
from icstip.workflow.publication import standard_structures, structure_formats, write_message


def _component(component: str, role: Role, position: int = 0, codelist: str = "", data_type: str = "") -> Component:
    return Component(
        id=component,
        role=role,
        concept=component,
        codelist=codelist,
        data_type=data_type,
        position=position,
        attachment=Attachment.SERIES if role is Role.ATTRIBUTE else None,
        mandatory=role is not Role.ATTRIBUTE,
        total=True,
        source="PROJECT",
    )


def _tiny() -> Standard:
    codes = (
        Code("_T", {"en": "Total", "fr": "Total", "ar": "المجموع"}, source="SDMX"),
        Code("001", {"en": "World", "fr": "Monde"}, source="M49", origin="SDMX:CL_AREA(2.0.1)"),
        Code("CI", {"en": "Côte d'Ivoire & <others>"}, parent="001", source="M49", description={"en": "A country."}),
        Code("CI_N", {"en": "North"}, parent="CI", source="PROJECT"),
    )
    components = (
        _component("AREA", Role.DIMENSION, 1, "CL_AREA"),
        _component("TIME_PERIOD", Role.TIME_DIMENSION, 2, data_type="ObservationalTimePeriod"),
        _component("OBS_VALUE", Role.MEASURE, data_type="Decimal"),
        _component("NOTE", Role.ATTRIBUTE, data_type="String"),
    )
    concepts = (
        Concept("AREA", {"en": "Area", "fr": "Zone"}, {"en": "Where."}, "SDMX", counting="SINGLE"),
        Concept("TIME_PERIOD", {"en": "Time"}, {}, "SDMX"),
        Concept("OBS_VALUE", {"en": "Value"}, {}, "SDMX"),
        Concept("NOTE", {"en": "Note"}, {}, "PROJECT"),
    )
    places = (HierarchyCode("WORLD", "CL_AREA", "001"), HierarchyCode("CI", "CL_AREA", "CI", parent="WORLD"))
    links = (ComponentLink(("AREA",), ("REF_AREA",), code_map="M"), ComponentLink((), ("SEX",), fixed="_T"))
    code_map = CodeMap("M", {"en": "Areas"}, {}, ("CL_AREA",), ("OTHER:CL_AREA(1.0)",), ((("CI",), ("384",)),))
    return Standard(
        agency="TEST",
        version="1.0.0-draft",
        final=False,
        prepared="2025-03-01",
        languages=("en", "fr", "ar"),
        name={"en": "Tiny"},
        description={},
        agency_name={"en": "Test agency"},
        concept_scheme=Scheme("CS_TEST", {"en": "Concepts"}, {}),
        concepts={concept.id: concept for concept in concepts},
        codelists={"CL_AREA": Codelist("CL_AREA", {"en": "Areas"}, {"en": "Where."}, codes, source="SDMX")},
        structures={"TIP": Structure("TIP", "victim", {"en": "Victims"}, {}, components)},
        dataflows={"DF_TIP": Dataflow("DF_TIP", "TIP", {"en": "Victims"}, {}, "PROJECT")},
        constraints={"CN": Constraint("CN", {"en": "Countries"}, {}, "", "DF_TIP", ("AREA",), {"AREA": ("CI",)})},
        category_scheme=Scheme("CATEGORIES", {"en": "Categories"}, {}),
        categories={"PERSONS": Category("PERSONS", {"en": "Persons"}, dataflows=("DF_TIP",))},
        provider_scheme=Scheme("DATA_PROVIDERS", {"en": "Providers"}, {}),
        providers=(codes[2],),
        hierarchies={"H": Hierarchy("H", {"en": "World"}, {}, places)},
        crosswalks={"X": Crosswalk("X", {"en": "Elsewhere"}, {}, "TIP", "OTHER:DSD(1.0)", links, {"M": code_map})},
    )


@pytest.mark.parametrize("format_id", structure_formats())
def test_the_message_is_the_expected_one(format_id: str) -> None:
    fmt = format_of(format_id, "structure")
    expected = Path(__file__).with_name(fmt.file_name("structures")).read_bytes()
    assert write_message(standard_structures(_tiny()), fmt)[0] == expected
