"""What all artefacts of the standard have in common: agency, version, annotations, references to each other."""

import re
from collections.abc import Container, Mapping
from dataclasses import dataclass
from typing import TypedDict, TypeVar

from icstip.artefacts.base import Annotation, Reference
from icstip.artefacts.versions import DRAFT, is_stable
from icstip.errors import StructureError
from icstip.standard.foreign import foreign_reference, is_foreign
from icstip.standard.model import NO_TEXTS, Standard, Texts

SOURCE = "SOURCE"
ORIGIN = "ORIGIN"
COUNTING = "COUNTING"

AGENCIES = "AGENCIES"
DATA_PROVIDERS = "DATA_PROVIDERS"
"""The ids that SDMX gives to every agency scheme and data provider scheme (SDMXStructureOrganisation.xsd)."""

UNVERSIONED = "1.0"
"""The version of every organisation scheme (SDMXCommonReferences.xsd): those have no versions of their own."""

T = TypeVar("T")


class Maintained(TypedDict):
    """The arguments that every maintainable artefact of the standard has in common."""

    agency: str
    version: str


def annotation(kind: str, title: str, text: Texts = NO_TEXTS) -> Annotation:
    """Return an annotation whose value is its title: the one place for a text of no language in all versions of SDMX.

    Args:
        kind: Annotation type, for example `SOURCE`.
        title: The value, for example ``SDMX PROJECT``.
        text: A text for people, by language.
    """
    return Annotation(type=kind, title=title or None, text=text)


def provenance(source: str, origin: str = "") -> tuple[Annotation, ...]:
    """Return the annotations that say where something comes from; what is empty has none."""
    values = ((SOURCE, source), (ORIGIN, origin))
    return tuple(annotation(kind, value) for kind, value in values if value)


def referred(things: Mapping[str, T], kind: str, thing: str, *, where: str) -> T:
    """Return the thing that something of the standard refers to.

    Args:
        things: Everything of that kind by its id.
        kind: The SDMX word for it, for the message.
        thing: The id that is referred to.
        where: What refers to it, for the message.

    Raises:
        StructureError: There is no such thing.
    """
    existing(things, kind, thing, where=where)
    return things[thing]


def existing(things: Container[str], kind: str, thing: str, *, where: str) -> str:
    """Return an id that exists; as `referred`, for what is known by its id only."""
    if thing not in things:
        raise StructureError("structure-reference-unknown", where=where, kind=kind, id=thing)
    return thing


@dataclass(frozen=True, slots=True)
class Issue:
    """The standard as it is issued: the agency and the version of its artefacts, and the references to them."""

    standard: Standard

    @property
    def version(self) -> str:
        """The version of the artefacts. One without an extension would be stable, which only a final standard is."""
        version = self.standard.version
        return version if self.standard.final or not is_stable(version) else f"{version}{DRAFT}"

    @property
    def two_part_version(self) -> str:
        """The version of what refers to something that has no semantic version (SDMX 3.0 §6)."""
        return ".".join(re.findall(r"\d+", self.standard.version)[:2])

    @property
    def maintained(self) -> Maintained:
        """The agency and the version, as arguments of an artefact."""
        return {"agency": self.standard.agency, "version": self.version}

    def codelist(self, codelist: str, *, where: str) -> Reference:
        """Return the reference to a code list of the standard, or to one of others.

        Raises:
            StructureError: It does not exist, or is not named as SDMX names artefacts.
        """
        return self._own_or_foreign("Codelist", codelist, self.standard.codelists, where)

    def code(self, codelist: str, code: str, *, where: str) -> Reference:
        """Return the reference to a code of the standard.

        Raises:
            StructureError: The list does not exist, or does not have the code.
        """
        codes = referred(self.standard.codelists, "Codelist", codelist, where=where).by_id
        return self._to("Code", codelist, existing(codes, "Code", code, where=where))

    def concept(self, concept: str, *, where: str) -> Reference:
        """Return the reference to a concept.

        Raises:
            StructureError: It does not exist.
        """
        existing(self.standard.concepts, "Concept", concept, where=where)
        return self._to("Concept", self.standard.concept_scheme.id, concept)

    def structure(self, structure: str, *, where: str) -> Reference:
        """Return the reference to a data structure of the standard, or to one of others.

        Raises:
            StructureError: It does not exist, or is not named as SDMX names artefacts.
        """
        return self._own_or_foreign("DataStructure", structure, self.standard.structures, where)

    def dataflow(self, dataflow: str, *, where: str) -> Reference:
        """Return the reference to a dataflow.

        Raises:
            StructureError: It does not exist.
        """
        return self._to("Dataflow", existing(self.standard.dataflows, "Dataflow", dataflow, where=where))

    def _own_or_foreign(self, kind: str, name: str, own: Container[str], where: str) -> Reference:
        if not is_foreign(name):
            return self._to(kind, existing(own, kind, name, where=where))
        reference = foreign_reference(kind, name)
        if reference is None:
            raise StructureError("structure-reference-unknown", where=where, kind=kind, id=name)
        return reference

    def _to(self, kind: str, artefact: str, item: str = "") -> Reference:
        return Reference(kind, self.standard.agency, artefact, self.version, item)
