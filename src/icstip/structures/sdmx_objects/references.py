"""References of the model and objects that refer to each other: from one to the other."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from sdmx.model.common import (
    Agency,
    Category,
    IdentifiableArtefact,
    Item,
    ItemScheme,
    MaintainableArtefact,
    MissingID,
)

from icstip.artefacts.base import Reference
from icstip.artefacts.collection import maintainable_reference
from icstip.artefacts.kinds import ITEM_KINDS
from icstip.artefacts.urn import parse_urn, urn_of
from icstip.artefacts.versions import has_wildcard, latest_fitting
from icstip.structures.sdmx_objects.classes import CLASSES, ITEM_CLASSES, kind_of
from icstip.structures.sdmx_objects.parts import Losses, agency_of, version_of

_ITEM_KINDS: Final[Mapping[type, str]] = {cls: ITEM_KINDS[kind] for kind, cls in ITEM_CLASSES.items()}


class Targets:
    """The objects that references refer to: those of a message, and stubs for what is not in it.

    A stub is an external reference. The items in it are not in its list of items, which nobody knows.

    Args:
        objects: The objects of the message by the reference to them.
    """

    def __init__(self, objects: Mapping[Reference, MaintainableArtefact]) -> None:
        self._objects = objects
        self._stubs: dict[Reference, IdentifiableArtefact] = {}
        self._items: dict[int, dict[str, Item]] = {}

    def find(self, reference: Reference, losses: Losses) -> IdentifiableArtefact:
        """Return the object that a reference refers to.

        Args:
            reference: The reference.
            losses: The artefact that refers; it is told when a version with a wildcard becomes a fixed one.
        """
        whole = maintainable_reference(reference)
        if not reference.item:
            return self._whole(reference, losses)
        if ITEM_KINDS.get(whole.kind) == reference.kind and whole.kind in ITEM_CLASSES:
            return self.item(self._whole(whole, losses), whole.kind, reference.item)
        return self._part(reference)

    def add_item(self, scheme: ItemScheme, path: str, item: Item) -> None:
        """Add an item of a scheme, which references can refer to by its id or, if it is a category, its path."""
        self._items.setdefault(id(scheme), {})[path] = item

    def item(self, scheme: ItemScheme, kind: str, path: str) -> Item:
        """Return the item of a scheme; one that is not in its list is a stub that only knows what it is in.

        Args:
            scheme: The scheme.
            kind: Class of the scheme.
            path: Id of the item, or path of the category.
        """
        known = self._items.setdefault(id(scheme), {})
        if path not in known:
            above, _, name = path.rpartition(".") if kind == "CategoryScheme" else ("", "", path)
            stub = ITEM_CLASSES[kind](id=name)
            stub.parent = self.item(scheme, kind, above) if above else scheme
            known[path] = stub
        return known[path]

    def _whole(self, reference: Reference, losses: Losses) -> MaintainableArtefact:
        found = self._objects.get(reference)
        if found is None and (best := _fitting(reference, self._objects)) is not None:
            losses.translated("version-wildcard")
            found = self._objects[best]
        return self._stub(reference) if found is None else found

    def _stub(self, reference: Reference) -> MaintainableArtefact:
        if reference not in self._stubs:
            stub = CLASSES.get(reference.kind, MaintainableArtefact)(
                id=reference.id,
                maintainer=Agency(id=reference.agency),
                version=reference.version,
                is_external_reference=True,
            )
            stub.urn = urn_of(reference)
            self._stubs[reference] = stub
        return self._stubs[reference]

    def _part(self, reference: Reference) -> IdentifiableArtefact:
        # Components know nothing of what they are in: the URN is all that says it.
        if reference not in self._stubs:
            stub = IdentifiableArtefact(id=reference.item.rpartition(".")[2])
            stub.urn = urn_of(reference)
            self._stubs[reference] = stub
        return self._stubs[reference]


def reference_of(thing: object) -> Reference | None:
    """Return the reference to an object, or None if it does not say what it is in.

    Raises:
        StructureError: It is, or is in, an artefact without an agency.
    """
    if isinstance(thing, Item):
        scheme, kind = scheme_of(thing), _item_kind_of(thing)
        if scheme is not None and kind is not None and kind_of(scheme) is not None:
            path = path_of(thing) if isinstance(thing, Category) else str(thing.id)
            return Reference(kind, agency_of(scheme), str(scheme.id), version_of(scheme), path)
    kind = kind_of(thing)
    if isinstance(thing, MaintainableArtefact) and kind is not None and thing.id is not MissingID:
        return Reference(kind, agency_of(thing), str(thing.id), version_of(thing))
    urn = getattr(thing, "urn", None)
    # sdmx1 makes URNs with the names of its own classes: DataflowDefinition.
    return parse_urn(urn.replace("Definition=", "=")) if isinstance(urn, str) else None


def scheme_of(item: Item) -> ItemScheme | None:
    """Return the scheme that an item is in, or None."""
    *_, top = _upwards(item)
    return top.parent if isinstance(top.parent, ItemScheme) else None


def path_of(item: Item) -> str:
    """Return the dotted path of ids from the top to an item."""
    return ".".join(reversed([str(above.id) for above in _upwards(item)]))


def _upwards(item: Item) -> Iterator[Item]:
    """Yield an item and those above it; each once, even where they are above each other."""
    seen: set[int] = set()
    while isinstance(item, Item) and id(item) not in seen:
        seen.add(id(item))
        yield item
        item = item.parent


def _item_kind_of(item: Item) -> str | None:
    return next((_ITEM_KINDS[cls] for cls in type(item).__mro__ if cls in _ITEM_KINDS), None)


def _fitting(reference: Reference, known: Iterable[Reference]) -> Reference | None:
    """Return the reference to the latest of the artefacts that the version of a reference with a wildcard can mean."""
    if not has_wildcard(reference.version):
        return None
    same = (other.version for other in known if replace(other, version=reference.version) == reference)
    version = latest_fitting(same, reference.version)
    return None if version is None else replace(reference, version=version)
