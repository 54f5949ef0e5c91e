"""What is broken down by what, as a page shows it: dimensions by periods, shaded by how much."""

from dataclasses import dataclass
from typing import Final

from icstip.checks.results import Coverage
from icstip.reports.parts.lettering import LONGEST_PERIOD, clipped
from icstip.reports.validation.views.naming import Naming

MOST_PERIODS: Final = 48
PERIODS_ABREAST: Final = 10
LEVELS: Final = 4


@dataclass(frozen=True, slots=True)
class Cell:
    """How many observations of a period are broken down by a dimension.

    Attributes:
        level: From 0 for none to `LEVELS` for all.
        absent: Whether there is none although the dataflow asks for it.
    """

    count: int
    observations: int
    level: int
    absent: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A dimension with its cells."""

    id: str
    name: str
    expected: bool
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """So many periods as stand abreast."""

    periods: tuple[str, ...]
    observations: tuple[int, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class CoverageView:
    """What is broken down by what.

    Attributes:
        matrices: The periods in their order, as many abreast as fit.
        unused: Names of the dimensions by which nothing is broken down, and by which nobody expects it.
        earlier: How many periods before them are not shown.
        absent: How many cells are empty although the dataflow asks for them.
    """

    matrices: tuple[Matrix, ...]
    unused: tuple[str, ...]
    earlier: int
    absent: int


def coverage_view(coverage: Coverage, naming: Naming) -> CoverageView:
    """Return coverage as a page shows it, the latest periods where there are too many."""
    earlier = max(0, len(coverage.periods) - MOST_PERIODS)
    shown = [name for name, counts in coverage.dimensions.items() if any(counts) or name in coverage.expected]
    shown += sorted(coverage.expected - coverage.dimensions.keys())
    starts = range(earlier, len(coverage.periods), PERIODS_ABREAST)
    matrices = tuple(_matrix(coverage, shown, slice(start, start + PERIODS_ABREAST), naming) for start in starts)
    return CoverageView(
        matrices=matrices,
        unused=tuple(naming.component(name) for name in coverage.dimensions if name not in shown),
        earlier=earlier,
        absent=sum(cell.absent for matrix in matrices for row in matrix.rows for cell in row.cells),
    )


def _matrix(coverage: Coverage, shown: list[str], part: slice, naming: Naming) -> Matrix:
    observations = coverage.observations[part]
    nothing = (0,) * len(coverage.periods)
    return Matrix(
        periods=tuple(clipped(period, LONGEST_PERIOD) for period in coverage.periods[part]),
        observations=observations,
        rows=tuple(
            Row(
                name,
                naming.component(name),
                name in coverage.expected,
                tuple(
                    _cell(count, of, expected=name in coverage.expected)
                    for count, of in zip(coverage.dimensions.get(name, nothing)[part], observations, strict=True)
                ),
            )
            for name in shown
        ),
    )


def _cell(count: int, observations: int, *, expected: bool) -> Cell:
    level = min(LEVELS, -(-LEVELS * count // observations)) if observations else 0
    return Cell(count, observations, level, absent=expected and observations > 0 and count == 0)
