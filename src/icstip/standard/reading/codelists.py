"""Code lists, and the data providers, which are codes."""

from collections.abc import Mapping, Sequence

from icstip.errors import StandardError
from icstip.standard.folder import StandardFolder
from icstip.standard.model import Code, Codelist
from icstip.standard.reading.cells import by_id, known, texts_of
from icstip.standard.tables import Row, Table


def read_codelists(source: StandardFolder) -> Mapping[str, Codelist]:
    """Return the announced code lists by their id, each with the codes of the list that it extends before its own ones.

    Raises:
        StandardError: A table has a fault, or a list extends one that does not exist, or itself.
    """
    languages = source.settings.languages
    own = {codelist: _codes(table, languages) for codelist, table in source.codes.items() if codelist in source.heads}
    return by_id(source.codelists, lambda row: _codelist(row, source, own))


def read_providers(source: StandardFolder, codelists: Mapping[str, Codelist]) -> tuple[Code, ...]:
    """Return the data providers with the names that they have in their code list.

    Raises:
        StandardError: The table has a fault, there is no such list, or it does not have the code.
    """
    table = source.providers.sound()
    codelist = source.settings.string("provider_scheme", "codelist")
    if not table.given:
        return ()
    codes = codelists[
        known(codelist, codelists, "codelist", source.settings.place("provider_scheme", "codelist"))
    ].by_id
    providers = {}
    for id_, row in by_id(table, lambda row: row).items():
        code = codes[known(id_, codes, "id", table.place(row))]
        providers[id_] = Code(id_, code.name, source=row["source"])
    return tuple(providers.values())


def _codes(table: Table, languages: Sequence[str]) -> tuple[Code, ...]:
    return tuple(
        Code(
            id=row["id"],
            name=texts_of(row, "name", languages),
            parent=row["parent"],
            description=texts_of(row, "description", languages),
            origin=row["origin"],
            source=row["source"],
        )
        for row in table.sound().rows
    )


def _codelist(row: Row, source: StandardFolder, own: Mapping[str, tuple[Code, ...]]) -> Codelist:
    place = source.codelists.place(row)
    chain = source.lineage(row["id"])
    for part in (row["id"], *chain):
        known(part, own, "codelist", place)
    if source.heads[chain[0]]["extends"]:
        raise StandardError("standard-circle", where=str(place), value=row["id"])
    return Codelist(
        id=row["id"],
        name=texts_of(row, "name", source.settings.languages),
        description=texts_of(row, "description", source.settings.languages),
        codes=tuple(code for part in chain for code in own[part]),
        origin=row["origin"],
        source=row["source"],
        extends=row["extends"],
        pattern=row["pattern"],
    )
