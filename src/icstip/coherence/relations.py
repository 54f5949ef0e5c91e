"""Which codes of a dimension make up which others: by lists, hierarchies, declared parts, and bands of ages."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from icstip.coherence.ages import bands_of, chain, tilings
from icstip.coherence.knowledge import Knowledge
from icstip.schema import Column
from icstip.standard.model import TOTAL


@dataclass(frozen=True, slots=True)
class Relation:
    """A code and those that make it up.

    Attributes:
        whole: The code.
        parts: Those that make it up, none of which overlap.
    """

    whole: str
    parts: tuple[str, ...]


def relations(column: Column, present: Collection[str], knowledge: Knowledge) -> list[Relation]:
    """Return what can be said of totals and parts among the codes that data have in a dimension.

    Args:
        column: The dimension.
        present: The codes that occur.
        knowledge: What is known of codes.

    Returns:
        Relations whose total and at least one part occur; each combination once. Their parts are those that occur.
    """
    there = set(present)
    ordered = column.codes or tuple(sorted(there))
    unknown = tuple(code for code in ordered if code in knowledge.unknown and code in there)
    below = dict(children(ordered, column.parents))
    found: list[tuple[str, tuple[str, ...]]] = []
    for whole, parts in _said(column, ordered, there, knowledge):
        with_unknown = complete(whole, tuple(_occurring(parts, there, below)), unknown)
        occurring = tuple(code for code in with_unknown if code != whole)
        if whole in there and any(code not in knowledge.unknown for code in occurring):
            found.append((whole, occurring))
    return [Relation(*one) for one in widest(found)]


def _occurring(parts: Collection[str], there: Collection[str], below: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """Yield the parts that occur; where one does not, what occurs below it stands for it."""
    for code in parts:
        if code in there:
            yield code
        else:
            yield from _occurring(below.get(code, ()), there, below)


def complete(whole: str, parts: tuple[str, ...], unknown: Sequence[str]) -> tuple[str, ...]:
    """Return the parts of a code: those of whom nothing is known are in the total, and in none of its other parts."""
    return (*parts, *(code for code in unknown if whole == TOTAL and code not in parts))


def widest(known: Iterable[tuple[str, tuple[str, ...]]]) -> list[tuple[str, tuple[str, ...]]]:
    """Return codes with their parts, each once, without what another one says with further parts.

    What does not occur in a slice adds nothing to its sum.
    """
    once = list(dict.fromkeys(known))
    return [
        (whole, parts)
        for whole, parts in once
        if not any(whole == other and set(parts) < set(more) for other, more in once)
    ]


def _said(
    column: Column, ordered: Collection[str], there: Collection[str], knowledge: Knowledge
) -> Iterator[tuple[str, tuple[str, ...]]]:
    if bands := bands_of(there, knowledge.ages):
        yield from _by_age(bands, there)
        return
    yield from listed(column, ordered, knowledge)
    if TOTAL in ordered and column.codelist in knowledge.overlapping:
        # Countries do not overlap, whatever groups of them there are beside.
        countries = leaves(
            [grouping for area in sorted(knowledge.areas) for grouping in knowledge.hierarchies.get(area, ())]
        )
        yield TOTAL, tuple(code for code in ordered if code in countries)


def listed(column: Column, ordered: Collection[str], knowledge: Knowledge) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield codes with their parts, as the list of a dimension, hierarchies and declarations say it.

    Args:
        column: The dimension.
        ordered: Its codes.
        knowledge: What is known of codes.
    """
    codelist = column.codelist or ""
    groupings = knowledge.hierarchies.get(codelist, ())
    for parents in (column.parents, *groupings):
        yield from children(ordered, parents)
    if TOTAL in ordered and codelist not in knowledge.overlapping:
        yield TOTAL, top(ordered, column.parents, groupings, knowledge)
    yield from ((one.whole, one.parts) for one in knowledge.parts if one.codelist == codelist)


def children(ordered: Collection[str], parents: Mapping[str, str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each code that has others below it, with those directly below."""
    below: dict[str, list[str]] = {}
    for code in ordered:
        if parents.get(code):
            below.setdefault(parents[code], []).append(code)
    for whole, parts in below.items():
        yield whole, tuple(parts)


def top(
    ordered: Collection[str],
    parents: Mapping[str, str],
    groupings: Collection[Mapping[str, str]],
    knowledge: Knowledge,
) -> tuple[str, ...]:
    """Return the codes at the top of a list that make up its total: not those that only group others of them."""
    above = {parent for grouping in groupings for code, parent in grouping.items() if parents.get(code, "") != parent}
    return tuple(
        code for code in ordered if not parents.get(code) and code not in knowledge.no_parts and code not in above
    )


def leaves(groupings: Collection[Mapping[str, str]]) -> frozenset[str]:
    """Return the codes that are in groups and group nothing themselves."""
    grouped = {code for grouping in groupings for code in grouping}
    return frozenset(grouped - {parent for grouping in groupings for parent in grouping.values()})


def _by_age(
    bands: Mapping[str, tuple[int, int | None]], there: Collection[str]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    wholes = {**({TOTAL: (0, None)} if TOTAL in there else {}), **bands}
    for whole, span in wholes.items():
        others = {code: band for code, band in bands.items() if code != whole}
        exact = list(tilings(span, others))
        yield from ((whole, parts) for parts in exact)
        if not exact and (parts := chain(span, others)):
            yield whole, parts
