"""Structure messages in SDMX-ML 2.1, 3.0 and 3.1 from artefacts. What a version does not have, the notices say."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import groupby
from typing import Any, Final

from icstip.artefacts.base import Maintainable, Reference
from icstip.artefacts.collection import Artefacts
from icstip.artefacts.constraints import DataConstraint
from icstip.artefacts.kinds import ITEM_KINDS
from icstip.artefacts.notices import Notices
from icstip.messages.structure_header import Party, StructureHeader
from icstip.messages.structure_ml.dialect import AVAILABILITY, D21, D30, D31, Dialect
from icstip.messages.structure_ml.versions import References, written_version
from icstip.messages.structure_ml.writing.base import Writing, truth
from icstip.messages.structure_ml.writing.constraint import is_availability, write_availability, write_constraint
from icstip.messages.structure_ml.writing.data_structure import (
    write_categorisation,
    write_data_structure,
    write_dataflow,
    write_provision_agreement,
)
from icstip.messages.structure_ml.writing.hierarchy import write_hierarchy
from icstip.messages.structure_ml.writing.items import write_category_scheme, write_item_scheme, write_value_list
from icstip.messages.structure_ml.writing.maps import write_representation_map, write_structure_map
from icstip.messages.xml_text import Element, XmlText

# A writer takes the element of the container, and an artefact of the class that it stands for here.
_Writer = Callable[[Any, Any, Writing], None]

_WRITERS: Final[Mapping[str, _Writer]] = {
    **dict.fromkeys(ITEM_KINDS, write_item_scheme),
    "CategoryScheme": write_category_scheme,
    "ValueList": write_value_list,
    "DataStructure": write_data_structure,
    "Dataflow": write_dataflow,
    "ProvisionAgreement": write_provision_agreement,
    "Categorisation": write_categorisation,
    "DataConstraint": write_constraint,
    "AvailabilityConstraint": write_availability,
    "Hierarchy": write_hierarchy,
    "RepresentationMap": write_representation_map,
    "StructureMap": write_structure_map,
}


def write_21(artefacts: Artefacts, header: StructureHeader, notices: Notices) -> bytes:
    """Return a structure message in SDMX-ML 2.1: equal artefacts give equal bytes.

    Args:
        artefacts: What it holds, in the order in which artefacts of a class are written.
        header: Its header.
        notices: Where to say what the version cannot say.

    Raises:
        StructureError: An artefact is broken in itself: it has no name, or an id that the schema does not allow.
    """
    return _write(artefacts, header, notices, D21)


def write_30(artefacts: Artefacts, header: StructureHeader, notices: Notices) -> bytes:
    """Return a structure message in SDMX-ML 3.0: see `write_21`."""
    return _write(artefacts, header, notices, D30)


def write_31(artefacts: Artefacts, header: StructureHeader, notices: Notices) -> bytes:
    """Return a structure message in SDMX-ML 3.1: see `write_21`."""
    return _write(artefacts, header, notices, D31)


def _write(artefacts: Artefacts, header: StructureHeader, notices: Notices, dialect: Dialect) -> bytes:
    prefixes = {f"xmlns:{prefix}": namespace for prefix, namespace in dialect.namespaces.prefixes.items()}
    document = XmlText("mes:Structure", **prefixes)
    _write_header(document.root, header)
    structures = document.root.child("mes:Structures")
    references = References(artefacts, dialect)
    filed = _filed(artefacts, dialect, notices)
    containers = _containers(dialect)
    for container, kinds in groupby(containers, key=containers.__getitem__):
        within = [(kind, artefact) for kind in kinds for artefact in filed[kind]]
        if not within:
            continue
        box = structures.child(f"str:{container}")
        for kind, artefact in within:
            _WRITERS[kind](box, artefact, Writing(dialect, notices, references, artefact))
        if not box.has_children:  # all that it was for is left out
            box.discard()
    return document.content()


def _containers(dialect: Dialect) -> Mapping[str, str]:
    """Return the containers of all classes that have writers of their own."""
    if dialect.constraint_role is None:
        container, kind = AVAILABILITY
        return {**dialect.containers, kind: container}
    return dialect.containers


def _filed(artefacts: Artefacts, dialect: Dialect, notices: Notices) -> Mapping[str, list[Maintainable]]:
    """Return the artefacts that the version of SDMX-ML has, by the class that it has them in."""
    filed: defaultdict[str, list[Maintainable]] = defaultdict(list)
    written: set[Reference] = set()
    exact = {artefact.reference for artefact in artefacts}
    for artefact in artefacts:
        version = written_version(artefact.kind, artefact.version, dialect)
        said = replace(artefact.reference, version=version)
        if artefact.kind not in dialect.containers:
            notices.left_out(artefact, "not-in-format")
        elif said in written or (said in exact and artefact.version != version):
            notices.left_out(artefact, "same-version")  # 1.0.0-draft, where 1.0.0 is in the message too
        else:
            written.add(said)
            filed[_kind(artefact, dialect)].append(artefact)
    return filed


def _kind(artefact: Maintainable, dialect: Dialect) -> str:
    if isinstance(artefact, DataConstraint) and is_availability(artefact, dialect):
        return AVAILABILITY[1]
    return artefact.kind


def _write_header(root: Element, header: StructureHeader) -> None:
    element = root.child("mes:Header")
    element.child("mes:ID", header.id)
    element.child("mes:Test", truth(value=header.test))
    element.child("mes:Prepared", header.prepared)
    _write_party(element, "mes:Sender", header.sender)
    if header.receiver is not None:
        _write_party(element, "mes:Receiver", header.receiver)
    for language, text in header.source.items():
        element.localised("mes:Source", language, text)


def _write_party(header: Element, tag: str, party: Party) -> None:
    element = header.child(tag, id=party.id)
    for language, name in party.name.items():
        element.localised("com:Name", language, name)
