"""Shapes of the values in a mapping file: each takes what is of its shape, and says it as a JSON schema."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Protocol

from icstip.mapping.reading.mistakes import near_words
from icstip.mapping.reading.positions import Keys
from icstip.mapping.reading.source import MappingSource, Toml

_PRINTABLE: Final = r"[^\u0000-\u0008\u000b\u000c\u000e-\u001f]*"  # no message can carry the others


class Shape(Protocol):
    """What a value must look like."""

    def taken(self, value: object, keys: Keys, source: MappingSource) -> object:
        """Return a value as it is used from here on, without what is wrong in it; None if it is wrong as a whole.

        Args:
            value: What the TOML has.
            keys: Where it stands.
            source: Takes the mistakes.
        """

    def schema(self) -> Toml:
        """Return the JSON schema of it."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text.

    Attributes:
        expected: How it is written, as an example.
        pattern: What all of it must match.
    """

    expected: str = '"…"'
    pattern: str = ""

    def taken(self, value: object, keys: Keys, source: MappingSource) -> str | None:
        """Return the text."""
        if isinstance(value, str) and (not self.pattern or re.fullmatch(self.pattern, value)):
            return value
        source.refuse_type(keys, value, self.expected)
        return None

    def schema(self) -> Toml:
        """Return the JSON schema of it."""
        return {"type": "string", **({"pattern": _whole(self.pattern)} if self.pattern else {})}


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text, or a number, which becomes one.

    Attributes:
        expected: How it is written, as an example.
        pattern: What all of it must match.
    """

    expected: str = '"…"'
    pattern: str = _PRINTABLE

    def taken(self, value: object, keys: Keys, source: MappingSource) -> str | None:
        """Return the text."""
        if not isinstance(value, list | dict | bool) and re.fullmatch(self.pattern, str(value)):
            return str(value)
        source.refuse_type(keys, value, self.expected)
        return None

    def schema(self) -> Toml:
        """Return the JSON schema of it."""
        return {"type": ["string", "number"], "pattern": _whole(self.pattern)}


@dataclass(frozen=True, slots=True)
class Truth:
    """True or false."""

    def taken(self, value: object, keys: Keys, source: MappingSource) -> bool | None:
        """Return it."""
        if isinstance(value, bool):
            return value
        source.refuse_type(keys, value, "true")
        return None

    def schema(self) -> Toml:
        """Return the JSON schema of it."""
        return {"type": "boolean"}


@dataclass(frozen=True, slots=True)
class Position:
    """The number of a row."""

    def taken(self, value: object, keys: Keys, source: MappingSource) -> int | None:
        """Return it."""
        if type(value) is int and value > 0:
            return value
        source.refuse_type(keys, value, "3")
        return None

    def schema(self) -> Toml:
        """Return the JSON schema of it."""
        return {"type": "integer", "minimum": 1}


@dataclass(frozen=True, slots=True)
class Items:
    """An array.

    Attributes:
        item: The shape of each of its items.
        expected: How it is written, as an example.
        least: How many there are at least.
    """

    item: Shape
    expected: str = '["…"]'
    least: int = 0

    def taken(self, value: object, keys: Keys, source: MappingSource) -> list[object] | None:
        """Return the items in their places, those that are wrong as None."""
        if not isinstance(value, list) or len(value) < self.least:
            source.refuse_type(keys, value, self.expected)
            return None
        return [self.item.taken(item, (*keys, position), source) for position, item in enumerate(value)]

    def schema(self) -> Toml:
        """Return the JSON schema of it."""
        return {"type": "array", "items": self.item.schema(), **({"minItems": self.least} if self.least else {})}


@dataclass(frozen=True, slots=True)
class Pairs:
    """A table whose keys are words of the mapping's own.

    Attributes:
        value: The shape of its values.
        named: Keys with a meaning of their own, and the shapes of theirs.
    """

    value: Shape
    named: Mapping[str, Shape] = field(default_factory=dict)

    def taken(self, value: object, keys: Keys, source: MappingSource) -> Toml | None:
        """Return the pairs whose values are right."""
        if not isinstance(value, dict):
            source.refuse_type(keys, value, "{ … }")
            return None
        pairs = {key: self.named.get(key, self.value).taken(one, (*keys, key), source) for key, one in value.items()}
        return _without_nothing(pairs)

    def schema(self) -> Toml:
        """Return the JSON schema of it."""
        named = {key: shape.schema() for key, shape in self.named.items()}
        return {"type": "object", "properties": named, "additionalProperties": self.value.schema()}


