"""A request as it came, an answer as it goes, and what is kept of both."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from email.message import Message
from http import HTTPStatus
from urllib.parse import parse_qs, unquote, urlsplit


@dataclass(frozen=True, slots=True)
class Request:
    """A request.

    Attributes:
        method: ``GET``, ``POST``, …
        target: Path and query as they came, percent-encoded.
        headers: The headers, whose names are found in any case.
        body: The body, as it was sent.
    """

    method: str
    target: str
    headers: Message
    body: bytes

    @property
    def path(self) -> str:
        """The path as it came, percent-encoded, without the query."""
        return urlsplit(self.target).path

    @property
    def parts(self) -> tuple[str, ...]:
        """The parts of the path, decoded; a slash at the end makes no part of its own."""
        return tuple(unquote(part) for part in self.path.strip("/").split("/"))

    @property
    def query(self) -> Mapping[str, str]:
        """The parameters of the query, decoded; the last of several with one name."""
        # A plus sign stands for itself in SDMX queries, where forms would make it a space.
        given = parse_qs(urlsplit(self.target).query.replace("+", "%2B"), keep_blank_values=True)
        return {name: values[-1] for name, values in given.items()}

    def header(self, name: str) -> str:
        """Return a header, or an empty text where it is absent."""
        return str(self.headers.get(name, ""))


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer.

    Attributes:
        status: Status code.
        body: The body before it is compressed.
        content_type: Its media type.
        headers: Further headers.
    """

    status: int
    body: bytes = b""
    content_type: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Recorded:
    """A request that was served.

    Attributes:
        method: ``GET``, ``POST``, …
        path: Path and query as they came, percent-encoded.
        headers: The headers, whose names are found in any case.
        body: The body, as it was sent.
        status: Status of the answer; 0 where there was none.
    """

    method: str
    path: str
    headers: Message
    body: bytes
    status: int


class RefusedError(Exception):
    """A request cannot be served; the answer says why.

    Args:
        status: Status of the answer.
        reason: Why, in English.
        headers: Further headers of the answer.
    """

    def __init__(self, status: HTTPStatus, reason: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason
        self.headers = dict(headers or {})
