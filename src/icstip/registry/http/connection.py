"""Requests to one server, with limits on time, size, redirects and repetitions."""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from typing import Final

import requests
from urllib3.exceptions import HTTPError

from icstip.errors import NoAnswerError, RegistryError
from icstip.registry.http.addresses import checked_address, is_private, origin_of, redirect_target, shown_origin
from icstip.registry.http.credentials import Credentials

_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_PASSING: Final = frozenset({429, 502, 503, 504})
"""What a server answers that may answer otherwise a moment later (RFC 9110, RFC 6585)."""

_WHO_ASKS: Final = 401
_BUSY: Final = 429
"""It has not looked at the request, so that even one that changes something may be sent again."""

_MOST_REDIRECTS: Final = 5
_PIECE: Final = 1 << 16


@dataclass(frozen=True, slots=True)
class Limits:
    """What a server may take.

    Attributes:
        connect: Seconds until it takes the connection.
        silence: Seconds between two pieces of its answer.
        total: Seconds until its answer is whole.
        most_bytes: Size of the answer, unpacked.
        attempts: How often a request is sent that gets no answer, or one that may be another a moment later.
        longest_wait: Seconds between two attempts, whatever the server asks for.
    """

    connect: float = 10
    silence: float = 60
    total: float = 600
    most_bytes: int = 1 << 28
    attempts: int = 4
    longest_wait: float = 30


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered.

    Attributes:
        status: The status code of HTTP.
        headers: The headers, their names in small letters.
        content: The body, unpacked.
        address: Where it came from, after redirects.
    """

    status: int
    headers: Mapping[str, str]
    content: bytes = field(repr=False)
    address: str

    @property
    def media_type(self) -> str:
        """The media type without its parameters, in small letters."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


class _Session(requests.Session):
    """A session that leads nowhere by itself: it would look at where an answer leads even if it is not to go there."""

    def get_redirect_target(self, resp: requests.Response) -> None:
        """Say that an answer leads nowhere."""


