"""A report as a conversion makes it, small enough to count in the head."""

from dataclasses import replace

import pytest

from icstip.findings import Balance, Finding, Place, Report
from icstip.reports.conversion import CodeCount, ConversionReport, DataSetSummary, DimensionSummary

FILE, SHEET = "victims 2023.xlsx", "Table 4"


def found(code: str, value: str | None, *cells: str, **params: object) -> Finding:
    """Return a finding in the converted sheet."""
    return Finding(code, Place(FILE, SHEET, cells[0]), value, params, cells)


def unknown(label: str, *cells: str) -> Finding:
    """Return the finding of a label that is not known."""
    return found("LABEL-001", label, *cells, column="Citizenship", codelist="CL_AREA", candidates="–")


def label(text: str, code: str, how: str, rows: int, **others: object) -> dict[str, object]:
    """Return a label of the column of citizenships as reports write it."""
    row: dict[str, object] = {"column": "Citizenship", "component": "CITIZENSHIP", "label": text, "code": code}
    return {**row, "how": how, "rows": rows, "also": {}, "note": "", **others}


@pytest.fixture
def report() -> ConversionReport:
    """19,780 figures: 17,000 with a value, 800 with bounds, 100 without either, 1,880 set aside for two reasons."""
    left_out = found("ROW-003", "Rank", *(f"D{row}" for row in range(10, 1000)), column="Category", reason="repeated")
    findings = [left_out, unknown("Phillipines", "F17", "F18"), unknown("Atlantis", *(f"F{r}" for r in range(20, 910)))]
    return ConversionReport(
        icstip="0.1.0",
        input={
            "file": FILE,
            "sheet": SHEET,
            "mapping": "glotip",
            "title": "Published table",
            "attribution": "UNODC, GLOTIP",
            "sha256": "ab" * 32,
        },
        balance=Balance(19_780, 17_900, {"LABEL-001": 890, "ROW-003": 990}),
        labels=(
            label("Viet Nam", "VN", "name", 120),
            label("Phillipines", "", "", 2),
            label("Nigeriane", "NG", "suggested", 9),
            label("CÃ´te d'Ivoire", "CI", "repaired", 40, note="seen before", also={"ROUTE": "CROSS"}),
        ),
        report=Report.of(findings),
        datasets=(_victims(),),
    )


def _victims() -> DataSetSummary:
    sexes = (
        CodeCount("F", {"en": "Female", "fr": "Féminin", "es": "Femenino", "ar": "أنثى"}, 10_000),
        CodeCount("M", {"en": "Male"}, 7_000),
    )
    areas = tuple(CodeCount(f"A{i}", {}, 1_000) for i in range(15))
    return DataSetSummary(
        structure="TIP_VICTIM",
        name={"en": "Victim", "ar": "الضحية"},
        files=("TIP_VICTIM.xml", "TIP_VICTIM.csv"),
        observations=17_900,
        values=17_000,
        bounded=800,
        missing=100,
        periods=(("2019", 9_000), ("2021", 8_900)),
        dimensions=(
            DimensionSummary("SEX", {"en": "Sex", "ar": "الجنس"}, 3, sexes),
            DimensionSummary("CITIZENSHIP", {"en": "Citizenship"}, 17, areas),
        ),
    )


@pytest.fixture
def empty_report(report: ConversionReport) -> ConversionReport:
    """A table without any figure."""
    nothing: dict[str, str | None] = {"file": "empty.csv", "sheet": None, "mapping": None, "title": None}
    return replace(
        report,
        input={**nothing, "attribution": None, "sha256": None},
        balance=Balance(0, 0, {}),
        labels=(),
        report=Report(),
        datasets=(),
    )
