"""What independent parsers say of a message: one that they call broken must be refused."""

import codecs
import json
import sys
from pyexpat import ErrorString, ExpatError, ParserCreate, errors
from typing import NoReturn

_ABOUT_ENCODING = frozenset({errors.XML_ERROR_UNKNOWN_ENCODING, errors.XML_ERROR_INCORRECT_ENCODING})
_ENDLESS = 10**6  # digits of a number


def broken(content: bytes, family: str) -> str:
    """Return what is wrong with a message whatever SDMX says, or nothing.

    Args:
        content: The message as it is, in no archive.
        family: ``ml``, ``json`` or ``csv``.
    """
    return {"ml": _broken_xml, "json": _broken_json, "csv": _broken_csv}[family](content)


def _broken_xml(content: bytes) -> str:
    found: list[str] = []
    parser = ParserCreate(namespace_separator="\x01")  # which no namespace can have
    parser.EntityDeclHandler = lambda *_: found.append("it declares an entity")
    try:
        parser.Parse(content, True)  # noqa: FBT003 - the function takes no name
    except ExpatError as error:
        # Expat knows few encodings; what it does not know says nothing about the message.
        return "" if ErrorString(error.code) in _ABOUT_ENCODING else f"no XML: {error}"
    return found[0] if found else ""


def _broken_json(content: bytes) -> str:
    sys.set_int_max_str_digits(_ENDLESS)
    try:
        json.loads(content, parse_constant=_refuse)
    except ValueError as error:
        return f"no JSON: {error}"
    except RecursionError:
        return ""
    return ""


def _broken_csv(content: bytes) -> str:
    if content[:2] in {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE} or b"\0" in content[:2]:
        return ""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        return f"no UTF-8: {error}"
    return ""


def _refuse(name: str) -> NoReturn:
    raise ValueError(name)
