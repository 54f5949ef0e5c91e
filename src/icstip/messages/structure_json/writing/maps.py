"""Structure maps and representation maps, which SDMX-JSON has since 2.0."""

import re
from collections.abc import Iterable
from typing import Final

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
from icstip.messages.structure_json.layout import Json, JsonObject
from icstip.messages.structure_json.writing.artefact import maintainable, put_annotations
from icstip.messages.structure_json.writing.base import NESTED_ID, UnsayableError, Writing

_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def structure_map(writing: Writing, mapping: StructureMap) -> JsonObject:
    """Return a structure map as an object.

    Raises:
        StructureError: An id has not the form that SDMX requires, or it has no name.
    """
    written = maintainable(writing, mapping)
    written["source"] = writing.urn(mapping.source)
    written["target"] = writing.urn(mapping.target)
    if mapping.component_maps:
        written["componentMaps"] = [_component_map(writing, one) for one in mapping.component_maps]
    if mapping.fixed_values:
        written["fixedValueMaps"] = [_fixed_value(writing, one) for one in mapping.fixed_values]
    return written


def representation_map(writing: Writing, mapping: RepresentationMap) -> JsonObject:
    """Return a representation map as an object.

    Raises:
        UnsayableError: It has no source or no target.
        StructureError: An id has not the form that SDMX requires, or it has no name.
    """
    written = maintainable(writing, mapping)
    if mapping.sources:
        written["source"] = _ends(writing, mapping.sources)
    if mapping.targets:
        written["target"] = _ends(writing, mapping.targets)
    if mapping.mappings:
        written["representationMappings"] = [_mapping(writing, one) for one in mapping.mappings]
    return written


def _ends(writing: Writing, ends: Iterable[Reference | str]) -> list[Json]:
    return [_end(writing, end) for end in ends]


def _end(writing: Writing, end: Reference | str) -> JsonObject:
    if isinstance(end, Reference):
        if end.kind not in {"Codelist", "ValueList"}:
            raise UnsayableError("reference-kind")
        return {"codelist": writing.urn(end)}
    if end in writing.dialect.forms.map_types:
        return {"dataType": end}
    writing.lost("data-type", end)
    return {"dataType": "String"}


def _component_map(writing: Writing, one: ComponentMap) -> JsonObject:
    sources: list[Json] = [writing.checked_id(source, NESTED_ID) for source in one.sources]
    targets: list[Json] = [writing.checked_id(target, NESTED_ID) for target in one.targets]
    written: JsonObject = {"source": sources, "target": targets}
    if one.representation_map is not None:
        written["representationMap"] = writing.urn(one.representation_map)
    put_annotations(writing, written, one.annotations, ",".join(one.sources))
    return written


def _fixed_value(writing: Writing, one: FixedValueMap) -> JsonObject:
    written: JsonObject = {"source" if one.is_source else "target": writing.checked_id(one.component, NESTED_ID)}
    if one.values:
        written["values"] = list(one.values)
    put_annotations(writing, written, one.annotations, one.component)
    return written


def _mapping(writing: Writing, one: ValueMapping) -> JsonObject:
    written: JsonObject = {"sourceValues": [_mapped_value(value) for value in one.sources]}
    if one.targets:
        written["targetValues"] = list(one.targets)
    if one.valid_from is not None:
        written["validFrom"] = _time(one.valid_from)
    if one.valid_to is not None:
        written["validTo"] = _time(one.valid_to)
    put_annotations(writing, written, one.annotations, ",".join(value.value for value in one.sources))
    return written


def _time(date: str) -> str:
    """Return a date as the time that SDMX-JSON has here, where SDMX-ML has a date."""
    return f"{date}{MIDNIGHT}" if _DATE.fullmatch(date) else date


def _mapped_value(value: MappedValue) -> JsonObject:
    written: JsonObject = {"value": value.value}
    if value.regex:
        written["isRegEx"] = True
    if value.start is not None:
        written["startIndex"] = value.start
    if value.end is not None:
        written["endIndex"] = value.end
    return written
