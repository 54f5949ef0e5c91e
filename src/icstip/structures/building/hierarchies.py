"""Hierarchies of codes."""

from icstip.artefacts.hierarchies import HierarchicalCode, Hierarchy
from icstip.standard import model
from icstip.structures.building.maintenance import Issue, existing, provenance


def build_hierarchy(hierarchy: model.Hierarchy, issue: Issue) -> Hierarchy:
    """Return a hierarchy with its codes at their places.

    Raises:
        StructureError: A place is below one that does not come before it, or has a code that does not exist.
    """
    placed: dict[str, model.HierarchyCode] = {}
    below: dict[str, list[model.HierarchyCode]] = {}
    for code in hierarchy.codes:
        if code.parent:
            existing(placed, "HierarchicalCode", code.parent, where=f"{hierarchy.id}.{code.id}")
        placed[code.id] = code
        below.setdefault(code.parent, []).append(code)
    built: dict[str, HierarchicalCode] = {}
    # From the last place up: all that is below one comes after it.
    for code in reversed(hierarchy.codes):
        built[code.id] = HierarchicalCode(
            id=code.id,
            code=issue.code(code.codelist, code.code, where=f"{hierarchy.id}.{code.id}"),
            children=tuple(built[child.id] for child in below.get(code.id, ())),
        )
    return Hierarchy(
        id=hierarchy.id,
        name=hierarchy.name,
        description=hierarchy.description,
        annotations=provenance(hierarchy.source),
        codes=tuple(built[code.id] for code in below.get("", ())),
        **issue.maintained,
    )
