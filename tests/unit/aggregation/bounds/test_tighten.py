"""Hidden figures are as narrow as their table makes them, and no narrower where it contradicts itself."""

import subprocess
import sys
from collections.abc import Mapping

import pytest
from tests.examples.checking import ALL, KNOWN, SCHEMA, Row, place
from tests.examples.hidden_figures import Interval, Table, intervals

from icstip.aggregation.bounds.intervals import HIGH, LOW
from icstip.aggregation.bounds.tighten import Contradiction, tightened
from icstip.aggregation.bounds.told import findings_of

Figure = float | tuple[float | None, float | None] | None


def cell(figure: Figure, **codes: object) -> Row:
    """Return an observation: a number, bounds, or what is missing."""
    if isinstance(figure, tuple):
        return {"LOWER": figure[0], "UPPER": figure[1], "STATUS": "Q", **codes}
    return {"STATUS": "O", **codes} if figure is None else {"VALUE": float(figure), **codes}


def after(dimension: str, figures: Mapping[str, Figure], **codes: object) -> dict[str, Interval]:
    """Return the bounds of figures by their code."""
    table = Table([cell(figure, **{dimension: code}, **codes) for code, figure in figures.items()])
    return dict(zip(figures, intervals(table.tightened().frame), strict=True))


SMALL = (0.0, 4.0)
HIDDEN = (None, None)


@pytest.mark.parametrize(
    ("figures", "code", "expected"),
    [
        # what is left of a total
        ({"F": SMALL, "M": 8, ALL: 10}, "F", (0, 2)),
        ({"F": SMALL, "M": HIDDEN, ALL: 10}, "M", (0, 10)),
        ({"F": SMALL, "M": 8, ALL: 8}, "F", (0, 0)),
        # parts are all there are
        ({"F": SMALL, "M": 8, "X": 0, "_U": 0, ALL: 10}, "F", (2, 2)),
        ({"F": 2, "M": 8, "X": 0, "_U": SMALL, ALL: HIDDEN}, ALL, (10, 14)),
        # those in no part
        ({"F": 2, "M": 8, "_U": 0, ALL: HIDDEN}, ALL, (10, None)),
        ({"F": SMALL, "M": 8, "_U": 0, ALL: 10}, "F", (0, 2)),
        # nobody knows
        ({"F": SMALL, "M": None, ALL: 3}, "F", (0, 3)),
        ({"F": None, "M": SMALL, ALL: 3}, "F", (None, None)),
        # bounds that are no whole numbers
        ({"F": (0.5, 4.5), "M": 1, ALL: 9}, "F", (1, 4)),
    ],
)
def test_what_is_left_of_a_total_bounds_its_parts_and_the_other_way_round(
    figures: Mapping[str, Figure], code: str, expected: Interval
) -> None:
    assert after("SEX", figures)[code] == expected


@pytest.mark.parametrize(
    ("rule", "figures", "code", "expected"),
    [
        ("PRINCIPAL", {"SEXUAL": SMALL, "LABOUR": 8, ALL: 10}, "SEXUAL", (0, 2)),
        ("MULTIPLE", {"SEXUAL": SMALL, "LABOUR": 8, ALL: 10}, "SEXUAL", (0, 4)),
        (None, {"SEXUAL": SMALL, "LABOUR": 8, ALL: 10}, "SEXUAL", (0, 4)),
        ("MULTIPLE", {"SEXUAL": HIDDEN, "LABOUR": 8, ALL: 10}, "SEXUAL", (0, 10)),
        (None, {"SEXUAL": 9, "LABOUR": 8, ALL: HIDDEN}, ALL, (9, None)),
        ("MULTIPLE", {"SEXUAL": 9, "LABOUR": 8, "_U": 0, ALL: HIDDEN}, ALL, (9, 17)),
        ("MULTIPLE", {"SEXUAL": SMALL, "LABOUR": 8, "_U": 0, ALL: 10}, "SEXUAL", (2, 4)),
        (None, {"SEXUAL": SMALL, "LABOUR": 8, "_U": 0, ALL: 10}, "SEXUAL", (0, 4)),
        ("MULTIPLE", {"FORCED": HIDDEN, "LABOUR": 3}, "FORCED", (0, 3)),
    ],
)
def test_the_rule_of_counting_says_what_a_total_means(
    rule: str | None, figures: Mapping[str, Figure], code: str, expected: Interval
) -> None:
    assert after("FORM", figures, RULE=rule)[code] == expected


def by_sex_and_age(**figures: Figure) -> Table:
    """Return a table of figures by sex and age: ``F_ch``, ``all_ad`` and so on."""
    sexes, ages = {"F": "F", "M": "M", "all": ALL}, {"ch": "Y0T17", "ad": "Y_GE18", "all": ALL}
    split = {name: name.split("_") for name in figures}
    return Table(
        [cell(figure, SEX=sexes[split[name][0]], AGE=ages[split[name][1]]) for name, figure in figures.items()]
    )


def test_where_nobody_of_all_is_in_no_part_nobody_of_a_part_is() -> None:
    """There is no row for unknown ages: that nobody's is unknown follows from all persons, 16 + 327 = 343."""
    table = by_sex_and_age(M_ch=SMALL, M_ad=47, M_all=48, all_ch=16, all_ad=327, all_all=343)
    assert intervals(table.tightened().frame)[0] == (1, 1)
    without = by_sex_and_age(M_ch=SMALL, M_ad=47, M_all=48, all_ch=16, all_ad=327, all_all=344)
    assert intervals(without.tightened().frame)[0] == (0, 1)


