"""From what readers hand over to data sets: schemas found, columns typed, attributes of groups put to observations."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from icstip.artefacts.data_structure import PRIMARY_MEASURE
from icstip.findings import Named
from icstip.messages.data_groups import Attachments
from icstip.messages.data_parts import LINE, DataHead, DataPart, Reading
from icstip.messages.data_typing import typed, typed_columns
from icstip.messages.data_untyped import untyped_schema
from icstip.messages.dataset import Action, DataSet, as_text
from icstip.messages.similar_codes import similar_codes
from icstip.schema import Column, Schema

_ID: Final = re.compile(
    r"[A-Za-z_][A-Za-z0-9_@$.\-]*"
)  # more than SDMX allows, and nothing that means more than a name
_MOST_VALUES: Final = 200  # of a component that are told one by one


def assemble(parts: Iterable[DataPart], reading: Reading) -> Iterator[DataSet]:
    """Yield data sets in parts; consecutive parts with the same schema and action belong together.

    Every part has all columns of the schema. A message whose structure is not at hand is read as a whole before
    anything is yielded: only then it is known what columns it has.

    Args:
        parts: What the reader of the format hands over.
        reading: What is known of the message; findings go to its notices.
    """
    current: _Assembly | None = None
    for part in parts:
        if current is None or part.head is not current.head:
            if current is not None:
                yield from current.end()
            current = _assembly(part.head, reading)
        yield from current.add(_with_ids(part.frame, reading))
    if current is not None:
        yield from current.end()


def together(datasets: Sequence[DataSet]) -> DataSet:
    """Return parts of one data set as one.

    Args:
        datasets: At least one part, all of one schema and action.
    """
    first = datasets[0]
    if len(datasets) == 1:
        return first
    columns = [
        _joined([part.frame[column.id] for part in datasets], column)
        for column in first.schema.columns
        if column.id in first.frame.columns
    ]
    return DataSet(first.schema, pl.DataFrame(columns), first.action, lines=_lines_of(datasets))


def _lines_of(datasets: Sequence[DataSet]) -> pl.Series | None:
    """Return the lines of all parts, as far as any of them has some."""
    if all(part.lines is None for part in datasets):
        return None
    none = pl.Series("line", [None], pl.Int64)
    return pl.concat(none.new_from_index(0, len(part)) if part.lines is None else part.lines for part in datasets)


def _joined(parts: list[pl.Series], column: Column) -> pl.Series:
    """Return one column; where its parts are of different types, of the type that holds all of them."""
    if len({part.dtype for part in parts}) == 1:
        return pl.concat(parts)
    texts = [part.to_frame().select(as_text(part.name, part.dtype)).to_series() for part in parts]
    return typed(pl.concat(texts), column).series


def _with_ids(frame: pl.DataFrame, reading: Reading) -> pl.DataFrame:
    """Return the columns whose names can be ids of components; of the others it is told that they are left out.

    Nothing of this kind comes from a conforming tool, and to polars some of them would mean patterns of names.
    """
    others = [name for name in frame.columns if name != LINE and not _ID.fullmatch(name)]
    for name in others:
        reading.notices.add("DATA-007", name, times=frame.height - frame[name].null_count())
    return pl.DataFrame([frame[name] for name in frame.columns if name not in others]) if others else frame


def _assembly(head: DataHead, reading: Reading) -> "_Assembly":
    schema = reading.schema_of(head)
    return _Untyped(head, reading) if schema is None else _Known(head, reading, schema)


@dataclass
class _Assembly:
    """One data set that is read."""

    head: DataHead
    reading: Reading

    def add(self, frame: pl.DataFrame) -> Iterator[DataSet]:
        raise NotImplementedError

    def end(self) -> Iterator[DataSet]:
        raise NotImplementedError


class _Untyped(_Assembly):
    """A data set whose structure is not at hand."""

    def __init__(self, head: DataHead, reading: Reading) -> None:
        super().__init__(head, reading)
        self._frames: list[pl.DataFrame] = []

    def add(self, frame: pl.DataFrame) -> Iterator[DataSet]:
        self._frames.append(frame)
        return iter(())

    def end(self) -> Iterator[DataSet]:
        frame = pl.concat(self._frames, how="diagonal")
        schema = untyped_schema(self.head, [name for name in frame.columns if name != LINE])
        self.reading.notices.add(
            "DATA-001",
            str(self.head.structure) if self.head.structure else None,
            line=self.head.line,
            dimensions=", ".join(schema.dimensions),
        )
        known = _Known(self.head, self.reading, schema)
        yield from known.add(frame)
        yield from known.end()


class _Known(_Assembly):
    """A data set whose schema is known."""

    def __init__(self, head: DataHead, reading: Reading, schema: Schema) -> None:
        super().__init__(head, reading)
        self._schema = schema
        self._attachments = Attachments(schema)
        self._begun = False

    def add(self, frame: pl.DataFrame) -> Iterator[DataSet]:
        whole = self._columns(frame)
        if self.head.action is not Action.DELETE and self._schema.known:
            whole = self._attachments.settle(whole)
            self._tell_incomplete(whole)
        if whole.height or not self._begun:
            self._begun = True
            yield self._typed(whole)

    def end(self) -> Iterator[DataSet]:
        left = self._attachments.left()
        if left.height:
            yield self._typed(self._columns(left))

    def _columns(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Return a frame with the columns of the schema in their order, all of them texts."""
        measures = self._schema.measures
        if PRIMARY_MEASURE in frame.columns and PRIMARY_MEASURE not in self._schema.by_id and len(measures) == 1:
            frame = frame.rename({PRIMARY_MEASURE: measures[0]})
        for name in frame.columns:
            if name not in self._schema.by_id and name != LINE:
                self._unknown(frame, name)
        absent = [column.id for column in self._schema.columns if column.id not in frame.columns]
        nothing = [pl.Series(name, [], pl.String).extend_constant(None, frame.height) for name in absent]
        names = [column.id for column in self._schema.columns]
        whole = frame.with_columns(nothing)
        return pl.DataFrame([whole[name] for name in (*names, *([LINE] if LINE in frame.columns else []))])

    def _tell_incomplete(self, frame: pl.DataFrame) -> None:
        """Tell which dimensions observations lack: without them nobody can say what they are about."""
        for name in self._schema.dimensions:
            if frame[name].null_count():
                rows = frame.filter(frame[name].is_null())
                key = _key(rows, self._schema)
                self.reading.notices.add("DATA-010", name, line=_line(rows), key=key, number=rows.height)

    def _unknown(self, frame: pl.DataFrame, name: str) -> None:
        used = frame.filter(frame[name].is_not_null())
        if used.height:
            self.reading.notices.add(
                "DATA-002", name, line=_line(used), structure=str(self._schema.structure), number=used.height
            )

    def _typed(self, frame: pl.DataFrame) -> DataSet:
        columns = []
        for column, found in zip(self._schema.columns, typed_columns(frame, self._schema.columns), strict=True):
            columns.append(found.series)
            code = "CODE-002" if column.codes is not None else "DATA-003"
            self._told(frame, column, found.wrong, code)
            self._told(frame, column, found.inexact, "FIGURE-003")
        keeps = self.reading.keeps_lines and LINE in frame.columns
        lines = frame[LINE].cast(pl.Int64).alias("line") if keeps else None
        return DataSet(self._schema, pl.DataFrame(columns), self.head.action, lines=lines)

    def _told(self, frame: pl.DataFrame, column: Column, wrong: Sequence[str], code: str) -> None:
        for value in wrong[:_MOST_VALUES]:
            rows = frame.filter(frame[column.id] == value)
            similar = {} if column.codes is None else similar_codes(value, column)
            self.reading.notices.add(
                code,
                value,
                line=_line(rows),
                key=_key(rows, self._schema),
                times=rows.height,
                variant="near" if similar else "",
                component=column.id,
                type=column.codelist or column.data_type,
                **({"similar": Named.of(similar)} if similar else {}),
            )
        if len(wrong) > _MOST_VALUES:
            self.reading.notices.add("DATA-004", str(len(wrong) - _MOST_VALUES), component=column.id, of=code)


def _line(rows: pl.DataFrame) -> int | None:
    line: int | None = rows[LINE][0] if LINE in rows.columns else None
    return line


def _key(rows: pl.DataFrame, schema: Schema) -> str:
    return schema.key_text(rows.row(0, named=True))
