"""Rules for the code maps of crosswalks."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from icstip.findings import Finding, Place
from icstip.standard.folder import CrosswalkTables, StandardFolder, value_columns
from icstip.standard.foreign import FORM
from icstip.standard.rules.components import OPTIONAL
from icstip.standard.rules.uses.crosswalks import SIDES, components_of, known_codes, unnamed, wrong
from icstip.standard.tables import Row, Table

PREFERRED: Final = "yes"
"""Stands in the column `reverse` of the row of a code map that holds on the way back."""


def check_code_maps(source: StandardFolder) -> Iterator[Finding]:
    """Yield each code list of a code map that does not exist, and each code map that no link uses."""
    for tables in source.crosswalk_tables.values():
        used = {code_map for _, code_map in tables.links.column("code_map")}
        for row in tables.code_maps.rows:
            place = tables.code_maps.place(row)
            for field in (f"{side}s" for side in SIDES):
                yield from _unknown_lists(source, row, field, place)
            if tables.links.usable and row["id"] not in used:
                yield Finding("STD-040", place, row["id"])


def check_mapped_codes(source: StandardFolder) -> Iterator[Finding]:
    """Yield each code that its list does not have, and each row that does not name one code of every list.

    What has no counterpart has no targets at all.
    """
    for crosswalk, tables, head, table in _mapped(source):
        absent = _can_be_absent(source, crosswalk, tables, head)
        for row in table.rows:
            for side in SIDES:
                columns = value_columns(side, head[f"{side}s"])
                if side == "target" and not any(row[column] for column in columns):
                    continue
                for column, codelist in zip(columns, head[f"{side}s"].split(), strict=True):
                    is_absent = column in absent and not row[column] and any(row[name] for name in columns)
                    if not is_absent and not _is_code(source, tables, row[column], codelist):
                        params = {"id": head["id"], "codelist": codelist}
                        yield Finding("STD-037", table.place(row), row[column], params)


def check_ambiguous_mappings(source: StandardFolder) -> Iterator[Finding]:
    """Yield each row whose sources stand in a row before, and each second way back from the same targets."""
    for _, _, head, table in _mapped(source):
        yield from _repeated(head, table, "source", table.rows)
        marked = [row for row in table.rows if row["reverse"]]
        for row in marked:
            if row["reverse"] != PREFERRED:
                yield wrong(table.place(row), head["id"], "reverse", row["reverse"], f"'', {PREFERRED}")
        if head["targets"]:
            yield from _repeated(head, table, "target", marked)


def _repeated(head: Row, table: Table, side: str, rows: Iterable[Row]) -> Iterator[Finding]:
    columns = value_columns(side, head[f"{side}s"])
    first: dict[tuple[str, ...], str] = {}
    for row in rows:
        key = tuple(row[column] for column in columns)
        if key in first:
            params = {"id": head["id"], "first": first[key]}
            yield Finding("STD-038", table.place(row), ", ".join(key), params)
        first.setdefault(key, str(table.place(row)))


def _can_be_absent(source: StandardFolder, crosswalk: str, tables: CrosswalkTables, head: Row) -> frozenset[str]:
    """Return the columns of sources that are attributes which data may do without."""
    heads = {row["id"]: row for row in reversed(source.crosswalks.rows)}
    structure = heads[crosswalk]["source_structure"] if crosswalk in heads else ""
    components = components_of(source, tables, structure) or {}
    columns = value_columns("source", head["sources"])
    for link in tables.links.rows:
        if link["code_map"] == head["id"]:
            optional = [components[name]["usage"] == OPTIONAL for name in link["sources"].split() if name in components]
            return frozenset(column for column, is_so in zip(columns, optional, strict=False) if is_so)
    return frozenset()


def _mapped(source: StandardFolder) -> Iterator[tuple[str, CrosswalkTables, Row, Table]]:
    """Yield each code map with its crosswalk and what is said of it as a whole."""
    for crosswalk, tables in source.crosswalk_tables.items():
        heads = {row["id"]: row for row in reversed(tables.code_maps.rows)}
        for code_map, table in tables.mappings.items():
            if code_map in heads and table.usable and heads[code_map]["sources"]:
                yield crosswalk, tables, heads[code_map], table


def _unknown_lists(source: StandardFolder, row: Row, field: str, place: Place) -> Iterator[Finding]:
    own: Sequence[str] = tuple(source.heads)
    names = row[field].split()
    if not names:
        yield wrong(place, row["id"], field, "", "…")
    for name in names if source.codelists.usable else ():
        if unnamed(name, own):
            yield wrong(place, row["id"], field, name, f"codelists.csv, {FORM}")


def _is_code(source: StandardFolder, tables: CrosswalkTables, code: str, codelist: str) -> bool:
    codes = known_codes(source, tables, codelist)
    return bool(code) if codes is None else code in codes
