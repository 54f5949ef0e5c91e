"""What custodians do to a standard, from the first publication on, each read back as it was sent."""

from collections.abc import Callable

import pytest
from tests.registry.publications import publication, publish, registry_at, renamed, with_code, without_code
from tests.registry.server import LocalRegistry

from icstip.artefacts.items import Codelist
from icstip.artefacts.notices import Notices
from icstip.errors import RegistryError
from icstip.messages.formats import format_of
from icstip.registry.planning.steps import Action, Plan, Why
from icstip.registry.submitting.interfaces import Interface
from icstip.registry.submitting.submission import Said, Stored
from icstip.workflow.publishing.registries import Registry

BOTH = pytest.mark.parametrize("interface", list(Interface))


def stored_versions(server: LocalRegistry, artefact_id: str) -> set[str]:
    return {key[3] for key in server.store if key[2] == artefact_id}


def why_of(plan: Plan, artefact_id: str) -> tuple[Action, Why]:
    return next((step.action, step.why) for step in plan.steps if step.reference.id == artefact_id)


def codes_of(plan: Plan) -> list[str]:
    return [finding.code for finding in plan.forbidden]


@BOTH
def test_a_first_publication_is_there_as_it_was_sent(registry: Registry, interface: Interface) -> None:
    receipt = publish(registry, publication(), interface)
    assert receipt.is_complete
    assert {outcome.stored for outcome in receipt.outcomes} == {Stored.IDENTICAL}
    assert {outcome.said for outcome in receipt.outcomes} == {Said.ACCEPTED}
    assert len(receipt.outcomes) == 3


@BOTH
def test_what_was_published_differs_in_nothing_and_asks_for_nothing(registry: Registry, interface: Interface) -> None:
    publish(registry, publication(), interface)
    assert registry.diff(publication().artefacts)[0].changed == ()
    assert registry.plan(publication().artefacts).to_do == ()


@BOTH
@pytest.mark.parametrize(
    ("change", "version"),
    [(with_code, "1.1.0"), (renamed, "1.0.1"), (without_code, "2.0.0")],
    ids=lambda one: one if isinstance(one, str) else one.__name__,
)
def test_a_change_goes_into_the_version_that_says_so_beside_the_one_before(
    server: LocalRegistry,
    registry: Registry,
    interface: Interface,
    change: Callable[[Codelist], Codelist],
    version: str,
) -> None:
    publish(registry, publication(), interface)
    receipt = publish(registry, publication(version, change=change), interface)
    assert receipt.is_complete
    assert stored_versions(server, "CL_SEX") == {"1.0.0", version}


@pytest.mark.parametrize(
    ("change", "version", "needed"),
    [(with_code, "1.0.1", "1.1.0"), (without_code, "1.1.0", "2.0.0"), (renamed, "1.0.0", "1.0.1")],
    ids=lambda one: one if isinstance(one, str) else one.__name__,
)
def test_a_version_that_says_less_than_what_changed_is_refused(
    server: LocalRegistry,
    registry: Registry,
    change: Callable[[Codelist], Codelist],
    version: str,
    needed: str,
) -> None:
    publish(registry, publication())
    changed = publication(version, change=change)
    plan = registry.plan(changed.artefacts)
    (finding,) = plan.forbidden
    assert finding.params["needed"] == needed
    sent_before = len(server.requests)
    with pytest.raises(RegistryError, match="forbid"):
        registry.submit(registry.submission(changed, plan))
    assert len(server.requests) == sent_before


def test_what_did_not_change_moves_with_the_version_of_the_standard(registry: Registry) -> None:
    publish(registry, publication())
    plan = registry.plan(publication("1.1.0", change=with_code).artefacts)
    assert why_of(plan, "CL_SEX") == (Action.CREATE, Why.NEW_VERSION)
    assert why_of(plan, "CL_TIP_EXPLOITATION") == (Action.CREATE, Why.MOVES)


def test_what_is_referred_to_goes_before_what_refers_to_it(registry: Registry) -> None:
    order = [step.reference.id for step in registry.plan(publication().artefacts).steps]
    assert order.index("CL_TIP_EXPLOITATION") < order.index("H_EXPLOITATION_SDG")


