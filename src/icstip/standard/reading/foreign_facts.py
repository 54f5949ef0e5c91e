"""What a crosswalk knows of the structures of others: components, codes, and what their owners allow."""

from collections.abc import Mapping

from icstip.standard.folder import CrosswalkTables
from icstip.standard.model import (
    AllowedValues,
    Attachment,
    Code,
    CodeGroup,
    Codelist,
    Component,
    Reason,
    Role,
    Structure,
)
from icstip.standard.reading.cells import one_of, texts_of
from icstip.standard.rules.components import MANDATORY
from icstip.standard.tables import Row, Table


def read_foreign_structures(tables: CrosswalkTables) -> Mapping[str, Structure]:
    """Return the structures of others by their references, in the order of the table.

    Raises:
        StandardError: The table has a fault, or a component cannot be one.
    """
    table = tables.facts["components"].sound()
    components: dict[str, list[Component]] = {}
    for row in table.rows:
        components.setdefault(row["structure"], []).append(_component(row, table))
    return {name: Structure(name, "", {}, {}, tuple(own)) for name, own in components.items()}


def read_foreign_codelists(tables: CrosswalkTables) -> Mapping[str, Codelist]:
    """Return the known codes of lists of others by the references of those.

    Raises:
        StandardError: The table has a fault.
    """
    codes: dict[str, list[Code]] = {}
    for row in tables.facts["codes"].sound().rows:
        # Their names are as they were published, which is in English.
        names = {"en": row["name"]} if row["name"] else {}
        codes.setdefault(row["codelist"], []).append(Code(row["code"], names, source=row["source"]))
    return {name: Codelist(name, {}, {}, tuple(own)) for name, own in codes.items()}


def read_allowed(tables: CrosswalkTables) -> tuple[AllowedValues, ...]:
    """Return what the receiver of the data allows.

    Raises:
        StandardError: The table has a fault.
    """
    return tuple(
        AllowedValues(row["by"], row["code"], row["component"], tuple(row["allowed"].split()), row["pattern"])
        for row in tables.facts["allowed"].sound().rows
    )


def read_groups(tables: CrosswalkTables) -> tuple[CodeGroup, ...]:
    """Return the codes that can be summed from parts.

    Raises:
        StandardError: The table has a fault.
    """
    return tuple(
        CodeGroup(row["component"], row["hierarchy"], row["code"], row["rule"], row["once"])
        for row in tables.facts["groups"].sound().rows
    )


def read_reasons(tables: CrosswalkTables, languages: tuple[str, ...]) -> tuple[Reason, ...]:
    """Return why codes have no counterpart.

    Raises:
        StandardError: The table has a fault.
    """
    rows = tables.facts["reasons"].sound().rows
    return tuple(Reason(row["component"], row["code"], texts_of(row, "description", languages)) for row in rows)


def _component(row: Row, table: Table) -> Component:
    place = table.place(row)
    role = Role(one_of(row, "role", Role, place))
    attachment = Attachment(one_of(row, "attachment", Attachment, place)) if role is Role.ATTRIBUTE else None
    is_dimension = role in {Role.DIMENSION, Role.TIME_DIMENSION}
    return Component(
        id=row["id"],
        role=role,
        concept=row["id"],
        codelist=row["codelist"],
        data_type=row["data_type"],
        position=int(row["position"]) if is_dimension and row["position"].isdecimal() else 0,
        attachment=attachment,
        mandatory=is_dimension or row["usage"] == MANDATORY,
        total=role is Role.DIMENSION,
        source=row["source"],
    )
