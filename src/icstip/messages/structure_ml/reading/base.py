"""Elements of a message that is read, of which nothing is passed over silently."""

import re
from collections.abc import Iterator
from types import TracebackType
from typing import Final, Self, cast

from lxml import etree

from icstip.artefacts.base import Reference
from icstip.artefacts.notices import Notices
from icstip.errors import FormatError
from icstip.messages.structure_ml.dialect import Dialect
from icstip.messages.xml import Namespaces

_WHOLE: Final = re.compile(r"[+\-]?[0-9]{1,9}")
_TRUTHS: Final = {"true": True, "1": True, "false": False, "0": False}


DEEPEST: Final = 100
"""How deeply an element of an artefact can be nested: several times what real ones are."""


class NotUnderstoodError(Exception):
    """What an artefact cannot be without was not understood, so that the artefact is left out.

    Args:
        name: Name of the element.
    """

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class Reading:
    """What is known while a message is read.

    Args:
        dialect: The version of SDMX-ML.
        where: File or address that the message comes from.
    """

    def __init__(self, dialect: Dialect, where: str) -> None:
        self.dialect = dialect
        self.where = where
        self.notices = Notices(where, dialect.name)
        #: The maintainable artefact that is being read.
        self.artefact: Reference | None = None
        #: What references of SDMX-ML 2.1 refer to, where the model has another id or version for it.
        self.renamed: dict[Reference, Reference] = {}
        self._names = _LocalNames(dialect.namespaces)

    def name_of(self, element: etree._Element) -> str:
        """Return the local name of an element, or its whole name if it is none of SDMX-ML's."""
        return self._names[element.tag]

    def node(self, element: etree._Element) -> "Node":
        """Return an element to read from. At the end of a ``with`` over it, it tells what nobody asked for."""
        return Node(element, self)

    def not_read(self, name: str) -> None:
        """Say that something in the artefact that is being read was not understood."""
        self.notices.not_read(name, self.artefact)

    def text_of(self, element: etree._Element) -> str:
        """Return the text of an element exactly as it stands there."""
        if not len(element):
            return element.text or ""
        for stray in element:
            self.not_read(_shown(self.name_of(stray)))
        return "".join(map(str, element.itertext()))


