"""Artefacts become objects and artefacts again."""

from hypothesis import given, settings
from hypothesis import strategies as st

from icstip.artefacts.base import Annotation, Maintainable, Reference, Representation, TextFormat
from icstip.artefacts.collection import Artefacts
from icstip.artefacts.constraints import DataConstraint, Period, Region, Selection, TimeRange, Value
from icstip.artefacts.data_structure import (
    Attribute,
    Dataflow,
    DataStructure,
    Dimension,
    Group,
    Level,
    Measure,
    Relationship,
)
from icstip.artefacts.items import Codelist, ConceptScheme, Item, ItemScheme
from icstip.artefacts.notices import Notices
from icstip.structures.sdmx_objects.from_objects import from_sdmx1
from icstip.structures.sdmx_objects.to_objects import to_sdmx1


def test_everything_that_sdmx1_can_hold_comes_back_and_nothing_is_told(everything: Artefacts) -> None:
    notices = Notices("sdmx1", "sdmx1")
    assert from_sdmx1(to_sdmx1(everything, notices=notices), notices) == everything
    assert notices.findings == ()


def test_the_artefacts_come_back_in_their_order(everything: Artefacts) -> None:
    backwards = Artefacts.of(reversed(everything.artefacts))
    assert [a.reference for a in from_sdmx1(to_sdmx1(backwards))] == [a.reference for a in backwards]


_id = st.from_regex(r"[A-Z][A-Z0-9_]{0,3}", fullmatch=True)
_code_id = st.from_regex(r"[A-Z0-9_@$\-]{1,3}", fullmatch=True)
_language = st.sampled_from(["en", "fr", "es", "ar", ""])
_label = st.text(min_size=1, max_size=5)
_maybe = st.none() | _label
_version = st.sampled_from(["1.0", "2.13", "1.0.0", "1.2.0-draft", "0.0.1-a.b"])
_truth = st.booleans()


def _tuples(strategy: st.SearchStrategy[str], most: int = 3) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(strategy, max_size=most, unique=True).map(tuple)


_texts = st.dictionaries(_language, _label, max_size=3)
_annotation = st.builds(
    Annotation,
    id=_maybe,
    type=_maybe,
    title=_maybe,
    urls=st.just({}) | _label.map(lambda url: {"": url}),
    text=_texts,
    value=_maybe,
)
_notes = st.lists(_annotation, max_size=2).map(tuple)
_facets = st.dictionaries(
    st.sampled_from(["minLength", "maxValue", "startTime", "timeInterval", "isSequence", "pattern", "decimals"]),
    st.sampled_from(["1", "1.50", "0.1", "-3", "1e3", "true", "false", "P1D", "PT1.5S", "2024", "2024-01-01T00:00:00"])
    | _label,
    max_size=3,
)
_format = st.builds(TextFormat, st.sampled_from([None, "String", "Decimal", "URI", "TimeRange", "XHTML"]), _facets)


def _reference(kind: str, *, item: bool = False) -> st.SearchStrategy[Reference]:
    identity = st.sampled_from(["A", "B"])
    return st.builds(Reference, st.just(kind), identity, identity, _version, _id if item else st.just(""))


_representation = st.builds(
    Representation, st.none() | _reference("Codelist") | _reference("ValueList") | _reference("ConceptScheme"), _format
) | st.builds(Representation, _reference("Codelist"))
_concept = _reference("Concept", item=True)
_component = {
    "id": _id,
    "annotations": _notes,
    "uri": _maybe,
    "concept": _concept,
    "representation": st.none() | _representation,
    "roles": st.lists(_concept, max_size=1).map(tuple),
}


@st.composite
def _maintainable(draw: st.DrawFn) -> dict[str, object]:
    version = draw(_version)
    return {
        "id": draw(st.sampled_from(["A", "B", "C"])),
        "agency": draw(st.sampled_from(["A", "B"])),
        "version": version,
        "final": draw(st.sampled_from([None, True, False])) if version.count(".") == 1 else None,
        "name": draw(_texts),
        "description": draw(_texts),
        "annotations": draw(_notes),
        "uri": draw(_maybe),
        "valid_from": draw(_maybe),
        "structure_url": draw(_maybe),
    }


