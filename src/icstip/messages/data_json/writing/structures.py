"""Structures of a message, which say what stands in its data sets; they come after these, when all values are known."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from icstip.artefacts.base import Reference, Texts
from icstip.artefacts.data_structure import PRIMARY_MEASURE, TIME_DIMENSION
from icstip.artefacts.data_types import SIMPLE_TYPES
from icstip.artefacts.notices import Notices
from icstip.artefacts.urn import urn_of
from icstip.errors import StructureError
from icstip.messages.data_json.dialect import ID, DataDialect
from icstip.messages.data_json.writing.structure import Structure
from icstip.messages.data_json.writing.values import Values
from icstip.messages.structure_json.dialect import LOWER_TAG, UNKNOWN_LANGUAGE
from icstip.messages.structure_json.layout import Json, JsonObject
from icstip.schema import Column, Level, Schema
from icstip.standard.model import Role

_DIMENSIONS: Final = frozenset({Role.DIMENSION, Role.TIME_DIMENSION})
_TYPES: Final = SIMPLE_TYPES | {"XHTML"}


@dataclass
class Names:
    """Names as a version of SDMX-JSON has them: one, and the same in all languages.

    Attributes:
        dialect: The version.
        language: Language of the one name, if there is one in it.
        notices: Where languages are told that it does not know.
    """

    dialect: DataDialect
    language: str
    notices: Notices
    _refused: set[str] = field(default_factory=set)

    def put(self, target: JsonObject, texts: Texts, otherwise: str, reference: Reference | None) -> JsonObject:
        """Put names into an object, and return it.

        Args:
            target: The object.
            texts: The names by language.
            otherwise: The one name when there are none.
            reference: What the data are of, for notices.
        """
        target["name"] = texts.get(self.language) or texts.get("en") or next(iter(texts.values()), otherwise)
        known: JsonObject = {}
        for language, text in texts.items():
            tag = language or UNKNOWN_LANGUAGE
            if self.dialect.languages.fullmatch(tag):
                known[tag] = text
            elif reference is not None:
                self.notices.lost(reference, "language", part=language)
        if known:
            target["names"] = known
        return target

    def content_languages(self, named: Iterable[Texts]) -> list[Json]:
        """Return the languages of names, the one of single names first, as a header tells them."""
        tags: dict[str, None] = {}
        for texts in named:
            tags.update(dict.fromkeys(texts))
        ordered = sorted(tags, key=lambda tag: tag != self.language)
        if self.dialect.has_small_languages:
            ordered = list(dict.fromkeys(map(str.lower, ordered)))
            return [tag for tag in ordered if LOWER_TAG.fullmatch(tag)]
        return [tag for tag in ordered if tag and self.dialect.languages.fullmatch(tag)]


def names_of(schema: Schema) -> Iterator[Texts]:
    """Yield the names of a schema, its components and their codes."""
    yield schema.name
    for column in schema.columns:
        yield column.name
        yield from column.code_names.values()


def links_of(reference: Reference, dialect: DataDialect) -> list[Json]:
    """Return the links that say what data are of.

    Raises:
        StructureError: Its version is none that the version of SDMX-JSON allows.
    """
    if not reference.id:
        return []  # a message did not say it
    if dialect.versions.fullmatch(reference.version) is None:
        raise StructureError(
            "version-refused", where=f"{reference.kind}={reference}", format=dialect.name, version=reference.version
        )
    return [{"rel": reference.kind.lower(), "urn": urn_of(reference)}]


def structure_text(structure: Structure, names: Names) -> Iterator[str]:
    """Yield a structure of a message in pieces.

    Args:
        structure: The structure.
        names: How names are written.

    Raises:
        StructureError: A value of a dimension is none that the version of SDMX-JSON allows.
    """
    schema, plan, dialect = structure.schema, structure.plan, structure.dialect
    head: JsonObject = {"links": links_of(structure.reference, dialect)}
    names.put(head, schema.name, structure.reference.id or "?", structure.reference)
    if dialect.is_2:
        head["dataSets"] = list(structure.datasets)
    yield _json(head)[:-1]
    yield ',"dimensions":'
    yield from _levels(
        structure,
        names,
        {"series": _sayable(plan.series, structure), "observation": _sayable(plan.observation, structure)},
    )
    if dialect.is_2:
        yield ',"measures":'
        yield from _levels(structure, names, {"observation": schema.measures}, empty=True)
    yield ',"attributes":'
    levels = {
        "dataSet": plan.of_dataset,
        "dimensionGroup": structure.at_groups.used,
        "series": plan.of_series,
        "observation": structure.at_observations.used,
    }
    yield from _levels(structure, names, levels)
    yield "}"


def _sayable(dimensions: Iterable[str], structure: Structure) -> list[str]:
    """Return the dimensions that can stand there: without observations, some versions have none without values."""
    has_all = structure.has_groups or not structure.dialect.needs_values
    return [name for name in dimensions if has_all or structure.values[name].texts]


def _levels(
    structure: Structure, names: Names, levels: Mapping[str, Iterable[str]], *, empty: bool = False
) -> Iterator[str]:
    separator = "{"
    for level, components in levels.items():
        found = list(components)
        if not found and not empty:
            continue
        yield f'{separator}"{level}":['
        separator = ","
        for place, name in enumerate(found):
            yield ",\n" if place else "\n"
            yield from _component(structure, structure.schema.by_id[name], names)
        yield "]"
    yield "}" if separator == "," else "{}"


def _component(structure: Structure, column: Column, names: Names) -> Iterator[str]:
    dialect = structure.dialect
    told: JsonObject = {"id": column.id}
    names.put(told, column.name, column.id, structure.reference)
    if column.role in _DIMENSIONS:
        told["keyPosition"] = structure.schema.dimensions.index(column.id)
    if column.role is Role.TIME_DIMENSION:
        told["roles"] = [TIME_DIMENSION]
    if column.role is Role.ATTRIBUTE:
        told["relationship"] = _relationship(column, dialect)
    if dialect.is_2 and column.mandatory and column.role not in _DIMENSIONS:
        told["isMandatory"] = True
    if dialect.is_2 and column.codes is None and column.data_type in _TYPES:
        told["format"] = {"dataType": column.data_type}
    yield _json(told)[:-1]
    values = structure.values.get(column.id)
    if values is not None:
        yield from _values(structure, values, names)
    yield "}"


def _relationship(column: Column, dialect: DataDialect) -> JsonObject:
    if column.attached_to:
        return {"dimensions": list(column.attached_to)}
    if column.attachment is Level.DATASET:
        return {"dataflow" if dialect.is_2 else "none": {}}
    return {"observation": {}} if dialect.is_2 else {"primaryMeasure": PRIMARY_MEASURE}


def _values(structure: Structure, values: Values, names: Names) -> Iterator[str]:
    dialect, column = structure.dialect, values.column
    texts = values.texts
    if not texts and dialect.needs_values and column.role in _DIMENSIONS:
        texts = [column.codes[0] if column.codes else ""]  # there must be one; nothing refers to it
    if not texts and dialect.is_2:
        return
    codes = frozenset(column.codes or ())
    yield ',"values":['
    for place, text in enumerate(texts):
        yield ",\n" if place else "\n"
        yield _json(_value(structure, column, text, names, is_code=text in codes))
    yield "]"


def _value(structure: Structure, column: Column, text: str, names: Names, *, is_code: bool) -> JsonObject:
    reference = structure.reference
    is_id = ID.fullmatch(text) is not None
    if is_code and is_id:
        return names.put({"id": text}, column.code_names.get(text, {}), text, reference)
    if structure.dialect.is_2:
        told: JsonObject = {"value": text}
        return names.put(told, column.code_names[text], text, reference) if text in column.code_names else told
    if column.role is Role.ATTRIBUTE:
        return {"name": text}
    if not is_id:
        where = f"{structure.where}.{column.id}"
        raise StructureError("id-refused", where=where, format=structure.dialect.name, id=text)
    return {"id": text, "name": text}


def _json(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