class Connection:
    """Requests to one server.

    Credentials are sent to it alone, and only where nobody on the way can read them. Nothing is taken from the
    surroundings: no proxy, no netrc, no certificates but those that are given.

    Args:
        address: The address of the registry.
        limits: What the server may take.
        proxy: Address of a proxy; empty for none.
        certificates: File of the certificates to trust instead of those that requests brings along.
        identity: Is asked who asks when the server wants to know; None for nobody.

    Raises:
        RegistryError: The address is none.
    """

    def __init__(
        self,
        address: str,
        *,
        limits: Limits | None = None,
        proxy: str = "",
        certificates: str = "",
        identity: Callable[[], Credentials | None] = lambda: None,
    ) -> None:
        self.address = checked_address(address)
        self.limits = limits or Limits()
        self._identity = identity
        self._session = _Session()
        self._session.trust_env = False
        if proxy:
            self._session.proxies = {"http": proxy, "https": proxy}
        if certificates:
            self._session.verify = certificates
        self._credentials: Credentials | None = None

    def identify(self, credentials: Credentials | None) -> None:
        """Ask as somebody from now on.

        Raises:
            RegistryError: The credentials would be sent in the clear.
        """
        if credentials is not None and not is_private(self.address):
            raise RegistryError("registry-in-the-clear", where=shown_origin(self.address))
        self._credentials = credentials

    @property
    def is_identified(self) -> bool:
        """Whether it asks as somebody."""
        return self._credentials is not None

    def hidden_in(self, text: str) -> str:
        """Return a text from the other side as it may be shown: without what identifies who asks."""
        return text if self._credentials is None else self._credentials.hidden_in(text)

    def get(self, address: str, headers: Mapping[str, str]) -> Answer:
        """Return the answer to a question. It is asked again where that may help; redirects are followed.

        Raises:
            RegistryError: There is no answer, or one that is too large or too slow, or leads on and on, or to a place
                where anybody could read or change what is sent.
        """
        here = address
        for _ in range(_MOST_REDIRECTS + 1):
            answer = self._repeated(partial(self._once, "GET", here, headers), _PASSING, is_repeatable=True)
            if answer.status not in _REDIRECTS or not answer.headers.get("location"):
                return answer
            target = redirect_target(here, answer.headers["location"])
            if is_private(here) and not is_private(target):
                raise RegistryError("registry-redirect-clear", where=shown_origin(here), to=shown_origin(target))
            here = target
        raise RegistryError("registry-redirects", where=shown_origin(address), most=_MOST_REDIRECTS)

    def send(
        self,
        method: str,
        address: str,
        headers: Mapping[str, str],
        body: bytes | None = None,
        files: Mapping[str, tuple[str, bytes]] | None = None,
    ) -> Answer:
        """Return the answer to something that may change the registry. It is sent once, unless the server was busy.

        Args:
            method: ``POST`` or ``PUT``.
            address: Where it goes.
            headers: Headers.
            body: What is sent.
            files: What is sent as a form instead: name of the field, file name and content.

        Raises:
            NoAnswerError: Nobody knows whether it came about.
            RegistryError: The server leads elsewhere: what changes something is not sent there.
        """
        answer = self._repeated(
            partial(self._once, method, address, headers, body, files), frozenset({_BUSY}), is_repeatable=False
        )
        if answer.status in _REDIRECTS:
            to = shown_origin(redirect_target(address, answer.headers.get("location", "")))
            raise RegistryError("registry-redirect-sent", where=shown_origin(address), to=to)
        return answer

    def _repeated(self, once: Callable[[], Answer], passing: frozenset[int], *, is_repeatable: bool) -> Answer:
        for attempt in range(self.limits.attempts):
            is_last = attempt + 1 == self.limits.attempts
            try:
                answer = self._identified(once)
            except NoAnswerError:
                if is_last or not is_repeatable:
                    raise
                time.sleep(min(2.0**attempt / 2, self.limits.longest_wait))
                continue
            if answer.status not in passing or is_last:
                break
            time.sleep(min(_asked_wait(answer, 2.0**attempt / 2), self.limits.longest_wait))
        return answer

    def _identified(self, once: Callable[[], Answer]) -> Answer:
        """Return an answer; a server that wants to know who asks is told, and has not looked at the request before."""
        answer = once()
        if answer.status != _WHO_ASKS or self.is_identified or origin_of(answer.address) != origin_of(self.address):
            return answer
        asked = self._identity()
        if asked is None:
            return answer
        self.identify(asked)
        return once()

    def _once(
        self,
        method: str,
        address: str,
        headers: Mapping[str, str],
        body: bytes | None = None,
        files: Mapping[str, tuple[str, bytes]] | None = None,
    ) -> Answer:
        place = shown_origin(address)
        sent = {"User-Agent": "icstip", "Accept-Encoding": "gzip", **headers}
        if self._credentials is not None and origin_of(address) == origin_of(self.address):
            sent["Authorization"] = self._credentials.header
        # requests keeps the request, with the header that identifies who asks, in its exceptions: none gets out.
        try:
            response = self._session.request(
                method,
                address,
                headers=sent,
                data=body,
                files=files,
                stream=True,
                allow_redirects=False,
                timeout=(self.limits.connect, self.limits.silence),
            )
            with closing(response):
                content = b"".join(self._pieces(response, place))
                received = {name.lower(): value for name, value in response.headers.items()}
                return Answer(response.status_code, received, content, address)
        except requests.exceptions.SSLError:
            raise RegistryError("registry-certificate", where=place) from None
        except requests.exceptions.ProxyError:
            raise RegistryError("registry-proxy", where=place) from None
        except (requests.exceptions.ConnectTimeout, requests.exceptions.ReadTimeout):
            raise NoAnswerError("registry-time-out", where=place) from None
        except (requests.exceptions.RequestException, HTTPError, OSError):
            raise NoAnswerError("registry-no-answer", where=place) from None

    def _pieces(self, response: requests.Response, place: str) -> Iterator[bytes]:
        """Yield the body piece by piece, as it comes: one that drips is not waited for, one that swells not kept."""
        size, until = 0, time.monotonic() + self.limits.total
        while piece := response.raw.read1(_PIECE, decode_content=True):
            size += len(piece)
            if size > self.limits.most_bytes:
                raise RegistryError("registry-answer-large", where=place, most=self.limits.most_bytes)
            if time.monotonic() > until:
                raise NoAnswerError("registry-time-out", where=place)
            yield piece
        promised = response.headers.get("Content-Length", "")
        if promised.isdecimal() and response.raw.tell() < int(promised):
            raise NoAnswerError("registry-cut-off", where=place)


def _asked_wait(answer: Answer, otherwise: float) -> float:
    """Return how many seconds a server asks to wait; dates, the other way to say it, are not looked at."""
    asked = answer.headers.get("retry-after", "").strip()
    return float(asked) if asked.isdecimal() else otherwise
