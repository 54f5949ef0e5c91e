"""A small SDMX registry that is a real server: on 127.0.0.1, in a thread, with faults on demand.

What it serves, below its address:

- ``/sdmx/v2/structure/…``: structures by SDMX-REST 2.x (GET), and their maintenance (POST, PUT, DELETE)
- ``/sdmx/v2/schema/…``: what data must look like, as structures
- ``/ws/public/sdmxapi/rest/…`` and ``/rest/…``: structures by SDMX-REST 1.5
- ``/ws/secure/sdmxapi/rest``: submission as to the Fusion Metadata Registry (POST)
- ``/ws/public/data/validate``: validation of data as by the Fusion Metadata Registry (POST)
"""

import gzip
import ssl
import sys
from collections.abc import Collection, Iterable
from contextlib import ExitStack
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from types import TracebackType
from typing import Self

from tests.registry.certificate import make_certificate
from tests.registry.exchange import Answer, Recorded, Request
from tests.registry.faults import STORING, Fault, FaultPlan, Planned
from tests.registry.misbehaviour import Misbehaviour
from tests.registry.service import Credentials, Document, Service
from tests.registry.store import Store

from icstip.artefacts.base import Maintainable

_LONG_ENOUGH_TO_COMPRESS = 500


class LocalRegistry:
    """An SDMX registry for tests: SDMX-REST 2.x and 1.5, submission as FMR and as SDMX-REST have it, data validation.

    Args:
        initial: What is in it from the beginning. It is not judged.
        fmr: Whether it takes submissions, and validates data, as the Fusion Metadata Registry does.
        maintenance: Whether it takes submissions by SDMX-REST.
        rest: Which SDMX-REST it has: ``2.x``, ``1.x``.
        credentials: What it asks for; None for nothing.
        prefix: Path before all others, for example ``/registry``.
        tls: Whether it speaks HTTPS, with a certificate of its own: `certificate`.
        etags: Whether answers have ``ETag`` and ``Last-Modified``.
        delay: Seconds that answers are late where a fault makes them so.
        default_action: What a submission without the header ``Action`` does.
        unresolved: Status of the answer to a submission whose references cannot be resolved.

    Example:
        >>> with LocalRegistry() as registry:
        ...     registry.url.startswith("http://127.0.0.1:")
        True
    """

    def __init__(  # noqa: PLR0913 - what a registry is like are its options
        self,
        initial: Iterable[Maintainable] = (),
        *,
        fmr: bool = True,
        maintenance: bool = True,
        rest: Collection[str] = ("2.x", "1.x"),
        credentials: Credentials | None = None,
        prefix: str = "",
        tls: bool = False,
        etags: bool = True,
        delay: float = 5,
        default_action: str = "FullReplace",
        unresolved: int = 200,
    ) -> None:
        self.store = Store(initial)
        self.requests: list[Recorded] = []
        self.service = Service(self.store, fmr, maintenance, rest, credentials, etags, default_action, unresolved)
        self._state = _State(self.service, prefix.rstrip("/"), self.requests, delay=delay)
        self._tls = tls
        self._certificate: Path | None = None
        self._server: _Server | None = None
        self._others: list[LocalRegistry] = []
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        state = self._state

        class Handler(_Handler):
            registry = state

        self._server = _Server(Handler)
        self._stack.callback(self._server.server_close)
        if self._tls:
            self._certificate, key = self._stack.enter_context(make_certificate())
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(self._certificate, key)
            self._server.socket = context.wrap_socket(
                self._server.socket, server_side=True, do_handshake_on_connect=False
            )
        Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()
        self._stack.callback(self._server.shutdown)
        self._stack.callback(state.closing.set)
        state.misbehaviour = Misbehaviour(state.closing, state.delay, lambda: self.other.port)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()
        broken = self._server.errors if self._server is not None else []
        if broken and error is None:
            raise ExceptionGroup("the registry itself is broken", broken)
        if broken and error is not None:
            error.add_note(f"the registry itself is broken: {broken}")

    @property
    def port(self) -> int:
        """The port that it listens to."""
        assert self._server is not None, "the registry runs between 'with' and its end"
        return self._server.server_port

    @property
    def url(self) -> str:
        """Its address without a slash at the end: what comes before ``/sdmx/v2`` and ``/ws/…``."""
        return f"{'https' if self._tls else 'http'}://127.0.0.1:{self.port}{self._state.prefix}"

    @property
    def certificate(self) -> Path:
        """The certificate that a client has to trust, in PEM."""
        assert self._certificate is not None, "only a registry with TLS has a certificate"
        return self._certificate

    @property
    def other(self) -> "LocalRegistry":
        """The registry that redirects lead to: empty, on ``localhost`` and another port, over plain HTTP.

        What it was sent is in its `requests`: credentials must not be among it.
        """
        if not self._others:
            self._others.append(self._stack.enter_context(LocalRegistry(prefix=self._state.prefix)))
        return self._others[0]

    def plan_fault(self, fault: Fault, on: str = "*", times: int | None = 1, path: str = "") -> None:
        """Plan something that goes wrong with requests to come.

        Args:
            fault: What goes wrong.
            on: Method of the requests, or ``*`` for all.
            times: How often; None for ever.
            path: Pattern that is somewhere in path and query of the requests.
        """
        self._state.plan.add(Planned(fault, on, path, times))

    def clear_faults(self) -> None:
        """Let nothing go wrong any more."""
        self._state.plan.clear()

    def serve_bytes(self, path: str, content: bytes, content_type: str) -> None:
        """Serve bytes as they are.

        Args:
            path: Path below `url`, with the query if it is to be this one only, percent-encoded.
            content: The bytes.
            content_type: Their media type.
        """
        self.service.documents[path] = Document(content, content_type)


