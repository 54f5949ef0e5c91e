"""Strategies for hypothesis: artefacts that SDMX-ML can say without loss, with texts that are hard to write.

A version is ``2.1``, ``3.0`` or ``3.1``. References are to what is not in a message.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from hypothesis import strategies as st
from tests.examples.texts import HARD

from icstip.artefacts.base import Annotation, Link, Maintainable, Reference, Representation, TextFormat, Texts
from icstip.artefacts.collection import Artefacts
from icstip.artefacts.items import (
    AgencyScheme,
    CategoryScheme,
    Codelist,
    ConceptScheme,
    Contact,
    DataConsumerScheme,
    DataProviderScheme,
    Extension,
    Item,
    ItemScheme,
    MetadataProviderScheme,
    OrganisationUnitScheme,
    ValueList,
)

Draw = Callable[[st.SearchStrategy[Any]], Any]
Fields = dict[str, Any]

NOT_XML = [chr(code) for code in range(32) if chr(code) not in "\t\n\r"] + ["\ufffe", "\uffff"]
CHARACTERS = st.one_of(st.characters(codec="utf-8", exclude_characters=NOT_XML), st.sampled_from("&<>'\" \t\n\rا"))
TEXTS = st.one_of(st.text(CHARACTERS, max_size=6), st.sampled_from(list(HARD.values())))
IDS = st.text("Ab01_-@$", min_size=1, max_size=3)
NAME_IDS = st.builds("{}{}".format, st.sampled_from("AbZ"), st.text("Cd0_-", max_size=2))
AGENCIES = st.sampled_from(["A", "A.B", "SDMX"])
URIS = st.sampled_from([None, "https://example.org/?a=1&b='2'"])
TIMES = st.sampled_from([None, "2020-01-01T00:00:00", "2020-01-01T00:00:00Z"])
PERIODS = st.sampled_from(["2020", "2020-02", "2020-02-01", "2020-Q1"])
NUMBERS = st.integers(1, 99).map(str)
DECIMALS = st.sampled_from(["0", "-1", "1.50", "+.5"])
SEMANTIC = st.sampled_from(["1.0.0", "0.2.10"])
NO_ITEM = st.just("")
EMPTY: st.SearchStrategy[tuple[Any, ...]] = st.just(())


def several(strategy: st.SearchStrategy[Any], least: int = 0, most: int = 3) -> st.SearchStrategy[tuple[Any, ...]]:
    """Return tuples of values."""
    return st.lists(strategy, min_size=least, max_size=most).map(tuple)


@cache
def texts(least: int = 0) -> st.SearchStrategy[Texts]:
    """Return texts in some languages."""
    return st.dictionaries(st.sampled_from(["en", "fr", "ar", "pt-BR"]), TEXTS, min_size=least, max_size=3)


@cache
def annotations(version: str) -> st.SearchStrategy[tuple[Annotation, ...]]:
    """Return annotations."""
    languages = [""] if version == "2.1" else ["", "en", "fr"]
    return several(
        st.builds(
            Annotation,
            id=st.none() | TEXTS,
            type=st.none() | TEXTS,
            title=st.none() | TEXTS,
            urls=st.dictionaries(st.sampled_from(languages), TEXTS, max_size=2),
            text=texts(),
            value=st.none() if version == "2.1" else st.none() | TEXTS,
        ),
        most=2,
    )


@cache
def links(version: str) -> st.SearchStrategy[tuple[Link, ...]]:
    """Return links, which SDMX-ML 2.1 does not have."""
    if version == "2.1":
        return EMPTY
    return several(st.builds(Link, rel=TEXTS, url=TEXTS, urn=st.none() | TEXTS, type=st.none() | TEXTS), most=2)


@cache
def identity(version: str) -> dict[str, st.SearchStrategy[Any]]:
    """Return strategies for the fields of something with an id, but the id."""
    return {"uri": URIS, "annotations": annotations(version), "links": links(version)}


@cache
def references(version: str, kind: str, item: st.SearchStrategy[str] = NO_ITEM) -> st.SearchStrategy[Reference]:
    """Return references to artefacts, or to items of them, with ids that no artefact in a message has."""
    versions = st.sampled_from(["1.0", "1.0.0"] if version == "2.1" else ["1.0", "1.0.0-draft", "1.0+.0", "2.0.0"])
    return st.builds(Reference, st.just(kind), AGENCIES, IDS.map(lambda text: f"R_{text}"), versions, item)


@cache
def heads(version: str, ids: st.SearchStrategy[str] = NAME_IDS) -> st.SearchStrategy[Fields]:
    """Return the fields of a maintainable artefact."""
    drafts = SEMANTIC.map(lambda text: f"{text}-draft")
    versions = [st.tuples(st.sampled_from(["1.0", "2", "10.11"]) | SEMANTIC | drafts, st.none())]
    if version == "2.1":
        versions.append(st.tuples(st.sampled_from(["1.0", "2"]), st.booleans()))
    fields = {
        **identity(version),
        "id": ids,
        "agency": AGENCIES,
        "name": texts(1),
        "description": texts(),
        "external": st.booleans(),
        "valid_from": TIMES,
        "valid_to": TIMES,
        "service_url": URIS,
        "structure_url": URIS,
        "partial_language": st.booleans() if version == "3.1" else st.just(value=False),
    }
    return st.builds(
        lambda one, number: {**one, "version": number[0], "final": number[1]},
        st.fixed_dictionaries(fields),
        st.one_of(*versions),
    )


def organisation_heads(version: str, only_id: str | None) -> st.SearchStrategy[Fields]:
    """Return the fields of an organisation scheme, which has one version and perhaps one id."""
    fixed = {"version": "1.0", "final": None, **({"id": only_id} if only_id else {})}
    return heads(version, IDS).map(lambda fields: {**fields, **fixed})


def items(
    version: str, ids: st.SearchStrategy[str], more: Mapping[str, Any] | None = None
) -> st.SearchStrategy[tuple[Item, ...]]:
    """Return items with distinct ids, perhaps with further fields."""
    item = st.builds(Item, id=ids, **identity(version), name=texts(1), description=texts(), **(more or {}))
    return st.lists(item, max_size=3, unique_by=lambda one: one.id).map(tuple)


@st.composite
def with_parents(draw: Draw, scheme: st.SearchStrategy[tuple[Item, ...]]) -> tuple[Item, ...]:
    """Return items below others."""
    found = draw(scheme)
    ids = ["", *(item.id for item in found)]
    return tuple(replace(item, parent=draw(st.sampled_from(ids))) for item in found)


@st.composite
def nested(draw: Draw, scheme: st.SearchStrategy[tuple[Item, ...]]) -> tuple[Item, ...]:
    """Return categories, each followed by those below it."""
    path: list[Item] = []
    placed = []
    for item in draw(scheme):
        del path[draw(st.integers(0, len(path))) :]
        path.append(replace(item, parent=path[-1].path if path else ""))
        placed.append(path[-1])
    return tuple(placed)


def _facets(numbers: st.SearchStrategy[str], more: Mapping[str, Any]) -> st.SearchStrategy[Mapping[str, str]]:
    optional = {
        "isSequence": st.sampled_from(["true", "false"]),
        **dict.fromkeys(("interval", "startValue", "endValue", "minValue", "maxValue"), numbers),
        "timeInterval": st.just("P1Y"),
        **dict.fromkeys(("startTime", "endTime"), PERIODS),
        **dict.fromkeys(("minLength", "maxLength"), NUMBERS),
        "pattern": TEXTS,
        **more,
    }
    return st.fixed_dictionaries({}, optional=optional)


@cache
def formats(version: str, *, multilingual: bool) -> st.SearchStrategy[TextFormat]:
    """Return forms of values that are not enumerated."""
    types = st.sampled_from([None, "String", "Decimal", "Integer", "Boolean", "ObservationalTimePeriod"])
    more = {"decimals": NUMBERS, **({"isMultiLingual": st.just("true")} if multilingual else {})}
    sentinel = st.tuples(TEXTS, texts(1), texts())
    return st.builds(
        TextFormat, types, _facets(DECIMALS, more), EMPTY if version == "2.1" else several(sentinel, most=2)
    )


@cache
def representations(
    version: str, *, lists: tuple[str, ...] = ("Codelist",), multilingual: bool = False, counted: bool = False
) -> st.SearchStrategy[Representation]:
    """Return representations that are enumerated, or are not.

    Args:
        version: Version of SDMX-ML.
        lists: Classes of what can enumerate values.
        multilingual: Whether texts can be in several languages.
        counted: Whether it can be said how many values there are.
    """
    number = st.sampled_from(["-1", "0", "7"])
    coded = st.builds(TextFormat, st.sampled_from([None, "String", "AlphaNumeric"]), _facets(number, {}))
    least = st.none() | st.integers(0, 3) if counted else st.none()
    most = st.sampled_from([None, "1", "unbounded"]) if counted else st.none()
    enumerations = st.one_of(*(references(version, kind) for kind in lists))
    return st.one_of(
        st.builds(Representation, enumerations, st.none() | coded, least, most),
        st.builds(Representation, st.none(), formats(version, multilingual=multilingual), least, most),
    )


def lists_of(version: str) -> tuple[str, ...]:
    """Return the classes of what can enumerate the values of concepts, attributes and measures."""
    return ("Codelist",) if version == "2.1" else ("Codelist", "ValueList")


@cache
def extensions(version: str) -> st.SearchStrategy[tuple[Extension, ...]]:
    """Return code lists that another one extends, which SDMX-ML 2.1 does not have."""
    if version == "2.1":
        return EMPTY
    member = st.tuples(st.sampled_from(["A", "%", "0_%"]), st.sampled_from(["true", "false", "excluderoot"]))
    chosen = st.tuples(st.booleans(), several(member, 1, 2)) | st.just((True, ()))
    return several(
        st.builds(
            lambda codes, prefix, selection: Extension(codes, prefix, *selection),
            references(version, "Codelist"),
            TEXTS,
            chosen,
        ),
        most=2,
    )


@st.composite
def _scheme(
    draw: Draw,
    cls: type[ItemScheme],
    head: st.SearchStrategy[Fields],
    scheme_items: st.SearchStrategy[tuple[Item, ...]],
) -> ItemScheme:
    return cls(**draw(head), items=draw(scheme_items), partial=draw(st.booleans()))


@cache
def organisation_schemes(version: str) -> st.SearchStrategy[ItemScheme]:
    """Return organisation schemes of all classes."""
    address = TEXTS.map(str.strip)
    channel = st.tuples(st.sampled_from(["Telephone", "Fax", "X400", "URI", "Email"]), address)
    contact = st.builds(
        Contact, id=st.none() | IDS, name=texts(), department=texts(), role=texts(), channels=several(channel)
    )
    more = {"contacts": several(contact, most=2)}
    schemes = [
        (AgencyScheme, "AGENCIES", items(version, NAME_IDS, more)),
        (DataProviderScheme, "DATA_PROVIDERS", items(version, IDS, more)),
        (DataConsumerScheme, "DATA_CONSUMERS", items(version, IDS, more)),
        (OrganisationUnitScheme, None, with_parents(items(version, IDS, more))),
    ]
    if version != "2.1":
        schemes.append((MetadataProviderScheme, "METADATA_PROVIDERS", items(version, IDS, more)))
    return st.one_of(
        *(_scheme(cls, organisation_heads(version, only), scheme_items) for cls, only, scheme_items in schemes)
    )


@st.composite
def codelists(draw: Draw, version: str) -> Codelist:
    """Return code lists."""
    codes = draw(with_parents(items(version, IDS)))
    return Codelist(
        **draw(heads(version)), items=codes, partial=draw(st.booleans()), extensions=draw(extensions(version))
    )


@cache
def item_schemes(version: str) -> st.SearchStrategy[Maintainable]:
    """Return item schemes of all classes."""
    core = representations(version, lists=lists_of(version), multilingual=True, counted=version != "2.1")
    concept = {"representation": st.none() | core, "iso_concept": st.none() | st.tuples(TEXTS, TEXTS, TEXTS)}
    schemes = [
        organisation_schemes(version),
        codelists(version),
        _scheme(ConceptScheme, heads(version), with_parents(items(version, NAME_IDS, concept))),
        _scheme(CategoryScheme, heads(version), nested(items(version, IDS))),
    ]
    if version != "2.1":
        schemes.append(value_lists(version))
    return st.one_of(*schemes)


@st.composite
def value_lists(draw: Draw, version: str) -> ValueList:
    """Return value lists, whose items have any ids and need no names."""
    fields = {"annotations": annotations(version), "name": texts(), "description": texts()}
    ids = draw(st.lists(TEXTS, unique=True, max_size=3))
    return ValueList(
        **draw(heads(version)),
        items=tuple(Item(id=identifier, **draw(st.fixed_dictionaries(fields))) for identifier in ids),
    )


def messages(artefact: st.SearchStrategy[Maintainable]) -> st.SearchStrategy[Artefacts]:
    """Return messages with some artefacts, of which no two have the same class, agency and id."""
    kept = st.lists(artefact, max_size=2, unique_by=lambda one: (one.kind, one.agency, one.id))
    return kept.map(Artefacts.of)
