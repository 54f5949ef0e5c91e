"""A fault that is planted into valid data is found, and nothing else is."""

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.examples.observations import ALONE, BY_SEX, YEARS, Row, changed, data_set, of, row, valid, valid_rows

from icstip.checks.rule import RULES
from icstip.findings import Finding
from icstip.messages.dataset import DataSet
from icstip.standard.read import read_standard
from icstip.workflow.checking.validation import Validator
from icstip.workflow.conversion import Converter
from icstip.workflow.exchange import write
from icstip.workflow.publication import standard_structures
from icstip.workflow.structures import data_schema

EXAMPLES: Final = int(os.environ.get("ICSTIP_EXAMPLES", "20"))
TODAY: Final = date(2023, 1, 1)
LAST: Final = YEARS[-1]

Plant = Callable[[list[Row], str], list[Row]]
"""Plants a fault; the period says where."""


def _value(places: Mapping[str, object], **values: object) -> Plant:
    """Return what changes the observations of a period that have these codes."""
    return lambda rows, period: changed(rows, of(rows, **places, TIME_PERIOD=period), **values)


def _add(**given: object) -> Plant:
    """Return what adds an observation of a period."""
    values = {"REF_AREA": "KE", "OBS_VALUE": 12.0, **given}
    return lambda rows, period: [*rows, {**row("KE", period, None), **values}]


def _again(value: float | None = None) -> Plant:
    def plant(rows: list[Row], period: str) -> list[Row]:
        (place,) = of(rows, **ALONE, TIME_PERIOD=period)
        return [*rows, {**rows[place], **({} if value is None else {"OBS_VALUE": value})}]

    return plant


def _figure(rows: Sequence[Row], period: str, **codes: object) -> float:
    (place,) = of(rows, **codes, TIME_PERIOD=period)
    value = rows[place]["OBS_VALUE"]
    assert isinstance(value, int | float)
    return float(value)


def _women(change: Callable[[float], float], **unknown: object) -> Plant:
    """Return what changes the number of women of a period; with one for those of unknown sex beside it."""

    def plant(rows: list[Row], period: str) -> list[Row]:
        women = _figure(rows, period, **BY_SEX, SEX="F")
        edited = changed(rows, of(rows, **BY_SEX, SEX="F", TIME_PERIOD=period), OBS_VALUE=change(women))
        return [*edited, *([row("KE", period, 0, **BY_SEX, SEX="_U")] if unknown else [])]

    return plant


def _digits(rows: list[Row], period: str) -> list[Row]:
    """Exchange the digits of the women of a period, whose number has two that differ."""
    edited = changed(rows, of(rows, **BY_SEX, SEX="F", TIME_PERIOD=period), OBS_VALUE=34)
    edited = changed(edited, of(rows, **BY_SEX, SEX="M", TIME_PERIOD=period), OBS_VALUE=40)
    edited = changed(edited, of(rows, **BY_SEX, TIME_PERIOD=period), OBS_VALUE=74)
    return changed(edited, of(rows, **BY_SEX, SEX="F", TIME_PERIOD=period), OBS_VALUE=43)


def _without(rows: list[Row], period: str) -> list[Row]:
    gone = of(rows, **ALONE, TIME_PERIOD=period)
    return [one for place, one in enumerate(rows) if place not in gone]


def _all_zero(rows: list[Row], period: str) -> list[Row]:
    edited = [one for one in rows if one["INDICATOR"] != BY_SEX["INDICATOR"]]
    return [
        *edited,
        *(row("KE", period, n, **BY_SEX, SEX=sex) for sex, n in (("F", 0), ("M", 0), ("_U", 0), ("_T", 9))),
    ]


def _rates(values: Sequence[float], unit: str = "PER_100000_POP", indicator: str = "VIC_REPAT") -> Plant:
    codes = {"INDICATOR": indicator, "UNIT_MEASURE": unit}
    return lambda rows, _: [
        *rows,
        *(row("KE", year, value, **codes) for year, value in zip(YEARS, values, strict=False)),
    ]


