"""What is read for a crosswalk: every row is counted, wherever it comes from, and has its place."""

from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
from tests.examples.crosswalks import SDG, codes, form
from tests.examples.observations import data_set

from icstip.messages.dataset import Action, DataSet
from icstip.workflow.crosswalking.crosswalker import Crosswalker
from icstip.workflow.exchange import write


@pytest.fixture(scope="module")
def crosswalker(dsd_folder: Path) -> Crosswalker:
    return Crosswalker(dsd_folder)


def test_rows_that_delete_are_set_aside(crosswalker: Crosswalker) -> None:
    data = data_set(crosswalker.schema("TIP_VICTIM"), [form("_T", 3), form("SEXUAL", 1)])
    result = crosswalker.run_data(SDG, replace(data, action=Action.DELETE))
    assert (result.written, codes(result), result.balance.adds_up) == (0, ["CROSS-014", "CROSS-014"], True)


def test_data_of_another_structure_beside_ones_own_are_a_warning(crosswalker: Crosswalker, tmp_path: Path) -> None:
    schema = crosswalker.schema("TIP_VICTIM")
    write(data_set(schema, [form("_T", 3)]), tmp_path / "own.csv", "sdmx-csv-2.0")
    sent = crosswalker.run_data(SDG, data_set(schema, [form("_T", 3)])).data
    assert sent is not None
    write(sent, tmp_path / "other.csv", "sdmx-csv-2.0")
    files = [tmp_path / "own.csv", tmp_path / "other.csv"]
    result = crosswalker.run(SDG, files)
    assert (result.written, codes(result), result.report.has_errors) == (1, ["CROSS-013"], False)
    assert crosswalker.run(SDG, files[1:]).report.has_errors


def test_an_empty_data_set_of_another_structure_is_not_set_aside(crosswalker: Crosswalker) -> None:
    sent = crosswalker.run_data(SDG, data_set(crosswalker.schema("TIP_VICTIM"), [form("_T", 3)])).data
    assert sent is not None
    result = crosswalker.run_data(SDG, DataSet(sent.schema, sent.frame.clear()))
    assert (result.balance.set_aside, result.report.findings) == ({}, ())


def test_rows_without_a_dimension_are_set_aside(crosswalker: Crosswalker) -> None:
    data = data_set(crosswalker.schema("TIP_VICTIM"), [form("_T", 3), form("SEXUAL", 1, SEX=None)])
    result = crosswalker.run_data(SDG, data)
    assert (result.written, codes(result), result.balance.adds_up) == (1, ["CROSS-014"], True)
    assert result.report.findings[-1].place.row == 2


def test_findings_name_the_file_and_the_line_of_each_message(crosswalker: Crosswalker, tmp_path: Path) -> None:
    schema = crosswalker.schema("TIP_VICTIM")
    write(data_set(schema, [form("_T", 3), form("LABOUR", 3)]), tmp_path / "a.csv", "sdmx-csv-2.0")
    write(data_set(schema, [form("SEXUAL", 3), form("_T", 3, AGE="_U")]), tmp_path / "b.csv", "sdmx-csv-2.0")
    result = crosswalker.run(SDG, [tmp_path / "a.csv", tmp_path / "b.csv"])
    (finding,) = [one for one in result.report.findings if one.code == "CROSS-001"]
    assert (finding.place.file, finding.place.row) == ("b.csv", 3)
    assert ".VIC_DET.NUMBER._T._U." in str(finding.place.key)
    assert [one["file"] for one in result.inputs] == ["a.csv", "b.csv"]


def test_data_of_a_later_version_are_read_by_their_names(crosswalker: Crosswalker, tmp_path: Path) -> None:
    sent = crosswalker.run_data(SDG, data_set(crosswalker.schema("TIP_VICTIM"), [form("_T", 3)])).data
    assert sent is not None
    write(sent, tmp_path / "sdg.csv", "sdmx-csv-2.0")
    text = (tmp_path / "sdg.csv").read_text(encoding="utf-8")
    (tmp_path / "later.csv").write_text(text.replace("GLC(1.0)", "GLC(1.24)"), encoding="utf-8")
    result = crosswalker.run(SDG, [tmp_path / "later.csv"], reverse=True)
    assert (result.written, result.balance.adds_up) == (1, True)
    assert "DATA-001" in {one.code for one in result.report.findings}
    assert result.data is not None
    assert result.data.frame["OBS_VALUE"].dtype == pl.Float64
