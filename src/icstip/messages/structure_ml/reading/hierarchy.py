"""Hierarchies, which in SDMX-ML 2.1 stand in hierarchical code lists."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from icstip.artefacts.base import Reference
from icstip.artefacts.fields import MaintainableFields
from icstip.artefacts.hierarchies import HierarchicalCode, Hierarchy, Level
from icstip.messages.structure_ml.reading.artefact import head_of, identifiable, maintainable, nameable
from icstip.messages.structure_ml.reading.base import Node, NotUnderstoodError
from icstip.messages.structure_ml.reading.reference import local_id, reference, reference_in
from icstip.messages.structure_ml.reading.representation import text_format


def hierarchy(node: Node) -> Hierarchy:
    """Return a hierarchy of SDMX-ML 3.x."""
    return _hierarchy(node, maintainable(node), {})


def hierarchical_codelist(node: Node) -> tuple[Hierarchy, ...]:
    """Return the hierarchies of a hierarchical code list of SDMX-ML 2.1.

    A single one with the id of the list is the list itself; others have ids ``<list>_<hierarchy>`` and their own names.
    """
    head = head_of(node)
    fields = maintainable(node, head)
    lists = dict(_included(node))
    inner = [_inner(hierarchy_node, fields, lists) for hierarchy_node in node.nodes("Hierarchy")]
    whole = Hierarchy(**fields)
    if not inner:
        return (whole,)
    if [part.id for part in inner] == [whole.id]:
        node.reading.renamed[replace(head, item=whole.id)] = whole.reference
        return (_merged(whole, inner[0], node),)
    return tuple(_apart(whole, inner, head, node))


def _hierarchy(node: Node, fields: MaintainableFields, lists: Mapping[str, Reference]) -> Hierarchy:
    formal = node.truth(node.reading.dialect.formal_levels) or False
    return Hierarchy(**fields, levels=tuple(_levels(node)), codes=_codes(node, lists), formal_levels=formal)


def _inner(node: Node, head: MaintainableFields, lists: Mapping[str, Reference]) -> Hierarchy:
    with node:
        own = nameable(node)
        return _hierarchy(node, {**head, **own}, lists)


def _merged(whole: Hierarchy, inner: Hierarchy, node: Node) -> Hierarchy:
    """Return a hierarchical code list with its one hierarchy as one artefact."""
    for name, outer_text, inner_text in (
        ("Name", whole.name, inner.name),
        ("Description", whole.description, inner.description),
    ):
        if outer_text and inner_text and outer_text != inner_text:
            node.reading.not_read(name)
    return replace(
        inner,
        uri=whole.uri or inner.uri,
        annotations=(*whole.annotations, *(note for note in inner.annotations if note not in whole.annotations)),
        name=whole.name or inner.name,
        description=whole.description or inner.description,
    )


def _apart(whole: Hierarchy, hierarchies: list[Hierarchy], head: Reference, node: Node) -> Iterator[Hierarchy]:
    """Yield the hierarchies of a hierarchical code list as artefacts of their own. What it says itself is told."""
    listed = Reference(node.name, whole.agency, whole.id, whole.version)
    node.reading.notices.not_read(node.name, listed)
    node.reading.renamed[head] = listed
    for inner in hierarchies:
        apart = replace(inner, id=f"{whole.id}_{inner.id}", name=inner.name or whole.name)
        node.reading.renamed[replace(head, item=inner.id)] = apart.reference
        yield apart


def _included(node: Node) -> Iterator[tuple[str, Reference]]:
    """Yield the aliases of code lists with what they stand for."""
    for element in node.children("IncludedCodelist"):
        codelist = reference(element, "Codelist", node.reading)
        if codelist is None:
            node.reading.not_read("IncludedCodelist")
        else:
            yield element.get("alias", codelist.id).strip(), codelist


def _levels(node: Node) -> Iterator[Level]:
    """Yield the levels, each of which stands in the one above it."""
    level = node.node("Level")
    if level is not None:
        with level:
            level.check_depth()
            form = level.node("CodingFormat")
            yield Level(**nameable(level), format=None if form is None else text_format(form))
            yield from _levels(level)


def _codes(node: Node, lists: Mapping[str, Reference]) -> tuple[HierarchicalCode, ...]:
    return tuple(_code(code, lists) for code in node.nodes("HierarchicalCode"))


def _code(node: Node, lists: Mapping[str, Reference]) -> HierarchicalCode:
    with node:
        node.check_depth()
        level = node.child("Level")
        return HierarchicalCode(
            **identifiable(node),
            code=_coded(node, lists),
            # A level of SDMX-ML 2.1 may be told by its path.
            level="" if level is None else local_id(level, node.reading).rpartition(".")[2],
            children=_codes(node, lists),
            valid_from=node.token("validFrom"),
            valid_to=node.token("validTo"),
        )


def _coded(node: Node, lists: Mapping[str, Reference]) -> Reference:
    alias, code = node.word("CodelistAliasRef"), node.child("CodeID")
    if alias is None or code is None:
        return reference_in(node, "Code", "Code")
    if alias not in lists:
        raise NotUnderstoodError("CodelistAliasRef")
    return replace(lists[alias], kind="Code", item=local_id(code, node.reading))
