"""The columns of a message in SDMX-CSV as components: what is none is left out, and names of codes are taken off."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from icstip.artefacts.data_structure import PRIMARY_MEASURE, TIME_DIMENSION
from icstip.messages.data_csv.header import SEPARATOR, Cell, Header, refuse_twice
from icstip.messages.data_notices import DataNotices
from icstip.messages.data_parts import LINE
from icstip.schema import Column, Schema
from icstip.standard.model import Role

_TEXTS: Final = frozenset({"String", "XHTML", "URI"})
"""Data types whose values may have a colon and a space in them."""

_NAMED: Final = r"(?s)^([A-Za-z0-9_@$\-]*): .*$"
"""A code and its name."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A component and the column that it is in; where names have to be taken off, what the column says without them."""

    place: int
    id: str
    values: pl.Expr | None

    def of(self, rows: pl.DataFrame) -> pl.Series:
        values = rows[str(self.place)] if self.values is None else rows.select(self.values).to_series()
        return values.alias(self.id)


class Columns:
    """The columns of the data sets of one structure.

    Args:
        header: The header of the message.
        schema: What the structure says, or None when it is not at hand: then every column is a component.
        where: What the message is called.

    Raises:
        FormatError: A component is there twice.
    """

    def __init__(self, header: Header, schema: Schema | None, where: str) -> None:
        self._structure = "" if schema is None else str(schema.structure)
        cells = list(_without_names(header, schema)) if header.has_names else list(header.cells)
        known = {cell.place: name for cell in cells if (name := _component(cell, schema))}
        self._components = [
            _Part(cell.place, known[cell.place], _values(cell, schema, header)) for cell in cells if cell.place in known
        ]
        self._others = [cell for cell in cells if cell.place not in known]
        refuse_twice([part.id for part in self._components], line=1, where=where)

    def components_of(self, rows: pl.DataFrame, notices: DataNotices) -> pl.DataFrame:
        """Return rows as columns by component id; a column that is none is told the first time it has a value.

        Args:
            rows: Columns by their numbers, and `LINE`.
            notices: Where it is told.
        """
        for cell in list(self._others):
            if rows[str(cell.place)].null_count() < rows.height:
                self._others.remove(cell)
                self._tell(cell, notices)
        return pl.DataFrame([*(part.of(rows) for part in self._components), rows[LINE]])

    def _tell(self, cell: Cell, notices: DataNotices) -> None:
        value = cell.text or f"#{cell.place + 1}"
        if self._structure:
            notices.add("DATA-008", value, line=1, structure=self._structure)
        else:
            notices.add("DATA-007", value, line=1)


def _component(cell: Cell, schema: Schema | None) -> str:
    """Return the id of the component that a column holds; empty if it holds none."""
    if schema is None:
        return cell.id
    for name in (cell.id, cell.text):
        if name in schema.by_id or (name == PRIMARY_MEASURE and len(schema.measures) == 1):
            return name
    return ""


def _without_names(header: Header, schema: Schema | None) -> Iterator[Cell]:
    """Yield the columns of a header without those that hold the names of what the column before has.

    Every component has one (field guide 2.0, column headers). Where a component follows a component, a tool has left it
    out; a name that is also the id of a component is there twice.
    """
    times: dict[str, int] = {}
    for cell in header.cells:
        times[cell.text] = times.get(cell.text, 0) + 1
    before = ""
    for cell in header.cells:
        if before and _is_name(cell, before, schema, times):
            before = ""
        else:
            before = _component(cell, schema)
            yield cell


def _is_name(cell: Cell, before: str, schema: Schema | None, times: Mapping[str, int]) -> bool:
    if schema is None:
        return True
    names = schema.by_id[before].name.values() if before in schema.by_id else ()
    return cell.text in names or not _component(cell, schema) or times[cell.text] > 1


def _values(cell: Cell, schema: Schema | None, header: Header) -> pl.Expr | None:
    """Return what a column says without the names of what it says; None where it says no names."""
    if cell.name is None or cell.several:
        return None
    value = pl.col(str(cell.place))
    if schema is None:
        return _seeming(cell, header)
    measure = next(iter(schema.measures), "")
    column = schema.by_id.get(cell.id) or schema.by_id[measure]
    if column.codes is not None:
        return _without_name(value, column.codes)
    return _once(value, always=column.role is Role.TIME_DIMENSION or not _may_have_colon(column))


def _seeming(cell: Cell, header: Header) -> pl.Expr:
    """Return a column of a structure that is not at hand. Dimensions, which stand before the value, seem coded."""
    value = pl.col(str(cell.place))
    measures = [other.place for other in header.cells if other.id == PRIMARY_MEASURE]
    if cell.id in {TIME_DIMENSION, PRIMARY_MEASURE} or not measures or cell.place > measures[0]:
        return _once(value, always=cell.id in {TIME_DIMENSION, PRIMARY_MEASURE})
    return _there(value.str.replace(_NAMED, "$1"))


def _without_name(value: pl.Expr, codes: Sequence[str]) -> pl.Expr:
    """Return a coded column without names; a name may have the separator in it, too."""
    code = _there(value.str.replace(rf"(?s){SEPARATOR}.*$", ""))
    odd = [code for code in codes if SEPARATOR in code]
    return pl.when(value.is_in(odd)).then(value).otherwise(code) if odd else code


def _once(value: pl.Expr, *, always: bool) -> pl.Expr:
    """Return an uncoded column as it stands, or once where tools say everything twice, as ``value: value``.

    Args:
        value: The column.
        always: Whether each value that is there twice is to be there once; otherwise all must be.
    """
    half = (value.str.len_chars().cast(pl.Int64) - len(SEPARATOR)) // 2
    first = value.str.head(half)
    twice = value == pl.concat_str(first, pl.lit(SEPARATOR), first)
    chosen = twice.fill_null(value=False)
    return pl.when(chosen if always else chosen.all()).then(_there(first)).otherwise(value)


def _there(value: pl.Expr) -> pl.Expr:
    return pl.when(value != "").then(value)


def _may_have_colon(column: Column) -> bool:
    return column.data_type in _TEXTS
