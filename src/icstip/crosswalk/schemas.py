"""What data of structures of others look like, as far as the tables of a crosswalk tell."""

from collections.abc import Mapping

from icstip.errors import StandardError
from icstip.schema import ArtefactKey, Column, Level, Schema
from icstip.standard.foreign import foreign_reference
from icstip.standard.model import Codelist, Component, Crosswalk, Structure


def structure_key(name: str) -> ArtefactKey:
    """Return what identifies an artefact of others.

    Args:
        name: Its reference, ``AGENCY:ID(VERSION)``.

    Raises:
        StandardError: It is none.
    """
    named = foreign_reference("", name)
    if named is None:
        raise StandardError("crosswalk-structure", where=name, value=name)
    return ArtefactKey(named.agency, named.id, named.version)


def foreign_schema(name: str, crosswalk: Crosswalk, *, is_read: bool = False) -> Schema:
    """Return the schema of the data of a structure of others.

    A component without known codes takes any value.

    Args:
        name: The reference of the structure.
        crosswalk: The crosswalk whose tables describe it.
        is_read: Whether the data are read: the tables have no more of the lists of others than the crosswalk needs, and
            a code that it does not know is no fault of the data.

    Raises:
        StandardError: They do not.
    """
    structure = crosswalk.structures.get(name)
    if structure is None:
        raise StandardError("crosswalk-structure", where=crosswalk.id, value=name)
    is_target = name == crosswalk.target and crosswalk.dataflow
    codelists = {} if is_read else crosswalk.codelists
    components = (*structure.dimensions, *structure.measures, *structure.attributes)
    return Schema(
        structure=structure_key(name),
        dataflow=structure_key(crosswalk.dataflow) if is_target else None,
        columns=tuple(_column(component, structure, codelists) for component in components),
    )


def _column(component: Component, structure: Structure, codelists: Mapping[str, Codelist]) -> Column:
    codelist = codelists.get(component.codelist)
    level = None if component.attachment is None else Level(str(component.attachment))
    series = tuple(one.id for one in structure.dimensions if one.role == "dimension")
    return Column(
        id=component.id,
        role=component.role,
        codes=None if codelist is None else tuple(codelist.by_id),
        codelist=None if codelist is None else structure_key(component.codelist).id,
        data_type=component.data_type or "String",
        attachment=level,
        attached_to=series if level is Level.SERIES else (),
        mandatory=component.mandatory,
        code_names={} if codelist is None else {code.id: code.name for code in codelist.codes},
    )
