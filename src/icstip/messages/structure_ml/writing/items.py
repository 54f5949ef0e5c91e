"""Item schemes: code lists, value lists, concept schemes, category schemes and organisation schemes."""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace

from icstip.artefacts.base import Annotation
from icstip.artefacts.items import Codelist, Contact, Extension, Item, ItemScheme
from icstip.artefacts.kinds import ORGANISATION_SCHEMES
from icstip.errors import StructureError
from icstip.messages.structure_ml.dialect import PARENT
from icstip.messages.structure_ml.writing.artefact import (
    write_annotations,
    write_maintainable,
    write_nameable,
    write_texts,
)
from icstip.messages.structure_ml.writing.base import ID, NAME_ID, Writing
from icstip.messages.structure_ml.writing.reference import own_urn, write_local_reference, write_reference
from icstip.messages.structure_ml.writing.representation import write_representation
from icstip.messages.xml_text import Element

_NAME_ID_ITEMS = frozenset({"Concept", "Agency"})
_WITH_PARENTS = frozenset({"Code", "Concept", "OrganisationUnit"})
# The pattern of the schema has ``$-%``, which is a range and no hyphen.
_MEMBER = re.compile(r"[A-Za-z0-9_@$%]+")


def write_item_scheme(parent: Element, scheme: ItemScheme, writing: Writing) -> None:
    """Add an item scheme of any class but a value list and a category scheme.

    Raises:
        StructureError: An item has no name, or an id that the schema does not allow.
    """
    element = write_maintainable(parent, writing, isPartial="true" if scheme.partial else None)
    kind = writing.dialect.item_tag(scheme.kind)
    urn = f"{own_urn(writing, kind)}."
    for item in scheme.items:
        box = _write_item(element, kind, item, urn, writing)
        if item.parent:
            _write_parent(box, kind, item, writing)
        if kind == "Concept":
            _write_concept(box, item, writing)
        elif scheme.kind in ORGANISATION_SCHEMES:
            for contact in item.contacts:
                _write_contact(box, contact, writing)
    if isinstance(scheme, Codelist):
        for extension in scheme.extensions:
            _write_extension(element, extension, writing)


def write_value_list(parent: Element, scheme: ItemScheme, writing: Writing) -> None:
    """Add a value list. Its items have any ids, but no links and no URNs."""
    element = write_maintainable(parent, writing)
    if scheme.partial:
        writing.lost("partial")
    for item in scheme.items:
        box = writing.child(element, "ValueItem", id=item.id)
        write_annotations(box, item.annotations, writing, item.id)
        write_texts(box, "Name", item.name, writing)
        write_texts(box, "Description", item.description, writing)
        if item.links or item.uri is not None:
            writing.lost("links", item.id)
        if item.parent:
            writing.lost("parents", item.id)


def write_category_scheme(parent: Element, scheme: ItemScheme, writing: Writing) -> None:
    """Add a category scheme, whose categories stand in each other.

    Raises:
        StructureError: The category that one is below is not there.
    """
    element = write_maintainable(parent, writing, isPartial="true" if scheme.partial else None)
    below: defaultdict[str, list[Item]] = defaultdict(list)
    paths = {""}
    for item in scheme.items:
        below[item.parent].append(item)
        paths.add(item.path)
    if missing := sorted(set(below) - paths):
        raise StructureError("parent-unknown", where=writing.where(below[missing[0]][0].path), parent=missing[0])
    _write_categories(element, "", below, f"{own_urn(writing, 'Category')}.", writing)


def _write_categories(parent: Element, path: str, below: Mapping[str, list[Item]], urn: str, writing: Writing) -> None:
    for item in below.get(path, ()):
        box = _write_item(parent, "Category", item, urn, writing)
        _write_categories(box, item.path, below, urn, writing)


def _write_item(parent: Element, kind: str, item: Item, urn: str, writing: Writing) -> Element:
    path = item.path if kind == "Category" else item.id
    writing.checked(item.id, NAME_ID if kind in _NAME_ID_ITEMS else ID, path)
    element = writing.child(parent, kind, id=item.id, urn=f"{urn}{path}", uri=item.uri)
    if kind == "Code" and _is_refused_parent(item.parent, writing):
        item = replace(item, annotations=(*item.annotations, Annotation(type=PARENT, title=item.parent)))
    write_nameable(element, item, writing, path)
    return element


def _is_refused_parent(parent: str, writing: Writing) -> bool:
    return bool(parent) and writing.dialect.code_parent.fullmatch(parent) is None


def _write_parent(element: Element, kind: str, item: Item, writing: Writing) -> None:
    if kind not in _WITH_PARENTS:
        writing.lost("parents", item.id)
    elif kind == "Code" and _is_refused_parent(item.parent, writing):
        writing.translated("parent-as-annotation")
    else:
        write_local_reference(element, "Parent", item.parent, writing)


def _write_concept(element: Element, concept: Item, writing: Writing) -> None:
    write_representation(element, "CoreRepresentation", concept.representation, "Concept", writing, concept.id)
    if concept.iso_concept is not None:
        box = writing.child(element, "ISOConceptReference")
        for tag, text in zip(("ConceptAgency", "ConceptSchemeID", "ConceptID"), concept.iso_concept, strict=True):
            writing.child(box, tag, text)


def _write_contact(parent: Element, contact: Contact, writing: Writing) -> None:
    element = writing.child(parent, "Contact", id=contact.id)
    write_texts(element, "Name", contact.name, writing)
    for tag, texts in (("Department", contact.department), ("Role", contact.role)):
        for language, text in texts.items():
            element.localised(writing.tag(tag), language, text)
    for kind, address in contact.channels:
        writing.child(element, kind, address)


def _write_extension(parent: Element, extension: Extension, writing: Writing) -> None:
    refused = any(_MEMBER.fullmatch(member) is None for member, _ in extension.members)
    if refused or not writing.dialect.has_extensions:
        writing.lost("extensions", str(extension.codelist))
        return
    element = writing.child(parent, "CodelistExtension", prefix=extension.prefix or None)
    write_reference(element, "Codelist", extension.codelist, writing)
    if extension.members:
        box = writing.child(element, f"{'Inclusive' if extension.include else 'Exclusive'}CodeSelection")
        for member, cascade in extension.members:
            writing.child(box, "MemberValue", member, cascadeValues=None if cascade == "false" else cascade)