@st.composite
def _schemes(draw: st.DrawFn, cls: type[ItemScheme]) -> ItemScheme:
    identities = draw(_tuples(_code_id, 5))
    items = tuple(
        Item(
            id=identity,
            parent=draw(st.sampled_from(["", *identities[:number], "ELSEWHERE"])),
            name=draw(_texts),
            description=draw(_texts),
            annotations=draw(_notes),
            uri=draw(_maybe),
            representation=draw(st.none() | _representation) if cls is ConceptScheme else None,
        )
        for number, identity in enumerate(identities)
    )
    return cls(**draw(_maintainable()), items=items, partial=draw(_truth))  # type: ignore[arg-type]


@st.composite
def _structures(draw: st.DrawFn) -> DataStructure:
    groups = tuple(Group(id=name, dimensions=draw(_tuples(_id))) for name in draw(_tuples(_id)))
    relationship = st.one_of(
        st.builds(Relationship, st.sampled_from([Level.OBSERVATION, Level.DATASET])),
        st.builds(Relationship, st.just(Level.GROUP), group=_id),
        st.builds(Relationship, st.just(Level.DIMENSIONS), _tuples(_id), attachment_groups=_tuples(_id, 1)),
    )
    dimension = st.builds(Dimension, **_component, kind=st.sampled_from(["Dimension", "MeasureDimension"]))
    attribute = st.builds(Attribute, **_component, relationship=relationship, mandatory=_truth)
    return DataStructure(
        **draw(_maintainable()),  # type: ignore[arg-type]
        dimensions=draw(st.lists(dimension, max_size=3).map(tuple)),
        groups=groups,
        attributes=draw(st.lists(attribute, max_size=3).map(tuple)),
        measures=draw(st.lists(st.builds(Measure, **_component), max_size=2).map(tuple)),
    )


_value = st.builds(Value, _label, st.sampled_from(["false", "true", "excluderoot"]), valid_to=_maybe)
_period = st.builds(
    Period, st.sampled_from(["2010", "2010-01-01", "2010-01-01T00:00:00", "2010-Q1", "2010-01-01T12:00:00Z"]), _truth
)
_range = st.builds(TimeRange, before=_period, valid_to=_maybe) | st.builds(TimeRange, start=_period, end=_period)
_selection = st.builds(
    Selection,
    id=_id,
    is_key=_truth,
    include=_truth,
    values=st.lists(_value, max_size=3).map(tuple),
    time_range=st.none() | _range,
    remove_prefix=st.sampled_from([None, True]),
)
_region = st.builds(
    Region,
    selections=st.lists(_selection, max_size=3, unique_by=lambda selection: (selection.id, selection.is_key)).map(
        tuple
    ),
    include=_truth,
)


@st.composite
def _constraints(draw: st.DrawFn) -> DataConstraint:
    kind = draw(st.sampled_from(["Dataflow", "DataStructure", "ProvisionAgreement"]))
    attached = draw(st.lists(_reference(kind), max_size=3, unique=True))
    return DataConstraint(
        **draw(_maintainable()),  # type: ignore[arg-type]
        role=draw(st.sampled_from(["Allowed", "Actual"])),
        attachment=tuple(sorted(attached, key=str)),
        regions=draw(st.lists(_region, max_size=2).map(tuple)),
    )


_any = st.one_of(
    _schemes(Codelist),
    _schemes(ConceptScheme),
    _structures(),
    st.builds(lambda fields, to: Dataflow(**fields, structure=to), _maintainable(), _reference("DataStructure")),
    _constraints(),
)


@settings(deadline=None)
@given(st.lists(_any, max_size=4, unique_by=lambda artefact: artefact.reference))
def test_any_artefacts_come_back(artefacts: list[Maintainable]) -> None:
    kept = Artefacts.of(artefacts)
    notices = Notices("sdmx1", "sdmx1")
    assert from_sdmx1(to_sdmx1(kept, notices=notices), notices) == kept
    assert notices.findings == ()
