"""What artefacts refer to, found quickly, and what of it is not there."""

from collections.abc import Iterator

from icstip.artefacts.base import Maintainable, Reference
from icstip.artefacts.collection import Artefacts, maintainable_reference
from icstip.artefacts.items import CategoryScheme, Codelist, ConceptScheme, ItemScheme
from icstip.artefacts.resolution import resolve
from icstip.artefacts.walk import references_of


def references_in(artefact: Maintainable) -> Iterator[Reference]:
    """Yield every reference in an artefact. Items other than concepts have none, so that they are passed over."""
    if isinstance(artefact, Codelist):
        yield from (extension.codelist for extension in artefact.extensions)
    elif isinstance(artefact, ConceptScheme) or not isinstance(artefact, ItemScheme):
        yield from references_of(artefact)


def missing_references(artefact: Maintainable, artefacts: Artefacts) -> Iterator[Reference]:
    """Yield the references of an artefact to what is not among artefacts: to an artefact, or to an item of it."""
    for reference in references_in(artefact):
        target = resolve(artefacts, reference)
        if target is None:
            yield maintainable_reference(reference)
        elif reference.item and isinstance(target, ItemScheme) and not _has_item(target, reference.item):
            yield reference


def _has_item(scheme: ItemScheme, item: str) -> bool:
    if isinstance(scheme, CategoryScheme):
        return any(category.path == item for category in scheme.items)
    return any(one.id == item for one in scheme.items)
