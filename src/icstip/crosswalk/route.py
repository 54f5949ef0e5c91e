"""A crosswalk in one direction: what is joined with what, worked out once from its tables."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import polars as pl

from icstip.errors import StandardError
from icstip.schema import Schema
from icstip.standard.foreign import is_foreign
from icstip.standard.model import (
    TOTAL,
    AllowedValues,
    CodeGroup,
    Codelist,
    CodeMap,
    Component,
    ComponentLink,
    Crosswalk,
    Role,
    Standard,
    Structure,
)

HIT = "__hit"
"""The column of a table of pairs that tells what its sources became: one thing, or several."""

Pair = tuple[tuple[str, ...], tuple[str, ...]]


def source_column(position: int) -> str:
    """Return the column of a table of pairs with the codes of a source, whose position counts from 0."""
    return f"__source_{position}"


def target_column(component: str) -> str:
    """Return the column that holds what a component of the target becomes, beside those of the source."""
    return f"__target_{component}"


@dataclass(frozen=True)
class Step:
    """What becomes of some components.

    Attributes:
        sources: Ids of components of the source; none where the target has a fixed value.
        targets: Ids of components of the target; none where the source must have the fixed value.
        pairs: Codes of the sources, those of the targets, and whether there is one of them (`HIT`); None where values
            stay as they are.
        known: The codes of each source that stand in any pair.
        fixed: The fixed value.
        default: The value of the target where the sources say nothing.
        code_map: Id of the code map, for messages.
    """

    sources: tuple[str, ...]
    targets: tuple[str, ...]
    pairs: pl.DataFrame | None = None
    known: tuple[frozenset[str], ...] = ()
    fixed: str = ""
    default: str = ""
    code_map: str = ""


@dataclass(frozen=True)
class Route:
    """A crosswalk in one direction.

    Attributes:
        crosswalk: The crosswalk.
        source: The structure that data are of.
        target: The name of the structure that they become.
        schema: What data of the target look like.
        steps: What becomes of the components, in the order of the links.
        codelists: The lists of the source by the names that components have for them.
        above: The code above each code, by the id of the hierarchy that a group needs.
        reverse: Whether it is the way back.
    """

    crosswalk: Crosswalk
    source: Structure
    target: str
    schema: Schema
    steps: tuple[Step, ...]
    codelists: Mapping[str, Codelist]
    above: Mapping[str, Mapping[str, str]]
    reverse: bool

    @cached_property
    def components(self) -> Mapping[str, Component]:
        """The components of the source by their id."""
        return {component.id: component for component in self.source.components}

    @property
    def groups(self) -> tuple[CodeGroup, ...]:
        """The codes of the source that can be summed."""
        return () if self.reverse else self.crosswalk.groups

    @property
    def allowed(self) -> tuple[AllowedValues, ...]:
        """What the receiver allows."""
        return () if self.reverse else self.crosswalk.allowed

    @cached_property
    def used(self) -> frozenset[str]:
        """The components of the source that become something."""
        return frozenset(name for step in self.steps for name in step.sources)


def plan(crosswalk: Crosswalk, standard: Standard, schema: Schema, *, reverse: bool = False) -> Route:
    """Return a crosswalk in one direction.

    Args:
        crosswalk: The crosswalk.
        standard: The standard that it belongs to.
        schema: What data of the target look like: of the source of the crosswalk, on the way back.
        reverse: Whether it is the way back.

    Raises:
        StandardError: Nothing says what the structure of the data looks like.
    """
    names = (crosswalk.source, crosswalk.target)
    source, target = reversed(names) if reverse else names
    steps = tuple(_back(crosswalk) if reverse else _forth(crosswalk))
    reached = {name for step in steps for name in step.targets}
    # What became nothing on the way there was a total: nothing else is carried.
    totals = (
        Step((), (component.id,), fixed=TOTAL)
        for component in structure_of(target, crosswalk, standard).dimensions
        if reverse and component.total and component.id not in reached
    )
    hierarchies = {group.hierarchy for group in crosswalk.groups}
    return Route(
        crosswalk=crosswalk,
        source=structure_of(source, crosswalk, standard),
        target=target,
        schema=schema,
        steps=(*steps, *totals),
        codelists={**standard.codelists, **crosswalk.codelists},
        above={name: _above(standard, name) for name in hierarchies if name in standard.hierarchies},
        reverse=reverse,
    )


def structure_of(name: str, crosswalk: Crosswalk, standard: Standard) -> Structure:
    """Return a structure of the standard, or one of others that the tables of a crosswalk describe.

    Raises:
        StandardError: They do not.
    """
    found = crosswalk.structures.get(name) if is_foreign(name) else standard.structures.get(name)
    if found is None:
        raise StandardError("crosswalk-structure", where=crosswalk.id, value=name)
    return found


def _forth(crosswalk: Crosswalk) -> Iterator[Step]:
    for link in crosswalk.links:
        code_map = crosswalk.code_maps.get(link.code_map)
        pairs = () if code_map is None else tuple(pair for pair in code_map.mappings if pair[1])
        yield _step(link, link.sources, link.targets, None if code_map is None else {one: [two] for one, two in pairs})


def _back(crosswalk: Crosswalk) -> Iterator[Step]:
    for link in crosswalk.links:
        if link.fixed:
            yield from (Step((target,), (), fixed=link.fixed) for target in link.targets)
            continue
        code_map = crosswalk.code_maps.get(link.code_map)
        yield _step(link, link.targets, link.sources, None if code_map is None else _reversed(code_map))


def _reversed(code_map: CodeMap) -> Mapping[tuple[str, ...], list[tuple[str, ...]]]:
    """Return what each combination of targets can come from; only what the table prefers where it says so."""
    found: defaultdict[tuple[str, ...], list[tuple[str, ...]]] = defaultdict(list)
    for sources, targets in code_map.mappings:
        if targets:
            found[targets].append(sources)
    return {
        targets: [one for one in sources if one in code_map.preferred] or sources for targets, sources in found.items()
    }


def _step(
    link: ComponentLink,
    sources: tuple[str, ...],
    targets: tuple[str, ...],
    mapped: Mapping[tuple[str, ...], list[tuple[str, ...]]] | None,
) -> Step:
    # What the target has where nothing is said is no default of the source.
    default = link.default if targets == link.targets else ""
    if mapped is None:
        return Step(sources, targets, fixed=link.fixed, default=default)
    columns: dict[str, list[str | bool | None]] = {source_column(n): [] for n in range(len(sources))}
    columns |= {target_column(target): [] for target in targets}
    for codes, others in mapped.items():
        for n, code in enumerate(codes):
            columns[source_column(n)].append(code)
        for target, other in zip(targets, others[0], strict=True):
            columns[target_column(target)].append((other or None) if len(others) == 1 else None)
    hits = pl.Series(HIT, [len(others) == 1 for others in mapped.values()], pl.Boolean)
    pairs = pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String)).with_columns(hits)
    known = tuple(frozenset(codes[n] for codes in mapped) for n in range(len(sources)))
    return Step(sources, targets, pairs, known, default=default, code_map=link.code_map)


def _above(standard: Standard, hierarchy: str) -> Mapping[str, str]:
    """Return the code above each code of a hierarchy."""
    places = {place.id: place for place in standard.hierarchies[hierarchy].codes}
    return {place.code: places[place.parent].code for place in places.values() if place.parent in places}


def is_dimension(component: Component) -> bool:
    """Return whether a component is part of the key."""
    return component.role in {Role.DIMENSION, Role.TIME_DIMENSION}
