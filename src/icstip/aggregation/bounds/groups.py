"""Totals with their parts, slice by slice along each dimension; and which of them lie within which others."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from icstip.aggregation.bounds.cells import CELL, ONCE, RULE, SEVERAL, Cells
from icstip.aggregation.bounds.exhaustive import is_exhaustive
from icstip.coherence.knowledge import Knowledge
from icstip.coherence.relations import Relation, relations
from icstip.schema import Schema

GROUP: Final = "group"
"""Column with the number of a total with its parts, from 0 over all dimensions."""

WHOLE: Final = "whole"
"""Column with the figure of a total."""

PART: Final = "part"
"""Column with the figure of a part."""

RELATION: Final = "relation"
"""Column with the number of what makes up what."""

IS_SUM: Final = "is_sum"
"""Column that says whether nobody is in two parts, so that their sum is not more than the total."""

IS_ALL: Final = "is_all"
"""Column that says whether everybody is in a part, so that the total is not more than their sum."""

OVER, UNDER = "over", "under"
"""Columns with the number of a total, and that of one that lies within it."""

CODE: Final = "code number"
"""Column with the number of the code of a part."""

_CODE, _SLICE, _SET, _LENGTH, _CERTAIN = "code", "slice", "set", "length", "certain"


@dataclass(frozen=True)
class Groups:
    """The totals along a dimension.

    Attributes:
        totals: One line a total: `GROUP`, `WHOLE`, `RELATION`, `IS_SUM`, `IS_ALL`.
        parts: One line a part: `GROUP`, `WHOLE`, `PART`, `CODE` (a number), `IS_SUM`.
    """

    totals: pl.DataFrame
    parts: pl.DataFrame


def groups_of(cells: Cells, schema: Schema, knowledge: Knowledge) -> list[Groups]:
    """Return the totals along each dimension, in the order of the dimensions.

    Args:
        cells: The figures.
        schema: What their columns are.
        knowledge: What is known of components and codes.
    """
    found: list[Groups] = []
    number = 0
    for dimension in cells.dimensions:
        known = _Known(cells, dimension, schema, knowledge)
        groups = None if known.members.is_empty() else _groups(known, number)
        if groups is not None:
            found.append(groups)
            number += groups.totals.height
    return found


class _Known:
    """What makes up what along a dimension, by the codes that each area uses.

    Attributes:
        is_multiple: Whether a person can be in several parts.
        cells: The figures: `CELL`, `RULE`, the code, the slice, and the number of the set of codes.
        members: The codes of totals and parts by the set of codes, and the relation.
    """

    def __init__(self, cells: Cells, dimension: str, schema: Schema, knowledge: Knowledge) -> None:
        self.is_multiple = dimension in knowledge.multiple
        code = cells.frame[dimension].cast(pl.String).alias(_CODE)
        area = pl.lit(0) if cells.area is None else pl.col(cells.area).cast(pl.String)
        numbered = cells.codes[dimension][0].alias(CODE)
        placed = cells.frame.select(
            CELL, RULE, code, numbered, area.alias("area"), cells.slices(dimension).alias(_SLICE)
        )
        used = placed.group_by("area").agg(pl.col(_CODE).unique().sort()).sort("area")
        sets = {codes: number for number, codes in enumerate(dict.fromkeys(map(tuple, used[_CODE].to_list())))}
        numbers = pl.Series(_SET, [sets[tuple(codes)] for codes in used[_CODE].to_list()], pl.UInt32)
        self.cells = placed.join(used.select("area", numbers), on="area", maintain_order="left").drop("area")
        column = schema.by_id[dimension]
        rows: list[tuple[int, int, str, str, int, bool]] = []
        first = 0
        for codes, number in sets.items():
            known = relations(column, codes, knowledge)
            for place, relation in enumerate(known, first):
                certain = is_exhaustive(relation, column, codes, knowledge)
                rows += _rows(number, place, relation, is_certain=certain)
            first += len(known)
        kinds = {_SET: pl.UInt32, RELATION: pl.UInt32, WHOLE: pl.String, _CODE: pl.String, _LENGTH: pl.UInt32}
        self.members = pl.DataFrame(rows, schema={**kinds, _CERTAIN: pl.Boolean}, orient="row")


def _rows(
    number: int, place: int, relation: Relation, *, is_certain: bool
) -> Iterator[tuple[int, int, str, str, int, bool]]:
    for part in relation.parts:
        yield number, place, relation.whole, part, len(relation.parts), is_certain


def _groups(known: _Known, first: int) -> Groups | None:
    """Return the totals along a dimension, numbered from a number on."""
    relation = known.members.select(_SET, RELATION, WHOLE, _LENGTH, _CERTAIN).unique(maintain_order=True)
    wholes = known.cells.join(relation, left_on=[_SET, _CODE], right_on=[_SET, WHOLE], maintain_order="left")
    wholes = wholes.select(
        pl.col(CELL).alias(WHOLE), _SLICE, RELATION, _LENGTH, _CERTAIN, pl.col(RULE).alias("rule of whole")
    )
    parts = known.cells.join(known.members.select(_SET, RELATION, _CODE), on=[_SET, _CODE], maintain_order="left")
    parts = parts.select(pl.col(CELL).alias(PART), CODE, RULE, _SLICE, RELATION)
    edges = wholes.join(parts, on=[_SLICE, RELATION], maintain_order="left")
    if edges.is_empty():
        return None
    rules: Sequence[pl.Expr] = (pl.col(RULE), pl.col("rule of whole"))
    totals = edges.group_by(WHOLE, RELATION, maintain_order=True).agg(
        pl.all_horizontal(*(rule == ONCE for rule in rules)).all().alias("once"),
        pl.all_horizontal(*(rule == SEVERAL for rule in rules)).all().alias("several"),
        (pl.col(_CERTAIN).first() & (pl.len() == pl.col(_LENGTH).first())).alias("complete"),
    )
    # Where nobody can be in two parts, it does not matter what the rule of counting is.
    is_sum = pl.col("once") if known.is_multiple else pl.lit(value=True)
    totals = totals.with_row_index(GROUP, first).with_columns(
        is_sum.alias(IS_SUM), (pl.col("complete") & (is_sum | pl.col("several"))).alias(IS_ALL)
    )
    totals = totals.select(GROUP, WHOLE, RELATION, IS_SUM, IS_ALL)
    numbered = edges.select(WHOLE, RELATION, PART, CODE).join(totals, on=[WHOLE, RELATION], maintain_order="left")
    return Groups(totals, numbered.select(GROUP, WHOLE, PART, CODE, IS_SUM))


def within(groups: Groups, others: Groups) -> pl.DataFrame:
    """Return which totals along a dimension lie within which others, since their slices do along another dimension.

    Women by age lie within all persons by age. Whoever is in none of the parts of women is in none of those of all
    persons either, if women have all parts that all persons have.

    Args:
        groups: The totals, of parts that add up.
        others: The totals along another dimension.

    Returns:
        `OVER` and `UNDER`: the numbers of two totals in `groups`; `GROUP`: that of the one in `others` that holds them
        together, and `IS_SUM` of it.
    """
    totals = groups.totals.filter(IS_SUM).select(GROUP, WHOLE, RELATION)
    pairs = (
        others.parts.join(totals.rename({GROUP: UNDER, WHOLE: PART}), on=PART)
        .join(totals.rename({GROUP: OVER}), on=[WHOLE, RELATION])
        .select(OVER, UNDER, GROUP, IS_SUM)
        .sort(OVER, UNDER, GROUP)
    )
    return _with_all_parts(pairs, groups.parts)


def _with_all_parts(pairs: pl.DataFrame, parts: pl.DataFrame) -> pl.DataFrame:
    """Return the pairs of which the lower total has all parts that the upper one has."""
    sets = parts.group_by(GROUP).agg(pl.col(CODE).sort().implode().hash().alias("codes"))
    codes = {GROUP: sets[GROUP], "codes": sets["codes"]}
    upper, lower = (pl.DataFrame(codes).rename({GROUP: side, "codes": f"{side} codes"}) for side in (OVER, UNDER))
    known = pairs.join(upper, on=OVER, maintain_order="left").join(lower, on=UNDER, maintain_order="left")
    same = pl.col(f"{OVER} codes") == pl.col(f"{UNDER} codes")
    others = known.filter(~same).select(OVER, UNDER).unique()
    needed = others.join(parts.select(pl.col(GROUP).alias(OVER), CODE), on=OVER)
    lacking = needed.join(parts.select(pl.col(GROUP).alias(UNDER), CODE), on=[UNDER, CODE], how="anti")
    return pairs.join(lacking.select(OVER, UNDER).unique(), on=[OVER, UNDER], how="anti", maintain_order="left")
