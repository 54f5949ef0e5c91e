"""What is said once of several observations: of a group, or of a series."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import polars as pl

from icstip.messages.data_json.writing.keys import KEY, Keys, MetKeys, keys_of
from icstip.messages.data_json.writing.rows import array_columns, key_columns, lines, nothing
from icstip.messages.data_json.writing.structure import Structure
from icstip.messages.data_json.writing.texts import not_negative

NOTHING: Final = -1
"""Stands for the place of a value where there is none."""

SEVERAL: Final = -2
"""Stands for the place of a value where observations of one group have several, each of which then says its own."""


_APART: Final = ()


@dataclass(frozen=True, slots=True)
class Together:
    """What observations say of their groups.

    Attributes:
        dimensions: The dimensions of the groups.
        attributes: The attributes that they have.
        keys: The key of the group of each observation.
        groups: A row for each group, in the order in which they come: its key, the places of its dimensions, and of
            each attribute the place of its value, or `NOTHING` or `SEVERAL`.
    """

    dimensions: Sequence[str]
    attributes: Sequence[str]
    keys: Keys
    groups: pl.DataFrame

    def own(self, told: pl.DataFrame) -> list[pl.Series]:
        """Return the attributes that observations have to say themselves, because their group has several values.

        Args:
            told: The observations.
        """
        found = []
        for name in self.attributes:
            several = self.groups.filter(pl.col(name) == SEVERAL)[KEY]
            if len(several):
                mixed = pl.Series(self.keys).is_in(several.implode())
                found.append(pl.select(pl.when(mixed).then(told[name]).alias(name))[name])
        return found


def together(told: pl.DataFrame, dimensions: Sequence[str], attributes: Sequence[str], key: Sequence[str]) -> Together:
    """Return what observations say of their groups.

    Args:
        told: The observations, with the places of values.
        dimensions: The dimensions of the groups.
        attributes: The attributes that they have.
        key: All dimensions in the order in which keys have them.
    """
    keys = _keys(told, dimensions, key)
    groups = (
        told.lazy()
        .select(
            pl.Series(KEY, keys),
            *dimensions,
            *(pl.col(name).cast(pl.Int64).fill_null(NOTHING) for name in attributes),
        )
        .group_by(KEY, maintain_order=True)
        .agg(
            pl.col(dimensions).first(),
            *(
                pl.when(pl.col(name).min() == pl.col(name).max())
                .then(pl.col(name).first())
                .otherwise(SEVERAL)
                .alias(name)
                for name in attributes
            ),
        )
        .collect()
    )
    return Together(dimensions, attributes, keys, groups)


@dataclass
class _Known:
    """The groups of some dimensions that a data set has so far."""

    groups: pl.DataFrame | None = None
    silent: MetKeys = field(default_factory=MetKeys)  # keys that came before anything was said of such a group


@dataclass
class Groups:
    """The attributes of groups of a data set that is written.

    Attributes:
        structure: Its structure.
    """

    structure: Structure
    _entries: dict[Sequence[str], list[bytes]] = field(default_factory=dict)  # by the dimensions of the groups
    _known: dict[Sequence[str], _Known] = field(default_factory=dict)
    _apart: MetKeys = field(default_factory=MetKeys)  # keys of what was said apart from observations

    def of(self, told: pl.DataFrame) -> list[Together]:
        """Return what observations say of their groups; nothing of groups of which nothing was ever said."""
        found = []
        for dimensions, attributes in self.structure.plan.of_groups.items():
            known = self._known.setdefault(dimensions, _Known())
            if known.groups is None and all(told[name].null_count() == told.height for name in attributes):
                continue
            found.append(together(told, dimensions, attributes, self.structure.plan.key))
        return found

    def agrees(self, found: Sequence[Together]) -> bool:
        """Return whether what observations say of their groups can be said besides what was said before."""
        for said in found:
            known = self._known.setdefault(said.dimensions, _Known())
            keys = said.groups[KEY].to_numpy()
            loud = said.groups.filter(pl.any_horizontal(pl.col(said.attributes) != NOTHING))[KEY].to_numpy()
            if self._apart.has_any(keys) or known.silent.has_any(loud):
                return False
            if known.groups is not None and not _agree(known.groups, said):
                return False
        return True

    def add(self, found: Sequence[Together], told: pl.DataFrame) -> None:
        """Take what observations say of their groups.

        Args:
            found: What they say.
            told: The observations.
        """
        said_of = {said.dimensions for said in found}
        for dimensions in self.structure.plan.of_groups:
            if dimensions not in said_of:
                known = self._known.setdefault(dimensions, _Known())
                known.silent.add(np.unique(_keys(told, dimensions, self.structure.plan.key)))
        for said in found:
            known = self._known.setdefault(said.dimensions, _Known())
            new = said.groups
            if known.groups is not None:
                new = new.join(known.groups, on=KEY, how="anti", maintain_order="left")
            kept = new.select(KEY, *said.attributes)
            known.groups = kept if known.groups is None else pl.concat([known.groups, kept])
            self._put(new.filter(pl.any_horizontal(pl.col(said.attributes) >= 0)), said.dimensions)

    def has_apart(self, keys: Keys) -> bool:
        """Return whether something was said of any of some keys, apart from observations or by them."""
        sought = pl.Series(KEY, keys).implode()
        return self._apart.has_any(keys) or any(
            known.groups is not None and known.groups[KEY].is_in(sought).any() for known in self._known.values()
        )

    def add_apart(self, rows: pl.DataFrame, keys: Keys, attributes: Sequence[str]) -> None:
        """Take attributes that are said apart from observations.

        Args:
            rows: Places of dimensions, null where the key does not have them, or texts that stand for them; and
                attributes as they stand in arrays.
            keys: The keys of the rows.
            attributes: The attributes that the rows have.
        """
        self.structure.at_groups.use(attributes)
        self._apart.add(keys)
        self._write(rows, attributes, _APART)

    @property
    def entries(self) -> list[bytes]:
        """What is to be written of them, in an order that does not depend on the parts in which observations come."""
        return [
            entry
            for dimensions in (*self.structure.plan.of_groups, _APART)
            for entry in self._entries.get(dimensions, ())
        ]

    def _put(self, groups: pl.DataFrame, dimensions: Sequence[str]) -> None:
        if groups.height:
            attributes = [name for name in groups.columns if name != KEY and name not in dimensions]
            places = [pl.when(pl.col(name) >= 0).then(pl.col(name)).alias(name) for name in attributes]
            self._write(groups.select(*dimensions, *places), attributes, dimensions)

    def _write(self, rows: pl.DataFrame, attributes: Sequence[str], dimensions: Sequence[str]) -> None:
        structure = self.structure
        structure.has_groups = True
        names = structure.at_groups.used
        while names and names[-1] not in attributes:
            names.pop()
        cells = [
            self._cell(rows, name) if name in attributes else nothing(rows.height, pl.UInt32, name) for name in names
        ]
        arrays = array_columns(cells, structure.values)
        if dimensions == _APART and arrays:
            arrays = [_without_last_nulls(arrays)]
        entry = lines([*key_columns(rows, structure.plan.key, structure.values), *arrays], "],\n")
        if entry:
            self._entries.setdefault(dimensions, []).append(entry)

    def _cell(self, rows: pl.DataFrame, name: str) -> pl.Series:
        return rows[name] if name in self.structure.values else not_negative(rows[name])


def _without_last_nulls(arrays: Sequence[pl.Series]) -> pl.Series:
    """Return arrays as one column, each up to the last that it has: so parts make no difference."""
    whole = pl.concat_str([pl.lit(column.fill_null(",null")) for column in arrays])
    return pl.select(whole.str.replace(r"(?:,null)+$", "").replace("null", "")).to_series()


def _keys(told: pl.DataFrame, dimensions: Sequence[str], key: Sequence[str]) -> Keys:
    return keys_of([told[name] if name in dimensions else None for name in key], told.height)


def _agree(known: pl.DataFrame, said: Together) -> bool:
    """Return whether groups that were met before have the same values now."""
    before = known.filter(pl.col(KEY).is_in(said.groups[KEY].implode()))
    if not before.height:
        return True
    both = before.join(said.groups.select(KEY, *said.attributes), on=KEY, how="inner", suffix="\0")
    return all((both[name] == both[f"{name}\0"]).all() for name in said.attributes)
