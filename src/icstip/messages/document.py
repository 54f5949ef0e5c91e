"""A structure message as it was read."""

from dataclasses import dataclass

from icstip.artefacts.collection import Artefacts
from icstip.findings import Finding
from icstip.messages.structure_header import StructureHeader


@dataclass(frozen=True, slots=True)
class StructureDocument:
    """A structure message.

    Attributes:
        format_id: Format that it was in, for example ``sdmx-ml-2.1``.
        header: Its header.
        artefacts: What it holds.
        findings: What of it could not be read.
    """

    format_id: str
    header: StructureHeader
    artefacts: Artefacts
    findings: tuple[Finding, ...] = ()
