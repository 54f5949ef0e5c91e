"""Parameters of Eurostat's SDMX Converter become a mapping."""

import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from tests.examples.foreign_mappings import DATA, PARAMETERS, TRANSCODING, Cell, changed, converter_book, workbook

from icstip.errors import MappingError
from icstip.mapping.importing.imported import Imported
from icstip.mapping.importing.written import imported_text
from icstip.mapping.reading.mapping import read_mapping
from icstip.standard.read import read_standard
from icstip.workflow.conversion import Converter
from icstip.workflow.mapping_exchange import import_mapping, open_in, write_imported

Rows = Sequence[Sequence[Cell]]


def _toml(imported: Imported) -> dict[str, Any]:
    return tomllib.loads(imported_text(imported))


def _codes(imported: Imported) -> list[str]:
    return [finding.code for finding in imported.findings]


def _import(folder: Path, parameters: Rows = PARAMETERS, **more: Rows) -> Imported:
    return import_mapping(converter_book(folder, parameters, **more))


def test_places_become_a_layout_constants_and_rules_of_columns(tmp_path: Path) -> None:
    imported = _import(tmp_path)
    said = _toml(imported)
    assert said["table"] == {
        "sheet": "Data",
        "figures": "C6:F",
        "headers": [4],
        "stubs": ["A", "B"],
        "flags": ["D", "F"],
    }
    assert said["figures"] == {"signs": {":": {"OBS_STATUS": "O"}}}
    assert said["time"] == {"column": "row 4"}
    assert said["constants"] == {
        "REF_AREA": "CL",
        "FREQ": "A",
        "INDICATOR": "VIC_DET",
        "UNIT_MEASURE": "NUMBER",
    }
    assert said["columns"] == [
        {"column": "column A", "component": "SEX"},
        {"column": "column B", "component": "AGE"},
        {"column": "flag", "component": "OBS_STATUS"},
    ]
    assert [(rule.column, rule.label, rule.code) for rule in imported.labels] == [
        ("column A", "Women", "F"),
        ("column A", "Men", "M"),
        ("column B", "Under 18", "Y0T17"),
        ("column B", "18+", "Y_GE18"),
    ]
    assert (open_in(imported), _codes(imported)) == ([], ["IMPORT-008"])


def test_an_imported_mapping_puts_the_figures_under_the_right_keys(tmp_path: Path, dsd_folder: Path) -> None:
    write_imported(_import(tmp_path), tmp_path / "m")
    conversion = Converter(dsd_folder).convert(tmp_path / "table.xlsx", str(tmp_path / "m"))
    frame = conversion.datasets["TIP_VICTIM"].frame
    columns = ("REF_AREA", "FREQ", "SEX", "AGE", "TIME_PERIOD", "OBS_VALUE", "OBS_STATUS")
    assert sorted(tuple(map(str, row)) for row in frame.select(columns).iter_rows()) == [
        ("CL", "A", "F", "Y0T17", "2019", "12.0", "A"),
        ("CL", "A", "F", "Y0T17", "2020", "15.0", "P"),
        ("CL", "A", "F", "Y_GE18", "2019", "30.0", "A"),
        ("CL", "A", "F", "Y_GE18", "2020", "None", "O"),
        ("CL", "A", "M", "Y0T17", "2019", "4.0", "A"),
        ("CL", "A", "M", "Y0T17", "2020", "6.0", "A"),
        ("CL", "A", "M", "Y_GE18", "2019", "10.0", "A"),
        ("CL", "A", "M", "Y_GE18", "2020", "11.0", "A"),
    ]
    assert not conversion.report.has_errors


