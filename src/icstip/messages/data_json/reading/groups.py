"""Attributes of groups of observations, which are told apart from these."""

from collections.abc import Sequence

import polars as pl

from icstip.messages.data_json.reading.arrays import Arrays, Frame
from icstip.messages.data_json.reading.cells import looked_up, parts_of
from icstip.messages.data_json.reading.components import Component, MessageStructure
from icstip.messages.data_json.reading.document import Given
from icstip.messages.data_json.reading.node import Context
from icstip.messages.dataset import NOT_APPLICABLE


def group_rows(
    entries: Given, structure: MessageStructure, arrays: Arrays, context: Context, path: str, *, is_deletion: bool
) -> Frame:
    """Return the attributes of groups: rows whose other dimensions are null.

    Args:
        entries: The groups, by their keys.
        structure: The structure of the data set.
        arrays: Reads what is said of them.
        context: What is known while they are read.
        path: The path to them.
        is_deletion: Whether they are to be deleted, so that any attribute can stand at any group.

    Raises:
        FormatError: They are broken.
    """
    keys = pl.Series(list(entries), dtype=pl.String)
    parts = parts_of(keys, len(structure.key), context, path)
    said = arrays.columns(list(entries.values()))
    dimensions = _order(parts, structure, {} if is_deletion else said)
    found: Frame = {}
    for dimension, part in zip(dimensions, parts, strict=True):
        open_or_off = part.is_in(["", NOT_APPLICABLE])
        values = {dimension.id: _values(dimension)}
        places = looked_up(part.filter(~open_or_off), values, context, f"{path}")[dimension.id]
        place = pl.select(pl.when(~pl.lit(open_or_off)).then((~pl.lit(open_or_off)).cum_sum() - 1)).to_series()
        off = pl.select(pl.when(pl.lit(part) == NOT_APPLICABLE).then(pl.lit(NOT_APPLICABLE))).to_series()
        found[dimension.id] = pl.select(pl.coalesce(places.gather(place), off).alias(dimension.id)).to_series()
    return found | said


def _order(parts: Sequence[pl.Series], structure: MessageStructure, said: Frame) -> Sequence[Component]:
    """Return the order of dimensions in the keys of groups.

    Keys have the dimensions of the data set first, then those of series, then those of observations: so the examples of
    the standard have it, and the tools that people use. Its text can be read as if they were in the order of the key of
    the structure: that is taken for meant when only it fits what the attributes are related to.
    """
    levels, key = structure.by_level, structure.key
    if [one.id for one in levels] == [one.id for one in key] or not _is_possible(parts, key):
        return levels
    if not _is_possible(parts, levels):
        return key
    related = {one.id: frozenset(one.attached_to) for one in structure.attributes["dimensionGroup"]}
    columns = [part.ne("").alias(str(place)) for place, part in enumerate(parts)]
    columns += [values.is_not_null().alias(f"\0{name}") for name, values in said.items()]
    kinds = list(pl.DataFrame(columns).unique().iter_rows())
    names = list(said)

    def fits(order: Sequence[Component], kind: Sequence[bool]) -> bool:
        there = frozenset(one.id for one, is_there in zip(order, kind, strict=False) if is_there)
        has = [name for name, is_said in zip(names, kind[len(order) :], strict=True) if is_said]
        return bool(has) and all(related[name] == there for name in has)

    only_key = all(fits(key, kind) for kind in kinds) and not any(fits(levels, kind) for kind in kinds)
    return key if only_key else levels


def _is_possible(parts: Sequence[pl.Series], order: Sequence[Component]) -> bool:
    for dimension, part in zip(order, parts, strict=True):
        most = part.cast(pl.UInt32, strict=False).max()
        if isinstance(most, int) and most >= len(_values(dimension)):
            return False
    return True


def _values(dimension: Component) -> pl.Series:
    return pl.Series([], dtype=pl.String) if dimension.values is None else dimension.values
