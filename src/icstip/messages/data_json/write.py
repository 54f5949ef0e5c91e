"""Data sets → SDMX-JSON 1.0, 2.0 and 2.1 (SDMX-JSON field guide for data messages).

Data sets come first, so that they can be written as observations come. The structures follow, with the values of each
component in the order in which they were met; the order of properties means nothing in JSON.
"""

import json
from collections.abc import Iterable, Sequence
from functools import partial
from itertools import chain, islice
from typing import BinaryIO, Final

from icstip.artefacts.notices import Notices
from icstip.errors import StructureError
from icstip.messages.data_json.dialect import ID, JSON_10, JSON_20, JSON_21, DataDialect
from icstip.messages.data_json.writing.datasets import DataSetWriter
from icstip.messages.data_json.writing.plan import plan_of
from icstip.messages.data_json.writing.structure import Structure
from icstip.messages.data_json.writing.structures import Names, links_of, names_of, structure_text
from icstip.messages.data_json.writing.texts import encoded
from icstip.messages.data_options import DataOptions
from icstip.messages.data_runs import Run, reference_of, runs
from icstip.messages.dataset import Action, DataSet
from icstip.messages.header import MessageHeader
from icstip.messages.structure_header import Party
from icstip.messages.structure_json.layout import JsonObject
from icstip.schema import Schema

_BUFFER: Final = 1 << 20


def write_10(
    parts: Iterable[DataSet], file: BinaryIO, header: MessageHeader, options: DataOptions, notices: Notices
) -> None:
    """Write data sets as SDMX-JSON 1.0.

    Args:
        parts: Data sets of one schema in parts.
        file: Where the message goes.
        header: Its header.
        options: Layout, dimension at the observation, and language of single names.
        notices: Where it is told what the format cannot say.

    Raises:
        StructureError: There is not exactly one measure, there are several schemas, or a dimension has a value that is
            no id.
    """
    _Message(file, header, options, notices, JSON_10).write(parts)


def write_20(
    parts: Iterable[DataSet], file: BinaryIO, header: MessageHeader, options: DataOptions, notices: Notices
) -> None:
    """Write data sets as SDMX-JSON 2.0.

    Args:
        parts: Data sets in parts.
        file: Where the message goes.
        header: Its header.
        options: Layout, dimension at the observation, and language of single names.
        notices: Where it is told what the format cannot say.

    Raises:
        StructureError: A key stands very many times in one data set, or the dimension at the observation is none.
    """
    _Message(file, header, options, notices, JSON_20).write(parts)


def write_21(
    parts: Iterable[DataSet], file: BinaryIO, header: MessageHeader, options: DataOptions, notices: Notices
) -> None:
    """Write data sets as SDMX-JSON 2.1.

    Args:
        parts: Data sets in parts.
        file: Where the message goes.
        header: Its header.
        options: Layout, dimension at the observation, and language of single names.
        notices: Where it is told what the format cannot say.

    Raises:
        StructureError: As for SDMX-JSON 2.0, or the structure has a version that is none.
    """
    _Message(file, header, options, notices, JSON_21).write(parts)


