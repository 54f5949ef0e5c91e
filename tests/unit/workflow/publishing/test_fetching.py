"""What is asked of a registry, in both versions of the web services, and what of the answers is kept."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import ClassVar

import pytest
from tests.registry.publications import IMPATIENT, SECRET, USER, publication, publish, registry_at
from tests.registry.server import LocalRegistry
from tests.registry.service import Credentials

from icstip.errors import FormatError, RegistryError
from icstip.registry.queries import Rest, parse_query
from icstip.workflow.publishing.known import known_address
from icstip.workflow.publishing.registries import Registry

PLACES = [("/sdmx/v2", Rest.TWO), ("/ws/public/sdmxapi/rest", Rest.ONE)]


@pytest.fixture(scope="module")
def published() -> Iterator[LocalRegistry]:
    """A registry with two stable versions of everything, and a later draft."""
    with LocalRegistry(credentials=Credentials(USER, SECRET)) as running:
        for version, final in (("1.0.0", True), ("1.1.0", True), ("2.0.0-draft", False)):
            publish(registry_at(running), publication(version, final=final))
        yield running


@pytest.mark.parametrize(("path", "rest"), PLACES)
@pytest.mark.parametrize(
    ("wanted", "got"), [("1.0.0", "1.0.0"), ("latest", "2.0.0"), ("+", "1.1.0"), ("1.0+.0", "1.1.0")]
)
def test_a_version_is_a_number_or_says_which_one_is_meant(
    published: LocalRegistry, path: str, rest: Rest, wanted: str, got: str
) -> None:
    registry = Registry(f"{published.url}{path}", rest=rest, environment={})
    fetched = registry.fetch(parse_query(f"codelist=ICSTIP:CL_SEX({wanted})"))
    assert fetched is not None
    (codelist,) = fetched.document.artefacts
    assert codelist.version.removesuffix("-draft") == got


@pytest.mark.parametrize(("path", "rest"), [*PLACES, ("", Rest.TWO)])
def test_the_version_of_the_web_services_is_found_out(published: LocalRegistry, path: str, rest: Rest) -> None:
    assert Registry(f"{published.url}{path}", environment={}).service.rest is rest


def test_a_registry_of_sdmx_2_1_has_what_was_published_and_can_be_compared(published: LocalRegistry) -> None:
    registry = Registry(f"{published.url}/ws/public/sdmxapi/rest", environment={})
    diff, _ = registry.diff(publication("2.0.0-draft", final=False).artefacts)
    assert diff.changed == ()


def test_what_is_not_there_is_nothing(published: LocalRegistry) -> None:
    registry = Registry(published.url, environment={})
    assert registry.fetch(parse_query("codelist/ICSTIP/CL_NONE")) is None


def test_an_answer_that_did_not_change_is_not_sent_again(published: LocalRegistry, tmp_path: Path) -> None:
    registry = Registry(f"{published.url}/sdmx/v2", environment={}, cache=tmp_path / "kept")
    query = parse_query("codelist/ICSTIP/CL_SEX/1.0.0")
    first, second = registry.fetch(query), registry.fetch(query)
    assert published.requests[-1].status == 304
    assert first == second
    asked = len(published.requests)
    offline = Registry(f"{published.url}/sdmx/v2", rest=Rest.TWO, environment={}, cache=tmp_path / "kept", offline=True)
    assert offline.fetch(query) == first
    assert len(published.requests) == asked
    with pytest.raises(RegistryError, match="without --offline"):
        offline.fetch(parse_query("codelist/ICSTIP/CL_AGE/1.0.0"))


def test_a_kept_answer_that_was_cut_off_is_asked_for_again(published: LocalRegistry, tmp_path: Path) -> None:
    registry = Registry(f"{published.url}/sdmx/v2", rest=Rest.TWO, environment={}, cache=tmp_path)
    query = parse_query("codelist/ICSTIP/CL_SEX/1.0.0")
    whole = registry.fetch(query)
    (kept,) = tmp_path.iterdir()
    kept.write_bytes(kept.read_bytes()[:-10])
    assert registry.fetch(query) == whole
    assert published.requests[-1].status == 200


def test_who_asks_is_only_told_to_a_registry_that_wants_to_know(published: LocalRegistry) -> None:
    before = len(published.requests)
    registry_at(published).fetch(parse_query("codelist/ICSTIP/CL_SEX"))
    assert all("Authorization" not in request.headers for request in published.requests[before:])
    with LocalRegistry(credentials=Credentials(USER, SECRET, for_reading=True)) as closed:
        assert registry_at(closed).fetch(parse_query("codelist/ICSTIP/CL_SEX")) is None
        with pytest.raises(RegistryError, match="who asks"):
            registry_at(closed, NOBODY="1").fetch(parse_query("codelist/ICSTIP/CL_SEX"))


def test_a_certificate_that_nobody_vouches_for_is_refused_and_one_of_our_own_is_not() -> None:
    with LocalRegistry(tls=True) as secure:
        with pytest.raises(RegistryError, match="certificate"):
            Registry(f"{secure.url}/sdmx/v2", environment={}, limits=IMPATIENT).fetch(parse_query("codelist"))
        known = {"ICSTIP_CERTIFICATES": str(secure.certificate)}
        assert Registry(f"{secure.url}/sdmx/v2", environment=known).fetch(parse_query("codelist")) is None


def test_the_surroundings_say_nothing_of_proxies_and_passwords(
    published: LocalRegistry, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    netrc = tmp_path / ".netrc"
    netrc.write_text("machine 127.0.0.1 login bob password surprise\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.delenv("NO_PROXY", raising=False)
    fetched = Registry(f"{published.url}/sdmx/v2", environment={}).fetch(parse_query("codelist/ICSTIP/CL_SEX"))
    assert fetched is not None
    assert "Authorization" not in published.requests[-1].headers


@pytest.mark.parametrize("what", ["codelists", "codelist/A/B/1.0/C", "codelist/../x", "codelist=A:B", "urn:sdmx:none"])
def test_a_question_that_is_none_is_refused(what: str) -> None:
    with pytest.raises(RegistryError):
        parse_query(what)


def test_a_service_that_sdmx1_knows_has_a_name() -> None:
    assert known_address("ESTAT")[1] is Rest.ONE
    assert known_address("SGR3") == ("https://registry.sdmx.org/sdmx/v2", Rest.TWO)
    with pytest.raises(RegistryError, match="not the address"):
        known_address("NOWHERE")


def test_a_format_that_is_none_is_refused(published: LocalRegistry) -> None:
    registry = Registry(f"{published.url}/sdmx/v2", rest=Rest.TWO, environment={}, formats=["sdmx-ml-9.9"])
    with pytest.raises(FormatError, match="no format of this name"):
        registry.fetch(parse_query("codelist/ICSTIP/CL_SEX"))


def test_without_a_folder_nothing_was_kept(published: LocalRegistry) -> None:
    registry = Registry(f"{published.url}/sdmx/v2", rest=Rest.TWO, environment={}, offline=True)
    with pytest.raises(RegistryError, match="without --offline"):
        registry.fetch(parse_query("codelist/ICSTIP/CL_SEX"))


class Odd(BaseHTTPRequestHandler):
    """A server that answers each question with what its registry gives it to say."""

    status: ClassVar[int] = 200
    headers_sent: ClassVar[dict[str, str]] = {}
    body: ClassVar[bytes] = b""

    def do_GET(self) -> None:
        self.send_response(self.status)
        for name, value in {**self.headers_sent, "Content-Length": str(len(self.body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(self.body)

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def odd_server(**said: object) -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), type("Said", (Odd,), said)) as running:
        Thread(target=running.serve_forever, args=(0.01,), daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()


def test_an_answer_nested_without_end_is_no_service() -> None:
    nested = {"status": 404, "body": b"[" * 50_000}
    with odd_server(**nested) as url, pytest.raises(RegistryError, match="no SDMX web service"):
        Registry(url, environment={}).fetch(parse_query("codelist"))


@pytest.mark.parametrize("target", ["http://[bad", "ftp://registry.example.org/", "http://127.0.0.1:port/", "https://"])
def test_a_redirect_to_what_is_no_address_is_not_followed(target: str) -> None:
    leads = {"status": 302, "headers_sent": {"Location": target}}
    with odd_server(**leads) as url, pytest.raises(RegistryError, match="no address"):
        Registry(url, rest=Rest.TWO, environment={}, limits=IMPATIENT).fetch(parse_query("codelist"))
