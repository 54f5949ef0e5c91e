"""Mutations of SDMX-ML: some leave the message as good as it was, some break it, some only seem to."""

import random
import re

from tests.fuzz.byte_mutations import NUMBERS, Mutation, place_of, put

_ATTRIBUTE = re.compile(rb"\s+[\w:.-]+\s*=\s*(\"[^\"]*\"|'[^']*')")
_VALUE = re.compile(rb"=\s*(\"[^\"]*\"|'[^']*')")
_TAG = re.compile(rb"<[A-Za-z][^<>]*>")
_END = re.compile(rb"</[^<>]*>")
_ELEMENT = re.compile(rb"<([\w:]+)\b[^<>]*(?:/>|>[^<>]*</\1>)")
_BETWEEN = re.compile(rb">[^<>]*<")
_PREFIX = re.compile(rb"xmlns:(\w+)=")
_NAME = re.compile(rb"[A-Za-z_]\w+(?==)")
_EMPTY = re.compile(rb"<([\w:]+)(\b[^<>]*)/>")

_INSIDE = (
    *(b"<!-- c -->", b"<!-- <Obs OBS_VALUE='1'/> -->", b"<!--->", b"<!-- -- -->", b"<?p x?>", b"<?xml version='1.0'?>"),
    *(b"<![CDATA[x]]>", b"<![CDATA[ ]]>", b"]]>", b"&amp;", b"&nbsp;", b"&#0;", b"&#x41;", b"&#xD800;", b"&", b"text"),
    *(b"<x/>", b"<x xmlns='u'><y/></x>", b"<Obs/>", b"<Series/>", b"<Group/>", b"<Obs>", b"</Obs>", b"<Comp id='A'/>"),
    *(
        b"<a>" * 300,
        b"<Obs>" * 20,
        b"\xc2\xa0",
        b"\x00",
        b"<",
        b"<!DOCTYPE a>",
        b"<DataSet/>",
        b"&#10;",
        b"\xef\xbb\xbf",
    ),
)
_DOCTYPES = (
    b"<!DOCTYPE a>",
    b'<!DOCTYPE a [<!ENTITY e "x">]>',
    b'<!DOCTYPE a SYSTEM "file:///etc/passwd">',
    b'<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
    b'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;">]>',
    b'<!DOCTYPE a [<!ATTLIST Obs OBS_VALUE CDATA "99">]>',
)
_ATTRIBUTES = (
    *(b' X="1"', b' xsi:OBS_VALUE="9"', b' xml:space="preserve"', b' xml:lang="fr"', b' OBS_VALUE="7"', b' xmlns="u"'),
    *(
        b' xmlns:xsi="u"',
        b' TIME_PERIOD="2001"',
        b" a=1",
        b' a"',
        b" =",
        b' a="<"',
        b' a="&lt;"',
        b' a="&"',
        b' type="x"',
    ),
    *(
        b' ss:action="Delete"',
        b' action="Replace"',
        b' a="' + b"y" * 5000 + b'"',
        b' xsi:nil="true"',
        b' xsi:type="ns1:X"',
    ),
)


def swap_quotes(rng: random.Random, content: bytes) -> bytes:
    """Put a value between the other quotes."""
    found = place_of(rng, _VALUE, content)
    if found is None:
        return content
    value = found[1]
    other = b"'" if value[:1] == b'"' else b'"'
    return put(content, *found.span(1), other + value[1:-1] + other)


def all_quotes(_: random.Random, content: bytes) -> bytes:
    """Put every value between the other quotes."""
    return content.translate(bytes.maketrans(b"\"'", b"'\""))


def drop_attribute(rng: random.Random, content: bytes) -> bytes:
    """Take an attribute away."""
    found = place_of(rng, _ATTRIBUTE, content)
    return content if found is None else put(content, *found.span(), b"")


def repeat_attribute(rng: random.Random, content: bytes) -> bytes:
    """Say an attribute again, in the same element or another one."""
    found, other = place_of(rng, _ATTRIBUTE, content), place_of(rng, _ATTRIBUTE, content)
    if found is None or other is None:
        return content
    end = rng.choice([found, other]).end()
    return put(content, end, end, found[0])


def swap_attributes(rng: random.Random, content: bytes) -> bytes:
    """Put the attributes of an element in another order."""
    found = place_of(rng, _TAG, content)
    if found is None:
        return content
    attributes = [one[0] for one in _ATTRIBUTE.finditer(found[0])]
    rest = _ATTRIBUTE.sub(b"\x00", found[0])
    rng.shuffle(attributes)
    for one in attributes:
        rest = rest.replace(b"\x00", one, 1)
    return put(content, *found.span(), rest)


def add_attribute(rng: random.Random, content: bytes) -> bytes:
    """Put a further attribute into an element."""
    found = place_of(rng, _ATTRIBUTE, content)
    return content if found is None else put(content, found.end(), found.end(), rng.choice(_ATTRIBUTES))


