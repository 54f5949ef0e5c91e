"""Two observations never have the same key: the same said twice is written once, different things not at all."""

from collections.abc import Sequence

import polars as pl
import pytest

from icstip.checks.keys import DIFFERENT, SAME, check_keys
from icstip.findings import Finding, Place, Severity

KEY = ("AREA", "SEX", "TIME_PERIOD")
SAID = ("OBS_VALUE", "LOWER", "UPPER", "OBS_STATUS")

Row = tuple[int, str, str, float | None, float | None, float | None, str]


def place(row: int) -> Place:
    return Place("table.xlsx", "Table 1", f"F{row}", row)


def line(row: int) -> Place:
    return Place("table.csv", None, None, row)


def frame(*rows: Row) -> pl.DataFrame:
    names = ("__row", "AREA", "SEX", "OBS_VALUE", "LOWER", "UPPER", "OBS_STATUS")
    numbers = dict.fromkeys(("OBS_VALUE", "LOWER", "UPPER"), pl.Float64())
    types = {name: numbers.get(name, pl.String()) for name in names} | {"__row": pl.UInt32()}
    return pl.DataFrame(rows, schema=types, orient="row").with_columns(TIME_PERIOD=pl.lit("2020"))


def number(row: int, area: str, value: float | None, status: str = "A") -> Row:
    return (row, area, "F", value, None, None, status)


def bounds(row: int, area: str, lower: float, upper: float) -> Row:
    return (row, area, "F", None, lower, upper, "Q")


def check(*rows: Row, said: Sequence[str] = SAID) -> tuple[list[int], dict[int, str], list[Finding]]:
    """Return the rows kept in their order, those set aside with the code, and the findings."""
    kept, aside, findings = check_keys(frame(*rows), KEY, said, "__row", place)
    assert kept.height + aside.height == len(rows)
    return kept["__row"].to_list(), dict(aside.select("__row", "code").rows()), findings


def test_observations_of_different_keys_are_kept_in_the_order_of_their_keys() -> None:
    kept, aside, findings = check(number(2, "NG", 1), number(3, "AL", 1), (4, "AL", "_T", 2, None, None, "A"))
    assert (kept, aside, findings) == ([3, 4, 2], {}, [])


def test_of_two_rows_that_say_the_same_the_first_is_kept() -> None:
    kept, aside, findings = check(number(2, "NG", 1), number(3, "AL", 5), number(4, "AL", 5))
    assert (kept, aside) == ([3, 2], {4: SAME})
    assert [(f.code, f.severity, f.cells) for f in findings] == [(SAME, Severity.WARNING, ("F3", "F4"))]


def test_the_first_row_is_the_first_of_the_table_wherever_it_stands_in_the_frame() -> None:
    kept, aside, findings = check(number(9, "AL", 5), number(3, "AL", 5), number(7, "AL", 5))
    assert (kept, aside) == ([3], {7: SAME, 9: SAME})
    assert findings[0].cells == ("F3", "F7", "F9")


def test_of_rows_that_say_different_things_none_is_kept() -> None:
    kept, aside, findings = check(number(2, "NG", 1), number(3, "AL", 5), number(4, "AL", 6))
    assert (kept, aside) == ([2], {3: DIFFERENT, 4: DIFFERENT})
    assert [(f.code, f.severity, f.cells, f.value) for f in findings] == [
        (DIFFERENT, Severity.ERROR, ("F3", "F4"), "5; 6")
    ]


def test_of_three_rows_of_which_two_say_the_same_none_is_kept() -> None:
    kept, aside, findings = check(number(2, "AL", 5), number(3, "AL", 5), number(4, "AL", 6))
    assert (kept, aside) == ([], {2: DIFFERENT, 3: DIFFERENT, 4: DIFFERENT})
    assert findings[0].value == "5; 5; 6"


@pytest.mark.parametrize(
    ("one", "other", "code", "shown"),
    [
        (bounds(2, "AL", 0, 4), bounds(3, "AL", 0, 4), SAME, "0–4; 0–4"),
        (bounds(2, "AL", 0, 4), bounds(3, "AL", 1, 4), DIFFERENT, "0–4; 1–4"),
        (bounds(2, "AL", 0, 4), number(3, "AL", 4), DIFFERENT, "0–4; 4"),
        (number(2, "AL", 5), number(3, "AL", 5, "P"), DIFFERENT, "5; 5"),
        (number(2, "AL", 0), number(3, "AL", None, "O"), DIFFERENT, "0; –"),
        (number(2, "AL", None, "O"), number(3, "AL", None, "O"), SAME, "–; –"),
        (number(2, "AL", None, "O"), number(3, "AL", None, "M"), DIFFERENT, "–; –"),
        (number(2, "AL", 0.5), number(3, "AL", 0.5), SAME, "0.5; 0.5"),
        (number(2, "AL", 0.0), number(3, "AL", -0.0), SAME, "0; 0"),
    ],
)
def test_bounds_and_status_belong_to_what_a_row_says(one: Row, other: Row, code: str, shown: str) -> None:
    kept, aside, findings = check(one, other)
    assert set(aside.values()) == {code}
    assert kept == ([2] if code == SAME else [])
    assert [(f.code, f.value) for f in findings] == [(code, shown)]


def test_what_does_not_belong_to_the_observation_does_not_tell_rows_apart() -> None:
    kept, aside, _ = check(number(2, "AL", 5, "A"), number(3, "AL", 5, "P"), said=("OBS_VALUE",))
    assert (kept, aside) == ([2], {3: SAME})


def test_rows_that_say_a_value_alone_can_lack_it() -> None:
    _, aside, findings = check(number(2, "AL", 5), number(3, "AL", None), said=("OBS_VALUE",))
    assert set(aside) == {2, 3}
    assert findings[0].value == "5; –"


def test_a_finding_names_the_place_of_the_first_row_and_the_whole_key() -> None:
    _, _, (finding,) = check(number(3, "AL", 5), number(8, "AL", 6))
    assert finding.place == Place("table.xlsx", "Table 1", "F3", 3, "AL.F.2020")


def test_a_finding_says_what_is_broken_down_and_nothing_of_totals() -> None:
    _, _, (finding,) = check((3, "AL", "_T", 5, None, None, "A"), (8, "AL", "_T", 6, None, None, "A"))
    assert "AREA=AL, TIME_PERIOD=2020" in finding.message()
    assert "SEX" not in finding.message()


def test_a_table_without_cells_is_named_by_its_rows() -> None:
    _, _, findings = check_keys(frame(number(3, "AL", 5), number(8, "AL", 6)), KEY, SAID, "__row", line)
    assert findings[0].cells == ("3", "8")


def test_each_repeated_key_has_a_finding_of_its_own_in_the_order_of_the_rows() -> None:
    rows = [number(5, "NG", 1), number(6, "AL", 2), number(7, "NG", 1), number(8, "AL", 3)]
    _, aside, findings = check(*rows)
    assert aside == {6: DIFFERENT, 7: SAME, 8: DIFFERENT}
    assert [(f.code, f.cells) for f in findings] == [(SAME, ("F5", "F7")), (DIFFERENT, ("F6", "F8"))]


def test_no_observations_have_no_repeated_keys() -> None:
    assert check() == ([], {}, [])


def test_the_observations_themselves_stay_as_they_are() -> None:
    before = frame(number(2, "AL", 5), bounds(3, "NG", 0, 4), number(4, "NG", 7), number(5, "NG", 7))
    kept, _, _ = check_keys(before, KEY, SAID, "__row", place)
    assert kept.rows() == before.filter(pl.col("AREA") == "AL").rows()
    assert kept.schema == before.schema
