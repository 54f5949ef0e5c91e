"""The standard as plain text for people, aligned by the width that the characters of its languages take on a screen."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from rapidfuzz import fuzz, process
from wcwidth import wcswidth

from icstip.errors import StandardError
from icstip.standard.model import (
    TOTAL,
    Code,
    Codelist,
    Component,
    Constraint,
    Dataflow,
    Hierarchy,
    HierarchyCode,
    Role,
    Standard,
    Structure,
    Texts,
)
from icstip.texts import text

_INDENT = "  "
_GAP = "  "


def show_standard(standard: Standard, item: str | None, language: str) -> str:
    """Return what has an id as text, or the overview when no id is given.

    Args:
        standard: The standard.
        item: Id of a data structure, dataflow, code list or hierarchy, or None.
        language: Language of names and headings.

    Raises:
        StandardError: There is nothing of this id; the error names the ids that are near to it.
    """
    if item is None:
        return show_overview(standard, language)
    if item in standard.structures:
        return show_structure(standard, item, language)
    if item in standard.dataflows:
        return show_dataflow(standard, item, language)
    if item in standard.hierarchies:
        return show_hierarchy(standard, item, language)
    return show_codelist(standard, item, language)


def show_overview(standard: Standard, language: str) -> str:
    """Return the data structures, code lists and hierarchies of the standard with their sizes.

    Args:
        standard: The standard.
        language: Language of names and headings.
    """
    state = _word("final" if standard.final else "draft", language)
    head = [
        _in(standard.name, language),
        *_paragraph(standard.description, language),
        f"{_word('agency', language)}: {standard.agency}, {_in(standard.agency_name, language)}",
        f"{_word('version', language)}: {standard.version} ({state})",
        f"{_word('languages', language)}: {', '.join(standard.languages)}",
    ]
    structures = [_words(("id", "name", "dimensions", "attributes", "dataflows"), language)]
    for structure in standard.structures.values():
        sizes = (str(len(structure.dimensions)), str(len(structure.attributes)))
        flows = _flows(standard.dataflows, structure)
        structures.append((structure.id, _in(structure.name, language), *sizes, flows))
    codelists = [_words(("id", "name", "codes", "extends"), language)]
    for codelist in standard.codelists.values():
        size = str(len(codelist.codes))
        codelists.append((codelist.id, _in(codelist.name, language), size, codelist.extends))
    parts = [
        head,
        [f"{_word('structures', language)} ({len(standard.structures)})"],
        aligned(structures, right={2, 3}),
        [f"{_word('code-lists', language)} ({len(standard.codelists)})"],
        aligned(codelists, right={2}),
    ]
    if standard.hierarchies:
        rows = [
            (hierarchy.id, _in(hierarchy.name, language), str(len(hierarchy.codes)))
            for hierarchy in standard.hierarchies.values()
        ]
        heading = _words(("id", "name", "codes"), language)
        head = [f"{_word('hierarchies', language)} ({len(rows)})"]
        parts += [head, aligned([heading, *rows], right={2})]
    return "\n\n".join("\n".join(part) for part in parts)


def show_codelist(standard: Standard, codelist_id: str, language: str) -> str:
    """Return a code list as text: what is said of it as a whole, then its codes as an indented tree.

    Args:
        standard: The standard.
        codelist_id: Id of the list.
        language: Language of names and headings.

    Raises:
        StandardError: There is no such list; the error names the ids that are near to it.
    """
    codelist = standard.codelists.get(codelist_id)
    if codelist is None:
        raise _unknown(standard, codelist_id)
    facts = (("origin", codelist.origin), ("source", codelist.source), ("extends", codelist.extends))
    head = [
        f"{_word('code-list', language)} {codelist.id}: {_in(codelist.name, language)}",
        *_paragraph(codelist.description, language),
        *(f"{_word(key, language)}: {value}" for key, value in facts if value),
        f"{_word('codes', language)}: {len(codelist.codes)}",
    ]
    tree = [(_INDENT * depth + code.id, _in(code.name, language)) for code, depth in _tree(codelist)]
    return "\n".join([*head, "", *aligned(tree)])


def show_structure(standard: Standard, structure_id: str, language: str) -> str:
    """Return a data structure as text: what is said of it as a whole, then its components as a table.

    Args:
        standard: The standard.
        structure_id: Id of the structure.
        language: Language of names and headings.

    Raises:
        StandardError: There is no such structure; the error names the ids that are near to it.
    """
    structure = standard.structures.get(structure_id)
    if structure is None:
        raise _unknown(standard, structure_id)
    head = [
        f"{_word('structure', language)} {structure.id}: {_in(structure.name, language)}",
        *_paragraph(structure.description, language),
        f"{_word('unit', language)}: {structure.unit}",
        f"{_word('dataflows', language)}: {_flows(standard.dataflows, structure)}",
    ]
    headings = _words(("position", "id", "role", "name", "representation", "attachment"), language)
    components = (*structure.dimensions, *structure.measures, *structure.attributes)
    rows = [_component_cells(component, standard, language) for component in components]
    return "\n".join([*head, "", *aligned([headings, *rows], right={0})])


def show_dataflow(standard: Standard, dataflow_id: str, language: str) -> str:
    """Return a dataflow as text: what is said of it as a whole, then the codes that its data may have.

    Args:
        standard: The standard.
        dataflow_id: Id of the dataflow.
        language: Language of names and headings.

    Raises:
        StandardError: There is no such dataflow; the error names the ids that are near to it.
    """
    dataflow = standard.dataflows.get(dataflow_id)
    if dataflow is None:
        raise _unknown(standard, dataflow_id)
    structure = standard.structures[dataflow.structure]
    constraints = [item for item in standard.constraints.values() if item.dataflow == dataflow_id]
    facts = (
        ("structure", f"{structure.id}, {_in(structure.name, language)}"),
        ("source", dataflow.source),
        ("constraint", ", ".join(constraint.id for constraint in constraints)),
    )
    head = [
        f"{_word('dataflow', language)} {dataflow.id}: {_in(dataflow.name, language)}",
        *_paragraph(dataflow.description, language),
        *(f"{_word(key, language)}: {value}" for key, value in facts if value),
    ]
    rows = [_words(("position", "id", "name", "allowed"), language)]
    for dimension in structure.dimensions:
        concept = standard.concepts.get(dimension.concept)
        codes = _allowed_codes(dimension, structure, constraints, standard) or _word("all", language)
        rows.append((str(dimension.position), dimension.id, _in(concept.name, language) if concept else "", codes))
    return "\n".join([*head, "", *aligned(rows, right={0})])


def show_hierarchy(standard: Standard, hierarchy_id: str, language: str) -> str:
    """Return a hierarchy as text: what is said of it as a whole, then its codes as an indented tree.

    Args:
        standard: The standard.
        hierarchy_id: Id of the hierarchy.
        language: Language of names and headings.

    Raises:
        StandardError: There is no such hierarchy; the error names the ids that are near to it.
    """
    hierarchy = standard.hierarchies.get(hierarchy_id)
    if hierarchy is None:
        raise _unknown(standard, hierarchy_id)
    head = [
        f"{_word('hierarchy', language)} {hierarchy.id}: {_in(hierarchy.name, language)}",
        *_paragraph(hierarchy.description, language),
        *([f"{_word('source', language)}: {hierarchy.source}"] if hierarchy.source else ()),
        f"{_word('codes', language)}: {len(hierarchy.codes)}",
    ]
    tree = [
        (
            _INDENT * depth + place.code,
            place.codelist,
            _in(standard.codelists[place.codelist].by_id[place.code].name, language),
        )
        for place, depth in _places(hierarchy)
    ]
    return "\n".join([*head, "", *aligned(tree)])


def _allowed_codes(
    dimension: Component, structure: Structure, constraints: Sequence[Constraint], standard: Standard
) -> str:
    """Return the codes of a dimension that data may have, or an empty text where they may have all."""
    allowed: Collection[str] = structure.allowed.get(dimension.id, ())
    for constraint in constraints:
        allowed = constraint.allowed.get(dimension.id, allowed)
        if dimension.role is Role.DIMENSION and dimension.total and dimension.id not in constraint.free:
            allowed = (TOTAL,)
    return (
        ", ".join(code for code in standard.codelists[dimension.codelist].by_id if code in allowed) if allowed else ""
    )


def _places(hierarchy: Hierarchy) -> Iterator[tuple[HierarchyCode, int]]:
    """Yield each place with its depth, those below it after it."""
    below: dict[str, list[HierarchyCode]] = {}
    for place in hierarchy.codes:
        below.setdefault(place.parent, []).append(place)
    waiting = [(place, 0) for place in reversed(below.get("", ()))]
    while waiting:
        place, depth = waiting.pop()
        yield place, depth
        waiting.extend((child, depth + 1) for child in reversed(below.get(place.id, ())))


def _component_cells(component: Component, standard: Standard, language: str) -> Sequence[str]:
    concept = standard.concepts.get(component.concept)
    usage = _word(f"usages.{'mandatory' if component.mandatory else 'optional'}", language)
    # A dimension is always there, and always at the observation.
    attachment = _word(f"attachments.{component.attachment}", language) if component.attachment else ""
    return (
        str(component.position or ""),
        component.id,
        _word(f"roles.{component.role}", language),
        _in(concept.name, language) if concept else "",
        component.codelist or component.data_type,
        ", ".join(part for part in (attachment, "" if component.position else usage) if part),
    )


def _tree(codelist: Codelist) -> Iterator[tuple[Code, int]]:
    """Yield each code once with its depth; one whose parent is not there, or in a circle, comes at the top level."""
    below: dict[str, list[Code]] = {}
    for code in codelist.codes:
        below.setdefault(code.parent if code.parent in codelist.by_id else "", []).append(code)
    seen: set[str] = set()
    # The circles last: nothing at the top level leads to them.
    for start in (*below.get("", ()), *codelist.codes):
        waiting = [(start, 0)]
        while waiting:
            code, depth = waiting.pop()
            if code.id not in seen:
                seen.add(code.id)
                yield code, depth
                waiting.extend((child, depth + 1) for child in reversed(below.get(code.id, ())))


def _flows(dataflows: Mapping[str, Dataflow], structure: Structure) -> str:
    return ", ".join(flow.id for flow in dataflows.values() if flow.structure == structure.id)


def aligned(rows: Sequence[Sequence[str]], *, right: Collection[int] = ()) -> list[str]:
    """Return rows as lines with columns that start below each other, or end so: numbers, in the columns `right`."""
    widths = [max(_width(cell) for cell in column) for column in zip(*rows, strict=True)]
    lines = []
    for row in rows:
        cells = []
        for n, (cell, width) in enumerate(zip(row, widths, strict=True)):
            blank = " " * (width - _width(cell))
            cells.append(blank + cell if n in right else cell + blank)
        lines.append(_GAP.join(cells).rstrip())
    return lines


def _width(cell: str) -> int:
    # Control characters have no width of their own: wcswidth says -1.
    return max(0, wcswidth(cell))


def _in(texts: Texts, language: str) -> str:
    """Return the text in a language, or in the first one that there is."""
    return texts.get(language) or next(iter(texts.values()), "")


def _paragraph(texts: Texts, language: str) -> list[str]:
    found = _in(texts, language)
    return [found] if found else []


def _word(key: str, language: str) -> str:
    return text(f"show.{key}", language)


def _words(keys: Sequence[str], language: str) -> Sequence[str]:
    return [_word(key, language) for key in keys]


def _unknown(standard: Standard, item: str) -> StandardError:
    ids = (*standard.structures, *standard.dataflows, *standard.codelists, *standard.hierarchies)
    near = process.extract(item, ids, scorer=fuzz.WRatio, processor=str.upper, limit=3, score_cutoff=70)
    if near:
        return StandardError("standard-unknown-id", where=item, near=", ".join(str(id_) for id_, _, _ in near))
    return StandardError("standard-unknown-id-alone", where=item)
