"""What all artefacts have: identity, annotations, links, names."""

from collections.abc import Iterable, Iterator

from icstip.artefacts.base import Annotation, Identifiable, Link, Nameable, Texts
from icstip.artefacts.versions import is_semantic, is_stable
from icstip.errors import StructureError
from icstip.messages.structure_ml.dialect import ORGANISATION_SCHEME_IDS
from icstip.messages.structure_ml.versions import written_version
from icstip.messages.structure_ml.writing.base import AGENCY_ID, ID, NAME_ID, Writing, truth
from icstip.messages.structure_ml.writing.reference import own_urn
from icstip.messages.xml_text import Element

_NAME_ID_KINDS = frozenset({"Codelist", "ConceptScheme", "CategoryScheme"})


def write_maintainable(parent: Element, writing: Writing, **attributes: str | None) -> Element:
    """Return the new element of the artefact, with all that every artefact has.

    Args:
        parent: The element that it becomes the last child of.
        writing: The writing of the artefact.
        **attributes: Further attributes of the element.

    Raises:
        StructureError: It has no name, or an id or version that the schema does not allow.
    """
    artefact, dialect = writing.artefact, writing.dialect
    _check_identity(writing)
    if artefact.partial_language and not dialect.has_partial_language:
        writing.lost("partial-language")
    partial_language = dialect.has_partial_language and artefact.partial_language
    element = writing.child(
        parent,
        dialect.class_of(artefact.kind),
        id=artefact.id,
        urn=own_urn(writing),
        uri=artefact.uri,
        agencyID=artefact.agency,
        version=_version(writing),
        validFrom=artefact.valid_from,
        validTo=artefact.valid_to,
        isFinal=_final(writing),
        isPartialLanguage="true" if partial_language else None,
        isExternalReference=truth(value=artefact.external),
        serviceURL=artefact.service_url,
        structureURL=artefact.structure_url,
        **attributes,
    )
    write_nameable(element, artefact, writing)
    return element


def write_nameable(element: Element, nameable: Nameable, writing: Writing, part: str = "") -> None:
    """Add annotations, links, names and descriptions.

    Args:
        element: The element of what has them.
        nameable: What has them.
        writing: The writing of the artefact.
        part: Id of what has them, if it is not the artefact itself.

    Raises:
        StructureError: There is no name, which SDMX-ML does not allow.
    """
    if not nameable.name:
        raise StructureError("structure-unnamed", where=writing.where(part))
    write_identifiable(element, nameable, writing, part)
    write_texts(element, "Name", nameable.name, writing)
    write_texts(element, "Description", nameable.description, writing)


def write_identifiable(element: Element, thing: Identifiable, writing: Writing, part: str = "") -> None:
    """Add annotations and links."""
    write_annotations(element, thing.annotations, writing, part)
    write_links(element, thing.links, writing, part)


def write_annotations(element: Element, annotations: Iterable[Annotation], writing: Writing, part: str = "") -> None:
    """Add annotations, which precede everything else in an element."""
    box = None
    for annotation in annotations:
        if box is None:
            box = element.child(writing.common("Annotations"))
        for said in _annotation_forms(annotation, writing, part):
            _write_annotation(box, said, writing)


def write_links(element: Element, links: Iterable[Link], writing: Writing, part: str = "") -> None:
    """Add links, where this version of SDMX-ML has them."""
    for link in links:
        if not writing.dialect.has_links:
            writing.lost("links", part)
            return
        element.child(writing.common("Link"), rel=link.rel, url=link.url, urn=link.urn, type=link.type)


def write_texts(element: Element, tag: str, texts: Texts, writing: Writing) -> None:
    """Add a text in all its languages as common elements."""
    if "" in texts:
        writing.lost("no-language")  # without one, the schema takes English for granted
    for language, text in texts.items():
        element.localised(writing.common(tag), language, text)


def _check_identity(writing: Writing) -> None:
    artefact, dialect = writing.artefact, writing.dialect
    writing.checked(artefact.id, NAME_ID if artefact.kind in _NAME_ID_KINDS else ID)
    writing.checked(artefact.agency, AGENCY_ID)
    only = ORGANISATION_SCHEME_IDS.get(artefact.kind, artefact.id)
    if artefact.id != only:
        raise StructureError("id-refused", where=writing.where(), id=artefact.id, format=dialect.name)
    version = written_version(artefact.kind, artefact.version, dialect)
    if dialect.versions.fullmatch(version) is None or "+" in version:
        raise StructureError("version-refused", where=writing.where(), version=version, format=dialect.name)


def _version(writing: Writing) -> str | None:
    artefact, dialect = writing.artefact, writing.dialect
    version = written_version(artefact.kind, artefact.version, dialect)
    if artefact.kind in dialect.fixed_versions:
        if artefact.version != version:
            writing.lost("version")
        return version if dialect.says_final else None
    if dialect.says_final and "-" in artefact.version:
        writing.translated("draft-as-not-final")
    return version


def _final(writing: Writing) -> str | None:
    """Return whether the artefact is final, as the version of SDMX-ML says it, if it does and anybody knows."""
    artefact = writing.artefact
    if not writing.dialect.says_final or artefact.kind in writing.dialect.fixed_versions:
        if artefact.final and not is_semantic(artefact.version):
            writing.lost("final-flag")
        return None
    if is_semantic(artefact.version):
        return truth(value=is_stable(artefact.version))
    return None if artefact.final is None else truth(value=artefact.final)


def _annotation_forms(annotation: Annotation, writing: Writing, part: str) -> Iterator[Annotation]:
    """Yield what an annotation becomes: in SDMX-ML 2.1 its value is the title of another one of the same type."""
    if writing.dialect.has_annotation_values:
        yield annotation
        return
    if len(annotation.urls) > 1 or any(annotation.urls):
        writing.lost("annotation-urls", part)
    if annotation.value is None:
        yield annotation
        return
    writing.translated("annotation-value-as-title", part)
    if annotation.title is not None or annotation.urls or annotation.text:
        yield Annotation(
            id=annotation.id, type=annotation.type, title=annotation.title, urls=annotation.urls, text=annotation.text
        )
        yield Annotation(type=annotation.type, title=annotation.value)
    else:
        yield Annotation(id=annotation.id, type=annotation.type, title=annotation.value)


def _write_annotation(parent: Element, annotation: Annotation, writing: Writing) -> None:
    element = parent.child(writing.common("Annotation"), id=annotation.id)
    if annotation.title is not None:
        element.child(writing.common("AnnotationTitle"), annotation.title)
    if annotation.type is not None:
        element.child(writing.common("AnnotationType"), annotation.type)
    for language, url in _urls(annotation, writing).items():
        element.localised(writing.common("AnnotationURL"), language, url)
    write_texts(element, "AnnotationText", annotation.text, writing)
    if annotation.value is not None and writing.dialect.has_annotation_values:
        element.child(writing.common("AnnotationValue"), annotation.value)


def _urls(annotation: Annotation, writing: Writing) -> Texts:
    """Return the addresses that can be said: in SDMX-ML 2.1 one, for which no language is said."""
    if writing.dialect.has_annotation_values or not annotation.urls:
        return annotation.urls
    return {"": annotation.urls[""] if "" in annotation.urls else next(iter(annotation.urls.values()))}
