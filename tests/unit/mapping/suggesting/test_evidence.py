"""What figures and labels say beyond the words is only taken where it holds."""

import polars as pl
import pytest

from icstip.mapping.suggesting.draft import Written
from icstip.mapping.suggesting.evidence import agree, blank_is_total, follows, how_written
from icstip.tables.grid import letters_of

KEYS = ("A", "B")


def _frame(*lines: str) -> pl.DataFrame:
    rows = [[cell.strip() or None for cell in line.split("|")] for line in lines]
    names = [letters_of(i) for i in range(1, len(rows[0]) + 1)]
    return pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String), orient="row")


def test_a_column_follows_from_one_with_different_labels_each_of_which_has_one_of_its_own() -> None:
    frame = _frame("FR|France|x|1", "FR|France|x|2", "ES|Spain|x|2", "ES|Spain|x|1")
    assert follows(frame, "B", ["A"]) == "A"
    assert follows(frame, "B", ["D", "C", "A"]) == "A"
    assert follows(frame, "B", ["C", "D"]) == ""
    assert follows(frame, "B", []) == ""


def test_a_column_that_is_the_same_everywhere_follows_from_no_other_such_column() -> None:
    assert follows(_frame("x|y", "x|y"), "B", ["A"]) == ""


def test_a_column_with_a_blank_beside_the_same_label_does_not_follow() -> None:
    assert follows(_frame("FR|France", "FR|", "ES|Spain"), "B", ["A"]) == ""


def _is_total(*lines: str) -> bool:
    """Return what blanks of column C are; A and B say the other things, D is the figure."""
    return blank_is_total(_frame(*lines), "C", KEYS, "D", ["F", "M"])


def _years(*triples: tuple[str, str, str], unit: str = "NUMBER") -> list[str]:
    """Return rows for a year each: the figure of a blank, of women, of men."""
    return [
        f"{2000 + i}|{unit}|{code}|{figure}"
        for i, triple in enumerate(triples)
        for code, figure in zip(("", "F", "M"), triple, strict=True)
    ]


def test_a_blank_is_the_total_where_it_is_never_less_than_a_member_and_sometimes_more() -> None:
    assert _is_total(*_years(("9", "4", "5"), ("5", "5", "0"), ("1,200", "1,000", "200")))


@pytest.mark.parametrize(
    "triples",
    [
        [("9", "4", "5"), ("5", "5", "0")],
        [("5", "5", "0"), ("6", "6", "0"), ("7", "7", "0")],
        [("9", "4", "5"), ("3", "5", "0"), ("8", "4", "4")],
        [("", "4", "5"), ("-", "5", "0"), ("..", "4", "4")],
    ],
    ids=["too few", "never more", "less", "missing"],
)
def test_a_blank_is_nothing_without_evidence(triples: list[tuple[str, str, str]]) -> None:
    assert not _is_total(*_years(*triples))


def test_a_blank_that_has_several_figures_for_the_same_is_no_evidence() -> None:
    assert not _is_total(*_years(*[("9", "4", "5")] * 3), *_years(*[("9", "4", "5")] * 3))


def test_a_blank_beside_labels_that_are_no_members_is_no_evidence() -> None:
    lines = [line.replace("|F|", "|Frobs|").replace("|M|", "|Grobs|") for line in _years(*[("9", "4", "5")] * 3)]
    assert not _is_total(*lines)


def test_rates_of_all_are_between_those_of_members_and_counts_are_not() -> None:
    assert _is_total(*_years(*[("2.5", "1.0", "4.0")] * 4, unit="RATE"))
    assert not _is_total(*_years(*[("20", "10", "50")] * 4))  # those of whom the sex is not known


def test_what_is_far_more_than_the_members_is_not_their_total() -> None:
    assert not _is_total(*_years(*[("100", "20", "10")] * 4))
    assert _is_total(*_years(*[("34", "20", "10")] * 4))


def test_one_unit_shows_what_a_blank_is() -> None:
    rates = _years(*[("2.5", "1.0", "2.0")] * 4, unit="RATE")
    assert not _is_total(*rates)
    assert _is_total(*rates, *_years(*[("9", "4", "5")] * 3))


@pytest.mark.parametrize(
    ("texts", "thousands", "decimal", "reason"),
    [
        ([], "", ".", ""),
        (["12", "3.5"], "", ".", ""),
        (["1,234,567"], ",", ".", "thousands"),
        (["1,234", "1,234.5"], ",", ".", "thousands"),
        (["1,234", "1,5"], "", ",", "decimal"),
        (["0,234"], "", ",", "decimal"),
        (["1234,567"], "", ",", "decimal"),
        (["1.234.567"], ".", ",", "thousands"),
        (["1.234,5"], ".", ",", "decimal"),
        (["3,5", "1.234"], ".", ",", "decimal"),
        (["3,5", "1.5"], "", ",", "decimal"),
        (["1 234,5", "2 345"], " ", ",", "decimal"),
        (["1'234,5"], "'", ",", "decimal"),
        (["1 234"], " ", ".", "thousands"),
        (["1\u00a0234"], " ", ".", "thousands"),
        (["1'234"], "'", ".", "thousands"),
        (["1’234"], "’", ".", "thousands"),
        (["12%", "13.5%"], "", ".", ""),
    ],
)
def test_figures_tell_how_they_are_written(texts: list[str], thousands: str, decimal: str, reason: str) -> None:
    written = how_written(texts, [])
    told = written.reason.id.removeprefix("suggest.") if written.reason else ""
    assert (written.thousands, written.decimal, told) == (thousands, decimal, reason)


def _told(texts: list[str]) -> tuple[str, str]:
    written = how_written(texts, [])
    return written.thousands, written.reason.id if written.reason else ""


def test_a_thousand_or_a_little_more_than_one_is_undecided() -> None:
    assert _told(["1,234"]) == ("", "suggest.number") == _told(["1.234"])
    assert how_written(["1,234"], []).decimal == "?" == how_written(["1.234", "5"], []).decimal
    assert how_written(["1.234", "2.5"], []).decimal == "."
    assert _told(["1,234", "-2,345", "12"]) == ("", "suggest.number")


def test_many_such_figures_among_whole_ones_below_a_thousand_are_thousands() -> None:
    grouped = [f"{i},234" for i in range(1, 11)]
    assert _told([*grouped, "1", "20", "999"]) == (",", "suggest.thousands")
    assert _told([*grouped[1:], "1", "20", "999"]) == ("", "suggest.number")
    assert _told([*grouped, "1", "20"]) == ("", "suggest.number")
    assert _told([*grouped, "1", "20", "1000"]) == ("", "suggest.number")


def test_signs_are_told_as_they_stand() -> None:
    assert how_written(["5"], ["-", ".."]) == Written(signs=("-", ".."))


def test_columns_agree_where_both_say_something() -> None:
    frame = _frame("F|Women", "M|Men", "x|Men", "F|", "|Men")
    assert agree(frame, "A", "B", {"F": "F", "M": "M"}, {"Women": "F", "Men": "M"})
    assert not agree(frame, "A", "B", {"F": "F", "M": "M"}, {"Women": "M", "Men": "M"})
