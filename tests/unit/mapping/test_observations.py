"""Every record of a table is an observation of one structure, or is set aside by a finding that names its cells."""

from collections.abc import Callable
from dataclasses import replace

import polars as pl
import pytest

from icstip.findings import Finding, Place
from icstip.mapping.figures import CellMeanings
from icstip.mapping.labels import Labels
from icstip.mapping.model import ColumnRule, FigureFormat, LeftOut, TableMapping
from icstip.mapping.observations import Observed, observe
from icstip.mapping.periods import Periods
from icstip.mapping.reading.mistakes import MistakesError
from icstip.mapping.resolve import FATE
from icstip.standard.model import Standard
from icstip.tables.header import Table
from icstip.tables.records import ROW

Convert = Callable[..., Observed]

HEADER = "Area | Year | Figure"
AREA = ColumnRule("Area", "AREA")
WITH_SEX = (AREA, ColumnRule("Sex", "SEX"))
WITH_KIND = (AREA, ColumnRule("What", "INDICATOR"))


def written(observed: Observed, *columns: str, structure: str = "VICTIM") -> list[tuple[object, ...]]:
    """Return the written observations of a structure, in the order of their rows."""
    frame = observed.observations.get(structure)
    return [] if frame is None else frame.sort(ROW).select(columns).rows()


def fates(observed: Observed) -> list[tuple[int, str | None]]:
    return observed.fates.select(ROW, FATE).rows()


def found(observed: Observed, *codes: str) -> list[tuple[str, tuple[str, ...]]]:
    """Return the findings of these codes, or all, with their cells."""
    return [(f.code, f.cells) for f in observed.findings if not codes or f.code in codes]


def one(observed: Observed, code: str) -> Finding:
    (finding,) = [finding for finding in observed.findings if finding.code == code]
    return finding


def test_a_record_has_its_row_every_component_and_the_total_where_nothing_breaks_it_down(convert: Convert) -> None:
    observed = convert(HEADER, "Albania | 2020 | 12")
    assert observed.observations["VICTIM"].rows(named=True) == [
        {
            ROW: 2,
            "AREA": "AL",
            "INDICATOR": "VIC",
            "SEX": "_T",
            "AGE": "_T",
            "CITIZENSHIP": "_T",
            "TIME_PERIOD": "2020",
            "OBS_VALUE": 12.0,
            "OBS_STATUS": "A",
            "CONF_STATUS": "F",
            "LOWER": None,
            "UPPER": None,
            "COMMENT": None,
        }
    ]
    assert fates(observed) == [(2, None)]
    assert observed.observations["VICTIM"].schema["OBS_VALUE"] == pl.Float64


def test_a_record_goes_to_the_structure_that_its_codes_belong_to(convert: Convert) -> None:
    observed = convert(
        "Area | What | Year | Figure",
        "Albania | Victims | 2020 | 1",
        "Albania | Offences | 2020 | 2",
        columns=WITH_KIND,
        constants={},
    )
    assert written(observed, ROW, "OBS_VALUE") == [(2, 1.0)]
    assert written(observed, ROW, "OBS_VALUE", structure="EVENT") == [(3, 2.0)]
    assert "SEX" not in observed.observations["EVENT"].columns


def test_a_structure_without_observations_is_not_there(convert: Convert) -> None:
    assert set(convert(HEADER, "Albania | 2020 | 1").observations) == {"VICTIM"}
    assert convert(HEADER, "Atlantis | 2020 | 1").observations == {}


def test_a_constant_is_the_code_where_no_column_gives_one(convert: Convert) -> None:
    columns = (*WITH_SEX, ColumnRule("Note", "COMMENT"))
    observed = convert(
        "Area | Sex | Note | Year | Figure",
        "Albania | women | | 2020 | 1",
        "Albania | men | revised | 2020 | 2",
        columns=columns,
        constants={"INDICATOR": "VIC", "AGE": "Y18", "COMMENT": "as published", "SEX": "F"},
    )
    assert written(observed, "SEX", "AGE", "COMMENT") == [("F", "Y18", "as published"), ("M", "Y18", "revised")]


