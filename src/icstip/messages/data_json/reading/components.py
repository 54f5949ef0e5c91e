"""The structures of a message: which components its data have, where they stand, and their values."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import polars as pl

from icstip.artefacts.base import Reference, Texts
from icstip.artefacts.data_structure import PRIMARY_MEASURE, TIME_DIMENSION
from icstip.artefacts.urn import parse_urn
from icstip.messages.data_json.reading.cells import scalar_text
from icstip.messages.data_json.reading.node import Context, Node
from icstip.schema import Level
from icstip.standard.model import Role

_KINDS: Final[Mapping[str, str]] = {
    "dataflow": "Dataflow",
    "datastructure": "DataStructure",
    "datastructuredefinition": "DataStructure",
    "structure": "DataStructure",
    "provisionagreement": "ProvisionAgreement",
}
_URN_CLASS: Final = re.compile(r"(?<=\.)(?P<kind>\w+)(?==)")
# …/dataflow/AGENCY/ID/VERSION, as a REST service has it
_HREF: Final = re.compile(
    r"/(?P<kind>\w+)/(?P<agency>[\w.@$-]+)/(?P<id>[\w@$-]+)/(?P<version>\d+(?:\.\d+){0,2}[\w.-]*)(?:/|\?|$)"
)
_TIME_ROLES: Final = frozenset({TIME_DIMENSION, "time"})  # the second one of messages before version 1.0
_DESCRIBED: Final = (
    "description",
    "descriptions",
    "links",
    "annotations",
    "format",
    "isMandatory",
    "minOccurs",
    "maxOccurs",
)
_LEVELS: Final[Mapping[str, Level]] = {
    "dataSet": Level.DATASET,
    "dimensionGroup": Level.GROUP,
    "series": Level.SERIES,
    "observation": Level.OBSERVATION,
}


@dataclass(frozen=True, slots=True)
class Component:
    """A component of data.

    Attributes:
        id: Its id.
        values: Its values by their places; None when they stand in the data sets themselves.
        default: The value that counts where none is told, or None.
        position: The position of a dimension in the key; -1 when it is not told.
        is_time: Whether it is the time dimension.
        name: Its name by language.
        attached_to: The dimensions that an attribute is related to.
        level: The level of an attribute, or None.
    """

    id: str
    values: pl.Series | None
    default: str | None = None
    position: int = -1
    is_time: bool = False
    name: Texts = field(default_factory=dict)
    attached_to: tuple[str, ...] = ()
    level: Level | None = None


@dataclass(frozen=True, slots=True)
class MessageStructure:
    """A structure of a message.

    Attributes:
        dimensions: Dimensions by the level at which they stand: ``dataSet``, ``series``, ``observation``.
        measures: The measures.
        attributes: Attributes by the level at which they stand: those of dimensions, and ``dimensionGroup``.
        reference: What the data are of, or None.
        datasets: The places of its data sets in the message, as far as it says.
        has_annotations: Whether there are annotations that data can refer to.
    """

    dimensions: Mapping[str, Sequence[Component]]
    measures: Sequence[Component]
    attributes: Mapping[str, Sequence[Component]]
    reference: Reference | None
    datasets: frozenset[object]
    has_annotations: bool

    @property
    def key(self) -> list[Component]:
        """All dimensions in the order of the key."""
        every = [dimension for level in self.dimensions.values() for dimension in level]
        return sorted(every, key=lambda one: one.position if one.position >= 0 else len(every))

    @property
    def by_level(self) -> list[Component]:
        """All dimensions in the order of the levels, which is that of the keys of groups."""
        return [one for level in ("dataSet", "series", "observation") for one in self.dimensions[level]]

    @property
    def every_attribute(self) -> Iterator[Component]:
        """The attributes, each once for each level that it stands at."""
        return (attribute for level in self.attributes.values() for attribute in level)

    @property
    def roles(self) -> dict[str, Role]:
        """What the components are."""
        roles = {one.id: Role.TIME_DIMENSION if one.is_time else Role.DIMENSION for one in self.key}
        roles |= {one.id: Role.MEASURE for one in self.measures}
        return roles | {one.id: Role.ATTRIBUTE for one in self.every_attribute}


def structure_of(node: Node, *, has_measures: bool) -> MessageStructure:
    """Return a structure of a message.

    Args:
        node: The structure.
        has_measures: Whether the version of SDMX-JSON has measures; otherwise there is one that is not told.

    Raises:
        FormatError: It is broken.
    """
    dimensions = _components(node, "dimensions", ("dataSet", "series", "observation"))
    measures = _components(node, "measures", ("observation",)) if has_measures and "measures" in node else None
    attributes = _components(node, "attributes", tuple(_LEVELS))
    structure = MessageStructure(
        dimensions=dimensions,
        measures=[Component(PRIMARY_MEASURE, None)] if measures is None else measures["observation"],
        attributes=_related(attributes, dimensions),
        reference=reference_in(node),
        datasets=frozenset(one for one in node.elements("dataSets") if isinstance(one, int)),
        has_annotations=bool(node.elements("annotations")),
    )
    node.drop("name", "names", "description", "descriptions", "id", "urn", "uri", "href", "rel")
    node.tell("structure")
    _refuse_repeats(structure, node)
    return structure


def reference_in(node: Node) -> Reference | None:
    """Return what the links of a structure or data set say that it is of; None where they do not say it."""
    links = [link for link in node.elements("links") if isinstance(link, dict)]
    for link in links:
        urn = link.get("urn")
        found = _of_urn(urn) if isinstance(urn, str) else None
        if found is not None:
            return found
    for link in links:
        href = link.get("href")
        found = _of_href(href) if isinstance(href, str) else None
        if found is not None:
            return found
    return None


def _of_urn(urn: str) -> Reference | None:
    """Return what a URN refers to; tools do not agree on capital letters."""
    found = parse_urn(_URN_CLASS.sub(lambda match: _KINDS.get(match["kind"].lower(), match["kind"]), urn, count=1))
    return found if found is not None and found.kind in _KINDS.values() and not found.item else None


def _of_href(href: str) -> Reference | None:
    for found in _HREF.finditer(href):
        kind = _KINDS.get(found["kind"].lower())
        if kind is not None:
            return Reference(kind, found["agency"], found["id"], found["version"])
    return None


def _components(node: Node, name: str, levels: Sequence[str]) -> dict[str, list[Component]]:
    given = node.node(name)
    if given is None:
        return {level: [] for level in levels}
    found = {
        level: [_component(one, is_dimension=name == "dimensions") for one in given.nodes(level)] for level in levels
    }
    given.tell(name)
    return found


def _component(node: Node, *, is_dimension: bool) -> Component:
    identity = node.text("id")
    if not identity:
        raise node.context.broken(node.path, "it has no id")
    path = f"{node.path}.{identity}"
    elements = node.elements("values")
    texts = [_value(value, node.context, path) for value in elements]
    values = pl.Series(identity, texts, pl.String) if texts or is_dimension else None
    default = scalar_text(node.take("default"), node.context, path)
    told = [node.take("role"), *node.elements("roles")]  # the first one of messages before version 1.0
    roles = {role for role in told if isinstance(role, str)}
    level, attached_to = _relationship(node)
    position = node.whole("keyPosition")
    found = Component(
        id=identity,
        values=values,
        default=None if is_dimension else default,
        position=-1 if position is None else position,
        is_time=is_dimension and (identity == TIME_DIMENSION or not roles.isdisjoint(_TIME_ROLES)),
        name=node.names(),
        attached_to=attached_to,
        level=level,
    )
    node.drop(*_DESCRIBED)
    node.tell(identity)
    return found


def _value(value: object, context: Context, path: str) -> str | None:
    """Return a value in a list of values as a text."""
    if not isinstance(value, dict):
        return scalar_text(value, context, path)
    identity = value.get("id")
    if isinstance(identity, dict | list):
        raise context.broken(path, "the id of a value is no text")
    if identity is not None and identity != "":
        return scalar_text(identity, context, path)
    for name in ("value", "values", "name", "names"):
        if value.get(name) is not None:
            return scalar_text(value[name], context, path)
    raise context.broken(path, "a value has neither id nor value nor name")


def _relationship(node: Node) -> tuple[Level | None, tuple[str, ...]]:
    """Return what an attribute is related to, as it is told; the level of one of several dimensions is not."""
    relationship = node.node("relationship")
    if relationship is None:
        return None, ()
    level, dimensions = None, tuple(one for one in relationship.elements("dimensions") if isinstance(one, str))
    if {"primaryMeasure", "observation"} & set(relationship.names_left()):
        level = Level.OBSERVATION
    elif {"none", "dataflow"} & set(relationship.names_left()):
        level = Level.DATASET
    relationship.drop("primaryMeasure", "observation", "none", "dataflow", "measures")
    relationship.tell("relationship")
    return level, dimensions


def _related(
    attributes: Mapping[str, Sequence[Component]], dimensions: Mapping[str, Sequence[Component]]
) -> dict[str, Sequence[Component]]:
    """Return attributes with their levels: what their relationship says, or else where they stand."""
    every = [one for level in dimensions.values() for one in level]
    times = {one.id for one in every if one.is_time}
    return {
        place: [_with_level(one, _LEVELS[place], times, len(every)) for one in found]
        for place, found in attributes.items()
    }


def _with_level(attribute: Component, place: Level, times: Iterable[str], number: int) -> Component:
    level = attribute.level
    if level is None and attribute.attached_to:
        # SDMX 3.0 §2 5.3.3: one that is related to time too can be another at each observation.
        is_observation = not set(times).isdisjoint(attribute.attached_to) or len(attribute.attached_to) == number
        level = Level.OBSERVATION if is_observation else Level.SERIES
    return Component(
        attribute.id,
        attribute.values,
        attribute.default,
        name=attribute.name,
        attached_to=attribute.attached_to,
        level=level or place,
    )


def _refuse_repeats(structure: MessageStructure, node: Node) -> None:
    """Do nothing if each component stands once at a level, and only attributes stand at several."""
    groups = [[*structure.key, *structure.measures], *structure.attributes.values()]
    outside = {one.id for one in groups[0]}
    for group in groups:
        names = [one.id for one in group]
        twice = next((name for name in names if names.count(name) > 1), None)
        if twice is None and group is not groups[0]:
            twice = next((name for name in names if name in outside), None)
        if twice is not None:
            raise node.context.broken(node.path, f"it has {twice} twice")
