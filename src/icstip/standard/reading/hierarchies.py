"""Hierarchies of codes."""

from collections.abc import Mapping

from icstip.standard.folder import StandardFolder
from icstip.standard.model import Codelist, Hierarchy, HierarchyCode
from icstip.standard.reading.cells import by_id, known, repeated, texts_of
from icstip.standard.tables import Row, Table


def read_hierarchies(source: StandardFolder, codelists: Mapping[str, Codelist]) -> Mapping[str, Hierarchy]:
    """Return the hierarchies in the order of their table, by their id.

    Raises:
        StandardError: A table has a fault or is missing, or a place names a parent or a code that does not exist.
    """
    table = source.hierarchies
    tables = source.hierarchy_codes
    languages = source.settings.languages

    def hierarchy(row: Row) -> Hierarchy:
        return Hierarchy(
            id=row["id"],
            name=texts_of(row, "name", languages),
            description=texts_of(row, "description", languages),
            codes=_codes(tables[known(row["id"], tables, "hierarchy", table.place(row))].sound(), codelists),
            source=row["source"],
        )

    return by_id(table, hierarchy)


def _codes(table: Table, codelists: Mapping[str, Codelist]) -> tuple[HierarchyCode, ...]:
    codes: dict[str, HierarchyCode] = {}
    for row in table.rows:
        place = table.place(row)
        codelist = codelists[known(row["codelist"], codelists, "codelist", place)]
        if row["id"] in codes:
            raise repeated(row["id"], place)
        # Parents before children: this is what keeps circles out.
        parent = known(row["parent"], {"", *codes}, "parent", place)
        code = known(row["code"], codelist.by_id, "code", place)
        codes[row["id"]] = HierarchyCode(row["id"], codelist.id, code, parent)
    return tuple(codes.values())
