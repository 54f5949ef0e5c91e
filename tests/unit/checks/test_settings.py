"""Whoever checks says what they want of the rules; what is not understood is refused by its name."""

import json
from datetime import date
from pathlib import Path

import pytest

from icstip.checks.settings import Limits, RuleSettings, read_settings
from icstip.errors import FormatError
from icstip.findings import Severity

CODES = frozenset({"SUM-001", "SERIES-001", "TIME-004"})


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "rules.toml"


def read(path: Path, text: str) -> RuleSettings:
    path.write_text(text, encoding="utf-8")
    return read_settings(path, CODES)


def test_a_file_that_says_nothing_changes_nothing(path: Path) -> None:
    assert read(path, "") == RuleSettings(file="rules.toml")


def test_severities_limits_and_rules_that_are_off_are_read(path: Path) -> None:
    settings = read(
        path,
        """
        today = 2021-12-31
        [rules.SUM-001]
        severity = "warning"
        [rules.SERIES-001]
        off = true
        reason = "Small numbers."
        [rules.TIME-004]
        off = false
        [limits]
        outlier = 4
        listed = 10
        """,
    )
    assert settings == RuleSettings(
        severities={"SUM-001": Severity.WARNING},
        off={"SERIES-001": "Small numbers."},
        limits=Limits(outlier=4, listed=10),
        today=date(2021, 12, 31),
        file="rules.toml",
    )
    assert json.loads(json.dumps(settings.to_dict()))["today"] == "2021-12-31"


def test_the_day_can_be_a_text(path: Path) -> None:
    assert read(path, 'today = "2021-12-31"').today == date(2021, 12, 31)


@pytest.mark.parametrize("severity", Severity)
def test_each_severity_can_be_wanted(severity: Severity, path: Path) -> None:
    assert read(path, f'[rules.SUM-001]\nseverity = "{severity}"').severities == {"SUM-001": severity}


@pytest.mark.parametrize(
    ("text", "message_id", "named"),
    [
        ("[rule.SUM-001]", "checks-unknown", "rule"),
        ("[rules.SUM-999]", "checks-unknown", "SUM-999"),
        ("[rules.sum-001]", "checks-unknown", "sum-001"),
        ('[rules.SUM-001]\nweight = "error"', "checks-unknown", "rules.SUM-001.weight"),
        ("[limits]\noutliers = 4", "checks-unknown", "limits.outliers"),
        ('[rules.SUM-001]\nseverity = "fatal"', "checks-value", "rules.SUM-001.severity"),
        ("[rules.SUM-001]\nseverity = 3", "checks-value", "rules.SUM-001.severity"),
        ('[rules.SUM-001]\nseverity = ["error"]', "checks-value", "rules.SUM-001.severity"),
        ('[rules]\nSUM-001 = "error"', "checks-value", "rules.SUM-001"),
        ('[rules.SUM-001]\noff = "yes"', "checks-value", "rules.SUM-001.off"),
        ("[rules.SUM-001]\noff = 1", "checks-value", "rules.SUM-001.off"),
        ("[rules.SUM-001]\noff = true", "checks-reason", "rules.SUM-001"),
        ('[rules.SUM-001]\noff = true\nreason = " "', "checks-reason", "rules.SUM-001"),
        ("rules = 5", "checks-value", "rules"),
        ("limits = []", "checks-value", "limits"),
        *(
            (f"[limits]\n{limit}", "checks-value", f"limits.{limit.split(' ')[0]}")
            for limit in ("outlier = 0", "outlier = -1", "outlier = nan", "outlier = inf", 'outlier = "5"')
        ),
        *(
            (f"[limits]\n{limit}", "checks-value", f"limits.{limit.split(' ')[0]}")
            for limit in ("outlier = true", "listed = 2.5", "listed = 0", "listed = true", "revision = [1]")
        ),
        ("today = 5", "checks-value", "today"),
        ('today = "yesterday"', "checks-value", "today"),
        ("today = 2021-12-31T00:00:00", "checks-value", "today"),
    ],
)
def test_a_mistake_is_refused_by_its_name(text: str, message_id: str, named: str, path: Path) -> None:
    with pytest.raises(FormatError) as refused:
        read(path, text)
    assert (refused.value.message_id, refused.value.params["name"]) == (message_id, named)
    assert refused.value.where == str(path)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("content", [b"[rules", b"\xff\xfe", b"a = 1\na = 2"])
def test_what_is_no_toml_is_refused(content: bytes, path: Path) -> None:
    path.write_bytes(content)
    with pytest.raises(FormatError) as refused:
        read_settings(path, CODES)
    assert refused.value.message_id == "checks-toml"


def test_a_file_that_is_not_there_and_a_folder_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "none.toml", tmp_path):
        with pytest.raises(FormatError) as refused:
            read_settings(path, CODES)
        assert refused.value.message_id == "checks-file"
