"""Rules for the files themselves: they are there, have their columns and can be read."""

from collections.abc import Iterator

from icstip.findings import Finding, Place
from icstip.standard.folder import StandardFolder
from icstip.standard.settings import NAME, SYNTAX
from icstip.standard.tables import COLUMN_TWICE, ENCODING, Fault


def check_files(source: StandardFolder) -> Iterator[Finding]:
    """Yield each fault that was met while the files were read."""
    for fault in source.settings.faults:
        yield _finding(fault, source.settings.file)
    for table in source.tables():
        for fault in table.faults:
            yield _finding(fault, table.file)


def _finding(fault: Fault, file: str) -> Finding:
    place = Place(file, row=fault.line)
    value = ", ".join(fault.values)
    if fault.kind == ENCODING:
        return Finding("STD-007", place, value, {"found": value, "language": "UTF-8"})
    if fault.kind == SYNTAX:
        return Finding("STD-024", place, value, {"field": NAME, "expected": "TOML"})
    if fault.kind == COLUMN_TWICE:
        return Finding("STD-003", place, value, {"first": str(place)})
    return Finding("STD-001", place, value)
