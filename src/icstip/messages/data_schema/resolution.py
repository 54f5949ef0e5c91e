"""What a schema is made for, and what it refers to, found among the artefacts."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from icstip.artefacts.base import Maintainable, Reference, Representation
from icstip.artefacts.collection import Artefacts, maintainable_reference
from icstip.artefacts.data_structure import Component, Dataflow, DataStructure, ProvisionAgreement
from icstip.artefacts.items import ConceptScheme
from icstip.errors import StructureError

# The latest version with the numbers before the one with `+`: 1.0+.0 may be 1.1.0 but not 2.0.0 (SDMX 3.0 §6, semantic
# versioning).
_FROM_ON: Final = re.compile(r"\d+(\.\d+)*\+?(\.\d+)*")
_ANY: Final = "*"


@dataclass(frozen=True, slots=True)
class Subject:
    """What a schema is made for.

    Attributes:
        artefact: The provision agreement, dataflow or data structure whose data are described.
        structure: Its data structure, with the dimensions that the dataflow is constrained to.
        above: All that constraints can be attached to: the artefact, its dataflow, its data structure.
        is_narrowed: Whether the dataflow is constrained to some of the dimensions.
    """

    artefact: Maintainable
    structure: DataStructure
    above: tuple[Maintainable, ...]
    is_narrowed: bool


def subject_of(artefacts: Artefacts, reference: Reference) -> Subject:
    """Return what a reference to a data structure, dataflow or provision agreement refers to, with what it needs.

    Raises:
        StructureError: It is none of those, or it or its data structure is not among the artefacts.
    """
    above = tuple(_above(artefacts, reference))
    artefact, structure = above[0], above[-1]
    assert isinstance(structure, DataStructure)  # noqa: S101 - where _above ends
    kept = next((flow.dimensions for flow in above if isinstance(flow, Dataflow)), ())
    return Subject(artefact, _narrowed(structure, kept), above, is_narrowed=bool(kept))


def resolve(artefacts: Artefacts, reference: Reference) -> Maintainable | None:
    """Return the artefact that a reference refers to, or the latest one if it leaves the version open."""
    found = artefacts.find(reference)
    if found is not None or not _is_open(reference.version):
        return found
    wanted = maintainable_reference(reference)
    fitting = [
        artefact
        for artefact in artefacts
        if (artefact.kind, artefact.agency, artefact.id) == (wanted.kind, wanted.agency, wanted.id)
        and _fits(artefact.version, wanted.version)
    ]
    return max(fitting, key=lambda one: (_numbers(one.version), "-" not in one.version), default=None)


def representation_of(artefacts: Artefacts, component: Component) -> tuple[Representation, bool]:
    """Return the representation of a component, and whether it is the one of its concept.

    The one of the component goes before the core representation of the concept; without either it is a text
    (SDMX 3.0 §3A part IV, representation determination).

    Raises:
        StructureError: It has none, and its concept is not among the artefacts.
    """
    if component.representation is not None:
        return component.representation, False
    scheme = resolve(artefacts, component.concept)
    if isinstance(scheme, ConceptScheme):
        for concept in scheme.items:
            if concept.id == component.concept.item:
                return concept.representation or Representation(), concept.representation is not None
    raise StructureError("schema-concept-absent", where=component.id, concept=str(component.concept))


def _above(artefacts: Artefacts, reference: Reference) -> Iterator[Maintainable]:
    target: Reference | None = reference
    while target is not None:
        found = resolve(artefacts, target)
        if not isinstance(found, DataStructure | Dataflow | ProvisionAgreement):
            break
        yield found
        if isinstance(found, DataStructure):
            return
        target = found.structure if isinstance(found, Dataflow) else found.dataflow
    raise StructureError("schema-structure-absent", where=str(reference), structure=str(target or reference))


def _narrowed(structure: DataStructure, kept: tuple[str, ...]) -> DataStructure:
    if not kept:
        return structure
    return replace(structure, dimensions=tuple(one for one in structure.dimensions if one.id in kept))


def _is_open(version: str) -> bool:
    return "+" in version or _ANY in version


def _fits(version: str, wanted: str) -> bool:
    if wanted == _ANY:
        return True
    if not _FROM_ON.fullmatch(wanted):
        return False
    fixed = wanted.partition("+")[0].count(".")
    have, least = _numbers(version), _numbers(wanted)
    return have[:fixed] == least[:fixed] and have >= least


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", version.partition("-")[0]))
