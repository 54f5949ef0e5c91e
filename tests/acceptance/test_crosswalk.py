"""The Kyrgyz workbook as the SDG data that its national office would send. Figures were looked up by hand."""

import csv
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

import polars as pl
import pytest
import sdmx
from tests.acceptance.test_suggestions import CASES

from icstip.crosswalk.schemas import foreign_schema
from icstip.messages.dataset import DataSet
from icstip.schema import Column
from icstip.standard.model import Crosswalk
from icstip.workflow.checking.validation import Validator
from icstip.workflow.conversion import Converter
from icstip.workflow.crosswalking.crosswalker import Crosswalker, CrosswalkResult
from icstip.workflow.crosswalking.writing import write_crosswalk
from icstip.workflow.exchange import read
from icstip.workflow.schemas import Schemas
from icstip.workflow.structures import load_structures
from icstip.workflow.suggestion import Suggester, write_suggestion

FORMATS = (
    *("sdmx-csv-1.0", "sdmx-csv-2.0", "sdmx-csv-2.1", "sdmx-json-1.0", "sdmx-json-2.0", "sdmx-json-2.1"),
    *("sdmx-ml-2.1", "sdmx-ml-2.1-generic", "sdmx-ml-3.0", "sdmx-ml-3.1"),
)

# The third column has the names of the regions in English, which are the labels of a breakdown of one's own.
LABELLED = (
    '[[left_out]]\ncolumn = "column C"\nreason = "says the same as \'column A\'"',
    '[[columns]]\ncolumn = "column C"\ncomponent = "CUST_BREAKDOWN_LB"\nwhen = { "section A" = "Аймактар боюнча" }',
)

ALL = "VC_HTF_DETV"
FIGURES = (
    ({"SERIES": ALL, "TIME_PERIOD": "2010"}, 21),
    ({"SERIES": ALL, "TIME_PERIOD": "2014"}, 19),
    ({"SERIES": ALL, "TIME_PERIOD": "2018"}, 7),
    ({"SERIES": ALL, "TIME_PERIOD": "2023"}, 17),
    ({"SERIES": ALL, "SEX": "M", "TIME_PERIOD": "2010"}, 0),
    ({"SERIES": ALL, "SEX": "M", "TIME_PERIOD": "2023"}, 13),
    ({"SERIES": ALL, "SEX": "F", "TIME_PERIOD": "2018"}, 3),
    ({"SERIES": ALL, "SEX": "F", "TIME_PERIOD": "2020"}, None),
    ({"SERIES": ALL, "SEX": "_U", "TIME_PERIOD": "2019"}, 4),
    ({"SERIES": ALL, "AGE": "Y0T17", "TIME_PERIOD": "2018"}, 7),
    ({"SERIES": ALL, "AGE": "Y0T17", "TIME_PERIOD": "2019"}, 8),
    ({"SERIES": ALL, "AGE": "Y18T29", "TIME_PERIOD": "2021"}, 4),
    ({"SERIES": ALL, "AGE": "Y18T29", "TIME_PERIOD": "2020"}, None),
    ({"SERIES": ALL, "AGE": "Y_GE70", "TIME_PERIOD": "2022"}, 0),
    ({"SERIES": "VC_HTF_DETVFL", "TIME_PERIOD": "2019"}, 1),
    ({"SERIES": "VC_HTF_DETVFL", "TIME_PERIOD": "2023"}, 13),
    ({"SERIES": "VC_HTF_DETVSX", "TIME_PERIOD": "2021"}, 2),
    ({"SERIES": "VC_HTF_DETVSX", "TIME_PERIOD": "2022"}, 1),
    ({"SERIES": "VC_HTF_DETVOP", "TIME_PERIOD": "2021"}, 2),
    ({"SERIES": ALL, "CUST_BREAKDOWN": "C09", "TIME_PERIOD": "2010"}, 13),
    ({"SERIES": ALL, "CUST_BREAKDOWN": "C08", "TIME_PERIOD": "2018"}, 6),
    ({"SERIES": ALL, "CUST_BREAKDOWN": "C07", "TIME_PERIOD": "2023"}, 15),
)


@pytest.fixture(scope="module")
def crosswalker() -> Crosswalker:
    return Crosswalker()


