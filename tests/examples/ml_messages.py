"""Structure messages in SDMX-ML as other tools write them."""

from icstip.artefacts.base import Maintainable
from icstip.messages.document import StructureDocument
from icstip.messages.structure_ml.read import read

VERSIONS = ("2.1", "3.0", "3.1")

HEADER = '<m:Header><m:ID>M1</m:ID><m:Prepared>2020-01-01T00:00:00Z</m:Prepared><m:Sender id="S"/></m:Header>'

URN = "urn:sdmx:org.sdmx.infomodel."


def message(version: str, structures: str, header: str = HEADER) -> str:
    """Return a structure message.

    Args:
        version: Version of SDMX-ML, for example ``2.1``.
        structures: What stands in ``Structures``; the prefixes are ``m``, ``s`` and ``c``.
        header: Its header.
    """
    base = f"http://www.sdmx.org/resources/sdmxml/schemas/v{version.replace('.', '_')}"
    namespaces = f'xmlns:m="{base}/message" xmlns:s="{base}/structure" xmlns:c="{base}/common"'
    return f"<m:Structure {namespaces}>{header}<m:Structures>{structures}</m:Structures></m:Structure>"


def document(version: str, structures: str) -> StructureDocument:
    """Return what is read from a structure message with what stands in ``Structures``."""
    return read(message(version, structures).encode(), "message.xml")


def only(version: str, artefact: str) -> Maintainable:
    """Return the one artefact that is read from a message with its element. Nothing of it is left unread."""
    read_document = document(version, f"<s:Box>{artefact}</s:Box>")
    assert not read_document.findings, [finding.line() for finding in read_document.findings]
    (found,) = read_document.artefacts
    return found


def unread(version: str, artefact: str) -> list[tuple[str | None, str]]:
    """Return what is not read of an artefact: the artefact that each part stands in, and its name."""
    findings = document(version, f"<s:Box>{artefact}</s:Box>").findings
    return [(finding.place.key, str(finding.params["what"])) for finding in findings]
