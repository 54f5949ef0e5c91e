"""The data types of SDMX, by where they may stand (SDMXCommon.xsd: SimpleDataType, TimeDataType, CodeDataType)."""

from typing import Final

TIME_TYPES: Final = frozenset(
    [
        "ObservationalTimePeriod",
        "StandardTimePeriod",
        "BasicTimePeriod",
        "GregorianTimePeriod",
        "GregorianYear",
        "GregorianYearMonth",
        "GregorianDay",
        "ReportingTimePeriod",
        "ReportingYear",
        "ReportingSemester",
        "ReportingTrimester",
        "ReportingQuarter",
        "ReportingMonth",
        "ReportingWeek",
        "ReportingDay",
        "DateTime",
        "TimeRange",
    ]
)
"""Those of periods and points in time."""

SIMPLE_TYPES_2_1: Final = TIME_TYPES | frozenset(
    [
        "String",
        "Alpha",
        "AlphaNumeric",
        "Numeric",
        "BigInteger",
        "Integer",
        "Long",
        "Short",
        "Decimal",
        "Float",
        "Double",
        "Boolean",
        "URI",
        "Count",
        "InclusiveValueRange",
        "ExclusiveValueRange",
        "Incremental",
        "Month",
        "MonthDay",
        "Day",
        "Time",
        "Duration",
    ]
)
"""Those of a component in SDMX 2.1."""

SIMPLE_TYPES: Final = SIMPLE_TYPES_2_1 | {"GeospatialInformation"}
"""Those of a component in SDMX 3.0."""

CODE_TYPES: Final = SIMPLE_TYPES_2_1 - {"Decimal", "Float", "Double", "DateTime", "TimeRange", "Time"}
"""Those that the ids of codes can have."""
