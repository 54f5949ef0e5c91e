"""What is found as data are read obeys the settings of the rules, as what is found afterwards does."""

from pathlib import Path

import pytest

from icstip.findings import Severity
from icstip.standard.read import read_standard
from icstip.workflow.checking.validation import Validator


@pytest.fixture
def message(tmp_path: Path) -> Path:
    """A message with a code that is not in its list."""
    structure = read_standard().structures["TIP_VICTIM"]
    codes = {one.id: "_T" for one in structure.dimensions} | {
        "FREQ": "A",
        "REF_AREA": "KE",
        "INDICATOR": "VIC_DET",
        "UNIT_MEASURE": "NUMBER",
        "SEX": "W",
        "TIME_PERIOD": "2020",
    }
    columns = {
        "STRUCTURE": "dataflow",
        "STRUCTURE_ID": "ICSTIP:DF_TIP_VICTIM(1.0.0-draft)",
        "ACTION": "I",
        **codes,
        "OBS_VALUE": "5",
        "OBS_STATUS": "A",
        "CONF_STATUS": "F",
    }
    path = tmp_path / "data.csv"
    path.write_text(f"{','.join(columns)}\n{','.join(columns.values())}\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("severity", Severity)
def test_its_severity_is_the_one_that_is_wanted(severity: Severity, message: Path, tmp_path: Path) -> None:
    rules = tmp_path / "rules.toml"
    rules.write_text(f'[rules.CODE-002]\nseverity = "{severity}"\n', encoding="utf-8")
    report = Validator(rules=rules).validate([message])
    assert [one.severity for one in report.report.findings if one.code == "CODE-002"] == [severity]


def test_it_is_not_told_where_its_rule_is_off(message: Path, tmp_path: Path) -> None:
    rules = tmp_path / "rules.toml"
    rules.write_text('[rules.CODE-002]\noff = true\nreason = "the list is being extended"\n', encoding="utf-8")
    report = Validator(rules=rules).validate([message])
    assert [one for one in report.report.findings if one.code == "CODE-002"] == []
