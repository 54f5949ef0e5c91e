"""Which enumerations, data types and facets each kind of component and concept can have, by version of SDMX-ML."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from icstip.artefacts.data_types import CODE_TYPES, SIMPLE_TYPES, SIMPLE_TYPES_2_1, TIME_TYPES
from icstip.messages.structure_ml.dialect import D21, D30, D31, FACETS, Dialect

_TRUTH: Final = re.compile("true|false|0|1")
_DECIMAL: Final = re.compile(r"[+\-]?(\d+(\.\d*)?|\.\d+)")
_INTEGER: Final = re.compile(r"[+\-]?\d+")
_POSITIVE: Final = re.compile(r"\+?0*[1-9]\d*")
_DURATION: Final = re.compile(r"-?P(?=.)(\d+Y)?(\d+M)?(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?")
_PERIOD: Final = re.compile(r"\d{4}.*")
_TEXT: Final = re.compile(r"(?s).*")

_VALUES: Final[Mapping[str, re.Pattern[str]]] = {
    "isSequence": _TRUTH,
    "interval": _DECIMAL,
    "startValue": _DECIMAL,
    "endValue": _DECIMAL,
    "timeInterval": _DURATION,
    "startTime": _PERIOD,
    "endTime": _PERIOD,
    "minLength": _POSITIVE,
    "maxLength": _POSITIVE,
    "minValue": _DECIMAL,
    "maxValue": _DECIMAL,
    "decimals": _POSITIVE,
    "pattern": _TEXT,
    "isMultiLingual": _TRUTH,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FormatRule:
    """What the schema allows in a format of values.

    Attributes:
        types: The data types.
        instead: The data type that stands for one that is not allowed; None: no data type.
        facets: The facets, in the order of the schema, with the form of their values.
        sentinels: Whether values can mean something of their own.
    """

    types: frozenset[str]
    instead: str | None
    facets: Mapping[str, re.Pattern[str]]
    sentinels: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RepresentationRule:
    """What the schema allows in a representation.

    Attributes:
        enumerations: Classes of what can enumerate the values.
        text: The rule for values that are not enumerated; None if they must be.
        coded: The rule for the form of enumerated values; None if it cannot be said.
        occurrences: Whether it says how many values there are.
        required: The widest data type where a format is required; None where it is not.
    """

    enumerations: frozenset[str] = frozenset()
    text: FormatRule | None
    coded: FormatRule | None = None
    occurrences: bool = False
    required: str | None = None


def _facets(*but: str, **other: re.Pattern[str]) -> Mapping[str, re.Pattern[str]]:
    return {name: other.get(name, _VALUES[name]) for name in FACETS if name not in but}


_WHOLE: Final = dict.fromkeys(("interval", "startValue", "endValue", "minValue", "maxValue"), _INTEGER)
_COUNTED: Final = {**dict.fromkeys(_WHOLE, _POSITIVE), "interval": _INTEGER}

_CODED: Final = FormatRule(types=CODE_TYPES, instead=None, facets=_facets("decimals", "isMultiLingual", **_WHOLE))
_CODING: Final = FormatRule(
    types=frozenset({"Alpha", "AlphaNumeric", "Numeric"}),
    instead=None,
    facets=_facets("timeInterval", "startTime", "endTime", "decimals", "isMultiLingual", **_COUNTED),
)
_SIMPLE: Final = FormatRule(types=SIMPLE_TYPES_2_1, instead="String", facets=_facets("isMultiLingual"))
_BASIC: Final = FormatRule(types=SIMPLE_TYPES_2_1 | {"XHTML"}, instead="String", facets=_facets())
_TIME: Final = FormatRule(
    types=TIME_TYPES,
    instead="ObservationalTimePeriod",
    facets={name: pattern for name, pattern in _VALUES.items() if name in {"startTime", "endTime"}},
)
_START_DAY: Final = FormatRule(types=frozenset({"MonthDay"}), instead="MonthDay", facets={})

_CODELIST: Final = frozenset({"Codelist"})
_ANY_LIST: Final = frozenset({"Codelist", "ValueList"})
_COMPONENT_21: Final = RepresentationRule(enumerations=_CODELIST, text=_SIMPLE, coded=_CODED)
_TIME_3X: Final = RepresentationRule(text=replace(_TIME, sentinels=True), required="ObservationalTimePeriod")
_LEVEL: Final = RepresentationRule(text=_CODING)
_CONCEPT_3X: Final = RepresentationRule(
    enumerations=_ANY_LIST,
    text=replace(_BASIC, types=SIMPLE_TYPES | {"XHTML"}, sentinels=True),
    coded=_CODED,
    occurrences=True,
)

_RULES_21: Final[Mapping[str, RepresentationRule]] = {
    "Concept": RepresentationRule(enumerations=_CODELIST, text=_BASIC, coded=_CODED),
    "Dimension": _COMPONENT_21,
    "MeasureDimension": RepresentationRule(enumerations=frozenset({"ConceptScheme"}), text=None),
    "TimeDimension": RepresentationRule(text=_TIME, required="ObservationalTimePeriod"),
    "Measure": _COMPONENT_21,
    "DataAttribute": _COMPONENT_21,
    "ReportingYearStartDay": RepresentationRule(text=_START_DAY, required="MonthDay"),
    "Level": _LEVEL,
}
_RULES_3X: Final[Mapping[str, RepresentationRule]] = {
    "Concept": _CONCEPT_3X,
    "Dimension": RepresentationRule(
        enumerations=_CODELIST, text=replace(_SIMPLE, types=SIMPLE_TYPES, sentinels=True), coded=_CODED
    ),
    "TimeDimension": _TIME_3X,
    "Measure": _CONCEPT_3X,
    "DataAttribute": _CONCEPT_3X,
    "Level": _LEVEL,
}
_RULES: Final[Mapping[str, Mapping[str, RepresentationRule]]] = {
    D21.format_id: _RULES_21,
    D30.format_id: _RULES_3X,
    D31.format_id: _RULES_3X,
}


def rule_of(dialect: Dialect, kind: str) -> RepresentationRule:
    """Return what the schema allows as the representation of a concept, component or level of a class."""
    return _RULES[dialect.format_id][kind]