@BOTH
def test_a_draft_is_replaced_under_its_version(server: LocalRegistry, registry: Registry, interface: Interface) -> None:
    publish(registry, publication("1.0.0-draft", final=False), interface)
    changed = publication("1.0.0-draft", final=False, change=without_code)
    assert why_of(registry.plan(changed.artefacts), "CL_SEX") == (Action.UPDATE, Why.DRAFT)
    assert publish(registry, changed, interface).is_complete
    assert stored_versions(server, "CL_SEX") == {"1.0.0-draft"}


@BOTH
def test_a_draft_that_is_made_final_leaves_the_draft_alone(
    server: LocalRegistry, registry: Registry, interface: Interface
) -> None:
    publish(registry, publication("1.0.0-draft", final=False), interface)
    assert publish(registry, publication("1.0.0"), interface).is_complete
    assert stored_versions(server, "CL_SEX") == {"1.0.0-draft", "1.0.0"}


def test_a_draft_of_the_next_version_is_measured_by_the_stable_one(registry: Registry) -> None:
    publish(registry, publication("1.0.0"))
    publish(registry, publication("1.1.0-draft", final=False, change=with_code))
    plan = registry.plan(publication("1.1.0-draft", final=False, change=without_code).artefacts)
    (finding,) = plan.forbidden
    assert finding.params["needed"] == "2.0.0"


@BOTH
def test_another_agency_publishes_beside_the_first(
    server: LocalRegistry, registry: Registry, interface: Interface
) -> None:
    publish(registry, publication(), interface)
    assert publish(registry, publication(agency="UNODC"), interface).is_complete
    assert {key[1] for key in server.store} == {"ICSTIP", "UNODC"}


def test_a_version_that_goes_back_is_refused(registry: Registry) -> None:
    publish(registry, publication("2.0.0"))
    assert set(codes_of(registry.plan(publication("1.9.0").artefacts))) == {"VERSION-003"}


def test_nothing_is_deleted_and_what_is_left_alone_is_told(registry: Registry) -> None:
    publish(registry, publication("1.0.0"))
    plan = registry.plan(publication("1.0.1", change=renamed).artefacts)
    assert {str(one) for one in plan.left_alone} == {
        "ICSTIP:CL_SEX(1.0.0)",
        "ICSTIP:CL_TIP_EXPLOITATION(1.0.0)",
        "ICSTIP:H_EXPLOITATION_SDG(1.0.0)",
    }


def test_a_reference_to_what_is_nowhere_is_refused(registry: Registry) -> None:
    alone = publication().artefacts.all_of(type(publication().artefacts.artefacts[-1]))
    assert codes_of(registry.plan(type(publication().artefacts)(alone))) == ["REG-001"]


def test_a_submission_sends_an_action_and_never_the_one_that_deletes(server: LocalRegistry, registry: Registry) -> None:
    publish(registry, publication("1.0.0-draft", final=False))
    publish(registry, publication("1.0.0-draft", final=False, change=with_code))
    actions = [request.headers.get("Action") for request in server.requests if request.method == "POST"]
    assert actions == ["Append", "Replace"]


def test_nothing_is_sent_when_nobody_says_who_sends(server: LocalRegistry) -> None:
    nobody = registry_at(server, HOME="/nowhere")
    with pytest.raises(RegistryError, match="must know who"):
        publish(nobody, publication())
    assert {request.method for request in server.requests} == {"GET"}


def test_what_the_registry_has_and_cannot_be_read_is_told_in_the_plan(
    server: LocalRegistry, registry: Registry
) -> None:
    publish(registry, publication())
    query = "/sdmx/v2/structure/*/ICSTIP/*/*?references=none&detail=full"
    served = publication().artefacts
    fmt = format_of("sdmx-ml-3.0", "structure")
    message = fmt.write_structures(served, publication().header, Notices(fmt.id, fmt.name))
    process = b'<str:Processes><str:Process id="P" agencyID="ICSTIP" version="1.0"/></str:Processes>'
    server.serve_bytes(query, message.replace(b"</mes:Structures>", process + b"</mes:Structures>"), fmt.media_type)
    plan = registry.plan(served)
    assert [finding.code for finding in plan.unread] == ["FORMAT-004"]
