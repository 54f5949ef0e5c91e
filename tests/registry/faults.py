"""What can go wrong between a client and a registry, on demand."""

import re
from dataclasses import dataclass
from enum import StrEnum


class Fault(StrEnum):
    """Something that goes wrong with a request."""

    TIMEOUT = "timeout"
    """The answer, an error 503, comes when the client no longer waits for it; nothing is stored."""
    TIMEOUT_AFTER_STORING = "timeout after storing"
    """The request is served at once, but the answer comes when the client no longer waits for it."""
    DROPPED = "dropped"
    """The connection is closed before anything is done."""
    DROPPED_AFTER_STORING = "dropped after storing"
    """The request is served, and the connection is closed before the answer: the client cannot know."""
    UNAUTHORISED = "401"
    """The credentials are refused, whatever they are."""
    FORBIDDEN = "403"
    """The credentials are not sufficient."""
    CONFLICT = "409"
    """The request does not fit what is there."""
    TOO_MANY = "429"
    """There were too many requests; the header ``Retry-After`` says 1 second."""
    SERVER_ERROR = "500"
    """The registry is broken."""
    UNAVAILABLE = "503"
    """The registry is down for maintenance; the header ``Retry-After`` says 1 second."""
    TRUNCATED = "truncated"
    """The request is served, but the answer ends in the middle, before the length that it announces."""
    LOGIN_PAGE = "login page"
    """A proxy answers 200 with a page of HTML that asks for a password."""
    SAYS_FAILURE = "200 with failure"
    """The answer to a submission is 200 (FMR), and says Failure of each artefact; nothing is stored."""
    PARTIAL = "partial"
    """The first half of the artefacts of a submission is stored, the others are not, and the answer says so."""
    LIE_CHANGED = "stores something else"
    """The answer to a submission says Success, but the artefacts are stored with other names."""
    LIE_NOTHING_STORED = "stores nothing"
    """The answer to a submission says Success, but nothing is stored."""
    ENDLESS = "endless"
    """The answer never ends: chunk after chunk as long as the client takes them."""
    GZIP_BOMB = "gzip bomb"
    """The answer is small as it comes, and huge when it is decompressed."""
    EXTERNAL_ENTITY = "external entity"
    """The answer is XML with an entity that is a file of the client."""
    ENTITY_EXPANSION = "entity expansion"
    """The answer is XML with entities of entities of entities: gigabytes when they are expanded."""
    REDIRECT = "redirect"
    """The answer is 307 and says the same address: a redirect that is harmless, or a loop if it is planned for ever."""
    REDIRECT_ELSEWHERE = "redirect elsewhere"
    """The answer is 307 and says the other registry, which has another host name and another port."""
    REDIRECT_PLAIN = "redirect to plain http"
    """The answer is 307 and says the other registry under this host name; from a registry with TLS it leads to HTTP."""
    MALFORMED = "malformed"
    """The answer is 200 with XML, or JSON where that is asked for, that is not well-formed."""
    WRONG_TYPE = "wrong content type"
    """The request is served, but the answer says that it is a picture."""
    SLOW = "slow"
    """The request is served, but the answer comes byte by byte: twenty of them in the time of a late answer."""


STORING = frozenset({Fault.SAYS_FAILURE, Fault.PARTIAL, Fault.LIE_CHANGED, Fault.LIE_NOTHING_STORED})
"""Faults in what a submission stores, or what is said of it."""


@dataclass(slots=True)
class Planned:
    """A fault that is to come.

    Attributes:
        fault: The fault.
        on: Method of the requests that it befalls, or ``*`` for all.
        path: Pattern that is somewhere in path and query of those requests.
        times: How often it is still to come; None for ever.
    """

    fault: Fault
    on: str
    path: str
    times: int | None

    def befalls(self, method: str, target: str) -> bool:
        """Return whether it is the turn of a request."""
        if self.times == 0 or (self.fault in STORING and method == "GET"):
            return False
        return self.on in {"*", method} and re.search(self.path, target) is not None


class FaultPlan:
    """The faults that are to come, in the order in which they were planned."""

    def __init__(self) -> None:
        self._planned: list[Planned] = []

    def add(self, planned: Planned) -> None:
        """Plan a fault."""
        self._planned.append(planned)

    def clear(self) -> None:
        """Plan none any more."""
        self._planned.clear()

    def take(self, method: str, target: str) -> Fault | None:
        """Return the fault that befalls a request, which has then come once more; None where none does."""
        for planned in self._planned:
            if planned.befalls(method, target):
                if planned.times is not None:
                    planned.times -= 1
                return planned.fault
        return None
