"""How much of artefacts is returned: stubs, item schemes with only what is used (SDMX-REST 2.1, doc/structures.md)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import MISSING, fields, replace
from typing import Any, Final, TypeVar

from tests.registry.queries import Detail
from tests.registry.references import references_in
from tests.registry.selection import Found, and_above

from icstip.artefacts.base import Maintainable, Reference
from icstip.artefacts.collection import Artefacts
from icstip.artefacts.constraints import ALLOWED, DataConstraint, Selection
from icstip.artefacts.data_structure import Component, DataStructure
from icstip.artefacts.items import AgencyScheme, CategoryScheme, Codelist, Extension, Item, ItemScheme
from icstip.artefacts.resolution import representation_of, resolve
from icstip.errors import StructureError

M = TypeVar("M", bound=Maintainable)

_HEAD: Final = frozenset(field.name for field in fields(Maintainable))


def in_detail(found: Found, detail: Detail, known: Artefacts) -> Artefacts:
    """Return what was found in the detail that is asked for.

    Args:
        found: What was found.
        detail: The detail.
        known: All artefacts, for code lists that others extend.
    """
    match detail:
        case Detail.ALL_STUBS | Detail.ALL_COMPLETE_STUBS:
            complete = detail is Detail.ALL_COMPLETE_STUBS
            return Artefacts.of(stub(artefact, complete=complete) for artefact in found.artefacts)
        case Detail.REFERENCE_STUBS | Detail.REFERENCE_COMPLETE_STUBS:
            complete = detail is Detail.REFERENCE_COMPLETE_STUBS
            stubs = (stub(artefact, complete=complete) for artefact in found.referred)
            return Artefacts.of((*(extended(artefact, known) for artefact in found.matched), *stubs))
        case Detail.REFERENCE_PARTIAL:
            return Artefacts.of((*(extended(one, known) for one in found.matched), *_partial(found, known)))
        case Detail.RAW:
            return found.artefacts
        case Detail.FULL:
            return Artefacts.of(extended(artefact, known) for artefact in found.artefacts)


def stub(artefact: M, *, complete: bool) -> M:
    """Return the head of an artefact: identification and name, and description and annotations where it is complete."""
    emptied: dict[str, Any] = {
        field.name: field.default
        for field in fields(artefact)
        if field.name not in _HEAD and field.default is not MISSING
    }
    if not complete:
        emptied |= {"description": {}, "annotations": (), "links": ()}
    return replace(artefact, external=True, **emptied)


def extended(artefact: M, known: Artefacts) -> M:
    """Return an artefact with the codes of the lists that it extends, where it is a code list."""
    if not isinstance(artefact, Codelist) or not artefact.extensions:
        return artefact
    items: dict[str, Item] = {}
    for extension in artefact.extensions:
        other = resolve(known, extension.codelist)
        whole = extended(other, known) if isinstance(other, Codelist) else Codelist(id="NONE", agency="NONE")
        members = _members(extension, whole)
        for item in whole.items:
            if item.id in members:
                parent = f"{extension.prefix}{item.parent}" if item.parent in members else ""
                items[f"{extension.prefix}{item.id}"] = replace(item, id=f"{extension.prefix}{item.id}", parent=parent)
    items |= {item.id: item for item in artefact.items}
    return replace(artefact, items=tuple(items.values()), extensions=())


def _members(extension: Extension, codelist: Codelist) -> set[str]:
    codes = {item.id for item in codelist.items}
    named: set[str] = set()
    for pattern, cascade in extension.members:
        found = {code for code in codes if _is_member(code, pattern)}
        named |= _cascaded(found, cascade, codelist)
    if not extension.members:
        return codes
    return named if extension.include else codes - named


def _is_member(code: str, pattern: str) -> bool:
    start, wildcard, end = pattern.partition("%")
    return code.startswith(start) and code.endswith(end) if wildcard else code == pattern


def _partial(found: Found, known: Artefacts) -> Iterator[Maintainable]:
    used = _used_items(found, known)
    agencies = {artefact.agency for artefact in found.artefacts}
    for artefact in found.referred:
        whole = extended(artefact, known)
        if isinstance(whole, AgencyScheme):
            names = agencies | {agency.rpartition(".")[2] for agency in agencies}
            yield only(whole, names)
        elif isinstance(whole, ItemScheme) and whole.reference in used:
            yield only(whole, used[whole.reference])
        else:
            yield whole


def only(scheme: ItemScheme, items: Iterable[str]) -> ItemScheme:
    """Return an item scheme with some of its items only, with those above nested ones."""
    nested = isinstance(scheme, CategoryScheme)
    wanted = {above for item in items for above in and_above(item)} if nested else set(items)
    kept = tuple(item for item in scheme.items if (item.path if nested else item.id) in wanted)
    return scheme if len(kept) == len(scheme.items) else replace(scheme, items=kept, partial=True)


def _used_items(found: Found, known: Artefacts) -> dict[Reference, set[str]]:
    """Return the items that what is returned uses, by scheme. A code list that nothing restricts is not among them."""
    used: defaultdict[Reference, set[str]] = defaultdict(set)
    for artefact in found.artefacts:
        if isinstance(artefact, DataConstraint):
            for reference, codes in codes_allowed(artefact, known).items():
                used[reference] |= codes
            continue
        for reference in references_in(artefact):
            target = resolve(known, reference) if reference.item else None
            if target is not None:
                used[target.reference].add(reference.item)
    return dict(used)


def codes_allowed(constraint: DataConstraint, known: Artefacts) -> dict[Reference, set[str]]:
    """Return the codes that a constraint allows, by code list.

    A code list is not among them where the constraint leaves a component that has it as it is.
    """
    structure = structure_of(constraint, known)
    if structure is None or constraint.role != ALLOWED:
        return {}
    found: defaultdict[Reference, list[set[str] | None]] = defaultdict(list)
    for component in structure.components:
        codelist = _codelist_of(component, known)
        if codelist is not None:
            found[codelist.reference].append(_allowed_in(component.id, codelist, constraint))
    return {
        reference: {code for one in codes if one is not None for code in one}
        for reference, codes in found.items()
        if None not in codes
    }


def _allowed_in(component: str, codelist: Codelist, constraint: DataConstraint) -> set[str] | None:
    """Return the codes that a component can have, or None where the constraint does not say."""
    allowed: set[str] | None = None
    for region in constraint.regions:
        for selection in region.selections:
            if selection.id == component and selection.values:
                named = _named_codes(selection, codelist)
                includes = region.include == selection.include
                codes = named if includes else {item.id for item in codelist.items} - named
                allowed = codes if allowed is None else allowed & codes
    return allowed


def structure_of(constraint: DataConstraint, known: Artefacts) -> DataStructure | None:
    """Return the data structure that the first of what a constraint is attached to has."""
    for reference in constraint.attachment[:1]:
        target = resolve(known, reference)
        while target is not None and not isinstance(target, DataStructure):
            reference_up = getattr(target, "structure", None) or getattr(target, "dataflow", None)
            target = resolve(known, reference_up) if reference_up is not None else None
        return target
    return None


def _codelist_of(component: Component, known: Artefacts) -> Codelist | None:
    try:
        representation, _ = representation_of(known, component)
    except StructureError:
        return None
    target = resolve(known, representation.enumeration) if representation.enumeration else None
    return extended(target, known) if isinstance(target, Codelist) else None


def _named_codes(selection: Selection, codelist: Codelist) -> set[str]:
    return {code for value in selection.values for code in _cascaded({value.value}, value.cascade, codelist)}


def _cascaded(codes: set[str], cascade: str, codelist: Codelist) -> set[str]:
    """Return codes with what is below them, or without; ``true``, ``false`` or ``excluderoot`` says which."""
    below = _below(codes, codelist) if cascade != "false" else set()
    return below if cascade == "excluderoot" else codes | below


def _below(codes: set[str], codelist: Codelist) -> set[str]:
    found: set[str] = set()
    newest = codes
    while newest:
        newest = {item.id for item in codelist.items if item.parent in newest and item.id not in found}
        found |= newest
    return found
