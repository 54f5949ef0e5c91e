"""What a schema is made for, found among the artefacts."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from icstip.artefacts.base import Maintainable, Reference
from icstip.artefacts.collection import Artefacts
from icstip.artefacts.data_structure import Dataflow, DataStructure, ProvisionAgreement
from icstip.artefacts.resolution import resolve
from icstip.errors import StructureError


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