def test_a_figure_of_what_no_structure_counts_is_set_aside(convert: Convert) -> None:
    observed = convert("Area | What | Year | Figure", "Albania | total | 2020 | 1", columns=WITH_KIND, constants={})
    assert fates(observed) == [(2, "ROW-005")]
    finding = one(observed, "ROW-005")
    assert (finding.cells, finding.value) == (("B2",), "_T")


def test_a_breakdown_that_the_structure_lacks_sets_its_figures_aside_and_its_total_does_not(convert: Convert) -> None:
    observed = convert(
        "Area | Sex | Year | Figure",
        "Albania | women | 2020 | 1",
        "Albania | total | 2020 | 2",
        columns=WITH_SEX,
        constants={"INDICATOR": "EVT"},
    )
    assert fates(observed) == [(2, "ROW-002"), (3, None)]
    finding = one(observed, "ROW-002")
    assert finding.cells == ("B2",)
    assert "EVENT has no SEX" in finding.message()


def test_a_total_of_what_is_measured_is_set_aside(convert: Convert) -> None:
    observed = convert(HEADER, "All areas | 2020 | 1", "Albania | 2020 | 2")
    assert fates(observed) == [(2, "CODE-001"), (3, None)]
    finding = one(observed, "CODE-001")
    assert (finding.cells, finding.value) == (("A2",), "_T")


def test_what_is_measured_is_no_total_by_silence_either(convert: Convert) -> None:
    columns = (
        ColumnRule("Area", "AREA", when={"Kind": "area"}),
        ColumnRule("Area", "CITIZENSHIP", when={"Kind": "origin"}),
    )
    observed = convert(
        "Area | Kind | Year | Figure", "Albania | origin | 2020 | 1", "Albania | area | 2020 | 2", columns=columns
    )
    assert fates(observed) == [(2, "CODE-001"), (3, None)]


PERIODS = "2020 2020-A1 2020-S2 2020-T3 2020-Q4 2020-M12 2020-W53 2020-D366 2020-01 2020-12-31 2020-12-31T23:59:59.5"
NO_PERIODS = (
    "20 2020/21 2019-20 2020-13 2020-M13 2020-Q5 2020-W00 2020-W54 2020-D000 2020-D367 2020-12-32 2020-01-01T25:00:00 "
    "2020-01-01T1 2020(p) 2020.5 FY2020 ٢٠٢٠ total 44197"
)


@pytest.mark.parametrize("period", PERIODS.split())
def test_a_time_period_is_taken_as_it_is(convert: Convert, period: str) -> None:
    assert written(convert(HEADER, f"Albania | {period} | 1"), "TIME_PERIOD") == [(period,)]


def test_a_year_that_a_spreadsheet_made_a_number_is_a_year(convert: Convert) -> None:
    assert written(convert(HEADER, "Albania | 2020.0 | 1"), "TIME_PERIOD") == [("2020",)]


@pytest.mark.parametrize("period", ["", *NO_PERIODS.split()])
def test_what_is_no_time_period_is_set_aside(convert: Convert, period: str) -> None:
    observed = convert(HEADER, f"Albania | {period} | 1", "Albania | 2020 | 2")
    assert fates(observed) == [(2, "TIME-001"), (3, None)]
    finding = one(observed, "TIME-001")
    assert (finding.cells, finding.value) == (("B2",), period)


