"""Rules for crosswalks: the structures that they lead from and to, and what becomes of the components."""

import re
from collections.abc import Iterator, Mapping, Sequence

from icstip.findings import Finding, Place
from icstip.standard.folder import CODE_MAPS, CrosswalkTables, StandardFolder
from icstip.standard.foreign import FORM, foreign_reference, is_foreign
from icstip.standard.model import Role
from icstip.standard.rules.components import MANDATORY, REFUSED
from icstip.standard.rules.ids import repeated
from icstip.standard.tables import Row

Components = Mapping[str, Row]
"""The components of a structure by their id; None stands for a structure that nobody here knows."""

SIDES = ("source", "target")

CODE_MAPS_FILE = f"{CODE_MAPS}.csv"

RESERVED = frozenset({"list"})
"""What the command line calls something else."""

_COMMAND = re.compile("[a-z][a-z0-9-]*")
_DIMENSIONS = (Role.DIMENSION, Role.TIME_DIMENSION)


def check_crosswalks(source: StandardFolder) -> Iterator[Finding]:
    """Yield each structure of a crosswalk that does not exist or is not named as SDMX names artefacts."""
    table = source.crosswalks
    structures = () if source.settings.faults else source.settings.structure_ids
    for row in table.rows:
        for field in (f"{side}_structure" for side in SIDES):
            if structures and (expected := unnamed(row[field], structures)):
                yield wrong(table.place(row), row["id"], field, row[field], expected)
        flow = row["target_dataflow"]
        if flow and source.dataflows.usable and (expected := unnamed(flow, sorted(source.dataflows.ids()))):
            yield wrong(table.place(row), row["id"], "target_dataflow", flow, expected)


def check_commands(source: StandardFolder) -> Iterator[Finding]:
    """Yield each short name that no command can have, or that another crosswalk has."""
    table = source.crosswalks
    for row, command in table.column("command"):
        if command and (command in RESERVED or not _COMMAND.fullmatch(command)):
            yield wrong(table.place(row), row["id"], "command", command, _COMMAND.pattern)
    yield from repeated((command, command, table.place(row)) for row, command in table.column("command"))


def check_links(source: StandardFolder) -> Iterator[Finding]:
    """Yield each link that leads nowhere, by two ways, or by a code map that does not exist or does not fit."""
    for crosswalk, tables in source.crosswalk_tables.items():
        heads = {row["id"]: row for row in reversed(tables.code_maps.rows)}
        for row in tables.links.rows if tables.links.usable else ():
            place = tables.links.place(row)
            for field, expected in _wrong_cells(row, heads):
                yield wrong(place, crosswalk, field, row[field], expected)


def check_linked_components(source: StandardFolder) -> Iterator[Finding]:
    """Yield each component that its structure does not have, and each target that is reached twice."""
    for crosswalk, tables, (sources, targets) in _sided(source):
        links = tables.links
        for row in links.rows:
            place = links.place(row)
            for field, components in (("sources", sources), ("targets", targets)):
                for component in row[field].split():
                    if components is not None and component not in components:
                        yield wrong(place, crosswalk, field, component, ", ".join(components))
        yield from repeated(
            (target, target, links.place(row)) for row in links.rows for target in row["targets"].split()
        )


def check_linked_codelists(source: StandardFolder) -> Iterator[Finding]:
    """Yield each code map of another list than the component has, and each fixed value that the list does not have."""
    for crosswalk, tables, sides in _sided(source):
        heads = {row["id"]: row for row in reversed(tables.code_maps.rows)}
        for row in tables.links.rows:
            place = tables.links.place(row)
            # What is fixed has no code map; one that is there all the same is a finding of its own.
            head = None if row["fixed"] else heads.get(row["code_map"])
            for field, components in zip(("sources", "targets"), sides, strict=True):
                if head and components:
                    yield from _other_lists(row, head, field, components, crosswalk, place)
            if sides[1]:
                yield from _fixed(source, tables, row, sides[1], crosswalk)


