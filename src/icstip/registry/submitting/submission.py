"""Sending what a plan says, reading what the registry answers, and reading back what it has."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from icstip.artefacts.base import Maintainable, Reference
from icstip.artefacts.collection import Artefacts
from icstip.artefacts.notices import Notices
from icstip.artefacts.versions import without_extension
from icstip.errors import FormatError, NoAnswerError, RegistryError
from icstip.messages.formats import format_of
from icstip.messages.registry_answer import SubmissionResult, Verdict, read_submission_answer
from icstip.messages.structure_header import StructureHeader
from icstip.registry.fetching import fetch
from icstip.registry.http.addresses import shown_origin
from icstip.registry.http.connection import Answer, Connection
from icstip.registry.planning.plan import has_items, is_announced
from icstip.registry.planning.steps import Plan, Step
from icstip.registry.queries import StructureQuery
from icstip.registry.service import Questions, check_status
from icstip.registry.submitting.interfaces import Interface, Sending, sendings
from icstip.structures.diff.changes import Change
from icstip.structures.diff.compare import diff_artefacts
from icstip.structures.diff.kinds import UNSAYABLE

_CLIENT_ERROR: Final = 400
_REFUSED_WHOLE: Final = frozenset({401, 403, 404, 405, 406, 413, 415})
"""Answers of a server that has not looked at what was sent."""


class Said(StrEnum):
    """What a registry says of a structure that was sent."""

    ACCEPTED = "accepted"
    WARNED = "warned"
    REFUSED = "refused"
    NOTHING = "nothing"


_SAID: Final = {Verdict.SUCCESS: Said.ACCEPTED, Verdict.WARNING: Said.WARNED, Verdict.FAILURE: Said.REFUSED}


class Stored(StrEnum):
    """What a registry has afterwards."""

    IDENTICAL = "identical"
    DIFFERENT = "different"
    ABSENT = "absent"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Sent:
    """One request, and what was answered.

    Attributes:
        sending: The request.
        sha256: What the message can be recognised by.
        size: Its size in bytes.
        status: The status of the answer; None if there was none.
        date: When the registry answered, by its own clock; empty if it does not say.
        trouble: Why there is no answer that can be read; None if there is one.
    """

    sending: Sending
    sha256: str
    size: int
    status: int | None = None
    date: str = ""
    trouble: RegistryError | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one artefact.

    Attributes:
        step: What was to be done.
        said: What the registry says of it.
        texts: Its words.
        stored: What it has, read back.
        differences: What is otherwise than it was sent.
    """

    step: Step
    said: Said
    texts: tuple[str, ...]
    stored: Stored
    differences: tuple[Change, ...] = ()


@dataclass(frozen=True)
class Receipt:
    """What was sent and what became of it.

    Attributes:
        plan: The plan.
        interface: How it was sent.
        sent: The requests, in their order.
        outcomes: What became of each artefact of the plan that was to change.
    """

    plan: Plan
    interface: Interface
    sent: tuple[Sent, ...] = ()
    outcomes: tuple[Outcome, ...] = field(default=())

    @property
    def is_complete(self) -> bool:
        """Whether the registry has all of it as it was sent."""
        return all(outcome.stored is Stored.IDENTICAL for outcome in self.outcomes)

    def number(self, stored: Stored) -> int:
        """Return of how many artefacts the registry has this."""
        return sum(outcome.stored is stored for outcome in self.outcomes)


