"""Lines of XML as columns: pieces of SDMX-ML in the shapes that tools write, read without a parser.

A line is split at its double quotes, by the reader of delimited text that polars has: names stand in the pieces with
even numbers, values in those between. Lines whose names are the same have one shape, which is looked at once. What is
not proven to be exactly tags is not taken; a parser of XML then reads it. The proof: what stands between values matches
the grammar of tags (XML 1.0 §3.1); no name stands twice in a tag; all quotes, all ``<`` and all control characters are
accounted for by the shapes, so none stands in values, and no comment, declaration, CDATA or processing instruction
begins anywhere; it is UTF-8, without the characters that XML does not have; and a reference is one to a character.
"""

import codecs
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl

from icstip.messages.data_ml.fast.references import without_references

PLACE: Final = "\0place"
"""Column with the number of the line, from 0."""

BREAK: Final = "\x1f"
"""Stands for a line end that ends no line, where lines were joined."""

Numbers = npt.NDArray[np.int64]

_MOST_PIECES: Final = 401
_MOST_SHAPES: Final = 64
_SAMPLE: Final = 1 << 16
_NO_CHARACTERS: Final = ("\ufffe".encode(), "\uffff".encode())
_VALUE: Final = "\0"  # stands for a value with its quotes in what is between values
_NAME: Final = r"[A-Za-z_][A-Za-z0-9_.\-]*"
_QNAME: Final = rf"(?:{_NAME}:)?{_NAME}"
_SPACE: Final = rf"[ \t{BREAK}]"
_ATTRIBUTE: Final = rf"{_SPACE}+({_NAME}){_SPACE}*={_SPACE}*{_VALUE}"
_TAG: Final = re.compile(
    rf"{_SPACE}*<(?P<close>/?)(?P<name>{_QNAME})(?P<attributes>(?:{_ATTRIBUTE})*){_SPACE}*(?P<empty>/?)>{_SPACE}*"
)
_NAMES: Final = re.compile(_ATTRIBUTE)
_BLANK: Final = re.compile(rf"{_SPACE}*")

OPEN, EMPTY, CLOSE = 1, 0, -1
"""Kinds of tags, by what they do to the depth."""


class OtherShapeError(Exception):
    """A piece of a message is not in the shape that can be read without a parser."""


@dataclass(frozen=True, slots=True)
class Tag:
    """The shape of a tag.

    Attributes:
        name: Its name with prefix.
        kind: What it does to the depth.
        attributes: The names of its attributes in order.
        before: How many attributes come before in its line.
    """

    name: str
    kind: int
    attributes: tuple[str, ...] = ()
    before: int = 0

    def piece(self, attribute: str) -> int:
        """Return the number of the piece in which the value of an attribute stands."""
        return 2 * (self.before + self.attributes.index(attribute)) + 1


@dataclass(frozen=True, slots=True)
class Shape:
    """What lines have in common.

    Attributes:
        tags: Their tags; none in blank lines.
        fixed: What stands in the pieces that are the same in all of them, by the number of the piece.
    """

    tags: tuple[Tag, ...]
    fixed: Mapping[int, str]

    @property
    def values(self) -> int:
        """How many values there are, those that are the same included."""
        return sum(len(tag.attributes) for tag in self.tags)

    @property
    def controls(self) -> int:
        """How many control characters stand in the pieces that are the same."""
        return sum(text.count("\t") + text.count(BREAK) for text in self.fixed.values())


@dataclass(frozen=True, slots=True)
class Lines:
    """A piece of a message.

    Attributes:
        shapes: The shapes of its lines.
        shape_of: The number of the shape of each line.
        pieces: The lines, split at double quotes: columns of texts, named by their numbers.
        is_plain: Whether no value has a reference to a character.
    """

    shapes: tuple[Shape, ...]
    shape_of: npt.NDArray[np.int8]
    pieces: pl.DataFrame
    is_plain: bool

    def table(self, columns: Mapping[int, Mapping[str, int]]) -> pl.DataFrame:
        """Return values of all lines of some shapes as columns of texts, with `PLACE`, in their order.

        Args:
            columns: By the number of the shape: the pieces in which values stand, by the names of the columns.

        Raises:
            OtherShapeError: A value has a reference that is none to a character.
        """
        where: dict[str, dict[int, list[int]]] = {}  # of each column: the pieces, with the shapes that have it there
        for number, pieces in columns.items():
            for name, piece in pieces.items():
                where.setdefault(name, {}).setdefault(piece, []).append(number)
        needed = sorted({piece for pieces in where.values() for piece in pieces})
        frame = pl.DataFrame([self.pieces[f"{piece}"] for piece in needed] + self._places(columns))
        if len(columns) < len(self.shapes):
            frame = frame.filter(pl.Series(np.isin(self.shape_of, list(columns))))
        found = frame.select(*(_column(name, pieces, len(columns)) for name, pieces in where.items()), PLACE)
        return found if self.is_plain else found.with_columns(_resolved(found[name]) for name in where)

    def are(self, shapes: Collection[int]) -> npt.NDArray[np.bool_]:
        """Return which lines have one of some shapes."""
        return np.isin(np.arange(len(self.shapes)), list(shapes))[self.shape_of]

    def _places(self, columns: Collection[int]) -> list[pl.Series]:
        places = pl.Series(PLACE, np.arange(self.pieces.height, dtype=np.uint32))
        return [places] if len(columns) == 1 else [places, pl.Series("shape", self.shape_of)]


