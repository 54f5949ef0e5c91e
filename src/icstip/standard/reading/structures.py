"""Data structures and dataflows, and the categories that dataflows belong to."""

from collections.abc import Mapping

from icstip.errors import StandardError
from icstip.findings import Place
from icstip.standard.folder import StandardFolder
from icstip.standard.model import Attachment, Category, Component, Dataflow, Role, Structure
from icstip.standard.reading.cells import all_known, by_id, known, one_of, repeated, texts_of
from icstip.standard.rules.components import MANDATORY, REFUSED
from icstip.standard.tables import Row


def read_structures(source: StandardFolder) -> Mapping[str, Structure]:
    """Return the structures in the order of the settings, by their id.

    Raises:
        StandardError: A table has a fault, or a component cannot be one, or refers to something that does not exist.
    """
    settings = source.settings
    components: dict[str, dict[str, Component]] = {structure: {} for structure in settings.structure_ids}
    table = source.components.sound()
    for row in table.rows:
        place = table.place(row)
        known(row["structure"], components, "structure", place)
        siblings = components[row["structure"]]
        if row["id"] in siblings:
            raise repeated(row["id"], place)
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


def read_dataflow(row: Row, source: StandardFolder) -> Dataflow:
    """Return the dataflow of a row.

    Raises:
        StandardError: Its structure does not exist.
    """
    known(row["structure"], source.settings.structure_ids, "structure", source.dataflows.place(row))
    languages = source.settings.languages
    return Dataflow(
        id=row["id"],
        structure=row["structure"],
        name=texts_of(row, "name", languages),
        description=texts_of(row, "description", languages),
        source=row["source"],
    )


def read_categories(source: StandardFolder, dataflows: Mapping[str, Dataflow]) -> Mapping[str, Category]:
    """Return the categories in the order of their table, by their id.

    Raises:
        StandardError: The table has a fault, or a category has a parent or a dataflow that does not exist.
    """
    table = source.categories.sound()
    ids = table.ids()
    languages = source.settings.languages

    def category(row: Row) -> Category:
        place = table.place(row)
        return Category(
            id=row["id"],
            name=texts_of(row, "name", languages),
            parent=known(row["parent"], {"", *ids}, "parent", place),
            description=texts_of(row, "description", languages),
            dataflows=all_known(row["dataflows"], dataflows, "dataflow", place),
            source=row["source"],
        )

    return by_id(table, category)


def _component(row: Row, source: StandardFolder, place: Place) -> Component:
    role = Role(one_of(row, "role", Role, place))
    attachment = Attachment(one_of(row, "attachment", Attachment, place)) if role is Role.ATTRIBUTE else None
    is_dimension = role in {Role.DIMENSION, Role.TIME_DIMENSION}
    known(row["concept"], source.concept_ids, "concept", place)
    if row["codelist"]:
        known(row["codelist"], source.heads, "codelist", place)
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


Allowed = Mapping[str, Mapping[str, set[str]]]
"""The allowed codes by structure and component."""


def _allowed(source: StandardFolder, components: Mapping[str, Mapping[str, Component]]) -> Allowed:
    allowed: dict[str, dict[str, set[str]]] = {}
    table = source.structure_codes.sound()
    for row in table.rows:
        known(row["structure"], components, "structure", table.place(row))
        known(row["component"], components[row["structure"]], "component", table.place(row))
        allowed.setdefault(row["structure"], {}).setdefault(row["component"], set()).add(row["code"])
    return allowed
