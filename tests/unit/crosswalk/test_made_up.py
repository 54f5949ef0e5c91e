"""A crosswalk is tables: one to a structure that nobody has heard of runs as any other."""

from pathlib import Path

import polars as pl
import pytest
from tests.examples.crosswalks import codes, made_up_standard, rows_of
from tests.examples.observations import Row, data_set, row

from icstip.errors import StandardError, StructureError
from icstip.messages.dataset import DataSet
from icstip.standard.lint import check_standard
from icstip.workflow.crosswalking.crosswalker import Crosswalker, CrosswalkResult


@pytest.fixture(scope="module")
def folder(dsd_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_up_standard(dsd_folder, tmp_path_factory.mktemp("made-up"))


@pytest.fixture(scope="module")
def crosswalker(folder: Path) -> Crosswalker:
    return Crosswalker(folder)


def _run(crosswalker: Crosswalker, *rows: Row) -> CrosswalkResult:
    result = crosswalker.run_data("made-up", data_set(crosswalker.schema("TIP_VICTIM"), rows))
    assert result.balance.adds_up
    return result


def test_its_tables_are_sound(folder: Path) -> None:
    assert [one.line() for one in check_standard(folder).findings] == []


def test_observations_become_those_of_the_other_structure(crosswalker: Crosswalker) -> None:
    result = _run(crosswalker, row("KE", "2020", 5, SEX="F", EXPLOITATION="SEXUAL"))
    assert result.data is not None
    assert str(result.data.schema.structure) == "OTHER:COUNTS(2.1)"
    assert str(result.data.schema.dataflow) == "OTHER:DF_COUNTS(2.1)"
    assert list(rows_of(result.data)) == [
        {
            "COUNTRY": "KE",
            "KIND": "SEX",
            "GENDER": "1",
            "FREQ": "A",
            "SOURCE": "REGISTER",
            "YEAR": "2020",
            "COUNT": 5,
            "STATE": "A",
            "ORIGIN": "unknown",
        }
    ]


def test_a_breakdown_that_becomes_nothing_is_set_aside(crosswalker: Crosswalker) -> None:
    result = _run(crosswalker, row("KE", "2020", 5, CITIZENSHIP="NG"), row("KE", "2020", 9))
    assert (result.written, codes(result)) == (1, ["CROSS-001"])


def test_observations_that_would_become_one_are_all_set_aside(crosswalker: Crosswalker) -> None:
    result = _run(crosswalker, row("KE", "2020", 5), row("KE", "2020", 4, INDICATOR="VIC_IDENT"), row("UG", "2020", 1))
    assert (result.written, codes(result)) == (1, ["CROSS-012", "CROSS-012"])
    assert "KE.ALL.0.A.REGISTER.2020" in result.report.findings[0].message()


def test_the_way_back_takes_the_preferred_row_and_asks_where_there_is_none(crosswalker: Crosswalker) -> None:
    there = _run(crosswalker, row("KE", "2020", 5), row("KE", "2020", 2, SEX="_U"))
    assert there.data is not None
    back = crosswalker.run_data("made-up", there.data, reverse=True)
    assert back.data is not None
    assert [(one["INDICATOR"], one["SEX"]) for one in rows_of(back.data)] == [("VIC_DET", "_T")]
    assert codes(back) == ["CROSS-011"]
    (finding,) = [one for one in back.report.findings if one.code == "CROSS-011"]
    assert (finding.params["component"], finding.value) == ("GENDER", "3")


def test_other_data_do_not_come_back(crosswalker: Crosswalker) -> None:
    there = _run(crosswalker, row("KE", "2020", 5)).data
    assert there is not None
    survey = DataSet(there.schema, there.frame.with_columns(pl.lit("SURVEY").alias("SOURCE")))
    assert codes(crosswalker.run_data("made-up", survey, reverse=True)) == ["CROSS-016"]


def test_its_id_is_a_name_too(crosswalker: Crosswalker) -> None:
    assert crosswalker.crosswalk("X_MADE_UP") == crosswalker.crosswalk("made-up")


def test_a_name_that_no_crosswalk_has_is_told_with_those_that_there_are(crosswalker: Crosswalker) -> None:
    with pytest.raises(StandardError, match="htcds: no crosswalk has this name; there are: sdg, made-up"):
        crosswalker.crosswalk("htcds")


def test_a_structure_that_no_table_describes_cannot_be_written(dsd_folder: Path, tmp_path: Path) -> None:
    folder = made_up_standard(dsd_folder, tmp_path)
    (folder / "crosswalks/X_MADE_UP/components.csv").unlink()
    (folder / "crosswalks/X_MADE_UP/codes.csv").unlink()
    with pytest.raises(StandardError, match="X_MADE_UP: the tables do not say what OTHER:COUNTS"):
        _run(Crosswalker(folder), row("KE", "2020", 5))


@pytest.mark.parametrize(
    ("assumed", "message"),
    [({"SEX": "F"}, "SEX=F: the data have no such attribute"), ({"CONF_STATUS": "5"}, "CONF_STATUS=5: the list of")],
)
def test_only_attributes_with_codes_of_their_list_can_be_assumed(
    crosswalker: Crosswalker, assumed: dict[str, str], message: str
) -> None:
    data = data_set(crosswalker.schema("TIP_VICTIM"), [row("KE", "2020", 5)])
    with pytest.raises(StructureError, match=message):
        crosswalker.run_data("made-up", data, assumed=assumed)
