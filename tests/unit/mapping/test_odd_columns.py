"""A table may call its columns what the engine takes for all of them, or for a pattern."""

from collections.abc import Callable

import pytest

from icstip.mapping.model import ColumnRule, LeftOut
from icstip.mapping.observations import Observed

Convert = Callable[..., Observed]


@pytest.mark.parametrize("name", ["*", "^.*$", "^S.*$"])
def test_a_column_can_be_called_what_elsewhere_means_many_columns(convert: Convert, name: str) -> None:
    def observed(header: str) -> Observed:
        return convert(
            f"Area | Year | Figure | {header} | Sex",
            *("Albania | 2020 | 1 | women | a", "Albania | 2020 | 2 | men | b", "Niger | 2020 | 3 | ? | b"),
            columns=(
                ColumnRule("Area", "AREA", {header: "women"}),
                ColumnRule("Area", "AREA", {header: "men"}),
                ColumnRule(header, "SEX"),
                ColumnRule("Sex", "COMMENT", {header: "men"}),
            ),
            left_out=(LeftOut("no reason", when={header: "nothing"}),),
        )

    odd, usual = observed(name), observed("Kind")
    assert odd.observations["VICTIM"].equals(usual.observations["VICTIM"])
    assert odd.fates.equals(usual.fates)
    assert [finding.code for finding in odd.findings] == [finding.code for finding in usual.findings] != []


@pytest.mark.parametrize("name", ["*", "^.*$"])
def test_the_columns_of_times_and_figures_can_be_called_so_too(convert: Convert, name: str) -> None:
    lines = ("Albania | 2020 | 1", "Albania | 2021 | ?", "Albania | | 2")
    times = convert(f"Area | {name} | Figure", *lines, time_column=name)
    figures = convert(f"Area | Year | {name}", *lines, figure_column=name)
    usual = convert("Area | Year | Figure", *lines)
    for odd in (times, figures):
        assert odd.observations["VICTIM"].equals(usual.observations["VICTIM"])
        assert odd.fates.equals(usual.fates)
