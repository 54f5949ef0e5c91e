"""XML as SDMX messages use it: namespaces, safe reading, escaping, serialisation."""

import re
from dataclasses import dataclass
from typing import Final

from lxml import etree

from icstip.errors import FormatError, StructureError

XML_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"

# XML 1.0 §2.2: what is not one of these cannot stand in a document, not even as a character reference.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Inside an attribute a bare tab or line end would be read back as a space (XML 1.0 §3.3.3).
ESCAPES: Final = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}
)
"""What characters become in an attribute in double quotes."""


@dataclass(frozen=True, slots=True)
class Namespaces:
    """The namespaces of one version of SDMX-ML."""

    message: str
    structure: str
    common: str

    @classmethod
    def of(cls, version: str) -> "Namespaces":
        """Return the namespaces of a version, for example ``3_0``."""
        base = f"http://www.sdmx.org/resources/sdmxml/schemas/v{version}"
        return cls(f"{base}/message", f"{base}/structure", f"{base}/common")

    @property
    def prefixes(self) -> dict[str, str]:
        """The prefixes that SDMX tools write."""
        return {"mes": self.message, "str": self.structure, "com": self.common}

    def message_tag(self, tag: str) -> str:
        """Return the qualified name of a message element."""
        return f"{{{self.message}}}{tag}"

    def structure_tag(self, tag: str) -> str:
        """Return the qualified name of a structure element."""
        return f"{{{self.structure}}}{tag}"

    def common_tag(self, tag: str) -> str:
        """Return the qualified name of a common element."""
        return f"{{{self.common}}}{tag}"


ML_21: Final = Namespaces.of("2_1")
ML_30: Final = Namespaces.of("3_0")
ML_31: Final = Namespaces.of("3_1")


def child(parent: etree._Element, tag: str, text: str | None = None, **attributes: str | None) -> etree._Element:
    """Return a new last child of an element.

    Args:
        parent: The element.
        tag: Qualified name of the child.
        text: Its text.
        **attributes: Its attributes in order; one that is None is left out.

    Raises:
        StructureError: XML cannot hold a character of the text or of an attribute.
    """
    given = {name: value for name, value in attributes.items() if value is not None}
    try:
        element = etree.SubElement(parent, tag, given)
        element.text = text
    except ValueError:  # lxml looks at every character anyway; only then is it worth to say which one it is
        for value in (text or "", *given.values()):
            refuse_not_xml(value)
        raise
    return element


def localised(parent: etree._Element, tag: str, language: str, text: str) -> etree._Element:
    """Return a new last child of an element that holds a text in a language; the language "" is none."""
    return child(parent, tag, text, **{XML_LANG: language or None})


def escape(text: str) -> str:
    """Return a text as it may stand in an XML attribute in double quotes, or between tags.

    Raises:
        StructureError: XML cannot hold a character of it.

    Example:
        >>> escape('A & B < "C"')
        'A &amp; B &lt; &quot;C&quot;'
    """
    refuse_not_xml(text)
    return text.translate(ESCAPES)


def serialise(root: etree._Element) -> bytes:
    """Return a document in UTF-8, one element a line, with a line end after the last."""
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)


def parse(content: bytes, *, where: str) -> etree._Element:
    """Return the root of a document that comes from outside.

    Nothing is fetched and no entity is expanded: a document type declaration, which no SDMX message has, is refused.

    Args:
        content: The document.
        where: The file or address that it comes from, for the message.

    Raises:
        FormatError: It is not well-formed XML, or declares a document type.
    """
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise FormatError("xml-malformed", where=where, reason=error.msg) from error
    if root.getroottree().docinfo.doctype:  # type: ignore[union-attr] # the stubs lack it
        raise FormatError("xml-doctype", where=where)
    return root


def refuse_not_xml(text: str) -> None:
    """Do nothing if XML can hold a text.

    Raises:
        StructureError: It cannot; the message says where in the text.
    """
    if found := _NOT_XML.search(text):
        around = text[max(found.start() - 20, 0) : found.end() + 20]
        raise StructureError("xml-character", where=ascii(around), character=f"U+{ord(found[0]):04X}")
