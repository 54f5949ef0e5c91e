"""What all artefacts have: identity, names in languages, annotations, links, references."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

Texts = Mapping[str, str]
"""A text by language code; a language without a text is absent. A text of no language has the key ``""``."""

_NO_TEXTS: Final[Texts] = MappingProxyType({})


def no_texts() -> Texts:
    """Return an empty text."""
    return _NO_TEXTS


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference to a maintainable artefact, or to an item or component of it.

    Attributes:
        kind: Class of what is referred to, a key of `icstip.artefacts.kinds.PACKAGES`: ``Codelist``, ``Code``, …
        agency: Agency of the maintainable artefact.
        id: Id of the maintainable artefact.
        version: Its version; SDMX 3.0 also knows ``1.0+.0`` and the like (SDMX 3.0 §6, semantic versioning).
        item: Id of the item or component, a dotted path for one that is nested; empty for the artefact itself.
    """

    kind: str
    agency: str
    id: str
    version: str
    item: str = ""

    def __str__(self) -> str:
        return f"{self.agency}:{self.id}({self.version}){'.' if self.item else ''}{self.item}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotation:
    """A note on anything.

    Attributes:
        urls: Addresses by language; the one of no language has the key ``""``.
        value: A value that is no text for people (SDMX 3.0).
    """

    id: str | None = None
    type: str | None = None
    title: str | None = None
    urls: Texts = field(default_factory=no_texts)
    text: Texts = field(default_factory=no_texts)
    value: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link to something related (SDMX 3.0)."""

    rel: str
    url: str
    urn: str | None = None
    type: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Identifiable:
    """Something with an id that can have annotations."""

    id: str
    uri: str | None = None
    annotations: tuple[Annotation, ...] = ()
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Nameable(Identifiable):
    """Something with names and descriptions in languages."""

    name: Texts = field(default_factory=no_texts)
    description: Texts = field(default_factory=no_texts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Maintainable(Nameable):
    """An artefact with an agency and a version.

    Attributes:
        version: ``1.0`` as in SDMX 2.1, or a semantic version (``1.0.0``, ``1.0.0-draft``). A semantic version without
            an extension is stable: what SDMX 2.1 calls final. In one with an extension nothing is.
        final: Whether a two-part version is final, which SDMX 3.0 cannot say; None where nobody said so.
        external: Whether this is only the head of an artefact that stands elsewhere.
        valid_from: ISO 8601 date-time.
        valid_to: ISO 8601 date-time.
        partial_language: Whether some of its languages were left out (SDMX 3.1).
    """

    agency: str
    version: str = "1.0"
    final: bool | None = None
    external: bool = False
    valid_from: str | None = None
    valid_to: str | None = None
    service_url: str | None = None
    structure_url: str | None = None
    partial_language: bool = False

    @property
    def kind(self) -> str:
        """The class of the artefact in the information model, as URNs write it."""
        return type(self).__name__

    @property
    def reference(self) -> Reference:
        """The reference to this artefact."""
        return Reference(self.kind, self.agency, self.id, self.version)

    def item_reference(self, kind: str, item: str) -> Reference:
        """Return the reference to an item or component of this artefact."""
        return Reference(kind, self.agency, self.id, self.version, item)


@dataclass(frozen=True, slots=True)
class TextFormat:
    """The form of uncoded values, or of codes.

    Attributes:
        data_type: SDMX data type, for example ``Decimal``; None when nothing says so, which means ``String``.
        facets: Facets by their names in SDMX-ML (``minLength``, ``isSequence``, …) with their values as text. The facet
            ``isMultiLingual`` is among them; where it is absent it is false, whatever a format takes for granted.
        sentinels: Values that mean something of their own: value, name, description (SDMX 3.0).
    """

    data_type: str | None = None
    facets: Mapping[str, str] = field(default_factory=dict)
    sentinels: tuple[tuple[str, Texts, Texts], ...] = ()


@dataclass(frozen=True, slots=True)
class Representation:
    """The values that a concept or component can have: an enumeration, or a format, or an enumeration with a format.

    Attributes:
        enumeration: Reference to a code list, value list or (SDMX 2.1) concept scheme.
        format: Form of the values.
        min_occurs: How many values there must be; None where nothing is said (SDMX 3.0).
        max_occurs: How many values there can be: a number or ``unbounded``; None where nothing is said, which means 1.
    """

    enumeration: Reference | None = None
    format: TextFormat | None = None
    min_occurs: int | None = None
    max_occurs: str | None = None
