"""Strategies for hypothesis: data structures, constraints, hierarchies and maps that SDMX-ML can say without loss."""

from dataclasses import replace
from functools import cache
from itertools import count
from typing import Any

from hypothesis import strategies as st
from tests.examples.strategies import (
    EMPTY,
    IDS,
    NAME_IDS,
    NUMBERS,
    PERIODS,
    TEXTS,
    TIMES,
    URIS,
    Draw,
    Fields,
    annotations,
    heads,
    identity,
    lists_of,
    references,
    representations,
    several,
    texts,
)

from icstip.artefacts.base import Maintainable, Representation, TextFormat
from icstip.artefacts.constraints import (
    ACTUAL,
    ALLOWED,
    DataConstraint,
    KeySet,
    Period,
    Region,
    Selection,
    TimeRange,
    Value,
)
from icstip.artefacts.data_structure import (
    Attribute,
    Categorisation,
    Dataflow,
    DataStructure,
    Dimension,
    Group,
    Level,
    Measure,
    ProvisionAgreement,
    Relationship,
)
from icstip.artefacts.hierarchies import HierarchicalCode, Hierarchy
from icstip.artefacts.hierarchies import Level as HierarchyLevel
from icstip.artefacts.maps import (
    ComponentMap,
    FixedValueMap,
    MappedValue,
    RepresentationMap,
    StructureMap,
    ValueMapping,
)

VALIDITY = st.tuples(st.none() | PERIODS, st.none() | PERIODS)


def _component(
    version: str, representation: st.SearchStrategy[Any], *, roles: bool = True
) -> st.SearchStrategy[Fields]:
    concept = references(version, "Concept", NAME_IDS)
    fields = {
        **identity(version),
        "concept": concept,
        "roles": several(concept, most=2) if roles else EMPTY,
        "representation": representation,
    }
    return st.fixed_dictionaries(fields)


@st.composite
def data_structures(draw: Draw, version: str) -> DataStructure:
    """Return data structures."""
    head = draw(heads(version, IDS))
    if draw(st.booleans()):
        return DataStructure(**head)
    ids = draw(st.lists(NAME_IDS.map(lambda text: f"D_{text}"), unique=True, min_size=1, max_size=3))
    coded = st.none() | representations(version)
    dimensions = [Dimension(id=name, **draw(_component(version, coded))) for name in ids]
    if draw(st.booleans()):
        time = st.fixed_dictionaries({}, optional={"startTime": PERIODS, "endTime": PERIODS})
        form = st.builds(TextFormat, st.sampled_from(["ObservationalTimePeriod", "GregorianYear"]), time)
        fields = draw(_component(version, st.builds(Representation, st.none(), form), roles=False))
        dimensions.append(Dimension(id="TIME_PERIOD", kind="TimeDimension", **fields))
    groups = draw(_groups(version, ids))
    measures = draw(_measures(version))
    related = _relationships(version, ids, [group.id for group in groups], [measure.id for measure in measures])
    return DataStructure(
        **head,
        dimensions=tuple(dimensions),
        groups=groups,
        measures=measures,
        attributes=draw(_attributes(version, related)),
        metadata=None if version == "2.1" else draw(st.none() | references(version, "MetadataStructure")),
        metadata_attributes=() if version == "2.1" else draw(several(st.tuples(NAME_IDS, _plain(related)), most=2)),
        evolving=version == "3.1" and draw(st.booleans()),
    )


@cache
def _values(version: str) -> st.SearchStrategy[Any]:
    later = version != "2.1"
    return st.none() | representations(version, lists=lists_of(version), multilingual=later, counted=later)


def _groups(version: str, ids: list[str]) -> st.SearchStrategy[tuple[Group, ...]]:
    chosen = st.lists(st.sampled_from(ids), unique=True, min_size=1).map(tuple)
    group = st.builds(Group, id=IDS, uri=URIS, annotations=annotations(version), dimensions=chosen)
    if version == "2.1":
        constraint = references(version, "AttachmentConstraint")
        group |= st.builds(Group, id=IDS, annotations=annotations(version), attachment_constraint=constraint)
    return st.lists(group, max_size=2, unique_by=lambda one: one.id).map(tuple)


@st.composite
def _measures(draw: Draw, version: str) -> tuple[Measure, ...]:
    fields = _component(version, _values(version), roles=version != "2.1")
    if version == "2.1":
        return (Measure(id="OBS_VALUE", **draw(fields)),)
    ids = draw(st.lists(NAME_IDS.map(lambda text: f"M_{text}"), unique=True, max_size=2))
    return tuple(Measure(id=name, mandatory=draw(st.booleans()), **draw(fields)) for name in ids)


