"""The examples that the tests of all formats use say everything that the model can say."""

from collections.abc import Iterator
from dataclasses import MISSING, Field, fields, is_dataclass
from inspect import get_annotations
from typing import Any

from icstip.artefacts.base import Annotation, Link, Reference, Representation, TextFormat
from icstip.artefacts.collection import Artefacts
from icstip.artefacts.constraints import KeySet, Period, Region, Selection, TimeRange, Value
from icstip.artefacts.data_structure import Attribute, Dimension, Group, Level, Measure, Relationship
from icstip.artefacts.hierarchies import HierarchicalCode
from icstip.artefacts.items import Contact, Extension, Item
from icstip.artefacts.kinds import ORDER
from icstip.artefacts.maps import ComponentMap, FixedValueMap, MappedValue, ValueMapping

PARTS = {
    *(Annotation, Link, Reference, Representation, TextFormat, KeySet, Period, Region, Selection, TimeRange, Value),
    *(Attribute, Dimension, Group, Measure, Relationship, HierarchicalCode, Contact, Extension, Item),
    *(ComponentMap, FixedValueMap, MappedValue, ValueMapping),
}


def _within(value: object) -> Iterator[Any]:
    """Yield all dataclass values in a value."""
    if isinstance(value, tuple):
        for part in value:
            yield from _within(part)
    elif is_dataclass(value) and not isinstance(value, type):
        yield value
        for field in fields(value):
            yield from _within(getattr(value, field.name))


def _default(field: Field[Any]) -> object:
    return field.default_factory() if field.default_factory is not MISSING else field.default


def test_every_class_is_among_the_examples(everything: Artefacts) -> None:
    assert {artefact.kind for artefact in everything} == set(ORDER)
    assert {type(value) for value in _within(everything.artefacts)} >= PARTS


def test_every_field_says_something_somewhere(everything: Artefacts) -> None:
    values = list(_within(everything.artefacts))
    owners = {(base, field.name) for value in values for base in type(value).__mro__ for field in _own(base)}
    said = {
        (base, field.name)
        for value in values
        for base in type(value).__mro__
        for field in _own(base)
        if getattr(value, field.name) != _default(field)
    }
    assert len(owners) > 100
    assert {f"{owner.__name__}.{name}" for owner, name in owners - said} == set()


def _own(base: type) -> list[Field[Any]]:
    """Return the fields that a class has by itself."""
    return [field for field in fields(base) if field.name in get_annotations(base)] if is_dataclass(base) else []


def test_attributes_are_at_every_level(everything: Artefacts) -> None:
    relationships = [value for value in _within(everything.artefacts) if isinstance(value, Relationship)]
    assert {relationship.level for relationship in relationships} == set(Level)
