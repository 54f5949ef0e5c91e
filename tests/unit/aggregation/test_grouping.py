"""Groups: regions of the standard, or a table whose members change with time."""

from pathlib import Path

import pytest
from tests.examples.aggregating import VICTIMS, added, aggregator, covered, figure, hidden, spoken, victims

from icstip.aggregation.grouping.rows import RowsError
from icstip.errors import StructureError, TableError
from icstip.workflow.aggregating.choices import Choices


def table(folder: Path, *lines: str) -> Path:
    path = folder / "table.csv"
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def test_a_region_has_all_areas_beneath_it_and_no_region() -> None:
    regions = aggregator().regions
    assert {"KE", "TZ", "014_O"} <= set(regions.beneath["014"]) <= set(regions.beneath["202"])
    assert not set(regions.beneath["001"]) & regions.regions
    assert len(regions.beneath["001"]) == len(set(regions.beneath["001"]))


def test_members_of_a_group_belong_to_it_in_the_years_that_the_table_says(tmp_path: Path) -> None:
    by = table(tmp_path, "group,area,from,to,name", "EU28,FR,1958,,France", "EU28,GB,1973,2019,United Kingdom")
    rows = [victims("FR", "2019", 1), victims("GB", "2019", 2), victims("FR", "2020", 4), victims("GB", "2020", 8)]
    made = added(rows, Choices(by=str(by)))
    assert figure(made, "EU28", "2019")["OBS_VALUE"] == 3
    assert figure(made, "EU28", "2020")["OBS_VALUE"] == 4
    assert (covered(made, "EU28", "2019")["AREAS_EXPECTED"], covered(made, "EU28", "2020")["AREAS_EXPECTED"]) == (2, 1)
    assert made.counts[VICTIMS].set_aside == {"AGG-011": 1}


def test_a_region_as_a_member_stands_for_its_areas_and_no_area_counts_twice(tmp_path: Path) -> None:
    by = table(tmp_path, "group;area", "019;014", "019;KE", "019;FR", "150;KE")
    made = added([victims("KE", value=1), victims("TZ", value=2), victims("FR", value=4)], Choices(by=str(by)))
    assert figure(made, "019")["OBS_VALUE"] == 7
    assert figure(made, "150")["OBS_VALUE"] == 1
    assert made.counts[VICTIMS].used == 3


def test_a_former_state_counts_where_a_table_names_it(tmp_path: Path) -> None:
    by = table(tmp_path, "group,area,from,to", "151,810,,1991")
    assert figure(added([victims("810", "1990", 5)], Choices(by=str(by))), "151", "1990")["OBS_VALUE"] == 5


def test_every_mistake_of_a_table_is_told_with_its_row(tmp_path: Path) -> None:
    by = table(tmp_path, "group,area,from", "EUROPE,FR,", "150,XX,", "FR,FR,", "150,FR,95")
    with pytest.raises(RowsError) as raised:
        added([victims("FR", value=1)], Choices(by=str(by)))
    found = [(finding.code, finding.place.row, finding.value) for finding in raised.value.findings]
    assert found == [("AGG-031", 2, "EUROPE"), ("AGG-030", 3, "XX"), ("AGG-031", 4, "FR"), ("AGG-032", 5, "95")]
    assert len(raised.value.lines()) == 5
    assert str(by) in raised.value.line()


def test_a_table_without_the_columns_or_with_unknown_ones_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="area"):
        added([], Choices(by=str(table(tmp_path, "group,country"))))
    with pytest.raises(TableError, match="since"):
        added([], Choices(by=str(table(tmp_path, "group,area,since"))))


def test_only_groups_that_are_asked_for_are_written() -> None:
    made = added([victims("KE", value=1), victims("FR", value=2)], Choices(groups=["002"]))
    assert made.datasets[VICTIMS].frame["REF_AREA"].unique().to_list() == ["002"]
    assert made.counts[VICTIMS].set_aside == {"AGG-011": 1}
    assert next(iter(made.report.findings)).severity == "info"
    with pytest.raises(StructureError, match="999"):
        added([], Choices(groups=["999"]))


class TestSlices:
    """What is asked for by dimension."""

    def test_only_observations_with_the_codes_are_read(self) -> None:
        made = added([victims("KE", value=1), victims("KE", value=2, SEX="F")], Choices(where={"SEX": ["F"]}))
        assert (made.counts[VICTIMS].read, made.counts[VICTIMS].used) == (1, 1)
        assert figure(made, SEX="F")["OBS_VALUE"] == 2

    @pytest.mark.parametrize("where", [{"COLOUR": ["RED"]}, {"SEX": ["X"]}, {"REF_AREA": ["KE"]}])
    def test_what_is_not_there_is_refused(self, where: dict[str, list[str]]) -> None:
        with pytest.raises(StructureError):
            added([], Choices(where=where))

    def test_a_structure_of_which_there_are_no_data_is_refused(self) -> None:
        with pytest.raises(StructureError, match="TIP_EVENT"):
            added([], Choices(structure="TIP_EVENT"))


