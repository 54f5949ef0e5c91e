"""Representation maps and structure maps of SDMX-ML 3.x."""

from collections.abc import Sequence

from icstip.artefacts.base import Reference
from icstip.artefacts.maps import RepresentationMap, StructureMap, ValueMapping
from icstip.messages.structure_ml.writing.artefact import write_annotations, write_maintainable
from icstip.messages.structure_ml.writing.base import Writing, truth
from icstip.messages.structure_ml.writing.reference import write_reference
from icstip.messages.xml_text import Element


def write_representation_map(parent: Element, table: RepresentationMap, writing: Writing) -> None:
    """Add a representation map, unless it has no sources or no targets, which the schema does not allow."""
    if not table.sources or not table.targets:
        writing.notices.left_out(table, "incomplete")
        return
    element = write_maintainable(parent, writing)
    _write_columns(element, "Source", table.sources, writing)
    _write_columns(element, "Target", table.targets, writing)
    for mapping in table.mappings:
        _write_mapping(element, mapping, writing)


def write_structure_map(parent: Element, structure_map: StructureMap, writing: Writing) -> None:
    """Add a structure map."""
    element = write_maintainable(parent, writing)
    write_reference(element, "Source", structure_map.source, writing)
    write_reference(element, "Target", structure_map.target, writing)
    for component_map in structure_map.component_maps:
        box = writing.child(element, "ComponentMap")
        write_annotations(box, component_map.annotations, writing)
        for source in component_map.sources:
            writing.child(box, "Source", source)
        for target in component_map.targets:
            writing.child(box, "Target", target)
        if component_map.representation_map is not None:
            write_reference(box, "RepresentationMap", component_map.representation_map, writing)
    for fixed in structure_map.fixed_values:
        box = writing.child(element, "FixedValueMap")
        write_annotations(box, fixed.annotations, writing)
        writing.child(box, "Source" if fixed.is_source else "Target", fixed.component)
        for value in fixed.values:
            writing.child(box, "Value", value)


def _write_columns(parent: Element, side: str, columns: Sequence[Reference | str], writing: Writing) -> None:
    for column in columns:
        if isinstance(column, Reference):
            write_reference(parent, f"{side}Codelist", column, writing)
        else:
            writing.child(parent, f"{side}DataType", column)


def _write_mapping(parent: Element, mapping: ValueMapping, writing: Writing) -> None:
    element = writing.child(parent, "RepresentationMapping", validFrom=mapping.valid_from, validTo=mapping.valid_to)
    write_annotations(element, mapping.annotations, writing)
    for source in mapping.sources:
        writing.child(
            element,
            "SourceValue",
            source.value,
            isRegEx=truth(value=True) if source.regex else None,
            startIndex=None if source.start is None else str(source.start),
            endIndex=None if source.end is None else str(source.end),
        )
    for target in mapping.targets:
        writing.child(element, "TargetValue", target)
