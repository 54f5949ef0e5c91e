"""A random data set, laid out as a table of a national office, comes back from the draft of a mapping."""

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from tests.examples.layouts import MEMBERS, Laid, laid_out, write_csv, write_xlsx

from icstip.standard.read import read_standard
from icstip.workflow.conversion import Converter
from icstip.workflow.suggestion import Suggester, write_suggestion

EXAMPLES = int(os.environ.get("ICSTIP_EXAMPLES", "300"))
CONSTANTS = {"REF_AREA": "CL", "INDICATOR": "VIC_DET", "UNIT_MEASURE": "NUMBER"}


@pytest.fixture(scope="module")
def suggester(dsd_folder: Path) -> Suggester:
    return Suggester(dsd_folder)


@pytest.fixture(scope="module")
def converter(dsd_folder: Path) -> Converter:
    return Converter(dsd_folder)


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(laid=laid_out(read_standard()), is_workbook=st.booleans(), is_merged=st.booleans())
def test_what_a_table_says_comes_back(
    laid: Laid,
    suggester: Suggester,
    converter: Converter,
    *,
    is_workbook: bool,
    is_merged: bool,
) -> None:
    assume(laid.has_numbers)
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / ("t.xlsx" if is_workbook else "t.csv")
        if is_workbook:
            write_xlsx(laid.rows, table, laid.merged if is_merged else ())
        else:
            write_csv(laid.rows, table)
        write_suggestion(suggester.suggest(table, constants=CONSTANTS), Path(folder) / "m")
        _decide(Path(folder) / "m" / "mapping.toml", laid)
        conversion = converter.convert(table, str(Path(folder) / "m"))
    assert conversion.balance.adds_up
    found = _figures(conversion.datasets["TIP_VICTIM"].frame)
    assert {key: value for key, value in found.items() if value is not None} == {
        key: float(value) for key, value in laid.figures.items() if value is not None
    }
    # Rows without any figure may be notes; no other blank is taken for one.
    assert {key for key, value in found.items() if value is None} <= {
        key for key, value in laid.figures.items() if value is None
    }


def _decide(mapping: Path, laid: Laid) -> None:
    """Say what signs and marks mean, as the owner of the table does: take the comment signs away."""
    text = mapping.read_text(encoding="utf-8")
    none, missing = laid.signs
    for line in (f'"{none}" = {{ value', f'"{missing}" = {{ }}', f'"{laid.mark.strip()}" = {{ }}'):
        text = text.replace(f"# {line}", line)
    mapping.write_text(text, encoding="utf-8")


def _figures(frame: pl.DataFrame) -> Mapping[tuple[str, ...], float | None]:
    columns = [*MEMBERS, "TIME_PERIOD"]
    rows = frame.select(*(pl.col(name).cast(pl.String) for name in columns), "OBS_VALUE").iter_rows()
    return {tuple(key): value for *key, value in rows}
