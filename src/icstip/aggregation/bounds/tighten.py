"""Bounds of hidden figures, as narrow as the totals and parts of their own table make them."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from icstip.aggregation.bounds.cells import ROW, cells_of
from icstip.aggregation.bounds.groups import groups_of
from icstip.aggregation.bounds.intervals import HIGH, LOW
from icstip.aggregation.bounds.programme import MOST_VARIABLES, solve
from icstip.aggregation.bounds.propagation import Bounds
from icstip.aggregation.bounds.system import NONE, Marks, Places, System, system_of
from icstip.coherence.knowledge import Knowledge
from icstip.schema import Schema


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Figures that hang together and cannot all be right.

    Attributes:
        hidden: The rows of the hidden ones among them.
        total: The row of the total that shows it, if one alone does.
    """

    hidden: tuple[int, ...]
    total: int | None = None


@dataclass(frozen=True)
class Tightened:
    """Observations with bounds, and what was found on the way.

    Attributes:
        frame: The observations, in their order, with narrower bounds.
        worked_out: The rows of hidden figures that can only be one number.
        contradicting: Where tables contradict themselves, in the order of the rows. The bounds of the hidden figures
            there are as they were.
    """

    frame: pl.DataFrame
    worked_out: tuple[int, ...] = ()
    contradicting: tuple[Contradiction, ...] = ()


def tighten(frame: pl.DataFrame, schema: Schema, knowledge: Knowledge) -> pl.DataFrame:
    """Return observations with bounds as narrow as their table makes them: see `tightened`.

    Args:
        frame: Observations with `LOW` and `HIGH`, of one or several areas that report.
        schema: What their columns are.
        knowledge: What is known of components and codes.

    Returns:
        The same rows in the same order; `LOW` and `HIGH` are never wider than before.
    """
    return tightened(frame, schema, knowledge).frame


def tightened(
    frame: pl.DataFrame, schema: Schema, knowledge: Knowledge, most_variables: int = MOST_VARIABLES
) -> Tightened:
    """Return observations with bounds as narrow as their table makes them, and what was found on the way.

    A figure that is hidden lies between its own bounds; and a total is, with what is known of the counting, the sum of
    its parts and of those who are in none of them. What follows from each total is worked out first, then, where totals
    hang together in a circle, what follows from all of them at once. Where figures contradict each other, those that
    hang together with them keep their own bounds.

    What comes out can disclose what a sender hid. It is made to be added up over several areas, and no bound of a
    single figure is ever to be written out that is narrower than its own.

    Args:
        frame: Observations with `LOW` and `HIGH`, of one or several areas that report.
        schema: What their columns are.
        knowledge: What is known of components and codes.
        most_variables: The size of what hangs together, in figures, up to which everything is worked out.
    """
    cells = cells_of(frame, schema, knowledge)
    system = system_of(cells, groups_of(cells, schema, knowledge))
    if not len(system.row):
        return Tightened(frame)
    bounds = Bounds(system)
    bounds.propagate()
    solve(bounds, most_variables)
    bounds.propagate()
    rows = cells.frame[ROW].to_numpy().astype(np.int64)
    is_right = ~bounds.is_wrong[: len(system.cells)]
    places = rows[system.cells]
    is_one = is_right & (bounds.low == bounds.high)[: len(system.cells)]
    worked_out = tuple(sorted(places[is_one].tolist()))
    return Tightened(
        _narrower(frame, places[is_right], bounds, is_right), worked_out, _contradicting(bounds, system, rows)
    )


def _narrower(frame: pl.DataFrame, places: Places, bounds: Bounds, is_right: Marks) -> pl.DataFrame:
    """Return observations with the bounds that were found."""
    # A float has two zeros; 0 is added to have the usual one.
    low, high = (ends[: len(is_right)][is_right] + 0.0 for ends in (bounds.low, bounds.high))
    ends = pl.Series(high).replace([float("inf")], [None])
    return frame.with_columns(frame[LOW].scatter(places, low).alias(LOW), frame[HIGH].scatter(places, ends).alias(HIGH))


def _contradicting(bounds: Bounds, system: System, rows: Places) -> tuple[Contradiction, ...]:
    """Return where tables contradict themselves."""
    component = bounds.component[: len(system.cells)]
    found = []
    for wrong in np.unique(bounds.component[bounds.is_wrong]).tolist():
        hidden = tuple(sorted(rows[system.cells[component == wrong]].tolist()))
        broken = bounds.broken.get(wrong)
        whole = NONE if broken is None else int(system.whole[broken])
        found.append(Contradiction(hidden, None if whole == NONE else int(rows[whole])))
    return tuple(sorted(found, key=lambda one: one.hidden))
