"""Constraints on data."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import product
from typing import Final

from icstip.artefacts.constraints import DataConstraint, KeySet, Period, Region, Selection, TimeRange, Value
from icstip.messages.structure_json.dialect import PERIODS
from icstip.messages.structure_json.layout import Json, JsonObject
from icstip.messages.structure_json.writing.artefact import language_tag, maintainable, put_annotations
from icstip.messages.structure_json.writing.base import NC_NAME, NESTED_NC_NAME, UnsayableError, Writing

_ATTACHED: Final = {
    "DataStructure": "dataStructures",
    "Dataflow": "dataflows",
    "ProvisionAgreement": "provisionAgreements",
}
_AVAILABLE: Final = {
    "DataStructure": "dataStructure",
    "Dataflow": "dataflow",
    "ProvisionAgreement": "provisionAgreement",
}
_CASCADES: Final = {"true": True, "false": False}


def data_constraint(writing: Writing, constraint: DataConstraint) -> JsonObject:
    """Return a constraint as an object: a content constraint in SDMX-JSON 1.0, a data constraint in 2.x.

    Raises:
        UnsayableError: It has several regions to include, or to exclude.
        StructureError: An id has not the form that SDMX requires, or it has no name.
    """
    dialect = writing.dialect
    if len({region.include for region in constraint.regions}) < len(constraint.regions):
        raise UnsayableError("regions")  # SDMX has one to include, and one to exclude
    written = maintainable(writing, constraint)
    if dialect.role_key is not None:
        written[dialect.role_key] = constraint.role
    attachment = _attachment(writing, constraint)
    if attachment:
        written["constraintAttachment"] = attachment
    calendar = constraint.release_calendar
    if calendar is not None and dialect.has_sources_and_calendar:
        written["releaseCalendar"] = dict(zip(("periodicity", "offset", "tolerance"), calendar, strict=True))
    elif calendar is not None:
        writing.lost("release-calendar")
    key_sets = [_key_set(writing, keys, constraint.id) for keys in constraint.key_sets]
    if any(keys["keys"] for keys in key_sets):
        written["dataKeySets"] = [keys for keys in key_sets if keys["keys"]]
    if constraint.regions:
        written["cubeRegions"] = [_region(writing, region) for region in constraint.regions]
    return written


def availability_constraints(writing: Writing, constraint: DataConstraint) -> Iterator[JsonObject]:
    """Yield a constraint on what there is as objects of SDMX-JSON 2.1, one for each thing that it is attached to.

    They have one region and no identity.

    Raises:
        UnsayableError: It has not one region, or is attached to something else, or has sets of keys: as a constraint of
            another class it would say what is allowed.
        StructureError: An id has not the form that SDMX requires.
    """
    attached = [target for target in constraint.attachment if target.kind in _AVAILABLE]
    if not attached or len(constraint.regions) != 1 or constraint.key_sets:
        raise UnsayableError("actual-constraint")
    writing.lost("identity")
    if len(attached) < len(constraint.attachment):
        writing.lost("attachments")
    if constraint.release_calendar is not None:
        writing.lost("release-calendar")
    if constraint.data_sources:
        writing.lost("data-sources")
    for target in attached:
        written: JsonObject = {
            "constraintAttachment": {_AVAILABLE[target.kind]: writing.urn(target)},
            "cubeRegion": _region(writing, constraint.regions[0]),
        }
        put_annotations(writing, written, constraint.annotations, constraint.id)
        yield written


def _attachment(writing: Writing, constraint: DataConstraint) -> JsonObject:
    attachment, sources = constraint.attachment, constraint.data_sources
    kind = attachment[0].kind if attachment else ""
    urn = writing.provider_urn if kind == "DataProvider" else writing.urn
    urns: list[Json] = [urn(target) for target in dict.fromkeys(attachment) if target.kind == kind]
    if any(target.kind != kind for target in attachment) or (kind not in _ATTACHED and len(urns) > 1):
        writing.lost("attachments")
    if sources and not writing.dialect.has_sources_and_calendar:
        writing.lost("data-sources")
        sources = ()
    if kind in _ATTACHED:
        written: JsonObject = {_ATTACHED[kind]: urns}
        if sources:
            written["queryableDataSources"] = [_queryable(source) for source in sources]
        return written
    if kind == "DataProvider":
        if sources:
            writing.lost("data-sources")
        return {"dataProvider": urns[0]}
    if kind:
        raise UnsayableError("reference-kind")
    return _simple_sources(writing, sources)


def _queryable(source: str) -> JsonObject:
    return {"isRESTDatasource": True, "isWebServiceDatasource": False, "dataURL": source}


def _simple_sources(writing: Writing, sources: tuple[str, ...]) -> JsonObject:
    if not sources:
        return {}
    if writing.dialect.has_regions_in_detail:
        return {"simpleDataSources": list(dict.fromkeys(sources))}
    if len(sources) > 1:
        writing.lost("data-sources")
    return {"simpleDataSource": sources[0]}


def _key_set(writing: Writing, keys: KeySet, part: str) -> dict[str, Json]:
    written: list[Json] = []
    for key in keys.keys:
        if key.include:
            written.extend(_keys(writing, key))
        else:
            writing.lost("key-selection", part)
    return {"isIncluded": keys.include, "keys": written}


def _keys(writing: Writing, key: Region) -> Iterator[JsonObject]:
    """Yield a key, or several of them if it has several values of a dimension and the version has one in each."""
    dialect = writing.dialect
    rest: JsonObject = {}
    others: list[Json] = [
        _selection(writing, selection, has_validity=False, has_language=True)
        for selection in key.selections
        if not selection.is_key
    ]
    if dialect.has_regions_in_detail:
        put_annotations(writing, rest, key.annotations, writing.artefact.id)
        _put_validity(rest, key.valid_from, key.valid_to)
        if others:
            rest["components"] = others
    else:
        _lose_detail(writing, key)
        if others:
            writing.lost("key-selection")
    selected = [selection for selection in key.selections if selection.is_key and _is_in_keys(writing, selection)]
    if dialect.has_several_values_in_keys:
        values: list[list[Json]] = [[_key_value(writing, selection) for selection in selected]]
    else:
        if any(len(selection.values) > 1 for selection in selected):
            writing.translated("keys-expanded")
        values = [[_key_value(writing, one) for one in chosen] for chosen in product(*map(_singly, selected))]
    for key_values in values:
        if key_values:
            yield {"keyValues": key_values, **rest}
        elif "components" in rest:
            yield {"keyValues": [], **rest}


def _singly(selection: Selection) -> Iterable[Selection]:
    return [replace(selection, values=(value,)) for value in selection.values]


def _is_in_keys(writing: Writing, selection: Selection) -> bool:
    can_exclude = writing.dialect.has_regions_in_detail and not writing.dialect.has_several_values_in_keys
    if not selection.values:
        writing.lost("key-selection", selection.id)
        return False
    if not selection.include and not can_exclude:
        writing.lost("key-selection", selection.id)
        return False
    return True


def _key_value(writing: Writing, selection: Selection) -> JsonObject:
    written: JsonObject = {"id": writing.checked_id(selection.id, NC_NAME)}
    if not selection.include:
        written["include"] = False
    _put_prefix(writing, written, selection)
    _lose_value_detail(writing, selection, cascades=frozenset({"false"}))
    values: list[Json] = [value.value for value in selection.values]
    if len(values) == 1:
        written["value"] = values[0]
    else:
        written["values"] = values
    return written


def _region(writing: Writing, region: Region) -> JsonObject:
    dialect = writing.dialect
    written: JsonObject = {dialect.include_key: region.include}
    if dialect.has_regions_in_detail:
        put_annotations(writing, written, region.annotations, writing.artefact.id)
        if region.valid_from is not None or region.valid_to is not None:
            writing.lost("validity")
        has_language = not dialect.has_several_values_in_keys
        keys: list[Json] = [
            _selection(writing, selection, has_validity=True, has_language=has_language)
            for selection in region.selections
            if selection.is_key
        ]
        others: list[Json] = [
            _selection(writing, selection, has_validity=False, has_language=True)
            for selection in region.selections
            if not selection.is_key
        ]
    else:
        _lose_detail(writing, region)
        sayable = [selection for selection in region.selections if _is_in_old_region(writing, selection)]
        keys = [_old_selection(writing, selection) for selection in sayable if selection.is_key]
        others = [_old_selection(writing, selection) for selection in sayable if not selection.is_key]
    if keys:
        written["keyValues"] = keys
    if others:
        written[dialect.component_key] = others
    return written


def _lose_detail(writing: Writing, region: Region) -> None:
    if region.annotations:
        writing.lost("annotations")
    if region.valid_from is not None or region.valid_to is not None:
        writing.lost("validity")


def _selection(writing: Writing, selection: Selection, *, has_validity: bool, has_language: bool) -> JsonObject:
    written: JsonObject = {"id": writing.checked_id(selection.id, NESTED_NC_NAME)}
    if not selection.include:
        written["include"] = False
    _put_prefix(writing, written, selection)
    if has_validity:
        _put_validity(written, selection.valid_from, selection.valid_to)
    elif selection.valid_from is not None or selection.valid_to is not None:
        writing.lost("validity", selection.id)
    if selection.values:
        written["values"] = [_value(writing, value, selection.id, has_language) for value in selection.values]
        if selection.time_range is not None:
            writing.lost("time-range", selection.id)
    elif selection.time_range is not None:
        _put_time_range(writing, written, selection.time_range, selection.id)
    return written


def _value(writing: Writing, value: Value, part: str, has_language: bool) -> JsonObject:  # noqa: FBT001
    written: JsonObject = {"value": value.value}
    if value.cascade != "false":
        written["cascadeValues"] = _CASCADES.get(value.cascade, "excluderoot")
    tag = language_tag(value.language)
    if tag is not None and has_language:
        written["lang"] = tag
    elif value.language is not None:
        writing.lost("value-language", part)
    _put_validity(written, value.valid_from, value.valid_to)
    return written  # a text would do where there is nothing else, but not all tools read it


def _is_in_old_region(writing: Writing, selection: Selection) -> bool:
    if not selection.include:
        writing.lost("excluded-values", selection.id)
    return selection.include


def _old_selection(writing: Writing, selection: Selection) -> JsonObject:
    """Return a selection as SDMX-JSON 1.0 has it: values, and those of them that cascade."""
    written: JsonObject = {"id": writing.checked_id(selection.id, NC_NAME)}
    _put_prefix(writing, written, selection)
    if selection.values:
        written["values"] = [value.value for value in selection.values]
    cascading: list[Json] = [value.value for value in selection.values if value.cascade != "false"]
    if cascading:
        written["cascadeValues"] = cascading
    _lose_value_detail(writing, selection, cascades=frozenset({"false", "true"}))
    if selection.time_range is not None:
        _put_time_range(writing, written, selection.time_range, selection.id)
    return written


def _lose_value_detail(writing: Writing, selection: Selection, *, cascades: frozenset[str]) -> None:
    if any(value.cascade not in cascades for value in selection.values):
        writing.lost("cascade", selection.id)
    if any(value.language is not None for value in selection.values):
        writing.lost("value-language", selection.id)
    dated: list[Selection | Value] = [selection, *selection.values]
    if any(one.valid_from is not None or one.valid_to is not None for one in dated):
        writing.lost("validity", selection.id)


def _put_prefix(writing: Writing, target: JsonObject, selection: Selection) -> None:
    if selection.remove_prefix is None:
        return
    if writing.dialect.has_regions_in_detail:
        target["removePrefix"] = selection.remove_prefix
    else:
        writing.lost("remove-prefix", selection.id)


def _put_validity(target: JsonObject, valid_from: str | None, valid_to: str | None) -> None:
    if valid_from is not None:
        target["validFrom"] = valid_from
    if valid_to is not None:
        target["validTo"] = valid_to


def _put_time_range(writing: Writing, target: JsonObject, times: TimeRange, part: str) -> None:
    given = {"before": times.before, "after": times.after, "start": times.start, "end": times.end}
    periods = {name: period for name, period in given.items() if period is not None}
    kept = _one_range(periods) if writing.dialect.has_regions_in_detail else periods
    if len(kept) != len(periods) or not kept:
        writing.lost("time-range", part)
    elif kept.keys() != periods.keys():
        writing.translated("open-range", part)
    if not kept:
        return
    written: JsonObject = {PERIODS[name]: _period(period) for name, period in kept.items()}
    if writing.dialect.has_time_range_validity:
        _put_validity(written, times.valid_from, times.valid_to)
    elif times.valid_from is not None or times.valid_to is not None:
        writing.lost("validity", part)
    target["timeRange"] = written


def _one_range(periods: dict[str, Period]) -> dict[str, Period]:
    """Return the one range that SDMX-JSON 2.x can say: before a period, after one, or from one to another."""
    if "start" in periods and "end" in periods:
        return {"start": periods["start"], "end": periods["end"]}
    for name, known in (("start", "after"), ("after", "after"), ("end", "before"), ("before", "before")):
        if name in periods:
            return {known: periods[name]}
    return {}


def _period(period: Period) -> JsonObject:
    return {"period": period.period, "isInclusive": period.inclusive}