@pytest.mark.parametrize(
    ("row", "code", "told"),
    [
        (("GEO", "DIM", "FIX", "CL"), "IMPORT-001", "# IMPORT-001 A11: 'GEO' is not a component of the standard"),
        (("SEX", "DIM", "FIX", "FEMALE"), "IMPORT-002", "SEX = \"?\" # 'FEMALE' is not a code of CL_SEX"),
        (("SEX", "DIM", "ROW_EXT", "3"), "IMPORT-003", "SEX = \"?\" # a mapping cannot say 'ROW_EXT 3' of SEX"),
        (("SEX", "DIM", "ROW", "9"), "IMPORT-003", "SEX = \"?\" # a mapping cannot say 'ROW 9' of SEX"),
        (("CONF_STATUS", "ATT", "OBS_LEVEL", "2"), "IMPORT-003", 'CONF_STATUS = "?" #'),
        (("LOWER_BOUND", "ATT", "COLUMN", "G"), "IMPORT-003", "# IMPORT-003 A11:"),
    ],
)
def test_what_cannot_be_carried_over_is_told_in_its_place(
    tmp_path: Path, row: tuple[str, ...], code: str, told: str
) -> None:
    imported = _import(tmp_path, changed(PARAMETERS, *row))
    assert (code in _codes(imported), told in imported_text(imported)) == (True, True)


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("MaxEmptyRows", 3, "IMPORT-005"),
        ("SkipObservationWithValue", 0, "IMPORT-004"),
        ("RoundingPrecision", 2, "IMPORT-004"),
        ("DefaultValue", 0, "IMPORT-004"),
        ("SkipRows", "x", "IMPORT-004"),
        ("CodesFromExternalFile", "Codes", "IMPORT-004"),
        ("Something", "else", "IMPORT-004"),
    ],
)
def test_settings_without_counterpart_are_told(tmp_path: Path, name: str, value: Cell, code: str) -> None:
    imported = _import(tmp_path, [*PARAMETERS, [None, None, None, None, None, name, value]])
    assert [(one.code, one.value, str(one.place)) for one in imported.findings if one.code != "IMPORT-008"] == [
        (code, f"{name} = {value}", "table.xlsx!Parameters!F11")
    ]
    assert f"# {code} F11: '{name} = {value}'" in imported_text(imported)


@pytest.mark.parametrize("default", ["NaN", "null", " "])
def test_a_default_value_that_says_missing_needs_nothing(tmp_path: Path, default: str) -> None:
    imported = _import(tmp_path, [*PARAMETERS, ["DefaultValue", default]])
    assert _codes(imported) == ["IMPORT-008"]


def test_a_sign_for_missing_figures_stands_for_the_default_value(tmp_path: Path) -> None:
    imported = _import(tmp_path, [*PARAMETERS, ["DefaultValue", "0"]])
    assert _toml(imported)["figures"] == {"signs": {":": {"value": "0"}}}


def test_rows_that_are_skipped_part_the_table(tmp_path: Path) -> None:
    imported = _import(tmp_path, [*PARAMETERS, ["SkipRows", "8"], ["DataEnd", "F9"], ["SkipColumns", "5"]])
    tables = _toml(imported)["table"]
    assert [(one["figures"], one["skipped"]) for one in tables] == [("C6:F7", ["E"]), ("C9:F9", ["E"])]


def test_a_blank_takes_what_the_second_of_two_places_says(tmp_path: Path) -> None:
    imported = _import(tmp_path, changed(PARAMETERS, "SEX", "DIM", "MIXED", "COLUMN", "A", "FIX", "_T"))
    assert _toml(imported)["columns"][0] == {"column": "column A", "component": "SEX", "blank": "_T"}


def test_two_columns_for_one_component_are_told_to_work_in_another_way(tmp_path: Path) -> None:
    imported = _import(tmp_path, changed(PARAMETERS, "SEX", "DIM", "MIXED", "COLUMN", "A", "ROW", 3))
    rules = [rule["column"] for rule in _toml(imported)["columns"] if rule["component"] == "SEX"]
    assert (rules, "IMPORT-005" in _codes(imported)) == (["column A", "row 3"], True)


def test_what_differs_between_sheets_is_said_by_their_names(tmp_path: Path, dsd_folder: Path) -> None:
    other = [["Country", "CO"], *DATA[1:]]
    imported = _import(tmp_path, Data2=other)
    said = _toml(imported)
    assert said["table"]["sheets"] == ["Data", "Data2"]
    assert {"column": "sheet", "component": "REF_AREA"} in said["columns"]
    assert {(rule.label, rule.code) for rule in imported.labels if rule.column == "sheet"} == {
        ("Data", "CL"),
        ("Data2", "CO"),
    }
    write_imported(imported, tmp_path / "m")
    conversion = Converter(dsd_folder).convert(tmp_path / "table.xlsx", str(tmp_path / "m"))
    counts = conversion.datasets["TIP_VICTIM"].frame["REF_AREA"].cast(str).value_counts().sort("REF_AREA")
    assert counts.rows() == [("CL", 8), ("CO", 8)]


