"""Hierarchies, which in SDMX-JSON 1.0 stand in hierarchical code lists."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from icstip.artefacts.base import Reference
from icstip.artefacts.fields import MaintainableFields
from icstip.artefacts.hierarchies import HierarchicalCode, Hierarchy, Level
from icstip.messages.structure_json.reading.artefact import identifiable, maintainable, nameable
from icstip.messages.structure_json.reading.base import Node, NotUnderstoodError, hierarchy_id
from icstip.messages.structure_json.reading.representation import text_format


def hierarchy(node: Node, kind: str) -> Hierarchy:
    """Return a hierarchy of SDMX-JSON 2.x.

    Raises:
        FormatError: An id is missing.
        NotUnderstoodError: A code is missing or not understood.
    """
    return _hierarchy(node, maintainable(node, kind), {})


def hierarchical_codelist(node: Node, kind: str) -> tuple[Hierarchy, ...]:
    """Return the hierarchies of a hierarchical code list of SDMX-JSON 1.0.

    A single one with the id of the list is the list itself; others have ids ``<list>_<hierarchy>`` and their own names.

    Raises:
        FormatError: An id is missing.
        NotUnderstoodError: A code is missing or not understood.
    """
    fields = maintainable(node, kind)
    lists = dict(_included(node))
    inner = [_inner(part, fields, lists) for part in node.nodes("hierarchies")]
    whole = Hierarchy(**fields)
    if not inner:
        return (whole,)
    if [part.id for part in inner] == [whole.id]:
        return (_merged(whole, inner[0], node),)
    node.reading.notices.not_read("hierarchicalCodelists", whole)
    return tuple(replace(part, id=hierarchy_id(whole.id, part.id), name=part.name or whole.name) for part in inner)


def _hierarchy(node: Node, fields: MaintainableFields, lists: Mapping[str, Reference]) -> Hierarchy:
    formal = node.truth("leveled" if node.reading.dialect.hierarchy_in_list else "hasFormalLevels") or False
    return Hierarchy(**fields, levels=tuple(_levels(node)), codes=_codes(node, lists), formal_levels=formal)


def _inner(node: Node, head: MaintainableFields, lists: Mapping[str, Reference]) -> Hierarchy:
    with node:
        return _hierarchy(node, {**head, **nameable(node)}, lists)


def _merged(whole: Hierarchy, inner: Hierarchy, node: Node) -> Hierarchy:
    """Return a hierarchical code list with its one hierarchy as one artefact."""
    for name, outer_text, inner_text in (
        ("names", whole.name, inner.name),
        ("descriptions", whole.description, inner.description),
    ):
        if outer_text and inner_text and outer_text != inner_text:
            node.not_read(f"hierarchies.{name}")
    return replace(
        inner,
        uri=whole.uri or inner.uri,
        annotations=(*whole.annotations, *(note for note in inner.annotations if note not in whole.annotations)),
        links=(*whole.links, *(link for link in inner.links if link not in whole.links)),
        name=whole.name or inner.name,
        description=whole.description or inner.description,
    )


def _included(node: Node) -> Iterator[tuple[str, Reference]]:
    """Yield the aliases of code lists with what they stand for."""
    box = node.node("includedCodelists")
    if box is not None:
        with box:
            for alias in box.names():
                codelist = box.reference_if_any(alias)
                if codelist is not None:
                    yield alias, codelist


def _levels(node: Node) -> Iterator[Level]:
    """Yield the levels, each of which stands in the one above it."""
    level = node.node("level")
    if level is not None:
        with level:
            form = level.node("codingFormat")
            yield Level(**nameable(level), format=None if form is None else text_format(form))
            yield from _levels(level)


def _codes(node: Node, lists: Mapping[str, Reference]) -> tuple[HierarchicalCode, ...]:
    return tuple(_code(code, lists) for code in node.nodes("hierarchicalCodes"))


def _code(node: Node, lists: Mapping[str, Reference]) -> HierarchicalCode:
    with node:
        return HierarchicalCode(
            **identifiable(node),
            code=_coded(node, lists),
            level=_level(node),
            children=_codes(node, lists),
            valid_from=node.text("validFrom"),
            valid_to=node.text("validTo"),
        )


def _level(node: Node) -> str:
    """Return the id of the level of a code, which can be told by its URN or path."""
    told = node.text("level") or ""
    found = node.reading.reference(told) if told.startswith("urn:") else None
    if told.startswith("urn:") and found is None:
        node.not_read("level")
        return ""
    return (told if found is None else found.item).rpartition(".")[2]


def _coded(node: Node, lists: Mapping[str, Reference]) -> Reference:
    alias, code = node.text("codelistAliasRef"), node.text("codeID")
    if alias is None or code is None:
        return node.reference("code")
    if alias not in lists:
        raise NotUnderstoodError("codelistAliasRef")
    return replace(lists[alias], kind="Code", item=code)