def test_a_time_that_a_rule_or_a_constant_gives_is_checked_alike(convert: Convert) -> None:
    columns = (AREA, ColumnRule("When", "TIME_PERIOD"))
    by_rule = convert(
        "Area | When | Figure", "Albania | 2020 | 1", "Albania | soon | 2", columns=columns, time_column=""
    )
    assert fates(by_rule) == [(2, None), (3, "TIME-001")]
    assert found(by_rule) == [("TIME-001", ("B3",))]
    constants = {"INDICATOR": "VIC", "TIME_PERIOD": "2020"}
    assert written(convert("Area | Figure", "Albania | 1", time_column="", constants=constants), "TIME_PERIOD") == [
        ("2020",)
    ]
    constants["TIME_PERIOD"] = "_T"
    assert fates(convert("Area | Figure", "Albania | 1", time_column="", constants=constants)) == [(2, "TIME-001")]


def test_a_blank_time_of_a_rule_is_named_once(convert: Convert) -> None:
    columns = (AREA, ColumnRule("When", "TIME_PERIOD"))
    observed = convert("Area | When | Figure", "Albania | | 1", columns=columns, time_column="")
    assert found(observed) == [("LABEL-004", ("B2",))]


def test_a_blank_figure_is_written_without_a_value_and_remarked(convert: Convert) -> None:
    observed = convert(HEADER, "Albania | 2020 | ", "Albania | 2021 | 0")
    assert written(observed, "OBS_VALUE", "OBS_STATUS", "CONF_STATUS") == [(None, "O", None), (0.0, "A", "F")]
    assert found(observed) == [("FIGURE-002", ("C2",))]


def test_bounds_are_written_without_a_value(convert: Convert) -> None:
    observed = convert(HEADER, "Albania | 2020 | <5")
    assert written(observed, "OBS_VALUE", "LOWER", "UPPER", "OBS_STATUS", "CONF_STATUS") == [(None, 0.0, 4.0, "Q", "N")]


def test_a_figure_that_is_not_understood_is_set_aside(convert: Convert) -> None:
    observed = convert(HEADER, "Albania | 2020 | -", "Albania | 2021 | -", "Albania | 2022 | 1,240")
    assert [fate for _, fate in fates(observed)] == ["FIGURE-001"] * 3
    assert found(observed) == [("FIGURE-001", ("C2", "C3")), ("FIGURE-001", ("C4",))]


def test_a_declared_sign_has_the_codes_and_the_figure_that_it_stands_for(convert: Convert) -> None:
    signs = {"-": {}, "*": {"CONF_STATUS": "C", "OBS_STATUS": "Q"}, "..": {"COMMENT": "not collected"}}
    observed = convert(
        HEADER,
        "Albania | 2020 | -",
        "Albania | 2021 | *",
        "Albania | 2022 | ..",
        figures=FigureFormat(signs=signs, sign_values={"-": 0.0}),
    )
    assert written(observed, "OBS_VALUE", "OBS_STATUS", "CONF_STATUS", "COMMENT") == [
        (0.0, "A", "F", None),
        (None, "Q", "C", None),
        (None, "O", None, "not collected"),
    ]
    assert found(observed) == []


def test_a_flag_in_the_table_goes_before_what_any_number_is(convert: Convert) -> None:
    columns = (AREA, ColumnRule("Flag", "OBS_STATUS"), ColumnRule("Free", "CONF_STATUS"))
    observed = convert(
        "Area | Flag | Free | Year | Figure",
        "Albania | Provisional | Confidential | 2020 | 5",
        "Albania | | | 2021 | 5",
        "Albania | Provisional | | 2022 | ",
        "Albania | Provisional | | 2023 | <5",
        columns=columns,
    )
    assert written(observed, "OBS_STATUS", "CONF_STATUS") == [("P", "C"), ("A", "F"), ("O", None), ("Q", "N")]


def test_a_constant_status_is_that_of_numbers(convert: Convert) -> None:
    constants = {"INDICATOR": "VIC", "OBS_STATUS": "P"}
    observed = convert(HEADER, "Albania | 2020 | 5", "Albania | 2021 | ", constants=constants)
    assert written(observed, "OBS_STATUS") == [("P",), ("O",)]


def test_more_digits_than_a_number_keeps_are_reported(convert: Convert) -> None:
    observed = convert(HEADER, "Albania | 2020 | 1234567890123456", "Albania | 2021 | 12345")
    assert found(observed) == [("FIGURE-003", ("C2",))]
    assert fates(observed) == [(2, None), (3, None)]


