"""Observations that stand in series, from lines."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import polars as pl

from icstip.messages.data_ml.fast.lines import PLACE, Lines, OtherShapeError

Flags = npt.NDArray[np.bool_]


def in_series(
    lines: Lines,
    observed: Mapping[int, Mapping[str, int]],
    starts: Mapping[int, Mapping[str, int]],
    opened: Flags,
    closed: Flags,
    alone: Flags,
) -> pl.DataFrame:
    """Return observations, each with what its series says, and series without observations; with `PLACE`.

    Args:
        lines: The lines.
        observed: The columns of the shapes of lines with an observation, as `Lines.table` wants them.
        starts: The columns of the shapes of lines with the begin of a series.
        opened: Which lines open a series.
        closed: Which lines close a series, after an observation or by themselves.
        alone: Which lines are series without observations.

    Raises:
        OtherShapeError: Observations stand outside series, or series in each other; or an observation says anew what
            its series says, which is rare, and told by the parser.
    """
    depth = np.cumsum(opened.astype(np.int64) - closed)
    before = depth - opened + closed
    if depth.size and (depth[-1] != 0 or depth.min() < 0 or depth.max() > 1):
        raise OtherShapeError
    if (before[lines.are(observed)] != 1).any() or depth[alone].any():
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
