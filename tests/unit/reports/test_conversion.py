"""The report as JSON, and the summary of a data set."""

import json

import polars as pl
import pytest

from icstip.findings import Balance, Finding, Place, Report
from icstip.messages.dataset import DataSet
from icstip.reports.conversion import ConversionReport, conversion_json
from icstip.reports.summary import MOST_CODES, summarise
from icstip.schema import Schema
from icstip.standard.read import read_standard
from icstip.structures.build import build_structures


@pytest.fixture
def report() -> ConversionReport:
    """A report of three figures, one of which was set aside."""
    finding = Finding("FIGURE-001", Place("t.csv", None, "B3", 3), '"x" <é>', {"column": "B"}, ("B3",))
    return ConversionReport(
        icstip="0",
        input={"file": "t.csv", "sheet": None},
        balance=Balance(3, 2, {"FIGURE-001": 1}),
        labels=({"column": "Sex", "label": "إناث", "code": "F", "how": "name", "rows": 2},),
        report=Report.of([finding]),
        datasets=(),
    )


def test_the_json_is_what_the_report_says(report: ConversionReport) -> None:
    assert json.loads(conversion_json(report)) == report.to_dict()


def test_each_finding_and_label_stands_on_a_line_of_its_own(report: ConversionReport) -> None:
    lines = conversion_json(report).splitlines()
    assert json.loads(next(line for line in lines if "FIGURE-001" in line and "place" in line))["value"] == '"x" <é>'
    assert "إناث" in conversion_json(report)


def test_a_report_without_labels_or_findings_is_still_json() -> None:
    empty = ConversionReport("0", {}, Balance(0, 0, {}), (), Report(), ())
    assert json.loads(conversion_json(empty))["findings"] == []


def test_a_finding_speaks_the_language_of_the_report(report: ConversionReport) -> None:
    english, french = (json.loads(conversion_json(report, language))["findings"][0] for language in ("en", "fr"))
    assert english["code"] == french["code"]
    assert english["message"] != french["message"]


def test_a_summary_tells_values_bounds_and_missing_apart_and_names_the_codes() -> None:
    standard = read_standard()
    message = build_structures(standard)
    schema = Schema.from_dsd(message.structure["TIP_EVENT"])
    areas = [code for code in standard.codelists["CL_AREA"].by_id if len(code) == 2][: MOST_CODES + 5]
    rows = len(areas)
    frame = pl.DataFrame(
        {
            "REF_AREA": areas,
            "INDICATOR": ["EVT_REC"] * rows,
            "TIME_PERIOD": ["2021", "2020"] * (rows // 2),
            "OBS_VALUE": [1.0, None, None] + [5.0] * (rows - 3),
            "UPPER_BOUND": [None, 4.0] + [None] * (rows - 2),
        },
        schema_overrides={"UPPER_BOUND": pl.Float64},
    )
    others = [name for name in schema.dimensions if name not in frame.columns]
    frame = frame.with_columns(pl.lit("_T").alias(name) for name in others)
    summary = summarise(DataSet(schema, frame), standard, ("f.csv",))
    assert (summary.values, summary.bounded, summary.missing) == (rows - 2, 1, 1)
    assert [period for period, _ in summary.periods] == ["2020", "2021"]
    assert [dimension.id for dimension in summary.dimensions] == ["REF_AREA"]
    assert summary.dimensions[0].distinct == rows
    assert len(summary.dimensions[0].codes) == MOST_CODES
    assert summary.dimensions[0].codes[0].name["fr"]
