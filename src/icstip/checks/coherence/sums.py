"""Totals and the sums of their parts, as intervals, slice by slice: all columns at once."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl

from icstip.checks.observations import HIGH, LOW, ROW, Observations
from icstip.checks.results import Answer, Reason
from icstip.coherence.relations import Relation, relations

SLICE: Final = "__slice"
CODE: Final = "__code"
RELATION: Final = "__relation"
ANSWER: Final = "__answer"
REASON: Final = "__reason"
FINDING: Final = "__finding"

TOO_MANY: Final = "SUM-001"
TOO_FEW: Final = "SUM-002"
TOO_FEW_OF_ALL: Final = "SUM-003"
LARGER_PART: Final = "SUM-004"
ALL_ZERO: Final = "SUM-008"

_NEARLY: Final = 1e-6
_ROOMY: Final = 8  # so many times as many numbers as there are slices may be left unused
_ONCE, _SEVERAL, _UNKNOWN = 0, 1, 2
_RANK: Final = {Answer.BROKEN: 0, Answer.HOLDS: 1, Answer.PARTIAL: 2, Answer.UNCHECKED: 3}

Numbers = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]
Marks = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Cells:
    """The figures along a dimension, one a place in each array.

    Attributes:
        slices: The number of the slice: of what has the same codes in all other dimensions.
        codes: The number of the code.
        low: The least that the figure can be.
        high: The most; not a number where nobody knows.
        rules: How often a person is counted, as far as the data say it.
        rows: The observation.
        size: How many numbers of slices there are.
    """

    slices: Places
    codes: Places
    low: Numbers
    high: Numbers
    rules: Places
    rows: Places
    size: int


@dataclass(frozen=True)
class Sums:
    """The totals along a dimension.

    Attributes:
        dimension: The dimension.
        relations: What makes up what.
        cells: The observations that count: `ROW`, `SLICE`, `CODE`, `LOW`, `HIGH`.
        totals: One line a total: `SLICE`, `RELATION` (a number), `ROW`, `CODE`, `LOW`, `HIGH` of the total, `ANSWER`,
            `REASON`, `FINDING`; in the order of `ROW`.
        without_total: How many slices have several figures, but no total that could be checked.
    """

    dimension: str
    relations: Sequence[Relation]
    cells: pl.DataFrame
    totals: pl.DataFrame
    without_total: int


def sums_along(data: Observations, dimension: str) -> Sums | None:
    """Return the totals along a dimension with their answers, or None where its codes make up nothing.

    Args:
        data: Observations; those that count are looked at.
        dimension: The dimension.
    """
    column = data.schema.by_id[dimension]
    present = [str(code) for code in data.frame[dimension].drop_nulls().unique().to_list()]
    known = relations(column, present, data.knowledge)
    counted = data.counted
    if not known or not counted.height:
        return None
    frame = counted.select(ROW, LOW, HIGH, pl.col(dimension).cast(pl.String).alias(CODE), _rule(data)).with_columns(
        data.ids_without(dimension).gather(counted[ROW]).alias(SLICE)
    )
    if data.is_repeated.any():  # what is there twice would count twice
        frame = frame.unique([SLICE, CODE], keep="first", maintain_order=True)
    number_of = {code: number for number, code in enumerate(present)}
    cells = _cells(frame, number_of)
    is_once = dimension not in data.knowledge.multiple
    sums = _Summing(cells, number_of, data.knowledge.unknown, is_once=is_once)
    totals = _best([sums.totals(number, relation) for number, relation in enumerate(known)], known, frame)
    totals = _of_areas(totals, data)
    return Sums(dimension, known, frame, totals, _without(cells, known, number_of, data.knowledge.no_parts))


def _rule(data: Observations) -> pl.Expr:
    """Return how often a person is counted: once, several times, or nobody knows, as far as the data say it."""
    name = data.component("counting_rule")
    once, several = (data.is_of(name, codes) for codes in (data.knowledge.once, data.knowledge.several))
    said = pl.when(once).then(_ONCE).when(several).then(_SEVERAL).otherwise(_UNKNOWN)
    return said.cast(pl.Int64).alias("__rule")


def _cells(frame: pl.DataFrame, number_of: dict[str, int]) -> Cells:
    slices = frame[SLICE].cast(pl.Int64).to_numpy()
    size = int(slices.max()) + 1
    if size > _ROOMY * len(slices):
        different, slices = np.unique(slices, return_inverse=True)
        size = len(different)
    codes = frame[CODE].replace_strict(number_of, return_dtype=pl.Int64).to_numpy()
    high = frame[HIGH].fill_null(float("nan")).to_numpy()
    return Cells(slices, codes, frame[LOW].to_numpy(), high, frame["__rule"].to_numpy(), frame[ROW].to_numpy(), size)


class _Summing:
    """Sums parts and compares them with their totals."""

    def __init__(self, cells: Cells, number_of: dict[str, int], unknown: frozenset[str], *, is_once: bool) -> None:
        self._cells = cells
        self._number_of = number_of
        self._unknown = self._marked([code for code in unknown if code in number_of])
        self._is_once = is_once

    def totals(self, number: int, relation: Relation) -> pl.DataFrame:
        """Return the totals of a relation: the place of each among the cells, with what can be said of it."""
        cells = self._cells
        wholes = np.flatnonzero(cells.codes == self._number_of[relation.whole])
        whole_at = np.full(cells.size, -1)
        whole_at[cells.slices[wholes]] = wholes
        parts = np.flatnonzero(self._marked(relation.parts) & (whole_at[cells.slices] >= 0))
        of = cells.slices[parts]
        count, unknown = self._count(of), self._count(of, self._unknown[parts])
        wholes = wholes[(count > unknown)[cells.slices[wholes]]]
        at = cells.slices[wholes]
        high = cells.high[parts]
        is_open = np.isnan(high)
        low_sum = self._sum(of, cells.low[parts])[at]
        high_sum = self._sum(of, np.where(is_open, 0.0, high))[at]
        high_sum = np.where(self._count(of, is_open)[at] > 0, np.nan, high_sum)
        larger = self._count(of, cells.low[parts] > cells.high[whole_at[of]] + _NEARLY)[at] > 0
        is_all = (unknown[at] > 0) & (count[at] == len(relation.parts))
        rule = np.zeros(len(wholes), np.int64) if self._is_once else cells.rules[wholes]
        found = _compared(cells.low[wholes], cells.high[wholes], low_sum, high_sum, rule, larger, count[at], is_all)
        return found.with_columns(
            pl.Series("__at", wholes), pl.lit(number).alias(RELATION), pl.Series("__parts", count[at])
        )

    def _marked(self, codes: Sequence[str]) -> Marks:
        """Return which cells have one of these codes."""
        wanted = np.zeros(len(self._number_of), np.bool_)
        wanted[[self._number_of[code] for code in codes]] = True
        return wanted[self._cells.codes]

    def _sum(self, slices: Places, values: Numbers) -> Numbers:
        return np.bincount(slices, values, self._cells.size).astype(np.float64, copy=False)

    def _count(self, slices: Places, marks: Marks | None = None) -> Places:
        counted = slices if marks is None else slices[marks]
        return np.bincount(counted, minlength=self._cells.size)


def _compared(
    low: Numbers,
    high: Numbers,
    low_sum: Numbers,
    high_sum: Numbers,
    rule: Places,
    is_larger: Marks,
    count: Places,
    is_all: Marks,
) -> pl.DataFrame:
    """Return `FINDING`, `REASON` and `ANSWER` of totals: comparisons with what nobody knows are false."""
    is_more, is_less = low_sum > high + _NEARLY, high_sum < low - _NEARLY
    is_open = np.isnan(high) | np.isnan(high_sum)
    findings = [
        (is_larger & ((rule != _ONCE) | (count == 1)), LARGER_PART),
        (is_more & (rule == _ONCE), TOO_MANY),
        (is_less & is_all & (high_sum == 0), ALL_ZERO),
        (is_less & is_all & (rule != _UNKNOWN), TOO_FEW_OF_ALL),
        (is_less, TOO_FEW),
    ]
    reasons = [(is_open, str(Reason.HIDDEN)), (is_more & (rule == _UNKNOWN), str(Reason.COUNTING))]
    frame = pl.DataFrame({FINDING: _first(findings), REASON: _first(reasons)})
    partial, broken, unchecked = (str(one) for one in (Answer.PARTIAL, Answer.BROKEN, Answer.UNCHECKED))
    return frame.with_columns(
        pl.when(pl.col(FINDING).is_in([TOO_FEW, ALL_ZERO]))
        .then(pl.lit(partial))
        .when(pl.col(FINDING).is_not_null())
        .then(pl.lit(broken))
        .when(pl.col(REASON).is_not_null())
        .then(pl.lit(unchecked))
        .otherwise(pl.lit(str(Answer.HOLDS)))
        .alias(ANSWER)
    )


def _first(conditions: Sequence[tuple[Marks, str]]) -> pl.Series:
    """Return the text of the first condition that holds in each place, or null."""
    texts = [text for _, text in conditions]
    number = np.select([marks for marks, _ in conditions], list(range(len(texts))), default=len(texts))
    return pl.Series([*texts, None], dtype=pl.String).gather(number)


def _best(found: Sequence[pl.DataFrame], known: Sequence[Relation], frame: pl.DataFrame) -> pl.DataFrame:
    """Return each total once, with what the relation says of it that says most."""
    rank = pl.col(ANSWER).replace_strict({str(answer): rank for answer, rank in _RANK.items()}, return_dtype=pl.Int64)
    together = pl.concat(found)
    if len(known) > 1:
        ordered = together.sort(rank, -pl.col("__parts"), RELATION, maintain_order=True)
        together = ordered.unique("__at", keep="first", maintain_order=True)
    at = together["__at"]
    figures = (frame[name].gather(at) for name in (ROW, SLICE, CODE, LOW, HIGH))
    return together.select(RELATION, FINDING, REASON, ANSWER).hstack(list(figures)).sort(ROW)


def _of_areas(totals: pl.DataFrame, data: Observations) -> pl.DataFrame:
    """Return totals, of which those of groups of areas contradict nothing: their parts can be of other areas."""
    is_several = data.frame.with_columns(data.is_of_several_areas.alias("several"))["several"]
    of_group = is_several.gather(totals[ROW])
    is_open = of_group & (totals[ANSWER] == str(Answer.BROKEN))
    return totals.with_columns(
        pl.when(~is_open).then(pl.col(FINDING)).alias(FINDING),
        pl.when(is_open).then(pl.lit(str(Reason.AREAS))).otherwise(pl.col(REASON)).alias(REASON),
        pl.when(is_open).then(pl.lit(str(Answer.UNCHECKED))).otherwise(pl.col(ANSWER)).alias(ANSWER),
    )


def _without(cells: Cells, known: Sequence[Relation], number_of: dict[str, int], no_parts: frozenset[str]) -> int:
    """Return how many slices have several figures that are no totals of all, and no total."""
    wholes = set(_numbers(number_of, [relation.whole for relation in known]))
    totals = set(_numbers(number_of, no_parts))
    has_whole = np.zeros(cells.size, np.bool_)
    has_whole[cells.slices[np.isin(cells.codes, list(wholes))]] = True
    counts = np.bincount(cells.slices[~np.isin(cells.codes, list(totals))], minlength=cells.size)
    return int(((counts > 1) & ~has_whole).sum())


def _numbers(number_of: dict[str, int], codes: Sequence[str] | frozenset[str]) -> Iterator[int]:
    return (number_of[code] for code in codes if code in number_of)
