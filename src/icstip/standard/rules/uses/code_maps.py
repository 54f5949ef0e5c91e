"""Rules for the code maps of crosswalks."""

from collections.abc import Iterator, Sequence

from icstip.findings import Finding, Place
from icstip.standard.folder import StandardFolder, value_columns
from icstip.standard.foreign import FORM, is_foreign
from icstip.standard.rules.uses.crosswalks import SIDES, unnamed, wrong
from icstip.standard.tables import Row, Table


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
    for head, table in _mapped(source):
        for row in table.rows:
            for side in SIDES:
                columns = value_columns(side, head[f"{side}s"])
                if side == "target" and not any(row[column] for column in columns):
                    continue
                for column, codelist in zip(columns, head[f"{side}s"].split(), strict=True):
                    if not _is_code(source, row[column], codelist):
                        params = {"id": head["id"], "codelist": codelist}
                        yield Finding("STD-037", table.place(row), row[column], params)


def check_ambiguous_mappings(source: StandardFolder) -> Iterator[Finding]:
    """Yield each row whose sources stand in a row before."""
    for head, table in _mapped(source):
        columns = value_columns("source", head["sources"])
        first: dict[tuple[str, ...], str] = {}
        for row in table.rows:
            key = tuple(row[column] for column in columns)
            if key in first:
                params = {"id": head["id"], "first": first[key]}
                yield Finding("STD-038", table.place(row), ", ".join(key), params)
            first.setdefault(key, str(table.place(row)))


def _mapped(source: StandardFolder) -> Iterator[tuple[Row, Table]]:
    """Yield each code map with what is said of it as a whole."""
    for tables in source.crosswalk_tables.values():
        heads = {row["id"]: row for row in reversed(tables.code_maps.rows)}
        for code_map, table in tables.mappings.items():
            if code_map in heads and table.usable and heads[code_map]["sources"]:
                yield heads[code_map], table


def _unknown_lists(source: StandardFolder, row: Row, field: str, place: Place) -> Iterator[Finding]:
    own: Sequence[str] = tuple(source.heads)
    names = row[field].split()
    if not names:
        yield wrong(place, row["id"], field, "", "…")
    for name in names if source.codelists.usable else ():
        if unnamed(name, own):
            yield wrong(place, row["id"], field, name, f"codelists.csv, {FORM}")


def _is_code(source: StandardFolder, code: str, codelist: str) -> bool:
    if is_foreign(codelist) or codelist not in source.code_places:
        return bool(code)
    return code in source.code_places[codelist]
