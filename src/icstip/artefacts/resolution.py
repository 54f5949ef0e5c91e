"""What a reference refers to, found among the artefacts."""

from dataclasses import replace

from icstip.artefacts.base import Maintainable, Reference, Representation
from icstip.artefacts.collection import Artefacts, maintainable_reference
from icstip.artefacts.data_structure import Component
from icstip.artefacts.items import ConceptScheme, Item
from icstip.artefacts.versions import has_wildcard, latest_fitting
from icstip.errors import StructureError


def resolve(artefacts: Artefacts, reference: Reference) -> Maintainable | None:
    """Return the artefact that a reference refers to, or the latest one if it leaves the version open."""
    found = artefacts.find(reference)
    if found is not None or not has_wildcard(reference.version):
        return found
    wanted = maintainable_reference(reference)
    versions = [one.version for one in artefacts if replace(one.reference, version=wanted.version) == wanted]
    latest = latest_fitting(versions, wanted.version)
    return None if latest is None else artefacts.find(replace(wanted, version=latest))


def concept_of(artefacts: Artefacts, component: Component) -> Item | None:
    """Return the concept of a component, or None when it is not among the artefacts."""
    scheme = resolve(artefacts, component.concept)
    if not isinstance(scheme, ConceptScheme):
        return None
    return next((concept for concept in scheme.items if concept.id == component.concept.item), None)


def representation_of(artefacts: Artefacts, component: Component) -> tuple[Representation, bool]:
    """Return the representation of a component, and whether it is the one of its concept.

    The one of the component goes before the core representation of the concept; without either it is a text
    (SDMX 3.0 §3A part IV, representation determination).

    Raises:
        StructureError: It has none, and its concept is not among the artefacts.
    """
    if component.representation is not None:
        return component.representation, False
    concept = concept_of(artefacts, component)
    if concept is None:
        raise StructureError("schema-concept-absent", where=component.id, concept=str(component.concept))
    return concept.representation or Representation(), concept.representation is not None
