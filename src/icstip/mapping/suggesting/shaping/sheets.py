"""Sheets that look alike, one a year or a country → one draft that reads them all."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from icstip.mapping.model import OPEN
from icstip.mapping.suggesting.cells import Kind
from icstip.mapping.suggesting.draft import Draft, Reason
from icstip.mapping.suggesting.layouts.sketch import TIMES, Sketch
from icstip.mapping.suggesting.recognise import Recogniser
from icstip.mapping.suggesting.shape import Shape
from icstip.tables.layouts.layout import SHEET

GIVEN: Final = "suggest.given"
_DIGITS: Final = re.compile(r"\d+")


def with_sheets(draft: Draft, others: Sequence[Draft], recogniser: Recogniser) -> Draft:
    """Return the draft of the first sheet, for all sheets that look like it where their names say how they differ.

    Args:
        draft: The draft of the first sheet.
        others: Those of the other ones.
        recogniser: What recognises names of sheets.
    """
    alike = [draft, *(other for other in others if _is_alike(draft, other))]
    several = _together(alike, recogniser) if len(alike) > 1 else None
    read = several.layout.sheets if several and several.layout else (_name(draft),)
    return replace(several or draft, unread=tuple(name for name in map(_name, others) if name not in read))


def _name(draft: Draft) -> str:
    return draft.shape.cells.grid.sheet or ""


def _is_alike(first: Draft, other: Draft) -> bool:
    """Return whether all but the time and the names of sheets is said alike, in the same cells."""
    if (
        first.layout is None
        or other.layout is None
        or replace(other.layout, sheets=first.layout.sheets) != first.layout
    ):
        return False
    said = ("columns", "time", "part", "left_out", "written")
    return all(getattr(first, name) == getattr(other, name) for name in said) and _texts(first.shape) == _texts(
        other.shape
    )


def _texts(shape: Shape) -> list[object]:
    """Return the texts above and beside the figures, with all years as one; of a title, with all numbers as one."""
    cells = shape.cells
    titles = [_DIGITS.sub("0", text) for row in shape.title for text in cells.texts(row).values()]
    columns = (*shape.stubs, *shape.figures)
    headers = [
        None if cells.column(name)[row - 1] == Kind.YEAR else cells.text(name, row)
        for row in shape.headers
        for name in columns
    ]
    stubs = [cells.text(name, row) for row in shape.rows for name in shape.stubs]
    return [titles, headers, stubs]


def _together(alike: Sequence[Draft], recogniser: Recogniser) -> Draft | None:
    """Return the draft of several sheets, or None where their names do not say how they differ."""
    first, names = alike[0], [_name(one) for one in alike]
    given = {name: code for name, (code, reason) in first.constants.items() if reason.id == GIVEN}
    sketch = Sketch(first.shape, recogniser, given, time=first.time)
    guess = sketch.guess(names, None, ())
    said = {recogniser.time} if guess.reason == TIMES else {*guess.components, *guess.candidates}
    if not said or said & given.keys() or (guess.reason == TIMES and first.time):
        return None
    constants = [{name: code for name, (code, _) in one.constants.items() if name not in said} for one in alike]
    if any(one != constants[0] for one in constants):
        return None
    if guess.reason == TIMES:
        sketch.time = SHEET
    else:
        sketch.add(SHEET, guess, {})
    is_given = {recogniser.time} if guess.reason == TIMES else set(guess.components)
    left = {
        name: (OPEN, Reason("suggest.open")) if name in said else reason
        for name, reason in first.constants.items()
        if name not in is_given
    }
    layout = first.layout and replace(first.layout, sheets=tuple(names))
    return replace(first, layout=layout, time=sketch.time, columns=(*first.columns, *sketch.columns), constants=left)
