"""The columns of a table as a data structure, which a structure map needs as its source."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from icstip.artefacts.base import Reference, Representation, TextFormat
from icstip.artefacts.data_structure import (
    TIME_DIMENSION,
    Attribute,
    DataStructure,
    Dimension,
    Level,
    Measure,
    Relationship,
)
from icstip.artefacts.items import ConceptScheme, Item
from icstip.mapping.model import TableMapping
from icstip.standard.model import Component, Role

_NOT_IN_IDS: Final = re.compile(r"[^A-Z0-9]+")
_TEXT: Final = Representation(format=TextFormat("String"))
_TIME: Final = Representation(format=TextFormat("ObservationalTimePeriod"))
_NUMBER: Final = Representation(format=TextFormat("Decimal"))
_LANGUAGE: Final = "en"  # nothing says in which language a table is; SDMX takes this one for granted


@dataclass(frozen=True)
class SourceTable:
    """A table as a source of data.

    Attributes:
        ids: Ids of components by the columns of the table.
        structure: Its data structure.
        concepts: The concepts that it uses, one for each column.
    """

    ids: Mapping[str, str]
    structure: DataStructure
    concepts: ConceptScheme


def source_table(mapping: TableMapping, components: Mapping[str, Component], agency: str, version: str) -> SourceTable:
    """Return the columns that a mapping reads as a data structure.

    A column that gives only attributes is an attribute, the one with the figures is the measure, all others are
    dimensions. They hold texts, except for the figures and for a time dimension.

    Args:
        mapping: The mapping.
        components: The components of the standard by their ids.
        agency: Agency of the artefacts.
        version: Their version.
    """
    columns = mapping.needed_columns()
    ids = dict(_ids(columns, mapping.time_column))
    name = sdmx_id(mapping.id, "MAPPING")
    scheme = Reference("ConceptScheme", agency, f"CS_{name}", version)
    items = tuple(Item(id=ids[column], name={_LANGUAGE: column}) for column in columns)
    texts = {"name": {_LANGUAGE: mapping.title or mapping.id}, "agency": agency, "version": version}
    return SourceTable(
        ids,
        _structure(mapping, components, ids, scheme, f"{name}_TABLE"),
        ConceptScheme(id=scheme.id, items=items, **texts),  # type: ignore[arg-type]
    )


def sdmx_id(text: str, otherwise: str) -> str:
    """Return a text as an id of SDMX: capital letters without accents, digits and underscores.

    Args:
        text: The text.
        otherwise: The id of a text that has no such letters, and the start of one that begins with a digit.

    Example:
        >>> sdmx_id("Année de référence", "COLUMN"), sdmx_id("2019", "COLUMN"), sdmx_id("الجنس", "COLUMN")
        ('ANNEE_DE_REFERENCE', 'COLUMN_2019', 'COLUMN')
    """
    plain = "".join(one for one in unicodedata.normalize("NFKD", text) if not unicodedata.combining(one))
    found = _NOT_IN_IDS.sub("_", plain.upper()).strip("_")
    return found if found[:1].isalpha() else "_".join(filter(None, (otherwise, found)))


def _ids(columns: Iterable[str], time: str) -> Iterator[tuple[str, str]]:
    taken: set[str] = set()
    for column in columns:
        wanted = sdmx_id(column, "COLUMN")
        if wanted == TIME_DIMENSION and column != time:
            wanted = f"{wanted}_TEXT"  # only the time may be called so
        found, number = wanted, 1
        while found in taken:
            number += 1
            found = f"{wanted}_{number}"
        taken.add(found)
        yield column, found


def _structure(
    mapping: TableMapping, components: Mapping[str, Component], ids: Mapping[str, str], scheme: Reference, name: str
) -> DataStructure:
    figures = mapping.figure_column
    attributes = _attributes(mapping, components)
    others = [column for column in ids if column != figures and column not in attributes]
    if not others:  # a structure has at least one dimension
        others, attributes = attributes, []
    others.sort(key=lambda column: ids[column] == TIME_DIMENSION)
    return DataStructure(
        id=name,
        name={_LANGUAGE: mapping.title or mapping.id},
        agency=scheme.agency,
        version=scheme.version,
        dimensions=tuple(_dimension(ids[column], scheme) for column in others),
        measures=(Measure(id=ids[figures], concept=_concept(scheme, ids[figures]), representation=_NUMBER),),
        attributes=tuple(
            Attribute(
                id=ids[column],
                concept=_concept(scheme, ids[column]),
                representation=_TEXT,
                relationship=Relationship(Level.OBSERVATION),
            )
            for column in attributes
        ),
    )


def _dimension(name: str, scheme: Reference) -> Dimension:
    is_time = name == TIME_DIMENSION
    return Dimension(
        id=name,
        kind="TimeDimension" if is_time else "Dimension",
        concept=_concept(scheme, name),
        representation=_TIME if is_time else _TEXT,
    )


def _attributes(mapping: TableMapping, components: Mapping[str, Component]) -> list[str]:
    """Return the columns that say nothing but attributes."""
    needed = {mapping.time_column, mapping.part_column, *(rule.column for rule in mapping.open_columns)}
    needed |= {column for rule in mapping.columns for column in rule.when}
    needed |= {column for left in mapping.left_out for column in left.when}
    needed |= {rule.column for rule in mapping.columns if components[rule.component].role is not Role.ATTRIBUTE}
    return list(dict.fromkeys(rule.column for rule in mapping.columns if rule.column not in needed))


def _concept(scheme: Reference, name: str) -> Reference:
    return Reference("Concept", scheme.agency, scheme.id, scheme.version, name)
