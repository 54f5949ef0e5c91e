"""Tags of XML as columns: pieces of SDMX-ML in the shape that tools write, a tag a line, read without a parser.

A line is split at its double quotes, by the reader of delimited text that polars has: names stand in the pieces with
even numbers, values in those between. What is not proven to be exactly tags of that kind is not taken; a parser of XML
then reads it. The proof: no comment, declaration, CDATA or processing instruction begins anywhere; each line has one
``<``, at its beginning; what stands between values matches the grammar of tags (XML 1.0 §3.1); no name stands
twice in a tag; all quotes are accounted for; there is no character that XML does not have, no reference that is
not one to a character, and no white space in values that a parser would change (§3.3.3).
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl

from icstip.messages.data_ml.fast.references import without_references

PLACE: Final = "\0place"
"""Column with the number of the line, from 0."""

_MOST_PIECES: Final = 401
_MOST_SHAPES: Final = 64
_SAMPLE: Final = 1 << 16
_NO_CHARACTERS: Final = ("\ufffe".encode(), "\uffff".encode())
_NAME: Final = r"[A-Za-z_][A-Za-z0-9_.\-]*"
_QNAME: Final = rf"(?:{_NAME}:)?{_NAME}"
_START: Final = re.compile(rf"[ \t]*<(?P<tag>{_QNAME})[ \t]+(?P<name>{_NAME})[ \t]*=[ \t]*")
_NEXT: Final = re.compile(rf"[ \t]+(?P<name>{_NAME})[ \t]*=[ \t]*")
_END: Final = re.compile(r"[ \t]*(?P<slash>/?)>[ \t]*")
_BARE: Final = re.compile(rf"[ \t]*<(?P<close>/?)(?P<tag>{_QNAME})[ \t]*(?P<slash>/?)>[ \t]*")
_BLANK: Final = re.compile(r"[ \t]*")

OPEN, EMPTY, CLOSE = 1, 0, -1
"""Kinds of tags, by what they do to the depth."""


class OtherShapeError(Exception):
    """A piece of a message is not in the shape that can be read without a parser."""


@dataclass(frozen=True, slots=True)
class Tag:
    """The shape of a tag: its name with prefix, its kind, and the names of its attributes in order."""

    name: str
    kind: int
    attributes: tuple[str, ...]


_NO_TAG: Final = Tag("", EMPTY, ())


@dataclass(frozen=True, slots=True)
class Lines:
    """A piece of a message, a tag a line.

    Attributes:
        shapes: The shapes of its tags; one without a name is that of blank lines.
        shape_of: The number of the shape of each line.
        pieces: The lines, split at double quotes.
        is_plain: Whether no value has a reference to a character or a tab.
        line_of: The line of the piece, from 0, that each of these begins in; None where they are the same.
    """

    shapes: tuple[Tag, ...]
    shape_of: npt.NDArray[np.int8]
    pieces: pl.DataFrame
    is_plain: bool
    line_of: npt.NDArray[np.int64] | None = None

    def lines_at(self, places: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """Return the lines of the piece, from 0, that tags begin in."""
        return places if self.line_of is None else self.line_of[places]

    def steps(self) -> npt.NDArray[np.int8]:
        """Return what each line does to the depth."""
        kinds = np.array([tag.kind for tag in self.shapes], dtype=np.int8)
        return kinds[self.shape_of]

    def are(self, tags: Collection[Tag]) -> npt.NDArray[np.bool_]:
        """Return which lines have one of some shapes."""
        wanted = np.array([tag in tags for tag in self.shapes])
        return wanted[self.shape_of]

    def table(self, tags: Collection[Tag]) -> pl.DataFrame:
        """Return the attributes of all tags of some shapes as columns of texts, with `PLACE`, in their order.

        Raises:
            OtherShapeError: A value has a reference that is none, or white space that a parser would change.
        """
        columns: dict[str, dict[int, list[int]]] = {}  # of each attribute: where it stands, and in which shapes
        chosen = [number for number, tag in enumerate(self.shapes) if tag in tags]
        for number in chosen:
            for position, name in enumerate(self.shapes[number].attributes):
                columns.setdefault(name, {}).setdefault(2 * position + 1, []).append(number)
        rows = np.isin(self.shape_of, chosen)
        shape = pl.Series("shape", self.shape_of)
        pieces = self.pieces.with_columns(shape, pl.int_range(pl.len(), dtype=pl.UInt32).alias(PLACE))
        if not rows.all():
            pieces = pieces.filter(pl.Series(rows))
        wanted = [_column(name, where, len(chosen)) for name, where in columns.items()]
        found = pieces.select(*wanted, PLACE)
        return found if self.is_plain else found.with_columns(_resolved(found[name]) for name in columns)


def _column(name: str, where: dict[int, list[int]], shapes: int) -> pl.Expr:
    """Return the values of an attribute that stands in different places in tags of different shapes."""
    value: pl.Expr = pl.lit(None, pl.String)
    for position, numbers in where.items():
        piece = pl.col(f"{position}")
        if len(numbers) == shapes:
            return piece.alias(name)
        value = pl.when(pl.col("shape").is_in(numbers)).then(piece).otherwise(value)
    return value.alias(name)


def _resolved(values: pl.Series) -> pl.Series:
    plain = None if values.str.contains("\t", literal=True).any() else without_references(values)
    if plain is None:
        raise OtherShapeError
    return plain


def lines_of(content: bytes) -> Lines:
    """Return the tags of a piece of a message.

    Args:
        content: Whole tags in UTF-8, with nothing but white space between them.

    Raises:
        OtherShapeError: It is of another shape.
    """
    if b"\r" in content:
        content = content.replace(b"\r\n", b"\n")
    tags, breaks = content.count(b"<"), content.count(b"\n")
    line_of = None
    if breaks + 1 < tags:
        line_of = _lines_of_tags(content)
        content = content.replace(b"><", b">\n<")
        breaks = content.count(b"\n")
    tabs = content.count(b"\t")
    if not _has_only_characters_of_xml(content, spaces=breaks + tabs):
        raise OtherShapeError
    pieces = _pieces(content)
    shapes, shape_of = _shapes(pieces)
    numbers = np.bincount(shape_of, minlength=len(shapes)).tolist()
    quotes = sum(2 * len(tag.attributes) * number for tag, number in zip(shapes, numbers, strict=True))
    # Where a comment, a declaration or CDATA begins, or a value has what it may not have, there are more of these.
    if quotes != content.count(b'"') or tags != sum(
        number for tag, number in zip(shapes, numbers, strict=True) if tag.name
    ):
        raise OtherShapeError
    return Lines(shapes, shape_of, pieces, is_plain=not tabs and b"&" not in content, line_of=line_of)


def _lines_of_tags(content: bytes) -> npt.NDArray[np.int64]:
    """Return the line that each tag begins in, if a line were begun between all tags that follow each other."""
    signs = np.frombuffer(content, np.uint8)
    ends = np.flatnonzero(signs == ord("\n"))
    joints = np.flatnonzero((signs[:-1] == ord(">")) & (signs[1:] == ord("<")))
    breaks = np.concatenate([ends, joints])
    is_end = np.concatenate([np.ones(ends.size, np.int64), np.zeros(joints.size, np.int64)])
    return np.concatenate([[0], np.cumsum(is_end[np.argsort(breaks, kind="stable")])])


def _has_only_characters_of_xml(content: bytes, *, spaces: int) -> bool:
    """Return whether the only control characters are the tabs and line feeds that were counted (XML 1.0 §2.2).

    A carriage return is refused too: a parser changes it.
    """
    if int(np.count_nonzero(np.frombuffer(content, np.uint8) < 0x20)) != spaces:
        return False
    return b"\xef" not in content or not any(character in content for character in _NO_CHARACTERS)


def _pieces(content: bytes) -> pl.DataFrame:
    widest = max((line.count(b'"') for line in content[:_SAMPLE].splitlines()), default=0) + 1
    while widest <= _MOST_PIECES:
        dtypes = {f"{number}": pl.String if number % 2 else pl.Categorical for number in range(widest)}
        try:
            return pl.read_csv(
                content,
                separator='"',
                quote_char=None,
                has_header=False,
                schema=dtypes,
                empty_string_is_null=False,
                missing_columns="insert",
                extra_columns="raise",
                raise_if_empty=False,
            )
        except (pl.exceptions.SchemaError, pl.exceptions.ComputeError):  # a longer line, or it is not UTF-8
            widest = 2 * widest + 1
    raise OtherShapeError


def _shapes(pieces: pl.DataFrame) -> tuple[tuple[Tag, ...], npt.NDArray[np.int8]]:
    """Return the shapes of the lines, and the number of its shape for each line."""
    names = pieces.columns[::2]
    codes = [pieces[name].to_physical().cast(pl.Int64).fill_null(-1).to_numpy() for name in names]
    shapes: list[Tag] = []
    shape_of = np.full(pieces.height, -1, dtype=np.int8)
    left = np.arange(pieces.height)
    while left.size:
        if len(shapes) == _MOST_SHAPES:
            raise OtherShapeError
        row = int(left[0])
        same = np.ones(left.size, dtype=bool)
        for column in codes:
            same &= (column if left.size == pieces.height else column[left]) == column[row]
        shape_of[left[same]] = len(shapes)
        shapes.append(_shape([pieces[name][row] or "" for name in names]))
        left = left[~same]
    return tuple(shapes), shape_of


def _shape(texts: list[str]) -> Tag:
    """Return the shape of a line by what stands between its values."""
    if any(texts[1:]):
        return _tag_with_attributes(texts)
    if _BLANK.fullmatch(texts[0]):
        return _NO_TAG
    bare = _BARE.fullmatch(texts[0])
    if bare is None or (bare["close"] and bare["slash"]):
        raise OtherShapeError
    return Tag(bare["tag"], CLOSE if bare["close"] else EMPTY if bare["slash"] else OPEN, ())


def _tag_with_attributes(texts: list[str]) -> Tag:
    start = _START.fullmatch(texts[0])
    if start is None:
        raise OtherShapeError
    names = [start["name"]]
    for number, text in enumerate(texts[1:], start=1):
        if end := _END.fullmatch(text):
            declares = any(name.startswith("xmlns") for name in names)
            if declares or len(set(names)) < len(names) or any(texts[number + 1 :]):
                break
            return Tag(start["tag"], EMPTY if end["slash"] else OPEN, tuple(names))
        following = _NEXT.fullmatch(text)
        if following is None:
            break
        names.append(following["name"])
    raise OtherShapeError
