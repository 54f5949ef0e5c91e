"""What a data set must look like."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING

from icstip.artefacts.base import Texts, no_texts
from icstip.standard.model import Role

if TYPE_CHECKING:
    from sdmx.model.common import BaseDataflow, BaseDataStructureDefinition

NOTHING_REFUSED: Mapping[str, frozenset[str]] = MappingProxyType({})
_NOTHING: Mapping[str, Texts] = MappingProxyType({})
_NO_PARENTS: Mapping[str, str] = MappingProxyType({})


def _no_names() -> Mapping[str, Texts]:
    return _NOTHING


def _no_parents() -> Mapping[str, str]:
    return _NO_PARENTS


class Level(StrEnum):
    """The level at which an attribute is reported (SDMX 3.0 §2 5.3.3)."""

    OBSERVATION = "observation"
    SERIES = "series"
    GROUP = "group"
    DATASET = "dataset"


@dataclass(frozen=True, slots=True)
class ArtefactKey:
    """What identifies a maintainable artefact of a known class."""

    agency: str
    id: str
    version: str

    def __str__(self) -> str:
        return f"{self.agency}:{self.id}({self.version})"


@dataclass(frozen=True, slots=True)
class Column:
    """One component as a column of a data set.

    Attributes:
        id: Component id, which is the name of the column.
        role: Dimension, time dimension, measure or attribute.
        codes: The codes of its code list in their order, or None when it is not coded.
        codelist: Id of the code list, or None.
        data_type: SDMX data type of its values; ``String`` when it is coded.
        attachment: Level of an attribute, else None.
        attached_to: Ids of the dimensions that an attribute of a series or group is related to.
        mandatory: Whether every data set must have it: dimensions, and attributes that say so. A measure may be missing
            in every format.
        group: Id of the group that an attribute is attached to, or None.
        name: Name of its concept by language.
        code_names: Names of its codes by language.
        parents: The code above each code that has one.
    """

    id: str
    role: Role
    codes: tuple[str, ...] | None
    codelist: str | None
    data_type: str
    attachment: Level | None
    attached_to: tuple[str, ...]
    mandatory: bool
    group: str | None = None
    name: Texts = field(default_factory=no_texts, compare=False, repr=False)
    code_names: Mapping[str, Texts] = field(default_factory=_no_names, compare=False, repr=False)
    parents: Mapping[str, str] = field(default_factory=_no_parents, compare=False, repr=False)


@dataclass(frozen=True)
class Schema:
    """What a data set must look like.

    Attributes:
        structure: Agency, id and version of the data structure.
        dataflow: The same of the dataflow that the data belong to, or None.
        columns: Dimensions in their order, then measures, then attributes.
        refused: Codes of a column that its code list has but that data may not use, by column.
        groups: Ids of the dimensions of each group of the structure, by the id of the group.
        known: Whether the structure was at hand. Otherwise the columns are what a message seems to have.
        name: Name of the dataflow, else of the structure, by language.
    """

    structure: ArtefactKey
    dataflow: ArtefactKey | None
    columns: tuple[Column, ...]
    refused: Mapping[str, frozenset[str]] = field(default_factory=dict)
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    known: bool = True
    name: Texts = field(default_factory=no_texts, compare=False, repr=False)

    @staticmethod
    def from_dsd(
        dsd: "BaseDataStructureDefinition",
        dataflow: "BaseDataflow | None" = None,
        refused: Mapping[str, frozenset[str]] = NOTHING_REFUSED,
    ) -> "Schema":
        """Return the schema of the data of a structure of sdmx1.

        Args:
            dsd: A data structure of SDMX 3.0 or 2.1, with its concepts and code lists.
            dataflow: The dataflow of the data, where they belong to one.
            refused: Codes that a column may not use although its code list has them, by component id.

        Raises:
            StructureError: The codes of a list are not there or not resolved, or an attribute does not say its level.
        """
        from icstip.schema.from_sdmx1 import schema_from_sdmx1  # noqa: PLC0415 - sdmx1 takes half a second to load

        return schema_from_sdmx1(dsd, dataflow, refused)

    @cached_property
    def by_id(self) -> Mapping[str, Column]:
        """The columns by their id."""
        return {column.id: column for column in self.columns}

    @cached_property
    def dimensions(self) -> tuple[str, ...]:
        """The ids of the dimensions in their order, the time dimension included."""
        return self._of(Role.DIMENSION, Role.TIME_DIMENSION)

    @cached_property
    def series_dimensions(self) -> tuple[str, ...]:
        """The ids of the dimensions that identify a series: all but time."""
        return self._of(Role.DIMENSION)

    @cached_property
    def time_dimension(self) -> str | None:
        """The id of the time dimension, or None when there is none."""
        return next(iter(self._of(Role.TIME_DIMENSION)), None)

    @cached_property
    def measures(self) -> tuple[str, ...]:
        """The ids of the measures."""
        return self._of(Role.MEASURE)

    @cached_property
    def attributes(self) -> tuple[str, ...]:
        """The ids of the attributes in their order."""
        return self._of(Role.ATTRIBUTE)

    def key_text(self, row: Mapping[str, object]) -> str:
        """Return the key of an observation as one text: its dimensions in their order, separated by points."""
        return ".".join(str(row[name] or "") for name in self.dimensions)

    def at_level(self, level: Level) -> tuple[str, ...]:
        """Return the ids of the attributes of a level, in their order."""
        return tuple(column.id for column in self.columns if column.attachment is level)

    def _of(self, *roles: Role) -> tuple[str, ...]:
        return tuple(column.id for column in self.columns if column.role in roles)
