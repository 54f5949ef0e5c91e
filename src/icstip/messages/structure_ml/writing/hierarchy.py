"""Hierarchies, which in SDMX-ML 2.1 stand in hierarchical code lists."""

from collections.abc import Sequence
from dataclasses import replace

from icstip.artefacts.hierarchies import HierarchicalCode, Hierarchy, Level
from icstip.messages.structure_ml.representation_rules import rule_of
from icstip.messages.structure_ml.writing.artefact import (
    write_identifiable,
    write_maintainable,
    write_nameable,
    write_texts,
)
from icstip.messages.structure_ml.writing.base import ID, Writing, truth
from icstip.messages.structure_ml.writing.reference import own_urn, write_local_reference, write_reference
from icstip.messages.structure_ml.writing.representation import write_format
from icstip.messages.xml_text import Element


def write_hierarchy(parent: Element, hierarchy: Hierarchy, writing: Writing) -> None:
    """Add a hierarchy, unless it has no codes, which the schema of SDMX-ML 3.x does not allow."""
    formal = {writing.dialect.formal_levels: truth(value=hierarchy.formal_levels)}
    if writing.dialect.hierarchy_in_list:
        writing.translated("hierarchy-as-hierarchical-codelist")
        element = write_maintainable(parent, writing)
        if hierarchy.codes:
            urn = own_urn(writing, "Hierarchy", hierarchy.id)
            box = writing.child(element, "Hierarchy", id=hierarchy.id, urn=urn, **formal)
            write_texts(box, "Name", hierarchy.name, writing)
            write_texts(box, "Description", hierarchy.description, writing)
            _write_codes(box, hierarchy.codes, "", writing)
            _write_levels(box, hierarchy.levels, writing)
    elif hierarchy.codes:
        element = write_maintainable(parent, writing, **formal)
        _write_levels(element, hierarchy.levels, writing)
        _write_codes(element, _distinct(hierarchy.codes, "", set(), writing), "", writing)
    else:
        writing.notices.left_out(hierarchy, "incomplete")


def _write_codes(parent: Element, codes: Sequence[HierarchicalCode], above: str, writing: Writing) -> None:
    for code in codes:
        path = f"{above}{writing.checked(code.id, ID, f'{above}{code.id}')}"
        element = writing.child(
            parent,
            "HierarchicalCode",
            id=code.id,
            urn=own_urn(writing, "HierarchicalCode", _path(path, writing)),
            uri=code.uri,
            validFrom=code.valid_from,
            validTo=code.valid_to,
        )
        write_identifiable(element, code, writing, path)
        write_reference(element, "Code", code.code, writing)
        _write_codes(element, code.children, f"{path}.", writing)
        if code.level:
            write_local_reference(element, "Level", code.level, writing)


def _distinct(
    codes: Sequence[HierarchicalCode], above: str, known: set[str], writing: Writing
) -> tuple[HierarchicalCode, ...]:
    """Return codes whose ids are unique in the whole hierarchy, as SDMX-ML 3.x asks for and SDMX-ML 2.1 does not."""
    said = []
    for code in codes:
        identifier = code.id
        if identifier in known:
            writing.translated("hierarchical-code-ids", f"{above}{code.id}")
            identifier = f"{above}{code.id}"
        while identifier in known:
            identifier += "_"
        known.add(identifier)
        children = _distinct(code.children, f"{above}{code.id}_", known, writing)
        said.append(replace(code, id=identifier, children=children))
    return tuple(said)


def _write_levels(parent: Element, levels: Sequence[Level], writing: Writing) -> None:
    """Add the levels, each in the one above it."""
    for level in levels:
        urn = own_urn(writing, "Level", _path(writing.checked(level.id, ID, level.id), writing))
        parent = writing.child(parent, "Level", id=level.id, urn=urn, uri=level.uri)
        write_nameable(parent, level, writing, level.id)
        rule = rule_of(writing.dialect, "Level").text
        if level.format is not None and rule is not None:
            write_format(parent, "CodingFormat", level.format, rule, writing, level.id)


def _path(path: str, writing: Writing) -> str:
    """Return the path to a code or level in the artefact, which in SDMX-ML 2.1 begins with the hierarchy."""
    return f"{writing.artefact.id}.{path}" if writing.dialect.hierarchy_in_list else path