def test_nothing_is_said_of_the_value_of_figures_that_are_set_aside_anyway(convert: Convert) -> None:
    observed = convert(HEADER, "Atlantis | 2020 | ", "Atlantis | 2020 | 1234567890123456")
    assert found(observed) == [("LABEL-001", ("A2", "A3"))]


def test_a_note_between_or_below_the_records_is_reported_and_is_no_record(convert: Convert) -> None:
    observed = convert(
        "Area | Sex | Year | Figure",
        "Europe | | | ",
        "Albania | women | 2020 | 1",
        "Source: the office | | | ",
        " | women | 2020 | ",
        columns=WITH_SEX,
    )
    assert fates(observed) == [(3, None)]
    assert [(f.code, f.place.cell, f.value) for f in observed.findings] == [
        ("ROW-004", "D2", "Europe"),
        ("ROW-004", "D4", "Source: the office"),
        ("ROW-004", "D5", "women 2020"),
    ]


def test_a_note_below_a_table_with_one_column_of_labels_is_no_record(convert: Convert) -> None:
    observed = convert(HEADER, "Albania | 2020 | 1", "Source: the office | | ")
    assert fates(observed) == [(2, None)]
    assert found(observed) == [("ROW-004", ("C3",))]


def test_a_figure_without_labels_is_a_record_and_set_aside(convert: Convert) -> None:
    observed = convert(HEADER, " | | 12")
    assert fates(observed) == [(2, "LABEL-004")]


def test_a_record_needs_no_note_and_no_label_whose_blank_means_something(convert: Convert) -> None:
    columns = (AREA, ColumnRule("Sex", "SEX", blank="_T"), ColumnRule("Note", "COMMENT"))
    observed = convert("Area | Sex | Note | Year | Figure", "Albania | | | 2020 | ", columns=columns)
    assert fates(observed) == [(2, None)]
    assert written(observed, "SEX", "OBS_STATUS") == [("_T", "O")]


def test_a_table_of_constants_alone_is_read(convert: Convert) -> None:
    constants = {"INDICATOR": "VIC", "AREA": "AL"}
    observed = convert("Year | Figure", "2020 | 1", "2021 | ", "note | ", "| ", columns=(), constants=constants)
    assert written(observed, "AREA", "TIME_PERIOD", "OBS_VALUE") == [("AL", "2020", 1.0), ("AL", "2021", None)]


def test_rows_that_are_left_out_are_named_and_nothing_else_is_said_of_them(convert: Convert) -> None:
    left_out = (LeftOut("adds up", when={"Area": "TOTAL:"}), LeftOut("old", when={"Year": "1999", "Kind": "revised"}))
    observed = convert(
        "Area | Kind | Year | Figure",
        "Total | | never | ?",
        "Albania | | 2020 | 1",
        "Atlantis | revised | 1999 | ",
        "Albania | | 1999 | 2",
        left_out=left_out,
    )
    assert fates(observed) == [(2, "ROW-003"), (3, None), (4, "ROW-003"), (5, None)]
    assert found(observed) == [("ROW-003", ("A2",)), ("ROW-003", ("C4",))]
    assert [f.params["reason"] for f in observed.findings] == ["adds up", "old"]
    assert [label.label for label in observed.labels] == ["Albania"]


def test_a_table_of_which_all_is_left_out_comes_to_nothing(convert: Convert) -> None:
    observed = convert(HEADER, "Albania | 2020 | 1", left_out=(LeftOut("test", when={"Year": "2020"}),))
    assert (observed.observations, fates(observed)) == ({}, [(2, "ROW-003")])


def test_a_table_without_rows_comes_to_nothing(convert: Convert) -> None:
    observed = convert(HEADER)
    assert (observed.observations, fates(observed), observed.findings) == ({}, [], ())


