"""Rows that come one by one, as lists of names and values, turned into columns in batches."""

from collections.abc import Callable, Sequence
from typing import Final, cast

import numpy as np
import numpy.typing as npt
import polars as pl

from icstip.messages.data_parts import LINE

PLACE: Final = "\0place"
"""Column with the place in the message that a row begins at."""

Columns = dict[str, pl.Series]
Named = Callable[[Sequence[str], Sequence[pl.Series], pl.Series], Columns]
MOST_COLUMNS: Final = 1000
"""So many components no data structure has."""

Refuse = Callable[[], None]
LinesOf = Callable[[npt.NDArray[np.int64]], npt.NDArray[np.int64]]


class Table:
    """Rows of one kind of element.

    Rows of as many values are put into one long list, from which slices are columns: nothing is done for each row
    but to append it.

    Args:
        named: What columns some rows have, by the names and values that they have in common and the lines of the rows.
        refuse: Raises an error, because there are too many names.

    Attributes:
        size: How many rows were settled.
    """

    def __init__(self, named: Named, refuse: Refuse) -> None:
        self._named = named
        self._refuse = refuse
        self._rows: dict[int, tuple[list[str], list[int]]] = {}
        self._frames: list[pl.DataFrame] = []
        self.size = 0

    def rows_of(self, width: int) -> tuple[list[str], list[int]]:
        """Return where rows of so many names and values go, and where their places go."""
        found = self._rows.get(width)
        if found is None:
            found = self._rows[width] = ([], [])
        return found

    def add(self, row: list[str], place: int) -> None:
        """Add a row: names and values in turn, and where it begins."""
        values, places = self.rows_of(len(row))
        values += row
        places.append(place)

    def take_back(self, place: int) -> list[str] | None:
        """Return the row that was added last, if it begins at a place and is not settled; it is no longer there."""
        for width, (values, places) in self._rows.items():
            if places and places[-1] == place:
                places.pop()
                row = values[len(values) - width :]
                del values[len(values) - width :]
                return row
        return None

    def settle(self, lines_of: LinesOf) -> None:
        """Turn the rows that came since the last time into columns.

        Args:
            lines_of: Lines of places.
        """
        for width, (values, places) in self._rows.items():
            if not places:
                continue
            names, columns = _columns(values, len(places), width, Order(self._refuse))
            at = np.array(places, dtype=np.int64)
            lines = pl.Series(LINE, lines_of(at))
            named = self._named(names, [pl.Series(given, dtype=pl.String) for given in columns], lines)
            self._frames.append(pl.DataFrame({**named, PLACE: at, LINE: lines}))
            self.size += len(places)
            values.clear()
            places.clear()

    def take(self) -> pl.DataFrame:
        """Return the rows that were settled, in the order of their places, with `PLACE` and `LINE`; forget them."""
        frames, self._frames, self.size = self._frames, [], 0
        if not frames:
            return pl.DataFrame(schema={PLACE: pl.Int64, LINE: pl.Int64})
        return in_order(frames)


class Order:
    """The names of columns in the order in which rows have them.

    Args:
        refuse: Raises an error, because there are too many.
    """

    def __init__(self, refuse: Refuse) -> None:
        self._refuse = refuse
        self.names: list[str] = []
        self._known: set[str] = set()

    def learn(self, names: Sequence[str]) -> None:
        """Put names that are new after those that they follow."""
        if self._known.issuperset(names):
            return
        if len(self._known) + len(names) > MOST_COLUMNS and len(self._known.union(names)) > MOST_COLUMNS:
            self._refuse()
        place = next((self.names.index(name) for name in names if name in self._known), len(self.names))
        for name in names:
            if name in self._known:
                place = self.names.index(name) + 1
            else:
                self.names.insert(place, name)
                self._known.add(name)
                place += 1


def in_order(frames: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """Return rows of at least one frame in the order of their places."""
    first = frames[0].columns
    alike = all(frame.columns == first for frame in frames)
    rows = pl.concat(frames, how="vertical" if alike else "diagonal", rechunk=True)
    return rows if rows[PLACE].is_sorted() else rows.sort(PLACE)


def _columns(values: list[str], count: int, width: int, order: Order) -> tuple[list[str], list[list[str | None]]]:
    """Return the names and the columns of rows of as many values; a name can be there twice.

    Args:
        values: The names and values of all rows.
        count: How many rows there are.
        width: How many names and values each has.
        order: Where to put names in order.
    """
    names = values[:width:2]
    if all(values[2 * number :: width].count(name) == count for number, name in enumerate(names)):
        return names, [cast("list[str | None]", values[number::width]) for number in range(1, width, 2)]
    columns: dict[tuple[str, int], list[str | None]] = {}
    for number in range(count):
        row = values[number * width : (number + 1) * width]
        order.learn(row[::2])
        for name, value in zip(row[::2], row[1::2], strict=True):
            again = 0
            while (name, again) in columns and columns[name, again][number] is not None:
                again += 1
            columns.setdefault((name, again), [None] * count)[number] = value
    found = sorted(columns, key=lambda column: (column[1], order.names.index(column[0])))
    return [name for name, _ in found], [columns[column] for column in found]
