"""Constraints, in both directions."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import product
from typing import Final

from sdmx.model import common, v21, v30

from icstip.artefacts.base import Maintainable, Reference
from icstip.artefacts.constraints import (
    ACTUAL,
    ALLOWED,
    DataConstraint,
    KeySet,
    Period,
    Region,
    Selection,
    TimeRange,
    Value,
)
from icstip.structures.sdmx_objects.parts import (
    Losses,
    Reading,
    cascading,
    maintainable,
    read_cascade,
    text,
    truth,
)
from icstip.structures.sdmx_objects.references import Targets, reference_of

_ROLES: Final[Mapping[str, common.ConstraintRoleType]] = {
    ALLOWED: common.ConstraintRoleType.allowable,
    ACTUAL: common.ConstraintRoleType.actual,
}


def fill_constraint(artefact: DataConstraint, constraint: v30.DataConstraint, targets: Targets, losses: Losses) -> None:
    """Add role, attachment, regions and keys to the object of a constraint.

    sdmx1 has what a constraint is attached to as a set, one set of keys, and one value of each component of a key.
    """
    losses.lost("data-sources", there=artefact.data_sources)
    losses.lost("release-calendar", there=artefact.release_calendar)
    losses.lost("key-sets", there=artefact.key_sets[1:])
    attached = [targets.find(reference, losses) for reference in artefact.attachment]
    constraint.role = common.ConstraintRole(role=_ROLES[artefact.role])
    constraint.content = {thing for thing in attached if thing.__hash__ is not None}
    losses.lost("attachments", there=len(constraint.content) < len(attached))
    components = _components(attached)
    constraint.data_content_region = [_to_region(region, components, losses) for region in artefact.regions]
    for keys in artefact.key_sets[:1]:
        constraint.data_content_keys = _to_keys(keys, components, losses)


def read_constraint(constraint: v21.ContentConstraint | v30.DataConstraint, reading: Reading) -> Iterator[Maintainable]:
    """Yield the artefact of a constraint of SDMX 2.1 or 3.0. What it is attached to comes in the order of its URNs.

    Raises:
        StructureError: It, or what it is attached to, has no agency.
    """
    fields = maintainable(constraint, reading)
    where = Reference("DataConstraint", fields["agency"], fields["id"], fields["version"])
    attached = [reference_of(thing) for thing in constraint.content]
    known = [reference for reference in attached if reference is not None]
    reading.not_read("ConstraintAttachment", where, there=len(known) < len(attached))
    metadata = getattr(constraint, "metadata_content_region", None)
    reading.not_read("MetadataTargetRegion", where, there=metadata is not None)
    keys = constraint.data_content_keys
    role = getattr(constraint.role, "role", None)
    yield DataConstraint(
        **fields,
        role=ACTUAL if role is common.ConstraintRoleType.actual else ALLOWED,
        attachment=tuple(sorted(known, key=lambda reference: (reference.kind, str(reference)))),
        regions=tuple(_region(region, reading, where) for region in constraint.data_content_region),
        key_sets=() if keys is None else (KeySet(tuple(map(_key, keys.keys)), include=truth(keys.included)),),
    )


def _components(attached: Iterable[object]) -> Mapping[str, common.Component]:
    """Return the components of the first data structure that a constraint is attached to, directly or not."""
    for thing in attached:
        dataflow = thing.structure_usage if isinstance(thing, common.ProvisionAgreement) else thing
        dsd = dataflow.structure if isinstance(dataflow, common.BaseDataflow) else dataflow
        if isinstance(dsd, common.BaseDataStructureDefinition):
            return {part.id: part for parts in (dsd.measures, dsd.attributes, dsd.dimensions) for part in parts}
    return {}


def _component(selection: Selection, components: Mapping[str, common.Component]) -> common.Component:
    """Return the component of a selection, as the key of a mapping, which objects of some classes cannot be."""
    known = components.get(selection.id)
    hashable = known is not None and known.__hash__ is not None
    if hashable and isinstance(known, common.DimensionComponent) is selection.is_key:
        return known
    return common.Dimension(id=selection.id) if selection.is_key else common.DataAttribute(id=selection.id)


def _to_region(region: Region, components: Mapping[str, common.Component], losses: Losses) -> common.CubeRegion:
    losses.lost("annotations", there=region.annotations)
    losses.lost("validity", there=_is_limited(region))
    members: dict[common.Component, v30.MemberSelection] = {}
    for selection in region.selections:
        at, component = losses.at(selection.id), _component(selection, components)
        at.lost("validity", there=_is_limited(selection))
        at.lost("repeated-selections", there=component in members)
        members.setdefault(component, _to_selection(selection, component, at))
    return common.CubeRegion(included=region.include, member=members)


def _to_selection(selection: Selection, component: common.Component, losses: Losses) -> v30.MemberSelection:
    ranges = [] if selection.time_range is None else _to_ranges(selection.time_range)
    return v30.MemberSelection(
        values_for=component,
        included=selection.include,
        values=[*(_to_value(value, losses) for value in selection.values), *ranges],
        remove_prefix=selection.remove_prefix is True,
    )


def _to_value(value: Value, losses: Losses) -> v30.MemberValue:
    losses.lost("value-language", there=value.language)
    return v30.MemberValue(
        value=value.value,
        cascade_values=cascading(value.cascade),
        valid_from=value.valid_from,
        valid_to=value.valid_to,
    )


def _to_ranges(time: TimeRange) -> Iterator[v30.TimeRangeValue]:
    valid = {"valid_from": time.valid_from, "valid_to": time.valid_to}
    for cls, period in ((v30.BeforePeriod, time.before), (v30.AfterPeriod, time.after)):
        if period is not None:
            yield _to_period(cls, period, **valid)
    if time.start is not None or time.end is not None:
        yield v30.RangePeriod(
            start=None if time.start is None else _to_period(common.StartPeriod, time.start),
            end=None if time.end is None else _to_period(common.EndPeriod, time.end),
            **valid,
        )


def _to_period(cls: type, period: Period, **valid: str | None) -> common.Period:
    return cls(is_inclusive=period.inclusive, period=_moment(period.period), **valid)


def _moment(period: str) -> datetime | str:
    """Return a period as sdmx1 has it where that says exactly the same, else the text: 2010-Q1 is not a moment."""
    try:
        moment = datetime.fromisoformat(period)
    except ValueError:
        return period
    return moment if text(moment) == period else period


def _to_keys(keys: KeySet, components: Mapping[str, common.Component], losses: Losses) -> v30.DataKeySet:
    built = (said for key in keys.keys for said in _to_key(key, components, losses))
    return v30.DataKeySet(included=keys.include, keys=list(built))


def _to_key(key: Region, components: Mapping[str, common.Component], losses: Losses) -> Iterator[v30.DataKey]:
    """Yield what a key becomes: one key, or several where it has several values of a component.

    What a key cannot select is left out; one without selections is left out altogether.
    """
    losses.lost("annotations", there=key.annotations)
    choices: dict[common.Component, tuple[Value, ...]] = {}
    for selection in key.selections:
        at, component = losses.at(selection.id), _component(selection, components)
        at.lost("repeated-selections", there=component in choices)
        if selection.include and selection.values:
            choices.setdefault(component, selection.values)
        _lose_of_key(selection, at)
    for values in product(*choices.values()) if choices else ():
        chosen = zip(choices, values, strict=True)
        yield v30.DataKey(
            included=key.include,
            key_value={part: common.ComponentValue(value_for=part, value=value.value) for part, value in chosen},
            valid_from=key.valid_from,
            valid_to=key.valid_to,
        )


def _lose_of_key(selection: Selection, losses: Losses) -> None:
    values = selection.values
    losses.lost("key-selection", there=not selection.include or not values or selection.time_range is not None)
    losses.translated("keys-expanded", there=selection.include and len(values) > 1)
    losses.lost("extensions", there=selection.remove_prefix)
    losses.lost("cascade", there=any(value.cascade != "false" for value in values))
    losses.lost("value-language", there=any(value.language for value in values))
    losses.lost("validity", there=_is_limited(selection) or any(map(_is_limited, values)))


def _is_limited(part: Region | Selection | Value) -> bool:
    return part.valid_from is not None or part.valid_to is not None


def _region(region: common.CubeRegion, reading: Reading, where: Reference) -> Region:
    selections = (_selection(component, given, reading, where) for component, given in region.member.items())
    return Region(selections=tuple(selections), include=truth(region.included))


def _selection(
    component: common.Component, given: common.BaseMemberSelection, reading: Reading, where: Reference
) -> Selection:
    values = [value for value in given.values if isinstance(value, common.BaseMemberValue)]
    others = [value for value in given.values if not isinstance(value, common.BaseMemberValue)]
    return Selection(
        id=str(component.id),
        is_key=isinstance(component, common.DimensionComponent),
        include=truth(given.included),
        values=tuple(map(_value, values)),
        time_range=_time_range(others, reading, where) if others else None,
        remove_prefix=True if truth(getattr(given, "remove_prefix", False)) else None,
    )


def _value(value: common.BaseMemberValue) -> Value:
    return Value(
        value=str(value.value),
        cascade=read_cascade(value.cascade_values),
        valid_from=text(getattr(value, "valid_from", None)),
        valid_to=text(getattr(value, "valid_to", None)),
    )


def _time_range(parts: list[common.BaseSelectionValue], reading: Reading, where: Reference) -> TimeRange:
    ends: dict[str, Period | None] = {}
    for part in parts:
        found = _ends(part)
        reading.not_read(type(part).__name__, where, there=not found or ends.keys() & found.keys())
        ends = {**found, **ends}
    return TimeRange(
        before=ends.get("before"),
        after=ends.get("after"),
        start=ends.get("start"),
        end=ends.get("end"),
        valid_from=text(getattr(parts[0], "valid_from", None)),
        valid_to=text(getattr(parts[0], "valid_to", None)),
    )


def _ends(part: common.BaseSelectionValue) -> dict[str, Period | None]:
    match part:
        case v21.BeforePeriod() | v30.BeforePeriod():
            return {"before": _period(part)}
        case v21.AfterPeriod() | v30.AfterPeriod():
            return {"after": _period(part)}
        case v21.RangePeriod() | v30.RangePeriod():
            return {"start": _period(part.start), "end": _period(part.end)}
        case _:
            return {}


def _period(period: common.Period | None) -> Period | None:
    if period is None:
        return None
    return Period(text(period.period) or "", inclusive=truth(period.is_inclusive))


def _key(key: common.BaseDataKey) -> Region:
    selections = (
        Selection(
            id=str(component.id),
            is_key=isinstance(component, common.DimensionComponent),
            values=(Value(str(value.value)),),
        )
        for component, value in key.key_value.items()
    )
    return Region(
        selections=tuple(selections),
        include=truth(key.included),
        valid_from=text(getattr(key, "valid_from", None)),
        valid_to=text(getattr(key, "valid_to", None)),
    )
