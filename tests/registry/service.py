"""What a registry does with a request: which part of it serves an address, and who may."""

import base64
import binascii
import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from email.utils import format_datetime, parsedate_to_datetime
from http import HTTPStatus
from threading import RLock
from typing import Any

from tests.registry.answers import error_message
from tests.registry.data_validation import validate
from tests.registry.details import in_detail
from tests.registry.exchange import Answer, RefusedError, Request
from tests.registry.faults import Fault
from tests.registry.maintenance import maintain
from tests.registry.negotiation import chosen_format, offered_formats, wants_json, written
from tests.registry.queries import parse_old_query, parse_query
from tests.registry.schema_query import schema_artefacts
from tests.registry.selection import find
from tests.registry.store import Store
from tests.registry.submission import submit

from icstip.artefacts.base import Maintainable
from icstip.artefacts.collection import Artefacts
from icstip.artefacts.urn import urn_of
from icstip.errors import StructureError
from icstip.messages.formats import Format

SUBMISSION = ("ws", "secure", "sdmxapi", "rest")
VALIDATION = ("ws", "public", "data", "validate")
_NEW_REST = ("sdmx", "v2")
_OLD_RESTS = (("ws", "public", "sdmxapi", "rest"), ("rest",))
_NOT_SERVED = frozenset({"data", "availability", "metadata", "registration", "availableconstraint"})
_CONTEXTS = {"dataflow": "Dataflow", "datastructure": "DataStructure", "provisionagreement": "ProvisionAgreement"}


@dataclass(frozen=True, slots=True)
class Credentials:
    """Who may write, and by what the registry knows them.

    Attributes:
        user: Name of the user; empty where no password is taken.
        password: Password of the user.
        token: Bearer token; empty where none is taken.
        agencies: Agencies whose artefacts the user may write; empty for all.
        for_reading: Whether they are asked for everything, or for writing only.
    """

    user: str = ""
    password: str = ""
    token: str = ""
    agencies: Collection[str] = ()
    for_reading: bool = False

    def fit(self, header: str) -> bool:
        """Return whether a header ``Authorization`` has them."""
        scheme, _, value = header.partition(" ")
        if scheme.lower() == "bearer":
            return bool(self.token) and value.strip() == self.token
        if scheme.lower() != "basic" or not self.user:
            return False
        try:
            return base64.b64decode(value, validate=True).decode() == f"{self.user}:{self.password}"
        except (binascii.Error, UnicodeDecodeError):
            return False


@dataclass(frozen=True, slots=True)
class Document:
    """Bytes that are served as they are."""

    content: bytes
    content_type: str


