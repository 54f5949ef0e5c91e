"""Elements of XML Schema that derived types are made of."""

from typing import Final

from lxml import etree

from icstip.artefacts.base import Texts
from icstip.messages.data_schema.simple_types import SimpleType
from icstip.messages.xml import child, localised

NAMESPACE: Final = "http://www.w3.org/2001/XMLSchema"


def tag(name: str) -> str:
    """Return the qualified name of an element of XML Schema."""
    return f"{{{NAMESPACE}}}{name}"


def restricted(parent: etree._Element, name: str, base: str, *, abstract: bool = False) -> etree._Element:
    """Return the restriction of a base that a new complex type of a name is."""
    made = child(parent, tag("complexType"), name=name, abstract="true" if abstract else None)
    return child(child(made, tag("complexContent")), tag("restriction"), base=base)


def content_of(restriction: etree._Element) -> etree._Element:
    """Return the sequence of elements of a restricted type, which annotations may begin."""
    made = child(restriction, tag("sequence"))
    child(made, tag("element"), ref="common:Annotations", minOccurs="0")
    return made


def element(parent: etree._Element, name: str, type_name: str, least: str = "0", most: str = "1") -> etree._Element:
    """Return the declaration of a local element, which has no namespace."""
    occurs = {"minOccurs": None if least == "1" else least, "maxOccurs": None if most == "1" else most}
    return child(parent, tag("element"), name=name, type=type_name, form="unqualified", **occurs)


def attribute(
    parent: etree._Element, name: str, type_name: str, use: str = "optional", fixed: str | None = None
) -> etree._Element:
    """Return the declaration of an attribute: ``required``, ``optional`` or ``prohibited``."""
    return child(parent, tag("attribute"), name=name, type=type_name, use=use, fixed=fixed)


def simple_type(parent: etree._Element, made: SimpleType) -> None:
    """Declare a simple type."""
    declared = child(parent, tag("simpleType"), name=made.name)
    if made.members:
        child(declared, tag("union"), memberTypes=" ".join(made.members))
        return
    restriction = child(declared, tag("restriction"), base=made.base)
    for name, value in made.facets:
        child(restriction, tag(name), value=value)
    for item in made.items or ():
        documented(child(restriction, tag("enumeration"), value=item.id), item.name)
    if made.items == ():
        child(restriction, tag("length"), value="0")  # without this an empty list would allow everything
        child(restriction, tag("pattern"), value=".")


def documented(parent: etree._Element, texts: Texts) -> None:
    """Annotate a declaration with a text in its languages."""
    if not texts:
        return
    annotation = child(parent, tag("annotation"))
    for language, said in texts.items():
        if language:
            localised(annotation, tag("documentation"), language, said)
        else:
            child(annotation, tag("documentation"), said)