class Node:
    """The attributes and children of an element. Each is taken once; the rest is told at the end."""

    __slots__ = ("_attributes", "_children", "_element", "name", "reading")

    def __init__(self, element: etree._Element, reading: Reading) -> None:
        self.reading = reading
        self.name = reading.name_of(element)
        self._element = element
        self._attributes = attributes_of(element)
        self._children: dict[str, list[etree._Element]] = {}
        for child in element:
            name = reading.name_of(child)
            if name in self._children:
                self._children[name].append(child)
            else:
                self._children[name] = [child]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None and (self._attributes or self._children):
            self._tell_rest()

    def check_depth(self) -> None:
        """Check that the element is not nested more deeply than in any real message.

        Raises:
            NotUnderstoodError: It is.
        """
        if sum(1 for _ in self._element.iterancestors()) > DEEPEST:
            raise NotUnderstoodError(self.name)

    def attribute(self, name: str) -> str | None:
        """Return an attribute exactly as it stands there, or None."""
        return self._attributes.pop(name, None)

    def token(self, name: str) -> str | None:
        """Return an attribute that cannot begin or end with spaces, or None; an empty one is None too."""
        value = self._attributes.pop(name, None)
        return value.strip() or None if value is not None else None

    def required(self, name: str) -> str:
        """Return an attribute that cannot begin or end with spaces.

        Raises:
            FormatError: It is absent.
        """
        value = self.token(name)
        if value is None:
            raise FormatError("structure-incomplete", where=self.reading.where, what=name, where_in=self.told)
        return value

    def truth(self, name: str) -> bool | None:
        """Return an attribute that is true or false; None if it is absent or neither."""
        value = self.token(name)
        if value is None:
            return None
        truth = _TRUTHS.get(value.lower())
        if truth is None:
            self.reading.not_read(f"{self.name}@{name}")
        return truth

    def choice(self, name: str, *words: str) -> str | None:
        """Return an attribute that is one of some words; None if it is absent or none of them."""
        value = self.token(name)
        if value is None or value in words:
            return value
        self.reading.not_read(f"{self.name}@{name}")
        return None

    def number(self, name: str) -> int | None:
        """Return an attribute that is a whole number; None if it is absent or none."""
        value = self.token(name)
        if value is None or _WHOLE.fullmatch(value):
            return None if value is None else int(value)
        self.reading.not_read(f"{self.name}@{name}")
        return None

    def drop(self, *names: str) -> None:
        """Take attributes that say nothing that is not known already."""
        for name in names:
            self._attributes.pop(name, None)

    def children(self, *names: str) -> list[etree._Element]:
        """Return the children of some names in the order of the document."""
        found = [self._children.pop(name) for name in names if name in self._children]
        if len(found) <= 1:
            return found[0] if found else []
        return [child for child in self._element if self.reading.name_of(child) in names]

    def every_child(self) -> list[etree._Element]:
        """Return all children in the order of the document."""
        self._children.clear()
        return list(self._element)

    def child(self, *names: str) -> etree._Element | None:
        """Return the first child that has one of some names, or None. More of them are told."""
        found = self.children(*names)
        for further in found[1:]:
            self.reading.not_read(self.reading.name_of(further))
        return found[0] if found else None

    def nodes(self, *names: str) -> Iterator["Node"]:
        """Yield the children of some names as nodes."""
        return map(self.reading.node, self.children(*names))

    def node(self, *names: str) -> "Node | None":
        """Return the child that has one of some names as a node, or None."""
        child = self.child(*names)
        return None if child is None else self.reading.node(child)

    def text(self, name: str) -> str | None:
        """Return the text of a child exactly as it stands there, or None."""
        child = self.child(name)
        return None if child is None else self.reading.text_of(child)

    def word(self, name: str) -> str | None:
        """Return the text of a child, which cannot begin or end with spaces, or None."""
        text = self.text(name)
        return None if text is None else text.strip()

    def texts(self, name: str) -> tuple[str, ...]:
        """Return the texts of the children of a name exactly as they stand there."""
        return tuple(map(self.reading.text_of, self.children(name)))

    def words(self, name: str) -> tuple[str, ...]:
        """Return the texts of the children of a name, which cannot begin or end with spaces."""
        return tuple(text.strip() for text in self.texts(name))

    def own_text(self) -> str:
        """Return the text of the element itself exactly as it stands there."""
        self._children.clear()
        return self.reading.text_of(self._element)

    @property
    def told(self) -> str:
        """The element for people, with the artefact that it stands in."""
        artefact = self.reading.artefact
        return self.name if artefact is None else f"{artefact.kind}={artefact}, {self.name}"

    def _tell_rest(self) -> None:
        for name in self._children:
            self.reading.not_read(_shown(name))
        for name in self._attributes:
            if not name.startswith("{"):
                self.reading.not_read(f"{self.name}@{name}")


def attributes_of(element: etree._Element) -> dict[str, str]:
    """Return the attributes of an element by their qualified names."""
    return cast("dict[str, str]", dict(element.attrib.items()))  # the stubs think of bytes as well


class _LocalNames(dict[str, str]):
    """Local names by qualified names, for the namespaces of one version of SDMX-ML and for no namespace."""

    def __init__(self, namespaces: Namespaces) -> None:
        super().__init__()
        names = namespaces.message, namespaces.structure, namespaces.common
        self._namespaces = {"", *(f"{{{name}" for name in names)}

    def __missing__(self, tag: str) -> str:
        namespace, _, local = tag.rpartition("}")
        name = local if namespace in self._namespaces else tag
        self[tag] = name
        return name


def _shown(name: str) -> str:
    return name.rpartition("}")[2]
