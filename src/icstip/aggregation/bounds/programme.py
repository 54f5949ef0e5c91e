"""Bounds that follow from all rows together, by linear programming with HiGHS."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from icstip.aggregation.bounds.propagation import Bounds, components
from icstip.aggregation.bounds.system import Marks, Numbers, Places

if TYPE_CHECKING:
    import highspy

MOST_VARIABLES: Final = 5_000
"""Of a component with more variables it is only found out whether its rows exclude each other."""

_BATCH: Final = 2_000  # so many variables at least are in one model
_NEARLY: Final = 1e-6


@dataclass(frozen=True)
class _Part:
    """Variables and rows of one model.

    Attributes:
        variables, rows: Their numbers in the system.
        entries: The entries of the rows.
        piece: The number of what is connected within the model, for each variable: from 0.
    """

    variables: Places
    rows: Places
    entries: Places
    piece: Places


def solve(bounds: Bounds, most: int = MOST_VARIABLES) -> None:
    """Narrow the bounds of figures to the least and the most that all rows together allow.

    Rows are taken as far as they still say something. Where they connect variables without a circle, propagation has
    said all. Each model holds many pieces that have nothing to do with each other: they share the runs of the solver,
    each with its own variable to be made as small or as large as it can be.

    Args:
        bounds: Bounds as propagation has left them.
        most: The size of a piece, in variables, up to which this is done; larger ones are only looked at for rows that
            exclude each other.
    """
    for part, is_small in _parts(bounds, most):
        _Model(bounds, part).narrow(is_small=is_small)


def _parts(bounds: Bounds, most: int) -> Iterator[tuple[_Part, bool]]:
    """Yield what is worth a model, small pieces together and each large one by itself."""
    system = bounds.system
    is_free = (bounds.low < bounds.high) & ~bounds.is_wrong
    open_row = _says_something(bounds) & ~_of_wrong(bounds)
    among = open_row[system.row] & is_free[system.variable]
    label = components(system, among)
    entries = np.flatnonzero(among)
    of_entry = label[system.variable[entries]]
    rows = np.unique(system.row[entries])
    first = entries[np.searchsorted(system.row[entries], rows)]
    of_row = label[system.variable[first]]
    number = len(label)
    variables = np.flatnonzero(is_free & (np.bincount(system.variable[entries], minlength=number) > 0))
    sizes = np.bincount(label[variables], minlength=number)
    circles = np.bincount(of_entry, minlength=number) - sizes - np.bincount(of_row, minlength=number) + 1
    pieces = np.flatnonzero((sizes > 0) & (circles > 0))
    batch = np.full(number, -1)
    small = pieces[sizes[pieces] <= most]
    batch[small] = np.cumsum(sizes[small]) // _BATCH
    last = int(batch.max(initial=-1)) + 1
    large = pieces[sizes[pieces] > most]
    batch[large] = last + np.arange(len(large))
    for one in range(last + len(large)):
        own = variables[batch[label[variables]] == one]
        if len(own):
            piece = np.unique(label[own], return_inverse=True)[1]
            part = _Part(own, rows[batch[of_row] == one], entries[batch[of_entry] == one], piece)
            yield part, one < last


def _says_something(bounds: Bounds) -> Marks:
    """Return which rows some figures within the bounds do not fulfil."""
    system = bounds.system
    smallest = np.where(system.sign > 0, bounds.low[system.variable], -bounds.high[system.variable])
    largest = np.where(system.sign > 0, bounds.high[system.variable], -bounds.low[system.variable])
    number = len(system.least)
    least, most = (np.bincount(system.row, values, number) for values in (smallest, largest))
    return (least < system.least) | (most > system.most)


def _of_wrong(bounds: Bounds) -> Marks:
    """Return the rows of components that no figures can fulfil."""
    system = bounds.system
    found = np.zeros(len(system.least), np.bool_)
    found[system.row[bounds.is_wrong[system.variable]]] = True
    return found


class _Model:
    """A model of HiGHS."""

    def __init__(self, bounds: Bounds, part: _Part) -> None:
        self._bounds, self._part = bounds, part
        self._low, self._high = bounds.low[part.variables], bounds.high[part.variables]
        # Figures are looked for, and those in no part of a total only as far as figures depend on them.
        is_figure = part.variables < len(bounds.system.cells)
        self._open_low = is_figure.copy()
        self._open_high = is_figure & np.isfinite(self._high)

    def narrow(self, *, is_small: bool) -> None:
        """Narrow the bounds of the figures, and refuse pieces whose rows exclude each other."""
        solver = _solver()
        solver.passModel(_programme(self._bounds, self._part))
        values = _solved(solver, np.zeros(len(self._low)))
        if values is None:
            self._apart(is_small=is_small)
            return
        self._witness(values)
        while is_small:
            wanted, is_least = self._next()
            if not len(wanted):
                break
            cost = np.zeros(len(self._low))
            cost[wanted] = np.where(is_least, 1.0, -1.0)
            values = _solved(solver, cost)
            if values is None:  # which cannot be, as there are figures that fulfil all rows
                break
            self._found(wanted, is_least, values[wanted])
            self._witness(values)
        self._bounds.put(self._part.variables, self._low, self._high)

    def _next(self) -> tuple[Places, Marks]:
        """Return one variable of each piece that can still have a narrower bound, and whether it is the lower one."""
        places = np.flatnonzero(self._open_low | self._open_high)
        _, first = np.unique(self._part.piece[places], return_index=True)
        wanted = places[first]
        return wanted, self._open_low[wanted]

    def _found(self, wanted: Places, is_least: Marks, values: Numbers) -> None:
        """Take over the least or the most that figures can be: a whole number, on the safe side of what was found."""
        low, high = wanted[is_least], wanted[~is_least]
        self._low[low] = np.maximum(self._low[low], np.ceil(values[is_least] - _NEARLY))
        self._high[high] = np.minimum(self._high[high], np.floor(values[~is_least] + _NEARLY))
        self._open_low[low] = False
        self._open_high[high] = False

    def _witness(self, values: Numbers) -> None:
        """Close the bounds that figures which fulfil all rows have."""
        self._open_low &= values > self._low + _NEARLY
        self._open_high &= values < self._high - _NEARLY

    def _apart(self, *, is_small: bool) -> None:
        """Narrow each piece by itself, or refuse it where it is the only one."""
        part, system = self._part, self._bounds.system
        pieces = int(part.piece.max()) + 1
        if pieces == 1:
            self._bounds.refuse(int(self._bounds.component[part.variables[0]]))
            return
        of_variable = np.full(len(system.low), -1)
        of_variable[part.variables] = part.piece
        of_entry = of_variable[system.variable[part.entries]]
        for one in range(pieces):
            entries = part.entries[of_entry == one]
            variables = part.variables[part.piece == one]
            own = _Part(variables, np.unique(system.row[entries]), entries, np.zeros(len(variables), np.int64))
            _Model(self._bounds, own).narrow(is_small=is_small)


def _solver() -> "highspy.Highs":
    import highspy  # noqa: PLC0415 - it takes a fifth of a second to load, and hardly any data need it

    class Silent(highspy.Highs):  # type: ignore[misc] # published without types
        """HiGHS, which tells its version as soon as it is made unless it is told not to."""

        def enableCallbacks(self) -> None:  # noqa: N802 - the name is theirs
            self.setOptionValue("output_flag", False)  # noqa: FBT003 - the signature is theirs
            super().enableCallbacks()

    solver = Silent()
    for option, value in (("presolve", "off"), ("solver", "simplex"), ("threads", 1), ("random_seed", 0)):
        solver.setOptionValue(option, value)
    return solver


def _programme(bounds: Bounds, part: _Part) -> "highspy.HighsLp":
    """Return the rows and variables of a model, with what is fixed as a part of the bounds of rows."""
    import highspy  # noqa: PLC0415 - see above

    system = bounds.system
    fixed = _fixed(bounds, part)
    programme = highspy.HighsLp()
    programme.num_col_, programme.num_row_ = len(part.variables), len(part.rows)
    programme.col_cost_ = np.zeros(len(part.variables))
    programme.col_lower_, programme.col_upper_ = bounds.low[part.variables], bounds.high[part.variables]
    programme.row_lower_ = system.least[part.rows] - fixed
    programme.row_upper_ = system.most[part.rows] - fixed
    matrix = programme.a_matrix_
    matrix.format_ = highspy.MatrixFormat.kRowwise
    matrix.num_col_, matrix.num_row_ = programme.num_col_, programme.num_row_
    matrix.start_ = np.append(np.searchsorted(system.row[part.entries], part.rows), len(part.entries)).astype(np.int32)
    matrix.index_ = np.searchsorted(part.variables, system.variable[part.entries]).astype(np.int32)
    matrix.value_ = system.sign[part.entries]
    return programme


def _fixed(bounds: Bounds, part: _Part) -> Numbers:
    """Return what variables that have one value only add to each row of a model."""
    system = bounds.system
    is_one = bounds.low == bounds.high
    starts, ends = np.searchsorted(system.row, part.rows), np.searchsorted(system.row, part.rows, side="right")
    lengths = ends - starts
    entries = np.repeat(starts - np.concatenate([[0], np.cumsum(lengths)[:-1]]), lengths) + np.arange(lengths.sum())
    values = np.where(is_one[system.variable[entries]], bounds.low[system.variable[entries]], 0.0)
    rows = np.repeat(np.arange(len(part.rows)), lengths)
    return np.bincount(rows, system.sign[entries] * values, len(part.rows)).astype(np.float64, copy=False)


def _solved(solver: "highspy.Highs", cost: Numbers) -> Numbers | None:
    """Return the values of the variables that make the costs least, or None if no values fulfil all rows."""
    import highspy  # noqa: PLC0415 - see above

    solver.changeColsCost(len(cost), np.arange(len(cost), dtype=np.int32), cost)
    solver.run()
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return None
    return np.array(solver.getSolution().col_value)
