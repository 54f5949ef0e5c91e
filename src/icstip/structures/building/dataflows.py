"""Dataflows, and the agreements that data providers send data of them."""

from collections.abc import Iterable, Iterator, Sequence

from icstip.artefacts.base import Texts
from icstip.artefacts.data_structure import Dataflow, ProvisionAgreement
from icstip.errors import StructureError
from icstip.standard import model
from icstip.standard.model import Standard
from icstip.structures.building.maintenance import Issue, provenance
from icstip.structures.building.organisations import provider_reference

_BETWEEN = " – "


def build_dataflow(dataflow: model.Dataflow, issue: Issue) -> Dataflow:
    """Return a dataflow over one of the structures.

    Raises:
        StructureError: Its structure does not exist.
    """
    return Dataflow(
        id=dataflow.id,
        name=dataflow.name,
        description=dataflow.description,
        annotations=provenance(dataflow.source),
        structure=issue.structure(dataflow.structure, where=dataflow.id),
        **issue.maintained,
    )


def build_agreements(
    standard: Standard, providers: Sequence[str], dataflows: Sequence[str] = ()
) -> tuple[ProvisionAgreement, ...]:
    """Return the agreements that providers send data of dataflows, by dataflow, each with the providers in their order.

    An agreement is called after both: its id is ``PA_<dataflow>_<provider>``, its name in each language the name of the
    dataflow, a dash, and the name of the provider.

    Args:
        standard: The standard.
        providers: Ids of data providers of the standard; one that is named twice counts once.
        dataflows: Ids of dataflows; empty for all of them.

    Raises:
        StructureError: The standard does not have one of the providers or dataflows.
    """
    issue = Issue(standard)
    known = {provider.id: provider for provider in standard.providers}
    senders = [_sender(provider, known, standard) for provider in dict.fromkeys(providers)]
    flows = [_flow(dataflow, standard) for dataflow in dict.fromkeys(dataflows or standard.dataflows)]
    return tuple(_agreements(flows, senders, issue))


def _agreements(
    flows: Iterable[model.Dataflow], senders: Sequence[model.Code], issue: Issue
) -> Iterator[ProvisionAgreement]:
    for flow in flows:
        for sender in senders:
            yield ProvisionAgreement(
                id=f"PA_{flow.id}_{sender.id}",
                name=_joined(flow.name, sender.name),
                dataflow=issue.dataflow(flow.id, where=flow.id),
                provider=provider_reference(sender.id, issue),
                **issue.maintained,
            )


def _joined(first: Texts, second: Texts) -> Texts:
    return {language: f"{text}{_BETWEEN}{second[language]}" for language, text in first.items() if language in second}


def _sender(provider: str, known: dict[str, model.Code], standard: Standard) -> model.Code:
    if provider not in known or standard.provider_scheme is None:
        raise StructureError("provider-unknown", where=standard.agency, provider=provider)
    return known[provider]


def _flow(dataflow: str, standard: Standard) -> model.Dataflow:
    if dataflow not in standard.dataflows:
        raise StructureError("dataflow-unknown", where=standard.agency, dataflow=dataflow)
    return standard.dataflows[dataflow]
