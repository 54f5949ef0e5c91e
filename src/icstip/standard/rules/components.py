"""Rules for the components of the structures: what may stand in their cells, their order and what they refer to."""

from collections.abc import Iterator, Mapping, Sequence

from icstip.artefacts.data_types import SIMPLE_TYPES
from icstip.findings import Finding, Place
from icstip.standard.folder import StandardFolder
from icstip.standard.model import Attachment, Role
from icstip.standard.tables import Row

MANDATORY = "mandatory"
REFUSED = "refused"
"""Stands in the column `total` of a dimension that says what is measured: data may not add over it."""
OPTIONAL = "optional"
_USAGES = (MANDATORY, OPTIONAL)
_ALLOWED: Mapping[str, Mapping[str, Sequence[str]]] = {
    Role.DIMENSION: {"attachment": ("",), "usage": ("", MANDATORY), "total": ("allowed", REFUSED)},
    Role.TIME_DIMENSION: {"attachment": ("",), "usage": ("", MANDATORY), "total": ("",)},
    Role.MEASURE: {"attachment": ("",), "usage": _USAGES, "total": ("",)},
    Role.ATTRIBUTE: {"attachment": tuple(Attachment), "usage": _USAGES, "total": ("",)},
}
_POSITIONED = {Role.DIMENSION, Role.TIME_DIMENSION}


def check_component_cells(source: StandardFolder) -> Iterator[Finding]:
    """Yield each cell that a component of its role cannot have."""
    table = source.components
    structures = source.settings.structure_ids
    for row in table.rows:
        role = row["role"]
        wrong: list[tuple[str, Sequence[str]]] = []
        if "structure" in row and not source.settings.faults and row["structure"] not in structures:
            wrong.append(("structure", structures))
        if "role" in row and role not in _ALLOWED:
            wrong.append(("role", tuple(Role)))
        cells = _ALLOWED.get(role, {})
        wrong.extend((column, cells[column]) for column in cells if _differs(row, column, cells[column]))
        if row["data_type"] and row["data_type"] not in SIMPLE_TYPES:
            wrong.append(("data_type", sorted(SIMPLE_TYPES)))
        for column, allowed in wrong:
            yield _wrong(table.place(row), row, column, _listed(allowed))


def check_component_order(source: StandardFolder) -> Iterator[Finding]:
    """Yield each break in the positions of dimensions, time that is not last, and each structure without a measure."""
    if not source.components.usable:
        return
    for n, structure in enumerate(source.settings.structure_ids):
        rows = [row for row in source.components.rows if row["structure"] == structure]
        yield from _positions(source, rows)
        yield from _time(source, rows)
        if not any(row["role"] == Role.MEASURE or row["role"] not in _ALLOWED for row in rows):
            place = source.components.place(rows[0]) if rows else source.settings.place("structures", n)
            params = {"component": structure, "field": "role", "expected": str(Role.MEASURE)}
            yield Finding("STD-014", place, "", params)


def check_component_references(source: StandardFolder) -> Iterator[Finding]:
    """Yield each concept and code list that does not exist, and each component that is coded and typed, or neither."""
    table = source.components
    for row in table.rows:
        name = f"{row['structure']}.{row['id']}"
        if "concept" in row and source.concepts.usable and row["concept"] not in source.concept_ids:
            yield Finding("STD-012", table.place(row), row["concept"], {"id": name})
        params = {"id": name, "data_type": row["data_type"]}
        if bool(row["codelist"]) == bool(row["data_type"]) and {"codelist", "data_type"} <= row.cells.keys():
            yield Finding("STD-013", table.place(row), row["codelist"], {**params, "expected": "codelist | data_type"})
        if row["codelist"] and source.codelists.usable and row["codelist"] not in source.heads:
            yield Finding("STD-013", table.place(row), row["codelist"], {**params, "expected": "codelists.csv"})


def _positions(source: StandardFolder, rows: Sequence[Row]) -> Iterator[Finding]:
    numbered: list[tuple[int, Row]] = []
    sound = True
    for row in rows:
        position = row["position"]
        if row["role"] in _ALLOWED and row["role"] not in _POSITIONED:
            if position:
                yield _wrong(source.components.place(row), row, "position", "''")
        elif position.isascii() and position.isdigit():
            numbered.append((int(position), row))
        elif row["role"] in _POSITIONED or position:
            sound = False
            yield _wrong(source.components.place(row), row, "position", "1, 2, 3 …")
    numbered.sort(key=lambda entry: entry[0])
    # One finding for a gap: all that follows it is out of step as well.
    breaks = (pair for pair in enumerate(numbered, start=1) if pair[0] != pair[1][0])
    if sound and (first := next(breaks, None)):
        expected, (_, row) = first
        yield _wrong(source.components.place(row), row, "position", str(expected))


def _time(source: StandardFolder, rows: Sequence[Row]) -> Iterator[Finding]:
    keys = [row["position"] for row in rows if row["role"] in _POSITIONED]
    positions = [int(position) for position in keys if position.isascii() and position.isdigit()]
    times = [row for row in rows if row["role"] == Role.TIME_DIMENSION]
    for row in times[1:]:
        yield _wrong(source.components.place(row), row, "role", str(Role.DIMENSION))
    for row in times[:1]:
        # Time closes the key: the key of a series is what stands before it.
        if row["position"] and positions and row["position"] != str(max(positions)):
            yield _wrong(source.components.place(row), row, "position", str(max(positions)))


def _differs(row: Row, column: str, allowed: Sequence[str]) -> bool:
    return column in row and row[column] not in allowed


def _listed(allowed: Sequence[str]) -> str:
    return ", ".join(item or "''" for item in allowed)


def _wrong(place: Place, row: Row, column: str, expected: str) -> Finding:
    params = {"component": f"{row['structure']}.{row['id']}", "field": column, "expected": expected}
    return Finding("STD-014", place, row[column], params)
