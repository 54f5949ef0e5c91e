"""What a conversion came to is written, with what the formats cannot say."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from icstip.artefacts.notices import LossWarning
from icstip.messages.dataset import Action
from icstip.workflow.conversion import Converter, write_conversion

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
