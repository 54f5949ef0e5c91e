"""Hierarchies, which in SDMX-JSON 1.0 stand in hierarchical code lists."""

from collections.abc import Iterable

from icstip.artefacts.hierarchies import HierarchicalCode, Hierarchy, Level
from icstip.errors import StructureError
from icstip.messages.structure_json.layout import DEEPEST, Json, JsonObject
from icstip.messages.structure_json.writing.artefact import identifiable, maintainable, nameable, put_names
from icstip.messages.structure_json.writing.base import Writing
from icstip.messages.structure_json.writing.representation import text_format

_DEEPEST_CODE = DEEPEST // 2 - 4


def hierarchy(writing: Writing, tree: Hierarchy) -> JsonObject:
    """Return a hierarchy as an object; in SDMX-JSON 1.0 a hierarchical code list with one hierarchy.

    Raises:
        StructureError: An id has not the form that SDMX requires, a name is missing, or it is too deep.
    """
    written = maintainable(writing, tree)
    codes = _codes(writing, tree.codes, "", 1)
    level = _levels(writing, tree.levels)
    if not writing.dialect.hierarchy_in_list:
        written["hasFormalLevels"] = tree.formal_levels
        if level:
            written["level"] = level
        if codes:
            written["hierarchicalCodes"] = codes
        return written
    writing.translated("hierarchy-as-hierarchical-codelist")
    if codes:
        inner: JsonObject = {"id": tree.id}
        put_names(writing, inner, tree)
        inner["leveled"] = tree.formal_levels
        if level:
            inner["level"] = level
        inner["hierarchicalCodes"] = codes
        written["hierarchies"] = [inner]
    elif level or tree.formal_levels:
        writing.lost("levels")
    return written


def _codes(writing: Writing, codes: Iterable[HierarchicalCode], above: str, depth: int) -> list[Json]:
    if depth > _DEEPEST_CODE:
        raise StructureError("json-nesting", where=writing.where, most=DEEPEST)
    return [_code(writing, code, f"{above}{code.id}", depth) for code in codes]


def _code(writing: Writing, code: HierarchicalCode, path: str, depth: int) -> JsonObject:
    tree = writing.artefact
    written = identifiable(writing, code, writing.any_urn(tree.item_reference("HierarchicalCode", path)))
    written["code"] = writing.urn(code.code)
    if code.level:
        level = writing.urn(tree.item_reference("Level", code.level))
        written["level"] = level if writing.dialect.hierarchy_in_list else writing.checked_id(code.level)
    if code.valid_from is not None:
        written["validFrom"] = code.valid_from
    if code.valid_to is not None:
        written["validTo"] = code.valid_to
    below = _codes(writing, code.children, f"{path}.", depth + 1) if code.children else []
    if below:
        written["hierarchicalCodes"] = below
    return written


def _levels(writing: Writing, levels: Iterable[Level]) -> JsonObject:
    """Return the first level, with the others in each other."""
    nested: JsonObject = {}
    for level in reversed(tuple(levels)):
        reference = writing.artefact.item_reference("Level", level.id)
        one = nameable(writing, level, writing.any_urn(reference))
        if level.format is not None:
            one["codingFormat"] = text_format(writing, level.format, writing.dialect.forms.level, level.id)
        if nested:
            one["level"] = nested
        nested = one
    return nested
