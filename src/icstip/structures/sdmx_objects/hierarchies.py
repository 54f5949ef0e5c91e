"""Hierarchies of codes, in both directions."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from sdmx.model import common, v21, v30

from icstip.artefacts.base import Maintainable, Reference
from icstip.artefacts.hierarchies import HierarchicalCode, Hierarchy, Level
from icstip.structures.sdmx_objects.parts import (
    Losses,
    MaintainableFields,
    Reading,
    identifiable,
    identified,
    maintainable,
    nameable,
    named,
    text,
    truth,
    version_of,
)
from icstip.structures.sdmx_objects.references import Targets, reference_of
from icstip.structures.sdmx_objects.representations import read_facets, to_facet


def fill_hierarchy(artefact: Hierarchy, hierarchy: v30.Hierarchy, targets: Targets, losses: Losses) -> None:
    """Add the levels and codes to the object of a hierarchy."""
    hierarchy.has_formal_levels = artefact.formal_levels
    levels: dict[str, common.Level] = {}
    above: common.Level | None = None
    for level in artefact.levels:
        built = _to_level(level, losses.at(level.id))
        built.parent = hierarchy if above is None else above
        if above is None:
            hierarchy.level = built
        else:
            above.child = built
        levels[level.id] = above = built
    for code in artefact.codes:
        built = _to_code(code, hierarchy, levels, targets, losses.at(code.id))
        hierarchy.codes[code.id if code.id not in hierarchy.codes else f"{code.id}#{len(hierarchy.codes)}"] = built


def read_hierarchy(hierarchy: v30.Hierarchy, reading: Reading) -> Iterator[Maintainable]:
    """Yield the artefact of a hierarchy of SDMX 3.0.

    Raises:
        StructureError: It, or a code list of it, has no agency.
    """
    yield _hierarchy(hierarchy, maintainable(hierarchy, reading), reading)


def read_hierarchical_codelist(hierarchies: v21.HierarchicalCodelist, reading: Reading) -> Iterator[Maintainable]:
    """Yield the hierarchies of a hierarchical code list of SDMX 2.1.

    A single one with the id of the list is the list itself; others have ids ``<list>_<hierarchy>`` and their own names,
    and what the list itself says is told.

    Raises:
        StructureError: It, or a code list of it, has no agency.
    """
    fields = maintainable(hierarchies, reading)
    inner = list(hierarchies.hierarchy)
    if not inner:
        yield Hierarchy(**fields)
    elif [str(hierarchy.id) for hierarchy in inner] == [fields["id"]]:
        yield _hierarchy(inner[0], _merged(fields, inner[0]), reading)
    else:
        listed = Reference("HierarchicalCodelist", fields["agency"], fields["id"], fields["version"])
        reading.not_read("HierarchicalCodelist", listed)
        reading.renamed[replace(listed, kind="Hierarchy", version=version_of(hierarchies))] = listed
        for hierarchy in inner:
            yield _hierarchy(hierarchy, _apart(fields, hierarchy), reading)


def _merged(fields: MaintainableFields, inner: v21.Hierarchy) -> MaintainableFields:
    own = nameable(inner)
    further = (note for note in own["annotations"] if note not in fields["annotations"])
    return {
        **fields,
        "uri": fields["uri"] or own["uri"],
        "annotations": (*fields["annotations"], *further),
        "name": fields["name"] or own["name"],
        "description": fields["description"] or own["description"],
    }


def _apart(fields: MaintainableFields, inner: v21.Hierarchy) -> MaintainableFields:
    own = nameable(inner)
    return {**fields, **own, "id": f"{fields['id']}_{own['id']}", "name": own["name"] or fields["name"]}


def _hierarchy(hierarchy: v21.Hierarchy | v30.Hierarchy, fields: MaintainableFields, reading: Reading) -> Hierarchy:
    where = Reference("Hierarchy", fields["agency"], fields["id"], fields["version"])
    return Hierarchy(
        **fields,
        codes=tuple(_codes(hierarchy.codes.values(), reading, where)),
        levels=tuple(_level(level, reading, where) for level in _downwards(hierarchy.level)),
        formal_levels=truth(hierarchy.has_formal_levels),
    )


def _to_level(level: Level, losses: Losses) -> common.Level:
    built = common.Level(**named(level, losses))
    if level.format is not None:
        built.code_format = common.CodingFormat(coding_format=to_facet(level.format, losses))
    return built


def _to_code(
    code: HierarchicalCode,
    parent: common.HierarchicalCode | v30.Hierarchy,
    levels: Mapping[str, common.Level],
    targets: Targets,
    losses: Losses,
) -> common.HierarchicalCode:
    built = common.HierarchicalCode(
        **identified(code, losses),
        valid_from=code.valid_from,
        valid_to=code.valid_to,
        code=targets.find(code.code, losses),
        level=(levels.get(code.level) or common.Level(id=code.level)) if code.level else None,
        parent=parent,
    )
    built.child = [
        _to_code(child, built, levels, targets, losses.at(f"{losses.part}.{child.id}")) for child in code.children
    ]
    return built


def _downwards(level: common.Level | None) -> Iterator[common.Level]:
    """Yield the levels from the top down, each once."""
    seen: set[int] = set()
    while level is not None and id(level) not in seen:
        seen.add(id(level))
        yield level
        level = level.child


def _level(level: common.Level, reading: Reading, where: Reference) -> Level:
    facet = level.code_format.coding_format
    # sdmx1 has a format for each level, which says nothing where there is none.
    says_something = facet != common.Facet()
    return Level(**nameable(level), format=read_facets([facet], reading, where) if says_something else None)


def _codes(codes: Iterable[common.HierarchicalCode], reading: Reading, where: Reference) -> Iterator[HierarchicalCode]:
    for code in codes:
        reference = reference_of(code.code)
        if reference is None:
            reading.not_read("HierarchicalCode", where)
            continue
        yield HierarchicalCode(
            **identifiable(code),
            code=reference,
            level="" if code.level is None else str(code.level.id),
            children=tuple(_codes(code.child, reading, where)),
            valid_from=text(code.valid_from),
            valid_to=text(code.valid_to),
        )
