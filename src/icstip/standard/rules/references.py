"""Rules for what dataflows, constraints and counting notes refer to."""

from collections.abc import Iterator, Mapping

from icstip.findings import Finding
from icstip.standard.folder import StandardFolder
from icstip.standard.tables import Row


def check_dataflows(source: StandardFolder) -> Iterator[Finding]:
    """Yield each dataflow over a structure that does not exist."""
    table = source.dataflows
    for row, structure in table.column("structure"):
        if not source.settings.faults and structure not in source.settings.structure_ids:
            yield Finding("STD-015", table.place(row), structure, {"id": row["id"]})


def check_constraints(source: StandardFolder) -> Iterator[Finding]:
    """Yield each constraint on a structure, component or code that does not exist."""
    table = source.constraints
    codelists: dict[str, dict[str, str]] = {}
    for row in source.components.rows:
        codelists.setdefault(row["structure"], {})[row["id"]] = row["codelist"]
    if not (source.components.usable and table.usable) or source.settings.faults:
        return
    for row in table.rows:
        if field := _unknown_field(source, row, codelists):
            yield Finding("STD-021", table.place(row), row[field], {"field": field})


def check_counting(source: StandardFolder) -> Iterator[Finding]:
    """Yield each concept whose counting code is not known, or that has a code without notes or notes without a code."""
    table = source.concepts
    codelist = source.settings.string("lint", "counting_codelist")
    known = source.code_places.get(codelist)
    for row, code in table.column("counting"):
        notes = {
            language: row[f"counting_{language}"]
            for language in source.settings.languages
            if f"counting_{language}" in row
        }
        place = table.place(row)
        if not code:
            if any(notes.values()):
                yield Finding("STD-022", place, "", {"id": row["id"], "field": "counting"})
            continue
        if known is not None and code not in known:
            yield Finding("STD-022", place, code, {"id": row["id"], "field": "counting"})
        for language, note in notes.items():
            if not note:
                yield Finding("STD-022", place, "", {"id": row["id"], "field": f"counting_{language}"})


def _unknown_field(source: StandardFolder, row: Row, codelists: Mapping[str, Mapping[str, str]]) -> str:
    if row["structure"] not in source.settings.structure_ids:
        return "structure"
    components = codelists.get(row["structure"], {})
    if row["component"] not in components:
        return "component"
    codelist = components[row["component"]]
    # An uncoded component has no code that could be allowed; a list that is not known has a finding of its own.
    known = source.code_places.get(codelist, None if codelist else {})
    return "code" if known is not None and row["code"] not in known else ""
