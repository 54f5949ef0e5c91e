"""SDMX mapping workbooks of the World Bank become a mapping."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from tests.examples.foreign_mappings import COMPONENTS, LONG, VALUES, Cell, changed, workbook, world_bank_book

from icstip.errors import MappingError
from icstip.mapping.importing.imported import Imported
from icstip.mapping.importing.written import imported_text
from icstip.mapping.reading.mapping import read_mapping
from icstip.standard.read import read_standard
from icstip.workflow.conversion import Converter
from icstip.workflow.mapping_exchange import import_mapping, not_carried_over, open_in, write_imported


def _toml(imported: Imported) -> dict[str, Any]:
    return tomllib.loads(imported_text(imported))


def _codes(imported: Imported) -> list[str]:
    return [finding.code for finding in imported.findings]


def test_rules_become_columns_constants_and_codes(tmp_path: Path) -> None:
    imported = import_mapping(world_bank_book(tmp_path))
    said = _toml(imported)
    assert said["mapping"]["title"] == "WB:TIP(1.0)"
    assert (said["table"], said["time"]) == ({"figures": "Value"}, {"column": "Year"})
    assert said["constants"] == {"INDICATOR": "VIC_DET", "UNIT_MEASURE": "NUMBER"}
    assert [tuple(rule.values()) for rule in said["columns"]] == [("Country", "REF_AREA"), ("Gender", "SEX")]
    assert [(rule.label, rule.code) for rule in imported.labels] == [
        ("Chile", "CL"),
        ("Peru", "PE"),
        ("Girls and women", "F"),
        ("Boys and men", "M"),
    ]
    assert (open_in(imported), imported.findings) == ([], ())


def test_an_imported_mapping_puts_the_figures_under_the_right_keys(tmp_path: Path, dsd_folder: Path) -> None:
    write_imported(import_mapping(world_bank_book(tmp_path)), tmp_path / "m")
    (tmp_path / "long.csv").write_text(LONG, encoding="utf-8")
    conversion = Converter(dsd_folder).convert(tmp_path / "long.csv", str(tmp_path / "m"))
    frame = conversion.datasets["TIP_VICTIM"].frame
    assert [
        tuple(map(str, row)) for row in frame.select("REF_AREA", "SEX", "TIME_PERIOD", "OBS_VALUE").iter_rows()
    ] == [
        ("CL", "F", "2020", "5.0"),
        ("PE", "M", "2021", "6.0"),
    ]
    assert not conversion.report.has_errors


@pytest.mark.parametrize(
    ("row", "code", "told"),
    [
        (("Note", "NO_SUCH", "implicit"), "IMPORT-001", "# IMPORT-001 B9: 'NO_SUCH' is not a component"),
        ((None, "AGE", "fixed:Adults"), "IMPORT-002", "AGE = \"?\" # 'Adults' is not a code of CL_AGE"),
        ((None, "AGE", "epoch"), "IMPORT-003", "AGE = \"?\" # a mapping cannot say 'epoch' of AGE"),
        (("*", "AGE", "implicit"), "IMPORT-003", "AGE = \"?\" # a mapping cannot say '* implicit' of AGE"),
        (("Age", "AGE", "implicit", None, None, "_U"), "IMPORT-004", "# IMPORT-004 B9: 'DEFAULT_VALUE = _U'"),
        (("Age", "AGE", "representation"), "IMPORT-004", "# IMPORT-004 B9: 'Age → AGE'"),
    ],
)
def test_what_cannot_be_carried_over_is_told_in_its_place(
    tmp_path: Path, row: tuple[Cell, ...], code: str, told: str
) -> None:
    imported = import_mapping(world_bank_book(tmp_path, [*COMPONENTS, row]))
    assert _codes(imported) == [code]
    assert told in imported_text(imported)


@pytest.mark.parametrize("row", [("regex:^Bol", "BO"), ("Bolivia", None), (None, "BO")])
def test_values_that_are_no_pairs_of_labels_and_codes_are_told(tmp_path: Path, row: tuple[Cell, ...]) -> None:
    imported = import_mapping(world_bank_book(tmp_path, values=[*VALUES, row]))
    assert (_codes(imported), len(imported.labels)) == (["IMPORT-004"], 4)


def test_a_code_that_no_list_has_is_open_in_the_codes(tmp_path: Path) -> None:
    imported = import_mapping(world_bank_book(tmp_path, values=[*VALUES, ("Atlantis", "AT1")]))
    assert (open_in(imported), _codes(imported)) == (["'Atlantis'"], ["IMPORT-002"])


@pytest.mark.parametrize(("header", "found"), [("S:country", 4), ("S:Country name", 4), ("S:Nation", 2)])
def test_columns_of_values_are_matched_as_the_tool_matches_them(tmp_path: Path, header: str, found: int) -> None:
    values = [[header, *VALUES[0][1:]], *VALUES[1:]]
    imported = import_mapping(world_bank_book(tmp_path, values=values))
    assert (len(imported.labels), "IMPORT-004" in _codes(imported)) == (found, found < 4)


def test_values_of_two_columns_become_what_a_rule_sets_besides(tmp_path: Path, dsd_folder: Path) -> None:
    components = [*COMPONENTS, ("Gender | Form", "EXPLOITATION", "multi_representation")]
    form = [("S:Form", "T:EXPLOITATION"), ("Sex", "SEXUAL"), ("Work", "LABOUR"), ("Sex", "NO_CODE")]
    values = [[*row, *more] for row, more in zip(VALUES, form, strict=True)]
    imported = import_mapping(world_bank_book(tmp_path, components, values))
    assert [rule for rule in _toml(imported)["columns"] if "when" in rule] == [
        {
            "column": "Gender",
            "component": "SEX",
            "when": {"Gender": "Girls and women", "Form": "Sex"},
            "sets": {"EXPLOITATION": "SEXUAL"},
        },
        {
            "column": "Gender",
            "component": "SEX",
            "when": {"Gender": "Boys and men", "Form": "Work"},
            "sets": {"EXPLOITATION": "LABOUR"},
        },
    ]
    assert _codes(imported) == ["IMPORT-002"]
    write_imported(imported, tmp_path / "m")
    lines = ["Country,Year,Gender,Form,Value", "Chile,2020,Girls and women,Sex,5", "Peru,2020,Boys and men,Work,6"]
    (tmp_path / "long.csv").write_text("\n".join(lines), encoding="utf-8")
    frame = Converter(dsd_folder).convert(tmp_path / "long.csv", str(tmp_path / "m")).datasets["TIP_VICTIM"].frame
    assert frame["EXPLOITATION"].cast(str).to_list() == ["SEXUAL", "LABOUR"]


def test_values_of_two_columns_of_which_none_is_read_are_open(tmp_path: Path) -> None:
    components = [*COMPONENTS, ("Form|Way", "EXPLOITATION", "multi_representation")]
    imported = import_mapping(world_bank_book(tmp_path, components))
    assert {"column": "Form", "component": "?"} in _toml(imported)["columns"]
    assert (open_in(imported), _codes(imported)) == (["'Form'"], ["IMPORT-003", "IMPORT-004"])


@pytest.mark.parametrize("sources", ["*|Form", "|", ""])
def test_values_of_columns_that_no_mapping_can_name_are_open(tmp_path: Path, sources: str) -> None:
    components = [*COMPONENTS, (sources, "EXPLOITATION", "multi_representation")]
    imported = import_mapping(world_bank_book(tmp_path, components))
    assert (open_in(imported), _codes(imported)) == (["EXPLOITATION"], ["IMPORT-003"])


def test_what_nothing_says_is_open_unless_it_is_given(tmp_path: Path) -> None:
    components = [row for row in COMPONENTS if row[1] not in {"OBS_VALUE", "TIME_PERIOD", "INDICATOR"}]
    path = world_bank_book(tmp_path, components)
    assert open_in(import_mapping(path)) == ["figures", "INDICATOR", "TIME_PERIOD"]
    given = import_mapping(path, constants={"INDICATOR": "VIC_DET", "TIME_PERIOD": "2020"})
    assert [finding.value for finding in not_carried_over(given)] == ["OBS_VALUE"]


def test_a_sheet_without_the_columns_is_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path / "x.xlsx", {"COMP_MAPPING": [["SOURCE", "TARGET"]]})
    with pytest.raises(MappingError, match="MAPPING_RULES"):
        import_mapping(path)


@pytest.mark.parametrize("language", ["en", "fr", "es", "ar"])
def test_what_is_written_is_read_without_a_mistake(tmp_path: Path, dsd_folder: Path, language: str) -> None:
    components = [
        *changed(COMPONENTS, "Gender", "SEX", "representation"),
        ('a"\\b', "AGE", "implicit", None, None, "x\ny"),
    ]
    imported = import_mapping(world_bank_book(tmp_path, components, [*VALUES, ("=1+1", "CL"), ("?", "??")]))
    write_imported(imported, tmp_path / "m", language=language)
    mapping = read_mapping(tmp_path / "m" / "mapping.toml", read_standard(dsd_folder))
    assert [rule.column for rule in mapping.columns] == ["Country", "Gender", 'a"\\b']
