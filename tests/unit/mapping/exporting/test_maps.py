"""A mapping as structure maps and representation maps."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from icstip.artefacts.base import Reference
from icstip.artefacts.data_structure import DataStructure
from icstip.artefacts.maps import RepresentationMap, StructureMap
from icstip.errors import MappingError
from icstip.findings import TextId
from icstip.mapping.exporting.maps import Exported, export_mapping
from icstip.mapping.model import LabelRule
from icstip.mapping.reading.mapping import read_mapping
from icstip.standard.model import Standard
from icstip.standard.read import read_standard

HEAD = '[table]\nfigures = "Value"\n[time]\ncolumn = "Year"\n[constants]\nREF_AREA = "GB"\nUNIT_MEASURE = "NUMBER"\n'
VICTIM = f'{HEAD}INDICATOR = "VIC_DET"\n'
SEX = '[[columns]]\ncolumn = "Sex"\ncomponent = "SEX"\n'
CODES = "column,component,label,code,also\n"
ALWAYS = {"mapping-frequency", "mapping-status", "mapping-time-words"}
WITH_COLUMNS = {*ALWAYS, "mapping-comparison", "mapping-known-labels"}

Rows = list[tuple[tuple[str, ...], tuple[str, ...]]]


@pytest.fixture(scope="module")
def standard(dsd_folder: Path) -> Standard:
    return read_standard(dsd_folder)


def _export(
    folder: Path, standard: Standard, toml: str, codes: str = "", resolved: Sequence[LabelRule] | None = None
) -> Exported:
    path = folder / "my table" / "mapping.toml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(toml, encoding="utf-8")
    (path.parent / "codes.csv").write_text(CODES + codes, encoding="utf-8")
    return export_mapping(read_mapping(path, standard), standard, resolved=resolved)


def _maps(exported: Exported) -> list[StructureMap]:
    return [one for one in exported.artefacts if isinstance(one, StructureMap)]


def _rows(exported: Exported, name: str) -> Rows:
    table = next(one for one in exported.artefacts if isinstance(one, RepresentationMap) and one.id == name)
    return [
        (tuple(f"/{value.value}/" if value.regex else value.value for value in row.sources), row.targets)
        for row in table.mappings
    ]


def _losses(exported: Exported) -> set[str]:
    what = (finding.params["what"] for finding in exported.losses)
    return {one.id.removeprefix("loss.") for one in what if isinstance(one, TextId)}


def test_the_source_is_a_structure_of_the_columns_that_are_read(tmp_path: Path, standard: Standard) -> None:
    status = '[[columns]]\ncolumn = "Observation status"\ncomponent = "OBS_STATUS"\n'
    exported = _export(tmp_path, standard, VICTIM + SEX + status)
    (structure,) = (one for one in exported.artefacts if isinstance(one, DataStructure))
    assert structure.id == "MY_TABLE_TABLE"
    assert [one.id for one in structure.dimensions] == ["SEX", "YEAR"]
    assert [one.id for one in structure.measures] == ["VALUE"]
    assert [one.id for one in structure.attributes] == ["OBSERVATION_STATUS"]


def test_constants_are_fixed_and_what_no_column_breaks_down_by_is_the_total(tmp_path: Path, standard: Standard) -> None:
    (built,) = _maps(_export(tmp_path, standard, VICTIM + SEX))
    fixed = {one.component: one.values for one in built.fixed_values}
    assert {one: fixed[one] for one in ("REF_AREA", "INDICATOR", "UNIT_MEASURE", "AGE")} == {
        "REF_AREA": ("GB",),
        "INDICATOR": ("VIC_DET",),
        "UNIT_MEASURE": ("NUMBER",),
        "AGE": ("_T",),
    }
    assert fixed.keys().isdisjoint({"SEX", "FREQ", "TIME_PERIOD"})
    assert built.target == Reference("DataStructure", "ICSTIP", "TIP_VICTIM", "1.0.0-draft")


def test_the_time_and_the_figures_stay_as_they_are(tmp_path: Path, standard: Standard) -> None:
    (built,) = _maps(_export(tmp_path, standard, VICTIM))
    plain = [(one.sources, one.targets) for one in built.component_maps if one.representation_map is None]
    assert sorted(plain) == [(("VALUE",), ("OBS_VALUE",)), (("YEAR",), ("TIME_PERIOD",))]


def test_labels_that_the_mapping_declares_are_mapped(tmp_path: Path, standard: Standard) -> None:
    exported = _export(
        tmp_path, standard, f'{VICTIM}{SEX}blank = "_T"\n', "Sex,SEX,Girls,F,\nSex,SEX,x,,\nSex,SEX,y,?,\n"
    )
    assert _rows(exported, "MY_TABLE_SEX_SEX") == [(("Girls",), ("F",)), (("/^$/",), ("_T",))]
    assert _losses(exported) == {*WITH_COLUMNS, "mapping-open"}


def test_labels_of_a_table_are_added_as_they_were_resolved(tmp_path: Path, standard: Standard) -> None:
    resolved = [LabelRule("Sex", "SEX", "Female", "F"), LabelRule("Sex", "SEX", "Girls", "F")]
    exported = _export(tmp_path, standard, VICTIM + SEX, "Sex,SEX,Girls,F,\n", resolved)
    assert _rows(exported, "MY_TABLE_SEX_SEX") == [(("Female",), ("F",)), (("Girls",), ("F",))]
    assert "mapping-known-labels" not in _losses(exported)


def test_a_column_without_declared_labels_stays_as_it_is(tmp_path: Path, standard: Standard) -> None:
    (built,) = _maps(_export(tmp_path, standard, VICTIM + SEX))
    assert next(one for one in built.component_maps if one.targets == ("SEX",)).representation_map is None


def test_only_the_codes_that_a_rule_takes_are_mapped(tmp_path: Path, standard: Standard) -> None:
    exported = _export(tmp_path, standard, f'{VICTIM}{SEX}only = ["F"]\n', "Sex,SEX,Girls,F,\nSex,SEX,Boys,M,\n")
    assert _rows(exported, "MY_TABLE_SEX_SEX") == [(("Girls",), ("F",))]


def test_conditions_on_the_same_columns_become_a_map_of_several_columns(tmp_path: Path, standard: Standard) -> None:
    rules = "".join(f'{SEX}when = {{ Kind = "{kind}" }}\n' for kind in ("a", ""))
    exported = _export(tmp_path, standard, VICTIM + rules, "Sex,SEX,Girls,F,\n")
    assert _rows(exported, "MY_TABLE_SEX_KIND_SEX") == [(("Girls", "a"), ("F",)), (("Girls", "/^$/"), ("F",))]
    assert _losses(exported) == WITH_COLUMNS


def test_conditions_on_different_columns_are_lost(tmp_path: Path, standard: Standard) -> None:
    exported = _export(tmp_path, standard, f'{VICTIM}{SEX}when = {{ Kind = "a" }}\n{SEX}', "Sex,SEX,Girls,F,\n")
    assert "mapping-conditions" in _losses(exported)


def test_what_rules_set_besides_is_mapped_from_their_conditions(tmp_path: Path, standard: Standard) -> None:
    rules = "".join(
        f'{SEX}when = {{ Kind = "{kind}" }}\nsets = {{ EXPLOITATION = "{code}" }}\n'
        for kind, code in (("a", "SEXUAL"), ("b", "LABOUR"))
    )
    exported = _export(tmp_path, standard, VICTIM + rules, "Sex,SEX,Girls,F,\n")
    assert _rows(exported, "MY_TABLE_KIND_EXPLOITATION") == [(("a",), ("SEXUAL",)), (("b",), ("LABOUR",))]
    (built,) = _maps(exported)
    assert "EXPLOITATION" not in {one.component for one in built.fixed_values}


def test_members_of_several_components_become_one_map_with_totals(tmp_path: Path, standard: Standard) -> None:
    rule = '[[columns]]\ncolumn = "Who"\ncomponents = ["SEX", "AGE"]\n'
    codes = "Who,SEX,Men,M,\nWho,AGE,Under 18,Y0T17,\nWho,SEX,Girls,F,AGE=Y0T17\n"
    exported = _export(tmp_path, standard, VICTIM + rule, codes)
    assert _rows(exported, "MY_TABLE_WHO_SEX_AGE") == [
        (("Men",), ("M", "_T")),
        (("Girls",), ("F", "Y0T17")),
        (("Under 18",), ("_T", "Y0T17")),
    ]


def test_what_a_label_implies_is_a_target_more(tmp_path: Path, standard: Standard) -> None:
    exported = _export(tmp_path, standard, VICTIM + SEX, "Sex,SEX,Girls,F,AGE=Y0T17\nSex,SEX,Men,M,\n")
    assert _rows(exported, "MY_TABLE_SEX_SEX_AGE") == [(("Girls",), ("F", "Y0T17")), (("Men",), ("M", "_T"))]


@pytest.mark.parametrize(
    ("more", "lost"),
    [
        ('[[columns]]\ncolumn = "S2"\ncomponent = "SEX"\n', "mapping-second-column"),
        ('[[left_out]]\nreason = "x"\nwhen = { Kind = "sum" }\n', "mapping-left-out"),
        ('[figures]\nthousands = ","\n', "mapping-figures"),
        ('[[columns]]\ncolumn = "Zzz"\ncomponent = "?"\n', "mapping-open"),
        ('[[columns]]\ncolumn = "Area"\ncomponent = "REF_AREA"\n', "mapping-fallback"),
    ],
)
def test_what_a_structure_map_cannot_say_is_told(tmp_path: Path, standard: Standard, more: str, lost: str) -> None:
    assert lost in _losses(_export(tmp_path, standard, VICTIM + SEX + more))


def test_a_layout_is_told_as_lost_and_its_columns_are_those_of_its_records(tmp_path: Path, standard: Standard) -> None:
    toml = VICTIM.replace('figures = "Value"', 'figures = "C3:"\nheaders = [2]\nstubs = ["A"]')
    toml = toml.replace('"Year"', '"row 2"') + SEX.replace('"Sex"', '"column A"')
    exported = _export(tmp_path, standard, toml, "column A,SEX,Girls,F,\n")
    assert "mapping-layout" in _losses(exported)
    assert _rows(exported, "MY_TABLE_COLUMN_A_SEX") == [(("Girls",), ("F",))]


def test_there_is_a_map_to_each_structure_that_the_figures_can_belong_to(tmp_path: Path, standard: Standard) -> None:
    column = '[[columns]]\ncolumn = "What"\ncomponent = "INDICATOR"\n'
    every = [one.target.id for one in _maps(_export(tmp_path, standard, HEAD + column))]
    assert every == list(standard.structures)
    resolved = [LabelRule("What", "INDICATOR", "Victims", "VIC_DET")]
    some = _maps(_export(tmp_path, standard, HEAD + column, resolved=resolved))
    assert [one.target.id for one in some] == ["TIP_VICTIM"]


def test_what_a_structure_does_not_break_down_by_is_told(tmp_path: Path, standard: Standard) -> None:
    indicator = '[[columns]]\ncolumn = "What"\ncomponent = "INDICATOR"\n'
    exported = _export(tmp_path, standard, HEAD + indicator + SEX)
    absent = [one for one in exported.losses if one.params["what"] == TextId("loss.mapping-absent")]
    assert [(one.params["artefact"], one.cells) for one in absent] == [
        (f"StructureMap=ICSTIP:MY_TABLE_TO_{structure}(1.0.0-draft)", ("SEX",))
        for structure in ("TIP_EVENT", "TIP_REPORTING_ENTITY")
    ]
    fixed = _maps(_export(tmp_path, standard, f'{HEAD}SEX = "F"\n{indicator}'))
    assert [one.target.id for one in fixed] == ["TIP_VICTIM", "TIP_PERPETRATOR"]


def test_figures_of_no_structure_are_refused(tmp_path: Path, standard: Standard) -> None:
    with pytest.raises(MappingError) as raised:
        _export(tmp_path, standard, HEAD)
    assert raised.value.message_id == "export-no-structure"


def test_the_maps_can_be_of_another_agency(tmp_path: Path, standard: Standard) -> None:
    path = tmp_path / "mapping.toml"
    path.write_text(VICTIM + SEX, encoding="utf-8")
    exported = export_mapping(read_mapping(path, standard), standard, agency="INE")
    assert {one.agency for one in exported.artefacts} == {"INE"}
    assert {one.target.agency for one in _maps(exported)} == {"ICSTIP"}
