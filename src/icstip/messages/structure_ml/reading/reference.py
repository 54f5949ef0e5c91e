"""References: URNs as text (SDMX-ML 3.x), or elements `Ref` or `URN` (SDMX-ML 2.1)."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from lxml import etree

from icstip.artefacts.base import Maintainable, Reference
from icstip.artefacts.collection import maintainable_reference
from icstip.artefacts.items import ConceptScheme, ItemScheme
from icstip.artefacts.kinds import PACKAGES
from icstip.artefacts.urn import parse_urn
from icstip.artefacts.walk import with_references
from icstip.messages.structure_ml.dialect import FIXED_VERSION
from icstip.messages.structure_ml.reading.base import Node, NotUnderstoodError, Reading, attributes_of

# Parts of a hierarchy. In SDMX 2.1 the path to them begins with the hierarchy, which is in a hierarchical code list.
_IN_HIERARCHY: Final = frozenset({"Hierarchy", "HierarchicalCode", "Level"})


def reference(element: etree._Element, kind: str, reading: Reading) -> Reference | None:
    """Return the reference that an element holds in any of its forms, or None if it is not understood.

    Args:
        element: The element that refers.
        kind: Class of what is referred to, where the reference does not say it.
        reading: What is known of the message.
    """
    forms = {reading.name_of(child): child for child in element}
    if "Ref" in forms:
        found = _of_ref(attributes_of(forms["Ref"]), kind, reading)
    else:
        found = parse_urn(reading.text_of(forms.get("URN", element)))
    if found is not None and maintainable_reference(found).kind in reading.dialect.fixed_versions:
        return replace(found, version=FIXED_VERSION)
    return found


def reference_in(node: Node, kind: str, *names: str) -> Reference:
    """Return the reference that a child holds.

    Args:
        node: The element.
        kind: Class of what is referred to, where the reference does not say it.
        names: Names that the child can have.

    Raises:
        NotUnderstoodError: It is absent or not understood.
    """
    found = reference_if_any(node, kind, *names)
    if found is None:
        raise NotUnderstoodError(names[0])
    return found


def reference_if_any(node: Node, kind: str, *names: str) -> Reference | None:
    """Return the reference that a child holds, or None if there is no such child.

    Args:
        node: The element.
        kind: Class of what is referred to, where the reference does not say it.
        names: Names that the child can have.

    Raises:
        NotUnderstoodError: It is not understood.
    """
    child = node.child(*names)
    if child is None:
        return None
    found = reference(child, kind, node.reading)
    if found is None:
        raise NotUnderstoodError(node.reading.name_of(child))
    return found


def references_in(node: Node, kind: str, name: str) -> tuple[Reference, ...]:
    """Return the references that the children of a name hold.

    Raises:
        NotUnderstoodError: One is not understood.
    """
    found = [reference(child, kind, node.reading) for child in node.children(name)]
    if None in found:
        raise NotUnderstoodError(name)
    return tuple(target for target in found if target is not None)


def local_id(element: etree._Element, reading: Reading) -> str:
    """Return the id that a reference within the same artefact holds in any of its forms; empty if it has none."""
    for child in element:
        if reading.name_of(child) == "Ref":
            return child.get("id", "").strip()
        if reading.name_of(child) == "URN":
            return _item_of(reading.text_of(child))
    return _item_of(reading.text_of(element))


def local_ids(node: Node, name: str) -> tuple[str, ...]:
    """Return the ids that the children of a name hold as references within the same artefact."""
    return tuple(local_id(child, node.reading) for child in node.children(name))


def settled(artefact: Maintainable, reading: Reading) -> Maintainable:
    """Return an artefact of SDMX-ML 2.1 with its references as the model has them, now that all artefacts are known.

    What is not final has got a version that says so, and hierarchies have come out of their hierarchical code lists.
    """
    if isinstance(artefact, ItemScheme) and not isinstance(artefact, ConceptScheme):
        return artefact  # has no references
    return with_references(artefact, lambda target: _settled(target, reading))


def _settled(target: Reference, reading: Reading) -> Reference:
    known = replace(target, kind=reading.dialect.kind_of(target.kind))
    if target.kind in _IN_HIERARCHY and target.item:
        hierarchy, _, item = target.item.partition(".")
        inner = Reference("Hierarchy", target.agency, target.id, target.version, hierarchy)
        outer = inner.id if hierarchy == inner.id else f"{inner.id}_{hierarchy}"
        kept = reading.renamed.get(inner, replace(inner, id=outer))
        return replace(kept, kind=target.kind, item=item)
    whole = reading.renamed.get(maintainable_reference(known))
    if whole is None:
        return known
    return replace(known, version=whole.version) if known.item else whole


def _of_ref(attributes: Mapping[str, str], kind: str, reading: Reading) -> Reference | None:
    given = {name: value.strip() for name, value in attributes.items()}
    kind = given.get("class") or kind
    agency = given.get("agencyID") or (reading.artefact.agency if reading.artefact else "")
    identity, parent = given.get("id", ""), given.get("maintainableParentID", "")
    if kind not in PACKAGES or not agency or not identity:
        return None
    if not parent:
        is_whole = maintainable_reference(Reference(kind, agency, identity, "")).kind == kind
        return Reference(kind, agency, identity, given.get("version") or "1.0") if is_whole else None
    container = given.get("containerID") if kind in _IN_HIERARCHY else None
    item = f"{container}.{identity}" if container else identity
    return Reference(kind, agency, parent, given.get("maintainableParentVersion") or "1.0", item)


def _item_of(text: str) -> str:
    urn = parse_urn(text)
    return text.strip() if urn is None else urn.item.rpartition(".")[2]
