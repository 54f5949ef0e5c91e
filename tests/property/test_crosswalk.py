"""Whatever data hold: forward then back is the part that SDG can say, and back then forward is what was there."""

import os
from collections.abc import Sequence
from functools import cache

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.examples.crosswalks import SDG
from tests.examples.observations import Row, data_set, row

from icstip.messages.dataset import DataSet
from icstip.workflow.crosswalking.crosswalker import Crosswalker, CrosswalkResult

SAYABLE = {
    "REF_AREA": ("KE", "UG", "KG", "TD"),
    "TIME_PERIOD": ("2019", "2020", "2021"),
    "SEX": ("_T", "F", "M", "_U"),
    "AGE": ("_T", "Y0T17", "Y_GE18", "Y18T29"),
    "EXPLOITATION": ("_T", "SEXUAL", "LABOUR", "ORGANS", "OTHER_SDG"),
    "EDUCATION_LEV": ("_T", "ISCED11_1"),
    "DISABILITY_STATUS": ("_T", "PD"),
}
UNSAYABLE = {
    "REF_AREA": ("002",),
    "TIME_PERIOD": ("2020-Q1", "2020-04-01/P1Y"),
    "FREQ": ("Q",),
    "INDICATOR": ("VIC_IDENT", "VIC_PRES"),
    "UNIT_MEASURE": ("PER_100000_POP", "PT"),
    "AGE": ("_U",),
    "EXPLOITATION": ("_U", "BEGGING", "CRIMINAL", "PROSTITUTION", "OTHER_GLOTIP"),
    "CITIZENSHIP": ("NATIONAL", "NG"),
    "REPORTING_ENTITY": ("POLICE",),
    "CONF_STATUS": ("C", "N", None),
    "CUST_BREAKDOWN": ("C01",),
}
FIGURES = (
    *((value, "A", "F") for value in (0.0, 1.0, 17.0, 2500.0)),
    (3.0, "P", "F"),
    (None, "O", None),
    (None, "Q", None),
)

KEY = (
    *("REF_AREA", "TIME_PERIOD", "FREQ", "INDICATOR", "UNIT_MEASURE", "SEX", "AGE", "EXPLOITATION", "CITIZENSHIP"),
    *("EDUCATION_LEV", "DISABILITY_STATUS", "REPORTING_ENTITY", "CUST_BREAKDOWN"),
)
MOST = settings(max_examples=int(os.environ.get("ICSTIP_EXAMPLES", "25")))


@cache
def _crosswalker() -> Crosswalker:
    return Crosswalker()


@st.composite
def _observations(draw: st.DrawFn, *, are_sayable: bool) -> list[Row]:
    rows = []
    for _ in range(draw(st.integers(0, 8))):
        codes = {name: draw(st.sampled_from(values)) for name, values in SAYABLE.items()}
        value, status, confidentiality = draw(st.sampled_from(FIGURES))
        said: Row = {
            **row("", "", value, OBS_STATUS=status, CONF_STATUS=confidentiality, UNIT_MULT="0"),
            **codes,
            "COMMENT_OBS": draw(st.sampled_from((None, 'a, "b"', "é"))),
            "DATA_SOURCE": "Police",
            "COUNTING_RULE": None,
        }
        if not are_sayable:
            names = draw(st.sets(st.sampled_from(sorted(UNSAYABLE)), max_size=2))
            said |= {name: draw(st.sampled_from(UNSAYABLE[name])) for name in sorted(names)}
            if said["OBS_VALUE"] is None and "CONF_STATUS" in names:
                said["CONF_STATUS"] = confidentiality
        rows.append(said)
    once = {tuple(str(one.get(name, "_T")) for name in KEY): one for one in rows}
    return list(once.values())


def _is_sayable(said: Row) -> bool:
    """Return whether SDG can say an observation, worked out from the lists above alone."""
    return not any(said.get(name, "_T") in codes for name, codes in UNSAYABLE.items() if name != "CONF_STATUS") and (
        said["CONF_STATUS"] == "F" or said["OBS_VALUE"] is None
    )


def _run(data: DataSet, *, reverse: bool = False) -> CrosswalkResult:
    result = _crosswalker().run_data(SDG, data, reverse=reverse)
    assert result.balance.adds_up
    assert result.balance.figures_read == len(data)
    told = dict.fromkeys(result.balance.set_aside, 0)
    for finding in result.report.findings:
        if finding.code in told:
            told[finding.code] += finding.count
    assert told == dict(result.balance.set_aside)
    return result


def _of(rows: Sequence[Row]) -> DataSet:
    return data_set(_crosswalker().schema("TIP_VICTIM"), rows)


def _cells(data: DataSet | None) -> list[tuple[tuple[str, object], ...]]:
    """Return the observations, each as what it says, in an order of their own."""
    if data is None:
        return []
    texts = data.frame.with_columns(pl.col(pl.Enum).cast(pl.String))
    found = [
        tuple(sorted((name, value) for name, value in one.items() if value is not None)) for one in texts.to_dicts()
    ]
    return sorted(found, key=str)


@MOST
@given(_observations(are_sayable=False))
def test_forward_then_back_is_the_part_that_sdg_can_say(rows: list[Row]) -> None:
    there = _run(_of(rows))
    sayable = [one for one in rows if _is_sayable(one)]
    assert there.written == len(sayable)
    back = None if there.data is None else _run(there.data, reverse=True).data
    assert _cells(back) == _cells(_of(sayable) if sayable else None)


@MOST
@given(_observations(are_sayable=True))
def test_back_then_forward_is_what_was_there(rows: list[Row]) -> None:
    sent = _run(_of(rows)).data
    if sent is None:
        assert not rows
        return
    back = _run(sent, reverse=True)
    assert back.balance.set_aside == {}
    assert back.data is not None
    assert _cells(_run(back.data).data) == _cells(sent)


@MOST
@given(_observations(are_sayable=False))
def test_sums_are_those_of_their_parts_and_the_balance_knows_them(rows: list[Row]) -> None:
    rows = [{**one, "COUNTING_RULE": "PRINCIPAL"} for one in rows]
    result = _crosswalker().run_data(SDG, _of(rows), sums=True)
    assert result.balance.adds_up
    assert result.written == result.balance.observations + result.sums
    plain = _crosswalker().run_data(SDG, _of(rows))
    summed = [] if result.data is None else result.data.frame["OBS_VALUE"].to_list()
    single = [] if plain.data is None else plain.data.frame["OBS_VALUE"].to_list()
    parts = sum(
        value
        for one in rows
        if one["EXPLOITATION"] in {"BEGGING", "CRIMINAL", "PROSTITUTION"}
        and isinstance(value := one["OBS_VALUE"], float)
    )
    added = sum(value or 0 for value in summed) - sum(value or 0 for value in single)
    assert 0 <= added <= parts
