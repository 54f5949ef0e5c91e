"""Of a whole table with two breakdowns the bounds are those of all tables that could be the true one."""

from collections.abc import Iterator, Mapping
from itertools import product
from random import Random
from typing import Final

from hypothesis import given
from hypothesis import strategies as st
from tests.examples.checking import ALL, Row
from tests.examples.hidden_figures import Interval, Table, intervals

SEXES: Final = ("F", "M", "_U")
GROUPS: Final = ("NATIONAL", "FOREIGN", "_U")
TOLD: Final = list(product(("F", "M", ALL), ("NATIONAL", "FOREIGN", ALL)))

Inner = tuple[int, ...]


def inner_tables(total: int, cells: int = len(SEXES) * len(GROUPS)) -> Iterator[Inner]:
    """Yield all ways to put so many persons into cells."""
    if cells == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in inner_tables(total - first, cells - 1):
            yield (first, *rest)


def number(inner: Inner, sex: str, group: str) -> int:
    """Return the count of a cell or a total."""
    places = product(SEXES, GROUPS)
    return sum(
        count for (one, other), count in zip(places, inner, strict=True) if sex in (one, ALL) and group in (other, ALL)
    )


def possible(told: Mapping[tuple[str, str], Interval], total: int) -> dict[tuple[str, str], tuple[int, int]]:
    """Return the least and the most of each cell in all tables that are as it is told."""
    found: dict[tuple[str, str], tuple[int, int]] = {}
    for inner in inner_tables(total):
        counts = {cell: number(inner, *cell) for cell in told}
        if all(
            low <= counts[cell] <= high for cell, (low, high) in told.items() if low is not None and high is not None
        ):
            for cell, count in counts.items():
                low, high = found.get(cell, (count, count))
                found[cell] = (min(low, count), max(high, count))
    return found


@given(random=st.randoms(use_true_random=False), total=st.integers(1, 5))
def test_nothing_is_narrower_or_wider_than_the_tables_that_could_be_true(random: Random, total: int) -> None:
    counted = [random.randrange(len(SEXES) * len(GROUPS)) for _ in range(total)]
    truth = tuple(counted.count(place) for place in range(len(SEXES) * len(GROUPS)))
    told: dict[tuple[str, str], Interval] = {}
    for cell in TOLD:
        count = number(truth, *cell)
        if cell == (ALL, ALL) or random.random() < 0.4:
            told[cell] = (count, count)
        else:
            told[cell] = (random.randint(0, count), count + random.randint(0, 3))
    rows: list[Row] = [
        {"SEX": sex, "GROUP": group, "LOWER": low, "UPPER": high, "STATUS": "Q"}
        for (sex, group), (low, high) in told.items()
    ]
    found = Table(rows).tightened()
    assert dict(zip(told, intervals(found.frame), strict=True)) == possible(told, total)
