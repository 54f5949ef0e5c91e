"""Structures from a registry."""

from dataclasses import dataclass, field

from icstip.artefacts.collection import Artefacts
from icstip.artefacts.versions import DRAFT, fits, is_stable
from icstip.errors import FormatError, RegistryError
from icstip.messages.document import StructureDocument
from icstip.messages.formats import format_of
from icstip.messages.structure_files import read_structures
from icstip.registry.http.addresses import shown_origin
from icstip.registry.queries import STABLE, StructureQuery
from icstip.registry.service import Questions
from icstip.structures.diff.versioning import precedence


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a registry has of what it was asked for.

    Attributes:
        query: What it was asked for.
        document: The message as it was read; the artefacts are those that were asked for.
        content: The message as it came.
    """

    query: StructureQuery
    document: StructureDocument
    content: bytes = field(repr=False)

    @property
    def file_name(self) -> str:
        """The name of a file with the message: ``codelist-SDMX-CL_FREQ-latest.sdmx-ml-3.0.xml``."""
        return format_of(self.document.format_id, "structure").file_name(self.query.stem)


def fetch(questions: Questions, query: StructureQuery) -> Fetched | None:
    """Return the structures that a registry has of what it is asked for; None if it has none.

    Args:
        questions: How it is asked.
        query: What it is asked for.

    Raises:
        RegistryError: It does not answer, refuses, or answers with something else than structures.
    """
    asked = query.asks_more(questions.service.rest)
    content = questions.ask(asked)
    if content is None:
        return None
    where = shown_origin(questions.service.base)
    try:
        document = read_structures(content, where)
    except FormatError as error:
        # What the message of the reader says may come from the registry.
        raise RegistryError("registry-no-structures", where=where, kind=error.message_id) from None
    chosen = _chosen(document.artefacts, query) if asked != query else document.artefacts
    if not len(chosen):
        return None
    read = StructureDocument(document.format_id, document.header, chosen, document.findings)
    return Fetched(query, read, content)


def _chosen(artefacts: Artefacts, query: StructureQuery) -> Artefacts:
    """Return of all versions of artefacts the latest of those that a version stands for: see `asks_more`."""
    latest = {
        (artefact.kind, artefact.agency, artefact.id): artefact
        for artefact in sorted(artefacts, key=lambda one: precedence(one.version))
        if _fits(artefact.version, artefact.final, query.version)
    }
    return Artefacts.of(latest.values())


def _fits(version: str, final: bool | None, wanted: str) -> bool:  # noqa: FBT001 - as artefacts have it
    if wanted == STABLE:
        return is_stable(version) or final is True
    return not version.endswith(DRAFT) and fits(version, wanted)
