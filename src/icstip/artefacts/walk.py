"""All references in an artefact, wherever they stand."""

from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from typing import TypeVar

from icstip.artefacts.base import Maintainable, Reference

M = TypeVar("M", bound=Maintainable)


def references_of(artefact: Maintainable) -> Iterator[Reference]:
    """Yield every reference in an artefact to another one or to an item of one, in the order of its fields."""
    return _references(artefact)


def with_references(artefact: M, change: Callable[[Reference], Reference]) -> M:
    """Return an artefact with every reference in it changed by a function."""
    changed = _changed(artefact, change)
    assert isinstance(changed, type(artefact))  # noqa: S101 - replaced field by field, so of the same class
    return changed


def _references(value: object) -> Iterator[Reference]:
    if isinstance(value, Reference):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from _references(part)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _references(getattr(value, field.name))


def _changed(value: object, change: Callable[[Reference], Reference]) -> object:
    if isinstance(value, Reference):
        return change(value)
    if isinstance(value, tuple):
        parts = tuple(_changed(part, change) for part in value)
        return parts if any(new is not old for new, old in zip(parts, value, strict=True)) else value
    if is_dataclass(value) and not isinstance(value, type):
        new = {field.name: _changed(getattr(value, field.name), change) for field in fields(value)}
        changes = {name: part for name, part in new.items() if part is not getattr(value, name)}
        return replace(value, **changes) if changes else value
    return value
