"""XML written as text from the root on, where a tree of elements would cost most of the time.

An element takes children until a later one of an element above it is written: the order of calls is the order of the
document. What cannot stand in XML is looked for once, in the whole document.
"""

import re
from typing import Final

from icstip.messages.xml import ESCAPES, refuse_not_xml

# XML 1.0 §2.2: these cannot stand in a document, not even as a character reference; nor can lone surrogates.
_CONTROLS: Final = bytes(number for number in range(0x20) if number not in b"\t\n\r")
_NO_CHARACTERS: Final = ("\ufffe".encode(), "\uffff".encode())
_DECLARATION: Final = "<?xml version='1.0' encoding='UTF-8'?>\n"


class Element:
    """An element of a document that is being written. It is made by its parent, the root by `XmlText`."""

    __slots__ = ("_document", "_indent", "_tag", "has_children")

    def __init__(self, document: "XmlText", tag: str, indent: str) -> None:
        self._document = document
        self._tag = tag
        self._indent = indent
        self.has_children = False

    def child(self, tag: str, text: str | None = None, /, **attributes: str | None) -> "Element":
        """Return a new last child.

        Args:
            tag: Its name with its prefix.
            text: Its text; one that has a text takes no children.
            **attributes: Its attributes in order; one that is None is left out.
        """
        given = "".join([f' {name}="{_attribute(value)}"' for name, value in attributes.items() if value is not None])
        return self._add(tag, text, given)

    def localised(self, tag: str, language: str, text: str) -> None:
        """Add a last child that holds a text in a language; the language "" is none."""
        self._add(tag, text, f' xml:lang="{_attribute(language)}"' if language else "")

    def discard(self) -> None:
        """Take the element back, which has no children yet and is the last one."""
        self._document.discard(self)

    def close(self) -> str:
        """Return the text that ends the element."""
        return f"{self._indent}</{self._tag}>\n" if self.has_children else "/>\n"

    def _add(self, tag: str, text: str | None, attributes: str) -> "Element":
        parts = self._document.reach(self)
        if not self.has_children:
            self.has_children = True
            parts.append(">\n")
        indent = f"{self._indent}  "
        if text is not None:
            parts.append(f"{indent}<{tag}{attributes}>{_text(text)}</{tag}>\n")
            return self._document.ended
        element = Element(self._document, tag, indent)
        parts.append(f"{indent}<{tag}{attributes}")
        self._document.open(element)
        return element


class XmlText:
    """A document that is being written.

    Args:
        tag: Name of the root with its prefix.
        **attributes: Its attributes in order.
    """

    def __init__(self, tag: str, **attributes: str) -> None:
        given = "".join(f' {name}="{_attribute(value)}"' for name, value in attributes.items())
        self._parts = [f"{_DECLARATION}<{tag}{given}"]
        self.root = Element(self, tag, "")
        self.ended = Element(self, "", "")
        self._open = [self.root]

    def reach(self, element: Element) -> list[str]:
        """Return the parts of the text after all that is open below an element has been ended.

        Raises:
            ValueError: The element itself has been ended.
        """
        stack = self._open
        while stack[-1] is not element:
            if len(stack) == 1:
                raise ValueError("the element has been ended")
            self._parts.append(stack.pop().close())
        return self._parts

    def open(self, element: Element) -> None:
        """Take an element for the one that is open."""
        self._open.append(element)

    def discard(self, element: Element) -> None:
        """Take back the last element, which has no children yet."""
        if self._open[-1] is not element or element.has_children:
            raise ValueError("the element has been written")
        self._open.pop()
        self._parts.pop()

    def content(self) -> bytes:
        """Return the document in UTF-8, one element a line, with a line end after the last.

        Raises:
            StructureError: XML cannot hold a character in it.
        """
        self.reach(self.root)
        text = "".join([*self._parts, self.root.close()])
        try:
            content = text.encode()
        except UnicodeEncodeError:
            refuse_not_xml(text)
            raise
        if len(content.translate(None, _CONTROLS)) < len(content) or any(part in content for part in _NO_CHARACTERS):
            refuse_not_xml(text)
        return content


def _text(value: str) -> str:
    if "&" in value:
        value = value.replace("&", "&amp;")
    if "<" in value:
        value = value.replace("<", "&lt;")
    if ">" in value:
        value = value.replace(">", "&gt;")
    if "\r" in value:
        value = value.replace("\r", "&#13;")
    return value


_SAFE: Final = re.compile(r"[\w.:()=+\-/ ]*")  # what most attributes are: ids, URNs, dates


def _attribute(value: str) -> str:
    # Inside an attribute a bare tab or line end would be read back as a space (XML 1.0 §3.3.3).
    return value if _SAFE.fullmatch(value) else value.translate(ESCAPES)
