"""Structure-specific data, flat or in series, from a tag a line."""

from typing import Final

import numpy as np
import polars as pl

from icstip.messages.data_ml.fast.lines import (
    CLOSE,
    EMPTY,
    OPEN,
    Lines,
    Numbers,
    OtherShapeError,
    Tag,
    lines_of,
    with_line_feeds,
)
from icstip.messages.data_ml.fast.nesting import in_series

_OBSERVATION, _SERIES = "Obs", "Series"
_JOINT: Final = b"><"
_SAMPLE: Final = 1 << 12
_KINDS: Final = frozenset({(_OBSERVATION, EMPTY), (_SERIES, EMPTY), (_SERIES, OPEN), (_SERIES, CLOSE)})


def specific_rows(content: bytes) -> tuple[pl.DataFrame, Numbers | None]:
    """Return the observations, each with what its series says, and series without observations; with `PLACE`.

    Args:
        content: Whole children of a data set.

    Returns:
        The rows, and the line of the content, from 0, that is at each place; None where places are lines.

    Raises:
        OtherShapeError: There is anything but observations and series, or they are not nested as they should be.
    """
    content = with_line_feeds(content)
    if _JOINT not in content[:_SAMPLE]:
        lines = lines_of(content)
        if all(len(shape.tags) <= 1 for shape in lines.shapes):
            return _rows(lines), None
    return _rows(lines_of(content.replace(_JOINT, b">\n<"))), _lines_of_tags(content)


def _rows(lines: Lines) -> pl.DataFrame:
    tags = [_only_tag(shape.tags) for shape in lines.shapes]
    columns = {
        number: {name: tag.piece(name) for name in tag.attributes} for number, tag in enumerate(tags) if tag is not None
    }
    observed = {number: pieces for number, pieces in columns.items() if _is(tags[number], _OBSERVATION)}
    if len(observed) == len(columns):
        return lines.table(observed)
    starts = {number: pieces for number, pieces in columns.items() if _is(tags[number], _SERIES, OPEN, EMPTY)}
    return in_series(
        lines, observed, starts, [number for number in columns if _is(tags[number], _SERIES, CLOSE, EMPTY)]
    )


def _only_tag(tags: tuple[Tag, ...]) -> Tag | None:
    if not tags:
        return None
    if len(tags) > 1 or (tags[0].name, tags[0].kind) not in _KINDS:
        raise OtherShapeError
    return tags[0]


def _is(tag: Tag | None, name: str, *kinds: int) -> bool:
    return tag is not None and tag.name == name and (not kinds or tag.kind in kinds)


def _lines_of_tags(content: bytes) -> Numbers:
    """Return the line that each tag begins in, if a line were begun between all tags that follow each other."""
    signs = np.frombuffer(content, np.uint8)
    ends = np.flatnonzero(signs == ord("\n"))
    joints = np.flatnonzero((signs[:-1] == ord(">")) & (signs[1:] == ord("<")))
    breaks = np.concatenate([ends, joints])
    is_end = np.concatenate([np.ones(ends.size, np.int64), np.zeros(joints.size, np.int64)])
    return np.concatenate([[0], np.cumsum(is_end[np.argsort(breaks, kind="stable")])])