class _Message:
    """A message that is written."""

    def __init__(
        self, file: BinaryIO, header: MessageHeader, options: DataOptions, notices: Notices, dialect: DataDialect
    ) -> None:
        self._file = file
        self._header = header
        self._options = options
        self._notices = notices
        self._dialect = dialect
        self._names = Names(dialect, options.language, notices)
        self._structures: list[Structure] = []
        self._datasets = 0

    def write(self, parts: Iterable[DataSet]) -> None:
        """Write the message."""
        rest = iter(parts)
        known = parts if isinstance(parts, Sequence) else list(islice(rest, 1))
        top: JsonObject = {"$schema": self._dialect.schema} if self._dialect.schema_on_top else {}
        top["meta"] = self._meta([part.schema for part in known])
        self._put(f'{_json(top)[:-1]},\n"data":{{"dataSets":[')
        for run in runs(parts if isinstance(parts, Sequence) else chain(known, rest)):
            structure = self._structure(run.schema)
            begin = partial(self._begin, run)
            DataSetWriter(self._file, structure, run.action, begin, self._notices).write(run.frames)
        self._put("]")
        self._put_structures()
        self._put("}}\n")

    def _meta(self, schemas: Sequence[Schema]) -> JsonObject:
        header = self._header
        if ID.fullmatch(header.id) is None:
            raise StructureError("header-incomplete", where=header.id or "?", missing="ID")
        parties = (header.sender, *header.receivers)
        reference = reference_of(schemas[0], self._dialect.generation) if schemas else None
        if header.source and reference is not None:
            self._notices.lost(reference, "header-source")
        meta: JsonObject = {
            "schema": self._dialect.schema,
            "id": header.id,
            "test": header.test,
            "prepared": header.prepared,
        }
        distinct = list({id(schema): schema for schema in schemas}.values())
        named = chain((party.name for party in parties), chain.from_iterable(map(names_of, distinct)))
        if languages := self._names.content_languages(named):
            meta["contentLanguages"] = languages
        meta["sender"] = self._party(header.sender, "Sender")
        if header.receivers:
            meta["receivers"] = [self._party(receiver, "Receiver") for receiver in header.receivers]
        return meta

    def _party(self, party: Party, what: str) -> JsonObject:
        if ID.fullmatch(party.id) is None:
            raise StructureError("header-incomplete", where=party.id or "?", missing=what)
        told: JsonObject = {"id": party.id}
        return self._names.put(told, party.name, party.id, None) if party.name else told

    def _structure(self, schema: Schema) -> Structure:
        """Return the structure of a schema: one that is there already, or a new one."""
        for known in self._structures:
            if known.schema is schema or known.schema == schema:
                return known
        dialect = self._dialect
        reference = reference_of(schema, dialect.generation)
        where = f"{reference.kind}={reference}"
        if not dialect.is_2 and len(schema.measures) != 1:
            number, told = len(schema.measures), str(reference)
            raise StructureError(
                "data-format-measures", where=where, format=dialect.name, structure=told, number=number
            )
        if not dialect.is_2 and self._structures:
            raise StructureError("data-json-structures", where=where, format=dialect.name)
        structure = Structure(schema, plan_of(schema, dialect, self._options, where), dialect, reference)
        self._structures.append(structure)
        return structure

    def _begin(self, run: Run) -> bytes:
        """Return what the next data set begins with."""
        structure = self._structure(run.schema)
        structure.datasets.append(self._datasets)
        action = run.action
        if action is Action.MERGE and not self._dialect.knows_merge:
            self._notices.translated(structure.reference, "merge-as-append")
            action = Action.APPEND
        head: JsonObject = {"structure": self._structures.index(structure)} if self._dialect.is_2 else {}
        head |= {"action": action.value, "links": links_of(structure.reference, self._dialect)}
        text = _json(head)[:-1]
        if told := structure.told_of_dataset(run.values):
            text += f',"attributes":[{",".join(told)}]'
        entries = "series" if structure.plan.series else "observations"
        separator = ",\n" if self._datasets else "\n"
        self._datasets += 1
        return encoded(f'{separator}{text},"{entries}":{{', structure.where)

    def _put_structures(self) -> None:
        if not self._dialect.is_2 and not self._structures:
            return
        self._put(',\n"structures":[' if self._dialect.is_2 else ',\n"structure":')
        for place, structure in enumerate(self._structures):
            self._put(",\n" if place else "\n")
            held: list[str] = []
            size = 0
            for text in structure_text(structure, self._names):
                held.append(text)
                size += len(text)
                if size > _BUFFER:
                    self._put("".join(held))
                    held, size = [], 0
            self._put("".join(held))
        if self._dialect.is_2:
            self._put("]")

    def _put(self, text: str) -> None:
        self._file.write(encoded(text, self._header.id))


def _json(value: JsonObject) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
