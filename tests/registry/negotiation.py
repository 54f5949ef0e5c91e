"""Which format an answer has: what the header ``Accept`` asks for (SDMX-REST 2.1, doc/content_negotiation.md)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from tests.registry.exchange import RefusedError

from icstip.artefacts.collection import Artefacts
from icstip.artefacts.notices import Notices
from icstip.messages.formats import Format, format_of, formats_of
from icstip.messages.structure_header import Party, StructureHeader

# SDMX-REST 2.1, doc/structures.md: SDMX-JSON 2.0 is the default. SDMX-REST 1.5, 4.6: SDMX-ML 2.1 is.
_NEW: Final = ("sdmx-json-2.0", "sdmx-ml-3.0", "sdmx-json-2.1", "sdmx-ml-3.1", "sdmx-ml-2.1", "sdmx-json-1.0")
_OLD: Final = ("sdmx-ml-2.1", "sdmx-json-1.0")
_GENERAL: Final = {
    "application/xml": "xml",
    "text/xml": "xml",
    "application/json": "json",
    "application/vnd.sdmx.structure+xml": "xml",
    "application/vnd.sdmx.structure+json": "json",
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """One of the media types that a header ``Accept`` names."""

    media_type: str
    version: str
    quality: float

    @property
    def precision(self) -> int:
        """How much it says: what says more goes first (RFC 9110, 12.5.1)."""
        return ("*" not in self.media_type) + (self.media_type != "*/*") + bool(self.version)


def offered_formats(*, old: bool) -> tuple[Format, ...]:
    """Return the formats of structures that are offered, the default first.

    Args:
        old: Whether by SDMX-REST 1.x, which has those of SDMX 2.1 only.
    """
    return tuple(format_of(name, "structure") for name in (_OLD if old else _NEW))


def chosen_format(accept: str, offered: Sequence[Format]) -> Format:
    """Return the format of an answer: the one that is wanted most, the first offered where several are.

    Args:
        accept: The header ``Accept``; empty where it is absent.
        offered: The formats that there are, the default first.

    Raises:
        RefusedError: None of them is wanted.
    """
    wanted = sorted(parse_accept(accept or "*/*"), key=lambda one: -one.precision)
    best, best_quality = None, 0.0
    for entry in offered:
        quality = next((one.quality for one in wanted if _is_meant(entry, one)), 0.0)
        if quality > best_quality:
            best, best_quality = entry, quality
    if best is None:
        known = ", ".join(entry.media_type for entry in offered)
        raise RefusedError(HTTPStatus.NOT_ACCEPTABLE, f"there is none of '{accept}', but: {known}")
    return best


def wants_json(accept: str) -> bool:
    """Return whether a message that has no format of its own, an error, is rather to be in JSON."""
    wanted = max(parse_accept(accept or "*/*"), key=lambda one: one.quality)
    return "json" in wanted.media_type


def parse_accept(accept: str) -> list[Wanted]:
    """Return the media types that a header ``Accept`` names, in its order."""
    found = []
    for entry in accept.split(","):
        media_type, *parameters = (part.strip() for part in entry.split(";"))
        named = dict(re.split(r"\s*=\s*", one, maxsplit=1) for one in parameters if "=" in one)
        try:
            quality = float(named.get("q", "1"))
        except ValueError:
            quality = 0.0
        found.append(Wanted(media_type.lower(), named.get("version", "").strip('"'), quality))
    return found


def written(artefacts: Artefacts, entry: Format, prepared: str) -> bytes:
    """Return artefacts as a message in a format: the same as long as nothing is stored.

    Args:
        artefacts: The artefacts.
        entry: The format.
        prepared: When something was stored last.
    """
    header = StructureHeader("ANSWER", prepared, Party("REGISTRY", {"en": "Local registry"}), None, {}, test=False)
    return entry.write_structures(artefacts, header, Notices(entry.id, entry.name))


def is_offered(media_type: str) -> bool:
    """Return whether a media type is one that a body of structures can have."""
    wanted = parse_accept(media_type)[0]
    return any(_is_meant(entry, wanted) for entry in formats_of("structure")) and "*" not in wanted.media_type


def _is_meant(entry: Format, wanted: Wanted) -> bool:
    media_type, _, version = entry.media_type.partition(";version=")
    if wanted.media_type in {"*/*", "application/*"}:
        return True
    if not wanted.version:
        return _GENERAL.get(wanted.media_type) == entry.extension
    return wanted.media_type == media_type and _fits(version, wanted.version)


def _fits(version: str, wanted: str) -> bool:
    """Return whether a version is the wanted one; ``2.0.0+`` and the like mean higher ones too (SDMX 3.0 §6)."""
    if "+" not in wanted:
        return version == wanted
    place = next(place for place, part in enumerate(wanted.split(".")) if part.endswith("+"))
    numbers, lowest = _numbers(version), _numbers(wanted.replace("+", ""))
    return numbers[:place] == lowest[:place] and numbers >= lowest


def _numbers(version: str) -> list[int]:
    return [int(part) if part.isdecimal() else 0 for part in version.split(".")]