class TestCoverage:
    """Each figure says of how many areas it is."""

    def test_it_counts_areas_that_report_and_that_are_expected(self) -> None:
        made = added([victims("KE", value=1), hidden("TZ")])
        told = covered(made, "014")
        assert (told["AREAS_REPORTING"], told["AREAS_HIDDEN"], told["AREAS_HIDDEN_LIST"]) == (2, 1, "TZ")
        areas = set(aggregator().regions.beneath["014"]) - {"014_O"}
        assert told["AREAS_EXPECTED"] == len(areas)
        comment = f"Areas reporting: 2 of {len(areas)}. Areas with a hidden figure: 1."
        assert figure(made, "014")["COMMENT_OBS"] == comment

    def test_areas_that_a_table_does_not_expect_stand_beside_the_others(self, tmp_path: Path) -> None:
        expected = table(tmp_path, "area,from,to", "KE,,", "TZ,,2019", "UG,,")
        made = added([victims("KE", value=1), victims("TZ", value=2)], Choices(expected=expected))
        told = covered(made, "014")
        assert figure(made, "014")["OBS_VALUE"] == 3
        assert (told["AREAS_REPORTING_LIST"], told["AREAS_EXPECTED"], told["AREAS_BESIDE_LIST"]) == ("KE", 2, "TZ")

    def test_with_populations_it_has_the_share_of_those_who_live_where_figures_are_from(self, tmp_path: Path) -> None:
        by = table(tmp_path, "group,area", "014,KE", "014,TZ", "014,UG")
        population = tmp_path / "population.csv"
        population.write_text("area,year,population\nKE,2020,50\nTZ,2020,60\nUG,2020,40\n", encoding="utf-8")
        made = added([victims("KE", value=1)], Choices(by=str(by), population=population))
        assert covered(made, "014")["POPULATION_SHARE"] == pytest.approx(1 / 3, abs=1e-4)
        assert figure(made, "014")["COMMENT_OBS"] == "Areas reporting: 1 of 3. Share of population: 33.3 %."

    def test_areas_without_a_population_are_told(self, tmp_path: Path) -> None:
        by = table(tmp_path, "group,area", "014,KE", "014,TZ")
        population = tmp_path / "population.csv"
        population.write_text("area,year,population\nKE,2020,50\n", encoding="utf-8")
        made = added([victims("KE", value=1)], Choices(by=str(by), population=population))
        assert [(one.code, one.value) for one in made.report.findings] == [("AGG-025", "TZ")]


class TestCarryForward:
    """Figures of earlier years, where they are asked for."""

    ROWS = (victims("KE", "2018", 10), victims("TZ", "2018", 1), victims("TZ", "2020", 2))

    def test_a_missing_figure_stays_missing_unless_it_is_asked_for(self) -> None:
        made = added(self.ROWS)
        assert figure(made)["OBS_VALUE"] == 2
        assert covered(made)["AREAS_REPORTING_LIST"] == "TZ"

    def test_the_last_figure_stands_for_it_and_the_sum_is_imputed(self) -> None:
        made = added(self.ROWS, Choices(carry_forward=2))
        assert (figure(made)["OBS_VALUE"], figure(made)["OBS_STATUS"]) == (12, "I")
        assert (covered(made)["AREAS_REPORTING_LIST"], covered(made)["AREAS_CARRIED_FORWARD_LIST"]) == ("TZ", "KE")
        assert "Areas with a figure of an earlier year: 1." in str(figure(made)["COMMENT_OBS"])
        assert spoken(made)["AGG-024"] > 0
        assert made.counts[VICTIMS].used == 3

    def test_one_that_is_too_old_does_not(self) -> None:
        assert figure(added(self.ROWS, Choices(carry_forward=1)))["OBS_VALUE"] == 2

    def test_the_rest_of_a_region_is_not_carried_and_no_area_that_may_be_in_it(self) -> None:
        named = [victims("DZ", "2019", 10), victims("015_O", "2020", 10), victims("EG", "2020", 1)]
        assert figure(added(named, Choices(carry_forward=1)), "015")["OBS_VALUE"] == 11
        rest = [victims("015_O", "2019", 10), victims("DZ", "2020", 10), victims("EG", "2020", 1)]
        assert figure(added(rest, Choices(carry_forward=1)), "015")["OBS_VALUE"] == 11

    def test_only_what_is_missing_is_filled(self) -> None:
        unsettled = [victims("KE", value=4, _SENDER="A"), victims("KE", value=5, _SENDER="B")]
        made = added([victims("KE", "2019", 3), victims("TZ", value=1), *unsettled], Choices(carry_forward=1))
        assert figure(made)["OBS_VALUE"] == 1
        assert spoken(made)["AGG-020"] == 2

    def test_a_year_of_which_nobody_has_a_figure_has_none(self) -> None:
        years = added(self.ROWS, Choices(carry_forward=5)).datasets[VICTIMS].frame["TIME_PERIOD"].unique().sort()
        assert years.to_list() == ["2018", "2020"]
