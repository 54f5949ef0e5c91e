"""The category scheme and the categorisations."""

from dataclasses import replace

import pytest

from icstip.artefacts.base import Reference
from icstip.errors import StructureError
from icstip.standard.model import Category, Scheme, Standard
from icstip.structures.building.categories import build_categorisations, build_category_scheme
from icstip.structures.building.maintenance import Issue

SCHEME = Scheme("TOPICS", {"en": "Topics"}, {"en": "Of the dataflows."})


def test_a_category_comes_before_those_below_it(full_standard: Standard) -> None:
    scheme = build_category_scheme(SCHEME, Issue(full_standard))
    assert [category.path for category in scheme.items] == ["CRIME", "CRIME.EVENTS", "CRIME.EVENTS.VICTIMS", "OTHER"]
    assert [category.parent for category in scheme.items] == ["", "CRIME", "CRIME.EVENTS", ""]
    assert (scheme.id, scheme.version, scheme.name["en"]) == ("TOPICS", "1.0.0-draft", "Topics")
    assert [note.title for note in scheme.items[1].annotations] == ["PROJECT"]


def test_a_dataflow_belongs_to_each_of_its_categories(full_standard: Standard) -> None:
    built = {
        categorisation.id: categorisation for categorisation in build_categorisations(SCHEME, Issue(full_standard))
    }
    assert list(built) == ["OTHER_DF_EVENT", "EVENTS_DF_EVENT", "VICTIMS_DF_VICTIM", "VICTIMS_DF_EVENT"]
    victims = built["VICTIMS_DF_VICTIM"]
    assert victims.name == {"en": "Victims"}
    assert victims.source == Reference("Dataflow", "TEST", "DF_VICTIM", "1.0.0-draft")
    assert victims.target == Reference("Category", "TEST", "TOPICS", "1.0.0-draft", "CRIME.EVENTS.VICTIMS")


def test_a_parent_that_does_not_exist_is_refused(full_standard: Standard) -> None:
    categories = {"A": Category("A", {"en": "A"}, parent="NO")}
    with pytest.raises(StructureError, match="A: refers to Category 'NO'"):
        build_category_scheme(SCHEME, Issue(replace(full_standard, categories=categories)))


def test_a_circle_of_parents_is_refused(full_standard: Standard) -> None:
    categories = {"A": Category("A", {"en": "A"}, parent="B"), "B": Category("B", {"en": "B"}, parent="A")}
    with pytest.raises(StructureError, match="A: the category stands above itself"):
        build_category_scheme(SCHEME, Issue(replace(full_standard, categories=categories)))


def test_a_dataflow_that_does_not_exist_is_refused(full_standard: Standard) -> None:
    categories = {"A": Category("A", {"en": "A"}, dataflows=("DF_NO",))}
    with pytest.raises(StructureError, match="A: refers to Dataflow 'DF_NO'"):
        list(build_categorisations(SCHEME, Issue(replace(full_standard, categories=categories))))
