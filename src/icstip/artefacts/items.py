"""Item schemes: code lists, concept schemes, category schemes, organisation schemes, value lists."""

from dataclasses import dataclass, field

from icstip.artefacts.base import Maintainable, Nameable, Reference, Representation, Texts, no_texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """How to reach somebody in an organisation.

    Attributes:
        channels: Kind and address of each channel in order; the kinds are ``Telephone``, ``Fax``, ``X400``, ``URI``
            and ``Email``.
    """

    id: str | None = None
    name: Texts = field(default_factory=no_texts)
    department: Texts = field(default_factory=no_texts)
    role: Texts = field(default_factory=no_texts)
    channels: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Item(Nameable):
    """A code, concept, category, organisation or value.

    Attributes:
        parent: Id of the item above; for a category the dotted path of ids from the top. Empty at the top.
        representation: Core representation of a concept.
        iso_concept: Agency, scheme and id of the ISO 11179 concept that a concept is.
        contacts: Contacts of an organisation.
    """

    parent: str = ""
    representation: Representation | None = None
    iso_concept: tuple[str, str, str] | None = None
    contacts: tuple[Contact, ...] = ()

    @property
    def path(self) -> str:
        """The dotted path of a category."""
        return f"{self.parent}.{self.id}" if self.parent else self.id


@dataclass(frozen=True, slots=True)
class Extension:
    """A code list whose codes belong to another one (SDMX 3.0).

    Attributes:
        codelist: The code list.
        prefix: Text before the id of each of its codes.
        include: Whether `members` are those that belong to it, or those that do not.
        members: Ids, or patterns with ``%``, and how they cascade (``true``, ``false``, ``excluderoot``); empty: all.
    """

    codelist: Reference
    prefix: str = ""
    include: bool = True
    members: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemScheme(Maintainable):
    """A list of items in order. The subclasses below say which."""

    items: tuple[Item, ...] = ()
    partial: bool = False


class AgencyScheme(ItemScheme):
    """The agencies below an agency."""


class DataProviderScheme(ItemScheme):
    """The data providers that an agency knows."""


class DataConsumerScheme(ItemScheme):
    """The data consumers that an agency knows."""


class MetadataProviderScheme(ItemScheme):
    """The metadata providers that an agency knows."""


class OrganisationUnitScheme(ItemScheme):
    """The units of an organisation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Codelist(ItemScheme):
    """A code list."""

    extensions: tuple[Extension, ...] = ()


class ConceptScheme(ItemScheme):
    """A concept scheme."""


class CategoryScheme(ItemScheme):
    """A category scheme. Categories are unique by their path."""


class ValueList(ItemScheme):
    """A list of values whose ids can be any text (SDMX 3.0)."""