def _relationships(
    version: str, ids: list[str], groups: list[str], measures: list[str]
) -> st.SearchStrategy[Relationship]:
    about = several(st.sampled_from(measures), most=2) if measures and version != "2.1" else EMPTY
    attached = several(st.sampled_from(groups), most=2) if groups and version == "2.1" else EMPTY
    simple = st.sampled_from([Level.DATASET, Level.OBSERVATION])
    dimensions = st.lists(st.sampled_from(ids), unique=True, min_size=1).map(tuple)
    kinds = [
        st.builds(Relationship, simple, measures=about),
        st.builds(
            Relationship,
            st.just(Level.DIMENSIONS),
            dimensions=dimensions,
            attachment_groups=attached,
            measures=about,
        ),
    ]
    if groups:
        kinds.append(st.builds(Relationship, st.just(Level.GROUP), group=st.sampled_from(groups), measures=about))
    return st.one_of(*kinds)


def _plain(related: st.SearchStrategy[Relationship]) -> st.SearchStrategy[Relationship]:
    """Return relationships without measures, as metadata attributes have them."""
    return related.map(lambda relationship: replace(relationship, measures=()))


@st.composite
def _attributes(draw: Draw, version: str, related: st.SearchStrategy[Relationship]) -> tuple[Attribute, ...]:
    ids = draw(st.lists(NAME_IDS.map(lambda text: f"A_{text}"), unique=True, max_size=2))
    fields = _component(version, _values(version))
    return tuple(
        Attribute(id=name, mandatory=draw(st.booleans()), relationship=draw(related), **draw(fields)) for name in ids
    )


def _of(
    cls: type[Maintainable], head: st.SearchStrategy[Fields], **fields: st.SearchStrategy[Any]
) -> st.SearchStrategy[Maintainable]:
    return st.builds(lambda one, own: cls(**one, **own), head, st.fixed_dictionaries(fields))


@cache
def flows(version: str) -> st.SearchStrategy[Maintainable]:
    """Return dataflows, provision agreements and categorisations."""
    head = heads(version, IDS)
    fixed = head.map(lambda fields: {**fields, "version": "1.0", "final": None})
    few = st.lists(NAME_IDS, unique=True, max_size=3).map(tuple) if version == "3.1" else EMPTY
    return st.one_of(
        _of(Dataflow, head, structure=st.none() | references(version, "DataStructure"), dimensions=few),
        _of(
            ProvisionAgreement,
            head,
            dataflow=references(version, "Dataflow"),
            provider=references(version, "DataProvider", IDS).map(lambda target: replace(target, version="1.0")),
        ),
        _of(
            Categorisation,
            fixed if version == "3.1" else head,
            source=references(version, "Codelist") | references(version, "Dataflow"),
            target=references(version, "Category", st.sampled_from(["A", "A.B.A"])),
        ),
    )


@cache
def _time_ranges(version: str) -> st.SearchStrategy[TimeRange]:
    period = st.builds(Period, PERIODS, st.booleans())
    ranges = st.one_of(
        st.builds(TimeRange, before=period),
        st.builds(TimeRange, after=period),
        st.builds(TimeRange, start=period, end=period),
    )
    if version == "2.1":
        return ranges
    return st.builds(lambda one, valid: replace(one, valid_from=valid[0], valid_to=valid[1]), ranges, VALIDITY)


@st.composite
def _selection(draw: Draw, version: str, name: str, *, is_key: bool, in_key: bool) -> Selection:
    old = version == "2.1"
    cascades = ["false"] if is_key and in_key else ["false", "true"] if old else ["false", "true", "excluderoot"]
    value = st.builds(
        Value,
        TEXTS,
        st.sampled_from(cascades),
        st.none() if old or is_key else st.sampled_from([None, "fr"]),
        *([st.none()] * 2 if old or in_key else [st.none() | PERIODS] * 2),
    )
    span = None if is_key and in_key else draw(st.none() | _time_ranges(version))
    most = 1 if is_key and in_key and version != "3.1" else 3
    valid_from, valid_to = draw(VALIDITY) if is_key and not in_key and not old else (None, None)
    return Selection(
        id=name,
        is_key=is_key,
        include=True if is_key and in_key else draw(st.booleans()),
        time_range=span,
        values=() if span else draw(several(value, 1 if is_key else 0, most)),
        remove_prefix=None if old else draw(st.none() | st.booleans()),
        valid_from=valid_from,
        valid_to=valid_to,
    )


