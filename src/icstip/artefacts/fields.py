"""The fields that artefacts have in common, as the readers of formats hand them to their classes."""

from typing import TypedDict

from icstip.artefacts.base import Annotation, Link, Texts


class IdentifiableFields(TypedDict):
    """Fields of `Identifiable`."""

    id: str
    uri: str | None
    annotations: tuple[Annotation, ...]
    links: tuple[Link, ...]


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
    partial_language: bool
