"""Series of regions with the bounds of what is hidden, as small charts that all have the same periods."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from icstip.aggregation.columns import EXPECTED_AREAS, REPORTING
from icstip.reports.aggregation.slices import Slice
from icstip.reports.aggregation.values import StructureReport
from icstip.reports.parts.lettering import LONGEST_PERIOD, clipped
from icstip.reports.parts.numbers import number
from icstip.reports.scales import ticks
from icstip.reports.validation.views.naming import Naming
from icstip.reports.validation.views.totals import interval
from icstip.texts import RIGHT_TO_LEFT

WIDTH: Final = 460
HEIGHT: Final = 200
MOST_CHARTS: Final = 12

_START, _END, _TOP, _BOTTOM = 58.0, 24.0, 22.0, 28.0
_LETTER: Final = 7.2
_LEAST_BAND: Final = 3.0


@dataclass(frozen=True, slots=True)
class Point:
    """A period of a chart.

    Attributes:
        says: The value or its bounds, as the table beneath has them; a dash where nobody reports.
        top, bottom: The heights of the bounds, the same for an exact value; None where nobody reports.
        is_exact: Whether the value is known.
        is_open: Whether there is no upper bound.
        areas: How many areas report, of how many.
    """

    period: str
    says: str
    x: float
    top: float | None
    bottom: float | None
    is_exact: bool
    is_open: bool
    label: str
    areas: str


@dataclass(frozen=True, slots=True)
class BandChart:
    """A group as a chart."""

    group: str
    name: str
    points: tuple[Point, ...]
    areas_drawn: tuple[str, ...]
    lines: tuple[str, ...]
    ticks: tuple[tuple[str, float], ...]
    axis: float
    anchor: str


def band_charts(chosen: Slice, report: StructureReport, language: str) -> list[BandChart]:
    """Return a chart for each group of a slice, as many as a page can hold."""
    naming = Naming(report.schema, language)
    charts = []
    for group in chosen.groups[:MOST_CHARTS]:
        rows = [chosen.cells.get((group, period)) for period in chosen.periods]
        charts.append(_chart(group, naming.code(report.area, group), chosen.periods, rows, report, language))
    return charts


def _chart(
    group: str,
    name: str,
    periods: Sequence[str],
    rows: Sequence[dict[str, object] | None],
    report: StructureReport,
    language: str,
) -> BandChart:
    bounds = [(None, None) if row is None else _bounds(row, report) for row in rows]
    greatest = max([1.0, *(max(low or 0.0, high or 0.0) for low, high in bounds)])
    scale = ticks(int(-(-greatest // 1)))
    backwards = language in RIGHT_TO_LEFT

    def height(value: float) -> float:
        return round(HEIGHT - _BOTTOM - value / scale[-1] * (HEIGHT - _TOP - _BOTTOM), 1)

    def across(x: float) -> float:
        return round(WIDTH - x if backwards else x, 1)

    room = (WIDTH - _START - _END) / max(1, len(periods) - 1)
    labelled = len(periods) * (max(map(len, periods)) * _LETTER + 6) <= WIDTH - _START
    points = tuple(
        Point(
            period=clipped(period, LONGEST_PERIOD),
            says=said(low, high, language),
            x=across(_START + room * place if len(periods) > 1 else WIDTH / 2),
            top=None if low is None else _TOP - 8 if high is None else height(high),
            bottom=None if low is None else height(low),
            is_exact=low is not None and low == high,
            is_open=low is not None and high is None,
            label=period if labelled or place in {0, len(periods) - 1} else "",
            areas=_areas(row, language),
        )
        for place, (period, (low, high), row) in enumerate(zip(periods, bounds, rows, strict=True))
    )
    axis = across(_START - 12)
    return BandChart(
        group=group,
        name=name,
        points=points,
        areas_drawn=_polygons(points),
        lines=_lines(points),
        ticks=tuple((number(tick, language), height(tick)) for tick in scale),
        axis=axis,
        anchor="start" if axis > WIDTH / 2 else "end",
    )


def _bounds(row: dict[str, object], report: StructureReport) -> tuple[float | None, float | None]:
    """Return the bounds of a figure: twice the value where it is known, no upper one where there is none."""
    value, low, high = (row.get(name) for name in (report.value, report.low, report.high))
    if isinstance(value, int | float):
        return float(value), float(value)
    least = float(low) if isinstance(low, int | float) else 0.0
    return least, float(high) if isinstance(high, int | float) else None


def said(low: float | None, high: float | None, language: str) -> str:
    """Return a figure or its bounds as they are written; a dash where there is none."""
    return "–" if low is None else interval(low, high, language)


def _areas(row: dict[str, object] | None, language: str) -> str:
    if row is None:
        return "–"
    counts = [row[name] for name in (REPORTING, EXPECTED_AREAS)]
    return "/".join(number(count if isinstance(count, int) else 0, language) for count in counts)


def _runs(points: Sequence[Point]) -> list[list[Point]]:
    """Return the points that follow one another without a gap."""
    runs: list[list[Point]] = [[]]
    for point in points:
        if point.top is None:
            runs.append([])
        else:
            runs[-1].append(point)
    return [run for run in runs if run]


def _polygons(points: Sequence[Point]) -> tuple[str, ...]:
    """Return what lies between the bounds, as SVG has it; a figure by itself is as wide as it must be to be seen."""
    drawn = []
    for run in _runs(points):
        wide = run if len(run) > 1 else [run[0], run[0]]
        shift = 0.0 if len(run) > 1 else _LEAST_BAND
        upper = [(p.x + (shift if i else -shift), p.top or 0.0) for i, p in enumerate(wide)]
        lower = [(p.x + (shift if i else -shift), p.bottom or 0.0) for i, p in enumerate(wide)]
        if any(not point.is_exact for point in run):
            drawn.append(" ".join(f"{round(x, 1)},{y}" for x, y in (*upper, *reversed(lower))))
    return tuple(drawn)


def _lines(points: Sequence[Point]) -> tuple[str, ...]:
    """Return the line along the lower bounds, which is that of the values where they are known."""
    return tuple(" ".join(f"{p.x},{p.bottom}" for p in run) for run in _runs(points) if len(run) > 1)
