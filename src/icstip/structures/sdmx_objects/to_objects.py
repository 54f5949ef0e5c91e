"""From artefacts to objects of sdmx1."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from sdmx.format import Version
from sdmx.message import Header, StructureMessage
from sdmx.model.common import Categorisation as SdmxCategorisation
from sdmx.model.common import MaintainableArtefact

from icstip.artefacts.base import Maintainable
from icstip.artefacts.collection import Artefacts
from icstip.artefacts.constraints import DataConstraint
from icstip.artefacts.data_structure import Categorisation, Dataflow, DataStructure, ProvisionAgreement
from icstip.artefacts.hierarchies import Hierarchy
from icstip.artefacts.items import (
    AgencyScheme,
    CategoryScheme,
    Codelist,
    ConceptScheme,
    DataConsumerScheme,
    DataProviderScheme,
    MetadataProviderScheme,
    OrganisationUnitScheme,
    ValueList,
)
from icstip.artefacts.notices import Notices
from icstip.artefacts.urn import urn_of
from icstip.structures.sdmx_objects.classes import CLASSES
from icstip.structures.sdmx_objects.constraints import fill_constraint
from icstip.structures.sdmx_objects.data_structures import (
    fill_data_structure,
    fill_dataflow,
    fill_provision_agreement,
)
from icstip.structures.sdmx_objects.hierarchies import fill_hierarchy
from icstip.structures.sdmx_objects.items import fill_codelist, fill_item_scheme, fill_value_list
from icstip.structures.sdmx_objects.parts import Losses, maintained
from icstip.structures.sdmx_objects.references import Targets

Pair = tuple[Maintainable, MaintainableArtefact]


def to_sdmx1(artefacts: Artefacts, header: Header | None = None, notices: Notices | None = None) -> StructureMessage:
    """Return artefacts as objects of `sdmx.model.v30`, in their order.

    The objects refer to each other; what is not in the artefacts is an external reference that only knows its identity.
    A version with an extension is not final, another semantic version is. Each object is under its id in the message,
    or under agency, id and version as far as it takes to tell it from others.

    `icstip.structures.sdmx_objects.from_objects.from_sdmx1` returns the same artefacts again, as long as they have
    nothing that sdmx1 cannot hold. That is told as a notice:

    - structure maps and representation maps, which are left out;
    - links, addresses of annotations in languages or more than one, that languages were left out;
    - several roles of a component or one of a time dimension, that a measure is mandatory, which measures an attribute
      is about, several attachment groups, the constraint that a group is made by, that a structure evolves;
    - how many values a component can have, values that mean something of their own, that a text is in several
      languages, facets and data types that sdmx1 does not know;
    - the dimensions that a dataflow is constrained to;
    - of constraints: data sources, the release calendar, a second set of keys, annotations of regions and keys, the
      validity of regions and selections, languages of values, a second selection of the same component, attachment to
      what sdmx1 cannot have in a set; of keys also anything but values to include, which become a key each;
    - the address of a value, that a value list is partial, a second item of the same id;
    - ids of contacts and telephones beyond the first;
    - versions with wildcards, where what they mean is among the artefacts: they become its version.

    Something else comes back in another form that means the same, without a notice: what a constraint is attached to
    in the order of its URNs; the addresses of a contact in the order of the schemas; no representation for an empty
    one; no final flag for a semantic version; nothing for ``isMultiLingual`` and ``removePrefix`` where they are
    false. An external artefact without name and address is taken for a reference, and an annotation ``PARENT`` of a
    code without a parent for its parent.

    Args:
        artefacts: The artefacts.
        header: Header of the message.
        notices: Where to say what the objects cannot hold.
    """
    said = notices or Notices("sdmx1", "sdmx1")
    pairs: list[Pair] = []
    for artefact in Artefacts.of(artefacts):
        if type(artefact) in _FILLED:
            given = maintained(artefact, Losses(said, artefact))
            pairs.append((artefact, CLASSES[artefact.kind](**given)))
        else:
            said.left_out(artefact, "not-in-format")
    targets = Targets({artefact.reference: built for artefact, built in pairs})
    for artefact, built in pairs:
        _FILLED[type(artefact)](artefact, built, targets, Losses(said, artefact))
    message = StructureMessage(version=Version["3.0"], header=header or Header())
    _add(message, pairs)
    return message


def _fill_categorisation(
    artefact: Categorisation, categorisation: SdmxCategorisation, targets: Targets, losses: Losses
) -> None:
    categorisation.artefact = targets.find(artefact.source, losses)
    categorisation.category = targets.find(artefact.target, losses)


_FILLED: Final[Mapping[type[Maintainable], Callable[..., None]]] = {
    AgencyScheme: fill_item_scheme,
    DataProviderScheme: fill_item_scheme,
    DataConsumerScheme: fill_item_scheme,
    MetadataProviderScheme: fill_item_scheme,
    OrganisationUnitScheme: fill_item_scheme,
    Codelist: fill_codelist,
    ValueList: fill_value_list,
    ConceptScheme: fill_item_scheme,
    DataStructure: fill_data_structure,
    Dataflow: fill_dataflow,
    ProvisionAgreement: fill_provision_agreement,
    DataConstraint: fill_constraint,
    CategoryScheme: fill_item_scheme,
    Categorisation: _fill_categorisation,
    Hierarchy: fill_hierarchy,
}


def _add(message: StructureMessage, pairs: Sequence[Pair]) -> None:
    for name, cls in message.iter_collections():
        found = [pair for pair in pairs if isinstance(pair[1], cls)]
        keys = _keys([artefact for artefact, _ in found])
        getattr(message, name).update(zip(keys, (built for _, built in found), strict=True))


def _keys(artefacts: Sequence[Maintainable]) -> Sequence[str]:
    """Return a key for each artefact of a collection: as sdmx1 has it when it reads, no longer than it takes."""
    if not artefacts:
        return ()
    forms = zip(*map(_names, artefacts), strict=True)
    return next((form for form in forms if len(set(form)) == len(artefacts)), [urn_of(a.reference) for a in artefacts])


def _names(artefact: Maintainable) -> Iterator[str]:
    yield artefact.id
    yield f"{artefact.agency}:{artefact.id}"
    yield f"{artefact.agency}:{artefact.id}({artefact.version})"
