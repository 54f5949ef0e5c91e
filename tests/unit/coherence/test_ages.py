"""Bands of ages make up others without gap or overlap, however they are cut."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.examples.checking import AGES

from icstip.coherence.ages import Band, bands_of, chain, tilings
from icstip.coherence.knowledge import AgeCodes

MAJORITY = {"Y0T17": (0, 17), "Y_GE18": (18, None)}


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        (["Y_GE18", "Y0T17", "_T", "_U"], MAJORITY),
        (["Y7", "Y0T8"], {"Y0T8": (0, 8), "Y7": (7, 7)}),
        (["Y_GE18", "Y18T29", "Y18"], {"Y18": (18, 18), "Y18T29": (18, 29), "Y_GE18": (18, None)}),
        (["_T", "_U"], {}),
        (["Y0T17", "ADULT"], {}),
        (["Y17T0", "Y_GE18"], {}),
        (["Y٠T١٧", "Y_GE18"], {}),
        (["Y0T17X"], {}),
        ([], {}),
    ],
)
def test_codes_are_bands_where_all_of_them_are(codes: list[str], expected: dict[str, Band]) -> None:
    found = bands_of(codes, AGES)
    assert found == expected
    assert list(found) == list(expected)


def test_without_a_pattern_no_code_is_a_band() -> None:
    assert bands_of(["Y0T17"], AgeCodes()) == {}


def test_a_whole_can_be_made_up_in_several_ways() -> None:
    bands: dict[str, Band] = {**MAJORITY, "Y0T8": (0, 8), "Y9T17": (9, 17), "Y18T29": (18, 29), "Y_GE30": (30, None)}
    found = {frozenset(way) for way in tilings((0, None), bands)}
    children = ({"Y0T17"}, {"Y0T8", "Y9T17"})
    adults = ({"Y_GE18"}, {"Y18T29", "Y_GE30"})
    assert found == {frozenset(young | old) for young in children for old in adults}


@pytest.mark.parametrize(
    ("whole", "bands"),
    [
        ((0, None), {"Y0T17": (0, 17), "Y_GE19": (19, None)}),  # a gap
        ((0, None), {"Y0T18": (0, 18), "Y_GE18": (18, None)}),  # an overlap
        ((0, None), {"Y1T17": (1, 17), "Y_GE18": (18, None)}),  # too late
        ((0, 17), {"Y0T8": (0, 8), "Y9T18": (9, 18)}),  # too far
        ((0, 17), {"Y0T8": (0, 8), "Y_GE9": (9, None)}),  # without an end
        ((0, 17), {}),
    ],
)
def test_bands_with_a_gap_or_an_overlap_make_up_nothing(whole: Band, bands: dict[str, Band]) -> None:
    assert list(tilings(whole, bands)) == []


@st.composite
def cuts(draw: st.DrawFn) -> tuple[Band, dict[str, Band]]:
    """Draw a whole, cut several times, and bands that have nothing to do with it."""
    low, high = draw(st.integers(0, 10)), draw(st.none() | st.integers(40, 60))
    bands: dict[str, Band] = {}
    for _ in range(draw(st.integers(1, 3))):
        ends = sorted(draw(st.sets(st.integers(low + 1, 39), max_size=5)))
        starts = [low, *ends]
        last: list[int | None] = [end - 1 for end in ends]
        for one in zip(starts, [*last, high], strict=True):
            bands[str(one)] = one
    for start, length in draw(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=4)):
        bands[str((start, start + length))] = (start, start + length)
    return (low, high), bands


@given(cuts())
def test_what_makes_up_a_whole_covers_all_of_it_exactly_once(given_cuts: tuple[Band, dict[str, Band]]) -> None:
    whole, bands = given_cuts
    ways = list(tilings(whole, bands))
    assert ways
    assert len(set(ways)) == len(ways)
    for way in ways:
        spans = [bands[code] for code in way]
        assert (spans[0][0], spans[-1][1]) == whole
        assert all(before[1] is not None and before[1] + 1 == after[0] for before, after in pairwise(spans))


@given(cuts())
def test_a_chain_lies_within_the_whole_and_does_not_overlap(given_cuts: tuple[Band, dict[str, Band]]) -> None:
    whole, bands = given_cuts
    spans = [bands[code] for code in chain(whole, bands)]
    assert spans
    assert spans[0][0] >= whole[0]
    assert whole[1] is None or (spans[-1][1] is not None and spans[-1][1] <= whole[1])
    assert all(before[1] is not None and before[1] < after[0] for before, after in pairwise(spans))


def test_a_chain_takes_what_there_is_around_a_gap() -> None:
    bands: dict[str, Band] = {"Y0T8": (0, 8), "Y0T17": (0, 17), "Y12T17": (12, 17), "Y_GE18": (18, None)}
    assert chain((0, 17), bands) == ("Y0T8", "Y12T17")
    assert chain((20, 30), bands) == ()


def test_many_bands_that_lead_nowhere_are_not_put_together_in_all_ways() -> None:
    bands = {f"{start}-{width}": (start, start + width - 1) for start in range(100) for width in (1, 5, 10)}
    started = time.perf_counter()
    assert list(tilings((0, None), bands)) == []
    assert len(list(tilings((0, 99), bands))) == 10
    assert time.perf_counter() - started < 1
