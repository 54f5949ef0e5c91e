"""What a Java reader found in a file, compared with what our own reader found in the same file."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, Final

from icstip.artefacts.base import Maintainable, Reference, Texts
from icstip.artefacts.collection import Artefacts
from icstip.artefacts.data_structure import Attribute, Component, Dataflow, DataStructure, Level
from icstip.artefacts.items import Codelist, ConceptScheme

Found = Sequence[Mapping[str, Any]]
"""The objects that the Java program tells of, as it tells them: see ``Reader.java``."""

DATA_STRUCTURES: Final = "data structures"
DATAFLOWS: Final = "dataflows"
CODE_LISTS: Final = "code lists"
OBSERVATIONS: Final = "observations"

# sdmx-dl says SERIES only in the first data structure of a message (it counts the dimensions of all that it has read),
# so that an attribute of dimensions is one of series or of a group of them.
_LEVELS: Final[Mapping[Level, frozenset[str]]] = {
    Level.DATASET: frozenset({"DATAFLOW"}),
    Level.DIMENSIONS: frozenset({"SERIES", "GROUP"}),
    Level.GROUP: frozenset({"GROUP"}),
    Level.OBSERVATION: frozenset({"OBSERVATION"}),
}


def name_of(artefact: Maintainable | Reference) -> str:
    """Return ``AGENCY:ID(VERSION)``, without the extension of the version: SDMX 2.1 has none."""
    return f"{artefact.agency}:{artefact.id}({_plain(artefact.version)})"


def aspects_of(part: str, ours: Artefacts, found: Found, language: str) -> Iterator[tuple[str, list[str]]]:
    """Yield each aspect of a part of a file that the file has, with the differences in it.

    Args:
        part: `DATA_STRUCTURES`, `DATAFLOWS` or `CODE_LISTS`.
        ours: What our reader found.
        found: What the other reader found.
        language: The language of its names.
    """
    expected = ours.all_of(_CLASSES[part])
    if not expected:
        return
    theirs = {_plain_reference(one["id"]): one for one in found}
    missing = _ids(part, [name_of(artefact) for artefact in expected], list(theirs))
    pairs = [(artefact, theirs[name_of(artefact)]) for artefact in expected if name_of(artefact) in theirs]
    for aspect, compare in _ASPECTS[part]:
        differences = [
            f"{name_of(artefact)}: {difference}"
            for artefact, their in pairs
            for difference in compare(artefact, their, language, ours)
        ]
        yield aspect, [*missing, *differences]
        missing = []


def _structure(artefact: Maintainable, their: Mapping[str, Any], language: str, ours: Artefacts) -> Iterator[str]:
    assert isinstance(artefact, DataStructure)
    yield from _names("name", artefact.name, their.get("name"), language)
    dimensions = [dimension for dimension in artefact.dimensions if dimension.kind != "TimeDimension"]
    time = [dimension.id for dimension in artefact.dimensions if dimension.kind == "TimeDimension"]
    yield from _same("time dimension", "".join(time), their.get("time", ""))
    yield from _same("measure", "".join(measure.id for measure in artefact.measures), their.get("measure", ""))
    yield from _same("dimensions", [one.id for one in dimensions], [one["id"] for one in their["dimensions"]])
    attributes = sorted(one["id"] for one in their["attributes"])  # readers keep them as a set
    yield from _same("attributes", sorted(one.id for one in artefact.attributes), attributes)
    theirs = {one["id"]: one for one in [*their["dimensions"], *their["attributes"]]}
    for component in (*dimensions, *artefact.attributes):
        if component.id in theirs:
            yield from _component(component, theirs[component.id], language, ours)


def _component(component: Component, their: Mapping[str, Any], language: str, ours: Artefacts) -> Iterator[str]:
    scheme = ours.find(component.concept)
    concepts = {item.id: item for item in scheme.items} if isinstance(scheme, ConceptScheme) else {}
    concept = concepts.get(component.concept.item)
    local = component.representation or (concept.representation if concept else None)
    codelist = name_of(local.enumeration) if local and local.enumeration else ""
    yield from _same(f"code list of {component.id}", codelist, _plain_reference(their.get("codelist", "")))
    if concept:
        yield from _names(f"name of {component.id}", concept.name, their.get("name"), language)
    if (
        isinstance(component, Attribute)
        and "level" in their
        and their["level"] not in _LEVELS[component.relationship.level]
    ):
        yield f"level of {component.id}: {component.relationship.level} for us, {their['level']} for it"


def _dataflow(artefact: Maintainable, their: Mapping[str, Any], language: str, _ours: Artefacts) -> Iterator[str]:
    assert isinstance(artefact, Dataflow)
    yield from _names("name", artefact.name, their.get("name"), language)
    structure = name_of(artefact.structure) if artefact.structure else ""
    yield from _same("data structure", structure, _plain_reference(their.get("structure", "")))


def _codes(artefact: Maintainable, their: Mapping[str, Any], language: str, _ours: Artefacts) -> Iterator[str]:
    assert isinstance(artefact, Codelist)
    yield from _same("codes", sorted(code.id for code in artefact.items), sorted(code["id"] for code in their["codes"]))
    names = {code["id"]: code.get("name") for code in their["codes"]}
    for code in artefact.items:
        if code.id in names:
            yield from _names(f"name of {code.id}", code.name, names[code.id], language)


def _order(artefact: Maintainable, their: Mapping[str, Any], _language: str, _ours: Artefacts) -> Iterator[str]:
    assert isinstance(artefact, Codelist)
    yield from _same("codes", [code.id for code in artefact.items], [code["id"] for code in their["codes"]])


def _parents(artefact: Maintainable, their: Mapping[str, Any], _language: str, _ours: Artefacts) -> Iterator[str]:
    assert isinstance(artefact, Codelist)
    parents = {code["id"]: code.get("parent", "") for code in their["codes"]}
    for code in artefact.items:
        yield from _same(f"parent of {code.id}", code.parent, parents.get(code.id, ""))


_Compare = Callable[[Maintainable, Mapping[str, Any], str, Artefacts], Iterator[str]]

_CLASSES: Final[Mapping[str, type[Maintainable]]] = {
    DATA_STRUCTURES: DataStructure,
    DATAFLOWS: Dataflow,
    CODE_LISTS: Codelist,
}
ORDER_OF_CODES: Final = "order of codes"
PARENTS: Final = "parents of codes"
_ASPECTS: Final[Mapping[str, tuple[tuple[str, _Compare], ...]]] = {
    DATA_STRUCTURES: ((DATA_STRUCTURES, _structure),),
    DATAFLOWS: ((DATAFLOWS, _dataflow),),
    CODE_LISTS: ((CODE_LISTS, _codes), (ORDER_OF_CODES, _order), (PARENTS, _parents)),
}


def _ids(part: str, expected: list[str], found: list[str]) -> list[str]:
    return list(_same(part, sorted(expected), sorted(found)))


def _names(what: str, texts: Texts, found: str | None, language: str) -> Iterator[str]:
    if language in texts:  # readers say another language, or the id, where there is none
        yield from _same(f"{what} ({language})", texts[language], found or "")


def _same(what: str, expected: object, found: object) -> Iterator[str]:
    if expected == found:
        return
    if isinstance(expected, list) and isinstance(found, list):
        only_ours = list(islice((one for one in expected if one not in found), 5))
        only_theirs = list(islice((one for one in found if one not in expected), 5))
        if only_ours or only_theirs:
            yield f"{what}: only for us {only_ours}, only for it {only_theirs}"
            return
        yield f"{what}: in another order: {expected[:5]}… for us, {found[:5]}… for it"
        return
    yield f"{what}: {expected!r} for us, {found!r} for it"


def _plain(version: str) -> str:
    return version.partition("-")[0]


def _plain_reference(reference: str) -> str:
    head, bracket, version = reference.partition("(")
    return f"{head}({_plain(version.rstrip(')'))})" if bracket else reference
