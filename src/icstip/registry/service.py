"""The web service of a registry: where it is, which version it speaks, and its answers to questions."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from icstip.errors import FormatError, RegistryError
from icstip.messages.formats import Format, format_of
from icstip.messages.structure_json.reading.base import parse
from icstip.registry.http.addresses import shown_origin
from icstip.registry.http.connection import Answer, Connection
from icstip.registry.http.kept import Kept, KeptAnswers
from icstip.registry.queries import Rest, StructureQuery

_PREFERRED: Final = ("sdmx-ml-3.0", "sdmx-ml-3.1", "sdmx-json-2.0", "sdmx-json-2.1", "sdmx-ml-2.1", "sdmx-json-1.0")
"""Formats of structures in the order in which they are asked for: what says most goes first."""

_OF_ONE: Final = ("sdmx-ml-2.1", "sdmx-json-1.0")

_PLACES: Final = (
    ("", Rest.TWO),
    ("", Rest.ONE),
    ("/sdmx/v2", Rest.TWO),
    ("/ws/public/sdmxapi/rest", Rest.ONE),
    ("/rest/v2", Rest.TWO),
    ("/rest", Rest.ONE),
)
"""Where a service is, below the address that people know: as given; in Fusion Metadata Registry; in .Stat Suite."""

_PROBE: Final = StructureQuery("AgencyScheme", "SDMX", "AGENCIES", detail="allstubs")
_NAMESPACE: Final = b"www.sdmx.org/resources/sdmxml"
_FOUND: Final = 200
_REFUSED: Final = frozenset({401, 403})
_NOTHING_FOUND: Final = 404
_REDIRECTS: Final = 300
_NOT_MODIFIED: Final = 304


@dataclass(frozen=True, slots=True)
class Service:
    """Where the web service of a registry is, and what it speaks.

    Attributes:
        base: The address that its paths begin with.
        rest: The version of the web service standard.
    """

    base: str
    rest: Rest

    @property
    def root(self) -> str:
        """The address that other services of the same registry are below, as in Fusion Metadata Registry."""
        for ending, _ in _PLACES[2:]:
            if self.base.endswith(ending):
                return self.base.removesuffix(ending)
        return self.base

    def formats(self, wanted: Sequence[str] = ()) -> tuple[Format, ...]:
        """Return the formats of structures to ask for, the best first.

        Args:
            wanted: Ids of formats; none means all that its version of the standard has.

        Raises:
            FormatError: There is no such format.
        """
        usual = _PREFERRED if self.rest is Rest.TWO else _OF_ONE
        return tuple(format_of(name, "structure") for name in wanted or usual)


class Questions:
    """Questions for structures, and the answers that were kept of earlier ones.

    Args:
        connection: The connection to the registry.
        service: Its web service.
        kept: Where answers are kept; None keeps none.
        offline: Whether only answers that were kept are given.
        formats: Ids of the formats asked for; none means whichever there is.
    """

    def __init__(
        self,
        connection: Connection,
        service: Service,
        *,
        kept: KeptAnswers | None = None,
        offline: bool = False,
        formats: Sequence[str] = (),
    ) -> None:
        self.connection = connection
        self.service = service
        self._kept = kept
        self._offline = offline
        self._accepted = accepted(service.formats(formats))

    def ask(self, query: StructureQuery) -> bytes | None:
        """Return the message with which a registry answers a question; None when it has nothing of the kind.

        Raises:
            RegistryError: It does not answer, or refuses.
        """
        address = query.address(self.service.base, self.service.rest)
        kept = self._kept.find(address, self._accepted) if self._kept else None
        if self._offline:
            if kept is None:
                raise RegistryError("registry-not-kept", where=address, folder=self._kept.folder if self._kept else "–")
            return kept.content
        answer = self.connection.get(address, {"Accept": self._accepted, **(kept.conditions if kept else {})})
        if answer.status == _NOT_MODIFIED and kept is not None:
            return kept.content
        if answer.status == _NOTHING_FOUND:
            return None
        check_status(answer)
        if self._kept is not None:
            tag, modified = (answer.headers.get(name, "") for name in ("etag", "last-modified"))
            self._kept.keep(address, self._accepted, Kept(answer.content, tag, modified))
        return answer.content


def find_service(connection: Connection, wanted: Rest | None = None) -> Service:
    """Return the web service at the address of a connection, or below it where registries usually have it.

    Args:
        connection: The connection.
        wanted: The version that it speaks, where that is known: then the address is taken as it is.

    Raises:
        RegistryError: No web service of SDMX answers there, or only to those who say who they are.
    """
    if wanted is not None:
        return Service(connection.address, wanted)
    refused: Answer | None = None
    likely: list[tuple[int, Service]] = []
    for service in _possible(connection.address):
        answer = connection.get(_PROBE.address(service.base, service.rest), {"Accept": accepted(service.formats())})
        if answer.status == _FOUND and _is_of_sdmx(answer):
            return service
        if answer.status == _NOTHING_FOUND and _is_of_sdmx(answer):
            likely.append((_doubt(answer, service, connection.address), service))
        refused = answer if answer.status in _REFUSED else refused
    if likely:
        return min(likely, key=lambda one: one[0])[1]
    if refused is not None:
        check_status(refused)
    raise RegistryError("registry-none", where=connection.address)


def accepted(formats: Sequence[Format]) -> str:
    """Return the header ``Accept`` for formats, the first of which is the most welcome."""
    weighed = [f"{fmt.media_type};q={1 - place / 10:.1f}" for place, fmt in enumerate(formats)]
    return ", ".join(weighed).replace(";q=1.0", "")


def check_status(answer: Answer) -> None:
    """Do nothing if a server answered what it was asked for.

    Raises:
        RegistryError: It did not; the message says what the status means and what to do.
    """
    if answer.status < _REDIRECTS:
        return
    where = shown_origin(answer.address)
    match answer.status:
        case 401:
            raise RegistryError("registry-401", where=where)
        case 403:
            raise RegistryError("registry-403", where=where)
        case 404:
            raise RegistryError("registry-404", where=where)
        case 406:
            raise RegistryError("registry-406", where=where)
        case 429:
            raise RegistryError("registry-429", where=where)
    raise RegistryError("registry-status", where=where, status=answer.status)


def _possible(address: str) -> Iterator[Service]:
    """Yield where the service can be, the likeliest first."""
    path = urlsplit(address).path.rstrip("/")
    ends = next((rest for ending, rest in _PLACES[2:] if path.endswith(ending)), None)
    if ends is not None:
        yield Service(address, ends)
        return
    for below, rest in _PLACES:
        yield Service(address + below, rest)


def _is_of_sdmx(answer: Answer) -> bool:
    """Return whether an answer is one of a service of SDMX, be it that it has nothing of the kind."""
    return "vnd.sdmx" in answer.media_type or _NAMESPACE in _start(answer) or _has_errors(answer)


def _doubt(answer: Answer, service: Service, given: str) -> int:
    """Return how doubtful it is that a service which has nothing of what it was asked for is there at all.

    Some servers say in SDMX that there is nothing at any path. In SDMX 3.0 only a service of version 2 says so; the
    words of SDMX 2.1 come from either, but rather from one of version 1.
    """
    is_of_21 = b"schemas/v2_1" in _start(answer) or "version=2.1" in answer.headers.get("content-type", "")
    if service.rest is Rest.TWO and not is_of_21:
        return 0
    return 1 if service.base == given and service.rest is Rest.ONE else 2


def _start(answer: Answer) -> bytes:
    return answer.content[:4000].replace(b"\x00", b"")


def _has_errors(answer: Answer) -> bool:
    """Return whether an answer is an error message of SDMX-JSON."""
    if answer.content[:1] not in {b"{", b"["} or len(answer.content) > 1 << 16:
        return False
    try:
        return isinstance(parse(answer.content, answer.address).get("errors"), list)
    except FormatError:
        return False
