"""Crosswalks as structure maps and representation maps."""

from collections.abc import Iterable, Iterator

from icstip.artefacts.base import Reference
from icstip.artefacts.maps import (
    ComponentMap,
    FixedValueMap,
    MappedValue,
    RepresentationMap,
    StructureMap,
    ValueMapping,
)
from icstip.artefacts.versions import is_semantic
from icstip.standard.model import CodeMap, ComponentLink, Crosswalk
from icstip.structures.building.maintenance import Issue, provenance, referred


def build_crosswalk(crosswalk: Crosswalk, issue: Issue) -> Iterator[RepresentationMap | StructureMap]:
    """Yield the representation maps of a crosswalk, then its structure map.

    What has a semantic version may refer only to what has one as well (SDMX 3.0 §6). A map that refers to something
    with another version, or to such a map, therefore has a version of two parts.

    Raises:
        StructureError: A structure, a code list or a code map does not exist.
    """
    maps = {
        code_map.id: build_representation_map(code_map, crosswalk, issue) for code_map in crosswalk.code_maps.values()
    }
    yield from maps.values()
    yield _structure_map(crosswalk, {code_map: built.reference for code_map, built in maps.items()}, issue)


def build_representation_map(code_map: CodeMap, crosswalk: Crosswalk, issue: Issue) -> RepresentationMap:
    """Return a code map as a representation map.

    Raises:
        StructureError: A code list does not exist.
    """
    where = f"{crosswalk.id}.{code_map.id}"
    sources = tuple(issue.codelist(name, where=where) for name in code_map.sources)
    targets = tuple(issue.codelist(name, where=where) for name in code_map.targets)
    return RepresentationMap(
        id=code_map.id,
        name=code_map.name,
        description=code_map.description,
        annotations=provenance(crosswalk.provenance),
        sources=sources,
        targets=targets,
        # A map of SDMX has no value for an attribute that is not there.
        mappings=tuple(_value_mapping(codes, others) for codes, others in code_map.mappings if all(codes)),
        agency=issue.standard.agency,
        version=_version((*sources, *targets), issue),
    )


def _structure_map(crosswalk: Crosswalk, maps: dict[str, Reference], issue: Issue) -> StructureMap:
    source = issue.structure(crosswalk.source, where=crosswalk.id)
    target = issue.structure(crosswalk.target, where=crosswalk.id)
    links = [(link, _map_of(link, maps, crosswalk)) for link in crosswalk.links]
    used = (reference for _, reference in links if reference)
    return StructureMap(
        id=crosswalk.id,
        name=crosswalk.name,
        description=crosswalk.description,
        annotations=provenance(crosswalk.provenance),
        source=source,
        target=target,
        component_maps=tuple(
            ComponentMap(sources=link.sources, targets=link.targets, representation_map=reference)
            for link, reference in links
            if link.sources
        ),
        fixed_values=tuple(_fixed_values(crosswalk.links)),
        agency=issue.standard.agency,
        version=_version((source, target, *used), issue),
    )


def _map_of(link: ComponentLink, maps: dict[str, Reference], crosswalk: Crosswalk) -> Reference | None:
    return referred(maps, "RepresentationMap", link.code_map, where=crosswalk.id) if link.code_map else None


def _fixed_values(links: Iterable[ComponentLink]) -> Iterator[FixedValueMap]:
    for link in links:
        if not link.sources:
            yield from (FixedValueMap(component=target, values=(link.fixed,)) for target in link.targets)


def _value_mapping(sources: tuple[str, ...], targets: tuple[str, ...]) -> ValueMapping:
    return ValueMapping(sources=tuple(MappedValue(value) for value in sources), targets=targets)


def _version(references: Iterable[Reference], issue: Issue) -> str:
    return issue.version if all(is_semantic(part.version) for part in references) else issue.two_part_version
