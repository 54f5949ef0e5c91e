"""Constraints on data."""

from collections.abc import Iterator

from icstip.artefacts.base import Annotation, Reference
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
from icstip.messages.structure_ml.reading.artefact import annotations, maintainable
from icstip.messages.structure_ml.reading.base import Node, NotUnderstoodError
from icstip.messages.structure_ml.reading.items import cascade_of
from icstip.messages.structure_ml.reading.reference import references_in
from icstip.messages.xml import XML_LANG

_ATTACHED = ("DataProvider", "DataStructure", "Dataflow", "ProvisionAgreement")
# What the attributes of a queryable data source say of one to which a client sends queries over HTTP.
_QUERYABLE = {"isRESTDatasource": True, "isWebServiceDatasource": False}


def data_constraint(node: Node) -> DataConstraint:
    """Return a constraint: ContentConstraint of SDMX-ML 2.1, DataConstraint of 3.x."""
    attribute = node.reading.dialect.constraint_role
    # SDMX-ML 2.1 takes ``Actual`` for granted (XSD); 3.0 requires the attribute, and 3.1 has another class for it.
    default = ACTUAL if attribute == "type" else ALLOWED
    head = maintainable(node)
    attachment, sources = _attachment(node)
    return DataConstraint(
        **head,
        role=(node.choice(attribute, ALLOWED, ACTUAL) if attribute else None) or default,
        attachment=attachment,
        data_sources=sources,
        regions=tuple(map(_region, node.nodes("CubeRegion"))),
        key_sets=tuple(map(_key_set, node.nodes("DataKeySet"))),
        release_calendar=_release_calendar(node),
    )


def availability_constraint(node: Node) -> DataConstraint:
    """Return a constraint on what there is of SDMX-ML 3.1, which has neither id nor name.

    It gets agency, id and version of what it is attached to, and a name; how many series and observations there are
    become annotations. That is how registries say it in the versions in which constraints have ids and names.

    Raises:
        NotUnderstoodError: What it is attached to is absent or not understood.
    """
    attachment, _ = _attachment(node)
    if not attachment:
        raise NotUnderstoodError("ConstraintAttachment")
    attached = attachment[0]
    node.reading.artefact = Reference("DataConstraint", attached.agency, attached.id, attached.version)
    return DataConstraint(
        id=attached.id,
        agency=attached.agency,
        version=attached.version,
        name={"en": f"Availability for {attached.id}"},
        annotations=(*annotations(node), *_counts(node)),
        role=ACTUAL,
        attachment=attachment,
        regions=tuple(map(_region, node.nodes("CubeRegion"))),
    )


def _counts(node: Node) -> Iterator[Annotation]:
    for attribute, name in (("seriesCount", "series_count"), ("obsCount", "obs_count")):
        count = node.token(attribute)
        if count is not None:
            yield Annotation(id=name, type="sdmx_metrics", title=count)


def _attachment(node: Node) -> tuple[tuple[Reference, ...], tuple[str, ...]]:
    box = node.node("ConstraintAttachment")
    if box is None:
        return (), ()
    with box:
        attachment = [target for kind in _ATTACHED for target in references_in(box, kind, kind)]
        sources = [*box.words("SimpleDataSource"), *map(_queryable, box.nodes("QueryableDataSource"))]
    return tuple(attachment), tuple(sources)


def _queryable(node: Node) -> str:
    with node:
        for attribute, usual in _QUERYABLE.items():
            if node.truth(attribute) is not usual:
                node.reading.not_read(f"{node.name}@{attribute}")
        return node.word("DataURL") or ""


def _release_calendar(node: Node) -> tuple[str, str, str] | None:
    box = node.node("ReleaseCalendar")
    if box is None:
        return None
    with box:
        return box.text("Periodicity") or "", box.text("Offset") or "", box.text("Tolerance") or ""


def _key_set(node: Node) -> KeySet:
    with node:
        return KeySet(tuple(map(_region, node.nodes("Key"))), include=node.truth("isIncluded") is not False)


def _region(node: Node) -> Region:
    with node:
        return Region(
            selections=tuple(map(_selection, node.nodes("KeyValue", node.reading.dialect.component_tag))),
            include=_include(node),
            annotations=annotations(node),
            valid_from=node.token("validFrom"),
            valid_to=node.token("validTo"),
        )


def _selection(node: Node) -> Selection:
    with node:
        time_range = node.node("TimeRange")
        return Selection(
            id=node.required("id"),
            is_key=node.name == "KeyValue",
            include=_include(node),
            values=tuple(map(_value, node.nodes("Value"))),
            time_range=None if time_range is None else _time_range(time_range),
            remove_prefix=node.truth("removePrefix"),
            valid_from=node.token("validFrom"),
            valid_to=node.token("validTo"),
        )


def _include(node: Node) -> bool:
    return node.truth("include") is not False


def _value(node: Node) -> Value:
    with node:
        return Value(
            value=node.own_text(),
            cascade=cascade_of(node),
            language=node.attribute(XML_LANG),
            valid_from=node.token("validFrom"),
            valid_to=node.token("validTo"),
        )


def _time_range(node: Node) -> TimeRange:
    with node:
        before, after, start, end = _periods(node)
        return TimeRange(before, after, start, end, node.token("validFrom"), node.token("validTo"))


def _periods(node: Node) -> Iterator[Period | None]:
    for name in ("BeforePeriod", "AfterPeriod", "StartPeriod", "EndPeriod"):
        period = node.node(name)
        if period is None:
            yield None
        else:
            with period:
                yield Period(period.own_text().strip(), inclusive=period.truth("isInclusive") is not False)
