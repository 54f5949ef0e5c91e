"""A registry: what it has, what publishing would change, publishing, and what it says of data."""

import os
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import Path
from typing import Final

from icstip.artefacts.base import Reference
from icstip.artefacts.collection import Artefacts
from icstip.artefacts.selection import KINDS_BY_NAME
from icstip.artefacts.urn import parse_urn
from icstip.errors import RegistryError
from icstip.findings import Finding
from icstip.messages.document import StructureDocument
from icstip.messages.formats import format_of
from icstip.registry.data_check import DataCheck
from icstip.registry.fetching import Fetched, fetch
from icstip.registry.http.connection import Connection, Limits
from icstip.registry.http.credentials import Credentials, Prompt, find_credentials
from icstip.registry.http.kept import KeptAnswers
from icstip.registry.planning.plan import Sides, is_announced, make_plan
from icstip.registry.planning.steps import Plan
from icstip.registry.queries import EVERY, Rest, StructureQuery
from icstip.registry.service import Questions, Service, find_service
from icstip.registry.submitting.interfaces import Interface, interface_of
from icstip.registry.submitting.submission import Receipt, Submission
from icstip.structures.diff.changes import Diff
from icstip.structures.diff.compare import diff_artefacts
from icstip.structures.diff.kinds import UNSAYABLE
from icstip.workflow.publication import Structures
from icstip.workflow.publishing.known import known_address
from icstip.workflow.structures import together, unsayable_in

PROXY: Final = "ICSTIP_PROXY"
CERTIFICATES: Final = "ICSTIP_CERTIFICATES"

_USUAL_FORMAT: Final = {Rest.TWO: "sdmx-ml-3.0", Rest.ONE: "sdmx-ml-2.1"}
_CANNOT_ASK_FOR_ALL: Final = frozenset({"registry-status", "registry-406", "registry-no-structures"})


@dataclass(frozen=True, slots=True)
class _There:
    """What a registry has.

    Attributes:
        artefacts: The artefacts.
        unsayable: What the formats that they came in cannot say.
        unread: What of them could not be read.
    """

    artefacts: Artefacts
    unsayable: frozenset[str]
    unread: tuple[Finding, ...]


def nobody(_place: str) -> None:
    """Ask nobody for user and password."""


