"""Attributes of groups, taken from the observations that repeat them; and rows that are no observations."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import polars as pl

from icstip.messages.data_ml.writing.elements import Elements
from icstip.messages.data_ml.writing.kept import alike
from icstip.messages.data_ml.writing.pieces import Piece
from icstip.messages.data_ml.writing.places import GroupPlace, Places

_NUMBER, _SOME = "\0number", "\0some"


class GroupValues:
    """What the observations of a data set say of its groups.

    Args:
        places: Where its components stand.
    """

    def __init__(self, places: Places) -> None:
        self._found: dict[GroupPlace, list[pl.DataFrame]] = {one: [] for one in places.groups if one.attributes}
        self.varying: set[str] = set()
        """Attributes with several values in a group, which therefore no group can hold. Known after `settle`."""
        self.filled: set[str] = set()
        """Attributes that only some observations of a group repeat. Known after `settle`."""

    def add(self, frame: pl.DataFrame) -> None:
        """Take note of what observations say."""
        for place, found in self._found.items():
            said = [name for name in place.attributes if name in frame.columns]  # that none is matters too
            found.append(frame.select(*place.dimensions, *said).unique(maintain_order=True))

    def settle(self) -> list[tuple[GroupPlace, pl.DataFrame]]:
        """Return the groups of each kind, in the order of the observations, with the attributes that all agree on."""
        return [(place, table) for place, found in self._found.items() if (table := self._settled(place, found)).height]

    def _settled(self, place: GroupPlace, found: Sequence[pl.DataFrame]) -> pl.DataFrame:
        if not found:
            return pl.DataFrame()
        rows = pl.concat(alike(found)).unique(maintain_order=True)
        names = [name for name in place.attributes if name in rows.columns]
        if not names:
            return pl.DataFrame()
        told = rows.group_by(place.dimensions, maintain_order=True).agg(
            *(pl.col(name).drop_nulls().first() for name in names),
            *(pl.col(name).drop_nulls().n_unique().alias(_NUMBER + name) for name in names),
            *(pl.col(name).null_count().alias(_SOME + name) for name in names),
        )
        for name in names:
            if (told[_NUMBER + name] > 1).any():
                self.varying.add(name)
            elif ((told[_NUMBER + name] == 1) & (told[_SOME + name] > 0)).any():
                self.filled.add(name)
        held = [name for name in names if name not in self.varying]
        table = told.select(*place.dimensions, *held)
        return table.filter(pl.any_horizontal(pl.col(held).is_not_null())) if held else pl.DataFrame()


@dataclass(frozen=True, slots=True)
class Element:
    """Elements of one kind, one a row.

    Attributes:
        pieces: The elements.
        number: How many they are.
        before: Whether they stand before the observations.
    """

    pieces: list[Piece]
    number: int
    before: bool


class PartialRows:
    """Rows whose dimensions are not all there, as what elements can hold them.

    Args:
        places: Where the components of the data set stand.
        elements: Makes elements.
        is_first: Whether the format is one of SDMX 2.1, where only series and groups can stand without observations.
        needs_values: Whether an element of a group must have attributes.
    """

    def __init__(self, places: Places, elements: Elements, *, is_first: bool, needs_values: bool) -> None:
        self._places = places
        self._make = elements
        self._is_first = is_first
        self._needs_values = needs_values
        self._frames: list[pl.DataFrame] = []
        self._once: dict[int, list[pl.DataFrame]] = {}
        self.lost: set[str] = set()
        """Components whose values no element can hold. Known after `elements`."""

    def add(self, frame: pl.DataFrame) -> None:
        """Put rows in."""
        if frame.height:
            self._frames.append(frame)

    def add_once(self, kind: int, frame: pl.DataFrame) -> None:
        """Put rows in that are of one kind, each of them once and after those that were put in otherwise."""
        if frame.height:
            self._once.setdefault(kind, []).append(frame.unique(maintain_order=True))

    def elements(self) -> Iterator[Element]:
        """Yield the elements, for rows with values of the same components together."""
        once = [pl.concat(alike(frames)).unique(maintain_order=True) for _, frames in sorted(self._once.items())]
        if not self._frames and not once:
            return
        rows = pl.concat(alike([*self._frames, *once]))
        pattern = pl.struct(pl.all().is_not_null()).alias(_SOME)
        for (there,), found in rows.with_columns(pattern).group_by([_SOME], maintain_order=True):
            names = [name for name, is_there in dict(there).items() if is_there]
            element = self._element(found, names)
            if element is not None:
                yield element

    def _element(self, frame: pl.DataFrame, names: Collection[str]) -> Element | None:
        places, make = self._places, self._make
        key = tuple(name for name in places.dimensions if name in names)
        said = [name for name in places.names if name in names and name not in key]
        if not places.is_flat and key == places.series_key and set(said) <= set(places.of_series):
            return Element(make.series(frame, key, said), frame.height, before=False)
        group = self._group(key, said)
        if group is not None:
            return Element(make.group(frame, group.id, key, said), frame.height, before=True)
        if self._is_first:
            self.lost.update(said or key or places.dimensions)
            return None
        if any(name in places.measures for name in said):
            return Element(make.observation(frame, key, said), frame.height, before=False)
        return Element(make.group(frame, "", key, said), frame.height, before=False)

    def _group(self, key: tuple[str, ...], said: Sequence[str]) -> GroupPlace | None:
        if self._needs_values and not said:
            return None
        return next(
            (
                one
                for one in self._places.groups
                if one.id and one.dimensions == key and set(said) <= set(one.attributes)
            ),
            None,
        )
