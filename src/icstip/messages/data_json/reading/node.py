"""Parts of a document by the path to them, of which nothing is passed over silently."""

from collections.abc import Iterator, Mapping

from icstip.artefacts.base import Texts
from icstip.errors import FormatError
from icstip.messages.data_json.reading.document import Given
from icstip.messages.data_parts import Reading
from icstip.messages.structure_json.dialect import UNKNOWN_LANGUAGE


class Context:
    """What is known while a message is read.

    Args:
        reading: Where findings go.
        language: Language of texts that do not say which they are in.
    """

    def __init__(self, reading: Reading, language: str) -> None:
        self.reading = reading
        self.language = language

    def broken(self, path: str, reason: str) -> FormatError:
        """Return the error that a message is broken.

        Args:
            path: Where.
            reason: How.
        """
        return FormatError("data-json-broken", where=self.reading.where, path=path, reason=reason)

    def not_read(self, name: str, times: int = 1) -> None:
        """Say that a part of the message is not read."""
        self.reading.notices.add("DATA-007", name, times=times)


class Node:
    """The properties of an object. Each is taken once; the rest is told at the end.

    Args:
        given: The object.
        path: The path to it.
        context: What is known while it is read.
    """

    def __init__(self, given: object, path: str, context: Context) -> None:
        if not isinstance(given, dict):
            raise context.broken(path, "it is no object")
        self.path = path
        self.context = context
        # A property that is null is the same as one that is not there (SDMX-JSON field guide).
        self._rest: dict[str, object] = {name: value for name, value in given.items() if value is not None}

    def __contains__(self, name: str) -> bool:
        return name in self._rest

    def take(self, name: str) -> object:
        """Return a property, or None."""
        return self._rest.pop(name, None)

    def drop(self, *names: str) -> None:
        """Take properties that say nothing of data."""
        for name in names:
            self._rest.pop(name, None)

    def names_left(self) -> tuple[str, ...]:
        """Return the names of the properties that nobody took yet."""
        return tuple(self._rest)

    def tell(self, name: str = "") -> None:
        """Say of the properties that nobody took that they are not read.

        Args:
            name: What the object is.
        """
        for rest in self._rest:
            self.context.not_read(f"{name}.{rest}" if name else rest)

    def text(self, name: str) -> str:
        """Return a property that is a text, empty when it is not there."""
        value = self.take(name)
        if value is None or isinstance(value, str):
            return value or ""
        raise self.context.broken(f"{self.path}.{name}", "it is no text")

    def truth(self, name: str) -> bool:
        """Return whether a property is true."""
        value = self.take(name)
        if value is None or isinstance(value, bool):
            return bool(value)
        raise self.context.broken(f"{self.path}.{name}", "it is neither true nor false")

    def whole(self, name: str) -> int | None:
        """Return a property that is a whole number, or None when it is not there."""
        value = self.take(name)
        if value is None or type(value) is int:
            return value
        raise self.context.broken(f"{self.path}.{name}", "it is no whole number")

    def elements(self, name: str) -> list[object]:
        """Return the elements of a property that is a list."""
        value = self.take(name)
        if value is None:
            return []
        if not isinstance(value, list):
            raise self.context.broken(f"{self.path}.{name}", "it is no list")
        return value

    def nodes(self, name: str) -> Iterator["Node"]:
        """Yield the elements of a property that is a list of objects."""
        for place, element in enumerate(self.elements(name)):
            yield Node(element, f"{self.path}.{name}[{place}]", self.context)

    def node(self, name: str) -> "Node | None":
        """Return a property that is an object, or None."""
        value = self.take(name)
        return None if value is None else Node(value, f"{self.path}.{name}", self.context)

    def mapping(self, name: str) -> Given:
        """Return a property that is an object of entries, empty when it is not there."""
        value = self.take(name)
        if value is None:
            return {}
        if not isinstance(value, dict):
            raise self.context.broken(f"{self.path}.{name}", "it is no object")
        return value

    def names(self, one: str = "name", several: str = "names") -> Texts:
        """Return a text by language.

        Args:
            one: Property of the best match, which counts if there are no languages.
            several: Property of the languages.
        """
        best, named = self.text(one), self.mapping(several)
        found = {language: text for language, text in named.items() if isinstance(text, str)}
        if UNKNOWN_LANGUAGE in found:
            found = {"" if language == UNKNOWN_LANGUAGE else language: text for language, text in found.items()}
        if found or not best:
            return found
        return {self.context.language: best}


def chosen(texts: Mapping[str, object], context: Context, name: str) -> str | None:
    """Return one of the texts of a value in several languages; the others are told.

    Args:
        texts: The texts by language.
        context: What is known while they are read.
        name: What has the value.
    """
    known = {language: text for language, text in texts.items() if isinstance(text, str)}
    if not known:
        return None
    language = next((one for one in (context.language, "en") if one in known), next(iter(known)))
    for other in known:
        if other != language:
            context.not_read(f"{name} ({other})")
    return known[language]