class Registry:
    """A registry of structures, at an address of the web or by the name that sdmx1 knows it by."""

    def __init__(
        self,
        address: str,
        *,
        rest: Rest | None = None,
        environment: Mapping[str, str] | None = None,
        prompt: Prompt = nobody,
        cache: Path | None = None,
        offline: bool = False,
        limits: Limits | None = None,
        formats: Sequence[str] = (),
    ) -> None:
        """Prepare to speak to a registry; nothing is asked yet.

        Args:
            address: Its address, or the id of a service that sdmx1 knows: ``SGR3``, ``ESTAT``, …
            rest: The version of the web service standard that it speaks; found out by asking, if it is not given.
            environment: Variables of the environment: `PROXY`, `CERTIFICATES`, and who asks.
            prompt: Asks a person for user and password, where the registry wants to know who asks.
            cache: Folder for answers, which are then asked for again only when they changed.
            offline: Whether only answers in that folder are used; needs `rest`.
            limits: What the registry may take.
            formats: Ids of formats of structures to ask for; none means whichever there is.

        Raises:
            RegistryError: The address is none.
        """
        known, speaks = known_address(address)
        surroundings = os.environ if environment is None else environment
        self._rest = rest or speaks
        self._kept = None if cache is None else KeptAnswers(cache)
        self._offline = offline
        self._formats = formats
        # A function, and not the variables: what this object holds may be shown where something fails.
        self._identity: Callable[[], Credentials | None] = lambda: find_credentials(known, surroundings, prompt)
        self._connection = Connection(
            known,
            limits=limits,
            proxy=surroundings.get(PROXY, ""),
            certificates=surroundings.get(CERTIFICATES, ""),
            identity=self._identity,
        )

    @property
    def address(self) -> str:
        """The address of the registry."""
        return self._connection.address

    @cached_property
    def service(self) -> Service:
        """Its web service.

        Raises:
            RegistryError: There is none at this address.
        """
        if self._offline and self._rest is None:
            raise RegistryError("registry-offline-rest", where=self.address)
        return find_service(self._connection, self._rest)

    def fetch(self, query: StructureQuery) -> Fetched | None:
        """Return the structures that the registry has of what it is asked for; None if it has none.

        Raises:
            RegistryError: It does not answer, refuses, or answers with something else than structures.
        """
        return fetch(self._questions(fresh=False), query)

    def _there(self, wanted: Artefacts, *, fresh: bool = False) -> "_There":
        """Return what the registry has of the agencies of some artefacts, in all versions.

        Args:
            wanted: The artefacts. Of schemes of others of which they have only some items, only those are asked for.
            fresh: Whether no answer that was kept is good enough.

        Raises:
            RegistryError: It does not answer, refuses, or answers with something else than structures.
        """
        documents = list(self._documents(wanted, self._questions(fresh=fresh)))
        artefacts, repeated = together(documents, self.address)
        found = tuple(finding for document in documents for finding in document.findings)
        unsayable = frozenset().union(*(unsayable_in(document.format_id) for document in documents))
        return _There(artefacts, unsayable, (*found, *repeated))

    def diff(self, wanted: Artefacts, kinds: Collection[str] = ()) -> tuple[Diff, tuple[Finding, ...]]:
        """Return what publishing artefacts would change, and what of the registry could not be read.

        Args:
            wanted: What would be published.
            kinds: Classes of artefacts that are compared; none means all.

        Raises:
            RegistryError: The registry does not answer, refuses, or answers with something else than structures.
        """
        there = self._there(wanted)
        compared = Artefacts(tuple(one for one in there.artefacts if not kinds or one.kind in kinds))
        return diff_artefacts(compared, wanted, unsayable=there.unsayable), there.unread

    def plan(self, wanted: Artefacts, format_id: str = "") -> Plan:
        """Return what publishing artefacts would do, step by step, with what the rules have against it.

        Args:
            wanted: What is to be published.
            format_id: The format to send; the one that the registry is likely to take, if it is not given.

        Raises:
            RegistryError: The registry does not answer, refuses, or answers with something else than structures.
            FormatError: There is no such format.
        """
        chosen = format_of(format_id or _USUAL_FORMAT[self.service.rest], "structure")
        there = self._there(wanted, fresh=True)
        sides = Sides(
            self.address,
            wanted,
            there.artefacts,
            there.unread,
            there.unsayable | UNSAYABLE[chosen.model],
            partial(_has, self._questions(fresh=True)),
        )
        return make_plan(sides, chosen.id)

    def submission(
        self,
        structures: Structures,
        plan: Plan,
        interface: Interface | None = None,
        progress: Callable[[int, int], None] = lambda _done, _all: None,
    ) -> Submission:
        """Return a plan that can be carried out.

        Args:
            structures: What is published, and the header of the message.
            plan: What is to be done.
            interface: How the registry takes structures; the one that its address suggests, if it is not given.
            progress: Is told the number of the request and how many there are.
        """
        chosen = interface or interface_of(self.service)
        questions = self._questions(fresh=True)
        return Submission(self._connection, questions, structures.artefacts, structures.header, plan, chosen, progress)

    def submit(self, submission: Submission) -> Receipt:
        """Carry out a plan as somebody that the registry knows.

        Raises:
            RegistryError: Nobody says who sends, the rules forbid something in it, or the registry refuses all of it.
        """
        if submission.plan.forbidden:
            raise RegistryError("plan-forbidden", where=self.address, number=len(submission.plan.forbidden))
        if submission.plan.to_do:
            self.identify()
        return submission.carry_out()

    def identify(self) -> None:
        """Speak as somebody from now on.

        Raises:
            RegistryError: Nobody says who, or it would be said where anybody could read it.
        """
        if not self._connection.is_identified:
            self._connection.identify(self._identity())
        if not self._connection.is_identified:
            raise RegistryError("registry-nobody", where=self.address)

    def check_data(self, path: Path, structure: str = "", *, is_csv: bool = False) -> tuple[Finding, ...]:
        """Return what the data validation service of the registry finds in a data message.

        Args:
            path: The data message.
            structure: URN of what the data are of, where the registry is not to go by the message.
            is_csv: Whether the message is SDMX-CSV, which the service does not see by itself.

        Raises:
            RegistryError: It has no such service, or cannot read the data.
        """
        reference = parse_urn(structure) if structure else None
        if structure and reference is None:
            raise RegistryError("registry-query", where=structure)
        return DataCheck(self._connection, self.service).findings(path, reference, is_csv=is_csv)

    def _questions(self, *, fresh: bool) -> Questions:
        return Questions(
            self._connection,
            self.service,
            kept=None if fresh and not self._offline else self._kept,
            offline=self._offline,
            formats=self._formats,
        )

    def _documents(self, wanted: Artefacts, questions: Questions) -> Iterator[StructureDocument]:
        own = dict.fromkeys(artefact.agency for artefact in wanted if not is_announced(artefact))
        kinds = [kind for kind in KINDS_BY_NAME.values() if any(one.kind == kind for one in wanted)]
        for agency in own:
            yield from (found.document for found in _all_of(questions, agency, kinds))
        for artefact in wanted:
            if is_announced(artefact) and artefact.agency not in own:
                found = fetch(questions, replace(StructureQuery.of(artefact.reference), version=EVERY))
                if found is not None:
                    yield found.document


def _all_of(questions: Questions, agency: str, kinds: Sequence[str]) -> list[Fetched]:
    """Return what a registry has of an agency, in all versions.

    Not every service can be asked for all classes at once: others are asked for each class.
    """
    query = StructureQuery(agency=agency, version=EVERY)
    try:
        found = fetch(questions, query)
    except RegistryError as error:
        if error.message_id not in _CANNOT_ASK_FOR_ALL:
            raise
        each = (fetch(questions, replace(query, kind=kind)) for kind in kinds if questions.service.rest.has(kind))
        return [one for one in each if one is not None]
    return [] if found is None else [found]


def _has(questions: Questions, reference: Reference) -> bool:
    """Return whether a registry has something."""
    return fetch(questions, StructureQuery.of(reference, detail="allstubs")) is not None
