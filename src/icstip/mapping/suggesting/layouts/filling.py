"""Blanks in headers and stubs: whether each repeats the text before it."""

from collections.abc import Callable, Hashable, Iterator, Sequence

from icstip.mapping.suggesting.recognise import Recogniser
from icstip.mapping.suggesting.shape import Shape
from icstip.tables.grid import position_of


def repeats(upper: Sequence[str | None], lower: Sequence[Hashable], is_total: Callable[[Hashable], bool]) -> bool:
    """Return whether each blank certainly stands for the text before it.

    The texts begin groups of the same length, the first of them at the first place, and within a group nothing is there
    twice. What stands beside them is the same in all groups, or at least no total is among it: a last column with a
    total is often one of all groups.

    Args:
        upper: Texts, with blanks.
        lower: What stands below each, or beside it.
        is_total: Whether that is a total.

    Example:
        >>> repeats(["Adults", None, "Children", None], ["M", "F", "M", "F"], lambda _: False)
        True
        >>> repeats(["Adults", None, "Children", None, None], ["M", "F", "M", "F", "Total"], "Total".__eq__)
        False
    """
    starts = [place for place, text in enumerate(upper) if text is not None]
    if not starts or starts[0] != 0:
        return False
    ends = [*starts[1:], len(upper)]
    groups = [tuple(lower[start:end]) for start, end in zip(starts, ends, strict=True)]
    if any(len(set(group)) < len(group) or len(group) != len(groups[0]) for group in groups):
        return False
    return len(set(groups)) == 1 or not any(is_total(one) for group in groups for one in group)


def filled_headers(shape: Shape, recogniser: Recogniser) -> Iterator[str]:
    """Yield the names of the header rows in which each blank certainly repeats the text before it.

    Where cells of the row are merged, they say how far a text goes, and blanks beside them are blank.

    Args:
        shape: The table.
        recogniser: What knows totals.
    """

    def is_total(texts: Hashable) -> bool:
        return isinstance(texts, tuple) and any(text is not None and recogniser.is_total(text) for text in texts)

    below: list[tuple[str | None, ...]] = [() for _ in shape.figures]
    for row in reversed(shape.headers):
        texts = [shape.cells.text(letters, row) for letters in shape.figures]
        has_blanks = row != shape.headers[-1] and None in texts and not _is_merged(shape, row)
        if has_blanks and repeats(texts, below, is_total):
            if row in shape.telling:
                yield f"row {row}"
            texts = list(_filled(texts))
        below = [(text, *others) for text, others in zip(texts, below, strict=True)]


def filled_stubs(shape: Shape, stubs: Sequence[str]) -> Iterator[str]:
    """Yield the names of the stub columns in which each blank certainly repeats the text above it.

    Args:
        shape: The table.
        stubs: The letters of those that are read.
    """
    rows = _rows(shape, stubs)
    beside: list[tuple[str | None, ...]] = [() for _ in rows]
    for letters in reversed(stubs):
        texts = [shape.cells.text(letters, row) for row in rows]
        has_several = beside[:1] != [()] and texts.count(None) < len(texts) - 1
        if None in texts and has_several and repeats(texts, beside, lambda _: True):
            yield f"column {letters}"
            texts = list(_filled(texts))
        beside = [(text, *others) for text, others in zip(texts, beside, strict=True)]


def is_in_each_group(shape: Shape, letters: str) -> bool:
    """Return whether the labels of a stub, also those without figures, are the same below each label of another one.

    Args:
        shape: The table.
        letters: Of the stub.
    """
    for other in shape.stubs[: shape.stubs.index(letters)]:
        rows = _rows(shape, [other, letters])
        groups = [shape.cells.text(other, row) for row in rows]
        has_several = None in groups and groups.count(None) < len(groups) - 1
        if has_several and repeats(groups, [shape.cells.text(letters, row) for row in rows], lambda _: True):
            return True
    return False


def _rows(shape: Shape, stubs: Sequence[str]) -> list[int]:
    """Return the rows with a label in the last of these stubs."""
    # A row whose figures are all missing is one of its group.
    stop = shape.rows.stop
    while len(stubs) > 1 and shape.cells.text(stubs[-1], stop) is not None and shape.cells.text(stubs[0], stop) is None:
        stop += 1
    return [row for row in range(shape.rows.start, stop) if stubs and shape.cells.text(stubs[-1], row) is not None]


def _filled(texts: Sequence[str | None]) -> Iterator[str | None]:
    last: str | None = None
    for text in texts:
        last = text or last
        yield last


def _is_merged(shape: Shape, row: int) -> bool:
    """Return whether cells of a header row are merged above columns of figures."""
    columns = set(map(position_of, shape.figures))
    return any(
        area.first_row <= row <= area.last_row
        and area.last_column > area.first_column
        and columns & set(range(area.first_column, area.last_column + 1))
        for area in shape.cells.grid.merged
    )
