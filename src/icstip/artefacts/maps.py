"""Structure maps and representation maps (SDMX 3.0): how data of one structure become data of another."""

from dataclasses import dataclass

from icstip.artefacts.base import Annotation, Maintainable, Reference


@dataclass(frozen=True, slots=True)
class MappedValue:
    """A value that is mapped.

    Attributes:
        regex: Whether it is a regular expression.
        start: First character of the value that counts, or None.
        end: Last one, or None.
    """

    value: str
    regex: bool = False
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueMapping:
    """Values of the sources, in their order, that become values of the targets, in theirs."""

    sources: tuple[MappedValue, ...]
    targets: tuple[str, ...] = ()
    valid_from: str | None = None
    valid_to: str | None = None
    annotations: tuple[Annotation, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RepresentationMap(Maintainable):
    """A table from values to values.

    Attributes:
        sources: For each source a reference to its code list or value list, or the name of its data type.
        targets: The same of each target.
    """

    sources: tuple[Reference | str, ...] = ()
    targets: tuple[Reference | str, ...] = ()
    mappings: tuple[ValueMapping, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ComponentMap:
    """That components become others, by a representation map or unchanged."""

    sources: tuple[str, ...]
    targets: tuple[str, ...]
    representation_map: Reference | None = None
    annotations: tuple[Annotation, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FixedValueMap:
    """That a component always has the same values: a target, or (`is_source`) a source."""

    component: str
    values: tuple[str, ...]
    is_source: bool = False
    annotations: tuple[Annotation, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StructureMap(Maintainable):
    """How data of one structure or dataflow become data of another. Maps of dates are not in this model."""

    source: Reference
    target: Reference
    component_maps: tuple[ComponentMap, ...] = ()
    fixed_values: tuple[FixedValueMap, ...] = ()