def with_line_feeds(content: bytes) -> bytes:
    """Return a piece of a message with the line ends that a parser makes of others (XML 1.0 §2.11).

    Raises:
        OtherShapeError: A character stands in it that no XML has, and that means something here.
    """
    if BREAK.encode() in content:
        raise OtherShapeError
    return content.replace(b"\r\n", b"\n") if b"\r" in content else content


def lines_of(content: bytes, *, fixed: Collection[str] = ()) -> Lines:
    """Return the lines of a piece of a message.

    Args:
        content: Lines of whole tags in UTF-8, with nothing but white space between them.
        fixed: Names of attributes whose values belong to the shape of a line.

    Raises:
        OtherShapeError: It is of another shape.
    """
    if b"\xef" in content and any(character in content for character in _NO_CHARACTERS):
        raise OtherShapeError
    if content.startswith(codecs.BOM_UTF8):  # which polars takes away
        raise OtherShapeError
    pieces = _pieces(content)
    if pieces.height == 0:
        return Lines((), np.zeros(0, np.int8), pieces, is_plain=True)
    shapes, shape_of = _shapes(pieces, fixed)
    if not _is_all(content, shapes, np.bincount(shape_of, minlength=len(shapes)), lines=pieces.height):
        raise OtherShapeError
    return Lines(shapes, shape_of, pieces, is_plain=b"&" not in content)


def _is_all(content: bytes, shapes: Sequence[Shape], times: Numbers, *, lines: int) -> bool:
    """Return whether all that means something in XML stands where the shapes of lines have it."""
    signs = np.frombuffer(content, np.uint8)

    def in_shapes(count: Callable[[Shape], int]) -> int:
        return sum(count(shape) * number for shape, number in zip(shapes, times.tolist(), strict=True))

    breaks = lines - (not content.endswith(b"\n"))
    return bool(
        np.count_nonzero(signs == ord('"')) == in_shapes(lambda shape: 2 * shape.values)
        and np.count_nonzero(signs == ord("<")) == in_shapes(lambda shape: len(shape.tags))
        and np.count_nonzero(signs < ord(" ")) == in_shapes(lambda shape: shape.controls) + breaks
    )


def _column(name: str, where: Mapping[int, list[int]], shapes: int) -> pl.Expr:
    """Return the values of a column that stand in different pieces of lines of different shapes."""
    value: pl.Expr = pl.lit(None, pl.String)
    for position, numbers in where.items():
        piece = pl.col(f"{position}")
        if len(numbers) == shapes:
            return piece.alias(name)
        value = pl.when(pl.col("shape").is_in(numbers)).then(piece).otherwise(value)
    return value.alias(name)


def _resolved(values: pl.Series) -> pl.Series:
    plain = without_references(values)
    if plain is None:
        raise OtherShapeError
    return plain


def _pieces(content: bytes) -> pl.DataFrame:
    widest = max((line.count(b'"') for line in content[:_SAMPLE].splitlines()), default=0) + 1
    while widest <= _MOST_PIECES:
        try:
            return pl.read_csv(
                content,
                separator='"',
                quote_char=None,
                has_header=False,
                schema={f"{number}": pl.String for number in range(widest)},
                empty_string_is_null=False,
                missing_columns="insert",
                extra_columns="raise",
                raise_if_empty=False,
            )
        except pl.exceptions.PolarsError:  # a longer line, or it is not UTF-8
            widest = 2 * widest + 1
    raise OtherShapeError


def _shapes(pieces: pl.DataFrame, fixed: Collection[str]) -> tuple[tuple[Shape, ...], npt.NDArray[np.int8]]:
    """Return the shapes of the lines, and the number of its shape for each line."""
    shapes: list[Shape] = []
    shape_of = np.zeros(pieces.height, dtype=np.int8)
    left, rest = np.arange(pieces.height), pieces
    while left.size:
        if len(shapes) == _MOST_SHAPES:
            raise OtherShapeError
        shape = _shape(rest.row(0), fixed)
        # A line that has more quotes has it too, but then there are more quotes than all shapes have.
        same = rest.select(pl.all_horizontal(pl.col(f"{number}") == text for number, text in shape.fixed.items()))
        has = same.to_series().to_numpy()
        shape_of[left[has]] = len(shapes)
        shapes.append(shape)
        if has.all():
            break
        left, rest = left[~has], rest.filter(pl.Series(~has))
    return tuple(shapes), shape_of


def _shape(texts: Sequence[str], fixed: Collection[str]) -> Shape:
    """Return the shape of a line."""
    between = list(texts[::2])
    while len(between) > 1 and not between[-1]:
        between.pop()
    tags = tuple(_tags(_VALUE.join(between)))
    same = {2 * number: text for number, text in enumerate(between)}
    for tag in tags:
        for piece in (tag.piece(name) for name in tag.attributes if name in fixed):
            same[piece] = texts[piece]
    return Shape(tags, same)


def _tags(line: str) -> Iterator[Tag]:
    """Yield the tags of a line, in which `_VALUE` stands for each value with its quotes."""
    place = before = 0
    while found := _TAG.match(line, place):
        names = tuple(_NAMES.findall(found["attributes"]))
        if found["close"] and (names or found["empty"]):
            raise OtherShapeError
        if len(set(names)) < len(names) or any(name.startswith("xmlns") for name in names):
            raise OtherShapeError
        yield Tag(found["name"], CLOSE if found["close"] else EMPTY if found["empty"] else OPEN, names, before)
        place, before = found.end(), before + len(names)
    if not _BLANK.fullmatch(line, place):
        raise OtherShapeError
