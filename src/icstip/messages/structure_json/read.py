"""Structure messages in SDMX-JSON of any version: which one it is in is seen, not asked for."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from icstip.artefacts.base import Maintainable, Reference, no_texts
from icstip.artefacts.collection import Artefacts
from icstip.errors import FormatError
from icstip.messages.document import StructureDocument
from icstip.messages.structure_header import Party, StructureHeader
from icstip.messages.structure_json.dialect import AVAILABILITY, DIALECTS, JSON_10, JSON_20, JSON_21, Dialect
from icstip.messages.structure_json.reading.artefact import canonical_tag, draft
from icstip.messages.structure_json.reading.base import Node, NotUnderstoodError, Parsed, Reading, parse
from icstip.messages.structure_json.reading.constraint import availability_constraint, data_constraint
from icstip.messages.structure_json.reading.data_structure import (
    categorisation,
    data_structure,
    dataflow,
    provision_agreement,
)
from icstip.messages.structure_json.reading.hierarchy import hierarchical_codelist, hierarchy
from icstip.messages.structure_json.reading.items import SCHEMES, codelist, item_scheme, value_list
from icstip.messages.structure_json.reading.maps import representation_map, structure_map

Read = Callable[[Node, str], Maintainable | tuple[Maintainable, ...]]

_READERS: Final[Mapping[str, Read]] = {
    **dict.fromkeys(SCHEMES, item_scheme),
    "Codelist": codelist,
    "ValueList": value_list,
    "DataStructure": data_structure,
    "Dataflow": dataflow,
    "ProvisionAgreement": provision_agreement,
    "DataConstraint": data_constraint,
    "Categorisation": categorisation,
    "Hierarchy": hierarchy,
    "RepresentationMap": representation_map,
    "StructureMap": structure_map,
}

_SCHEMA: Final = re.compile(r"/(?P<version>\d+\.\d+)(\.\d+)?/sdmx-json-(?P<kind>\w+)-schema")
_BY_VERSION: Final = {dialect.format_id.rpartition("-")[2]: dialect for dialect in DIALECTS}
_KNOWN: Final = frozenset({AVAILABILITY}.union(*(dialect.collections.values() for dialect in DIALECTS)))
_ONLY_10: Final = frozenset(JSON_10.collections.values()) - frozenset(JSON_20.collections.values())
# Properties of data and metadata messages.
_OTHER_MESSAGES: Final = frozenset({"dataSets", "structure", "structures", "metadataSets"})


def read(content: bytes, where: str) -> StructureDocument:
    """Return a structure message in SDMX-JSON 1.0, 2.0 or 2.1.

    Args:
        content: The message.
        where: The file or address that it comes from, for messages.

    Raises:
        FormatError: It is no JSON or no structure message, is nested too deeply, or something in it has no id.
    """
    message = parse(content, where)
    data = message.get("data")
    if data is None and isinstance(message.get("meta"), dict):
        data = {}
    if not isinstance(data, dict) or not _is_structure_message(message, data):
        raise FormatError("not-a-structure-message", where=where)
    dialect = _dialect(message, data)
    reading = Reading(dialect, where, _language(message), frozenset(_drafts(data, dialect)))
    header = _header(message, reading)
    artefacts = Artefacts.of(_artefacts(data, reading))
    return StructureDocument(dialect.format_id, header, artefacts, reading.notices.findings)


def _is_structure_message(message: Parsed, data: Parsed) -> bool:
    told = _told(message)
    if told is not None and told["kind"] != "structure":
        return False
    if told is not None or not data.keys().isdisjoint(_KNOWN):
        return True
    return "meta" in message and data.keys().isdisjoint(_OTHER_MESSAGES)


def _told(message: Parsed) -> "re.Match[str] | None":
    """Return what a message says of its schema."""
    meta = message.get("meta")
    for address in (message.get("$schema"), meta.get("schema") if isinstance(meta, dict) else None):
        found = _SCHEMA.search(address) if isinstance(address, str) else None
        if found is not None:
            return found
    return None


def _dialect(message: Parsed, data: Parsed) -> Dialect:
    """Return the version that a message says it is in, or that it looks like."""
    told = _told(message)
    if told is not None and told["version"] in _BY_VERSION:
        return _BY_VERSION[told["version"]]
    if AVAILABILITY in data or "$schema" in message:
        return JSON_21
    return JSON_10 if any(_looks_like_10(name, artefacts) for name, artefacts in data.items()) else JSON_20


def _looks_like_10(name: str, artefacts: object) -> bool:
    if name in _ONLY_10:
        return True
    return isinstance(artefacts, list) and any(
        isinstance(artefact, dict) and ("isFinal" in artefact or "structureUsage" in artefact) for artefact in artefacts
    )


def _language(message: Parsed) -> str:
    """Return the language of texts that do not say which they are in: the main one of the message."""
    meta = message.get("meta")
    languages = meta.get("contentLanguages") if isinstance(meta, dict) else None
    first = languages[0] if isinstance(languages, list) and languages else None
    return canonical_tag(first) if isinstance(first, str) and first else "en"


def _drafts(data: Parsed, dialect: Dialect) -> Iterator[Reference]:
    """Yield the references to artefacts of SDMX-JSON 1.0 whose versions are semantic, but not final."""
    if not dialect.says_final:
        return
    for kind, collection in dialect.collections.items():
        artefacts = data.get(collection)
        for artefact in artefacts if isinstance(artefacts, list) else ():
            given = artefact if isinstance(artefact, dict) else {}
            agency, identity, version = (given.get(name) for name in ("agencyID", "id", "version"))
            if not (isinstance(agency, str) and isinstance(identity, str) and isinstance(version, str)):
                continue  # nothing that a reference can refer to
            if draft(version, final=given.get("isFinal") is True):
                yield Reference(kind, agency, identity, version)


def _artefacts(data: Parsed, reading: Reading) -> Iterator[Maintainable]:
    by_collection = {name: kind for kind, name in reading.dialect.collections.items()}
    for name, artefacts in data.items():
        kind = by_collection.get(name, "DataConstraint" if name == AVAILABILITY else "")
        reading.artefact = None
        if not kind or not isinstance(artefacts, list):
            if artefacts:
                reading.not_read(name)
            continue
        reader = _reader(name, kind, reading)
        for artefact in artefacts:
            if isinstance(artefact, dict):
                yield from _artefact(Node(artefact, name, reading), kind, reader)
            else:
                reading.not_read(name)


def _reader(collection: str, kind: str, reading: Reading) -> Read:
    if collection == AVAILABILITY:
        return availability_constraint
    if kind == "Hierarchy" and reading.dialect.hierarchy_in_list:
        return hierarchical_codelist
    return _READERS[kind]


def _artefact(node: Node, kind: str, reader: Read) -> Iterable[Maintainable]:
    try:
        with node:
            found = reader(node, kind)
    except NotUnderstoodError as error:
        node.reading.not_read(error.name)
        return ()
    return found if isinstance(found, tuple) else (found,)


def _header(message: Parsed, reading: Reading) -> StructureHeader:
    for name in message:
        if name not in {"$schema", "meta", "data"}:
            reading.not_read(name)
    given = message.get("meta")
    meta = Node(given if isinstance(given, dict) else {}, "meta", reading)
    receivers = [_party(receiver) for receiver in meta.nodes("receivers")]
    sender = meta.node("sender")
    return StructureHeader(
        id=meta.text("id") or "",
        prepared=meta.text("prepared") or "",
        sender=Party("", no_texts()) if sender is None else _party(sender),
        receiver=receivers[0] if receivers else None,
        source=no_texts(),
        test=meta.truth("test") or False,
    )


def _party(node: Node) -> Party:
    return Party(node.text("id") or "", node.texts("name", "names"))
