"""Rules for the labels that stand for codes in national tables."""

import re
from collections.abc import Iterator

from icstip.findings import Finding
from icstip.standard.folder import ANY_LIST, LABEL_COLUMNS, StandardFolder
from icstip.standard.tables import Row, Table

KINDS = ("code", "name", "demonym", "alias", "misspelling")
_LANGUAGE = re.compile("[a-z]{2,3}")


def check_labels(source: StandardFolder) -> Iterator[Finding]:
    """Yield each label that cannot be used, at the row where it stands, and each row that stands a second time."""
    anywhere = frozenset(code for codes in source.code_places.values() for code in codes)
    first: dict[tuple[str, ...], str] = {}
    for table in source.labels:
        for row in table.rows:
            yield from _reference(source, table, row, anywhere)
            yield from _cells(source, table, row)
            whole = tuple(row[column] for column in LABEL_COLUMNS)
            if whole in first:
                yield _finding(table, row, "label", f"≠ {first[whole]}")
            first.setdefault(whole, str(table.place(row)))


def _reference(source: StandardFolder, table: Table, row: Row, anywhere: frozenset[str]) -> Iterator[Finding]:
    if not {"codelist", "code"} <= row.cells.keys():
        return
    codelist = row["codelist"]
    if codelist == ANY_LIST:
        if anywhere and row["code"] not in anywhere:
            yield _finding(table, row, "code", "codelists/*.csv")
    elif source.codelists.usable and codelist not in source.heads:
        yield _finding(table, row, "codelist", "codelists.csv")
    elif codelist in source.code_places and row["code"] not in source.code_places[codelist]:
        yield _finding(table, row, "code", f"codelists/{codelist}.csv")


def _cells(source: StandardFolder, table: Table, row: Row) -> Iterator[Finding]:
    languages = source.settings.strings("lint", "label_languages")
    if "label" in row and not row["label"].strip():
        yield _finding(table, row, "label", "…")
    if "kind" in row and row["kind"] not in KINDS:
        yield _finding(table, row, "kind", ", ".join(KINDS))
    if "language" in row and not (row["language"] in languages if languages else _LANGUAGE.fullmatch(row["language"])):
        yield _finding(table, row, "language", ", ".join(languages) or "en, fr, …, mul")


def _finding(table: Table, row: Row, field: str, expected: str) -> Finding:
    return Finding(
        "STD-020", table.place(row), row[field], {"label": row["label"], "field": field, "expected": expected}
    )
