"""What holds of every comparison."""

from collections import Counter
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.examples.diffs import (
    attribute,
    categories,
    coded,
    codelist,
    concepts,
    constraint,
    dimension,
    hierarchy,
    item,
    measure,
    place,
    region,
    selection,
    structure,
    text_format,
    value_map,
)

from icstip.artefacts.collection import Artefacts
from icstip.artefacts.data_structure import DataStructure
from icstip.artefacts.items import Codelist
from icstip.structures.diff.changes import Diff
from icstip.structures.diff.compare import diff_artefacts
from icstip.structures.diff.kinds import ChangeKind
from icstip.structures.diff.publication import check_version
from icstip.structures.diff.versioning import Bump

SLOW = settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)

IDS = st.sampled_from("ABCDE")
VERSIONS = st.sampled_from(["1.0.0", "1.0.1", "1.1.0-draft", "2.0"])
CODES = st.lists(st.tuples(IDS, st.sampled_from(["One", "Two", "Three"]), st.sampled_from(["", "A", "B"])), max_size=5)
ITEMS = CODES.map(lambda codes: [item(*code) for code in {code[0]: code for code in codes}.values()])
LISTS = ITEMS.map(lambda codes: codelist(*codes))


def several(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    """Return tuples of what has different ids."""
    return st.lists(strategy, max_size=3, unique_by=lambda one: one.id).map(tuple)


@st.composite
def structures(draw: st.DrawFn) -> DataStructure:
    """Return data structures with some components."""
    formats = st.sampled_from(
        [None, text_format("Integer"), text_format("Decimal", maxValue="9"), coded(), coded("CL")]
    )
    return structure(
        version=draw(VERSIONS),
        dimensions=draw(several(st.builds(dimension, IDS, representation=formats))),
        attributes=draw(several(st.builds(attribute, IDS, representation=formats, mandatory=st.booleans()))),
        measures=draw(several(st.builds(measure, IDS, mandatory=st.booleans()))),
    )


SELECTIONS = st.builds(lambda one, values: selection(one, *values), IDS, st.lists(IDS, unique=True))
REGIONS = st.builds(lambda chosen, include: region(*chosen, include=include), several(SELECTIONS), st.booleans())
PLACES = st.recursive(
    st.builds(place, IDS), lambda below: st.builds(lambda one, children: place(one, *children), IDS, several(below))
)
ARTEFACTS = st.one_of(
    st.builds(lambda items, one, version: codelist(*items, id=one, version=version), ITEMS, IDS, VERSIONS),
    st.builds(lambda items, version: concepts(*items, version=version), ITEMS, VERSIONS),
    st.builds(lambda items: categories(*items), ITEMS),
    structures(),
    st.builds(lambda regions: constraint(*regions), st.lists(REGIONS, max_size=2)),
    several(PLACES).map(lambda places: hierarchy(*places)),
    st.lists(st.tuples(IDS, IDS), max_size=4).map(lambda pairs: value_map(*pairs)),
)
MESSAGES = st.lists(ARTEFACTS, max_size=5, unique_by=lambda one: one.reference).map(Artefacts.of)


def items_of(told: Diff, plain: ChangeKind, place: str) -> Counter[str | None]:
    """Return the items that came or went, those that were probably renamed among them."""
    renamed = (getattr(change, place) for change in told.of_kind(ChangeKind.ITEM_RENAMED))
    return Counter([*(change.path for change in told.of_kind(plain)), *renamed])


def test_everything_is_the_same_as_itself(everything: Artefacts) -> None:
    assert diff_artefacts(everything, Artefacts(tuple(everything))).changed == ()


@SLOW
@given(MESSAGES)
def test_nothing_has_changed_between_a_message_and_itself(message: Artefacts) -> None:
    told = diff_artefacts(message, message)
    assert (told.changed, told.bump) == ((), Bump.NONE)


@SLOW
@given(MESSAGES, MESSAGES)
def test_what_is_added_one_way_is_removed_the_other_way(one: Artefacts, other: Artefacts) -> None:
    there, back = diff_artefacts(one, other), diff_artefacts(other, one)
    assert {one.new for one in there.artefacts if one.old is None} == {
        one.old for one in back.artefacts if one.new is None
    }
    assert {one.old for one in there.artefacts if one.new is None} == {
        one.new for one in back.artefacts if one.old is None
    }


@SLOW
@given(LISTS, LISTS)
def test_codes_that_come_one_way_go_the_other_way(one: Codelist, other: Codelist) -> None:
    old, new = Artefacts((one,)), Artefacts((other,))
    there, back = diff_artefacts(old, new), diff_artefacts(new, old)
    assert items_of(there, ChangeKind.ITEM_ADDED, "after") == items_of(back, ChangeKind.ITEM_REMOVED, "before")
    assert items_of(there, ChangeKind.ITEM_REMOVED, "before") == items_of(back, ChangeKind.ITEM_ADDED, "after")


@SLOW
@given(LISTS, LISTS)
def test_a_stable_list_that_changed_always_has_a_version_that_is_too_low(one: Codelist, other: Codelist) -> None:
    told = diff_artefacts(Artefacts((one,)), Artefacts((other,)))
    assert bool(check_version(told)) == bool(told.changed) == (one != other)


@SLOW
@given(MESSAGES, MESSAGES)
def test_a_set_moves_as_far_as_the_change_that_asks_for_most(one: Artefacts, other: Artefacts) -> None:
    told = diff_artefacts(one, other)
    assert told.bump is max((change.bump for change in told.changes), default=Bump.NONE)


@SLOW
@given(MESSAGES, MESSAGES)
def test_everything_is_compared_or_said_not_to_be(one: Artefacts, other: Artefacts) -> None:
    told = diff_artefacts(one, other)
    seen = {one.old for one in told.artefacts} | {one.artefact for one in told.not_compared}
    assert {artefact.reference for artefact in one} <= seen
