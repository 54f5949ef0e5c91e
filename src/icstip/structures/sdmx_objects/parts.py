"""What all artefacts have, in both directions: identity, names, annotations, versions."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final, TypedDict

from sdmx.model import v30
from sdmx.model.common import (
    Agency,
    AnnotableArtefact,
    BaseAnnotation,
    IdentifiableArtefact,
    InternationalString,
    MaintainableArtefact,
    MissingID,
    NameableArtefact,
)

from icstip.artefacts.base import Annotation, Identifiable, Maintainable, Nameable, Reference, Texts, no_texts
from icstip.artefacts.notices import Notices
from icstip.artefacts.versions import DRAFT, is_semantic, is_stable
from icstip.errors import StructureError
from icstip.structures.sdmx_objects.classes import kind_of

VERSION: Final = "1.0"
"""The version of what has none (SDMX 2.1 §3A, common types)."""


class IdentifiableFields(TypedDict):
    """Fields of `Identifiable`."""

    id: str
    uri: str | None
    annotations: tuple[Annotation, ...]


class NameableFields(IdentifiableFields):
    """Fields of `Nameable`."""

    name: Texts
    description: Texts


class MaintainableFields(NameableFields):
    """Fields of `Maintainable`."""

    agency: str
    version: str
    final: bool | None
    external: bool
    valid_from: str | None
    valid_to: str | None
    service_url: str | None
    structure_url: str | None


@dataclass(frozen=True, slots=True)
class Losses:
    """What the objects cannot hold of an artefact, and of which item or component of it.

    Attributes:
        notices: Where it is said.
        artefact: The artefact.
        part: Id of the item or component; empty for the artefact itself.
    """

    notices: Notices
    artefact: Maintainable
    part: str = ""

    def at(self, part: str) -> "Losses":
        """Return the same for an item or component."""
        return Losses(self.notices, self.artefact, part)

    def lost(self, what: str, *, there: object = True) -> None:
        """Say that something is lost, if there is any of it."""
        if there:
            self.notices.lost(self.artefact, what, self.part)

    def translated(self, how: str, *, there: object = True) -> None:
        """Say that something is said in another way, if there is any of it."""
        if there:
            self.notices.translated(self.artefact, how, self.part)


@dataclass(frozen=True, slots=True)
class Reading:
    """What is known while objects are read.

    Attributes:
        notices: Where it is said what is not read.
        is_3x: Whether the objects are those of SDMX 3.x, in which the version says what is final.
        maintainers: Identities of the objects that are the agencies of artefacts.
        renamed: What references refer to, where the model has another id or version for it.
    """

    notices: Notices
    is_3x: bool
    maintainers: frozenset[int] = frozenset()
    renamed: dict[Reference, Reference] = field(default_factory=dict)

    def not_read(self, name: str, artefact: Reference, *, there: object = True) -> None:
        """Say that something is not read, if there is any of it."""
        if there:
            self.notices.not_read(name, artefact)


def truth(value: object) -> bool:
    """Return whether a value of sdmx1 is true; its readers leave some truth values as text."""
    return value is True or (isinstance(value, str) and value.lower() in {"true", "1"})


def text(value: object) -> str | None:
    """Return a value of sdmx1 as text, or None; its readers have an object of their own for an element without text."""
    match value:
        case str():
            return value
        case datetime():
            return value.isoformat().replace("+00:00", "Z")
        case date():
            return value.isoformat()
        case int() | float():
            return str(value)
        case _:
            return None


def texts(value: InternationalString) -> Texts:
    """Return a text by language."""
    found = {str(language): label for language, label in value.localizations.items() if label is not None}
    return found or no_texts()


def cascading(how: str) -> bool | str | None:
    """Return how a value cascades as sdmx1 has it, which knows only whether; another way is a text, which is true."""
    return {"true": True, "false": None}.get(how, how)


def read_cascade(how: bool | str | None) -> str:  # noqa: FBT001 - what sdmx1 has
    """Return how a value cascades."""
    return how.lower() if isinstance(how, str) else str(bool(how)).lower()


def identified(thing: Identifiable, losses: Losses) -> dict[str, object]:
    """Return the arguments for the object of something with an id."""
    losses.lost("links", there=thing.links)
    notes = [_annotation(annotation, losses) for annotation in thing.annotations]
    return {"id": thing.id, "uri": thing.uri, "annotations": notes}


def named(thing: Nameable, losses: Losses) -> dict[str, object]:
    """Return the arguments for the object of something with names."""
    return {**identified(thing, losses), "name": dict(thing.name), "description": dict(thing.description)}


def maintained(artefact: Maintainable, losses: Losses) -> dict[str, object]:
    """Return the arguments for the object of an artefact."""
    losses.lost("partial-language", there=artefact.partial_language)
    version = artefact.version
    return {
        **named(artefact, losses),
        "version": version,
        "is_final": is_stable(version) if is_semantic(version) else artefact.final,
        "is_external_reference": artefact.external,
        "valid_from": artefact.valid_from,
        "valid_to": artefact.valid_to,
        "service_url": artefact.service_url,
        "structure_url": artefact.structure_url,
        "maintainer": Agency(id=artefact.agency),
    }


def identifiable(thing: IdentifiableArtefact) -> IdentifiableFields:
    """Return what an object says of something with an id."""
    return {"id": str(thing.id), "uri": text(thing.uri), "annotations": annotations(thing)}


def nameable(thing: NameableArtefact) -> NameableFields:
    """Return what an object says of something with names."""
    return {**identifiable(thing), "name": texts(thing.name), "description": texts(thing.description)}


def maintainable(artefact: MaintainableArtefact, reading: Reading) -> MaintainableFields:
    """Return what an object says of an artefact.

    Raises:
        StructureError: It has no agency.
    """
    version = version_of(artefact)
    known = version
    if is_stable(version) and not reading.is_3x and not truth(artefact.is_final):
        known = version + DRAFT  # SDMX 2.1 says it apart from the version
    final = None if is_semantic(version) or artefact.is_final is None else truth(artefact.is_final)
    fields: MaintainableFields = {
        **nameable(artefact),
        "agency": agency_of(artefact),
        "version": known,
        "final": final,
        "external": truth(artefact.is_external_reference),
        "valid_from": text(artefact.valid_from),
        "valid_to": text(artefact.valid_to),
        "service_url": text(artefact.service_url),
        "structure_url": text(artefact.structure_url),
    }
    if known != version:
        head = Reference(kind_of(artefact) or "", fields["agency"], fields["id"], version)
        reading.renamed[head] = Reference(head.kind, head.agency, head.id, known)
    return fields


def agency_of(artefact: MaintainableArtefact) -> str:
    """Return the id of the agency that maintains an object.

    Raises:
        StructureError: It has none, so that nothing can refer to it.
    """
    maintainer = artefact.maintainer
    if maintainer is None or maintainer.id is MissingID:
        raise StructureError("structure-without-agency", where=str(artefact.id))
    return str(maintainer.id)


def version_of(artefact: MaintainableArtefact) -> str:
    """Return the version of an object as it stands there."""
    return str(artefact.version or VERSION)


def annotations(thing: AnnotableArtefact) -> tuple[Annotation, ...]:
    """Return the annotations of an object."""
    return tuple(map(_annotation_of, thing.annotations))


def _annotation(annotation: Annotation, losses: Losses) -> v30.Annotation:
    urls = annotation.urls
    losses.lost("annotation-urls", there=set(urls) - {""})
    return v30.Annotation(
        id=annotation.id,
        type=annotation.type,
        title=annotation.title,
        url=urls.get("", next(iter(urls.values()), None)),
        text=dict(annotation.text),
        value=annotation.value,
    )


def _annotation_of(annotation: BaseAnnotation) -> Annotation:
    url = text(annotation.url)
    return Annotation(
        id=text(annotation.id),
        type=text(annotation.type),
        title=text(annotation.title),
        urls=no_texts() if url is None else {"": url},
        text=texts(annotation.text),
        value=text(annotation.value),
    )
