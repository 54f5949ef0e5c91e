"""Regions of a cube and sets of keys: the selected values of components."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import product

from icstip.artefacts.constraints import KeySet, Period, Region, Selection, TimeRange, Value
from icstip.messages.structure_ml.writing.artefact import write_annotations
from icstip.messages.structure_ml.writing.base import NAME_ID, Writing, truth
from icstip.messages.xml_text import Element


@dataclass(frozen=True, slots=True)
class _Place:
    """What a selection of values can say at a place.

    Attributes:
        cascades: Whether codes can be meant with their children.
        languages: Whether values can have a language.
        validity: Whether values can have a period in which they are valid.
        own_validity: Whether the selection can have one.
    """

    cascades: bool = True
    languages: bool = False
    validity: bool = True
    own_validity: bool = False


_IN_CUBE = {True: _Place(own_validity=True), False: _Place(languages=True)}
_IN_KEY = {True: _Place(cascades=False, validity=False), False: _Place(languages=True, validity=False)}
# SDMX-ML 2.1 has neither languages nor periods of validity.
_IN_CUBE_21, _IN_KEY_21 = _Place(validity=False), _Place(cascades=False, validity=False)


def write_region(parent: Element, region: Region, writing: Writing) -> None:
    """Add a cube region: first the dimensions, then the other components."""
    element = writing.child(parent, "CubeRegion", include=truth(value=region.include))
    _write_annotations(element, region, writing)
    if region.valid_from is not None or region.valid_to is not None:
        writing.lost("validity")
    for selection in _dimensions_first(region.selections):
        place = _IN_CUBE[selection.is_key] if writing.dialect.regions_have_more else _IN_CUBE_21
        if selection.is_key and not selection.values and selection.time_range is None:
            writing.lost("empty-selection", selection.id)
        else:
            _write_selection(element, selection, place, writing)


def write_key_set(parent: Element, key_set: KeySet, writing: Writing) -> None:
    """Add a set of keys. What a key cannot select is left out; one without selections is left out altogether."""
    keys = [said for key in key_set.keys for said in _sayable_keys(key, writing)]
    if not keys:
        return
    element = writing.child(parent, "DataKeySet", isIncluded=truth(value=key_set.include))
    for key in keys:
        _write_key(element, key, writing)


def _write_key(parent: Element, key: Region, writing: Writing) -> None:
    more = writing.dialect.regions_have_more
    validity = {"validFrom": key.valid_from, "validTo": key.valid_to}
    if not more and any(validity.values()):
        writing.lost("validity")
    element = writing.child(parent, "Key", **(validity if more else {}))
    _write_annotations(element, key, writing)
    for selection in _dimensions_first(key.selections):
        place = _IN_KEY[selection.is_key] if more else _IN_KEY_21
        _write_selection(element, selection, place, writing)


def _sayable_keys(key: Region, writing: Writing) -> Iterator[Region]:
    """Yield what a key becomes: one key, or several where each can only have one value of a dimension."""
    kept: list[tuple[Selection, ...]] = []
    for selection in key.selections:
        said = _in_key(selection, writing)
        if said is None:
            writing.lost("key-selection", selection.id)
        elif said.is_key and len(said.values) > 1 and not writing.dialect.keys_have_several_values:
            writing.translated("keys-expanded", said.id)
            kept.append(tuple(replace(said, values=(value,)) for value in said.values))
        else:
            kept.append((said,))
    if not key.include:
        writing.lost("key-selection")
    elif kept:
        for selections in product(*kept):
            yield replace(key, selections=selections)


def _in_key(selection: Selection, writing: Writing) -> Selection | None:
    """Return a selection as a key can have it, or None if it cannot."""
    if not selection.is_key:
        return selection if writing.dialect.keys_have_components else None
    if selection.include and selection.values:
        return selection
    if selection.time_range is not None and writing.dialect.keys_have_components:
        return replace(selection, is_key=False)  # only the element of other components can have a time range
    return None


def _write_selection(parent: Element, selection: Selection, place: _Place, writing: Writing) -> None:
    more = writing.dialect.regions_have_more
    validity = {"validFrom": selection.valid_from, "validTo": selection.valid_to}
    if any(validity.values()) and not (more and place.own_validity):
        writing.lost("validity", selection.id)
        validity = {}
    if selection.remove_prefix is not None and not more:
        writing.lost("remove-prefix", selection.id)
    prefix = None if selection.remove_prefix is None or not more else truth(value=selection.remove_prefix)
    element = _child(
        parent,
        writing,
        "KeyValue" if selection.is_key else writing.dialect.component_tag,
        id=writing.checked(selection.id, NAME_ID, selection.id),
        include=None if selection.include else "false",
        removePrefix=prefix,
        **validity,
    )
    for value in selection.values:
        _write_value(element, value, selection.id, place, writing)
    if selection.time_range is not None and not selection.values:
        _write_time_range(element, selection.time_range, selection.id, writing)


def _write_value(parent: Element, value: Value, part: str, place: _Place, writing: Writing) -> None:
    cascade = None if value.cascade == "false" else value.cascade
    if cascade is not None and (not place.cascades or (cascade != "true" and not writing.dialect.regions_have_more)):
        writing.lost("cascade", part)
        cascade = "true" if place.cascades else None
    validity = {"validFrom": value.valid_from, "validTo": value.valid_to}
    if any(validity.values()) and not place.validity:
        writing.lost("validity", part)
        validity = {}
    language = value.language
    if language is not None and not place.languages:
        writing.lost("value-language", part)
        language = None
    _child(parent, writing, "Value", value.value, cascadeValues=cascade, **{"xml:lang": language}, **validity)


def _write_time_range(parent: Element, time_range: TimeRange, part: str, writing: Writing) -> None:
    validity = {"validFrom": time_range.valid_from, "validTo": time_range.valid_to}
    if any(validity.values()) and not writing.dialect.regions_have_more:
        writing.lost("validity", part)
        validity = {}
    element = _child(parent, writing, "TimeRange", **validity)
    start, end = time_range.start, time_range.end
    if start is not None and end is not None:
        _write_period(element, "StartPeriod", start, writing)
        _write_period(element, "EndPeriod", end, writing)
        return
    if start is not None or end is not None:
        writing.translated("open-range", part)
    before, after = time_range.before or end, time_range.after or start
    if before is not None:
        _write_period(element, "BeforePeriod", before, writing)
    elif after is not None:
        _write_period(element, "AfterPeriod", after, writing)


def _write_period(parent: Element, tag: str, period: Period, writing: Writing) -> None:
    _child(parent, writing, tag, period.period, isInclusive=truth(value=period.inclusive))


def _child(parent: Element, writing: Writing, name: str, text: str | None = None, **attributes: str | None) -> Element:
    """Return a new element in a region or key."""
    tag = writing.common(name) if writing.dialect.selections_are_common else writing.tag(name)
    return parent.child(tag, text, **attributes)


def _write_annotations(element: Element, region: Region, writing: Writing) -> None:
    if writing.dialect.regions_have_more:
        write_annotations(element, region.annotations, writing)
    elif region.annotations:
        writing.lost("annotations")


def _dimensions_first(selections: tuple[Selection, ...]) -> list[Selection]:
    return sorted(selections, key=lambda selection: not selection.is_key)
