"""The document that a message is, read as a whole."""

import gc
import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Final, NoReturn, TypeAlias

from icstip.errors import FormatError
from icstip.messages.data_source import DataSource

Given: TypeAlias = "Mapping[str, object]"
"""An object as it was parsed. A whole number is an int; any other number is the text that stands there."""

MOST: Final = 2 << 30
"""So many bytes can be read as a whole."""

_CHUNK: Final = 1 << 24
# A character that JSON can escape, but that is half of one and is in no text.
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_MAY_BE_SURROGATE: Final = re.compile(r"\\u[dD][89a-fA-F]")


class _TwiceError(ValueError):
    """A property stands twice in one object."""


def load(source: DataSource) -> object:
    """Return what a document is.

    Args:
        source: JSON (RFC 8259) in UTF-8, UTF-16 or UTF-32.

    Raises:
        FormatError: It is no such document, is too large or nested too deeply, or has a property twice.
    """
    text = _text(_content(source), source.where)
    try:
        with _no_collection():
            parsed: object = json.loads(text, object_pairs_hook=_object, parse_float=str, parse_constant=_refuse)
        if _MAY_BE_SURROGATE.search(text) and _SURROGATE.search(json.dumps(parsed, ensure_ascii=False)):
            raise FormatError("data-json-broken", where=source.where, path="$", reason="a text has half a character")
    except json.JSONDecodeError as error:
        raise FormatError(
            "data-malformed", where=source.where, line=error.lineno, column=error.colno, reason=error.msg
        ) from error
    except _TwiceError as error:
        path, reason = f"$..{error}", "it stands twice in one object"
        raise FormatError("data-json-broken", where=source.where, path=path, reason=reason) from error
    except ValueError as error:  # a constant that is no JSON, or a number of very many digits
        raise FormatError("data-json-broken", where=source.where, path="$", reason=str(error)) from error
    except RecursionError as error:
        raise FormatError("json-too-deep", where=source.where) from error
    return parsed


def _content(source: DataSource) -> bytes:
    chunks: list[bytes] = []
    size = 0
    with source.open() as file:
        while chunk := file.read(_CHUNK):
            chunks.append(chunk)
            size += len(chunk)
            if size > MOST:
                raise FormatError("data-json-large", where=source.where, most=MOST)
    return b"".join(chunks)


def _text(content: bytes, where: str) -> str:
    encoding = json.detect_encoding(content)
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        name = encoding.removesuffix("-sig").upper()
        raise FormatError("data-encoding", where=where, line=line, encoding=name) from error


@contextmanager
def _no_collection() -> Iterator[None]:
    """Do without looking for cycles of objects: there are none, and very many objects to look at."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names: set[str] = set()
        for name, _ in pairs:
            if name in names:
                raise _TwiceError(name)
            names.add(name)
    return found


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no JSON")