@dataclass(slots=True)
class Service:
    """A registry without its server.

    Attributes:
        store: The artefacts.
        fmr: Whether it takes submissions, and validates data, as the Fusion Metadata Registry does.
        maintenance: Whether it takes submissions by SDMX-REST.
        rest: Which SDMX-REST it has: ``2.x``, ``1.x``.
        credentials: What it asks for; None for nothing.
        etags: Whether answers have ``ETag`` and ``Last-Modified``.
        default_action: What a submission to the Fusion Metadata Registry without the header ``Action`` does.
        unresolved: Status of its answer to a submission whose references cannot be resolved: its pages say 400, and
            registries that answer 200 are known.
        documents: Bytes that are served as they are, by path and query or by path.
    """

    store: Store
    fmr: bool = True
    maintenance: bool = True
    rest: Collection[str] = ("2.x", "1.x")
    credentials: Credentials | None = None
    etags: bool = True
    default_action: str = "FullReplace"
    unresolved: int = HTTPStatus.OK
    documents: dict[str, Document] = field(default_factory=dict)
    _lock: Any = field(default_factory=RLock)

    def serve(self, request: Request, fault: Fault | None = None) -> Answer:
        """Return the answer to a request.

        Args:
            request: The request, whose path begins at the top of the registry.
            fault: A fault in storing.
        """
        try:
            with self._lock:
                return self._served(request, fault)
        except RefusedError as refused:
            old = request.parts[:1] != _NEW_REST[:1]
            as_json = wants_json(request.header("Accept")) and request.method == "GET"
            version = "2_1" if old else "3_0"
            body, content_type = error_message(refused.status, refused.reason, as_json=as_json, version=version)
            return Answer(refused.status, body, content_type, refused.headers)

    def _served(self, request: Request, fault: Fault | None) -> Answer:
        document = self.documents.get(request.target) or self.documents.get(request.path)
        self._authenticate(request)
        if document is not None and request.method == "GET":
            return self._conditional(request, Answer(HTTPStatus.OK, document.content, document.content_type))
        if request.parts == VALIDATION and self.fmr:
            _allow(request, "POST")
            return validate(request, self.store.artefacts)
        if request.parts == SUBMISSION and self.fmr:
            _allow(request, "POST")
            return submit(
                request,
                self.store,
                default_action=self.default_action,
                unresolved=self.unresolved,
                permit=self._permit,
                fault=fault,
            )
        if request.parts[:2] == _NEW_REST and "2.x" in self.rest:
            return self._new_rest(request, request.parts[2:], fault)
        for place in _OLD_RESTS:
            if request.parts[: len(place)] == place and "1.x" in self.rest:
                _allow(request, "GET")
                return self._structures(request, request.parts[len(place) :], old=True)
        raise RefusedError(HTTPStatus.NOT_FOUND, "nothing is served here")

    def _new_rest(self, request: Request, parts: Sequence[str], fault: Fault | None) -> Answer:
        resource = parts[0] if parts else ""
        if resource == "structure" and request.method != "GET":
            _allow(request, *(("POST", "PUT", "DELETE") if self.maintenance else ("GET",)))
            return maintain(request, parts[1:], self.store, self._permit, fault)
        _allow(request, "GET")
        if resource == "structure":
            return self._structures(request, parts[1:], old=False)
        if resource == "schema":
            return self._schema(request, parts[1:])
        if resource in _NOT_SERVED:
            raise RefusedError(HTTPStatus.NOT_IMPLEMENTED, f"{resource} is not implemented")
        raise RefusedError(HTTPStatus.NOT_FOUND, "nothing is served here")

    def _structures(self, request: Request, parts: Sequence[str], *, old: bool) -> Answer:
        if old and parts[:1] and parts[0] in {*_NOT_SERVED, "schema"}:
            raise RefusedError(HTTPStatus.NOT_IMPLEMENTED, f"{parts[0]} is not implemented")
        query = (parse_old_query if old else parse_query)(parts, request.query)
        entry = chosen_format(request.header("Accept"), offered_formats(old=old))
        found = find(self.store.artefacts, query)
        if not found.matched:
            raise RefusedError(HTTPStatus.NOT_FOUND, "nothing is found")
        return self._conditional(request, self._message(in_detail(found, query.detail, self.store.artefacts), entry))

    def _schema(self, request: Request, parts: Sequence[str]) -> Answer:
        if len(parts) not in {3, 4} or parts[0] not in _CONTEXTS:
            raise RefusedError(HTTPStatus.BAD_REQUEST, "this is no schema query")
        entry = chosen_format(request.header("Accept"), offered_formats(old=False))
        found = find(self.store.artefacts, parse_query(parts, {}))
        if len(found.matched) != 1:
            raise RefusedError(HTTPStatus.NOT_FOUND, "nothing is found, or several")
        artefacts = schema_artefacts(found.matched[0], self.store.artefacts)
        answer = self._message(artefacts, entry)
        if entry.extension != "json":
            return self._conditional(request, answer)
        # The header of the message links to what the schema is made of (SDMX-JSON 2.0, meta, links).
        message = json.loads(answer.body)
        message["meta"]["links"] = [{"rel": "artefact", "urn": urn_of(one.reference)} for one in artefacts]
        body = json.dumps(message, ensure_ascii=False).encode()
        return self._conditional(request, Answer(answer.status, body, answer.content_type))

    def _message(self, artefacts: Artefacts, entry: Format) -> Answer:
        held = [artefact for artefact in artefacts if artefact.kind not in entry.lacks]
        if not held:
            raise RefusedError(HTTPStatus.NOT_FOUND, f"{entry.name} has nothing of what is found")
        try:
            body = written(Artefacts.of(held), entry, self.store.modified.isoformat().replace("+00:00", "Z"))
        except StructureError as error:
            raise RefusedError(HTTPStatus.INTERNAL_SERVER_ERROR, f"cannot be written: {error}") from error
        return Answer(HTTPStatus.OK, body, entry.media_type)

    def _conditional(self, request: Request, answer: Answer) -> Answer:
        """Return an answer, or 304 where the client has it already (RFC 9110, 13)."""
        headers = {"Vary": "Accept, Accept-Encoding"}
        if not self.etags:
            return Answer(answer.status, answer.body, answer.content_type, headers)
        digest = hashlib.sha256(answer.body + answer.content_type.encode()).hexdigest()[:32]
        # Weak: with and without compression the answer is the same, but not byte by byte.
        headers |= {"ETag": f'W/"{digest}"', "Last-Modified": format_datetime(self.store.modified, usegmt=True)}
        if _is_known(request, digest, self.store):
            return Answer(HTTPStatus.NOT_MODIFIED, b"", "", headers)
        return Answer(answer.status, answer.body, answer.content_type, headers)

    def _authenticate(self, request: Request) -> None:
        writes = request.method != "GET" and request.parts != VALIDATION
        if self.credentials is None or not (writes or self.credentials.for_reading):
            return
        if not self.credentials.fit(request.header("Authorization")):
            scheme = "Basic" if self.credentials.user else "Bearer"
            challenge = {"WWW-Authenticate": f'{scheme} realm="registry"'}
            raise RefusedError(HTTPStatus.UNAUTHORIZED, "credentials are needed", challenge)

    def _permit(self, artefacts: Collection[Maintainable]) -> None:
        allowed = self.credentials.agencies if self.credentials is not None else ()
        for artefact in artefacts:
            if allowed and artefact.agency not in allowed:
                raise RefusedError(HTTPStatus.FORBIDDEN, f"artefacts of {artefact.agency} are not yours to write")


def _allow(request: Request, *methods: str) -> None:
    if request.method not in methods:
        allowed: Mapping[str, str] = {"Allow": ", ".join(methods)}
        raise RefusedError(HTTPStatus.METHOD_NOT_ALLOWED, f"{request.method} is not served here", allowed)


def _is_known(request: Request, digest: str, store: Store) -> bool:
    known = request.header("If-None-Match")
    if known:
        tags = [tag.strip().removeprefix("W/").strip('"') for tag in known.split(",")]
        return digest in tags or "*" in tags
    since = request.header("If-Modified-Since")
    try:
        return bool(since) and parsedate_to_datetime(since) >= store.modified
    except (TypeError, ValueError):
        return False
