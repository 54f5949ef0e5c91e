"""A small standard that has artefacts of every class."""

from dataclasses import replace

import pytest

from icstip.standard.model import (
    Category,
    Code,
    CodeMap,
    ComponentLink,
    Constraint,
    Crosswalk,
    Dataflow,
    Hierarchy,
    HierarchyCode,
    Scheme,
    Standard,
)


@pytest.fixture(scope="session")
def full_standard(small_standard: Standard) -> Standard:
    """The small standard with constraints, categories, data providers, hierarchies and crosswalks."""
    event = Dataflow("DF_EVENT", "EVENT", {"en": "Events", "fr": "Événements"}, {}, "PROJECT")
    return replace(
        small_standard,
        dataflows={**small_standard.dataflows, "DF_EVENT": event},
        constraints={constraint.id: constraint for constraint in _constraints()},
        category_scheme=Scheme("TOPICS", {"en": "Topics"}, {"en": "Of the dataflows."}),
        categories={category.id: category for category in _categories()},
        provider_scheme=Scheme("DATA_PROVIDERS", {"en": "Providers"}, {}),
        providers=(
            Code("CI", {"en": "Côte d'Ivoire", "fr": "Côte d'Ivoire"}, source="M49"),
            Code("002", {"en": "Africa"}),
        ),
        hierarchies={"H_FORM": _hierarchy()},
        crosswalks={"X_OTHER": _crosswalk(), "X_OWN": _own_crosswalk()},
    )


def _constraints() -> tuple[Constraint, ...]:
    return (
        Constraint(
            "CN_VICTIM", {"en": "Victims"}, {}, structure="VICTIM", allowed={"FORM": ("LABOUR", "_T")}, source="PROJECT"
        ),
        Constraint("CN_DF_VICTIM", {"en": "Of victims"}, {}, dataflow="DF_VICTIM", allowed={"AREA": ("CI",)}),
        Constraint("CN_DF_EVENT", {"en": "Of events"}, {}, dataflow="DF_EVENT", free=("AREA",)),
    )


def _categories() -> tuple[Category, ...]:
    return (
        Category("CRIME", {"en": "Crime"}),
        Category("OTHER", {"en": "Other"}, dataflows=("DF_EVENT",)),
        Category("EVENTS", {"en": "Events"}, "CRIME", {"en": "Cases."}, ("DF_EVENT",), "PROJECT"),
        Category("VICTIMS", {"en": "Victims"}, "EVENTS", dataflows=("DF_VICTIM", "DF_EVENT")),
    )


def _hierarchy() -> Hierarchy:
    codes = (
        HierarchyCode("ALL", "CL_FORM", "_T"),
        HierarchyCode("1", "CL_FORM", "LABOUR", parent="ALL"),
        HierarchyCode("REST", "CL_FORM", "_U"),
        HierarchyCode("2", "CL_AREA", "CI", parent="ALL"),
        HierarchyCode("1A", "CL_FORM", "SLAVERY", parent="1"),
    )
    return Hierarchy("H_FORM", {"en": "Forms"}, {"en": "By group."}, codes, "GLOTIP")


def _crosswalk() -> Crosswalk:
    return Crosswalk(
        "X_OTHER",
        {"en": "To other data"},
        {},
        source="VICTIM",
        target="OTHER.SUB:DSD(2.1)",
        links=(
            ComponentLink(("FORM", "AREA"), ("KIND",), code_map="M_KIND"),
            ComponentLink(("TIME_PERIOD",), ("TIME_PERIOD",)),
            ComponentLink((), ("SCALE", "SIZE"), fixed="0"),
        ),
        code_maps={
            "M_KIND": CodeMap(
                "M_KIND",
                {"en": "Kinds"},
                {},
                ("CL_FORM", "CL_AREA"),
                ("OTHER:CL_KIND(1.0)",),
                ((("LABOUR", "CI"), ("L",)), (("_U", "CI"), ())),
            )
        },
        provenance="PROJECT",
    )


def _own_crosswalk() -> Crosswalk:
    forms = CodeMap("M_FORM", {"en": "Forms"}, {}, ("CL_FORM",), ("OTHER:CL_FORM(1.0.0)",), ((("_T",), ("_T",)),))
    areas = ComponentLink(("AREA",), ("AREA",))
    links = (ComponentLink(("FORM",), ("PLACE",), code_map="M_FORM"), areas)
    return Crosswalk("X_OWN", {"en": "Events"}, {}, "VICTIM", "EVENT", links, {"M_FORM": forms})
