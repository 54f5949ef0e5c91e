"""Structure messages: header, code lists, concept schemes and dataflows, as every version of SDMX-ML has them."""

from abc import abstractmethod
from collections.abc import Callable, Mapping
from typing import ClassVar

from lxml import etree
from sdmx.message import StructureMessage
from sdmx.model.common import (
    BaseDataflow,
    Codelist,
    Concept,
    ConceptScheme,
    Item,
    ItemScheme,
    MaintainableArtefact,
    MissingID,
)

from icstip.errors import StructureError
from icstip.messages.data_structure_xml import DataStructureXml
from icstip.messages.structure_header import Party, StructureHeader
from icstip.messages.xml import child, localised, serialise


class StructureXml(DataStructureXml):
    """Writes a structure message. A subclass says how its version of SDMX-ML differs."""

    #: Collections of the message and the elements that hold them, in the order of the schema.
    containers: ClassVar[Mapping[str, str]]

    @abstractmethod
    def item_parent(self, element: etree._Element, item: Item) -> None:
        """Add the parent of an item, if it has one that this version of SDMX-ML can write as such."""

    def write(self, message: StructureMessage, header: StructureHeader) -> bytes:
        """Return the message as a document: equal messages give equal bytes.

        Artefacts that sdmx1 only made up while it read a reference, without a name or without an id, are left out.

        Args:
            message: The artefacts, in the order in which they are written.
            header: Its header.

        Raises:
            StructureError: The message holds what cannot be written in this format.
        """
        self._refuse_other_kinds(message)
        root = etree.Element(self.namespaces.message_tag("Structure"), nsmap=self.namespaces.prefixes)
        self._header(root, header)
        structures = child(root, self.namespaces.message_tag("Structures"))
        for collection, container in self.containers.items():
            artefacts = [artefact for artefact in getattr(message, collection).values() if not _is_stub(artefact)]
            if artefacts:
                element = child(structures, self.namespaces.structure_tag(container))
                for artefact in artefacts:
                    self._writers[collection](element, artefact)
        return serialise(root)

    def codelist(self, parent: etree._Element, codelist: Codelist) -> None:
        """Add a code list.

        Raises:
            StructureError: It extends other lists, or is a geographic one.
        """
        if type(codelist) is not Codelist:
            raise self._unwritten(type(codelist).__name__, codelist)
        if getattr(codelist, "extends", None):
            raise self._unwritten("CodelistExtension", codelist)
        element = self._item_scheme(parent, "Codelist", codelist)
        for code in codelist:
            self._item(element, "Code", code, codelist)

    def concept_scheme(self, parent: etree._Element, scheme: ConceptScheme) -> None:
        """Add a concept scheme."""
        element = self._item_scheme(parent, "ConceptScheme", scheme)
        for concept in scheme:
            self._concept(self._item(element, "Concept", concept, scheme), concept)

    def dataflow(self, parent: etree._Element, dataflow: BaseDataflow) -> None:
        """Add a dataflow."""
        element = self.maintainable(parent, "Dataflow", dataflow)
        if dataflow.structure is not None and dataflow.structure.id is not MissingID:
            self.reference(element, "Structure", "DataStructure", dataflow.structure)

    @property
    def _writers(self) -> Mapping[str, Callable[[etree._Element, MaintainableArtefact], None]]:
        return {
            "codelist": self.codelist,
            "concept_scheme": self.concept_scheme,
            "structure": self.data_structure,
            "dataflow": self.dataflow,
        }

    def _refuse_other_kinds(self, message: StructureMessage) -> None:
        for collection, _ in message.iter_collections():
            if collection not in self.containers:
                for artefact in getattr(message, collection).values():
                    if not _is_stub(artefact):
                        raise self._unwritten(type(artefact).__name__, artefact)

    def _item_scheme(self, parent: etree._Element, kind: str, scheme: ItemScheme) -> etree._Element:
        element = self.maintainable(parent, kind, scheme)
        if scheme.is_partial in {True, "true"}:
            element.set("isPartial", "true")
        return element

    def _item(self, parent: etree._Element, kind: str, item: Item, scheme: ItemScheme) -> etree._Element:
        element = child(
            parent, self.namespaces.structure_tag(kind), id=item.id, urn=self.urn(kind, scheme, item.id), uri=item.uri
        )
        self.annotations(element, self.annotations_of(item))
        self.names(element, item)
        self.item_parent(element, item)
        return element

    def _concept(self, element: etree._Element, concept: Concept) -> None:
        self.representation(element, "CoreRepresentation", concept.core_representation, where=concept.id)
        if concept.iso_concept is not None:
            reference = child(element, self.namespaces.structure_tag("ISOConceptReference"))
            child(reference, self.namespaces.structure_tag("ConceptAgency"), concept.iso_concept.agency)
            child(reference, self.namespaces.structure_tag("ConceptSchemeID"), concept.iso_concept.scheme_id)
            child(reference, self.namespaces.structure_tag("ConceptID"), concept.iso_concept.id)

    def _unwritten(self, kind: str, artefact: MaintainableArtefact) -> StructureError:
        return StructureError("structure-kind-unwritten", where=artefact.id, kind=kind, format=self.format_name)

    def _header(self, root: etree._Element, header: StructureHeader) -> None:
        tag_of = self.namespaces.message_tag
        element = child(root, tag_of("Header"))
        child(element, tag_of("ID"), header.id)
        child(element, tag_of("Test"), "true" if header.test else "false")
        child(element, tag_of("Prepared"), header.prepared)
        self._party(element, "Sender", header.sender)
        if header.receiver is not None:
            self._party(element, "Receiver", header.receiver)
        for language, text in header.source.items():
            localised(element, tag_of("Source"), language, text)

    def _party(self, header: etree._Element, tag: str, party: Party) -> None:
        element = child(header, self.namespaces.message_tag(tag), id=party.id)
        for language, name in party.name.items():
            localised(element, self.namespaces.common_tag("Name"), language, name)


def parent_of(item: Item) -> str | None:
    """Return the id of the item that an item is below, or None at the top."""
    return str(item.parent.id) if isinstance(item.parent, Item) else None


def _is_stub(artefact: MaintainableArtefact) -> bool:
    # For an attribute of the data set in SDMX-ML 3.0 the reader of sdmx1 makes up a dataflow without an id.
    is_reference = bool(artefact.is_external_reference) and not artefact.name.localizations
    return is_reference or artefact.id is MissingID
