"""From the tables to the `Standard`."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from icstip.errors import StandardError
from icstip.findings import Place
from icstip.standard.folder import StandardFolder
from icstip.standard.location import standard_folder
from icstip.standard.model import (
    Attachment,
    Code,
    Codelist,
    Component,
    Concept,
    ConceptScheme,
    Dataflow,
    Role,
    Standard,
    Structure,
    Texts,
)
from icstip.standard.rules.components import MANDATORY, REFUSED
from icstip.standard.settings import PREPARED, Settings
from icstip.standard.tables import Row, Table

Item = TypeVar("Item")


def read_standard(folder: Path | None = None) -> Standard:
    """Return the standard that the tables hold.

    The tables are taken to be checked (`icstip.standard.lint.check_standard`): only what makes a model impossible is an
    error here.

    Args:
        folder: The folder with the tables; the one that `standard_folder` returns by default.

    Raises:
        StandardError: A table is missing or cannot be read, or refers to something that does not exist.
    """
    source = StandardFolder(folder or standard_folder())
    settings = source.settings.sound()
    return Standard(
        agency=_required(settings, "agency"),
        version=_required(settings, "version"),
        final=settings.value("standard", "final") is True,
        prepared=settings.string("standard", "prepared") or PREPARED,
        languages=settings.languages,
        name=settings.texts("standard", "name"),
        description=settings.texts("standard", "description"),
        agency_name=settings.texts("agency", "name"),
        concept_scheme=ConceptScheme(
            settings.string("concept_scheme", "id"),
            settings.texts("concept_scheme", "name"),
            settings.texts("concept_scheme", "description"),
        ),
        concepts=_by_id(source.concepts, lambda row: _concept(row, settings.languages)),
        codelists=_codelists(source),
        structures=_structures(source),
        dataflows=_by_id(source.dataflows, lambda row: _dataflow(row, source)),
    )


def _required(settings: Settings, field: str) -> str:
    if value := settings.string("standard", field):
        return value
    place = settings.place("standard", field)
    raise StandardError("standard-value", where=str(place), value="", field=field, expected="…")


def _by_id(table: Table, build: Callable[[Row], Item]) -> Mapping[str, Item]:
    items: dict[str, Item] = {}
    for row in table.sound().rows:
        if row["id"] in items:
            raise StandardError("standard-repeated", where=str(table.place(row)), value=row["id"])
        items[row["id"]] = build(row)
    return items


def _texts(row: Row, kind: str, languages: Sequence[str]) -> Texts:
    return {language: text for language in languages if (text := row.cells[f"{kind}_{language}"])}


def _concept(row: Row, languages: Sequence[str]) -> Concept:
    return Concept(
        id=row["id"],
        name=_texts(row, "name", languages),
        description=_texts(row, "description", languages),
        source=row["source"],
        origin=row["origin"],
        counting=row["counting"],
        counting_note=_texts(row, "counting", languages),
    )


def _codelists(source: StandardFolder) -> Mapping[str, Codelist]:
    languages = source.settings.languages
    own = {codelist: _codes(table, languages) for codelist, table in source.codes.items() if codelist in source.heads}
    return _by_id(source.codelists, lambda row: _codelist(row, source, own))


def _codes(table: Table, languages: Sequence[str]) -> tuple[Code, ...]:
    return tuple(
        Code(
            id=row["id"],
            name=_texts(row, "name", languages),
            parent=row["parent"],
            description=_texts(row, "description", languages),
            origin=row["origin"],
            source=row["source"],
        )
        for row in table.sound().rows
    )


def _codelist(row: Row, source: StandardFolder, own: Mapping[str, tuple[Code, ...]]) -> Codelist:
    place = source.codelists.place(row)
    chain = source.lineage(row["id"])
    for part in chain:
        _known(part, own, "codelist", place)
    if source.heads[chain[0]]["extends"]:
        raise StandardError("standard-circle", where=str(place), value=row["id"])
    return Codelist(
        id=row["id"],
        name=_texts(row, "name", source.settings.languages),
        description=_texts(row, "description", source.settings.languages),
        codes=tuple(code for part in chain for code in own[part]),
        origin=row["origin"],
        source=row["source"],
        extends=row["extends"],
        pattern=row["pattern"],
    )


def _structures(source: StandardFolder) -> Mapping[str, Structure]:
    settings = source.settings
    components: dict[str, dict[str, Component]] = {structure: {} for structure in settings.structure_ids}
    table = source.components.sound()
    for row in table.rows:
        place = table.place(row)
        _known(row["structure"], components, "structure", place)
        siblings = components[row["structure"]]
        if row["id"] in siblings:
            raise StandardError("standard-repeated", where=str(place), value=row["id"])
        siblings[row["id"]] = _component(row, source, place)
    allowed = _allowed(source, components)
    return {
        structure: Structure(
            id=structure,
            unit=settings.string("structures", n, "unit"),
            name=settings.texts("structures", n, "name"),
            description=settings.texts("structures", n, "description"),
            components=tuple(components[structure].values()),
            allowed={component: frozenset(codes) for component, codes in allowed.get(structure, {}).items()},
        )
        for n, structure in enumerate(settings.structure_ids)
    }


def _component(row: Row, source: StandardFolder, place: Place) -> Component:
    role = Role(_one_of(row, "role", Role, place))
    attachment = Attachment(_one_of(row, "attachment", Attachment, place)) if role is Role.ATTRIBUTE else None
    is_dimension = role in {Role.DIMENSION, Role.TIME_DIMENSION}
    _known(row["concept"], source.concept_ids, "concept", place)
    if row["codelist"]:
        _known(row["codelist"], source.heads, "codelist", place)
    return Component(
        id=row["id"],
        role=role,
        concept=row["concept"],
        codelist=row["codelist"],
        data_type=row["data_type"],
        position=_position(row, place) if is_dimension else 0,
        attachment=attachment,
        # A key without one of its dimensions names no series.
        mandatory=is_dimension or row["usage"] == MANDATORY,
        total=role is Role.DIMENSION and row["total"] != REFUSED,
        source=row["source"],
    )


def _position(row: Row, place: Place) -> int:
    value = row["position"]
    if value.isascii() and value.isdigit():
        return int(value)
    raise StandardError("standard-value", where=str(place), value=value, field="position", expected="1, 2, 3 …")


def _one_of(row: Row, field: str, allowed: Iterable[str], place: Place) -> str:
    known = tuple(str(item) for item in allowed)
    if row[field] in known:
        return row[field]
    raise StandardError("standard-value", where=str(place), value=row[field], field=field, expected=", ".join(known))


def _known(value: str, known: Iterable[str], field: str, place: Place) -> None:
    if value not in known:
        raise StandardError("standard-reference", where=str(place), value=value, field=field)


Allowed = Mapping[str, Mapping[str, set[str]]]
"""The allowed codes by structure and component."""


def _allowed(source: StandardFolder, components: Mapping[str, Mapping[str, Component]]) -> Allowed:
    allowed: dict[str, dict[str, set[str]]] = {}
    table = source.constraints.sound()
    for row in table.rows:
        _known(row["structure"], components, "structure", table.place(row))
        _known(row["component"], components[row["structure"]], "component", table.place(row))
        allowed.setdefault(row["structure"], {}).setdefault(row["component"], set()).add(row["code"])
    return allowed


def _dataflow(row: Row, source: StandardFolder) -> Dataflow:
    _known(row["structure"], source.settings.structure_ids, "structure", source.dataflows.place(row))
    languages = source.settings.languages
    return Dataflow(
        id=row["id"],
        structure=row["structure"],
        name=_texts(row, "name", languages),
        description=_texts(row, "description", languages),
        source=row["source"],
    )