def _rates_of_counts(rows: list[Row], period: str) -> list[Row]:
    """Add the rates of a series, one of which is ten times too large."""
    rates = [(year, _figure(rows, year, **ALONE) * (10 if year == period else 1) / 500) for year in YEARS]
    return [*rows, *(row("KE", year, round(rate, 4), **ALONE, UNIT_MEASURE="PER_100000_POP") for year, rate in rates)]


def _another_unit(rows: list[Row], _: str) -> list[Row]:
    late = [place for year in YEARS[4:] for place in of(rows, **ALONE, TIME_PERIOD=year)]
    return changed(rows, late, UNIT_MEASURE="PT")


def _zero_among_missing(rows: list[Row], period: str) -> list[Row]:
    at = YEARS.index(period)
    beside = [place for year in (YEARS[at - 1], YEARS[at + 1]) for place in of(rows, **ALONE, TIME_PERIOD=year)]
    edited = changed(rows, beside, OBS_VALUE=None, OBS_STATUS="O", CONF_STATUS=None)
    return changed(edited, of(rows, **ALONE, TIME_PERIOD=period), OBS_VALUE=0)


def _copied_year(rows: list[Row], period: str) -> list[Row]:
    before = YEARS[YEARS.index(period) - 1]
    kept = [one for one in rows if one["TIME_PERIOD"] != period]
    return [*kept, *({**one, "TIME_PERIOD": period} for one in rows if one["TIME_PERIOD"] == before)]


def _two_sources(rows: list[Row], period: str) -> list[Row]:
    edited = changed(rows, of_all_years(rows), DATA_SOURCE="Police")
    return changed(edited, of(rows, **ALONE, TIME_PERIOD=period), DATA_SOURCE="Courts")


def _same_three_times(rows: list[Row], period: str) -> list[Row]:
    at = YEARS.index(period)
    places = [place for year in YEARS[at - 1 : at + 2] for place in of(rows, **ALONE, TIME_PERIOD=year)]
    return changed(rows, places, OBS_VALUE=14)


def _same_in_cells(rows: list[Row], period: str) -> list[Row]:
    codes = {"INDICATOR": "VIC_REPAT"}
    cells = (("TZ", 60), ("UG", 60), ("SO", 60), ("_T", 180))
    return [*rows, *(row("KE", period, value, **codes, CITIZENSHIP=code) for code, value in cells)]


def _larger_part(rows: list[Row], period: str) -> list[Row]:
    codes = {"INDICATOR": "VIC_IDENT", "COUNTING_RULE": "MULTIPLE"}
    cells = (("LABOUR", 12), ("_T", 11))
    return [*rows, *(row("KE", period, value, **codes, EXPLOITATION=code) for code, value in cells)]


def _not_broken_down(rows: list[Row], _: str) -> list[Row]:
    return [one for one in rows if one.get("EXPLOITATION", "_T") == "_T"]


