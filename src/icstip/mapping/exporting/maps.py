"""A mapping → structure maps and representation maps, with the structure of the table that they start from."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from icstip.artefacts.base import Maintainable, Reference
from icstip.artefacts.maps import ComponentMap, FixedValueMap, RepresentationMap, StructureMap
from icstip.artefacts.notices import Notices
from icstip.errors import MappingError
from icstip.findings import Finding
from icstip.mapping.exporting.links import LabelCodes, Link, Links
from icstip.mapping.exporting.source import SourceTable, sdmx_id, source_table
from icstip.mapping.model import OPEN, FigureFormat, LabelRule, TableMapping
from icstip.standard.model import TOTAL, Role, Standard, Structure
from icstip.structures.building.maintenance import Issue

_FORMAT: Final = "StructureMap"
_LANGUAGE: Final = "en"


@dataclass(frozen=True, slots=True)
class Exported:
    """A mapping as artefacts.

    Attributes:
        artefacts: The structure of the table with its concepts, the representation maps, the structure maps.
        losses: What structure maps cannot say of it.
    """

    artefacts: tuple[Maintainable, ...]
    losses: tuple[Finding, ...]


def export_mapping(
    mapping: TableMapping, standard: Standard, *, agency: str = "", resolved: Iterable[LabelRule] | None = None
) -> Exported:
    """Return a mapping as structure maps, one for each structure that its figures can belong to.

    Args:
        mapping: The mapping.
        standard: The standard whose structures are the targets.
        agency: Agency of the maps; that of the standard without it.
        resolved: The labels of a table with the codes that they were resolved to; without it only those that the
            mapping declares are in the maps.

    Raises:
        MappingError: Its figures can belong to no structure.
    """
    return _Export(mapping, standard, agency or standard.agency, resolved).exported()


class _Export:
    def __init__(
        self, mapping: TableMapping, standard: Standard, agency: str, resolved: Iterable[LabelRule] | None
    ) -> None:
        self._mapping = mapping
        self._standard = standard
        self._issue = Issue(standard)
        self._agency = agency
        self._is_complete = resolved is not None
        self._codes = LabelCodes(mapping, resolved or ())
        components = {one.id: one for structure in standard.structures.values() for one in structure.components}
        self._roles = {component.id: component.role for component in components.values()}
        self._source: SourceTable = source_table(mapping, components, agency, self._issue.version)
        self._maps: dict[str, RepresentationMap] = {}
        self._name = sdmx_id(mapping.id, "MAPPING")

    def exported(self) -> Exported:
        structures = [one for one in self._standard.structures.values() if self._can_belong(one)]
        if not structures:
            raise MappingError("export-no-structure", where=self._mapping.where)
        notices = Notices(self._mapping.where, _FORMAT)
        built = [self._structure_map(structure, notices) for structure in structures]
        artefacts = (self._source.concepts, self._source.structure, *self._maps.values(), *built)
        return Exported(artefacts, notices.findings)

    def _can_belong(self, structure: Structure) -> bool:
        """Return whether figures of the mapping can belong to a structure by its dimensions and their codes."""
        return not self._breaks_down_by_others(structure) and all(
            (codes := self._possible(component)) is None or not codes.isdisjoint(allowed)
            for component, allowed in structure.allowed.items()
        )

    def _breaks_down_by_others(self, structure: Structure) -> bool:
        """Return whether all figures have a code of a dimension that a structure does not have."""
        own = {one.id for one in structure.components}
        return any(
            component not in own and code not in (OPEN, TOTAL) and self._roles[component] is Role.DIMENSION
            for component, code in self._mapping.constants.items()
        )

    def _possible(self, component: str) -> frozenset[str] | None:
        """Return the codes that a component can have, or None where that is not known."""
        rules = [rule for rule in self._mapping.columns if rule.component == component]
        constant = self._mapping.constants.get(component, "")
        if constant == OPEN or any(not rule.only and not self._is_complete for rule in rules):
            return None
        labels = (one.code for rule in rules for one in self._codes.of(rule.column, component))
        found = {*labels, *(code for rule in rules for code in rule.only), *filter(None, [constant])}
        return frozenset(found or {TOTAL})

    def _structure_map(self, structure: Structure, notices: Notices) -> StructureMap:
        links = Links(self._mapping, structure, self._codes, is_complete=self._is_complete)
        built = StructureMap(
            id=f"{self._name}_TO_{structure.id}",
            name={_LANGUAGE: self._mapping.title or self._mapping.id},
            agency=self._agency,
            version=self._issue.version,
            source=self._source.structure.reference,
            target=self._issue.structure(structure.id, where=self._mapping.id),
            component_maps=tuple(self._component_map(link, structure) for link in links.links),
            fixed_values=tuple(FixedValueMap(component=one, values=(code,)) for one, code in links.fixed.items()),
        )
        for loss in links.losses:
            notices.lost(built, loss.what, loss.component)
        for component in self._absent(structure):
            notices.lost(built, "mapping-absent", component)
        for what in _of_the_table(self._mapping):
            notices.lost(built, what)
        return built

    def _absent(self, structure: Structure) -> Iterator[str]:
        """Yield the dimensions that columns give and a structure does not have."""
        own = {one.id for one in structure.components}
        given = dict.fromkeys(one for rule in self._mapping.columns for one in (rule.component, *rule.sets))
        yield from (one for one in given if one not in own and self._roles[one] is Role.DIMENSION)

    def _component_map(self, link: Link, structure: Structure) -> ComponentMap:
        sources = tuple(self._source.ids[column] for column in link.columns)
        table = self._representation_map(link, sources, structure)
        return ComponentMap(sources=sources, targets=link.targets, representation_map=table)

    def _representation_map(self, link: Link, sources: tuple[str, ...], structure: Structure) -> Reference | None:
        if link.mappings is None:
            return None
        name = "_".join((self._name, *sources, *link.targets))
        codelists = {one.id: one.codelist for one in structure.components}
        built = RepresentationMap(
            id=name,
            name={_LANGUAGE: f"{', '.join(link.columns)} → {', '.join(link.targets)}"},
            agency=self._agency,
            version=self._issue.version,
            sources=("String",) * len(sources),
            targets=tuple(self._target(codelists[one], name) for one in link.targets),
            mappings=link.mappings,
        )
        return self._maps.setdefault(name, built).reference

    def _target(self, codelist: str, where: str) -> Reference | str:
        return self._issue.codelist(codelist, where=where) if codelist else "String"


def _of_the_table(mapping: TableMapping) -> Iterator[str]:
    """Yield what is said of a whole table and no structure map can say."""
    written = mapping.figures
    said: Mapping[str, bool] = {
        "mapping-layout": bool(mapping.layouts),
        "mapping-figures": written != FigureFormat(),
        "mapping-left-out": any(rule.when for rule in mapping.left_out),
        "mapping-open": bool(mapping.open_columns) or any(rule.code == OPEN for rule in mapping.labels),
        "mapping-status": True,
        "mapping-comparison": bool(mapping.columns),
    }
    yield from (what for what, holds in said.items() if holds)
