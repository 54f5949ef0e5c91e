"""Structure-specific data, flat or in series, from tags as columns."""

from typing import Final

import numpy as np
import polars as pl

from icstip.messages.data_ml.fast.lines import CLOSE, EMPTY, PLACE, Lines, OtherShapeError, Tag

_OBSERVATION, _SERIES = "Obs", "Series"
_SHAPES: Final = frozenset({(_OBSERVATION, EMPTY), (_SERIES, EMPTY), (_SERIES, 1), (_SERIES, CLOSE), ("", EMPTY)})


def specific_rows(lines: Lines) -> pl.DataFrame:
    """Return the observations, each with what its series says, and series without observations; with `PLACE`.

    Args:
        lines: Whole children of a data set.

    Raises:
        OtherShapeError: There is anything but observations and series, or they are not nested as they should be.
    """
    if any((tag.name, tag.kind) not in _SHAPES for tag in lines.shapes):
        raise OtherShapeError
    observed = [tag for tag in lines.shapes if tag.name == _OBSERVATION]
    starts = [tag for tag in lines.shapes if tag.name == _SERIES and tag.kind != CLOSE]
    if not starts:
        if any(tag.name == _SERIES for tag in lines.shapes):
            raise OtherShapeError
        return lines.table(observed)
    _check_nesting(lines, observed, starts)
    return _in_series(lines.table(observed), lines.table(starts))


def _check_nesting(lines: Lines, observed: list[Tag], starts: list[Tag]) -> None:
    """Do nothing if observations stand in series, and series in nothing."""
    depth = np.cumsum(lines.steps())
    if depth[-1] != 0 or depth.min() < 0 or depth.max() > 1:
        raise OtherShapeError
    empty = [tag for tag in starts if tag.kind == EMPTY]
    if (depth[lines.are(observed)] != 1).any() or (depth[lines.are(empty)] != 0).any():
        raise OtherShapeError


def _in_series(observations: pl.DataFrame, series: pl.DataFrame) -> pl.DataFrame:
    names = [name for name in series.columns if name != PLACE]
    if not set(names).isdisjoint(observations.columns):
        raise OtherShapeError  # an observation that says anew what its series says: rare, and told by the parser
    number = np.searchsorted(series[PLACE].to_numpy(), observations[PLACE].to_numpy()) - 1
    told = (
        series.select(names)[pl.Series(number.astype(np.uint32))]
        if observations.height
        else series.select(names).clear()
    )
    rows = pl.concat([told, observations], how="horizontal")
    without = np.bincount(number, minlength=series.height) == 0
    if not without.any():
        return rows
    return pl.concat([rows, series.filter(pl.Series(without))], how="diagonal").sort(PLACE)
