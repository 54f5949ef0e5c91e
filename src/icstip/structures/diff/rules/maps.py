"""Representation maps and structure maps."""

from collections.abc import Mapping, Sequence

from icstip.artefacts.base import Annotation, Reference
from icstip.artefacts.maps import (
    ComponentMap,
    FixedValueMap,
    MappedValue,
    RepresentationMap,
    StructureMap,
    ValueMapping,
)
from icstip.structures.diff.kinds import ChangeKind
from icstip.structures.diff.rules.comparison import Comparison
from icstip.structures.diff.rules.texts import compare_annotations

_ARROW = "→"

Sided = Sequence[Reference | str]


def compare_representation_maps(comparison: Comparison, old: RepresentationMap, new: RepresentationMap) -> None:
    """Compare what two maps map from and to, and what becomes of each value.

    Args:
        comparison: The comparison of the map.
        old: It as it was.
        new: It as it is.
    """
    _compare_sides(comparison, old.sources, new.sources)
    _compare_sides(comparison, old.targets, new.targets)
    if old.mappings == new.mappings:
        return
    before, after = _by_source(old.mappings), _by_source(new.mappings)
    for source, mappings in before.items():
        if source not in after:
            comparison.add(ChangeKind.VALUE_MAP_REMOVED, source, before=_targets(mappings))
    for source, mappings in after.items():
        if source not in before:
            comparison.add(ChangeKind.VALUE_MAP_ADDED, source, after=_targets(mappings))
            continue
        comparison.differ(ChangeKind.VALUE_MAP, source, _targets(before[source]), _targets(mappings))
        compare_annotations(comparison, source, _notes(before[source]), _notes(mappings))


def compare_structure_maps(comparison: Comparison, old: StructureMap, new: StructureMap) -> None:
    """Compare what two maps map from and to, and what becomes of each component.

    Args:
        comparison: The comparison of the map.
        old: It as it was.
        new: It as it is.
    """
    comparison.refer(ChangeKind.MAP_SIDES, "", old.source, new.source)
    comparison.refer(ChangeKind.MAP_SIDES, "", old.target, new.target)
    _compare_component_maps(comparison, old.component_maps, new.component_maps)
    _compare_fixed_values(comparison, old.fixed_values, new.fixed_values)


def _compare_sides(comparison: Comparison, old: Sided, new: Sided) -> None:
    if len(old) != len(new):
        comparison.add(ChangeKind.MAP_SIDES, before=_joined(old), after=_joined(new))
        return
    for before, after in zip(old, new, strict=True):
        if isinstance(before, Reference) and isinstance(after, Reference):
            comparison.refer(ChangeKind.MAP_SIDES, "", before, after)
        else:
            comparison.differ(ChangeKind.MAP_SIDES, "", before, after)


def _compare_component_maps(comparison: Comparison, old: Sequence[ComponentMap], new: Sequence[ComponentMap]) -> None:
    before, after = _by_target(old), _by_target(new)
    for path, was in before.items():
        if path not in after:
            comparison.add(ChangeKind.COMPONENT_MAP_REMOVED, path, before=_sources(was))
    for path, is_now in after.items():
        if path not in before:
            comparison.add(ChangeKind.COMPONENT_MAP_ADDED, path, after=_sources(is_now))
            continue
        was = before[path]
        comparison.differ(ChangeKind.COMPONENT_MAP, path, _sources(was), _sources(is_now))
        comparison.refer(ChangeKind.COMPONENT_MAP, path, was.representation_map, is_now.representation_map)
        compare_annotations(comparison, path, was.annotations, is_now.annotations)


def _compare_fixed_values(comparison: Comparison, old: Sequence[FixedValueMap], new: Sequence[FixedValueMap]) -> None:
    before, after = _fixed(old), _fixed(new)
    for (_, path), values in before.items():
        if (_, path) not in after:
            comparison.add(ChangeKind.COMPONENT_MAP_REMOVED, path, before=values)
    for key, values in after.items():
        if key in before:
            comparison.differ(ChangeKind.COMPONENT_MAP, key[1], before[key], values)
        else:
            comparison.add(ChangeKind.COMPONENT_MAP_ADDED, key[1], after=values)


def _by_source(mappings: Sequence[ValueMapping]) -> Mapping[str, list[ValueMapping]]:
    found: dict[str, list[ValueMapping]] = {}
    for mapping in mappings:
        found.setdefault(" | ".join(map(_mapped, mapping.sources)), []).append(mapping)
    return found


def _mapped(value: MappedValue) -> str:
    part = f"[{value.start or ''}:{value.end or ''}]" if value.start or value.end else ""
    return f"/{value.value}/{part}" if value.regex else f"{value.value}{part}"


def _targets(mappings: Sequence[ValueMapping]) -> str:
    return ", ".join(sorted(_target(mapping) for mapping in mappings))


def _notes(mappings: Sequence[ValueMapping]) -> list[Annotation]:
    return [note for mapping in mappings for note in mapping.annotations]


def _target(mapping: ValueMapping) -> str:
    valid = f" ({mapping.valid_from or ''}/{mapping.valid_to or ''})" if mapping.valid_from or mapping.valid_to else ""
    return f"{_ARROW} {' | '.join(mapping.targets)}{valid}"


def _by_target(maps: Sequence[ComponentMap]) -> Mapping[str, ComponentMap]:
    """Return the maps by their targets; several to the same targets stand in their order."""
    found: dict[str, ComponentMap] = {}
    for component_map in maps:
        path = " | ".join(component_map.targets)
        repeated = sum(known.partition(" #")[0] == path for known in found) if path in found else 0
        found[f"{path} #{repeated + 1}" if repeated else path] = component_map
    return found


def _sources(component_map: ComponentMap) -> str:
    return f"{' | '.join(component_map.sources)} {_ARROW}"


def _fixed(values: Sequence[FixedValueMap]) -> Mapping[tuple[bool, str], str]:
    return {(value.is_source, value.component): f"= {', '.join(value.values)}" for value in values}


def _joined(side: Sided) -> str:
    return ", ".join(map(str, side))
