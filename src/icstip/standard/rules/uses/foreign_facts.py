"""Rules for what a crosswalk says of structures of others: their components and codes, and what is allowed."""

from collections.abc import Collection, Iterator

from icstip.artefacts.data_types import SIMPLE_TYPES
from icstip.findings import Finding
from icstip.standard.folder import CrosswalkTables, StandardFolder
from icstip.standard.foreign import FORM, foreign_reference, is_foreign, whole_value
from icstip.standard.model import ANY_PART, Attachment, Role
from icstip.standard.rules.components import MANDATORY, OPTIONAL
from icstip.standard.rules.ids import repeated
from icstip.standard.rules.uses.crosswalks import SIDES, Components, components_of, known_codes, wrong
from icstip.standard.tables import Row

Fault = tuple[str, str, str]
"""A column, what stands in it, and what is expected there."""


def check_foreign_components(source: StandardFolder) -> Iterator[Finding]:
    """Yield each cell that a component of a structure of others cannot have, and each that stands twice."""
    for crosswalk, tables in source.crosswalk_tables.items():
        table = tables.facts["components"]
        structures = _foreign_structures(source, crosswalk)
        yield from repeated(((row["structure"], row["id"]), row["id"], table.place(row)) for row in table.rows)
        for row in table.rows:
            for field, value, expected in _component_faults(row, structures):
                yield wrong(table.place(row), crosswalk, field, value, expected)


def check_foreign_codes(source: StandardFolder) -> Iterator[Finding]:
    """Yield each code that no component can have, and each that stands twice."""
    for crosswalk, tables in source.crosswalk_tables.items():
        table = tables.facts["codes"]
        lists = {codelist for _, codelist in tables.facts["components"].column("codelist")} - {""}
        yield from repeated(((row["codelist"], row["code"]), row["code"], table.place(row)) for row in table.rows)
        for row in table.rows:
            if row["codelist"] not in lists:
                yield wrong(table.place(row), crosswalk, "codelist", row["codelist"], "components.csv")


def check_allowed_values(source: StandardFolder) -> Iterator[Finding]:
    """Yield each rule of the receiver that names what does not exist, or allows nothing."""
    for crosswalk, tables in source.crosswalk_tables.items():
        table = tables.facts["allowed"]
        components = _components(source, crosswalk, tables, "target")
        for row in table.rows if components is not None else ():
            for field, value, expected in _allowed_faults(source, tables, components or {}, row):
                yield wrong(table.place(row), crosswalk, field, value, expected)


def check_groups(source: StandardFolder) -> Iterator[Finding]:
    """Yield each group whose component, code or hierarchy does not exist."""
    for crosswalk, tables in source.crosswalk_tables.items():
        table = tables.facts["groups"]
        components = _components(source, crosswalk, tables, "source")
        for row in table.rows if components is not None else ():
            for field, value, expected in _group_faults(source, tables, components or {}, row):
                yield wrong(table.place(row), crosswalk, field, value, expected)


def check_reasons(source: StandardFolder) -> Iterator[Finding]:
    """Yield each reason for a component or a code that does not exist."""
    for crosswalk, tables in source.crosswalk_tables.items():
        table = tables.facts["reasons"]
        both = [_components(source, crosswalk, tables, side) for side in SIDES]
        if any(components is None for components in both):
            continue
        for row in table.rows:
            known = [components for components in both if components and row["component"] in components]
            if not known:
                yield wrong(table.place(row), crosswalk, "component", row["component"], "…")
            elif row["code"] != ANY_PART and not any(
                _has(source, tables, components, row["component"], row["code"]) for components in known
            ):
                yield wrong(table.place(row), crosswalk, "code", row["code"], ANY_PART)


def _foreign_structures(source: StandardFolder, crosswalk: str) -> list[str]:
    heads = [row for row in source.crosswalks.rows if row["id"] == crosswalk]
    return [name for row in heads for side in SIDES if is_foreign(name := row[f"{side}_structure"])]


def _components(source: StandardFolder, crosswalk: str, tables: CrosswalkTables, side: str) -> Components | None:
    heads = (row for row in source.crosswalks.rows if row["id"] == crosswalk)
    head = next(heads, None)
    return None if head is None else components_of(source, tables, head[f"{side}_structure"])


def _component_faults(row: Row, structures: Collection[str]) -> Iterator[Fault]:
    role, codelist = row["role"], row["codelist"]
    is_dimension = role in {Role.DIMENSION, Role.TIME_DIMENSION}
    checks = (
        ("structure", row["structure"] in structures, ", ".join(structures)),
        ("id", bool(row["id"]), "…"),
        ("role", role in tuple(Role), ", ".join(Role)),
        ("position", row["position"].isdecimal() == is_dimension, "1, 2, 3 …" if is_dimension else "''"),
        ("attachment", role != Role.ATTRIBUTE or row["attachment"] in tuple(Attachment), ", ".join(Attachment)),
        ("usage", is_dimension or row["usage"] in {MANDATORY, OPTIONAL}, f"{MANDATORY}, {OPTIONAL}"),
        ("codelist", not codelist or foreign_reference("", codelist) is not None, FORM),
        ("data_type", bool(codelist) or row["data_type"] in SIMPLE_TYPES, ", ".join(sorted(SIMPLE_TYPES))),
        ("data_type", not (codelist and row["data_type"]), "''"),
    )
    yield from ((field, row[field], expected) for field, holds, expected in checks if not holds)


def _allowed_faults(
    source: StandardFolder, tables: CrosswalkTables, components: Components, row: Row
) -> Iterator[Fault]:
    for field in ("by", "component"):
        if row[field] not in components:
            yield field, row[field], ", ".join(components)
    if row["code"] != ANY_PART and not _has(source, tables, components, row["by"], row["code"]):
        yield "code", row["code"], row["by"]
    for code in row["allowed"].split():
        if not _has(source, tables, components, row["component"], code):
            yield "allowed", code, row["component"]
    if bool(row["allowed"]) == bool(row["pattern"]):
        yield "allowed", row["allowed"], "allowed | pattern"
    elif row["pattern"] and not _is_pattern(row["pattern"]):
        yield "pattern", row["pattern"], "RE2"


def _group_faults(source: StandardFolder, tables: CrosswalkTables, components: Components, row: Row) -> Iterator[Fault]:
    for field, code in (("component", row["code"]), ("rule", row["once"])):
        if row[field] not in components:
            yield field, row[field], ", ".join(components)
        elif not _has(source, tables, components, row[field], code):
            yield ("code" if field == "component" else "once"), code, row[field]
    hierarchy = source.hierarchy_codes.get(row["hierarchy"])
    if hierarchy is None:
        yield "hierarchy", row["hierarchy"], "hierarchies.csv"
    elif row["code"] not in {code for _, code in hierarchy.column("code")}:
        yield "code", row["code"], row["hierarchy"]


def _has(source: StandardFolder, tables: CrosswalkTables, components: Components, component: str, code: str) -> bool:
    """Return whether a component can have a code, as far as anybody knows."""
    codes = known_codes(source, tables, components[component]["codelist"]) if component in components else None
    return codes is None or code in codes


def _is_pattern(pattern: str) -> bool:
    import polars as pl  # noqa: PLC0415 - its import takes longer than all rules, and few tables have patterns

    try:
        pl.Series([""]).str.contains(whole_value(pattern))
    except pl.exceptions.ComputeError:
        return False
    return True
