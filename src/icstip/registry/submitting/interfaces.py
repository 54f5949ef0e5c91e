"""The two interfaces by which registries take structures."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import groupby
from typing import TYPE_CHECKING, Final

from icstip.artefacts.base import Reference
from icstip.artefacts.urn import urn_of
from icstip.registry.planning.steps import Action, Step

if TYPE_CHECKING:  # the command line knows the names of the interfaces before it needs a network
    from icstip.registry.service import Service

FMR_PATH: Final = "/ws/secure/sdmxapi/rest"


class Interface(StrEnum):
    """An interface by which a registry takes structures."""

    FMR = "fmr"
    REST = "sdmx-rest"


@dataclass(frozen=True, slots=True)
class Sending:
    """One request that sends structures.

    Attributes:
        method: ``POST`` or ``PUT``.
        address: Where it goes.
        references: What is sent, in its order.
        headers: What the interface wants to know beside the format.
    """

    method: str
    address: str
    references: tuple[Reference, ...]
    headers: tuple[tuple[str, str], ...] = field(default=())


def interface_of(service: "Service") -> Interface:
    """Return the interface that a registry has, as far as its address says.

    The paths of Fusion Metadata Registry are its own; any other registry is taken to follow the SDMX standard for web
    services, which knows maintenance since version 2.
    """
    fmr = ("/sdmx/v2", "/ws/public/sdmxapi/rest")
    return Interface.FMR if service.base.endswith(fmr) else Interface.REST


def sendings(interface: Interface, service: "Service", steps: Sequence[Step]) -> Iterator[Sending]:
    """Yield the requests that do the steps of a plan, in the order of the plan.

    Args:
        interface: How the registry takes structures.
        service: Where it is.
        steps: The steps that change something.
    """
    yield from (_of_fmr if interface is Interface.FMR else _of_rest)(service, steps)


def _of_fmr(service: "Service", steps: Sequence[Step]) -> Iterator[Sending]:
    """Yield requests to Fusion Metadata Registry: what is there is overwritten only where the plan says so.

    Its action is always said, for it has one that deletes all else. What only creates is appended, which is refused if
    somebody else created it in the meantime.
    """
    merged = tuple(step.reference for step in steps if step.action is Action.MERGE)
    others = [step for step in steps if step.action is not Action.MERGE]
    address = service.root + FMR_PATH
    if merged:
        yield Sending("POST", address, merged, (("Action", "Merge"),))
    if others:
        only_new = all(step.action is Action.CREATE for step in others)
        references = tuple(step.reference for step in others)
        yield Sending("POST", address, references, (("Action", "Append" if only_new else "Replace"),))


def _of_rest(service: "Service", steps: Sequence[Step]) -> Iterator[Sending]:
    """Yield requests of the SDMX standard for web services (sdmx-rest, maintenance).

    What is new goes together with POST. What replaces something goes by itself with PUT to its own address, so that
    nothing else can be replaced. A scheme of which only some items are sent goes with POST: it says itself that it is
    partial, and the others stay.
    """
    for is_put, group in groupby(steps, key=lambda step: step.action is Action.UPDATE):
        references = tuple(step.reference for step in group)
        if not is_put:
            yield Sending("POST", f"{service.base}/structure", references)
            continue
        for one in references:
            yield Sending("PUT", f"{service.base}/structure/{_path(one)}", (one,))


def _path(reference: Reference) -> str:
    return "/".join((reference.kind.lower(), reference.agency, reference.id, reference.version))


def told(sending: Sending) -> dict[str, object]:
    """Return a request as the receipt has it."""
    return {
        "method": sending.method,
        "address": sending.address,
        "headers": dict(sending.headers),
        "urns": [urn_of(reference) for reference in sending.references],
    }
