"""The truth of a table always lies within the bounds of its hidden figures, which are never wider than their own."""

import os
from random import Random
from typing import Final

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.examples.checking import KNOWN, SCHEMA
from tests.examples.hidden_figures import Interval, Table, intervals, tables

from icstip.aggregation.bounds.tighten import tighten

EXAMPLES: Final = int(os.environ.get("ICSTIP_EXAMPLES", "60"))
SLOW: Final = (HealthCheck.too_slow, HealthCheck.data_too_large)


def is_within(inner: Interval, outer: Interval) -> bool:
    """Return whether an interval is not wider than another one."""
    if outer[0] is None or inner[0] is None:
        return inner == outer
    return inner[0] >= outer[0] and (outer[1] is None or (inner[1] is not None and inner[1] <= outer[1]))


@settings(max_examples=EXAMPLES, suppress_health_check=SLOW)
@given(table=tables())
def test_the_truth_lies_within_the_bounds_and_these_within_the_own_ones(table: Table) -> None:
    own, found = intervals(table.frame()), table.tightened()
    assert found.contradicting == ()
    for number, before, after in zip(table.truth, own, intervals(found.frame), strict=True):
        assert is_within(after, before)
        assert after[0] is None or is_within((number, number), after)


@settings(max_examples=EXAMPLES, suppress_health_check=SLOW)
@given(table=tables(15), random=st.randoms(use_true_random=False))
def test_the_order_of_observations_does_not_matter(table: Table, random: Random) -> None:
    order = random.sample(range(len(table.rows)), len(table.rows))
    shuffled = Table([table.rows[place] for place in order])
    before, after = table.tightened(), shuffled.tightened()
    assert after.frame.equals(before.frame[order])
    assert sorted(order[row] for row in after.worked_out) == list(before.worked_out)


@settings(max_examples=EXAMPLES, suppress_health_check=SLOW)
@given(table=tables(15), data=st.data())
def test_figures_that_contradict_each_other_keep_their_own_bounds(table: Table, data: st.DataObject) -> None:
    """Copy some figures wrongly: nothing is raised, nothing gets wider, and what is contradicting is as it was."""
    random = data.draw(st.randoms(use_true_random=False))
    rows = [
        {**row, "VALUE": float(random.randint(0, 30))} if "VALUE" in row and random.random() < 0.1 else row
        for row in table.rows
    ]
    wrong = Table(rows)
    own, found = intervals(wrong.frame()), wrong.tightened()
    after = intervals(found.frame)
    assert all(is_within(one, before) for one, before in zip(after, own, strict=True))
    assert all(after[row] == own[row] for one in found.contradicting for row in one.hidden)
    assert all(after[row][0] == after[row][1] and own[row][0] != own[row][1] for row in found.worked_out)


def test_a_frame_without_observations_stays_as_it_is() -> None:
    empty = Table([]).frame()
    assert tighten(empty, SCHEMA, KNOWN).equals(empty)
