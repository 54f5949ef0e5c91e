"""Item schemes: code lists, concept schemes, category schemes, organisation schemes, value lists."""

import re
from collections.abc import Callable, Iterator
from typing import Final, TypedDict

from icstip.artefacts.base import Representation
from icstip.artefacts.fields import MaintainableFields, NameableFields
from icstip.artefacts.items import Codelist, Contact, Extension, Item, ItemScheme, ValueList
from icstip.artefacts.kinds import ITEM_KINDS
from icstip.errors import FormatError
from icstip.messages.structure_ml.dialect import PARENT
from icstip.messages.structure_ml.reading.artefact import annotations, maintainable, nameable, texts
from icstip.messages.structure_ml.reading.base import Node
from icstip.messages.structure_ml.reading.reference import local_id, reference_in
from icstip.messages.structure_ml.reading.representation import representation

_ID: Final = re.compile(r"[A-Za-z0-9_@$\-]+")
_CASCADES: Final = {"true": "true", "1": "true", "false": "false", "0": "false", "excluderoot": "excluderoot"}
_CHANNELS: Final = ("Telephone", "Fax", "X400", "URI", "Email")


class _SchemeFields(MaintainableFields):
    items: tuple[Item, ...]
    partial: bool


class _FurtherFields(TypedDict, total=False):
    representation: Representation | None
    iso_concept: tuple[str, str, str] | None
    contacts: tuple[Contact, ...]


def item_scheme(cls: type[ItemScheme]) -> Callable[[Node], ItemScheme]:
    """Return what reads the item schemes of a class."""
    item_tag = ITEM_KINDS[cls.__name__]
    return lambda node: cls(**_scheme(node, item_tag))


def codelist(node: Node) -> Codelist:
    """Return a code list."""
    return Codelist(**_scheme(node, "Code"), extensions=tuple(map(_extension, node.nodes("CodelistExtension"))))


def value_list(node: Node) -> ValueList:
    """Return a value list."""
    head = maintainable(node)
    partial = node.truth("isPartial") or False  # the schema does not know it, some tools write it
    return ValueList(**head, partial=partial, items=tuple(map(_value, node.nodes("ValueItem"))))


def _scheme(node: Node, item_tag: str) -> _SchemeFields:
    head = maintainable(node)
    return {**head, "partial": node.truth("isPartial") or False, "items": tuple(_items(node, item_tag))}


def _items(scheme: Node, tag: str, parent: str = "") -> Iterator[Item]:
    """Yield the items of a scheme or item, each followed by the items in it."""
    further = _FURTHER.get(tag)
    for node in scheme.nodes(tag):
        with node:
            if parent:
                node.check_depth()
            fields = nameable(node)
            above = _parent(node, fields) or parent
            item = Item(**fields, parent=above, **further(node)) if further else Item(**fields, parent=above)
            yield item
            yield from _items(node, tag, item.path if tag == "Category" else item.id)


def _parent(node: Node, fields: NameableFields) -> str:
    element = node.child("Parent")
    if element is not None:
        return local_id(element, node.reading)
    for annotation in fields["annotations"] if node.name == "Code" else ():
        title = annotation.title or ""
        if annotation.type == PARENT and _ID.fullmatch(title) and not node.reading.dialect.code_parent.fullmatch(title):
            fields["annotations"] = tuple(other for other in fields["annotations"] if other is not annotation)
            return title
    return ""


def _of_concept(node: Node) -> _FurtherFields:
    return {"representation": representation(node, "CoreRepresentation"), "iso_concept": _iso_concept(node)}


def _of_organisation(node: Node) -> _FurtherFields:
    return {"contacts": tuple(map(_contact, node.nodes("Contact")))}


_FURTHER: Final = {
    "Concept": _of_concept,
    "Agency": _of_organisation,
    "DataProvider": _of_organisation,
    "DataConsumer": _of_organisation,
    "MetadataProvider": _of_organisation,
    "OrganisationUnit": _of_organisation,
}


def _iso_concept(node: Node) -> tuple[str, str, str] | None:
    box = node.node("ISOConceptReference")
    if box is None:
        return None
    with box:
        return box.text("ConceptAgency") or "", box.text("ConceptSchemeID") or "", box.text("ConceptID") or ""


def _contact(node: Node) -> Contact:
    reading = node.reading
    with node:
        return Contact(
            id=node.token("id"),
            name=texts(node, "Name"),
            department=texts(node, "Department"),
            role=texts(node, "Role"),
            channels=tuple(
                (reading.name_of(child), reading.text_of(child).strip()) for child in node.children(*_CHANNELS)
            ),
        )


def _value(node: Node) -> Item:
    with node:
        identity = node.attribute("id")
        if identity is None:
            raise FormatError("structure-incomplete", where=node.reading.where, what="id", where_in=node.told)
        return Item(
            id=identity, annotations=annotations(node), name=texts(node, "Name"), description=texts(node, "Description")
        )


def _extension(node: Node) -> Extension:
    with node:
        codes = reference_in(node, "Codelist", "Codelist")
        selection = node.node("InclusiveCodeSelection", "ExclusiveCodeSelection")
        prefix = node.attribute("prefix") or ""
        if selection is None:
            return Extension(codes, prefix)
        with selection:
            members = tuple(map(_member, selection.nodes("MemberValue")))
        return Extension(codes, prefix, include=selection.name == "InclusiveCodeSelection", members=members)


def _member(node: Node) -> tuple[str, str]:
    with node:
        return node.own_text().strip(), cascade_of(node)


def cascade_of(node: Node) -> str:
    """Return whether a value stands for the codes below it as well: ``true``, ``false`` or ``excluderoot``."""
    return _CASCADES[node.choice("cascadeValues", *_CASCADES) or "false"]
