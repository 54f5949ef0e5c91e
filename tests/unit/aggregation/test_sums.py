"""Figures of areas become those of their groups: values where they are known, bounds where they are not."""

import pytest
from tests.examples.aggregating import VICTIMS, added, covered, figure, hidden, spoken, victims

from icstip.workflow.aggregating.choices import Choices


def test_a_region_is_the_sum_of_its_areas_at_every_level_of_the_hierarchy() -> None:
    made = added([victims("KE", value=10), victims("TZ", value=5), victims("NG", value=2)])
    assert figure(made, "014")["OBS_VALUE"] == 15
    assert figure(made, "202")["OBS_VALUE"] == 17
    assert figure(made, "002")["OBS_VALUE"] == 17
    assert figure(made, "001")["OBS_VALUE"] == 17


def test_a_sum_that_is_known_exactly_says_so() -> None:
    one = figure(added([victims("KE", value=10), victims("TZ", value=5)]))
    assert (one["OBS_STATUS"], one["CONF_STATUS"], one["UNIT_MULT"], one["DECIMALS"]) == ("A", "F", "0", "0")
    assert (one["LOWER_BOUND"], one["UPPER_BOUND"]) == (None, None)


def test_a_sum_with_a_hidden_figure_has_bounds_and_no_value() -> None:
    one = figure(added([victims("KE", value=10), hidden("TZ")]))
    assert one["OBS_VALUE"] is None
    assert (one["LOWER_BOUND"], one["UPPER_BOUND"]) == (10, 14)
    assert (one["OBS_STATUS"], one["CONF_STATUS"]) == ("Q", "S")


def test_a_figure_that_is_hidden_without_any_bound_leaves_the_sum_without_an_upper_one() -> None:
    one = figure(added([victims("KE", value=10), hidden("TZ", low=None, high=None)]))
    assert (one["OBS_VALUE"], one["LOWER_BOUND"], one["UPPER_BOUND"]) == (None, 10, None)


def test_a_missing_figure_gives_nothing_and_its_area_does_not_report() -> None:
    made = added([victims("KE", value=10), victims("TZ", OBS_STATUS="O", CONF_STATUS=None)])
    assert figure(made)["OBS_VALUE"] == 10
    assert covered(made)["AREAS_REPORTING_LIST"] == "KE"
    assert made.counts[VICTIMS].set_aside == {"AGG-017": 1}


def test_a_cell_of_which_all_figures_are_missing_has_no_sum_and_not_zero() -> None:
    made = added([victims("KE", OBS_STATUS="O", CONF_STATUS=None)])
    assert made.datasets == {}
    assert made.adds_up


def test_zero_is_a_figure() -> None:
    assert figure(added([victims("KE", value=0)]))["OBS_VALUE"] == 0


def test_figures_in_thousands_are_added_in_units() -> None:
    made = added([victims("KE", value=2, UNIT_MULT="3"), victims("TZ", value=5)])
    assert (figure(made)["OBS_VALUE"], figure(made)["UNIT_MULT"]) == (2005, "0")


def test_only_the_same_frequency_and_period_are_added() -> None:
    made = added([victims("KE", value=1), victims("TZ", "2020-Q1", 2, FREQ="Q"), victims("UG", "2019", 4)])
    assert figure(made)["OBS_VALUE"] == 1
    assert figure(made, year="2020-Q1", FREQ="Q")["OBS_VALUE"] == 2
    assert figure(made, year="2019")["OBS_VALUE"] == 4


def test_totals_and_parts_are_each_added_over_areas_and_never_over_codes() -> None:
    rows = [victims("KE", value=10), victims("KE", value=6, SEX="F"), victims("TZ", value=3, SEX="F")]
    made = added(rows)
    assert figure(made)["OBS_VALUE"] == 10
    assert figure(made, SEX="F")["OBS_VALUE"] == 9


def test_the_weightiest_status_of_the_figures_is_that_of_their_sum() -> None:
    made = added([victims("KE", value=1, OBS_STATUS="P"), victims("TZ", value=1, OBS_STATUS="E")])
    assert figure(made)["OBS_STATUS"] == "E"


def test_an_attribute_of_a_series_is_kept_where_all_its_figures_agree() -> None:
    rows = [
        victims("KE", "2019", 1, COUNTING_RULE="PRINCIPAL", DATA_SOURCE="Police"),
        victims("TZ", "2020", 1, COUNTING_RULE="PRINCIPAL", DATA_SOURCE="Courts"),
    ]
    one = figure(added(rows))
    assert (one["COUNTING_RULE"], one["DATA_SOURCE"]) == ("PRINCIPAL", None)


