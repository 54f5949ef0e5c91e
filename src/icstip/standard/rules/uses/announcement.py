"""Rules for the files of hierarchies, crosswalks and constraints: each is announced, and what is announced is there."""

from collections.abc import Collection, Iterator, Mapping

from icstip.findings import Finding, Place
from icstip.standard.folder import CODE_MAPS, FACTS, LINKS, StandardFolder
from icstip.standard.tables import Table, file_name

CONSTRAINT_FILES = frozenset({"structures.csv", "dataflows.csv"})


def check_announced_files(source: StandardFolder) -> Iterator[Finding]:
    """Yield each hierarchy, crosswalk and code map without a file or folder, and each of those without a row."""
    codes = {hierarchy: table.file for hierarchy, table in source.hierarchy_codes.items()}
    yield from _disagreements(source.hierarchies, codes, "hierarchies/{}.csv")
    folders = {name: file_name(source.path, f"crosswalks/{name}") for name in source.crosswalk_tables}
    yield from _disagreements(source.crosswalks, folders, "crosswalks/{}/")
    for crosswalk, tables in source.crosswalk_tables.items():
        mappings = {code_map: table.file for code_map, table in tables.mappings.items()}
        yield from _disagreements(tables.code_maps, mappings, f"crosswalks/{crosswalk}/{{}}.csv")


def check_stray_files(source: StandardFolder) -> Iterator[Finding]:
    """Yield each file in the folders of constraints, hierarchies and crosswalks that is none of their tables."""
    yield from _strays(source, "constraints", CONSTRAINT_FILES)
    yield from _strays(source, "hierarchies", {f"{hierarchy}.csv" for hierarchy in source.hierarchy_codes})
    yield from _strays(source, "crosswalks", source.crosswalk_tables)
    for crosswalk, tables in source.crosswalk_tables.items():
        own = {f"{name}.csv" for name in (LINKS, CODE_MAPS, *FACTS, *tables.mappings)}
        yield from _strays(source, f"crosswalks/{crosswalk}", own)


def _disagreements(heads: Table, files: Mapping[str, str], form: str) -> Iterator[Finding]:
    for row, id_ in heads.column("id"):
        if id_ and id_ not in files:
            yield Finding("STD-039", heads.place(row), form.format(id_), {"id": id_})
    announced = heads.ids()
    for id_, file in files.items() if heads.usable else ():
        if id_ not in announced:
            yield Finding("STD-039", Place(file), heads.file, {"id": id_})


def _strays(source: StandardFolder, folder: str, own: Collection[str]) -> Iterator[Finding]:
    # Hidden files are the operating system's.
    paths = sorted(path for path in (source.path / folder).glob("*") if not path.name.startswith("."))
    for path in paths:
        if path.name not in own:
            yield Finding("STD-041", Place(file_name(source.path, f"{folder}/{path.name}")), path.name)
