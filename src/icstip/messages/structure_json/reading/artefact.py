"""What all artefacts have: identity, names, annotations, links, versions."""

from icstip.artefacts.base import Annotation, Link, Reference
from icstip.artefacts.fields import IdentifiableFields, MaintainableFields, NameableFields
from icstip.artefacts.kinds import ORGANISATION_SCHEMES
from icstip.artefacts.versions import DRAFT, is_semantic, is_stable
from icstip.messages.structure_json.dialect import SELF, SERVICE
from icstip.messages.structure_json.reading.base import Node


class _Links:
    """What the links of something say: the one to itself is none of the model."""

    __slots__ = ("further", "service", "structure", "uri")

    def __init__(self) -> None:
        self.uri: str | None = None
        self.structure: str | None = None
        self.service: str | None = None
        self.further: list[Link] = []


def identifiable(node: Node, default: str = "") -> IdentifiableFields:
    """Return what an object says of something with an id.

    Args:
        node: The object.
        default: Id of one that has none of its own.

    Raises:
        FormatError: It has no id.
    """
    links = _links(node)
    return {
        "id": (node.text("id") or default) if default else node.required("id"),
        "uri": links.uri,
        "annotations": annotations(node),
        "links": tuple(links.further),
    }


def nameable(node: Node, default: str = "") -> NameableFields:
    """Return what an object says of something with names.

    Args:
        node: The object.
        default: Id of one that has none of its own.

    Raises:
        FormatError: It has no id.
    """
    own = identifiable(node, default)
    return {**own, "name": node.texts("name", "names"), "description": node.texts("description", "descriptions")}


def maintainable(node: Node, kind: str) -> MaintainableFields:
    """Return what an object says of a maintainable artefact, which is the one that is read from now on.

    Args:
        node: The object.
        kind: Class of the artefact.

    Raises:
        FormatError: It has no id or agency.
    """
    reading = node.reading
    reading.artefact = None
    identity, agency = node.required("id"), node.required("agencyID")
    told = node.text("version") or "1.0"
    reading.artefact = Reference(kind, agency, identity, told)
    final = node.truth("isFinal") if reading.dialect.says_final else None
    version, final = _version(node, kind, told, final=final)
    reading.artefact = Reference(kind, agency, identity, version)
    if version not in {told, told + DRAFT}:
        node.not_read("version")
    external = node.truth("isExternalReference") or False
    links = _links(node, of_artefact=True)
    return {
        "id": identity,
        "uri": links.uri,
        "annotations": annotations(node),
        "links": tuple(links.further),
        "name": node.texts("name", "names"),
        "description": node.texts("description", "descriptions"),
        "agency": agency,
        "version": version,
        "final": final,
        "external": external,
        "valid_from": node.text("validFrom"),
        "valid_to": node.text("validTo"),
        "service_url": links.service,
        # Where an artefact itself stands is news only if it is not in the message.
        "structure_url": links.structure if external else None,
        "partial_language": reading.dialect.has_partial_language and (node.truth("isPartialLanguage") or False),
    }


def annotations(node: Node) -> tuple[Annotation, ...]:
    """Return the annotations of an object."""
    return tuple(map(_annotation, node.nodes("annotations"))) if "annotations" in node else ()


def canonical_tag(tag: str) -> str:
    """Return a language tag with the letters that are usual in it (RFC 5646 §2.1.1).

    Example:
        >>> canonical_tag("zh-hant-tw")
        'zh-Hant-TW'
    """
    first, *rest = tag.lower().split("-")
    if len(first) == 1:
        return "-".join([first, *rest])
    cased: list[str] = [first]
    for part in rest:
        is_after_single = len(cased[-1]) == 1
        if len(part) == 2 and not is_after_single:
            cased.append(part.upper())
        elif len(part) == 4 and part.isalpha() and not is_after_single:
            cased.append(part.title())
        else:
            cased.append(part)
    return "-".join(cased)


def draft(version: str, *, final: bool | None) -> bool:
    """Return whether a version of SDMX-JSON 1.0 is that of a draft in the terms of SDMX 3.0."""
    return is_stable(version) and not final


def _version(node: Node, kind: str, version: str, *, final: bool | None) -> tuple[str, bool | None]:
    """Return the version and the final flag in the terms of SDMX 3.0, where versions say whether something is final."""
    if kind in ORGANISATION_SCHEMES:
        return "1.0", final  # which is that of all organisation schemes
    if not node.reading.dialect.says_final or not is_semantic(version):
        return version, final
    return (version + DRAFT if draft(version, final=final) else version), None


def _annotation(node: Node) -> Annotation:
    with node:
        urls: dict[str, str] = {}
        for link in node.nodes("links"):
            with link:
                link.drop("rel")
                language = canonical_tag(link.text("hreflang") or "")
                url = link.text("href" if "href" in link else "uri")
                if url is None or language in urls:
                    node.not_read("links")
                else:
                    urls[language] = url
        text = node.texts("text", "texts")
        return Annotation(
            id=node.text("id"),
            type=node.text("type"),
            title=node.text("title"),
            urls=urls,
            text=text,
            value=node.text("value") if node.reading.dialect.has_annotation_values else None,
        )


def _links(node: Node, *, of_artefact: bool = False) -> _Links:
    found = _Links()
    for link in node.nodes("links"):
        with link:
            relation, url, urn = link.text("rel") or "", link.text("href"), link.text("urn")
            if relation == SELF:
                link.drop("type", "hreflang", "title", "titles")
                found.uri = found.uri or link.text("uri")
                found.structure = found.structure or url
            elif relation == SERVICE and of_artefact and url and found.service is None:
                link.drop("type")
                found.service = url
            else:
                found.further.append(Link(rel=relation, url=url or "", urn=urn, type=link.text("type")))
    return found
