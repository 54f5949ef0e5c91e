"""Structure maps and representation maps of SDMX-ML 3.x."""

from lxml import etree

from icstip.artefacts.base import Reference
from icstip.artefacts.maps import (
    ComponentMap,
    FixedValueMap,
    MappedValue,
    RepresentationMap,
    StructureMap,
    ValueMapping,
)
from icstip.messages.structure_ml.reading.artefact import annotations, maintainable
from icstip.messages.structure_ml.reading.base import Node, NotUnderstoodError, Reading
from icstip.messages.structure_ml.reading.reference import reference, reference_if_any, reference_in


def structure_map(node: Node) -> StructureMap:
    """Return a structure map.

    Raises:
        NotUnderstoodError: Its source or target is absent or not understood.
    """
    head = maintainable(node)
    return StructureMap(
        **head,
        source=reference_in(node, "DataStructure", "Source"),
        target=reference_in(node, "DataStructure", "Target"),
        component_maps=tuple(map(_component_map, node.nodes("ComponentMap"))),
        fixed_values=tuple(map(_fixed_value, node.nodes("FixedValueMap"))),
    )


def representation_map(node: Node) -> RepresentationMap:
    """Return a representation map.

    Raises:
        NotUnderstoodError: A code list is not understood.
    """
    head = maintainable(node)
    return RepresentationMap(
        **head,
        sources=_ends(node, "Source"),
        targets=_ends(node, "Target"),
        mappings=tuple(map(_mapping, node.nodes("RepresentationMapping"))),
    )


def _component_map(node: Node) -> ComponentMap:
    with node:
        return ComponentMap(
            sources=node.words("Source"),
            targets=node.words("Target"),
            representation_map=reference_if_any(node, "RepresentationMap", "RepresentationMap"),
            annotations=annotations(node),
        )


def _fixed_value(node: Node) -> FixedValueMap:
    with node:
        source, target = node.word("Source"), node.word("Target")
        return FixedValueMap(
            component=source or target or "",
            values=node.texts("Value"),
            is_source=source is not None,
            annotations=annotations(node),
        )


def _ends(node: Node, end: str) -> tuple[Reference | str, ...]:
    return tuple(_end(part, node.reading) for part in node.children(f"{end}Codelist", f"{end}DataType"))


def _end(element: etree._Element, reading: Reading) -> Reference | str:
    name = reading.name_of(element)
    if name.endswith("DataType"):
        return reading.text_of(element).strip()
    values = reference(element, "Codelist", reading)
    if values is None:
        raise NotUnderstoodError(name)
    return values


def _mapping(node: Node) -> ValueMapping:
    with node:
        return ValueMapping(
            sources=tuple(map(_mapped_value, node.nodes("SourceValue"))),
            targets=node.texts("TargetValue"),
            valid_from=node.token("validFrom"),
            valid_to=node.token("validTo"),
            annotations=annotations(node),
        )


def _mapped_value(node: Node) -> MappedValue:
    with node:
        return MappedValue(
            value=node.own_text(),
            regex=node.truth("isRegEx") or False,
            start=node.number("startIndex"),
            end=node.number("endIndex"),
        )