@pytest.fixture(scope="module")
def published(shared: Path) -> Path:
    return shared / "reference" / "sdg" / "SDG_DSD_1.0.sdmx-ml-2.1.xml"


@pytest.fixture(scope="module")
def mapping(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The draft for the workbook, with what its owners know."""
    case = next(one for one in CASES if "/kg/" in one.table)
    folder = tmp_path_factory.mktemp("kg") / "mapping"
    suggester = Suggester()
    draft = suggester.suggest(shared / "data" / case.table, constants=case.known)
    write_suggestion(draft, folder, page=suggester.page(draft))
    for name, old, new in (*case.edits, ("mapping.toml", *LABELLED)):
        file = folder / name
        text = file.read_text(encoding="utf-8")
        assert text.count(old) == 1, (name, old)
        file.write_text(text.replace(old, new), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def workbook(shared: Path) -> Path:
    return shared / "data" / "opensdg" / "kg" / "excel_files_16.2.2.xlsx"


@pytest.fixture(scope="module")
def sent(crosswalker: Crosswalker, workbook: Path, mapping: Path) -> CrosswalkResult:
    return crosswalker.run("sdg", [workbook], mapping=str(mapping), sums=True, assumed={"COUNTING_RULE": "PRINCIPAL"})


def _data(result: CrosswalkResult) -> DataSet:
    assert result.data is not None
    return result.data


def test_every_figure_of_the_workbook_is_accounted_for(sent: CrosswalkResult) -> None:
    assert sent.balance.adds_up
    # The population is no figure on victims; rates, and ages from 30 to 69, are not in the lists of SDG.
    assert sent.balance.to_dict() == {
        "figures_read": 322,
        "observations": 238,
        "set_aside": {"CROSS-001": 14 + 2 * 14, "CROSS-006": 2 * 14, "LABEL-009": 14},
    }
    assert sent.sums == 2 * 14
    assert not sent.report.has_errors


def test_the_keys_and_values_are_those_that_the_national_office_would_send(sent: CrosswalkResult) -> None:
    data = _data(sent)
    usual = {
        **dict.fromkeys(data.schema.series_dimensions, "_T"),
        "FREQ": "A",
        "REPORTING_TYPE": "N",
        "REF_AREA": "417",
    }
    for key, value in FIGURES:
        wanted = {**usual, **key}
        (found,) = data.frame.filter(
            pl.all_horizontal(pl.col(name).cast(pl.String) == code for name, code in wanted.items())
        ).to_dicts()
        assert found["OBS_VALUE"] == value, key
        assert (found["UNIT_MEASURE"], found["UNIT_MULT"], found["NATURE"]) == ("NUMBER", "0", "C")
        assert found["OBS_STATUS"] == ("O" if value is None else "A")
        assert bool(found["CUST_BREAKDOWN_LB"]) == ("CUST_BREAKDOWN" in key)


def test_without_a_decision_single_forms_and_unlabelled_regions_wait(
    crosswalker: Crosswalker, workbook: Path, mapping: Path, tmp_path: Path
) -> None:
    plain = tmp_path / "plain"
    plain.mkdir()
    for file in ("mapping.toml", "codes.csv"):
        text = (mapping / file).read_text(encoding="utf-8")
        (plain / file).write_text(text.replace(LABELLED[1], LABELLED[0]), encoding="utf-8")
    result = crosswalker.run("sdg", [workbook], mapping=str(plain))
    assert result.balance.adds_up
    aside = {"CROSS-001": 42, "CROSS-002": 9 * 14, "CROSS-004": 2 * 14, "LABEL-009": 14}
    assert (result.written, dict(result.balance.set_aside)) == (112, aside)


def test_there_and_back_every_cell_that_sdg_can_say_is_as_it_was(
    crosswalker: Crosswalker, sent: CrosswalkResult, workbook: Path, mapping: Path
) -> None:
    there = crosswalker.run("sdg", [workbook], mapping=str(mapping))
    back = crosswalker.run_data("sdg", _data(there), reverse=True)
    assert (back.balance.set_aside, back.written) == ({}, there.written)
    original = Converter().convert(workbook, str(mapping)).datasets["TIP_VICTIM"]
    before = _cells(original)
    after = _cells(_data(back))
    assert len(after) == 238
    assert {key: before[key] for key in after} == after
    lost = [key for key in before if key not in after]
    assert len(lost) == 14 + 2 * 14 + 2 * 14
    again = crosswalker.run_data("sdg", _data(back))
    assert _data(again).frame.equals(_data(there).frame.select(_data(again).frame.columns))
    assert sent.written == there.written + sent.sums


def _cells(data: DataSet) -> Mapping[tuple[str, ...], tuple[object, ...]]:
    """Return the observations by their key: value, status, label; a figure that is free or missing says so."""
    texts = data.frame.with_columns(pl.col(pl.Enum).cast(pl.String))
    said = ("OBS_VALUE", "OBS_STATUS", "CONF_STATUS", "CUST_BREAKDOWN_LB")
    return {
        tuple(str(one[name]) for name in data.schema.dimensions): tuple(one.get(name) for name in said)
        for one in texts.to_dicts()
    }


@pytest.mark.parametrize("form", FORMATS)
def test_it_is_valid_by_the_published_structure_in_every_format(
    crosswalker: Crosswalker, sent: CrosswalkResult, published: Path, tmp_path: Path, form: str
) -> None:
    (path,), losses = write_crosswalk(sent, tmp_path, [form], crosswalker.standard)
    assert losses == ()
    report = Validator(against=published).validate([path])
    assert [finding.line() for finding in report.report.findings if finding.severity == "error"] == []
    assert report.files[0].datasets[0].observations == sent.written
    again = read(path, published)
    assert again.frame["OBS_VALUE"].sum() == _data(sent).frame["OBS_VALUE"].sum()
    back = crosswalker.run("sdg", [path], reverse=True)
    assert (back.written, back.balance.set_aside) == (sent.written, {})


def test_sdmx1_reads_it_with_the_published_structure(
    crosswalker: Crosswalker, sent: CrosswalkResult, published: Path, tmp_path: Path
) -> None:
    (path,), _ = write_crosswalk(sent, tmp_path, ["sdmx-ml-2.1"], crosswalker.standard)
    structure = sdmx.read_sdmx(BytesIO(published.read_bytes())).structure["SDG"]
    message = sdmx.read_sdmx(BytesIO(path.read_bytes()), structure=structure)
    assert sum(len(data.obs) for data in message.data) == sent.written
    values = [float(one.value) for data in message.data for one in data.obs if one.value not in (None, "")]
    assert sum(value for value in values if value == value) == _data(sent).frame["OBS_VALUE"].sum()  # noqa: PLR0124 - NaN


def test_the_tables_say_of_the_structure_what_was_published(crosswalker: Crosswalker, published: Path) -> None:
    artefacts = load_structures(published).structures.artefacts
    (structure,) = (one for one in artefacts if one.kind == "DataStructure")
    real = Schemas(artefacts).of(structure, None).by_id  # type: ignore[arg-type] # it is one
    ours = foreign_schema("IAEG-SDGs:SDG(1.0)", _crosswalk(crosswalker)).by_id
    assert list(ours) == list(real)
    for name, column in ours.items():
        assert _facts(column) == _facts(real[name])
        if column.codes is not None:
            assert set(column.codes) <= set(real[name].codes or ())
            names = {code: column.code_names[code]["en"] for code in column.codes}
            assert names == {code: " ".join(real[name].code_names[code]["en"].split()) for code in column.codes}


def test_the_tables_allow_what_the_sdg_process_allows(crosswalker: Crosswalker, shared: Path) -> None:
    path = shared / "reference" / "sdg" / "sdg_allowed_combinations_VC_HTF.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    ours = {(one.code, one.component): set(one.codes) for one in _crosswalk(crosswalker).allowed if one.by == "SERIES"}
    assert {series for series, _ in ours} == {row["SERIES"] for row in rows}
    for row in rows:
        limited = {name: set(codes.split(";")) for name, codes in row.items() if name not in {"SERIES", "Name"}}
        for name, codes in limited.items():
            assert ours.get((row["SERIES"], name), {"ALL"}) == codes, (row["SERIES"], name)


def _crosswalk(crosswalker: Crosswalker) -> Crosswalk:
    return crosswalker.crosswalk("sdg")


def _facts(column: Column) -> tuple[object, ...]:
    return (
        column.id,
        column.role,
        column.codelist,
        column.data_type,
        column.attachment,
        column.mandatory,
        column.attached_to if column.attachment == "series" else (),
    )
