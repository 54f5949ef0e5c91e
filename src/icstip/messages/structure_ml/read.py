"""Reading structure messages in SDMX-ML 2.1, 3.0 and 3.1."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from lxml import etree

from icstip.artefacts.base import Maintainable, Reference
from icstip.artefacts.collection import Artefacts
from icstip.artefacts.items import (
    AgencyScheme,
    CategoryScheme,
    ConceptScheme,
    DataConsumerScheme,
    DataProviderScheme,
    MetadataProviderScheme,
    OrganisationUnitScheme,
)
from icstip.errors import FormatError
from icstip.messages.document import StructureDocument
from icstip.messages.structure_ml.dialect import DIALECTS, Dialect
from icstip.messages.structure_ml.reading import constraint, data_structure, hierarchy, items, maps
from icstip.messages.structure_ml.reading.base import Node, NotUnderstoodError, Reading
from icstip.messages.structure_ml.reading.header import header
from icstip.messages.structure_ml.reading.reference import settled
from icstip.messages.xml import parse

_READERS: Final[Mapping[str, Callable[[Node], Maintainable | tuple[Maintainable, ...]]]] = {
    "AgencyScheme": items.item_scheme(AgencyScheme),
    "DataProviderScheme": items.item_scheme(DataProviderScheme),
    "DataConsumerScheme": items.item_scheme(DataConsumerScheme),
    "MetadataProviderScheme": items.item_scheme(MetadataProviderScheme),
    "OrganisationUnitScheme": items.item_scheme(OrganisationUnitScheme),
    "Codelist": items.codelist,
    "ValueList": items.value_list,
    "ConceptScheme": items.item_scheme(ConceptScheme),
    "CategoryScheme": items.item_scheme(CategoryScheme),
    "Categorisation": data_structure.categorisation,
    "DataStructure": data_structure.data_structure,
    "Dataflow": data_structure.dataflow,
    "ProvisionAgreement": data_structure.provision_agreement,
    "ContentConstraint": constraint.data_constraint,
    "DataConstraint": constraint.data_constraint,
    "AvailabilityConstraint": constraint.availability_constraint,
    "HierarchicalCodelist": hierarchy.hierarchical_codelist,
    "Hierarchy": hierarchy.hierarchy,
    "RepresentationMap": maps.representation_map,
    "StructureMap": maps.structure_map,
}


def read(content: bytes, where: str) -> StructureDocument:
    """Return the structure message that a file holds, with what of it was not read as findings.

    Args:
        content: The file.
        where: The file or address that it comes from, for the messages.

    Raises:
        FormatError: It is not well-formed XML, no structure message in SDMX-ML 2.1, 3.0 or 3.1, or an artefact has no
            id or agency.
    """
    root = parse(content, where=where)
    reading = Reading(_dialect_of(root, where), where)
    with reading.node(root) as message:
        head = header(message.node("Header"))
        artefacts = [artefact for box in message.nodes("Structures") for artefact in _artefacts(box)]
    if reading.dialect.says_final:
        artefacts = [settled(artefact, reading) for artefact in artefacts]
    kept = Artefacts.of(_first_of_each(artefacts, reading))
    return StructureDocument(reading.dialect.format_id, head, kept, reading.notices.findings)


def _dialect_of(root: etree._Element, where: str) -> Dialect:
    for dialect in DIALECTS:
        if root.tag == dialect.namespaces.message_tag("Structure"):
            return dialect
    raise FormatError("not-a-structure-message", where=where)


def _artefacts(structures: Node) -> Iterator[Maintainable]:
    """Yield the artefacts of a message. Its containers group them by class, which says nothing that they do not say."""
    reading = structures.reading
    for container in structures.every_child():
        for element in reading.node(container).every_child():
            yield from _artefacts_of(element, reading)
            reading.artefact = None


def _artefacts_of(element: etree._Element, reading: Reading) -> tuple[Maintainable, ...]:
    """Return what an element holds: one artefact, or several, or none if the model does not have such artefacts."""
    name = reading.name_of(element)
    reader = _READERS.get(name)
    if reader is None:
        reading.notices.not_read(etree.QName(element).localname, _told(element, name))
        return ()
    try:
        with reading.node(element) as node:
            found = reader(node)
    except NotUnderstoodError as error:
        reading.not_read(error.name)
        reading.not_read(name)
        return ()
    return found if isinstance(found, tuple) else (found,)


def _told(element: etree._Element, name: str) -> Reference | None:
    identity, agency, version = (element.get(part) for part in ("id", "agencyID", "version"))
    return Reference(name, agency, identity, version or "1.0") if identity and agency else None


def _first_of_each(artefacts: list[Maintainable], reading: Reading) -> Iterator[Maintainable]:
    """Yield artefacts without those that come again, which are told."""
    seen: set[Reference] = set()
    for artefact in artefacts:
        if artefact.reference in seen:
            reading.notices.not_read(artefact.kind, artefact)
        else:
            seen.add(artefact.reference)
            yield artefact
