"""What tests of several folders need."""

import os
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import settings
from tests.artefact_examples import everything as everything_of_the_model

from icstip.artefacts.collection import Artefacts
from icstip.standard.model import (
    Attachment,
    Code,
    Codelist,
    Component,
    Concept,
    Dataflow,
    Role,
    Scheme,
    Standard,
    Structure,
)

# The same examples in every run, so that a change is blamed for what it did; others are looked for when told how many.
# No deadlines: how long an example takes says more about the machine than about the code.
settings.register_profile("same", derandomize=True, deadline=None)
settings.register_profile("others", deadline=None)
settings.load_profile("others" if "ICSTIP_EXAMPLES" in os.environ else "same")


@pytest.fixture(scope="session")
def dsd_folder() -> Path:
    """The tables of the standard in this repository."""
    return Path(__file__).parents[1] / "dsd"


@pytest.fixture(scope="session")
def everything() -> Artefacts:
    """Artefacts that use every class and every field of the information model."""
    return everything_of_the_model()


@pytest.fixture(scope="session")
def small_standard() -> Standard:
    """A standard small enough to read, with everything that is hard to write: four languages, markup, parents."""
    codelists = (_areas(), _forms(), _statuses())
    return Standard(
        agency="TEST",
        version="1.0.0-draft",
        final=False,
        prepared="2025-03-01T00:00:00+00:00",
        languages=("en", "fr", "es", "ar"),
        name={"en": "Small standard"},
        description={},
        agency_name={"en": "Test agency", "fr": "Agence d'essai"},
        concept_scheme=Scheme("CS_TEST", {"en": "Concepts", "fr": "Concepts"}, {"en": "All of them."}),
        concepts={concept.id: concept for concept in _concepts()},
        codelists={codelist.id: codelist for codelist in codelists},
        structures={"VICTIM": _victim(), "EVENT": _event()},
        dataflows={"DF_VICTIM": Dataflow("DF_VICTIM", "VICTIM", {"en": "Victims"}, {"en": "Persons."}, "GLOTIP")},
    )


def _areas() -> Codelist:
    codes = (
        Code("_T", {"en": "All areas"}, source="SDMX"),
        Code("001", {"en": "World"}, source="M49", origin="SDMX:CL_AREA(2.0.1)"),
        Code("002", {"en": "Africa", "ar": "أفريقيا"}, parent="001", source="M49"),
        Code("CI", {"en": "Côte d'Ivoire"}, parent="002", source="M49"),
    )
    return Codelist("CL_AREA", {"en": "Areas"}, {}, codes, origin="SDMX:CL_AREA(2.0.1)", source="SDMX M49")


def _forms() -> Codelist:
    codes = (
        Code("_T", {"en": "All forms", "fr": "L'ensemble", "es": "Todas", "ar": "جميع الأشكال"}, source="SDMX"),
        Code(
            "LABOUR",
            {"en": "Forced labour & services", "fr": "Travail forcé", "es": "Trabajo forzoso", "ar": "العمل القسري"},
            description={"en": 'Work <or> "service"\nunder threat.', "fr": "Travail « exigé » sous la menace."},
            source="PALERMO PROJECT",
        ),
        Code("SLAVERY", {"en": "Slavery", "fr": "Esclavage"}, parent="LABOUR", source="PALERMO"),
        Code("_U", {"en": "Unknown"}, source="SDMX"),
    )
    return Codelist("CL_FORM", {"en": "Forms", "fr": "Formes"}, {"en": "Of exploitation."}, codes, source="PALERMO")


def _statuses() -> Codelist:
    return Codelist("CL_STATUS", {"en": "Statuses"}, {}, (Code("A", {"en": "Normal"}), Code("O", {"en": "Missing"})))


def _concepts() -> tuple[Concept, ...]:
    counting = {"en": "Any mention.", "ar": "أي ذكر."}
    return (
        Concept("AREA", {"en": "Area", "fr": "Zone"}, {"en": "Where."}, "SDMX", "SDMX:CROSS_DOMAIN_CONCEPTS(2.0)"),
        Concept("FORM", {"en": "Form"}, {}, "PALERMO", counting="MULTIPLE", counting_note=counting),
        Concept("TIME_PERIOD", {"en": "Time"}, {}, "SDMX"),
        Concept("OBS_VALUE", {"en": "Value"}, {}, "SDMX"),
        Concept("STATUS", {"en": "Status"}, {}, "SDMX"),
        Concept("NOTE", {"en": "Note"}, {}, "PROJECT"),
    )


def _component(component: str, role: Role, concept: str, codelist: str = "", data_type: str = "") -> Component:
    return Component(
        id=component,
        role=role,
        concept=concept,
        codelist=codelist,
        data_type=data_type,
        position=0,
        attachment=None,
        mandatory=role in {Role.DIMENSION, Role.TIME_DIMENSION},
        total=True,
        source="SDMX",
    )


def _dimension(component: str, codelist: str, position: int, *, concept: str) -> Component:
    return replace(_component(component, Role.DIMENSION, concept, codelist), position=position)


def _time(position: int) -> Component:
    time = _component("TIME_PERIOD", Role.TIME_DIMENSION, "TIME_PERIOD", data_type="ObservationalTimePeriod")
    return replace(time, position=position)


def _value() -> Component:
    return _component("OBS_VALUE", Role.MEASURE, "OBS_VALUE", data_type="Decimal")


def _note(component: str, attachment: Attachment) -> Component:
    return replace(_component(component, Role.ATTRIBUTE, "NOTE", data_type="String"), attachment=attachment)


def _victim() -> Structure:
    status = _component("STATUS", Role.ATTRIBUTE, "STATUS", "CL_STATUS")
    components = (
        replace(_dimension("AREA", "CL_AREA", 1, concept="AREA"), total=False),
        _dimension("FORM", "CL_FORM", 2, concept="FORM"),
        _time(3),
        _value(),
        replace(status, attachment=Attachment.OBSERVATION, mandatory=True),
        _note("COMMENT", Attachment.SERIES),
        _note("TITLE", Attachment.DATASET),
    )
    allowed = {"FORM": frozenset({"_T", "LABOUR", "SLAVERY"})}
    return Structure("VICTIM", "victim", {"en": "Victim", "ar": "الضحية"}, {"en": "One person."}, components, allowed)


def _event() -> Structure:
    components = (
        _dimension("AREA", "CL_AREA", 1, concept="AREA"),
        _dimension("PLACE", "CL_AREA", 2, concept="NOTE"),
        _time(3),
        _value(),
    )
    return Structure("EVENT", "event", {"en": "Event"}, {}, components)
