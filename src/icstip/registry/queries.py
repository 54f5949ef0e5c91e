"""Which structures are asked for, and how the versions of the web service standard say it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final
from urllib.parse import quote

from icstip.artefacts.base import Reference
from icstip.artefacts.kinds import ORDER
from icstip.artefacts.selection import KINDS_BY_NAME
from icstip.artefacts.urn import parse_urn
from icstip.errors import RegistryError
from icstip.messages.formats import format_of

LATEST: Final = "latest"
STABLE: Final = "+"
EVERY: Final = "*"
REFERENCES: Final = ("none", "children", "descendants", "parents", "parentsandsiblings", "ancestors", "all")

_PART: Final = re.compile(r"[A-Za-z0-9_@$\-.+*~,]*")
_SHORT: Final = re.compile(r"(?P<kind>[a-z]+|\*)=(?P<agency>[^:()/]+):(?P<id>[^:()/]+)\((?P<version>[^()/]+)\)")


class Rest(StrEnum):
    """A version of the web service standard: 2 came with SDMX 3.0, 1 belongs to SDMX 2.1."""

    TWO = "2"
    ONE = "1"

    def has(self, kind: str) -> bool:
        """Return whether it knows a class of artefacts."""
        return self is Rest.TWO or kind not in format_of("sdmx-ml-2.1", "structure").lacks


@dataclass(frozen=True, slots=True)
class StructureQuery:
    """A question for structures.

    Attributes:
        kind: Class of artefacts as in `icstip.artefacts.kinds.ORDER`, or `EVERY`.
        agency: Id of the agency, or `EVERY`.
        id: Id of the artefact, or `EVERY`.
        version: A version, with ``+`` and ``*`` as SDMX 3.0 has them; `LATEST`, `STABLE` or `EVERY`.
        references: Which related structures come along: one of `REFERENCES`.
        detail: How much of them: ``full`` or ``allstubs``.
    """

    kind: str = EVERY
    agency: str = EVERY
    id: str = EVERY
    version: str = LATEST
    references: str = "none"
    detail: str = "full"

    @classmethod
    def of(cls, reference: Reference, *, detail: str = "full") -> "StructureQuery":
        """Return the question for one artefact."""
        return cls(reference.kind, reference.agency, reference.id, reference.version, detail=detail)

    @property
    def stem(self) -> str:
        """What a file with the answer can be called."""
        names = (self.kind.lower(), self.agency, self.id, self.version)
        return "-".join({EVERY: "all", STABLE: "stable"}.get(name, re.sub(r"[^\w.\-]", "_", name)) for name in names)

    def address(self, base: str, rest: Rest) -> str:
        """Return the address of the question at a service."""
        return f"{base}{_PATHS[rest](self)}?references={self.references}&detail={self.detail}"

    def asks_more(self, rest: Rest) -> "StructureQuery":
        """Return the question that a service can answer: of versions that it cannot choose among, all are asked for.

        What comes of it is then chosen here: see `icstip.registry.fetching`.
        """
        is_chosen_here = rest is Rest.ONE and (self.version == STABLE or _is_open(self.version))
        return replace(self, version=EVERY) if is_chosen_here else self


def parse_query(given: str) -> StructureQuery:
    """Return the question that a person wrote.

    Args:
        given: A URN; ``codelist=AGENCY:ID(VERSION)``; or ``codelist/AGENCY/ID/VERSION``, whose last parts may be
            missing: then all agencies or ids are meant, and the latest version.

    Raises:
        RegistryError: It is none of them, or there is no such class of artefacts.

    Example:
        >>> parse_query("codelist/SDMX/CL_FREQ").version
        'latest'
    """
    reference = parse_urn(given)
    if reference is not None and reference.kind in ORDER:
        return StructureQuery.of(reference)
    short = _SHORT.fullmatch(given.strip())
    parts: list[str] = list(short.groups()) if short else given.strip().split("/")
    if len(parts) > 4 or not all(_PART.fullmatch(part) and ".." not in part for part in parts):
        raise RegistryError("registry-query", where=given)
    kind, agency, identity, version = parts + [""] * (4 - len(parts))
    name = kind.lower()
    if name not in KINDS_BY_NAME and name not in {EVERY, "structure", ""}:
        raise RegistryError("registry-kind", where=kind, known=", ".join(KINDS_BY_NAME))
    chosen = {"~": LATEST, "": LATEST, "all": EVERY}.get(version, version)
    return StructureQuery(KINDS_BY_NAME.get(name, EVERY), agency or EVERY, identity or EVERY, chosen)


def _is_open(version: str) -> bool:
    return version != EVERY and ("+" in version or "*" in version)


def _path_of_two(query: StructureQuery) -> str:
    version = {LATEST: "~"}.get(query.version, query.version)
    return "/structure" + "".join(
        f"/{quote(part, safe='*~+,')}" for part in (query.kind.lower(), query.agency, query.id, version)
    )


def _path_of_one(query: StructureQuery) -> str:
    # SDMX 2.1 has no versions with extensions: what is a draft is not final.
    version = {EVERY: "all"}.get(query.version, query.version.partition("-")[0])
    agency, identity = ("all" if part == EVERY else part.replace(",", "+") for part in (query.agency, query.id))
    kind = _KINDS_OF_ONE.get(query.kind, query.kind.lower())
    return "".join(f"/{quote(part, safe='+')}" for part in (kind, agency, identity, version))


_PATHS: Final = {Rest.TWO: _path_of_two, Rest.ONE: _path_of_one}

_KINDS_OF_ONE: Final[Mapping[str, str]] = {
    EVERY: "structure",
    "DataConstraint": "contentconstraint",
    "Hierarchy": "hierarchicalcodelist",
}
"""What the classes of SDMX 3.0 are called in the web services of SDMX 2.1."""
