"""Observations that stand in series, from lines."""

from collections.abc import Collection, Mapping

import numpy as np
import polars as pl

from icstip.messages.data_ml.fast.lines import PLACE, Lines, OtherShapeError


def in_series(
    lines: Lines,
    observed: Mapping[int, Mapping[str, int]],
    starts: Mapping[int, Mapping[str, int]],
    ends: Collection[int],
) -> pl.DataFrame:
    """Return observations, each with what its series says, and series without observations; with `PLACE`.

    Args:
        lines: The lines.
        observed: The columns of the shapes of lines with an observation, as `Lines.table` wants them.
        starts: The columns of the shapes of lines with the begin of a series.
        ends: The shapes of lines with the end of a series, by itself or after an observation or the begin.

    Raises:
        OtherShapeError: Observations stand outside series, or series in each other; or an observation says anew what
            its series says, which is rare, and told by the parser.
    """
    opened, closed = lines.are(starts), lines.are(ends)
    depth = np.cumsum(opened.astype(np.int64) - closed)
    before = depth - opened + closed
    if depth.size and (depth[-1] != 0 or depth.min() < 0 or depth.max() > 1):
        raise OtherShapeError
    if (before[lines.are(observed)] != 1).any() or before[opened].any():
        raise OtherShapeError
    names = {name for pieces in starts.values() for name in pieces}
    if any(not names.isdisjoint(pieces) for pieces in observed.values()):
        raise OtherShapeError
    observations, series = lines.table(observed), lines.table(starts)
    number = np.searchsorted(series[PLACE].to_numpy(), observations[PLACE].to_numpy()) - 1
    told = series.drop(PLACE)
    rows = observations
    if observations.height:
        rows = pl.DataFrame([*told[pl.Series(number.astype(np.uint32))].get_columns(), *observations.get_columns()])
    without = np.bincount(number, minlength=series.height) == 0
    if not without.any():
        return rows
    return pl.concat([rows, series.filter(pl.Series(without))], how="diagonal").sort(PLACE)
