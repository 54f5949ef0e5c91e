"""URNs of artefacts (SDMX 3.0 §5 registry specification, 6.2): names of references as text."""

import re

from icstip.artefacts.base import Reference
from icstip.artefacts.kinds import PACKAGES

_URN = re.compile(
    r"urn:sdmx:org\.sdmx\.infomodel\.\w+\.(?P<kind>\w+)="
    r"(?P<agency>[^:()]+):(?P<id>[^:()]+)\((?P<version>[^()]+)\)(?:\.(?P<item>.+))?"
)


def urn_of(reference: Reference) -> str:
    """Return the URN of what a reference refers to.

    Example:
        >>> urn_of(Reference("Code", "SDMX", "CL_FREQ", "2.1", "A"))
        'urn:sdmx:org.sdmx.infomodel.codelist.Code=SDMX:CL_FREQ(2.1).A'
    """
    return f"urn:sdmx:org.sdmx.infomodel.{PACKAGES[reference.kind]}.{reference.kind}={reference}"


def parse_urn(urn: str) -> Reference | None:
    """Return the reference that a URN stands for, or None if it is not one of an artefact, item or component.

    Example:
        >>> parse_urn("urn:sdmx:org.sdmx.infomodel.codelist.Codelist=SDMX:CL_FREQ(2.1)")
        Reference(kind='Codelist', agency='SDMX', id='CL_FREQ', version='2.1', item='')
    """
    found = _URN.fullmatch(urn.strip())
    if found is None or found["kind"] not in PACKAGES:
        return None
    return Reference(found["kind"], found["agency"], found["id"], found["version"], found["item"] or "")
