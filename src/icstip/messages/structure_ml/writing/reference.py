"""References: URNs as text, or the element ``Ref`` of SDMX-ML 2.1."""

from icstip.artefacts.base import Reference
from icstip.artefacts.kinds import PACKAGES
from icstip.artefacts.urn import urn_of
from icstip.messages.structure_ml.versions import written_version
from icstip.messages.structure_ml.writing.base import Writing
from icstip.messages.xml_text import Element


def own_urn(writing: Writing, cls: str | None = None, item: str = "") -> str:
    """Return the URN of the artefact that is written, or of an item or component of it.

    Args:
        writing: The writing of the artefact.
        cls: Class of the item or component, as the version of SDMX-ML calls it; without it, that of the artefact.
        item: Its id.
    """
    artefact = writing.artefact
    version = written_version(artefact.kind, artefact.version, writing.dialect)
    return urn_of(
        Reference(cls or writing.dialect.class_of(artefact.kind), artefact.agency, artefact.id, version, item)
    )


def write_reference(parent: Element, tag: str, reference: Reference, writing: Writing) -> Element:
    """Return a new element that refers to an artefact, or to an item of one.

    Args:
        parent: The element that it becomes the last child of.
        tag: Its local name.
        reference: What it refers to.
        writing: The writing of the artefact that refers.
    """
    written, fixed = writing.references.written(reference)
    if fixed:
        writing.translated("version-wildcard", str(reference))
    elif writing.references.loses_extension(reference):
        writing.lost("reference-extension", str(reference))
    if writing.dialect.references_are_urns:
        return writing.child(parent, tag, urn_of(written))
    element = writing.child(parent, tag)
    if written.item:
        target = {
            "id": written.item,
            "maintainableParentID": written.id,
            "maintainableParentVersion": written.version,
        }
    else:
        target = {"id": written.id, "version": written.version}
    identity = {"agencyID": written.agency, "package": PACKAGES[written.kind], "class": written.kind}
    element.child("Ref", **target, **identity)
    return element


def write_local_reference(parent: Element, tag: str, target: str, writing: Writing) -> None:
    """Add a reference to something in the same artefact, by its id."""
    if writing.dialect.references_are_urns:
        writing.child(parent, tag, target)
    else:
        writing.child(parent, tag).child("Ref", id=target)
