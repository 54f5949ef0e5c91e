"""Constraints on structures and dataflows."""

from collections.abc import Mapping

from icstip.errors import StandardError
from icstip.standard.folder import StandardFolder
from icstip.standard.model import Constraint, Dataflow, Structure
from icstip.standard.reading.cells import all_known, by_id, known, texts_of
from icstip.standard.tables import Row, Table

Codes = Mapping[str, Mapping[str, tuple[str, ...]]]
"""The allowed codes by structure or dataflow, and component."""


def read_constraints(
    source: StandardFolder, structures: Mapping[str, Structure], dataflows: Mapping[str, Dataflow]
) -> Mapping[str, Constraint]:
    """Return the constraints in the order of their table, by their id.

    Raises:
        StandardError: A table has a fault; a constraint is on both a structure and a dataflow, or on neither; or it
            names something that does not exist.
    """
    structure_codes = _codes(source.structure_codes, "structure")
    dataflow_codes = _codes(source.dataflow_codes, "dataflow")
    table = source.constraints
    languages = source.settings.languages

    def constraint(row: Row) -> Constraint:
        structure = _structure(row, table, structures, dataflows)
        codes = (
            structure_codes.get(row["structure"], {}) if row["structure"] else dataflow_codes.get(row["dataflow"], {})
        )
        dimensions = {dimension.id for dimension in structure.dimensions}
        return Constraint(
            id=row["id"],
            name=texts_of(row, "name", languages),
            description=texts_of(row, "description", languages),
            structure=row["structure"],
            dataflow=row["dataflow"],
            free=all_known(row["free"], dimensions, "free", table.place(row)),
            allowed=codes,
            source=row["source"],
        )

    constraints = by_id(table, constraint)
    _check_codes(source.dataflow_codes, structures, dataflows)
    return constraints


def _structure(
    row: Row, table: Table, structures: Mapping[str, Structure], dataflows: Mapping[str, Dataflow]
) -> Structure:
    place = table.place(row)
    if bool(row["structure"]) == bool(row["dataflow"]):
        value = f"{row['structure']} {row['dataflow']}".strip()
        fields = "structure, dataflow"
        raise StandardError(
            "standard-value", where=str(place), value=value, field=fields, expected="structure | dataflow"
        )
    if row["dataflow"]:
        return structures[dataflows[known(row["dataflow"], dataflows, "dataflow", place)].structure]
    return structures[known(row["structure"], structures, "structure", place)]


def _codes(table: Table, owner: str) -> Codes:
    codes: dict[str, dict[str, tuple[str, ...]]] = {}
    for row in table.sound().rows:
        allowed = codes.setdefault(row[owner], {})
        allowed[row["component"]] = (*allowed.get(row["component"], ()), row["code"])
    return codes


def _check_codes(table: Table, structures: Mapping[str, Structure], dataflows: Mapping[str, Dataflow]) -> None:
    for row in table.rows:
        flow = dataflows[known(row["dataflow"], dataflows, "dataflow", table.place(row))]
        components = {component.id for component in structures[flow.structure].components}
        known(row["component"], components, "component", table.place(row))