PLANTS: Final[Mapping[str, tuple[Plant, frozenset[str]]]] = {
    code: (plant, frozenset({code, *others}))
    for code, plant, *others in (
        ("STRUCT-001", _value(ALONE, OBS_STATUS=None)),
        ("STRUCT-002", _two_sources),
        ("CODE-003", lambda rows, _: changed(rows, of(rows, **ALONE, TIME_PERIOD=LAST), INDICATOR="PER_CONV")),
        ("CODE-004", lambda rows, _: changed(rows, of(rows, **ALONE, TIME_PERIOD=LAST), CITIZENSHIP="EU28")),
        ("KEY-001", _again()),
        ("KEY-002", _again(18)),
        ("TIME-002", lambda rows, _: changed(rows, of(rows, **ALONE, TIME_PERIOD=LAST), TIME_PERIOD="2022-13")),
        ("TIME-003", lambda rows, _: changed(rows, of(rows, **ALONE, TIME_PERIOD=LAST), TIME_PERIOD="2022-Q1")),
        ("TIME-004", lambda rows, _: _add(**ALONE, OBS_VALUE=19)(rows, "2023")),
        ("TIME-005", _without),
        ("TIME-006", _value(ALONE, OBS_STATUS="B")),
        ("TIME-007", lambda rows, _: changed(rows, of_all_years(rows), COMMENT_TS="Fiscal year 2020/21")),
        ("VALUE-001", _value(ALONE, OBS_VALUE=-3)),
        ("VALUE-002", _value(ALONE, OBS_VALUE=12.5)),
        ("VALUE-003", _add(INDICATOR="VIC_REPAT", UNIT_MEASURE="PT", OBS_VALUE=130.5)),
        ("VALUE-004", _rates_of_counts),
        ("VALUE-005", _another_unit),
        ("VALUE-006", _zero_among_missing),
        ("VALUE-007", _value(ALONE, OBS_STATUS="O", CONF_STATUS=None)),
        ("VALUE-008", _value(ALONE, CONF_STATUS="C")),
        ("VALUE-009", _value(ALONE, LOWER_BOUND=1000)),
        ("VALUE-010", _rates([3, 4, 5, 4, 6, 7])),
        ("SUM-001", _women(lambda women: women + 5)),
        ("SUM-002", _women(lambda women: women - 5)),
        ("SUM-003", _women(lambda women: women - 5, unknown=True)),
        ("SUM-004", _larger_part),
        ("SUM-005", _value(BY_SEX, OBS_VALUE=None, OBS_STATUS="Q", CONF_STATUS="C")),
        ("SUM-007", _digits, "SUM-001"),
        ("SUM-008", _all_zero),
        ("SERIES-001", _value(ALONE, OBS_VALUE=900)),
        ("SERIES-002", _same_three_times),
        ("SERIES-003", _copied_year),
        ("SERIES-004", _same_in_cells),
        ("ABSENT-001", _not_broken_down),
    )
}
"""What plants the fault of a rule, and all that is found then."""

ELSEWHERE: Final = frozenset(
    {"DATA-002", "DATA-003", "DATA-010", "CODE-002", "SCHEMA-001", "SUM-006", "PREVIOUS-001", "PREVIOUS-002"}
    | {"PREVIOUS-003"}
)
"""Rules whose faults need a file, another structure, or an earlier submission: they are planted below."""


def of_all_years(rows: Sequence[Row]) -> list[int]:
    """Return the places of a series in all years."""
    return [place for year in YEARS for place in of(rows, **ALONE, TIME_PERIOD=year)]


class Checking:
    """What checks data of a structure: an object whose name is short, where an example is told."""

    def __init__(self, folder: Path, structure: str) -> None:
        self.validator = Validator(folder, today=TODAY)
        self.schema = Converter(folder).schemas[structure]

    def data(self, rows: Sequence[Row]) -> DataSet:
        return data_set(self.schema, rows)

    def __call__(self, rows: Sequence[Row], previous: Sequence[Row] | None = None) -> tuple[Finding, ...]:
        before = None if previous is None else self.data(previous).frame
        return self.validator.check(self.data(rows), previous=before).findings


@pytest.fixture(scope="module")
def victims(dsd_folder: Path) -> Checking:
    return Checking(dsd_folder, "TIP_VICTIM")


@pytest.fixture(scope="module")
def perpetrators(dsd_folder: Path) -> Checking:
    return Checking(dsd_folder, "TIP_PERPETRATOR")


def test_every_rule_is_planted() -> None:
    assert PLANTS.keys() | ELSEWHERE == RULES.keys()


@settings(max_examples=EXAMPLES)
@given(rows=valid())
def test_valid_data_give_no_finding(rows: list[Row], victims: Checking) -> None:
    assert victims(rows) == ()


@pytest.mark.parametrize("code", PLANTS)
@settings(max_examples=EXAMPLES)
@given(rows=valid(), period=st.sampled_from(YEARS[1:-1]))
def test_what_is_planted_is_found_and_nothing_else(code: str, rows: list[Row], period: str, victims: Checking) -> None:
    plant, expected = PLANTS[code]
    findings = victims(plant(rows, period))
    assert {finding.code for finding in findings} == expected
    for finding in findings:
        assert_tells(finding)
        assert finding.code == "ABSENT-001" or str(finding.place.key).count(".") == len(victims.schema.dimensions) - 1


