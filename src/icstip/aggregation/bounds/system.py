"""What totals and parts say of hidden figures, as rows of a linear system."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import permutations
from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl

from icstip.aggregation.bounds.cells import Cells
from icstip.aggregation.bounds.groups import GROUP, IS_ALL, IS_SUM, OVER, PART, UNDER, WHOLE, Groups, within
from icstip.aggregation.bounds.intervals import HIGH, LOW

Numbers = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]
Marks = npt.NDArray[np.bool_]

ENDLESS: Final = float("inf")
NONE: Final = -1

_NO_PLACES: Final = np.zeros(0, np.int64)
_NO_NUMBERS: Final = np.zeros(0, np.float64)


@dataclass(frozen=True)
class System:
    """Rows: the sum of variables, each with the sign 1 or -1, lies between two bounds.

    The first variables are hidden figures. The others are how many persons of a total are in none of its parts.

    Attributes:
        row, variable, sign: The entries, in the order of their rows.
        least, most: The bounds of each row.
        low, high: The bounds of each variable.
        cells: The figure of each of the first variables.
        whole: The total that a row is about, a figure.
    """

    row: Places
    variable: Places
    sign: Numbers
    least: Numbers
    most: Numbers
    low: Numbers
    high: Numbers
    cells: Places
    whole: Places


def system_of(cells: Cells, groups: Sequence[Groups]) -> System:
    """Return what totals and parts say of hidden figures.

    Figures that are told are constants. Rows in which no figure is hidden are left out: whether they hold is a matter
    of checks, and says nothing of any hidden figure.

    Args:
        cells: The figures.
        groups: The totals along each dimension.
    """
    made = _Rows(cells, sum(one.totals.height for one in groups))
    for one in groups:
        made.add_sums(one)
        made.add_single_parts(one)
        made.add_covered(one)
    for one, other in permutations(groups, 2):
        made.add_within(within(one, other))
    return made.system()


class _Rows:
    """Collects rows."""

    def __init__(self, cells: Cells, groups: int) -> None:
        self._low, self._high = cells.frame[LOW].to_numpy(), cells.frame[HIGH].to_numpy()
        is_hidden = self._low < self._high
        self._cells = np.flatnonzero(is_hidden)
        self._of_cell = np.where(is_hidden, np.cumsum(is_hidden) - 1, NONE)
        # Those in no part of a total: a variable, a number, or nothing that anybody knows.
        self._of_rest = np.full(groups, NONE)
        self._rest = np.full(groups, np.nan)
        self._number = len(self._cells)
        self._entries: list[tuple[Places, Places, Numbers]] = [(_NO_PLACES, _NO_PLACES, _NO_NUMBERS)]
        self._least = [_NO_NUMBERS]
        self._most = [_NO_NUMBERS]
        self._whole = [_NO_PLACES]
        self._height = 0

    def add_sums(self, groups: Groups) -> None:
        """Add that a total is the sum of its parts and of those who are in none, where nobody is in two."""
        totals, parts = groups.totals.filter(IS_SUM), groups.parts.filter(IS_SUM)
        group, whole = _places(totals[GROUP]), _places(totals[WHOLE])
        of_total, part = np.searchsorted(group, _places(parts[GROUP])), _places(parts[PART])
        is_all = totals[IS_ALL].to_numpy()
        number = len(group)
        known = self._known(whole) - np.bincount(of_total, self._known(part), number)
        hidden = (self._of_cell[whole] >= 0) | (np.bincount(of_total, self._of_cell[part] >= 0, number) > 0)
        # Without a hidden figure those in no part are a number, unless the figures contradict each other.
        is_sound = ~hidden & (known >= 0) & (~is_all | (known == 0))
        self._rest[group] = np.where(is_sound, known, np.nan)
        self._rest[group[is_all & hidden]] = 0.0
        with_rest = group[hidden & ~is_all]
        self._of_rest[with_rest] = self._number + np.arange(len(with_rest))
        self._number += len(with_rest)
        all_rows = np.arange(number)
        self._add(
            whole,
            [
                (all_rows, self._of_cell[whole], 1.0),
                (of_total, self._of_cell[part], -1.0),
                (all_rows, self._of_rest[group], -1.0),
            ],
            -known,
            -known,
        )

    def add_single_parts(self, groups: Groups) -> None:
        """Add that a part is not more than its total, where somebody can be in two parts."""
        parts = groups.parts.filter(~pl.col(IS_SUM))
        whole, part = _places(parts[WHOLE]), _places(parts[PART])
        rows = np.arange(len(whole))
        least = self._known(part) - self._known(whole)
        entries = [(rows, self._of_cell[whole], 1.0), (rows, self._of_cell[part], -1.0)]
        self._add(whole, entries, least, np.full(len(whole), ENDLESS))

    def add_covered(self, groups: Groups) -> None:
        """Add that a total is not more than the sum of its parts, where everybody is in one, and somebody in two."""
        totals = groups.totals.filter(pl.col(IS_ALL) & ~pl.col(IS_SUM))
        parts = groups.parts.join(totals.select(GROUP), on=GROUP, how="semi", maintain_order="left")
        group, whole = _places(totals[GROUP]), _places(totals[WHOLE])
        of_total, part = np.searchsorted(group, _places(parts[GROUP])), _places(parts[PART])
        rows = np.arange(len(group))
        least = self._known(whole) - np.bincount(of_total, self._known(part), len(group))
        entries = [(of_total, self._of_cell[part], 1.0), (rows, self._of_cell[whole], -1.0)]
        self._add(whole, entries, least, np.full(len(group), ENDLESS))

    def add_within(self, pairs: pl.DataFrame) -> None:
        """Add that those who are in no part of totals are in none of the parts of the total that holds these."""
        over, under = _places(pairs[OVER]), _places(pairs[UNDER])
        is_known = self._is_something(over) & self._is_something(under)
        over, under, holding = over[is_known], under[is_known], _places(pairs[GROUP])[is_known]
        # Nobody is in two parts of a sum: then those in no part are added up, else each is compared by itself.
        single = np.where(pairs[IS_SUM].to_numpy()[is_known], NONE, under)
        keys = pl.DataFrame({"over": over, "holding": holding, "single": single})
        once = keys.unique(maintain_order=True)
        upper, rows = _places(once["over"]), np.arange(once.height)
        row = _places(keys.join(once.with_row_index("at"), on=keys.columns, maintain_order="left")["at"])
        known = np.nan_to_num(self._rest)
        least = np.bincount(row, known[under], len(rows)) - known[upper]
        entries = [(rows, self._of_rest[upper], 1.0), (row, self._of_rest[under], -1.0)]
        self._add(np.full(len(rows), NONE), entries, least, np.full(len(rows), ENDLESS))

    def system(self) -> System:
        """Return all rows."""
        row, variable, sign = (np.concatenate(column) for column in zip(*self._entries, strict=True))
        order = np.lexsort((variable, row))
        rests = self._number - len(self._cells)
        return System(
            row=row[order],
            variable=variable[order],
            sign=sign[order],
            least=np.concatenate(self._least),
            most=np.concatenate(self._most),
            low=np.concatenate([self._low[self._cells], np.zeros(rests)]),
            high=np.concatenate([self._high[self._cells], np.full(rests, ENDLESS)]),
            cells=self._cells,
            whole=np.concatenate(self._whole),
        )

    def _known(self, cells: Places) -> Numbers:
        """Return figures that are told; 0 for those that are hidden."""
        return np.where(self._of_cell[cells] >= 0, 0.0, self._low[cells])

    def _is_something(self, groups: Places) -> Marks:
        """Return whether anything is known of those who are in no part of totals."""
        is_known: Marks = (self._of_rest[groups] >= 0) | ~np.isnan(self._rest[groups])
        return is_known

    def _add(
        self, whole: Places, entries: Sequence[tuple[Places, Places, float]], least: Numbers, most: Numbers
    ) -> None:
        """Add rows with those of their entries that are variables; rows without any say nothing of hidden figures."""
        row = np.concatenate([rows[variables >= 0] for rows, variables, _ in entries])
        variable = np.concatenate([variables[variables >= 0] for _, variables, _ in entries])
        sign = np.concatenate([np.full(int((variables >= 0).sum()), one) for _, variables, one in entries])
        is_used = np.zeros(len(whole), np.bool_)
        is_used[row] = True
        number = self._height + np.cumsum(is_used) - 1
        self._entries.append((number[row], variable, sign))
        self._least.append(least[is_used])
        self._most.append(most[is_used])
        self._whole.append(whole[is_used])
        self._height += int(is_used.sum())


def _places(column: pl.Series) -> Places:
    return column.cast(pl.Int64).to_numpy()
