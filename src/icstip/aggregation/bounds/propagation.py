"""Bounds that follow from one row at a time, over all rows at once, until nothing follows any more."""

from typing import Final

import numpy as np

from icstip.aggregation.bounds.system import ENDLESS, Marks, Numbers, Places, System

ROUNDS: Final = 100
"""After so many rounds bounds stay as they are: some creep towards each other, one person a round."""


def components(system: System, among: Marks | None = None) -> Places:
    """Return a number for each variable, the same for those that rows connect: that of the first one.

    Args:
        system: Rows and variables.
        among: Which entries connect; all of them by default.
    """
    row = system.row if among is None else system.row[among]
    variable = system.variable if among is None else system.variable[among]
    label = np.arange(len(system.low))
    while True:
        least = np.full(len(system.least), len(label))
        np.minimum.at(least, row, label[variable])
        found = label.copy()
        np.minimum.at(found, variable, least[row])
        found = found[found]
        if np.array_equal(found, label):
            return label
        label = found


class Bounds:
    """Bounds of the variables of a system, which only ever become narrower.

    Attributes:
        low, high: The bounds.
        is_wrong: Which variables are connected with a row that no figures can fulfil.
        broken: A row that no figures can fulfil, for each component that has one, by the number of the component.
    """

    def __init__(self, system: System) -> None:
        self.system = system
        self.component = components(system)
        self.low, self.high = system.low.copy(), system.high.copy()
        self.is_wrong = np.zeros(len(self.low), np.bool_)
        self.broken: dict[int, int] = {}

    def propagate(self, rounds: int = ROUNDS) -> None:
        """Narrow bounds by each row, again and again, until nothing follows any more, or a number of times."""
        entries = np.arange(len(self.system.row))
        for _ in range(rounds):
            changed = self._round(entries)
            if not changed.any():
                return
            # Only rows of components in which something changed can say more.
            is_open = np.zeros(len(self.low), np.bool_)
            is_open[self.component[changed]] = True
            entries = entries[is_open[self.component[self.system.variable[entries]]]]

    def put(self, variables: Places, low: Numbers, high: Numbers) -> None:
        """Narrow bounds of variables."""
        self.low[variables] = np.maximum(self.low[variables], low)
        self.high[variables] = np.minimum(self.high[variables], high)

    def refuse(self, component: int) -> None:
        """Mark a component whose rows no figures can fulfil."""
        self.is_wrong |= self.component == component

    def _round(self, entries: Places) -> Marks:
        """Narrow bounds by the rows of entries; return which variables have other bounds now."""
        system = self.system
        row, variable, sign = system.row[entries], system.variable[entries], system.sign[entries]
        smallest = np.where(sign > 0, self.low[variable], -self.high[variable])
        largest = np.where(sign > 0, self.high[variable], -self.low[variable])
        least, least_open = self._sums(row, smallest)
        most, most_open = self._sums(row, largest)
        rows = row[np.flatnonzero(np.diff(row, prepend=-1))]
        is_more = (least_open[rows] == 0) & (least[rows] > system.most[rows])
        is_less = (most_open[rows] == 0) & (most[rows] < system.least[rows])
        self._refuse_rows(rows[is_more | is_less], row, variable)
        # What the other entries of the row leave for each entry.
        room = system.most[row] - (least[row] - _finite(smallest))
        room = np.where(least_open[row] > np.isinf(smallest), ENDLESS, room)
        need = system.least[row] - (most[row] - _finite(largest))
        need = np.where(most_open[row] > np.isinf(largest), -ENDLESS, need)
        high, low = self.high.copy(), self.low.copy()
        np.minimum.at(high, variable, np.where(sign > 0, room, -need))
        np.maximum.at(low, variable, np.where(sign > 0, need, -room))
        changed = ((high < self.high) | (low > self.low)) & ~self.is_wrong
        empty = changed & (low > high)
        self.high[changed], self.low[changed] = high[changed], low[changed]
        if empty.any():
            first = np.isin(variable, np.flatnonzero(empty))
            self._refuse_rows(np.unique(row[first]), row, variable)
        return changed & ~self.is_wrong

    def _sums(self, row: Places, values: Numbers) -> tuple[Numbers, Places]:
        """Return the sum of finite values of each row, and how many of its values are not finite."""
        number = len(self.system.least)
        sums = np.bincount(row, _finite(values), number).astype(np.float64, copy=False)
        return sums, np.bincount(row[np.isinf(values)], minlength=number)

    def _refuse_rows(self, rows: Places, row: Places, variable: Places) -> None:
        if not len(rows):
            return
        first = np.searchsorted(row, rows)
        wrong = self.component[variable[first]]
        for component, one in zip(wrong.tolist(), rows.tolist(), strict=True):
            self.broken.setdefault(component, one)
        self.is_wrong |= np.isin(self.component, wrong)


def _finite(values: Numbers) -> Numbers:
    return np.where(np.isinf(values), 0.0, values)
