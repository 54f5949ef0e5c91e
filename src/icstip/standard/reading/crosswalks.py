"""Crosswalks: structures, components and codes that become others."""

from collections.abc import Container, Mapping
from dataclasses import dataclass

from icstip.errors import StandardError
from icstip.findings import Place
from icstip.standard.folder import CrosswalkTables, StandardFolder, value_columns
from icstip.standard.foreign import FORM, foreign_reference, is_foreign
from icstip.standard.model import Codelist, CodeMap, ComponentLink, Crosswalk, Structure
from icstip.standard.reading.cells import by_id, known, texts_of
from icstip.standard.reading.foreign_facts import (
    read_allowed,
    read_foreign_codelists,
    read_foreign_structures,
    read_groups,
    read_reasons,
)
from icstip.standard.rules.uses.code_maps import PREFERRED
from icstip.standard.tables import Row, Table


def read_crosswalks(
    source: StandardFolder, structures: Mapping[str, Structure], codelists: Mapping[str, Codelist]
) -> Mapping[str, Crosswalk]:
    """Return the crosswalks in the order of their table, by their id.

    Raises:
        StandardError: A table has a fault or is missing, or names a structure, a code list or a code map that does not
            exist.
    """
    reader = _Reader(source, structures, codelists)
    return by_id(source.crosswalks, reader.crosswalk)


@dataclass(frozen=True, slots=True)
class _Reader:
    source: StandardFolder
    structures: Mapping[str, Structure]
    codelists: Mapping[str, Codelist]

    def crosswalk(self, row: Row) -> Crosswalk:
        table, languages = self.source.crosswalks, self.source.settings.languages
        place = table.place(row)
        tables = self.source.crosswalk_tables
        own = tables[known(row["id"], tables, "crosswalk", place)]
        code_maps = by_id(own.code_maps, lambda head: self._code_map(head, own))
        return Crosswalk(
            id=row["id"],
            name=texts_of(row, "name", languages),
            description=texts_of(row, "description", languages),
            source=_named(row["source_structure"], self.structures, "source_structure", place),
            target=_named(row["target_structure"], self.structures, "target_structure", place),
            links=tuple(_link(link, own.links, code_maps) for link in own.links.sound().rows),
            code_maps=code_maps,
            provenance=row["source"],
            command=row["command"],
            dataflow=row["target_dataflow"],
            structures=read_foreign_structures(own),
            codelists=read_foreign_codelists(own),
            allowed=read_allowed(own),
            groups=read_groups(own),
            reasons=read_reasons(own, languages),
        )

    def _code_map(self, row: Row, own: CrosswalkTables) -> CodeMap:
        languages = self.source.settings.languages
        place = own.code_maps.place(row)
        mappings = own.mappings[known(row["id"], own.mappings, "code_map", place)].sound()
        sources, targets = value_columns("source", row["sources"]), value_columns("target", row["targets"])
        return CodeMap(
            id=row["id"],
            name=texts_of(row, "name", languages),
            description=texts_of(row, "description", languages),
            sources=tuple(_named(name, self.codelists, "sources", place) for name in row["sources"].split()),
            targets=tuple(_named(name, self.codelists, "targets", place) for name in row["targets"].split()),
            mappings=tuple((_values(mapping, sources), _values(mapping, targets)) for mapping in mappings.rows),
            preferred=frozenset(
                _values(mapping, sources) for mapping in mappings.rows if mapping["reverse"] == PREFERRED
            ),
        )


def _link(row: Row, table: Table, code_maps: Mapping[str, CodeMap]) -> ComponentLink:
    return ComponentLink(
        sources=tuple(row["sources"].split()),
        targets=tuple(row["targets"].split()),
        code_map=known(row["code_map"], {"", *code_maps}, "code_map", table.place(row)),
        fixed=row["fixed"],
        default=row["default"],
    )


def _values(row: Row, columns: tuple[str, ...]) -> tuple[str, ...]:
    values = tuple(row[column] for column in columns)
    # What has no counterpart has no targets at all: half of a key would be no key.
    return values if any(values) else ()


def _named(name: str, own: Container[str], field: str, place: Place) -> str:
    if not is_foreign(name):
        return known(name, own, field, place)
    if foreign_reference("", name) is None:
        raise StandardError("standard-value", where=str(place), value=name, field=field, expected=FORM)
    return name
