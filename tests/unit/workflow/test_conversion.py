"""What a conversion came to is written, with what the formats cannot say."""

import json
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from icstip.artefacts.notices import LossWarning
from icstip.messages.dataset import Action
from icstip.workflow.conversion import Converter, TableOrFrame, write_conversion

MAPPING = """
[table]
figures = "Cases"
[time]
column = "Year"
[constants]
REF_AREA = "CL"
INDICATOR = "VIC_DET"
UNIT_MEASURE = "NUMBER"
[[columns]]
column = "Sex"
component = "SEX"
"""
EXAMPLE = Path(__file__).parents[3] / "docs" / "examples" / "glotip_excerpt.xlsx"


def test_what_a_format_cannot_say_is_in_the_report_and_a_warning(dsd_folder: Path, tmp_path: Path) -> None:
    converter = Converter(dsd_folder)
    conversion = converter.convert(EXAMPLE, "glotip")
    events = replace(conversion.datasets["TIP_EVENT"], action=Action.DELETE)
    conversion = replace(conversion, datasets={"TIP_EVENT": events})
    with pytest.warns(LossWarning, match="asked to do with the data"):
        write_conversion(conversion, tmp_path, ["sdmx-csv-1.0", "sdmx-csv-2.0"], converter.standard)
    findings = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))["findings"]
    lost = [finding for finding in findings if finding["code"] == "FORMAT-003"]
    assert [finding["place"]["file"] for finding in lost] == ["TIP_EVENT.sdmx-csv-1.0.csv"]


@pytest.mark.parametrize("kind", ["polars", "pandas", "pandas with an index"])
def test_a_frame_is_converted_as_the_table_that_it_is(dsd_folder: Path, tmp_path: Path, kind: str) -> None:
    (tmp_path / "mapping.toml").write_text(MAPPING, encoding="utf-8")
    frame = pl.DataFrame({"Year": [2020, 2021, 2021], "Sex": ["Women", "Men", "Zzz"], "Cases": [1204.0, None, 3.0]})
    by_year = frame.to_pandas().set_index("Year")
    given: dict[str, TableOrFrame] = {"polars": frame, "pandas": frame.to_pandas(), "pandas with an index": by_year}
    conversion = Converter(dsd_folder).convert(given[kind], str(tmp_path))
    rows = conversion.datasets["TIP_VICTIM"].frame.select("SEX", "TIME_PERIOD", "OBS_VALUE", "OBS_STATUS").rows()
    assert rows == [("F", "2020", 1204.0, "A"), ("M", "2021", None, "O")]
    assert conversion.balance.adds_up
    assert [str(finding.place) for finding in conversion.report.findings if finding.code == "LABEL-001"] == ["frame!B4"]
    assert (conversion.input["file"], conversion.input["sha256"]) == ("frame", None)
