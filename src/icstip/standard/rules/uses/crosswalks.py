"""Rules for crosswalks: the structures that they lead from and to, and what becomes of the components."""

from collections.abc import Iterator, Mapping, Sequence

from icstip.findings import Finding, Place
from icstip.standard.folder import CODE_MAPS, CrosswalkTables, StandardFolder
from icstip.standard.foreign import FORM, foreign_reference, is_foreign
from icstip.standard.tables import Row

Components = Mapping[str, Row]
"""The components of one's own structure by their id; None stands for a structure of others."""

SIDES = ("source", "target")

CODE_MAPS_FILE = f"{CODE_MAPS}.csv"


def check_crosswalks(source: StandardFolder) -> Iterator[Finding]:
    """Yield each structure of a crosswalk that does not exist or is not named as SDMX names artefacts."""
    table = source.crosswalks
    structures = () if source.settings.faults else source.settings.structure_ids
    for row in table.rows:
        for field in (f"{side}_structure" for side in SIDES):
            if structures and (expected := unnamed(row[field], structures)):
                yield wrong(table.place(row), row["id"], field, row[field], expected)


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
        first: dict[str, str] = {}
        for row in tables.links.rows:
            place = tables.links.place(row)
            for field, components in (("sources", sources), ("targets", targets)):
                for component in row[field].split():
                    if components is not None and component not in components:
                        yield wrong(place, crosswalk, field, component, ", ".join(components))
            for target in row["targets"].split():
                if target in first:
                    yield Finding("STD-003", place, target, {"first": first[target]})
                first.setdefault(target, str(place))


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
            if row["fixed"] and sides[1]:
                yield from _fixed(source, row, sides[1], crosswalk, place)


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
        if row["code_map"]:
            yield "code_map", "''"
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
    """Yield each crosswalk with the components of its source and of its target, where they are one's own."""
    heads = {row["id"]: row for row in reversed(source.crosswalks.rows)}
    for crosswalk, tables in source.crosswalk_tables.items():
        head = heads.get(crosswalk)
        if head and tables.links.usable and source.components.usable:
            rows = source.component_rows
            yield crosswalk, tables, (rows.get(head["source_structure"]), rows.get(head["target_structure"]))


def _other_lists(
    row: Row, head: Row, field: str, components: Components, crosswalk: str, place: Place
) -> Iterator[Finding]:
    for component, codelist in zip(row[field].split(), head[field].split(), strict=False):
        own = components[component]["codelist"] if component in components else codelist
        if codelist != own:
            yield wrong(place, crosswalk, "code_map", row["code_map"], f"{component}: {own or '–'}")


def _fixed(source: StandardFolder, row: Row, components: Components, crosswalk: str, place: Place) -> Iterator[Finding]:
    for component in row["targets"].split():
        codelist = components[component]["codelist"] if component in components else ""
        if row["fixed"] not in source.code_places.get(codelist, (row["fixed"],)):
            yield Finding("STD-037", place, row["fixed"], {"id": crosswalk, "codelist": codelist})
