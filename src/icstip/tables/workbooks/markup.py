"""XML read tag by tag: nothing is built, no document type is accepted, and what is not yet decided stays small."""

from collections.abc import Callable, Iterable
from typing import Required, TypedDict, Unpack
from xml.parsers import expat

from icstip.errors import TableError

MAX_DEPTH = 256
MAX_PENDING_BYTES = 16 * 1024**2  # of one tag, which the parser holds until it ends


class Handlers(TypedDict, total=False):
    """What is called.

    Attributes:
        on_start: With the name and the attributes of a start tag.
        on_end: With the name of an end tag.
        on_text: With a piece of text.
    """

    on_start: Required[Callable[[str, dict[str, str]], None]]
    on_end: Callable[[str], None]
    on_text: Callable[[str], None]


def read_tags(chunks: Iterable[bytes], where: str, part: str, **handlers: Unpack[Handlers]) -> None:
    """Tell of each tag, by its name without prefix, and of each piece of text.

    Args:
        chunks: The XML, piece by piece.
        where: The file, for the message.
        part: The part of it, for the message.
        **handlers: What is to be told.

    Raises:
        TableError: Not well-formed, or with a document type.
    """
    parser = expat.ParserCreate()
    depth = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > MAX_DEPTH:
            raise TableError("table-broken-archive", where=where)
        handlers["on_start"](name.rpartition(":")[2], attributes)

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        if "on_end" in handlers:
            handlers["on_end"](name.rpartition(":")[2])

    def refuse(*_declaration: object) -> None:
        raise TableError("table-doctype", where=where, part=part)

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.StartDoctypeDeclHandler = refuse
    parser.CharacterDataHandler = handlers.get("on_text")
    _parse(parser, chunks, where)


def _parse(parser: expat.XMLParserType, chunks: Iterable[bytes], where: str) -> None:
    fed = 0
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)  # noqa: FBT003 - its only way to say that more is to come
            fed += len(chunk)
            if fed - parser.CurrentByteIndex > MAX_PENDING_BYTES:
                raise TableError("table-broken-archive", where=where)
        parser.Parse(b"", True)  # noqa: FBT003
    except (expat.ExpatError, ValueError, LookupError) as error:  # the latter: a number, an encoding that is none
        raise TableError("table-broken-archive", where=where) from error