@st.composite
def _region(draw: Draw, version: str, *, include: bool = True, in_key: bool) -> Region:
    keys = draw(st.lists(NAME_IDS, unique=True, min_size=int(in_key), max_size=2))
    others = [] if version == "2.1" and in_key else draw(st.lists(NAME_IDS, unique=True, max_size=2))
    valid_from, valid_to = draw(VALIDITY) if in_key and version != "2.1" else (None, None)
    return Region(
        include=include,
        selections=(
            *(draw(_selection(version, name, is_key=True, in_key=in_key)) for name in keys),
            *(draw(_selection(version, name, is_key=False, in_key=in_key)) for name in others),
        ),
        annotations=() if version == "2.1" else draw(annotations(version)),
        valid_from=valid_from,
        valid_to=valid_to,
    )


@st.composite
def constraints(draw: Draw, version: str) -> DataConstraint:
    """Return constraints; those of SDMX-ML 3.1 are on what is allowed."""
    kind = draw(st.sampled_from(["DataStructure", "Dataflow", "ProvisionAgreement"]))
    includes = draw(st.lists(st.booleans(), unique=True))
    sets = several(st.builds(KeySet, several(_region(version, in_key=True), 1, 2), st.booleans()), most=2)
    later = version == "3.1"
    return DataConstraint(
        **draw(heads(version, IDS)),
        role=ALLOWED if later else draw(st.sampled_from([ALLOWED, ACTUAL])),
        attachment=draw(several(references(version, kind), 1, 2)),
        data_sources=() if later else draw(several(URIS.filter(bool), most=2)),
        regions=tuple(draw(_region(version, include=include, in_key=False)) for include in includes),
        key_sets=draw(sets),
        release_calendar=None if later else draw(st.none() | st.tuples(TEXTS, TEXTS, TEXTS)),
    )


@st.composite
def hierarchies(draw: Draw, version: str) -> Hierarchy:
    """Return hierarchies, whose codes have distinct ids."""
    facets = st.fixed_dictionaries({}, optional={"minLength": NUMBERS, "maxLength": NUMBERS, "pattern": TEXTS})
    form = st.none() | st.builds(TextFormat, st.sampled_from([None, "Alpha"]), facets)
    fields = st.fixed_dictionaries({**identity(version), "name": texts(1), "description": texts(), "format": form})
    ids = draw(st.lists(IDS, unique=True, max_size=2))
    levels = tuple(HierarchyLevel(id=name, **draw(fields)) for name in ids)
    numbers = count()
    codes = draw(several(_code(version, ["", *ids], numbers, depth=2), 1, 2))
    return Hierarchy(**draw(heads(version, IDS)), codes=codes, levels=levels, formal_levels=draw(st.booleans()))


@st.composite
def _code(draw: Draw, version: str, levels: list[str], numbers: "count[int]", depth: int) -> HierarchicalCode:
    name = f"{draw(IDS)}{next(numbers)}@"
    below = _code(version, levels, numbers, depth - 1) if depth else None
    return HierarchicalCode(
        id=name,
        **draw(st.fixed_dictionaries(identity(version))),
        code=draw(references(version, "Code", IDS)),
        level=draw(st.sampled_from(levels)),
        children=() if below is None else draw(several(below, most=2)),
        valid_from=draw(TIMES),
        valid_to=draw(TIMES),
    )


@cache
def maps(version: str) -> st.SearchStrategy[Maintainable]:
    """Return structure maps and representation maps of SDMX-ML 3.x."""
    head, notes, dates = heads(version, IDS), annotations(version), st.sampled_from([None, "2020-01-01"])
    place = st.none() | st.integers(0, 9)
    end = st.one_of(st.just("String"), references(version, "Codelist"), references(version, "ValueList"))
    mapping = st.builds(
        ValueMapping,
        sources=several(st.builds(MappedValue, TEXTS, st.booleans(), place, place), 1),
        targets=several(TEXTS),
        valid_from=dates,
        valid_to=dates,
        annotations=notes,
    )
    component_map = st.builds(
        ComponentMap,
        sources=several(NAME_IDS, 1),
        targets=several(NAME_IDS, 1),
        representation_map=st.none() | references(version, "RepresentationMap"),
        annotations=notes,
    )
    fixed = st.builds(
        FixedValueMap, component=NAME_IDS, values=several(TEXTS), is_source=st.booleans(), annotations=notes
    )
    return st.one_of(
        _of(RepresentationMap, head, sources=several(end, 1), targets=several(end, 1), mappings=several(mapping)),
        _of(
            StructureMap,
            head,
            source=references(version, "Dataflow"),
            target=references(version, "DataStructure"),
            component_maps=several(component_map),
            fixed_values=several(fixed),
        ),
    )
