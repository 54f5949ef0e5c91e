"""A tiny standard as structure messages, character by character. The expected files are read when they change."""

from pathlib import Path

import pytest

from icstip.messages.formats import write_structures
from icstip.standard.model import (
    Attachment,
    Code,
    Codelist,
    Component,
    Concept,
    ConceptScheme,
    Dataflow,
    Role,
    Standard,
    Structure,
)
from icstip.structures.build import build_structures


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
    return Standard(
        agency="TEST",
        version="1.0.0-draft",
        final=False,
        prepared="2025-03-01",
        languages=("en", "fr", "ar"),
        name={"en": "Tiny"},
        description={},
        agency_name={"en": "Test agency"},
        concept_scheme=ConceptScheme("CS_TEST", {"en": "Concepts"}, {}),
        concepts={concept.id: concept for concept in concepts},
        codelists={"CL_AREA": Codelist("CL_AREA", {"en": "Areas"}, {"en": "Where."}, codes, source="SDMX")},
        structures={"TIP": Structure("TIP", "victim", {"en": "Victims"}, {}, components)},
        dataflows={"DF_TIP": Dataflow("DF_TIP", "TIP", {"en": "Victims"}, {}, "PROJECT")},
    )


@pytest.mark.parametrize("format_id", ["sdmx-ml-3.0", "sdmx-ml-2.1"])
def test_the_message_is_the_expected_one(format_id: str) -> None:
    expected = Path(__file__).with_name(f"structures.{format_id}.xml").read_bytes()
    assert write_structures(build_structures(_tiny()), format_id) == expected
