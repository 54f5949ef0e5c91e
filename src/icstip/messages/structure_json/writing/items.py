"""Item schemes: code lists, concept schemes, category schemes, organisation schemes, value lists."""

import re
from typing import Final

from icstip.artefacts.base import Reference
from icstip.artefacts.items import Codelist, Contact, Extension, Item, ItemScheme, ValueList
from icstip.artefacts.kinds import ITEM_KINDS, ORGANISATION_SCHEMES
from icstip.artefacts.urn import parse_urn
from icstip.errors import StructureError
from icstip.messages.structure_json.dialect import CHANNELS, ITEMS
from icstip.messages.structure_json.layout import Json, JsonObject
from icstip.messages.structure_json.writing.artefact import maintainable, nameable, put_annotations
from icstip.messages.structure_json.writing.base import ID, NC_NAME, Writing
from icstip.messages.structure_json.writing.representation import put_representation

_NC_NAMED: Final = frozenset({"Concept", "Agency"})
_WITH_PARENTS: Final = frozenset({"Code", "Concept", "OrganisationUnit"})
_WILDCARD: Final = re.compile(r"[A-Za-z0-9_@$\-]+%?")
_CASCADES: Final = {"true": True, "false": False}


def item_scheme(writing: Writing, scheme: ItemScheme) -> JsonObject:
    """Return an item scheme as an object.

    Raises:
        StructureError: An id has not the form that SDMX requires, or a name is missing.
    """
    written = maintainable(writing, scheme)
    if scheme.partial:
        written["isPartial"] = True
    items = _categories(writing, scheme) if scheme.kind == "CategoryScheme" else _items(writing, scheme)
    if items:
        written[ITEMS[scheme.kind]] = items
    return written


def codelist(writing: Writing, codes: Codelist) -> JsonObject:
    """Return a code list as an object.

    Raises:
        StructureError: An id has not the form that SDMX requires, or a name is missing.
    """
    written = item_scheme(writing, codes)
    if codes.extensions and writing.dialect.has_extensions:
        written["codelistExtensions"] = [_extension(writing, extension) for extension in codes.extensions]
    elif codes.extensions:
        writing.lost("extensions")
    return written


def value_list(writing: Writing, values: ValueList) -> JsonObject:
    """Return a value list as an object.

    Raises:
        StructureError: An id has not the form that SDMX requires, or the list has no name.
    """
    written = maintainable(writing, values)
    if values.partial:
        writing.lost("partial-list")
    if values.items:
        written[ITEMS["ValueList"]] = [_value(writing, value) for value in values.items]
    return written


def _items(writing: Writing, scheme: ItemScheme) -> list[Json]:
    kind = ITEM_KINDS[scheme.kind]
    form = NC_NAME if kind in _NC_NAMED else ID
    prefix = f"{writing.any_urn(scheme.item_reference(kind, '@'))[:-1]}"
    is_organisation = scheme.kind in ORGANISATION_SCHEMES
    written: list[Json] = []
    for item in scheme.items:
        one = nameable(writing, item, prefix + item.id, form)
        if item.parent and kind in _WITH_PARENTS:
            is_urn = writing.dialect.parents_are_urns and kind != "Code"
            one["parent"] = prefix + item.parent if is_urn else writing.checked_id(item.parent, form)
        elif item.parent:
            writing.lost("parents", item.id)
        if kind == "Concept":
            _put_concept(writing, one, item)
        elif is_organisation and item.contacts:
            one["contacts"] = [_contact(writing, contact, item.id) for contact in item.contacts]
        written.append(one)
    return written


def _categories(writing: Writing, scheme: ItemScheme) -> list[Json]:
    """Return the categories at the top, each with those below it.

    Raises:
        StructureError: One is below another that is not there.
    """
    prefix = f"{writing.any_urn(scheme.item_reference('Category', '@'))[:-1]}"
    top: list[Json] = []
    below: dict[str, list[Json]] = {"": top}
    objects: dict[str, JsonObject] = {}
    for item in scheme.items:
        objects.setdefault(item.path, nameable(writing, item, prefix + item.path))
    for item in scheme.items:
        if item.parent and item.parent not in objects:
            raise StructureError("parent-unknown", where=f"{writing.where}.{item.path}", parent=item.parent)
        parent = item.parent
        if parent and parent not in below:
            below[parent] = []
            objects[parent]["categories"] = below[parent]
        below[parent].append(objects[item.path])
    return top


def _put_concept(writing: Writing, target: JsonObject, concept: Item) -> None:
    put_representation(
        writing, target, "coreRepresentation", concept.representation, writing.dialect.forms.concept, concept.id
    )
    if concept.iso_concept is None:
        return
    agency, scheme, identity = concept.iso_concept
    if writing.dialect.iso_concept_is_urn:
        # The version is none of the concept's: a URN must have one.
        reference = Reference("Concept", agency, scheme, "1.0", identity)
        if parse_urn(writing.urn(reference)) == reference:
            target["isoConceptReference"] = writing.urn(reference)
        else:
            writing.lost("iso-concept", concept.id)
    else:
        target["isoConceptReference"] = {
            "conceptAgency": agency,
            "conceptSchemeID": scheme,
            "conceptID": identity,
        }


def _contact(writing: Writing, contact: Contact, organisation: str) -> JsonObject:
    written: JsonObject = {}
    if contact.id is not None and writing.dialect.has_contact_ids:
        written["id"] = writing.checked_id(contact.id)
    elif contact.id is not None:
        writing.lost("contact-details", organisation)
    writing.put_texts(written, "name", "names", contact.name)
    writing.put_texts(written, "department", "departments", contact.department)
    writing.put_texts(written, "role", "roles", contact.role)
    for kind, name in CHANNELS.items():
        addresses: list[Json] = [address for channel, address in contact.channels if channel == kind]
        if addresses:
            written[name] = addresses
    return written


def _value(writing: Writing, value: Item) -> JsonObject:
    written: JsonObject = {"id": value.id}
    writing.put_texts(written, "name", "names", value.name)
    writing.put_texts(written, "description", "descriptions", value.description)
    put_annotations(writing, written, value.annotations, value.id)
    if value.links or value.uri is not None:
        writing.lost("links", value.id)
    if value.parent:
        writing.lost("parents", value.id)
    return written


def _extension(writing: Writing, extension: Extension) -> JsonObject:
    written: JsonObject = {"codelist": writing.urn(extension.codelist)}
    if extension.prefix:
        written["prefix"] = extension.prefix
    members: list[Json] = []
    wildcards: list[Json] = []
    for member, cascade in dict.fromkeys(extension.members):
        if "%" not in member:
            members.append(_member(writing, member, cascade))
        elif _WILDCARD.fullmatch(member) and cascade == "false":
            wildcards.append(member)
        else:
            writing.lost("extension-pattern", member)
    selection: JsonObject = {}
    if members:
        selection["memberValues"] = members
    if wildcards:
        selection["wildcardedMemberValues"] = wildcards
    if selection:
        written["inclusiveCodeSelection" if extension.include else "exclusiveCodeSelection"] = selection
    return written


def _member(writing: Writing, member: str, cascade: str) -> Json:
    identity = writing.checked_id(member)
    if cascade == "false":
        return identity
    return {"value": identity, "cascadeValues": _CASCADES.get(cascade, "excluderoot")}
