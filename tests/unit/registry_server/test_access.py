"""Who may write and read, below which path, and over which connection."""

from concurrent.futures import ThreadPoolExecutor

import pytest
import requests
from tests.registry.certificate import can_make_certificates
from tests.registry.checking import ask, change, error_of, message_of, post_as_fmr
from tests.registry.faults import Fault
from tests.registry.server import LocalRegistry
from tests.registry.service import Credentials

from icstip.artefacts.base import Maintainable

STRUCTURES = "/sdmx/v2/structure"
BASIC = "Basic dXNlcjpzZWNyZXQ="  # user:secret
CREDENTIALS = Credentials("user", "secret", token="token")  # noqa: S106 - of this test


@pytest.mark.parametrize(
    ("authorization", "status"),
    [
        ("", 401),
        (BASIC, 200),
        ("basic dXNlcjpzZWNyZXQ=", 200),
        ("Basic dXNlcjpvdGhlcg==", 401),
        ("Basic %", 401),
        ("Bearer token", 200),
        ("Bearer other", 401),
        ("Digest token", 401),
    ],
)
def test_writing_needs_credentials(released: list[Maintainable], authorization: str, status: int) -> None:
    with LocalRegistry(credentials=CREDENTIALS) as registry:
        answer = post_as_fmr(registry, released, Authorization=authorization)
        assert answer.status_code == status
        assert (len(registry.store) > 0) == (status == 200)
        assert status == 200 or "Basic" in answer.headers["WWW-Authenticate"]
        maintained = change(registry, "POST", "", released, Authorization=authorization)
        assert maintained.status_code == status


def test_reading_needs_them_only_where_it_is_said_so(released: list[Maintainable]) -> None:
    with LocalRegistry(released, credentials=CREDENTIALS) as registry:
        assert ask(registry, STRUCTURES).status_code == 200
    closed = Credentials("user", "secret", for_reading=True)
    with LocalRegistry(released, credentials=closed) as registry:
        refused = ask(registry, STRUCTURES)
        assert (refused.status_code, error_of(refused)[0]) == (401, 401)
        assert ask(registry, STRUCTURES, auth=("user", "secret")).status_code == 200


def test_agencies_of_others_are_forbidden(released: list[Maintainable]) -> None:
    with LocalRegistry(credentials=Credentials("user", "secret", agencies=("OTHER",))) as registry:
        assert post_as_fmr(registry, released, Authorization=BASIC).status_code == 403
        assert change(registry, "POST", "", released, Authorization=BASIC).status_code == 403
        assert not len(registry.store)


def test_everything_is_below_the_prefix(released: list[Maintainable]) -> None:
    with LocalRegistry(released, prefix="/registry/one/") as registry:
        assert registry.url.endswith("/registry/one")
        assert ask(registry, STRUCTURES).status_code == 200
        root = f"http://127.0.0.1:{registry.port}{STRUCTURES}"
        assert requests.get(root, timeout=10).status_code == 404


@pytest.mark.skipif(not can_make_certificates(), reason="certificates are made with the command openssl")
def test_https_is_trusted_by_its_certificate_only(released: list[Maintainable]) -> None:
    with LocalRegistry(released, tls=True) as registry:
        assert ask(registry, STRUCTURES, verify=str(registry.certificate)).status_code == 200
        with pytest.raises(requests.exceptions.SSLError):
            ask(registry, STRUCTURES)


def test_requests_are_served_side_by_side(released: list[Maintainable]) -> None:
    with LocalRegistry(released, delay=60) as registry, ThreadPoolExecutor() as threads:
        registry.plan_fault(Fault.TIMEOUT, path="codelist")
        waiting = threads.submit(requests.get, f"{registry.url}{STRUCTURES}/codelist", timeout=0.5)
        statuses = set(threads.map(lambda _: ask(registry, f"{STRUCTURES}/conceptscheme").status_code, range(8)))
        assert statuses == {200}
        assert isinstance(waiting.exception(), requests.ReadTimeout)


def test_a_registry_that_breaks_fails_the_test_that_uses_it() -> None:
    with pytest.raises(ExceptionGroup, match="the registry itself is broken"):
        _ask_a_broken_one()


def _ask_a_broken_one() -> None:
    with LocalRegistry() as registry:
        registry.service.documents = None  # type: ignore[assignment] # that is what breaks it
        with pytest.raises(requests.ConnectionError):
            ask(registry, STRUCTURES)


def test_bodies_in_chunks_are_read(empty: LocalRegistry, released: list[Maintainable]) -> None:
    content = message_of(released)
    chunks = (content[place : place + 100] for place in range(0, len(content), 100))
    url = f"{empty.url}/ws/secure/sdmxapi/rest"
    assert requests.post(url, chunks, headers={"Action": "Append"}, timeout=10).status_code == 200
    assert empty.requests[-1].body == content
    assert len(empty.store) == 2
