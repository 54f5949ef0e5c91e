"""Schemas from data structures among artefacts."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from icstip.artefacts import data_structure as dsd
from icstip.artefacts.base import Maintainable, Representation, no_texts
from icstip.artefacts.collection import Artefacts
from icstip.artefacts.enumerations import scheme_of
from icstip.artefacts.resolution import concept_of
from icstip.schema.model import NOTHING_REFUSED, ArtefactKey, Column, Level, Schema
from icstip.standard.model import Role

_TIME: Final = "TimeDimension"


def schema_from_artefacts(
    structure: dsd.DataStructure,
    dataflow: dsd.Dataflow | None,
    artefacts: Artefacts,
    refused: Mapping[str, frozenset[str]] = NOTHING_REFUSED,
) -> Schema:
    """Return the schema of the data of a structure.

    A code list that extends others has their codes too. A component whose concept is not among the artefacts, and that
    has no representation of its own, is a text.

    Args:
        structure: The data structure.
        dataflow: The dataflow of the data, where they belong to one.
        artefacts: What the structure refers to: concepts and code lists.
        refused: Codes that a column may not use although its code list has them, by component id.

    Raises:
        StructureError: The codes of a list are not there.
    """
    return Schema(
        structure=_key(structure),
        dataflow=None if dataflow is None else _key(dataflow),
        columns=tuple(_Columns(structure, artefacts).columns()),
        refused=MappingProxyType(dict(refused)),
        groups=MappingProxyType({group.id: group.dimensions for group in structure.groups}),
        name=(structure if dataflow is None else dataflow).name,
    )


def _key(artefact: Maintainable) -> ArtefactKey:
    return ArtefactKey(artefact.agency, artefact.id, artefact.version)


class _Columns:
    """The columns of a data structure."""

    def __init__(self, structure: dsd.DataStructure, artefacts: Artefacts) -> None:
        self._structure = structure
        self._artefacts = artefacts
        self._groups = {group.id: group for group in structure.groups}
        self._time = {dimension.id for dimension in structure.dimensions if dimension.kind == _TIME}

    def columns(self) -> Iterator[Column]:
        """Yield the dimensions, the measures, the attributes."""
        for dimension in self._structure.dimensions:
            role = Role.TIME_DIMENSION if dimension.kind == _TIME else Role.DIMENSION
            yield self._column(dimension, role, mandatory=True)
        for measure in self._structure.measures:
            yield self._column(measure, Role.MEASURE)
        for attribute in self._structure.attributes:
            yield self._column(attribute, Role.ATTRIBUTE, attribute.relationship, mandatory=attribute.mandatory)

    def _column(
        self,
        component: dsd.Component,
        role: Role,
        relationship: dsd.Relationship | None = None,
        *,
        mandatory: bool = False,
    ) -> Column:
        concept = concept_of(self._artefacts, component)
        core = None if concept is None else concept.representation
        # SDMX 3.0 §2 5.3.2: the representation of the component goes before the one of its concept.
        said = [one for one in (component.representation, core) if one is not None and (one.enumeration or one.format)]
        codelist = said[0].enumeration if said else None
        where = f"{self._structure.id}.{component.id}"
        items = () if codelist is None else scheme_of(self._artefacts, codelist, where=where).items
        names = {item.id: item.name for item in items}
        return Column(
            id=component.id,
            role=role,
            codes=None if codelist is None else tuple(names),
            codelist=None if codelist is None else codelist.id,
            data_type="String" if codelist is not None else _data_type(said, role),
            attachment=None if relationship is None else self._level(relationship),
            attached_to=() if relationship is None else self._attached_to(relationship),
            mandatory=mandatory,
            group=relationship.group if relationship is not None and relationship.group in self._groups else None,
            name=no_texts() if concept is None else concept.name,
            code_names=names,
            parents={item.id: item.parent for item in items if item.parent},
        )

    def _level(self, relationship: dsd.Relationship) -> Level:
        match relationship.level:
            case dsd.Level.DIMENSIONS if self._time.intersection(relationship.dimensions):
                return Level.OBSERVATION
            case dsd.Level.DIMENSIONS:
                return Level.GROUP if relationship.attachment_groups else Level.SERIES
            case dsd.Level.GROUP:
                return Level.GROUP
            case dsd.Level.DATASET:
                return Level.DATASET
            case dsd.Level.OBSERVATION:
                return Level.OBSERVATION

    def _attached_to(self, relationship: dsd.Relationship) -> tuple[str, ...]:
        group = self._groups.get(relationship.group)
        return relationship.dimensions if group is None else group.dimensions


def _data_type(said: list[Representation], role: Role) -> str:
    types = (one.format.data_type for one in said if one.format is not None and one.format.data_type)
    return next(types, "") or ("ObservationalTimePeriod" if role is Role.TIME_DIMENSION else "String")
