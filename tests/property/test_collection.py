"""Whatever arrives, in whatever order: a collection comes to what a plain dictionary comes to."""

import os
import random
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Self

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.examples.collections import (
    AREAS,
    DIMENSIONS,
    PERIODS,
    SAID,
    SEXES,
    QuickDisk,
    Row,
    Sent,
    State,
    expected_state,
    put,
    row,
    state_of,
)

from icstip.collection.keeping.receipt import Status
from icstip.collection.state.changes import Kind
from icstip.collection.state.history import ACTION
from icstip.collection.store import Collection
from icstip.messages.dataset import Action

DATES = ("2025-12-31", "2026-01-01", "2026-01-01T08:00:00Z", "2026-02-01")

_values = st.none() | st.integers(0, 3).map(float)
_rows: st.SearchStrategy[Row] = st.builds(
    row,
    st.sampled_from(AREAS),
    st.sampled_from(SEXES),
    st.sampled_from(PERIODS),
    _values,
    OBS_STATUS=st.sampled_from([None, "A", "P"]),
    LOWER_BOUND=_values,
    COMMENT_OBS=st.sampled_from([None, "a"]),
)
_patterns: st.SearchStrategy[Row] = st.builds(
    row, st.sampled_from([None, *AREAS]), st.sampled_from([None, *SEXES]), st.sampled_from([None, *PERIODS])
)
_upserts = st.sampled_from([action for action in Action if action is not Action.DELETE])
_parts = st.one_of(
    st.tuples(_upserts, st.lists(_rows, max_size=6)),
    st.tuples(st.just(Action.DELETE), st.lists(_patterns, min_size=1, max_size=2)),
)
_sent: st.SearchStrategy[Sent] = st.builds(
    Sent,
    st.sampled_from(["A", "B"]),
    st.sampled_from(DATES),
    st.lists(_parts, max_size=3),
    st.sampled_from([Status.ACCEPTED, Status.ACCEPTED, Status.WITH_REASON, Status.QUARANTINED]),
)
submissions = st.lists(_sent, min_size=1, max_size=6)
some = settings(max_examples=int(os.environ.get("ICSTIP_EXAMPLES", "20")))


class Filled:
    """A collection that is there for one example."""

    def __init__(self, sent: Sequence[Sent]) -> None:
        self._folder = tempfile.mkdtemp()
        self.collection = Collection.made(Path(self._folder) / "collection", disk=QuickDisk())
        self.sent = [(put(self.collection, one), one) for one in sent]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        shutil.rmtree(self._folder)

    def in_order(self) -> list[tuple[str, Sent]]:
        """Return ids and submissions in the order in which they take effect."""
        return sorted(self.sent, key=lambda one: (one[1].received, one[0]))

    @property
    def is_empty(self) -> bool:
        return not self.collection.structures()


@some
@given(submissions, st.sampled_from([None, *DATES]), st.integers(1, 8))
def test_the_latest_state_is_that_of_the_model_on_every_date_in_chunks_of_any_size(
    sent: Sequence[Sent], as_of: str | None, chunk_rows: int
) -> None:
    with Filled(sent) as filled:
        if filled.is_empty:
            return
        known = [one for one in filled.in_order() if as_of is None or one[1].received[: len(as_of)] <= as_of]
        found = filled.collection.scan("SMALL", as_of, chunk_rows=chunk_rows).collect()
        assert state_of(found) == expected_state(known)
        assert len(state_of(found)) == found.height
        in_parts = list(filled.collection.states("SMALL", as_of))
        assert sum(part.height for part in in_parts) == found.height


@some
@given(submissions, st.sets(st.sampled_from(AREAS), min_size=1), st.sampled_from(SEXES))
def test_areas_columns_and_filters_change_nothing_of_what_is_left(
    sent: Sequence[Sent], areas: set[str], sex: str
) -> None:
    with Filled(sent) as filled:
        if filled.is_empty:
            return
        whole = filled.collection.scan("SMALL").collect()
        some = filled.collection.scan("SMALL", areas=sorted(areas)).collect()
        assert state_of(some) == state_of(whole.filter(pl.col("REF_AREA").is_in(areas)))
        asked = filled.collection.scan("SMALL").filter(pl.col("SEX") == sex).select("_SENDER", "TIME_PERIOD").collect()
        by_hand = whole.filter(pl.col("SEX") == sex).select("_SENDER", "TIME_PERIOD")
        assert asked.sort(pl.all()).equals(by_hand.sort(pl.all()))


