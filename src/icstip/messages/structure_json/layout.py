"""JSON as it is written: one form for equal content, readable, and quick for large code lists."""

from collections.abc import Callable
from decimal import Decimal
from json.encoder import encode_basestring
from typing import Final, TypeAlias

from icstip.errors import StructureError

Json: TypeAlias = str | bool | int | Decimal | list["Json"] | dict[str, "Json"]
"""A value of a message; a `Decimal` is a number that is written as it is told."""

JsonObject: TypeAlias = dict[str, Json]
"""An object of a message."""

DEEPEST: Final = 200
"""How deeply a message can be nested: several times what real ones are."""

_INDENTS: Final = tuple("\n" + "  " * depth for depth in range(DEEPEST + 1))


def serialise(message: JsonObject, where: str) -> bytes:
    """Return a message in UTF-8 with two spaces of indentation for each level, and a line end after the last line.

    Args:
        message: The message.
        where: What it is, for the error.

    Raises:
        StructureError: It is nested more deeply than `DEEPEST`, or a text has a character that UTF-8 cannot hold.
    """
    parts: list[str] = []
    try:
        _put(message, 0, parts.append)
    except IndexError as error:  # there is no indentation for that depth
        raise StructureError("json-nesting", where=where, most=DEEPEST) from error
    parts.append("\n")
    text = "".join(parts)
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        raise StructureError("json-character", where=where, around=ascii(text[error.start - 20 : error.end])) from error


def _put(value: Json, depth: int, put: Callable[[str], None]) -> None:
    if isinstance(value, str):
        put(encode_basestring(value))
    elif isinstance(value, dict):
        _put_object(value, depth, put)
    elif isinstance(value, list):
        _put_list(value, depth, put)
    elif isinstance(value, bool):
        put("true" if value else "false")
    else:
        put(str(value))


def _put_object(value: JsonObject, depth: int, put: Callable[[str], None]) -> None:
    if not value:
        put("{}")
        return
    inner = _INDENTS[depth + 1]
    start = f"{{{inner}"
    for key, part in value.items():
        if isinstance(part, str):  # most are
            put(f"{start}{encode_basestring(key)}: {encode_basestring(part)}")
        else:
            put(f"{start}{encode_basestring(key)}: ")
            _put(part, depth + 1, put)
        start = f",{inner}"
    put(_INDENTS[depth])
    put("}")


def _put_list(value: list[Json], depth: int, put: Callable[[str], None]) -> None:
    if not value:
        put("[]")
        return
    inner = _INDENTS[depth + 1]
    start = f"[{inner}"
    for part in value:
        put(start)
        _put(part, depth + 1, put)
        start = f",{inner}"
    put(_INDENTS[depth])
    put("]")
