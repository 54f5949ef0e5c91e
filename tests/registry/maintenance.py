"""Submitting structures by the maintenance interface of SDMX-REST (SDMX-REST 2.1, doc/maintenance.md).

``POST /structure`` and ``/structure/{type}`` create and update, ``PUT /structure/{type}/{agency}/{id}/{version}``
updates what is there, ``DELETE`` takes one artefact or one item away. The status codes are those of annex IV; the
answer is a SubmitStructureResponse, in SDMX-ML only. What is stable and sent again as it is counts as updated.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from http import HTTPStatus
from typing import Final

from tests.registry.answers import XML, Result, Status, submission_response
from tests.registry.bodies import plain_body, structures_in
from tests.registry.exchange import Answer, RefusedError, Request
from tests.registry.faults import Fault
from tests.registry.negotiation import is_offered, parse_accept
from tests.registry.queries import kinds_of
from tests.registry.references import missing_references
from tests.registry.rules import ACCEPTED, Fate, Judged, is_frozen, judge, referring
from tests.registry.store import Key, Store
from tests.registry.submission import CODES, store_some

from icstip.artefacts.base import Maintainable, Reference
from icstip.artefacts.collection import Artefacts
from icstip.artefacts.items import CategoryScheme, ItemScheme

Permit = Callable[[Collection[Maintainable]], None]

_BODIES: Final = frozenset({"application/xml", "text/xml", "application/json"})
_SUCCESSES: Final = range(200, 300)


def maintain(request: Request, parts: Sequence[str], store: Store, permit: Permit, fault: Fault | None) -> Answer:
    """Serve a request that changes structures, and return the answer.

    Args:
        request: The request.
        parts: The parts of its path after ``structure``.
        store: Where the artefacts are.
        permit: What raises where the user may not write an artefact.
        fault: A fault in storing.

    Raises:
        RefusedError: The request is not one of the interface, or cannot be read, or is not allowed.
    """
    if request.method == "DELETE":
        results = [_delete(_target(parts, 5), parts[4:], store, permit)]
    elif request.method == "PUT":
        results = _put(request, _target(parts, 4), store, permit, fault)
    else:
        results = _post(request, parts, store, permit, fault)
    version = _response_version(request.header("Accept"))
    prepared = store.modified.isoformat().replace("+00:00", "Z")
    return Answer(_status(results), submission_response(results, prepared, version=version), XML)


def _post(request: Request, parts: Sequence[str], store: Store, permit: Permit, fault: Fault | None) -> list[Result]:
    if len(parts) > 1:
        raise RefusedError(HTTPStatus.METHOD_NOT_ALLOWED, "POST goes to structures of a type", {"Allow": "GET, PUT"})
    kinds = kinds_of(parts[0]) if parts else kinds_of("*")
    submitted = _submitted(request)
    if not all(artefact.kind in kinds for artefact in submitted):
        return _unprocessable(submitted, "the message has artefacts of other types than its address")
    return _stored(submitted, store, permit, fault)


def _put(request: Request, target: Key, store: Store, permit: Permit, fault: Fault | None) -> list[Result]:
    submitted = _submitted(request)
    if [Key.of(artefact) for artefact in submitted] != [target]:
        return _unprocessable(submitted, f"the message is not {target}, as its address says")
    if target not in store:
        return [Result(submitted[0].reference, "Replace", Status.FAILURE, HTTPStatus.NOT_FOUND, "is not there")]
    return _stored(submitted, store, permit, fault)


def _unprocessable(submitted: Sequence[Maintainable], text: str) -> list[Result]:
    code = HTTPStatus.UNPROCESSABLE_ENTITY
    return [Result(artefact.reference, "Replace", Status.FAILURE, code, text) for artefact in submitted]


def _submitted(request: Request) -> list[Maintainable]:
    given = request.header("Content-Type")
    if not given or (parse_accept(given)[0].media_type not in _BODIES and not is_offered(given)):
        raise RefusedError(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, f"'{given}' is no type of structures")
    content = plain_body(request)
    is_json = content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{"
    if is_json != ("json" in given):
        raise RefusedError(HTTPStatus.BAD_REQUEST, "the body is not what its type says")
    return list(structures_in(content).artefacts)


def _stored(submitted: list[Maintainable], store: Store, permit: Permit, fault: Fault | None) -> list[Result]:
    permit(submitted)
    judged = judge(store, submitted)
    accepted = [one for one in judged if one.fate in ACCEPTED]
    return store_some(store, accepted, [_result(one) for one in judged], fault)


def _result(judged: Judged) -> Result:
    action = "Append" if judged.fate is Fate.CREATED else "Replace"
    code = CODES.get(judged.fate, HTTPStatus.CONFLICT)
    status = Status.SUCCESS if judged.fate in ACCEPTED else Status.FAILURE
    return Result(judged.submitted.reference, action, status, code, judged.text)


def _status(results: Sequence[Result]) -> int:
    codes = {result.code for result in results}
    good = {code for code in codes if code in _SUCCESSES}
    if good and good != codes:
        return HTTPStatus.MULTI_STATUS
    return max(codes)


def _target(parts: Sequence[str], most: int) -> Key:
    kinds = kinds_of(parts[0]) if parts else ()
    if not 4 <= len(parts) <= most or len(kinds) != 1:
        raise RefusedError(HTTPStatus.METHOD_NOT_ALLOWED, "the address is not that of one artefact", {"Allow": "GET"})
    return Key(next(iter(kinds)), *parts[1:4])


def _delete(target: Key, items: Sequence[str], store: Store, permit: Permit) -> Result:
    existing = store.get(target)
    if existing is None:
        return Result(Reference(*target), "Delete", Status.FAILURE, HTTPStatus.NOT_FOUND, f"{target} is not there")
    permit([existing])
    reference = existing.reference
    kept = _without_item(existing, items[0]) if items else None
    if items and kept is None:
        return Result(reference, "Delete", Status.FAILURE, HTTPStatus.NOT_FOUND, f"{target} has no {items[0]}")
    after = Artefacts.of((*(one for key, one in store.items() if key != target), *([kept] if kept else [])))
    users = [one for one in referring(after, reference) if any(missing_references(one, after))]
    if is_frozen(existing):
        return Result(reference, "Delete", Status.FAILURE, HTTPStatus.CONFLICT, f"{target} {Fate.FROZEN}")
    if users:
        text = f"{Key.of(users[0])} refers to it"
        return Result(reference, "Delete", Status.FAILURE, HTTPStatus.CONFLICT, text)
    if kept is None:
        store.remove(target)
    else:
        store.put(kept)
    return Result(reference, "Delete", Status.SUCCESS, HTTPStatus.OK, f"{target} deleted")


def _without_item(artefact: Maintainable, item: str) -> Maintainable | None:
    """Return an item scheme without an item: nested ones go with it, others lose their parent; None if it has none."""
    if not isinstance(artefact, ItemScheme):
        return None
    if isinstance(artefact, CategoryScheme):
        kept = tuple(one for one in artefact.items if one.path != item and not one.path.startswith(f"{item}."))
    else:
        kept = tuple(one for one in artefact.items if one.id != item)
        kept = tuple(replace(one, parent="") if one.parent == item else one for one in kept)
    return replace(artefact, items=kept) if len(kept) < len(artefact.items) else None


def _response_version(accept: str) -> str:
    """Return the version of SDMX-ML of an answer: the first one that is asked for, else 3.0."""
    versions = {"2.1": "2_1", "3.0.0": "3_0", "3.1.0": "3_1"}
    named = (versions.get(one.version) for one in parse_accept(accept or "*/*") if "xml" in one.media_type)
    return next((version for version in named if version), "3_0")
