"""Rules for code lists: their files, hierarchies, patterns and use."""

import re
from collections.abc import Iterator, Mapping

from icstip.findings import Finding, Place
from icstip.standard.folder import StandardFolder
from icstip.standard.model import TOTAL, Role


def check_announcement(source: StandardFolder) -> Iterator[Finding]:
    """Yield each announced list without a file, and each file of a list that is not announced."""
    announced = source.codelists
    for row, codelist in announced.column("id"):
        if codelist and codelist not in source.codes:
            yield Finding("STD-016", announced.place(row), f"codelists/{codelist}.csv", {"id": codelist})
    if announced.usable:
        for codelist, table in source.codes.items():
            if codelist not in source.heads:
                yield Finding("STD-016", Place(table.file), "codelists.csv", {"id": codelist})


def check_parents(source: StandardFolder) -> Iterator[Finding]:
    """Yield each parent that is not in the list, and each circle of parents once, at its first row."""
    for codelist, table in source.codes.items():
        known = source.code_places.get(codelist)
        parents = {}
        for row, parent in table.column("parent"):
            if parent and known is not None and parent not in known:
                yield Finding("STD-004", table.place(row), parent, {"id": row["id"], "codelist": codelist})
            elif parent:
                parents[row["id"]] = parent
        places = {row["id"]: table.place(row) for row in reversed(table.rows)}
        yield from circle_findings(parents, places)


def check_extensions(source: StandardFolder) -> Iterator[Finding]:
    """Yield each extended list that is not announced, and each circle of extensions once."""
    table = source.codelists
    extends = {}
    for row, extended in table.column("extends"):
        if extended and table.usable and extended not in source.heads:
            params = {"id": row["id"], "data_type": "", "expected": table.file}
            yield Finding("STD-013", table.place(row), extended, params)
        elif extended:
            extends[row["id"]] = extended
    yield from circle_findings(extends, {row["id"]: table.place(row) for row in reversed(table.rows)})


def check_totals(source: StandardFolder) -> Iterator[Finding]:
    """Yield each list of a dimension that has no code for the total, also where the data may not use it."""
    users: dict[str, str] = {}
    for row in source.components.rows:
        if row["role"] == Role.DIMENSION:
            users.setdefault(row["codelist"], f"{row['structure']}.{row['id']}")
    for codelist, dimension in users.items():
        if codelist in source.code_places and TOTAL not in source.code_places[codelist]:
            params = {"codelist": codelist, "dimension": dimension}
            yield Finding("STD-010", source.codes[codelist].place(), TOTAL, params)


def check_patterns(source: StandardFolder) -> Iterator[Finding]:
    """Yield each code that its list's pattern does not allow, and each pattern that is not a regular expression."""
    for codelist, head in source.heads.items():
        if not head["pattern"]:
            continue
        try:
            pattern = re.compile(head["pattern"])
        except re.error:
            params = {"codelist": codelist, "pattern": "regex"}
            yield Finding("STD-019", source.codelists.place(head), head["pattern"], params)
            continue
        if table := source.codes.get(codelist):
            for row, code in table.column("id"):
                if not pattern.fullmatch(code):
                    params = {"codelist": codelist, "pattern": head["pattern"]}
                    yield Finding("STD-019", table.place(row), code, params)


def check_use(source: StandardFolder) -> Iterator[Finding]:
    """Yield each announced list that no component uses and no list extends."""
    if not source.components.usable:
        return
    used = {codelist for _, codelist in source.components.column("codelist")}
    used.update(extended for _, extended in source.codelists.column("extends"))
    for codelist, head in source.heads.items():
        if codelist and codelist not in used:
            yield Finding("STD-023", source.codelists.place(head), codelist)


def circles(following: Mapping[str, str]) -> Iterator[tuple[str, ...]]:
    """Yield each circle of a chain once, from its first member in the order of the mapping on.

    Example:
        >>> list(circles({"a": "b", "b": "c", "c": "b", "d": "d"}))
        [('b', 'c'), ('d',)]
    """
    order = {node: n for n, node in enumerate(following)}
    seen: set[str] = set()
    for start in following:
        path: list[str] = []
        node = start
        while node in following and node not in seen:
            seen.add(node)
            path.append(node)
            node = following[node]
        if node in path:
            circle = path[path.index(node) :]
            first = circle.index(min(circle, key=order.__getitem__))
            yield (*circle[first:], *circle[:first])


def circle_findings(following: Mapping[str, str], places: Mapping[str, Place]) -> Iterator[Finding]:
    """Yield a finding for each circle of a chain, at its first member."""
    for circle in circles(following):
        yield Finding("STD-005", places[circle[0]], " < ".join((*circle, circle[0])), {"id": circle[0]})
