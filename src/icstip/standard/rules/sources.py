"""Rules for the columns `source` and `origin`: everything says where it comes from, and says it truly."""

from collections.abc import Iterator, Mapping

from icstip.findings import Finding
from icstip.standard.folder import StandardFolder
from icstip.standard.foreign import FORM, foreign_reference
from icstip.standard.tables import Row, Table

OWN = "PROJECT"
"""The short name of what has no public source: a decision of this project."""

Published = Mapping[str, set[str]]
"""The ids of each published list; no ids where only the list's name is known."""


def check_sources(source: StandardFolder) -> Iterator[Finding]:
    """Yield each row without a source, and each source that is not one of the short names."""
    known = source.sources.ids()
    for table in source.sourced_tables():
        for row, names in table.column("source"):
            if not names.strip():
                yield Finding("STD-008", table.place(row), row["id"] or row["code"] or row["label"] or row["pattern"])
            for name in names.split():
                if source.sources.usable and name not in known:
                    yield Finding("STD-009", table.place(row), name, {"known": ", ".join(sorted(known))})


def check_published(source: StandardFolder) -> Iterator[Finding]:
    """Yield each published list that is not named as SDMX names artefacts."""
    for row, origin in source.origins.column("origin"):
        if not foreign_reference("Codelist", origin):
            yield _finding(source.origins, row, FORM)


def check_origins(source: StandardFolder) -> Iterator[Finding]:
    """Yield each origin that is no published list with this id, and each copied code that does not name its list."""
    published = _published(source.origins)
    if not source.origins.usable:
        return
    for row, origin in source.codelists.column("origin"):
        if expected := _expected_list(origin, published):
            yield _finding(source.codelists, row, expected)
    for row, origin in source.concepts.column("origin"):
        if expected := _expected_origin(row["id"], origin, published):
            yield _finding(source.concepts, row, expected)
    for codelist, table in source.codes.items():
        whole = source.heads[codelist]["origin"] if codelist in source.heads else ""
        for row, origin in table.column("origin"):
            expected = _expected_origin(row["id"], origin, published)
            if expected := expected or _expected_in_copy(row, whole, published):
                yield _finding(table, row, expected)


def _published(table: Table) -> Published:
    published: dict[str, set[str]] = {}
    for row in table.rows:
        ids = published.setdefault(row["origin"], set())
        if row["id"]:
            ids.add(row["id"])
    return published


def _expected_list(origin: str, published: Published) -> str:
    if not origin or origin in published:
        return ""
    return "origins.csv" if foreign_reference("Codelist", origin) else FORM


def _expected_origin(id_: str, origin: str, published: Published) -> str:
    if not origin or origin not in published:
        return _expected_list(origin, published)
    ids = published[origin]
    # What is not in the list that it names was not taken over from there.
    return f"'', {OWN}" if ids and id_ not in ids else ""


def _expected_in_copy(row: Row, whole: str, published: Published) -> str:
    if not whole:
        return ""
    if row["id"] in published.get(whole, ()):
        return whole if row["origin"] != whole else ""
    return OWN if not row["origin"] and OWN not in row["source"].split() else ""


def _finding(table: Table, row: Row, expected: str) -> Finding:
    return Finding("STD-011", table.place(row), row["origin"], {"id": row["id"], "expected": expected})
