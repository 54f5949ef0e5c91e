"""UNODC's published table as it is: 92 areas, 19,780 figures."""

import json
from collections.abc import Mapping
from pathlib import Path

import polars as pl
import pytest

from icstip.workflow.conversion import Conversion, Converter, write_conversion

FIGURES = 19_780
UNRESOLVED = {"LABEL-001", "LABEL-002", "LABEL-003", "LABEL-004", "LABEL-005", "LABEL-006", "LABEL-009"}


@pytest.fixture(scope="module")
def converter() -> Converter:
    return Converter()


@pytest.fixture(scope="module")
def conversion(converter: Converter, shared: Path) -> Conversion:
    return converter.convert(shared / "data" / "glotip" / "data_glotip_a.xlsx", "glotip")


def test_every_figure_is_accounted_for(conversion: Conversion) -> None:
    assert conversion.balance.figures_read == FIGURES
    assert conversion.balance.adds_up


def test_nearly_every_row_resolves_all_its_labels(conversion: Conversion) -> None:
    unresolved = sum(count for code, count in conversion.balance.set_aside.items() if code in UNRESOLVED)
    assert unresolved <= FIGURES * 0.005


def test_figures_checked_by_hand_stand_under_their_keys(conversion: Conversion) -> None:
    victims, offenders = conversion.datasets["TIP_VICTIM"].frame, conversion.datasets["TIP_PERPETRATOR"].frame
    key = {
        "REF_AREA": "RO",
        "INDICATOR": "VIC_DET",
        "SEX": "_T",
        "AGE": "_T",
        "CITIZENSHIP": "_T",
        "EXPLOITATION": "_T",
    }
    assert _value(victims, {**key, "TIME_PERIOD": "2017"}) == 662
    assert _value(offenders, {"REF_AREA": "RO", "INDICATOR": "PER_CONV", "SEX": "_T", "TIME_PERIOD": "2017"}) == 230
    assert (
        _value(
            victims, {"REF_AREA": "SK", "INDICATOR": "VIC_REPAT", "COUNTERPART_AREA": "FOREIGN", "TIME_PERIOD": "2018"}
        )
        == 23
    )
    nationals = {"REF_AREA": "SK", "INDICATOR": "VIC_REPAT", "CITIZENSHIP": "NATIONAL", "TIME_PERIOD": "2018"}
    assert _value(victims, nationals) == 23


def test_a_figure_below_five_keeps_its_bounds_and_has_no_value(conversion: Conversion) -> None:
    for dataset in conversion.datasets.values():
        bounded = dataset.frame.filter(pl.col("UPPER_BOUND").is_not_null())
        assert bounded["OBS_VALUE"].null_count() == bounded.height
        assert set(bounded.select("LOWER_BOUND", "UPPER_BOUND").rows()) == {(0.0, 4.0)}
        assert set(bounded["OBS_STATUS"].cast(pl.String)) == {"Q"}
        assert set(bounded["CONF_STATUS"].cast(pl.String)) == {"A"}


def test_the_report_says_the_same_as_the_files(conversion: Conversion, converter: Converter, tmp_path: Path) -> None:
    write_conversion(conversion, tmp_path, ["sdmx-csv-2.0", "sdmx-ml-3.0"], converter.standard)
    report = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    rows = sum(pl.read_csv(path, infer_schema=False).height for path in tmp_path.glob("*.csv"))
    elements = sum(path.read_text(encoding="utf-8").count("<Obs ") for path in tmp_path.glob("*.xml"))
    balance = report["balance"]
    assert balance["figures_read"] == rows + sum(balance["set_aside"].values()) == FIGURES
    assert elements == rows == balance["observations"]


def _value(frame: pl.DataFrame, key: Mapping[str, str]) -> float:
    rows = frame.filter(pl.col(name).cast(pl.String) == code for name, code in key.items())
    free = [name for name in ("SEX", "AGE", "CITIZENSHIP", "EXPLOITATION", "COUNTERPART_AREA") if name in frame.columns]
    rows = rows.filter(pl.col(name).cast(pl.String) == "_T" for name in free if name not in key)
    value: float = rows["OBS_VALUE"].item()
    return value