@dataclass(frozen=True)
class Submission:
    """A plan with all that is needed to carry it out.

    Attributes:
        connection: The connection to the registry, which says who sends.
        questions: How it is asked afterwards.
        artefacts: What is published.
        header: The header of the messages.
        plan: The plan.
        interface: How the registry takes structures.
        progress: Is told the number of the request and how many there are.
    """

    connection: Connection
    questions: Questions
    artefacts: Artefacts
    header: StructureHeader
    plan: Plan
    interface: Interface
    progress: Callable[[int, int], None] = lambda _done, _all: None

    def requests(self) -> list[Sending]:
        """Return the requests that would be sent."""
        return list(sendings(self.interface, self.questions.service, self.plan.to_do))

    def message(self, sending: Sending) -> bytes:
        """Return the message of a request: the same for the same structures."""
        chosen = [self.artefacts.by_reference[reference] for reference in sending.references]
        fmt = format_of(self.plan.format_id, "structure")
        return fmt.write_structures(Artefacts.of(chosen), self.header, Notices(fmt.id, fmt.name))

    def carry_out(self) -> Receipt:
        """Send everything, read what the registry answers, and read back what it has.

        After a request that was not answered, or not in full, nothing more is sent: what became of it is seen by
        reading back. Run again, what is there already is not sent again.

        Raises:
            RegistryError: The registry refuses who asks, or does not take structures in this way, and has therefore
                looked at nothing.
        """
        sent: list[Sent] = []
        results: dict[Reference, SubmissionResult] = {}
        requests = self.requests()
        for number, sending in enumerate(requests):
            self.progress(number, len(requests))
            one, found = self._sent(sending, is_first=not sent)
            sent.append(one)
            results |= _by_reference(sending.references, found)
            if one.trouble or any(result.verdict is Verdict.FAILURE for result in found):
                break
        self.progress(len(requests), len(requests))
        outcomes = tuple(self._outcome(step, results.get(step.reference)) for step in self.plan.to_do)
        return Receipt(self.plan, self.interface, tuple(sent), outcomes)

    def _sent(self, sending: Sending, *, is_first: bool) -> tuple[Sent, Sequence[SubmissionResult]]:
        message = self.message(sending)
        fmt = format_of(self.plan.format_id, "structure")
        headers = {"Content-Type": fmt.media_type, "Accept": "application/xml, */*;q=0.5", **dict(sending.headers)}
        recognised = hashlib.sha256(message).hexdigest(), len(message)
        try:
            answer = self.connection.send(sending.method, sending.address, headers, message)
        except NoAnswerError as error:
            return Sent(sending, *recognised, trouble=error), ()
        except RegistryError as error:
            if is_first and error.message_id != "registry-answer-large":
                raise
            return Sent(sending, *recognised, trouble=error), ()
        if is_first and answer.status in _REFUSED_WHOLE:
            check_status(answer)
        results, trouble = self._read(answer)
        date = answer.headers.get("date", "")
        return Sent(sending, *recognised, answer.status, date, trouble), results

    def _read(self, answer: Answer) -> tuple[Sequence[SubmissionResult], RegistryError | None]:
        """Return what an answer says, and what is wrong with it as an answer."""
        where = shown_origin(answer.address)
        try:
            results = read_submission_answer(answer.content, where)
        except FormatError:
            return (), RegistryError("registry-answer-unreadable", where=where)
        shown = [
            SubmissionResult(one.reference, one.verdict, tuple(map(self.connection.hidden_in, one.texts)))
            for one in results
        ]
        failed = any(one.verdict is Verdict.FAILURE for one in shown)
        if failed or answer.status < _CLIENT_ERROR:
            return shown, None
        return shown, RegistryError("registry-status", where=where, status=answer.status)

    def _outcome(self, step: Step, result: SubmissionResult | None) -> Outcome:
        said = Said.NOTHING if result is None else _SAID[result.verdict]
        texts = () if result is None else result.texts
        stored, differences = self._read_back(self.artefacts.by_reference[step.reference])
        return Outcome(step, said, texts, stored, differences)

    def _read_back(self, artefact: Maintainable) -> tuple[Stored, tuple[Change, ...]]:
        try:
            fetched = fetch(self.questions, StructureQuery.of(artefact.reference))
        except RegistryError:
            return Stored.UNKNOWN, ()
        found = None if fetched is None else _same(fetched.document.artefacts, artefact)
        if fetched is None or found is None:
            return Stored.ABSENT, ()
        if is_announced(artefact):
            return (Stored.IDENTICAL if has_items(found, artefact) else Stored.DIFFERENT), ()
        unsayable = UNSAYABLE[format_of(fetched.document.format_id, "structure").model]
        diff = diff_artefacts(Artefacts((artefact,)), Artefacts((found,)), unsayable=unsayable)
        differences = tuple(diff.changes)
        return (Stored.DIFFERENT if differences else Stored.IDENTICAL), differences


def _same(artefacts: Artefacts, wanted: Maintainable) -> Maintainable | None:
    """Return the artefact among others, be it under the version that SDMX 2.1 has for a draft."""
    for artefact in artefacts:
        is_it = (artefact.kind, artefact.agency, artefact.id) == (wanted.kind, wanted.agency, wanted.id)
        if is_it and without_extension(artefact.version) == without_extension(wanted.version):
            return artefact
    return None


def _by_reference(
    references: Sequence[Reference], results: Sequence[SubmissionResult]
) -> Mapping[Reference, SubmissionResult]:
    """Return the results by what was sent; what is said of nothing in particular is said of all."""
    return dict(_paired(references, results))


def _paired(
    references: Sequence[Reference], results: Sequence[SubmissionResult]
) -> Iterator[tuple[Reference, SubmissionResult]]:
    of_all = next((result for result in results if result.reference is None), None)
    named = {result.reference: result for result in results if result.reference is not None}
    # Its model may call a class otherwise, and a version: then nothing else may be called the same.
    plain = {_plain(reference): result for reference, result in named.items()}
    times = Counter(map(_plain, references))
    for reference in references:
        loosely = plain.get(_plain(reference)) if times[_plain(reference)] == 1 else None
        result = named.get(reference) or loosely or of_all
        if result is not None:
            yield reference, result


def _plain(reference: Reference) -> tuple[str, str, str]:
    """Return what an artefact is called in any model of SDMX."""
    return reference.agency, reference.id, without_extension(reference.version)
