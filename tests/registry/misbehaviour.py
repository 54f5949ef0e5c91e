"""How each fault shows on the connection."""

import struct
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from threading import Event
from typing import Final

from tests.registry.answers import JSON, XML, error_message
from tests.registry.exchange import Answer, Request
from tests.registry.faults import Fault
from tests.registry.negotiation import wants_json

Serve = Callable[[Request, Fault | None], Answer]

_REFUSALS: Final = {
    Fault.UNAUTHORISED: (HTTPStatus.UNAUTHORIZED, {"WWW-Authenticate": 'Basic realm="registry"'}),
    Fault.FORBIDDEN: (HTTPStatus.FORBIDDEN, {}),
    Fault.CONFLICT: (HTTPStatus.CONFLICT, {}),
    Fault.TOO_MANY: (HTTPStatus.TOO_MANY_REQUESTS, {"Retry-After": "1"}),
    Fault.SERVER_ERROR: (HTTPStatus.INTERNAL_SERVER_ERROR, {}),
    Fault.TIMEOUT: (HTTPStatus.SERVICE_UNAVAILABLE, {}),
    Fault.UNAVAILABLE: (HTTPStatus.SERVICE_UNAVAILABLE, {"Retry-After": "1"}),
}
_REDIRECTS: Final = frozenset({Fault.REDIRECT, Fault.REDIRECT_ELSEWHERE, Fault.REDIRECT_PLAIN})
_LOGIN: Final = b"<!DOCTYPE html><html><body><form>User <input> Password <input type='password'></form></body></html>"
_MESSAGE: Final = 'xmlns:mes="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message"'
_EXTERNAL: Final = (
    f'<!DOCTYPE x [<!ENTITY secret SYSTEM "file:///etc/passwd">]><mes:Structure {_MESSAGE}>&secret;</mes:Structure>'
).encode()
_BLOCK: Final = b" " * (1 << 20)
_BLOCKS_OF_BOMB: Final = 300
_BYTES_OF_SLOW: Final = 20
_CLIENT_GONE: Final = (BrokenPipeError, ConnectionError, TimeoutError, OSError)


