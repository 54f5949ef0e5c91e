"""Code lists and the concept scheme."""

from collections.abc import Iterator

from icstip.artefacts.base import Annotation, Representation
from icstip.artefacts.items import Codelist, ConceptScheme, Item
from icstip.standard import model
from icstip.structures.building.maintenance import COUNTING, Issue, annotation, existing, provenance


def build_codelist(codelist: model.Codelist, issue: Issue) -> Codelist:
    """Return a code list with its codes in the order of the table; those of a list that it extends are among them.

    Raises:
        StructureError: A parent is not in the list.
    """
    return Codelist(
        id=codelist.id,
        name=codelist.name,
        description=codelist.description,
        annotations=provenance(codelist.source, codelist.origin),
        items=tuple(_code(code, codelist) for code in codelist.codes),
        **issue.maintained,
    )


def build_concept_scheme(issue: Issue) -> ConceptScheme:
    """Return the concept scheme; a concept that only ever has one code list has it as its core representation.

    Raises:
        StructureError: A component uses a code list that does not exist.
    """
    scheme = issue.standard.concept_scheme
    shared = dict(_shared_codelists(issue.standard))
    return ConceptScheme(
        id=scheme.id,
        name=scheme.name,
        description=scheme.description,
        items=tuple(_concept(concept, shared, issue) for concept in issue.standard.concepts.values()),
        **issue.maintained,
    )


def _code(code: model.Code, codelist: model.Codelist) -> Item:
    if code.parent:
        existing(codelist.by_id, "Code", code.parent, where=f"{codelist.id}.{code.id}")
    return Item(
        id=code.id,
        name=code.name,
        description=code.description,
        parent=code.parent,
        annotations=provenance(code.source, code.origin),
    )


def _concept(concept: model.Concept, shared: dict[str, str], issue: Issue) -> Item:
    codelist = shared.get(concept.id)
    return Item(
        id=concept.id,
        name=concept.name,
        description=concept.description,
        annotations=_notes(concept),
        representation=Representation(issue.codelist(codelist, where=concept.id)) if codelist else None,
    )


def _notes(concept: model.Concept) -> tuple[Annotation, ...]:
    notes = provenance(concept.source, concept.origin)
    if concept.counting or concept.counting_note:
        return (*notes, annotation(COUNTING, concept.counting, concept.counting_note))
    return notes


def _shared_codelists(standard: model.Standard) -> Iterator[tuple[str, str]]:
    """Yield each concept whose components all use one code list, with that list."""
    used: dict[str, set[str]] = {}
    for structure in standard.structures.values():
        for component in structure.components:
            used.setdefault(component.concept, set()).add(component.codelist)
    for concept, codelists in used.items():
        if len(codelists) == 1 and "" not in codelists:
            yield concept, next(iter(codelists))
