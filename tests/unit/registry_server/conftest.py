"""A registry with a small standard, with a code list in many versions."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from tests.registry.server import LocalRegistry

from icstip.artefacts.base import Maintainable, Reference
from icstip.artefacts.collection import Artefacts
from icstip.artefacts.constraints import DataConstraint, Region, Selection, Value
from icstip.artefacts.data_structure import Categorisation
from icstip.artefacts.items import CategoryScheme, Codelist, ConceptScheme, Item
from icstip.standard.model import Standard
from icstip.structures.building.build import build_artefacts

MANY_VERSIONS = ("0.9.0", "1.0.0", "1.0.1", "1.1.0", "1.2.0-draft", "2.0.0", "2.1.0-draft", "1.5", "2.0")


@pytest.fixture(scope="session")
def artefacts(small_standard: Standard) -> Artefacts:
    """The small standard, as drafts; a code list in many versions; what constrains and files the dataflow."""
    draft = "1.0.0-draft"
    flow = Reference("Dataflow", "TEST", "DF_VICTIM", draft)
    versions = [
        Codelist(
            id="CL_MANY", agency="OTHER", version=version, name={"en": version}, items=(Item(id="A", name={"en": "A"}),)
        )
        for version in MANY_VERSIONS
    ]
    slavery = Selection(id="FORM", values=(Value("SLAVERY"),))
    constraint = DataConstraint(
        id="CN",
        agency="TEST",
        version=draft,
        name={"en": "C"},
        attachment=(flow,),
        regions=(Region(selections=(slavery,)),),
    )
    branches = (
        Item(id="TOP", name={"en": "Top"}),
        Item(id="SUB", name={"en": "Sub"}, parent="TOP"),
        Item(id="X", name={"en": "X"}),
    )
    categories = CategoryScheme(id="CATS", agency="TEST", version=draft, name={"en": "Categories"}, items=branches)
    filed = Categorisation(
        id="FILED",
        agency="TEST",
        version="1.0",
        name={"en": "Filed"},
        source=flow,
        target=categories.item_reference("Category", "TOP.SUB"),
    )
    return Artefacts.of((*build_artefacts(small_standard), *versions, constraint, categories, filed))


@pytest.fixture
def registry(artefacts: Artefacts) -> Iterator[LocalRegistry]:
    """A registry that has all of it."""
    with LocalRegistry(artefacts, delay=60) as running:
        yield running


@pytest.fixture
def empty() -> Iterator[LocalRegistry]:
    """A registry that has nothing."""
    with LocalRegistry(delay=60) as running:
        yield running


@pytest.fixture(scope="session")
def released() -> list[Maintainable]:
    """A code list and a concept scheme that refers to it, both stable."""
    codes = (Item(id="A", name={"en": "A"}), Item(id="B", name={"en": "B"}, parent="A"))
    codelist = Codelist(id="CL", agency="TEST", version="1.0.0", name={"en": "List"}, items=codes)
    scheme = ConceptScheme(
        id="CS", agency="TEST", version="1.0.0", name={"en": "Scheme"}, items=(Item(id="C", name={"en": "C"}),)
    )
    return [codelist, scheme]


@pytest.fixture(scope="session")
def drafts(released: list[Maintainable]) -> list[Maintainable]:
    """The same as drafts."""
    return [replace(artefact, version="1.0.0-draft") for artefact in released]
