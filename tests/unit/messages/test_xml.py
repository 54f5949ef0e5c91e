"""XML as SDMX messages use it."""

import pytest
from lxml import etree

from icstip.errors import FormatError, StructureError
from icstip.messages.xml import XML_LANG, child, escape, localised, parse, serialise


def test_a_document_is_utf_8_with_one_element_a_line_and_a_line_end() -> None:
    root = etree.Element("root")
    child(root, "name", "أفريقيا")
    assert (
        serialise(root).decode() == "<?xml version='1.0' encoding='UTF-8'?>\n<root>\n  <name>أفريقيا</name>\n</root>\n"
    )


def test_attributes_keep_their_order_and_absent_ones_are_left_out() -> None:
    element = child(etree.Element("root"), "code", b="1", a=None, c="2")
    assert list(element.attrib.items()) == [("b", "1"), ("c", "2")]


def test_a_text_has_its_language() -> None:
    assert localised(etree.Element("root"), "name", "fr", "Nom").get(XML_LANG) == "fr"


@pytest.mark.parametrize("text", ["a & b", "<b>", 'say "no"', "l'homme", "two\nlines\tand\r", "أفريقيا", "😀"])
def test_an_escaped_text_reads_back_the_same_in_an_attribute_and_between_tags(text: str) -> None:
    read = etree.fromstring(f'<a b="{escape(text)}">{escape(text)}</a>'.encode())
    assert (read.get("b"), read.text) == (text, text)


@pytest.mark.parametrize("character", ["\x00", "\x0b", "\x1f", "\ud800", "\ufffe"])
def test_a_character_that_xml_cannot_hold_is_refused_by_its_number(character: str) -> None:
    with pytest.raises(StructureError, match=f"U\\+{ord(character):04X}"):
        escape(f"Name{character}")
    with pytest.raises(StructureError, match=f"U\\+{ord(character):04X}"):
        child(etree.Element("root"), "name", f"Name{character}")
    with pytest.raises(StructureError, match=f"U\\+{ord(character):04X}"):
        child(etree.Element("root"), "name", None, id=f"Name{character}")


def test_a_document_from_outside_is_parsed() -> None:
    assert parse(b"<a><!-- no --><b>1</b></a>", where="file").findtext("b") == "1"


@pytest.mark.parametrize("content", [b"", b"<a>", b"<a></b>", b"<a>&undefined;</a>", b"<a/><b/>"])
def test_a_document_that_is_not_well_formed_is_refused_with_its_file(content: bytes) -> None:
    with pytest.raises(FormatError, match=r"in\.xml: not well-formed XML"):
        parse(content, where="in.xml")


@pytest.mark.parametrize(
    "declaration",
    ['<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>', '<!DOCTYPE a [<!ENTITY x "y">]>', "<!DOCTYPE a>"],
    ids=["external entity", "internal entity", "bare"],
)
def test_a_document_type_declaration_is_refused(declaration: str) -> None:
    with pytest.raises(FormatError, match="it declares a document type"):
        parse(f"{declaration}<a/>".encode(), where="in.xml")


def test_entities_that_multiply_are_refused_without_being_expanded() -> None:
    entities = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(12))
    bomb = f'<!DOCTYPE a [<!ENTITY e0 "ha">{entities}]><a>&e12;</a>'
    with pytest.raises(FormatError):
        parse(bomb.encode(), where="in.xml")
