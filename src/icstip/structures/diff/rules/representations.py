"""Representations: which values something can have."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Final

from icstip.artefacts.base import Reference, Representation, TextFormat, Texts
from icstip.structures.diff.kinds import ChangeKind
from icstip.structures.diff.rules.comparison import Comparison
from icstip.structures.diff.rules.texts import compare_languages

STRING: Final = "String"
"""The data type of what says none."""

# A bound from below is narrower when it is higher, one from above when it is lower.
_FROM_BELOW = frozenset({"minLength", "minValue", "startValue", "startTime"})
_FROM_ABOVE = frozenset({"maxLength", "maxValue", "endValue", "endTime", "decimals"})
_MORE_IF_TRUE = "isMultiLingual"
_UNSAID: Mapping[str, str] = {"isMultiLingual": "false", "isSequence": "false", "minLength": "0"}
_BOOLEANS: Mapping[str, str] = {"1": "true", "0": "false"}

# SDMX 3.0, SDMXCommon.xsd, DataType: every value of the first type is one of each of the others.
_WIDER_TYPES: Mapping[str, tuple[str, ...]] = {
    "Alpha": ("AlphaNumeric",),
    "Numeric": ("AlphaNumeric",),
    "AlphaNumeric": (STRING,),
    "Short": ("Integer",),
    "Count": ("Integer",),
    "Integer": ("Long",),
    "Long": ("BigInteger",),
    "BigInteger": ("Decimal",),
    "Decimal": (STRING,),
    "InclusiveValueRange": ("Decimal",),
    "ExclusiveValueRange": ("Decimal",),
    "Incremental": ("Decimal",),
    "Float": ("Double",),
    "Double": (STRING,),
    "Boolean": (STRING,),
    "URI": (STRING,),
    "GregorianYear": ("GregorianTimePeriod",),
    "GregorianYearMonth": ("GregorianTimePeriod",),
    "GregorianDay": ("GregorianTimePeriod",),
    "GregorianTimePeriod": ("BasicTimePeriod",),
    "DateTime": ("BasicTimePeriod",),
    "BasicTimePeriod": ("StandardTimePeriod",),
    "ReportingYear": ("ReportingTimePeriod",),
    "ReportingSemester": ("ReportingTimePeriod",),
    "ReportingTrimester": ("ReportingTimePeriod",),
    "ReportingQuarter": ("ReportingTimePeriod",),
    "ReportingMonth": ("ReportingTimePeriod",),
    "ReportingWeek": ("ReportingTimePeriod",),
    "ReportingDay": ("ReportingTimePeriod",),
    "ReportingTimePeriod": ("StandardTimePeriod",),
    "StandardTimePeriod": ("ObservationalTimePeriod",),
    "TimeRange": ("ObservationalTimePeriod",),
    "ObservationalTimePeriod": (STRING,),
    "Month": (STRING,),
    "MonthDay": (STRING,),
    "Day": (STRING,),
    "Time": (STRING,),
    "Duration": (STRING,),
}


@dataclass(frozen=True)
class _Values:
    """The values that something can have, with all that is taken for granted said."""

    enumeration: Reference | None = None
    data_type: str = STRING
    facets: Mapping[str, str] = field(default_factory=dict)
    sentinels: Mapping[str, tuple[Texts, Texts]] = field(default_factory=dict)
    min_occurs: int = 1
    max_occurs: str = "1"


def compare_representations(
    comparison: Comparison, path: str, old: Representation | None, new: Representation | None, default: str = STRING
) -> None:
    """Compare which values something can have. What is left unsaid is the same as what it stands for.

    Args:
        comparison: The comparison of the artefact.
        path: The concept or component.
        old: Its representation as it was.
        new: Its representation as it is.
        default: The data type of what says none.
    """
    if old == new:
        return
    before, after = _values(old, default), _values(new, default)
    if before.enumeration is not None and after.enumeration is not None:
        comparison.refer(ChangeKind.ENUMERATION, path, before.enumeration, after.enumeration)
    elif before.enumeration is not None or after.enumeration is not None:
        comparison.add(ChangeKind.ENUMERATION, path, before=_named(before), after=_named(after))
        return
    _compare_types(comparison, path, before.data_type, after.data_type)
    for facet in sorted(before.facets.keys() | after.facets.keys()):
        _compare_facet(comparison, path, facet, before.facets.get(facet), after.facets.get(facet))
    _compare_occurrences(comparison, path, before, after)
    _compare_sentinels(comparison, path, before.sentinels, after.sentinels)


def is_wider(data_type: str, than: str) -> bool:
    """Return whether a data type has all values of another one.

    Example:
        >>> is_wider("Decimal", than="Integer"), is_wider("Integer", than="Decimal")
        (True, False)
    """
    return any(wider == data_type or is_wider(data_type, wider) for wider in _WIDER_TYPES.get(than, ()))


def _values(representation: Representation | None, default: str) -> _Values:
    if representation is None:
        return _Values(data_type=default)
    form = representation.format or TextFormat()
    return _Values(
        enumeration=representation.enumeration,
        data_type=form.data_type or (STRING if representation.enumeration else default),
        facets=dict(_facets(form.facets)),
        sentinels={value: (name, description) for value, name, description in form.sentinels},
        min_occurs=1 if representation.min_occurs is None else representation.min_occurs,
        max_occurs=representation.max_occurs or "1",
    )


def _facets(facets: Mapping[str, str]) -> list[tuple[str, str]]:
    said = [(name, _BOOLEANS.get(value, value) if name.startswith("is") else value) for name, value in facets.items()]
    return [(name, value) for name, value in said if value != _UNSAID.get(name)]


def _compare_types(comparison: Comparison, path: str, old: str, new: str) -> None:
    if old == new:
        return
    if is_wider(new, than=old):
        kind = ChangeKind.FORMAT_WIDENED
    else:
        kind = ChangeKind.FORMAT_NARROWED if is_wider(old, than=new) else ChangeKind.FORMAT_CHANGED
    comparison.add(kind, path, before=old, after=new)


def _compare_facet(comparison: Comparison, path: str, facet: str, old: str | None, new: str | None) -> None:
    if old == new:
        return
    if old is None or new is None:
        wider = (new is None) != (facet == _MORE_IF_TRUE)
        kind = ChangeKind.FORMAT_WIDENED if wider else ChangeKind.FORMAT_NARROWED
    else:
        order = _order(old, new)
        if order == 0:
            return
        kind = _bound_kind(facet, order)
    before, after = (None if value is None else f"{facet}={value}" for value in (old, new))
    comparison.add(kind, path, before=before, after=after)


def _bound_kind(facet: str, order: int | None) -> ChangeKind:
    if order is None or facet not in _FROM_BELOW | _FROM_ABOVE:
        return ChangeKind.FORMAT_CHANGED
    return ChangeKind.FORMAT_WIDENED if (order > 0) == (facet in _FROM_ABOVE) else ChangeKind.FORMAT_NARROWED


def _order(old: str, new: str) -> int | None:
    """Return whether a number grew (1), shrank (-1) or is the same (0); None for what is no number."""
    try:
        before, after = Decimal(old), Decimal(new)
    except InvalidOperation:
        return None
    if not before.is_finite() or not after.is_finite():
        return None
    return (after > before) - (after < before)


def _compare_occurrences(comparison: Comparison, path: str, old: _Values, new: _Values) -> None:
    if old.min_occurs != new.min_occurs:
        kind = _occurrences_kind(wider=new.min_occurs < old.min_occurs)
        comparison.add(kind, path, before=f"minOccurs={old.min_occurs}", after=f"minOccurs={new.min_occurs}")
    if old.max_occurs != new.max_occurs:
        kind = _occurrences_kind(wider=_most(new.max_occurs) > _most(old.max_occurs))
        comparison.add(kind, path, before=f"maxOccurs={old.max_occurs}", after=f"maxOccurs={new.max_occurs}")


def _occurrences_kind(*, wider: bool) -> ChangeKind:
    return ChangeKind.OCCURRENCES_WIDENED if wider else ChangeKind.OCCURRENCES_NARROWED


def _most(occurs: str) -> Decimal:
    return Decimal(occurs) if occurs.isdecimal() else Decimal("Infinity")


def _compare_sentinels(
    comparison: Comparison,
    path: str,
    old: Mapping[str, tuple[Texts, Texts]],
    new: Mapping[str, tuple[Texts, Texts]],
) -> None:
    for value in (known for known in old if known not in new):
        comparison.add(ChangeKind.SENTINEL_REMOVED, path, before=value, names=old[value][0])
    for value, texts in new.items():
        if value not in old:
            comparison.add(ChangeKind.SENTINEL_ADDED, path, after=value, names=texts[0])
            continue
        for before, after in zip(old[value], texts, strict=True):
            compare_languages(comparison, ChangeKind.SENTINEL_TEXT, path, before, after, prefix=f"{value}: ")


def _named(values: _Values) -> str:
    return values.data_type if values.enumeration is None else str(values.enumeration)
