"""What the versions of SDMX-JSON can say of the form of values: data types, facets, enumerations."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from icstip.artefacts.data_types import CODE_TYPES, SIMPLE_TYPES, SIMPLE_TYPES_2_1, TIME_TYPES


class Facet(Enum):
    """What the value of a facet is in JSON."""

    TRUTH = auto()
    WHOLE = auto()
    COUNT = auto()
    NUMBER = auto()
    TEXT = auto()
    DURATION = auto()


@dataclass(frozen=True, slots=True)
class TextForm:
    """What a text format can say.

    Attributes:
        types: Its data types.
        facets: Its facets.
        has_sentinels: Whether it has sentinel values.
        needs_type: The data type that it has where nothing says one, if it must say one.
    """

    types: frozenset[str]
    facets: Mapping[str, Facet]
    has_sentinels: bool = False
    needs_type: str | None = None


@dataclass(frozen=True, slots=True)
class Form:
    """What the representation of something can say.

    Attributes:
        text: Its text format; None if it has none.
        coded: The text format of codes; None if it has no enumeration.
        enumerations: Classes of what can enumerate the values.
        has_occurrences: Whether it says how many values there can be.
        is_needed: Whether there must be one.
    """

    text: TextForm | None
    coded: TextForm | None = None
    enumerations: frozenset[str] = frozenset()
    has_occurrences: bool = False
    is_needed: bool = False


@dataclass(frozen=True, slots=True)
class Forms:
    """What the representations of a version can say, by what they are of."""

    concept: Form
    dimension: Form
    measure_dimension: Form
    time_dimension: Form
    attribute: Form
    reporting_year_start_day: Form
    measure: Form
    level: TextForm
    map_types: frozenset[str]


_ALPHANUMERIC: Final = frozenset({"Alpha", "AlphaNumeric", "Numeric"})
_MAP_TYPES: Final = SIMPLE_TYPES | {"XHTML", "KeyValues", "IdentifiableReference", "DataSetReference"}

_TIMES: Final = {"startTime": Facet.TEXT, "endTime": Facet.TEXT}
_SIMPLE: Final[Mapping[str, Facet]] = {
    "isSequence": Facet.TRUTH,
    "interval": Facet.NUMBER,
    "startValue": Facet.NUMBER,
    "endValue": Facet.NUMBER,
    "timeInterval": Facet.DURATION,
    **_TIMES,
    "minLength": Facet.COUNT,
    "maxLength": Facet.COUNT,
    "minValue": Facet.NUMBER,
    "maxValue": Facet.NUMBER,
    "decimals": Facet.COUNT,
    "pattern": Facet.TEXT,
}
_BASIC: Final = {**_SIMPLE, "isMultiLingual": Facet.TRUTH}
_CODED: Final = {
    name: Facet.WHOLE if facet is Facet.NUMBER else facet for name, facet in _SIMPLE.items() if name != "decimals"
}
_LEVEL: Final = {
    name: Facet.COUNT if name in {"startValue", "endValue", "minValue", "maxValue"} else facet
    for name, facet in _CODED.items()
    if name not in {"timeInterval", "startTime", "endTime"}
}

FACETS: Final[tuple[str, ...]] = tuple(_BASIC)
"""All facets, in the order of the schemas."""

_CODES: Final = TextForm(CODE_TYPES, _CODED)
_CODELIST: Final = frozenset({"Codelist"})
_ANY_LIST: Final = frozenset({"Codelist", "ValueList"})
_LEVEL_FORM: Final = TextForm(_ALPHANUMERIC, _LEVEL)

_SIMPLE_1: Final = TextForm(SIMPLE_TYPES_2_1, _SIMPLE)
_COMPONENT_1: Final = Form(_SIMPLE_1, _CODES, _CODELIST)

FORMS_1: Final = Forms(
    concept=Form(TextForm(SIMPLE_TYPES_2_1 | {"XHTML"}, _BASIC), _CODES, _CODELIST),
    dimension=_COMPONENT_1,
    measure_dimension=Form(None, None, frozenset({"ConceptScheme"}), is_needed=True),
    time_dimension=Form(TextForm(TIME_TYPES, _TIMES, needs_type="ObservationalTimePeriod"), is_needed=True),
    attribute=_COMPONENT_1,
    reporting_year_start_day=Form(TextForm(SIMPLE_TYPES_2_1, {}, needs_type="MonthDay"), is_needed=True),
    measure=_COMPONENT_1,
    level=_LEVEL_FORM,
    map_types=frozenset(),
)

_SIMPLE_2: Final = TextForm(SIMPLE_TYPES, {**_SIMPLE, "interval": Facet.WHOLE}, has_sentinels=True)
_BASIC_2: Final = TextForm(SIMPLE_TYPES | {"XHTML"}, _BASIC, has_sentinels=True)
_OCCURRING_2: Final = Form(_BASIC_2, _CODES, _ANY_LIST, has_occurrences=True)
_DIMENSION_2: Final = Form(_SIMPLE_2, _CODES, _CODELIST)

FORMS_2: Final = Forms(
    concept=_OCCURRING_2,
    dimension=_DIMENSION_2,
    measure_dimension=_DIMENSION_2,
    time_dimension=Form(
        TextForm(TIME_TYPES, _TIMES, has_sentinels=True, needs_type="ObservationalTimePeriod"), is_needed=True
    ),
    attribute=_OCCURRING_2,
    reporting_year_start_day=_OCCURRING_2,
    measure=_OCCURRING_2,
    level=_LEVEL_FORM,
    map_types=_MAP_TYPES,
)