def test_an_attribute_of_a_series_does_not_depend_on_how_many_years_are_looked_at_together() -> None:
    rows = [
        victims("KE", str(year), 1, COUNTING_RULE="PRINCIPAL" if year < 2020 else "MULTIPLE")
        for year in range(2018, 2022)
    ]
    for part_rows in (500_000, 2):
        made = added(rows, part_rows=part_rows)
        assert {figure(made, year=str(year))["COUNTING_RULE"] for year in range(2018, 2022)} == {None}


class TestDisclosure:
    """A sum never tells more of a hidden figure than its area does."""

    def test_a_region_in_which_one_area_reports_has_the_bounds_that_this_area_publishes(self) -> None:
        # Kenya's table gives its men away: 10 - 7. Nobody else should.
        rows = [victims("KE", value=10), victims("KE", value=7, SEX="F"), hidden("KE", SEX="M")]
        one = figure(added(rows), "014", SEX="M")
        assert (one["OBS_VALUE"], one["LOWER_BOUND"], one["UPPER_BOUND"]) == (None, 0, 4)

    def test_a_hidden_figure_among_open_ones_keeps_the_bounds_that_its_area_publishes(self) -> None:
        rows = [victims("KE", value=10), victims("KE", value=7, SEX="F"), hidden("KE", SEX="M")]
        one = figure(added([*rows, victims("TZ", value=20, SEX="M")]), "014", SEX="M")
        assert (one["OBS_VALUE"], one["LOWER_BOUND"], one["UPPER_BOUND"]) == (None, 20, 24)

    def test_the_difference_of_two_groups_has_the_bounds_that_the_one_area_between_them_publishes(self) -> None:
        # Northern Africa has two of the three, Africa all: who subtracts one from the other has the third.
        rows = []
        for area in ("DZ", "EG", "KE"):
            rows += [victims(area, value=10), victims(area, value=7, SEX="F"), hidden(area, low=1, high=9, SEX="M")]
        made = added(rows)
        africa, northern = figure(made, "002", SEX="M"), figure(made, "015", SEX="M")
        assert northern["UPPER_BOUND"] == 6  # as narrow as the tables of the two make it
        between = [float(str(africa[name])) - float(str(northern[name])) for name in ("LOWER_BOUND", "UPPER_BOUND")]
        assert between == [1, 9]

    def test_a_confidential_figure_that_can_be_read_counts_as_hidden(self) -> None:
        made = added([victims("KE", value=3, CONF_STATUS="C"), victims("TZ", value=20)])
        assert (figure(made)["OBS_VALUE"], figure(made)["LOWER_BOUND"], figure(made)["UPPER_BOUND"]) == (None, 20, None)
        assert spoken(made) == {"AGG-023": 1}

    def test_a_figure_that_is_hidden_on_purpose_cannot_be_read(self) -> None:
        made = added([victims("KE", value=float("nan"), OBS_STATUS="Q", CONF_STATUS="C"), victims("TZ", value=20)])
        assert (figure(made)["LOWER_BOUND"], figure(made)["UPPER_BOUND"]) == (20, None)
        assert spoken(made) == {}

    def test_its_own_bounds_count_where_it_has_some(self) -> None:
        made = added([victims("KE", value=3, CONF_STATUS="C", LOWER_BOUND=0, UPPER_BOUND=4)])
        assert (figure(made)["LOWER_BOUND"], figure(made)["UPPER_BOUND"]) == (0, 4)


class TestTotalsAndParts:
    """What a table implies of its hidden figures narrows the sums of several of them."""

    @staticmethod
    def table(area: str, women: float) -> list[dict[str, object]]:
        return [victims(area, value=10), victims(area, value=women, SEX="F"), hidden(area, SEX="M")]

    def test_several_hidden_figures_are_as_narrow_as_their_tables_make_them(self) -> None:
        rows = [*self.table("KE", 7), *self.table("TZ", 8), victims("UG", value=20, SEX="M")]
        one = figure(added(rows), "014", SEX="M")
        assert (one["LOWER_BOUND"], one["UPPER_BOUND"]) == (20, 25)

    def test_figures_of_two_sources_say_nothing_of_each_other(self) -> None:
        total, women, men = self.table("KE", 7)
        rows = [total, women, {**men, "_SENDER": "IOM"}, *self.table("TZ", 8)]
        one = figure(added(rows), "014", SEX="M")
        assert (one["LOWER_BOUND"], one["UPPER_BOUND"]) == (0, 6)

    def test_a_table_that_contradicts_itself_is_told_and_keeps_its_bounds(self) -> None:
        made = added(
            [victims("KE", value=5), victims("KE", value=7, SEX="F"), hidden("KE", SEX="M"), hidden("TZ", SEX="M")]
        )
        assert (figure(made, "014", SEX="M")["LOWER_BOUND"], figure(made, "014", SEX="M")["UPPER_BOUND"]) == (0, 8)
        assert spoken(made) == {"AGG-001": 1}


