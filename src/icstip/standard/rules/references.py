"""Rules for what dataflows and counting notes refer to."""

from collections.abc import Iterator

from icstip.findings import Finding
from icstip.standard.folder import StandardFolder


def check_dataflows(source: StandardFolder) -> Iterator[Finding]:
    """Yield each dataflow over a structure that does not exist."""
    table = source.dataflows
    for row, structure in table.column("structure"):
        if not source.settings.faults and structure not in source.settings.structure_ids:
            yield Finding("STD-015", table.place(row), structure, {"id": row["id"]})


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
