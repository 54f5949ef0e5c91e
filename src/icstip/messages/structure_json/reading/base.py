"""Objects of a message that is read, of which nothing is passed over silently."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from itertools import accumulate
from types import TracebackType
from typing import Final, NoReturn, Self, TypeAlias

from icstip.artefacts.base import Reference, Texts, no_texts
from icstip.artefacts.collection import maintainable_reference
from icstip.artefacts.kinds import ORGANISATION_SCHEMES
from icstip.artefacts.notices import Notices
from icstip.artefacts.urn import parse_urn
from icstip.artefacts.versions import DRAFT
from icstip.errors import FormatError
from icstip.messages.structure_json.dialect import KINDS, UNKNOWN_LANGUAGE, Dialect
from icstip.messages.structure_json.layout import DEEPEST

Parsed: TypeAlias = "Mapping[str, object]"
"""An object as it was parsed."""

_NOT_NESTING: Final = bytes(set(range(256)) - set(b'[]{}"'))
_STEPS: Final = {ord("["): 1, ord("{"): 1, ord("]"): -1, ord("}"): -1}
# A character that JSON can escape, but that is half of one and cannot be written again.
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_MAY_BE_SURROGATE: Final = re.compile(rb"\\u[dD][89a-fA-F]")
_CASCADES: Final = frozenset({"true", "false", "excluderoot"})
_WHOLE: Final = re.compile(r"-?[0-9]{1,15}")

# Parts of a hierarchy. In SDMX 2.1 the path to them begins with the hierarchy, which is in a hierarchical code list.
_IN_HIERARCHY: Final = frozenset({"Hierarchy", "HierarchicalCode", "Level"})


class NotUnderstoodError(Exception):
    """What an artefact cannot be without was not understood, so that the artefact is left out.

    Args:
        name: Name of the property.
    """

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def parse(content: bytes, where: str) -> Parsed:
    """Return the object that a document from outside is.

    Args:
        content: The document: JSON in UTF-8 (RFC 8259).
        where: The file or address that it comes from, for the message.

    Raises:
        FormatError: It is no such document, has a property twice, or is nested too deeply.
    """
    if _depth(content) > DEEPEST:
        raise FormatError("json-too-deep", where=where)
    try:
        parsed = json.loads(
            content.decode("utf-8-sig"), object_pairs_hook=_object, parse_float=Decimal, parse_constant=_refuse
        )
        if _MAY_BE_SURROGATE.search(content) and _SURROGATE.search(json.dumps(parsed, ensure_ascii=False, default=str)):
            raise ValueError("half a character")  # noqa: TRY301 - it is told like all that JSON cannot be
    except (ValueError, InvalidOperation) as error:
        raise FormatError("json-malformed", where=where, reason=str(error) or type(error).__name__) from error
    if not isinstance(parsed, dict):
        raise FormatError("not-a-structure-message", where=where)
    return parsed


class Reading:
    """What is known while a message is read.

    Args:
        dialect: Version of SDMX-JSON.
        where: File or address that the message comes from.
        language: Language of a text that does not say which it is in.
        drafts: Artefacts whose versions are not final, by references to them with the version as it stands there.
    """

    def __init__(self, dialect: Dialect, where: str, language: str, drafts: frozenset[Reference]) -> None:
        self.dialect = dialect
        self.where = where
        self.language = language
        self.notices = Notices(where, dialect.name)
        #: The maintainable artefact that is being read.
        self.artefact: Reference | None = None
        self._drafts = drafts
        self._references: dict[str, Reference | None] = {}

    def not_read(self, name: str) -> None:
        """Say that something in the artefact that is being read was not understood."""
        self.notices.not_read(name, self.artefact)

    def reference(self, urn: str) -> Reference | None:
        """Return the reference that a URN stands for in the terms of the model, or None if it is not understood."""
        if urn not in self._references:
            self._references[urn] = self._reference(urn)
        return self._references[urn]

    def _reference(self, urn: str) -> Reference | None:
        found = parse_urn(urn.replace(".Valuelist=", ".ValueList=", 1))
        if found is None:
            return None
        found = replace(found, kind=KINDS.get(found.kind, found.kind))
        whole = maintainable_reference(found)
        if whole.kind in ORGANISATION_SCHEMES:
            return replace(found, version="1.0")
        if whole in self._drafts:
            found = replace(found, version=found.version + DRAFT)
        is_in_list = self.dialect.hierarchy_in_list and found.kind in _IN_HIERARCHY and found.item
        return _out_of_list(found) if is_in_list else found


class Node:
    """The properties of an object. Each is taken once; the rest is told at the end."""

    __slots__ = ("_rest", "name", "reading")

    def __init__(self, given: Parsed, name: str, reading: Reading) -> None:
        self.reading = reading
        self.name = name
        # A property that is null is the same as one that is not there (SDMX-JSON field guide).
        has_null = None in given.values()
        self._rest = {key: part for key, part in given.items() if part is not None} if has_null else dict(given)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None and self._rest:
            for name in self._rest:
                self.not_read(name)

    def __contains__(self, name: str) -> bool:
        return name in self._rest

    @property
    def told(self) -> str:
        """What this is, for errors."""
        artefact = self.reading.artefact
        return self.name if artefact is None else f"{artefact.kind}={artefact}, {self.name}"

    def not_read(self, name: str) -> None:
        """Say that a property was not understood."""
        self.reading.not_read(f"{self.name}.{name}")

    def drop(self, *names: str) -> None:
        """Take properties that say nothing that is not known already."""
        for name in names:
            self._rest.pop(name, None)

    def names(self) -> tuple[str, ...]:
        """Return the names of the properties that nobody took yet."""
        return tuple(self._rest)

    def text(self, name: str) -> str | None:
        """Return a property that is a text, or None."""
        value = self._rest.pop(name, None)
        if value is None or isinstance(value, str):
            return value
        self.not_read(name)
        return None

    def required(self, name: str, *, can_be_empty: bool = False) -> str:
        """Return a property that is a text.

        Args:
            name: The property.
            can_be_empty: Whether the text can be empty.

        Raises:
            FormatError: It is absent, no text, or empty where it cannot be.
        """
        value = self.text(name)
        if value is None or not (value or can_be_empty):
            raise FormatError("structure-incomplete", where=self.reading.where, what=name, where_in=self.told)
        return value

    def truth(self, name: str) -> bool | None:
        """Return a property that is true or false; None if it is absent or neither."""
        value = self._rest.pop(name, None)
        if value is None or isinstance(value, bool):
            return value
        self.not_read(name)
        return None

    def whole(self, name: str) -> int | None:
        """Return a property that is a whole number; None if it is absent or another thing."""
        text = self.number(name)
        if text is None or _WHOLE.fullmatch(text):
            return None if text is None else int(text)
        self.not_read(name)
        return None

    def number(self, name: str) -> str | None:
        """Return a property that is a number as a text; None if it is absent or another thing."""
        value = self._rest.pop(name, None)
        if value is None:
            return None
        if isinstance(value, int | Decimal) and not isinstance(value, bool):
            return str(value)
        self.not_read(name)
        return None

    def cascade(self, name: str) -> str:
        """Return a property that says how codes below another are meant with it; ``false`` if it does not."""
        value = self._rest.pop(name, False)
        if isinstance(value, bool) or (isinstance(value, str) and value in _CASCADES):
            return str(value).lower()
        self.not_read(name)
        return "false"

    def peek(self, name: str) -> object:
        """Return a property, whatever it is, without taking it; None if it is absent."""
        return self._rest.get(name)

    def node(self, name: str) -> "Node | None":
        """Return a property that is an object, or None."""
        value = self._rest.pop(name, None)
        if value is None:
            return None
        if isinstance(value, dict):
            return Node(value, name, self.reading)
        self.not_read(name)
        return None

    def elements(self, name: str) -> Iterator[object]:
        """Yield the elements of a property that is a list."""
        value = self._rest.pop(name, None)
        if isinstance(value, list):
            yield from value
        elif value is not None:
            self.not_read(name)

    def nodes(self, name: str) -> Iterator["Node"]:
        """Yield the elements of a property that is a list of objects."""
        for value in self.elements(name):
            if isinstance(value, dict):
                yield Node(value, name, self.reading)
            else:
                self.not_read(name)

    def strings(self, name: str) -> tuple[str, ...]:
        """Return the elements of a property that is a list of texts."""
        values = tuple(self.elements(name))
        texts = tuple(value for value in values if isinstance(value, str))
        if len(texts) != len(values):
            self.not_read(name)
        return texts

    def texts(self, one: str, several: str) -> Texts:
        """Return a text by language.

        Args:
            one: Property of the best match, which counts if there are no languages.
            several: Property of the languages.
        """
        best, named = self.text(one), self._rest.pop(several, None)
        if isinstance(named, dict):
            found = {language: text for language, text in named.items() if isinstance(text, str)}
            if len(found) != len(named):
                self.not_read(several)
            if UNKNOWN_LANGUAGE in found:
                found = {"" if language == UNKNOWN_LANGUAGE else language: text for language, text in found.items()}
            if found:
                return found
        elif named is not None:
            self.not_read(several)
        return no_texts() if best is None else {self.reading.language: best}

    def reference(self, name: str) -> Reference:
        """Return the reference that a property holds.

        Raises:
            NotUnderstoodError: It is absent or not understood.
        """
        found = self.reference_if_any(name)
        if found is None:
            raise NotUnderstoodError(f"{self.name}.{name}")
        return found

    def reference_if_any(self, name: str) -> Reference | None:
        """Return the reference that a property holds, or None if it is absent.

        Raises:
            NotUnderstoodError: It is not understood.
        """
        if name not in self._rest:
            return None
        urn = self.text(name)
        found = None if urn is None else self.reading.reference(urn)
        if found is None:
            raise NotUnderstoodError(f"{self.name}.{name}")
        return found

    def references(self, name: str) -> tuple[Reference, ...]:
        """Return the references that a property holds.

        Raises:
            NotUnderstoodError: One is not understood.
        """
        found = [self.reading.reference(urn) if isinstance(urn, str) else None for urn in self.elements(name)]
        if None in found:
            raise NotUnderstoodError(f"{self.name}.{name}")
        return tuple(target for target in found if target is not None)


def _depth(content: bytes) -> int:
    """Return how deeply a document is nested, without reading it."""
    if content.count(b"[") + content.count(b"{") <= DEEPEST:
        return 0
    unescaped = content.replace(b"\\\\", b"").replace(b'\\"', b"") if b"\\" in content else content
    # Most texts become two quotes without anything between them; the rest of the quotes still alternates.
    quoted = unescaped.translate(None, _NOT_NESTING).replace(b'""', b"")
    nesting = b"".join(quoted.split(b'"')[::2])
    return max(accumulate(map(_STEPS.__getitem__, nesting)), default=0)


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"a second '{twice}' in one object")
    return found


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no JSON")


def _out_of_list(reference: Reference) -> Reference:
    """Return the reference to a hierarchy, or to a part of one, that in SDMX 2.1 is in a hierarchical code list."""
    hierarchy, _, item = reference.item.partition(".")
    return replace(reference, id=hierarchy_id(reference.id, hierarchy), item=item)


def hierarchy_id(codelist: str, hierarchy: str) -> str:
    """Return the id of a hierarchy of a hierarchical code list as an artefact of its own."""
    return codelist if hierarchy == codelist else f"{codelist}_{hierarchy}"
