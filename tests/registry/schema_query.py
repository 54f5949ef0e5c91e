"""What a schema query finds: all that data of one structure must look like (SDMX-REST 2.1, doc/schema.md)."""

from collections.abc import Iterator
from http import HTTPStatus

from tests.registry.details import codes_allowed, extended, only
from tests.registry.exchange import RefusedError
from tests.registry.references import references_in

from icstip.artefacts.base import Maintainable, Reference
from icstip.artefacts.collection import Artefacts
from icstip.artefacts.constraints import ALLOWED, DataConstraint
from icstip.artefacts.data_structure import Dataflow, DataStructure, ProvisionAgreement
from icstip.artefacts.items import ItemScheme
from icstip.artefacts.resolution import resolve


def schema_artefacts(context: Maintainable, known: Artefacts) -> Artefacts:
    """Return the data structure of a context with what it refers to, of code lists only the codes that are allowed.

    The constraints of the context and of all above it apply together.

    Args:
        context: A data structure, a dataflow or a provision agreement.
        known: All artefacts.

    Raises:
        RefusedError: The context has no data structure.
    """
    chain = [context, *_above(context, known)]
    structure = chain[-1]
    if not isinstance(structure, DataStructure):
        raise RefusedError(HTTPStatus.NOT_FOUND, "the context has no data structure")
    attached = {artefact.reference for artefact in chain}
    allowed: dict[Reference, set[str]] = {}
    for constraint in known.all_of(DataConstraint):
        if constraint.role == ALLOWED and attached & {*constraint.attachment}:
            for reference, codes in codes_allowed(constraint, known).items():
                allowed[reference] = allowed.get(reference, codes) & codes
    below = (extended(one, known) for one in _below(structure, known))
    return Artefacts.of((structure, *(_restricted(one, allowed) for one in below)))


def _restricted(artefact: Maintainable, allowed: dict[Reference, set[str]]) -> Maintainable:
    if isinstance(artefact, ItemScheme) and artefact.reference in allowed:
        return only(artefact, allowed[artefact.reference])
    return artefact


def _above(context: Maintainable, known: Artefacts) -> Iterator[Maintainable]:
    upwards = None
    if isinstance(context, Dataflow):
        upwards = context.structure
    elif isinstance(context, ProvisionAgreement):
        upwards = context.dataflow
    target = resolve(known, upwards) if upwards is not None else None
    if target is not None:
        yield target
        yield from _above(target, known)


def _below(structure: Maintainable, known: Artefacts) -> Iterator[Maintainable]:
    seen = {structure.reference}
    newest = [structure]
    while newest:
        found = [resolve(known, reference) for artefact in newest for reference in references_in(artefact)]
        newest = []
        for artefact in found:
            if artefact is not None and artefact.reference not in seen:
                seen.add(artefact.reference)
                newest.append(artefact)
                yield artefact