def space_in_tag(rng: random.Random, content: bytes) -> bytes:
    """Put white space where a tag may have it, or may not."""
    found = place_of(rng, re.compile(rb"(?<=\w)=|=(?=[\"'])|/?>|\s(?=\w)|</?"), content)
    if found is None:
        return content
    space = rng.choice([b" ", b"\n", b"\t", b"\r\n", b"   ", b"\xc2\xa0"])
    return put(content, *found.span(), rng.choice([space + found[0], found[0] + space, space]))


def inside(rng: random.Random, content: bytes) -> bytes:
    """Put something between two tags."""
    found = place_of(rng, _BETWEEN, content)
    return content if found is None else put(content, found.start() + 1, found.start() + 1, rng.choice(_INSIDE))


def in_value(rng: random.Random, content: bytes) -> bytes:
    """Write a character of a value as a reference, or put something odd there."""
    found = place_of(rng, _VALUE, content)
    if found is None or found.end(1) - found.start(1) <= 2:
        return content
    place = rng.randint(found.start(1) + 1, found.end(1) - 2)
    byte = content[place]
    odd = [
        b"&#%d;" % byte,
        b"&#x%X;" % byte,
        b"&#x%06x;" % byte,
        b"&lt;",
        b"&e;",
        b"\n",
        b"\t",
        b"&#13;",
        b"<",
        b"&#1;",
    ]
    return put(content, place, place + 1, rng.choice([*odd, *NUMBERS[:4]]))


def doctype(rng: random.Random, content: bytes) -> bytes:
    """Declare a document type."""
    found = re.search(rb"<[A-Za-z]", content)
    return content if found is None else put(content, found.start(), found.start(), rng.choice(_DOCTYPES))


def rename_prefix(rng: random.Random, content: bytes) -> bytes:
    """Call a namespace something else, everywhere or only where it is declared."""
    found = place_of(rng, _PREFIX, content)
    if found is None:
        return content
    old, new = found[1], rng.choice([b"zz", b"x", b"ns1", b"mes", b"xsi", b"Obs"])
    if rng.random() < 0.2:
        return put(content, *found.span(1), new)
    content = content.replace(b"xmlns:" + old + b"=", b"xmlns:" + new + b"=")
    return re.sub(rb"(?<=[</\s])" + old + rb":", new + b":", content)


def default_namespace(rng: random.Random, content: bytes) -> bytes:
    """Make a namespace the one of elements without a prefix."""
    found = place_of(rng, _PREFIX, content)
    if found is None:
        return content
    content = content.replace(b"xmlns:" + found[1] + b"=", b"xmlns=", 1)
    return re.sub(rb"(?<=[</])" + found[1] + rb":", b"", content)


def move_element(rng: random.Random, content: bytes) -> bytes:
    """Put a small element somewhere else, or there again."""
    found = place_of(rng, _ELEMENT, content)
    if found is None:
        return content
    rest = put(content, *found.span(), b"") if rng.random() < 0.5 else content
    place = place_of(rng, _BETWEEN, rest)
    return rest if place is None else put(rest, place.start() + 1, place.start() + 1, found[0])


def drop_element(rng: random.Random, content: bytes) -> bytes:
    """Take a small element away."""
    found = place_of(rng, _ELEMENT, content)
    return content if found is None else put(content, *found.span(), b"")


def open_element(rng: random.Random, content: bytes) -> bytes:
    """Write an empty element with two tags, with nothing or something between them."""
    found = place_of(rng, _EMPTY, content)
    if found is None:
        return content
    between = rng.choice([b"", b"", b" ", b"\n", b"x", b"<!-- -->", b"<a/>", found[0]])
    return put(content, *found.span(), b"<" + found[1] + found[2] + b">" + between + b"</" + found[1] + b">")


def drop_tag(rng: random.Random, content: bytes) -> bytes:
    """Take a tag away."""
    found = place_of(rng, rng.choice([_TAG, _END]), content)
    return content if found is None else put(content, *found.span(), b"")


def rename(rng: random.Random, content: bytes) -> bytes:
    """Give an attribute another name, perhaps one that another attribute has."""
    found, other = place_of(rng, _NAME, content), place_of(rng, _NAME, content)
    if found is None or other is None:
        return content
    new = rng.choice([other[0], found[0] + b"X", b"xsi:" + found[0], b"OBS_VALUE", b"id", b"value", found[0].lower()])
    return put(content, *found.span(), new)


def swap_values(rng: random.Random, content: bytes) -> bytes:
    """Give an attribute the value of another one, or one that looks like a tag."""
    found, other = place_of(rng, _VALUE, content), place_of(rng, _VALUE, content)
    if found is None or other is None:
        return content
    odd = [b'""', b'">"', b'"/>"', b"'\"'", b'"&quot;"', b'"a=&quot;b&quot;"', b'" OBS_VALUE="', b'" 1 "', b'"\n"']
    return put(content, *found.span(1), rng.choice([other[1], other[1], *odd]))


XML: tuple[Mutation, ...] = (
    *(swap_quotes, all_quotes, drop_attribute, repeat_attribute, swap_attributes, add_attribute, space_in_tag, inside),
    *(inside, in_value, in_value, doctype, rename_prefix, default_namespace, move_element, drop_element, open_element),
    *(drop_tag, rename, swap_values),
)