@some
@given(submissions, st.integers(0))
def test_the_order_in_which_files_are_added_does_not_matter_where_dates_tell_them_apart(
    sent: Sequence[Sent], seed: int
) -> None:
    dated = [Sent(one.sender, f"2026-03-{day + 1:02}", one.parts, one.status) for day, one in enumerate(sent)]
    shuffled = random.Random(seed).sample(dated, len(dated))  # noqa: S311 - to be repeated, not to be secret
    with Filled(dated) as one, Filled(shuffled) as other:
        if one.is_empty:
            assert other.is_empty
            return
        states = [filled.collection.scan("SMALL").drop("_SUBMISSION").collect() for filled in (one, other)]
        names = [*DIMENSIONS, *(name for name in SAID if name in states[0].columns), "_SENDER", "_RECEIVED"]
        first, second = (state.select(names).sort(*DIMENSIONS, "_SENDER") for state in states)
        assert first.equals(second)


@some
@given(submissions)
def test_a_submission_changed_what_the_model_says_that_it_changed(sent: Sequence[Sent]) -> None:
    with Filled(sent) as filled:
        order = filled.in_order()
        for place, (name, one) in enumerate(order):
            earlier = [other for other in order[:place] if other[1].sender == one.sender]
            before = expected_state(earlier)
            counting = Sent(one.sender, one.received, one.parts)
            after = expected_state([*earlier, (name, counting)])
            for found in filled.collection.changes(name):
                areas = _areas_of(one)
                wanted = dict.fromkeys(Kind, 0)
                for cell in {*before, *after}:
                    if areas is None or cell[1][0] in areas:
                        wanted[_kind(cell, before, after, name)] += 1
                assert dict(found.counts) == wanted


def _areas_of(sent: Sent) -> set[object] | None:
    """Return the areas that a submission is about, or None for all."""
    areas = {said["REF_AREA"] for _, rows in sent.parts for said in rows}
    return None if None in areas else areas


def _kind(cell: tuple[str, tuple[str, ...]], before: State, after: State, name: str) -> Kind:
    if cell not in before:
        return Kind.NEW
    if cell not in after:
        return Kind.REMOVED
    (_, old), (by, new) = before[cell], after[cell]
    if by != name:
        return Kind.NOT_SENT
    figures = ("OBS_VALUE", "LOWER_BOUND")
    if any(old[one] is not None for one in figures) and all(new[one] is None for one in figures):
        return Kind.WITHDRAWN
    compared = {Kind.REVISED: figures, Kind.STATUS: ("OBS_STATUS",), Kind.ATTRIBUTES: ("COMMENT_OBS",)}
    differs = (kind for kind, names in compared.items() if any(old[one] != new[one] for one in names))
    return next(differs, Kind.UNCHANGED)


@some
@given(submissions)
def test_the_history_of_a_cell_has_all_that_was_said_of_it_and_when_it_was_removed(sent: Sequence[Sent]) -> None:
    with Filled(sent) as filled:
        if filled.is_empty:
            return
        wanted: list[tuple[str, tuple[str, ...], str, str]] = []
        alive: set[tuple[str, tuple[str, ...]]] = set()
        for name, one in filled.in_order():
            if one.status is Status.QUARANTINED:
                continue
            for action, rows in one.parts:
                if action is not Action.DELETE:
                    cells = [(one.sender, tuple(str(said[dimension]) for dimension in DIMENSIONS)) for said in rows]
                    alive.update(cells)
                    wanted += [(*cell, name, str(action)) for cell in cells]
                    continue
                gone = {cell for cell in alive if cell[0] == one.sender and _is_asked(cell[1], rows)}
                alive -= gone
                wanted += [(*cell, name, str(action)) for cell in gone]
        found = [
            (version["_SENDER"], tuple(version[name] for name in DIMENSIONS), version["_SUBMISSION"], version[ACTION])
            for part in filled.collection.history("SMALL")
            for version in part.iter_rows(named=True)
        ]
        assert sorted(found) == sorted(wanted)


def _is_asked(key: tuple[str, ...], rows: Sequence[Row]) -> bool:
    return any(all(said[name] in {None, part} for name, part in zip(DIMENSIONS, key, strict=True)) for said in rows)
