"""Generic data of SDMX 2.1, flat or in series, from an observation a line."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl

from icstip.artefacts.data_structure import PRIMARY_MEASURE
from icstip.messages.data_ml.fast.lines import (
    BREAK,
    CLOSE,
    EMPTY,
    OPEN,
    Lines,
    Numbers,
    OtherShapeError,
    Shape,
    Tag,
    lines_of,
    with_line_feeds,
)
from icstip.messages.data_ml.fast.nesting import in_series

# A letter for each tag, so that an expression says in which order they may stand (SDMXDataGenericBase.xsd).
_LETTERS: Final[Mapping[tuple[str, int], str]] = {
    ("Series", OPEN): "S",
    ("Series", CLOSE): "s",
    ("SeriesKey", OPEN): "K",
    ("SeriesKey", CLOSE): "k",
    ("Attributes", OPEN): "A",
    ("Attributes", CLOSE): "a",
    ("Obs", OPEN): "O",
    ("Obs", CLOSE): "o",
    ("ObsKey", OPEN): "F",
    ("ObsKey", CLOSE): "f",
    ("ObsDimension", EMPTY): "D",
    ("ObsValue", EMPTY): "N",
    ("Value", EMPTY): "v",
}
_SERIES: Final = re.compile("SKv*k(Av*a)?s?")
_FLAT: Final = re.compile("OFv*fN?(Av*a)?o")
_IN_SERIES: Final = re.compile("ODN?(Av*a)?os?")
_FIELDS: Final[Mapping[str, tuple[frozenset[str], ...]]] = {
    "v": (frozenset({"id", "value"}),),
    "D": (frozenset({"value"}), frozenset({"id", "value"})),
    "N": (frozenset({"value"}), frozenset()),
}
_NOTHING: Final = (frozenset[str](),)
_ID: Final = re.compile(r"[A-Za-z0-9_@$\-]+")


@dataclass(frozen=True, slots=True)
class _Line:
    """What lines of one shape are.

    Attributes:
        kind: The letter of their first tag; nothing for blank lines.
        is_flat: Whether they are observations with all dimensions.
        ends_series: Whether a series ends with them.
        columns: The pieces in which values stand, by the components.
    """

    kind: str
    is_flat: bool
    ends_series: bool
    columns: Mapping[str, int]


def generic_rows(content: bytes, prefix: str, at_observation: str) -> tuple[pl.DataFrame, Numbers]:
    """Return the observations, each with what its series says, and series without observations; with `PLACE`.

    Args:
        content: Whole children of a data set.
        prefix: Prefix of the namespace of generic data, with its colon; empty when it is the default one.
        at_observation: Dimension at the observation, where it is not all of them.

    Returns:
        The rows, and the line of the content, from 0, that is at each place.

    Raises:
        OtherShapeError: Anything stands where it usually does not.
    """
    content, line_of = _an_observation_a_line(with_line_feeds(content), prefix)
    lines = lines_of(content, fixed={"id"})
    return _rows(lines, [_line(shape, prefix, at_observation) for shape in lines.shapes]), line_of


def _an_observation_a_line(content: bytes, prefix: str) -> tuple[bytes, Numbers]:
    """Return a text in which lines begin with observations and with series, and nowhere else.

    Returns:
        The text, and the line of the content, from 0, in which each of its lines begins.
    """
    tags = [b"<" + prefix.encode() + name + b">" for name in (b"Obs", b"Series")]
    signs = np.frombuffer(content, np.uint8)
    begun = np.sort(np.concatenate([_begins(signs, tag) for tag in tags]))
    ends = np.flatnonzero(signs == ord("\n"))
    before = np.searchsorted(ends, begun)  # as many line ends come before each
    joined = signs.copy()
    joined[ends] = ord(BREAK)
    if (np.diff(before) > 0).all():  # there is a line end before each, but perhaps the first
        joined[ends[before[before > 0] - 1]] = ord("\n")
        first = [] if begun.size and before[0] == 0 else [0]
        return joined.tobytes(), np.concatenate([first, before])
    text = joined.tobytes()
    for tag in tags:
        text = text.replace(tag, b"\n" + tag)
    return text, np.concatenate([[0], before])


def _begins(signs: npt.NDArray[np.uint8], tag: bytes) -> Numbers:
    """Return where a tag begins."""
    found = np.flatnonzero(signs[: max(signs.size - len(tag) + 1, 0)] == tag[0])
    for place in range(len(tag) - 1, 0, -1):  # most tags of that length differ at its end
        found = found[signs[found + place] == tag[place]]
    return found


def _rows(lines: Lines, found: list[_Line]) -> pl.DataFrame:
    observed = {number: line.columns for number, line in enumerate(found) if line.kind == "O"}
    starts = {number: line.columns for number, line in enumerate(found) if line.kind == "S"}
    if any(found[number].is_flat == bool(starts) for number in observed):
        raise OtherShapeError
    if not starts:
        return lines.table(observed)
    return in_series(lines, observed, starts, [number for number, line in enumerate(found) if line.ends_series])


def _line(shape: Shape, prefix: str, at_observation: str) -> _Line:
    """Return what lines of a shape are."""
    letters = "".join(_letter(tag, prefix) for tag in shape.tags)
    is_flat = bool(_FLAT.fullmatch(letters))
    if not (not letters or is_flat or _IN_SERIES.fullmatch(letters) or _SERIES.fullmatch(letters)):
        raise OtherShapeError
    columns: dict[str, int] = {}
    for name, piece in _values(shape, letters, at_observation):
        if name in columns:
            raise OtherShapeError  # a component that is told twice: rare, and told by the parser
        columns[name] = piece
    return _Line(letters[:1], is_flat, letters.endswith("s"), columns)


def _letter(tag: Tag, prefix: str) -> str:
    letter = _LETTERS.get((tag.name.removeprefix(prefix), tag.kind), "") if tag.name.startswith(prefix) else ""
    if not letter or frozenset(tag.attributes) not in _FIELDS.get(letter, _NOTHING):
        raise OtherShapeError
    return letter


def _values(shape: Shape, letters: str, at_observation: str) -> Iterator[tuple[str, int]]:
    """Yield the component and the piece of each value."""
    for letter, tag in zip(letters, shape.tags, strict=True):
        if "id" in tag.attributes:
            name = shape.fixed[tag.piece("id")]
            if not _ID.fullmatch(name) or (letter == "D" and name != at_observation):
                raise OtherShapeError
        else:
            name = at_observation if letter == "D" else PRIMARY_MEASURE
        if "value" in tag.attributes:
            yield name, tag.piece("value")
