"""Each fault does what it says, as often as it is planned, to the requests that it is planned for."""

import time
from collections.abc import Iterator
from contextlib import closing

import pytest
import requests
from tests.registry.certificate import can_make_certificates
from tests.registry.checking import JSON_20, ML_30, artefacts_in, ask, change, message_of, post_as_fmr, results_of
from tests.registry.faults import Fault
from tests.registry.server import LocalRegistry

from icstip.artefacts.base import Maintainable
from icstip.errors import FormatError

CODELISTS = "/sdmx/v2/structure/codelist"


def _submit(registry: LocalRegistry, artefacts: list[Maintainable], timeout: float = 10) -> requests.Response:
    url, content = f"{registry.url}/ws/secure/sdmxapi/rest", message_of(artefacts)
    return requests.post(url, content, headers={"Action": "Append"}, timeout=timeout)


@pytest.mark.parametrize(
    ("fault", "status", "header"),
    [
        (Fault.UNAUTHORISED, 401, "WWW-Authenticate"),
        (Fault.FORBIDDEN, 403, ""),
        (Fault.CONFLICT, 409, ""),
        (Fault.TOO_MANY, 429, "Retry-After"),
        (Fault.SERVER_ERROR, 500, ""),
        (Fault.UNAVAILABLE, 503, "Retry-After"),
    ],
)
def test_refusals_come_once_and_store_nothing(
    empty: LocalRegistry, drafts: list[Maintainable], fault: Fault, status: int, header: str
) -> None:
    empty.plan_fault(fault, on="POST")
    answer = post_as_fmr(empty, drafts)
    assert (answer.status_code, len(empty.store)) == (status, 0)
    assert not header or header in answer.headers
    assert post_as_fmr(empty, drafts).status_code == 200


def test_faults_are_planned_for_methods_paths_and_times(registry: LocalRegistry) -> None:
    registry.plan_fault(Fault.SERVER_ERROR, on="GET", times=2, path="CL_AREA")
    statuses = [ask(registry, f"{CODELISTS}/TEST/{name}").status_code for name in ("CL_FORM", *["CL_AREA"] * 3)]
    assert statuses == [200, 500, 500, 200]
    registry.plan_fault(Fault.SERVER_ERROR, times=None)
    assert [ask(registry, CODELISTS).status_code for _ in range(3)] == [500, 500, 500]
    registry.clear_faults()
    assert ask(registry, CODELISTS).status_code == 200


@pytest.mark.parametrize(
    ("fault", "stored", "error", "timeout"),
    [
        (Fault.TIMEOUT, 0, requests.ReadTimeout, 0.3),
        (Fault.TIMEOUT_AFTER_STORING, 2, requests.ReadTimeout, 0.3),
        (Fault.DROPPED, 0, requests.ConnectionError, 10),
        (Fault.DROPPED_AFTER_STORING, 2, requests.ConnectionError, 10),
        (Fault.TRUNCATED, 2, requests.exceptions.ChunkedEncodingError, 10),
    ],
)
def test_a_client_without_an_answer_does_not_know_what_is_stored(
    empty: LocalRegistry, drafts: list[Maintainable], fault: Fault, stored: int, error: type[Exception], timeout: float
) -> None:
    empty.plan_fault(fault)
    with pytest.raises(error):
        _submit(empty, drafts, timeout)
    while not empty.requests:  # served when it is in the list, however slow the machine is
        time.sleep(0.01)
    assert len(empty.store) == stored


def test_a_failure_can_be_said_with_200(empty: LocalRegistry, drafts: list[Maintainable]) -> None:
    empty.plan_fault(Fault.SAYS_FAILURE)
    answer = post_as_fmr(empty, drafts)
    assert (answer.status_code, len(empty.store)) == (200, 0)
    assert {status for status, _ in results_of(answer).values()} == {"Failure"}


def test_a_part_can_be_taken(empty: LocalRegistry, drafts: list[Maintainable]) -> None:
    empty.plan_fault(Fault.PARTIAL)
    assert results_of(post_as_fmr(empty, drafts)) == {
        "CL 1.0.0-draft": ("Success", "201"),
        "CS 1.0.0-draft": ("Failure", "500"),
    }
    assert list(empty.store.values()) == drafts[:1]
    empty.store.keep_only([])
    empty.plan_fault(Fault.PARTIAL)
    answer = change(empty, "POST", "", drafts)
    assert (answer.status_code, list(empty.store.values())) == (207, drafts[:1])


