"""Rules for ids: their syntax, and that each stands once."""

import re
from collections.abc import Hashable, Iterable, Iterator

from icstip.findings import Finding, Place
from icstip.standard.folder import StandardFolder
from icstip.standard.tables import Row, Table

# SDMX-ML 3.0, SDMXCommonReferences.xsd: IDType (codes) and NCNameIDType (all else here).
_CODE = re.compile(r"[A-Za-z0-9_@$\-]+")
_NCNAME = re.compile(r"[A-Za-z][A-Za-z0-9_\-]*")


def check_id_syntax(source: StandardFolder) -> Iterator[Finding]:
    """Yield each id that SDMX does not allow."""
    for id_, place in _named(source):
        if not _NCNAME.fullmatch(id_):
            yield Finding("STD-002", place, id_, {"expected": "[A-Za-z][A-Za-z0-9_-]*"})
    for table in (*source.codes.values(), *source.hierarchy_codes.values()):
        for row, id_ in table.column("id"):
            if not _CODE.fullmatch(id_):
                yield Finding("STD-002", table.place(row), id_, {"expected": "[A-Za-z0-9_@$-]+"})


def check_repeated_ids(source: StandardFolder) -> Iterator[Finding]:
    """Yield each id that stands a second time; an extended list and its extension are one list."""
    for table in (*_tables(source), source.providers, *source.hierarchy_codes.values()):
        yield from repeated((id_, id_, table.place(row)) for row, id_ in table.column("id"))
    # Code maps are published side by side, whichever crosswalk uses them.
    heads = (crosswalk.code_maps for crosswalk in source.crosswalk_tables.values())
    yield from repeated((id_, id_, table.place(row)) for table in heads for row, id_ in table.column("id"))
    for table, owner in ((source.structure_codes, "structure"), (source.dataflow_codes, "dataflow")):
        yield from repeated((_key(row, owner), row["code"], table.place(row)) for row in table.rows)
    components = source.components
    yield from repeated(((row["structure"], id_), id_, components.place(row)) for row, id_ in components.column("id"))
    yield from repeated((id_, id_, place) for id_, place in _structures(source))
    for codelist, table in source.codes.items():
        first = source.code_places.get(codelist, {})
        inherited = ((id_, id_, place) for id_, place in first.items() if place.file != table.file)
        own = ((id_, id_, table.place(row)) for row, id_ in table.column("id"))
        yield from repeated((*inherited, *own))


def repeated(entries: Iterable[tuple[Hashable, str, Place]]) -> Iterator[Finding]:
    """Yield each id that stands a second time.

    Args:
        entries: What may stand once, the id that is told, and where it stands; an id that is empty is passed over.
    """
    first: dict[Hashable, Place] = {}
    for key, id_, place in entries:
        if not id_:
            continue
        if key in first:
            yield Finding("STD-003", place, id_, {"first": str(first[key])})
        else:
            first[key] = place


def _named(source: StandardFolder) -> Iterator[tuple[str, Place]]:
    code_maps = (crosswalk.code_maps for crosswalk in source.crosswalk_tables.values())
    for table in (*_tables(source), source.components, *code_maps):
        yield from ((id_, table.place(row)) for row, id_ in table.column("id"))
    settings = source.settings
    if not settings.faults:
        yield settings.string("concept_scheme", "id"), settings.place("concept_scheme", "id")
    if settings.value("category_scheme") is not None:
        yield settings.string("category_scheme", "id"), settings.place("category_scheme", "id")
    yield from _structures(source)


def _tables(source: StandardFolder) -> Iterator[Table]:
    yield from (source.concepts, source.codelists, source.dataflows, source.sources)
    yield from (source.constraints, source.categories, source.hierarchies, source.crosswalks)


def _key(row: Row, owner: str) -> tuple[str, str, str]:
    return row[owner], row["component"], row["code"]


def _structures(source: StandardFolder) -> Iterator[tuple[str, Place]]:
    settings = source.settings
    return ((id_, settings.place("structures", n, "id")) for n, id_ in enumerate(settings.structure_ids))
