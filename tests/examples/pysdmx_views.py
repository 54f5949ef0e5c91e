"""The same view of an artefact of ours and of one of pysdmx: what both can hold."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from icstip.artefacts.base import Maintainable, Reference, Representation, Texts
from icstip.artefacts.constraints import ACTUAL, DataConstraint, Region
from icstip.artefacts.data_structure import (
    Attribute,
    Categorisation,
    Component,
    Dataflow,
    DataStructure,
    Dimension,
    Level,
    Measure,
    ProvisionAgreement,
)
from icstip.artefacts.hierarchies import HierarchicalCode, Hierarchy
from icstip.artefacts.items import CategoryScheme, ConceptScheme, ItemScheme
from icstip.artefacts.kinds import ORGANISATION_SCHEMES
from icstip.artefacts.maps import MappedValue, RepresentationMap, StructureMap
from icstip.artefacts.urn import urn_of

View = Mapping[str, object]

_ATTACHED = ("data_structures", "dataflows", "provision_agreements")
_KINDS = {"DataStructureDefinition": "DataStructure", "AvailabilityConstraint": "DataConstraint"}
# What pysdmx takes the values of something for that does not say it.
_UNTOLD = "String"


def view(artefact: Maintainable) -> View:
    """Return the view of an artefact of ours."""
    if isinstance(artefact, DataConstraint) and artefact.role == ACTUAL:
        return {"kind": artefact.kind, **_constraint(artefact)}
    more = next((of(artefact) for cls, of in _OURS.items() if isinstance(artefact, cls)), {})
    head = (artefact.id, artefact.agency, artefact.version, artefact.external)
    # For pysdmx the name of an organisation scheme is its id, and a value list is a kind of code list.
    text = _text(artefact.name, artefact.description)
    told = (artefact.id, None) if artefact.kind in ORGANISATION_SCHEMES else text
    kind = "Codelist" if artefact.kind == "ValueList" else artefact.kind
    return {"kind": kind, "head": head, "text": told, **more}


def view_of_theirs(artefact: Any) -> View:  # noqa: ANN401 - they have no types
    """Return the view of an artefact of pysdmx."""
    name = type(artefact).__name__
    kind = _KINDS.get(name, name.removeprefix("Multi"))
    more = next((of(artefact) for known, of in _THEIRS.items() if kind == known), {})
    if kind.endswith("Scheme") or kind in {"Codelist", "ValueList"}:
        more = {"items": [_their_item(item) for item in artefact.items], **more}
    if name == "AvailabilityConstraint":
        return {"kind": kind, **more}
    head = (artefact.id, artefact.agency, artefact.version, artefact.is_external_reference)
    return {"kind": kind, "head": head, "text": (artefact.name, artefact.description), **more}


def _text(name: Texts, description: Texts) -> tuple[str | None, str | None]:
    return next(iter(name.values()), None), next(iter(description.values()), None)


def _scheme(scheme: ItemScheme) -> View:
    prefix = f"{scheme.agency}." if scheme.kind == "AgencyScheme" else ""
    return {"items": [(f"{prefix}{item.id}", *_text(item.name, item.description)) for item in scheme.items]}


def _their_item(item: Any) -> tuple[str, str | None, str | None]:  # noqa: ANN401
    return item.id, item.name, item.description


def _categories(scheme: CategoryScheme) -> View:
    return {"items": [(item.path, *_text(item.name, item.description)) for item in scheme.items]}


def _their_categories(items: Iterable[Any], above: str = "") -> list[tuple[str, str | None, str | None]]:
    found = []
    for item in items:
        found.append((f"{above}{item.id}", item.name, item.description))
        found.extend(_their_categories(item.categories, f"{above}{item.id}."))
    return found


def _concepts(scheme: ConceptScheme) -> View:
    values = [(item.id, *_values(item.representation)) for item in scheme.items]
    return {**_scheme(scheme), "values": [(name, dtype or _UNTOLD, listed) for name, dtype, listed in values]}


def _values(given: Representation | None) -> tuple[str | None, str | None]:
    if given is None:
        return None, None
    dtype = given.format.data_type if given.format is not None else None
    return dtype or _UNTOLD, None if given.enumeration is None else urn_of(given.enumeration)


def _structure(structure: DataStructure) -> View:
    return {"components": [_component(part, structure) for part in structure.components]}


def _component(part: Component, structure: DataStructure) -> tuple[object, ...]:
    role = {Dimension: "D", Measure: "M"}.get(type(part), "A")
    level, required = None, True
    if isinstance(part, Attribute | Measure):
        required = part.mandatory
    if isinstance(part, Attribute):
        level = _level(part, {group.id: group.dimensions for group in structure.groups})
    return (part.id, role, required, part.concept.item, *_values(part.representation), level)


def _level(attribute: Attribute, groups: Mapping[str, tuple[str, ...]]) -> str:
    related = attribute.relationship
    plain = {Level.DATASET: "D", Level.OBSERVATION: "O"}
    return plain.get(related.level) or ",".join(related.dimensions or groups[related.group])


def _their_structure(structure: Any) -> View:  # noqa: ANN401
    return {
        "components": [
            (
                part.id,
                part.role.value,
                part.required,
                part.concept.item_id,
                part.local_dtype.value if part.local_dtype else None,
                part.local_enum_ref,
                part.attachment_level,
            )
            for part in structure.components
        ]
    }


def _constraint(constraint: DataConstraint) -> View:
    keys = [
        (
            [[(part.id, part.values[0].value) for part in key.selections if part.is_key] for key in keys.keys],
            keys.include,
        )
        for keys in constraint.key_sets
    ]
    attachment = sorted(urn_of(reference) for reference in constraint.attachment)
    return {"attachment": attachment, "regions": [_region(region) for region in constraint.regions], "keys": keys}


def _region(region: Region) -> tuple[object, ...]:
    selected = []
    for part in region.selections:
        if part.is_key:
            times = part.time_range
            ends = (times.before, times.after, times.start, times.end) if times else ()
            told = [(end.period, end.inclusive) if end else None for end in ends]
            selected.append((part.id, [value.value for value in part.values], told))
    return selected, region.include


def _their_constraint(constraint: Any) -> View:  # noqa: ANN401
    to = constraint.constraint_attachment
    providers = [to.data_provider] if to and to.data_provider else []
    attachment = [*providers, *(urn for name in _ATTACHED for urn in getattr(to, name, None) or ())]
    region = getattr(constraint, "cube_region", None)
    regions = [region] if region else getattr(constraint, "cube_regions", None) or ()
    keys = [
        ([[(value.id, value.value) for value in key.keys_values] for key in keys.keys], keys.is_included)
        for keys in getattr(constraint, "key_sets", None) or ()
    ]
    return {"attachment": sorted(attachment), "regions": [_their_region(one) for one in regions], "keys": keys}


def _their_region(region: Any) -> tuple[object, ...]:  # noqa: ANN401
    selected = []
    for part in region.key_values:
        times = part.time_range
        ends = (times.before_period, times.after_period, times.start_period, times.end_period) if times else ()
        told = [(end.period, end.is_inclusive) if end else None for end in ends]
        selected.append((part.id, [value.value for value in part.values], told))
    return selected, region.is_included


def _codes(codes: Iterable[HierarchicalCode]) -> list[object]:
    return [(code.code.item, urn_of(code.code), code.level or None, _codes(code.children)) for code in codes]


def _their_codes(codes: Iterable[Any]) -> list[object]:
    return [(code.id, code.urn, code.level, _their_codes(code.codes)) for code in codes]


def _levels(level: Any) -> list[tuple[str, str]]:  # noqa: ANN401
    return [(level.id, level.name), *_levels(level.level)] if level else []


def _end(end: Reference | str) -> str:
    return end if isinstance(end, str) else urn_of(end)


def _their_end(end: Any) -> str:  # noqa: ANN401
    return str(getattr(end, "value", end))


def _value(value: MappedValue) -> str:
    return f"regex:{value.value}" if value.regex else value.value


def _table(table: RepresentationMap) -> View:
    return {
        "ends": ([_end(end) for end in table.sources], [_end(end) for end in table.targets]),
        "maps": [(tuple(map(_value, one.sources)), one.targets) for one in table.mappings],
    }


def _their_table(table: Any) -> View:  # noqa: ANN401
    return {
        "ends": tuple([_their_end(end) for end in _several(ends)] for ends in (table.source, table.target)),
        "maps": [(_several(one.source), _several(one.target)) for one in table.maps],
    }


def _mapping(mapping: StructureMap) -> View:
    maps = {
        (one.sources, one.targets, urn_of(one.representation_map) if one.representation_map else None)
        for one in mapping.component_maps
    }
    fixed = {(one.component, one.values[0], one.is_source) for one in mapping.fixed_values}
    return {"ends": (urn_of(mapping.source), urn_of(mapping.target)), "maps": maps, "fixed": fixed}


def _their_mapping(mapping: Any) -> View:  # noqa: ANN401
    maps, fixed = set(), set()
    for one in mapping.maps:
        if hasattr(one, "located_in"):
            fixed.add((one.target, one.value, one.located_in == "source"))
        else:
            maps.add((_several(one.source), _several(one.target), getattr(one, "values", None)))
    return {"ends": (mapping.source, mapping.target), "maps": maps, "fixed": fixed}


def _several(given: str | Iterable[str]) -> tuple[str, ...]:
    return (given,) if isinstance(given, str) else tuple(given)


_OURS: Mapping[type, Callable[[Any], View]] = {
    ConceptScheme: _concepts,
    CategoryScheme: _categories,
    ItemScheme: _scheme,
    DataStructure: _structure,
    Dataflow: lambda one: {"structure": one.structure and urn_of(one.structure)},
    ProvisionAgreement: lambda one: {"parts": (urn_of(one.dataflow), urn_of(one.provider))},
    Categorisation: lambda one: {"parts": (urn_of(one.source), urn_of(one.target))},
    DataConstraint: _constraint,
    Hierarchy: lambda one: {
        "codes": _codes(one.codes),
        "levels": [(level.id, _text(level.name, {})[0]) for level in one.levels],
        "formal": one.formal_levels,
    },
    RepresentationMap: _table,
    StructureMap: _mapping,
}
_THEIRS: Mapping[str, Callable[[Any], View]] = {
    "ConceptScheme": lambda one: {
        "values": [(item.id, item.dtype.value if item.dtype else None, item.enum_ref) for item in one.items]
    },
    "CategoryScheme": lambda one: {"items": _their_categories(one.items)},
    "DataStructure": _their_structure,
    "Dataflow": lambda one: {"structure": one.structure},
    "ProvisionAgreement": lambda one: {"parts": (one.dataflow, one.provider)},
    "Categorisation": lambda one: {"parts": (one.source, one.target)},
    "DataConstraint": _their_constraint,
    "Hierarchy": lambda one: {
        "codes": _their_codes(one.codes),
        "levels": _levels(one.level),
        "formal": bool(one.has_formal_levels),
    },
    "RepresentationMap": _their_table,
    "StructureMap": _their_mapping,
}
