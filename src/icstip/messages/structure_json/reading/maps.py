"""Structure maps and representation maps, which SDMX-JSON has since 2.0."""

from collections.abc import Iterator

from icstip.artefacts.base import Reference
from icstip.artefacts.maps import (
    ComponentMap,
    FixedValueMap,
    MappedValue,
    RepresentationMap,
    StructureMap,
    ValueMapping,
)
from icstip.messages.structure_json.dialect import MIDNIGHT
from icstip.messages.structure_json.reading.artefact import annotations, maintainable
from icstip.messages.structure_json.reading.base import Node, NotUnderstoodError


def structure_map(node: Node, kind: str) -> StructureMap:
    """Return a structure map.

    Raises:
        FormatError: An id is missing.
        NotUnderstoodError: Its source or target, or a representation map, is missing or not understood.
    """
    head = maintainable(node, kind)
    return StructureMap(
        **head,
        source=node.reference("source"),
        target=node.reference("target"),
        component_maps=tuple(map(_component_map, node.nodes("componentMaps"))),
        fixed_values=tuple(map(_fixed_value, node.nodes("fixedValueMaps"))),
    )


def representation_map(node: Node, kind: str) -> RepresentationMap:
    """Return a representation map.

    Raises:
        FormatError: An id is missing.
        NotUnderstoodError: A code list is not understood.
    """
    head = maintainable(node, kind)
    return RepresentationMap(
        **head,
        sources=tuple(_ends(node, "source")),
        targets=tuple(_ends(node, "target")),
        mappings=tuple(map(_mapping, node.nodes("representationMappings"))),
    )


def _component_map(node: Node) -> ComponentMap:
    with node:
        return ComponentMap(
            sources=node.strings("source"),
            targets=node.strings("target"),
            representation_map=node.reference_if_any("representationMap"),
            annotations=annotations(node),
        )


def _fixed_value(node: Node) -> FixedValueMap:
    with node:
        is_source = "source" in node
        return FixedValueMap(
            component=node.required("source" if is_source else "target"),
            values=node.strings("values"),
            is_source=is_source,
            annotations=annotations(node),
        )


def _ends(node: Node, name: str) -> Iterator[Reference | str]:
    for end in node.nodes(name):
        with end:
            codelist = end.reference_if_any("codelist")
            found = end.text("dataType") if codelist is None else codelist
            if found is None:
                raise NotUnderstoodError(name)
            yield found


def _mapping(node: Node) -> ValueMapping:
    with node:
        return ValueMapping(
            sources=tuple(map(_mapped_value, node.nodes("sourceValues"))),
            targets=node.strings("targetValues"),
            valid_from=_date(node, "validFrom"),
            valid_to=_date(node, "validTo"),
            annotations=annotations(node),
        )


def _date(node: Node, name: str) -> str | None:
    time = node.text(name)
    return None if time is None else time.removesuffix(MIDNIGHT)


def _mapped_value(node: Node) -> MappedValue:
    with node:
        return MappedValue(
            value=node.text("value") or "",
            regex=node.truth("isRegEx") or False,
            start=node.whole("startIndex"),
            end=node.whole("endIndex"),
        )
