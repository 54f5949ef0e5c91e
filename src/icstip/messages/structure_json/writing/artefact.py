"""What all artefacts have: identity, names, annotations, links, versions."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from icstip.artefacts.base import Annotation, Identifiable, Link, Maintainable, Nameable
from icstip.artefacts.kinds import ORGANISATION_SCHEMES
from icstip.artefacts.urn import parse_urn
from icstip.artefacts.versions import DRAFT, is_semantic, is_stable, without_extension
from icstip.errors import StructureError
from icstip.messages.structure_json.dialect import LOWER_TAG, SELF, SERVICE
from icstip.messages.structure_json.layout import Json, JsonObject
from icstip.messages.structure_json.writing.base import ID, NC_NAME, NESTED_NC_NAME, Writing

_RESERVED: Final = frozenset({SELF})
_NC_NAMED: Final = frozenset({"Codelist", "ConceptScheme", "CategoryScheme", "ValueList"})


def maintainable(writing: Writing, artefact: Maintainable) -> JsonObject:
    """Return an object with what an artefact has in common with all others.

    Raises:
        StructureError: Its id, agency or version has not the form that SDMX requires, or it has no name.
    """
    only = writing.dialect.scheme_ids.get(artefact.kind)
    form = NC_NAME if artefact.kind in _NC_NAMED else ID
    written: JsonObject = {
        "id": writing.checked_id(artefact.id, form if only is None else re.compile(only)),
        "agencyID": writing.checked_id(artefact.agency, NESTED_NC_NAME),
        "version": _version(writing, artefact),
    }
    _put_final(writing, artefact, written)
    if artefact.external:
        written["isExternalReference"] = True
    if artefact.valid_from is not None:
        written["validFrom"] = artefact.valid_from
    if artefact.valid_to is not None:
        written["validTo"] = artefact.valid_to
    if artefact.partial_language and writing.dialect.has_partial_language:
        written["isPartialLanguage"] = True
    elif artefact.partial_language:
        writing.lost("partial-language")
    put_names(writing, written, artefact)
    put_annotations(writing, written, artefact.annotations, artefact.id)
    written["links"] = _links_of_maintainable(writing, artefact)
    return written


def nameable(writing: Writing, thing: Nameable, urn: str, form: re.Pattern[str] = ID) -> JsonObject:
    """Return an object with the id, names, annotations and links of something.

    Args:
        writing: What is known of the message.
        thing: The thing.
        urn: Its URN.
        form: Form that its id must have.

    Raises:
        StructureError: Its id has another form, or it has no name.
    """
    written: JsonObject = {"id": writing.checked_id(thing.id, form)}
    put_names(writing, written, thing)
    if thing.annotations:
        put_annotations(writing, written, thing.annotations, thing.id)
    written["links"] = links(writing, thing, urn)
    return written


def identifiable(writing: Writing, thing: Identifiable, urn: str, form: re.Pattern[str] = ID) -> JsonObject:
    """Return an object with the id, annotations and links of something.

    Args:
        writing: What is known of the message.
        thing: The thing.
        urn: Its URN.
        form: Form that its id must have.

    Raises:
        StructureError: Its id has another form.
    """
    written: JsonObject = {"id": writing.checked_id(thing.id, form)}
    put_annotations(writing, written, thing.annotations, thing.id)
    written["links"] = links(writing, thing, urn)
    return written


def language_tag(language: str | None) -> str | None:
    """Return a language tag where a tag must be in small letters; None if it is none."""
    tag = (language or "").lower()
    return tag if LOWER_TAG.fullmatch(tag) else None


def put_names(writing: Writing, target: JsonObject, thing: Nameable) -> None:
    """Put name and description into an object.

    Raises:
        StructureError: There is no name.
    """
    if not thing.name:
        raise StructureError("structure-unnamed", where=f"{writing.where} {thing.id}")
    writing.put_texts(target, "name", "names", thing.name)
    writing.put_texts(target, "description", "descriptions", thing.description)


def put_annotations(writing: Writing, target: JsonObject, annotations: Iterable[Annotation], part: str) -> None:
    """Put annotations into an object, if there are any.

    Args:
        writing: What is known of the message.
        target: The object.
        annotations: The annotations.
        part: Id of what they are on.
    """
    written: list[Json] = []
    for annotation in annotations:
        written.extend(_annotation(writing, said) for said in _sayable(writing, annotation, part))
    if written:
        target["annotations"] = written


def links(writing: Writing, thing: Identifiable, urn: str, reserved: frozenset[str] = _RESERVED) -> list[Json]:
    """Return the links of something, first the one to itself, which is where its URN stands.

    Args:
        writing: What is known of the message.
        thing: The thing.
        urn: Its URN.
        reserved: Relations that mean something of their own, so that no other link can have them.
    """
    own: JsonObject = {"rel": SELF, "urn": urn}
    if thing.uri is not None:
        own["uri"] = thing.uri
    written: list[Json] = [own]
    for link in thing.links:
        if link.rel in reserved:
            writing.lost("links", thing.id)
        else:
            written.extend(_link(writing, link, thing.id))
    return written


def _links_of_maintainable(writing: Writing, artefact: Maintainable) -> list[Json]:
    written = links(writing, artefact, writing.any_urn(artefact.reference), _RESERVED | {SERVICE})
    own = written[0]
    if artefact.structure_url is not None and isinstance(own, dict):
        own["href"] = artefact.structure_url
        if not artefact.external:
            writing.lost("structure-url")
    if artefact.service_url is not None:
        written.append({"rel": SERVICE, "href": artefact.service_url})
    return written


def _link(writing: Writing, link: Link, part: str) -> Iterator[JsonObject]:
    written: JsonObject = {"rel": link.rel}
    if link.url:
        written["href"] = link.url
    urn = _link_urn(writing, link)
    if urn is not None:
        written["urn"] = urn
    if link.type is not None:
        written["type"] = link.type
    if urn is None and (link.urn is not None or not link.url):
        writing.lost("links", part)
    if "href" in written or "urn" in written:
        yield written


def _link_urn(writing: Writing, link: Link) -> str | None:
    dialect = writing.dialect
    if link.urn is None or not dialect.unknown:
        return link.urn
    target = parse_urn(link.urn)
    if target is None or target.kind in dialect.unknown or not dialect.referred.fullmatch(target.version):
        return None
    return link.urn.replace(f".{target.kind}=", f".{dialect.misspelt.get(target.kind, target.kind)}=", 1)


def _sayable(writing: Writing, annotation: Annotation, part: str) -> Iterator[Annotation]:
    if annotation.value is None or writing.dialect.has_annotation_values:
        yield annotation
        return
    writing.translated("annotation-value-as-title", part)
    if annotation.title is None:
        yield replace(annotation, title=annotation.value, value=None)
        return
    yield replace(annotation, value=None)
    yield Annotation(type=annotation.type, title=annotation.value)


def _annotation(writing: Writing, annotation: Annotation) -> JsonObject:
    own = {"id": annotation.id, "type": annotation.type, "title": annotation.title, "value": annotation.value}
    written: JsonObject = {name: value for name, value in own.items() if value is not None}
    writing.put_texts(written, "text", "texts", annotation.text)
    addresses: list[Json] = []
    for language, url in annotation.urls.items():
        address: JsonObject = {"rel": SELF, "href": url}
        tag = language_tag(language)
        if tag is not None:
            address["hreflang"] = tag
        addresses.append(address)
    if addresses:
        written["links"] = addresses
    return written


def _version(writing: Writing, artefact: Maintainable) -> str:
    if artefact.kind in ORGANISATION_SCHEMES:
        if artefact.version != "1.0":
            writing.lost("version")
        return "1.0"
    version = without_extension(artefact.version) if writing.dialect.says_final else artefact.version
    if writing.dialect.versions.fullmatch(version) is None:
        raise StructureError("version-refused", where=writing.where, version=version, format=writing.dialect.name)
    return version


def _put_final(writing: Writing, artefact: Maintainable, target: JsonObject) -> None:
    if not writing.dialect.says_final:
        if artefact.final:
            writing.lost("final-flag")
        return
    if is_semantic(artefact.version):
        target["isFinal"] = is_stable(artefact.version)
        if artefact.version.endswith(DRAFT):
            writing.translated("draft-as-not-final")
        elif not is_stable(artefact.version):
            writing.lost("draft-as-not-final")
    elif artefact.final is not None:
        target["isFinal"] = artefact.final
