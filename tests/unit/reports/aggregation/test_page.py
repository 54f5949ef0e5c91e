"""The page on sums: what is drawn, in each language, and nothing that is more than text."""

from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
from tests.examples.aggregating import VICTIMS, WORLD, added, aggregator, covered, hidden, victims
from tests.examples.pages import HOSTILE, Page, assert_is_well_nested, assert_needs_nothing_but_itself

from icstip.aggregation.changes import changes_between, coverage_texts
from icstip.reports.aggregation.bands import band_charts
from icstip.reports.aggregation.heat import heat_map
from icstip.reports.aggregation.slices import slices
from icstip.texts import LANGUAGES
from icstip.workflow.aggregating.aggregation import Aggregation
from icstip.workflow.aggregating.output import read_earlier, shown, write_aggregation

ROWS = [
    victims("KE", "2018", 10),
    victims("UG", "2018", 5),
    hidden("KE", "2019"),
    victims("UG", "2019", 7),
    victims("KE", "2021", 3),
    hidden("UG", "2021", None, None),
    victims("KE", "2021", 2, SEX="F"),
]


@pytest.fixture(scope="module")
def made() -> Aggregation:
    return added(ROWS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_whole_in_each_language_and_needs_nothing_but_itself(
    made: Aggregation, tmp_path: Path, language: str
) -> None:
    write_aggregation(made, tmp_path, ["sdmx-csv-2.0"], aggregator().standard, language=language)
    write_aggregation(
        made,
        tmp_path / "next",
        ["sdmx-csv-2.0"],
        aggregator().standard,
        language=language,
        previous=read_earlier(tmp_path),
    )
    for path in (tmp_path / "report.html", tmp_path / "next" / "report.html"):
        source = path.read_text(encoding="utf-8")
        assert_needs_nothing_but_itself(source)
        assert_is_well_nested(Page(source))


def test_the_slice_that_is_drawn_is_the_one_that_breaks_nothing_down(made: Aggregation) -> None:
    (report,) = shown(made, (), None, None).structures
    (chosen,) = slices(report, made.grouping.groups)
    assert (chosen.key["SEX"], chosen.key["AGE"], chosen.key["INDICATOR"]) == ("_T", "_T", "VIC_DET")


def test_the_heat_map_has_the_numbers_of_the_coverage(made: Aggregation) -> None:
    (report,) = shown(made, (), None, None).structures
    heat = heat_map(next(slices(report, made.grouping.groups)), report, "en")
    assert heat.periods == ("2018", "2019", "2021")
    world = next(row for row in heat.rows if row.group == WORLD)
    of = covered(made, WORLD, "2019")
    assert world.cells[1].says == f"{of['AREAS_REPORTING']}/{of['AREAS_EXPECTED']}"
    assert [cell.hidden for cell in world.cells] == ["", "1", "1"]


def test_a_chart_has_values_bands_open_ends_and_gaps(made: Aggregation) -> None:
    (report,) = shown(made, (), None, None).structures
    charts = {chart.group: chart for chart in band_charts(next(slices(report, made.grouping.groups)), report, "en")}
    exact, between, open_ended = charts[WORLD].points
    assert (exact.says, between.says, open_ended.says) == ("15", "7–11", "≥ 3")
    assert (exact.is_exact, between.is_exact, open_ended.is_open) == (True, False, True)
    assert charts[WORLD].areas_drawn


def test_time_runs_as_the_language_is_read(made: Aggregation) -> None:
    (report,) = shown(made, (), None, None).structures
    chosen = next(slices(report, [WORLD]))
    for language, forwards in (("en", True), ("ar", False)):
        places = [point.x for point in band_charts(chosen, report, language)[0].points]
        assert (places == sorted(places)) is forwards


def test_what_changed_is_told_figure_by_figure(made: Aggregation) -> None:
    later = added([*ROWS[1:-1], victims("KE", "2018", 12), victims("KE", "2022", 1)])
    keys = made.datasets[VICTIMS].schema.dimensions
    before, now = coverage_texts(made.coverage), coverage_texts(later.coverage)
    changes = changes_between(before, now, keys, ["OBS_VALUE", "LOWER_BOUND", "UPPER_BOUND"])
    world = changes.cells.filter(pl.col("REF_AREA") == WORLD).sort("TIME_PERIOD", "SEX")
    told = world.select("TIME_PERIOD", "SEX", "CHANGE", "OBS_VALUE_BEFORE", "OBS_VALUE").rows()
    assert told == [
        ("2018", "_T", "revised", "15", "17"),
        ("2021", "F", "gone", "2", None),
        ("2022", "_T", "new", None, "1"),
    ]
    assert changes_between(now, now, keys, ["OBS_VALUE"]).cells.height == 0


def test_names_that_try_to_be_more_than_text_stay_text(made: Aggregation, tmp_path: Path) -> None:
    inputs = [{"file": name} for name in HOSTILE]
    write_aggregation(replace(made, inputs=inputs), tmp_path, ["sdmx-csv-2.0"], aggregator().standard)
    source = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert_needs_nothing_but_itself(source)
    assert "<script>" not in source


def test_bounds_that_are_near_each_other_are_bounds_all_the_same() -> None:
    near = added([victims("KE", "2019", 10_000), hidden("UG", "2019", 0, 3)])
    (report,) = shown(near, (), None, None).structures
    (point,) = band_charts(next(slices(report, [WORLD])), report, "en")[0].points
    assert (point.says, point.is_exact) == ("10,000–10,003", False)


def test_what_cannot_be_added_any_more_is_gone(made: Aggregation, tmp_path: Path) -> None:
    write_aggregation(made, tmp_path, ["sdmx-csv-2.0"], aggregator().standard)
    missing = added([victims("KE", "2018", OBS_STATUS="O", CONF_STATUS=None)])
    write_aggregation(
        missing, tmp_path / "next", ["sdmx-csv-2.0"], aggregator().standard, previous=read_earlier(tmp_path)
    )
    changes = pl.read_csv(tmp_path / "next" / "changes.csv", infer_schema=False)
    assert changes["CHANGE"].unique().to_list() == ["gone"]
    assert {"REF_AREA", "TIME_PERIOD", "SEX"} <= set(changes.columns)
