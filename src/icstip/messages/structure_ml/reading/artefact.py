"""What all artefacts have: identity, names, annotations, links, versions."""

from collections.abc import Iterable

from lxml import etree

from icstip.artefacts.base import Annotation, Link, Reference, Texts, no_texts
from icstip.artefacts.fields import IdentifiableFields, MaintainableFields, NameableFields
from icstip.artefacts.versions import DRAFT, is_semantic, is_stable
from icstip.messages.structure_ml.dialect import FIXED_VERSION
from icstip.messages.structure_ml.reading.base import Node, Reading
from icstip.messages.xml import XML_LANG


def identifiable(node: Node, default: str = "") -> IdentifiableFields:
    """Return what an element says of something with an id.

    Args:
        node: The element.
        default: Id of one that has none of its own.

    Raises:
        FormatError: It has no id.
    """
    node.drop("urn")
    return {
        "id": (node.token("id") or default) if default else node.required("id"),
        "uri": node.token("uri"),
        "annotations": annotations(node),
        "links": tuple(map(_link, node.nodes("Link"))),
    }


def nameable(node: Node) -> NameableFields:
    """Return what an element says of something with names.

    Raises:
        FormatError: It has no id.
    """
    return {**identifiable(node), "name": texts(node, "Name"), "description": texts(node, "Description")}


def maintainable(node: Node, head: Reference | None = None) -> MaintainableFields:
    """Return what an element says of a maintainable artefact, which is the one that is read from now on.

    Args:
        node: The element.
        head: What `head_of` returned, if it was asked already.

    Raises:
        FormatError: It has no id or agency.
    """
    reading = node.reading
    head = head or head_of(node)
    version, final = _version(node, head)
    reading.artefact = Reference(head.kind, head.agency, head.id, version)
    if version != head.version:
        reading.renamed[head] = reading.artefact
    return {
        **identifiable(node, head.id),
        "name": texts(node, "Name"),
        "description": texts(node, "Description"),
        "agency": head.agency,
        "version": version,
        "final": final,
        "external": node.truth("isExternalReference") or False,
        "valid_from": node.token("validFrom"),
        "valid_to": node.token("validTo"),
        "service_url": node.token("serviceURL"),
        "structure_url": node.token("structureURL"),
        "partial_language": reading.dialect.has_partial_language and (node.truth("isPartialLanguage") or False),
    }


def head_of(node: Node) -> Reference:
    """Return the reference to a maintainable artefact by what its element says, with its version as it stands there.

    Raises:
        FormatError: It has no id or agency.
    """
    identity, agency = node.required("id"), node.required("agencyID")
    kind = node.reading.dialect.kind_of(node.name)
    version = node.token("version") or FIXED_VERSION  # also the default of the schema of SDMX-ML 2.1
    if kind in node.reading.dialect.fixed_versions and version != FIXED_VERSION:
        node.reading.notices.not_read(f"{node.name}@version", Reference(kind, agency, identity, version))
        version = FIXED_VERSION
    return Reference(kind, agency, identity, version)


def texts(node: Node, name: str) -> Texts:
    """Return the text by language that the children of a name say. One without a language is English (SDMX-ML XSD)."""
    return _by_language(node.children(name), node.reading, default="en")


def annotations(node: Node) -> tuple[Annotation, ...]:
    """Return the annotations of an element."""
    box = node.node("Annotations")
    if box is None:
        return ()
    with box:
        return tuple(map(_annotation, box.nodes("Annotation")))


def _annotation(node: Node) -> Annotation:
    with node:
        return Annotation(
            id=node.attribute("id"),
            type=node.text("AnnotationType"),
            title=node.text("AnnotationTitle"),
            urls=_by_language(node.children("AnnotationURL"), node.reading, default=""),
            text=texts(node, "AnnotationText"),
            value=node.text("AnnotationValue"),
        )


def _link(node: Node) -> Link:
    with node:
        return Link(
            rel=node.attribute("rel") or "",
            url=node.attribute("url") or "",
            urn=node.attribute("urn"),
            type=node.attribute("type"),
        )


def _by_language(elements: Iterable[etree._Element], reading: Reading, *, default: str) -> Texts:
    found: dict[str, str] = {}
    for element in elements:
        language = element.get(XML_LANG)
        if language is None:
            language = default
        if language in found:
            reading.not_read(reading.name_of(element))
        else:
            found[language] = reading.text_of(element)
    return found or no_texts()


def _version(node: Node, head: Reference) -> tuple[str, bool | None]:
    """Return the version and the final flag in the terms of SDMX 3.0, where versions say whether something is final."""
    if not node.reading.dialect.says_final:
        return head.version, None
    final = node.truth("isFinal")
    if head.kind in node.reading.dialect.fixed_versions:
        return head.version, final or None  # the schema allows nothing but false
    if not is_semantic(head.version):
        return head.version, final
    return (head.version if final or not is_stable(head.version) else head.version + DRAFT), None
