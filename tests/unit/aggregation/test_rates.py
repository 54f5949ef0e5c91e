"""Rates of groups are computed from counts and populations, never from rates."""

from pathlib import Path

import pytest
from tests.examples.aggregating import Row, added, covered, figure, hidden, spoken, victims

from icstip.aggregation.grouping.rows import RowsError
from icstip.workflow.aggregating.choices import Choices

RATE = {"UNIT_MEASURE": "PER_100000_POP"}


def population(folder: Path, *lines: str, columns: str = "area,year,population") -> Path:
    path = folder / "population.csv"
    path.write_text("".join(f"{line}\n" for line in (columns, *lines)), encoding="utf-8")
    return path


def two_rates(*more: Row) -> list[Row]:
    own = [victims("KE", value=5.0, **RATE), victims("TZ", value=1.0, **RATE)]
    return [*own, victims("KE", value=50), victims("TZ", value=20), *more]


def test_a_rate_is_that_of_all_counts_to_all_population(tmp_path: Path) -> None:
    persons = population(tmp_path, "KE,2020,1000000", "TZ,2020,2000000")
    made = added(two_rates(), Choices(population=persons))
    assert figure(made, "014", **RATE)["OBS_VALUE"] == pytest.approx(70 / 3_000_000 * 100_000, abs=1e-4)
    assert figure(made, "014", **RATE)["DECIMALS"] == "4"
    assert figure(made, "014")["OBS_VALUE"] == 70


def test_without_a_population_there_is_none_and_that_is_told() -> None:
    made = added(two_rates())
    assert set(made.datasets["TIP_VICTIM"].frame["UNIT_MEASURE"]) == {"NUMBER"}
    assert spoken(made).keys() == {"AGG-014", "AGG-026"}


def test_an_area_without_a_population_is_not_in_it(tmp_path: Path) -> None:
    made = added(two_rates(), Choices(population=population(tmp_path, "KE,2020,1000000"), groups=["014"]))
    assert figure(made, "014", **RATE)["OBS_VALUE"] == 5
    assert covered(made, "014", **RATE)["AREAS_REPORTING_LIST"] == "KE"


def test_bounds_of_a_rate_are_rounded_outwards(tmp_path: Path) -> None:
    rows = [victims("KE", value=5.0, **RATE), victims("KE", value=50), hidden("TZ")]
    made = added(rows, Choices(population=population(tmp_path, "KE,2020,1000000", "TZ,2020,2000000")))
    one = figure(made, "014", **RATE)
    assert (one["OBS_VALUE"], one["LOWER_BOUND"], one["UPPER_BOUND"]) == (None, 1.6666, 1.8)


def test_rates_of_women_need_the_population_of_women(tmp_path: Path) -> None:
    rows = [victims("KE", value=10, SEX="F"), victims("KE", value=8)]
    totals = population(tmp_path, "KE,2020,1000000")
    made = added(rows, Choices(population=totals, with_rates=True, groups=["014"]))
    assert made.datasets["TIP_VICTIM"].frame.filter(UNIT_MEASURE="PER_100000_POP")["SEX"].to_list() == ["_T"]
    by_sex = population(tmp_path, "KE,2020,,1000000", "KE,2020,F,400000", columns="area,year,sex,population")
    made = added(rows, Choices(population=by_sex, with_rates=True))
    assert figure(made, SEX="F", **RATE)["OBS_VALUE"] == 2.5


def test_mistakes_in_a_population_are_told_with_their_rows(tmp_path: Path) -> None:
    wrong = population(tmp_path, "KE,2020,5", "KE,2020,6", "XX,2020,6", "TZ,2020,many", "TZ,20,6")
    with pytest.raises(RowsError) as raised:
        added([], Choices(population=wrong))
    found = [(finding.code, finding.place.row) for finding in raised.value.findings]
    assert found == [("AGG-034", 3), ("AGG-030", 4), ("AGG-033", 5), ("AGG-032", 6)]
