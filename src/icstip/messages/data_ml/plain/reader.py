"""Feeds a parser of XML with a data message, piece by piece, within limits."""

import re
from collections.abc import Callable
from typing import Final
from xml.parsers import expat

import polars as pl

from icstip.errors import FormatError
from icstip.messages.data_ml.plain.collector import DataLayout
from icstip.messages.data_ml.plain.content import TextWatch, is_read
from icstip.messages.data_ml.plain.message import Message
from icstip.messages.data_ml.plain.names import SEPARATOR
from icstip.messages.data_ml.plain.parsing import MOST_BYTES, Parsing, Place
from icstip.messages.data_parts import DataPart, Reading

PIECE: Final = 1 << 18
"""So many bytes the parser is given at a time."""

_MOST_NAMES: Final = 20_000
_INVALID: Final = expat.errors.codes[expat.errors.XML_ERROR_INVALID_TOKEN]
_LAST_ASCII: Final = 0x7F
_WIDE: Final = re.compile(rb"\xfe\xff|\xff\xfe|.?\x00", re.DOTALL)
"""How a message begins whose characters have more than a byte (XML 1.0, appendix F)."""


class PlainReader:
    """Reads a data message that comes in pieces.

    Where the message is between two children of a data set, pieces of it can be read in another way: rows are then
    given to `add`, and `skip` says how many lines there were.

    Args:
        reading: Where header, format and findings go.
    """

    def __init__(self, reading: Reading) -> None:
        self._parsing = Parsing(reading)
        self._message = Message(self._parsing)
        self._watch = TextWatch()
        self._fed = 0
        self._encoding = ""
        self._prepare(self._parsing.parser)

    @property
    def layout(self) -> DataLayout | None:
        """What is known of the data set that is open; None if none is."""
        return None if self._parsing.rows is None else self._parsing.rows.layout

    @property
    def own_prefixes(self) -> frozenset[str]:
        """The prefixes of names that belong to the message, where it is read; "" if those without a prefix do."""
        names = self._parsing.names
        bound = names.prefixes
        own = {prefix for prefix, uri in bound.items() if names.own(f"{uri}{SEPARATOR}Obs") is not None}
        return frozenset(own if "" in bound else own | {""})

    @property
    def is_utf_8(self) -> bool:
        """Whether the message is in UTF-8, as far as it has been read."""
        return self._parsing.lines.are_known and self._encoding.upper() in {"", "UTF-8", "US-ASCII"}

    @property
    def is_between(self) -> bool:
        """Whether a data set is open, none of its children is, and all bytes so far have been read."""
        rows = self._parsing.rows
        at_end = self._parsing.parser.CurrentByteIndex == self._fed
        return rows is not None and self._parsing.stack[-1] is rows.places[0] and at_end

    def feed(self, content: bytes) -> None:
        """Read the next bytes.

        Raises:
            FormatError: It is no data message, or broken, or has a part that is too large.
        """
        for start in range(0, len(content), PIECE):
            self._feed(content[start : start + PIECE])

    def close(self) -> None:
        """Say that there are no more bytes.

        Raises:
            FormatError: The message is not complete.
        """
        self._parse(b"", is_last=True)

    def take(self) -> list[DataPart]:
        """Return the parts that are complete, each once."""
        parts, self._parsing.ready = self._parsing.ready, []
        return parts

    def add(self, rows: pl.DataFrame) -> None:
        """Add rows to the data set that is open, which were read in another way.

        Args:
            rows: Columns of texts by component, without those of attributes of the data set; with `LINE` or not.
        """
        if self._parsing.rows is not None:
            self._parsing.rows.add(rows)

    def skip(self, lines: int) -> None:
        """Count lines that were read in another way."""
        self._parsing.lines.skipped += lines

    def _feed(self, piece: bytes) -> None:
        parsing = self._parsing
        if self._fed == 0:
            parsing.lines.are_known = _WIDE.match(piece) is None
        parsing.watch_text(seen=not parsing.lines.are_known or self._watch.sees_text(piece))
        parsing.lines.feed(piece, self._fed)
        self._parse(piece)
        self._fed += len(piece)
        if parsing.rows is not None:
            parsing.rows.settle()
            parsing.rows.forget_lines()
        self._check_sizes()

    def _check_sizes(self) -> None:
        parsing = self._parsing
        pending = self._fed - parsing.parser.CurrentByteIndex
        if pending > MOST_BYTES or (self._message.is_header_open and self._fed > MOST_BYTES):
            raise parsing.too_large()
        if len(parsing.known_names) > _MOST_NAMES:
            raise parsing.malformed(f"more than {_MOST_NAMES} names of elements and attributes")

    def _parse(self, piece: bytes, *, is_last: bool = False) -> None:
        parsing = self._parsing
        try:
            parsing.parser.Parse(piece, is_last)
        except expat.ExpatError as error:
            reason = expat.errors.messages[error.code]
            if self._is_wrong_byte(piece, error.code):
                reason = "not UTF-8"
            raise FormatError(
                "data-malformed",
                where=parsing.reading.where,
                line=error.lineno + parsing.lines.skipped,
                column=error.offset + 1,
                reason=reason,
            ) from error

    def _is_wrong_byte(self, piece: bytes, code: int) -> bool:
        """Return whether the parser stopped at a byte that UTF-8 does not have there."""
        parser = self._parsing.parser
        at = parser.ErrorByteIndex - self._fed
        is_utf8 = self._parsing.lines.are_known and self._encoding.upper() in {"", "UTF-8"}
        return code == _INVALID and is_utf8 and 0 <= at < len(piece) and piece[at] > _LAST_ASCII

    def _prepare(self, parser: expat.XMLParserType) -> None:
        parsing = self._parsing
        parser.ordered_attributes = True
        parser.buffer_text = True
        parser.XmlDeclHandler = self._declared
        parser.StartDoctypeDeclHandler = self._refuse_doctype
        parser.StartNamespaceDeclHandler = parsing.names.bind
        parser.EndNamespaceDeclHandler = parsing.names.unbind
        parser.StartElementHandler = self._open_root
        parser.EndElementHandler = _closing(parsing.stack)

    def _declared(self, _version: str, encoding: str | None, _standalone: int) -> None:
        self._encoding = encoding or ""
        if not is_read(self._encoding or "UTF-8"):
            raise self._parsing.malformed(f"the encoding {encoding} is not read")

    def _refuse_doctype(self, *_: object) -> None:
        raise FormatError("xml-doctype", where=self._parsing.reading.where)

    def _open_root(self, name: str, attributes: list[str]) -> None:
        self._parsing.stack.append(self._message.root(name, attributes))
        self._parsing.parser.StartElementHandler = _opening(self._parsing)


# What these two return is done for each element.


def _opening(parsing: Parsing) -> Callable[[str, list[str]], None]:
    stack, unexpected = parsing.stack, parsing.unexpected
    push = stack.append

    def start(name: str, attributes: list[str]) -> None:
        step = stack[-1].children.get(name)
        push(unexpected(name, attributes) if step is None else step(attributes))

    return start


def _closing(stack: list[Place]) -> Callable[[str], None]:
    pop = stack.pop

    def end(_name: str) -> None:
        leave = pop().leave
        if leave is not None:
            leave()

    return end
