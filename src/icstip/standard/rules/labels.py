"""Rules for what national tables say: labels that stand for codes, patterns of ages, headers of components."""

import re
from collections.abc import Iterator

from icstip.findings import Finding
from icstip.standard.folder import ANY_LIST, LABEL_COLUMNS, StandardFolder
from icstip.standard.tables import Row, Table

KINDS = ("code", "name", "demonym", "alias", "misspelling")

_LOW, _HIGH = "{low}", "{high}"
BOUNDS_OF_KINDS = {
    "single": (_LOW,),
    "between": (_LOW, _HIGH),
    "between_below": (_LOW, _HIGH),
    "between_up_to": (_LOW, _HIGH),
    "below": (_HIGH,),
    "at_most": (_HIGH,),
    "up_to": (_HIGH,),
    "at_least": (_LOW,),
    "above": (_LOW,),
}
"""The kinds of patterns of ages, with the placeholders that a pattern of the kind has, in their order."""

_LANGUAGE = re.compile("[a-z]{2,3}")
_NUMBERS = re.compile(r"\{[^{}]*\}|\d+")


def check_labels(source: StandardFolder) -> Iterator[Finding]:
    """Yield each label that cannot be used, at the row where it stands, and each row that stands a second time."""
    anywhere = frozenset(code for codes in source.code_places.values() for code in codes)
    for table in source.labels:
        for row in table.rows:
            yield from _reference(source, table, row, anywhere)
            yield from _text(table, row, "label")
            if "kind" in row and row["kind"] not in KINDS:
                yield _finding(table, row, "kind", ", ".join(KINDS))
            yield from _language(source, table, row)
    yield from _repeated(source.labels, LABEL_COLUMNS, "label")


def check_age_patterns(source: StandardFolder) -> Iterator[Finding]:
    """Yield each pattern that cannot be used, and each that stands a second time under the same kind."""
    table = source.age_patterns
    for row in table.rows:
        bounds = BOUNDS_OF_KINDS.get(row["kind"], ())
        if "kind" in row and not bounds:
            yield _finding(table, row, "kind", ", ".join(BOUNDS_OF_KINDS))
        elif "pattern" in row and bounds and tuple(_NUMBERS.findall(row["pattern"])) != bounds:
            yield _finding(table, row, "pattern", " … ".join(bounds))
        yield from _language(source, table, row)
    yield from _repeated((table,), ("pattern", "kind", "language"), "pattern")


def check_headers(source: StandardFolder) -> Iterator[Finding]:
    """Yield each header that cannot be used, and each that stands a second time for the same component."""
    table = source.headers
    known = {component for components in source.component_rows.values() for component in components}
    for row in table.rows:
        if source.components.usable and "component" in row and row["component"] not in known:
            yield _finding(table, row, "component", "components.csv")
        yield from _text(table, row, "label")
        yield from _language(source, table, row)
    yield from _repeated((table,), ("component", "label", "language"), "label")


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


def _text(table: Table, row: Row, field: str) -> Iterator[Finding]:
    if field in row and not row[field].strip():
        yield _finding(table, row, field, "…")


def _language(source: StandardFolder, table: Table, row: Row) -> Iterator[Finding]:
    languages = source.settings.strings("lint", "label_languages")
    if "language" in row and not (row["language"] in languages if languages else _LANGUAGE.fullmatch(row["language"])):
        yield _finding(table, row, "language", ", ".join(languages) or "en, fr, …, mul")


def _repeated(tables: tuple[Table, ...], columns: tuple[str, ...], field: str) -> Iterator[Finding]:
    first: dict[tuple[str, ...], str] = {}
    for table in tables:
        for row in table.rows:
            if not all(column in row for column in columns):
                continue
            whole = tuple(row[column] for column in columns)
            if whole in first:
                yield _finding(table, row, field, f"≠ {first[whole]}")
            first.setdefault(whole, str(table.place(row)))


def _finding(table: Table, row: Row, field: str, expected: str) -> Finding:
    label = row["label"] or row["pattern"]
    return Finding("STD-020", table.place(row), row[field], {"label": label, "field": field, "expected": expected})
