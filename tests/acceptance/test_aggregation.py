"""UNODC's published table, added up to regions and the world, and one figure checked by hand."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import polars as pl
import pytest

from icstip.aggregation.columns import RECEIVED, SENDER, SUBMISSION
from icstip.schema import Schema
from icstip.tables.read import read_grids
from icstip.workflow.aggregating.aggregation import Aggregation, Aggregator
from icstip.workflow.aggregating.given import by_area
from icstip.workflow.aggregating.output import write_aggregation
from icstip.workflow.checking.validation import Validator
from icstip.workflow.conversion import Conversion, Converter

TABLE: Final = Path("data") / "glotip" / "data_glotip_a.xlsx"

BY_HAND: Final = {1190: ("BRN", "<5"), 10202: ("PHL", "2,318"), 11458: ("SGP", "<5"), 13429: ("THA", "417")}
"""Rows of the workbook with the total of detected victims in 2018 of each area in South-eastern Asia that has one."""


class Converted:
    """What was converted, as a source of observations."""

    def __init__(self, conversion: Conversion) -> None:
        self._sets = conversion.datasets

    def structures(self) -> list[str]:
        return sorted(self._sets)

    def schema(self, structure_id: str) -> Schema:
        return self._sets[structure_id].schema

    def parts(self, structure_id: str, area: str, rows: int) -> Iterator[pl.DataFrame]:
        frame = self._sets[structure_id].frame.lazy()
        source = {SENDER: "UNODC", SUBMISSION: "1", RECEIVED: "2023-05-30"}
        return by_area(frame.with_columns(pl.lit(text).alias(name) for name, text in source.items()), area, rows)


@pytest.fixture(scope="module")
def added(shared: Path) -> Aggregation:
    return Aggregator().add_up(Converted(Converter().convert(shared / TABLE, "glotip")))


def row_of(added: Aggregation, area: str, year: str) -> dict[str, object]:
    """Return value, bounds and coverage of all detected victims of a group and year."""
    key = {"REF_AREA": area, "INDICATOR": "VIC_DET", "TIME_PERIOD": year}
    data = added.datasets["TIP_VICTIM"]
    wanted = {**dict.fromkeys(data.schema.dimensions, "_T"), "FREQ": "A", "UNIT_MEASURE": "NUMBER", **key}
    is_it = pl.all_horizontal(pl.col(name).cast(pl.String) == code for name, code in wanted.items())
    return added.coverage["TIP_VICTIM"].row(by_predicate=is_it, named=True)


def test_every_observation_is_in_sums_or_set_aside(added: Aggregation) -> None:
    assert added.adds_up
    assert sum(counts.read for counts in added.counts.values()) == 19_341
    assert {name: dict(counts.set_aside) for name, counts in added.counts.items()} == {key: {} for key in added.counts}


def test_one_figure_is_what_the_rows_of_the_workbook_make(added: Aggregation, shared: Path) -> None:
    grid = next(iter(read_grids(shared / TABLE)))
    rows = {number: grid.frame.row(number - 1) for number in BY_HAND}
    assert {number: (row[0], row[11]) for number, row in rows.items()} == BY_HAND
    said = ("South-eastern Asia", "Detected trafficking victims", "Total", "Total", "Total", "Total", "2018")
    assert {row[3:10] for row in rows.values()} == {said}
    same = [i + 1 for i, row in enumerate(grid.frame.iter_rows()) if row[3:10] == said]
    assert same == list(BY_HAND)
    figure = row_of(added, "035", "2018")
    # 2,318 + 417, and two areas with 0 to 4 each.
    assert (figure["OBS_VALUE"], figure["LOWER_BOUND"], figure["UPPER_BOUND"]) == (None, 2735, 2743)
    assert (figure["AREAS_REPORTING"], figure["AREAS_EXPECTED"]) == (4, 11)
    assert (figure["AREAS_REPORTING_LIST"], figure["AREAS_HIDDEN_LIST"]) == ("BN PH SG TH", "BN SG")


def test_a_region_of_which_no_figure_is_hidden_is_exact(added: Aggregation) -> None:
    # Czechia 17, Romania 497, the Russian Federation 327, Slovakia 56: rows 2930, 10677, 10942 and 12594.
    figure = row_of(added, "151", "2018")
    assert (figure["OBS_VALUE"], figure["AREAS_REPORTING"], figure["AREAS_EXPECTED"]) == (17 + 497 + 327 + 56, 4, 10)


def test_the_world_is_known_within_its_bounds(added: Aggregation) -> None:
    figure = row_of(added, "001", "2018")
    assert (figure["LOWER_BOUND"], figure["UPPER_BOUND"]) == (29_256, 29_292)
    assert (figure["AREAS_REPORTING"], figure["AREAS_HIDDEN"], figure["AREAS_BESIDE"]) == (55, 9, 3)


def test_what_is_written_is_valid(added: Aggregation, tmp_path: Path) -> None:
    formats = ["sdmx-csv-2.0", "sdmx-ml-3.0"]
    paths = write_aggregation(added, tmp_path, formats, Aggregator().standard)
    report = Validator().validate([path for path in paths if path.suffix == ".xml"])
    assert not report.report.has_errors
