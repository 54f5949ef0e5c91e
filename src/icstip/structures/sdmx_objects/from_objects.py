"""From objects of sdmx1 to artefacts."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from sdmx.format import Version
from sdmx.message import StructureMessage
from sdmx.model import common, v21, v30

from icstip.artefacts.base import Maintainable, Reference
from icstip.artefacts.collection import Artefacts, maintainable_reference
from icstip.artefacts.data_structure import Categorisation
from icstip.artefacts.notices import Notices
from icstip.artefacts.walk import with_references
from icstip.structures.sdmx_objects.constraints import read_constraint
from icstip.structures.sdmx_objects.data_structures import (
    read_data_structure,
    read_dataflow,
    read_provision_agreement,
)
from icstip.structures.sdmx_objects.hierarchies import read_hierarchical_codelist, read_hierarchy
from icstip.structures.sdmx_objects.items import read_codelist, read_item_scheme, read_value_list
from icstip.structures.sdmx_objects.parts import Reading, agency_of, maintainable, truth, version_of
from icstip.structures.sdmx_objects.references import reference_of


def from_sdmx1(message: StructureMessage, notices: Notices | None = None) -> Artefacts:
    """Return the artefacts of a message that sdmx1 has read, or that somebody has made of its objects.

    The objects can be those of SDMX 2.1 or 3.0. In a message with any object of `sdmx.model.v30` the version says what
    is final, as in SDMX 3.x, where the readers of sdmx1 call nothing final; in others a semantic version of what is not
    final gets the extension ``-draft``, also in references to it. References that sdmx1 made objects of while it read
    are no artefacts, nor is the agency of a list of agencies in the list, where it gets while sdmx1 reads.

    What sdmx1 does not keep while it reads is not in the objects. Some of it cannot be told from what was never there:
    it has ``isFinal`` as false where nobody says it, texts without a language as English, and categories below another
    one in reverse order; references with a wildcard as version to what is not in the message become version 1.0.

    Args:
        message: The message.
        notices: Where to say what is not read: artefacts that the model does not have, and what sdmx1 could not
            resolve.

    Raises:
        StructureError: An artefact has no agency, a component no concept, a concept no scheme, or an attribute nothing
            that it is related to.
    """
    maintainers = frozenset(id(artefact.maintainer) for artefact in _objects(message))
    reading = Reading(notices or Notices("sdmx1", "sdmx1"), is_3x=_is_3x(message), maintainers=maintainers)
    found = list(_artefacts(message, reading))
    if reading.renamed:
        found = [with_references(artefact, lambda target: _settled(target, reading)) for artefact in found]
    return Artefacts.of(found)


def _artefacts(message: StructureMessage, reading: Reading) -> Iterator[Maintainable]:
    for artefact in _objects(message):
        if artefact.id is common.MissingID:
            # The reader of SDMX-ML 3.0 makes up such a dataflow for the attributes of a data set.
            if not isinstance(artefact, common.BaseDataflow):
                reading.notices.not_read(type(artefact).__name__)
        elif not _is_reference(artefact):
            reader = next((_READERS[cls] for cls in type(artefact).__mro__ if cls in _READERS), _not_read)
            yield from reader(artefact, reading)


def _objects(message: StructureMessage) -> Iterator[common.MaintainableArtefact]:
    for name, _ in message.iter_collections():
        yield from getattr(message, name).values()


def _is_reference(artefact: common.MaintainableArtefact) -> bool:
    """Return whether an object is nothing but a reference that a reader of sdmx1 made an object of."""
    known = artefact.name or artefact.service_url or artefact.structure_url
    return truth(artefact.is_external_reference) and not known


def _is_3x(message: StructureMessage) -> bool:
    if message.version == Version["3.0"]:
        return True
    return any(map(_is_of_30, _objects(message)))


def _is_of_30(artefact: common.MaintainableArtefact) -> bool:
    # The reader of SDMX-ML 3.0 gives every code list the extensions that those of 2.1 do not have.
    if type(artefact).__module__ == v30.__name__ or "extends" in vars(artefact):
        return True
    items: Iterable[common.AnnotableArtefact] = vars(artefact).get("items", {}).values()
    return any(isinstance(note, v30.Annotation) for thing in (artefact, *items) for note in thing.annotations)


def _read_categorisation(categorisation: common.Categorisation, reading: Reading) -> Iterator[Maintainable]:
    """Yield the artefact of a categorisation; one of what nobody knows is not read."""
    fields = maintainable(categorisation, reading)
    source, target = reference_of(categorisation.artefact), reference_of(categorisation.category)
    if source is None or target is None:
        where = Reference("Categorisation", fields["agency"], fields["id"], fields["version"])
        reading.not_read("Categorisation", where)
    else:
        yield Categorisation(**fields, source=source, target=target)


def _not_read(artefact: common.MaintainableArtefact, reading: Reading) -> Iterator[Maintainable]:
    name = type(artefact).__name__
    known = Reference(name, agency_of(artefact), str(artefact.id), version_of(artefact))
    reading.not_read(name, reference_of(artefact) or known)
    return iter(())


_READERS: Final[Mapping[type, Callable[..., Iterator[Maintainable]]]] = {
    common.OrganisationScheme: read_item_scheme,
    common.ConceptScheme: read_item_scheme,
    common.CategoryScheme: read_item_scheme,
    common.Codelist: read_codelist,
    v30.ValueList: read_value_list,
    common.BaseDataStructureDefinition: read_data_structure,
    common.BaseDataflow: read_dataflow,
    common.ProvisionAgreement: read_provision_agreement,
    v21.ContentConstraint: read_constraint,
    v30.DataConstraint: read_constraint,
    common.Categorisation: _read_categorisation,
    v30.Hierarchy: read_hierarchy,
    v21.HierarchicalCodelist: read_hierarchical_codelist,
}


def _settled(target: Reference, reading: Reading) -> Reference:
    """Return a reference to what the artefact that it refers to has become in the model."""
    whole = reading.renamed.get(maintainable_reference(target))
    if whole is None:
        return target
    return replace(target, version=whole.version) if target.item else whole
