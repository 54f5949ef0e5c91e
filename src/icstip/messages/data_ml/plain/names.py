"""Names in SDMX-ML data messages: namespaces say which version a message is of and what belongs to it."""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from icstip.messages.data_parts import Generation

SEPARATOR: Final = "\x01"
"""Stands between the namespace and the rest of a name; XML has no such character."""

XSI: Final = "http://www.w3.org/2001/XMLSchema-instance"
XSI_TYPE: Final = f"{XSI}{SEPARATOR}type"
XML_LANG: Final = f"http://www.w3.org/XML/1998/namespace{SEPARATOR}lang"

_HINTS: Final = frozenset(f"{XSI}{SEPARATOR}{name}" for name in ("schemaLocation", "noNamespaceSchemaLocation"))
_SCHEMAS: Final = re.compile(r"http://www\.sdmx\.org/resources/sdmxml/schemas/v(\d+_\d+)(?:/.*)?", re.DOTALL)
_ANY_SCHEMAS: Final = re.compile(_SCHEMAS.pattern, re.DOTALL | re.IGNORECASE)  # before SDMX 2.1 in upper case
_GENERATIONS: Final[Mapping[str, Generation]] = {"2_1": "2.1", "3_0": "3.0", "3_1": "3.1"}
_SPECIFIC, _GENERIC = "StructureSpecificData", "GenericData"
_OF_21: Final = frozenset({_SPECIFIC, _GENERIC, "StructureSpecificTimeSeriesData", "GenericTimeSeriesData"})


@dataclass(frozen=True, slots=True)
class MessageKind:
    """What kind of data message it is.

    Attributes:
        generation: The version.
        is_generic: Whether its elements do not depend on the data structure.
        is_time_series: Whether time is at the observation, whatever the header says.
    """

    generation: Generation
    is_generic: bool
    is_time_series: bool

    @property
    def format_id(self) -> str:
        """The id of the format."""
        return f"sdmx-ml-{self.generation}{'-generic' if self.is_generic else ''}"


def split(name: str) -> tuple[str, str]:
    """Return the namespace of a name, empty if it has none, and its local part."""
    uri, _, local = name.rpartition(SEPARATOR)
    return uri, local


def generic_name(local: str) -> str:
    """Return the name of an element of generic data."""
    return f"http://www.sdmx.org/resources/sdmxml/schemas/v2_1/data/generic{SEPARATOR}{local}"


def kind_of(root: str) -> MessageKind | None:
    """Return what kind of data message has a root of this name; None if none has."""
    uri, local = split(root)
    generation = _generation(uri)
    known = _OF_21 if generation == "2.1" else {_SPECIFIC}
    if generation is None or not uri.endswith("/message") or local not in known:
        return None
    return MessageKind(generation, local.startswith("Generic"), "TimeSeries" in local)


def shown_kind(root: str) -> str:
    """Return how the kind of another message is told, by the name of its root."""
    uri, local = split(root)
    found = _ANY_SCHEMAS.fullmatch(uri)
    return f"{local} (SDMX {found[1].replace('_', '.')})" if found and found[1] not in _GENERATIONS else local


def is_hint(name: str) -> bool:
    """Return whether an attribute only says where schemas are."""
    return name in _HINTS


class Names:
    """Which names belong to a message.

    Attributes:
        generation: Version of the message; None as long as its root has not been seen.
        structures: The namespaces of the data structures that its header describes.
    """

    def __init__(self) -> None:
        self.generation: Generation | None = None
        self.structures: set[str] = set()
        self._bound: defaultdict[str, list[str]] = defaultdict(list)

    def bind(self, prefix: str | None, uri: str | None) -> None:
        """Take a prefix for a namespace from now on."""
        self._bound[prefix or ""].append(uri or "")

    def unbind(self, prefix: str | None) -> None:
        """Take a prefix for what it was before."""
        bound = self._bound[prefix or ""]
        bound.pop()
        if not bound:
            del self._bound[prefix or ""]

    @property
    def prefixes(self) -> Mapping[str, str]:
        """The namespaces by the prefixes that stand for them here; the one of names without a prefix at ""."""
        return {prefix: uris[-1] for prefix, uris in self._bound.items() if uris[-1]}

    def own(self, name: str) -> str | None:
        """Return the local part of a name that belongs to SDMX or a data structure, or has no namespace; else None."""
        uri, local = split(name)
        return local if not uri or uri in self.structures or _generation(uri) == self.generation else None

    def other_version(self, name: str) -> str:
        """Return the version of SDMX of a name that belongs to another one than the message does, else ""."""
        found = _ANY_SCHEMAS.fullmatch(split(name)[0])
        version = found[1].replace("_", ".") if found else ""
        return "" if version == self.generation else version

    def shown(self, name: str) -> str:
        """Return a name as it is told: what is not SDMX's with its prefix."""
        uri, local = split(name)
        if self.own(name) is not None:
            return local
        prefix = next((prefix for prefix, given in self.prefixes.items() if given == uri and prefix), "")
        return f"{prefix}:{local}" if prefix else f"{{{uri}}}{local}"


def _generation(uri: str) -> Generation | None:
    found = _SCHEMAS.fullmatch(uri)
    return _GENERATIONS.get(found[1]) if found else None