def check_reach(source: StandardFolder) -> Iterator[Finding]:
    """Yield what a crosswalk that is run leaves open: what becomes of a dimension, and what it needs comes from."""
    run = {row["id"] for row, command in source.crosswalks.column("command") if command}
    for crosswalk, tables, (sources, targets) in _sided(source):
        if crosswalk not in run:
            continue
        place = tables.links.place()
        used = {name for row in tables.links.rows for name in row["sources"].split()}
        reached = {name for row in tables.links.rows for name in row["targets"].split()}
        for name, row in (sources or {}).items():
            # What becomes nothing is only left out where it is a total.
            if row["role"] in _DIMENSIONS and row["total"] == REFUSED and name not in used:
                yield wrong(place, crosswalk, "sources", "", name)
        for name, row in (targets or {}).items():
            if (row["role"] in _DIMENSIONS or row["usage"] == MANDATORY) and name not in reached:
                yield wrong(place, crosswalk, "targets", "", name)


def known_codes(source: StandardFolder, tables: CrosswalkTables, codelist: str) -> frozenset[str] | None:
    """Return the codes of a list, be it one's own or one of others, or None where nobody knows them."""
    if codelist in source.code_places:
        return frozenset(source.code_places[codelist])
    facts = tables.facts["codes"]
    return frozenset(row["code"] for row in facts.rows if row["codelist"] == codelist) or None


def components_of(source: StandardFolder, tables: CrosswalkTables, structure: str) -> Components | None:
    """Return the components of a structure, be it one's own or one of others, or None where nobody knows them."""
    others = {row["id"]: row for row in tables.facts["components"].rows if row["structure"] == structure}
    return source.component_rows.get(structure) or others or None


def unnamed(name: str, own: Sequence[str]) -> str:
    """Return what is expected instead of a name that is neither an id of one's own nor a reference to others."""
    if is_foreign(name):
        return "" if foreign_reference("", name) else FORM
    return "" if name in own else ", ".join((*own, FORM))


def wrong(place: Place, crosswalk: str, field: str, value: str, expected: str) -> Finding:
    """Return the finding that a cell of a crosswalk does not hold."""
    return Finding("STD-036", place, value, {"id": crosswalk, "field": field, "expected": expected})


def _wrong_cells(row: Row, heads: Mapping[str, Row]) -> Iterator[tuple[str, str]]:
    """Yield each column of a link whose cell does not hold, with what is expected there."""
    if not row["targets"]:
        yield "targets", "…"
    if bool(row["sources"]) == bool(row["fixed"]):
        yield "sources", "sources | fixed"
    elif row["fixed"]:
        yield from ((field, "''") for field in ("code_map", "default") if row[field])
    elif row["default"] and len(row["targets"].split()) != 1:
        yield "default", "''"
    elif row["code_map"]:
        yield from _misfits(row, heads.get(row["code_map"]))
    elif len(row["sources"].split()) > 1 or len(row["targets"].split()) > 1:
        # Only one component can become another one unchanged.
        yield "code_map", CODE_MAPS_FILE


def _misfits(row: Row, head: Row | None) -> Iterator[tuple[str, str]]:
    if head is None:
        yield "code_map", CODE_MAPS_FILE
        return
    for field in ("sources", "targets"):
        if head[field] and len(row[field].split()) != len(head[field].split()):
            yield field, head[field]


def _sided(
    source: StandardFolder,
) -> Iterator[tuple[str, CrosswalkTables, tuple[Components | None, Components | None]]]:
    """Yield each crosswalk with the components of its source and of its target, where they are known."""
    heads = {row["id"]: row for row in reversed(source.crosswalks.rows)}
    for crosswalk, tables in source.crosswalk_tables.items():
        head = heads.get(crosswalk)
        if head and tables.links.usable and source.components.usable:
            first, last = (components_of(source, tables, head[f"{side}_structure"]) for side in SIDES)
            yield crosswalk, tables, (first, last)


def _other_lists(
    row: Row, head: Row, field: str, components: Components, crosswalk: str, place: Place
) -> Iterator[Finding]:
    for component, codelist in zip(row[field].split(), head[field].split(), strict=False):
        own = components[component]["codelist"] if component in components else codelist
        if codelist != own:
            yield wrong(place, crosswalk, "code_map", row["code_map"], f"{component}: {own or '–'}")


def _fixed(
    source: StandardFolder, tables: CrosswalkTables, row: Row, components: Components, crosswalk: str
) -> Iterator[Finding]:
    for component in row["targets"].split():
        codelist = components[component]["codelist"] if component in components else ""
        codes = known_codes(source, tables, codelist)
        for value in (row["fixed"], row["default"]):
            if value and codes is not None and value not in codes:
                yield Finding("STD-037", tables.links.place(row), value, {"id": crosswalk, "codelist": codelist})
