"""Item schemes: code lists, concept schemes, category schemes, organisation schemes, value lists."""

from collections.abc import Iterator
from typing import Final, TypedDict

from icstip.artefacts.base import Representation
from icstip.artefacts.fields import MaintainableFields
from icstip.artefacts.items import (
    AgencyScheme,
    CategoryScheme,
    Codelist,
    ConceptScheme,
    Contact,
    DataConsumerScheme,
    DataProviderScheme,
    Extension,
    Item,
    ItemScheme,
    MetadataProviderScheme,
    OrganisationUnitScheme,
    ValueList,
)
from icstip.artefacts.kinds import ORGANISATION_SCHEMES
from icstip.messages.structure_json.dialect import CHANNELS, ITEMS
from icstip.messages.structure_json.reading.artefact import annotations, maintainable, nameable
from icstip.messages.structure_json.reading.base import Node
from icstip.messages.structure_json.reading.representation import representation

_CLASSES: Final[tuple[type[ItemScheme], ...]] = (
    AgencyScheme,
    DataProviderScheme,
    DataConsumerScheme,
    MetadataProviderScheme,
    OrganisationUnitScheme,
    ConceptScheme,
    CategoryScheme,
)
SCHEMES: Final = {cls.__name__: cls for cls in _CLASSES}
"""The classes of item schemes that have no properties of their own."""


class _SchemeFields(MaintainableFields):
    items: tuple[Item, ...]
    partial: bool


class _FurtherFields(TypedDict, total=False):
    representation: Representation | None
    iso_concept: tuple[str, str, str] | None
    contacts: tuple[Contact, ...]


def item_scheme(node: Node, kind: str) -> ItemScheme:
    """Return an item scheme of a class of `SCHEMES`.

    Raises:
        FormatError: An id is missing.
        NotUnderstoodError: A code list of a concept is not understood.
    """
    return SCHEMES[kind](**_scheme(node, kind))


def codelist(node: Node, kind: str) -> Codelist:
    """Return a code list.

    Raises:
        FormatError: An id is missing.
        NotUnderstoodError: A code list that it extends is not understood.
    """
    fields = _scheme(node, kind)
    return Codelist(**fields, extensions=tuple(map(_extension, node.nodes("codelistExtensions"))))


def value_list(node: Node, kind: str) -> ValueList:
    """Return a value list.

    Raises:
        FormatError: An id is missing.
    """
    head = maintainable(node, kind)
    return ValueList(**head, items=tuple(map(_value, node.nodes(ITEMS[kind]))))


def _scheme(node: Node, kind: str) -> _SchemeFields:
    head = maintainable(node, kind)
    partial = node.truth("isPartial") or False
    if kind == "CategoryScheme":
        return {**head, "partial": partial, "items": tuple(_categories(node, ""))}
    return {**head, "partial": partial, "items": tuple(_item(item, kind) for item in node.nodes(ITEMS[kind]))}


def _item(node: Node, kind: str) -> Item:
    with node:
        fields = nameable(node)
        parent = _parent(node)
        if kind == "Codelist":
            return Item(**fields, parent=parent)
        further = _of_concept(node) if kind == "ConceptScheme" else _FurtherFields()
        if kind in ORGANISATION_SCHEMES:
            further = {"contacts": tuple(map(_contact, node.nodes("contacts")))}
        return Item(**fields, parent=parent, **further)


def _parent(node: Node) -> str:
    """Return the id of the item above, which can be told by its URN."""
    told = node.text("parent") or ""
    if not told.startswith("urn:"):
        return told
    found = node.reading.reference(told)
    if found is None:
        node.not_read("parent")
    return "" if found is None else found.item


def _categories(node: Node, parent: str) -> Iterator[Item]:
    """Yield the categories in an object, each followed by those below it."""
    for category in node.nodes(ITEMS["CategoryScheme"]):
        with category:
            item = Item(**nameable(category), parent=parent)
            yield item
            yield from _categories(category, item.path)


def _of_concept(node: Node) -> _FurtherFields:
    return {"representation": representation(node, "coreRepresentation"), "iso_concept": _iso_concept(node)}


def _iso_concept(node: Node) -> tuple[str, str, str] | None:
    name = "isoConceptReference"
    if node.reading.dialect.iso_concept_is_urn:
        urn = node.text(name)
        found = None if urn is None else node.reading.reference(urn)
        if urn is not None and found is None:
            node.not_read(name)
        return None if found is None else (found.agency, found.id, found.item)
    box = node.node(name)
    if box is None:
        return None
    with box:
        return box.text("conceptAgency") or "", box.text("conceptSchemeID") or "", box.text("conceptID") or ""


def _contact(node: Node) -> Contact:
    with node:
        return Contact(
            id=node.text("id"),
            name=node.texts("name", "names"),
            department=node.texts("department", "departments"),
            role=node.texts("role", "roles"),
            channels=tuple((kind, address) for kind, name in CHANNELS.items() for address in node.strings(name)),
        )


def _value(node: Node) -> Item:
    with node:
        return Item(
            id=node.required("id", can_be_empty=True),
            annotations=annotations(node),
            name=node.texts("name", "names"),
            description=node.texts("description", "descriptions"),
        )


def _extension(node: Node) -> Extension:
    with node:
        codes, prefix = node.reference("codelist"), node.text("prefix") or ""
        included, excluded = node.node("inclusiveCodeSelection"), node.node("exclusiveCodeSelection")
        selection = included or excluded
        if selection is None:
            return Extension(codes, prefix)
        if included is not None and excluded is not None:
            node.not_read("exclusiveCodeSelection")
        with selection:
            members = (
                *_members(selection),
                *((pattern, "false") for pattern in selection.strings("wildcardedMemberValues")),
            )
        return Extension(codes, prefix, include=included is not None, members=members)


def _members(node: Node) -> Iterator[tuple[str, str]]:
    for member in node.elements("memberValues"):
        if isinstance(member, str):
            yield member, "false"
        elif isinstance(member, dict):
            with Node(member, "memberValues", node.reading) as one:
                yield one.required("value"), one.cascade("cascadeValues")
        else:
            node.not_read("memberValues")
