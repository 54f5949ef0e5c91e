"""Data sets → SDMX-CSV 1.0, 2.0 and 2.1 (field guides for data messages)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from functools import partial
from itertools import chain
from typing import BinaryIO, Final, Literal

import polars as pl

from icstip.artefacts.base import Reference
from icstip.artefacts.data_structure import PRIMARY_MEASURE
from icstip.artefacts.notices import Notices
from icstip.errors import StructureError
from icstip.messages.data_csv.fields import fields_of, has_empty, is_bare, nothing
from icstip.messages.data_csv.header import (
    ACTION,
    DATAFLOW,
    DELIMITERS,
    RESERVED,
    STRUCTURE,
    STRUCTURE_ID,
    STRUCTURE_NAME,
)
from icstip.messages.data_csv.labels import heads, name_in, with_name
from icstip.messages.data_options import DataOptions, Labels
from icstip.messages.data_runs import reference_of
from icstip.messages.dataset import Action, DataSet
from icstip.messages.header import MessageHeader
from icstip.schema import Column, Schema
from icstip.standard.model import Role

_SLICE: Final = 200_000
"""So many rows are written at a time, and so many are looked at before the header is written."""

_ORDER: Final = {Role.DIMENSION: 0, Role.TIME_DIMENSION: 0, Role.MEASURE: 1, Role.ATTRIBUTE: 2}


@dataclass(frozen=True, slots=True)
class _Version:
    """A version of SDMX-CSV and that of the information model that it belongs to."""

    name: str
    model: str

    @property
    def is_1(self) -> bool:
        return self.model == "2.1"


_CSV_10: Final = _Version("SDMX-CSV 1.0", "2.1")
_CSV_20: Final = _Version("SDMX-CSV 2.0", "3.0")
_CSV_21: Final = _Version("SDMX-CSV 2.1", "3.1")


def write_10(
    parts: Iterable[DataSet], file: BinaryIO, header: MessageHeader, options: DataOptions, notices: Notices
) -> None:
    """Write data sets as SDMX-CSV 1.0: of dataflows, with one measure, without actions; else see `write_20`.

    Raises:
        StructureError: A data set has no dataflow, not exactly one measure, or other columns than the first; labels are
            to be in columns of their own, or no message is separated so.
    """
    _write(parts, file, header, _Writer(_CSV_10, file, options, notices))


def write_20(
    parts: Iterable[DataSet], file: BinaryIO, header: MessageHeader, options: DataOptions, notices: Notices
) -> None:
    """Write data sets as SDMX-CSV 2.0: UTF-8, LF, a line for each of their rows, a missing value as an empty field.

    Args:
        parts: Data sets in parts. Where they are of several structures, the header has the columns of all. Unless
            `parts` is a sequence, these must show in the first rows: the header is written before the others are known.
        file: Where the message goes.
        header: Not written: SDMX-CSV has no header but that of its columns.
        options: Labels and their language, and what separates fields.
        notices: Where it is said what the format cannot say.

    Raises:
        StructureError: A data set has columns that the header does not have, or no message is separated so.
    """
    _write(parts, file, header, _Writer(_CSV_20, file, options, notices))


def write_21(
    parts: Iterable[DataSet], file: BinaryIO, header: MessageHeader, options: DataOptions, notices: Notices
) -> None:
    """Write data sets as SDMX-CSV 2.1, which also knows data that are to be merged; else see `write_20`."""
    _write(parts, file, header, _Writer(_CSV_21, file, options, notices))


def _write(parts: Iterable[DataSet], file: BinaryIO, header: MessageHeader, writer: "_Writer") -> None:
    del header
    schemas, parts = _ahead(parts)
    file.write(writer.head(schemas).encode())
    for part in parts:
        writer.write(part)
    writer.end()


def _ahead(parts: Iterable[DataSet]) -> tuple[Sequence[Schema], Iterable[DataSet]]:
    """Return the schemas of parts, as far as they show without taking many rows, and the parts."""
    if isinstance(parts, Sequence):
        return [part.schema for part in parts], parts
    rest, seen, rows = iter(parts), list[DataSet](), 0
    for part in rest:
        seen.append(part)
        rows += len(part)
        if rows > _SLICE:
            break
    return [part.schema for part in seen], chain(seen, rest)


class _Kind(Enum):
    """What the fields of a component need."""

    BARE = "no quotes"
    QUOTED = "quotes around some"
    EMPTY = "quotes around what is there and empty"


class _Writer:
    """One message."""

    def __init__(self, version: _Version, file: BinaryIO, options: DataOptions, notices: Notices) -> None:
        if options.delimiter not in DELIMITERS:
            known = " ".join(map(repr, DELIMITERS))
            raise StructureError("data-csv-delimiter", where=version.name, delimiter=options.delimiter, known=known)
        if version.is_1 and options.labels is Labels.NAME:
            raise StructureError("data-csv-labels", where=version.name)
        self._version = version
        self._file = file
        self._options = options
        self._notices = notices
        self._ids: Sequence[str] = ()
        self._last: DataSet | None = None
        self._rows = 0  # of the data set that the last part belongs to

    def head(self, schemas: Iterable[Schema]) -> str:
        """Return the header of a message with data of these structures.

        Of several structures there are first the dimensions of each, then the measures, then the attributes (field
        guide 2.0, columns).
        """
        columns: dict[str, Column] = {}
        before: Schema | None = None
        for schema in schemas:
            if schema is not before:
                columns = {**columns, **self._columns(schema), **columns}
            before = schema
        ordered = sorted(columns.items(), key=lambda item: _ORDER[item[1].role])
        self._ids = [name for name, _ in ordered]
        labels, language = self._options.labels, self._options.language
        told = heads(self._ids, [column for _, column in ordered], labels, language)
        own = [STRUCTURE, STRUCTURE_ID, *([STRUCTURE_NAME] if labels is Labels.NAME else []), ACTION]
        return self._line([*([DATAFLOW] if self._version.is_1 else own), *told]) + "\n"

    def write(self, part: DataSet) -> None:
        """Write a part of a data set."""
        if self._last is None or (part.action, part.schema) != (self._last.action, self._last.schema):
            self.end()
            self._last, self._rows = part, 0
        self._rows += len(part)
        columns = self._columns(part.schema)
        self._refuse_others(columns, part.schema)
        reference = reference_of(part.schema, self._version.model)
        begin = self._line(self._own(part, reference)) + self._options.delimiter
        for rows in part.frame.iter_slices(_SLICE) if len(part) else ():
            fields, is_bare = self._fields(rows, columns, reference)
            self._write_rows(fields, begin, "never" if is_bare else "necessary")

    def end(self) -> None:
        """Say that a data set ends."""
        if self._last is not None and not self._rows:
            self._notices.lost(reference_of(self._last.schema, self._version.model), "empty-data-set")

    def _columns(self, schema: Schema) -> Mapping[str, Column]:
        """Return the components of a structure by what the header calls them."""
        where, name = str(schema.structure), self._version.name
        if not self._version.is_1:
            for reserved in RESERVED:
                if reserved in schema.by_id:
                    raise StructureError("id-refused", where=where, format=name, id=reserved)
            return schema.by_id
        if schema.dataflow is None:
            raise StructureError("data-format-dataflow", where=where, format=name)
        number = len(schema.measures)
        if number != 1:
            raise StructureError("data-format-measures", where=where, format=name, structure=where, number=number)
        # SDMX-CSV 1.0 calls the measure so whatever it is, and gives no name to it or to its values.
        (measure,) = schema.measures
        nameless = replace(schema.by_id[measure], name={}, code_names={})
        return {PRIMARY_MEASURE: nameless} | {name: column for name, column in schema.by_id.items() if name != measure}

    def _refuse_others(self, columns: Mapping[str, Column], schema: Schema) -> None:
        others = [name for name in columns if name not in self._ids]
        if self._version.is_1:
            others += [name for name in self._ids if name not in columns]
        if others:
            raise StructureError("data-csv-columns", where=str(schema.structure), columns=", ".join(others))

    def _own(self, part: DataSet, reference: Reference) -> Sequence[str]:
        """Return what stands in the first fields of the rows of a data set."""
        if not reference.id:
            raise StructureError("data-format-structure", where=str(part.schema.structure), format=self._version.name)
        labels, name = self._options.labels, name_in(part.schema.name, self._options.language)
        told = with_name(str(reference), name) if labels is Labels.BOTH else str(reference)
        letter = self._letter(part.action, reference)
        if self._version.is_1:
            return [told]
        return [reference.kind.lower(), told, *([name] if labels is Labels.NAME else []), letter]

    def _letter(self, action: Action, reference: Reference) -> str:
        if self._version.is_1:
            if action is not Action.INFORMATION:
                self._notices.lost(reference, "action")
        elif action is Action.MERGE and self._version.model != "3.1":
            self._notices.translated(reference, "merge-as-append")
            return Action.APPEND.letter
        return action.letter

    def _fields(
        self, rows: pl.DataFrame, columns: Mapping[str, Column], reference: Reference
    ) -> tuple[pl.DataFrame, bool]:
        """Return the fields of rows, a column for each of the message but the first ones, and if none needs quotes."""
        there = [columns.get(name) for name in self._ids]
        made = [self._made(rows, column) for column in there]
        for column, (_, kind) in zip(there, made, strict=True):
            if column is not None and kind is _Kind.EMPTY:
                self._notices.lost(reference, "empty-text", part=column.id)
        fields = chain.from_iterable(found for found, _ in made)
        frame = pl.DataFrame([values.alias(str(place)) for place, values in enumerate(fields)])
        return frame, all(kind is _Kind.BARE for _, kind in made)

    def _made(self, rows: pl.DataFrame, column: Column | None) -> tuple[Sequence[pl.Series], _Kind]:
        """Return the fields of a component, and what they need."""
        if column is None or column.id not in rows.columns:
            return [nothing(rows.height)] * (2 if self._options.labels is Labels.NAME else 1), _Kind.BARE
        values = rows[column.id]
        found = list(fields_of(values, column, self._options))
        if has_empty(values):
            return found, _Kind.EMPTY
        if values.dtype.is_numeric() or all(is_bare(one, self._options.delimiter) for one in found):
            return found, _Kind.BARE
        return found, _Kind.QUOTED

    def _write_rows(self, fields: pl.DataFrame, begin: str, quotes: Literal["never", "necessary"]) -> None:
        """Write rows that begin with the same fields: these stand after the end of the row before, for speed."""
        separator = self._options.delimiter
        write = partial(pl.DataFrame.write_csv, include_header=False, separator=separator, quote_style=quotes)
        self._file.write(begin.encode())
        write(fields.head(-1), self._file, line_terminator=f"\n{begin}")
        write(fields.tail(1), self._file)

    def _line(self, fields: Iterable[str]) -> str:
        return self._options.delimiter.join(map(self._quoted, fields))

    def _quoted(self, field: str) -> str:
        doubled = field.replace('"', '""')
        special = {self._options.delimiter, '"', "\n", "\r"}
        return f'"{doubled}"' if special & set(field) else field
