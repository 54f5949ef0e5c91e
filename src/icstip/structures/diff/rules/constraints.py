"""Constraints: what they allow, whichever way they say it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain, product
from math import prod
from typing import Final

from icstip.artefacts.base import Annotation
from icstip.artefacts.constraints import ALLOWED, DataConstraint, Period, Region, Selection, TimeRange, Value
from icstip.structures.diff.kinds import ChangeKind
from icstip.structures.diff.rules.comparison import Comparison
from icstip.structures.diff.rules.texts import compare_annotations

_MOST_KEYS: Final = 1000


@dataclass(frozen=True)
class _Selected:
    """The values of a component that a region selects: these, or (`others`) all but these."""

    values: frozenset[str]
    others: bool = False

    def __str__(self) -> str:
        return f"{'≠' if self.others else '='} {', '.join(sorted(self.values))}"


def compare_constraints(comparison: Comparison, old: DataConstraint, new: DataConstraint) -> None:
    """Compare two constraints by what they allow; how they say it, and in which order, makes no difference.

    A constraint of the role Actual says what data there are: it allows and refuses nothing.

    Args:
        comparison: The comparison of the constraint.
        old: It as it was.
        new: It as it is.
    """
    comparison.differ(ChangeKind.CONSTRAINT_ROLE, "", old.role, new.role)
    _compare_attachments(comparison, old, new)
    if old.data_sources != new.data_sources:
        before, after = ", ".join(sorted(old.data_sources)), ", ".join(sorted(new.data_sources))
        comparison.differ(ChangeKind.DATA_SOURCE, "", before, after)
    _compare_calendars(comparison, old, new)
    if old.regions == new.regions and old.key_sets == new.key_sets:
        return
    if new.role == ALLOWED:
        _compare_selections(comparison, _selected(old), _selected(new))
        _compare_times(comparison, _times(old), _times(new))
        _compare_validities(comparison, _validities(old), _validities(new))
        _compare_keys(comparison, old, new)
    else:
        _compare_availability(comparison, old, new)
    compare_annotations(comparison, "", _notes(old), _notes(new))


def _notes(constraint: DataConstraint) -> list[Annotation]:
    return [note for region in constraint.regions for note in region.annotations]


def _compare_attachments(comparison: Comparison, old: DataConstraint, new: DataConstraint) -> None:
    sides = comparison.sides
    for reference in sides.gone(old.attachment, new.attachment):
        comparison.add(ChangeKind.ATTACHMENT_REMOVED, before=str(reference))
    for reference in sides.come(old.attachment, new.attachment):
        known = sides.was_there(reference) and new.role == ALLOWED
        kind = ChangeKind.ATTACHMENT_ADDED if known else ChangeKind.NEW_ATTACHMENT_ADDED
        comparison.add(kind, after=str(reference))
    comparison.refer_each("", old.attachment, new.attachment)


def _compare_calendars(comparison: Comparison, old: DataConstraint, new: DataConstraint) -> None:
    kind = ChangeKind.RELEASE_CALENDAR if new.release_calendar else ChangeKind.RELEASE_CALENDAR_REMOVED
    before, after = (" ".join(side.release_calendar or ()) for side in (old, new))
    comparison.differ(kind, "", before, after)


def _compare_selections(comparison: Comparison, old: Mapping[str, _Selected], new: Mapping[str, _Selected]) -> None:
    for component in sorted(old.keys() | new.keys()):
        before, after = old.get(component), new.get(component)
        if before == after:
            continue
        if before is not None and after is not None and before.others == after.others:
            gone, come = before.values - after.values, after.values - before.values
            refused, allowed = (come, gone) if after.others else (gone, come)
            for value in sorted(refused):
                comparison.add(ChangeKind.VALUE_REFUSED, component, before=value)
            for value in sorted(allowed):
                comparison.add(ChangeKind.VALUE_ALLOWED, component, after=value)
        else:
            kind = ChangeKind.SELECTION_WIDENED if _is_wider(before, after) else ChangeKind.SELECTION_NARROWED
            comparison.differ(kind, component, before, after)


def _is_wider(old: _Selected | None, new: _Selected | None) -> bool:
    """Return whether all that was selected still is. What the values are altogether is not known here."""
    if new is None:
        return True
    return old is not None and new.others and not old.others and old.values.isdisjoint(new.values)


def _compare_times(comparison: Comparison, old: Mapping[str, TimeRange], new: Mapping[str, TimeRange]) -> None:
    for component in sorted(old.keys() | new.keys()):
        before, after = old.get(component), new.get(component)
        if before != after:
            wider = after is None or (before is not None and _is_longer(before, after))
            kind = ChangeKind.SELECTION_WIDENED if wider else ChangeKind.SELECTION_NARROWED
            comparison.differ(kind, component, _time(before), _time(after))


def _is_longer(old: TimeRange, new: TimeRange) -> bool:
    """Return whether a time range reaches at least as far as another one on either side."""
    starts, ends = (old.start or old.after, new.start or new.after), (old.end or old.before, new.end or new.before)
    return _reaches(*starts, back=True) and _reaches(*ends, back=False)


def _reaches(old: Period | None, new: Period | None, *, back: bool) -> bool:
    if new is None or old == new:
        return True
    # Periods of one length sort as they follow each other; of others it is not said here which goes first.
    if old is None or old.inclusive != new.inclusive or len(old.period) != len(new.period):
        return False
    return new.period <= old.period if back else new.period >= old.period


def _compare_validities(comparison: Comparison, old: Mapping[str, str], new: Mapping[str, str]) -> None:
    for place in sorted(old.keys() & new.keys()):
        comparison.differ(ChangeKind.VALUE_VALIDITY, place, old[place], new[place])


def _compare_keys(comparison: Comparison, old: DataConstraint, new: DataConstraint) -> None:
    """Compare what selects several components at once: sets of keys, and regions that are no list of values."""
    before, after = _keys(old, include=True), _keys(new, include=True)
    if bool(before) != bool(after):
        # The first keys that are allowed refuse all others; without any, all are allowed.
        kind = ChangeKind.SELECTION_NARROWED if after else ChangeKind.SELECTION_WIDENED
        comparison.differ(kind, "", " | ".join(sorted(before)), " | ".join(sorted(after)))
    else:
        _say_keys(comparison, refused=before - after, allowed=after - before)
    before, after = _keys(old, include=False), _keys(new, include=False)
    _say_keys(comparison, refused=after - before, allowed=before - after)


def _say_keys(comparison: Comparison, *, refused: Iterable[str], allowed: Iterable[str]) -> None:
    for key in sorted(refused):
        comparison.add(ChangeKind.KEY_REFUSED, before=key)
    for key in sorted(allowed):
        comparison.add(ChangeKind.KEY_ALLOWED, after=key)


def _compare_availability(comparison: Comparison, old: DataConstraint, new: DataConstraint) -> None:
    before, after = _selected(old), _selected(new)
    for component in sorted(before.keys() | after.keys()):
        comparison.differ(ChangeKind.AVAILABILITY, component, before.get(component), after.get(component))
    was, is_now = _times(old), _times(new)
    for component in sorted(was.keys() | is_now.keys()):
        comparison.differ(ChangeKind.AVAILABILITY, component, _time(was.get(component)), _time(is_now.get(component)))
    for include in (True, False):
        keys_before, keys_after = _keys(old, include=include), _keys(new, include=include)
        comparison.differ(ChangeKind.AVAILABILITY, "", " | ".join(sorted(keys_before)), " | ".join(sorted(keys_after)))


def _selected(constraint: DataConstraint) -> dict[str, _Selected]:
    """Return the values that a constraint allows of each component, where its regions are lists of values."""
    found: dict[str, _Selected] = {}
    for region in _plain_regions(constraint):
        for selection in region.selections:
            if selection.values:  # a component without values is not restricted
                values = frozenset(_value(selection, value) for value in selection.values)
                chosen = _Selected(values, others=selection.include != region.include)
                found[selection.id] = _both(found[selection.id], chosen) if selection.id in found else chosen
    return found


def _both(first: _Selected, second: _Selected) -> _Selected:
    """Return what is selected twice."""
    if first.others and second.others:
        return _Selected(first.values | second.values, others=True)
    if first.others or second.others:
        these, but = (second, first) if first.others else (first, second)
        return _Selected(these.values - but.values)
    return _Selected(first.values & second.values)


def _plain_regions(constraint: DataConstraint) -> list[Region]:
    """Return the regions that say of each component on its own what is allowed.

    They are the one region that is included, and one that excludes values of a single component.
    """
    included = [region for region in constraint.regions if region.include]
    excluded = [region for region in constraint.regions if not region.include and _is_single(region)]
    return [*(included if len(included) == 1 else ()), *excluded]


def _is_single(region: Region) -> bool:
    return len(region.selections) == 1 and region.selections[0].time_range is None


def _keys(constraint: DataConstraint, *, include: bool) -> frozenset[str]:
    plain = _plain_regions(constraint)
    regions = (region for region in constraint.regions if region not in plain)
    keys = (
        (single, key.include == keys.include)
        for keys in constraint.key_sets
        for key in keys.keys
        for single in _single_keys(key)
    )
    whole = ((region, region.include) for region in regions)
    return frozenset(_region(region) for region, included in chain(keys, whole) if included == include)


def _single_keys(key: Region) -> Iterator[Region]:
    """Yield the keys that one with several values of a component stands for, if they are not too many to tell."""
    if prod(max(1, len(selection.values)) for selection in key.selections) > _MOST_KEYS:
        yield key
        return
    for selections in product(*(_single_values(selection) for selection in key.selections)):
        yield replace(key, selections=selections)


def _single_values(selection: Selection) -> list[Selection]:
    if not selection.is_key or len(selection.values) < 2:
        return [selection]
    return [replace(selection, values=(value,)) for value in selection.values]


def _times(constraint: DataConstraint) -> dict[str, TimeRange]:
    selections = (selection for region in _plain_regions(constraint) for selection in region.selections)
    return {selection.id: selection.time_range for selection in selections if selection.time_range is not None}


def _validities(constraint: DataConstraint) -> dict[str, str]:
    """Return when each selected value is valid."""
    found: dict[str, str] = {}
    for region in _plain_regions(constraint):
        for selection in region.selections:
            for value in selection.values:
                span = (value.valid_from or selection.valid_from, value.valid_to or selection.valid_to)
                found[f"{selection.id}.{value.value}"] = "/".join(end or "" for end in span) if any(span) else ""
    return found


def _value(selection: Selection, value: Value) -> str:
    language = f"@{value.language}" if value.language else ""
    cascade = {"true": " ↓", "excluderoot": " ↓↓"}.get(value.cascade, "")
    return f"{value.value}{language}{cascade}{' (−)' if selection.remove_prefix else ''}"


def _region(region: Region) -> str:
    return ", ".join(sorted(_selection(selection) for selection in region.selections))


def _selection(selection: Selection) -> str:
    if selection.time_range is not None:
        return f"{selection.id} = {_time(selection.time_range)}"
    values = frozenset(_value(selection, value) for value in selection.values)
    return f"{selection.id} {_Selected(values, others=not selection.include)}"


def _time(time: TimeRange | None) -> str | None:
    if time is None:
        return None
    named = (("≥", ">", time.start or time.after), ("≤", "<", time.end or time.before))
    return ", ".join(f"{closed if end.inclusive else opened} {end.period}" for closed, opened, end in named if end)
