"""The tables of one folder of the standard, each read when it is first asked for."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from icstip.findings import Place
from icstip.standard.settings import Settings, load_settings
from icstip.standard.tables import Row, Table, load_optional_table, load_table

ANY_LIST = "*"
"""Stands for every code list in a table of labels."""

LABEL_COLUMNS = ("codelist", "code", "label", "language", "kind", "source")

AGE_PATTERNS = "labels/age_patterns.csv"
HEADERS = "labels/headers.csv"
"""The tables among the labels that are no labels of codes."""

LINKS = "links"
CODE_MAPS = "code_maps"
FACTS = {
    "components": ("structure", "position", "id", "role", "codelist", "data_type", "attachment", "usage", "source"),
    "codes": ("codelist", "code", "name", "source"),
    "allowed": ("by", "code", "component", "allowed", "pattern", "source"),
    "groups": ("component", "hierarchy", "code", "rule", "once", "source"),
    "reasons": ("component", "code", "source"),
}
"""What the files of a crosswalk are called that are no code map, and the columns of those that it can do without."""


@dataclass(frozen=True, slots=True)
class CrosswalkTables:
    """The tables of one crosswalk.

    Attributes:
        links: What becomes of the components.
        code_maps: The heads of the code maps.
        mappings: What becomes of the codes, by the id of the code map.
        facts: What is known of the structures of others, by the names of `FACTS`.
    """

    links: Table
    code_maps: Table
    mappings: Mapping[str, Table]
    facts: Mapping[str, Table]


class StandardFolder:
    """The tables as they stand, whatever is wrong with them.

    Args:
        folder: The folder, for example the one that `standard_folder` returns.
    """

    def __init__(self, folder: Path) -> None:
        # Absolute, because messages name files from the folder's own name on, which "." does not have.
        self.path = folder.resolve()

    @cached_property
    def settings(self) -> Settings:
        """The settings."""
        return load_settings(self.path)

    @cached_property
    def concepts(self) -> Table:
        """The concepts."""
        columns = (*self._texts("name", "description"), "counting", *self._texts("counting"), "origin", "source")
        return self._table("concepts.csv", "id", *columns)

    @cached_property
    def concept_ids(self) -> frozenset[str]:
        """The ids of the concepts."""
        return self.concepts.ids()

    @cached_property
    def codelists(self) -> Table:
        """The heads of the code lists: what is said of a list as a whole."""
        columns = ("extends", "pattern", *self._texts("name", "description"), "origin", "source")
        return self._table("codelists.csv", "id", *columns)

    @cached_property
    def codes(self) -> Mapping[str, Table]:
        """The own codes of each list that has a file, by the id of the list."""
        columns = ("id", "parent", *self._texts("name", "description"), "origin", "source")
        files = sorted((self.path / "codelists").glob("*.csv"))
        return {file.stem: self._table(f"codelists/{file.name}", *columns) for file in files}

    @cached_property
    def components(self) -> Table:
        """The components of the structures."""
        columns = ("role", "concept", "codelist", "data_type", "attachment", "usage", "total", "source")
        return self._table("components.csv", "structure", "position", "id", *columns)

    @cached_property
    def component_rows(self) -> Mapping[str, Mapping[str, Row]]:
        """The components of each structure that the settings or the table name, by their id."""
        rows: dict[str, dict[str, Row]] = {structure: {} for structure in self.settings.structure_ids}
        for row in self.components.rows:
            rows.setdefault(row["structure"], {}).setdefault(row["id"], row)
        return rows

    @cached_property
    def dataflows(self) -> Table:
        """The dataflows."""
        return self._table("dataflows.csv", "id", "structure", *self._texts("name", "description"), "source")

    @cached_property
    def constraints(self) -> Table:
        """The heads of the constraints."""
        columns = ("structure", "dataflow", "free", *self._texts("name", "description"), "source")
        return self._optional("constraints.csv", "id", *columns)

    @cached_property
    def structure_codes(self) -> Table:
        """The codes that a structure allows where it does not allow all of a list."""
        return self._table("constraints/structures.csv", "structure", "component", "code", "source")

    @cached_property
    def dataflow_codes(self) -> Table:
        """The codes that a dataflow allows where it does not allow all that its structure does."""
        return self._optional("constraints/dataflows.csv", "dataflow", "component", "code", "source")

    @cached_property
    def categories(self) -> Table:
        """The categories of the dataflows."""
        return self._optional(
            "categories.csv", "id", "parent", *self._texts("name", "description"), "dataflows", "source"
        )

    @cached_property
    def providers(self) -> Table:
        """The data providers: codes of the list that the settings name."""
        return self._optional("providers.csv", "id", "source")

    @cached_property
    def hierarchies(self) -> Table:
        """The heads of the hierarchies."""
        return self._optional("hierarchies.csv", "id", *self._texts("name", "description"), "source")

    @cached_property
    def hierarchy_codes(self) -> Mapping[str, Table]:
        """The codes at their places, by the id of the hierarchy."""
        files = sorted((self.path / "hierarchies").glob("*.csv"))
        return {
            file.stem: self._table(f"hierarchies/{file.name}", "id", "parent", "codelist", "code") for file in files
        }

    @cached_property
    def crosswalks(self) -> Table:
        """The heads of the crosswalks."""
        columns = ("source_structure", "target_structure", *self._texts("name", "description"), "source")
        return self._optional("crosswalks.csv", "id", *columns)

    @cached_property
    def crosswalk_tables(self) -> Mapping[str, CrosswalkTables]:
        """The tables of each crosswalk that has a folder, by its id."""
        # Hidden folders are the operating system's.
        folders = sorted(path for path in (self.path / "crosswalks").glob("[!.]*") if path.is_dir())
        return {folder.name: self._crosswalk(folder) for folder in folders}

    @cached_property
    def origins(self) -> Table:
        """The ids of published lists; a list with one empty id is known by its name only."""
        return self._table("origins.csv", "origin", "id")

    @cached_property
    def sources(self) -> Table:
        """The short names that the columns `source` use."""
        return self._table("sources.csv", "id", "name", "description")

    @cached_property
    def labels(self) -> tuple[Table, ...]:
        """The labels that stand for codes in national tables."""
        return tuple(self._table(f"labels/{file.name}", *LABEL_COLUMNS) for file in label_files(self.path))

    @cached_property
    def age_patterns(self) -> Table:
        """The patterns by which labels are read as ages."""
        return self._optional(AGE_PATTERNS, "pattern", "kind", "language", "source")

    @cached_property
    def headers(self) -> Table:
        """The words that national tables have as headers of components."""
        return self._optional(HEADERS, "component", "label", "language", "source")

    def tables(self) -> Iterator[Table]:
        """Yield every table."""
        yield from self.sourced_tables()
        yield from (self.origins, self.sources)
        yield from self.hierarchy_codes.values()
        for crosswalk in self.crosswalk_tables.values():
            yield from (crosswalk.links, crosswalk.code_maps, *crosswalk.mappings.values())

    def sourced_tables(self) -> Iterator[Table]:
        """Yield each table whose rows say where they come from."""
        yield from (self.concepts, self.codelists, self.components, self.dataflows)
        yield from (self.structure_codes, self.constraints, self.dataflow_codes)
        yield from (self.categories, self.providers, self.hierarchies, self.crosswalks)
        yield from self.codes.values()
        yield from (*self.labels, self.age_patterns, self.headers)
        yield from (table for crosswalk in self.crosswalk_tables.values() for table in crosswalk.facts.values())

    @cached_property
    def heads(self) -> Mapping[str, Row]:
        """The head of each announced list."""
        return {row["id"]: row for row in reversed(self.codelists.rows)}

    def lineage(self, codelist: str) -> tuple[str, ...]:
        """Return a list and those that it extends, the farthest first; a circle is cut where it closes."""
        chain: list[str] = []
        while codelist and codelist not in chain:
            chain.append(codelist)
            codelist = self.heads[codelist]["extends"] if codelist in self.heads else ""
        return tuple(reversed(chain))

    @cached_property
    def code_places(self) -> Mapping[str, Mapping[str, Place]]:
        """The codes of each list with the place of the first row that has them, those of the extended lists included.

        A list of which a part has no file is absent, and all are while nothing says which list extends which: nobody
        can say what does not belong to them.
        """
        places: dict[str, Mapping[str, Place]] = {}
        for codelist in self.codes if self.codelists.usable else ():
            chain = self.lineage(codelist)
            if all(part in self.codes and "id" in self.codes[part].columns for part in chain):
                places[codelist] = self._places(chain)
        return places

    def _places(self, chain: tuple[str, ...]) -> Mapping[str, Place]:
        places: dict[str, Place] = {}
        for table in (self.codes[part] for part in chain):
            for row, code in table.column("id"):
                places.setdefault(code, table.place(row))
        return places

    def _crosswalk(self, folder: Path) -> CrosswalkTables:
        name = f"crosswalks/{folder.name}"
        head = ("id", "sources", "targets", *self._texts("name", "description"))
        code_maps = self._optional(f"{name}/{CODE_MAPS}.csv", *head)
        heads = {row["id"]: row for row in reversed(code_maps.rows)}
        mappings = {
            file.stem: self._table(f"{name}/{file.name}", *_mapping_columns(heads.get(file.stem)))
            for file in sorted(folder.glob("*.csv"))
            if file.stem not in {LINKS, CODE_MAPS, *FACTS}
        }
        facts = {
            kind: self._optional(
                f"{name}/{kind}.csv", *columns, *(self._texts("description") if kind == "reasons" else ())
            )
            for kind, columns in FACTS.items()
        }
        links = self._table(f"{name}/{LINKS}.csv", "sources", "targets", "code_map", "fixed")
        return CrosswalkTables(links, code_maps, mappings, facts)

    def _table(self, name: str, *columns: str) -> Table:
        return load_table(self.path, name, columns)

    def _optional(self, name: str, *columns: str) -> Table:
        return load_optional_table(self.path, name, columns)

    def _texts(self, *kinds: str) -> tuple[str, ...]:
        return tuple(f"{kind}_{language}" for kind in kinds for language in self.settings.languages)


def label_files(folder: Path) -> list[Path]:
    """Return the tables of labels of codes, in the order of their names.

    Args:
        folder: The folder of the standard.
    """
    others = {folder / AGE_PATTERNS, folder / HEADERS}
    return [path for path in sorted((folder / "labels").glob("*.csv")) if path not in others]


def value_columns(side: str, names: str) -> tuple[str, ...]:
    """Return the columns of a code map that hold the codes of its sources, or of its targets.

    Args:
        side: ``source`` or ``target``.
        names: The lists on that side, separated by blanks.

    Example:
        >>> value_columns("source", "CL_A CL_B"), value_columns("target", "CL_C")
        (('source_1', 'source_2'), ('target',))
    """
    count = len(names.split())
    return (side,) if count == 1 else tuple(f"{side}_{n}" for n in range(1, count + 1))


def _mapping_columns(head: Row | None) -> tuple[str, ...]:
    if head is None:
        return ("note",)
    return (*value_columns("source", head["sources"]), *value_columns("target", head["targets"]), "note")
