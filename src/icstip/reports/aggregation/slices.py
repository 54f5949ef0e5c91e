"""Which of the many figures a page draws: for each structure, the series in which nothing is broken down."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Self

import polars as pl

from icstip.reports.aggregation.values import StructureReport
from icstip.standard.model import TOTAL

MOST_SLICES: Final = 3

_TOTALS: Final = "_totals"
_ROWS: Final = "_rows"


@dataclass(frozen=True)
class Slice:
    """Figures of groups by period that are the same in all other dimensions.

    Attributes:
        key: The other dimensions with their codes.
        cells: The coverage of each figure, by group and period.
        periods: The periods in their order.
        groups: The groups that have a figure, in theirs.
    """

    key: dict[str, str]
    cells: Mapping[tuple[str, str], dict[str, object]]
    periods: tuple[str, ...]
    groups: tuple[str, ...]

    @classmethod
    def of(cls, key: dict[str, str], rows: pl.DataFrame, report: StructureReport, groups: Sequence[str]) -> Self:
        """Return the slice that has the rows of a coverage."""
        cells = {(str(row[report.area]), str(row[report.time])): row for row in rows.iter_rows(named=True)}
        known = {group for group, _ in cells}
        periods = tuple(sorted({period for _, period in cells}))
        return cls(key, cells, periods, tuple(group for group in groups if group in known))


def slices(report: StructureReport, groups: Sequence[str]) -> Iterator[Slice]:
    """Yield the slices of a structure that say most: with the most totals, and of these with the most figures.

    Args:
        report: The sums of the structure.
        groups: The groups in their order.
    """
    others = [name for name in report.schema.dimensions if name not in {report.area, report.time}]
    texts = [pl.col(name).cast(pl.String) for name in others]
    frame = report.coverage.with_columns(texts)
    is_total = [(pl.col(name) == TOTAL).cast(pl.Int32) for name in others]
    counted = (
        frame.group_by(others)
        .agg(pl.len().alias(_ROWS))
        .with_columns(pl.sum_horizontal(is_total).alias(_TOTALS))
        .sort(_TOTALS, _ROWS, *others, descending=[True, True, *(False for _ in others)])
    )
    most = counted.filter(pl.col(_TOTALS) == pl.col(_TOTALS).max())
    for row in most.head(MOST_SLICES).iter_rows(named=True):
        key = {name: str(row[name]) for name in others}
        rows = frame.filter(pl.all_horizontal(pl.col(name) == code for name, code in key.items()))
        yield Slice.of(key, rows, report, groups)