class TestNothingIsAddedThatDoesNotAddUp:
    """What is set aside is told, and the balance adds up."""

    @pytest.mark.parametrize(
        ("row", "code"),
        [
            (victims("150", value=9), "AGG-010"),
            (victims("_U", value=9), "AGG-011"),
            (victims("810", value=9), "AGG-012"),
            (victims("KE", value=9, UNIT_MEASURE="PER_100000_POP"), "AGG-014"),
            (victims("KE", value=9, UNIT_MEASURE="PT"), "AGG-015"),
            (victims("KE", value=9, CUST_BREAKDOWN="C01"), "AGG-016"),
            (victims("KE", value=-1), "AGG-021"),
            (hidden("KE", low=5, high=4), "AGG-021"),
            (victims("KE", "last year", 9), "AGG-022"),
            ({**victims("KE", value=9), "SEX": None}, "AGG-022"),
        ],
    )
    def test_it_is_set_aside_with_its_reason(self, row: dict[str, object], code: str) -> None:
        made = added([victims("TZ", value=1), row])
        assert made.counts[VICTIMS].set_aside == {code: 1}
        assert code in spoken(made)
        assert figure(made)["OBS_VALUE"] == 1
        assert made.adds_up


class TestResidualGroups:
    """Countries that a source does not name one by one count where nobody else can have named them."""

    def test_they_are_in_the_sum_of_their_region_and_no_area_of_it(self) -> None:
        made = added([victims("PE", value=5), victims("005_O", value=3)])
        assert figure(made, "005")["OBS_VALUE"] == 8
        assert figure(made, "001")["OBS_VALUE"] == 8
        assert (covered(made, "005")["AREAS_REPORTING"], covered(made, "005")["AREAS_BESIDE_LIST"]) == (1, "005_O")
        assert spoken(made) == {"AGG-027": 1}

    def test_they_are_not_where_another_source_has_figures_of_the_region(self) -> None:
        made = added([victims("PE", value=5, _SENDER="Peru"), victims("005_O", value=3, _SENDER="UNODC")])
        assert figure(made, "005")["OBS_VALUE"] == 5
        assert made.counts[VICTIMS].set_aside == {"AGG-013": 1}

    def test_a_source_of_another_region_or_cell_does_not_matter(self) -> None:
        rows = [
            victims("KE", value=5, _SENDER="Kenya"),
            victims("PE", "2019", 5, _SENDER="Peru"),
            victims("005_O", value=3, _SENDER="UNODC"),
        ]
        assert figure(added(rows))["OBS_VALUE"] == 8


class TestSources:
    """Of several sources of a cell one counts."""

    def test_the_last_one_received_counts_and_both_values_are_told(self) -> None:
        made = added(
            [
                victims("KE", value=10, _SENDER="UNODC", _RECEIVED="2022-01-01"),
                victims("KE", value=8, _SENDER="IOM", _RECEIVED="2023-01-01"),
            ]
        )
        assert figure(made)["OBS_VALUE"] == 8
        assert made.counts[VICTIMS].set_aside == {"AGG-019": 1}
        shown = ("SOURCE", "LOWER", "UPPER", "SOURCE_USED", "LOWER_USED", "UPPER_USED")
        assert made.conflicts[VICTIMS].select(shown).rows() == [("UNODC", 10, 10, "IOM", 8, 8)]

    def test_the_order_that_is_given_comes_before_the_date(self) -> None:
        rows = [
            victims("KE", value=10, _SENDER="UNODC", _RECEIVED="2022-01-01"),
            victims("KE", value=8, _SENDER="IOM", _RECEIVED="2023-01-01"),
        ]
        assert figure(added(rows, Choices(source_order=["UNODC"])))["OBS_VALUE"] == 10
        assert figure(added(rows, Choices(source_order=["GOV", "IOM", "UNODC"])))["OBS_VALUE"] == 8

    def test_the_same_figure_of_two_sources_counts_once(self) -> None:
        made = added([victims("KE", value=8, _SENDER="a"), victims("KE", value=8, _SENDER="b")])
        assert figure(made)["OBS_VALUE"] == 8
        assert made.counts[VICTIMS].set_aside == {"AGG-018": 1}

    def test_different_figures_without_a_rule_are_all_set_aside(self) -> None:
        made = added([victims("KE", value=8, _SENDER="a"), victims("KE", value=9, _SENDER="b"), victims("TZ", value=1)])
        assert figure(made)["OBS_VALUE"] == 1
        assert made.counts[VICTIMS].set_aside == {"AGG-020": 2}
        assert made.report.has_errors

    def test_a_source_that_says_that_a_figure_is_missing_gives_way(self) -> None:
        made = added(
            [
                victims("KE", value=8, _SENDER="a", _RECEIVED="2022"),
                victims("KE", OBS_STATUS="O", _SENDER="b", _RECEIVED="2023"),
            ]
        )
        assert figure(made)["OBS_VALUE"] == 8
