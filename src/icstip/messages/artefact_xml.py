"""Identifiers, names and annotations of artefacts as SDMX-ML elements: what its versions have in common."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from typing import ClassVar, Final

from lxml import etree
from sdmx.model.common import (
    AnnotableArtefact,
    BaseAnnotation,
    InternationalString,
    MaintainableArtefact,
    NameableArtefact,
)
from sdmx.model.v30 import Annotation

from icstip.errors import StructureError
from icstip.messages.xml import Namespaces, child, localised

PACKAGES: Final[Mapping[str, str]] = {
    "Codelist": "codelist",
    "Code": "codelist",
    "ValueList": "codelist",
    "ConceptScheme": "conceptscheme",
    "Concept": "conceptscheme",
    "DataStructure": "datastructure",
    "Dataflow": "datastructure",
    "DimensionDescriptor": "datastructure",
    "Dimension": "datastructure",
    "TimeDimension": "datastructure",
    "MeasureDimension": "datastructure",
    "GroupDimensionDescriptor": "datastructure",
    "AttributeDescriptor": "datastructure",
    "DataAttribute": "datastructure",
    "MeasureDescriptor": "datastructure",
    "Measure": "datastructure",
    "PrimaryMeasure": "datastructure",
}
"""The package of each class of the information model, which is part of its URNs and references."""


class ArtefactXml(ABC):
    """Writes the parts that every artefact has. A subclass says how its version of SDMX-ML differs."""

    namespaces: ClassVar[Namespaces]

    @abstractmethod
    def version(self, artefact: MaintainableArtefact) -> str:
        """Return the version as this version of SDMX-ML writes it."""

    @abstractmethod
    def standing(self, artefact: MaintainableArtefact) -> dict[str, str]:
        """Return the attributes that say whether an artefact is final."""

    @abstractmethod
    def reference(
        self, parent: etree._Element, tag: str, kind: str, artefact: MaintainableArtefact, item: str | None = None
    ) -> None:
        """Add a reference to an artefact, or to an item of it.

        Args:
            parent: The element that refers.
            tag: Local name of the referring element.
            kind: Class of what is referred to, a key of `PACKAGES`.
            artefact: The artefact.
            item: Id of the item of it.
        """

    @abstractmethod
    def local_reference(self, parent: etree._Element, tag: str, target: str) -> None:
        """Add a reference to something in the same artefact."""

    @abstractmethod
    def annotations_of(self, annotable: AnnotableArtefact) -> Iterable[BaseAnnotation]:
        """Return the annotations in a form that this version of SDMX-ML can write."""

    def urn(self, kind: str, artefact: MaintainableArtefact, item: str | None = None) -> str:
        """Return the URN of an artefact, or of an item or component of it (SDMX 3.0 §5 registry specification, 6.2)."""
        artefact_id = f"{agency(artefact)}:{artefact.id}({self.version(artefact)})"
        return f"urn:sdmx:org.sdmx.infomodel.{PACKAGES[kind]}.{kind}={artefact_id}{'' if item is None else '.' + item}"

    def maintainable(self, parent: etree._Element, kind: str, artefact: MaintainableArtefact) -> etree._Element:
        """Return the new element of a maintainable artefact, with all that such an artefact has."""
        element = child(
            parent,
            self.namespaces.structure_tag(kind),
            id=artefact.id,
            urn=self.urn(kind, artefact),
            uri=artefact.uri,
            agencyID=agency(artefact),
            version=self.version(artefact),
            validFrom=artefact.valid_from,
            validTo=artefact.valid_to,
            **self.standing(artefact),
            isExternalReference=truth(value=artefact.is_external_reference),
            serviceURL=artefact.service_url,
            structureURL=artefact.structure_url,
        )
        self.annotations(element, self.annotations_of(artefact))
        self.names(element, artefact)
        return element

    def annotations(self, element: etree._Element, annotations: Iterable[BaseAnnotation]) -> None:
        """Add annotations, which precede everything else in an element."""
        tag_of = self.namespaces.common_tag
        for annotation in annotations:
            if not len(element) or element[-1].tag != tag_of("Annotations"):
                child(element, tag_of("Annotations"))
            self._annotation(element[-1], annotation)

    def names(self, element: etree._Element, nameable: NameableArtefact) -> None:
        """Add the names in all languages, then the descriptions.

        Raises:
            StructureError: There is no name, which SDMX-ML does not allow.
        """
        if not nameable.name.localizations:
            raise StructureError("structure-unnamed", where=nameable.id)
        self.texts(element, "Name", nameable.name)
        self.texts(element, "Description", nameable.description)

    def texts(self, element: etree._Element, tag: str, texts: InternationalString) -> None:
        """Add a text in all its languages."""
        for language, text in texts.localizations.items():
            localised(element, self.namespaces.common_tag(tag), language, text)

    def _annotation(self, parent: etree._Element, annotation: BaseAnnotation) -> None:
        tag_of = self.namespaces.common_tag
        element = child(parent, tag_of("Annotation"), id=annotation.id)
        given = (
            ("AnnotationTitle", annotation.title),
            ("AnnotationType", annotation.type),
            ("AnnotationURL", annotation.url),
        )
        for tag, text in given:
            if text is not None:
                child(element, tag_of(tag), text)
        self.texts(element, "AnnotationText", annotation.text)
        if annotation.value is not None:
            child(element, tag_of("AnnotationValue"), annotation.value)


def agency(artefact: MaintainableArtefact) -> str:
    """Return the id of the agency that maintains an artefact.

    Raises:
        StructureError: It has none, so that nothing can refer to it.
    """
    if artefact.maintainer is None:
        raise StructureError("structure-without-agency", where=artefact.id)
    return str(artefact.maintainer.id)


def version(artefact: MaintainableArtefact) -> str:
    """Return the version of an artefact; one without is version 1.0 (SDMX 2.1 §3A, common types)."""
    return str(artefact.version or "1.0")


def truth(*, value: object) -> str:
    """Return ``true`` or ``false``; sdmx1 reads some truth values as text."""
    return "true" if value is True or value == "true" else "false"


def titled(kind: str | None, title: str) -> BaseAnnotation:
    """Return an annotation that has a type and, as its title, a value."""
    return Annotation(type=kind, title=title)