def test_parts_of_a_cell_are_split(tmp_path: Path, dsd_folder: Path) -> None:
    parameters = changed(changed(PARAMETERS, "SEX", "DIM", "COLUMN", "A/1"), "AGE", "DIM", "COLUMN", "A/2")
    data = [*DATA[:5], ["F;Y0T17", None, 12, None, 15], ["M;Y0T17", None, 1, None, 2]]
    book = {"Parameters": [*parameters, ["ConceptSeparator", ";"]], "Data": data, "Trans_1": TRANSCODING}
    imported = import_mapping(workbook(tmp_path / "table.xlsx", book))
    assert _toml(imported)["table"]["split"] == [
        {"column": "column A", "by": ";", "into": ["column A / 1", "column A / 2", "column A / 3"]}
    ]
    write_imported(imported, tmp_path / "m")
    conversion = Converter(dsd_folder).convert(tmp_path / "table.xlsx", str(tmp_path / "m"))
    assert (conversion.balance.observations, conversion.report.has_errors) == (4, False)


def test_what_stands_in_cells_of_data_that_are_not_there_is_open(tmp_path: Path) -> None:
    imported = import_mapping(workbook(tmp_path / "p.xlsx", {"Parameters": PARAMETERS, "Trans_1": TRANSCODING}))
    assert (open_in(imported), _codes(imported)) == (["REF_AREA"], ["IMPORT-005", "IMPORT-003", "IMPORT-005"])


def test_what_nothing_says_is_open_unless_it_is_given(tmp_path: Path) -> None:
    rows = [row for row in PARAMETERS if row[0] not in {"INDICATOR", "TIME_PERIOD"}]
    path = converter_book(tmp_path, rows)
    assert open_in(import_mapping(path)) == ["INDICATOR", "TIME_PERIOD"]
    given = import_mapping(path, constants={"INDICATOR": "VIC_DET", "TIME_PERIOD": "2020"})
    assert (open_in(given), _toml(given)["constants"]["INDICATOR"]) == ([], "VIC_DET")


def test_texts_that_fold_alike_with_two_codes_are_open(tmp_path: Path) -> None:
    imported = import_mapping(
        workbook(
            tmp_path / "t.xlsx",
            {"Parameters": PARAMETERS, "Data": DATA, "Trans_1": [*TRANSCODING, ["WOMEN", "SEX", "M"]]},
        )
    )
    assert open_in(imported) == ["'Women'"]
    assert "IMPORT-007" in _codes(imported)


@pytest.mark.parametrize(
    ("sheets", "message"),
    [
        ({"Parameters": [["Element", "Type", "Position"]]}, "import-header"),
        ({"Parameters": PARAMETERS, "Parameters2": PARAMETERS}, "import-sheets"),
        ({"Parameters": [PARAMETERS[0][:4]]}, "import-no-start"),
        ({"Data": DATA}, "import-neither"),
    ],
)
def test_what_is_no_parameter_sheet_is_refused(tmp_path: Path, sheets: dict[str, Rows], message: str) -> None:
    path = workbook(tmp_path / "x.xlsx", sheets)
    with pytest.raises(MappingError) as raised:
        import_mapping(path)
    assert raised.value.message_id == message


def test_one_of_several_parameter_sheets_is_chosen_with_the_sheets_that_are_linked_to_it(tmp_path: Path) -> None:
    links: Rows = [["Data Sheet", "Parameter Sheet"], ["Data", "Parameters_B"], ["Other", "Parameters_A"]]
    path = workbook(
        tmp_path / "x.xlsx",
        {
            "Parameters_A": [PARAMETERS[0]],
            "Parameters_B": PARAMETERS,
            "Parameter_mapping": links,
            "Data": DATA,
            "Other": DATA,
        },
    )
    assert _toml(import_mapping(path, sheet="Parameters_B"))["table"]["sheet"] == "Data"


@pytest.mark.parametrize("language", ["en", "fr", "es", "ar"])
def test_what_is_written_is_read_without_a_mistake(tmp_path: Path, dsd_folder: Path, language: str) -> None:
    rows = [*PARAMETERS, ["GEO", "DIM", "FIX", "x"], ["SEX", "DIM", "ROW_EXT", 'a"\\'], ["x\ty", "z\n", "=1", None]]
    imported = _import(tmp_path, rows)
    write_imported(imported, tmp_path / "m", language=language)
    mapping = read_mapping(tmp_path / "m" / "mapping.toml", read_standard(dsd_folder))
    assert mapping.constants["REF_AREA"] == "CL"
