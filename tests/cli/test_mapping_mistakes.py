"""Mistakes in a mapping are all told: `map check` was asked for them, `convert` could not run."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., tuple[int, str, str]]

MAPPING = """\
[table]
figures = "Value"

[time]
column = "Year"

[constants]
REF_AREA = "GB"
INDICATOR = "VIC_DET"
UNIT_MEASURE = "NUMBER"

[[columns]]
column = "Sex"
component = "SEX"
"""
SPOILT = MAPPING.replace('"GB"', '"UK"').replace('component = "SEX"', 'component = "SEXX"')
TOLD = ["mine/codes.csv:2: MAP-004", "mine/mapping.toml:8: MAP-005", "mine/mapping.toml:14: MAP-004"]


@pytest.fixture
def mapping(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A mapping in the folder where the commands run, and a table beside it."""
    monkeypatch.chdir(tmp_path)
    Path("mine").mkdir()
    Path("mine/mapping.toml").write_text(MAPPING, encoding="utf-8")
    Path("table.csv").write_text("Year,Sex,Value\n2019,F,5\n", encoding="utf-8")
    return Path("mine/mapping.toml")


def _spoil(mapping: Path) -> None:
    mapping.write_text(SPOILT, encoding="utf-8")
    mapping.with_name("codes.csv").write_text("column,component,label,code\nSex,SECS,girls,F\n", encoding="utf-8")


def _told(text: str) -> list[str]:
    return [" ".join(line.split()[:2]) for line in text.splitlines()]


@pytest.mark.parametrize(
    "given", [("--mapping", "mine"), ("mine",), ("mine/mapping.toml",), ("table.csv", "-m", "mine")]
)
def test_all_mistakes_are_what_a_check_finds(icstip: Run, mapping: Path, given: tuple[str, ...]) -> None:
    _spoil(mapping)
    code, out, err = icstip("map", "check", *given)
    assert (code, _told(out)) == (1, TOLD)
    assert err.splitlines()[-1] == "mistakes in the mapping: 3"


@pytest.mark.parametrize("language", ["en", "fr", "es", "ar"])
def test_nothing_is_converted_with_mistakes(icstip: Run, mapping: Path, language: str) -> None:
    _spoil(mapping)
    code, out, err = icstip("convert", "table.csv", "-m", "mine", "-o", "out", "-l", language)
    *lines, last = err.splitlines()
    assert (code, out, _told("\n".join(lines))) == (2, "", TOLD)
    assert last.startswith("icstip: mine/mapping.toml: ")
    assert "3" in last
    assert not Path("out").exists()


@pytest.mark.parametrize("given", [("--mapping", "mine"), ("mine",), ("mine/mapping.toml",), ("-m", "glotip")])
def test_a_mapping_alone_is_checked_without_a_table(icstip: Run, mapping: Path, given: tuple[str, ...]) -> None:
    assert mapping.exists()
    assert icstip("map", "check", *given) == (0, "", "mistakes in the mapping: 0\n")


def test_what_data_must_report_is_checked_without_a_table_too(icstip: Run, mapping: Path) -> None:
    mapping.write_text('[table]\nfigures = "Value"\n', encoding="utf-8")
    code, out, _ = icstip("map", "check", "mine")
    assert code == 1
    assert [line.split()[1] for line in out.splitlines()] == ["MAP-018"] * 3 + ["MAP-020"]


def test_an_encoding_that_was_assumed_is_told_and_no_mistake(icstip: Run, mapping: Path) -> None:
    content = "column;component;label;code\nSex;SEX;Mädchen;F\n"
    mapping.with_name("codes.csv").write_text(content, encoding="cp1252")
    code, out, _ = icstip("map", "check", "mine")
    assert (code, _told(out)) == (0, ["codes.csv: TABLE-003"])
    code, out, _ = icstip("map", "check", "table.csv", "-m", "mine")
    assert (code, _told(out)) == (0, ["codes.csv: TABLE-003"])


@pytest.mark.parametrize("given", [(), ("table.csv",), ("none.csv",)])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_check_without_a_mapping_says_in_a_line_how_it_is_given(
    icstip: Run, mapping: Path, given: tuple[str, ...], language: str
) -> None:
    assert mapping.exists()
    code, out, err = icstip("map", "check", *given, "-l", language)
    assert (code, out, len(err.splitlines())) == (2, "", 1)
    assert "icstip map check TABLE --mapping MAPPING" in err


def test_a_mapping_that_is_no_toml_could_not_be_checked(icstip: Run, mapping: Path) -> None:
    mapping.write_text("[table", encoding="utf-8")
    code, out, err = icstip("map", "check", "mine")
    assert (code, out, len(err.splitlines())) == (2, "", 1)


def test_the_schema_of_mappings_is_printed(icstip: Run) -> None:
    code, out, err = icstip("map", "schema")
    assert (code, err) == (0, "")
    assert json.loads(out)["$schema"] == "https://json-schema.org/draft/2020-12/schema"
