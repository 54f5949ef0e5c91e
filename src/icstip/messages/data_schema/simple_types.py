"""Representations of components → types of XML attributes (SDMX 3.0 §3A part IV, simple text format)."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from icstip.artefacts.base import Reference, Representation, TextFormat
from icstip.artefacts.collection import Artefacts
from icstip.artefacts.data_structure import Attribute, Component, Dimension, Measure
from icstip.artefacts.enumerations import scheme_of
from icstip.artefacts.items import Item, ValueList
from icstip.artefacts.resolution import representation_of
from icstip.messages.data_schema.allowed import Constraints
from icstip.messages.data_schema.dialect import Dialect

TIME_TYPE: Final = "common:ObservationalTimePeriodType"

_STRINGS: Final = {
    "String": "xs:string",
    "AlphaNumeric": "common:AlphaNumericType",
    "Alpha": "common:AlphaType",
    "Numeric": "common:NumericType",
    "URI": "xs:anyURI",
    "GeospatialInformation": "xs:string",
}
_DECIMALS: Final = {
    "Decimal": "xs:decimal",
    "InclusiveValueRange": "xs:decimal",
    "ExclusiveValueRange": "xs:decimal",
    "Incremental": "xs:decimal",
}
_WHOLE_NUMBERS: Final = {
    "BigInteger": "xs:integer",
    "Integer": "xs:int",
    "Long": "xs:long",
    "Short": "xs:short",
    "Count": "xs:integer",
}
_FLOATS: Final = {"Float": "xs:float", "Double": "xs:double"}
_TIMES: Final = {
    "ObservationalTimePeriod": TIME_TYPE,
    "StandardTimePeriod": "common:StandardTimePeriodType",
    "BasicTimePeriod": "common:BasicTimePeriodType",
    "GregorianTimePeriod": "common:GregorianTimePeriodType",
    "GregorianYear": "xs:gYear",
    "GregorianYearMonth": "xs:gYearMonth",
    "GregorianDay": "xs:date",
    "ReportingTimePeriod": "common:ReportingTimePeriodType",
    "ReportingYear": "common:ReportingYearType",
    "ReportingSemester": "common:ReportingSemesterType",
    "ReportingTrimester": "common:ReportingTrimesterType",
    "ReportingQuarter": "common:ReportingQuarterType",
    "ReportingMonth": "common:ReportingMonthType",
    "ReportingWeek": "common:ReportingWeekType",
    "ReportingDay": "common:ReportingDayType",
    "DateTime": "xs:dateTime",
    "TimeRange": "common:TimeRangeType",
}
_OTHERS: Final = {
    "Boolean": "xs:boolean",
    "Month": "xs:gMonth",
    "MonthDay": "xs:gMonthDay",
    "Day": "xs:gDay",
    "Time": "xs:time",
    "Duration": "xs:duration",
}
_NUMBERS: Final[Mapping[str, str]] = {**_DECIMALS, **_WHOLE_NUMBERS, **_FLOATS}
_TYPES: Final[Mapping[str, str]] = {**_STRINGS, **_NUMBERS, **_TIMES, **_OTHERS}
"""The type in XML Schema of each data type. A type that is not here is a text."""

_NOT_IN_NAMES: Final = re.compile(r"[^A-Za-z0-9_.\-]")


@dataclass(frozen=True, slots=True)
class SimpleType:
    """A simple type of a schema: a restriction of a base, or a union of members.

    Attributes:
        name: Its name.
        base: The type that it restricts.
        facets: Names of facets in XML Schema, with their values.
        items: The values that it enumerates, or None if it does not.
        members: The types that it is the union of.
    """

    name: str
    base: str = ""
    facets: tuple[tuple[str, str], ...] = ()
    items: tuple[Item, ...] | None = None
    members: tuple[str, ...] = ()


_NOT_A_NUMBER: Final = SimpleType("NotANumber", "xs:string", items=(Item(id="NaN"),))


@dataclass(slots=True)
class SimpleTypes:
    """The simple types of a schema, made as components ask for them.

    Args:
        artefacts: What enumerations and concepts are looked up in.
        dialect: Version of SDMX-ML.
        constraints: What of enumerations is allowed.
        is_evolving: Whether a dimension may be said not to be applicable (SDMX 3.1).
    """

    artefacts: Artefacts
    dialect: Dialect
    constraints: Constraints
    is_evolving: bool = False
    _made: dict[str, SimpleType] = field(default_factory=dict)

    @property
    def made(self) -> Iterable[SimpleType]:
        """The types in the order in which they were asked for; what a type refers to goes before it."""
        return self._made.values()

    def representation_of(self, component: Component) -> Representation:
        """Return the representation of a component: its own, or that of its concept."""
        return representation_of(self.artefacts, component)[0]

    def of(self, component: Component) -> str:
        """Return the qualified name of the type of one value of a component.

        Raises:
            StructureError: Its code list or its concept is not among the artefacts.
        """
        if isinstance(component, Attribute) and component.kind == "ReportingYearStartDay":
            return "xs:gMonthDay"
        representation, is_of_concept = representation_of(self.artefacts, component)
        if representation.enumeration is not None:
            plain = self._enumerated(component, representation.enumeration)
        elif isinstance(component, Dimension) and component.kind == "TimeDimension":
            return self._of_time(component, representation.format or TextFormat())
        else:
            owner = _concept_name(component.concept) if is_of_concept else f"Component.{component.id}"
            plain = self._of_format(owner, representation.format or TextFormat())
        return self._with_special_values(plain, tuple(self._special_values(component, plain)))

    def _enumerated(self, component: Component, enumeration: Reference) -> str:
        scheme = scheme_of(self.artefacts, enumeration, where=component.id)
        left = self.constraints.left(component.id, scheme.items)
        name = type_name(scheme.kind, scheme.agency, scheme.id, scheme.version)
        if left != scheme.items:
            name = f"{name}.{component.id}"
        base = "xs:string" if isinstance(scheme, ValueList) else "common:IDType"
        return self._make(SimpleType(name, base, items=left))

    def _of_time(self, component: Component, form: TextFormat) -> str:
        narrowed = TextFormat(form.data_type if form.data_type in _TIMES else "ObservationalTimePeriod", form.facets)
        return self._of_format(f"Component.{component.id}", narrowed)

    def _of_format(self, owner: str, form: TextFormat) -> str:
        data_type = form.data_type or "String"
        base = _TYPES.get(data_type, "xs:string")
        facets = tuple(_facets(data_type, base, form.facets))
        return self._make(SimpleType(type_name(owner), base, facets)) if facets else base

    def _special_values(self, component: Component, plain: str) -> Iterator[str]:
        """Yield the types of values that mean that there is none (SDMX 3.1 §3A part IV, 3.3.7 and 3.3.8).

        A missing number is ``NaN`` in every version (SDMX-ML 2.0, schema documentation, 5.9). Types of floating point
        have it already.
        """
        has_nan = plain in _FLOATS.values()
        if isinstance(component, Measure) and not has_nan and self._is_number(plain):
            yield self._make(_NOT_A_NUMBER)
        if self.dialect.has_missing and isinstance(component, Measure | Attribute) and not has_nan:
            yield "common:MissingType"
        if self.is_evolving and isinstance(component, Dimension):
            yield "common:NotApplicableType"

    def _is_number(self, name: str) -> bool:
        base = self._made[name].base if name in self._made else name
        return base in _NUMBERS.values()

    def _with_special_values(self, plain: str, special: tuple[str, ...]) -> str:
        if not special or plain == "xs:string":
            return plain
        name = ".Or.".join(one.rpartition(":")[2] for one in (plain, *special))
        return self._make(SimpleType(name, members=(plain, *special)))

    def _make(self, made: SimpleType) -> str:
        self._made.setdefault(made.name, made)
        return made.name


def type_name(*parts: str) -> str:
    """Return a name for a type of a schema.

    Example:
        >>> type_name("Codelist", "SDMX", "CL_AREA", "1.0.0-draft"), type_name("Codelist", "A", "CL_$", "1.0")
        ('Codelist.SDMX.CL_AREA.1.0.0-draft', 'Codelist.A.CL_.x24.1.0')
    """
    return ".".join(_NOT_IN_NAMES.sub(lambda found: f".x{ord(found[0]):x}", part) for part in parts)


def _concept_name(concept: Reference) -> str:
    return type_name("Concept", concept.agency, concept.id, concept.version, concept.item)


def _facets(data_type: str, base: str, facets: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the facets in XML Schema; those that it does not have for a type are for information only."""
    ends = "Exclusive" if data_type == "ExclusiveValueRange" else "Inclusive"
    if base in _STRINGS.values():
        names = {"minLength": "minLength", "maxLength": "maxLength"}
    elif base in _NUMBERS.values():
        names = {"minValue": f"min{ends}", "maxValue": f"max{ends}"}
    else:
        names = {}
    if base in _DECIMALS.values():
        names["decimals"] = "fractionDigits"
    names["pattern"] = "pattern"
    yield from ((name, facets[facet]) for facet, name in names.items() if facet in facets)
