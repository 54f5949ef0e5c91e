"""Rules for constraints: what each is on, what it lets vary, and the codes that it allows."""

from collections.abc import Container, Iterator, Mapping, Sequence

from icstip.findings import Finding
from icstip.standard.folder import StandardFolder
from icstip.standard.model import TOTAL, Role
from icstip.standard.rules.components import REFUSED
from icstip.standard.tables import Row


def check_constraints(source: StandardFolder) -> Iterator[Finding]:
    """Yield each constraint that is not on exactly one thing that exists, and each thing that has two constraints."""
    table = source.constraints
    first: dict[str, str] = {}
    for row in table.rows if _can_tell(source) else ():
        place = table.place(row)
        if bool(row["structure"]) == bool(row["dataflow"]):
            params = {"id": row["id"], "structure": row["structure"], "dataflow": row["dataflow"]}
            yield Finding("STD-025", place, row["id"], params)
            continue
        field = "structure" if row["structure"] else "dataflow"
        if row[field] not in _owners(source, field):
            yield Finding("STD-021", place, row[field], {"field": field})
        elif row[field] in first:
            yield Finding("STD-003", place, row[field], {"first": first[row[field]]})
        first.setdefault(row[field], str(place))


def check_free_dimensions(source: StandardFolder) -> Iterator[Finding]:
    """Yield each free dimension that the structure does not have, or that could not be fixed anyway."""
    table = source.constraints
    for row, free in table.column("free") if _can_tell(source) else ():
        structure = _structure(source, row)
        if structure is None or not free:
            continue
        # A constraint on a structure fixes nothing.
        fixable = _fixable(source, structure) if row["dataflow"] else ()
        for dimension in free.split():
            if dimension not in fixable:
                params = {"id": row["id"], "expected": ", ".join(fixable) or "''"}
                yield Finding("STD-026", table.place(row), dimension, params)


def check_fixed_dimensions(source: StandardFolder) -> Iterator[Finding]:
    """Yield each dimension that is fixed to a total that its structure does not allow."""
    table = source.constraints
    allowed = _allowed(source)
    for row in table.rows if _can_tell(source) else ():
        structure = _structure(source, row)
        for dimension in _fixed(source, row) if structure else ():
            if TOTAL not in allowed.get((structure or "", dimension), {TOTAL}):
                params = {"id": row["id"], "dimension": dimension, "structure": structure}
                yield Finding("STD-029", table.place(row), TOTAL, params)


def check_constrained_codes(source: StandardFolder) -> Iterator[Finding]:
    """Yield each allowed code of a structure, dataflow or component that does not exist, and each missing code."""
    if not _can_tell(source):
        return
    for table, owner in ((source.structure_codes, "structure"), (source.dataflow_codes, "dataflow")):
        for row in table.rows if table.usable else ():
            if field := _unknown_field(source, row, owner):
                yield Finding("STD-021", table.place(row), row[field], {"field": field})


def check_codes_of_dataflows(source: StandardFolder) -> Iterator[Finding]:
    """Yield each code that a dataflow allows although its structure does not, or although the dimension is fixed."""
    if not _can_tell(source):
        return
    table = source.dataflow_codes
    allowed = _allowed(source)
    fixed = {row["dataflow"]: _fixed(source, row) for row in source.constraints.rows if _structure(source, row)}
    for row in table.rows:
        structure = _structure(source, row)
        if structure is None or _unknown_field(source, row, "dataflow"):
            continue
        params = {"id": row["dataflow"], "component": row["component"]}
        if row["component"] in fixed.get(row["dataflow"], ()):
            yield Finding("STD-028", table.place(row), row["code"], params)
        elif row["code"] not in allowed.get((structure, row["component"]), {row["code"]}):
            yield Finding("STD-027", table.place(row), row["code"], {**params, "structure": structure})


def check_empty_constraints(source: StandardFolder) -> Iterator[Finding]:
    """Yield each constraint that allows everything."""
    table = source.constraints
    limited = {structure for structure, _ in _allowed(source)}
    limited.update(flow for _, flow in source.dataflow_codes.column("dataflow"))
    for row in table.rows if _can_tell(source) else ():
        owner = row["structure"] or row["dataflow"]
        if _structure(source, row) and owner not in limited and not _fixed(source, row):
            yield Finding("STD-030", table.place(row), row["id"])


def check_codes_without_constraint(source: StandardFolder) -> Iterator[Finding]:
    """Yield the first row with codes of each structure or dataflow that no constraint is on.

    While a constraint is on something that does not exist, nobody can say what it was meant for.
    """
    constraints = source.constraints
    if not _can_tell(source) or not all(_structure(source, row) for row in constraints.rows):
        return
    for table, owner in ((source.structure_codes, "structure"), (source.dataflow_codes, "dataflow")):
        # A standard without a table of constraints publishes none: its structures are checked all the same.
        needed = constraints.given or owner == "dataflow"
        constrained = {value for _, value in constraints.column(owner)}
        first = {value: row for row, value in reversed(tuple(table.column(owner)))}
        for value, row in first.items() if needed else ():
            if _structure(source, row) and value not in constrained:
                yield Finding("STD-031", table.place(row), value)


def _can_tell(source: StandardFolder) -> bool:
    tables = (source.components, source.dataflows, source.constraints)
    return not source.settings.faults and all(table.usable for table in tables)


def _owners(source: StandardFolder, field: str) -> Container[str]:
    """Return the ids of all structures, or of all dataflows."""
    return source.settings.structure_ids if field == "structure" else source.dataflows.ids()


def _structure(source: StandardFolder, row: Row) -> str | None:
    """Return the structure that a row is about, itself or by its dataflow, if it exists."""
    structure = row["structure"]
    if row["dataflow"]:
        flows = {flow["id"]: flow["structure"] for flow in reversed(source.dataflows.rows)}
        structure = flows.get(row["dataflow"], "")
    return structure if structure in source.settings.structure_ids else None


def _fixable(source: StandardFolder, structure: str) -> Sequence[str]:
    rows = source.component_rows.get(structure, {}).values()
    return [row["id"] for row in rows if row["role"] == Role.DIMENSION and row["total"] != REFUSED]


def _fixed(source: StandardFolder, row: Row) -> Sequence[str]:
    free = row["free"].split()
    structure = _structure(source, row) if row["dataflow"] else None
    return [dimension for dimension in _fixable(source, structure) if dimension not in free] if structure else ()


def _allowed(source: StandardFolder) -> Mapping[tuple[str, str], set[str]]:
    """Return the codes that each structure allows, by structure and component, where it does not allow all."""
    allowed: dict[tuple[str, str], set[str]] = {}
    for row in source.structure_codes.rows:
        allowed.setdefault((row["structure"], row["component"]), set()).add(row["code"])
    for structure, rows in source.component_rows.items():
        for row in rows.values():
            known = source.code_places.get(row["codelist"])
            if known is not None and row["role"] == Role.DIMENSION and row["total"] == REFUSED:
                allowed.setdefault((structure, row["id"]), set(known)).discard(TOTAL)
    return allowed


def _unknown_field(source: StandardFolder, row: Row, owner: str) -> str:
    structure = _structure(source, row)
    if structure is None:
        return "" if row[owner] in _owners(source, owner) else owner
    components = source.component_rows[structure]
    if row["component"] not in components:
        return "component"
    codelist = components[row["component"]]["codelist"]
    # An uncoded component has no code that could be allowed; a list that is not known has a finding of its own.
    known = source.code_places.get(codelist, None if codelist else {})
    return "code" if known is not None and row["code"] not in known else ""
