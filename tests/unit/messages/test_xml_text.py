"""Documents that are written as text are what lxml reads back."""

import pytest
from lxml import etree

from icstip.errors import StructureError
from icstip.messages.xml import child, serialise
from icstip.messages.xml_text import XmlText

HARD = " a & b < c > d \" e ' f\n\tg\rh ñ أ  "


def test_texts_and_attributes_come_back_as_they_were() -> None:
    document = XmlText("a")
    document.root.child("b", HARD, c=HARD)
    document.root.localised("d", "fr", HARD)
    first, second = etree.fromstring(document.content())
    assert (first.text, first.get("c")) == (HARD, HARD)
    assert (second.text, second.get("{http://www.w3.org/XML/1998/namespace}lang")) == (HARD, "fr")


def test_the_bytes_are_those_of_a_tree_of_elements() -> None:
    document = XmlText("p:a", **{"xmlns:p": "urn:p"})
    tree = etree.Element("{urn:p}a", nsmap={"p": "urn:p"})
    box, branch = document.root.child("p:b", x="1", y=None, z='"<&>\n\t'), child(tree, "{urn:p}b", x="1", z='"<&>\n\t')
    box.child("c", "text & <more>"), child(branch, "c", "text & <more>")
    box.child("d").child("e"), child(child(branch, "d"), "e")
    box.child("f", ""), child(branch, "f", "")
    document.root.child("g"), child(tree, "g")
    assert document.content() == serialise(tree)


def test_a_root_without_children_is_a_document() -> None:
    assert etree.fromstring(XmlText("a", b="c").content()).get("b") == "c"


def test_a_text_of_no_language_says_none() -> None:
    document = XmlText("a")
    document.root.localised("b", "", "text")
    assert b"<b>text</b>" in document.content()


def test_an_element_takes_no_children_after_one_above_it_took_another() -> None:
    document = XmlText("a")
    first = document.root.child("b")
    document.root.child("c")
    with pytest.raises(ValueError, match="ended"):
        first.child("d")


def test_an_element_with_a_text_takes_no_children() -> None:
    element = XmlText("a").root.child("b", "text")
    with pytest.raises(ValueError, match="ended"):
        element.child("c")


def test_the_last_element_can_be_taken_back_while_it_is_empty() -> None:
    document = XmlText("a")
    document.root.child("b").discard()
    document.root.child("c", "text")
    assert [element.tag for element in etree.fromstring(document.content())] == ["c"]


def test_an_element_with_children_is_not_taken_back() -> None:
    element = XmlText("a").root.child("b")
    element.child("c")
    with pytest.raises(ValueError, match="written"):
        element.discard()


@pytest.mark.parametrize("character", ["\x00", "\x0b", "\x1f", "\ufffe", "\uffff", "\ud800"])
@pytest.mark.parametrize("place", ["text", "attribute", "language"])
def test_a_character_that_xml_cannot_hold_is_refused_and_named(character: str, place: str) -> None:
    document = XmlText("a")
    if place == "language":
        document.root.localised("b", f"x{character}", "y")
    elif place == "text":
        document.root.child("b", f"before{character}after")
    else:
        document.root.child("b", None, c=f"before{character}after")
    with pytest.raises(StructureError) as error:
        document.content()
    assert (error.value.message_id, error.value.params["character"]) == ("xml-character", f"U+{ord(character):04X}")


@pytest.mark.parametrize("character", ["\t", "\n", "\r", "\x7f", "\x85", "\ud7ff", "\ue000", "\ufffd", "\U0010ffff"])
def test_a_character_that_xml_can_hold_is_not_refused(character: str) -> None:
    document = XmlText("a")
    document.root.child("b", character)
    assert etree.fromstring(document.content())[0].text == character