def assert_tells(finding: Finding) -> None:
    """Fail unless a finding has a place, a value, and a hint that says what to do, in each language."""
    assert finding.place.key
    assert finding.place.row or finding.code == "ABSENT-001"  # which is nowhere
    assert finding.value
    for language in ("en", "fr", "es", "ar"):
        assert finding.hint(language)
        assert "{" not in finding.message(language)


@settings(max_examples=EXAMPLES)
@given(prosecuted=st.integers(0, 1000), more=st.integers(1, 100))
def test_more_convicted_than_prosecuted_is_found(prosecuted: int, more: int, perpetrators: Checking) -> None:
    stages = {"PER_CONTACT": prosecuted + more + 1, "PER_PROS": prosecuted, "PER_CONV": prosecuted + more}
    cells = (("F", 1), ("M", 2))
    rows = [row("KE", LAST, number, INDICATOR=code) for code, number in stages.items()]
    rows += [
        row("KE", LAST, n, INDICATOR="PER_ACQ", SEX=sex, AGE=age) for sex, n in cells for age in ("Y0T17", "Y_GE18")
    ]
    found = perpetrators(rows)
    assert {finding.code for finding in found} - {"SUM-005"} == {"SUM-006"}


@settings(max_examples=EXAMPLES)
@given(rows=valid(), period=st.sampled_from(YEARS), change=st.sampled_from([1, 5, 40, 400]))
def test_revisions_are_found_by_their_size(rows: list[Row], period: str, change: int, victims: Checking) -> None:
    before = changed(rows, of(rows, **ALONE, TIME_PERIOD=period), OBS_VALUE=_figure(rows, period, **ALONE) + change)
    found = victims(rows, before)
    assert [finding.code for finding in found] == ["PREVIOUS-002" if change >= 10 else "PREVIOUS-001"]


@settings(max_examples=EXAMPLES)
@given(rows=valid())
def test_figures_that_are_gone_are_found(rows: list[Row], victims: Checking) -> None:
    now = [one for place, one in enumerate(rows) if place not in of(rows, **ALONE, TIME_PERIOD=LAST)]
    found = victims(now, rows)
    assert [(finding.code, finding.params["times"]) for finding in found] == [("PREVIOUS-003", 1)]


@pytest.mark.parametrize(
    ("code", "form", "old", "new"),
    [
        ("CODE-002", "sdmx-csv-2.0", ",VIC_ASSIST,", ",VIC_ASIST,"),
        ("DATA-002", "sdmx-ml-3.0", ' CONF_STATUS="', ' CONF_STATE="'),
        ("DATA-003", "sdmx-csv-2.0", ",31,", ",31 victims,"),
        ("DATA-010", "sdmx-csv-2.0", ",KE,VIC_ASSIST,", ",,VIC_ASSIST,"),
    ],
)
def test_what_readers_find_is_told_with_its_line(
    code: str, form: str, old: str, new: str, victims: Checking, tmp_path: Path
) -> None:
    path = tmp_path / "data"
    write(victims.data(valid_rows(0)), path, form)
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    (told,) = (one for one in victims.validator.validate([path]).report.findings if one.code == code)
    assert told.place.row
    assert told.value


@pytest.mark.parametrize("version", ["2.1", "3.0", "3.1"])
def test_what_an_xml_schema_does_not_accept_is_told_with_its_line(
    version: str, dsd_folder: Path, victims: Checking, tmp_path: Path
) -> None:
    path, schema = tmp_path / "data.xml", tmp_path / "victim.xsd"
    loaded = standard_structures(read_standard(dsd_folder))
    schema.write_bytes(data_schema(loaded, "TIP_VICTIM", f"sdmx-ml-{version}"))
    data = data_set(replace(victims.schema, dataflow=None), valid_rows(0))
    write(data, path, f"sdmx-ml-{version}")
    validator = Validator(dsd_folder, today=TODAY, against=schema)
    assert validator.validate([path]).report.findings == ()
    path.write_text(path.read_text(encoding="utf-8").replace("VIC_ASSIST", "VIC_ASIST", 1), encoding="utf-8")
    found = [one for one in validator.validate([path]).report.findings if one.code == "SCHEMA-001"]
    assert found
    assert all(one.place.row and one.value for one in found)