@dataclass(slots=True)
class _State:
    """What the handlers of one server share."""

    service: Service
    prefix: str
    requests: list[Recorded]
    delay: float
    plan: FaultPlan = field(default_factory=FaultPlan)
    closing: Event = field(default_factory=Event)
    misbehaviour: Misbehaviour | None = None


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, handler: type["_Handler"]) -> None:
        super().__init__(("127.0.0.1", 0), handler)
        self.errors: list[Exception] = []

    def handle_error(self, request: object, client_address: object) -> None:  # noqa: ARG002 - names of the library
        """Keep what went wrong; clients that hang up are not wrong, many tests are about them."""
        error = sys.exception()
        if isinstance(error, Exception) and not isinstance(error, OSError):
            self.errors.append(error)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    registry: _State

    def setup(self) -> None:
        super().setup()
        if isinstance(self.connection, ssl.SSLSocket):
            self.connection.do_handshake()

    def handle_request(self) -> None:
        """Serve one request."""
        length = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(length) if length else self._chunked()
        fault = self.registry.plan.take(self.command, self.path)
        request = Request(self.command, self.path, self.headers, body)

        def record(status: int) -> None:
            self.registry.requests.append(Recorded(self.command, self.path, self.headers, body, status))

        assert self.registry.misbehaviour is not None
        self.registry.misbehaviour.perform(self, request, fault, self._serve, record)

    do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = do_OPTIONS = handle_request  # noqa: N815 - names of the library

    def _serve(self, request: Request, fault: Fault | None) -> Answer:
        prefix = self.registry.prefix
        if prefix and not request.path.startswith(f"{prefix}/"):
            return Answer(404, b"<html><body>Not here</body></html>", "text/html")
        below = Request(request.method, request.target.removeprefix(prefix), request.headers, request.body)
        answer = self.registry.service.serve(below, fault if fault in STORING else None)
        if "gzip" in request.header("Accept-Encoding") and len(answer.body) > _LONG_ENOUGH_TO_COMPRESS:
            headers = {**answer.headers, "Content-Encoding": "gzip"}
            return Answer(answer.status, gzip.compress(answer.body, 1, mtime=0), answer.content_type, headers)
        return answer

    def _chunked(self) -> bytes:
        if "chunked" not in (self.headers.get("Transfer-Encoding") or "").lower():
            return b""
        body = b""
        while size := int(self.rfile.readline().split(b";")[0], 16):
            body += self.rfile.read(size)
            self.rfile.readline()
        self.rfile.readline()
        return body

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name of the library
        """Write nothing: a test looks at the requests."""
