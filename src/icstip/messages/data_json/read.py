"""Data messages in SDMX-JSON of any version: which one it is in is seen, not asked for."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from icstip.artefacts.base import Reference, no_texts
from icstip.errors import FormatError
from icstip.messages.data_json.dialect import JSON_10, JSON_20, JSON_21, DataDialect
from icstip.messages.data_json.reading.components import MessageStructure, reference_in, structure_of
from icstip.messages.data_json.reading.datasets import DataSetReader
from icstip.messages.data_json.reading.document import Given, load
from icstip.messages.data_json.reading.node import Context, Node
from icstip.messages.data_parts import DataHead, DataPart, Reading
from icstip.messages.data_source import DataSource
from icstip.messages.dataset import Action
from icstip.messages.header import MessageHeader
from icstip.messages.structure_header import Party
from icstip.messages.structure_json.reading.artefact import canonical_tag

_SCHEMA: Final = re.compile(r"/(?P<version>\d+\.\d+)(\.\d+)?/sdmx-json-(?P<kind>\w+)-schema")
_OF_DATA: Final = frozenset({"dataSets", "structure", "structures"})
_TOP: Final = frozenset({"$schema", "meta", "header", "data", "errors", *_OF_DATA})
_ACTIONS: Final[Mapping[str, Action]] = {action.value.lower(): action for action in Action} | {
    action.letter.lower(): action for action in Action
}


def read(source: DataSource, reading: Reading) -> Iterator[DataPart]:
    """Yield the data sets of a message in SDMX-JSON 1.0, 2.0 or 2.1 in parts.

    Messages of the drafts before version 1.0, which some services still send, are read as ones of 1.0.

    Args:
        source: The message.
        reading: Where header, format and findings go.

    Raises:
        FormatError: It is no JSON or no data message, is broken, or too large to be read as a whole.
    """
    message = load(source)
    if not isinstance(message, dict) or not _is_data_message(message):
        raise FormatError("not-a-data-message", where=source.where)
    context = Context(reading, _language(message))
    dialect = _dialect(message)
    reading.format_id = dialect.format_id
    _tell_top(message, context)
    reading.header = _header(message, context)
    _errors(message, context)
    # Before version 1.0, data sets and their structure stood at the top.
    data = Node(message.get("data") or {name: message.get(name) for name in _OF_DATA}, "$.data", context)
    yield from _data_sets(data, dialect)


def _is_data_message(message: Given) -> bool:
    data = message.get("data")
    told = _told(message)
    if told is not None:
        return told["kind"] == "data" and isinstance(data, dict | None)
    if isinstance(data, dict):
        return not data or not _OF_DATA.isdisjoint(data)
    return data is None and not {"meta", "errors", "dataSets", "structure"}.isdisjoint(message)


def _told(message: Given) -> "re.Match[str] | None":
    """Return what a message says of its schema."""
    meta = message.get("meta")
    for address in (message.get("$schema"), meta.get("schema") if isinstance(meta, dict) else None):
        found = _SCHEMA.search(address) if isinstance(address, str) else None
        if found is not None:
            return found
    return None


def _dialect(message: Given) -> DataDialect:
    """Return the version that a message looks like, and says it is in."""
    told = _told(message)
    version = tuple(map(int, told["version"].split("."))) if told is not None else ()
    data = message.get("data")
    inner = data if isinstance(data, dict) else message
    if "structure" in inner or "header" in message:
        return JSON_10
    if version:
        return JSON_21 if version >= (2, 1) else JSON_20 if version >= (2,) else JSON_10
    datasets = inner.get("dataSets")
    merges = any(
        isinstance(one, dict) and str(one.get("action")).lower() == "merge"
        for one in (datasets if isinstance(datasets, list) else ())
    )
    return JSON_21 if "$schema" in message or merges else JSON_20


def _language(message: Given) -> str:
    """Return the language of texts that do not say which they are in: the main one of the message."""
    meta = message.get("meta")
    languages = meta.get("contentLanguages") if isinstance(meta, dict) else None
    first = languages[0] if isinstance(languages, list) and languages else None
    return canonical_tag(first) if isinstance(first, str) and first else "en"


def _tell_top(message: Given, context: Context) -> None:
    known = _TOP - _OF_DATA if message.get("data") else _TOP
    for name, value in message.items():
        if name not in known and value is not None:
            context.not_read(name)


def _header(message: Given, context: Context) -> MessageHeader | None:
    name = "meta" if message.get("meta") is not None else "header"
    if message.get(name) is None:
        return None
    node = Node(message[name], f"$.{name}", context)
    sender = node.node("sender")
    receivers = [_party(one) for one in node.nodes("receivers")]
    receiver = node.take("receiver")
    if isinstance(receiver, dict):
        receivers.append(_party(Node(receiver, f"$.{name}.receiver", context)))
    header = MessageHeader(
        id=node.text("id"),
        sender=Party("", no_texts()) if sender is None else _party(sender),
        prepared=node.text("prepared"),
        test=node.truth("test"),
        receivers=tuple(receivers),
    )
    node.drop("schema", "contentLanguages", "lang")
    node.tell(name)
    return header


def _party(node: Node) -> Party:
    party = Party(node.text("id"), node.names())
    node.tell(node.path.rpartition(".")[2].partition("[")[0])
    return party


def _errors(message: Given, context: Context) -> None:
    """Say what the sender says that went wrong."""
    errors = message.get("errors")
    for error in errors if isinstance(errors, list) else ():
        given = error if isinstance(error, dict) else {"title": str(error)}
        told = [given.get("code"), given.get("title") or given.get("message"), given.get("detail")]
        context.reading.notices.add("DATA-005", " ".join(str(one) for one in told if one is not None))


def _data_sets(data: Node, dialect: DataDialect) -> Iterator[DataPart]:
    given = [data.node("structure")] if "structure" in data else data.nodes("structures")
    structures = [structure_of(node, has_measures=dialect.is_2) for node in given if node is not None]
    datasets = data.elements("dataSets")
    data.tell("data")
    for place in range(len(datasets)):
        node = Node(datasets[place], f"{data.path}.dataSets[{place}]", data.context)
        datasets[place] = None  # what is read is not kept
        structure = _structure(node, structures, place)
        action = _action(node, dialect)
        head = _head(structure, reference_in(node), action, dialect)
        yield from (DataPart(head, frame) for frame in DataSetReader(node, structure, action).frames())


def _structure(node: Node, structures: Sequence[MessageStructure], place: int) -> MessageStructure:
    """Return the structure of a data set."""
    told = node.take("structure")
    if not structures:
        raise node.context.broken(node.path, "there is no structure that says what is in it")
    if told is None:
        said = [structure for structure in structures if place in structure.datasets]
        return said[0] if said else structures[0]
    if type(told) is int and 0 <= told < len(structures):
        return structures[told]
    if isinstance(told, str) and len(structures) == 1:
        return structures[0]  # some services have its URN there
    raise node.context.broken(f"{node.path}.structure", "there is no such structure")


def _action(node: Node, dialect: DataDialect) -> Action:
    told = node.text("action")
    if not told:
        # SDMX-JSON field guide 2.1, dataSet: Merge is assumed; before, Information.
        return Action.MERGE if dialect.knows_merge else Action.INFORMATION
    action = _ACTIONS.get(told.lower())
    if action is None:
        raise node.context.broken(f"{node.path}.action", f"there is no action {told}")
    return action


def _head(structure: MessageStructure, of_dataset: Reference | None, action: Action, dialect: DataDialect) -> DataHead:
    attributes = list(structure.every_attribute)
    components = [*structure.key, *structure.measures, *attributes]
    return DataHead(
        structure=structure.reference or of_dataset,
        action=action,
        generation=dialect.generation,
        roles=structure.roles,
        levels={one.id: one.level for one in attributes if one.level is not None},
        attached_to={one.id: one.attached_to for one in attributes if one.attached_to},
        names={one.id: one.name for one in components if one.name},
    )