def test_a_column_of_which_the_mapping_says_nothing_is_reported(convert: Convert) -> None:
    left_out = (LeftOut("follows from the area", column="REGION"),)
    observed = convert("Area | Region | Rate | YEAR | Figure", left_out=left_out, time_column="YEAR")
    assert [(f.code, f.place.cell, f.value) for f in observed.findings] == [("TABLE-001", "C1", "Rate")]


def test_the_first_finding_against_a_record_is_its_fate_and_all_are_reported(convert: Convert) -> None:
    observed = convert("Area | Sex | Year | Figure", "Atlantis | x | never | ?", columns=WITH_SEX)
    assert fates(observed) == [(2, "LABEL-001")]
    assert sorted(found(observed)) == [
        ("FIGURE-001", ("D2",)),
        ("LABEL-001", ("A2",)),
        ("LABEL-001", ("B2",)),
        ("TIME-001", ("C2",)),
    ]


def test_a_finding_knows_its_file_its_cell_and_its_row(convert: Convert) -> None:
    observed = convert(HEADER, "Albania | 2020 | 1", "Atlantis | 2020 | 1")
    assert one(observed, "LABEL-001").place == Place("table.csv", None, "A3", 3)


def test_a_mapping_that_leaves_open_what_is_measured_cannot_be_used(convert: Convert) -> None:
    with pytest.raises(MistakesError) as raised:
        convert("Year | Figure", columns=(), constants={})
    assert [(f.code, str(f.place), f.value) for f in raised.value.findings] == [
        ("MAP-018", "mapping.toml", "AREA"),
        ("MAP-018", "mapping.toml", "INDICATOR"),
    ]


def test_a_mapping_that_leaves_the_time_open_cannot_be_used(convert: Convert) -> None:
    with pytest.raises(MistakesError) as raised:
        convert("Area | Figure", time_column="")
    assert [(f.code, f.value) for f in raised.value.findings] == [("MAP-020", "TIME_PERIOD")]


@pytest.mark.parametrize("component", ["OBS_VALUE", "LOWER"])
def test_a_mapping_that_says_what_the_figures_say_cannot_be_used(convert: Convert, component: str) -> None:
    with pytest.raises(MistakesError) as raised:
        convert(HEADER, constants={"INDICATOR": "VIC", component: "1"})
    assert [(f.code, f.value) for f in raised.value.findings] == [("MAP-019", component)]


def test_a_structure_that_is_restricted_in_nothing_takes_every_record(
    standard: Standard,
    labels: Labels,
    meanings: CellMeanings,
    table: Callable[..., Table],
    mapping: Callable[..., TableMapping],
) -> None:
    open_victims = replace(standard.structures["VICTIM"], allowed={})
    alone = replace(standard, structures={"VICTIM": open_victims})
    observed = observe(table(HEADER, "Albania | 2020 | 1"), mapping(), alone, labels, meanings, Periods.of({}, {}))
    assert written(observed, "AREA") == [("AL",)]


def test_a_structure_restricted_in_what_a_table_does_not_break_down_takes_its_total(
    standard: Standard,
    labels: Labels,
    meanings: CellMeanings,
    table: Callable[..., Table],
    mapping: Callable[..., TableMapping],
) -> None:
    by_sex = replace(standard.structures["VICTIM"], allowed={"SEX": frozenset({"F", "M"})})
    alone = replace(standard, structures={"VICTIM": by_sex})
    observed = observe(table(HEADER, "Albania | 2020 | 1"), mapping(), alone, labels, meanings, Periods.of({}, {}))
    assert fates(observed) == [(2, "ROW-005")]
    either = replace(by_sex, allowed={"SEX": frozenset({"F", "M", "_T"})})
    alone = replace(standard, structures={"VICTIM": either})
    observed = observe(table(HEADER, "Albania | 2020 | 1"), mapping(), alone, labels, meanings, Periods.of({}, {}))
    assert written(observed, "SEX") == [("_T",)]
