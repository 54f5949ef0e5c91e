"""Item schemes and value lists, in both directions."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final, TypedDict

from sdmx.model import common, v30

from icstip.artefacts.base import Annotation, Maintainable, Reference, Representation
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
from icstip.artefacts.urn import parse_urn
from icstip.structures.sdmx_objects.classes import ITEM_CLASSES, kind_of
from icstip.structures.sdmx_objects.parts import (
    VERSION,
    Losses,
    MaintainableFields,
    Reading,
    annotations,
    cascading,
    maintainable,
    nameable,
    named,
    read_cascade,
    text,
    texts,
    truth,
)
from icstip.structures.sdmx_objects.references import Targets, path_of, reference_of
from icstip.structures.sdmx_objects.representations import read_representation, to_representation

# SDMX-ML 3.0 has no place for some parents of codes, which are therefore annotations there, as sdmx1 reads them:
# https://github.com/sdmx-twg/sdmx-ml/issues/30
_PARENT: Final = "PARENT"
_ID: Final = re.compile(r"[A-Za-z0-9_@$\-]+")
_PARENT_OF_ITS_OWN: Final = re.compile(r"[A-Za-z][A-Za-z0-9_\-]*")

# Kinds of addresses in the order of the schemas, and where sdmx1 has them.
_CHANNELS: Final[Mapping[str, str]] = {
    "Telephone": "telephone",
    "Fax": "fax",
    "X400": "x400",
    "URI": "uri",
    "Email": "email",
}


class _SchemeFields(MaintainableFields):
    items: tuple[Item, ...]
    partial: bool


class _FurtherFields(TypedDict, total=False):
    representation: Representation | None
    iso_concept: tuple[str, str, str] | None
    contacts: tuple[Contact, ...]


def fill_item_scheme(artefact: ItemScheme, scheme: common.ItemScheme, targets: Targets, losses: Losses) -> None:
    """Add the items to the object of an item scheme.

    sdmx1 keeps items by their id. A category whose id another one has already is kept by its path.
    """
    scheme.is_partial = True if artefact.partial else None
    by_path: dict[str, tuple[Item, common.Item]] = {}
    for item in artefact.items:
        path = _path(artefact, item)
        losses.at(path).lost("repeated-items", there=path in by_path)
        by_path.setdefault(path, (item, _to_item(artefact, item, targets, losses)))
    for path, (item, built) in by_path.items():
        scheme.items[item.id if item.id not in scheme.items else path] = built
        targets.add_item(scheme, path, built)
    for item, built in by_path.values():
        built.parent = targets.item(scheme, artefact.kind, item.parent) if item.parent else scheme
        if item.parent:
            built.parent.child.append(built)


def fill_codelist(artefact: Codelist, codelist: common.Codelist, targets: Targets, losses: Losses) -> None:
    """Add the codes and extensions to the object of a code list."""
    fill_item_scheme(artefact, codelist, targets, losses)
    extensions = [
        v30.CodelistExtension(
            extends=targets.find(extension.codelist, losses),
            prefix=extension.prefix or None,
            sequence=number,
            selection=_selection(extension),
        )
        for number, extension in enumerate(artefact.extensions, start=1)
    ]
    if extensions:
        codelist.extends = extensions  # no field of the class, but where the reader of sdmx1 puts them


def fill_value_list(artefact: ValueList, values: v30.ValueList, _: Targets, losses: Losses) -> None:
    """Add the values to the object of a value list."""
    losses.lost("partial-list", there=artefact.partial)
    for item in artefact.items:
        at = losses.at(item.id)
        at.lost("value-address", there=item.uri)
        given = named(item, at)
        values.append(v30.ValueItem(**{name: given[name] for name in ("id", "annotations", "name", "description")}))


def read_item_scheme(scheme: common.ItemScheme, reading: Reading) -> Iterator[Maintainable]:
    """Yield the artefact of an item scheme.

    Raises:
        StructureError: It has no agency.
    """
    yield _SCHEMES[kind_of(scheme) or ""](**_scheme(scheme, reading))


def read_codelist(codelist: common.Codelist, reading: Reading) -> Iterator[Maintainable]:
    """Yield the artefact of a code list.

    Raises:
        StructureError: It has no agency.
    """
    fields = _scheme(codelist, reading)
    where = Reference("Codelist", fields["agency"], fields["id"], fields["version"])
    # An item scheme gives its items as attributes too.
    given = list(vars(codelist).get("extends") or ())
    if all(extension.sequence is not None for extension in given):
        given.sort(key=lambda extension: extension.sequence)
    extensions = [_extension(extension, reading, where) for extension in given]
    yield Codelist(**fields, extensions=tuple(extension for extension in extensions if extension is not None))


def read_value_list(values: v30.ValueList, reading: Reading) -> Iterator[Maintainable]:
    """Yield the artefact of a value list.

    Raises:
        StructureError: It has no agency.
    """
    items = (
        Item(
            id=str(value.id),
            annotations=annotations(value),
            name=texts(value.name),
            description=texts(value.description),
        )
        for value in values.items
    )
    yield ValueList(**maintainable(values, reading), items=tuple(items))


_SCHEMES: Final[Mapping[str, Callable[..., ItemScheme]]] = {
    "AgencyScheme": AgencyScheme,
    "DataProviderScheme": DataProviderScheme,
    "DataConsumerScheme": DataConsumerScheme,
    "MetadataProviderScheme": MetadataProviderScheme,
    "OrganisationUnitScheme": OrganisationUnitScheme,
    "ConceptScheme": ConceptScheme,
    "CategoryScheme": CategoryScheme,
}


def _path(scheme: ItemScheme, item: Item) -> str:
    return item.path if isinstance(scheme, CategoryScheme) else item.id


def _to_item(scheme: ItemScheme, item: Item, targets: Targets, losses: Losses) -> common.Item:
    at = losses.at(_path(scheme, item))
    built = ITEM_CLASSES[scheme.kind](**named(item, at))
    if isinstance(built, common.Concept):
        built.core_representation = to_representation(item.representation, targets, at)
        if item.iso_concept is not None:
            agency, scheme_id, concept = item.iso_concept
            built.iso_concept = common.ISOConceptReference(agency=agency, scheme_id=scheme_id, id=concept)
    elif isinstance(built, common.Organisation):
        built.contact = [_to_contact(contact, at) for contact in item.contacts]
    return built


def _to_contact(contact: Contact, losses: Losses) -> common.Contact:
    addresses = {
        attribute: [given for kind, given in contact.channels if kind == name] for name, attribute in _CHANNELS.items()
    }
    telephones = addresses.pop("telephone")
    losses.lost("contact-details", there=contact.id is not None or telephones[1:])
    return common.Contact(
        name=dict(contact.name),
        org_unit=dict(contact.department),
        responsibility=dict(contact.role),
        telephone=next(iter(telephones), None),
        **addresses,
    )


def _selection(extension: Extension) -> v30.CodeSelection | None:
    if extension.include and not extension.members:
        return None
    cls = v30.InclusiveCodeSelection if extension.include else v30.ExclusiveCodeSelection
    return cls(mv=[v30.MemberValue(value=member, cascade_values=cascading(how)) for member, how in extension.members])


def _scheme(scheme: common.ItemScheme, reading: Reading) -> _SchemeFields:
    fields = maintainable(scheme, reading)
    where = Reference(kind_of(scheme) or "", fields["agency"], fields["id"], fields["version"])
    items = tuple(_item(item, reading, where) for item in _all_items(scheme) if not _is_only_maintainer(item, reading))
    return {**fields, "items": items, "partial": truth(scheme.is_partial)}


def _is_only_maintainer(item: common.Item, reading: Reading) -> bool:
    """Return whether an item is nothing but the agency of an artefact.

    The readers of sdmx1 put the agencies that they make for artefacts among those of the next list of agencies.
    """
    known = item.name or item.urn or item.annotations
    return id(item) in reading.maintainers and not known


def _all_items(scheme: common.ItemScheme) -> Iterator[common.Item]:
    """Yield the items of a scheme, each followed by those below it that are not in the list themselves."""
    seen = {id(item) for item in scheme.items.values()}
    stack = list(reversed(scheme.items.values()))
    while stack:
        item = stack.pop()
        yield item
        new = [child for child in item.child if id(child) not in seen]
        seen.update(map(id, new))
        stack.extend(reversed(new))


def _item(item: common.Item, reading: Reading, where: Reference) -> Item:
    fields = nameable(item)
    parent = ""
    if isinstance(item.parent, common.Item):
        parent = path_of(item.parent) if isinstance(item, common.Category) else str(item.parent.id)
    elif reading.is_3x and isinstance(item, common.Code):
        parent, fields["annotations"] = _annotated_parent(fields["annotations"])
    return Item(**fields, parent=parent, **_further(item, reading, where))


def _annotated_parent(notes: tuple[Annotation, ...]) -> tuple[str, tuple[Annotation, ...]]:
    for note in notes:
        title = note.title or ""
        if note.type == _PARENT and _ID.fullmatch(title) and not _PARENT_OF_ITS_OWN.fullmatch(title):
            return title, tuple(other for other in notes if other is not note)
    return "", notes


def _further(item: common.Item, reading: Reading, where: Reference) -> _FurtherFields:
    if isinstance(item, common.Concept):
        iso = item.iso_concept
        return {
            "representation": read_representation(item.core_representation, reading, where),
            "iso_concept": None if iso is None else (iso.agency, iso.scheme_id, iso.id),
        }
    if isinstance(item, common.Organisation):
        return {"contacts": tuple(map(_contact, item.contact))}
    return {}


def _contact(contact: common.Contact) -> Contact:
    channels = (
        (name, given) for name, attribute in _CHANNELS.items() for given in _addresses(getattr(contact, attribute))
    )
    return Contact(
        name=texts(contact.name),
        department=texts(contact.org_unit),
        role=texts(contact.responsibility),
        channels=tuple(channels),
    )


def _addresses(given: Iterable[object] | str | None) -> Iterator[str]:
    several = [given] if isinstance(given, str) else given or ()
    return (address for address in map(text, several) if address is not None)


def _extension(extension: v30.CodelistExtension, reading: Reading, where: Reference) -> Extension | None:
    extended = extension.extends  # the reader of sdmx1 leaves the URN as text
    codelist = parse_urn(extended) if isinstance(extended, str) else reference_of(extended)
    if codelist is None:
        reading.not_read("CodelistExtension", where)
        return None
    if codelist.version == "None":  # one with a wildcard, which sdmx1 does not keep
        codelist = replace(codelist, version=VERSION)
    selection = extension.selection
    return Extension(
        codelist=codelist,
        prefix=extension.prefix or "",
        include=not isinstance(selection, v30.ExclusiveCodeSelection),
        members=tuple((str(member.value), read_cascade(member.cascade_values)) for member in selection.mv)
        if selection is not None
        else (),
    )