def test_success_can_be_a_lie(empty: LocalRegistry, drafts: list[Maintainable]) -> None:
    empty.plan_fault(Fault.LIE_NOTHING_STORED)
    assert ask(empty, CODELISTS).status_code == 404  # the fault waits for a submission
    assert {status for status, _ in results_of(post_as_fmr(empty, drafts)).values()} == {"Success"}
    assert not len(empty.store)
    empty.plan_fault(Fault.LIE_CHANGED)
    assert {status for status, _ in results_of(post_as_fmr(empty, drafts)).values()} == {"Success"}
    assert [artefact.name for artefact in empty.store.values()] == [{"en": "Something else"}] * 2


def test_a_page_of_a_proxy_is_no_answer_of_a_registry(registry: LocalRegistry) -> None:
    registry.plan_fault(Fault.LOGIN_PAGE)
    answer = ask(registry, CODELISTS)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert "<form" in answer.text


def test_a_body_can_be_endless(registry: LocalRegistry) -> None:
    registry.plan_fault(Fault.ENDLESS)
    with closing(ask(registry, CODELISTS, stream=True)) as answer:
        assert _first(answer.iter_content(1 << 16), 20 << 20) >= 20 << 20


def test_a_body_can_be_a_bomb(registry: LocalRegistry) -> None:
    registry.plan_fault(Fault.GZIP_BOMB)
    with closing(ask(registry, CODELISTS, stream=True)) as answer:
        assert int(answer.headers["Content-Length"]) < 1 << 20
        assert _first(answer.iter_content(1 << 16), 20 << 20) >= 20 << 20


def test_xml_can_have_entities(registry: LocalRegistry) -> None:
    registry.plan_fault(Fault.EXTERNAL_ENTITY)
    registry.plan_fault(Fault.ENTITY_EXPANSION)
    external, expanding = ask(registry, CODELISTS, ML_30), ask(registry, CODELISTS, ML_30)
    assert 'SYSTEM "file:///' in external.text
    assert expanding.text.count("<!ENTITY") == 11
    assert len(expanding.content) < 1000


def test_redirects_lead_to_the_same_place_or_another_host(registry: LocalRegistry) -> None:
    registry.plan_fault(Fault.REDIRECT)
    assert [one.status_code for one in ask(registry, CODELISTS).history] == [307]
    registry.plan_fault(Fault.REDIRECT, times=None)
    with pytest.raises(requests.TooManyRedirects):
        ask(registry, CODELISTS)
    registry.clear_faults()
    registry.plan_fault(Fault.REDIRECT_ELSEWHERE)
    answer = ask(registry, f"{CODELISTS}/TEST", auth=("user", "secret"))
    assert answer.url == f"http://localhost:{registry.other.port}{CODELISTS}/TEST"
    assert [one.path for one in registry.other.requests] == [f"{CODELISTS}/TEST"]
    assert "Authorization" in registry.requests[-1].headers


@pytest.mark.skipif(not can_make_certificates(), reason="certificates are made with the command openssl")
def test_a_redirect_can_lead_from_https_to_http() -> None:
    with LocalRegistry(tls=True) as registry:
        registry.plan_fault(Fault.REDIRECT_PLAIN)
        answer = ask(registry, CODELISTS, verify=str(registry.certificate), allow_redirects=False)
        assert registry.url.startswith("https://")
        assert answer.headers["Location"] == f"http://127.0.0.1:{registry.other.port}{CODELISTS}"


@pytest.mark.parametrize(("accept", "start"), [(ML_30, b"<"), (JSON_20, b"{")])
def test_a_body_can_be_cut_off_where_it_seems_whole(registry: LocalRegistry, accept: str, start: bytes) -> None:
    registry.plan_fault(Fault.MALFORMED)
    answer = ask(registry, CODELISTS, accept)
    assert (answer.status_code, answer.content[:1]) == (200, start)
    with pytest.raises(FormatError):
        artefacts_in(answer)


def test_the_type_can_be_wrong_while_the_body_is_right(registry: LocalRegistry) -> None:
    registry.plan_fault(Fault.WRONG_TYPE)
    answer = ask(registry, CODELISTS)
    assert answer.headers["Content-Type"] == "image/png"
    assert len(artefacts_in(answer)) > 0


def test_a_body_can_come_byte_by_byte_without_a_time_out() -> None:
    with LocalRegistry(delay=0.5) as registry:
        registry.plan_fault(Fault.SLOW)
        start = time.monotonic()
        with closing(ask(registry, "/none", stream=True)) as answer:
            assert _first(answer.iter_content(1), 10) == 10
        assert time.monotonic() - start > 0.2


def _first(blocks: Iterator[bytes], enough: int) -> int:
    """Return how much blocks hold together, as soon as it is enough."""
    size = 0
    for block in blocks:
        size += len(block)
        if size >= enough:
            break
    return size