TOGETHER: dict[tuple[str, str], Figure] = {
    ("F", "NATIONAL"): 1,
    ("F", "FOREIGN"): HIDDEN,
    ("F", ALL): SMALL,
    ("M", "NATIONAL"): HIDDEN,
    ("M", "FOREIGN"): 0,
    ("M", ALL): SMALL,
    (ALL, "NATIONAL"): (1, 4),
    (ALL, "FOREIGN"): 1,
    (ALL, ALL): 3,
}
"""Of three persons one is foreign, and no man; one is a woman and national: so there is one man at most."""


@pytest.mark.parametrize(("most", "men"), [(0, (0, 2)), (100, (0, 1))])
def test_what_totals_say_together_is_more_than_what_each_says(most: int, men: Interval) -> None:
    """What is too large to be worked out together keeps what each total says."""
    table = Table([cell(figure, SEX=sex, GROUP=group) for (sex, group), figure in TOGETHER.items()])
    found = tightened(table.frame(), SCHEMA, KNOWN, most)
    assert dict(zip(TOGETHER, intervals(found.frame), strict=True))["M", ALL] == men
    assert "-0.0" not in str(intervals(found.frame))


def test_figures_that_contradict_each_other_leave_others_alone() -> None:
    """49 and 29 are 78 and not 71: nothing follows from that for the children among them."""
    table = by_sex_and_age(F_all=49, M_all=29, all_all=71, F_ch=SMALL, F_ad=46)
    found = table.tightened()
    assert found.contradicting == ()
    assert intervals(found.frame)[3] == (0, 3)


def test_hidden_figures_of_a_total_that_cannot_hold_keep_their_own_bounds() -> None:
    rows = [cell(9, SEX="F"), cell(SMALL, SEX="M"), cell(8, SEX=ALL), cell(SMALL, SEX="M", AGE="Y0T17")]
    table = Table([*rows, *(cell(one, AREA="UG", SEX=sex) for sex, one in (("F", 7), ("M", SMALL), (ALL, 8)))])
    found = table.tightened()
    assert found.contradicting == (Contradiction((1, 3), 2),)
    assert intervals(found.frame)[:4] == [(9, 9), (0, 4), (8, 8), (0, 4)]
    assert intervals(found.frame)[5] == (0, 1)


@pytest.mark.parametrize(
    "codes",
    [{"UNIT": "RATE"}, {"MULT": "3"}],
)
def test_rates_and_figures_in_thousands_stay_as_they_are(codes: Row) -> None:
    table = Table([cell(SMALL, SEX="F", **codes), cell(8, SEX="M", **codes), cell(9, SEX=ALL, **codes)])
    assert table.tightened().frame.equals(table.frame())


def test_areas_that_report_are_no_parts_of_each_other_nor_are_stages() -> None:
    rows = [cell(SMALL, AREA="KE"), cell(2, AREA="UG"), cell(SMALL, STAGE="TRIED"), cell(1, STAGE="CONVICTED")]
    assert Table(rows).tightened().frame.equals(Table(rows).frame())


def test_a_key_that_occurs_twice_bounds_nothing() -> None:
    rows = [cell(SMALL, SEX="F"), cell(8, SEX="M"), cell(9, SEX=ALL), cell(8, SEX=ALL)]
    assert intervals(Table(rows).tightened().frame)[0] == SMALL


@pytest.mark.parametrize("value", [8.5, -1.0])
def test_a_count_that_can_be_none_bounds_nothing(value: float) -> None:
    rows = [cell(SMALL, SEX="F"), cell(8, SEX="M"), {"VALUE": value, "SEX": ALL}]
    assert intervals(Table(rows).tightened().frame)[0] == SMALL


def test_what_can_be_worked_out_is_told_without_the_figure() -> None:
    rows = [cell(SMALL, SEX="F"), cell(8, SEX="M"), cell(8, SEX=ALL), cell(SMALL, SEX="F", AREA="UG")]
    rows += [cell(17, SEX="M", AREA="UG"), cell(16, SEX=ALL, AREA="UG")]
    found = Table(rows).tightened()
    assert found.worked_out == (0,)
    contradicting, worked_out = findings_of(found, SCHEMA, KNOWN, place)
    assert (contradicting.code, contradicting.count, contradicting.cells) == ("AGG-001", 2, ("6", "4"))
    assert (worked_out.code, worked_out.value, worked_out.cells) == ("AGG-002", "1", ("1",))
    for language in ("en", "fr", "es", "ar"):
        assert "AREA=KE" in worked_out.message(language)
        assert "AREA=UG" in contradicting.message(language)


def test_the_solver_is_silent() -> None:
    code = "from icstip.aggregation.bounds.programme import _solver; _solver().run()"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("", "")


def test_the_columns_are_numbers_without_infinity() -> None:
    found = Table([cell(HIDDEN, SEX="F"), cell(HIDDEN, SEX=ALL)]).tightened().frame
    assert found.schema[LOW] == found.schema[HIGH]
    assert intervals(found) == [(0, None), (0, None)]