class Misbehaviour:
    """What a server does with a request that a fault befalls, or that none does.

    Args:
        closing: Set when the server ends: nothing waits longer.
        delay: Seconds that a late answer takes.
        other_port: Returns the port of the other registry.
    """

    def __init__(self, closing: Event, delay: float, other_port: Callable[[], int]) -> None:
        self._closing = closing
        self._delay = delay
        self._other_port = other_port

    def perform(
        self,
        handler: BaseHTTPRequestHandler,
        request: Request,
        fault: Fault | None,
        serve: Serve,
        record: Callable[[int], None],
    ) -> None:
        """Answer a request.

        Args:
            handler: The handler of the connection.
            request: The request.
            fault: The fault, if any.
            serve: Returns the answer to a request.
            record: Is told the status of the answer before the client is, 0 where there will be none.
        """
        answer = Answer(0) if fault is Fault.DROPPED else self._answer(request, fault, serve)
        if fault in {Fault.DROPPED, Fault.DROPPED_AFTER_STORING}:
            record(0)
            _hang_up(handler)
            return
        record(answer.status)
        if fault in {Fault.TIMEOUT, Fault.TIMEOUT_AFTER_STORING}:
            self._closing.wait(self._delay)
            handler.close_connection = True
        try:
            self._send(handler, answer, fault)
        except _CLIENT_GONE:
            handler.close_connection = True

    def _answer(self, request: Request, fault: Fault | None, serve: Serve) -> Answer:
        if fault in _REFUSALS:
            status, headers = _REFUSALS[fault]
            return _refusal(status, headers)
        if fault is not None and fault in _POISONS:
            return _POISONS[fault](request)
        if fault in _REDIRECTS:
            location = self._location(request, fault)
            return Answer(HTTPStatus.TEMPORARY_REDIRECT, headers={"Location": location})
        answer = serve(request, fault)
        return replace(answer, content_type="image/png") if fault is Fault.WRONG_TYPE else answer

    def _location(self, request: Request, fault: Fault) -> str:
        if fault is Fault.REDIRECT:
            return request.target
        host = "localhost" if fault is Fault.REDIRECT_ELSEWHERE else "127.0.0.1"
        return f"http://{host}:{self._other_port()}{request.target}"

    def _send(self, handler: BaseHTTPRequestHandler, answer: Answer, fault: Fault | None) -> None:
        handler.send_response(answer.status)
        for name, value in answer.headers.items():
            handler.send_header(name, value)
        if answer.content_type:
            handler.send_header("Content-Type", answer.content_type)
        if fault is Fault.ENDLESS:
            handler.send_header("Transfer-Encoding", "chunked")
            handler.end_headers()
            self._send_for_ever(handler)
            return
        body = answer.body[: len(answer.body) // 2] if fault is Fault.TRUNCATED else answer.body
        if answer.status != HTTPStatus.NOT_MODIFIED:
            handler.send_header("Content-Length", str(len(answer.body)))
        handler.end_headers()
        if handler.command == "HEAD":
            return
        for block in self._blocks(body, fault):
            handler.wfile.write(block)
            handler.wfile.flush()
        if fault is Fault.TRUNCATED:
            _hang_up(handler)

    def _blocks(self, body: bytes, fault: Fault | None) -> Iterator[bytes]:
        if fault is not Fault.SLOW:
            yield body
            return
        for place in range(len(body)):
            if self._closing.wait(self._delay / _BYTES_OF_SLOW):
                return
            yield body[place : place + 1]

    def _send_for_ever(self, handler: BaseHTTPRequestHandler) -> None:
        handler.close_connection = True
        while not self._closing.is_set():
            handler.wfile.write(f"{len(_BLOCK):x}\r\n".encode() + _BLOCK + b"\r\n")


def _refusal(status: HTTPStatus, headers: dict[str, str]) -> Answer:
    body, content_type = error_message(status, status.phrase, as_json=False)
    return Answer(status, body, content_type, headers)


def _hang_up(handler: BaseHTTPRequestHandler) -> None:
    handler.close_connection = True
    handler.connection.close()


def _expanding() -> bytes:
    entities = ['<!ENTITY a0 "ha">', *(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 11))]
    return f"<!DOCTYPE x [{''.join(entities)}]><mes:Structure {_MESSAGE}>&a10;</mes:Structure>".encode()


@cache
def _bomb() -> bytes:
    """Return spaces, compressed: one block that can be repeated, between what a file of gzip begins and ends with."""
    compressor = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = compressor.compress(_BLOCK) + compressor.flush(zlib.Z_FULL_FLUSH)
    end = compressor.flush()
    checksum = 0
    for _ in range(_BLOCKS_OF_BOMB):
        checksum = zlib.crc32(_BLOCK, checksum)
    head = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff"  # RFC 1952: magic number, deflate, no flags, no time
    return head + block * _BLOCKS_OF_BOMB + end + struct.pack("<II", checksum, len(_BLOCK) * _BLOCKS_OF_BOMB)


def _malformed(request: Request) -> Answer:
    if wants_json(request.header("Accept")):
        return Answer(HTTPStatus.OK, b'{"meta": {"id": ', JSON)
    return Answer(HTTPStatus.OK, f"<mes:Structure {_MESSAGE}><mes:Header>".encode(), XML)


_POISONS: Final[Mapping[Fault, Callable[[Request], Answer]]] = {
    Fault.LOGIN_PAGE: lambda _: Answer(HTTPStatus.OK, _LOGIN, "text/html; charset=utf-8"),
    Fault.EXTERNAL_ENTITY: lambda _: Answer(HTTPStatus.OK, _EXTERNAL, XML),
    Fault.ENTITY_EXPANSION: lambda _: Answer(HTTPStatus.OK, _expanding(), XML),
    Fault.MALFORMED: _malformed,
    Fault.GZIP_BOMB: lambda _: Answer(HTTPStatus.OK, _bomb(), XML, {"Content-Encoding": "gzip"}),
    Fault.ENDLESS: lambda _: Answer(HTTPStatus.OK, b"", XML),
}
