"""Submitting structures by the interface of the Fusion Metadata Registry.

FMR knowledge base, SubmitStructuresWebService: ``POST {base}/ws/secure/sdmxapi/rest``, the header ``Action`` with
``Append``, ``Replace``, ``Merge``, ``FullReplace`` or ``Delete``, the header ``Skip-Invalid``; the answer is a
SubmitStructureResponse in SDMX-ML. What the pages do not say is decided as follows.

- ``Append`` of what exists is a failure of that artefact; the others are stored.
- Any other fault is one of the message: nothing of it is stored, unless ``Skip-Invalid`` is true.
- ``FullReplace`` removes all that is not in the message, of whatever agency. The pages of 2025 call ``Replace`` the
  default; so that a client that forgets the header is found out, the default here is ``FullReplace``, which costs most.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from http import HTTPStatus
from typing import Final

from tests.registry.answers import XML, Result, Status, submission_response
from tests.registry.bodies import structures_in, uploaded
from tests.registry.exchange import Answer, RefusedError, Request
from tests.registry.faults import Fault
from tests.registry.rules import ACCEPTED, Fate, Judged, judge, referring
from tests.registry.store import Key, Store, halves

from icstip.artefacts.base import Maintainable
from icstip.artefacts.notices import NOT_READ
from icstip.findings import Finding

ACTIONS: Final = ("append", "replace", "merge", "fullreplace", "delete")

# Action types of a response (SDMXCommon.xsd of 2.1, ActionType), which has neither Merge nor FullReplace.
_SAID: Final = {"append": "Append", "delete": "Delete"}

CODES: Final = {
    Fate.CREATED: HTTPStatus.CREATED,
    Fate.UPDATED: HTTPStatus.OK,
    Fate.UNCHANGED: HTTPStatus.OK,
}
"""The status code of each fate by itself; of the others it is 409."""


def submit(
    request: Request,
    store: Store,
    *,
    default_action: str,
    unresolved: int,
    permit: Callable[[Collection[Maintainable]], None],
    fault: Fault | None,
) -> Answer:
    """Take a submission and return the answer.

    Args:
        request: The request.
        store: Where the artefacts go.
        default_action: What is done where the header ``Action`` is absent.
        unresolved: Status of the answer where references cannot be resolved.
        permit: What raises where the user may not write an artefact.
        fault: A fault in storing.

    Raises:
        RefusedError: The submission cannot be read, or is not allowed.
    """
    action = (request.header("Action") or default_action).lower()
    if action not in ACTIONS:
        raise RefusedError(HTTPStatus.BAD_REQUEST, f"there is no action {action}")
    document = structures_in(uploaded(request).content)
    submitted = list(document.artefacts)
    permit(submitted)
    if action == "delete":
        results = _deleted(store, submitted)
        return Answer(HTTPStatus.OK, _response(results, store), XML)
    held = {} if action == "fullreplace" else store
    judged = judge(held, submitted, append=action == "append", merge=action == "merge")
    whole = request.header("Skip-Invalid").lower() == "true" or all(
        one.fate in {*ACCEPTED, Fate.EXISTS} for one in judged
    )
    accepted = [one for one in judged if whole and one.fate in ACCEPTED]
    results = [_result(one, action, document.findings, stored=one in accepted) for one in judged]
    results = store_some(store, accepted, results, fault)
    if action == "fullreplace" and whole and fault not in {Fault.SAYS_FAILURE, Fault.LIE_NOTHING_STORED}:
        store.keep_only(Key.of(artefact) for artefact in submitted)
    is_unresolved = not whole and any(one.fate is Fate.UNRESOLVED for one in judged)
    return Answer(unresolved if is_unresolved else HTTPStatus.OK, _response(results, store), XML)


def store_some(
    store: Store, accepted: Sequence[Judged], results: Sequence[Result], fault: Fault | None
) -> list[Result]:
    """Store what is accepted, as a fault has it, and return the results that the answer gives.

    Args:
        store: Where the artefacts go.
        accepted: What is to be stored.
        results: What became of each artefact that was submitted.
        fault: A fault in storing.
    """
    stored = [one.result for one in accepted]
    failed: set[object] = set()
    if fault is Fault.SAYS_FAILURE:
        failed, stored = {one.reference for one in stored}, []
    elif fault is Fault.PARTIAL:
        stored, left = halves(stored)
        failed = {one.reference for one in left}
    elif fault is Fault.LIE_NOTHING_STORED:
        stored = []
    elif fault is Fault.LIE_CHANGED:
        stored = [replace(one, name={**one.name, "en": "Something else"}) for one in stored]
    for artefact in stored:
        store.put(artefact)
    text = "the database did not take it"
    return [
        replace(one, status=Status.FAILURE, code=HTTPStatus.INTERNAL_SERVER_ERROR, text=text)
        if one.reference in failed
        else one
        for one in results
    ]


def _result(judged: Judged, action: str, findings: Collection[Finding], *, stored: bool) -> Result:
    reference = judged.submitted.reference
    said = _SAID.get(action, "Replace")
    if stored:
        unread = [str(one.value or one.params["what"]) for one in findings if _is_unread(one, judged.submitted)]
        status = Status.WARNING if unread or judged.fate is Fate.UNCHANGED else Status.SUCCESS
        text = f"{judged.text}; not understood: {', '.join(unread)}" if unread else judged.text
        return Result(reference, said, status, CODES[judged.fate], text)
    if judged.fate in ACCEPTED:
        text = "not stored, because of other artefacts of the message"
        return Result(reference, said, Status.FAILURE, HTTPStatus.FAILED_DEPENDENCY, text)
    return Result(reference, said, Status.FAILURE, HTTPStatus.CONFLICT, judged.text)


def _is_unread(finding: Finding, artefact: Maintainable) -> bool:
    return finding.code == NOT_READ and finding.place.key == f"{artefact.kind}={artefact.reference}"


def _deleted(store: Store, submitted: Sequence[Maintainable]) -> list[Result]:
    results = []
    leaving = {Key.of(artefact) for artefact in submitted}
    for artefact in submitted:
        key = Key.of(artefact)
        users = [one for one in referring(store.values(), artefact.reference) if Key.of(one) not in leaving]
        if key not in store:
            results.append(Result(artefact.reference, "Delete", Status.FAILURE, HTTPStatus.NOT_FOUND, "is not there"))
        elif users:
            text = f"{Key.of(users[0])} refers to it"
            results.append(Result(artefact.reference, "Delete", Status.FAILURE, HTTPStatus.CONFLICT, text))
        else:
            store.remove(key)
            results.append(Result(artefact.reference, "Delete", Status.SUCCESS, HTTPStatus.OK, "deleted"))
    return results


def _response(results: Sequence[Result], store: Store) -> bytes:
    return submission_response(results, store.modified.isoformat().replace("+00:00", "Z"), version="2_1")
