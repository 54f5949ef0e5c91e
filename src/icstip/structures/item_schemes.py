"""Code lists and the concept scheme as sdmx1 objects."""

from collections.abc import Iterable, Mapping

from sdmx.model.common import Code, Codelist, Concept, ConceptScheme, Representation
from sdmx.model.v30 import Annotation

from icstip.standard import model
from icstip.structures.maintenance import COUNTING, annotation, maintained, nameable, provenance, referred


def build_codelist(codelist: model.Codelist, standard: model.Standard) -> Codelist:
    """Return a code list with its codes in the order of the table, their parents and annotations.

    Args:
        codelist: The code list of the standard; the codes of a list that it extends are already in it.
        standard: The standard, for agency and version.

    Raises:
        StructureError: A parent is not in the list.
    """
    built = Codelist(
        id=codelist.id,
        annotations=provenance(codelist.source, codelist.origin),
        **nameable(codelist.name, codelist.description),
        **maintained(standard),
    )
    built.extend(_code(code) for code in codelist.codes)
    for code in codelist.codes:
        if code.parent:
            where = f"{codelist.id}.{code.id}"
            referred(built.items, "Code", code.parent, where=where).append_child(built[code.id])
    return built


def build_concept_scheme(standard: model.Standard, codelists: Mapping[str, Codelist]) -> ConceptScheme:
    """Return the concept scheme; a concept that only ever has one code list has it as its core representation.

    Args:
        standard: The standard.
        codelists: The code lists as sdmx1 objects by their id.

    Raises:
        StructureError: A component uses a code list that does not exist.
    """
    scheme = standard.concept_scheme
    built = ConceptScheme(id=scheme.id, **nameable(scheme.name, scheme.description), **maintained(standard))
    shared = _shared_codelists(standard)
    for concept in standard.concepts.values():
        item = Concept(
            id=concept.id, annotations=_concept_annotations(concept), **nameable(concept.name, concept.description)
        )
        if concept.id in shared:
            codelist = referred(codelists, "Codelist", shared[concept.id], where=concept.id)
            item.core_representation = Representation(enumerated=codelist)
        built.append(item)
    return built


def _code(code: model.Code) -> Code:
    return Code(id=code.id, annotations=provenance(code.source, code.origin), **nameable(code.name, code.description))


def _concept_annotations(concept: model.Concept) -> list[Annotation]:
    notes = provenance(concept.source, concept.origin)
    if concept.counting or concept.counting_note:
        notes.append(annotation(COUNTING, concept.counting, concept.counting_note))
    return notes


def _shared_codelists(standard: model.Standard) -> dict[str, str]:
    """Return the code list of each concept whose components all use that one."""
    used: dict[str, set[str]] = {}
    for component in _components(standard):
        used.setdefault(component.concept, set()).add(component.codelist)
    return {concept: next(iter(lists)) for concept, lists in used.items() if len(lists) == 1 and lists != {""}}


def _components(standard: model.Standard) -> Iterable[model.Component]:
    return (component for structure in standard.structures.values() for component in structure.components)
