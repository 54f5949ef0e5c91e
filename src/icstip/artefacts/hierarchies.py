"""Hierarchies of codes, which can come from several code lists."""

from collections.abc import Iterator
from dataclasses import dataclass

from icstip.artefacts.base import Identifiable, Maintainable, Nameable, Reference, TextFormat


@dataclass(frozen=True, slots=True, kw_only=True)
class Level(Nameable):
    """A level of a hierarchy. The order in the hierarchy is the depth."""

    format: TextFormat | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HierarchicalCode(Identifiable):
    """A code at a place in a hierarchy, with the codes below it.

    Attributes:
        code: Reference of kind ``Code``.
        level: Id of its level, or empty.
    """

    code: Reference
    level: str = ""
    children: tuple["HierarchicalCode", ...] = ()
    valid_from: str | None = None
    valid_to: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hierarchy(Maintainable):
    """A hierarchy of codes.

    SDMX 2.1 has it inside a hierarchical code list: one with a single hierarchy of the same id is this artefact.

    Attributes:
        codes: The codes at the top.
        levels: The levels from the top down.
        formal_levels: Whether the levels are the same everywhere.
    """

    codes: tuple[HierarchicalCode, ...] = ()
    levels: tuple[Level, ...] = ()
    formal_levels: bool = False

    def walk(self) -> Iterator[tuple[str, HierarchicalCode]]:
        """Yield each code with the dotted path of ids to it, parents first."""
        stack = [(code.id, code) for code in reversed(self.codes)]
        while stack:
            path, code = stack.pop()
            yield path, code
            stack.extend((f"{path}.{child.id}", child) for child in reversed(code.children))
