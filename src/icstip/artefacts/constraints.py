"""Constraints on the data of a dataflow, data structure, provision agreement or provider."""

from dataclasses import dataclass

from icstip.artefacts.base import Annotation, Maintainable, Reference

ALLOWED = "Allowed"
ACTUAL = "Actual"


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a selection.

    Attributes:
        cascade: ``true`` if the children of a code are meant with it, ``excluderoot`` if they are without it.
        language: Language of a text, or None.
    """

    value: str
    cascade: str = "false"
    language: str | None = None
    valid_from: str | None = None
    valid_to: str | None = None


@dataclass(frozen=True, slots=True)
class Period:
    """An end of a time range."""

    period: str
    inclusive: bool = True


@dataclass(frozen=True, slots=True)
class TimeRange:
    """A time range: before a period, after a period, or from a start to an end."""

    before: Period | None = None
    after: Period | None = None
    start: Period | None = None
    end: Period | None = None
    valid_from: str | None = None
    valid_to: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """The selected values of a component. `include` false means all others.

    Attributes:
        is_key: Whether the component is a dimension (a ``KeyValue``) or another component.
    """

    id: str
    is_key: bool = True
    include: bool = True
    values: tuple[Value, ...] = ()
    time_range: TimeRange | None = None
    remove_prefix: bool | None = None
    valid_from: str | None = None
    valid_to: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A cube region, or a key of a set of keys (`DataKeySet`): what is selected of each component."""

    selections: tuple[Selection, ...] = ()
    include: bool = True
    annotations: tuple[Annotation, ...] = ()
    valid_from: str | None = None
    valid_to: str | None = None


@dataclass(frozen=True, slots=True)
class KeySet:
    """A set of keys that are allowed, or are not."""

    keys: tuple[Region, ...]
    include: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class DataConstraint(Maintainable):
    """A constraint: ContentConstraint in SDMX 2.1, DataConstraint in 3.0, Data- or AvailabilityConstraint in 3.1.

    Attributes:
        role: `ALLOWED` or `ACTUAL`.
        attachment: What is constrained: references of one class.
        data_sources: URLs of simple data sources that it is attached to instead, or queryable ones.
        regions: At most two: what is included, and what is excluded.
        release_calendar: Periodicity, offset, tolerance.
    """

    role: str = ALLOWED
    attachment: tuple[Reference, ...] = ()
    data_sources: tuple[str, ...] = ()
    regions: tuple[Region, ...] = ()
    key_sets: tuple[KeySet, ...] = ()
    release_calendar: tuple[str, str, str] | None = None
