"""What marks at figures say of their observations."""

from collections.abc import Callable

from icstip.mapping.model import FigureFormat
from icstip.mapping.observations import Observed

Convert = Callable[..., Observed]


def test_a_mark_at_a_figure_goes_before_what_holds_for_the_whole_table(convert: Convert) -> None:
    figures = FigureFormat(marks={"*": {}, "p": {"OBS_STATUS": "P"}, "%": {"INDICATOR": "EVT"}})
    observed = convert(
        "Area | Year | Figure",
        "Albania | 2020 | 5",
        "Albania | 2021 | 5 p",
        "Albania | 2022 | 5*",
        "Albania | 2023 | 5%",
        "Albania | 2024 | 5¹",
        figures=figures,
        constants={"INDICATOR": "VIC", "OBS_STATUS": "A"},
    )
    rows = observed.observations["VICTIM"].select("OBS_STATUS", "OBS_VALUE").rows()
    assert rows == [("A", 5), ("P", 5), ("A", 5), ("A", 5)]
    assert [rows["OBS_VALUE"].to_list() for rows in observed.observations.values()] == [[5] * 4, [5]]
    assert [(finding.code, finding.cells) for finding in observed.findings] == [("FIGURE-004", ("C6",))]
