"""Reports of validations as they come: victims in a workbook that has its faults, a message, and one without any."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache

from icstip.checks.results import Answer, Checked, Coverage, Outlier, Part, Reason, Total, Totals
from icstip.checks.settings import Limits, RuleSettings
from icstip.findings import SEVERITIES, Balance, Finding, Place, Severity
from icstip.reports.validation.report import DataSetReport, FileReport, ValidationReport
from icstip.schema import Schema
from icstip.standard.read import read_standard
from icstip.structures.build import build_structures

FILE, SHEET, MESSAGE = "victims.xlsx", "Table 4", "victims_2022.xml"
YEARS = tuple(str(year) for year in range(2015, 2023))
DETECTED = {"FREQ": "A", "REF_AREA": "KE", "INDICATOR": "VIC_DET", "UNIT_MEASURE": "NUMBER"}
RULES = (
    *("STRUCT-001", "CODE-001", "CODE-003", "CODE-004", "KEY-001", "KEY-002", "TIME-002", "TIME-004", "TIME-005"),
    *("VALUE-001", "VALUE-002", "VALUE-006", "VALUE-007", "VALUE-009", "SUM-001", "SUM-002", "SUM-003", "SUM-004"),
    *("SUM-005", "SUM-006", "SUM-007", "SERIES-001", "SERIES-002", "ABSENT-001"),
)


@cache
def victims() -> Schema:
    """Return the structure of victims with its names."""
    message = build_structures(read_standard())
    return Schema.from_dsd(message.structure["TIP_VICTIM"], message.dataflow["DF_TIP_VICTIM_CORE"])


def at(cell: str) -> Place:
    """Return a cell of the sheet."""
    return Place(FILE, SHEET, cell, int(cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")))


def part(code: str, cell: str, low: float, high: float | None = -1) -> Part:
    """Return a part that is exactly known, unless it has another upper bound."""
    return Part(code, low, low if high == -1 else high, at(cell))


def total(dimension: str, key: Mapping[str, str], whole: Part, parts: tuple[Part, ...], code: str) -> Total:
    """Return a total that does not fit its parts."""
    answer = Answer.PARTIAL if code == "SUM-002" else Answer.BROKEN
    return Total(dimension, {**DETECTED, **key}, whole, parts, answer, code)


def found(code: str, value: str | None, *cells: str, **params: object) -> Finding:
    """Return a finding in cells of the sheet."""
    return Finding(code, at(cells[0]), value, params, cells)


def totals() -> tuple[Total, ...]:
    """Return totals along sex, age and exploitation: too few, too many, a digit lost, intervals, many parts."""
    ages = (part("Y0T17", "F11", 22), part("Y_GE18", "G11", 50))
    forms = (part("SEXUAL", "H9", 48), part("LABOUR", "I9", 31), part("ORGANS", "J9", 1, 4), part("_O", "K9", 6))
    areas = ("UG", "TZ", "ET", "SO", "SS", "RW", "BI", "CD", "BD", "NP", "IN", "PK", "PH", "LK", "CN")
    citizens = tuple(part(area, f"C{30 + i}", 3 + i) for i, area in enumerate(areas))
    return (
        total(
            "SEX", {"TIME_PERIOD": "2018"}, part("_T", "B9", 100), (part("F", "C9", 60), part("M", "D9", 30)), "SUM-003"
        ),
        total(
            "SEX",
            {"TIME_PERIOD": "2019"},
            part("_T", "B10", 68),
            (part("F", "C10", 86), part("M", "D10", 0)),
            "SUM-004",
        ),
        total("AGE", {"SEX": "F", "TIME_PERIOD": "2020"}, part("_T", "C11", 85), ages, "SUM-002"),
        total("EXPLOITATION", {"TIME_PERIOD": "2018"}, part("_T", "B9", 100), forms, "SUM-003"),
        total(
            *("CITIZENSHIP", {"TIME_PERIOD": "2021"}, part("_T", "C45", 140), citizens, "SUM-001"),
        ),
        total(
            *("SEX", {"AGE": "Y0T17", "TIME_PERIOD": "2021"}, part("_T", "F12", 20, None)),
            *((part("F", "F22", 9), part("M", "F32", 1, 4)), "SUM-002"),
        ),
    )


def outliers() -> tuple[Outlier, ...]:
    """Return two series: a figure ten times too large, and one far too small with a gap before it."""
    forced = (14.0, 17.0, 15.0, 19.0, 21.0, 230.0, 24.0, 22.0)
    girls = (88.0, 92.0, 85.0, None, 95.0, 90.0, 9.0, 97.0)
    return (
        Outlier(
            *(
                {**DETECTED, "EXPLOITATION": "LABOUR"},
                tuple(zip(YEARS, forced, strict=True)),
                "2020",
                11,
                27,
                at("I11"),
            ),
        ),
        Outlier(
            *(
                {**DETECTED, "SEX": "F", "AGE": "Y0T17"},
                tuple(zip(YEARS, girls, strict=True)),
                "2021",
                79,
                103,
                at("M12"),
            ),
        ),
    )


def findings() -> tuple[Finding, ...]:
    """Return findings of each weight, as the rules say them."""
    kenya = "REF_AREA=KE, INDICATOR=VIC_DET"
    sums = {"parts": "F + M", "whole": "_T"}
    return (
        found(
            *("SUM-003", "100", "B9", "C9", "D9"),
            **{**sums, "key": f"{kenya}, TIME_PERIOD=2018", "sum": "90", "difference": "10"},
        ),
        found(
            *("SUM-003", "100", "B9", "H9", "I9", "J9", "K9"),
            key=f"{kenya}, TIME_PERIOD=2018",
            parts="SEXUAL + LABOUR + ORGANS + _O",
            whole="_T",
            sum="86–89",
            difference="11–14",
        ),
        found("SUM-004", "86", "C10", "B10", key=f"{kenya}, TIME_PERIOD=2019", part="F", whole="_T", sum="68"),
        found("SUM-007", "68", "B10", key=f"{kenya}, TIME_PERIOD=2019", instead="86"),
        found(
            *("SUM-001", "140", "C45", *(f"C{row}" for row in range(30, 45))),
            key=f"{kenya}, TIME_PERIOD=2021",
            parts="UG + TZ + …",
            sum="150",
            whole="_T",
            difference="10",
        ),
        found(
            "SUM-002",
            "85",
            "C11",
            "F11",
            "G11",
            **{**sums, "key": kenya, "sum": "72", "difference": "13", "component": "AGE"},
        ),
        found("SUM-005", None, "B6", component="AGE", reason="figures are hidden", times=14),
        found("KEY-002", "41; 44", "C20", "C27", key=f"{kenya}, SEX=F, TIME_PERIOD=2016"),
        found("KEY-001", "12", "D21", "D28", key=f"{kenya}, SEX=M, TIME_PERIOD=2017"),
        found(
            "CODE-001",
            "FORCED_WORK",
            *(f"A{row}" for row in range(40, 47)),
            column="Form",
            component="EXPLOITATION",
            codelist="CL_TIP_EXPLOITATION",
            candidates="FORCED_LABOUR",
        ),
        found("VALUE-001", "-1", "E8", "E13", key=f"{kenya}, SEX=_U", times=2),
        found(
            "SERIES-001",
            "230",
            "I11",
            key=f"{kenya}, EXPLOITATION=LABOUR",
            period="2020",
            number=7,
            low="14",
            high="24",
            median="19",
        ),
        found(
            "SERIES-001",
            "9",
            "M12",
            key=f"{kenya}, SEX=F, AGE=Y0T17",
            period="2021",
            number=6,
            low="85",
            high="97",
            median="91",
        ),
        *(found("VALUE-006", "0", f"N{row}", key=f"{kenya}, CITIZENSHIP=A{row}", times=1) for row in range(30, 54)),
        found("ABSENT-001", "2015", "B6", component="EXPLOITATION", flow="DF_TIP_VICTIM_CORE"),
        found("ABSENT-001", "2016", "B7", component="EXPLOITATION", flow="DF_TIP_VICTIM_CORE"),
    )


def checked_table() -> Checked:
    """Return what the checks of the workbook found."""
    counts = {"SEX": (9, 9, 9, 12, 12, 12, 12, 12), "AGE": (3, 3, 6, 6, 8, 8, 8, 8)}
    counts |= {"EXPLOITATION": (0, 0, 4, 4, 4, 4, 4, 0), "CITIZENSHIP": (0, 0, 0, 0, 0, 15, 15, 24), "MEANS": (0,) * 8}
    return Checked(
        findings=findings(),
        rules=RULES,
        settings=settings(),
        totals=totals(),
        answers=(
            Totals("SEX", "_T", {Answer.HOLDS: 41, Answer.PARTIAL: 1, Answer.BROKEN: 2}),
            Totals(
                "AGE",
                "_T",
                {Answer.HOLDS: 28, Answer.PARTIAL: 1, Answer.UNCHECKED: 14},
                {Reason.HIDDEN: 11, Reason.NO_TOTAL: 3},
            ),
            Totals(
                "EXPLOITATION", "_T", {Answer.HOLDS: 3, Answer.BROKEN: 1, Answer.UNCHECKED: 1}, {Reason.COUNTING: 1}
            ),
            Totals("CITIZENSHIP", "_T", {Answer.HOLDS: 2, Answer.BROKEN: 1}),
        ),
        outliers=outliers(),
        coverage=Coverage(YEARS, counts, (14, 14, 20, 24, 26, 42, 44, 46), frozenset({"SEX", "AGE", "EXPLOITATION"})),
    )


def settings() -> RuleSettings:
    """Return settings that change a severity, a limit, and switch a rule off."""
    off = {"SERIES-003": "Three small tables repeat on purpose; agreed with the ministry on 3 March."}
    return RuleSettings({"SUM-003": Severity.ERROR}, off, replace(Limits(), outlier=4.0), file="rules_kenya.toml")


def validation_of_a_table() -> ValidationReport:
    """Return the report of the workbook: 255 figures, 230 of them observations."""
    # The weights that the settings want are in the findings already, as the checks leave them.
    checked = checked_table()
    weighed = tuple(replace(one, weight=checked.settings.severities.get(one.code)) for one in checked.findings)
    data = DataSetReport(victims(), 230, 205, 17, 8, replace(checked, findings=weighed))
    balance = Balance(255, 230, {"CODE-001": 7, "KEY-002": 2, "ROW-003": 16})
    file = FileReport(FILE, "", "5e" * 32, "kenya_victims", SHEET, balance, (data,))
    return ValidationReport("0.1.0", settings(), RULES, (file,))


def validation_of_a_message() -> ValidationReport:
    """Return the report of a message: no cells, no balance, an earlier submission."""
    key = "A.KE.VIC_DET.NUMBER.F._T"
    place = Place(MESSAGE, None, None, 412, key)
    revised = {"key": "SEX=F, TIME_PERIOD=2021", "before": "120", "change": "+43 %"}
    told = (
        Finding("PREVIOUS-002", place, "172", revised),
        Finding("PREVIOUS-003", Place(MESSAGE, key=key), "31", {"key": "SEX=M, TIME_PERIOD=2015"}),
        Finding("CHECK-001", place, "37", {"of": "PREVIOUS-002", "times": 40}, weight=Severity.WARNING),
    )
    coverage = Coverage(("2021", "2022"), {"SEX": (3, 3), "AGE": (2, 0)}, (6, 6), frozenset({"SEX", "AGE"}))
    held = Totals("SEX", "_T", {Answer.HOLDS: 4})
    checked = Checked(told, RULES, RuleSettings(), answers=(held,), coverage=coverage)
    data = DataSetReport(victims(), 12, 9, 2, 1, checked)
    file = FileReport(MESSAGE, "SDMX-ML 3.0", "a7" * 32, datasets=(data,))
    return ValidationReport("0.1.0", RuleSettings(), RULES, (file,), previous="victims_2021.xml")


def validation_without_findings() -> ValidationReport:
    """Return the report of a table in which nothing was found."""
    coverage = Coverage(("2021", "2022"), {"SEX": (4, 4), "AGE": (3, 3)}, (9, 9), frozenset({"SEX", "AGE"}))
    held = tuple(Totals(name, "_T", {Answer.HOLDS: 6}) for name in ("SEX", "AGE"))
    checked = Checked((), RULES, RuleSettings(), answers=held, coverage=coverage)
    data = DataSetReport(victims(), 18, 18, 0, 0, checked)
    file = FileReport("clean.csv", "", "c1" * 32, "kenya_victims", None, Balance(18, 18, {}), (data,))
    return ValidationReport("0.1.0", RuleSettings(), RULES, (file,))


def validation_of_many(count: int = 5_000) -> ValidationReport:
    """Return a report of the workbook with very many findings, of many kinds and with long texts."""
    report = validation_of_a_table()
    codes = [code for code in SEVERITIES if code.startswith(("VALUE", "SERIES"))]
    needed = "count_value population usual unit before last first most status component lower upper period number low"
    params = {
        "key": "REF_AREA=KE, INDICATOR=VIC_DET, SEX=F, AGE=Y0T17, TIME_PERIOD=2020",
        **dict.fromkeys(f"{needed} high median other codes".split(), "12"),
    }
    many = tuple(
        Finding(codes[i % len(codes)], at(f"C{i + 10}"), "long " * 20, params, (f"C{i + 10}",)) for i in range(count)
    )
    (file,) = report.files
    (data,) = file.datasets
    checked = replace(data.checked, findings=many, totals=totals() * 200, outliers=outliers() * 50)
    return replace(report, files=(replace(file, datasets=(replace(data, checked=checked),)),))