@dataclass(frozen=True, slots=True)
class Table:
    """A table with keys that are given.

    Attributes:
        keys: The shapes of the values by key.
        required: Keys that it must have.
        one_of: Keys of which it must have just one.
        if_any: If it has any of these keys,
        then: some values have other shapes.
    """

    keys: Mapping[str, Shape]
    required: tuple[str, ...] = ()
    one_of: tuple[str, ...] = ()
    if_any: tuple[str, ...] = ()
    then: Mapping[str, Shape] = field(default_factory=dict)

    def taken(self, value: object, keys: Keys, source: MappingSource) -> Toml | None:
        """Return the values that are right."""
        if not isinstance(value, dict):
            source.refuse_type(keys, value, source.section(keys))
            return None
        shapes = {**self.keys, **(self.then if self.has_any(value) else {})}
        meant = {key: near_words(key, shapes) for key in value if key not in shapes}
        for key, near in meant.items():
            known = near or ", ".join(sorted(shapes))
            source.tell("MAP-001", (*keys, key), key, "" if near else "alone", section=source.section(keys), near=known)
        # A key that is misspelt does not lack as well.
        self._tell_lacking(
            {*value, *(word for near in meant.values() for word in near.split(", "))}, value, keys, source
        )
        return _without_nothing(
            {key: shapes[key].taken(one, (*keys, key), source) for key, one in value.items() if key in shapes}
        )

    def _tell_lacking(self, there: set[str], table: Toml, keys: Keys, source: MappingSource) -> None:
        for key in self.required:
            if key not in there:
                source.tell("MAP-003", keys, key, section=source.section(keys))
        has_both = sum(key in table for key in self.one_of) > 1
        if self.one_of and (has_both or not there.intersection(self.one_of)):
            source.tell("MAP-007", keys, str(table.get("column", "–")))

    def has_any(self, table: Toml) -> bool:
        """Return whether a table has any of the keys that make it another one."""
        return any(key in table for key in self.if_any)

    def schema(self) -> Toml:
        """Return the JSON schema of it."""
        schema: Toml = {
            "type": "object",
            "properties": {key: shape.schema() for key, shape in self.keys.items()},
            "additionalProperties": False,
        }
        if self.required:
            schema["required"] = list(self.required)
        if self.one_of:
            schema["oneOf"] = _with_keys(self.one_of)
        if self.if_any:
            schema["if"] = {"anyOf": _with_keys(self.if_any)}
            schema["then"] = {"properties": {key: shape.schema() for key, shape in self.then.items()}}
        return schema


@dataclass(frozen=True, slots=True)
class OneOrSeveral:
    """A table, or an array of tables, of which each has one of the keys that make it another one if there are several.

    Attributes:
        table: The shape of each.
    """

    table: Table

    def taken(self, value: object, keys: Keys, source: MappingSource) -> object:
        """Return the table, or the tables in their places."""
        if not isinstance(value, list):
            return self.table.taken(value, keys, source)
        before = len(source.doubtful)
        tables = Items(self.table).taken(value, keys, source)
        lacking = [table for table in value if isinstance(table, dict) and not self.table.has_any(table)]
        if not value or (len(value) > 1 and lacking and len(source.doubtful) == before):
            source.tell("MAP-011", keys, str(len(value)))
        return tables

    def schema(self) -> Toml:
        """Return the JSON schema of it."""
        each: Toml = {"items": {"anyOf": _with_keys(self.table.if_any)}}
        several: Toml = {**Items(self.table, least=1).schema(), "anyOf": [{"maxItems": 1}, each]}
        return {"if": {"type": "array"}, "then": several, "else": self.table.schema()}


def _with_keys(keys: tuple[str, ...]) -> list[Toml]:
    return [{"required": [key]} for key in keys]


def _without_nothing(values: Toml) -> Toml:
    return {key: value for key, value in values.items() if value is not None}


def _whole(pattern: str) -> str:
    return f"^(?:{pattern})$"
