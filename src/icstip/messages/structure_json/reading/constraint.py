"""Constraints on data."""

from collections.abc import Iterator
from typing import Final

from icstip.artefacts.base import Reference
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
from icstip.messages.structure_json.dialect import PERIODS
from icstip.messages.structure_json.reading.artefact import annotations, canonical_tag, maintainable
from icstip.messages.structure_json.reading.base import Node, NotUnderstoodError

_SINGLE: Final = ("dataProvider", "dataStructure", "dataflow", "provisionAgreement")
_SEVERAL: Final = ("dataStructures", "dataflows", "provisionAgreements")
# What a queryable data source says of one to which a client sends queries over HTTP.
_QUERYABLE: Final = {"isRESTDatasource": True, "isWebServiceDatasource": False}


def data_constraint(node: Node, kind: str) -> DataConstraint:
    """Return a constraint: a content constraint of SDMX-JSON 1.0, a data constraint of 2.x.

    Raises:
        FormatError: An id is missing.
        NotUnderstoodError: What it is attached to is not understood.
    """
    dialect = node.reading.dialect
    head = maintainable(node, kind)
    role = None if dialect.role_key is None else node.text(dialect.role_key)
    if role not in {None, ALLOWED, ACTUAL}:
        node.not_read(str(dialect.role_key))
        role = None
    # SDMX 2.1 takes ``Actual`` for granted.
    default = ACTUAL if dialect.role_key == "type" else ALLOWED
    attachment, sources = _attachment(node)
    return DataConstraint(
        **head,
        role=role or default,
        attachment=attachment,
        data_sources=sources,
        regions=tuple(map(_region, node.nodes("cubeRegions"))),
        key_sets=tuple(map(_key_set, node.nodes("dataKeySets"))),
        release_calendar=_release_calendar(node),
    )


def availability_constraint(node: Node, kind: str) -> DataConstraint:
    """Return a constraint on what there is of SDMX-JSON 2.1, which has neither id nor name.

    It belongs to the agency of what it is attached to, has its id and version, and is named after it.

    Raises:
        NotUnderstoodError: What it is attached to is missing or not understood.
    """
    reading = node.reading
    reading.artefact = None
    attachment, _ = _attachment(node)
    if not attachment:
        raise NotUnderstoodError("constraintAttachment")
    attached = attachment[0]
    reading.artefact = Reference(kind, attached.agency, attached.id, attached.version)
    region = node.node("cubeRegion")
    return DataConstraint(
        id=attached.id,
        agency=attached.agency,
        version=attached.version,
        name={"en": f"Availability for {attached.id}"},
        annotations=annotations(node),
        role=ACTUAL,
        attachment=attachment,
        regions=() if region is None else (_region(region),),
    )


def _attachment(node: Node) -> tuple[tuple[Reference, ...], tuple[str, ...]]:
    box = node.node("constraintAttachment")
    if box is None:
        return (), ()
    with box:
        single = [box.reference_if_any(name) for name in _SINGLE]
        several = [target for name in _SEVERAL for target in box.references(name)]
        source = box.text("simpleDataSource")
        sources = [*box.strings("simpleDataSources"), *map(_queryable, box.nodes("queryableDataSources"))]
    attachment = (*(target for target in single if target is not None), *several)
    return attachment, (*(() if source is None else (source,)), *sources)


def _queryable(node: Node) -> str:
    with node:
        for name, usual in _QUERYABLE.items():
            if node.truth(name) is not usual:
                node.not_read(name)
        return node.text("dataURL") or ""


def _release_calendar(node: Node) -> tuple[str, str, str] | None:
    box = node.node("releaseCalendar")
    if box is None:
        return None
    with box:
        return box.text("periodicity") or "", box.text("offset") or "", box.text("tolerance") or ""


def _key_set(node: Node) -> KeySet:
    with node:
        return KeySet(tuple(map(_region, node.nodes("keys"))), include=node.truth("isIncluded") is not False)


def _region(node: Node) -> Region:
    dialect = node.reading.dialect
    with node:
        include = node.truth("include" if node.name == "keys" else dialect.include_key)
        keys = [_selection(part, is_key=True) for part in node.nodes("keyValues")]
        others = [_selection(part, is_key=False) for part in node.nodes(dialect.component_key)]
        return Region(
            selections=(*keys, *others),
            include=include is not False,
            annotations=annotations(node),
            valid_from=node.text("validFrom"),
            valid_to=node.text("validTo"),
        )


def _selection(node: Node, *, is_key: bool) -> Selection:
    with node:
        identity = node.required("id")
        time_range = node.node("timeRange")
        single = node.text("value")
        values = tuple(_values(node))
        return Selection(
            id=identity,
            is_key=is_key,
            include=node.truth("include") is not False,
            values=values if single is None else (Value(single), *values),
            time_range=None if time_range is None else _time_range(time_range),
            remove_prefix=node.truth("removePrefix"),
            valid_from=node.text("validFrom"),
            valid_to=node.text("validTo"),
        )


def _values(node: Node) -> Iterator[Value]:
    # SDMX-JSON 1.0 lists the values that cascade a second time.
    cascading = () if node.reading.dialect.has_regions_in_detail else node.strings("cascadeValues")
    listed = set()
    for value in node.elements("values"):
        if isinstance(value, str):
            yield Value(value, "true" if value in cascading else "false")
            listed.add(value)
        elif isinstance(value, dict):
            yield _value(Node(value, "values", node.reading))
        else:
            node.not_read("values")
    yield from (Value(value, "true") for value in dict.fromkeys(cascading) if value not in listed)


def _value(node: Node) -> Value:
    with node:
        language = node.text("lang")
        return Value(
            value=node.text("value") or "",
            cascade=node.cascade("cascadeValues"),
            language=None if language is None else canonical_tag(language),
            valid_from=node.text("validFrom"),
            valid_to=node.text("validTo"),
        )


def _time_range(node: Node) -> TimeRange:
    with node:
        before, after, start, end = (_period(node, name) for name in PERIODS.values())
        return TimeRange(before, after, start, end, node.text("validFrom"), node.text("validTo"))


def _period(node: Node, name: str) -> Period | None:
    period = node.node(name)
    if period is None:
        return None
    with period:
        return Period(period.text("period") or "", inclusive=period.truth("isInclusive") is not False)
