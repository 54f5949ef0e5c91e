"""The figures of a table that can be compared with each other, each with numbers for its codes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from icstip.aggregation.bounds.intervals import HIGH, LOW
from icstip.coherence.codes import is_one_of, mixed_ids
from icstip.coherence.knowledge import Knowledge
from icstip.schema import Schema

ROW: Final = "__row"
"""Column with the number of each observation in the data."""

CELL: Final = "__cell"
"""Column with the number of each figure, from 0, in the order of their keys."""

RULE: Final = "__rule"
"""Column that says how often a person is counted: `ONCE`, `SEVERAL`, or `UNSAID`."""

ONCE, SEVERAL, UNSAID = 0, 1, 2

_EXACT: Final = 2.0**52
"""Whole numbers up to it are exact, and so are their sums."""


@dataclass(frozen=True)
class Cells:
    """Figures that can be compared.

    Attributes:
        frame: `ROW`, `CELL`, `LOW` and `HIGH` (whole numbers; infinity where there is no upper bound), `RULE`, and the
            codes of the dimensions that vary.
        dimensions: Those of them along which parts make up totals.
        area: The dimension of the areas that report, if it varies.
        codes: The columns that tell figures from each other, as numbers, with how many there are.
    """

    frame: pl.DataFrame
    dimensions: tuple[str, ...]
    area: str | None
    codes: Mapping[str, tuple[pl.Series, int]]

    def slices(self, dimension: str) -> pl.Series:
        """Return a number for each figure, the same for those that differ in one dimension only."""
        return mixed_ids([codes for name, codes in self.codes.items() if name != dimension], self.frame.height)


def cells_of(frame: pl.DataFrame, schema: Schema, knowledge: Knowledge) -> Cells:
    """Return the figures of observations that can be compared with each other.

    Those are counts of which something is known, in single units: figures in thousands are rounded, and add up to
    anything. A count that is no whole number is wrong, and so is one below zero. A key that occurs several times has
    several figures, of which nobody knows the right one.

    Args:
        frame: Observations with `LOW` and `HIGH`.
        schema: What their columns are.
        knowledge: What is known of components and codes.
    """
    key = [name for name in schema.dimensions if name in frame.columns]
    source = knowledge.components.get("source", "")
    usable = frame.with_row_index(ROW).filter(_is_comparable(frame, key, knowledge))
    telling = [*key, *([source] if source in frame.columns else [])]
    codes = {name: _numbers(usable[name]) for name in telling if usable[name].n_unique() > 1}
    ids = mixed_ids(list(codes.values()), usable.height)
    # Each key that occurs once; in the order of the keys, whatever order the observations came in.
    kept = pl.DataFrame({CELL: ids, "unique": ids.is_unique()}).with_row_index("at").filter("unique").sort(CELL)["at"]
    whole = usable.select(
        ROW, pl.col(LOW).ceil(), pl.col(HIGH).floor().fill_null(float("inf")), _rule(usable, knowledge), *codes
    )
    areas = [name for name in schema.series_dimensions if schema.by_id[name].codelist in knowledge.areas]
    summed = [name for name in schema.series_dimensions if name not in {*areas[:1], *knowledge.no_sums}]
    return Cells(
        frame=whole[kept].with_row_index(CELL),
        dimensions=tuple(name for name in summed if name in codes),
        area=next((name for name in areas[:1] if name in codes), None),
        codes={name: (numbers.gather(kept), size) for name, (numbers, size) in codes.items()},
    )


def _is_comparable(frame: pl.DataFrame, key: Sequence[str], knowledge: Knowledge) -> pl.Expr:
    unit, multiplier = (knowledge.components.get(role, "") for role in ("unit", "multiplier"))
    is_count = _has(frame, unit, knowledge.counts)
    is_single = pl.lit(value=True)
    if multiplier in frame.columns:
        is_single = pl.col(multiplier).cast(pl.String).cast(pl.Int32, strict=False).fill_null(0) == 0
    low, high = pl.col(LOW), pl.col(HIGH).fill_null(0.0)
    is_whole = low.ceil() <= pl.col(HIGH).floor().fill_null(float("inf"))
    is_size = (low >= 0) & (low < _EXACT) & (high < _EXACT)
    return pl.all_horizontal(is_count, is_single, is_whole, is_size, *(pl.col(name).is_not_null() for name in key))


def _has(frame: pl.DataFrame, name: str, codes: frozenset[str]) -> pl.Expr:
    if name not in frame.columns:
        return pl.lit(value=False)
    return is_one_of(pl.col(name), frame.schema[name], codes).fill_null(value=False)


def _rule(frame: pl.DataFrame, knowledge: Knowledge) -> pl.Expr:
    name = knowledge.components.get("counting_rule", "")
    once, several = (_has(frame, name, codes) for codes in (knowledge.once, knowledge.several))
    return pl.when(once).then(ONCE).when(several).then(SEVERAL).otherwise(UNSAID).cast(pl.Int8).alias(RULE)


def _numbers(column: pl.Series) -> tuple[pl.Series, int]:
    """Return codes as numbers from 0, in the order of the alphabet, and how many there are."""
    known = column.drop_nulls().unique().cast(pl.String).sort()
    number_of = {code: number for number, code in enumerate(known.to_list(), 1)}
    texts = column if column.dtype == pl.String else column.cast(pl.String)
    ordered = texts.replace_strict(number_of, default=0, return_dtype=pl.UInt64).fill_null(0)
    return ordered, len(number_of) + 1
