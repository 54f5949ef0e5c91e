"""What is said apart from observations: rows whose dimensions are not all there."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from icstip.artefacts.notices import Notices
from icstip.messages.data_json.writing.keys import KEY, keys_of
from icstip.messages.data_json.writing.structure import Structure
from icstip.messages.dataset import NOT_APPLICABLE

_OBSERVATION, _SERIES, _GROUP = "observation", "series", "group"
_SWITCHED_OFF: Final = (1 << 32) - 2  # instead of the place of a value


@dataclass(frozen=True, slots=True)
class Split:
    """The rows of a part of a data set.

    Attributes:
        observations: Observations.
        series: Series without observations.
        groups: Attributes of groups.
        attributes: The attributes that any of the groups has.
    """

    observations: pl.DataFrame
    series: pl.DataFrame
    groups: pl.DataFrame
    attributes: Sequence[str] = ()


def split(frame: pl.DataFrame, structure: Structure, notices: Notices, *, is_deletion: bool) -> Split:
    """Return the observations of a part, and what it says apart from them, with the places of values.

    Args:
        frame: The part.
        structure: Its structure.
        notices: Where it is told what the format cannot say.
        is_deletion: Whether keys say something by themselves, because what they select is to be deleted.
    """
    key = structure.plan.key
    off = _switched_off(frame, structure)
    if key and off is None and not any(name not in frame.columns or frame[name].null_count() for name in key):
        told = structure.told(frame)
        return Split(told, told.clear(), told.clear())
    there = pl.all_horizontal(_is_there(frame, name) for name in key) if key else pl.lit(value=False)
    is_observation = there & ~off if off is not None else there
    series_or_group = pl.when(_is_series(frame, structure)).then(pl.lit(_SERIES)).otherwise(pl.lit(_GROUP))
    kinds = pl.when(is_observation).then(pl.lit(_OBSERVATION)).otherwise(series_or_group)
    silent = pl.lit(value=False)
    if not is_deletion:
        silent = ~_says(frame, [name for name in frame.columns if name not in key])
    marked = frame.with_columns(kinds.alias(KEY)).filter((pl.col(KEY) == _OBSERVATION) | ~silent)
    sayable = _tell_losses(marked.filter(pl.col(KEY) == _GROUP), structure, notices)
    kept = marked.filter((pl.col(KEY) != _GROUP) | sayable)
    # Values are met in the order of the rows, whatever they are, so that parts make no difference.
    told = structure.told(kept)
    observations, series, groups = (told.filter(kept[KEY] == kind) for kind in (_OBSERVATION, _SERIES, _GROUP))
    attributes = [name for name in structure.schema.attributes if name in groups.columns and _has_any(groups[name])]
    return Split(observations, series, groups, attributes)


def with_keys(rows: pl.DataFrame, structure: Structure) -> pl.DataFrame:
    """Return groups with what stands for their dimensions in keys, and with their keys as numbers.

    Args:
        rows: Groups with the places of the values of their dimensions.
        structure: Their structure.
    """
    places, texts = [], []
    for name in structure.plan.key:
        off = structure.values[name].place(NOT_APPLICABLE)
        place, text = rows[name], rows[name].cast(pl.String)
        if off is not None and structure.dialect.has_switched_off:
            is_off = (place == off).fill_null(value=False)
            place, text = place.set(is_off, _SWITCHED_OFF), text.set(is_off, NOT_APPLICABLE)
        places.append(place)
        texts.append(text)
    return rows.with_columns(*texts, pl.Series(KEY, keys_of(places, rows.height)))


def _is_there(frame: pl.DataFrame, name: str) -> pl.Expr:
    return pl.col(name).is_not_null() if name in frame.columns else pl.lit(value=False)


def _says(frame: pl.DataFrame, names: Sequence[str]) -> pl.Expr:
    """Return whether rows have any of some components."""
    return pl.any_horizontal(pl.lit(value=False), *(_is_there(frame, name) for name in names))


def _off(frame: pl.DataFrame, names: Sequence[str]) -> list[pl.Expr]:
    """Return which rows say of dimensions that they do not have them."""
    found = []
    for name in names:
        dtype = frame.schema.get(name)
        can_be_off = NOT_APPLICABLE in dtype.categories if isinstance(dtype, pl.Enum) else dtype == pl.String
        if can_be_off or isinstance(dtype, pl.Categorical):
            found.append(pl.col(name) == NOT_APPLICABLE)
    return found


def _switched_off(frame: pl.DataFrame, structure: Structure) -> pl.Expr | None:
    """Return which rows have attributes of what does not have a dimension, and no measures; None when none does."""
    schema = structure.schema
    off = _off(frame, structure.plan.key) if structure.dialect.takes_switched_off_apart else []
    if not off:
        return None
    is_off = pl.any_horizontal(off).fill_null(value=False)
    if not frame.select(is_off.any()).item():
        return None
    return is_off & _says(frame, schema.attributes) & ~_says(frame, schema.measures)


def _is_series(rows: pl.DataFrame, structure: Structure) -> pl.Expr:
    """Return which rows are series without observations: they have its dimensions, and only its attributes."""
    plan = structure.plan
    if not plan.series:
        return pl.lit(value=False)
    others = [name for name in rows.columns if name not in plan.series and name not in plan.of_series]
    there = pl.all_horizontal(_is_there(rows, name) for name in plan.series)
    off = pl.any_horizontal(pl.lit(value=False), *_off(rows, plan.series)).fill_null(value=False)
    return there & ~off & ~_says(rows, others)


def _tell_losses(rows: pl.DataFrame, structure: Structure, notices: Notices) -> pl.Expr:
    """Tell what the format cannot say of groups, and return which it can say.

    Args:
        rows: Groups.
        structure: Their structure.
        notices: Where losses are told.
    """
    dialect, schema, key = structure.dialect, structure.schema, structure.plan.key
    # A key that is altogether open has no place in SDMX-JSON 2.0, and groups have none in 1.0.
    can_be_open = dialect.has_switched_off and bool(key)
    sayable = pl.lit(value=True) if can_be_open else _says(rows, key) if dialect.is_2 else pl.lit(value=False)
    unsayable = rows.filter(~sayable)
    lost = [name for name in schema.measures if name in rows.columns and _has_any(rows[name])]
    lost += [name for name in schema.attributes if name in rows.columns and _has_any(unsayable[name])]
    for name in lost:
        notices.lost(structure.reference, "partial-key", part=name)
    if unsayable.height and not lost:
        notices.lost(structure.reference, "partial-key")
    return sayable


def _has_any(values: pl.Series) -> bool:
    return values.null_count() < len(values)
