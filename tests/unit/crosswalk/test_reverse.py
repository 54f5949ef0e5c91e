"""SDG data as data on victims: what comes back is what was sent, and nothing is guessed."""

from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
from tests.examples.crosswalks import SDG, codes, crossed, form
from tests.examples.observations import row

from icstip.messages.dataset import DataSet
from icstip.workflow.crosswalking.crosswalker import Crosswalker, CrosswalkResult
from icstip.workflow.exchange import write


def _sent(crosswalker: Crosswalker) -> DataSet:
    data = crossed(crosswalker, row("KE", "2020", 42, SEX="F", EXPLOITATION="SEXUAL", DATA_SOURCE="Police")).data
    assert data is not None
    return data


def _back(crosswalker: Crosswalker, data: DataSet, **changes: str | None) -> CrosswalkResult:
    frame = data.frame.with_columns(pl.lit(value, dtype=pl.String).alias(name) for name, value in changes.items())
    result = crosswalker.run_data(SDG, DataSet(data.schema, frame), reverse=True)
    assert result.balance.adds_up
    return result


def test_what_the_tables_say_comes_back(crosswalker: Crosswalker) -> None:
    result = _back(crosswalker, _sent(crosswalker))
    assert result.data is not None
    (found,) = result.data.frame.to_dicts()
    broken_down = {name: code for name, code in found.items() if code not in {"_T", None}}
    assert broken_down == {
        "FREQ": "A",
        "REF_AREA": "KE",
        "INDICATOR": "VIC_DET",
        "UNIT_MEASURE": "NUMBER",
        "SEX": "F",
        "EXPLOITATION": "SEXUAL",
        "TIME_PERIOD": "2020",
        "OBS_VALUE": 42,
        "OBS_STATUS": "A",
        "CONF_STATUS": "F",
        "UNIT_MULT": "0",
        "DATA_SOURCE": "Police",
    }


@pytest.mark.parametrize(
    ("changes", "code", "component"),
    [
        ({"REPORTING_TYPE": "G"}, "CROSS-016", "REPORTING_TYPE"),
        ({"NATURE": "E"}, "CROSS-016", "NATURE"),
        ({"URBANISATION": "U"}, "CROSS-016", "URBANISATION"),
        ({"COMPOSITE_BREAKDOWN": "MS_MIGRANT"}, "CROSS-001", "COMPOSITE_BREAKDOWN"),
        ({"SERIES": "VC_HTF_DETVR"}, "CROSS-001", "SERIES"),
        ({"SERIES": "SI_POV_DAY1"}, "CROSS-001", "SERIES"),
        ({"REF_AREA": "2"}, "CROSS-001", "REF_AREA"),
        ({"UNIT_MEASURE": None}, "CROSS-002", "UNIT_MEASURE"),
        ({"OBS_VALUE": "many"}, "CROSS-007", "OBS_VALUE"),
    ],
)
def test_what_is_not_national_data_on_victims_is_set_aside(
    crosswalker: Crosswalker, changes: dict[str, str | None], code: str, component: str
) -> None:
    result = _back(crosswalker, _sent(crosswalker), **changes)
    assert (result.data, codes(result)) == (None, [code])
    assert [one.params["component"] for one in result.report.findings] == [component]


def test_data_that_do_not_say_their_nature_come_back(crosswalker: Crosswalker) -> None:
    assert _back(crosswalker, _sent(crosswalker), NATURE=None).written == 1


def test_a_suppressed_figure_comes_back_without_a_reason_that_nobody_sent(crosswalker: Crosswalker) -> None:
    sent = crossed(crosswalker, form("_T", None, OBS_STATUS="Q", CONF_STATUS="A", LOWER_BOUND=1, UPPER_BOUND=4)).data
    assert sent is not None
    back = _back(crosswalker, sent).data
    assert back is not None
    (found,) = back.frame.to_dicts()
    assert (found["OBS_STATUS"], found.get("CONF_STATUS"), found["OBS_VALUE"]) == ("Q", None, None)


def test_other_series_in_the_file_have_no_counterpart_and_are_no_errors(
    crosswalker: Crosswalker, tmp_path: Path
) -> None:
    data = _sent(crosswalker)
    other = {"SERIES": "SI_POV_DAY1", "UNIT_MEASURE": "PERCENT", "PRODUCT": "BIM"}
    texts = data.frame.with_columns(pl.col(pl.Enum).cast(pl.String))
    both = pl.concat([texts, texts.with_columns(pl.lit(code).alias(name) for name, code in other.items())])
    open_schema = replace(data.schema, columns=tuple(replace(one, codes=None) for one in data.schema.columns))
    write(DataSet(open_schema, both), tmp_path / "sdg.csv", "sdmx-csv-2.0")
    result = crosswalker.run(SDG, [tmp_path / "sdg.csv"], reverse=True)
    assert (result.written, codes(result)) == (1, ["CROSS-001"])
    assert [(one.code, one.value) for one in result.report.findings] == [("CROSS-001", "SI_POV_DAY1")]


def test_rows_of_one_key_that_differ_in_the_unit_do_not_say_the_same(crosswalker: Crosswalker) -> None:
    data = _sent(crosswalker)
    texts = data.frame.with_columns(pl.col(pl.Enum).cast(pl.String))
    both = pl.concat([texts, texts.with_columns(pl.lit("PERCENT").alias("UNIT_MEASURE"))])
    result = crosswalker.run_data(SDG, DataSet(data.schema, both), reverse=True)
    assert (result.data, codes(result)) == (None, ["KEY-002", "KEY-002"])


def test_data_of_victims_are_not_data_of_sdg(crosswalker: Crosswalker) -> None:
    back = _back(crosswalker, _sent(crosswalker)).data
    assert back is not None
    result = crosswalker.run_data(SDG, back, reverse=True)
    assert (result.data, codes(result)) == (None, ["CROSS-013"])
    assert result.report.has_errors


def test_what_differs_within_a_series_is_not_carried_where_the_series_has_it_once(crosswalker: Crosswalker) -> None:
    rows = [row("KE", year, 1, DATA_SOURCE=source) for year, source in (("2019", "Police"), ("2020", "Courts"))]
    sent = crossed(crosswalker, *rows, row("UG", "2020", 1, DATA_SOURCE="Police")).data
    assert sent is not None
    assert sent.frame["SOURCE_DETAIL"].to_list() == ["Police", "Courts", "Police"]
    back = _back(crosswalker, sent)
    assert back.data is not None
    assert back.data.frame.select("REF_AREA", "DATA_SOURCE").rows() == [("KE", None), ("KE", None), ("UG", "Police")]
    (finding,) = [one for one in back.report.findings if one.code == "CROSS-017"]
    assert (finding.params["component"], finding.count, finding.place.row) == ("DATA_SOURCE", 2, 1)
