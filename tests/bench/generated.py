"""Data of the shape that data structures have: six coded dimensions, time, a value and its status.

Series stand in the order of their keys, with twenty observations each, as tools write them. The same size gives the
same data, always. Nothing of this project is imported here: the processes of other tools are to hold nothing of it.
"""

from typing import Final, TypeAlias

import numpy as np
import polars as pl
from tests.bench.tasks import Prepared, Task

AREAS: Final = 250
PER_SERIES: Final = 20
VALUE: Final = "OBS_VALUE"
STATUS: Final = "OBS_STATUS"
TIME: Final = "TIME_PERIOD"

# Code lists of the sizes that they have in practice. Codes of areas are short, those of indicators are long.
DIMENSIONS: Final[dict[str, tuple[str, ...]]] = {
    "FREQ": ("A", "Q", "M", "W", "D", "S", "H", "B", "N"),
    "REF_AREA": tuple(chr(65 + i // 26) + chr(65 + i % 26) for i in range(AREAS)),
    "INDICATOR": tuple(f"IND_{i // 10:02d}_{i % 10}" for i in range(120)),
    "SEX": ("_T", "F", "M", "_U"),
    "AGE": ("_T", *(f"Y{i}T{i + 4}" for i in range(0, 85, 5)), "Y_GE85", "_U"),
    "UNIT_MEASURE": ("PS", "PT", "RT_100K", "NR", *(f"UNIT_{i}" for i in range(40))),
}
_Numbers: TypeAlias = "np.ndarray[tuple[int], np.dtype[np.int64]]"
_USED: Final = {"FREQ": 2, "UNIT_MEASURE": 3}  # a message uses few of the frequencies and units
STATUSES: Final = ("A", "B", "E", "F", "I", "M", "O", "P", "Q", "L")
_YEARS: Final = tuple(str(2004 + i) for i in range(PER_SERIES))
_QUARTERS: Final = tuple(f"{2019 + i // 4}-Q{i % 4 + 1}" for i in range(PER_SERIES))


def frame(rows: int, *, nulls: bool = False) -> pl.DataFrame:
    """Return data of nine columns: Enums for codes, Float64 for the value, String for time.

    Args:
        rows: How many observations.
        nulls: Whether one value in twelve is missing, and two statuses in three.
    """
    random = np.random.default_rng(20260101)
    series = _series(random, -(-rows // PER_SERIES))
    place = np.tile(np.arange(PER_SERIES), -(-rows // PER_SERIES))[:rows]
    columns = [_coded(name, np.repeat(series[name], PER_SERIES)[:rows], codes) for name, codes in DIMENSIONS.items()]
    quarterly = np.repeat(series["FREQ"], PER_SERIES)[:rows]
    columns.append(_coded(TIME, place + PER_SERIES * quarterly, (*_YEARS, *_QUARTERS)).cast(pl.String))
    columns.append(_values(random, rows))
    columns.append(_coded(STATUS, random.choice(len(STATUSES), rows, p=_SHARES), STATUSES))
    whole = pl.DataFrame(columns)
    return _with_nulls(whole, random) if nulls else whole


def prepare(task: Task) -> Prepared:
    """Return what writes the data of a task to where its tools find them."""
    return lambda: lambda: frame(task.rows, nulls=task.nulls).write_ipc(task.frame_path)


_SHARES: Final = (0.8, *([0.2 / (len(STATUSES) - 1)] * (len(STATUSES) - 1)))


def _series(random: np.random.Generator, number: int) -> dict[str, _Numbers]:
    """Return the codes of distinct series from everywhere in the space of keys, in their order."""
    sizes = [_USED.get(name, len(codes)) for name, codes in DIMENSIONS.items()]
    space = int(np.prod(sizes))
    step = space // number
    keys = np.arange(number, dtype=np.int64) * step + random.integers(0, step, number)
    return dict(zip(DIMENSIONS, np.unravel_index(keys, sizes), strict=True))


def _coded(name: str, numbers: _Numbers, codes: tuple[str, ...]) -> pl.Series:
    return pl.Series(name, codes, pl.Enum(codes)).gather(numbers)


def _values(random: np.random.Generator, rows: int) -> pl.Series:
    """Return counts and rates, half of each: whole numbers, and numbers with up to three decimals."""
    counts = np.floor(random.lognormal(5, 2.5, rows))
    rates = np.round(random.lognormal(2, 1.5, rows), 3)
    return pl.Series(VALUE, np.where(random.random(rows) < 0.5, counts, rates))


def _with_nulls(whole: pl.DataFrame, random: np.random.Generator) -> pl.DataFrame:
    there = pl.DataFrame({VALUE: random.random(whole.height) > 1 / 12, STATUS: random.random(whole.height) < 1 / 3})
    return whole.with_columns(
        pl.when(there[name]).then(pl.col(name)).otherwise(None).alias(name) for name in there.columns
    )
