"""Whatever goes wrong on the way, what the registry has is told, nothing is lost, and a second run ends it."""

import pytest
from tests.registry.faults import Fault
from tests.registry.publications import SECRET, publication, publish, registry_at
from tests.registry.server import LocalRegistry

from icstip.errors import RegistryError
from icstip.registry.queries import Rest, StructureQuery
from icstip.registry.submitting.interfaces import Interface
from icstip.registry.submitting.submission import Said, Stored
from icstip.workflow.publishing.registries import Registry

BOTH = pytest.mark.parametrize("interface", list(Interface))

# What the registry has afterwards, for each thing that can go wrong with a submission.
AFTER = {
    Fault.TIMEOUT: {Stored.ABSENT},
    Fault.TIMEOUT_AFTER_STORING: {Stored.IDENTICAL},
    Fault.DROPPED: {Stored.ABSENT},
    Fault.DROPPED_AFTER_STORING: {Stored.IDENTICAL},
    Fault.CONFLICT: {Stored.ABSENT},
    Fault.SERVER_ERROR: {Stored.ABSENT},
    Fault.UNAVAILABLE: {Stored.ABSENT},
    Fault.TRUNCATED: {Stored.IDENTICAL},
    Fault.LOGIN_PAGE: {Stored.ABSENT},
    Fault.SAYS_FAILURE: {Stored.ABSENT},
    Fault.PARTIAL: {Stored.ABSENT, Stored.IDENTICAL},
    Fault.LIE_CHANGED: {Stored.DIFFERENT},
    Fault.LIE_NOTHING_STORED: {Stored.ABSENT},
    Fault.ENDLESS: {Stored.ABSENT},
    Fault.GZIP_BOMB: {Stored.ABSENT},
    Fault.EXTERNAL_ENTITY: {Stored.ABSENT},
    Fault.ENTITY_EXPANSION: {Stored.ABSENT},
    Fault.MALFORMED: {Stored.ABSENT},
    Fault.WRONG_TYPE: {Stored.IDENTICAL},
    Fault.SLOW: {Stored.IDENTICAL},
}
# What a registry says before it looks at anything: then nothing was stored, and there is no receipt.
REFUSED = (Fault.UNAUTHORISED, Fault.FORBIDDEN, Fault.REDIRECT_ELSEWHERE)
DRAFT = "1.0.0-draft"


@BOTH
@pytest.mark.parametrize("fault", AFTER)
def test_the_receipt_says_what_the_registry_has_after_a_fault_and_a_second_run_ends_it(
    server: LocalRegistry, registry: Registry, fault: Fault, interface: Interface
) -> None:
    structures = publication(DRAFT, final=False)
    server.plan_fault(fault, on="POST")
    receipt = publish(registry, structures, interface)
    assert {outcome.stored for outcome in receipt.outcomes} == AFTER[fault]
    assert receipt.is_complete is (AFTER[fault] == {Stored.IDENTICAL})
    has = {key[2] for key in server.store}
    stored = {one.step.reference.id for one in receipt.outcomes if one.stored is not Stored.ABSENT}
    assert has == stored
    assert publish(registry, structures, interface).is_complete
    assert registry.plan(structures.artefacts).to_do == ()


@BOTH
@pytest.mark.parametrize("fault", REFUSED)
def test_a_registry_that_refuses_before_it_looks_has_nothing_afterwards(
    server: LocalRegistry, registry: Registry, fault: Fault, interface: Interface
) -> None:
    server.plan_fault(fault, on="POST", times=None)
    with pytest.raises(RegistryError):
        publish(registry, publication(), interface)
    assert server.store == {}
    server.clear_faults()
    assert publish(registry, publication(), interface).is_complete


def test_a_busy_registry_is_asked_again(server: LocalRegistry, registry: Registry) -> None:
    server.plan_fault(Fault.TOO_MANY, on="POST")
    assert publish(registry, publication()).is_complete


def test_a_success_that_says_failure_is_a_failure(server: LocalRegistry, registry: Registry) -> None:
    server.plan_fault(Fault.SAYS_FAILURE, on="POST")
    receipt = publish(registry, publication())
    assert {sent.status for sent in receipt.sent} == {200}
    assert {outcome.said for outcome in receipt.outcomes} == {Said.REFUSED}
    assert not receipt.is_complete


def test_a_partial_success_says_what_was_accepted_and_what_was_not(server: LocalRegistry, registry: Registry) -> None:
    server.plan_fault(Fault.PARTIAL, on="POST")
    receipt = publish(registry, publication())
    said = {outcome.said: outcome.stored for outcome in receipt.outcomes}
    assert said == {Said.ACCEPTED: Stored.IDENTICAL, Said.REFUSED: Stored.ABSENT}


def test_a_registry_that_stored_something_else_is_found_out(server: LocalRegistry, registry: Registry) -> None:
    server.plan_fault(Fault.LIE_CHANGED, on="POST")
    receipt = publish(registry, publication())
    assert {outcome.said for outcome in receipt.outcomes} == {Said.ACCEPTED}
    assert all(outcome.differences for outcome in receipt.outcomes)


def test_what_cannot_be_read_back_is_unknown(server: LocalRegistry, registry: Registry) -> None:
    structures = publication()
    plan = registry.plan(structures.artefacts)
    server.plan_fault(Fault.SERVER_ERROR, on="GET", times=None)
    receipt = registry.submit(registry.submission(structures, plan))
    assert {outcome.stored for outcome in receipt.outcomes} == {Stored.UNKNOWN}
    assert not receipt.is_complete


PASSING = [Fault.DROPPED, Fault.UNAVAILABLE, Fault.TOO_MANY, Fault.TRUNCATED, Fault.TIMEOUT, Fault.REDIRECT]


@pytest.mark.parametrize("fault", PASSING)
def test_a_question_is_asked_again_where_that_helps(server: LocalRegistry, registry: Registry, fault: Fault) -> None:
    publish(registry, publication())
    assert registry.service.rest is Rest.TWO
    server.plan_fault(fault, on="GET")
    assert registry.fetch(StructureQuery("Codelist", "ICSTIP", "CL_SEX")) is not None


LASTING = [
    Fault.DROPPED,
    Fault.SERVER_ERROR,
    Fault.LOGIN_PAGE,
    Fault.ENDLESS,
    Fault.GZIP_BOMB,
    Fault.EXTERNAL_ENTITY,
    Fault.ENTITY_EXPANSION,
    Fault.MALFORMED,
    Fault.SLOW,
    Fault.REDIRECT,
    Fault.TRUNCATED,
]


@pytest.mark.parametrize("fault", LASTING)
def test_an_answer_that_is_none_is_one_clear_line(server: LocalRegistry, registry: Registry, fault: Fault) -> None:
    publish(registry, publication())
    assert registry.service.rest is Rest.TWO
    server.plan_fault(fault, on="GET", times=None)
    with pytest.raises(RegistryError) as failed:
        registry.fetch(StructureQuery("Codelist", "ICSTIP", "CL_SEX"))
    assert "\n" not in failed.value.line()


def test_a_redirect_to_another_place_is_followed_without_who_asks(server: LocalRegistry) -> None:
    registry = registry_at(server)
    publish(registry, publication())
    server.plan_fault(Fault.REDIRECT_ELSEWHERE, on="GET")
    registry.fetch(StructureQuery("Codelist", "ICSTIP", "CL_SEX"))
    assert server.other.requests
    for request in server.other.requests:
        assert "Authorization" not in request.headers
        assert SECRET.encode() not in request.body
